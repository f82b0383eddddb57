"""Where somebody lived and since when: a move ends one stay and begins the next, and both stay on record."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.errors import N_, NotFound, RuleBroken
from deliberation_app.services.act import Act
from deliberation_app.services.people_register import home_text
from deliberation_app.services.work import Work
from deliberation_app.storage.base import new_id
from deliberation_app.storage.people import Household, Person, Residence


@dataclass(frozen=True)
class Stay:
    """A flat somebody lived in, from and until when; None where nobody knows."""

    home: str
    from_on: date | None
    to_on: date | None


def move(work: Work, person_id: uuid.UUID, household_id: uuid.UUID, on: date) -> None:
    """Somebody moves into another flat on a day; the flat before stays in the history."""
    with work.act("people.move") as act:
        kept = act.get(Person, person_id)
        if kept is None or act.get(Household, household_id) is None:
            raise NotFound(N_("This person or flat is not here any more. Nothing was changed."))
        if kept.household_id == household_id:
            raise RuleBroken(N_("{name} lives in this flat already. Choose another flat."), name=kept.name)
        note_move(act, kept, household_id, on)


def note_move(act: Act, kept: Person, household_id: uuid.UUID | None, on: date) -> None:
    """End the stay in the flat until now, begin the next one."""
    open_stay = act.scalars(
        select(Residence).where(Residence.person_id == kept.id, Residence.to_on.is_(None))
    ).first()  # fmt: skip
    if open_stay is not None and open_stay.from_on is not None and on < open_stay.from_on:
        raise RuleBroken(N_("{name} moved in on {day}; the next move cannot be before. Nothing was changed."),
                         name=kept.name, day=open_stay.from_on)  # fmt: skip
    if open_stay is not None:
        open_stay.to_on = on
    elif kept.household_id is not None:
        act.add(Residence(person_id=kept.id, household_id=kept.household_id, from_on=None, to_on=on))
    kept.household_id = household_id
    if household_id is not None:
        kept.moved_out_on = None
        act.add(Residence(person_id=kept.id, household_id=household_id, from_on=on, to_on=None))


def moved_rows(act: Act, moved: Mapping[uuid.UUID, uuid.UUID], on: date) -> list[dict[str, Any]]:
    """The rows that note many moves at once: person → new flat. Asked before the people are written."""
    rows: list[dict[str, Any]] = []
    keys = list(moved)
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        query = select(Residence.id, Residence.person_id).where(
            Residence.person_id.in_(some), Residence.to_on.is_(None)
        )
        open_stays = {person: key for key, person in act.connection().execute(query)}
        rows += [{"id": key, "to_on": on} for key in open_stays.values()]
        homes = select(Person.id, Person.household_id).where(Person.id.in_(some))
        for person, flat in act.connection().execute(homes):
            if person not in open_stays and flat is not None:
                rows.append({"id": new_id(), "person_id": person, "household_id": flat, "to_on": on})
    for person, flat in moved.items():
        rows.append({"id": new_id(), "person_id": person, "household_id": flat, "from_on": on})
    return rows


def stays(session: Session, person_id: uuid.UUID) -> list[Stay]:
    """The flats somebody lived in, the last first."""
    query = select(Residence, Household).join(Household, Household.id == Residence.household_id)
    found = [(row, flat) for row, flat in session.execute(query.where(Residence.person_id == person_id))]
    found.sort(key=lambda pair: (pair[0].to_on or date.max, pair[0].from_on or date.min), reverse=True)
    return [Stay(f"{flat.courtyard} {home_text(flat)}", row.from_on, row.to_on) for row, flat in found]
