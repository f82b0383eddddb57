"""A clock that is set by hand, a small meeting, and looks at the whole database, for the tests of services."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import inspect, select

from deliberation_app.services.work import Work
from deliberation_app.storage.base import new_id
from deliberation_app.storage.floor import Statement
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.people import Person, Unit
from deliberation_app.storage.records import TABLES


@dataclass
class HandClock:
    """A clock that stands still until it is moved."""

    now: datetime = field(default=datetime(2026, 10, 20, 1, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> datetime:
        """Let time pass."""
        self.now += timedelta(**by)
        return self.now


@dataclass(frozen=True)
class Small:
    """Ids of a small meeting: a unit, two people, one point of the agenda."""

    unit: uuid.UUID = field(default_factory=new_id)
    chair: uuid.UUID = field(default_factory=new_id)
    speaker: uuid.UUID = field(default_factory=new_id)
    meeting: uuid.UUID = field(default_factory=new_id)
    entry: uuid.UUID = field(default_factory=new_id)


def set_up_small(work: Work) -> Small:
    """Make a small meeting in one act."""
    ids = Small()
    with work.act("meetings.call") as act:
        act.add(Unit(id=ids.unit, name="山大路194号院", kind="courtyard"))
        act.add(Person(id=ids.chair, name="王秀兰"))
        act.add(Person(id=ids.speaker, name="郝五"))
        act.add(
            Meeting(
                id=ids.meeting, unit_id=ids.unit, kind="courtyard_consultation", title="停车议事会",
                starts_at=act.now, chair_id=ids.chair,
            )
        )  # fmt: skip
        act.add(AgendaEntry(id=ids.entry, meeting_id=ids.meeting, position=0, title="消防通道停车"))
    return ids


def note(work: Work, ids: Small, text: str, position: int = 0, key: uuid.UUID | None = None) -> uuid.UUID:
    """Note a statement; the answer is its id."""
    key = key or new_id()
    with work.act("floor.note") as act:
        act.add(Statement(id=key, entry_id=ids.entry, position=position, speaker_id=ids.speaker, text=text))
    return key


def dump_of(work: Work) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, to see that nothing changed."""
    queries = {name: select(record.__table__).order_by(*inspect(record).primary_key) for name, record in TABLES.items()}
    with work.read() as session:
        return {name: [tuple(row) for row in session.execute(query)] for name, query in queries.items()}
