"""Items as lists show them: the board of five stages, pages, and the figures of each stage."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from deliberation_app.domain import agenda, calendar
from deliberation_app.domain.agenda import STAGES, ItemFacts
from deliberation_app.domain.script import simplify, traditional
from deliberation_app.errors import N_, AppError
from deliberation_app.services.agenda_facts import batches, facts_of
from deliberation_app.services.people_register import name_fits
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem, ItemRaiser, ItemStep
from deliberation_app.storage.people import Person

# An item that stays longer than this in one stage is shown as late.
LATE_DAYS = 60
# A median is taken from the items that moved last: enough for a figure, the same cost for every size of a unit.
_FIGURES_FROM = 100
# Merged, declined and withdrawn items have left the board; they stay in the list.
_ON_BOARD = ("active", "deferred", "handed_up")

Where = tuple[datetime, uuid.UUID]


@dataclass(frozen=True)
class Card:
    """One item as the board and the list show it."""

    id: uuid.UUID
    number: str | None
    title: str
    stage: str
    state: str
    category: str | None
    channel: str | None
    raisers: tuple[str, ...]  # the first names; `raised_by` says how many there are
    raised_by: int
    met: int
    needed: int
    entered_at: datetime | None
    days_in_stage: int
    late: bool
    flag: AppError | None  # sent back, only how, deferred …
    flag_tone: str
    publication: AppError | None  # stands instead of the days: publication day 5, published


@dataclass(frozen=True)
class Column:
    """One stage of the board; `more` says that it holds more cards than are given."""

    stage: str
    count: int
    cards: tuple[Card, ...]
    more: bool


@dataclass(frozen=True)
class Board:
    """The five columns."""

    columns: tuple[Column, ...]

    @property
    def count(self) -> int:
        """All items on the board."""
        return sum(column.count for column in self.columns)


@dataclass(frozen=True)
class Page:
    """One page of the list; `next` goes into `after` for the following page, None at the end."""

    rows: tuple[Card, ...]
    next: Where | None


@dataclass(frozen=True)
class StageFigure:
    """How many items stand at a stage, and the median of whole days that earlier items stayed in it."""

    stage: str
    count: int
    median_days: int | None


def board(work: Work, unit_id: uuid.UUID, *, text: str = "", category: str | None = None, limit: int = 50) -> Board:
    """The board of a unit: those that wait longest first, the shared ones latest first."""
    conditions = [AgendaItem.unit_id == unit_id, _on_board(), *_fitting(text, category)]
    with work.read() as session:
        counts = _counts(session, conditions)
        found: dict[str, list[AgendaItem]] = {}
        for stage in STAGES:
            order = (AgendaItem.entered_at, AgendaItem.id)
            latest_first = (AgendaItem.entered_at.desc(), AgendaItem.id.desc())
            query = select(AgendaItem).where(*conditions, AgendaItem.stage == stage)
            query = query.order_by(*(latest_first if stage == "shared" else order)).limit(limit)
            found[stage] = list(session.scalars(query)) if counts.get(stage) else []
        cards = cards_of(session, [item for items in found.values() for item in items], now=work.clock())
    return Board(tuple(
        Column(stage, counts.get(stage, 0), tuple(cards[item.id] for item in items), counts.get(stage, 0) > len(items))
        for stage, items in found.items()
    ))  # fmt: skip


def page(
    work: Work,
    unit_id: uuid.UUID,
    *,
    text: str = "",
    category: str | None = None,
    stage: str | None = None,
    state: str | None = None,
    after: Where | None = None,
    limit: int = 50,
) -> Page:
    """A page of all items, whatever their state, those that moved last first."""
    conditions = [AgendaItem.unit_id == unit_id, *_fitting(text, category)]
    if state is not None:
        conditions.append(func.coalesce(AgendaItem.state, "active") == state)
    if after is not None:
        entered_at = literal(after[0], AgendaItem.entered_at.type)
        conditions.append(tuple_(AgendaItem.entered_at, AgendaItem.id) < tuple_(entered_at, after[1]))
    with work.read() as session:
        found: list[AgendaItem] = []
        for one in STAGES if stage is None else (stage,):  # stage by stage, since the index begins with the stage
            query = select(AgendaItem).where(*conditions, AgendaItem.stage == one).limit(limit + 1)
            found += session.scalars(query.order_by(AgendaItem.entered_at.desc(), AgendaItem.id.desc()))
        found.sort(key=_moved, reverse=True)
        rows = found[:limit]
        cards = cards_of(session, rows, now=work.clock())
    last = _moved(rows[-1]) if len(found) > limit else None
    return Page(tuple(cards[item.id] for item in rows), last)


def _moved(item: AgendaItem) -> Where:
    return item.entered_at or calendar.instant(date.min + timedelta(days=1)), item.id


def categories(work: Work, unit_id: uuid.UUID) -> list[str]:
    """The categories in use; 照明、经费 counts for both."""
    with work.read() as session:
        query = select(AgendaItem.category).where(AgendaItem.unit_id == unit_id, AgendaItem.category.is_not(None))
        return sorted({part.strip() for told in session.scalars(query.distinct()) for part in (told or "").split("、")})


def counts_by_stage(work: Work, unit_id: uuid.UUID) -> tuple[StageFigure, ...]:
    """The five figures of the stage strip."""
    with work.read() as session:
        return figures(session, unit_id)


def figures(session: Session, unit_id: uuid.UUID) -> tuple[StageFigure, ...]:
    """Counts of the items on the board and median stays, for the strip and the board's head."""
    counts = _counts(session, [AgendaItem.unit_id == unit_id, _on_board()])
    stays = _stays(session, unit_id)
    return tuple(StageFigure(stage, counts.get(stage, 0), _middle(stays.get(stage))) for stage in STAGES)


def _middle(days: list[int] | None) -> int | None:
    """The lower median; the module `statistics` costs the start more than this does."""
    return sorted(days)[(len(days) - 1) // 2] if days else None


def _stays(session: Session, unit_id: uuid.UUID) -> dict[str, list[int]]:
    """Whole days of every stay that has ended; stages in which an item still stands are not counted."""
    latest: list[uuid.UUID] = []
    for stage in STAGES:  # stage by stage, since the index begins with the stage
        query = select(AgendaItem.id).where(AgendaItem.unit_id == unit_id, AgendaItem.stage == stage)
        latest += session.scalars(query.order_by(AgendaItem.entered_at.desc()).limit(_FIGURES_FROM))
    steps: dict[uuid.UUID, list[tuple[str, datetime]]] = {}
    for some in batches(latest):
        history = select(ItemStep.item_id, ItemStep.stage, ItemStep.at).where(ItemStep.item_id.in_(some))
        for item_id, stage, at in session.execute(history.order_by(ItemStep.item_id, ItemStep.position)):
            steps.setdefault(item_id, []).append((stage, at))
    stays: dict[str, list[int]] = {}
    for told in steps.values():
        moves = [step for place, step in enumerate(told) if place == 0 or step[0] != told[place - 1][0]]
        for (stage, entered), (_, left) in pairwise(moves):
            stays.setdefault(stage, []).append(calendar.days_between(entered, left))
    return stays


def _on_board() -> ColumnElement[bool]:
    return or_(AgendaItem.state.is_(None), AgendaItem.state.in_(_ON_BOARD))


def _counts(session: Session, conditions: Iterable[Any]) -> dict[str, int]:
    query = select(AgendaItem.stage, func.count()).where(*conditions).group_by(AgendaItem.stage)
    return dict(session.execute(query).all())


def _fitting(text: str, category: str | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if text.strip():
        conditions.append(item_fits(text.strip()))
    if category:
        conditions.append(AgendaItem.category.contains(category, autoescape=True))
    return conditions


def item_fits(typed: str) -> ColumnElement[bool]:
    """Whether title, number or the name of a raiser fits what was typed, in either script."""
    forms = {typed, simplify(typed), traditional(typed)}
    raiser = select(ItemRaiser.id).join(Person, Person.id == ItemRaiser.person_id)
    raiser = raiser.where(ItemRaiser.item_id == AgendaItem.id, or_(*name_fits(typed))).correlate(AgendaItem)
    return or_(
        *(AgendaItem.title.contains(form, autoescape=True) for form in sorted(forms)),
        AgendaItem.number.contains(typed, autoescape=True),
        raiser.exists(),
    )


def cards_of(
    session: Session, items: Sequence[AgendaItem], *, now: datetime, known: Mapping[uuid.UUID, ItemFacts] | None = None
) -> dict[uuid.UUID, Card]:
    """The cards of these items, in a handful of questions however many they are; `known` facts are not asked again."""
    facts = facts_of(session, items, now=now) if known is None else known
    names = raiser_names(session, [item.id for item in items])
    return {item.id: _card(item, facts[item.id], tuple(names.get(item.id, ())), now) for item in items}


def raiser_names(session: Session, keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    """The names of those who raised each item, in the order in which they stand on the sheet."""
    found: dict[uuid.UUID, list[str]] = {}
    for some in batches(keys):
        query = select(ItemRaiser.item_id, Person.name).join(Person, Person.id == ItemRaiser.person_id)
        for item_id, name in session.execute(query.where(ItemRaiser.item_id.in_(some)).order_by(ItemRaiser.position)):
            found.setdefault(item_id, []).append(name)
    return found


def _card(item: AgendaItem, facts: ItemFacts, names: tuple[str, ...], now: datetime) -> Card:
    met, needed = agenda.progress(facts)
    days = calendar.days_between(item.entered_at, now) if item.entered_at is not None else 0
    flag, tone = _flag(facts)
    late = days > LATE_DAYS and item.stage != "shared"
    return Card(
        item.id, item.number, item.title, item.stage, facts.state, item.category, item.channel, names[:2], len(names),
        met, needed, item.entered_at, days, late, flag, tone, _publication(facts),
    )  # fmt: skip


def _flag(facts: ItemFacts) -> tuple[AppError | None, str]:
    if facts.state != "active":
        return AppError(agenda.STATES[facts.state].name), "text2"
    if facts.since is not None and facts.stage == "discussed":
        return AppError(N_("Sent back")), "warn"
    if not facts.votable and facts.stage in ("raised", "discussed"):
        return AppError(N_("Only how")), "warn"
    return None, "text2"


def _publication(facts: ItemFacts) -> AppError | None:
    if facts.stage not in ("evaluated", "shared") or not facts.outcomes:
        return None
    last = facts.outcomes[-1]
    if last.over(facts.today):
        return AppError(N_("Published"))
    day = calendar.days_between(last.posted_on, facts.today)
    return AppError(N_("Publication day {day}"), day=day) if 0 <= day <= last.days else None
