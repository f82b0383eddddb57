"""What stands half-typed in the console is there again after the power failed: words, numbers, words for the room."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from deliberation_app.services import floor, floor_draft, votes, votes_draft
from deliberation_app.ui.console_motion import MotionPanel
from tests.ui.console_meeting import Hands, Held, close_console, open_console

K = Qt.Key
AT, SAID = (15, 0), "57辆车抢31个位子。"


@pytest.fixture
def again(hands: Hands, meeting: Held) -> Iterator[object]:
    """Opens a console as if the power had failed just after the draft was kept."""
    opened = []

    def after_the_failure() -> Hands:
        hands.window.chair.drafts.keep()
        opened.append(open_console(meeting))
        return Hands(opened[-1])

    yield after_the_failure
    for window in opened:
        close_console(window)


def test_numbers_that_no_enter_followed_are_there_again(hands: Hands, meeting: Held, again) -> None:
    board = meeting.board()
    vote = votes.open_vote(meeting.work, board.current, motion="是否赞成A案", option_id=board.options[0].id)
    QApplication.processEvents()
    hands.type("12")
    assert votes_draft.read(meeting.work, vote) == {}
    other = again()
    assert other.window.frame.vote.fields.draft() == {"typed": ["12", "", ""]}
    votes_draft.keep(meeting.work, vote, {"typed": ["9", "1", ""]})  # meanwhile somebody counted on another computer
    assert other.window.frame.vote.keeper.read(vote) == {"typed": ["9", "1", ""]}


def test_words_for_the_room_are_there_again_until_they_are_shown(hands: Hands, meeting: Held, again) -> None:
    hands.key(K.Key_F12, Qt.KeyboardModifier.ControlModifier)
    hands.type("Tea is outs")
    other = again()
    bar = other.window.frame.message
    assert (bar.isVisible(), bar.text.text()) == (True, "Tea is outs")
    bar.text.setFocus()
    other.type("ide")
    other.enter()
    assert meeting.board().screen.text == "Tea is outside"
    assert floor_draft.kept(meeting.work, meeting.meeting) == {}


def test_words_put_away_are_kept_when_they_stand_there_again(hands: Hands, meeting: Held, qtbot) -> None:
    hands.key(K.Key_F12, Qt.KeyboardModifier.ControlModifier)
    hands.type("Tea is out")
    hands.key(K.Key_Escape)
    assert "message" not in floor_draft.kept(meeting.work, meeting.meeting)
    hands.key(K.Key_F12, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: floor_draft.kept(meeting.work, meeting.meeting).get("message") == "Tea is out")


def test_a_half_written_conclusion_is_there_again(hands: Hands, meeting: Held, again) -> None:
    hands.ctrl(K.Key_J)
    hands.ctrl(K.Key_A)
    hands.type("lamps first")
    other = again()
    other.ctrl(K.Key_J)
    assert other.window.frame.outcome.resolution.value() == "lamps first"
    other.next_step()
    assert floor_draft.kept(meeting.work, meeting.meeting) == {}


def test_words_on_record_are_not_half_typed_again(hands: Hands, meeting: Held, again) -> None:
    line = hands.window.frame.line
    line.text.setFocus()
    hands.type("done")
    hands.window.chair.drafts.keep()
    kept = floor_draft.kept(meeting.work, meeting.meeting)
    hands.enter()
    floor_draft.keep(meeting.work, meeting.meeting, kept)  # the power failed between the record and the draft
    window = open_console(meeting)
    assert window.frame.line.text.text() == ""
    close_console(window)


def build_again(hands: Hands) -> None:
    """What a change of language or scale does."""
    hands.window._again.start()
    QApplication.processEvents()


def prepare_motion(hands: Hands) -> MotionPanel:
    """A motion of one's own words, under another rule and counted in another way."""
    hands.key(K.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    panel = hands.window.frame.motion
    hands.type("lamps before parking")
    panel.rule.editor.setFocus()
    hands.key(K.Key_Down)
    panel.method.editor.setFocus()
    hands.key(K.Key_Down)
    return panel


def motion_of(hands: Hands) -> tuple[bool, str, str, str]:
    panel = hands.window.frame.motion
    return panel.isVisible(), panel.motion.value(), panel.rule.value(), panel.method.value()


def test_a_motion_half_typed_is_there_again_with_its_rule_and_way(hands: Hands, meeting: Held, again) -> None:
    panel = prepare_motion(hands)
    wanted = motion_of(hands)
    assert wanted[:2] == (True, "lamps before parking")
    assert panel.rule.editor.currentIndex() > 0
    assert panel.method.editor.currentIndex() > 0
    build_again(hands)
    assert motion_of(hands) == wanted
    hands.type("!")  # the keyboard is behind the last word, and nothing is chosen that a key would wipe out
    other = again()
    assert motion_of(other) == (True, "lamps before parking!", *wanted[2:])
    other.next_step()
    assert meeting.board().vote is not None
    assert floor_draft.kept(meeting.work, meeting.meeting) == {}


def test_a_motion_put_away_comes_back_when_it_is_asked_for_again(hands: Hands, meeting: Held, again) -> None:
    prepare_motion(hands)
    wanted = motion_of(hands)
    hands.key(K.Key_Escape)
    other = again()
    assert not other.window.frame.motion.isVisible()
    other.key(K.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert motion_of(other) == wanted
    floor.go_to_entry(meeting.work, meeting.meeting)  # there it is another matter
    QApplication.processEvents()
    other.key(K.Key_Escape)
    other.key(K.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert other.window.frame.motion.motion.value() != "lamps before parking"


def test_a_motion_that_nobody_touched_leaves_nothing_behind(hands: Hands, meeting: Held) -> None:
    hands.key(K.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    build_again(hands)
    assert hands.window.frame.motion.isVisible()
    hands.key(K.Key_Escape)
    hands.window.chair.drafts.keep()
    assert floor_draft.kept(meeting.work, meeting.meeting) == {}


def test_an_empty_line_keeps_its_side_and_its_question(hands: Hands, meeting: Held) -> None:
    floor.note(meeting.work, meeting.meeting, text="谁来修？", side="raise")
    QApplication.processEvents()
    hands.ctrl(K.Key_2)
    hands.ctrl(K.Key_S)
    line = hands.window.frame.line
    wanted = (line.side.current(), line.to, line.chosen_stance, line.target.whole())
    assert wanted[0] == "answer"
    build_again(hands)
    line = hands.window.frame.line
    assert (line.side.current(), line.to, line.chosen_stance, line.target.whole()) == wanted


class Waiting:
    """A timer that runs for ever and counts how often it was started."""

    def __init__(self) -> None:
        self.started = 0

    def isActive(self) -> bool:
        return self.started > 0

    def start(self) -> None:
        self.started += 1

    def stop(self) -> None:
        self.started = 0


def test_a_quick_hand_puts_nothing_off(hands: Hands) -> None:
    """Each key waits for the timer of the first one; it would never end if each began it anew."""
    drafts = hands.window.chair.drafts
    drafts._rest.stop()
    drafts._soon, drafts._rest = Waiting(), Waiting()
    hands.window.frame.line.text.setFocus()
    hands.type("one after the other")
    assert drafts._soon.started == 1
    drafts.keep()
    assert drafts.read()["text"] == "one after the other"


def test_each_answer_of_a_roll_call_is_kept_before_the_next(hands: Hands, meeting: Held) -> None:
    board = meeting.board()
    votes.open_vote(meeting.work, board.current, motion="是否赞成A案", method="roll_call")
    QApplication.processEvents()
    drafts = hands.window.chair.drafts
    drafts._soon, drafts._rest = Waiting(), Waiting()
    hands.type("1")
    assert json.loads(floor_draft.kept(meeting.work, meeting.meeting)["count"]) == hands.window.frame.vote.draft()
    assert hands.window.frame.vote.fields.ballots()
