"""The month grid: whole weeks, months that do not run over, keys, blocks that can be hit."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from deliberation_app.services.meetings_view import MeetingRow
from deliberation_app.ui.meetings_calendar import MonthGrid, month_away, month_of

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2150, 1, 1))
TODAY = date(2026, 10, 20)


@given(DAYS)
def test_a_month_is_shown_in_whole_weeks(day: date) -> None:
    start, end = month_of(day)
    assert start.weekday() == 0
    assert end.weekday() == 6
    assert start <= day.replace(day=1)
    assert end >= day
    assert start.month == day.month or start + timedelta(days=7) > day.replace(day=1)
    assert (end + timedelta(days=1)).month != day.month or end.month != day.month
    assert (end - start).days + 1 in (28, 35, 42)


@given(DAYS, st.integers(-500, 500))
def test_going_by_months_lands_in_that_month(day: date, by: int) -> None:
    there = month_away(day, by)
    assert there.year * 12 + there.month == day.year * 12 + day.month + by
    assert there.day <= day.day
    assert there.day == day.day or (there + timedelta(days=1)).month != there.month


def _meeting(day: int, hour: int, title: str) -> MeetingRow:
    at = datetime(2026, 10, day, hour, tzinfo=UTC)
    return MeetingRow(uuid.uuid4(), "theme_day", title, "", at, "", "closed", 9, 9)


@pytest.fixture
def grid(app_dressed, qtbot) -> MonthGrid:
    """October with two meetings on one day and one on the next."""
    made = MonthGrid(TODAY)
    qtbot.addWidget(made)
    made.resize(1000, 520)
    made.fill([_meeting(8, 1, "早上"), _meeting(8, 11, "晚上"), _meeting(9, 1, "第二天")])
    made.show()
    made.setFocus()
    return made


def test_arrows_pages_and_home_move(grid: MonthGrid) -> None:
    for key, day in (
        (Qt.Key.Key_Left, date(2026, 10, 19)), (Qt.Key.Key_Up, date(2026, 10, 12)),
        (Qt.Key.Key_PageDown, date(2026, 11, 12)), (Qt.Key.Key_Right, date(2026, 11, 13)),
        (Qt.Key.Key_PageUp, date(2026, 10, 13)), (Qt.Key.Key_Home, TODAY),
    ):  # fmt: skip
        QTest.keyClick(grid, key)
        assert grid.day == day


def test_space_goes_through_the_meetings_of_a_day_and_enter_opens(grid: MonthGrid, qtbot) -> None:
    grid.go_to(date(2026, 10, 8))
    assert grid.meeting().title == "早上"
    QTest.keyClick(grid, Qt.Key.Key_Space)
    assert grid.meeting().title == "晚上"
    with qtbot.waitSignal(grid.opened) as opened:
        QTest.keyClick(grid, Qt.Key.Key_Return)
    assert opened.args == [str(grid.meeting().id)]
    QTest.keyClick(grid, Qt.Key.Key_Space)
    assert grid.meeting().title == "早上"


def test_enter_on_an_empty_day_asks_for_a_meeting(grid: MonthGrid, qtbot) -> None:
    grid.go_to(date(2026, 10, 14))
    with qtbot.waitSignal(grid.wanted) as wanted:
        QTest.keyClick(grid, Qt.Key.Key_Return)
    assert wanted.args == [date(2026, 10, 14)]


def test_a_click_chooses_the_meeting_under_it(grid: MonthGrid) -> None:
    box = grid.cell(date(2026, 10, 8))
    high = grid._block(date(2026, 10, 8))
    below = QPoint(int(box.center().x()), int(box.top()) + 30 + high + high // 2)
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=below)
    assert grid.meeting().title == "晚上"


def test_what_is_chosen_is_told_to_those_who_listen(grid: MonthGrid) -> None:
    grid.go_to(date(2026, 10, 8))
    assert "2 meetings" in grid.accessibleName()
    assert "早上" in grid.accessibleName()


def test_cells_cover_the_grid_without_overlap(grid: MonthGrid) -> None:
    start, end = grid.span()
    boxes = [grid.cell(start + timedelta(days=at)) for at in range((end - start).days + 1)]
    assert boxes[-1].right() == pytest.approx(grid.width())
    assert boxes[-1].bottom() == pytest.approx(grid.height())
    for before, after in pairwise(boxes):
        assert not before.adjusted(0.5, 0.5, -0.5, -0.5).intersects(after.adjusted(0.5, 0.5, -0.5, -0.5))
