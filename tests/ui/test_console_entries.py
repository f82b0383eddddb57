"""The entries of a long agenda: whole ones only, wherever the list stands."""

from __future__ import annotations

import uuid

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication

from deliberation_app.services.board_picture import EntryLine
from deliberation_app.ui.console_entries import EntryList, EntryRow

TITLES = (
    "核对到会人数，宣读协商规则",
    "通报摸底情况和党员大会讨论结果",
    "路灯",
    "当面锣对面鼓：第二辆车停车收费标准",
    "散会",
)


@pytest.fixture
def entries(app_dressed, qtbot) -> EntryList:
    """More entries than there is room for."""
    made = EntryList()
    qtbot.addWidget(made)
    made.resize(256, 250)
    made.show()
    lines = (EntryLine(uuid.UUID(int=at), title, 10, None, None, "to_come") for at, title in enumerate(TITLES * 2))
    made.rows.fill([EntryRow(line, 0) for line in lines])
    QApplication.processEvents()
    return made


@pytest.mark.parametrize("at", range(0, 10, 3))
def test_no_entry_is_cut(entries: EntryList, at: int) -> None:
    entries.scrollTo(entries.rows.index(at, 0))
    QApplication.processEvents()
    high = entries.viewport().height()
    places = [entries.visualRect(entries.rows.index(row, 0)) for row in range(len(TITLES) * 2)]
    seen = [place for place in places if place.top() >= 0 and place.bottom() < high]
    assert not [place for place in places if place.top() < 0 <= place.bottom()]
    assert entries.visualRect(entries.rows.index(at, 0)) in seen
    below = QRect(0, seen[-1].bottom() + 1, entries.viewport().width(), high - seen[-1].bottom() - 1)
    picture = entries.viewport().grab(below).toImage()
    assert len({picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())}) <= 1
    assert entries.verticalScrollBar().isVisible()
