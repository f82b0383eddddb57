"""Statistics of satisfaction: by category, by courtyard and by period, as sums of answers with both rates."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlalchemy import select

from deliberation_app.domain import evaluation
from deliberation_app.domain.evaluation import Rate, Responses
from deliberation_app.services.agenda_facts import line_for, line_of, responses_of
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem, ItemStep
from deliberation_app.storage.evaluation import Evaluation
from deliberation_app.storage.people import Unit

Told = tuple[Evaluation, AgendaItem, Unit]


@dataclass(frozen=True)
class FigureRow:
    """A line of the statistics: so many surveys, the answers added, both rates, how many below their line."""

    name: str
    surveys: int
    responses: Responses
    strict: Rate
    wide: Rate
    below: int


@dataclass(frozen=True)
class Figures:
    """The statistics of one stretch of time."""

    whole: FigureRow
    by_category: tuple[FigureRow, ...]
    by_courtyard: tuple[FigureRow, ...]
    by_period: tuple[FigureRow, ...]
    evaluated: int  # items scored
    sent_back: int  # of these, sent back to be discussed again afterwards


def figures(
    work: Work, unit_id: uuid.UUID, first: date = date.min, last: date = date.max, *, by: str = "quarter"
) -> Figures:
    """Surveys held between two days; `by` is month, quarter or year. Courtyards are all units that this place holds."""
    query = select(Evaluation, AgendaItem, Unit).join(AgendaItem, AgendaItem.id == Evaluation.item_id)
    query = query.join(Unit, Unit.id == AgendaItem.unit_id)
    with work.read() as session:
        found = [
            (survey, item, unit)
            for survey, item, unit in session.execute(query.order_by(Evaluation.held_on, Evaluation.id))
            if first <= survey.held_on <= last
        ]
        own = [told for told in found if told[2].id == unit_id]
        scored = {item.id: survey.held_on for survey, item, _unit in own}
        back = _sent_back(list(session.scalars(select(ItemStep).where(ItemStep.item_id.in_(scored)))))
    return Figures(
        whole=_row("", own),
        by_category=_grouped(own, lambda told: categories(told[1].category)),
        by_courtyard=_grouped(found, lambda told: (told[2].name,)),
        by_period=_grouped(own, lambda told: (period_of(told[0].held_on, by),), in_order=True),
        evaluated=len(scored),
        sent_back=len(back),
    )


def period_of(day: date, by: str) -> str:
    """2026-10, 2026 Q4 or 2026."""
    if by == "month":
        return f"{day:%Y-%m}"
    return f"{day.year} Q{(day.month + 2) // 3}" if by == "quarter" else str(day.year)


def _sent_back(steps: Iterable[ItemStep]) -> set[uuid.UUID]:
    """The items that went from evaluated to discussed."""
    ordered = sorted(steps, key=lambda step: (str(step.item_id), step.position))
    return {
        after.item_id
        for before, after in pairwise(ordered)
        if before.item_id == after.item_id and before.stage in ("decided", "evaluated") and after.stage == "discussed"
    }


def categories(said: str | None) -> tuple[str, ...]:
    """照明、经费 are two: an item of two categories counts for both."""
    return tuple(dict.fromkeys(part.strip() for part in (said or "").split("、") if part.strip())) or ("",)


def _grouped(
    found: Iterable[Told], names: Callable[[Told], tuple[str, ...]], *, in_order: bool = False
) -> tuple[FigureRow, ...]:
    parts: dict[str, list[Told]] = {}
    for told in found:
        for name in names(told):
            parts.setdefault(name, []).append(told)
    rows = [_row(key, part) for key, part in parts.items()]
    return tuple(rows if in_order else sorted(rows, key=lambda row: (-row.responses.valid, row.name)))


def _row(name: str, found: list[Told]) -> FigureRow:
    sums = evaluation.added(*(responses_of(survey) for survey, _item, _unit in found))
    below = 0
    for survey, _item, unit in found:
        line = line_for(survey, line_of(unit))
        below += line is not None and not evaluation.rate(responses_of(survey), line[0]).reaches(line[1], line[2])
    return FigureRow(name, len(found), sums, evaluation.rate(sums), evaluation.rate(sums, "wide"), below)
