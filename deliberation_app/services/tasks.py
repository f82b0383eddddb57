"""Tasks: who does what by when after a resolution, until it is done with its evidence or dropped with a reason."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import case, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from deliberation_app.domain import calendar, tasks
from deliberation_app.domain.script import simplify, traditional
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.services.act import Act
from deliberation_app.services.agenda import mention_beside
from deliberation_app.services.agenda_item import gone as item_gone
from deliberation_app.services.tasks_close import accept, done, drop, reopen
from deliberation_app.services.tasks_rows import (
    FILTERS,
    TaskRow,
    all_tasks,
    evidence_of,
    gone,
    is_open,
    item_active,
    kept_task,
    of_unit,
    row_of,
    text_or_none,
)
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.base import new_id
from deliberation_app.storage.people import Person
from deliberation_app.storage.tasks import Task

# Where a task without a date stands among those with one: last.
_NEVER = date(9999, 12, 31)
_UNSET: Any = object()

__all__ = [
    "Counts", "Page", "TaskRow", "accept", "add", "counts", "done", "drop", "edit", "page", "reopen", "row", "task",
    "waiting",
]  # fmt: skip

Where = tuple[int, date, uuid.UUID]
Owner = uuid.UUID | str


@dataclass(frozen=True)
class Page:
    """One page of the list; `next` goes into `after` for the following page, None at the end."""

    rows: tuple[TaskRow, ...]
    next: Where | None


@dataclass(frozen=True)
class Counts:
    """How many tasks stand how."""

    overdue: int
    due_soon: int
    open: int  # all that are open, those before included
    done: int
    dropped: int
    week: int = 0  # due until Sunday, the overdue not among them
    to_accept: int = 0  # done and not accepted yet


def page(
    work: Work,
    unit_id: uuid.UUID,
    *,
    text: str = "",
    state: str | None = None,
    only: str | None = None,
    item_id: uuid.UUID | None = None,
    owner: Owner | None = None,
    after: Where | None = None,
    limit: int = 50,
) -> Page:
    """A page of the unit's tasks: the open ones by their date, so that the overdue come first, then the closed ones.

    `only` is one of FILTERS, `owner` a person's id or the name of a unit that is responsible.
    """
    today = calendar.day_of(work.clock())
    closed = case((is_open(), 0), else_=1)
    due = func.coalesce(Task.due, literal(_NEVER))
    query = of_unit(unit_id, closed, due).order_by(closed, due, Task.id).limit(limit + 1)
    if text.strip():
        query = query.where(_says(text.strip()))
    if state is not None:
        query = query.where(func.coalesce(Task.state, "open") == state)
    if only is not None:
        query = query.where(FILTERS[only](today))
    if item_id is not None:
        query = query.where(Task.item_id == item_id)
    if owner is not None:
        query = query.where(Task.owner_unit == owner if isinstance(owner, str) else Task.owner_id == owner)
    if after is not None:
        query = query.where(tuple_(closed, due, Task.id) > tuple_(*(literal(value) for value in after)))
    with work.read() as session:
        found = list(session.execute(query))
    more = None
    if len(found) > limit:
        last = found[limit - 1]
        more = (last[5], last[6], last[0].id)
    rows = (row_of(told, today) for told in found[:limit])
    return Page(tuple(rows), more)


def _says(text: str) -> Any:
    """The condition that task, unit, person or item say this, in Simplified or Traditional."""
    forms = sorted({text, simplify(text), traditional(text)})
    columns = (Task.title, Task.owner_unit, Person.name, AgendaItem.title)
    return or_(*(column.contains(form, autoescape=True) for column in columns for form in forms))


def counts(work: Work, unit_id: uuid.UUID) -> Counts:
    """The figures above the list."""
    today = calendar.day_of(work.clock())
    soon = today + timedelta(days=tasks.SOON_DAYS)
    query = select(
        func.count().filter(is_open(), Task.due < today),
        func.count().filter(is_open(), Task.due >= today, Task.due <= soon),
        func.count().filter(is_open()),
        func.count().filter(Task.state == "done"),
        func.count().filter(Task.state == "dropped"),
        func.count().filter(FILTERS["week"](today)),
        func.count().filter(FILTERS["accept"](today)),
    )
    with work.read() as session:
        query = query.join(AgendaItem, AgendaItem.id == Task.item_id).where(AgendaItem.unit_id == unit_id)
        return Counts(*session.execute(query).one())


def waiting(session: Session, unit_id: uuid.UUID, today: date, *, until: date, limit: int = 50) -> list[TaskRow]:
    """The open tasks whose date has passed or comes before `until`, the most overdue first."""
    query = of_unit(unit_id).where(is_open(), Task.due <= until, item_active())
    found = session.execute(query.order_by(Task.due, Task.id).limit(limit))
    return [row_of(told, today) for told in found]


def row(work: Work, task_id: uuid.UUID) -> TaskRow:
    """One task as the list shows it; NotFound where there is none."""
    today = calendar.day_of(work.clock())
    with work.read() as session:
        found = session.execute(all_tasks().where(Task.id == task_id)).first()
    if found is None:
        raise gone()
    return row_of(found, today)


def task(work: Work, task_id: uuid.UUID) -> Task:
    """One task; NotFound where there is none."""
    with work.read() as session:
        found = session.get(Task, task_id)
    if found is None:
        raise gone()
    return found


def add(
    work: Work,
    item_id: uuid.UUID,
    *,
    title: str,
    owner_id: uuid.UUID | None = None,
    owner_unit: str | None = None,
    due: date | None = None,
    note: str | None = None,
    helpers: str | None = None,
    begun_on: date | None = None,
    meeting_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Put a task on an item's list; the answer is its id."""
    with work.act("tasks.add") as act:
        if act.get(AgendaItem, item_id) is None:
            raise item_gone()
        kept = Task(
            id=new_id(), item_id=item_id, title=_title(title), owner_id=owner_id, owner_unit=text_or_none(owner_unit),
            due=due, note=text_or_none(note), state="open", helpers=text_or_none(helpers), begun_on=begun_on,
            meeting_id=meeting_id,
        )  # fmt: skip
        act.add(kept)
        _mention_owner(act, kept)
    return kept.id


def edit(
    work: Work,
    task_id: uuid.UUID,
    *,
    title: str = _UNSET,
    owner_id: uuid.UUID | None = _UNSET,
    owner_unit: str | None = _UNSET,
    due: date | None = _UNSET,
    note: str | None = _UNSET,
    evidence: Sequence[str] | None = _UNSET,
    helpers: str | None = _UNSET,
    begun_on: date | None = _UNSET,
    progress: str | None = _UNSET,
    late_reason: str | None = _UNSET,
) -> None:
    """Change what is given and leave the rest; None empties a field."""
    with work.act("tasks.edit") as act:
        kept = kept_task(act, task_id)
        if title is not _UNSET:
            kept.title = _title(title)
        words = (("owner_unit", owner_unit), ("note", note), ("helpers", helpers), ("progress", progress),
                 ("late_reason", late_reason))  # fmt: skip
        for name, value in words:
            if value is not _UNSET:
                setattr(kept, name, text_or_none(value))
        if owner_id is not _UNSET:
            kept.owner_id = owner_id
            _mention_owner(act, kept)
        if due is not _UNSET:
            kept.due = due
        if begun_on is not _UNSET:
            kept.begun_on = begun_on
        if evidence is not _UNSET:
            kept.evidence = evidence_of(evidence)


def _mention_owner(act: Act, kept: Task) -> None:
    if kept.owner_id is not None:
        mention_beside(act, kept.item_id, "person", (kept.owner_id,))


def _title(title: str) -> str:
    title = title.strip()
    if not 0 < len(title) <= 300:
        raise RuleBroken(N_("Say in at most 300 characters what is to be done. Nothing was changed."))
    return title
