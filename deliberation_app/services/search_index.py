"""What search finds: which rows, by which of their texts, kept up to date in the act that changes them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import Connection, Select, bindparam, select

from deliberation_app.storage import search
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.history import Change, Plain
from deliberation_app.storage.meetings import AgendaEntry, Meeting


@dataclass(frozen=True, kw_only=True)
class Source:
    """A table whose rows can be found: by which texts, and where their unit stands, or what they belong to."""

    texts: tuple[str, ...]
    unit: str = "unit_id"
    owner: Select[uuid.UUID, uuid.UUID] | None = None


_OF_ENTRY = (
    select(AgendaEntry.id, Meeting.unit_id)
    .join(Meeting, Meeting.id == AgendaEntry.meeting_id)
    .where(AgendaEntry.id.in_(bindparam("keys", expanding=True)))
)
_OF_MEETING = select(Meeting.id, Meeting.unit_id).where(Meeting.id.in_(bindparam("keys", expanding=True)))
_OF_ITEM = select(AgendaItem.id, AgendaItem.unit_id).where(AgendaItem.id.in_(bindparam("keys", expanding=True)))

# One line, one table; the name of the table is the sort of what is found.
SOURCES: Mapping[str, Source] = MappingProxyType({
    "item": Source(texts=("title", "background", "number")),
    "meeting": Source(texts=("title", "number", "place")),
    "statement": Source(texts=("text",), unit="entry_id", owner=_OF_ENTRY),
    "agenda_entry": Source(texts=("title", "resolution"), unit="meeting_id", owner=_OF_MEETING),
    "voice": Source(texts=("text", "number")),
    "task": Source(texts=("title",), unit="item_id", owner=_OF_ITEM),
    "printed_paper": Source(texts=("title",), unit="meeting_id", owner=_OF_MEETING),
    "enclosure": Source(texts=("title",)),
})  # fmt: skip


def follow(connection: Connection, changes: Iterable[Change]) -> None:
    """Let the index follow these changed rows; those whose texts are as before cost nothing."""
    touched = [change for change in changes if change.table in SOURCES and _text(change, change.before) != _now(change)]
    if not touched:
        return
    units = _units(connection, touched)
    lines: list[search.Line] = []
    for change in touched:
        unit = units.get((change.table, change.after[SOURCES[change.table].unit])) if change.after else None
        lines.append((change.table, change.id, unit, _now(change)))
    search.write(connection, lines)


def _now(change: Change) -> str | None:
    return _text(change, change.after)


def _text(change: Change, row: Plain | None) -> str | None:
    if row is None:
        return None
    return "\n".join(str(row[name]) for name in SOURCES[change.table].texts if row.get(name))


def _units(connection: Connection, touched: Sequence[Change]) -> dict[tuple[str, object], uuid.UUID]:
    """The unit of each row, by its table and what it belongs to."""
    found: dict[tuple[str, object], uuid.UUID] = {}
    for table in {change.table for change in touched}:
        source = SOURCES[table]
        keys = {change.after[source.unit] for change in touched if change.table == table and change.after}
        keys.discard(None)
        if source.owner is None:
            found |= {(table, key): uuid.UUID(key) for key in keys}
        elif keys:
            rows = connection.execute(source.owner, {"keys": [uuid.UUID(key) for key in keys]})
            found |= {(table, str(key)): unit for key, unit in rows}
    return found
