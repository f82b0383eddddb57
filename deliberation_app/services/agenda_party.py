"""The branch assemblies that may have discussed an item beforehand."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from deliberation_app.domain import calendar
from deliberation_app.domain.agenda import BEFOREHAND
from deliberation_app.services.work import Work
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.people import Unit


@dataclass(frozen=True)
class Assembly:
    """A branch assembly to choose from."""

    id: uuid.UUID
    title: str
    unit: str
    day: date


def assemblies(work: Work, unit_id: uuid.UUID, *, limit: int = 50) -> list[Assembly]:
    """The branch assemblies known here, those of the own unit first, the latest first."""
    query = (
        select(Meeting, Unit.name)
        .join(Unit, Unit.id == Meeting.unit_id)
        .where(Meeting.kind.in_(BEFOREHAND), Meeting.cancelled_at.is_(None))
        .order_by(Meeting.unit_id != unit_id, Meeting.starts_at.desc(), Meeting.id)
        .limit(limit)
    )
    with work.read() as session:
        return [
            Assembly(meeting.id, meeting.title, name, calendar.day_of(meeting.opened_at or meeting.starts_at))
            for meeting, name in session.execute(query)
        ]
