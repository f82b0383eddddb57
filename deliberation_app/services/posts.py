"""Who holds which post in a unit, for which term: branch committee, residents' and villagers' committee, oversight."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deliberation_app.domain import calendar
from deliberation_app.domain.meetings import ROLES
from deliberation_app.domain.votes_law import BRANCH, RESIDENTS
from deliberation_app.errors import N_, AppError, NotFound, RuleBroken
from deliberation_app.services.act import Act
from deliberation_app.services.gates import COMMITTEE_ROLES, require_post
from deliberation_app.services.units import register_entry
from deliberation_app.services.work import Work
from deliberation_app.storage.people import Membership, Person, RegisterEntry, Unit

_PARTY = ("branch_secretary", "deputy_secretary", "committee_member", "group_leader")
# The posts that a unit of each kind fills.
POSTS: Mapping[str, tuple[str, ...]] = {
    "branch": _PARTY, "courtyard": (*_PARTY, "owners_committee_member"), "owners": ("owners_committee_member",),
    "community": (*_PARTY, "residents_committee_member", "oversight_member", "residents_representative"),
    "village": (*_PARTY, "villagers_committee_member", "oversight_member", "villagers_representative"),
    "street": _PARTY,
}  # fmt: skip
BRANCH_KINDS = frozenset({"branch", "courtyard"})
TERM_YEARS = 5  # branch committees of villages and communities, residents' committees
_SEVEN, _LEAST, _MOST = 7, 3, 7
_RESIDENTS_LEAST, _RESIDENTS_MOST = 5, 9


@dataclass(frozen=True)
class Holder:
    """Somebody in a post; `over` when the term has ended."""

    membership_id: uuid.UUID
    name: str
    role: str
    from_on: date | None
    to_on: date | None
    over: bool


@dataclass(frozen=True)
class Posts:
    """The posts of a unit: who holds them, what the law says of their number, what was said about the committee."""

    roles: tuple[str, ...]
    holders: tuple[Holder, ...]
    hints: tuple[AppError, ...]
    has_committee: bool | None
    branch: bool


def of_unit(work: Work, unit_id: uuid.UUID) -> Posts:
    """Everybody in a post of the unit whose term has not been closed for more than a year."""
    today = calendar.day_of(work.clock())
    with work.read() as session:
        unit = session.get(Unit, unit_id)
        if unit is None:
            raise NotFound(N_("This unit is not here; choose another one."))
        roles = POSTS.get(unit.kind, ())
        query = select(Membership, Person.name).join(Person, Person.id == Membership.person_id)
        query = query.where(Membership.unit_id == unit_id, Membership.role.in_(roles))
        found = [
            Holder(row.id, name, row.role, row.from_on, row.to_on, row.to_on is not None and row.to_on < today)
            for row, name in session.execute(query.order_by(Person.sort_key, Person.id))
            if row.to_on is None or (today - row.to_on).days <= 366
        ]
        found.sort(key=lambda one: (one.over, roles.index(one.role)))
        hints = tuple(_hints(session, unit, [one for one in found if not one.over]))
        told = (unit.settings or {}).get("has_committee")
        return Posts(roles, tuple(found), hints, told, unit.kind in BRANCH_KINDS)


def _hints(session: Session, unit: Unit, holders: list[Holder]) -> Iterator[AppError]:
    """What the texts say of the number of members; a reminder, nothing is blocked."""
    if unit.kind in BRANCH_KINDS:
        full = select(func.count(Person.id.distinct())).join(Membership, Membership.person_id == Person.id)
        members = session.scalar(full.where(Membership.unit_id == unit.id, Person.party == "full")) or 0
        seats = sum(one.role in COMMITTEE_ROLES for one in holders)
        if members >= _SEVEN and not _LEAST <= seats <= _MOST:
            yield AppError(N_("{members} full members: a committee of 3 to 5, generally not over 7, is elected; "
                              "{seats} are entered ({clause}, to be checked)."),
                           members=members, seats=seats, clause=BRANCH)  # fmt: skip
    residents = sum(one.role == "residents_committee_member" for one in holders)
    if residents and not _RESIDENTS_LEAST <= residents <= _RESIDENTS_MOST:
        yield AppError(N_("A residents' committee has 5 to 9 members; {count} are entered ({clause})."),
                       count=residents, clause=f"{RESIDENTS}第八条")  # fmt: skip


def give(
    work: Work, unit_id: uuid.UUID, person_id: uuid.UUID, role: str, *, from_on: date | None = None,
    to_on: date | None = None,
) -> None:  # fmt: skip
    """Give somebody a post for a term; refused where two posts do not go together (gate G15)."""
    with work.act("people.join") as act:
        unit, person = act.get(Unit, unit_id), act.get(Person, person_id)
        if unit is None or person is None:
            raise NotFound(N_("Choose the person from the list that opens. Nothing was changed."))
        if role not in POSTS.get(unit.kind, ()):
            raise RuleBroken(N_("A unit of this kind has no such post. Nothing was changed."))
        begins = from_on or calendar.day_of(act.now)
        if to_on is not None and to_on < begins:
            raise RuleBroken(N_("The term ends before it begins: check the dates. Nothing was changed."))
        entry = register_entry(unit_id, person)
        if act.get(RegisterEntry, entry.id) is None:
            act.add(entry)
        _place(act, unit_id, person_id, role, begins, to_on)
        act.flush()
        require_post(_held(act, unit_id, person_id, calendar.day_of(act.now)), calendar.day_of(act.now))


def _place(act: Act, unit_id: uuid.UUID, person_id: uuid.UUID, role: str, begins: date, ends: date | None) -> None:
    query = select(Membership).where(Membership.unit_id == unit_id, Membership.person_id == person_id,
                                     Membership.role == role)  # fmt: skip
    running = [row for row in act.scalars(query) if row.to_on is None or row.to_on >= begins]
    if running:  # the same post again: its term is corrected
        running[0].from_on, running[0].to_on = begins, ends
    else:
        act.add(Membership(person_id=person_id, unit_id=unit_id, role=role, from_on=begins, to_on=ends))


def _held(session: Session, unit_id: uuid.UUID, person_id: uuid.UUID, day: date) -> list[str]:
    query = select(Membership.role).where(
        Membership.unit_id == unit_id, Membership.person_id == person_id,
        Membership.to_on.is_(None) | (Membership.to_on >= day),
    )  # fmt: skip
    return list(session.scalars(query))


def titles(roles: tuple[str, ...]) -> list[tuple[str, str]]:
    """Role and English source of its name."""
    return [(role, ROLES[role].name) for role in roles]
