"""People found while a name is typed, and those who may have been entered twice."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlalchemy import Select, or_, select

from deliberation_app.domain import calendar, people
from deliberation_app.domain.script import simplify
from deliberation_app.services.people_register import HERE, PersonRow, home_text, name_fits, register, row_of
from deliberation_app.services.work import Work
from deliberation_app.storage.floor import Attendance
from deliberation_app.storage.people import Household, Person, RegisterEntry

# A name that can only be read with some good will is looked for among this many.
_LOOSE = 2000


@dataclass(frozen=True)
class Found:
    """Somebody whose name fits what was typed; `hint` is the post or the flat."""

    id: uuid.UUID
    name: str
    hint: str


@dataclass(frozen=True)
class Couple:
    """Two people who may be one; `why` is name, sound or phone."""

    first: PersonRow
    second: PersonRow
    why: str


def find(
    work: Work, unit_id: uuid.UUID, text: str, *, meeting_id: uuid.UUID | None = None, limit: int = 8
) -> list[Found]:
    """The people whose name fits, those entered at the meeting first, then the rest of the register."""
    sources: list[Any] = []
    if meeting_id is not None:
        sources.append(
            select(Person, Household)
            .join(Attendance, Attendance.person_id == Person.id)
            .outerjoin(Household, Household.id == Person.household_id)
            .where(Attendance.meeting_id == meeting_id)
            .order_by(Person.sort_key, Person.id)
        )
    sources.append(
        register(unit_id, Person, Household).where(HERE).order_by(RegisterEntry.sort_key, RegisterEntry.person_id)
    )
    found: dict[uuid.UUID, Found] = {}
    with work.read() as session:
        for loosely in (False, True) if people.normalise_query(simplify(text)) else (False,):
            for source in sources:
                if len(found) < limit:
                    for kept, household in session.execute(_fitting(source, text, limit, loosely)):
                        if not loosely or people.matches(simplify(text), kept.name, kept.search_key):
                            found.setdefault(kept.id, Found(kept.id, kept.name, kept.post or home_text(household)))
    return list(found.values())[:limit]


def _fitting(source: Select[Any], text: str, limit: int, loosely: bool) -> Select[Any]:
    wanted = people.normalise_query(simplify(text))
    if not text.strip():
        return source.limit(limit)
    if loosely:
        return source.where(Person.search_key.contains(wanted[0], autoescape=True)).limit(_LOOSE)
    return source.where(or_(*name_fits(text.strip()))).limit(limit)


def possible_doubles(work: Work, unit_id: uuid.UUID, *, limit: int = 50) -> list[Couple]:
    """Pairs who may be one person: the same name in either script, the same sound in one flat, the same telephone."""
    today = calendar.day_of(work.clock())
    with work.read() as session:
        query = register(unit_id, Person, Household).where(HERE)
        rows = [(kept, row_of(kept, household, today)) for kept, household in session.execute(query)]
    couples: dict[frozenset[uuid.UUID], Couple] = {}
    for why in ("name", "phone", "sound"):
        for first, second in _pairs(rows, why):
            couples.setdefault(frozenset((first.id, second.id)), Couple(first, second, why))
    return list(couples.values())[:limit]


def _pairs(rows: list[tuple[Person, PersonRow]], why: str) -> Iterator[tuple[PersonRow, PersonRow]]:
    alike: dict[tuple[object, ...], list[PersonRow]] = {}
    for kept, row in rows:
        mark = _mark(kept, why)
        if mark is not None:
            alike.setdefault(mark, []).append(row)
    for group in alike.values():
        yield from pairwise(group)


def _mark(kept: Person, why: str) -> tuple[object, ...] | None:
    """What two entries of one person have in common; None where nothing can be said."""
    sounds = kept.sort_key.rpartition(" ")[0]
    if why == "name":
        return (people.normalise_query(simplify(kept.name)),)
    if why == "phone":
        # A family may share a telephone: together with the family name it is a sign. A masked number is none.
        return (kept.phone, kept.name[:1]) if kept.phone and "*" not in kept.phone else None
    return (sounds, kept.household_id) if kept.household_id is not None else None
