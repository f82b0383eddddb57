"""The live meeting: who is in the room, who has the floor, what was said."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deliberation_app.domain import meetings as law
from deliberation_app.domain.floor import next_speakers
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.services.act import Act
from deliberation_app.services.meetings import find, mention, require
from deliberation_app.services.work import Work
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.base import derived_id, new_id
from deliberation_app.storage.floor import FloorState, QueueEntry, Statement
from deliberation_app.storage.meetings import AgendaEntry, Meeting

SPEAKING_SECONDS = 180


def queue(work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Somebody asks for the floor."""
    with work.act("floor.queue") as act:
        require(find(act, meeting_id), "open")
        row_id = derived_id(meeting_id, "queue", person_id)
        if act.get(QueueEntry, row_id) is not None:
            raise RuleBroken(N_("This person is in the queue already."))
        act.add(QueueEntry(id=row_id, meeting_id=meeting_id, person_id=person_id, asked_at=act.now))


def unqueue(work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Somebody no longer wants to speak."""
    with work.act("floor.unqueue") as act:
        row = act.get(QueueEntry, derived_id(meeting_id, "queue", person_id))
        if row is not None:
            act.delete(row)


def speakers(session: Session, meeting_id: uuid.UUID) -> list[uuid.UUID]:
    """The queue in speaking order: first-time speakers before repeat speakers, then by the time of asking."""
    waiting = session.execute(
        select(QueueEntry.person_id, QueueEntry.asked_at).where(QueueEntry.meeting_id == meeting_id)
    )
    asked = [(str(person), at) for person, at in waiting]
    return [uuid.UUID(person) for person in next_speakers(asked, spoken(session, meeting_id))]


def spoken(session: Session, meeting_id: uuid.UUID) -> dict[str, int]:
    """How often each person has spoken in this meeting."""
    query = (
        select(Statement.speaker_id, func.count())
        .join(AgendaEntry, AgendaEntry.id == Statement.entry_id)
        .where(AgendaEntry.meeting_id == meeting_id, Statement.speaker_id.is_not(None))
        .group_by(Statement.speaker_id)
    )
    return {str(person): count for person, count in session.execute(query)}


def give(
    work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID | None = None, *, seconds: int = SPEAKING_SECONDS
) -> uuid.UUID:
    """Give the floor to a person, or to the next in the queue, and start the clock."""
    with work.act("floor.give") as act:
        require(find(act, meeting_id), "open")
        if person_id is None:
            waiting = speakers(act, meeting_id)
            if not waiting:
                raise RuleBroken(N_("Nobody is in the queue."))
            person_id = waiting[0]
        row = act.get(QueueEntry, derived_id(meeting_id, "queue", person_id))
        if row is not None:
            act.delete(row)
        mention(act, meeting_id, "person", [person_id])
        state = act.get_one(FloorState, meeting_id)
        state.speaker_id, state.began_at = person_id, act.now
        state.ends_at, state.paused_seconds = act.now + timedelta(seconds=seconds), None
        state.allotted_seconds = seconds
    return person_id


def pause(work: Work, meeting_id: uuid.UUID) -> None:
    """Stop the speaker's clock, or let it go on."""
    with work.act("floor.pause") as act:
        state = _speaking(act, meeting_id)
        if state.ends_at is not None:
            state.paused_seconds = round((state.ends_at - act.now).total_seconds())
            state.ends_at = None
        else:
            state.ends_at = act.now + timedelta(seconds=state.paused_seconds or 0)
            state.paused_seconds = None


def extend(work: Work, meeting_id: uuid.UUID, seconds: int = 30) -> None:
    """Give the speaker more time."""
    with work.act("floor.pause") as act:
        state = _speaking(act, meeting_id)
        state.allotted_seconds = (state.allotted_seconds or 0) + seconds
        if state.ends_at is not None:
            state.ends_at = max(state.ends_at, act.now) + timedelta(seconds=seconds)
        else:
            state.paused_seconds = max(state.paused_seconds or 0, 0) + seconds


def stop(work: Work, meeting_id: uuid.UUID) -> None:
    """The speaker has finished."""
    with work.act("floor.give") as act:
        state = _speaking(act, meeting_id)
        state.speaker_id = state.began_at = state.ends_at = state.paused_seconds = state.allotted_seconds = None


def _speaking(act: Act, meeting_id: uuid.UUID) -> FloorState:
    state = act.get(FloorState, meeting_id)
    if state is None or state.speaker_id is None:
        raise RuleBroken(N_("Nobody has the floor."))
    return state


def note(
    work: Work,
    meeting_id: uuid.UUID,
    *,
    text: str,
    speaker_id: uuid.UUID | None = None,
    entry_id: uuid.UUID | None = None,
    side: str | None = None,
    answers_id: uuid.UUID | None = None,
    promised_by: date | None = None,
    dissent: bool = False,
    stance: str | None = None,
) -> uuid.UUID:
    """Put on record what somebody says; without a speaker it came without a name."""
    if not text.strip():
        raise RuleBroken(N_("Type what was said, then note it."))
    with work.act("floor.note") as act:
        meeting = find(act, meeting_id)
        require(meeting, "open")
        state = act.get_one(FloorState, meeting_id)
        entry = _entry(act, meeting, entry_id or state.entry_id)
        _check_sides(act, meeting, side, answers_id, promised_by)
        entry.no_statements = None
        statement = Statement(
            id=new_id(), entry_id=entry.id, position=_next_position(act, entry.id), speaker_id=speaker_id, at=act.now,
            seconds=_seconds(state, speaker_id, act.now), stance=stance, text=text.strip(), side=side,
            answers_id=answers_id, promised_by=promised_by, dissent=dissent or None,
        )  # fmt: skip
        act.add(statement)
        if speaker_id is not None:
            mention(act, meeting_id, "person", [speaker_id])
    return statement.id


def _entry(act: Act, meeting: Meeting, entry_id: uuid.UUID | None) -> AgendaEntry:
    entry = act.get(AgendaEntry, entry_id) if entry_id is not None else None
    if entry is None or entry.meeting_id != meeting.id:
        raise RuleBroken(N_("Choose an entry of the agenda first."))
    return entry


def _check_sides(
    act: Act, meeting: Meeting, side: str | None, answers_id: uuid.UUID | None, promised_by: date | None
) -> None:
    if side is not None and not law.KINDS[meeting.kind].gong_and_drum:
        raise RuleBroken(N_("Gong and drum belong to consultations; in this meeting statements have no side."))
    if answers_id is not None:
        if side == "raise":
            raise RuleBroken(N_("A question raised answers nothing; choose 鼓 to answer."))
        answered = act.get(Statement, answers_id)
        if answered is None or act.get_one(AgendaEntry, answered.entry_id).meeting_id != meeting.id:
            raise RuleBroken(N_("The statement that is answered is not in this meeting any more."))
    if promised_by is not None and promised_by < meeting.starts_at.astimezone(DISPLAY_ZONE).date():
        raise RuleBroken(N_("A promise cannot be due before the day of the meeting: check the date."))


def _next_position(act: Act, entry_id: uuid.UUID) -> int:
    last = act.scalar(select(func.max(Statement.position)).where(Statement.entry_id == entry_id))
    return 0 if last is None else last + 1


def _seconds(state: FloorState, speaker_id: uuid.UUID | None, now: datetime) -> int | None:
    if speaker_id is None or state.speaker_id != speaker_id or state.began_at is None:
        return None
    return max(0, min(86400, round((now - state.began_at).total_seconds())))


def edit_note(work: Work, statement_id: uuid.UUID, **fields: Any) -> None:
    """Correct text, speaker_id, side, answers_id, promised_by, dissent or stance of a statement."""
    with work.act("floor.edit_note") as act:
        statement = act.get_one(Statement, statement_id)
        entry = act.get_one(AgendaEntry, statement.entry_id)
        for name in set(fields) & {"text", "speaker_id", "side", "answers_id", "promised_by", "dissent", "stance"}:
            setattr(statement, name, fields[name] if fields[name] not in ("", False) else None)
        if not (statement.text or "").strip():
            raise RuleBroken(N_("A statement cannot be empty; strike it instead."))
        meeting = find(act, entry.meeting_id)
        _check_sides(act, meeting, statement.side, statement.answers_id, statement.promised_by)
        if statement.speaker_id is not None:
            mention(act, entry.meeting_id, "person", [statement.speaker_id])


def strike(work: Work, statement_id: uuid.UUID) -> None:
    """Take a statement out that was noted by mistake; the log keeps it."""
    with work.act("floor.strike") as act:
        statement = act.get_one(Statement, statement_id)
        for answer in act.scalars(select(Statement).where(Statement.answers_id == statement_id)):
            answer.answers_id = None
        act.delete(statement)


def go_to_entry(work: Work, meeting_id: uuid.UUID, entry_id: uuid.UUID | None = None) -> uuid.UUID:
    """Go on to the next entry of the agenda, or to the one chosen."""
    with work.act("floor.next_entry") as act:
        meeting = find(act, meeting_id)
        require(meeting, "open")
        state = act.get_one(FloorState, meeting_id)
        if state.vote_id is not None:
            raise RuleBroken(N_("A vote is still open: announce its result or void it, then go on."))
        entries = list(act.scalars(
            select(AgendaEntry).where(AgendaEntry.meeting_id == meeting_id).order_by(AgendaEntry.position)
        ))  # fmt: skip
        place = next((index for index, entry in enumerate(entries) if entry.id == state.entry_id), -1)
        if entry_id is None:
            if place + 1 >= len(entries):
                raise RuleBroken(N_("This was the last entry of the agenda."))
            entry_id = entries[place + 1].id
        if place >= 0 and entries[place].ended_at is None:
            entries[place].ended_at = act.now
        entry = _entry(act, meeting, entry_id)
        entry.began_at, entry.ended_at = entry.began_at or act.now, None
        state.entry_id = entry.id
    return entry_id


def no_statements(work: Work, entry_id: uuid.UUID, said: bool = True) -> None:
    """Put on record that the chair asked and nobody wished to speak (无发言)."""
    with work.act("floor.no_statements") as act:
        entry = act.get_one(AgendaEntry, entry_id)
        if said and act.scalars(select(Statement.id).where(Statement.entry_id == entry_id)).first() is not None:
            raise RuleBroken(N_("Somebody has spoken on this already."))
        entry.no_statements = said or None
