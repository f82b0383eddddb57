"""Who has how many tasks: one line for each person and unit responsible, and the files that prove a task."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from deliberation_app.domain import calendar, tasks
from deliberation_app.services.tasks_rows import FILTERS, is_open
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.archive import Enclosure
from deliberation_app.storage.people import Person, RegisterEntry
from deliberation_app.storage.tasks import Task


@dataclass(frozen=True)
class OwnerRow:
    """Somebody responsible with how many tasks; `owner` goes into the filter of the list."""

    owner: uuid.UUID | str
    name: str
    open: int
    overdue: int
    done: int


def owners(work: Work, unit_id: uuid.UUID) -> list[OwnerRow]:
    """Persons first and then units, those with the most overdue and open tasks first."""
    today = calendar.day_of(work.clock())
    sums = (
        func.count().filter(is_open()), func.count().filter(FILTERS["overdue"](today)),
        func.count().filter(Task.state == "done"),
    )  # fmt: skip
    people = select(Task.owner_id, Person.name, *sums).join(Person, Person.id == Task.owner_id)
    units = select(Task.owner_unit, Task.owner_unit, *sums).where(Task.owner_id.is_(None), Task.owner_unit.is_not(None))
    found: list[OwnerRow] = []
    with work.read() as session:
        for query in (people.group_by(Task.owner_id, Person.name), units.group_by(Task.owner_unit)):
            query = query.join(AgendaItem, AgendaItem.id == Task.item_id).where(AgendaItem.unit_id == unit_id)
            rows = [OwnerRow(*told) for told in session.execute(query)]
            found += sorted(rows, key=lambda row: (-row.overdue, -row.open, row.name))
    return found


def me(work: Work, unit_id: uuid.UUID) -> uuid.UUID | None:
    """The person in the unit's register who bears the name of whoever works here, where there is exactly one."""
    query = select(Person.id).join(RegisterEntry, RegisterEntry.person_id == Person.id)
    query = query.where(RegisterEntry.unit_id == unit_id, Person.name == work.user_name).limit(2)
    with work.read() as session:
        found = list(session.scalars(query))
    return found[0] if len(found) == 1 else None


def files(work: Work, keys: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, int]:
    """How many photos and papers prove each of these tasks."""
    query = select(Enclosure.about_id, func.count()).where(
        Enclosure.about == "task", Enclosure.about_id.in_(list(keys)), Enclosure.removed_at.is_(None)
    )
    with work.read() as session:
        return dict(session.execute(query.group_by(Enclosure.about_id)).all())


def on_time(work: Work, unit_id: uuid.UUID) -> tuple[int, int]:
    """按时率 as two counts: closed on time, and closed with a date."""
    closed = (Task.state == "done") & Task.due.is_not(None) & Task.done_at.is_not(None)
    query = select(Task.due, Task.done_at).join(AgendaItem, AgendaItem.id == Task.item_id)
    with work.read() as session:
        rows = session.execute(query.where(AgendaItem.unit_id == unit_id, closed)).all()
    return sum(bool(tasks.on_time(due, at and calendar.day_of(at))) for due, at in rows), len(rows)
