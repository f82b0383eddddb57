"""A register as an Excel file, whole or as it is filtered; taken in again it changes nothing."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain.register_cells import PARTY_WORDS
from deliberation_app.services import register_file
from deliberation_app.services.people_register import Place, page
from deliberation_app.services.work import Work
from deliberation_app.storage.people import CoOwner, Household, Person, Unit

COLUMNS = ("name", "gender", "phone", "courtyard", "building", "entrance", "room", "area", "owner", "party", "post",
           "note")  # fmt: skip
_BATCH = 500


def export(
    work: Work, unit_id: uuid.UUID, path: Path, *, node: Place | None = None, text: str = "", only: str | None = None
) -> int:
    """Write the register, or what the filters leave of it, as .xlsx; the answer is how many people."""
    ids: list[uuid.UUID] = []
    after = None
    while True:
        some = page(work, unit_id, node=node, text=text, only=only, after=after, limit=_BATCH)
        ids += [row.id for row in some.rows]
        after = some.next
        if after is None:
            break
    with work.read() as session:
        unit = session.get(Unit, unit_id)
        rows = list(_rows(session, ids))
    register_file.write(path, COLUMNS, rows, unit.name if unit is not None else "名册")
    return len(ids)


def _rows(session: Session, ids: list[uuid.UUID]) -> Iterator[list[str | float | None]]:
    for start in range(0, len(ids), _BATCH):
        some = ids[start : start + _BATCH]
        people = {kept.id: kept for kept in session.scalars(select(Person).where(Person.id.in_(some)))}
        owned: dict[uuid.UUID, list[Household]] = {}
        for flat in session.scalars(select(Household).where(Household.owner_id.in_(some)).order_by(Household.id)):
            if flat.owner_id is not None:
                owned.setdefault(flat.owner_id, []).append(flat)
        joint = select(CoOwner.person_id, Household).join(Household, Household.id == CoOwner.household_id)
        for person, flat in session.execute(joint.where(CoOwner.person_id.in_(some)).order_by(CoOwner.id)):
            owned.setdefault(person, []).append(flat)
        lives = {kept.household_id for kept in people.values() if kept.household_id is not None}
        homes = {flat.id: flat for flat in session.scalars(select(Household).where(Household.id.in_(lives)))}
        for key in some:
            yield from _of_person(people[key], homes, {flat.id: flat for flat in owned.get(key, ())})


def _of_person(
    kept: Person, homes: dict[uuid.UUID, Household], owned: dict[uuid.UUID, Household]
) -> Iterator[list[str | float | None]]:
    """The row of a home, then one for each other flat that the person owns."""
    home = homes.get(kept.household_id) if kept.household_id is not None else None
    owns = None if home is None else "是" if home.id in owned else "否"
    others = [flat for flat in owned.values() if home is None or flat.id != home.id]
    if home is None and others and not kept.phone:  # nothing but the flat tells who is meant
        home, owns, others = others[0], "是", others[1:]
    yield [kept.name, kept.gender, kept.phone, *_door(home), owns, PARTY_WORDS.get(kept.party or ""), kept.post,
           kept.note]  # fmt: skip
    for flat in others:
        yield [kept.name, kept.gender, kept.phone, *_door(flat), "是", None, None, None]


def _door(flat: Household | None) -> list[str | float | None]:
    if flat is None:
        return [None] * 5
    return [flat.courtyard, flat.building, flat.entrance, flat.room, None if flat.area is None else flat.area / 100]
