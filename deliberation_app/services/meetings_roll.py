"""The roll of a meeting taken from the last one of its kind."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from deliberation_app.services.meetings import add_people, find, require
from deliberation_app.services.work import Work
from deliberation_app.storage.floor import Attendance
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.people import Person


def last_roll(work: Work, unit_id: uuid.UUID, kind: str) -> list[tuple[uuid.UUID, str]]:
    """Who stood on the roll of the last meeting of this kind that was not cancelled, each with the capacity."""
    latest = select(Meeting.id).where(
        Meeting.unit_id == unit_id,
        Meeting.kind == kind,
        Meeting.cancelled_at.is_(None),
        Meeting.starts_at <= work.clock(),
    )
    with work.read() as session:
        before = session.scalars(latest.order_by(Meeting.starts_at.desc(), Meeting.id.desc()).limit(1)).first()
        query = (
            select(Attendance.person_id, Attendance.capacity)
            .join(Person, Person.id == Attendance.person_id)
            .where(Attendance.meeting_id == before, Person.moved_out_on.is_(None))
        )
        return [(key, capacity) for key, capacity in session.execute(query.order_by(Attendance.position))]


def take_roll(work: Work, meeting_id: uuid.UUID, roll: Sequence[tuple[uuid.UUID, str]]) -> None:
    """Put these people on the roll of a meeting that is not closed, each in the own capacity."""
    with work.act("meetings.edit") as act:
        meeting = find(act, meeting_id)
        require(meeting, "planned", "called", "open", "recess")
        for capacity in dict.fromkeys(capacity for _, capacity in roll):
            add_people(act, meeting, [key for key, held in roll if held == capacity], capacity)
            act.flush()
