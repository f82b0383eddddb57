"""Days and hours: stored in UTC, counted and printed in UTC+08:00 whatever the computer says."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from deliberation_app.settings import DISPLAY_ZONE

WEEKDAYS = "一二三四五六日"


def local(instant: datetime) -> datetime:
    """An instant as the clock on the wall in China shows it; a time without offset is a programming error."""
    if instant.tzinfo is None:
        raise ValueError("a time without offset names no instant")
    return instant.astimezone(DISPLAY_ZONE)


def day_of(instant: datetime) -> date:
    """The day in China on which an instant falls."""
    return local(instant).date()


def instant(day: date, at: time = time()) -> datetime:
    """The UTC instant of a day and an hour in China."""
    return datetime.combine(day, at.replace(tzinfo=DISPLAY_ZONE)).astimezone(UTC)


def days_between(first: date | datetime, second: date | datetime) -> int:
    """Whole days in China from the first to the second; lead days of a notice, days in a stage."""
    return (_day(second) - _day(first)).days


def _day(moment: date | datetime) -> date:
    return day_of(moment) if isinstance(moment, datetime) else moment


def chinese_date(moment: date | datetime) -> str:
    """2026年3月21日, without leading zeros."""
    day = _day(moment)
    return f"{day.year}年{day.month}月{day.day}日"
