"""The live meeting: what is said, and the agenda as it is gone through; queue and clock lie beside."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, select

from deliberation_app.domain import meetings as law
from deliberation_app.domain.speaking import OTHERS_SILENT
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.services import floor_turns
from deliberation_app.services.act import Act
from deliberation_app.services.floor_clock import choose_seconds, extend, give, pause, stop
from deliberation_app.services.floor_queue import let_rule, move, queue, speakers, unqueue
from deliberation_app.services.meetings import find, mention, require
from deliberation_app.services.moments import by_clock
from deliberation_app.services.work import Work
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.base import new_id
from deliberation_app.storage.floor import FloorState, Statement
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.statements import Prepared

__all__ = [
    "choose_seconds", "edit_note", "extend", "give", "go_to_entry", "let_rule", "move", "no_more", "no_statements",
    "note", "pause", "queue", "speakers", "stop", "strike", "unqueue",
]  # fmt: skip


# Made once: to make a query takes longer than to ask it.
_STATEMENT = Statement.__table__.c
_LAST_POSITION = Prepared(select(func.max(_STATEMENT.position)).where(_STATEMENT.entry_id == bindparam("entry")))
_EDITABLE = {"text", "speaker_id", "side", "answers_id", "promised_by", "dissent", "stance", "at"}


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
    """Put on record what somebody says, who has the floor or not; without a speaker it came without a name."""
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
            seconds=_seconds(state, speaker_id, by_clock(act)), stance=stance, text=text.strip(), side=side,
            answers_id=answers_id, promised_by=promised_by, dissent=dissent or None,
        )  # fmt: skip
        act.add(statement)
        if speaker_id is not None:
            mention(act, meeting_id, "person", [speaker_id])
    return statement.id


def _entry(act: Act, meeting: Meeting, entry_id: uuid.UUID | None) -> AgendaEntry:
    entry: AgendaEntry | None = act.get(AgendaEntry, entry_id) if entry_id is not None else None
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
    last: int | None = _LAST_POSITION.value(act.wire, {"entry": entry_id})
    return 0 if last is None else last + 1


def _seconds(state: FloorState, speaker_id: uuid.UUID | None, now: datetime) -> int | None:
    if speaker_id is None or state.speaker_id != speaker_id or state.began_at is None:
        return None
    return floor_turns.used_seconds(state, now)


def edit_note(work: Work, statement_id: uuid.UUID, **fields: Any) -> None:
    """Correct text, speaker_id, side, answers_id, promised_by, dissent, stance or the time `at` of a statement."""
    with work.act("floor.edit_note") as act:
        statement = act.get_one(Statement, statement_id)
        entry = act.get_one(AgendaEntry, statement.entry_id)
        for name in set(fields) & _EDITABLE:
            setattr(statement, name, fields[name] if fields[name] not in ("", False) else None)
        if not (statement.text or "").strip():
            raise RuleBroken(N_("A statement cannot be empty; strike it instead."))
        meeting = find(act, entry.meeting_id)
        _check_sides(act, meeting, statement.side, statement.answers_id, statement.promised_by)
        _check_answers(act, statement)
        _check_time(meeting, statement.at, act.now)
        if statement.speaker_id is not None:
            mention(act, entry.meeting_id, "person", [statement.speaker_id])


def _check_answers(act: Act, statement: Statement) -> None:
    """A question that has answers stays a question, and nothing answers itself."""
    if statement.answers_id == statement.id:
        raise RuleBroken(N_("A statement does not answer itself; choose another question."))
    if statement.side != "raise" and statement.answers_id is not None:
        answered = act.scalars(select(Statement.id).where(Statement.answers_id == statement.id)).first()
        if answered is not None:
            raise RuleBroken(N_("Others have answered this; it cannot answer something itself."))


def _check_time(meeting: Meeting, at: datetime | None, now: datetime) -> None:
    if at is None:
        return
    end = meeting.closed_at or now
    if at > end or (meeting.opened_at is not None and at < meeting.opened_at.replace(second=0, microsecond=0)):
        raise RuleBroken(N_("At this time the meeting was not in session: check the time. Nothing was changed."))


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
        floor_turns.end_turn(act, meeting_id)
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


def no_more(work: Work, meeting_id: uuid.UUID) -> None:
    """Put on record that the chair asked the others as well and nobody else wished to speak on this entry."""
    with work.act("floor.no_more") as act:
        meeting = find(act, meeting_id)
        require(meeting, "open")
        state = act.get_one(FloorState, meeting_id)
        entry = _entry(act, meeting, state.entry_id)
        if str(entry.id) in (state.heard_out or ()):
            raise RuleBroken(N_("Everybody was asked on this already."))
        state.heard_out = [*(state.heard_out or ()), str(entry.id)]
        position = _next_position(act, entry.id)
        if position:
            act.add(Statement(id=new_id(), entry_id=entry.id, position=position, at=act.now, text=OTHERS_SILENT))
        else:
            entry.no_statements = True
