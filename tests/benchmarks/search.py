"""Two characters looked for among 100,000 items, against the raw FTS5 query on the same index."""

from __future__ import annotations

import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from deliberation_app.domain.search import scope, spaced
from deliberation_app.services import search, units
from deliberation_app.services.work import open_work
from deliberation_app.storage import search as index
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.base import new_id

ITEMS, TIMES = 100_000, 30
WORDS = (
    "停车", "路灯", "消防通道", "电梯", "垃圾分类", "噪音", "楼道", "绿化", "充电桩", "漏水", "车位", "划线", "收费",
)  # fmt: skip


def median(do: Callable[[], object]) -> float:
    """The usual time of doing it once."""
    do()
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        do()
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def row(what: str, bar: float | None, took: float, floor: float) -> dict[str, Any]:
    """A line of the table."""
    return {"what": what, "bar": bar, "ratio": round(took / floor, 2), "milliseconds": round(1000 * took, 2)}


def run() -> list[dict[str, Any]]:
    """A row for a frequent word, one for a rare one, one for what is not there."""
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "search.sqlite"
        with closing(open_work(file, clock=lambda: datetime.now(UTC))) as work:
            unit = units.set_up(work, name="山大路194号院", kind="courtyard", chair_name="王秀兰")
            rows = [
                {"id": new_id(), "unit_id": unit, "title": f"{n}号楼{chance.choice(WORDS)}、{chance.choice(WORDS)}"}
                for n in range(ITEMS)
            ]
            rows[50_000]["title"] = "樱花树怎么养"
            with work.act("units.seed") as act:
                act.insert(AgendaItem, rows)
            found = []
            with closing(sqlite3.connect(file)) as raw:
                for typed in ("停车", "樱花", "猫狗"):
                    asked = " AND ".join((*scope(unit, "item"), f'"{spaced(typed)}"'))
                    sql = "SELECT rowid FROM search_words WHERE search_words MATCH ? ORDER BY rowid DESC LIMIT 20"
                    floor = median(lambda sql=sql, asked=asked: raw.execute(sql, (asked,)).fetchall())
                    with work.read() as session:
                        there = session.connection()
                        ours = median(lambda typed=typed, there=there: index.found(there, typed, unit, 20, "item"))
                    whole = median(lambda typed=typed: search.find(work, unit, typed))
                    found += [row(f"“{typed}” in {ITEMS:,} items ÷ raw FTS5", 2, ours, floor),
                              row(f"the whole box for “{typed}” ÷ raw FTS5", None, whole, floor)]  # fmt: skip
    return found
