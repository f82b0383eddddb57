"""The vote's column where there is little room: the numbers are always in sight, whatever the motion and the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from deliberation_app.services import floor, votes
from deliberation_app.ui.console_vote import VotePanel
from deliberation_app.ui.kit import theme
from tests.ui.console_meeting import Hands, Held, close_console, open_console

Key = Qt.Key
AT, SAID = (14, 49), "57辆车抢31个位子。"
LONG = "是否同意先划线再收费，收费公示，钱用在院里，" * 9


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def put(hands: Hands, meeting: Held, motion: str, size: tuple[int, int] = (1366, 768)) -> VotePanel:
    """Put a motion to the vote in a window of this size."""
    hands.window.setWindowState(Qt.WindowState.WindowNoState)
    hands.window.resize(*size)
    settle()
    votes.open_vote(meeting.work, meeting.board().current, motion=motion)
    settle()
    return hands.window.frame.vote


def seen(panel: VotePanel, *parts: QWidget) -> bool:
    """Whether these parts lie in the part of the column that is in sight."""
    view = panel.scroll.viewport()
    return all(view.rect().contains(part.rect().translated(part.mapTo(view, part.rect().topLeft()))) for part in parts)


def count(hands: Hands, *numbers: str) -> None:
    for number in numbers:
        hands.type(number)
        hands.enter()
    settle()


def test_a_long_motion_leaves_the_numbers_in_sight(hands: Hands, meeting: Held) -> None:
    panel = put(hands, meeting, LONG)
    assert seen(panel, panel.head, panel.title, *panel.fields.edits())
    assert panel.title.text().endswith("… (all of it: F8)")
    assert (panel.title.accessibleName(), panel.title.toolTip()) == (LONG, LONG)
    hands.key(Key.Key_F8)
    assert panel.reword.edit.toPlainText() == LONG
    hands.key(Key.Key_Escape)
    count(hands, "12", "4", "3")
    assert seen(panel, panel.head, panel.title, *panel.fields.edits(), panel.verdict)


def test_in_a_high_window_a_long_motion_stands_whole(hands: Hands, meeting: Held) -> None:
    panel = put(hands, meeting, LONG, (1400, 1300))
    assert panel.title.text() == LONG
    assert seen(panel, panel.title, *panel.fields.edits())


def test_a_count_taken_again_leaves_its_motion_in_sight(hands: Hands, meeting: Held) -> None:
    panel = put(hands, meeting, "是否赞成A案")
    count(hands, "12", "4", "3")
    hands.next_step()
    hands.key(Key.Key_F9)
    settle()
    assert panel.again
    assert seen(panel, panel.head, panel.title, *panel.fields.edits(), panel.reason, panel.verdict)


@pytest.fixture
def at_double_size(app_dressed: QApplication) -> Iterator[None]:
    """Everything is twice as large, and as usual afterwards."""
    theme.apply(app_dressed, "light", 200, "comfortable")
    yield
    theme.apply(app_dressed, "light", 100, "comfortable")


@pytest.mark.usefixtures("at_double_size")
def test_in_a_low_column_the_result_stays_in_sight_until_it_is_announced(hands: Hands, meeting: Held) -> None:
    panel = put(hands, meeting, "是否赞成A案")
    count(hands, "12", "4", "3")
    assert seen(panel, panel.verdict, panel.fields.edits()[2])
    hands.next_step()
    settle()
    assert panel.verdict.isVisible()
    assert not hands.window.frame.line.isVisible()
    hands.key(Key.Key_Escape)
    settle()
    assert panel.verdict.isVisible()
    hands.next_step()
    settle()
    assert hands.window.frame.line.isVisible()


@pytest.mark.parametrize("size", [(900, 560), (900, 420)])
def test_in_one_column_the_numbers_stand_alone_until_they_are_announced(
    hands: Hands, meeting: Held, size: tuple[int, int]
) -> None:
    panel = put(hands, meeting, "是否赞成A案", size)
    card = hands.window.frame.vote_card
    count(hands, "12", "4", "3")
    hands.next_step()
    settle()
    assert panel.isVisible()
    assert not card.isVisible()
    hands.next_step()
    settle()
    assert not panel.isVisible()
    assert not card.isHidden()


def test_fields_of_the_same_kind_stay_for_the_next_vote(hands: Hands, meeting: Held) -> None:
    panel = put(hands, meeting, "是否赞成A案")
    fields = panel.fields
    count(hands, "12", "4", "3")
    hands.next_step()
    hands.next_step()
    votes.open_vote(meeting.work, meeting.board().current, motion="是否赞成B案")
    settle()
    assert panel.fields is fields
    assert [edit.text() for edit in fields.edits()] == ["", "", ""]
    assert not any(edit.isReadOnly() for edit in fields.edits())
    assert not panel.verdict.isVisible()
    votes.void(meeting.work, meeting.board().vote.id, "读错了")
    votes.open_vote(meeting.work, meeting.board().current, motion="是否赞成C案", method="secret_ballot")
    settle()
    assert panel.fields is not fields


def test_tab_goes_through_a_vote_with_the_eye(hands: Hands, meeting: Held) -> None:
    panel = put(hands, meeting, "先试一个月")
    panel.fields.start()
    edits = panel.fields.edits()
    stops = [*edits, panel.rows_button, panel.reword_button, panel.recount_button, panel.void_button]
    for stop in stops:
        assert QApplication.focusWidget() is stop
        hands.key(Key.Key_Tab)
    hands.key(Key.Key_F8, Qt.KeyboardModifier.ControlModifier)
    panel.fields.start()
    for stop in (*panel.fields.edits(), panel.rows_button):
        assert QApplication.focusWidget() is stop
        hands.key(Key.Key_Tab)


def test_a_counted_vote_opened_again_leaves_the_keyboard_to_what_can_be_done(hands: Hands, meeting: Held) -> None:
    put(hands, meeting, "先试一个月")
    count(hands, "12", "4", "3")
    hands.next_step()
    window = open_console(meeting)
    assert window.frame.line.isAncestorOf(QApplication.focusWidget())
    close_console(window)


def test_what_does_not_add_up_is_said_once_and_in_sight(hands: Hands, meeting: Held) -> None:
    hands.window.setWindowState(Qt.WindowState.WindowNoState)
    hands.window.resize(1366, 696)
    votes.open_vote(meeting.work, meeting.board().current, motion="先试一个月" * 4, method="secret_ballot")
    settle()
    panel = hands.window.frame.vote
    count(hands, "15", "16", "9", "4", "1", "1")
    assert "16 ballots came back" in panel.verdict.told.faults
    hands.next_step()
    settle()
    assert panel.error.isVisible()
    assert not panel.verdict.isVisible()
    assert panel.scroll.viewport().rect().top() <= panel.error.mapTo(panel.scroll.viewport(), QPoint(0, 0)).y()
    assert panel.error.visibleRegion().boundingRect().height() == panel.error.height()
    panel.fields.edits()[1].setFocus()
    panel.fields.edits()[1].selectAll()
    hands.type("15")
    assert not panel.error.isVisible()
    assert panel.verdict.isVisible()
    assert not panel.verdict.told.faults


def test_who_stands_is_seen_when_somebody_was_added(hands: Hands, meeting: Held) -> None:
    hands.window.setWindowState(Qt.WindowState.WindowNoState)
    hands.window.resize(1366, 696)
    hands.key(Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    panel = hands.window.frame.motion
    for part in (panel.seats, panel.candidate, panel.candidates, panel.candidates_label):
        part.show()
    settle()
    for person in list(meeting.people.values())[:2]:
        panel.candidate.chosen.emit(str(person), "王芳")
    settle()
    shown = panel.candidates.viewport().visibleRegion().boundingRect()
    assert shown.height() >= 2 * panel.candidates.row_height()
    assert panel.candidate.visibleRegion().boundingRect().height() == panel.candidate.height()


@pytest.mark.parametrize("high", [768, 680])
def test_the_card_of_votes_leaves_the_clock_its_room(hands: Hands, meeting: Held, high: int) -> None:
    hands.window.setWindowState(Qt.WindowState.WindowNoState)
    hands.window.resize(1366, high)
    for words in ("先试一个月", "先试两个月", "先试三个月", "先试四个月"):
        vote = votes.open_vote(meeting.work, meeting.board().current, motion=words)
        votes.count(meeting.work, vote, in_favour=12, against=4, abstain=3)
        votes.announce(meeting.work, vote)
    floor.give(meeting.work, meeting.meeting, meeting.people["龚龑"])
    settle()
    frame = hands.window.frame
    for part in (frame.vote_card, frame.speaker):
        assert part.height() >= part.minimumSizeHint().height() > 40
    assert frame.vote_card.start.visibleRegion().boundingRect().height() == frame.vote_card.start.height()
    assert frame.vote_card.taken.isVisible() == (high == 768)
