"""Households: who lives there, who owns it, which Party member looks after it, and when it was last checked."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deliberation_app.domain import calendar
from deliberation_app.errors import N_, NotFound, RuleBroken
from deliberation_app.services import people_heads
from deliberation_app.services.act import Act
from deliberation_app.services.people_register import HERE, PersonRow, Place, by_door, courtyards, row_of
from deliberation_app.services.work import Work
from deliberation_app.storage.base import derived_id
from deliberation_app.storage.people import CoOwner, Household, Person, Residence

_YEAR = timedelta(days=365)
_UNSET: Any = object()


@dataclass(frozen=True)
class HouseholdView:
    """A household with its people; owners in order, the first votes for all."""

    household: Household
    residents: tuple[PersonRow, ...]
    owners: tuple[tuple[uuid.UUID, str], ...]
    linked: tuple[uuid.UUID, str] | None
    verified_on: date | None
    verification_due: bool
    before: tuple[tuple[str, date | None], ...]  # who lived there before, until when


@dataclass(frozen=True)
class Gap:
    """What a building still lacks."""

    building: str
    households: int
    without_link: int
    unverified: int
    heads: tuple[str, ...]
    courtyard: str = ""


@dataclass(frozen=True)
class Figures:
    """Coverage and checking of the households of a unit."""

    households: int
    linked: int
    verified: int
    gaps: tuple[Gap, ...]


def at(work: Work, unit_id: uuid.UUID, place: Place) -> uuid.UUID | None:
    """The household behind a door, None where the place is none."""
    if place.room is None:
        return None
    entrance = Household.entrance.is_(None) if place.entrance is None else Household.entrance == place.entrance
    with work.read() as session:
        return session.scalars(
            select(Household.id).where(
                Household.courtyard == place.courtyard, Household.building == place.building, entrance,
                Household.room == place.room,
            )
        ).first()  # fmt: skip


def household(work: Work, household_id: uuid.UUID) -> HouseholdView:
    """Everything known about one household."""
    today = calendar.day_of(work.clock())
    with work.read() as session:
        flat = session.get(Household, household_id)
        if flat is None:
            raise _gone()
        checked = _checked(session, [flat])[household_id]
        living = select(Person).where(Person.household_id == household_id, HERE).order_by(Person.sort_key, Person.id)
        linked = session.get(Person, flat.linked_id) if flat.linked_id else None
        earlier = select(Person.name, Residence.to_on).join(Residence, Residence.person_id == Person.id)
        earlier = earlier.where(Residence.household_id == household_id, Residence.to_on.is_not(None))
        return HouseholdView(
            household=flat,
            residents=tuple(row_of(one, flat, today) for one in session.scalars(living)),
            owners=tuple(_owners(session, flat)),
            linked=(linked.id, linked.name) if linked is not None else None,
            verified_on=checked,
            verification_due=_due(checked, today),
            before=tuple((name, on) for name, on in session.execute(earlier.order_by(Residence.to_on.desc()))),
        )


def _owners(session: Session, flat: Household) -> list[tuple[uuid.UUID, str]]:
    first = session.get(Person, flat.owner_id) if flat.owner_id else None
    joint = select(Person.id, Person.name).join(CoOwner, CoOwner.person_id == Person.id)
    others = session.execute(joint.where(CoOwner.household_id == flat.id).order_by(Person.sort_key))
    return [*([(first.id, first.name)] if first is not None else []), *((key, name) for key, name in others)]


def edit(
    work: Work,
    household_id: uuid.UUID,
    *,
    area: int | None = _UNSET,
    owners: Sequence[uuid.UUID] = _UNSET,
    linked_id: uuid.UUID | None = _UNSET,
) -> None:
    """Change what is given: area in 0.01 m², all owners in order, the Party member who looks after the household."""
    with work.act("people.household") as act:
        flat = _kept(act, household_id)
        if area is not _UNSET:
            if area is not None and area <= 0:
                raise RuleBroken(N_("An area is more than 0. Write square metres, such as 98.76, or leave it empty."))
            flat.area = area
        if owners is not _UNSET:
            _own(act, flat, list(dict.fromkeys(owners)))
        if linked_id is not _UNSET:
            linked = act.get(Person, linked_id) if linked_id is not None else None
            if linked_id is not None and (linked is None or linked.party not in ("full", "probationary")):
                raise RuleBroken(N_("A household is looked after by a Party member: choose one. Nothing was changed."))
            flat.linked_id = linked_id


def verify(work: Work, household_id: uuid.UUID, on: date) -> int:
    """The household's file was checked on a day, and with it everybody who lives there; the answer is how many."""
    with work.act("people.verify") as act:
        if on > calendar.day_of(act.now):
            raise RuleBroken(N_("The day of checking lies in the future. Nothing was changed."))
        flat = _kept(act, household_id)
        flat.verified_on = on
        living = list(act.scalars(select(Person).where(Person.household_id == household_id, HERE)))
        for one in living:
            one.verified_on = on
    return len(living)


def figures(work: Work, unit_id: uuid.UUID, node: Place | None = None) -> Figures:
    """How many households a Party member looks after, how many were checked within a year, what each building lacks."""
    today = calendar.day_of(work.clock())
    with work.read() as session:
        flats = list(session.scalars(select(Household).where(Household.courtyard.in_(courtyards(session, unit_id)))))
        told = people_heads.heads(session, unit_id)
        checked = _checked(session, flats)
    if node is not None and node.courtyard is not None:
        flats = [flat for flat in flats if flat.courtyard == node.courtyard
                 and node.building in (None, flat.building)]  # fmt: skip
    buildings: dict[tuple[str, str], list[Household]] = {}
    for flat in flats:
        buildings.setdefault((flat.courtyard, flat.building), []).append(flat)
    gaps = tuple(
        Gap(
            building, len(some), sum(flat.linked_id is None for flat in some),
            sum(_due(checked[flat.id], today) for flat in some),
            tuple(head.name for head in people_heads.of_building(told, yard, building)), yard,
        )
        for (yard, building), some in sorted(buildings.items(), key=lambda pair: by_door(*pair[0]))
    )  # fmt: skip
    linked = sum(flat.linked_id is not None for flat in flats)
    return Figures(len(flats), linked, sum(not _due(checked[flat.id], today) for flat in flats), gaps)


def _checked(session: Session, flats: Sequence[Household]) -> dict[uuid.UUID, date | None]:
    """When each household was last checked: at the door, or when the last of those who live there was."""
    columns = func.min(Person.verified_on), func.count(), func.count(Person.verified_on)
    living = select(Person.household_id, *columns).where(Person.household_id.is_not(None), HERE)
    if len(flats) == 1:
        living = living.where(Person.household_id == flats[0].id)
    people = {
        key: first for key, first, count, told in session.execute(living.group_by(Person.household_id)) if count == told
    }
    return {
        flat.id: max((day for day in (flat.verified_on, people.get(flat.id)) if day is not None), default=None)
        for flat in flats
    }


def _due(day: date | None, today: date) -> bool:
    return day is None or day < today - _YEAR


def _own(act: Act, flat: Household, owners: list[uuid.UUID]) -> None:
    if any(act.get(Person, owner) is None for owner in owners):
        raise NotFound(N_("Choose the person from the list that opens. Nothing was changed."))
    flat.owner_id = owners[0] if owners else None
    held = {row.person_id: row for row in act.scalars(select(CoOwner).where(CoOwner.household_id == flat.id))}
    for owner, row in held.items():
        if owner not in owners[1:]:
            act.delete(row)
    for owner in owners[1:]:
        if owner not in held:
            act.add(CoOwner(id=derived_id(flat.id, "co_owner", owner), household_id=flat.id, person_id=owner))


def _kept(act: Act, household_id: uuid.UUID) -> Household:
    flat = act.get(Household, household_id)
    if flat is None:
        raise _gone()
    return flat


def _gone() -> NotFound:
    return NotFound(N_("This household is not here any more. Nothing was changed."))
