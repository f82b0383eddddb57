"""The courtyard of the demonstration as a database, and keys for whatever has the focus; for tests of pages."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from deliberation_app import settings
from deliberation_app.services import meeting_file, units
from deliberation_app.services.work import Work, open_work
from deliberation_app.settings import Settings
from deliberation_app.storage.people import Unit
from tests.fresh import fresh

LAMPS = "e849d921-75b4-5b3b-ae1c-fe0522ad3e91"
SECOND_CAR = "0f2b279c-6ef6-5015-828d-9033659463f1"
PARKING = "4b08f6f8-8c63-5e8f-ad7a-77b55de51cd5"
CONTROL = Qt.KeyboardModifier.ControlModifier


def fill(place: Path, clock: Callable[[], datetime]) -> Work:
    """A new database with the two meetings of the courtyard."""
    work = open_work(fresh(place), clock=clock, user_name="尹记录")
    for name in ("shandalu194-consultation", "shandalu194-owners-vote"):
        meeting_file.import_file(work, settings.path("resources", "demo", f"{name}.json"))
    return work


def courtyard(work: Work) -> Unit:
    """The unit that the pages work for."""
    return next(unit for unit in units.all_units(work) if unit.kind == "courtyard")


def copy_of(file: Path, folder: Path, clock: Callable[[], datetime], chosen: Settings) -> Work:
    """A copy of a database for one test, worked for by the courtyard."""
    place = folder / "demo.sqlite"
    shutil.copyfile(file, place)
    work = open_work(place, clock=clock, user_name="尹记录")
    chosen.unit = str(courtyard(work).id)
    return work


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key for whatever has the focus."""
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)
    QApplication.processEvents()


def write(editor: QWidget, words: str) -> None:
    """Words as an input method brings them, Chinese ones too."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(editor, event)
