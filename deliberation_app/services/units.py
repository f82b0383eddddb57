"""Units: set up at the first start, looked up, renamed, and what each has settled for itself."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from deliberation_app.domain import calendar, people
from deliberation_app.domain.meetings import UNIT_KINDS
from deliberation_app.errors import N_, NotFound, RuleBroken
from deliberation_app.services.meeting_intake import people_keys
from deliberation_app.services.units_known import all_units, unit
from deliberation_app.services.work import Work
from deliberation_app.storage.base import derived_id, new_id
from deliberation_app.storage.people import Membership, Person, RegisterEntry, Unit

__all__ = ["all_units", "checked_name", "edit", "register_entry", "set_up", "unit"]

# The role in which whoever chairs a unit of this kind belongs to it; a street keeps no members of its own.
_CHAIR_ROLES: Mapping[str, str] = {
    "branch": "branch_secretary", "courtyard": "branch_secretary", "community": "residents_committee_member",
    "village": "villagers_committee_member", "owners": "owner",
}  # fmt: skip
_LONGEST_NAME = 100


def set_up(
    work: Work, *, name: str, kind: str, parents: Sequence[str] = (), chair_name: str, since: date | None = None
) -> uuid.UUID:
    """Found a unit with the person who chairs it; the answer is the unit's id.

    What was due before `since` is no gap: it was held, if at all, before the program came.
    """
    name, parents = _checked(name, kind, parents)
    chair_name = checked_name(chair_name)
    with work.act("units.set_up") as act:
        chair = Person(id=new_id(), name=chair_name, **people_keys(chair_name))
        founded = Unit(id=new_id(), name=name, kind=kind, parents=list(parents) or None, chair_id=chair.id)
        if since is not None:
            founded.settings = {"record_since": since.isoformat()}
        role = _CHAIR_ROLES.get(kind)
        if role == "branch_secretary":
            chair.party = "full"
            chair.post = "支部书记"
        act.add_all([chair, founded, register_entry(founded.id, chair)])
        if role is not None:
            today = calendar.day_of(act.now)
            act.add(Membership(person_id=chair.id, unit_id=founded.id, role=role, from_on=today))
    return founded.id


def edit(
    work: Work,
    unit_id: uuid.UUID,
    *,
    name: str | None = None,
    kind: str | None = None,
    parents: Sequence[str] | None = None,
    chair_id: uuid.UUID | None = None,
    settings: Mapping[str, Any] | None = None,
) -> None:
    """Change what is given and leave the rest; `settings` are added to those the unit has."""
    with work.act("units.edit") as act:
        kept = act.get(Unit, unit_id)
        if kept is None:
            raise NotFound(N_("This unit is not here; choose another one."))
        above = kept.parents or () if parents is None else parents
        kept.name, above = _checked(name or kept.name, kind or kept.kind, above)
        kept.kind = kind or kept.kind
        kept.parents = list(above) or None
        if chair_id is not None:
            kept.chair_id = chair_id
        if settings is not None:
            kept.settings = {**(kept.settings or {}), **settings}


def register_entry(unit_id: uuid.UUID, person: Person) -> RegisterEntry:
    """The line by which a person stands in a unit's register."""
    key = derived_id(unit_id, "register", person.id)
    return RegisterEntry(id=key, unit_id=unit_id, person_id=person.id, sort_key=person.sort_key)


def checked_name(name: str) -> str:
    """A person's name as it is stored; refused when empty or longer than a meeting file can hold."""
    name = people.normalise_name(name)
    if not name:
        raise RuleBroken(N_("A person needs a name: write it as on the identity card. Nothing was changed."))
    if len(name) > _LONGEST_NAME:
        raise RuleBroken(N_("The name has {count} characters; at most {most} fit. Nothing was changed."),
                         count=len(name), most=_LONGEST_NAME)  # fmt: skip
    return name


def _checked(name: str, kind: str, parents: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    name = name.strip()
    if not name:
        raise RuleBroken(N_("The unit needs a name, such as 山大路194号院党支部. Nothing was changed."))
    if kind not in UNIT_KINDS:
        raise RuleBroken(N_("Choose what kind of unit it is. Nothing was changed."))
    return name, tuple(parent.strip() for parent in parents if parent.strip())
