"""The entries of a long agenda: whole ones only, wherever the list stands."""

from __future__ import annotations

import uuid
from datetime import datetime

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from deliberation_app.services import floor, meetings_agenda
from deliberation_app.services.board_picture import EntryLine
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_agenda_find import fitting
from deliberation_app.ui.console_entries import ICONS, EntryList, EntryRow, state_of
from tests.ui.console_meeting import Hands, Held

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


LONG = [
    EntryRow(EntryLine(uuid.UUID(int=at), title, None, None, None, "to_come"), 0, at)
    for at, title in enumerate(
        (*(f"{at}号楼前路面修补" for at in range(1, 120)), "有没有电梯加装的钱", "路灯、门禁", "超长题" * 66), 1
    )
]


@pytest.mark.parametrize(
    ("typed", "places"),
    [("120", [120]), ("有没有", [120]), ("ymy", [120]), ("diantijiazhuang", [120]), ("電梯", [120]), ("zzzz", []),
     ("ld", [121]), ("12", [12, *range(112, 113), 120, 121, 122])],
)  # fmt: skip
def test_an_entry_is_found_by_number_words_and_sound(typed: str, places: list[int]) -> None:
    assert [row.place for row in fitting(typed, LONG)] == places


def test_an_hour_of_another_day_is_told_with_its_day(app_dressed: QApplication) -> None:
    now = datetime(2026, 10, 24, 14, 0, tzinfo=DISPLAY_ZONE)
    assert words.moment(now.replace(hour=16, minute=35), now) == "16:35"
    assert words.moment(now.replace(day=31, hour=16, minute=35), now) == "31 Oct 16:35"
    assert words.moment(now.replace(day=23), now, words.second) == "23 Oct 14:00:00"
    assert words.moment(now.replace(year=2027, month=1, day=2), now) == "2027 2 Jan 14:00"


def entered(meeting: Held, count: int) -> None:
    """A long agenda."""
    for at in range(count):
        title = "电梯加装的钱" if at == 50 else f"{at}号楼前路面修补"
        meetings_agenda.add_entry(meeting.work, meeting.meeting, title=title)
    QApplication.processEvents()


def test_typing_in_the_agenda_leads_to_an_entry(hands: Hands, meeting: Held) -> None:
    entered(meeting, 60)
    agenda = hands.window.frame.agenda
    hands.key(Qt.Key.Key_F2)
    hands.type("djz")
    assert agenda.finder.line.hasFocus()
    assert len(agenda.list.rows.rows) == 0
    hands.key(Qt.Key.Key_Escape)
    assert agenda.list.hasFocus()
    assert len(agenda.list.rows.rows) == len(meeting.board().entries)
    hands.type("dtjz")
    hands.enter()
    board = meeting.board()
    assert board.entry.title == "电梯加装的钱"
    assert hands.window.frame.line.isAncestorOf(hands.window.focusWidget())
    assert len(agenda.list.rows.rows) == len(board.entries)


def test_a_number_of_the_agenda_is_chosen_before_those_that_begin_so(hands: Hands, meeting: Held) -> None:
    entered(meeting, 60)
    hands.key(Qt.Key.Key_F2)
    hands.type("6")
    hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_Up)
    hands.enter()
    assert meeting.board().current == meeting.board().entries[5].id


def test_words_of_an_input_method_seek_an_entry_and_leaving_lists_all(hands: Hands, meeting: Held) -> None:
    entered(meeting, 60)
    agenda = hands.window.frame.agenda
    hands.key(Qt.Key.Key_F2)
    words_come = QInputMethodEvent()
    words_come.setCommitString("电梯")
    QApplication.sendEvent(agenda.list, words_come)
    assert [row.entry.title for row in agenda.list.rows.rows] == ["电梯加装的钱"]
    hands.ctrl(Qt.Key.Key_L)
    assert len(agenda.list.rows.rows) == len(meeting.board().entries)
    assert agenda.finder.isHidden()


def test_the_agenda_opens_at_the_entry_of_now_and_keeps_it_in_sight(hands: Hands, meeting: Held) -> None:
    entered(meeting, 60)
    listed = hands.window.frame.agenda.list
    floor.go_to_entry(meeting.work, meeting.meeting, meeting.board().entries[40].id)
    QApplication.processEvents()
    hands.key(Qt.Key.Key_F2)
    assert listed.currentIndex().row() == 40
    hands.key(Qt.Key.Key_Home)
    hands.key(Qt.Key.Key_Escape)
    now = listed.visualRect(listed.rows.index(40, 0))
    assert 0 <= now.top() <= now.bottom() < listed.viewport().height()
    hands.key(Qt.Key.Key_F2)
    for high in (600, 768, 560):
        hands.window.resize(1366, high)
        QApplication.processEvents()
        seen = listed.visualRect(listed.currentIndex())
        assert seen.top() >= 0
        assert seen.bottom() < listed.viewport().height()


def test_an_entry_left_without_a_conclusion_is_not_shown_as_done(hands: Hands, meeting: Held) -> None:
    floor.note(meeting.work, meeting.meeting, text="57辆车抢31个位子。")
    floor.go_to_entry(meeting.work, meeting.meeting, meeting.board().entries[3].id)
    QApplication.processEvents()
    rows = hands.window.frame.agenda.list.rows.rows
    assert [ICONS[state_of(row.entry)][0] for row in rows[:4]] == ["done", "done", "under_way", "live"]
    assert "left open" in rows[2].spoken()
