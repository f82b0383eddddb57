"""Voices: what people said on the wall, the tree, at the door; each ends as an item or as an answer."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from deliberation_app.domain import voices as rules
from deliberation_app.domain.calendar import day_of
from deliberation_app.domain.script import simplify, traditional
from deliberation_app.errors import N_, NotFound, RuleBroken
from deliberation_app.services.act import Act
from deliberation_app.services.agenda import mention_beside, raise_within
from deliberation_app.services.agenda_item import gone
from deliberation_app.services.people_register import name_fits
from deliberation_app.services.work import Work
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.agenda import AgendaItem, ItemRaiser
from deliberation_app.storage.base import derived_id, new_id
from deliberation_app.storage.people import Household, Person, Unit
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
    state: str  # one of domain.voices.STATES


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
    # What was joined, ordered, handed on or refused does not wait for anybody here.
    ends = (Voice.item_id, Voice.answer, Voice.group_id, Voice.order_id, Voice.refused_at, Voice.handed_at)
    return and_(*(end.is_(None) for end in ends))


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
    **more: Any,
) -> uuid.UUID:
    """Note what somebody said; without a number it gets the next of its year (M2026-019). The answer is its id.

    `more`: said_by and contact of somebody not in the register, category, urgency, room, wish, confidential.
    """
    with work.act("voices.add") as act:
        unit = act.get_one(Unit, unit_id, with_for_update=True)  # two computers never give the same number
        at = received_at or act.now
        if at > act.now:
            raise RuleBroken(N_("The time lies in the future. Nothing was changed."))
        year = at.astimezone(DISPLAY_ZONE).year
        kept = Voice(id=new_id(), unit_id=unit_id, text=_text(text), channel=_channel(channel), person_id=person_id,
                     received_at=at, number=(number or "").strip() or _next_number(act, unit_id, year),
                     received_by=work.user_name or None, clock={"registered": act.now.isoformat()})  # fmt: skip
        _describe(kept, more)
        _place(act, kept)
        kept.due_on = rules.due_on(day_of(at), kept.urgency, unit.settings)
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
    **more: Any,
) -> None:
    """Change what is given and leave the rest; `more` as in add, and due_on."""
    with work.act("voices.edit") as act:
        kept = kept_voice(act, voice_id)
        if text is not _UNSET:
            kept.text = _text(text)
        if channel is not _UNSET:
            kept.channel = _channel(channel)
        if person_id is not _UNSET:
            kept.person_id = person_id
            _place(act, kept)
        before = (kept.received_at, kept.urgency)
        if received_at is not _UNSET:
            if received_at > act.now:
                raise RuleBroken(N_("The time lies in the future. Nothing was changed."))
            kept.received_at = received_at
        _describe(kept, more)
        if "due_on" in more:
            kept.due_on = more["due_on"]
        elif before != (kept.received_at, kept.urgency):
            settings = act.get_one(Unit, kept.unit_id).settings
            kept.due_on = rules.due_on(day_of(kept.received_at), kept.urgency, settings)


def answer(work: Work, voice_id: uuid.UUID, text: str) -> None:
    """Answer a voice without making it an item."""
    if not text.strip():
        raise RuleBroken(N_("Write down what was answered. Nothing was changed."))
    with work.act("voices.answer") as act:
        kept = kept_voice(act, voice_id)
        free_to_end(kept)
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
        kept = kept_voice(act, voice_id)
        if kept.item_id is not None:
            raise RuleBroken(N_("This voice belongs to an item already. Nothing was changed."))
        free_to_end(kept)
        joined = list(
            act.scalars(select(Voice).where(Voice.group_id == voice_id).order_by(Voice.received_at, Voice.id))
        )
        told = "\n".join(_told(one) for one in (kept, *joined))
        raisers = [one.person_id for one in (kept, *joined) if one.person_id is not None]
        if item_id is None:
            head = kept.text.strip().partition("\n")[0]
            item_id = raise_within(
                act, kept.unit_id, title=(title or "").strip() or head[:_TITLE], category=category or kept.category,
                background=told, channel=rules.item_channel(kept.channel), raised_by=raisers,
                raised_at=min(one.received_at for one in (kept, *joined)), votable=votable,
                vital_interest=vital_interest,
            )  # fmt: skip
        else:
            target = act.get(AgendaItem, item_id)
            if target is None or target.unit_id != kept.unit_id:
                raise gone()
            target.background = "\n".join(part for part in (target.background, told) if part)
            carry_over(act, item_id, raisers)
        kept.item_id = item_id
    return item_id


def free_to_end(kept: Voice) -> None:
    """RuleBroken where a voice goes with another one, or was refused: that is taken back first."""
    if kept.group_id is not None:
        raise RuleBroken(N_("It goes with the voice it is joined to: do this there. Nothing was changed."))
    if kept.refused_at is not None:
        raise RuleBroken(N_("It was not accepted: take it up again first. Nothing was changed."))


def carry_over(act: Act, item_id: uuid.UUID, people: Iterable[uuid.UUID]) -> None:
    """Whoever said it is among those who raised the item, each once."""
    known = list(act.scalars(select(ItemRaiser.person_id).where(ItemRaiser.item_id == item_id)))
    fresh = [key for key in dict.fromkeys(people) if key not in known]
    for position, person_id in enumerate(fresh, start=len(known)):
        key = derived_id(item_id, "raiser", position)
        act.add(ItemRaiser(id=key, item_id=item_id, position=position, person_id=person_id))
    mention_beside(act, item_id, "person", fresh)


def voice_fits(typed: str) -> ColumnElement[bool]:
    """Whether the words, the number or the name of a voice fit what was typed, in either script."""
    forms = sorted({typed, simplify(typed), traditional(typed)})
    words = (Voice.text.contains(form, autoescape=True) for form in forms)
    named = select(Person.id).where(Person.id == Voice.person_id, or_(*name_fits(typed))).correlate(Voice).exists()
    said = Voice.said_by.contains(typed, autoescape=True)
    return or_(*words, Voice.number.contains(typed, autoescape=True), said, named)


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
    return VoiceRow(kept, person or "", title or "", number, standing(kept).state)


def standing(kept: Voice) -> rules.Standing:
    """What decides where a voice stands."""
    return rules.Standing(
        refused=kept.refused_at is not None, grouped=kept.group_id is not None, item=kept.item_id is not None,
        order=kept.order_id is not None, answered=kept.answer is not None, handed=kept.handed_at is not None,
    )  # fmt: skip


def _next_number(act: Act, unit_id: uuid.UUID, year: int) -> str:
    head = f"M{year}-"
    numbers = select(Voice.number).where(Voice.unit_id == unit_id, Voice.number.startswith(head, autoescape=True))
    given = (number.removeprefix(head) for number in act.scalars(numbers) if number is not None)
    return f"{head}{max((int(one) for one in given if one.isdecimal()), default=0) + 1:03d}"


def _channel(channel: str | None) -> str | None:
    if channel is not None and channel not in rules.CHANNELS:
        raise RuleBroken(N_("Choose the channel from the list. Nothing was changed."))
    return channel


def _text(text: str) -> str:
    if not text.strip():
        raise RuleBroken(N_("Write down what was said. Nothing was changed."))
    return text.strip()


# What can be said of a voice beside its words, its channel and who said it.
_MORE = ("said_by", "contact", "category", "urgency", "room", "wish", "satisfied", "received_by")


def _describe(kept: Voice, more: Mapping[str, Any]) -> None:
    """Write what is told beside; empty text is nothing."""
    unknown = more.keys() - {*_MORE, "confidential", "due_on"}
    if unknown:
        raise TypeError(f"unknown: {sorted(unknown)}")
    for name in _MORE:
        if name in more:
            setattr(kept, name, str(more[name] or "").strip() or None)
    if "confidential" in more:
        kept.confidential = bool(more["confidential"]) or None


def _place(act: Act, kept: Voice) -> None:
    """Courtyard and grid follow from the home of whoever said it."""
    home = None
    if kept.person_id is not None:
        known = select(Household).join(Person, Person.household_id == Household.id)
        home = act.scalars(known.where(Person.id == kept.person_id)).first()
    kept.courtyard = home.courtyard if home is not None else None
    kept.grid = f"{home.building}{home.entrance or ''}" if home is not None else None


def kept_voice(act: Act, voice_id: uuid.UUID) -> Voice:
    """The voice within an act under way; NotFound where there is none."""
    kept: Voice | None = act.get(Voice, voice_id)
    if kept is None:
        raise _gone()
    return kept


def _gone() -> NotFound:
    return NotFound(N_("This voice is not here any more; perhaps it was taken back on another computer."))
