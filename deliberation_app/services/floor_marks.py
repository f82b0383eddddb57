"""Time marks of a meeting: moments worth finding again in its sound recording."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from deliberation_app.errors import N_, NotFound
from deliberation_app.services.act import Act
from deliberation_app.services.meetings import find, require
from deliberation_app.services.work import Work
from deliberation_app.storage.archive import Enclosure
from deliberation_app.storage.base import new_id
from deliberation_app.storage.floor import FloorState, Mark
from deliberation_app.storage.meetings import AgendaEntry


@dataclass(frozen=True)
class MarkView:
    """A mark with the entry it lies in, and its seconds from the start of the recording."""

    id: uuid.UUID
    at: datetime
    text: str
    entry: str
    offset: int


def mark(work: Work, meeting_id: uuid.UUID, text: str = "", at: datetime | None = None) -> uuid.UUID:
    """Mark this moment, or the one given, with words or without."""
    with work.act("floor.mark") as act:
        require(find(act, meeting_id), "open", "recess")
        state = act.get(FloorState, meeting_id)
        kept = Mark(id=new_id(), meeting_id=meeting_id, entry_id=state.entry_id if state else None, at=at or act.now,
                    text=text.strip() or None)  # fmt: skip
        act.add(kept)
    return kept.id


def edit_mark(work: Work, mark_id: uuid.UUID, text: str) -> None:
    """Give a mark other words."""
    with work.act("floor.edit_mark") as act:
        _kept(act, mark_id).text = text.strip() or None


def drop_mark(work: Work, mark_id: uuid.UUID) -> None:
    """Take a mark out."""
    with work.act("floor.edit_mark") as act:
        act.delete(_kept(act, mark_id))


def _kept(act: Act, mark_id: uuid.UUID) -> Mark:
    found: Mark | None = act.get(Mark, mark_id)
    if found is None:
        raise NotFound(N_("This time mark is not there any more."))
    return found


def marks(work: Work, meeting_id: uuid.UUID) -> tuple[MarkView, ...]:
    """The marks in their order; the recording starts when its file says so, else when the meeting was opened."""
    with work.read() as session:
        meeting = find(session, meeting_id)
        recorded = session.scalars(
            select(Enclosure.taken_at).where(
                Enclosure.about == "meeting", Enclosure.about_id == meeting_id, Enclosure.paper == "audio",
                Enclosure.taken_at.is_not(None), Enclosure.removed_at.is_(None),
            ).order_by(Enclosure.taken_at).limit(1)
        ).first()  # fmt: skip
        start = recorded or meeting.opened_at or meeting.starts_at
        found = session.execute(
            select(Mark, AgendaEntry.title)
            .outerjoin(AgendaEntry, AgendaEntry.id == Mark.entry_id)
            .where(Mark.meeting_id == meeting_id)
            .order_by(Mark.at, Mark.id)
        )
        return tuple(
            MarkView(row.id, row.at, row.text or "", title or "", round((row.at - start).total_seconds()))
            for row, title in found
        )


def day_of(work: Work, meeting_id: uuid.UUID) -> datetime:
    """A moment of the day on which the meeting was held."""
    with work.read() as session:
        meeting = find(session, meeting_id)
        return meeting.opened_at or meeting.starts_at
