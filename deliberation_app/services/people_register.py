"""The register of a unit as it is read: pages of people, its flats, its figures."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from deliberation_app.domain import calendar, people
from deliberation_app.domain.script import simplify
from deliberation_app.errors import N_
from deliberation_app.services.work import Work
from deliberation_app.storage.people import CoOwner, Household, Membership, Person, RegisterEntry

_BATCH = 500
_VERIFIED_DAYS = 365
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Place:
    """A node of the grid: a courtyard, a building in it, an entrance or a room of that; all None without a flat."""

    courtyard: str | None = None
    building: str | None = None
    entrance: str | None = None
    room: str | None = None

    def parts(self) -> tuple[str | None, ...]:
        """From the courtyard to the door."""
        return self.courtyard, self.building, self.entrance, self.room


@dataclass(frozen=True)
class PersonRow:
    """A line of the register's table."""

    id: uuid.UUID
    name: str
    post: str | None
    home: str
    party: str | None
    phone: str | None
    verified_on: date | None
    verification_due: bool
    moved_out_on: date | None
    household_id: uuid.UUID | None


@dataclass(frozen=True)
class Page:
    """One page of the register; `next` goes into `after` for the following page, None at the end."""

    rows: tuple[PersonRow, ...]
    next: tuple[str, uuid.UUID] | None


@dataclass(frozen=True)
class Totals:
    """The figures below the register; `unverified` people were last checked more than a year ago or never."""

    people: int
    households: int
    party: int
    verified: int
    unverified: int


def home_text(household: Household | None) -> str:
    """1号楼 1单元 101, as it stands in the table."""
    if household is None:
        return ""
    return " ".join(part for part in (household.building, household.entrance, household.room) if part)


def register(unit_id: uuid.UUID, *columns: Any) -> Select[Any]:
    """The people of a unit's register with the flats they live in."""
    return (
        select(*columns)
        .select_from(RegisterEntry)
        .join(Person, Person.id == RegisterEntry.person_id)
        .outerjoin(Household, Household.id == Person.household_id)
        .where(RegisterEntry.unit_id == unit_id)
    )


HERE = Person.moved_out_on.is_(None)


def _unverified(today: date) -> ColumnElement[bool]:
    return or_(Person.verified_on.is_(None), Person.verified_on < today - timedelta(days=_VERIFIED_DAYS))


def _party(_unit_id: uuid.UUID, _today: date) -> ColumnElement[bool]:
    return and_(HERE, Person.party.in_(("full", "probationary")))


def _building_head(_unit_id: uuid.UUID, _today: date) -> ColumnElement[bool]:
    return and_(HERE, Person.post.contains("楼长"))


def _owner(_unit_id: uuid.UUID, _today: date) -> ColumnElement[bool]:
    owned = aliased(Household)
    joint = exists().where(CoOwner.person_id == Person.id)
    return and_(HERE, or_(exists().where(owned.owner_id == Person.id), joint))


def _member(unit_id: uuid.UUID, _today: date) -> ColumnElement[bool]:
    belongs = and_(Membership.person_id == Person.id, Membership.unit_id == unit_id, Membership.to_on.is_(None))
    return and_(HERE, exists().where(belongs))


# The filters above the table; without one everybody who has not moved away is shown.
ONLY: Mapping[str, Callable[[uuid.UUID, date], ColumnElement[bool]]] = MappingProxyType(
    {
        "party": _party,
        "building_head": _building_head,
        "owner": _owner,
        "member": _member,
        "unverified": lambda _unit_id, today: and_(HERE, _unverified(today)),
        "both": lambda _unit_id, _today: and_(HERE, Person.reports_from.is_not(None)),
        "left_out": lambda _unit_id, _today: and_(HERE, Person.left_out.is_not(None)),
        "moved_out": lambda _unit_id, _today: Person.moved_out_on.is_not(None),
    }
)


def page(
    work: Work,
    unit_id: uuid.UUID,
    *,
    node: Place | None = None,
    text: str = "",
    only: str | None = None,
    after: tuple[str, uuid.UUID] | None = None,
    limit: int = 50,
) -> Page:
    """A page of the register by name: of one node of the grid, with one of the filters ONLY, fitting what was typed."""
    today = calendar.day_of(work.clock())
    columns = (RegisterEntry.sort_key, Person, Household)
    query = register(unit_id, *columns).order_by(RegisterEntry.sort_key, RegisterEntry.person_id)
    query = query.where(HERE if only is None else ONLY[only](unit_id, today))
    if node is not None:
        query = query.where(*_in_place(node))
    with work.read() as session:
        if not text.strip():
            found = list(session.execute(_after(query, after).limit(limit + 1)))
        else:
            found = _fitting(session, query, text, after, limit + 1)
    more = (found[limit - 1][0], found[limit - 1][1].id) if len(found) > limit else None
    return Page(tuple(row_of(kept, household, today) for _, kept, household in found[:limit]), more)


def row_of(kept: Person, household: Household | None, today: date) -> PersonRow:
    """A person as a line of the table."""
    due = kept.verified_on is None or kept.verified_on < today - timedelta(days=_VERIFIED_DAYS)
    return PersonRow(
        kept.id, kept.name, kept.post, home_text(household), kept.party, kept.phone, kept.verified_on, due,
        kept.moved_out_on, kept.household_id,
    )  # fmt: skip


def _in_place(node: Place) -> list[ColumnElement[bool]]:
    if node.courtyard is None:
        return [Person.household_id.is_(None)]
    conditions = [Household.courtyard == node.courtyard]
    if node.building is not None:
        conditions.append(Household.building == node.building)
    if node.entrance is not None:
        conditions.append(Household.entrance == node.entrance)
    if node.room is not None:
        conditions.append(Household.room == node.room)
        if node.entrance is None:
            conditions.append(Household.entrance.is_(None))
    return conditions


def _after(query: Select[Any], after: tuple[str, uuid.UUID] | None) -> Select[Any]:
    if after is None:
        return query
    place = tuple_(RegisterEntry.sort_key, RegisterEntry.person_id)
    return query.where(place > tuple_(*after))


def _fitting(
    session: Session, query: Select[Any], text: str, after: tuple[str, uuid.UUID] | None, limit: int
) -> list[Any]:
    """Rows whose name, room or telephone fits; if none does as typed, those whose name can be read that way."""
    typed = text.strip()
    wanted = people.normalise_query(simplify(typed))
    door = (column.startswith(typed, autoescape=True) for column in (Household.room, Household.building))
    strict = query.where(or_(*name_fits(typed), *door, Person.phone.contains(typed, autoescape=True)))
    if not wanted or session.execute(strict.limit(1)).first() is not None:
        return list(session.execute(_after(strict, after).limit(limit)))
    loose = query.where(Person.search_key.contains(wanted[0], autoescape=True))
    found: list[Any] = []
    while len(found) < limit:
        batch = list(session.execute(_after(loose, after).limit(_BATCH)))
        found += [row for row in batch if people.matches(wanted, row[1].name, row[1].search_key)]
        if len(batch) < _BATCH:
            break
        after = (batch[-1][0], batch[-1][1].id)
    return found[:limit]


def name_fits(typed: str) -> list[ColumnElement[bool]]:
    """What SQL can say of a name that fits: its characters, its initials, its pinyin, from any character on."""
    wanted = people.normalise_query(simplify(typed))
    conditions: list[ColumnElement[bool]] = [Person.name.contains(typed, autoescape=True)]
    if wanted:
        conditions.append(Person.search_key.contains(f" {wanted}", autoescape=True))
    return conditions


def totals(work: Work, unit_id: uuid.UUID) -> Totals:
    """25 people, 8 households, 9 Party members, and how many entries were checked within a year."""
    today = calendar.day_of(work.clock())
    with work.read() as session:
        count, flats, party, unverified = session.execute(
            register(
                unit_id,
                func.count(),
                func.count(Person.household_id.distinct()),
                func.count().filter(Person.party.in_(("full", "probationary"))),
                func.count().filter(_unverified(today)),
            ).where(HERE)
        ).one()
    return Totals(count, flats, party, count - unverified, unverified)


def marked(work: Work, unit_id: uuid.UUID) -> list[tuple[str, str, int]]:
    """Those the grid lists besides: owners, members reporting to both, members left out; filter, words, how many."""
    today = calendar.day_of(work.clock())
    with work.read() as session:
        counts = [
            (only, words, session.scalar(register(unit_id, func.count()).where(ONLY[only](unit_id, today))) or 0)
            for only, words in _MARKED
        ]
    return [row for row in counts if row[2]]


_MARKED = (
    ("owner", N_("Owners")), ("both", N_("Reporting to both")), ("left_out", N_("Not counted as due")),
)  # fmt: skip


def households(work: Work, unit_id: uuid.UUID, *, node: Place | None = None) -> list[Household]:
    """The flats of the unit's courtyards in the order of their doors."""
    with work.read() as session:
        query = select(Household).where(Household.courtyard.in_(courtyards(session, unit_id)))
        if node is not None and node.courtyard is not None:
            query = query.where(*_in_place(node))
        flats = list(session.scalars(query))
    return sorted(flats, key=lambda flat: by_door(flat.courtyard, flat.building, flat.entrance, flat.room))


def courtyards(session: Session, unit_id: uuid.UUID) -> list[str]:
    """The courtyards in which people of the register live or own a flat."""
    lives = register(unit_id, Household.courtyard).where(Household.courtyard.is_not(None)).distinct()
    owns = (
        select(Household.courtyard)
        .join(RegisterEntry, RegisterEntry.person_id == Household.owner_id)
        .where(RegisterEntry.unit_id == unit_id)
        .distinct()
    )
    return sorted({*session.scalars(lives), *session.scalars(owns)})


def by_door(*parts: str | None) -> tuple[Any, ...]:
    """Sorts doors as people count them: 2号楼 before 10号楼."""
    return tuple(tuple(_in_order(piece) for piece in _DIGITS.split(part or "") if piece) for part in parts)


def _in_order(piece: str) -> tuple[int, int, str]:
    return (0, int(piece), "") if piece.isdecimal() else (1, 0, piece)
