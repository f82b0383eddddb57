"""The grid of a unit: courtyard, building, entrance, household, with how many flats and people each has."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from deliberation_app.services.people_register import HERE, Place, by_door, courtyards, register
from deliberation_app.services.work import Work
from deliberation_app.storage.people import Household, Person


@dataclass(frozen=True)
class Node:
    """A line of the grid; `depth` 0 courtyard, 1 building, 2 entrance, 3 household; children follow their parent."""

    place: Place
    title: str  # empty for those without a flat: the screen says so in its language
    depth: int
    households: int
    people: int


def grid(work: Work, unit_id: uuid.UUID, *, households: bool = False) -> list[Node]:
    """The tree of the unit in the order of the doors, last of all those without a flat if there are any.

    It goes down to the households where that is asked for.
    """
    where: tuple[Any, ...] = (Household.courtyard, Household.building, Household.entrance)
    if households:
        where = (*where, Household.room)
    with work.read() as session:
        yards = courtyards(session, unit_id)
        counted = select(*where, func.count()).where(Household.courtyard.in_(yards)).group_by(*where)
        flats: dict[tuple[Any, ...], int] = {tuple(row[:-1]): row[-1] for row in session.execute(counted)}
        lived = register(unit_id, *where, func.count()).where(HERE, Person.household_id.is_not(None)).group_by(*where)
        people: dict[tuple[Any, ...], int] = {tuple(row[:-1]): row[-1] for row in session.execute(lived)}
        homeless = session.scalar(register(unit_id, func.count()).where(HERE, Person.household_id.is_(None))) or 0
    nodes = list(_tree(_summed(flats), _summed(people)))
    return [*nodes, Node(Place(), "", 0, 0, homeless)] if homeless else nodes


def _summed(counts: dict[tuple[Any, ...], int]) -> Counter[Place]:
    """Each count added to its entrance, its building and its courtyard."""
    summed: Counter[Place] = Counter()
    for (courtyard, building, entrance, *room), count in counts.items():
        summed[Place(courtyard)] += count
        summed[Place(courtyard, building)] += count
        if entrance:
            summed[Place(courtyard, building, entrance)] += count
        if room:
            summed[Place(courtyard, building, entrance, room[0])] += count
    return summed


def _tree(flats: Counter[Place], people: Counter[Place]) -> Iterator[Node]:
    places = sorted(flats | people, key=lambda place: by_door(*place.parts()))
    for place in places:
        depth = 3 if place.room else 2 if place.entrance else 1 if place.building else 0
        title = place.room or place.entrance or place.building or place.courtyard or ""
        yield Node(place, title, depth, flats[place], people[place])
