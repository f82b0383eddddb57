"""The roll of a meeting: who is expected, who signed in, who left, who is out of the room."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain.floor import Attendee, Flat, Roll
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.services.act import Act
from deliberation_app.services.meetings import add_people, find, mention, require
from deliberation_app.services.work import Work
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.base import derived_id
from deliberation_app.storage.floor import Attendance
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.minutes import Minutes
from deliberation_app.storage.people import Household, Person

# A roll is read at every act of a live meeting: columns take a fifth of the time of whole records.
_COLUMNS = (
    Attendance.person_id, Attendance.capacity, Attendance.status, Attendance.arrived_at, Attendance.left_at,
    Attendance.away, Attendance.proxy_of_id, Attendance.represents_id,
)  # fmt: skip


def roll_of(session: Session, meeting_id: uuid.UUID, *, flats: bool = False) -> Roll:
    """The roll of a meeting as the rules read it; `flats` adds the owners with their areas (0.01 m²)."""
    query = (
        select(*_COLUMNS, Person.suffrage, Person.party)
        .join(Person, Person.id == Attendance.person_id)
        .where(Attendance.meeting_id == meeting_id)
    )
    attendees = [attendee_of(row, suffrage_of(row)) for row in session.execute(query)]
    if not flats:
        return Roll(attendees)
    owned = session.execute(
        select(Household.owner_id, Household.area)
        .join(Attendance, Attendance.person_id == Household.owner_id)
        .where(Attendance.meeting_id == meeting_id, Household.area.is_not(None))
    )
    return Roll(attendees, [Flat(str(owner), area) for owner, area in owned if area is not None])


def suffrage_of(person: Any) -> bool:
    """The right to vote in the branch: as entered, otherwise that of a full member."""
    return bool(person.party == "full" if person.suffrage is None else person.suffrage)


def attendee_of(row: Any, suffrage: bool) -> Attendee:
    """A row of the attendance, or its columns, as the rules read it."""
    return Attendee(
        person=str(row.person_id),
        capacity=row.capacity,
        status=row.status,
        suffrage=suffrage,
        arrived_at=row.arrived_at,
        left_at=row.left_at,
        away=tuple((_moment(gap["from"]), _moment(gap["to"]) if "to" in gap else None) for gap in row.away or ()),
        proxy_of=str(row.proxy_of_id) if row.proxy_of_id else None,
        represents=str(row.represents_id) if row.represents_id else None,
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _text(moment: datetime) -> str:
    return moment.astimezone(DISPLAY_ZONE).isoformat()


def _on_the_roll(act: Act, meeting: Meeting, person_id: uuid.UUID, capacity: str) -> Attendance:
    row = act.get(Attendance, derived_id(meeting.id, "attendance", person_id))
    if row is None:
        add_people(act, meeting, [person_id], capacity)
        act.flush()
        row = act.get_one(Attendance, derived_id(meeting.id, "attendance", person_id))
    return row


def sign_in(
    work: Work,
    meeting_id: uuid.UUID,
    people: Sequence[uuid.UUID],
    *,
    status: str = "present",
    capacity: str = "observing",
    represents_id: uuid.UUID | None = None,
) -> None:
    """Sign people in; somebody not on the roll is added in `capacity`, somebody who had left comes back."""
    with work.act("floor.sign_in") as act:
        meeting = find(act, meeting_id)
        require(meeting, "planned", "called", "open", "recess")
        if status == "online" and meeting.mode == "onsite":
            meeting.mode = "hybrid"
        for person_id in people:
            row = _on_the_roll(act, meeting, person_id, capacity)
            _come_in(row, status, act.now)
            if represents_id is not None:
                row.represents_id = represents_id
                mention(act, meeting_id, "household", [represents_id])


def _come_in(row: Attendance, status: str, now: datetime) -> None:
    row.expected = False
    row.reason = None
    if row.left_at is not None:
        row.away = [*(row.away or []), {"from": _text(row.left_at), "to": _text(now)}]
        row.left_at = None
    elif row.arrived_at is None or row.status not in ("present", "online"):
        row.arrived_at = now
    row.status = status


def leave(work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID, *, reason: str, status: str = "leave") -> None:
    """Record leave (请假) or absence (缺席) with its reason."""
    if status == "leave" and not reason.strip():
        raise RuleBroken(N_("Leave needs its reason; it is printed in the record."))
    with work.act("floor.leave") as act:
        meeting = find(act, meeting_id)
        require(meeting, "planned", "called", "open", "recess")
        row = _on_the_roll(act, meeting, person_id, "voting")
        row.status, row.reason, row.expected = status, reason.strip() or None, False
        row.arrived_at = row.left_at = row.away = None


def explain(work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID, reason: str) -> None:
    """After the meeting, until its record is signed: why somebody was on leave or absent."""
    if not reason.strip():
        raise RuleBroken(N_("Write why this person did not come; “not told” is an answer too."))
    with work.act("floor.leave") as act:
        require(find(act, meeting_id), "closed")
        signed = select(Minutes.id).where(Minutes.meeting_id == meeting_id, Minutes.signed_at.is_not(None))
        if act.scalars(signed).first() is not None:
            raise RuleBroken(N_("The record is signed and locked; nothing about the attendance is changed any more."))
        row = act.get(Attendance, derived_id(meeting_id, "attendance", person_id))
        if row is None or row.status not in ("leave", "absent"):
            raise RuleBroken(N_("Only somebody on leave or absent has a reason on record."))
        row.reason = reason.strip()


def sign_out(work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Somebody leaves for good before the end."""
    with work.act("floor.sign_out") as act:
        row = _present(act, meeting_id, person_id)
        row.away = _back(row, act.now)
        row.left_at = act.now


def step_out(work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Somebody goes out of the room and means to come back."""
    with work.act("floor.step_out") as act:
        row = _present(act, meeting_id, person_id)
        if row.away and "to" not in row.away[-1]:
            raise RuleBroken(N_("This person is out of the room already."))
        row.away = [*(row.away or []), {"from": _text(act.now)}]


def come_back(work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Somebody who went out is back in the room."""
    with work.act("floor.come_back") as act:
        row = _present(act, meeting_id, person_id)
        row.away = _back(row, act.now)


def _present(act: Act, meeting_id: uuid.UUID, person_id: uuid.UUID) -> Attendance:
    require(find(act, meeting_id), "called", "planned", "open", "recess")
    row = act.get(Attendance, derived_id(meeting_id, "attendance", person_id))
    if row is None or row.status not in ("present", "online") or row.left_at is not None:
        raise RuleBroken(N_("This person has not signed in: sign the person in first."))
    return row


def _back(row: Attendance, now: datetime) -> list[Any] | None:
    if not row.away or "to" in row.away[-1]:
        return row.away
    return [*row.away[:-1], {**row.away[-1], "to": _text(now)}]
