"""The roll of a meeting: who is expected, who signed in, who left, who is out of the room."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain import roll_events
from deliberation_app.domain.floor import Attendee, Flat, Roll
from deliberation_app.domain.roll_events import Event, Times
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.services import floor_turns
from deliberation_app.services.act import Act
from deliberation_app.services.known import Known
from deliberation_app.services.meetings import add_people, find, mention, require
from deliberation_app.services.work import Work
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.base import derived_id
from deliberation_app.storage.floor import Attendance, FloorState
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.minutes import Minutes
from deliberation_app.storage.people import Household, Person

# A roll is read at every act of a live meeting: columns take a fifth of the time of whole records.
_COLUMNS = (
    Attendance.person_id, Attendance.capacity, Attendance.status, Attendance.arrived_at, Attendance.left_at,
    Attendance.away, Attendance.proxy_of_id, Attendance.represents_id,
)  # fmt: skip
_READ = frozenset({Attendance.__tablename__, Person.__tablename__})


def roll_of(session: Session, meeting_id: uuid.UUID, *, flats: bool = False) -> Roll:
    """The roll of a meeting as the rules read it; `flats` adds the owners with their areas (0.01 m²)."""
    known: Known | None = session.info.get("known")
    if known is None or flats:
        return _read_roll(session, meeting_id, flats=flats)
    return known.reckon(session, ("roll", meeting_id), _READ, lambda: _read_roll(session, meeting_id, flats=False))


def _read_roll(session: Session, meeting_id: uuid.UUID, *, flats: bool) -> Roll:
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


def events(row: Any) -> tuple[Event, ...]:
    """What happened to the person of a row of the attendance, in the one civil time; nothing before the arrival."""
    if row.status not in ("present", "online"):
        return ()
    away = tuple(
        (
            _moment(gap["from"]).astimezone(DISPLAY_ZONE),
            _moment(gap["to"]).astimezone(DISPLAY_ZONE) if "to" in gap else None,
        )
        for gap in row.away or ()
    )
    local = [
        moment.astimezone(DISPLAY_ZONE) if moment is not None else None for moment in (row.arrived_at, row.left_at)
    ]
    return roll_events.events_of(Times(local[0], local[1], away))


def keep(row: Attendance, told: Sequence[Event]) -> None:
    """Write these events into the row; without any the person has not come."""
    times = roll_events.times_of(told)
    if not told:
        row.status, row.expected = "absent", True
    row.arrived_at, row.left_at = times.arrived_at, times.left_at
    gaps = [{"from": _text(gone), **({"to": _text(back)} if back is not None else {})} for gone, back in times.away]
    row.away = gaps or None


def on_the_roll(act: Act, meeting: Meeting, person_id: uuid.UUID, capacity: str) -> Attendance:
    """The person's line of the roll, made in `capacity` where there is none."""
    row: Attendance | None = act.get(Attendance, derived_id(meeting.id, "attendance", person_id))
    if row is None:
        add_people(act, meeting, [person_id], capacity)
        act.flush()
        row = act.get_one(Attendance, derived_id(meeting.id, "attendance", person_id))
    return row


def moment(act: Act, at: time | None) -> datetime:
    """The moment of an act, or the earlier hour of today that was typed."""
    return act.now if at is None else roll_events.moment_of(at, act.now.astimezone(DISPLAY_ZONE))


def sign_in(
    work: Work,
    meeting_id: uuid.UUID,
    people: Sequence[uuid.UUID],
    *,
    status: str | None = "present",
    capacity: str = "observing",
    represents_id: uuid.UUID | None = None,
    at: time | None = None,
) -> None:
    """Sign people in; somebody not on the roll is added in `capacity`, somebody who had left or gone out comes back.

    With an hour of today the arrival is noted late, or corrected. Without a status everybody comes back as in the
    sitting before: who was on line is on line again.
    """
    with work.act("floor.sign_in") as act:
        meeting = find(act, meeting_id)
        require(meeting, "planned", "called", "open", "recess")
        if status == "online" and meeting.mode == "onsite":
            meeting.mode = "hybrid"
        for person_id in people:
            row = on_the_roll(act, meeting, person_id, capacity)
            as_before = "online" if row.expected and row.status == "online" else "present"
            come_in(row, status or as_before, moment(act, at), late=at is not None)
            if represents_id is not None:
                row.represents_id = represents_id
                mention(act, meeting_id, "household", [represents_id])


def come_in(row: Attendance, status: str, at: datetime, *, late: bool = False) -> None:
    """Somebody is there from `at` on; whoever is there already only changes between room and line."""
    told = events(row)
    if not told or (told == (Event("arrived", None),) and not late):
        row.arrived_at = at
    elif told[-1].what in ("left", "out"):
        keep(row, roll_events.noted(told, "back", at))
    elif late:
        keep(row, roll_events.noted(told, "arrived", at))
    row.status, row.expected, row.reason, row.leave_at = status, False, None, None


def leave(work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID, *, reason: str, status: str = "leave") -> None:
    """Record leave (请假) or absence (缺席) with its reason."""
    if status == "leave" and not reason.strip():
        raise RuleBroken(N_("Leave needs its reason; it is printed in the record."))
    with work.act("floor.leave") as act:
        meeting = find(act, meeting_id)
        require(meeting, "planned", "called", "open", "recess")
        row = on_the_roll(act, meeting, person_id, "voting")
        floor_turns.drop_request(act, meeting_id, person_id)
        if row.expected and row.arrived_at is not None:  # was here on the first day of a meeting that goes on
            row.reason, row.expected = reason.strip() or None, False
            return
        row.status, row.reason, row.expected = status, reason.strip() or None, False
        row.arrived_at = row.left_at = row.away = None
        row.leave_at = (row.leave_at or act.now) if status == "leave" else None


def explain(work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID, reason: str) -> None:
    """After the meeting, until its record is signed: why somebody was on leave or absent."""
    if not reason.strip():
        raise RuleBroken(N_("Write why this person did not come; “not told” is an answer too."))
    with work.act("floor.leave") as act:
        require(find(act, meeting_id), "closed")
        signed = select(Minutes.id).where(Minutes.meeting_id == meeting_id, Minutes.signed_at.is_not(None))
        if act.scalars(signed).first() is not None:
            raise RuleBroken(N_("The record is signed and locked; nothing about the attendance is changed any more."))
        row: Attendance | None = act.get(Attendance, derived_id(meeting_id, "attendance", person_id))
        if row is None or row.status not in ("leave", "absent"):
            raise RuleBroken(N_("Only somebody on leave or absent has a reason on record."))
        row.reason = reason.strip()


def sign_out(work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID, *, at: time | None = None) -> None:
    """Somebody leaves for good before the end."""
    with work.act("floor.sign_out") as act:
        row = _present(act, meeting_id, person_id)
        keep(row, roll_events.noted(events(row), "left", moment(act, at)))
        _off_the_floor(act, meeting_id, person_id)
        floor_turns.drop_request(act, meeting_id, person_id)


def step_out(work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID, *, at: time | None = None) -> None:
    """Somebody goes out of the room and means to come back."""
    with work.act("floor.step_out") as act:
        row = _present(act, meeting_id, person_id)
        if at is None and row.away and "to" not in row.away[-1]:
            raise RuleBroken(N_("This person is out of the room already."))
        keep(row, roll_events.noted(events(row), "out", moment(act, at)))
        _off_the_floor(act, meeting_id, person_id)


def _off_the_floor(act: Act, meeting_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Who goes while having the floor has spoken to the end."""
    state = act.get(FloorState, meeting_id)
    if state is not None and state.speaker_id == person_id:
        floor_turns.end_turn(act, meeting_id)


def come_back(work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID, *, at: time | None = None) -> None:
    """Somebody who went out is back in the room."""
    with work.act("floor.come_back") as act:
        row = _present(act, meeting_id, person_id)
        if at is not None or (row.away and "to" not in row.away[-1]):
            keep(row, roll_events.noted(events(row), "back", moment(act, at)))


def correct(work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID, number: int, at: time) -> None:
    """Give an event of a person another hour, on its own day."""
    with work.act("floor.correct_roll") as act:
        row, told = _told(act, meeting_id, person_id, number)
        day = told[number].at or find(act, meeting_id).starts_at.astimezone(DISPLAY_ZONE)
        meant = day.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
        if meant > act.now:
            meant = roll_events.moment_of(at, act.now.astimezone(DISPLAY_ZONE))
        keep(row, roll_events.moved(told, number, meant))


def take_away(work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID, number: int) -> None:
    """Take an event away that did not happen; without the arrival the person has not come."""
    with work.act("floor.correct_roll") as act:
        row, told = _told(act, meeting_id, person_id, number)
        keep(row, roll_events.without(told, number))


def _told(act: Act, meeting_id: uuid.UUID, person_id: uuid.UUID, number: int) -> tuple[Attendance, tuple[Event, ...]]:
    require(find(act, meeting_id), "planned", "called", "open", "recess")
    row: Attendance | None = act.get(Attendance, derived_id(meeting_id, "attendance", person_id))
    told = events(row) if row is not None else ()
    if row is None or not 0 <= number < len(told):
        raise RuleBroken(N_("This is not noted any more; look at the list again. Nothing was changed."))
    return row, told


def _present(act: Act, meeting_id: uuid.UUID, person_id: uuid.UUID) -> Attendance:
    require(find(act, meeting_id), "called", "planned", "open", "recess")
    row: Attendance | None = act.get(Attendance, derived_id(meeting_id, "attendance", person_id))
    if row is None or row.status not in ("present", "online") or row.left_at is not None:
        raise RuleBroken(N_("This person has not signed in: sign the person in first."))
    return row
