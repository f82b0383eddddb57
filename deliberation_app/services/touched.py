"""The rows that an act touches: as they were before it, and as they lie in the tables after it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm.attributes import instance_state
from sqlalchemy.orm.base import LoaderCallableStatus

from deliberation_app.services import writing
from deliberation_app.storage.base import Kept
from deliberation_app.storage.history import Change, Plain, dump, logged_columns, plain_row, plain_some
from deliberation_app.storage.records import KEPT
from deliberation_app.storage.statements import Wire

_BATCH = 500
Key = tuple[str, uuid.UUID]


class Touched:
    """Gathers the rows of an act while it writes them."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self.before: dict[Key, Plain | None] = {}
        # What the records that were written hold: the same lies in their tables. Other rows are read again.
        self._after: dict[Key, Plain] = {}
        self._kept: dict[Key, Kept] = {}

    def added(self, kept: Kept, values: Mapping[str, Any] | None = None) -> None:
        """A new record is about to be written; `values` are those of all columns, where they are known."""
        self._note(kept, None, None if values is None else plain_row(type(kept), values))

    def altered(self, kept: Kept, net: Mapping[str, Any] | None = None) -> None:
        """A record is about to be written; `net` are the values that change, where they are known to be all."""
        before = self.stored(kept)
        self._note(kept, before, None if net is None else {**before, **plain_some(type(kept), net)})

    def gone(self, kept: Kept) -> None:
        """A record is about to be deleted."""
        self._note(kept, self.stored(kept), None)
        self._kept.pop((kept.__tablename__, kept.id), None)

    def _note(self, kept: Kept, before: Plain | None, after: Plain | None) -> None:
        key = (kept.__tablename__, kept.id)
        self.before.setdefault(key, before)
        self._kept[key] = kept
        if after is None:
            self._after.pop(key, None)
        else:
            self._after[key] = after

    def written(self, record: type[Kept], key: uuid.UUID, before: Plain | None, *, gone: bool) -> None:
        """A row was written past its record."""
        place = (record.__tablename__, key)
        self.before.setdefault(place, before)
        self._after.pop(place, None)
        if gone:
            self._kept.pop(place, None)

    def stored(self, kept: Kept) -> Plain:
        """The values that a record had when it was read."""
        record, old = type(kept), instance_state(kept).committed_state
        row = {**vars(kept), **old}
        set_unread = any(isinstance(value, LoaderCallableStatus) for value in old.values())
        if set_unread or any(name not in row for name in logged_columns(record)):
            row = self.rows(record, [kept.id])[kept.id]
        return plain_row(record, row)

    def rows(self, record: type[Kept], keys: Sequence[uuid.UUID], *, just_ids: bool = False) -> dict[uuid.UUID, Plain]:
        """The rows with these ids as their columns hold them."""
        if len(keys) == 1:
            names, statement = writing.row_with(record)
            row = statement.row(self._wire, {"key": keys[0]})
            return {} if row is None else {keys[0]: dict(zip(names, row, strict=True))}
        query = writing.rows_with(record, just_ids)
        found: dict[uuid.UUID, Plain] = {}
        for some in batches(keys):
            rows = self._wire.connection.execute(query, {"keys": some}).mappings()
            found.update({row["id"]: dict(row) for row in rows})
        return found

    def changes(self) -> list[Change]:
        """What is other than before, rows before and after as they lie in the tables."""
        touched: dict[str, list[uuid.UUID]] = {}
        for table, key in self.before:
            touched.setdefault(table, []).append(key)
        found: list[Change] = []
        for table, keys in touched.items():
            record, unknown = KEPT[table], [key for key in keys if (table, key) not in self._after]
            rows = self.rows(record, unknown) if unknown else {}
            for key in keys:
                place = (table, key)
                after = self._after.get(place)
                if after is not None:
                    after = self._as_it_lies(record, key, after)
                elif key in rows:
                    after = plain_row(record, rows[key])
                if after is not None and place in self._kept:
                    _refuse_change_in_place(self._kept[place], after)
                if after != self.before[place]:
                    found.append(Change(table, key, self.before[place], after))
        return found

    def _as_it_lies(self, record: type[Kept], key: uuid.UUID, after: Plain) -> Plain:
        """What was written; lists and dicts are read again, since they may have been changed in place."""
        names, statement = writing.lists_and_dicts(record)
        if all(after[name] is None for name in names):
            return after
        row = statement.row(self._wire, {"key": key})
        return after if row is None else {**after, **dict(zip(names, row, strict=True))}

    def clear(self) -> None:
        """Begin anew: what was touched is summed up."""
        self.before.clear()
        self._after.clear()
        self._kept.clear()


def batches(keys: Sequence[uuid.UUID]) -> Iterable[Sequence[uuid.UUID]]:
    """So many keys as one statement takes."""
    return (keys[start : start + _BATCH] for start in range(0, len(keys), _BATCH))


def _refuse_change_in_place(kept: Kept, after: Plain) -> None:
    """A list or dict changed inside a record is not saved: seen here, it is a mistake of the program."""
    here = {name: getattr(kept, name) for name in writing.lists_and_dicts(type(kept))[0]}
    wrong = [name for name, value in here.items() if value != after[name]]
    if wrong and json.loads(dump(here)) != {name: after[name] for name in here}:
        raise TypeError(f"{kept.__tablename__} {', '.join(wrong)}: assign a new list or dict, do not change one")
