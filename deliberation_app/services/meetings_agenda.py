"""The agenda of one meeting: its entries in order, the options put forward, the resolution."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from deliberation_app.errors import N_, AppError, RuleBroken
from deliberation_app.services.act import Act
from deliberation_app.services.meetings import find, mention, require
from deliberation_app.services.work import Work
from deliberation_app.storage.base import new_id
from deliberation_app.storage.floor import Statement
from deliberation_app.storage.meetings import AgendaEntry, AgendaOption
from deliberation_app.storage.votes import Vote


def _entries(act: Act, meeting_id: uuid.UUID) -> list[AgendaEntry]:
    query = select(AgendaEntry).where(AgendaEntry.meeting_id == meeting_id).order_by(AgendaEntry.position)
    return list(act.scalars(query))


def add_entry(
    work: Work,
    meeting_id: uuid.UUID,
    *,
    title: str,
    item_id: uuid.UUID | None = None,
    presenter_id: uuid.UUID | None = None,
    minutes_allotted: int | None = None,
    materials: str | None = None,
    position: int | None = None,
) -> uuid.UUID:
    """Add an entry to the agenda, at the end or before the entry at `position`."""
    if not title.strip():
        raise RuleBroken(N_("An entry of the agenda needs a title."))
    with work.act("meetings.edit") as act:
        require(find(act, meeting_id), "planned", "called", "open", "recess")
        entries = _entries(act, meeting_id)
        place = len(entries) if position is None else position
        for entry in entries[place:]:
            entry.position += 1
        added = AgendaEntry(
            id=new_id(), meeting_id=meeting_id, position=place, title=title.strip(), item_id=item_id,
            presenter_id=presenter_id, minutes_allotted=minutes_allotted, materials=materials or None,
        )  # fmt: skip
        act.add(added)
        mention(act, meeting_id, "item", [item_id] if item_id else [])
        mention(act, meeting_id, "person", [presenter_id] if presenter_id else [])
    return added.id


_EDITABLE = {
    "title", "item_id", "presenter_id", "minutes_allotted", "materials", "summary", "resolution", "routing"
}  # fmt: skip


def edit_entry(work: Work, entry_id: uuid.UUID, **fields: Any) -> None:
    """Change title, item_id, presenter_id, minutes_allotted, materials, summary, resolution or routing of an entry."""
    unknown = set(fields) - _EDITABLE
    if unknown:
        raise AppError(N_("{field} of an agenda entry cannot be changed here."), field=", ".join(sorted(unknown)))
    with work.act("meetings.edit") as act:
        entry = act.get_one(AgendaEntry, entry_id)
        for name, value in fields.items():
            setattr(entry, name, value if value != "" else None)
        if not (entry.title or "").strip():
            raise RuleBroken(N_("An entry of the agenda needs a title."))
        mention(act, entry.meeting_id, "item", [entry.item_id] if entry.item_id else [])
        mention(act, entry.meeting_id, "person", [entry.presenter_id] if entry.presenter_id else [])


def move_entry(work: Work, entry_id: uuid.UUID, to: int) -> None:
    """Move an entry to another place of the agenda, 0 being the first."""
    with work.act("meetings.edit") as act:
        moved = act.get_one(AgendaEntry, entry_id)
        require(find(act, moved.meeting_id), "planned", "called", "open", "recess")
        entries = [entry for entry in _entries(act, moved.meeting_id) if entry.id != entry_id]
        entries.insert(max(0, min(to, len(entries))), moved)
        for position, entry in enumerate(entries):
            entry.position = position


def drop_entry(work: Work, entry_id: uuid.UUID) -> None:
    """Take an entry off the agenda on which nothing has been said or voted."""
    with work.act("meetings.edit") as act:
        entry = act.get_one(AgendaEntry, entry_id)
        require(find(act, entry.meeting_id), "planned", "called", "open", "recess")
        said = act.scalars(select(Statement.id).where(Statement.entry_id == entry_id)).first()
        voted = act.scalars(select(Vote.id).where(Vote.entry_id == entry_id)).first()
        if said is not None or voted is not None or entry.began_at is not None:
            raise RuleBroken(N_("“{entry}” has been dealt with already and stays on record."), entry=entry.title)
        for option in act.scalars(select(AgendaOption).where(AgendaOption.entry_id == entry_id)):
            act.delete(option)
        act.delete(entry)
        act.flush()
        for position, other in enumerate(_entries(act, entry.meeting_id)):
            other.position = position


def set_options(work: Work, entry_id: uuid.UUID, options: Sequence[tuple[uuid.UUID | None, str, str]]) -> None:
    """Put the options of an entry as (id or None for a new one, title, text), in this order."""
    with work.act("meetings.edit") as act:
        entry = act.get_one(AgendaEntry, entry_id)
        require(find(act, entry.meeting_id), "planned", "called", "open", "recess")
        known = {row.id: row for row in act.scalars(select(AgendaOption).where(AgendaOption.entry_id == entry_id))}
        voted = set(act.scalars(select(Vote.option_id).where(Vote.entry_id == entry_id)))
        kept = {key for key, _, _ in options}
        for gone in [row for row in known.values() if row.id not in kept]:
            if gone.id in voted:
                raise RuleBroken(N_("“{option}” was voted on and stays on record."), option=gone.title)
            act.delete(gone)
        for position, (key, title, text) in enumerate(options):
            if not title.strip():
                raise RuleBroken(N_("An option needs a title, such as “A: 42 spaces”."))
            row = known.get(key) if key is not None else None
            if row is None:
                row = AgendaOption(id=new_id(), entry_id=entry_id)
                act.add(row)
            row.position, row.title, row.text = position, title.strip(), text.strip() or None
