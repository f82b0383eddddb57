"""The list of tasks as a paper: of an item or a meeting, or what a whole unit or one person has to do."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.papers import task_list as paper
from deliberation_app.papers.document import Document
from deliberation_app.services import papers_item
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_posted import Veil
from deliberation_app.services.tasks_rows import is_open
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.people import Person
from deliberation_app.storage.tasks import Task


def task_list(session: Session, asked: Asked) -> Sequence[Document]:
    """The tasks of items; without any item or meeting those that are open in a unit, of one person if named."""
    if asked.empty or asked.item is not None or asked.meeting is not None or asked.unit is None:
        return papers_item.task_list(session, asked)
    query = select(Task, AgendaItem.title).join(AgendaItem, AgendaItem.id == Task.item_id)
    query = query.where(AgendaItem.unit_id == asked.unit, is_open())
    person = session.get(Person, asked.person) if asked.person is not None else None
    if person is not None:
        query = query.where(Task.owner_id == person.id)
    rows = session.execute(query.order_by(Task.due.nulls_last(), Task.id)).all()
    if not rows:
        return ()
    unit = papers_item.unit_name(session, asked)
    facts = paper.TaskListFacts(
        unit=unit, subject=person.name if person is not None else "", posted=asked.posted,
        lines=tuple(papers_item.task_line(session, task, f"（{title}）") for task, title in rows),
    )  # fmt: skip
    made = paper.compose(facts)
    return (Veil(session, asked.unit).over(made) if asked.posted else made,)
