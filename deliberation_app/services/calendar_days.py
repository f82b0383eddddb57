"""Days on which a unit works: the public holidays that are known, and what the unit has set by itself."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from deliberation_app.domain import calendar_days as law
from deliberation_app.domain.calendar_days import DayEdits
from deliberation_app.errors import N_, AppError, NotFound
from deliberation_app.services.work import Work
from deliberation_app.storage.people import Unit


@dataclass(frozen=True)
class Day:
    """A day that is not what its weekday says, or that the unit has set."""

    day: date
    off: bool
    name: str  # of the holiday behind it, Chinese
    edited: bool


@dataclass(frozen=True)
class YearDays:
    """The unusual days of a year; `remark` says when the holidays of that year are not known yet."""

    year: int
    known: bool
    remark: AppError | None
    days: tuple[Day, ...]


def edits(session: Session, unit_id: uuid.UUID) -> DayEdits:
    """What the unit has set by itself."""
    unit = session.get(Unit, unit_id)
    return law.NO_EDITS if unit is None else law.edits_of(unit.settings)


def year(work: Work, unit_id: uuid.UUID, year: int) -> YearDays:
    """The unusual days of a year for this unit."""
    with work.read() as session:
        own = edits(session, unit_id)
    days = tuple(Day(day, law.day_off(day, own), law.holiday(day), day in own) for day in law.unusual(year, own))
    return YearDays(year, law.known(year), law.remark(date(year, 1, 1), date(year, 12, 31), own), days)


def set_day(work: Work, unit_id: uuid.UUID, day: date, off: bool | None) -> None:
    """Make a day a day off or a working day for this unit; None goes back to what the table says."""
    with work.act("settings.edit") as act:
        unit = act.get(Unit, unit_id)
        if unit is None:
            raise NotFound(N_("This unit is not here; choose another one."))
        days = dict((unit.settings or {}).get("days") or {})
        days.pop(day.isoformat(), None)
        if off is not None:
            days[day.isoformat()] = "off" if off else "work"
        unit.settings = {**(unit.settings or {}), "days": days}
