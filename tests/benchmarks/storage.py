"""The first page of a list at 1,000,000 items against itself at 10,000: cost follows what is shown."""

from __future__ import annotations

import statistics
import tempfile
import time
import uuid
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from deliberation_app.services import agenda
from deliberation_app.services.work import Work, open_work

FEW, MANY, TIMES = 10_000, 1_000_000, 15
UNIT = uuid.UUID(int=1)
# Made by the database itself: only the reading is measured.
FILL = """
WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < :count)
INSERT INTO item (id, version, unit_id, title, stage, raised_at, entered_at)
SELECT printf('%032x', n + 1000), 1, :unit, '停车位重新划分' || n,
       CASE n % 5 WHEN 0 THEN 'raised' WHEN 1 THEN 'discussed' WHEN 2 THEN 'decided' WHEN 3 THEN 'evaluated'
       ELSE 'shared' END,
       datetime('2016-10-20', '+' || (n % 3650) || ' days') || '.000000',
       datetime('2016-10-20', '+' || (n % 3650) || ' days') || '.000000'
FROM number
"""


def fill(file: Path, count: int) -> Work:
    """A unit with so many items."""
    work = open_work(file, clock=lambda: datetime.now(UTC))
    with work.engine.begin() as connection:
        unit = "INSERT INTO unit (id, version, name, kind) VALUES (:unit, 1, '山大路194号院', 'courtyard')"
        connection.execute(text(unit), {"unit": UNIT.hex})
        connection.execute(text(FILL), {"unit": UNIT.hex, "count": count})
    return work


def first_page(work: Work) -> float:
    """How long the first page takes, looked at several times."""
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        page = agenda.page(work, UNIT)
        took.append(time.perf_counter() - began)
    if len(page.rows) != 50:
        raise ValueError("the page is not full")
    return statistics.median(took)


def run() -> list[dict[str, Any]]:
    """One row."""
    with tempfile.TemporaryDirectory() as folder:
        with closing(fill(Path(folder) / "few.sqlite", FEW)) as work:
            few = first_page(work)
        with closing(fill(Path(folder) / "many.sqlite", MANY)) as work:
            many = first_page(work)
    what = f"first page of a list of {MANY:,} items, against {FEW:,}"
    return [{"what": what, "ratio": many / few, "bar": 1.5, "milliseconds": round(1000 * many, 3)}]
