"""One flat of the list of owners: its owner, area, co-owners, and who votes for it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from deliberation_app.errors import N_, NotFound, RuleBroken
from deliberation_app.services.act import Act
from deliberation_app.services.meetings import find as meeting_of
from deliberation_app.services.meetings import mention
from deliberation_app.services.owners_list import is_frozen
from deliberation_app.services.work import Work
from deliberation_app.storage.base import derived_id
from deliberation_app.storage.people import CoOwner, Household, Person
from deliberation_app.storage.votes import VotingFlat

_UNSET: Any = object()
_MOST_AREA = 100_000_000


def area_of(typed: str) -> int | None:
    """Square metres as typed, in 0.01 m²; None for an empty line; a finer figure is refused, never rounded away."""
    words = typed.strip().replace(",", "").replace("，", "").removesuffix("㎡").removesuffix("m²").strip()
    if not words:
        return None
    whole, _, part = words.partition(".")
    right = (whole + part).isascii() and whole.isdecimal() and len(part) <= 2 and (not part or part.isdecimal())
    area = int(whole) * 100 + int((part + "00")[:2]) if right else 0
    if not right or not 0 < area < _MOST_AREA:
        raise RuleBroken(
            N_("Write the area in square metres with at most two decimals, such as 62.35. Nothing was changed.")
        )
    return area


def co_owners(work: Work, flat_id: uuid.UUID) -> list[tuple[uuid.UUID, str]]:
    """The other owners of a flat, by name."""
    with work.read() as session:
        query = select(Person.id, Person.name).join(CoOwner, CoOwner.person_id == Person.id)
        query = query.join(VotingFlat, VotingFlat.household_id == CoOwner.household_id)
        return [
            (key, name)
            for key, name in session.execute(query.where(VotingFlat.id == flat_id).order_by(Person.sort_key))
        ]


def edit(
    work: Work,
    flat_id: uuid.UUID,
    *,
    owner_id: uuid.UUID | None = _UNSET,
    area: int | None = _UNSET,
    unsold: bool = _UNSET,
    with_owners: Sequence[uuid.UUID] = _UNSET,
    voter_id: uuid.UUID | None = _UNSET,
    proxy: str = _UNSET,
    proxy_on: date | None = _UNSET,
    guardian: str = _UNSET,
    note: str = _UNSET,
) -> None:
    """Change what is given: owner, area and unsold only until the vote opens, and then in the register too."""
    with work.act("votes.roster") as act:
        flat = act.get(VotingFlat, flat_id)
        if flat is None:
            raise NotFound(N_("This flat is not on the list of owners any more."))
        if meeting_of(act, flat.meeting_id).closed_at is not None:
            raise RuleBroken(N_("The meeting is closed: its list of owners stays as it is."))
        said = {"owner_id": owner_id, "area": area, "unsold": unsold}
        changed = {name: value for name, value in said.items() if value is not _UNSET and value != getattr(flat, name)}
        if changed:
            _correct(act, flat, changed)
        if with_owners is not _UNSET:
            _co_own(act, flat, with_owners)
        if voter_id is not _UNSET:
            flat.voter_id = _named(act, flat, voter_id)
        if proxy_on is not _UNSET:
            flat.proxy_on = proxy_on
        for name, words in (("proxy", proxy), ("guardian", guardian), ("note", note)):
            if words is not _UNSET:
                setattr(flat, name, words.strip() or None)
        if flat.proxy is None and flat.proxy_on is not None:
            raise RuleBroken(N_("Name the person who holds the proxy, or take its date out. Nothing was changed."))


def _correct(act: Act, flat: VotingFlat, changed: dict[str, Any]) -> None:
    """Owner and area, in the list and in the register alike; nothing of it once a vote was opened."""
    if is_frozen(act, flat.meeting_id):
        raise RuleBroken(N_("A vote of the owners has been opened: owner and area of a flat stay as they were."))
    for name, value in changed.items():
        setattr(flat, name, value)
    if flat.unsold and flat.owner_id is not None:
        raise RuleBroken(
            N_("A flat with an owner is sold: take the owner out, or say that it is sold. Nothing was changed.")
        )
    home = act.get_one(Household, flat.household_id)
    home.owner_id, home.area = flat.owner_id, flat.area
    if flat.owner_id is not None:
        mention(act, flat.meeting_id, "person", [flat.owner_id])


def _co_own(act: Act, flat: VotingFlat, people: Sequence[uuid.UUID]) -> None:
    held = {row.person_id: row for row in act.scalars(select(CoOwner).where(CoOwner.household_id == flat.household_id))}
    for key in dict.fromkeys(people):
        if key == flat.owner_id:
            raise RuleBroken(N_("The owner of the flat need not be named once more among the co-owners."))
        if key not in held:
            row_id = derived_id(flat.household_id, "co_owner", key)
            act.add(CoOwner(id=row_id, household_id=flat.household_id, person_id=key))
    for key, row in held.items():
        if key not in people:
            act.delete(row)
    act.flush()


def _named(act: Act, flat: VotingFlat, voter_id: uuid.UUID | None) -> uuid.UUID | None:
    """The co-owner whom the others named; the owner himself is no entry of its own."""
    if voter_id is None or voter_id == flat.owner_id:
        return None
    query = select(CoOwner.id).where(CoOwner.household_id == flat.household_id, CoOwner.person_id == voter_id)
    if act.scalars(query).first() is None:
        raise RuleBroken(
            N_(
                "Only one of the co-owners can be named to vote for this flat; somebody else needs a "
                "written proxy. Nothing was changed."
            )
        )
    return voter_id
