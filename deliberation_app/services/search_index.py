"""What search finds: which rows, by which of their texts, kept up to date in the act that changes them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import select

from deliberation_app.storage import search
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.history import Change, Plain
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.statements import ByKeys, Wire


@dataclass(frozen=True, kw_only=True)
class Source:
    """A table whose rows can be found: by which texts, and in which of its columns its unit or its owner stands."""

    texts: tuple[str, ...]
    owners: tuple[tuple[str, ByKeys | None], ...] = (("unit_id", None),)


_ENTRY, _MEETING, _ITEM = AgendaEntry.__table__.c, Meeting.__table__.c, AgendaItem.__table__.c
_OF_ENTRY = ByKeys(
    select(_ENTRY.id, _MEETING.unit_id).join(Meeting.__table__, _MEETING.id == _ENTRY.meeting_id), _ENTRY.id
)
_OF_MEETING = ByKeys(select(_MEETING.id, _MEETING.unit_id), _MEETING.id)
_OF_ITEM = ByKeys(select(_ITEM.id, _ITEM.unit_id), _ITEM.id)

# One line, one table; the name of the table is the sort of what is found.
SOURCES: Mapping[str, Source] = MappingProxyType({
    "item": Source(texts=("title", "background", "number")),
    "meeting": Source(texts=("title", "number", "place")),
    "statement": Source(texts=("text",), owners=(("entry_id", _OF_ENTRY),)),
    "agenda_entry": Source(texts=("title", "resolution"), owners=(("meeting_id", _OF_MEETING),)),
    "voice": Source(texts=("text", "number")),
    "task": Source(texts=("title",), owners=(("item_id", _OF_ITEM),)),
    "publication": Source(texts=("text",), owners=(("item_id", _OF_ITEM),)),
    "printed_paper": Source(texts=("title",), owners=(("meeting_id", _OF_MEETING), ("item_id", _OF_ITEM))),
    "enclosure": Source(texts=("title",)),
})  # fmt: skip


def follow(wire: Wire, changes: Iterable[Change]) -> None:
    """Let the index follow these changed rows; those whose texts are as before cost nothing."""
    touched = [change for change in changes if change.table in SOURCES and _text(change, change.before) != _now(change)]
    if not touched:
        return
    units = _units(wire, touched)
    search.write(wire, [(one.table, one.id, units.get((one.table, one.id)), _now(one)) for one in touched])


def _now(change: Change) -> str | None:
    return _text(change, change.after)


def _text(change: Change, row: Plain | None) -> str | None:
    if row is None:
        return None
    return "\n".join(str(row[name]) for name in SOURCES[change.table].texts if row.get(name))


def _units(wire: Wire, touched: Sequence[Change]) -> dict[tuple[str, uuid.UUID], uuid.UUID]:
    """The unit of each row, by its table and id: the row names it, or what the row belongs to does."""
    found: dict[tuple[str, uuid.UUID], uuid.UUID] = {}
    for table in {change.table for change in touched}:
        for column, owner in SOURCES[table].owners:
            rows = {
                change.id: uuid.UUID(change.after[column])
                for change in touched
                if change.table == table and change.after and change.after.get(column)
            }
            if owner is None:
                found |= {(table, key): unit for key, unit in rows.items()}
            elif rows:
                units: dict[uuid.UUID, uuid.UUID] = dict(owner.rows(wire, set(rows.values())))
                found |= {(table, key): units[owner_id] for key, owner_id in rows.items() if owner_id in units}
    return found
