"""What was before this moment: what people had said on an item, and the last act done on this computer."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.errors import N_, RuleBroken
from deliberation_app.services import board_acts, undo
from deliberation_app.services.board_acts import Told
from deliberation_app.services.work import Work
from deliberation_app.storage import history
from deliberation_app.storage.accounts import AuditLine, AuditPayload
from deliberation_app.storage.floor import Statement
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.people import Person
from deliberation_app.storage.voices import Voice

_MOST = 100


@dataclass(frozen=True)
class Earlier:
    """Something said on an item before: as a voice, or in an earlier meeting, whose title is then `where`."""

    id: uuid.UUID
    at: datetime | None
    who: str
    text: str
    where: str
    channel: str = ""


def earlier(work: Work, item_id: uuid.UUID, meeting_id: uuid.UUID) -> tuple[Earlier, ...]:
    """What people had said on an item before this meeting, the oldest first."""
    voices = (
        select(Voice, Person.name)
        .outerjoin(Person, Person.id == Voice.person_id)
        .where(Voice.item_id == item_id)
        .order_by(Voice.received_at, Voice.id)
        .limit(_MOST)
    )
    said = (
        select(Statement, Person.name, Meeting.title, Meeting.starts_at)
        .join(AgendaEntry, AgendaEntry.id == Statement.entry_id)
        .join(Meeting, Meeting.id == AgendaEntry.meeting_id)
        .outerjoin(Person, Person.id == Statement.speaker_id)
        .where(AgendaEntry.item_id == item_id, AgendaEntry.meeting_id != meeting_id)
        .order_by(Meeting.starts_at, AgendaEntry.position, Statement.position)
        .limit(_MOST)
    )
    with work.read() as session:
        found = [
            Earlier(voice.id, voice.received_at, name or "", voice.text, "", voice.channel or "")
            for voice, name in session.execute(voices)
        ]
        found += [
            Earlier(row.id, row.at or starts_at, name or "", row.text, title)
            for row, name, title, starts_at in session.execute(said)
        ]
    return tuple(found)


def last_act(work: Work, meeting_id: uuid.UUID) -> tuple[Told, datetime] | None:
    """What this person did last on this computer, and when, if it may be taken back in this meeting."""
    query = (
        select(AuditLine, AuditPayload.rows)
        .outerjoin(AuditPayload, AuditPayload.line_id == AuditLine.id)
        .where(AuditLine.user_id == work.user_id, AuditLine.computer == work.computer)
        .order_by(AuditLine.id.desc())
        .limit(1)
    )
    with work.read() as session:
        found = session.execute(query).first()
        if found is None or found[0].act == "undo" or found[1] is None:
            return None
        line, payload = found[0], history.unpack(found[1])
        here = of_meeting(session, meeting_id, payload) and not _calls(meeting_id, payload)
        return (board_acts.told(session, line), line.at) if here else None


def overtaken(work: Work, line: int | None) -> bool:
    """Whether this person has done something on this computer after the act with this line of the log."""
    query = (
        select(AuditLine.id)
        .where(AuditLine.user_id == work.user_id, AuditLine.computer == work.computer)
        .order_by(AuditLine.id.desc())
        .limit(1)
    )
    with work.read() as session:
        return session.scalar(query) != line


def next_undo(work: Work, meeting_id: uuid.UUID) -> tuple[Told, datetime] | None:
    """The act that is taken back next, and when it was done; None where it is none of this meeting."""
    with work.read() as session:
        line = undo.top(session, work.user_id, work.computer)
        stored = session.get(AuditPayload, line.id) if line is not None else None
        if line is None or stored is None or stored.rows is None:
            return None
        payload = history.unpack(stored.rows)
        if not of_meeting(session, meeting_id, payload) or _calls(meeting_id, payload):
            return None
        return board_acts.told(session, line), line.at


def of_meeting(session: Session, meeting_id: uuid.UUID, payload: history.Payload) -> bool:
    """Whether something of this meeting was changed: its own rows, or those of its agenda."""
    here = {str(key) for key in session.scalars(select(AgendaEntry.id).where(AgendaEntry.meeting_id == meeting_id))}
    here.add(str(meeting_id))
    rows = ({"id": one.id, **(one.before or {}), **(one.after or {})} for one in payload.changes)
    return any(str(row.get(name)) in here for row in rows for name in ("id", "meeting_id", "entry_id"))


class OnlyThis:
    """What a live meeting may take back: its own acts, and never that it was called at all.

    `told` is then what the act was about.
    """

    def __init__(self, meeting_id: uuid.UUID) -> None:
        self._meeting_id = meeting_id
        self.told: Told | None = None

    def __call__(self, session: Session, line: AuditLine) -> None:
        """Refuse an act that is none of this meeting's."""
        stored = session.get(AuditPayload, line.id)
        payload = history.unpack(stored.rows) if stored is not None and stored.rows is not None else None
        if payload is None or payload.big or not of_meeting(session, self._meeting_id, payload):
            raise RuleBroken(
                N_(
                    "Your last step on this computer was not one of this meeting: take it back where it was done. "
                    "Nothing was changed."
                )
            )
        if _calls(self._meeting_id, payload):
            raise RuleBroken(N_("Nothing has been done in this meeting yet, so there is nothing to take back here."))
        self.told = board_acts.told(session, line)


def _calls(meeting_id: uuid.UUID, payload: history.Payload) -> bool:
    """Whether the meeting came, or went, by this act."""
    return any(
        one.id == meeting_id and one.table == Meeting.__tablename__ and None in (one.before, one.after)
        for one in payload.changes
    )
