"""Tasks as lines of lists: the query, the filters, and what a line says."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, or_, select

from deliberation_app.domain import tasks
from deliberation_app.errors import N_, AppError, NotFound
from deliberation_app.services.act import Act
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.people import Person
from deliberation_app.storage.tasks import Task


@dataclass(frozen=True)
class TaskRow:
    """A line of the list of tasks."""

    task: Task
    owner: str  # the person, the unit, or both
    item_title: str
    item_number: str | None
    standing: tasks.TaskStanding
    words: AppError | None  # 3 days left, 20 days overdue
    meeting: str = ""  # the meeting it came from


def is_open() -> Any:
    """The condition that a task is open."""
    return or_(Task.state.is_(None), Task.state == "open")


def item_active() -> Any:
    """The condition that its item goes on."""
    return or_(AgendaItem.state.is_(None), AgendaItem.state == "active")


def _week(today: date) -> Any:
    return and_(is_open(), Task.due >= today, Task.due <= tasks.week_end(today))


# The narrower lists: one line a filter, a condition for the day of today.
FILTERS: Mapping[str, Callable[[date], Any]] = {
    "open": lambda _today: is_open(),
    "overdue": lambda today: and_(is_open(), Task.due < today),
    "week": _week,
    "accept": lambda _today: and_(Task.state == "done", Task.accepted_at.is_(None)),
    "closed": lambda _today: or_(Task.state == "dropped", Task.accepted_at.is_not(None)),
}


def all_tasks(*more: Any) -> Select[Any]:
    """Tasks with the names that a line of the list shows, and more columns."""
    return (
        select(Task, Person.name, AgendaItem.title, AgendaItem.number, Meeting.title, *more)
        .join(AgendaItem, AgendaItem.id == Task.item_id)
        .outerjoin(Person, Person.id == Task.owner_id)
        .outerjoin(Meeting, Meeting.id == Task.meeting_id)
    )


def of_unit(unit_id: uuid.UUID, *more: Any) -> Select[Any]:
    """Those of a unit."""
    return all_tasks(*more).where(AgendaItem.unit_id == unit_id)


def row_of(told: Sequence[Any], today: date) -> TaskRow:
    """A row of all_tasks as a line of a list."""
    kept, person, title, number, meeting = told[:5]
    state = kept.state or "open"
    owner = "、".join(part for part in (kept.owner_unit, person) if part)
    standing, words = tasks.standing(state, kept.due, today), tasks.said(state, kept.due, today)
    if kept.accepted_at is not None:
        standing = "accepted"
    return TaskRow(kept, owner, title, number, standing, words, meeting or "")


def kept_task(act: Act, task_id: uuid.UUID) -> Task:
    """The task within an act; NotFound where there is none."""
    kept = act.get(Task, task_id)
    if kept is None:
        raise gone()
    return kept


def gone() -> NotFound:
    """The sentence for a task that is not here."""
    return NotFound(N_("This task is not here any more; perhaps it was taken back on another computer."))


def text_or_none(value: str | None) -> str | None:
    """Words without blanks at their ends; nothing where there are none."""
    return (value or "").strip() or None


def evidence_of(pieces: Sequence[str] | None) -> list[str] | None:
    """Pieces of evidence without the empty ones."""
    return [piece.strip() for piece in pieces or () if piece.strip()] or None
