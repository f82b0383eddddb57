"""The Board: one read-only picture of a live meeting, which console and projector both paint."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain import meetings as law
from deliberation_app.domain.floor import AttendanceTotals, attendance_totals, in_the_room
from deliberation_app.domain.votes import RULES
from deliberation_app.services import floor, floor_roll
from deliberation_app.services.board_picture import (
    Board,
    EntryLine,
    Guest,
    Item,
    Motion,
    Option,
    Quorum,
    Said,
    Speaker,
    Step,
)
from deliberation_app.services.board_steps import next_steps
from deliberation_app.services.meetings import find, state_of
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.floor import Attendance, FloorState, Statement
from deliberation_app.storage.meetings import AgendaEntry, AgendaOption, Meeting
from deliberation_app.storage.people import Person
from deliberation_app.storage.votes import Vote

__all__ = ["Board", "Guest", "Motion", "Said", "Step", "board"]


def board(work: Work, meeting_id: uuid.UUID) -> Board:
    """Read the whole picture in a handful of queries."""
    with work.read() as session:
        return _read(session, find(session, meeting_id), work.clock())


def _read(session: Session, meeting: Meeting, now: datetime) -> Board:
    state = session.get(FloorState, meeting.id)
    entries = _rows(session, AgendaEntry, AgendaEntry.meeting_id == meeting.id)
    entry_ids = [entry.id for entry in entries]
    current = state.entry_id if state is not None else None
    statements = _rows(session, Statement, Statement.entry_id.in_(entry_ids))
    votes = _rows(session, Vote, Vote.entry_id.in_(entry_ids))
    people = _people(session, meeting.id, statements)
    spoken = _spoken(statements)
    guests, quorum, totals = _attendance(session, meeting, people, spoken, now)
    said = _said([row for row in statements if row.entry_id == current], statements, people)
    motions = {vote.id: _motion(vote) for vote in votes}
    here = [vote for vote in votes if vote.entry_id == current]
    by_person = {guest.person_id: guest for guest in guests}
    picture = Board(
        meeting=meeting,
        state=state_of(meeting),
        kind=law.KINDS[meeting.kind],
        now=now,
        entries=tuple(_line(entry, current, now) for entry in entries),
        current=current,
        item=_item(session, entries, current),
        options=_options(session, current, here),
        statements=said,
        motions=tuple(motions[vote.id] for vote in here),
        vote=motions.get(state.vote_id) if state is not None and state.vote_id is not None else None,
        totals=totals,
        quorum=quorum,
        guests=guests,
        speaker=_speaker(state, people, spoken),
        queue=tuple(
            by_person.get(key) or _stranger(people, session, key, spoken) for key in floor.speakers(session, meeting.id)
        ),
        unanswered=sum(1 for row in _said(statements, statements, people) if row.open),
        steps=(),
    )
    return next_steps(picture)


def _rows(session: Session, record: Any, condition: Any) -> list[Any]:
    return list(session.scalars(select(record).where(condition).order_by(record.position, record.id)))


def _people(session: Session, meeting_id: uuid.UUID, statements: list[Statement]) -> dict[uuid.UUID, Person]:
    on_roll = select(Attendance.person_id).where(Attendance.meeting_id == meeting_id)
    people = {row.id: row for row in session.scalars(select(Person).where(Person.id.in_(on_roll)))}
    state = session.get(FloorState, meeting_id)
    others = {row.speaker_id for row in statements if row.speaker_id is not None} - people.keys()
    if state is not None and state.speaker_id is not None and state.speaker_id not in people:
        others.add(state.speaker_id)
    if others:
        people.update({row.id: row for row in session.scalars(select(Person).where(Person.id.in_(others)))})
    return people


def _spoken(statements: list[Statement]) -> dict[uuid.UUID, int]:
    counts: dict[uuid.UUID, int] = {}
    for row in statements:
        if row.speaker_id is not None:
            counts[row.speaker_id] = counts.get(row.speaker_id, 0) + 1
    return counts


def _line(entry: AgendaEntry, current: uuid.UUID | None, now: datetime) -> EntryLine:
    used = 0
    if entry.began_at is not None:
        used = max(0, int(((entry.ended_at or now) - entry.began_at).total_seconds()))
    state = "current" if entry.id == current else "to_come" if entry.began_at is None else "done"
    return EntryLine(entry.id, entry.title, entry.minutes_allotted, used, state)


def _said(
    rows: list[Statement], all_rows: list[Statement], people: dict[uuid.UUID, Person]
) -> tuple[Said, ...]:
    answered = {row.answers_id for row in all_rows if row.answers_id is not None}
    found = []
    for row in rows:
        person = people.get(row.speaker_id) if row.speaker_id is not None else None
        found.append(
            Said(
                row.id, row.speaker_id, person.name if person else "", (person.post or "") if person else "", row.at,
                row.side, row.text, row.answers_id, row.promised_by, bool(row.dissent),
                row.side == "raise" and row.id not in answered,
            )
        )  # fmt: skip
    return tuple(found)


def _motion(vote: Vote) -> Motion:
    return Motion(
        vote.id, vote.motion, vote.method, vote.rule, vote.option_id, vote.counts, vote.quorate, vote.passed,
        len(vote.recounts or ()),
    )  # fmt: skip


def _item(session: Session, entries: list[AgendaEntry], current: uuid.UUID | None) -> Item | None:
    entry = next((entry for entry in entries if entry.id == current), None)
    item = session.get(AgendaItem, entry.item_id) if entry is not None and entry.item_id is not None else None
    if item is None:
        return None
    return Item(
        item.id, item.title, item.background or "", bool(item.vital_interest), item.votable is not False,
        len(item.party_meetings or ()),
    )  # fmt: skip


def _options(session: Session, current: uuid.UUID | None, votes: list[Vote]) -> tuple[Option, ...]:
    if current is None:
        return ()
    voted = {vote.option_id for vote in votes if vote.counts is not None}
    rows = _rows(session, AgendaOption, AgendaOption.entry_id == current)
    return tuple(Option(row.id, row.title, row.text or "", row.id in voted) for row in rows)


def _attendance(
    session: Session,
    meeting: Meeting,
    people: dict[uuid.UUID, Person],
    spoken: dict[uuid.UUID, int],
    now: datetime,
) -> tuple[tuple[Guest, ...], Quorum, AttendanceTotals]:
    moment = min(now, meeting.closed_at) if meeting.closed_at is not None else now
    roll = floor_roll.roll_of(session, meeting.id)
    rows = _rows(session, Attendance, Attendance.meeting_id == meeting.id)
    attendees = roll.entries
    guests = []
    for row in rows:
        person, attendee = people[row.person_id], attendees[str(row.person_id)]
        out = bool(row.away) and "to" not in row.away[-1] and row.left_at is None
        there = in_the_room(attendee, moment, online=True)
        guests.append(
            Guest(
                row.person_id, person.name, person.post or "", row.capacity, row.status, row.reason or "", there, out,
                row.expected, spoken.get(row.person_id, 0),
            )
        )  # fmt: skip
    rule = law.KINDS[meeting.kind].default_rule
    found = roll.electorate(rule or "straw_poll", moment)
    quorum = Quorum(rule, found.eligible or 0, found.present or 0, _needed(rule, found.eligible or 0))
    return tuple(guests), quorum, attendance_totals(roll.attendees)


def _needed(rule: str | None, eligible: int) -> int | None:
    """The least number present that meets the quorum of a rule judged by heads of those present."""
    if rule is None or RULES[rule].by_area or RULES[rule].present_from_ballots or not RULES[rule].quorum:
        return None
    line = RULES[rule].quorum[0]
    least, rest = divmod(eligible * line.numerator, line.denominator)
    return least + 1 if rest or line.strict else least


def _speaker(
    state: FloorState | None, people: dict[uuid.UUID, Person], spoken: dict[uuid.UUID, int]
) -> Speaker | None:
    if state is None or state.speaker_id is None:
        return None
    person = people[state.speaker_id]
    return Speaker(
        person.id, person.name, person.post or "", spoken.get(person.id, 0), state.ends_at, state.paused_seconds,
        state.allotted_seconds or floor.SPEAKING_SECONDS,
    )  # fmt: skip


def _stranger(
    people: dict[uuid.UUID, Person], session: Session, key: uuid.UUID, spoken: dict[uuid.UUID, int]
) -> Guest:
    person = people.get(key) or session.get_one(Person, key)
    times = spoken.get(key, 0)
    return Guest(key, person.name, person.post or "", "observing", "present", "", True, False, False, times)
