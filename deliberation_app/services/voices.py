"""Voices: what people said on the wall, the tree, at the door; each ends as an item or as an answer."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from deliberation_app.domain import agenda
from deliberation_app.domain.script import simplify, traditional
from deliberation_app.errors import N_, NotFound, RuleBroken
from deliberation_app.services.act import Act
from deliberation_app.services.agenda import raise_within
from deliberation_app.services.agenda_item import gone
from deliberation_app.services.people_register import name_fits
from deliberation_app.services.work import Work
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.base import new_id
from deliberation_app.storage.people import Person, Unit
from deliberation_app.storage.voices import Voice

_UNSET: Any = object()
# How much of a voice makes the title of an item when nobody gives one.
_TITLE = 60

Where = tuple[datetime, uuid.UUID]


@dataclass(frozen=True)
class VoiceRow:
    """A voice as lists show it."""

    voice: Voice
    person: str  # empty where it came without a name
    item_title: str
    item_number: str | None
    state: str  # open, item, answered


@dataclass(frozen=True)
class Page:
    """One page of voices; `next` goes into `after` for the following page, None at the end."""

    rows: tuple[VoiceRow, ...]
    next: Where | None


@dataclass(frozen=True)
class Counts:
    """How many voices wait, became items, were answered."""

    open: int
    item: int
    answered: int


def _state(name: str) -> ColumnElement[bool]:
    if name == "item":
        return Voice.item_id.is_not(None)
    if name == "answered":
        return and_(Voice.item_id.is_(None), Voice.answer.is_not(None))
    return and_(Voice.item_id.is_(None), Voice.answer.is_(None))


def page(
    work: Work,
    unit_id: uuid.UUID,
    *,
    text: str = "",
    channel: str | None = None,
    state: str | None = None,
    after: Where | None = None,
    limit: int = 50,
) -> Page:
    """A page of the unit's voices, the latest first; `state` is open, item or answered."""
    query = _voices(unit_id).order_by(Voice.received_at.desc(), Voice.id.desc()).limit(limit + 1)
    if text.strip():
        query = query.where(voice_fits(text.strip()))
    if channel is not None:
        query = query.where(Voice.channel == channel)
    if state is not None:
        query = query.where(_state(state))
    if after is not None:
        at = literal(after[0], Voice.received_at.type)
        query = query.where(tuple_(Voice.received_at, Voice.id) < tuple_(at, literal(after[1])))
    with work.read() as session:
        found = [_row(*row) for row in session.execute(query)]
    last = found[limit - 1].voice if len(found) > limit else None
    return Page(tuple(found[:limit]), None if last is None else (last.received_at, last.id))


def counts(work: Work, unit_id: uuid.UUID) -> Counts:
    """The figures above the list."""
    with work.read() as session:
        return counted(session, unit_id)


def counted(session: Session, unit_id: uuid.UUID) -> Counts:
    """See counts; within a session under way."""
    numbers = (func.count().filter(_state(state)) for state in ("open", "item", "answered"))
    row = session.execute(select(*numbers).where(Voice.unit_id == unit_id)).one()
    return Counts(row[0], row[1], row[2])


def waiting(session: Session, unit_id: uuid.UUID, *, limit: int = 3) -> list[Voice]:
    """The voices that wait longest."""
    query = select(Voice).where(Voice.unit_id == unit_id, _state("open"))
    return list(session.scalars(query.order_by(Voice.received_at, Voice.id).limit(limit)))


def voice(work: Work, voice_id: uuid.UUID) -> VoiceRow:
    """One voice; NotFound where there is none."""
    with work.read() as session:
        unit_id = session.scalar(select(Voice.unit_id).where(Voice.id == voice_id))
        if unit_id is None:
            raise _gone()
        return _row(*session.execute(_voices(unit_id).where(Voice.id == voice_id)).one())


def add(
    work: Work,
    unit_id: uuid.UUID,
    *,
    text: str,
    channel: str | None = None,
    person_id: uuid.UUID | None = None,
    received_at: datetime | None = None,
    number: str | None = None,
) -> uuid.UUID:
    """Note what somebody said; without a number it gets the next of its year (M2026-019). The answer is its id."""
    with work.act("voices.add") as act:
        act.get_one(Unit, unit_id, with_for_update=True)  # two computers never give the same number
        at = received_at or act.now
        if at > act.now:
            raise RuleBroken(N_("The time lies in the future. Nothing was changed."))
        year = at.astimezone(DISPLAY_ZONE).year
        kept = Voice(id=new_id(), unit_id=unit_id, text=_text(text), channel=_channel(channel), person_id=person_id,
                     received_at=at, number=(number or "").strip() or _next_number(act, unit_id, year))  # fmt: skip
        act.add(kept)
    return kept.id


def edit(
    work: Work,
    voice_id: uuid.UUID,
    *,
    text: str = _UNSET,
    channel: str | None = _UNSET,
    person_id: uuid.UUID | None = _UNSET,
    received_at: datetime = _UNSET,
) -> None:
    """Change what is given and leave the rest."""
    with work.act("voices.edit") as act:
        kept = _kept(act, voice_id)
        if text is not _UNSET:
            kept.text = _text(text)
        if channel is not _UNSET:
            kept.channel = _channel(channel)
        if person_id is not _UNSET:
            kept.person_id = person_id
        if received_at is not _UNSET:
            kept.received_at = received_at


def answer(work: Work, voice_id: uuid.UUID, text: str) -> None:
    """Answer a voice without making it an item."""
    if not text.strip():
        raise RuleBroken(N_("Write down what was answered. Nothing was changed."))
    with work.act("voices.answer") as act:
        kept = _kept(act, voice_id)
        kept.answer, kept.answered_at = text.strip(), act.now


def to_item(
    work: Work,
    voice_id: uuid.UUID,
    *,
    item_id: uuid.UUID | None = None,
    title: str | None = None,
    category: str | None = None,
    votable: bool | None = None,
    vital_interest: bool | None = None,
) -> uuid.UUID:
    """Make a voice a new item, or add it to the item given; the answer is the item's id."""
    with work.act("voices.to_item") as act:
        kept = _kept(act, voice_id)
        if kept.item_id is not None:
            raise RuleBroken(N_("This voice belongs to an item already. Nothing was changed."))
        if item_id is None:
            head = kept.text.strip().partition("\n")[0]
            raisers = [kept.person_id] if kept.person_id is not None else []
            item_id = raise_within(
                act, kept.unit_id, title=(title or "").strip() or head[:_TITLE], category=category,
                background=_told(kept), channel=kept.channel or "other", raised_by=raisers,
                raised_at=kept.received_at, votable=votable, vital_interest=vital_interest,
            )  # fmt: skip
        else:
            target = act.get(AgendaItem, item_id)
            if target is None or target.unit_id != kept.unit_id:
                raise gone()
            target.background = "\n".join(part for part in (target.background, _told(kept)) if part)
        kept.item_id = item_id
    return item_id


def voice_fits(typed: str) -> ColumnElement[bool]:
    """Whether the words, the number or the name of a voice fit what was typed, in either script."""
    forms = sorted({typed, simplify(typed), traditional(typed)})
    words = (Voice.text.contains(form, autoescape=True) for form in forms)
    named = select(Person.id).where(Person.id == Voice.person_id, or_(*name_fits(typed))).correlate(Voice).exists()
    return or_(*words, Voice.number.contains(typed, autoescape=True), named)


def _told(kept: Voice) -> str:
    """How a voice stands in the background of its item: number and words (M2026-004：路灯坏了三盏)."""
    return f"{kept.number}：{kept.text}" if kept.number else kept.text


def _voices(unit_id: uuid.UUID) -> Any:
    return (
        select(Voice, Person.name, AgendaItem.title, AgendaItem.number)
        .outerjoin(Person, Person.id == Voice.person_id)
        .outerjoin(AgendaItem, AgendaItem.id == Voice.item_id)
        .where(Voice.unit_id == unit_id)
    )


def _row(kept: Voice, person: str | None, title: str | None, number: str | None) -> VoiceRow:
    state = "item" if kept.item_id is not None else "answered" if kept.answer is not None else "open"
    return VoiceRow(kept, person or "", title or "", number, state)


def _next_number(act: Act, unit_id: uuid.UUID, year: int) -> str:
    head = f"M{year}-"
    numbers = select(Voice.number).where(Voice.unit_id == unit_id, Voice.number.startswith(head, autoescape=True))
    given = (number.removeprefix(head) for number in act.scalars(numbers) if number is not None)
    return f"{head}{max((int(one) for one in given if one.isdecimal()), default=0) + 1:03d}"


def _channel(channel: str | None) -> str | None:
    if channel is not None and channel not in agenda.CHANNELS:
        raise RuleBroken(N_("Choose the channel from the list. Nothing was changed."))
    return channel


def _text(text: str) -> str:
    if not text.strip():
        raise RuleBroken(N_("Write down what was said. Nothing was changed."))
    return text.strip()


def _kept(act: Act, voice_id: uuid.UUID) -> Voice:
    kept = act.get(Voice, voice_id)
    if kept is None:
        raise _gone()
    return kept


def _gone() -> NotFound:
    return NotFound(N_("This voice is not here any more; perhaps it was taken back on another computer."))
