"""Tasks: who does what by when after a resolution, until it is done with its evidence or dropped with a reason."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, case, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from deliberation_app.domain import calendar, tasks
from deliberation_app.domain.script import simplify, traditional
from deliberation_app.errors import N_, AppError, NotFound, RuleBroken
from deliberation_app.services.act import Act
from deliberation_app.services.agenda import mention_beside
from deliberation_app.services.agenda_item import gone
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.base import new_id
from deliberation_app.storage.people import Person
from deliberation_app.storage.tasks import Task

# Where a task without a date stands among those with one: last.
_NEVER = date(9999, 12, 31)
_UNSET: Any = object()

Where = tuple[int, date, uuid.UUID]


@dataclass(frozen=True)
class TaskRow:
    """A line of the list of tasks."""

    task: Task
    owner: str  # the person, the unit, or both
    item_title: str
    item_number: str | None
    standing: tasks.TaskStanding
    words: AppError | None  # 3 days left, 20 days overdue


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


def page(
    work: Work,
    unit_id: uuid.UUID,
    *,
    text: str = "",
    state: str | None = None,
    item_id: uuid.UUID | None = None,
    after: Where | None = None,
    limit: int = 50,
) -> Page:
    """A page of the unit's tasks: the open ones by their date, so that the overdue come first, then the closed ones."""
    today = calendar.day_of(work.clock())
    closed = case((_open(), 0), else_=1)
    due = func.coalesce(Task.due, literal(_NEVER))
    query = _tasks(unit_id, closed, due).order_by(closed, due, Task.id).limit(limit + 1)
    if text.strip():
        forms = sorted({text.strip(), simplify(text.strip()), traditional(text.strip())})
        columns = (Task.title, Task.owner_unit, Person.name, AgendaItem.title)
        query = query.where(or_(*(column.contains(form, autoescape=True) for column in columns for form in forms)))
    if state is not None:
        query = query.where(func.coalesce(Task.state, "open") == state)
    if item_id is not None:
        query = query.where(Task.item_id == item_id)
    if after is not None:
        query = query.where(tuple_(closed, due, Task.id) > tuple_(*(literal(value) for value in after)))
    with work.read() as session:
        found = list(session.execute(query))
    more = None
    if len(found) > limit:
        last = found[limit - 1]
        more = (last[4], last[5], last[0].id)
    rows = (_row(kept, person, title, number, today) for kept, person, title, number, *_ in found[:limit])
    return Page(tuple(rows), more)


def counts(work: Work, unit_id: uuid.UUID) -> Counts:
    """The figures above the list."""
    today = calendar.day_of(work.clock())
    soon = today + timedelta(days=tasks.SOON_DAYS)
    query = select(
        func.count().filter(_open(), Task.due < today),
        func.count().filter(_open(), Task.due >= today, Task.due <= soon),
        func.count().filter(_open()),
        func.count().filter(Task.state == "done"),
        func.count().filter(Task.state == "dropped"),
    )
    with work.read() as session:
        query = query.join(AgendaItem, AgendaItem.id == Task.item_id).where(AgendaItem.unit_id == unit_id)
        return Counts(*session.execute(query).one())


def waiting(
    session: Session, unit_id: uuid.UUID, today: date, *, until: date, limit: int = 50
) -> list[TaskRow]:
    """The open tasks whose date has passed or comes before `until`, the most overdue first."""
    query = _tasks(unit_id).where(_open(), Task.due <= until, _active())
    found = session.execute(query.order_by(Task.due, Task.id).limit(limit))
    return [_row(task, person, title, number, today) for task, person, title, number in found]


def task(work: Work, task_id: uuid.UUID) -> Task:
    """One task; NotFound where there is none."""
    with work.read() as session:
        found = session.get(Task, task_id)
    if found is None:
        raise _gone()
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
) -> uuid.UUID:
    """Put a task on an item's list; the answer is its id."""
    with work.act("tasks.add") as act:
        if act.get(AgendaItem, item_id) is None:
            raise gone()
        kept = Task(id=new_id(), item_id=item_id, title=_title(title), owner_id=owner_id, owner_unit=_text(owner_unit),
                    due=due, note=_text(note), state="open")  # fmt: skip
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
) -> None:
    """Change what is given and leave the rest; None empties a field."""
    with work.act("tasks.edit") as act:
        kept = _kept(act, task_id)
        if title is not _UNSET:
            kept.title = _title(title)
        for name, value in (("owner_unit", owner_unit), ("note", note)):
            if value is not _UNSET:
                setattr(kept, name, _text(value))
        if owner_id is not _UNSET:
            kept.owner_id = owner_id
            _mention_owner(act, kept)
        if due is not _UNSET:
            kept.due = due
        if evidence is not _UNSET:
            kept.evidence = _evidence(evidence)


def done(
    work: Work, task_id: uuid.UUID, *, at: datetime | None = None, note: str | None = None, evidence: Sequence[str] = ()
) -> None:
    """Close a task (销号) with what proves it."""
    with work.act("tasks.done") as act:
        kept = _kept(act, task_id)
        tasks.check_open(kept.state or "open")
        if at is not None and at > act.now:
            raise RuleBroken(N_("The task cannot have been done in the future. Nothing was changed."))
        kept.state, kept.done_at = "done", at or act.now
        kept.note = _text(note) or kept.note
        kept.evidence = _evidence([*(kept.evidence or ()), *evidence])


def drop(work: Work, task_id: uuid.UUID, reason: str) -> None:
    """Drop a task with a reason that is kept as its note."""
    tasks.check_drop(reason)
    with work.act("tasks.drop") as act:
        kept = _kept(act, task_id)
        tasks.check_open(kept.state or "open")
        kept.state = "dropped"
        kept.note = "\n".join(part for part in (kept.note, reason.strip()) if part)


def reopen(work: Work, task_id: uuid.UUID) -> None:
    """Open a closed task again; its evidence stays."""
    with work.act("tasks.reopen") as act:
        kept = _kept(act, task_id)
        if (kept.state or "open") == "open":
            raise RuleBroken(N_("This task is open already."))
        kept.state, kept.done_at = "open", None


def _open() -> Any:
    return or_(Task.state.is_(None), Task.state == "open")


def _active() -> Any:
    return or_(AgendaItem.state.is_(None), AgendaItem.state == "active")


def _tasks(unit_id: uuid.UUID, *more: Any) -> Select[Any]:
    return (
        select(Task, Person.name, AgendaItem.title, AgendaItem.number, *more)
        .join(AgendaItem, AgendaItem.id == Task.item_id)
        .outerjoin(Person, Person.id == Task.owner_id)
        .where(and_(AgendaItem.unit_id == unit_id))
    )


def _row(kept: Task, person: str | None, title: str, number: str | None, today: date) -> TaskRow:
    state = kept.state or "open"
    owner = "、".join(part for part in (kept.owner_unit, person) if part)
    standing, words = tasks.standing(state, kept.due, today), tasks.said(state, kept.due, today)
    return TaskRow(kept, owner, title, number, standing, words)


def _kept(act: Act, task_id: uuid.UUID) -> Task:
    kept = act.get(Task, task_id)
    if kept is None:
        raise _gone()
    return kept


def _gone() -> NotFound:
    return NotFound(N_("This task is not here any more; perhaps it was taken back on another computer."))


def _mention_owner(act: Act, kept: Task) -> None:
    if kept.owner_id is not None:
        mention_beside(act, kept.item_id, "person", (kept.owner_id,))


def _title(title: str) -> str:
    title = title.strip()
    if not 0 < len(title) <= 300:
        raise RuleBroken(N_("Say in at most 300 characters what is to be done. Nothing was changed."))
    return title


def _text(value: str | None) -> str | None:
    return (value or "").strip() or None


def _evidence(pieces: Sequence[str] | None) -> list[str] | None:
    return [piece.strip() for piece in pieces or () if piece.strip()] or None
