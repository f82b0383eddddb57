"""The archive of the demonstration: one meeting's file complete on paper, the parking's nearly so, the rest open."""

from __future__ import annotations

import uuid

from sqlalchemy import select

from deliberation_app.services import archive, archive_number
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.meetings import Meeting

_PLACE = "2026年第1盒"
_VOTES = ("owners_assembly",)
# How many pages the paper file holds of each; others have one.
_PAGES = {"record": 12, "ballot": 95, "tally_sheet": 2, "sign_in_sheet": 3, "resolution": 2, "task_list": 2}
# What is still wanted in the parking's file, so that there is something to be done.
_WANTED = frozenset({"told", "posting_photo", "satisfaction_form", "closing_form", "archive_cover", "archive_list"})


def fill(work: Work, unit_id: uuid.UUID) -> None:
    """Tick off what the clerk has filed since the spring."""
    with work.read() as session:
        held = select(Meeting.id).where(Meeting.unit_id == unit_id, Meeting.closed_at.is_not(None))
        meeting = session.scalars(held.where(Meeting.kind.in_(_VOTES)).order_by(Meeting.starts_at)).first()
        item = session.scalars(
            select(AgendaItem.id).where(AgendaItem.unit_id == unit_id, AgendaItem.stage == "shared")
        ).first()
    if meeting is not None:
        _file(work, "meeting", meeting, frozenset({"photo"}))
        archive.excuse(work, "meeting", meeting, "photo", "书面表决，没有集中开会")
    if item is not None:
        archive_number.give(work, item, archive_number.proposed(work, item))
        _file(work, "item", item, _WANTED)


def _file(work: Work, about: archive.About, key: uuid.UUID, without: frozenset[str]) -> None:
    for line in archive.file(work, about, key).lines:
        if line.level and line.state == "missing" and line.paper not in without:
            archive.tick(work, about, key, line.paper, there=True, text=_PLACE, pages=_PAGES.get(line.paper, 1))
