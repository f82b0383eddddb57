"""Meetings: called, prepared, opened, adjourned, closed."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from deliberation_app.domain import meetings as law
from deliberation_app.errors import N_, AppError, NotFound, RuleBroken
from deliberation_app.services import floor_tasks, floor_turns, moments
from deliberation_app.services import meetings_sittings as sittings
from deliberation_app.services.act import Act
from deliberation_app.services.gates import notice_gates, opening_gates, urgent_reason
from deliberation_app.services.kinds import find_kind, kind_of
from deliberation_app.services.work import Work
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.base import derived_id, new_id
from deliberation_app.storage.floor import Attendance, FloorState
from deliberation_app.storage.meetings import AgendaEntry, Meeting, Mention
from deliberation_app.storage.people import Household, Membership, Person, Unit


def find(session: Session, meeting_id: uuid.UUID) -> Meeting:
    """The meeting, or NotFound with a sentence."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound(N_("This meeting is not here; perhaps it was deleted on another computer."))
    if isinstance(session, Act):
        moments.keep_order(session, meeting)
    return meeting


def state_of(meeting: Meeting) -> law.MeetingState:
    """The state of a meeting, derived from what happened."""
    adjourned = meeting.sessions is not None and "closed_at" in meeting.sessions[-1]
    return law.state(
        meeting.notice_at, meeting.opened_at, meeting.closed_at, adjourned, cancelled=meeting.cancelled_at is not None
    )


def require(meeting: Meeting, *allowed: law.MeetingState) -> None:
    """Refuse an act that does not fit the state the meeting is in."""
    law.require(state_of(meeting), *allowed)


def mention(session: Session, meeting_id: uuid.UUID, what: str, keys: Iterable[uuid.UUID]) -> None:
    """Note that the meeting's file lists these people, households or items; a person brings the own household."""
    for key in set(keys):
        row_id = derived_id(meeting_id, "mention", key)
        if session.get(Mention, row_id) is None:
            session.add(Mention(id=row_id, meeting_id=meeting_id, what=what, row_id=key))
            person = session.get(Person, key) if what == "person" else None
            household = session.get(Household, key) if what == "household" else None
            if person is not None and person.household_id is not None:
                mention(session, meeting_id, "household", [person.household_id])
            if household is not None and household.owner_id is not None:
                mention(session, meeting_id, "person", [household.owner_id])


def entitled(session: Session, unit_id: uuid.UUID, kind: str, on: datetime) -> list[uuid.UUID]:
    """Who is due (应到) by the memberships that the kind names, on the day of the meeting."""
    who = find_kind(session, unit_id, kind).entitled
    if who.chosen:
        return []
    day = on.astimezone(DISPLAY_ZONE).date()
    query = (
        select(Membership.person_id, Membership.role, Person.party, Person.sort_key)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.unit_id == unit_id,
            or_(Membership.from_on.is_(None), Membership.from_on <= day),
            or_(Membership.to_on.is_(None), Membership.to_on >= day),
            or_(Person.moved_out_on.is_(None), Person.moved_out_on > day),
        )
        .order_by(Person.sort_key, Person.id)
    )
    due = [key for key, role, party, _ in session.execute(query) if who.admits(role, party or "none")]
    return list(dict.fromkeys(due))


_NUMBER = re.compile(r"第(\d{1,6})次")


def next_number(session: Session, unit_id: uuid.UUID, kind: str, starts_at: datetime) -> str:
    """The serial number as printed, 〔2026〕第3次: counted per unit, kind and year."""
    year = starts_at.astimezone(DISPLAY_ZONE).year
    numbers = session.scalars(
        select(Meeting.number).where(
            Meeting.unit_id == unit_id,
            Meeting.kind == kind,
            Meeting.starts_at >= datetime(year, 1, 1, tzinfo=DISPLAY_ZONE),
            Meeting.starts_at < datetime(year + 1, 1, 1, tzinfo=DISPLAY_ZONE),
        )
    )
    given = [int(found[1]) for number in numbers if (found := _NUMBER.search(number or ""))]
    return f"〔{year}〕第{max(given, default=0) + 1}次"


def joined(unit: str, kind: str) -> str:
    """A unit's name and a kind's title in one, what both share said once: 党支部 and 支部党员大会 is 党支部党员大会."""
    shared = next((size for size in range(min(len(unit), len(kind)), 1, -1) if unit.endswith(kind[:size])), 0)
    return unit + kind[shared:]


def suggestion(work: Work, unit_id: uuid.UUID, kind: str, starts_at: datetime) -> dict[str, Any]:
    """What the dialog to call a meeting starts from: title, number, who is due, who presides."""
    with work.read() as session:
        unit = session.get_one(Unit, unit_id)
        return {
            "title": joined(unit.name, find_kind(session, unit_id, kind).title),
            "number": next_number(session, unit_id, find_kind(session, unit_id, kind).file_kind, starts_at),
            "due": entitled(session, unit_id, kind, starts_at),
            "chair_id": unit.chair_id,
        }


def call(
    work: Work,
    unit_id: uuid.UUID,
    *,
    kind: str,
    title: str,
    starts_at: datetime,
    place: str = "",
    mode: str = "onsite",
    number: str = "",
    chair_id: uuid.UUID | None = None,
    recorder_id: uuid.UUID | None = None,
    items: Sequence[uuid.UUID] = (),
    due: Sequence[uuid.UUID] | None = None,
    observing: Sequence[uuid.UUID] = (),
    topic: str = "",
    lecturer_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Call a meeting; the agenda starts as KINDS says, an entry for each item; `due` None takes the memberships."""
    if not title.strip():
        raise RuleBroken(N_("The meeting needs a title, as it will stand on the notice."))
    with work.act("meetings.call") as act:
        held_as = find_kind(act, unit_id, kind)
        meeting = Meeting(
            id=new_id(), unit_id=unit_id, kind=held_as.file_kind, title=title.strip(), place=place.strip() or None,
            mode=mode, number=number.strip() or next_number(act, unit_id, held_as.file_kind, starts_at),
            starts_at=starts_at, chair_id=chair_id, recorder_id=recorder_id,
            prepared={"own_kind": held_as.id} if held_as.base else None,
        )  # fmt: skip
        act.add(meeting)
        _standing_agenda(act, meeting, held_as, items, (topic.strip(), lecturer_id))
        voting = entitled(act, unit_id, kind, starts_at) if due is None else due
        add_people(act, meeting, voting, "voting")
        add_people(act, meeting, observing, "observing")
        mention(act, meeting.id, "person", [key for key in (chair_id, recorder_id, lecturer_id) if key is not None])
    return meeting.id


def _standing_agenda(
    act: Act, meeting: Meeting, kind: law.Kind, items: Sequence[uuid.UUID], talk: tuple[str, uuid.UUID | None]
) -> None:
    """The entries that every such meeting has; topic and lecturer go to the longest, which the meeting is held for."""
    position, (topic, lecturer_id) = 0, talk
    main = max(kind.standing_agenda, key=lambda entry: entry.minutes)
    once: list[uuid.UUID | None] = [None]
    for standing in kind.standing_agenda:
        for item_id in (list(items) or once) if standing.each_item else once:
            title = standing.title
            if item_id is not None:
                title = f"{title}：{act.get_one(AgendaItem, item_id).title}"
            elif topic and standing is main:
                title = f"{title}：{topic}"
            entry = AgendaEntry(
                id=new_id(), meeting_id=meeting.id, position=position, title=title, item_id=item_id,
                presenter_id=(lecturer_id if standing is main else None) or meeting.chair_id,
                minutes_allotted=standing.minutes or None,
            )  # fmt: skip
            act.add(entry)
            position += 1
    mention(act, meeting.id, "item", items)


def add_people(act: Act, meeting: Meeting, people: Iterable[uuid.UUID], capacity: str) -> None:
    """Put people on the roll who are not on it yet; nobody has signed in."""
    position = act.scalar(select(func.count()).where(Attendance.meeting_id == meeting.id)) or 0
    keys = list(dict.fromkeys(people))
    for key in keys:
        row_id = derived_id(meeting.id, "attendance", key)
        if act.get(Attendance, row_id) is None:
            act.add(Attendance(id=row_id, meeting_id=meeting.id, position=position, person_id=key, capacity=capacity,
                               status="absent", expected=True))  # fmt: skip
            position += 1
    mention(act, meeting.id, "person", keys)


def invite(work: Work, meeting_id: uuid.UUID, people: Sequence[uuid.UUID], capacity: str = "voting") -> None:
    """Put people on the roll of a meeting that is not closed."""
    with work.act("meetings.edit") as act:
        meeting = find(act, meeting_id)
        require(meeting, "planned", "called", "open", "recess")
        add_people(act, meeting, people, capacity)


def uninvite(work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Take somebody off the roll again who has not signed in."""
    with work.act("meetings.edit") as act:
        require(find(act, meeting_id), "planned", "called", "open")
        row = act.get(Attendance, derived_id(meeting_id, "attendance", person_id))
        if row is None or not row.expected or row.arrived_at is not None:
            raise RuleBroken(N_("Only somebody who has not signed in can be taken off the roll."))
        act.delete(row)


_EDITABLE = {"title", "number", "place", "mode", "starts_at", "chair_id", "recorder_id"}


def edit(work: Work, meeting_id: uuid.UUID, **fields: Any) -> None:
    """Change title, number, place, mode, starts_at, chair_id or recorder_id of a meeting that is not closed."""
    unknown = set(fields) - _EDITABLE
    if unknown:
        raise AppError(N_("{field} of a meeting cannot be changed here."), field=", ".join(sorted(unknown)))
    with work.act("meetings.edit") as act:
        meeting = find(act, meeting_id)
        require(meeting, "planned", "called", "open", "recess")
        if "starts_at" in fields and meeting.notice_at is not None and fields["starts_at"] < meeting.notice_at:
            raise RuleBroken(N_("The meeting cannot begin before its notice went out."))
        for name, value in fields.items():
            setattr(meeting, name, value or None if name != "title" else value)
        people = [key for key in (meeting.chair_id, meeting.recorder_id) if key is not None]
        mention(act, meeting_id, "person", people)


def give_notice(work: Work, meeting_id: uuid.UUID, at: datetime | None = None) -> AppError | None:
    """Record that the notice went out; the answer says when that was later than the law asks, None when in time."""
    with work.act("meetings.give_notice") as act:
        meeting = find(act, meeting_id)
        require(meeting, "planned", "called")
        meeting.notice_at = at or act.now
        if meeting.notice_at > meeting.starts_at:
            raise RuleBroken(N_("The notice cannot go out after the meeting begins: check the date and time."))
        barred = [one.sentence for one in notice_gates(act, meeting) if one.sentence and not one.overridable]
        if barred:
            raise RuleBroken(N_("The notice cannot go out yet."), reasons=tuple(barred))
        told_on, held_on = (at.astimezone(DISPLAY_ZONE).date() for at in (meeting.notice_at, meeting.starts_at))
        return law.notice_fault(kind_of(act, meeting), told_on, held_on, urgent_reason(meeting))


def prepare(work: Work, meeting_id: uuid.UUID, step: str, done: bool) -> None:
    """Tick off a step of the preparation: materials, papers or room."""
    with work.act("meetings.edit") as act:
        meeting = find(act, meeting_id)
        meeting.prepared = {**(meeting.prepared or {}), step: done}


def open_meeting(work: Work, meeting_id: uuid.UUID, reason: str = "") -> None:
    """Open the meeting: from now on everything said and decided is on record.

    Refused with every gate before the opening that is not met; `reason` passes those that allow an exception.
    """
    with work.act("meetings.open") as act:
        meeting = find(act, meeting_id)
        require(meeting, "planned", "called")
        if reason.strip():
            meeting.prepared = {**(meeting.prepared or {}), "urgent_reason": reason.strip()}
        unmet = [gate.sentence for gate in opening_gates(act, meeting) if gate.sentence is not None]
        if unmet:
            raise RuleBroken(N_("The meeting cannot be opened yet."), reasons=tuple(unmet))
        meeting.opened_at = act.now
        first = act.scalars(
            select(AgendaEntry).where(AgendaEntry.meeting_id == meeting_id).order_by(AgendaEntry.position)
        ).first()
        if first is not None:
            first.began_at = act.now
        state = act.get(FloorState, meeting_id)
        if state is None:
            act.add(FloorState(id=meeting_id, entry_id=first.id if first else None))
        else:
            state.entry_id = first.id if first else None


def recess(work: Work, meeting_id: uuid.UUID, until: datetime | None = None) -> None:
    """Adjourn the meeting; with `until` on another day everybody is expected anew there."""
    with work.act("meetings.recess") as act:
        meeting = find(act, meeting_id)
        require(meeting, "open")
        state = act.get(FloorState, meeting_id)
        if state is not None and state.vote_id is not None:
            raise RuleBroken(N_("A vote is still open: announce its result or void it, then the meeting can rest."))
        sittings.check(until, act.now)
        sittings.end(meeting, act.now)
        sittings.plan(meeting, until)
        if until is not None and sittings.another_day(until, act.now):
            sittings.send_home(act, meeting_id, act.now)
        floor_turns.end_turn(act, meeting_id)


def resume(work: Work, meeting_id: uuid.UUID) -> None:
    """Go on after a recess, with the same record; on another day the roll is taken anew."""
    with work.act("meetings.resume") as act:
        meeting = find(act, meeting_id)
        require(meeting, "recess")
        ended, planned = datetime.fromisoformat((meeting.sessions or [])[-1]["closed_at"]), sittings.resumes_at(meeting)
        if not sittings.another_day(ended, act.now):
            sittings.call_back(act, meeting_id, ended)
        elif planned is None or not sittings.another_day(ended, planned):
            sittings.send_home(act, meeting_id, ended)
        sittings.begin(meeting, act.now)
        sittings.plan(meeting, None)


def close(work: Work, meeting_id: uuid.UUID) -> None:
    """Close the meeting (散会)."""
    with work.act("meetings.close") as act:
        meeting = find(act, meeting_id)
        require(meeting, "open")
        state = act.get(FloorState, meeting_id)
        if state is not None and state.vote_id is not None:
            raise RuleBroken(N_("A vote is still open: announce its result or void it, then close the meeting."))
        meeting.closed_at = act.now
        if meeting.sessions:
            sittings.end(meeting, act.now)
        for entry in act.scalars(select(AgendaEntry).where(AgendaEntry.meeting_id == meeting_id)):
            if entry.began_at is not None and entry.ended_at is None:
                entry.ended_at = act.now
        for row in act.scalars(select(Attendance).where(Attendance.meeting_id == meeting_id, Attendance.expected)):
            row.expected = False
        floor_turns.end_turn(act, meeting_id)
        floor_tasks.take_over(act, meeting)


def cancel(work: Work, meeting_id: uuid.UUID, reason: str) -> None:
    """Cancel a meeting that was not opened, with the reason."""
    if not reason.strip():
        raise RuleBroken(N_("Say why the meeting is cancelled; those invited will ask."))
    with work.act("meetings.cancel") as act:
        meeting = find(act, meeting_id)
        require(meeting, "planned", "called")
        meeting.cancelled_at, meeting.cancelled_reason = act.now, reason.strip()
