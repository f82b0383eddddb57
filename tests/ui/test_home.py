"""The first page: what it says on a fresh and on a full database, and where its buttons lead."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from deliberation_app import settings
from deliberation_app.services import agenda, meeting_file, meetings, notices, people, units
from deliberation_app.services.work import Work, open_work
from deliberation_app.ui.home_page import HomePage
from deliberation_app.ui.item_dialog import ItemDialog
from deliberation_app.ui.main_window import MainWindow
from tests.ui.conftest import NOW
