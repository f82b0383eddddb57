"""A large made-up database for measuring: ten years of 24 communities, the same for the same scale."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from deliberation_app.domain import pinyin
from deliberation_app.errors import N_, AppError
from deliberation_app.services import seed_words as words
from deliberation_app.services.act import Act
from deliberation_app.services.seed_chance import Chance, Courtyard, share
from deliberation_app.services.seed_meetings import Rows, hold_meetings, raise_items
from deliberation_app.services.work import open_work
from deliberation_app.settings import DEMONSTRATION_TODAY
from deliberation_app.storage.accounts import AuditLine
from deliberation_app.storage.base import derived_id
from deliberation_app.storage.people import Household, Membership, Person, RegisterEntry, Unit

COMMUNITIES, COURTYARDS, HOUSEHOLDS, ITEMS, MEETINGS = 24, 480, 100_000, 100_000, 20_000
STATEMENTS, BALLOTS = 600_000, 400_000
YEARS = 10
_NOW = datetime.combine(DEMONSTRATION_TODAY, datetime.min.time(), UTC)
_MEMBERS = 30

Progress = Callable[[int, int], None]


def seed(place: str | Path, scale: float = 1.0, progress: Progress | None = None) -> None:
    """Fill an empty database at `place`; scale 1.0 is the ten years of 24 communities.

    `progress` is told (courtyards done, all courtyards). Raises AppError where something is there already.
    """
    work = open_work(place, clock=lambda: _NOW)
    try:
        with work.read() as session:
            if session.scalars(select(AuditLine.id)).first() is not None:
                raise AppError(N_("{place} is not empty. Made-up data go into a new database only."), place=place)
        with work.act("units.seed") as act:
            _fill(act, scale, progress or (lambda _done, _all: None))
    finally:
        work.close()


def _fill(act: Act, scale: float, progress: Progress) -> None:
    chance = Chance(20261020)
    count = max(1, round(COURTYARDS * scale))
    # All people first: while no meeting is there, the keys of the many rows that point at them cost nothing.
    courtyards = _found(act, chance, count, scale)
    for done, courtyard in enumerate(courtyards):
        progress(done, count)
        rows: Rows = {}
        items = raise_items(chance, rows, courtyard.unit, courtyard.people, courtyard.items, _NOW, YEARS)
        act.own_revision |= hold_meetings(chance, rows, courtyard, items, _NOW, YEARS)
        for record, written in rows.items():
            act.insert(record, written)
    progress(count, count)


def _found(act: Act, chance: Chance, count: int, scale: float) -> list[Courtyard]:
    communities = min(count, max(1, round(COMMUNITIES * scale)))
    names = [f"{words.STREETS[n % len(words.STREETS)]}第{n // len(words.STREETS) + 1}社区" for n in range(communities)]
    units: list[dict[str, Any]] = [{"id": chance.id(), "name": name, "kind": "community"} for name in names]
    branches: list[dict[str, Any]] = [
        {"id": chance.id(), "name": f"{name}党支部", "kind": "branch", "parents": [name]} for name in names
    ]  # fmt: skip
    keys = [chance.id() for _ in range(count)]
    for number, key in enumerate(keys):
        community = names[number % communities]
        name = f"{words.STREETS[number % 12]}{number + 1}号{words.PLACES[number % 10]}"
        units.append({"id": key, "name": name, "kind": "courtyard", "parents": [community]})
    act.insert(Unit, [{"parents": None, **unit} for unit in units + branches])
    found: list[Courtyard] = []
    for number, key in enumerate(keys):
        people = _settle(act, chance, key, units[communities + number]["name"], number, count, scale)
        if number < communities:
            _enrol(act, chance, branches[number]["id"], people)
        totals = [share(round(total * scale), count, number) for total in (ITEMS, MEETINGS, STATEMENTS, BALLOTS)]
        found.append(Courtyard(key, people, *totals))
    return found


def _settle(
    act: Act, chance: Chance, unit: uuid.UUID, courtyard: str, number: int, count: int, scale: float
) -> list[uuid.UUID]:
    """The flats of a courtyard with their owners, and somebody else in every third."""
    people: list[dict[str, Any]] = []
    flats: list[dict[str, Any]] = []
    for flat in range(max(3, share(round(HOUSEHOLDS * scale), count, number))):
        home, owner = chance.id(), chance.id()
        building, rest = divmod(flat, 36)
        flats.append(
            {"id": home, "courtyard": courtyard, "building": str(building + 1), "entrance": str(rest // 12 + 1),
             "room": f"{rest % 12 // 2 + 1}0{rest % 2 + 1}", "area": chance.random.randrange(4000, 14000),
             "owner_id": owner}
        )  # fmt: skip
        people.append(_person(chance, owner, home))
        if flat % 3 == 0:
            people.append(_person(chance, chance.id(), home))
    act.insert(Person, people)
    act.insert(Household, flats)
    register = [
        {"id": derived_id(unit, "register", row["id"]), "unit_id": unit, "person_id": row["id"],
         "sort_key": row["sort_key"]}
        for row in people
    ]  # fmt: skip
    act.insert(RegisterEntry, register)
    return [row["id"] for row in people]


_KEYS: dict[str, tuple[str, str]] = {}


def _person(chance: Chance, key: uuid.UUID, home: uuid.UUID) -> dict[str, Any]:
    name = chance.name()
    if name not in _KEYS:
        _KEYS[name] = pinyin.search_key(name), pinyin.sort_key(name)
    search_key, sort_key = _KEYS[name]
    return {"id": key, "name": name, "household_id": home, "phone": f"139{chance.random.randrange(10**8):08}",
            "search_key": search_key, "sort_key": sort_key}  # fmt: skip


def _enrol(act: Act, chance: Chance, branch: uuid.UUID, people: list[uuid.UUID]) -> None:
    """The members of a branch."""
    rows = [
        {"id": chance.id(), "person_id": person, "unit_id": branch, "role": "member"} for person in people[:_MEMBERS]
    ]  # fmt: skip
    act.insert(Membership, rows)
