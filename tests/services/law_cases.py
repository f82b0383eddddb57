"""What the tests of the law on real records share: people of a role, an entry to vote on, meetings that were held."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest

from deliberation_app.domain.calendar import instant
from deliberation_app.errors import RuleBroken
from deliberation_app.services.work import Work
from deliberation_app.storage.base import new_id
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.people import Membership, Person


def reasons(refused: pytest.ExceptionInfo[RuleBroken]) -> str:
    return " | ".join(str(reason) for reason in refused.value.reasons)


def people(work: Work, unit: uuid.UUID, count: int, role: str = "resident", **more: Any) -> list[uuid.UUID]:
    """So many people of a unit in a role."""
    keys = [new_id() for _ in range(count)]
    with work.act("people.import") as act:
        act.add_all(Person(id=key, name=f"居民{place}", **more) for place, key in enumerate(keys))
        act.add_all(Membership(person_id=key, unit_id=unit, role=role) for key in keys)
    return keys


def entry_of(work: Work, meeting: uuid.UUID, item: uuid.UUID | None = None) -> uuid.UUID:
    with work.act("meetings.edit") as act:
        key = new_id()
        act.add(AgendaEntry(id=key, meeting_id=meeting, position=90, title="议题", item_id=item, no_statements=True))
    return key


def held(work: Work, unit: uuid.UUID, kind: str, *days: date, title: str = "") -> None:
    with work.act("meetings.call") as act:
        for day in days:
            at = instant(day) + timedelta(hours=9)
            act.add(Meeting(id=new_id(), unit_id=unit, kind=kind, title=title or kind, starts_at=at, opened_at=at,
                            closed_at=at))  # fmt: skip
