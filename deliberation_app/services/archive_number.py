"""归档号 of an item's file: proposed as the next of its year, given when the file is put away (flows.md F1)."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain import calendar
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.services.agenda_item import gone
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.people import Unit

LONGEST = 40


def proposed(work: Work, item_id: uuid.UUID) -> str:
    """The number an item has, else the next of this year behind the number of the fonds: Z109-2026-003."""
    with work.read() as session:
        item = _item(session, item_id)
        unit = session.get_one(Unit, item.unit_id)
        fonds = str((unit.settings or {}).get("fonds") or "")
        head = f"{fonds + '-' if fonds else ''}{calendar.day_of(work.clock()).year}-"
        given = (one.removeprefix(head) for one in _given(session, item) if one.startswith(head))
        following = max((int(one) for one in given if one.isdecimal()), default=0) + 1
        return item.archive_number or f"{head}{following:03d}"


def give(work: Work, item_id: uuid.UUID, number: str) -> None:
    """Give the file of an item its number, or another one; no two files of a unit have the same."""
    told = number.strip()
    if not told or len(told) > LONGEST:
        raise RuleBroken(N_("Write the archive number, at most {most} signs. Nothing was changed."), most=LONGEST)
    with work.act("archive.number") as act:
        item = _item(act, item_id)
        if told in _given(act, item):
            raise RuleBroken(N_("The file of another item has the number {number}. Nothing was changed."), number=told)
        item.archive_number = told


def _item(session: Session, item_id: uuid.UUID) -> AgendaItem:
    item = session.get(AgendaItem, item_id)
    if item is None:
        raise gone()
    return item


def _given(session: Session, item: AgendaItem) -> list[str]:
    """The numbers of the other files of the unit."""
    query = select(AgendaItem.archive_number).where(
        AgendaItem.unit_id == item.unit_id, AgendaItem.id != item.id, AgendaItem.archive_number.is_not(None)
    )
    return [one for one in session.scalars(query) if one is not None]
