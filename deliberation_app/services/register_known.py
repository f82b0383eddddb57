"""Those whom the database knows, as a list is compared with them: read in few queries, without records."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain.register_cells import Door
from deliberation_app.domain.register_plan import Known, KnownFlat, KnownPerson
from deliberation_app.storage.people import CoOwner, Household, Membership, Person, RegisterEntry

_BATCH = 500
_PERSON = Person.__table__.c
_HOUSEHOLD = Household.__table__.c
_PEOPLE = select(
    _PERSON.id, _PERSON.name, _PERSON.gender, _PERSON.phone, _PERSON.household_id, _PERSON.party, _PERSON.post,
    _PERSON.note, _PERSON.moved_out_on, _PERSON.verified_on, _PERSON.reports_from, _PERSON.left_out,
    _PERSON.left_out_approval, _PERSON.left_out_assembly_on, _PERSON.left_out_superior_on,
)  # fmt: skip
_FLATS = select(
    _HOUSEHOLD.id, _HOUSEHOLD.courtyard, _HOUSEHOLD.building, _HOUSEHOLD.entrance, _HOUSEHOLD.room, _HOUSEHOLD.area,
    _HOUSEHOLD.owner_id,
)  # fmt: skip


def everybody(session: Session, unit_id: uuid.UUID, yards: Collection[str]) -> Known:
    """The people of a unit's register and those who live or own in these courtyards, with all the flats concerned."""
    connection = session.connection()
    flats: dict[uuid.UUID, KnownFlat] = {}
    _take_flats(session, flats, _FLATS.where(_HOUSEHOLD.courtyard.in_(yards)))
    listed = _PEOPLE.join(RegisterEntry, RegisterEntry.person_id == _PERSON.id).where(RegisterEntry.unit_id == unit_id)
    people = {row[0]: KnownPerson(*row) for row in connection.execute(listed)}
    lives = _PEOPLE.join(Household, _HOUSEHOLD.id == _PERSON.household_id).where(_HOUSEHOLD.courtyard.in_(yards))
    people.update((row[0], KnownPerson(*row)) for row in connection.execute(lives) if row[0] not in people)
    homes = {one.household_id for one in people.values() if one.household_id is not None} - flats.keys()
    for keys in _batches(homes):
        _take_flats(session, flats, _FLATS.where(_HOUSEHOLD.id.in_(keys)))
    _take_owners(session, flats)
    owners = {owner for flat in flats.values() for owner in flat.owners} - people.keys()
    for keys in _batches(owners):
        people.update((row[0], KnownPerson(*row)) for row in connection.execute(_PEOPLE.where(_PERSON.id.in_(keys))))
    held = select(Membership.person_id).where(
        Membership.unit_id == unit_id, Membership.role == "member", Membership.to_on.is_(None)
    )
    for key in connection.scalars(held):
        if key in people:
            people[key].member = True
    return Known(people.values(), flats.values())


def _take_flats(session: Session, flats: dict[uuid.UUID, KnownFlat], query: Any) -> None:
    for key, courtyard, building, entrance, room, area, owner in session.connection().execute(query):
        flats[key] = KnownFlat(key, Door(courtyard, building, entrance, room), area, [owner] if owner else [])


def _take_owners(session: Session, flats: dict[uuid.UUID, KnownFlat]) -> None:
    rows = CoOwner.__table__.c
    for keys in _batches(flats):
        found = select(rows.household_id, rows.person_id).where(rows.household_id.in_(keys)).order_by(rows.id)
        for household, person in session.connection().execute(found):
            if person not in flats[household].owners:
                flats[household].owners.append(person)


def _batches(keys: Iterable[uuid.UUID]) -> Iterable[list[uuid.UUID]]:
    ordered = list(keys)
    return (ordered[start : start + _BATCH] for start in range(0, len(ordered), _BATCH))
