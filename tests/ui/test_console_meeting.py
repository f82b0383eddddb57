"""A whole meeting held by keyboard alone, and the console opened again at the same moment."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLineEdit

from deliberation_app.services import floor
from deliberation_app.ui.kit import forms, theme
from tests.ui.console_meeting import PRESENT, Hands, Held, close_console, open_console

F = Qt.Key
AT = (14, 49)


def note(hands: Hands, who: str, text: str) -> None:
    """Note a statement of somebody, from wherever the focus is."""
    hands.ctrl(F.Key_L)
    hands.window.frame.line.who.setFocus()
    hands.window.frame.line.who.selectAll()
    hands.name(who)
    hands.type(text)
    hands.enter()


def test_people_sign_in_by_initials_and_the_meeting_goes_on(early_hands: Hands, early: Held) -> None:
    frame = early_hands.window.frame
    assert frame.page() == "roll"
    assert QApplication.focusWidget() is frame.roll.name
    for initials in PRESENT:
        early_hands.name(initials)
    early.clock.to(14, 32)
    early_hands.next_step()
    board = early.board()
    assert (board.quorum.present, board.quorum.eligible, board.quorum.needed) == (19, 22, 15)
    assert board.state == "open"
    assert frame.page() == "talk"
    assert frame.attendance._present.text() == "19"
    early_hands.next_step()
    assert early.board().current == board.entries[1].id


def test_question_and_answer_with_a_promise_are_noted(hands: Hands, meeting: Held) -> None:
    meeting.clock.to(15, 1)
    note(hands, "lu", "收费我认，但钱要看得见。")
    assert hands.window.frame.line.side.current() == "answer"
    assert "陆" in hands.window.frame.line.target.whole()
    hands.name("zjw")
    hands.ctrl(F.Key_D)
    hands.type("11-30")
    hands.enter()
    hands.type("每月一贴。")
    hands.enter()
    asked, answered = meeting.board().statements
    assert (asked.side, asked.open) == ("raise", False)
    assert (answered.side, answered.answers_id, answered.promised_by) == ("answer", asked.id, date(2026, 11, 30))
    assert hands.said() == "Noted: answer of 周居务"
    assert hands.window.frame.line.side.current() == "raise"


def test_words_for_the_record_are_taken_one_by_one(hands: Hands, meeting: Held) -> None:
    hands.ctrl(F.Key_B)
    note(hands, "mmt", "请把我的意见一字不改记下来。")
    (said,) = meeting.board().statements
    assert (said.side, said.dissent, said.speaker) == (None, True, "买买提·吐尔逊")


def test_a_name_that_nobody_has_is_refused_and_nothing_is_lost(hands: Hands, meeting: Held) -> None:
    line = hands.window.frame.line
    line.who.setFocus()
    hands.type("xxxx")
    line.text.setFocus()
    hands.type("谁说的？")
    hands.enter()
    assert meeting.board().statements == ()
    assert "xxxx" in line.error.accessibleName()
    assert line.text.text() == "谁说的？"


def test_undo_held_down_takes_back_one_act(hands: Hands) -> None:
    """In a second it would be thirty, and nobody could read which."""
    held = {one.key().toString(): one.autoRepeat() for one in hands.window.findChildren(QShortcut)}
    assert (held["Ctrl+Z"], held["Ctrl+Shift+Z"], held["Ctrl+Up"]) == (False, False, True)


def test_undo_takes_back_typing_first_and_then_the_act(hands: Hands, meeting: Held) -> None:
    note(hands, "fj", "57辆车抢31个位子。")
    hands.window.frame.line.text.setFocus()
    hands.type("abc")
    hands.ctrl(F.Key_Z)
    assert hands.window.frame.line.text.text() == ""
    assert len(meeting.board().statements) == 1
    hands.ctrl(F.Key_Z)
    assert meeting.board().statements == ()
    assert hands.said() == "Taken back: Statement noted, 冯㛃: 57辆车抢31个位子。"


def test_what_was_taken_back_is_done_again(hands: Hands, meeting: Held) -> None:
    note(hands, "fj", "57辆车抢31个位子。")
    hands.ctrl(F.Key_Z)
    assert meeting.board().statements == ()
    hands.key(F.Key_Z, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    assert len(meeting.board().statements) == 1


def test_first_time_speakers_come_first_and_the_clock_obeys(hands: Hands, meeting: Held) -> None:
    note(hands, "fj", "57辆车抢31个位子。")
    hands.key(F.Key_F4)
    for initials in ("fj", "qsh", "gy"):
        meeting.clock.to(15, 0, meeting.clock.now.second + 1)
        hands.name(initials)
    hands.key(F.Key_Escape)
    assert [guest.name for guest in meeting.board().queue] == ["钱商户", "龚龑", "冯㛃"]
    hands.next_step()
    board = meeting.board()
    assert board.speaker is not None
    assert (board.speaker.name, board.speaker.left(meeting.clock.now)) == ("钱商户", 180)
    assert hands.window.frame.line.who.text() == "钱商户"
    hands.key(F.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    hands.key(F.Key_F5)
    meeting.clock.to(15, 30)
    hands.window.frame.tick(meeting.clock.now)
    assert hands.window.frame.speaker._clock.text() == "3:30"
    hands.key(F.Key_F6)
    assert meeting.board().speaker is None


def vote(hands: Hands, *numbers: str) -> None:
    """Type the numbers of a count one after the other."""
    for number in numbers:
        hands.type(number)
        hands.enter()


def test_the_vote_is_judged_with_its_arithmetic(hands: Hands, meeting: Held) -> None:
    note(hands, "fj", "57辆车抢31个位子。")
    hands.key(F.Key_F8)
    frame = hands.window.frame
    assert frame.right_stack.currentIndex() == 1
    assert frame.vote.title.text() == "是否赞成A案"
    vote(hands, "12", "4", "3")
    verdict = frame.vote.verdict
    assert verdict.told.sum == "12 + 4 + 3 ＝ 19"
    assert verdict.told.state == "as many as are here"
    assert verdict.told.title == "A majority is in favour"
    assert verdict.told.passing == "In favour 12，12 × 2 ＝ 24 ＞ 19"
    assert verdict.told.quorum == "Present 19，19 × 3 ＝ 57 ≥ 22 × 2 ＝ 44"
    hands.next_step()
    motion = meeting.board().motions[0]
    assert motion.counts == {"in_favour": 12, "against": 4, "abstain": 3}
    assert (motion.quorate, motion.passed) == (True, True)
    hands.next_step()
    assert meeting.board().vote is None
    assert [step.act for step in meeting.board().steps][:2] == ["vote", "vote"]


def test_a_sum_that_is_too_high_is_refused_with_a_sentence(hands: Hands, meeting: Held) -> None:
    note(hands, "fj", "57辆车抢31个位子。")
    hands.key(F.Key_F8)
    vote(hands, "12", "4", "4")
    assert "20 votes were counted" in hands.window.frame.vote.verdict.told.faults
    assert hands.window.frame.vote.verdict.told.title == ""
    hands.next_step()
    assert meeting.board().motions[0].counts is None
    assert "20 votes were counted" in hands.window.frame.vote.error.accessibleName()


def test_votes_are_counted_again_with_a_reason(hands: Hands, meeting: Held) -> None:
    note(hands, "fj", "57辆车抢31个位子。")
    hands.key(F.Key_F8)
    vote(hands, "12", "4", "3")
    hands.next_step()
    hands.key(F.Key_F9)
    fields = hands.window.frame.vote.fields
    fields.edits()[0].selectAll()
    vote(hands, "11", "5", "3")
    hands.next_step()
    assert meeting.board().motions[0].recounted == 0
    assert QApplication.focusWidget() is hands.window.frame.vote.reason
    hands.type("有人没数到")
    hands.next_step()
    motion = meeting.board().motions[0]
    assert (motion.recounted, motion.counts["in_favour"]) == (1, 11)


def test_an_open_vote_can_be_voided_and_the_void_taken_back(hands: Hands, meeting: Held) -> None:
    note(hands, "fj", "57辆车抢31个位子。")
    hands.key(F.Key_F8)
    hands.key(F.Key_F12)
    assert meeting.board().vote is None
    assert meeting.board().motions == ()
    hands.ctrl(F.Key_Z)
    assert meeting.board().vote is not None
    assert hands.window.frame.vote.isVisible()


def test_gates_are_told_before_a_vote(hands: Hands, meeting: Held) -> None:
    board = meeting.board()
    assert board.blocked
    assert all(step.act != "vote" for step in board.steps)
    hands.key(F.Key_F8)
    assert meeting.board().vote is None
    card = hands.window.frame.vote_card
    assert "Nobody has spoken on this yet" in card._error.accessibleName()
    card.nobody.click()
    assert not meeting.board().blocked
    hands.key(F.Key_F8)
    assert meeting.board().vote is not None


def test_another_motion_is_put_by_hand(hands: Hands, meeting: Held) -> None:
    note(hands, "fj", "57辆车抢31个位子。")
    hands.key(F.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    panel = hands.window.frame.motion
    assert panel.isVisible()
    panel.option.set_value("none")
    panel.motion.editor.selectAll()
    panel.motion.editor.insertPlainText("会议是否延长三十分钟")
    hands.next_step()
    opened = meeting.board().vote
    assert opened is not None
    assert (opened.motion, opened.option_id) == ("会议是否延长三十分钟", None)


def test_people_leave_step_out_and_come_back(hands: Hands, meeting: Held) -> None:
    roll = hands.window.frame.roll
    hands.key(F.Key_F3)
    roll.choose(meeting.people["林请假"])
    roll.person.buttons["leave"].click()
    hands.type("busy")
    hands.enter()
    roll.choose(meeting.people["龚龑"])
    roll.person.buttons["out"].click()
    board = meeting.board()
    assert (board.totals.leave, board.quorum.present) == (1, 18)
    roll.list.setFocus()
    hands.enter()
    assert meeting.board().quorum.present == 19
    roll.person.buttons["left"].click()
    assert meeting.board().quorum.present == 18


def test_somebody_unknown_is_entered_and_signed_in(early_hands: Hands, early: Held) -> None:
    hands, meeting = early_hands, early
    hands.type("赵新来")
    hands.enter()
    hands.enter()
    assert [guest.name for guest in meeting.board().guests if guest.there] == ["赵新来"]


def test_a_statement_is_corrected_and_struck_out(hands: Hands, meeting: Held) -> None:
    note(hands, "fj", "57辆车抢13个位子。")
    listed = hands.window.frame.said.list
    listed.setFocus()
    listed.setCurrentIndex(listed.model().index(0, 0))
    hands.ctrl(F.Key_E)
    line = hands.window.frame.line
    assert line.text.text() == "57辆车抢13个位子。"
    line.text.selectAll()
    hands.type("57辆车抢31个位子。")
    hands.enter()
    assert [one.text for one in meeting.board().statements] == ["57辆车抢31个位子。"]
    listed.setFocus()
    listed.setCurrentIndex(listed.model().index(0, 0))
    hands.ctrl(F.Key_Delete)
    assert meeting.board().statements == ()


def test_recess_resume_and_close(hands: Hands, meeting: Held) -> None:
    hands.ctrl(F.Key_R)
    hands.next_step()
    assert meeting.board().state == "recess"
    assert not hands.window.frame.line.isEnabled()
    hands.next_step()
    assert meeting.board().state == "open"
    assert hands.window.frame.foot.next.text() == "Asked: nobody wishes to speak"
    hands.next_step()
    assert hands.window.frame.foot.next.text() == "Vote on A案"
    hands.window.frame.agenda.list.opened.emit(str(meeting.board().entries[-1].id))
    assert hands.window.frame.foot.next.text() == "Close the meeting"
    hands.next_step()
    assert hands.window.frame.page() == "unfinished"
    assert [one.what for one in meeting.board().unfinished] == ["outcome"]  # two ways were put and not voted
    hands.next_step()
    assert meeting.board().state == "closed"
    wanted: list[object] = []
    hands.window.minutes_wanted.connect(wanted.append)
    hands.next_step()
    assert wanted == [meeting.meeting]


def test_the_console_comes_back_to_the_same_moment(app_dressed: QApplication, hands: Hands, meeting: Held) -> None:
    note(hands, "fj", "57辆车抢31个位子。")
    hands.key(F.Key_F4)
    hands.name("gy")
    hands.key(F.Key_Escape)
    hands.next_step()
    hands.key(F.Key_F8)
    before = meeting.board()
    hands.window.close()
    again = open_console(meeting)
    frame = again.frame
    board = again.chair.board
    assert board is not None
    assert (board.current, board.vote, board.speaker) == (before.current, before.vote, before.speaker)
    assert frame.vote.isVisible()
    assert before.vote.motion.startswith(frame.vote.title.text())
    assert [line.said.text for line in frame.said.list.lines.lines] == ["57辆车抢31个位子。"]
    assert frame.foot.said() == "Vote opened, 是否赞成A案（意向表决，无法定效力）"
    close_console(again)


def test_the_folded_window_keeps_clock_line_and_next_step(hands: Hands, meeting: Held) -> None:
    note(hands, "fj", "57辆车抢31个位子。")
    floor.give(meeting.work, meeting.meeting, meeting.people["龚龑"])
    hands.window.resize(900, 700)
    QApplication.processEvents()
    frame = hands.window.frame
    assert frame.mode == "narrow"
    assert all(part.isVisible() for part in (frame.speaker, frame.line, frame.foot.next, frame.tabs))
    assert not frame.right.isVisible()
    hands.key(F.Key_F3)
    assert (frame.page(), frame.roll.isVisible()) == ("roll", True)
    hands.key(F.Key_F8)
    assert (frame.page(), frame.vote.isVisible()) == ("vote", True)
    hands.window.resize(1366, 768)
    QApplication.processEvents()
    assert frame.mode == "wide"
    assert (frame.side.isVisible(), frame.vote.isVisible()) == (True, True)


def test_every_control_has_a_name(hands: Hands, meeting: Held) -> None:
    controls = [
        one
        for kind in (QAbstractButton, QLineEdit, QAbstractItemView)
        for one in hands.window.frame.findChildren(kind)
        if not one.window().inherits("QComboBoxPrivateContainer")
    ]
    nameless = [
        f"{type(one).__name__} {one.objectName()}"
        for one in controls
        if one.focusPolicy() != Qt.FocusPolicy.NoFocus and not (one.accessibleName() or getattr(one, "text", str)())
    ]
    assert nameless == []


def test_another_language_and_scale_keep_the_moment(app_dressed: QApplication, hands: Hands, meeting: Held) -> None:
    note(hands, "fj", "57辆车抢31个位子。")
    hands.window.frame.line.text.setFocus()
    hands.type("abc")
    first = hands.window.frame
    theme.apply(app_dressed, "dark", 150, "comfortable")
    forms.speak("zh_CN")
    QApplication.processEvents()
    QApplication.processEvents()
    frame = hands.window.frame
    assert frame is not first
    assert frame.mode == "narrow"
    assert frame.line.text.text() == "abc"
    assert len(frame.said.list.lines.lines) == 1
    assert frame.foot.next.text() != "Vote on A案"
    forms.speak("en")


def test_the_key_sheet_and_the_earlier_words_come_and_go(hands: Hands, meeting: Held) -> None:
    for key, page in ((F.Key_F1, "keys"), (F.Key_F7, "earlier"), (F.Key_F3, "roll")):
        hands.key(key)
        assert hands.window.frame.page() == page
        hands.key(F.Key_Escape)
        assert hands.window.frame.page() == "talk"


def test_the_agenda_is_gone_through_from_its_list(hands: Hands, meeting: Held) -> None:
    hands.key(F.Key_F2)
    assert QApplication.focusWidget() is hands.window.frame.agenda.list
    hands.window.frame.agenda.list.setCurrentIndex(hands.window.frame.agenda.list.rows.index(3, 0))
    hands.enter()
    board = meeting.board()
    assert board.current == board.entries[3].id


def test_an_act_done_elsewhere_is_seen_at_once(hands: Hands, meeting: Held) -> None:
    floor.note(meeting.work, meeting.meeting, text="在别处记下的。")
    QApplication.processEvents()
    assert [line.said.text for line in hands.window.frame.said.list.lines.lines] == ["在别处记下的。"]


def test_who_and_what_was_half_typed_stay_when_all_is_made_again(hands: Hands) -> None:
    line = hands.window.frame.line
    hands.ctrl(F.Key_L)
    line.who.setFocus()
    hands.name("fj")
    hands.type("说到一半")
    speaker = line.who.person_id()
    assert speaker
    hands.window._build()
    again = hands.window.frame.line
    assert again is not line
    assert (again.who.person_id(), again.text.text()) == (speaker, "说到一半")


def test_numbers_put_right_take_the_error_away(hands: Hands) -> None:
    note(hands, "fj", "57辆车抢31个位子。")
    hands.key(F.Key_F8)
    vote(hands, "12", "4", "4")
    hands.next_step()
    panel = hands.window.frame.vote
    assert panel.error.isVisible()
    QTest.keyClick(panel.fields.edits()[-1], F.Key_Backspace)
    assert not panel.error.isVisible()
