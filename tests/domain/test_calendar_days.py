"""Days and hours of UTC+08:00, whatever the computer says."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app.domain import calendar

MOMENT = datetime(2026, 3, 21, 6, 32, tzinfo=UTC)


def test_words() -> None:
    assert calendar.chinese_date(MOMENT) == "2026年3月21日"


def test_the_day_changes_at_16_hours_utc() -> None:
    assert calendar.day_of(datetime(2026, 3, 21, 15, 59, 59, tzinfo=UTC)) == date(2026, 3, 21)
    assert calendar.day_of(datetime(2026, 3, 21, 16, 0, tzinfo=UTC)) == date(2026, 3, 22)


def test_days_between() -> None:
    assert calendar.days_between(date(2026, 4, 24), date(2026, 10, 20)) == 179
    before_midnight = datetime(2026, 3, 21, 15, 59, tzinfo=UTC)
    assert calendar.days_between(before_midnight, before_midnight + timedelta(minutes=1)) == 1


def test_a_time_without_offset_is_no_instant() -> None:
    with pytest.raises(ValueError, match="offset"):
        calendar.day_of(datetime(2026, 3, 21, 15, 59))  # noqa: DTZ001 - that is the point


@given(day=st.dates(date(1990, 1, 2), date(2100, 1, 1)), at=st.times())
def test_an_instant_falls_on_its_day(day: date, at: time) -> None:
    made = calendar.instant(day, at)
    assert made.tzinfo is UTC
    assert calendar.day_of(made) == day
    assert calendar.local(made).time() == at
