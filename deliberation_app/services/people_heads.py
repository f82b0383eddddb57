"""Heads of buildings (楼长): one a building, and one ends before another begins (flows.md F8)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain.register_cells import Door, door_key
from deliberation_app.errors import N_, NotFound, RuleBroken
from deliberation_app.services.act import Act
from deliberation_app.services.people_register import HERE, register
from deliberation_app.services.work import Work
from deliberation_app.storage.people import Household, Person, RegisterEntry

# 副楼长 is no head; 3号楼楼长 names the building, 楼长 alone means the own one.
_HEAD = re.compile(r"(?P<building>[^、，,；;\s]*?)(?<!副)楼长")
_PARTED = re.compile(r"[、，,；;]\s*")

Building = tuple[str, str]  # courtyard and building; an empty courtyard where the head lives elsewhere


@dataclass(frozen=True)
class Head:
    """Somebody who is head of a building."""

    person_id: uuid.UUID
    name: str
    building: Building


def heads(session: Session, unit_id: uuid.UUID) -> Mapping[Building, tuple[Head, ...]]:
    """Who is head of which building of the register."""
    found: dict[Building, list[Head]] = {}
    rows = register(unit_id, Person.id, Person.name, Person.post, Household.courtyard, Household.building)
    rows = rows.where(HERE, Person.post.contains("楼长")).order_by(RegisterEntry.sort_key, Person.id)
    for key, name, post, courtyard, own in session.execute(rows):
        for building in headed(str(post), courtyard or "", own or ""):
            found.setdefault(building, []).append(Head(key, name, building))
    return {building: tuple(some) for building, some in found.items()}


def of_building(told: Mapping[Building, tuple[Head, ...]], courtyard: str, building: str) -> tuple[Head, ...]:
    """The heads of one building; those who name it without living in a courtyard count too."""
    wanted = building_key(building)
    return tuple(
        head for (yard, named), some in told.items() for head in some
        if building_key(named) == wanted and yard in ("", courtyard)
    )  # fmt: skip


def name_head(work: Work, unit_id: uuid.UUID, courtyard: str, building: str, person_id: uuid.UUID) -> None:
    """Make somebody head of a building; whoever was it before is it no longer."""
    with work.act("people.head") as act:
        person = act.get(Person, person_id)
        if person is None:
            raise NotFound(N_("Choose the person from the list that opens. Nothing was changed."))
        home = act.get(Household, person.household_id) if person.household_id is not None else None
        before = of_building(heads(act, unit_id), courtyard, building)
        for head in before:
            other = act.get_one(Person, head.person_id)
            if other.id != person_id:
                other.post = _without(other.post or "", head.building[1], building) or None
        if all(head.person_id != person_id for head in before):
            lives = (home.courtyard, building_key(home.building)) if home is not None else None
            own = lives == (courtyard, building_key(building))
            post = "楼长" if own else f"{building}楼长"
            person.post = "、".join(part for part in (person.post, post) if part)


def require_one(act: Act, person: Person) -> None:
    """Refuse a second head for a building; see name_head, which lets the first one end."""
    if "楼长" not in (person.post or ""):
        return
    act.flush()
    units = list(act.scalars(select(RegisterEntry.unit_id).where(RegisterEntry.person_id == person.id)))
    home = act.get(Household, person.household_id) if person.household_id is not None else None
    mine = headed(person.post or "", home.courtyard if home else "", home.building if home else "")
    for unit_id in units:
        told = heads(act, unit_id)
        for courtyard, building in mine:
            others = [one for one in of_building(told, courtyard, building) if one.person_id != person.id]
            if others:
                raise RuleBroken(
                    N_("{name} is head of {building} already, and a building has one. Name the new one under “What "
                       "buildings lack”: the other then ends by itself. Nothing was changed."),
                    name=others[0].name, building=building,
                )  # fmt: skip


def headed(post: str, courtyard: str, own: str) -> list[Building]:
    """The buildings that a post is the head of."""
    found: list[Building] = []
    for piece in _PARTED.split(post):
        told = _HEAD.fullmatch(piece.strip())
        if told is not None:
            found.append((courtyard, told["building"] or own))
    return [building for building in found if building[1]]


def _without(post: str, own: str, building: str) -> str:
    """A post without being head of this building."""
    kept = []
    for piece in _PARTED.split(post):
        told = _HEAD.fullmatch(piece.strip())
        if told is None or building_key(told["building"] or own) != building_key(building):
            kept.append(piece.strip())
    return "、".join(piece for piece in kept if piece)


def building_key(building: str) -> Any:
    """3号楼, 3栋 and 3 are one building."""
    return door_key(Door("", building, None, ""))[1]
