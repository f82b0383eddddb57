"""Counting in the console with real keys: rows of hands, roll call, close counts, drafts, comparisons, elections."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from deliberation_app.domain.roll_codes import code_of
from deliberation_app.domain.votes import Check
from deliberation_app.services import floor, meetings_agenda, votes, votes_draft, votes_series
from deliberation_app.storage.votes import Ballot
from deliberation_app.ui.console_count_consent import Consent
from deliberation_app.ui.console_count_hands import HandsRows
from deliberation_app.ui.console_count_roll import RollCall
from deliberation_app.ui.console_words import comparison
from tests.ui.console_meeting import Hands, Held, close_console, open_console

Key = Qt.Key
AT, SAID = (14, 49), "57辆车抢31个位子。"


def put(meeting: Held, method: str) -> None:
    """Put the first option to the vote."""
    board = meeting.board()
    votes.open_vote(meeting.work, board.current, motion="是否赞成A案", option_id=board.options[0].id, method=method)
    QApplication.processEvents()


def numbers(hands: Hands, *typed: str) -> None:
    """Type numbers with Enter behind each."""
    for number in typed:
        hands.type(number)
        hands.enter()


def test_rows_of_hands_are_summed_and_corrected(hands: Hands, meeting: Held) -> None:
    hands.key(Key.Key_F8)
    hands.key(Key.Key_F8, Qt.KeyboardModifier.ControlModifier)
    panel = hands.window.frame.vote
    assert isinstance(panel.fields, HandsRows)
    numbers(hands, "5", "6", "2", "", "4", "")
    assert panel.fields.numbers() == {"in_favour": 13, "against": 4, "abstain": None}
    hands.key(Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    hands.key(Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    hands.key(Key.Key_Left)
    hands.key(Key.Key_Left)
    hands.type("5")  # the second row was five and not six
    hands.enter()
    assert panel.fields.rows()["in_favour"].numbers == (5, 5, 2)
    panel.fields.edits()[2].setFocus()
    hands.type("3")
    assert panel.verdict.told.sum == "12 + 4 + 3 ＝ 19"
    hands.next_step()
    assert meeting.board().motions[0].counts == {"in_favour": 12, "against": 4, "abstain": 3}


def test_sums_typed_as_rows_of_the_first_choice_are_not_judged(hands: Hands, meeting: Held) -> None:
    hands.key(Key.Key_F8)
    hands.key(Key.Key_F8, Qt.KeyboardModifier.ControlModifier)
    numbers(hands, "12", "4", "3")
    panel = hands.window.frame.vote
    assert not panel.verdict.isVisible()
    hands.next_step()
    assert meeting.board().vote.counts is None
    assert panel.error.isVisible()
    assert "in favour, against, abstains" in panel.error.accessibleName()
    assert panel.focusWidget() is panel.fields.edits()[1]
    hands.next_step()  # whoever has come to the others knows that nobody was against
    assert meeting.board().vote.counts == {"in_favour": 19}


def test_rows_counted_again_begin_with_the_first_row(hands: Hands, meeting: Held) -> None:
    hands.key(Key.Key_F8)
    votes.count(meeting.work, meeting.board().vote.id, in_favour=12, against=4, abstain=3)
    QApplication.processEvents()
    panel = hands.window.frame.vote
    hands.key(Key.Key_F9)
    hands.key(Key.Key_F8, Qt.KeyboardModifier.ControlModifier)
    hands.key(Key.Key_Escape)
    hands.key(Key.Key_F9)
    assert panel.by_rows
    assert panel.fields.numbers() == {"in_favour": None, "against": None, "abstain": None}
    numbers(hands, "7", "6", "", "3", "", "3")
    panel.reason.setFocus()
    hands.type("vote")
    hands.next_step()
    assert meeting.board().vote.counts == {"in_favour": 13, "against": 3, "abstain": 3}


def test_a_vote_on_which_nothing_was_counted_is_voided_at_once(hands: Hands, meeting: Held) -> None:
    hands.key(Key.Key_F8)
    hands.key(Key.Key_F8, Qt.KeyboardModifier.ControlModifier)
    hands.key(Key.Key_F12)
    assert meeting.board().vote is None


def test_rows_and_whole_numbers_change_places(hands: Hands, meeting: Held) -> None:
    hands.key(Key.Key_F8)
    numbers(hands, "12", "4")
    hands.key(Key.Key_F8, Qt.KeyboardModifier.ControlModifier)
    assert hands.window.frame.vote.fields.numbers() == {"in_favour": 12, "against": 4, "abstain": None}
    hands.key(Key.Key_F8, Qt.KeyboardModifier.ControlModifier)
    assert hands.window.frame.vote.fields.numbers() == {"in_favour": 12, "against": 4, "abstain": None}


def test_typed_numbers_come_back_after_a_power_failure(hands: Hands, meeting: Held) -> None:
    hands.key(Key.Key_F8)
    vote = meeting.board().vote.id
    hands.key(Key.Key_F8, Qt.KeyboardModifier.ControlModifier)
    numbers(hands, "5", "7", "")
    hands.type("4")
    QTest.qWait(600)
    assert votes_draft.read(meeting.work, vote) == {"rows": {"in_favour": [5, 7], "against": [4], "abstain": []}}
    window = open_console(meeting)  # the first one never got to close
    assert window.frame.vote.fields.numbers() == {"in_favour": 12, "against": 4, "abstain": None}
    close_console(window)


def test_a_close_count_is_taken_twice(hands: Hands, meeting: Held) -> None:
    hands.key(Key.Key_F8)
    panel = hands.window.frame.vote
    numbers(hands, "10", "9", "0")
    hands.next_step()
    assert meeting.board().vote.counts is None
    assert panel.twice_tint.isVisible()
    assert panel.twice.text() == "One vote decides: 10 in favour are needed. Count a second time."
    assert [edit.text() for edit in panel.fields.edits()] == ["", "", ""]
    numbers(hands, "9", "10", "0")
    hands.next_step()
    assert "In favour: first 10, then 9" in panel.twice.text()
    assert meeting.board().vote.counts is None
    numbers(hands, "9", "10", "0")
    hands.next_step()
    assert meeting.board().vote.counts == {"in_favour": 9, "against": 10, "abstain": 0}
    assert not panel.twice_tint.isVisible()


def test_the_first_of_two_counts_is_kept_out_of_sight(hands: Hands, meeting: Held) -> None:
    hands.key(Key.Key_F8)
    numbers(hands, "12", "4", "3")
    hands.key(Key.Key_F9, Qt.KeyboardModifier.ControlModifier)
    window = open_console(meeting)
    panel = window.frame.vote
    assert panel.twice_tint.isVisible()
    assert panel.fields.numbers() == {"in_favour": None, "against": None, "abstain": None}
    other = Hands(window)
    numbers(other, "12", "4", "3")
    other.next_step()
    assert meeting.board().vote.counts == {"in_favour": 12, "against": 4, "abstain": 3}
    close_console(window)


def test_the_roll_is_called_with_one_key_each(hands: Hands, meeting: Held) -> None:
    put(meeting, "roll_call")
    panel = hands.window.frame.vote
    assert isinstance(panel.fields, RollCall)
    hands.type("112")
    hands.key(Key.Key_Backspace)
    hands.type("3")
    assert panel.fields.numbers() == {"in_favour": 2, "against": 0, "abstain": 1}
    hands.next_step()
    assert "16 in the room have not been called" in panel.error.accessibleName()
    hands.type("oysl")
    assert panel.fields.list.current_id() == str(meeting.people["欧阳试例"])
    hands.type("2" * 15 + "0")
    assert panel.fields.complete()
    hands.next_step()
    assert meeting.board().vote.counts == {"in_favour": 2, "against": 15, "abstain": 1}
    with meeting.work.read() as session:
        assert len(session.scalars(select(Ballot)).all()) == 18


def test_a_code_scanned_while_the_roll_is_called_answers_for_nobody(hands: Hands, meeting: Held) -> None:
    put(meeting, "roll_call")
    hands.type("12")
    fields = hands.window.frame.vote.fields
    called = fields.list.current_id()
    hands.type(code_of(meeting.meeting, meeting.people["林请假"]))
    hands.enter()
    assert hands.said() == "林请假 is here"
    assert fields.numbers() == {"in_favour": 1, "against": 1, "abstain": 0}
    assert fields.list.current_id() == called


def test_an_answer_survives_and_who_leaves_loses_it(hands: Hands, meeting: Held) -> None:
    put(meeting, "roll_call")
    hands.type("12")
    QTest.qWait(600)
    window = open_console(meeting)
    assert window.frame.vote.fields.numbers() == {"in_favour": 1, "against": 1, "abstain": 0}
    close_console(window)


def test_nobody_objects_or_hands_are_counted(hands: Hands, meeting: Held) -> None:
    put(meeting, "consensus")
    panel = hands.window.frame.vote
    assert isinstance(panel.fields, Consent)
    hands.next_step()
    assert "whether anybody objects" in panel.error.accessibleName()
    hands.key(Key.Key_Space)
    hands.next_step()
    assert meeting.board().vote.counts == {"in_favour": 19, "against": 0, "abstain": 0}
    hands.ctrl(Key.Key_Z)
    panel.fields.somebody.setFocus()
    hands.key(Key.Key_Space)
    assert meeting.board().vote.method == "show_of_hands"
    numbers(hands, "12", "4", "3")
    assert panel.verdict.told.sum == "12 + 4 + 3 ＝ 19"


def test_papers_say_what_is_missing_while_they_are_counted(hands: Hands, meeting: Held) -> None:
    put(meeting, "secret_ballot")
    panel = hands.window.frame.vote
    numbers(hands, "19", "18", "12", "4")
    assert "18 came back: 16 votes and 0 invalid papers so far, 2 are still missing." in panel.so_far.text()
    assert panel.verdict.told.faults == ""
    numbers(hands, "1", "0")
    assert "make 17 ballots, but 18 came back" in panel.verdict.told.faults
    panel.fields.edits()[-1].setFocus()
    panel.fields.edits()[-1].selectAll()
    hands.type("1")
    assert panel.verdict.told.faults == ""
    hands.next_step()
    assert meeting.board().vote.counts == {"in_favour": 12, "against": 4, "abstain": 1, "invalid": 1}


def test_a_counted_vote_is_voided_with_its_reason(hands: Hands, meeting: Held) -> None:
    hands.key(Key.Key_F8)
    numbers(hands, "12", "4", "3")
    hands.next_step()
    hands.key(Key.Key_F12)
    panel = hands.window.frame.vote
    assert QApplication.focusWidget() is panel.void_reason
    hands.key(Key.Key_Escape)
    assert not panel.void_reason.isVisible()
    hands.key(Key.Key_F12)
    hands.enter()
    assert meeting.board().vote is not None
    hands.type("读错了")
    hands.enter()
    assert meeting.board().vote is None
    assert meeting.board().meeting.prepared["voided"][0]["reason"] == "读错了"


def test_numbers_typed_and_not_judged_are_voided_with_a_reason_too(hands: Hands, meeting: Held) -> None:
    hands.key(Key.Key_F8)
    numbers(hands, "12")
    hands.key(Key.Key_F12)
    hands.enter()
    panel = hands.window.frame.vote
    assert panel.error.isVisible()
    assert meeting.board().vote is not None
    panel.void_reason.insert("念错了")
    hands.enter()
    assert meeting.board().vote is None
    assert hands.window.frame.line.isAncestorOf(QApplication.focusWidget())


def test_the_words_of_an_open_vote_are_changed_by_one_key(hands: Hands, meeting: Held) -> None:
    hands.key(Key.Key_F8)
    numbers(hands, "12")
    before = meeting.board().vote.motion
    hands.key(Key.Key_F8)
    panel = hands.window.frame.vote
    assert QApplication.focusWidget() is panel.reword.edit
    hands.key(Key.Key_Escape)
    assert meeting.board().vote.motion == before
    hands.key(Key.Key_F8)
    panel.reword.edit.insertPlainText("是否赞成每月九十元")
    hands.enter()
    assert meeting.board().vote.motion == "是否赞成每月九十元（意向表决，无法定效力）"
    assert panel.title.text() == "是否赞成每月九十元"
    assert panel.fields.numbers()["in_favour"] == 12


def test_two_options_are_compared_under_their_names(hands: Hands, meeting: Held) -> None:
    board = meeting.board()
    votes_series.begin(meeting.work, board.current, "pairs", rule="straw_poll", method="show_of_hands")
    QApplication.processEvents()
    panel, names = hands.window.frame.vote, [one.name for one in board.options]
    assert [edit.accessibleName() for edit in panel.fields.edits()[:2]] == names[:2]
    panel.fields.start()
    numbers(hands, "6", "9", "4")
    assert panel.verdict.told.title == f"{names[1]} is ahead"
    hands.next_step()
    hands.next_step()
    assert hands.window.frame.foot.next.text() == f"Compare {names[0]} with {names[2]}"


def test_three_options_are_compared(hands: Hands, meeting: Held) -> None:
    board = meeting.board()
    options = [(one.id, one.title, one.text) for one in board.options][:3]
    meetings_agenda.set_options(meeting.work, board.current, options)
    QApplication.processEvents()
    hands.key(Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    frame = hands.window.frame
    frame.motion.way.editor.setFocus()
    hands.key(Key.Key_Down)
    assert not frame.motion.motion.isVisible()
    hands.next_step()
    for typed in (("12", "4", "3"), ("6", "9", "4"), ("14", "5", "0")):
        numbers(hands, *typed)
        hands.next_step()
        hands.next_step()
        if meeting.board().series.left:
            hands.key(Key.Key_F8)
    found = meeting.board().series
    assert (found.over, len(found.winners)) == (True, 1)
    assert [row.in_favour for row in found.rows] == [12, 6, 14]
    assert frame.vote_card.series.isVisibleTo(frame.vote_card)


def test_options_that_are_level_are_voted_on_again_by_the_next_step(hands: Hands, meeting: Held) -> None:
    work, board = meeting.work, meeting.board()
    vote = votes_series.begin(work, board.current, "approval", rule="straw_poll", method="show_of_hands")
    for yes in (*(12, 12), *(3 for _one in board.options[2:])):
        votes.count(work, vote, in_favour=yes, against=19 - yes, abstain=0)
        votes.announce(work, vote)
        if votes_series.next_vote(work, board.current) is not None:
            vote = votes_series.go_on(work, board.current)
    QApplication.processEvents()
    one, other = (option.name for option in board.options[:2])
    assert hands.window.frame.foot.next.text() == f"Vote again between {one}、{other}"
    hands.next_step()
    assert meeting.board().vote.motion.startswith(f"{one}和{other}相比")
    numbers(hands, "14", "5", "0")
    hands.next_step()
    hands.next_step()
    assert meeting.board().series.winners == (one,)
    assert "between" not in [step.act for step in meeting.board().steps]


def test_the_words_are_read_out_large_with_the_rule_and_what_is_possible(hands: Hands, meeting: Held) -> None:
    hands.key(Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    panel = hands.window.frame.motion
    assert panel.motion.editor.font().pixelSize() > panel.lines.font().pixelSize()
    assert "At least 2/3 of those due take part; the exact number suffices." in panel.lines.text()
    assert "It takes at least 10 votes in favour; 19 are possible at most." in panel.lines.text()
    assert not panel.missing.isVisible()


def test_the_exact_number_of_a_strict_line_is_said_to_fall_short(app_dressed: QApplication) -> None:
    exact = Check("passing", 10, 20, 1, 2, True, "heads", met=False)
    assert comparison(exact) == "10 × 2 ＝ 20, not more than 20"
    assert comparison(Check("passing", 14, 21, 2, 3, False, "heads", met=True)) == "14 × 3 ＝ 42 ≥ 21 × 2 ＝ 42"


def test_taking_back_in_a_roll_call_takes_the_last_answer(hands: Hands, meeting: Held) -> None:
    put(meeting, "roll_call")
    fields, vote = hands.window.frame.vote.fields, meeting.board().vote.id
    hands.type("112")
    called = fields.list.current_id()
    hands.ctrl(Key.Key_Z)
    assert fields.numbers() == {"in_favour": 2, "against": 0, "abstain": 0}
    assert hands.said().endswith("Against")
    assert fields.list.current_id() != called
    hands.key(Key.Key_Z, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    assert fields.numbers() == {"in_favour": 2, "against": 1, "abstain": 0}
    for _answer in range(3):
        hands.ctrl(Key.Key_Z)
    assert meeting.board().vote.id == vote
    hands.ctrl(Key.Key_Z)
    assert meeting.board().vote is None
    for _step in range(4):
        hands.key(Key.Key_Z, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    assert meeting.board().vote.id == vote
    assert hands.window.frame.vote.fields.numbers() == {"in_favour": 2, "against": 1, "abstain": 0}


def test_counting_from_the_start_is_asked_for_at_the_numbers_and_taken_back(hands: Hands, meeting: Held) -> None:
    put(meeting, "roll_call")
    fields = hands.window.frame.vote.fields
    hands.type("11232")
    hands.window.frame.line.focus_line()
    hands.key(Key.Key_F9)  # from elsewhere the key leads back, and wipes nothing
    assert QApplication.focusWidget() is fields.list
    assert fields.numbers() == {"in_favour": 2, "against": 2, "abstain": 1}
    hands.key(Key.Key_F9)
    assert fields.untouched()
    assert "Ctrl+Z" in hands.said()
    hands.ctrl(Key.Key_Z)
    assert fields.numbers() == {"in_favour": 2, "against": 2, "abstain": 1}


def test_taking_back_among_numbers_takes_the_last_number(hands: Hands, meeting: Held) -> None:
    hands.key(Key.Key_F8)
    fields = hands.window.frame.vote.fields
    numbers(hands, "12", "4")
    hands.ctrl(Key.Key_Z)
    assert fields.numbers() == {"in_favour": 12, "against": None, "abstain": None}
    assert hands.said() == "Taken back: Against 4"
    assert QApplication.focusWidget() is fields.edits()[1]
    numbers(hands, "5")
    hands.ctrl(Key.Key_Z)
    hands.ctrl(Key.Key_Z)
    assert fields.untouched()
    assert meeting.board().vote is not None
    hands.key(Key.Key_Z, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    assert fields.numbers() == {"in_favour": 12, "against": None, "abstain": None}


def test_what_was_done_after_the_numbers_is_taken_back_before_them(hands: Hands, meeting: Held) -> None:
    hands.key(Key.Key_F8)
    fields = hands.window.frame.vote.fields
    numbers(hands, "12", "4")
    meeting.clock.to(14, 55)
    floor.note(meeting.work, meeting.meeting, text="门开着，有点冷。")
    QApplication.processEvents()
    hands.ctrl(Key.Key_Z)
    assert meeting.board().statements[-1].text != "门开着，有点冷。"
    assert fields.numbers() == {"in_favour": 12, "against": 4, "abstain": None}
    hands.ctrl(Key.Key_Z)
    assert fields.numbers() == {"in_favour": 12, "against": None, "abstain": None}


def test_rows_of_hands_are_taken_back_one_by_one_after_a_power_failure_too(hands: Hands, meeting: Held) -> None:
    hands.key(Key.Key_F8)
    hands.key(Key.Key_F8, Qt.KeyboardModifier.ControlModifier)
    numbers(hands, "5", "7", "", "4")
    hands.ctrl(Key.Key_Z)
    assert hands.window.frame.vote.fields.numbers() == {"in_favour": 12, "against": None, "abstain": None}
    hands.window.frame.vote.keeper.write()
    window = open_console(meeting)
    other, fields = Hands(window), window.frame.vote.fields
    other.ctrl(Key.Key_Z)
    assert fields.rows()["in_favour"].numbers == (5,)
    other.key(Key.Key_F8, Qt.KeyboardModifier.ControlModifier)
    other.ctrl(Key.Key_Z)  # back to the rows
    assert window.frame.vote.fields.rows()["in_favour"].numbers == (5,)
    close_console(window)


def test_numbers_stand_as_typed_when_the_verdict_is_taken_back(hands: Hands, meeting: Held) -> None:
    hands.key(Key.Key_F8)
    numbers(hands, "12", "4", "3")
    hands.next_step()
    assert meeting.board().vote.counts is not None
    hands.ctrl(Key.Key_Z)
    assert meeting.board().vote.counts is None
    assert hands.window.frame.vote.fields.numbers() == {"in_favour": 12, "against": 4, "abstain": 3}


def test_a_second_count_is_left_by_taking_it_back(hands: Hands, meeting: Held) -> None:
    hands.key(Key.Key_F8)
    panel = hands.window.frame.vote
    numbers(hands, "12", "4", "3")
    hands.key(Key.Key_F9, Qt.KeyboardModifier.ControlModifier)
    assert panel.fields.untouched()
    hands.ctrl(Key.Key_Z)
    assert panel.fields.numbers() == {"in_favour": 12, "against": 4, "abstain": 3}
    assert not panel.twice_tint.isVisible()


def test_many_votes_keep_their_lines_and_are_read_with_the_arrows(hands: Hands, meeting: Held) -> None:
    board = meeting.board()
    meetings_agenda.set_options(meeting.work, board.current, [(None, f"{sign}案：别的办法", "") for sign in "甲乙丙丁"])
    votes_series.begin(meeting.work, board.current, "pairs", rule="straw_poll", method="show_of_hands")
    QApplication.processEvents()
    frame = hands.window.frame
    taken = frame.vote_card.taken
    for place in range(6):
        numbers(hands, "14", "5", "0")
        hands.next_step()
        hands.next_step()
        if place < 5:
            hands.key(Key.Key_F8)
    lines = [line for line in taken.widget().children() if line.isWidgetType() and line.isVisible()]
    assert len(lines) == 6
    assert {line.height() for line in lines} == {26}
    assert taken.viewport().height() % 26 == 0
    assert frame.vote_card.height() >= frame.vote_card.minimumSizeHint().height()
    taken.setFocus()
    hands.key(Key.Key_Up)
    assert "more line" in taken.said()
    for _press in range(5):
        hands.key(Key.Key_Up)
    assert not taken.said().startswith("↑")


def test_any_vote_of_the_entry_is_counted_again_after_it_was_announced(hands: Hands, meeting: Held) -> None:
    entry = meeting.board().current
    for words in ("先试一个月", "先试两个月", "先试三个月"):
        vote = votes.open_vote(meeting.work, entry, motion=words)
        votes.count(meeting.work, vote, in_favour=12, against=4, abstain=3)
        votes.announce(meeting.work, vote)
    QApplication.processEvents()
    panel = hands.window.frame.vote
    hands.key(Key.Key_F9)
    assert panel.title.text() == "先试三个月"
    assert panel.head.text().endswith("3/3")
    assert panel.recount_button.text() == "The vote before"
    hands.key(Key.Key_F9)
    hands.key(Key.Key_F9)
    assert panel.title.text() == "先试一个月"
    numbers(hands, "13")
    assert panel.recount_button.text() == "Count again"
    hands.key(Key.Key_F9)  # something was typed: it stays with this one
    assert panel.title.text() == "先试一个月"
    panel.reason.setFocus()
    hands.type("少数了一位")
    hands.next_step()
    assert [one.counts["in_favour"] for one in meeting.board().motions] == [12, 12, 12]
    panel.fields.edits()[1].setFocus()
    panel.fields.edits()[1].selectAll()
    hands.type("3")
    hands.next_step()
    assert [one.counts["in_favour"] for one in meeting.board().motions] == [13, 12, 12]
    assert not panel.void_button.isVisible()
    hands.key(Key.Key_F12)
    assert "stays on record" in panel.error.accessibleName()
    hands.next_step()
    assert meeting.board().vote is None
