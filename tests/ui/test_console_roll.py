"""The roll by keyboard alone: initials, hours, codes, many at once, and what is known of each person."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from deliberation_app.domain.roll_codes import code_of
from deliberation_app.services import floor_roll, people, roll_view
from deliberation_app.services.roll_view import RollLine
from deliberation_app.ui.console_roll import RollPanel
from tests.ui.console_meeting import Hands, Held, close_console, held, open_console, prepare, talk

F = Qt.Key


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(tmp_path_factory.mktemp("roll"))


@pytest.fixture(scope="module")
def talking(prepared: Path) -> Path:
    file = Path(shutil.copy(prepared, prepared.with_name("talking.sqlite")))
    talk(file, (prepared.parent / "meeting").read_text(encoding="ascii"))
    return file


@pytest.fixture
def early(prepared: Path, tmp_path: Path) -> Iterator[Held]:
    """The meeting before anybody has come."""
    copy = Path(shutil.copy(prepared, tmp_path / "meeting.sqlite"))
    made = held(copy, (prepared.parent / "meeting").read_text(encoding="ascii"))
    yield made
    made.work.close()


@pytest.fixture
def under_way(talking: Path, tmp_path: Path) -> Iterator[Held]:
    """The meeting with nineteen of twenty-two in the room at three."""
    copy = Path(shutil.copy(talking, tmp_path / "meeting.sqlite"))
    made = held(copy, (talking.parent / "meeting").read_text(encoding="ascii"))
    made.clock.to(15, 0)
    yield made
    made.work.close()


@pytest.fixture
def first(app_dressed: QApplication, early: Held) -> Iterator[Hands]:
    window = open_console(early)
    yield Hands(window)
    close_console(window)


@pytest.fixture
def hands(app_dressed: QApplication, under_way: Held) -> Iterator[Hands]:
    window = open_console(under_way)
    yield Hands(window)
    close_console(window)


def line(meeting: Held, name: str) -> RollLine:
    key = meeting.people[name]
    return next(one for one in roll_view.lines(meeting.work, meeting.meeting) if one.person_id == key)


def there(meeting: Held) -> set[str]:
    return {one.name for one in roll_view.lines(meeting.work, meeting.meeting) if one.there}


def roll(hands: Hands) -> RollPanel:
    return hands.window.frame.roll


def times(one: RollLine) -> list[tuple[str, str]]:
    return [(event.what, event.at.strftime("%H:%M")) for event in one.events]


def ctrl(hands: Hands, key: Qt.Key) -> None:
    hands.ctrl(key)


def test_one_enter_signs_in_and_clears_the_line(first: Hands, early: Held) -> None:
    first.name("fla")
    assert there(early) == {"范例安"}
    assert roll(first).name.text() == ""
    first.name("fla")
    assert "already" in roll(first).tip.whole()
    assert line(early, "范例安").events == line(early, "范例安").events[:1]


def test_several_who_fit_are_shown_and_none_is_taken(first: Hands, early: Held) -> None:
    first.type("z")
    first.enter()
    assert there(early) == set()
    assert "people fit" in roll(first).tip.whole()
    shown = [row.title for row in roll(first).list.rows.rows]
    first.key(F.Key_Down)
    first.enter()
    assert there(early) == {shown[1]}


def test_an_arrival_told_late_and_a_going_typed_in_the_line(hands: Hands, under_way: Held) -> None:
    hands.key(F.Key_F3)
    hands.name("gy 14:35走")
    assert times(line(under_way, "龚龑"))[-1] == ("left", "14:35")
    assert under_way.board().quorum.present == 18
    hands.name("gy 14:40")
    assert times(line(under_way, "龚龑"))[1:] == [("out", "14:35"), ("back", "14:40")]
    hands.name("gy 15:20")
    assert "still to come" in roll(hands).error.accessibleName() or roll(hands).error.isVisible()
    assert times(line(under_way, "龚龑"))[1:] == [("out", "14:35"), ("back", "14:40")]


def test_every_act_has_its_key(hands: Hands, under_way: Held) -> None:
    hands.key(F.Key_F3)
    roll(hands).choose(under_way.people["龚龑"])
    ctrl(hands, F.Key_Y)
    assert line(under_way, "龚龑").out
    hands.enter()
    assert line(under_way, "龚龑").there
    ctrl(hands, F.Key_O)
    assert (line(under_way, "龚龑").status, under_way.board().room.online) == ("online", 1)
    ctrl(hands, F.Key_W)
    assert line(under_way, "龚龑").gone
    ctrl(hands, F.Key_Z)
    assert line(under_way, "龚龑").there


def test_the_keys_act_on_whoever_was_typed(hands: Hands, under_way: Held) -> None:
    """Never on somebody who was chosen before."""
    hands.key(F.Key_F3)
    roll(hands).choose(under_way.people["龚龑"])
    hands.type("fla")
    ctrl(hands, F.Key_Y)
    assert line(under_way, "范例安").out
    assert line(under_way, "龚龑").there
    hands.type("zzzz")
    ctrl(hands, F.Key_Y)
    assert line(under_way, "龚龑").there


def test_leave_and_absence_with_a_usual_or_an_own_reason(hands: Hands, under_way: Held) -> None:
    hands.key(F.Key_F3)
    roll(hands).choose(under_way.people["林请假"])
    ctrl(hands, F.Key_K)
    hands.type("zy")
    hands.enter()
    assert (line(under_way, "林请假").status, line(under_way, "林请假").reason) == ("leave", "住院")
    ctrl(hands, F.Key_U)
    hands.type("去了北京")
    hands.enter()
    assert (line(under_way, "林请假").status, line(under_way, "林请假").reason) == ("absent", "去了北京")
    ctrl(hands, F.Key_K)
    hands.key(F.Key_Escape)
    assert QApplication.focusWidget() is roll(hands).name
    assert hands.window.frame.page() == "roll"


def test_seat_household_and_party_are_chosen_by_typing(hands: Hands, under_way: Held) -> None:
    hands.key(F.Key_F3)
    panel = roll(hands)
    panel.choose(under_way.people["龚龑"])
    ctrl(hands, F.Key_I)
    hands.key(F.Key_Down)
    hands.enter()
    assert line(under_way, "龚龑").capacity == "observing"
    ctrl(hands, F.Key_Z)
    ctrl(hands, F.Key_H)
    hands.type("1-1-101")
    hands.enter()
    assert line(under_way, "龚龑").represents == "1号楼 1单元 101"
    other = next(one for one in under_way.people if one.startswith("冯"))
    panel.choose(under_way.people[other])
    ctrl(hands, F.Key_H)
    hands.type("1 101")
    hands.enter()
    assert panel.error.isVisible()
    assert line(under_way, other).represents == ""
    hands.key(F.Key_Escape)
    panel.choose(under_way.people[other])
    ctrl(hands, F.Key_F)
    hands.type("无车")
    hands.enter()
    assert (line(under_way, other).party, line(under_way, other).party_told) == ("无车居民代表", True)


def test_an_event_is_given_its_right_hour_or_taken_away(hands: Hands, under_way: Held) -> None:
    hands.key(F.Key_F3)
    panel = roll(hands)
    hands.name("gy 14:45出")
    panel.person.facts.setFocus()
    panel.person.facts.choose("event:1")
    hands.enter()
    hands.type("14:50")
    hands.enter()
    assert times(line(under_way, "龚龑"))[1:] == [("out", "14:50")]
    panel.person.facts.setFocus()
    panel.person.facts.choose("event:1")
    hands.enter()
    hands.enter()
    assert line(under_way, "龚龑").there


def test_a_stranger_is_known_by_initials_or_entered(first: Hands, early: Held) -> None:
    unit = early.board().meeting.unit_id
    people.add(early.work, unit, name="秦旁听")
    first.name("qpt")
    first.enter()
    assert "秦旁听" in there(early)
    first.type("赵新来")
    first.enter()
    first.enter()
    guests = {one.name: one.capacity for one in early.board().guests if one.there}
    assert guests == {"秦旁听": "observing", "赵新来": "observing"}
    early.work.undo()
    assert "赵新来" not in there(early)


def scan(hands: Hands, code: str) -> None:
    """A wedge scanner: the digits and Enter, without a pause, into whatever has the focus."""
    for sign in code:
        QTest.keyClick(hands.window.windowHandle(), sign)
    hands.enter()


def test_a_scanned_code_signs_in_wherever_the_focus_is(hands: Hands, under_way: Held) -> None:
    talk_line = hands.window.frame.line
    hands.ctrl(F.Key_L)
    talk_line.text.setFocus()
    hands.type("abc 12")
    missing = under_way.people["林请假"]
    scan(hands, code_of(under_way.meeting, missing))
    assert "林请假" in there(under_way)
    assert talk_line.text.text() == "abc 12"
    assert under_way.board().statements == ()
    assert hands.said() == "林请假 is here"
    talk_line.who.setFocus()
    scan(hands, code_of(under_way.meeting, missing))
    assert hands.said().startswith("林请假 is here already")
    hands.key(F.Key_F3)
    floor_roll.sign_out(under_way.work, under_way.meeting, missing)
    scan(hands, code_of(under_way.meeting, missing))
    assert "林请假" in there(under_way)
    assert roll(hands).name.text() == ""


def test_a_code_is_heard_while_the_room_window_has_the_keyboard(hands: Hands, under_way: Held) -> None:
    hands.key(F.Key_F10)
    room = hands.window.acts.projector
    for sign in code_of(under_way.meeting, under_way.people["林请假"]):
        QTest.keyClick(room, sign)
    QTest.keyClick(room, F.Key_Return)
    assert "林请假" in there(under_way)


def keys_to(window: QWidget, signs: str) -> None:
    """Keys for another window, with Enter behind them."""
    for sign in signs:
        QTest.keyClick(window.windowHandle(), sign)
    QTest.keyClick(window.windowHandle(), F.Key_Return)
    QApplication.processEvents()


def test_a_code_is_heard_in_the_main_window_and_what_people_type_there_is_theirs(hands: Hands, under_way: Held) -> None:
    other = QWidget()
    fields = [QLineEdit("Tel. "), QPlainTextEdit("one two"), QComboBox()]
    fields[2].addItems(["8", "9 a", "9 b"])
    for field in fields:
        QVBoxLayout.addWidget(other.layout() or QVBoxLayout(other), field)
    other.show()
    other.activateWindow()
    QTest.qWaitForWindowActive(other, 2000)
    hands.window.hear_in(other)
    cursor = fields[1].textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.WordRight, QTextCursor.MoveMode.KeepAnchor)
    fields[1].setTextCursor(cursor)
    code = code_of(under_way.meeting, under_way.people["林请假"])
    for field in fields:
        field.setFocus()
        keys_to(other, code)
    assert "林请假" in there(under_way)
    assert hands.said().startswith("林请假 is here already")
    assert (fields[0].text(), fields[1].toPlainText(), fields[2].currentText()) == ("Tel. ", "one two", "8")
    fields[0].setFocus()
    strange = code_of(uuid.uuid4(), under_way.people["林请假"])
    keys_to(other, strange)
    assert fields[0].text() == f"Tel. {strange}"
    hands.window.close()
    keys_to(other, code)
    assert fields[0].text() == f"Tel. {strange}{code}"
    other.close()


def test_a_foreign_or_damaged_code_is_said_to_be_so(hands: Hands, under_way: Held) -> None:
    before = there(under_way)
    hands.key(F.Key_F3)
    code = code_of(under_way.meeting, under_way.people["林请假"])
    scan(hands, code[:-1] + str((int(code[-1]) + 1) % 10))
    assert roll(hands).error.isVisible()
    roll(hands).error.hide()
    scan(hands, code_of(uuid.uuid4(), under_way.people["林请假"]))
    assert roll(hands).error.isVisible()
    assert there(under_way) == before


def test_many_at_once_are_shown_first_and_undone_together(first: Hands, early: Held) -> None:
    first.key(F.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    panel = roll(first)
    expected = [one for one in panel.lines if one.expected]
    assert len(panel.list.rows.rows) == len(expected)
    first.key(F.Key_Down)
    shown = {row.title for row in panel.list.rows.rows}
    assert 0 < len(shown) < len(expected)
    first.enter()
    assert there(early) == shown
    early.work.undo()
    assert there(early) == set()


def test_those_of_last_time(first: Hands, early: Held) -> None:
    first.key(F.Key_F3, Qt.KeyboardModifier.ControlModifier)
    panel = roll(first)
    shown = {row.title for row in panel.list.rows.rows}
    assert panel.acts.asking
    assert "龚龑" in shown
    first.enter()
    assert there(early) == shown
    assert not panel.acts.asking


def test_a_lost_quorum_is_said_at_once(hands: Hands, under_way: Held) -> None:
    card = hands.window.frame.attendance
    assert not card._missing.isVisible()
    hands.key(F.Key_F3)
    here = [one for one in roll_view.lines(under_way.work, under_way.meeting) if one.there and one.capacity == "voting"]
    for one in here[:5]:
        roll(hands).choose(one.person_id)
        ctrl(hands, F.Key_W)
    assert "void" in card._quorum.text
    assert card._missing.text() == "1 more is enough"
    ctrl(hands, F.Key_Z)
    assert not card._missing.isVisible()
    assert card.property("kind") == "card"


DOWN, ENTER = F.Key_Down, F.Key_Return
# What happens to whom, the keys, and where in the line of the roll it is seen.
HAPPENINGS = (
    ("arrives", "林请假", ("lqj", ENTER), "there"),
    ("leaves", "龚龑", ("gy", "^W"), "gone"),
    ("goes out", "龚龑", ("gy", "^Y"), "out"),
    ("comes back", "龚龑", ("gy", "^Y", "gy", ENTER), "events"),
    ("online", "龚龑", ("gy", "^O"), "status"),
    ("leave with reason", "林请假", ("lqj", "^K", "zy", ENTER), "reason"),
    ("absent", "林请假", ("lqj", "^U", ENTER), "expected"),
    ("observing", "龚龑", ("gy", "^I", DOWN, ENTER), "capacity"),
    ("invited", "龚龑", ("gy", "^I", DOWN, DOWN, ENTER), "capacity"),
    ("represents a household", "龚龑", ("gy", "^H", "1-1-101", ENTER), "represents"),
    ("opinion handed in before", "林请假", ("lqj", "^N", ENTER), "opinion"),
)


def test_whatever_happens_is_a_few_keys_is_shown_and_is_taken_back(hands: Hands, under_way: Held) -> None:
    hands.key(F.Key_F3)
    for what, name, keys, where in HAPPENINGS:
        before, acts = line(under_way, name), 0
        for key in keys:
            if not isinstance(key, str):
                hands.key(key)
            elif key.startswith("^"):
                ctrl(hands, getattr(F, f"Key_{key[1]}"))
                acts += key in ("^W", "^Y", "^O")
            else:
                hands.type(key)
        assert getattr(line(under_way, name), where) != getattr(before, where), what
        assert name in hands.said(), what
        for _act in range(acts + (keys[-1] == ENTER)):
            ctrl(hands, F.Key_Z)
        assert line(under_way, name) == before, what
