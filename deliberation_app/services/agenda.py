"""Agenda items: raised, followed through the five stages, and numbered."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import func, select

from deliberation_app.services.act import Act
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.agenda import AgendaItem


def number_items(act: Act, unit_id: uuid.UUID, rows: list[dict[str, Any]]) -> None:
    """Give new items the next number of their year in this unit (2026-03); known ones keep theirs."""
    query = select(AgendaItem.id).where(AgendaItem.id.in_([row["id"] for row in rows]))
    known = set(act.scalars(query))
    last: dict[int, int] = {}
    for row in sorted(rows, key=lambda row: (row["raised_at"] or row["entered_at"] or act.now, str(row["id"]))):
        if row["id"] not in known:
            year = (row["raised_at"] or act.now).astimezone(DISPLAY_ZONE).year
            last[year] = last.get(year, last_number(act, unit_id, year)) + 1
            row["number"] = f"{year}-{last[year]:02d}"


def last_number(act: Act, unit_id: uuid.UUID, year: int) -> int:
    """The highest number given to an item of this unit in a year, 0 when none."""
    numbers = select(func.max(AgendaItem.number)).where(
        AgendaItem.unit_id == unit_id,
        AgendaItem.number.like(f"{year}-%"),
        func.length(AgendaItem.number)
        == select(func.max(func.length(AgendaItem.number)))
        .where(AgendaItem.unit_id == unit_id, AgendaItem.number.like(f"{year}-%"))
        .scalar_subquery(),
    )
    highest = act.scalar(numbers)
    return int(highest.rpartition("-")[2]) if highest else 0
