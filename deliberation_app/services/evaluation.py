"""Evaluation: how satisfied the residents were, counted, rated with the formula, held against the unit's line."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import literal, or_, select, tuple_
from sqlalchemy.orm import Session

from deliberation_app.domain import calendar, evaluation
from deliberation_app.domain.evaluation import Rate, Responses
from deliberation_app.errors import N_, AppError, NotFound, RuleBroken
from deliberation_app.services.act import Act
from deliberation_app.services.agenda_facts import facts_of, line_for, line_of, responses_of
from deliberation_app.services.agenda_item import gone
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.base import new_id
from deliberation_app.storage.evaluation import Evaluation
from deliberation_app.storage.people import Unit
from deliberation_app.storage.tasks import Task

Where = tuple[date, uuid.UUID]


@dataclass(frozen=True)
class SurveyRow:
    """A survey with its figures."""

    survey: Evaluation
    item_title: str
    item_number: str | None
    responses: Responses
    strict: Rate
    wide: Rate
    below_line: bool  # the unit has set a line and this survey did not reach it
    line: tuple[evaluation.Basis, int, int] | None = None  # the line it is held against
    stage: str = ""  # where the item stands now


@dataclass(frozen=True)
class Page:
    """One page of surveys; `next` goes into `after` for the following page, None at the end."""

    rows: tuple[SurveyRow, ...]
    next: Where | None


@dataclass(frozen=True)
class Waiting:
    """A decided item whose tasks are all closed and which the residents have not scored yet."""

    item_id: uuid.UUID
    title: str
    number: str | None
    tasks: int


def page(work: Work, unit_id: uuid.UUID, *, after: Where | None = None, limit: int = 50) -> Page:
    """A page of the unit's surveys, the latest first."""
    query = select(Evaluation, AgendaItem).join(AgendaItem, AgendaItem.id == Evaluation.item_id)
    query = query.where(AgendaItem.unit_id == unit_id)
    if after is not None:
        day, key = after
        query = query.where(tuple_(Evaluation.held_on, Evaluation.id) < tuple_(literal(day), literal(key)))
    with work.read() as session:
        line = line_of(session.get(Unit, unit_id))
        query = query.order_by(Evaluation.held_on.desc(), Evaluation.id.desc()).limit(limit + 1)
        found = [_row(survey, item, line) for survey, item in session.execute(query)]
    last = found[limit - 1].survey if len(found) > limit else None
    return Page(tuple(found[:limit]), None if last is None else (last.held_on, last.id))


def survey(work: Work, survey_id: uuid.UUID) -> SurveyRow:
    """One survey with its figures; NotFound where there is none."""
    with work.read() as session:
        kept = session.get(Evaluation, survey_id)
        if kept is None:
            raise _gone()
        item = session.get_one(AgendaItem, kept.item_id)
        return _row(kept, item, line_of(session.get(Unit, item.unit_id)))


def waiting(work: Work, unit_id: uuid.UUID) -> list[Waiting]:
    """The items that wait for their survey, those that wait longest first."""
    with work.read() as session:
        return unscored(session, unit_id, now=work.clock())


def unscored(session: Session, unit_id: uuid.UUID, *, now: datetime, limit: int = 200) -> list[Waiting]:
    """See waiting; within a session under way."""
    with_tasks = select(Task.item_id).where(Task.item_id == AgendaItem.id).exists()
    query = select(AgendaItem).where(
        AgendaItem.unit_id == unit_id, AgendaItem.stage == "decided", with_tasks,
        or_(AgendaItem.state.is_(None), AgendaItem.state == "active"),
    )  # fmt: skip
    items = list(session.scalars(query.order_by(AgendaItem.entered_at, AgendaItem.id).limit(limit)))
    facts = facts_of(session, items, now=now)
    return [
        Waiting(item.id, item.title, item.number, facts[item.id].closed_tasks)
        for item in items
        if facts[item.id].open_tasks == 0 and not facts[item.id].surveys
    ]


def add(
    work: Work,
    item_id: uuid.UUID,
    *,
    held_on: date,
    responses: Responses,
    invited: int | None = None,
    comments: Sequence[str] = (),
    evidence: Sequence[str] = (),
) -> uuid.UUID:
    """Enter a survey; refused when the numbers do not add up. The answer is its id."""
    with work.act("evaluation.add") as act:
        if act.get(AgendaItem, item_id) is None:
            raise gone()
        kept = Evaluation(id=new_id(), item_id=item_id)
        line = line_of(act.get(Unit, act.get_one(AgendaItem, item_id).unit_id))
        kept.line = told_line(line)
        write(act, kept, held_on, responses, invited, comments, evidence)
        act.add(kept)
    return kept.id


def edit(
    work: Work,
    survey_id: uuid.UUID,
    *,
    held_on: date,
    responses: Responses,
    invited: int | None = None,
    comments: Sequence[str] = (),
    evidence: Sequence[str] = (),
) -> None:
    """Write a survey anew; refused when the numbers do not add up."""
    with work.act("evaluation.edit") as act:
        kept = act.get(Evaluation, survey_id)
        if kept is None:
            raise _gone()
        write(act, kept, held_on, responses, invited, comments, evidence)


def told_line(line: tuple[evaluation.Basis, int, int] | None) -> dict[str, Any]:
    """A line as a survey keeps it, empty where the unit has none."""
    return {} if line is None else {"basis": line[0], "numerator": line[1], "denominator": line[2]}


def write(
    act: Act, kept: Evaluation, held_on: date, responses: Responses, invited: int | None, comments: Sequence[str],
    evidence: Sequence[str] = (),
) -> None:  # fmt: skip
    """Fill a counted survey; RuleBroken with everything that does not add up."""
    faults = (*_counting(act, held_on, responses, invited), *evaluation.faults(responses, invited))
    if faults:
        raise RuleBroken(N_("The survey does not add up. What was entered is still there; nothing was saved."),
                         reasons=faults)  # fmt: skip
    kept.held_on, kept.invited = held_on, invited
    kept.responses = {name: getattr(responses, name) for name in evaluation.ANSWERS}
    if responses.invalid:
        kept.responses = {**kept.responses, "invalid": responses.invalid}
    kept.comments = [line.strip() for line in comments if line.strip()] or None
    kept.evidence = [line.strip() for line in evidence if line.strip()] or None


def _counting(act: Act, held_on: date, responses: Responses, invited: int | None) -> tuple[AppError, ...]:
    found = []
    if held_on > calendar.day_of(act.now):
        found.append(AppError(N_("The day of the survey lies in the future.")))
    if min(invited or 0, responses.invalid, *(getattr(responses, name) for name in evaluation.ANSWERS)) < 0:
        found.append(AppError(N_("A number of forms cannot be below 0.")))
    if responses.returned == 0:
        found.append(AppError(N_("No form came back: enter the survey when there is something to count.")))
    return tuple(found)


def _row(kept: Evaluation, item: AgendaItem, line: tuple[evaluation.Basis, int, int] | None) -> SurveyRow:
    answers, line = responses_of(kept), line_for(kept, line)
    below = line is not None and not evaluation.rate(answers, line[0]).reaches(line[1], line[2])
    strict, wide = evaluation.rate(answers), evaluation.rate(answers, "wide")
    return SurveyRow(kept, item.title, item.number, answers, strict, wide, below, line, item.stage)


def _gone() -> NotFound:
    return NotFound(N_("This survey is not here any more; perhaps it was taken back on another computer."))
