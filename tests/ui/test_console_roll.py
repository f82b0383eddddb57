"""The roll by keyboard alone: initials, hours, codes, many at once, and what is known of each person."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from sqlalchemy import select

from deliberation_app.domain.roll_codes import code_of
from deliberation_app.services import floor_roll, meetings_agenda, people, roll_view
from deliberation_app.services.roll_view import RollLine
from deliberation_app.storage.meetings import AgendaEntry
from deliberation_app.storage.votes import WrittenOpinion
from deliberation_app.ui.console_roll import RollPanel
from tests import patience
from tests.ui.console_meeting import Hands, Held

F = Qt.Key


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


def test_one_enter_signs_in_and_clears_the_line(early_hands: Hands, early: Held) -> None:
    early_hands.name("fla")
    assert there(early) == {"范例安"}
    assert roll(early_hands).name.text() == ""
    early_hands.name("fla")
    assert "already" in roll(early_hands).tip.whole()
    assert line(early, "范例安").events == line(early, "范例安").events[:1]


def test_several_who_fit_are_shown_and_none_is_taken(early_hands: Hands, early: Held) -> None:
    early_hands.type("z")
    early_hands.enter()
    assert there(early) == set()
    assert "people fit" in roll(early_hands).tip.whole()
    shown = [row.title for row in roll(early_hands).list.rows.rows]
    early_hands.key(F.Key_Down)
    early_hands.enter()
    assert there(early) == {shown[1]}


def test_mistyped_initials_put_nobody_into_the_register(early_hands: Hands, early: Held) -> None:
    early_hands.type("wxm")
    assert 'Nobody has the initials "wxm"' in roll(early_hands).tip.whole()
    for _time in range(3):
        early_hands.enter()
    assert 'Nobody has the initials "wxm"' in roll(early_hands).tip.whole()
    assert (there(early), roll(early_hands).acts.asking, roll(early_hands).name.text()) == (set(), False, "wxm")
    early_hands.key(F.Key_Escape)
    early_hands.type("王新来")
    early_hands.enter()
    assert roll(early_hands).acts.asking
    early_hands.enter()
    assert there(early) == {"王新来"}


def test_an_arrival_told_late_and_a_going_typed_in_the_line(hands: Hands, meeting: Held) -> None:
    hands.key(F.Key_F3)
    hands.name("gy 14:35走")
    assert times(line(meeting, "龚龑"))[-1] == ("left", "14:35")
    assert meeting.board().quorum.present == 18
    hands.name("gy 14:40")
    assert times(line(meeting, "龚龑"))[1:] == [("out", "14:35"), ("back", "14:40")]
    hands.name("gy 15:20")
    assert "still to come" in roll(hands).error.accessibleName() or roll(hands).error.isVisible()
    assert times(line(meeting, "龚龑"))[1:] == [("out", "14:35"), ("back", "14:40")]


def test_every_act_has_its_key(hands: Hands, meeting: Held) -> None:
    hands.key(F.Key_F3)
    roll(hands).choose(meeting.people["龚龑"])
    ctrl(hands, F.Key_Y)
    assert line(meeting, "龚龑").out
    hands.enter()
    assert line(meeting, "龚龑").there
    ctrl(hands, F.Key_O)
    assert (line(meeting, "龚龑").status, meeting.board().room.online) == ("online", 1)
    ctrl(hands, F.Key_W)
    assert line(meeting, "龚龑").gone
    ctrl(hands, F.Key_Z)
    assert line(meeting, "龚龑").there


def test_the_keys_act_on_whoever_was_typed(hands: Hands, meeting: Held) -> None:
    """Never on somebody who was chosen before."""
    hands.key(F.Key_F3)
    roll(hands).choose(meeting.people["龚龑"])
    hands.type("fla")
    ctrl(hands, F.Key_Y)
    assert line(meeting, "范例安").out
    assert line(meeting, "龚龑").there
    hands.type("zzzz")
    ctrl(hands, F.Key_Y)
    assert line(meeting, "龚龑").there


def test_leave_and_absence_with_a_usual_or_an_own_reason(hands: Hands, meeting: Held) -> None:
    hands.key(F.Key_F3)
    roll(hands).choose(meeting.people["林请假"])
    ctrl(hands, F.Key_K)
    hands.type("zy")
    hands.enter()
    assert (line(meeting, "林请假").status, line(meeting, "林请假").reason) == ("leave", "住院")
    ctrl(hands, F.Key_U)
    hands.type("去了北京")
    hands.enter()
    assert (line(meeting, "林请假").status, line(meeting, "林请假").reason) == ("absent", "去了北京")
    ctrl(hands, F.Key_K)
    hands.key(F.Key_Escape)
    assert QApplication.focusWidget() is roll(hands).name
    assert hands.window.frame.page() == "roll"


def test_seat_household_and_party_are_chosen_by_typing(hands: Hands, meeting: Held) -> None:
    hands.key(F.Key_F3)
    panel = roll(hands)
    panel.choose(meeting.people["龚龑"])
    ctrl(hands, F.Key_I)
    hands.key(F.Key_Down)
    hands.enter()
    assert line(meeting, "龚龑").capacity == "observing"
    ctrl(hands, F.Key_Z)
    ctrl(hands, F.Key_H)
    hands.type("1-1-101")
    hands.enter()
    assert line(meeting, "龚龑").represents == "1号楼 1单元 101"
    other = next(one for one in meeting.people if one.startswith("冯"))
    panel.choose(meeting.people[other])
    ctrl(hands, F.Key_H)
    hands.type("1 101")
    hands.enter()
    assert panel.error.isVisible()
    assert line(meeting, other).represents == ""
    hands.key(F.Key_Escape)
    panel.choose(meeting.people[other])
    ctrl(hands, F.Key_F)
    hands.type("无车")
    hands.enter()
    assert (line(meeting, other).party, line(meeting, other).party_told) == ("无车居民代表", True)


def test_an_event_is_given_its_right_hour_or_taken_away(hands: Hands, meeting: Held) -> None:
    hands.key(F.Key_F3)
    panel = roll(hands)
    hands.name("gy 14:45出")
    panel.person.facts.setFocus()
    panel.person.facts.choose("event:1")
    hands.enter()
    hands.type("14:50")
    hands.enter()
    assert times(line(meeting, "龚龑"))[1:] == [("out", "14:50")]
    panel.person.facts.setFocus()
    panel.person.facts.choose("event:1")
    hands.enter()
    hands.enter()
    assert line(meeting, "龚龑").there


def test_a_stranger_is_known_by_initials_or_entered(early_hands: Hands, early: Held) -> None:
    unit = early.board().meeting.unit_id
    people.add(early.work, unit, name="秦旁听")
    early_hands.name("qpt")
    early_hands.enter()
    assert "秦旁听" in there(early)
    early_hands.type("赵新来")
    early_hands.enter()
    early_hands.enter()
    guests = {one.name: one.capacity for one in early.board().guests if one.there}
    assert guests == {"秦旁听": "observing", "赵新来": "observing"}
    early.work.undo()
    assert "赵新来" not in there(early)


def scan(hands: Hands, code: str) -> None:
    """A wedge scanner: the digits and Enter, without a pause, into whatever has the focus."""
    for sign in code:
        QTest.keyClick(hands.window.windowHandle(), sign)
    hands.enter()


def test_a_scanned_code_signs_in_wherever_the_focus_is(hands: Hands, meeting: Held) -> None:
    talk_line = hands.window.frame.line
    hands.ctrl(F.Key_L)
    talk_line.text.setFocus()
    hands.type("abc 12")
    missing = meeting.people["林请假"]
    scan(hands, code_of(meeting.meeting, missing))
    assert "林请假" in there(meeting)
    assert talk_line.text.text() == "abc 12"
    assert meeting.board().statements == ()
    assert hands.said() == "林请假 is here"
    talk_line.who.setFocus()
    scan(hands, code_of(meeting.meeting, missing))
    assert hands.said().startswith("林请假 is here already")
    assert not hands.window.frame.foot.undo.isVisible()  # nothing was done that could be taken back
    hands.key(F.Key_F3)
    floor_roll.sign_out(meeting.work, meeting.meeting, missing)
    scan(hands, code_of(meeting.meeting, missing))
    assert "林请假" in there(meeting)
    assert roll(hands).name.text() == ""


def test_a_code_is_heard_while_the_room_window_has_the_keyboard(hands: Hands, meeting: Held) -> None:
    hands.key(F.Key_F10)
    room = hands.window.acts.projector
    for sign in code_of(meeting.meeting, meeting.people["林请假"]):
        QTest.keyClick(room, sign)
    QTest.keyClick(room, F.Key_Return)
    assert "林请假" in there(meeting)


def keys_to(window: QWidget, signs: str) -> None:
    """Keys for another window, with Enter behind them."""
    for sign in signs:
        QTest.keyClick(window.windowHandle(), sign)
    QTest.keyClick(window.windowHandle(), F.Key_Return)
    QApplication.processEvents()


def test_a_code_is_heard_in_the_main_window_and_what_people_type_there_is_theirs(hands: Hands, meeting: Held) -> None:
    other = QWidget()
    fields = [QLineEdit("Tel. "), QPlainTextEdit("one two"), QComboBox()]
    fields[2].addItems(["8", "9 a", "9 b"])
    for field in fields:
        QVBoxLayout.addWidget(other.layout() or QVBoxLayout(other), field)
    other.show()
    other.activateWindow()
    QTest.qWaitForWindowActive(other, 1000 * patience.SECONDS)
    hands.window.hear_in(other)
    cursor = fields[1].textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.WordRight, QTextCursor.MoveMode.KeepAnchor)
    fields[1].setTextCursor(cursor)
    code = code_of(meeting.meeting, meeting.people["林请假"])
    for field in fields:
        field.setFocus()
        keys_to(other, code)
    assert "林请假" in there(meeting)
    assert hands.said().startswith("林请假 is here already")
    assert (fields[0].text(), fields[1].toPlainText(), fields[2].currentText()) == ("Tel. ", "one two", "8")
    fields[0].setFocus()
    strange = code_of(uuid.uuid4(), meeting.people["林请假"])
    keys_to(other, strange)
    assert fields[0].text() == f"Tel. {strange}"
    hands.window.close()
    keys_to(other, code)
    assert fields[0].text() == f"Tel. {strange}{code}"
    other.close()


def test_enter_behind_some_other_code_presses_no_button(hands: Hands, meeting: Held) -> None:
    button = hands.window.frame.keys_button
    pressed: list[str] = []
    button.clicked.connect(lambda: pressed.append("keys"))
    button.setFocus()
    assert button.hasFocus()
    scan(hands, "6901234567892")
    assert pressed == []
    hands.enter()
    assert pressed == ["keys"]


def test_a_foreign_or_damaged_code_is_said_to_be_so(hands: Hands, meeting: Held) -> None:
    before = there(meeting)
    hands.key(F.Key_F3)
    code = code_of(meeting.meeting, meeting.people["林请假"])
    scan(hands, code[:-1] + str((int(code[-1]) + 1) % 10))
    assert roll(hands).error.isVisible()
    roll(hands).error.hide()
    scan(hands, code_of(uuid.uuid4(), meeting.people["林请假"]))
    assert roll(hands).error.isVisible()
    assert there(meeting) == before


def test_many_at_once_are_shown_first_and_undone_together(early_hands: Hands, early: Held) -> None:
    early_hands.key(F.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    panel = roll(early_hands)
    expected = [one for one in panel.lines if one.expected]
    assert len(panel.list.rows.rows) == len(expected)
    early_hands.key(F.Key_Down)
    shown = {row.title for row in panel.list.rows.rows}
    assert 0 < len(shown) < len(expected)
    early_hands.enter()
    assert there(early) == shown
    early.work.undo()
    assert there(early) == set()


def test_those_of_last_time(early_hands: Hands, early: Held) -> None:
    early_hands.key(F.Key_F3, Qt.KeyboardModifier.ControlModifier)
    panel = roll(early_hands)
    shown = {row.title for row in panel.list.rows.rows}
    assert panel.acts.asking
    assert "龚龑" in shown
    early_hands.enter()
    assert there(early) == shown
    assert not panel.acts.asking


def test_whoever_is_not_here_is_taken_out_of_last_times_row(early_hands: Hands, early: Held) -> None:
    early_hands.key(F.Key_F3, Qt.KeyboardModifier.ControlModifier)
    panel = roll(early_hands)
    shown = {row.title for row in panel.list.rows.rows}
    early_hands.type("gy")
    early_hands.enter()
    assert panel.acts.asking
    assert "龚龑" in panel.tip.text()
    assert {row.title for row in panel.list.rows.rows} == shown - {"龚龑"}
    early_hands.enter()
    assert there(early) == shown - {"龚龑"}


def test_an_opinion_is_asked_for_its_point_and_its_day(hands: Hands, meeting: Held) -> None:
    """The point only where there are several; the day before the meeting unless another is typed."""
    with meeting.work.read() as session:
        item = session.scalars(select(AgendaEntry.item_id).where(AgendaEntry.item_id.is_not(None))).first()
    meetings_agenda.add_entry(meeting.work, meeting.meeting, title="再议", item_id=item)
    hands.key(F.Key_F3)
    hands.type("lqj")
    ctrl(hands, F.Key_N)
    hands.key(DOWN)
    hands.enter()  # against
    assert "On which point" in roll(hands).ask.title.text()
    hands.key(DOWN)
    hands.enter()
    assert "What day" in roll(hands).ask.title.text()
    hands.type("10-20")
    hands.enter()  # the day of the meeting is refused where opinions count, kept here
    hands.type("lqj")
    ctrl(hands, F.Key_N)
    hands.enter()  # in favour
    hands.enter()  # on the first point
    hands.type("10-18")
    hands.enter()
    with meeting.work.read() as session:
        kept = list(session.scalars(select(WrittenOpinion).order_by(WrittenOpinion.written_on)))
    assert [(one.choice, one.written_on.isoformat()) for one in kept] == [
        ("in_favour", "2026-10-18"), ("against", "2026-10-20"),
    ]  # fmt: skip
    assert len({one.entry_id for one in kept} - {None}) == 2
    assert line(meeting, "林请假").opinions[1] == ("against", "再议")


def test_a_lost_quorum_is_said_at_once(hands: Hands, meeting: Held) -> None:
    card = hands.window.frame.attendance
    assert not card._missing.isVisible()
    hands.key(F.Key_F3)
    here = [one for one in roll_view.lines(meeting.work, meeting.meeting) if one.there and one.capacity == "voting"]
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
    ("opinion handed in before", "林请假", ("lqj", "^N", ENTER, ENTER), "opinions"),
)


def test_whatever_happens_is_a_few_keys_is_shown_and_is_taken_back(hands: Hands, meeting: Held) -> None:
    hands.key(F.Key_F3)
    for what, name, keys, where in HAPPENINGS:
        before, acts = line(meeting, name), 0
        for key in keys:
            if not isinstance(key, str):
                hands.key(key)
            elif key.startswith("^"):
                ctrl(hands, getattr(F, f"Key_{key[1]}"))
                acts += key in ("^W", "^Y", "^O")
            else:
                hands.type(key)
        assert getattr(line(meeting, name), where) != getattr(before, where), what
        assert name in hands.said(), what
        for _act in range(acts + (keys[-1] == ENTER)):
            ctrl(hands, F.Key_Z)
        assert line(meeting, name) == before, what


def test_leave_with_its_reason_is_typed_in_the_line(early_hands: Hands, early: Held) -> None:
    early_hands.name("hqj 假 去医院")
    assert (line(early, "何请假").status, line(early, "何请假").reason) == ("leave", "去医院")
    early_hands.name("wsb 线上")
    assert line(early, "王双报到").status == "online"
    early_hands.name("lvqx 缺")
    assert roll(early_hands).acts.asking
    early_hands.enter()
    assert line(early, "吕缺席").status == "absent"


def test_a_known_name_with_something_behind_it_is_nobody_new(early_hands: Hands, early: Held) -> None:
    early_hands.name("何请假 住院了")
    assert not roll(early_hands).acts.asking
    assert roll(early_hands).list.rows.rows == []


def test_a_key_that_cannot_act_says_why(hands: Hands, meeting: Held) -> None:
    hands.key(F.Key_F3)
    hands.type("gy")
    for key, told in ((F.Key_K, "has signed in"), (F.Key_U, "has signed in")):
        ctrl(hands, key)
        assert told in roll(hands).tip.whole()
    hands.key(F.Key_Escape)
    hands.type("hqj")
    ctrl(hands, F.Key_W)
    assert "is not in the room" in roll(hands).tip.whole()
    assert line(meeting, "龚龑").there


def test_after_many_signed_in_the_keys_act_on_nobody(early_hands: Hands, early: Held) -> None:
    early_hands.name("fla")
    early_hands.key(F.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    early_hands.enter()
    assert len(there(early)) > 20
    assert roll(early_hands).chosen() is None
    ctrl(early_hands, F.Key_W)
    assert "范例安" in there(early)


def test_what_fits_nothing_is_told_and_the_list_stays(early_hands: Hands) -> None:
    early_hands.key(F.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    early_hands.key(F.Key_Down)
    shown = roll(early_hands).list.rows.rows
    early_hands.type("iii")
    assert "iii" in roll(early_hands).ask._hint.text()
    assert roll(early_hands).list.rows.rows == shown


def test_the_roll_opened_again_is_as_new(hands: Hands) -> None:
    hands.key(F.Key_F3)
    hands.name("gy 23:59")
    assert roll(hands).error.isVisible()
    hands.key(F.Key_Escape)
    hands.key(F.Key_F3)
    hands.key(F.Key_F3)
    assert (roll(hands).error.isVisible(), roll(hands).chosen()) == (False, None)


def test_numbers_of_the_groups_are_those_of_the_quorum(hands: Hands, meeting: Held) -> None:
    floor_roll.sign_in(meeting.work, meeting.meeting, [meeting.people["片警徐某"]])
    hands.key(F.Key_F3)
    here = roll(hands).chips.buttons["here"].text()
    assert here == f"Here {meeting.board().quorum.present}"


def test_a_name_beside_the_list_is_never_cut(hands: Hands) -> None:
    hands.key(F.Key_F3)
    hands.type("glne")
    pane = roll(hands).person
    told = pane.name.text()
    assert told.replace("\n", "") == "古丽娜尔·阿不都热西提"
    face = pane.name.fontMetrics()
    assert all(face.horizontalAdvance(row) <= pane.name.width() for row in told.split("\n"))
