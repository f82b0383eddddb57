"""Search: anything of a unit by a few characters, for the box that opens with Ctrl K."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from deliberation_app.domain import calendar
from deliberation_app.domain.agenda import STAGES
from deliberation_app.domain.script import simplify, traditional
from deliberation_app.errors import N_, AppError
from deliberation_app.services import people_find
from deliberation_app.services.agenda_board import item_fits
from deliberation_app.services.voices import voice_fits
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.voices import Voice


@dataclass(frozen=True)
class Hit:
    """One thing that was found, and where it is shown."""

    what: str  # person, item, meeting, voice
    id: uuid.UUID
    title: str
    hint: AppError | str
    page: str


def find(work: Work, unit_id: uuid.UUID, text: str, limit: int = 20) -> list[Hit]:
    """People, items, meetings and voices of the unit that fit, each sort with its share of the places."""
    typed = text.strip()
    if not typed:
        return []
    people = [Hit("person", one.id, one.name, one.hint, "people")
              for one in people_find.find(work, unit_id, typed, limit=limit)]  # fmt: skip
    with work.read() as session:
        sorts = [
            people,
            list(_items(session, unit_id, typed, limit)),
            list(_meetings(session, unit_id, typed, limit)),
            list(_voices(session, unit_id, typed, limit)),
        ]
    return _shared_out(sorts, limit)


def _shared_out(sorts: list[list[Hit]], limit: int) -> list[Hit]:
    """As many of each sort as there is room for: places that one sort does not need go to the others."""
    taken = [0] * len(sorts)
    while sum(taken) < limit and any(count < len(hits) for count, hits in zip(taken, sorts, strict=True)):
        for place, hits in enumerate(sorts):
            if taken[place] < len(hits) and sum(taken) < limit:
                taken[place] += 1
    return [hit for count, hits in zip(taken, sorts, strict=True) for hit in hits[:count]]


def _items(session: Session, unit_id: uuid.UUID, typed: str, limit: int) -> Iterator[Hit]:
    query = select(AgendaItem).where(AgendaItem.unit_id == unit_id, item_fits(typed))
    for item in session.scalars(query.order_by(AgendaItem.entered_at.desc(), AgendaItem.id.desc()).limit(limit)):
        hint = AppError(N_("{number} · {stage}"), number=item.number or "", stage=AppError(STAGES[item.stage].name))
        yield Hit("item", item.id, item.title, hint, "agenda")


def _meetings(session: Session, unit_id: uuid.UUID, typed: str, limit: int) -> Iterator[Hit]:
    forms = sorted({typed, simplify(typed), traditional(typed)})
    fits = (column.contains(form, autoescape=True) for column in (Meeting.title, Meeting.number) for form in forms)
    query = select(Meeting).where(Meeting.unit_id == unit_id, or_(*fits))
    for meeting in session.scalars(query.order_by(Meeting.starts_at.desc(), Meeting.id).limit(limit)):
        yield Hit("meeting", meeting.id, meeting.title, calendar.day_of(meeting.starts_at).isoformat(), "meetings")


def _voices(session: Session, unit_id: uuid.UUID, typed: str, limit: int) -> Iterator[Hit]:
    query = select(Voice).where(Voice.unit_id == unit_id, voice_fits(typed))
    for voice in session.scalars(query.order_by(Voice.received_at.desc(), Voice.id.desc()).limit(limit)):
        title = voice.text.strip().partition("\n")[0]
        yield Hit("voice", voice.id, title, voice.number or "", "voices")
