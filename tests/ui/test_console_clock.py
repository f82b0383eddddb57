"""The computer's clock goes back in a meeting: it is said in one calm line, with the old hour and the new one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from deliberation_app.services import floor, meetings
from tests.ui.console_meeting import Hands, Held, close_console, open_console

K = Qt.Key


def tick(hands: Hands, meeting: Held, *time: int) -> str:
    """Set the clock, let it be looked at, and read the line."""
    meeting.clock.to(*time)
    hands.window.frame.tick(hands.window.chair.now())
    return hands.window.frame.clock.said()


def test_a_clock_that_goes_back_is_said_and_nothing_takes_the_keyboard(hands: Hands, meeting: Held) -> None:
    floor.give(meeting.work, meeting.meeting, meeting.people["龚龑"])
    QApplication.processEvents()
    assert tick(hands, meeting, 15, 1) == ""
    line = hands.window.frame.line.text
    line.setFocus()
    said = tick(hands, meeting, 13, 3, 20)
    assert "15:01 " in said
    assert "13:03:" in said
    assert QApplication.focusWidget() is line
    assert hands.window.frame.speaker._clock.text() == "3:00"
    hands.type("said now")
    hands.enter()
    (noted,) = meeting.board().statements
    assert f"{noted.at.astimezone(meeting.clock.now.tzinfo):%H:%M}" == "15:00"  # the last act of this meeting
    assert tick(hands, meeting, 13, 4) == said
    assert tick(hands, meeting, 15, 2) == ""


def test_a_few_seconds_are_not_worth_a_word(hands: Hands, meeting: Held) -> None:
    tick(hands, meeting, 15, 0, 30)
    assert tick(hands, meeting, 15, 0, 27) == ""
    assert "from 15:00:30 to 15:00:10" in tick(hands, meeting, 15, 0, 10)


def test_once_looked_at_it_is_not_said_again_until_it_goes_back_further(hands: Hands, meeting: Held) -> None:
    tick(hands, meeting, 15, 1)
    assert tick(hands, meeting, 13, 3)
    hands.window.frame.clock.close_button.setFocus()
    hands.enter()
    assert tick(hands, meeting, 13, 4) == ""
    hands.window._again.start()
    QApplication.processEvents()
    assert tick(hands, meeting, 13, 5) == ""
    assert "12:00:" in tick(hands, meeting, 12, 0)


def test_it_is_said_when_the_meeting_is_opened_again_after_the_power_failed(hands: Hands, meeting: Held) -> None:
    floor.note(meeting.work, meeting.meeting, text="停电前")
    meeting.clock.now = meeting.clock.now.replace(year=2009, month=1, day=1, hour=0, minute=3)
    window = open_console(meeting)
    window.frame.tick(window.chair.now())
    try:
        assert "2026 20 Oct 15:00" in window.frame.clock.said()
        assert "2009 1 Jan 00:03" in window.frame.clock.said()
    finally:
        close_console(window)


def test_a_clock_that_leaps_to_another_day_is_said_until_somebody_has_looked(hands: Hands, meeting: Held) -> None:
    floor.give(meeting.work, meeting.meeting, meeting.people["龚龑"])
    assert tick(hands, meeting, 15, 1) == ""
    meeting.clock.now += timedelta(days=1)
    hands.window.frame.tick(hands.window.chair.now())
    said = hands.window.frame.clock.said()
    assert "from 20 Oct 15:01 to 21 Oct 15:01" in said
    assert "leapt" in said
    hands.window.frame.clock.put_away()
    meeting.clock.now += timedelta(minutes=1)
    hands.window.frame.tick(hands.window.chair.now())
    assert hands.window.frame.clock.said() == ""


@pytest.mark.parametrize("noted", [False, True])
def test_a_leap_that_is_set_right(hands: Hands, meeting: Held, noted: bool) -> None:
    """Nothing need be said when nothing was noted in between; otherwise all that follows carries the wrong day."""
    tick(hands, meeting, 15, 1)
    meeting.clock.now += timedelta(days=1)
    assert tick(hands, meeting, 15, 2)
    if noted:
        floor.note(meeting.work, meeting.meeting, text="明天说的")
    meeting.clock.now -= timedelta(days=1)
    assert ("went back" in tick(hands, meeting, 15, 3)) == noted


def test_a_rest_is_no_leap(hands: Hands, meeting: Held) -> None:
    """Nor is a meeting that went on too long, or the program opened again in the evening."""
    tick(hands, meeting, 15, 1)
    assert tick(hands, meeting, 16, 30) == ""
    meetings.recess(meeting.work, meeting.meeting)
    hands.window.chair.read()
    meeting.clock.now += timedelta(days=7)
    assert tick(hands, meeting, 15, 0) == ""
    meetings.resume(meeting.work, meeting.meeting)
    hands.window.chair.read()
    assert tick(hands, meeting, 15, 1) == ""


def test_from_a_hundred_minutes_over_the_clock_has_hours_and_is_no_wider(hands: Hands, meeting: Held) -> None:
    floor.give(meeting.work, meeting.meeting, meeting.people["龚龑"])
    QApplication.processEvents()
    label, began = hands.window.frame.speaker._clock, meeting.clock.now
    widths = []
    for over, said in (
        (timedelta(minutes=99, seconds=59), "+99:59"),
        (timedelta(minutes=100), "+1:40:00"),
        (timedelta(minutes=1497), "+24:57:00"),
        (timedelta(hours=1497), "+1497:00:00"),
    ):
        meeting.clock.now = began + timedelta(minutes=3) + over
        hands.window.frame.tick(meeting.clock.now)
        QApplication.processEvents()
        assert label.text() == said
        assert label.fontMetrics().horizontalAdvance(said) <= label.width()
        widths.append(label.width())
    assert max(widths[1:]) <= widths[0]
