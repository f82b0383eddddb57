"""One act of the live meeting against the same SQL by raw sqlite3 with the same durability, both without windows."""

from __future__ import annotations

import shutil
import sqlite3
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event, select

from deliberation_app.services import floor, floor_roll, meetings, units, votes
from deliberation_app.services.work import Work, open_work
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.base import new_id
from deliberation_app.storage.floor import FloorState
from deliberation_app.storage.people import Person

PEOPLE, ITEMS, TIMES = 400, 170, 40
WORDS = "先划线，再收费，钱要公开。"
Asked = list[tuple[str, Any, bool]]


def prepare(file: Path) -> tuple[uuid.UUID, list[uuid.UUID]]:
    """A running meeting of 400 people in a unit with 170 items."""
    with closing(open_work(file, clock=lambda: datetime.now(UTC))) as work:
        unit = units.set_up(work, name="山大路194号院", kind="courtyard", chair_name="王秀兰")
        people = [new_id() for _ in range(PEOPLE)]
        with work.act("people.import") as act:
            act.insert(Person, [{"id": key, "name": f"居民{n}"} for n, key in enumerate(people)])
            act.insert(AgendaItem, [{"id": new_id(), "unit_id": unit, "title": f"议题{n}"} for n in range(ITEMS)])
        now = work.clock()
        meeting = meetings.call(work, unit, kind="organisational_life", title="会", starts_at=now, due=people)
        meetings.open_meeting(work, meeting)
        floor_roll.sign_in(work, meeting, people)
    return meeting, people


def plainly(work: Work) -> Callable[..., Any]:
    """An act by the service alone; what a window would say of it is said nowhere."""
    return lambda _said, act, *values, **named: act(work, *values, **named)


def live(
    work: Work, meeting: uuid.UUID, people: list[uuid.UUID], do: Callable[..., Any]
) -> Iterator[tuple[str, Callable[[], Any]]]:
    """The acts of a live meeting, again and again, done by `do`; what is only in between has no name."""
    with work.read() as session:
        entry = session.scalars(select(FloorState.entry_id).where(FloorState.id == meeting)).one()
    for number in range(TIMES):
        yield from _round(number, meeting, entry, (people[2 * number], people[2 * number + 1]), do)


def _round(
    number: int, meeting: uuid.UUID, entry: uuid.UUID | None, pair: tuple[uuid.UUID, uuid.UUID], do: Callable[..., Any]
) -> Iterator[tuple[str, Callable[[], Any]]]:
    numbers = {"in_favour": 300, "against": 50, "abstain": 50, "invalid": 0}
    # A vote has ended the turn under way: somebody speaks before the one whose turn is measured.
    yield "", lambda: do(f"居民{2 * number}", floor.give, meeting, pair[0])
    yield "give the floor", lambda: do(f"居民{2 * number + 1}", floor.give, meeting, pair[1])
    yield "note a statement", lambda: do(f"{number} noted", floor.note, meeting, text=WORDS, speaker_id=pair[1])
    opened: list[uuid.UUID] = []
    asked = {"motion": "同意", "rule": "straw_poll"}
    yield "", lambda: opened.append(do(f"{number} opened", votes.open_vote, entry, **asked))
    yield "count a vote", lambda: do(f"{number} counted", votes.count, opened[0], **numbers)
    yield "announce a result", lambda: do(f"{number} announced", votes.announce, opened[0])


def ours(file: Path, meeting: uuid.UUID, people: list[uuid.UUID]) -> dict[str, list[float]]:
    """How long each act takes."""
    took: dict[str, list[float]] = {}
    with closing(open_work(file, clock=lambda: datetime.now(UTC))) as work:
        for name, do in live(work, meeting, people, plainly(work)):
            began = time.perf_counter()
            do()
            took.setdefault(name, []).append(time.perf_counter() - began)
    return took


class Recording(sqlite3.Connection):
    """A connection of the driver that notes whatever reaches the database through it."""

    asked: Asked

    def cursor(self, *_factory: Any) -> sqlite3.Cursor:
        """One that notes."""
        return super().cursor(RecordingCursor)

    def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:
        """Carry out by a cursor that notes."""
        return self.cursor().execute(sql, values)

    def commit(self) -> None:
        """Note what the driver itself sends only inside a transaction."""
        if self.in_transaction:
            self.asked.append(("COMMIT", (), False))
        super().commit()

    def rollback(self) -> None:
        """The same."""
        if self.in_transaction:
            self.asked.append(("ROLLBACK", (), False))
        super().rollback()


class RecordingCursor(sqlite3.Cursor):
    """The cursor of such a connection."""

    connection: Recording

    def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:
        """Note and carry out."""
        self.connection.asked.append((sql, values, False))
        return super().execute(sql, values)

    def executemany(self, sql: str, values: Any, /) -> sqlite3.Cursor:
        """Note and carry out."""
        self.connection.asked.append((sql, values, True))
        return super().executemany(sql, values)


def recorded(file: Path, meeting: uuid.UUID, people: list[uuid.UUID]) -> list[tuple[str, Asked]]:
    """The SQL of each act, as it reached the database."""
    acts: list[tuple[str, Asked]] = []
    asked: Asked = []

    def connect(_dialect: Any, _record: Any, places: Any, options: Any) -> Recording:
        made = sqlite3.connect(*places, factory=Recording, **options)
        made.asked = asked
        return made

    with closing(open_work(file, clock=lambda: datetime.now(UTC))) as work:
        event.listen(work.engine, "do_connect", connect)
        work.close()  # every connection from now on is one that notes
        for name, do in live(work, meeting, people, plainly(work)):
            asked.clear()
            do()
            acts.append((name, list(asked)))
    if any(sql[0][0] != "BEGIN IMMEDIATE" or sql[-1][0] != "COMMIT" for name, sql in acts if name):
        raise RuntimeError("not all that was asked is noted")
    return acts


def raw(file: Path, acts: list[tuple[str, Asked]]) -> dict[str, list[float]]:
    """How long the same SQL takes without the program."""
    took: dict[str, list[float]] = {}
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")
        for name, asked in acts:
            began = time.perf_counter()
            for sql, values, many in asked:
                cursor = connection.executemany(sql, values) if many else connection.execute(sql, values)
                cursor.fetchall()
            took.setdefault(name, []).append(time.perf_counter() - began)
    return took


def run() -> list[dict[str, Any]]:
    """A row for each act."""
    with tempfile.TemporaryDirectory() as folder:
        first, second, third = (Path(folder) / f"{name}.sqlite" for name in "abc")
        meeting, people = prepare(first)
        shutil.copyfile(first, second)
        shutil.copyfile(first, third)
        acts = recorded(second, meeting, people)
        floors = raw(third, acts)
        took = ours(first, meeting, people)
    return [
        # The bar of 3 counts both windows repainted on either side; the commit alone has none.
        {"what": f"{name}: the commit alone, against the same SQL by raw sqlite3", "bar": None,
         "ratio": statistics.median(took[name]) / statistics.median(floors[name]),
         "milliseconds": round(1000 * statistics.median(took[name]), 3)}
        for name in took if name
    ]  # fmt: skip
