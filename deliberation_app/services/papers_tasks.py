"""The list of tasks as a paper: of an item or a meeting, or what a whole unit or one person has to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain import minutes_words as words
from deliberation_app.papers import task_list as paper
from deliberation_app.papers.document import Document
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_item import day, decided_in, items, owner_named, unit_name, veiled
from deliberation_app.services.papers_posted import Veil
from deliberation_app.services.tasks_rows import is_open
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.people import Person
from deliberation_app.storage.tasks import Task

TASK_STATES = {"open": "未完成", "doing": "进行中", "done": "已完成", "dropped": "不再办理"}


def task_list(session: Session, asked: Asked) -> Sequence[Document]:
    """The tasks of items; without any item or meeting those that are open in a unit, of one person if named."""
    if asked.empty or asked.item is not None or asked.meeting is not None or asked.unit is None:
        return _of_items(session, asked)
    query = select(Task, AgendaItem.title).join(AgendaItem, AgendaItem.id == Task.item_id)
    query = query.where(AgendaItem.unit_id == asked.unit, is_open())
    person = session.get(Person, asked.person) if asked.person is not None else None
    if person is not None:
        query = query.where(Task.owner_id == person.id)
    rows = session.execute(query.order_by(Task.due.nulls_last(), Task.id)).all()
    if not rows:
        return ()
    unit = unit_name(session, asked)
    facts = paper.TaskListFacts(
        unit=unit, subject=person.name if person is not None else "", posted=asked.posted,
        lines=tuple(task_line(session, task, f"（{title}）") for task, title in rows),
    )  # fmt: skip
    made = paper.compose(facts)
    return (Veil(session, asked.unit).over(made) if asked.posted else made,)


def _of_items(session: Session, asked: Asked) -> Sequence[Document]:
    """The tasks of each item, or an empty form."""
    if asked.empty:
        return (paper.compose(paper.TaskListFacts(unit=unit_name(session, asked), subject="", lines=())),)
    found = []
    for item in items(session, asked):
        rows = list(session.scalars(select(Task).where(Task.item_id == item.id).order_by(Task.due, Task.id)))
        if rows:
            source = decided_in(session, item.id)
            facts = paper.TaskListFacts(
                unit=unit_name(session, asked, item), subject=f"“{item.title}”", number=item.number or "",
                lines=tuple(task_line(session, row, source) for row in rows), posted=asked.posted,
            )  # fmt: skip
            found.append(veiled(session, asked, item, paper.compose(facts)))
    return tuple(found)


def task_line(session: Session, row: Task, source: str) -> paper.TaskLine:
    """One task as the list prints it."""
    proof = ["；".join(str(piece) for piece in row.evidence or ()), row.note or "" if row.state != "done" else ""]
    state = "doing" if (row.state or "open") == "open" and row.begun_on is not None else row.state or "open"
    meeting = session.get(Meeting, row.meeting_id) if row.meeting_id is not None else None
    if meeting is not None:
        source = f"（{day(meeting.starts_at)}{meeting.title}）"
    return paper.TaskLine(
        title=row.title, source=source, owner=owner_named(session, row), helpers=row.helpers or "",
        begun=_short(row.begun_on), due=_short(row.due),
        progress=row.progress or TASK_STATES.get(state, state), done_on=_short(row.done_at),
        evidence=words.listed(proof, "；"), late=row.late_reason or "", closed_by=row.closed_by or "",
        accepted_by=row.accepted_by or "",
    )  # fmt: skip


def _short(value: date | datetime | None) -> str:
    """2026.10.31, for narrow columns."""
    if value is None:
        return ""
    at = value.astimezone(DISPLAY_ZONE) if isinstance(value, datetime) else value
    return f"{at.year}.{at.month}.{at.day}"
