"""The page of items on the demonstration of the courtyard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from deliberation_app.services import agenda
from deliberation_app.services.work import Work
from deliberation_app.settings import Settings
from deliberation_app.ui.agenda_page import AgendaPage
from deliberation_app.ui.main_window import MainWindow
from tests.ui.conftest import NOW
from tests.ui.courtyard import copy_of, courtyard, fill


@pytest.fixture(scope="module")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration of the courtyard, and two items more, in a database."""
    place = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    work = fill(place, lambda: NOW)
    for title, days in (("加装电动自行车充电桩", 8), ("<b>临停</b>收费牌看不清", 3)):
        agenda.raise_item(work, courtyard(work).id, title=title, category="停车", raised_at=NOW - timedelta(days=days))
    work.close()
    return place


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path, desk_settings: Settings) -> Iterator[Work]:
    """The demonstration, worked for by the courtyard."""
    work = copy_of(demo_file, tmp_path, lambda: NOW, desk_settings)
    yield work
    work.close()


@pytest.fixture
def window(open_main: Callable[[Work], MainWindow], demo: Work) -> MainWindow:
    """The window with the board in front."""
    made = open_main(demo)
    made.resize(1366, 768)
    made.activateWindow()
    made.shell.navigate("agenda")
    QApplication.processEvents()
    return made


@pytest.fixture
def page(window: MainWindow) -> AgendaPage:
    """The page of items."""
    return window.shell.page()


def choose(page: AgendaPage, key: str) -> None:
    """Click on a card."""
    cards, at = next(
        (made.cards, at)
        for made in page.board.columns.values()
        for at, card in enumerate(made.cards.rows.rows)
        if card.id == key
    )
    middle = cards.visualRect(cards.rows.index(at, 0)).center()
    QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    QApplication.processEvents()
    assert page._chosen == key
