"""Where the keyboard goes back to: a panel that is put away leaves the hands where they were."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtWidgets import QApplication

from deliberation_app.services import floor, votes
from tests.ui.console_meeting import Hands, Held, vote_by_hands

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
AT, SAID = (14, 49), "57辆车抢31个位子。"
# Keys that go somewhere else and the one that comes back; None is Esc.
AWAY = [
    (Qt.Key.Key_F3, None), (Qt.Key.Key_F3, Qt.Key.Key_F3), (Qt.Key.Key_F2, None), (Qt.Key.Key_F4, None),
    (Qt.Key.Key_F1, None), (Qt.Key.Key_F7, Qt.Key.Key_F7),
    (SHIFT | Qt.Key.Key_F7, SHIFT | Qt.Key.Key_F7), (CONTROL | Qt.Key.Key_J, None), (CONTROL | Qt.Key.Key_R, None),
    (CONTROL | Qt.Key.Key_M, None), (CONTROL | Qt.Key.Key_F12, None), (CONTROL | Qt.Key.Key_G, None),
]  # fmt: skip


def at(hands: Hands) -> str:
    """What has the keyboard."""
    return hands.window.focusWidget().accessibleName()


def press(hands: Hands, keys: Qt.Key | QKeyCombination) -> None:
    """A key, with those held down."""
    if isinstance(keys, QKeyCombination):
        hands.key(keys.key(), keys.keyboardModifiers())
    else:
        hands.key(keys)


@pytest.mark.parametrize(("away", "home"), AWAY)
def test_from_a_panel_back_to_the_number_that_was_typed(hands: Hands, meeting: Held, away, home) -> None:
    vote_by_hands(meeting)
    hands.type("12")
    hands.enter()
    hands.type("1")
    assert at(hands) == "Against"
    press(hands, away)
    assert at(hands) != "Against"
    press(hands, home or Qt.Key.Key_Escape)
    assert at(hands) == "Against"
    hands.type("0")
    assert [edit.text() for edit in hands.window.frame.vote.fields.edits()[:2]] == ["12", "10"]


def test_in_a_narrow_window_too(hands: Hands, meeting: Held) -> None:
    hands.window.resize(800, 720)
    vote_by_hands(meeting)
    hands.type("12")
    hands.enter()
    hands.key(Qt.Key.Key_F3)
    assert hands.window.frame.page() == "roll"
    hands.key(Qt.Key.Key_Escape)
    assert hands.window.frame.page() == "vote"
    hands.type("3")
    assert [edit.text() for edit in hands.window.frame.vote.fields.edits()[:2]] == ["12", "3"]


def test_from_a_panel_back_to_the_roll_that_is_called(hands: Hands, meeting: Held) -> None:
    vote_by_hands(meeting, "roll_call")
    hands.type("1")
    hands.key(Qt.Key.Key_F3)
    hands.key(Qt.Key.Key_Escape)
    hands.type("2")
    assert len(hands.window.frame.vote.fields.draft()["answers"]) == 2


def test_words_are_noted_while_votes_are_counted_and_numbers_are_not(hands: Hands, meeting: Held) -> None:
    vote_by_hands(meeting)
    hands.ctrl(Qt.Key.Key_L)
    hands.name("yjl")
    assert hands.window.focusWidget() is hands.window.frame.line.text
    hands.type("10")
    hands.enter()
    assert [one.text for one in meeting.board().statements] == [SAID]
    assert hands.window.frame.line.error.isVisible()
    assert hands.window.frame.line.text.text() == "10"
    hands.type("户已经交了")
    hands.enter()
    assert [one.text for one in meeting.board().statements] == [SAID, "10户已经交了"]
    hands.key(Qt.Key.Key_Escape)
    assert at(hands) == "In favour"


def test_a_number_of_votes_is_nobody(hands: Hands, meeting: Held) -> None:
    vote_by_hands(meeting)
    hands.ctrl(Qt.Key.Key_L)
    hands.type("12")
    hands.enter()
    line = hands.window.frame.line
    assert line.error.isVisible()
    hands.key(Qt.Key.Key_Backspace)
    assert line.error.isHidden()


def test_a_motion_half_worded_stays_while_somebody_is_put_in_the_queue(hands: Hands, meeting: Held) -> None:
    hands.key(Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    hands.type("Lamps first")
    hands.key(Qt.Key.Key_F4)
    hands.key(Qt.Key.Key_Escape)
    assert hands.window.frame.preparing
    assert hands.window.focusWidget() is hands.window.frame.motion.motion.editor
    hands.key(Qt.Key.Key_Escape)
    assert not hands.window.frame.preparing
    assert hands.window.frame.line.isAncestorOf(hands.window.focusWidget())


@pytest.mark.parametrize("key", [Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_S, Qt.Key.Key_B])
def test_who_is_typed_after_the_side_was_chosen(hands: Hands, meeting: Held, key: Qt.Key) -> None:
    hands.ctrl(key)
    hands.name("yjl")
    assert hands.window.frame.line.who.text() == "尹记录"
    assert hands.window.focusWidget() is hands.window.frame.line.text
    hands.ctrl(key)
    hands.type("写进记录")
    hands.enter()
    assert [(one.speaker, one.text) for one in meeting.board().statements[1:]] == [("尹记录", "写进记录")]


def test_behind_a_speaker_the_next_one_is_named_first(hands: Hands, meeting: Held) -> None:
    floor.give(meeting.work, meeting.meeting, meeting.people["陶堃"])
    QApplication.processEvents()
    hands.ctrl(Qt.Key.Key_L)
    hands.type("Lamps")
    hands.enter()
    hands.key(Qt.Key.Key_F6)
    hands.name("yjl")
    hands.type("Roads")
    hands.enter()
    said = [(one.speaker, one.text) for one in meeting.board().statements[1:]]
    assert said == [("陶堃", "Lamps"), ("尹记录", "Roads")]


def test_nameless_words_stay_in_their_line_when_the_side_changes(hands: Hands, meeting: Held) -> None:
    hands.enter()
    hands.type("没有名字")
    hands.ctrl(Qt.Key.Key_2)
    hands.enter()
    assert [(one.speaker, one.text) for one in meeting.board().statements[1:]] == [("", "没有名字")]


@pytest.mark.parametrize("size", [(1366, 768), (640, 480)])
def test_a_vote_voided_in_another_window_leaves_the_keyboard_where_one_types(
    hands: Hands, meeting: Held, size: tuple[int, int]
) -> None:
    hands.window.resize(*size)
    floor.note(meeting.work, meeting.meeting, text="x", side="raise", speaker_id=meeting.people["冯㛃"])
    vote_by_hands(meeting)
    QApplication.processEvents()
    assert hands.window.frame.vote.isAncestorOf(QApplication.focusWidget())
    votes.void(meeting.work, meeting.board().vote.id, "再来")
    QApplication.processEvents()
    hands.type("gy")
    assert hands.window.frame.line.who.text() == "gy"
