"""What is typed in the wrong place, or after a key pressed by habit, is neither lost nor recorded as something else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from deliberation_app.services import floor, meetings
from tests.ui.console_meeting import Hands, Held

K, M = Qt.Key, Qt.KeyboardModifier
LINE_KEYS = (K.Key_1, K.Key_2, K.Key_3, K.Key_S, K.Key_D, K.Key_B)


def note(hands: Hands, initials: str, text: str) -> None:
    hands.window.frame.line.who.setFocus()
    hands.name(initials)
    hands.type(text)
    hands.enter()


def test_before_the_opening_everything_leads_back_to_the_roll(early_hands: Hands, early: Held) -> None:
    frame = early_hands.window.frame
    for keys in ((K.Key_Escape,), (K.Key_F1, K.Key_Escape), (K.Key_F3,), (K.Key_F2, K.Key_Escape)):
        for key in keys:
            early_hands.key(key)
        assert (frame.page(), QApplication.focusWidget()) == ("roll", frame.roll.name)
    assert frame.roll.done.isHidden()
    early_hands.name("gy")
    assert early.board().quorum.present == 1


def test_taking_back_the_opening_leads_to_the_roll(early_hands: Hands, early: Held) -> None:
    early_hands.name("gy")
    meetings.open_meeting(early.work, early.meeting)
    QApplication.processEvents()
    early_hands.ctrl(K.Key_L)
    early_hands.ctrl(K.Key_Z)
    assert (early_hands.window.frame.page(), early.board().state) == ("roll", "planned")


def test_words_typed_on_in_the_place_of_the_name_go_over_to_the_words(hands: Hands, meeting: Held) -> None:
    line = hands.window.frame.line
    hands.name("xxq")
    hands.type("同意，下周三前贴出来。")
    hands.enter()
    assert (line.who.text(), line.text.text()) == ("", "同意，下周三前贴出来。")
    hands.name("fla")
    hands.enter()
    (said,) = meeting.board().statements
    assert (said.speaker, said.text) == ("范例安", "同意，下周三前贴出来。")


def test_initials_and_words_in_one_go_are_parted(hands: Hands, meeting: Held) -> None:
    line = hands.window.frame.line
    hands.type("gy同意划线")
    hands.enter()
    assert (line.who.text(), line.text.text()) == ("龚龑", "同意划线")
    hands.enter()
    assert [(one.speaker, one.text) for one in meeting.board().statements] == [("龚龑", "同意划线")]


def test_an_unknown_name_stays_a_name(hands: Hands) -> None:
    line = hands.window.frame.line
    hands.type("王小明")
    hands.enter()
    assert (line.who.text(), line.text.text()) == ("王小明", "")
    assert "王小明" in line.error.accessibleName()


def test_initials_alone_are_who_speaks_now_though_somebody_has_the_floor(hands: Hands, meeting: Held) -> None:
    hands.key(K.Key_F6, M.ShiftModifier)
    line = hands.window.frame.line
    assert QApplication.focusWidget() is line.text
    hands.name("sy")
    assert meeting.board().statements == ()
    assert (line.who.text(), line.text.text()) == ("石䶮", "")
    hands.type("OK")
    hands.enter()
    assert [(one.speaker, one.text) for one in meeting.board().statements] == [("石䶮", "OK")]


def test_words_for_the_record_answer_nothing(hands: Hands, meeting: Held) -> None:
    note(hands, "tk", "先到先停行不行？")
    hands.ctrl(K.Key_B)
    assert hands.window.frame.line.target.whole() == "neither question nor answer"
    note(hands, "glne", "我不同意，请照原话记。")
    asked, said = meeting.board().statements
    assert (asked.open, said.dissent, said.answers_id) == (True, True, None)
    note(hands, "zjw", "不行。")
    assert meeting.board().statements[-1].answers_id == asked.id


def test_a_day_that_is_not_understood_keeps_the_keyboard(hands: Hands, meeting: Held) -> None:
    line = hands.window.frame.line
    note(hands, "tk", "账什么时候贴？")
    hands.name("zjw")
    hands.type("尽快贴")
    hands.ctrl(K.Key_D)
    hands.type("昨天")
    hands.enter()
    assert QApplication.focusWidget() is line.due
    assert "By when" in line.error.accessibleName()
    hands.type("11.30")
    assert line.error.isHidden()
    hands.enter()
    hands.enter()
    assert meeting.board().statements[-1].promised_by is not None


def test_a_correction_that_changes_nothing_offers_no_undo(hands: Hands, meeting: Held) -> None:
    note(hands, "tk", "先到先停行不行？")
    note(hands, "zjw", "不行。")
    frame = hands.window.frame
    frame.line.correct(meeting.board().statements[0])
    hands.enter()
    assert hands.said() == "It stood like that already; nothing was changed."
    assert frame.foot.undo.isHidden()


def test_after_an_act_undo_is_of_the_act_and_not_of_words_deleted_before(hands: Hands, meeting: Held) -> None:
    hands.type("abc")
    hands.ctrl(K.Key_A)
    hands.key(K.Key_Backspace)
    hands.key(K.Key_F6, M.ShiftModifier)
    hands.key(K.Key_F6)
    hands.window.frame.line.who.setFocus()
    hands.ctrl(K.Key_Z)
    assert hands.window.frame.line.who.text() != "abc"
    assert meeting.board().speaker is not None


@pytest.mark.parametrize("page", [K.Key_F1, K.Key_F3, "recess", "unfinished", "conclusion"])
def test_keys_of_the_line_lead_to_the_line_that_is_seen(hands: Hands, page: Qt.Key | str) -> None:
    frame, acts = hands.window.frame, hands.window.acts.by_key()
    note(hands, "tk", "先到先停行不行？")
    for key in LINE_KEYS:
        acts[page]() if isinstance(page, str) else hands.key(page)
        assert frame.page() != "talk"
        hands.ctrl(key)
        at = QApplication.focusWidget()
        assert at is not None
        assert at.isVisible()
        assert frame.line.isAncestorOf(at)
        hands.ctrl(K.Key_L)
        frame.line.show_due(False)
    acts[page]() if isinstance(page, str) else hands.key(page)
    hands.key(K.Key_F7, M.ShiftModifier)
    assert frame.said.list.isVisible()


def test_the_sheet_of_keys_leads_back_to_what_was_being_typed(hands: Hands) -> None:
    frame = hands.window.frame
    hands.window.acts.by_key()["conclusion"]()
    hands.type("abc")
    typing = QApplication.focusWidget()
    for back in (K.Key_Escape, K.Key_F1):
        hands.key(K.Key_F1)
        hands.key(back)
        assert (frame.page(), QApplication.focusWidget()) == ("outcome", typing)
    hands.key(K.Key_F3)
    hands.type("gy")
    hands.key(K.Key_F1)
    hands.key(K.Key_Escape)
    assert (frame.page(), frame.roll.name.text()) == ("roll", "gy")


def test_on_the_next_item_nothing_is_answered(hands: Hands, meeting: Held) -> None:
    note(hands, "tk", "先到先停行不行？")
    line = hands.window.frame.line
    assert line.side.current() == "answer"
    board = meeting.board()
    at = [one.id for one in board.entries].index(board.current)
    hands.window.chair.do(line, "on", floor.go_to_entry, meeting.meeting, board.entries[at + 1].id)
    assert (line.side.current(), line.to) == ("raise", None)


def test_a_promise_keeps_its_room_when_the_line_folds(hands: Hands) -> None:
    line = hands.window.frame.line
    hands.ctrl(K.Key_D)
    hands.type("11.30")
    line.set_short(True)
    line.set_short(False)
    assert (line.stance.isHidden(), line.verbatim.isHidden(), line.due.isHidden()) == (True, True, False)
    assert line.target.whole() == "Mon 30 Nov, in 41 days"


def test_what_is_on_is_seen_beside_the_day_of_a_promise(hands: Hands, meeting: Held) -> None:
    line = hands.window.frame.line
    hands.name("zjw")
    hands.type("月底前一定贴。")
    hands.ctrl(K.Key_D)
    hands.type("11.30")
    hands.ctrl(K.Key_B)
    hands.ctrl(K.Key_S)
    assert line.target.whole() == "Mon 30 Nov · in favour · word for word"
    hands.enter()
    assert hands.window.frame.said.list.lines.lines[-1].status()[0] == "word for word · promised by 30 Nov"
    assert (line.stance.isVisible(), line.verbatim.isVisible()) == (True, True)


def test_what_is_over_again_is_no_fault(hands: Hands, meeting: Held) -> None:
    note(hands, "tk", "先到先停行不行？")
    hands.key(K.Key_Z, M.ControlModifier, M.ShiftModifier)
    assert hands.said() == "There is nothing to do again."
    assert hands.window.frame.error_place.isHidden()


def test_undo_and_redo_of_a_recess_leave_the_keyboard_somewhere(hands: Hands, meeting: Held) -> None:
    meetings.recess(meeting.work, meeting.meeting, None)
    meetings.resume(meeting.work, meeting.meeting)
    QApplication.processEvents()
    back, again = (M.ControlModifier,), (M.ControlModifier, M.ShiftModifier)
    for held_down in (back, back, again, again):
        hands.key(K.Key_Z, *held_down)
        at = QApplication.focusWidget()
        assert at is not None
        assert at.isVisible()
        assert hands.window.frame.line.isAncestorOf(at) is (meeting.board().state == "open")


def test_initials_of_nobody_are_told_in_the_queue_and_make_room(hands: Hands, meeting: Held) -> None:
    queue = hands.window.frame.queue
    hands.key(K.Key_F4)
    hands.name("xxq")
    assert "xxq" in queue._error.accessibleName()
    hands.name("gy")
    assert queue._error.isHidden()
    assert [one.name for one in meeting.board().queue] == ["龚龑"]


def test_who_is_not_there_is_queued_and_that_is_told(hands: Hands) -> None:
    hands.key(K.Key_F4)
    hands.name("lvqx")
    assert hands.said() == "吕缺席 is in the queue, but is not in the room"


def test_escape_shows_everything_that_was_said_again(hands: Hands) -> None:
    note(hands, "tk", "先到先停行不行？")
    frame = hands.window.frame
    hands.key(K.Key_F7, M.ShiftModifier)
    assert frame.said.only_open
    hands.key(K.Key_Escape)
    assert not frame.said.only_open


def test_escape_gives_up_initials_and_who_has_the_floor_stands_there_again(hands: Hands, meeting: Held) -> None:
    hands.key(K.Key_F6, M.ShiftModifier)
    line = hands.window.frame.line
    speaker = line.who.text()
    line.who.setFocus()
    line.who.selectAll()
    hands.type("xxq")
    hands.key(K.Key_Escape)
    assert (line.who.text(), QApplication.focusWidget()) == (speaker, line.text)


def test_the_day_is_told_again_when_there_is_room_for_it(hands: Hands) -> None:
    line = hands.window.frame.line
    hands.ctrl(K.Key_D)
    hands.type("11.30")
    hands.window.resize(1366, 768)
    QApplication.processEvents()
    told = line.target.whole()
    assert told
    hands.window.resize(640, 768)
    QApplication.processEvents()
    hands.window.resize(1366, 768)
    QApplication.processEvents()
    assert line.target.whole() == told


def test_what_is_missing_is_no_longer_told_once_it_is_typed(hands: Hands) -> None:
    line = hands.window.frame.line
    line.text.setFocus()
    hands.enter()
    assert line.error.isVisible()
    hands.type("a")
    assert not line.error.isVisible()


def test_a_whole_text_pasted_as_a_name_is_told_short_and_what_to_do_stays_in_sight(hands: Hands) -> None:
    line = hands.window.frame.line
    QApplication.clipboard().setText("abcdefghij " * 100)
    line.who.setFocus()
    hands.ctrl(K.Key_V)
    hands.enter()
    assert "Choose somebody from the list" in line.error.accessibleName()
    assert len(line.error.accessibleName()) < 200
    roll = hands.window.frame.roll
    for pasted in ("abcdefghij " * 100, "说了一句很长的话" * 100):
        QApplication.clipboard().setText(pasted)
        hands.key(K.Key_F3)
        roll.name.setFocus()
        roll.name.clear()
        hands.ctrl(K.Key_V)
        hands.enter()
        assert roll.list.rows.rows == []  # nobody is registered under that
        assert pasted[:9] in roll.tip.whole()
        assert len(roll.tip.whole()) < 120
