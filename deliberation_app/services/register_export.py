"""A register as an Excel file, whole or as it is filtered; taken in again it changes nothing."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain.register_party import PARTY_WORDS
from deliberation_app.domain.votes_exclusions import EXCLUSIONS
from deliberation_app.services import register_file
from deliberation_app.services.people_register import Place, page
from deliberation_app.services.work import Work
from deliberation_app.storage.people import CoOwner, Household, Membership, Person, Unit

COLUMNS = ("name", "gender", "phone", "courtyard", "building", "entrance", "room", "area", "owner", "party", "post",
           "note")  # fmt: skip
# Written only where somebody has them: most registers know nothing of these.
MARKS = ("branch", "left_out", "approval", "assembly_on", "superior_on", "verified_on")
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
        rows = list(_rows(session, ids, _members(session, unit)))
    told = [at for at in range(len(COLUMNS), len(COLUMNS) + len(MARKS)) if any(row[at] is not None for row in rows)]
    kept = [*range(len(COLUMNS)), *told]
    fields = [(*COLUMNS, *MARKS)[at] for at in kept]
    register_file.write(path, fields, ([row[at] for at in kept] for row in rows),
                        unit.name if unit is not None else "名册")  # fmt: skip
    return len(ids)


def _members(session: Session, unit: Unit | None) -> dict[uuid.UUID, str]:
    """The members of the branch, each with its name as their branch."""
    if unit is None:
        return {}
    held = select(Membership.person_id).where(
        Membership.unit_id == unit.id, Membership.role == "member", Membership.to_on.is_(None)
    )
    return dict.fromkeys(session.scalars(held), unit.name)


def _rows(session: Session, ids: list[uuid.UUID], members: dict[uuid.UUID, str]) -> Iterator[list[str | float | None]]:
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
            own = {flat.id: flat for flat in owned.get(key, ())}
            yield from _of_person(people[key], homes, own, members.get(key))


def _of_person(
    kept: Person, homes: dict[uuid.UUID, Household], owned: dict[uuid.UUID, Household], branch: str | None
) -> Iterator[list[str | float | None]]:
    """The row of a home, then one for each other flat that the person owns."""
    home = homes.get(kept.household_id) if kept.household_id is not None else None
    owns = None if home is None else "是" if home.id in owned else "否"
    others = [flat for flat in owned.values() if home is None or flat.id != home.id]
    if home is None and others and not kept.phone:  # nothing but the flat tells who is meant
        home, owns, others = others[0], "是", others[1:]
    yield [kept.name, kept.gender, kept.phone, *_door(home), owns, PARTY_WORDS.get(kept.party or ""), kept.post,
           kept.note, *_marks(kept, branch)]  # fmt: skip
    for flat in others:
        yield [kept.name, kept.gender, kept.phone, *_door(flat), "是", *(None,) * (3 + len(MARKS))]


def _marks(kept: Person, branch: str | None) -> list[str | None]:
    known = EXCLUSIONS.get(kept.left_out or "")
    reason = known.title if known is not None else None
    days = (kept.left_out_assembly_on, kept.left_out_superior_on) if reason else (None, None)
    return [kept.reports_from or branch, reason, kept.left_out_approval if reason else None,
            *(day.isoformat() if day is not None else None for day in (*days, kept.verified_on))]  # fmt: skip


def _door(flat: Household | None) -> list[str | float | None]:
    if flat is None:
        return [None] * 5
    return [flat.courtyard, flat.building, flat.entrance, flat.room, None if flat.area is None else flat.area / 100]
