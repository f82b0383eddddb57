"""People found while a name is typed, and those who may have been entered twice."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from sqlalchemy import Select, or_, select

from deliberation_app.domain import calendar, people
from deliberation_app.domain.script import simplify
from deliberation_app.errors import N_, NotFound
from deliberation_app.services.people_register import HERE, PersonRow, home_text, name_fits, register, row_of
from deliberation_app.services.work import Work
from deliberation_app.storage.floor import Attendance
from deliberation_app.storage.people import Household, Person, RegisterEntry, Unit

# A name that can only be read with some good will is looked for among this many.
_LOOSE = 2000
# Of a name that half the city has, this many are compared with each other.
_MOST_ALIKE = 12


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
    """Pairs who may be one person: the same name (either script) or sound at one place, or the same telephone.

    Whoever was said to be two people is not asked about again.
    """
    today = calendar.day_of(work.clock())
    columns = (Person.id, Person.name, Person.phone, Person.sort_key, Person.household_id, Household.courtyard,
               Household.building)  # fmt: skip
    with work.read() as session:
        marks = [_Mark(*row) for row in session.execute(register(unit_id, *columns).where(HERE))]
        unit = session.get(Unit, unit_id)
        apart = {frozenset(pair) for pair in ((unit.settings if unit is not None else None) or {}).get("apart", ())}
        plain = simplify("\n".join(mark.name for mark in marks)).split("\n") if marks else []
        whys: dict[tuple[uuid.UUID, uuid.UUID], str] = {}
        for why in ("name", "phone", "sound"):
            for first, second in _pairs(list(zip(marks, plain, strict=True)), why):
                if frozenset((str(first.id), str(second.id))) not in apart and (second.id, first.id) not in whys:
                    whys.setdefault((first.id, second.id), why)
                if len(whys) >= limit:
                    break
        keys = {key for pair in whys for key in pair}
        query = register(unit_id, Person, Household).where(Person.id.in_(keys))
        rows = {kept.id: row_of(kept, household, today) for kept, household in session.execute(query)}
    return [Couple(rows[first], rows[second], why) for (first, second), why in whys.items()][:limit]


def keep_apart(work: Work, unit_id: uuid.UUID, first: uuid.UUID, second: uuid.UUID) -> None:
    """Note that two entries are two people, so that they are not asked about again."""
    with work.act("people.edit") as act:
        unit = act.get(Unit, unit_id)
        if unit is None:
            raise NotFound(N_("This unit is not here; choose another one."))
        known = (unit.settings or {}).get("apart", [])
        unit.settings = {**(unit.settings or {}), "apart": [*known, sorted((str(first), str(second)))]}


@dataclass(frozen=True)
class _Mark:
    """What two entries of one person may have in common."""

    id: uuid.UUID
    name: str
    phone: str | None
    sort_key: str
    household_id: uuid.UUID | None
    courtyard: str | None
    building: str | None


def _pairs(marks: list[tuple[_Mark, str]], why: str) -> Iterator[tuple[_Mark, _Mark]]:
    alike: dict[tuple[object, ...], list[_Mark]] = {}
    for mark, plain in marks:
        key = _key(mark, plain, why)
        if key is not None:
            alike.setdefault(key, []).append(mark)
    for group in alike.values():
        for first, second in combinations(group[:_MOST_ALIKE], 2):
            if why != "name" or _near(first, second):
                yield first, second


def _near(first: _Mark, second: _Mark) -> bool:
    """One name is one person where both are of one building, or where one of them has no flat."""
    if first.household_id is None or second.household_id is None:
        return True
    if first.household_id == second.household_id or (first.phone and first.phone == second.phone):
        return True
    return (first.courtyard, first.building) == (second.courtyard, second.building)


def _key(mark: _Mark, plain: str, why: str) -> tuple[object, ...] | None:
    """What puts entries side by side; None where nothing can be said."""
    if why == "name":
        return (people.normalise_query(plain),)
    if why == "phone":
        # A family may share a telephone: together with the family name it is a sign. A masked number is none.
        return (mark.phone, mark.name[:1]) if mark.phone and "*" not in mark.phone else None
    sounds = mark.sort_key.rpartition(" ")[0]
    return (sounds, mark.household_id) if mark.household_id is not None else None
