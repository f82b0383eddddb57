"""Voices as the page lists them: filtered by where they stand, with what is late and whom to tell; and one whole."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, true, tuple_
from sqlalchemy.orm import Session, aliased

from deliberation_app.domain import calendar
from deliberation_app.domain import voices as rules
from deliberation_app.domain.voices_like import index_of
from deliberation_app.errors import N_, NotFound
from deliberation_app.services.voices import Where, standing, voice_fits
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.archive import Enclosure
from deliberation_app.storage.people import Person
from deliberation_app.storage.voices import ServiceOrder, Voice

# Among so many of the open voices like ones are looked for.
_MOST_LIKE = 2000
_HEAD = aliased(Voice)
_ASKED = aliased(Person)


@dataclass(frozen=True)
class VoiceCard:
    """A voice as lists show it."""

    voice: Voice
    who: str  # empty where it came without a name
    state: str  # one of domain.voices.STATES
    late_days: int
    told: bool
    item_title: str
    item_number: str
    order_number: str
    head_number: str
    handed_to: str

    @property
    def to_tell(self) -> bool:
        """Whether it has its answer and whoever said it does not know yet."""
        return self.state in rules.ENDED and self.state != "grouped" and not self.told


@dataclass(frozen=True)
class Page:
    """One page of voices; `next` goes into `after` for the following page, None at the end."""

    rows: tuple[VoiceCard, ...]
    next: Where | None


@dataclass(frozen=True)
class LikeVoice:
    """Another open voice that is like this one, and the words in common."""

    card: VoiceCard
    words: tuple[str, ...]


@dataclass(frozen=True)
class VoiceView:
    """One voice whole: those joined to it, those like it, its clock, and its pictures."""

    card: VoiceCard
    joined: tuple[VoiceCard, ...]
    like: tuple[LikeVoice, ...]
    clock: Mapping[str, datetime]
    pictures: int


def filters(today: date) -> dict[str, ColumnElement[bool]]:
    """What the list can be narrowed to, by name."""
    none_of = (Voice.refused_at, Voice.group_id, Voice.item_id, Voice.order_id, Voice.answer)
    running = and_(*(one.is_(None) for one in none_of))
    past = or_(
        and_(Voice.handed_at.is_(None), Voice.due_on < today),
        and_(Voice.handed_at.is_not(None), Voice.handed_due < today),
    )
    ungrouped = Voice.group_id.is_(None)
    accepted = and_(Voice.refused_at.is_(None), ungrouped)
    free = and_(accepted, Voice.item_id.is_(None))
    return {
        "all": true(),
        "open": and_(running, Voice.handed_at.is_(None)),
        "late": and_(running, past),
        "handed": and_(running, Voice.handed_at.is_not(None)),
        "tell": and_(ungrouped, Voice.told_at.is_(None), or_(*(one.is_not(None) for one in none_of))),
        "item": and_(accepted, Voice.item_id.is_not(None)),
        "order": and_(free, Voice.order_id.is_not(None)),
        "answered": and_(free, Voice.order_id.is_(None), Voice.answer.is_not(None)),
        "grouped": and_(Voice.refused_at.is_(None), Voice.group_id.is_not(None)),
        "refused": Voice.refused_at.is_not(None),
    }  # fmt: skip


def page(
    work: Work,
    unit_id: uuid.UUID,
    *,
    text: str = "",
    channel: str | None = None,
    only: str = "all",
    after: Where | None = None,
    limit: int = 50,
) -> Page:
    """A page of the unit's voices, the latest first; `only` is one of filters."""
    today = calendar.day_of(work.clock())
    query = _cards(unit_id).where(filters(today)[only]).order_by(Voice.received_at.desc(), Voice.id.desc())
    if text.strip():
        query = query.where(voice_fits(text.strip()))
    if channel:
        query = query.where(Voice.channel == channel)
    if after is not None:
        at = literal(after[0], Voice.received_at.type)
        query = query.where(tuple_(Voice.received_at, Voice.id) < tuple_(at, literal(after[1])))
    with work.read() as session:
        found = [_card(today, *row) for row in session.execute(query.limit(limit + 1))]
    last = found[limit - 1].voice if len(found) > limit else None
    return Page(tuple(found[:limit]), None if last is None else (last.received_at, last.id))


def counts(work: Work, unit_id: uuid.UUID) -> dict[str, int]:
    """How many voices each filter would show."""
    wanted = filters(calendar.day_of(work.clock()))
    with work.read() as session:
        sums = (func.count().filter(one) for one in wanted.values())
        row = session.execute(select(*sums).where(Voice.unit_id == unit_id)).one()
    return dict(zip(wanted, row, strict=True))


def categories(work: Work, unit_id: uuid.UUID) -> list[str]:
    """The categories that voices of the unit have been given, and those of its items."""
    query = select(Voice.category).where(Voice.unit_id == unit_id, Voice.category.is_not(None)).distinct()
    items = (
        select(AgendaItem.category).where(AgendaItem.unit_id == unit_id, AgendaItem.category.is_not(None)).distinct()
    )
    with work.read() as session:
        return sorted({name for one in (query, items) for name in session.scalars(one) if name})


def voice(work: Work, voice_id: uuid.UUID) -> VoiceView:
    """One voice with everything around it; NotFound where there is none."""
    today = calendar.day_of(work.clock())
    with work.read() as session:
        unit_id = session.scalar(select(Voice.unit_id).where(Voice.id == voice_id))
        if unit_id is None:
            raise NotFound(N_("This voice is not here any more; perhaps it was taken back on another computer."))
        cards = _cards(unit_id)
        card = _card(today, *session.execute(cards.where(Voice.id == voice_id)).one())
        joined = session.execute(cards.where(Voice.group_id == voice_id).order_by(Voice.received_at, Voice.id))
        members = tuple(_card(today, *row) for row in joined)
        pictures = select(func.count()).where(
            Enclosure.about == "voice", Enclosure.about_id == voice_id, Enclosure.removed_at.is_(None)
        )
        kept, near = card.voice, _like(session, card, today)
        return VoiceView(card, members, near, clock_of(kept), session.scalar(pictures) or 0)


def _like(session: Session, card: VoiceCard, today: date) -> tuple[LikeVoice, ...]:
    """Open voices of the unit, and those that are items already, whose words are like these."""
    if card.state not in ("open", "handed"):
        return ()
    kept = card.voice
    wanted = filters(today)
    joinable = or_(wanted["open"], wanted["handed"], and_(wanted["item"], Voice.told_at.is_(None)))
    query = select(Voice.id, Voice.text).where(Voice.unit_id == kept.unit_id, joinable)
    rows = session.execute(query.order_by(Voice.received_at.desc(), Voice.id).limit(_MOST_LIKE))
    texts = {str(key): text for key, text in rows} | {str(kept.id): kept.text}
    near = index_of(tuple(sorted(texts.items()))).like(str(kept.id))
    keys = [uuid.UUID(one.key) for one in near]
    found = session.execute(_cards(kept.unit_id).where(Voice.id.in_(keys)))
    by_id = {row[0].id: _card(today, *row) for row in found}
    return tuple(LikeVoice(by_id[uuid.UUID(one.key)], one.words) for one in near if uuid.UUID(one.key) in by_id)


def clock_of(kept: Voice) -> dict[str, datetime]:
    """When each step of the red express was taken, in the order of the steps."""
    noted = {name: datetime.fromisoformat(when) for name, when in (kept.clock or {}).items()}
    told = {"received": kept.received_at, "dispatched": kept.handed_at, "fed_back": kept.told_at,
            "closed": kept.told_at}  # fmt: skip
    known = noted | {name: at for name, at in told.items() if at is not None}
    return {name: known[name] for name in rules.STEPS if name in known}


def _cards(unit_id: uuid.UUID) -> Any:
    return (
        select(Voice, Person.name, AgendaItem.title, AgendaItem.number, ServiceOrder.number, _HEAD.number, _ASKED.name)
        .outerjoin(Person, Person.id == Voice.person_id)
        .outerjoin(AgendaItem, AgendaItem.id == Voice.item_id)
        .outerjoin(ServiceOrder, ServiceOrder.id == Voice.order_id)
        .outerjoin(_HEAD, _HEAD.id == Voice.group_id)
        .outerjoin(_ASKED, _ASKED.id == Voice.handed_person_id)
        .where(Voice.unit_id == unit_id)
    )


def _card(today: date, kept: Voice, person: str | None, *names: str | None) -> VoiceCard:
    title, item, order, head, asked = (name or "" for name in names)
    state = standing(kept).state
    handed = "，".join(one for one in (kept.handed_to or "", asked) if one)
    return VoiceCard(
        kept, person or kept.said_by or "", state, rules.late(state, kept.due_on, kept.handed_due, today),
        kept.told_at is not None, title, item, order, head, handed,
    )  # fmt: skip


def waiting(counted: Mapping[str, int], more: Iterable[int] = ()) -> int:
    """What waits for somebody here: to be dealt with, to be told, and what else is counted."""
    return counted["open"] + counted["tell"] + sum(more)
