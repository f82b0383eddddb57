"""Turns of speaking: how long the one under way has taken, that it is put on record, and who has had how much."""

from __future__ import annotations

import uuid
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain import meetings as law
from deliberation_app.domain.speaking import Request, Spell, next_speakers, shares, table_party
from deliberation_app.services.act import Act
from deliberation_app.services.moments import by_clock
from deliberation_app.storage.base import derived_id, new_id
from deliberation_app.storage.floor import Attendance, FloorState, QueueEntry, Statement, Turn
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.people import Person

_LONGEST = 86400
_NEVER = datetime.max.replace(tzinfo=UTC)
Span = tuple[datetime, datetime]


def used_seconds(state: FloorState, now: datetime) -> int:
    """How long the one who has the floor has spoken, pauses not counted."""
    if state.began_at is None:
        return 0
    if state.allotted_seconds is None:
        used = (now - state.began_at).total_seconds()
    else:
        used = state.allotted_seconds - left_seconds(state, now)
    return max(0, min(_LONGEST, round(used)))


def left_seconds(state: FloorState, now: datetime) -> int:
    """What is left of the turn, with a minus once it is over; never more than the whole, whatever the clock says."""
    if state.ends_at is None:
        return state.paused_seconds or 0
    left = round((state.ends_at - now).total_seconds())
    return left if state.allotted_seconds is None else min(left, state.allotted_seconds)


def end_turn(act: Act, meeting_id: uuid.UUID) -> None:
    """Whoever has the floor has it no longer; the turn is on record with its seconds."""
    state = act.get(FloorState, meeting_id)
    if state is None or state.speaker_id is None:
        return
    began = state.began_at or act.now
    act.add(
        Turn(
            id=new_id(), meeting_id=meeting_id, entry_id=state.entry_id, person_id=state.speaker_id, began_at=began,
            ended_at=max(act.now, began), seconds=used_seconds(state, by_clock(act)),
        )
    )  # fmt: skip
    state.speaker_id = state.began_at = state.ends_at = state.paused_seconds = state.allotted_seconds = None


def spells(
    turns: Iterable[Turn], statements: Iterable[Statement], state: FloorState | None = None
) -> tuple[Spell, ...]:
    """Every time somebody spoke: each turn, that under way, each statement beside all turns of its speaker."""
    found: list[Spell] = []
    spans: dict[uuid.UUID, list[Span]] = {}
    for turn in turns:
        found.append(Spell(person=str(turn.person_id), seconds=turn.seconds, entry=str(turn.entry_id)))
        spans.setdefault(turn.person_id, []).append((turn.began_at, turn.ended_at))
    if state is not None and state.speaker_id is not None and state.began_at is not None:
        found.append(Spell(person=str(state.speaker_id), entry=str(state.entry_id)))
        spans.setdefault(state.speaker_id, []).append((state.began_at, _NEVER))
    joined = {person: _joined(stretches) for person, stretches in spans.items()}
    for row in statements:
        if row.speaker_id is not None and not _within(row.at, joined.get(row.speaker_id, ())):
            found.append(Spell(person=str(row.speaker_id), seconds=row.seconds or 0, entry=str(row.entry_id)))
    return tuple(found)


def _joined(spans: list[Span]) -> list[Span]:
    """The same times in order, those that meet or overlap as one: whoever speaks often has many."""
    joined: list[Span] = []
    for began, ended in sorted(spans):
        if joined and began <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(ended, joined[-1][1]))
        else:
            joined.append((began, ended))
    return joined


def _within(at: datetime | None, spans: Sequence[Span]) -> bool:
    if at is None:
        return False
    place = bisect_right(spans, (at, _NEVER)) - 1
    return place >= 0 and spans[place][0] <= at <= spans[place][1]


def has_parties(meeting: Meeting) -> bool:
    """Whether the parties to a matter sit at the table, so that posts tell who speaks for whom."""
    return law.KINDS[meeting.kind].gong_and_drum


def spoken_by(session: Session, meeting_id: uuid.UUID) -> tuple[Spell, ...]:
    """Every time that somebody spoke in this meeting."""
    turns = session.scalars(select(Turn).where(Turn.meeting_id == meeting_id))
    statements = session.scalars(
        select(Statement)
        .join(AgendaEntry, AgendaEntry.id == Statement.entry_id)
        .where(AgendaEntry.meeting_id == meeting_id, Statement.speaker_id.is_not(None))
    )
    return spells(turns, statements, session.get(FloorState, meeting_id))


def parties_of(session: Session, meeting: Meeting) -> dict[str, str]:
    """The party of everybody on the roll or in the queue."""
    at_table = has_parties(meeting)
    roll = session.execute(
        select(Attendance.person_id, Attendance.speaks_for, Person.post)
        .join(Person, Person.id == Attendance.person_id)
        .where(Attendance.meeting_id == meeting.id)
    )
    waiting = session.execute(
        select(QueueEntry.person_id, Person.post)
        .join(Person, Person.id == QueueEntry.person_id)
        .where(QueueEntry.meeting_id == meeting.id)
    )
    found = {str(person): table_party(post or "", None, parties=at_table) for person, post in waiting}
    found.update({str(one): table_party(post or "", party, parties=at_table) for one, party, post in roll})
    return found


def order(session: Session, meeting: Meeting) -> list[uuid.UUID]:
    """The queue in speaking order."""
    party = parties_of(session, meeting)
    rows = session.scalars(select(QueueEntry).where(QueueEntry.meeting_id == meeting.id)).all()
    away = absent(session, meeting, [row.person_id for row in rows])
    spoke = spoken_by(session, meeting.id)
    times = {person: share.turns for person, share in shares(spoke).items()}
    requests = [request(row, party.get(str(row.person_id), ""), there=row.person_id not in away) for row in rows]
    return [uuid.UUID(person) for person in next_speakers(requests, times, shares(spoke, party))]


def absent(session: Session, meeting: Meeting, people: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Those of the people who stand on the roll and are not in the room or on the line."""
    lines = select(Attendance).where(Attendance.meeting_id == meeting.id, Attendance.person_id.in_(people))
    return {row.person_id for row in session.scalars(lines) if not is_there(row)} if people else set()


def is_there(row: Attendance) -> bool:
    """Whether somebody on the roll has come, and has neither left nor gone out."""
    out = bool(row.away) and "to" not in (row.away or [{}])[-1]
    return row.status in ("present", "online") and not row.expected and row.left_at is None and not out


def request(row: QueueEntry, party: str, *, there: bool) -> Request:
    """A row of the queue as the rule reads it."""
    return Request(
        person=str(row.person_id), asked_at=row.asked_at, wish=row.wish, place=row.place, party=party, there=there
    )


def drop_request(act: Act, meeting_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Somebody waits to speak no more, if the person did."""
    row = act.get(QueueEntry, derived_id(meeting_id, "queue", person_id))
    if row is not None:
        act.delete(row)
