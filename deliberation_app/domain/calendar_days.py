"""Working days: public holidays and shifted rest days (调休) of the years that are known, and the unit's own edits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Literal

from chinese_calendar import constants

from deliberation_app.errors import N_, AppError

# True for a working day, False for a day off; what the unit has set goes before everything else.
DayEdits = Mapping[date, bool]
Unit = Literal["days", "working_days"]

NO_EDITS: DayEdits = MappingProxyType({})
KNOWN_YEARS = frozenset(day.year for day in constants.holidays)
SATURDAY = 5


def edits_of(settings: Mapping[str, Any] | None) -> DayEdits:
    """The days that a unit has set by itself: settings["days"] = {"2027-02-06": "off", "2027-02-14": "work"}."""
    told = (settings or {}).get("days") or {}
    return {date.fromisoformat(day): what == "work" for day, what in told.items()}


def known(year: int) -> bool:
    """Whether the public holidays of this year are in the table; otherwise only weekends are days off."""
    return year in KNOWN_YEARS


def day_off(day: date, edits: DayEdits = NO_EDITS) -> bool:
    """法定休假日: a public holiday or a weekly day of rest that was not made a working day."""
    if day in edits:
        return not edits[day]
    if day in constants.holidays:
        return True
    return day.weekday() >= SATURDAY and day not in constants.workdays


def holiday(day: date) -> str:
    """The Chinese name of the holiday behind a day off or a shifted working day; empty on plain days."""
    name = constants.holidays.get(day) or constants.workdays.get(day) or ""
    return str(constants.Holiday(name).chinese) if name else ""


def next_working_day(day: date, edits: DayEdits = NO_EDITS) -> date:
    """The day itself, or the first working day after it (民法典 art. 203)."""
    while day_off(day, edits):
        day += timedelta(days=1)
    return day


def after_working_days(day: date, count: int, edits: DayEdits = NO_EDITS) -> date:
    """The last of `count` working days after a day, which itself is not counted (民法典 art. 201)."""
    for _ in range(count):
        day = next_working_day(day + timedelta(days=1), edits)
    return day


def period_end(first: date, count: int, unit: Unit = "days", edits: DayEdits = NO_EDITS) -> date:
    """The last day of a period: its first day is not counted, its last rolls over days off (民法典 arts 201, 203)."""
    if unit == "working_days":
        return after_working_days(first, count, edits)
    return next_working_day(first + timedelta(days=count), edits)


def remark(first: date, last: date, edits: DayEdits = NO_EDITS) -> AppError | None:
    """What must be said beside a period that reaches into a year whose holidays are not known yet."""
    years = [year for year in range(first.year, last.year + 1) if not known(year)]
    years = [year for year in years if not any(day.year == year for day in edits)]
    if not years:
        return None
    return AppError(
        N_("The public holidays of {year} are not in the table: only weekends were left out. Enter them under days."),
        year=years[0],
    )


def unusual(year: int, edits: DayEdits = NO_EDITS) -> Iterator[date]:
    """The days of a year that differ from Monday to Friday at work, and those the unit has set."""
    day = date(year, 1, 1)
    while day.year == year:
        if day in edits or day in constants.workdays or day in constants.holidays:
            yield day
        day += timedelta(days=1)
