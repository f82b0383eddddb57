"""One act under way: a session that notices every row it changes."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import delete, event, insert, update
from sqlalchemy.orm import ORMExecuteState, UOWTransaction

from deliberation_app.errors import N_, AppError
from deliberation_app.services import search_index, writing
from deliberation_app.services.held import Held
from deliberation_app.services.known import Head, Known, Records
from deliberation_app.services.reach import Reach
from deliberation_app.services.revisions import revise
from deliberation_app.services.touched import Touched, batches
from deliberation_app.storage.base import Kept, new_id
from deliberation_app.storage.history import Change, Digest, Payload, Plain, logged_columns, plain_row
from deliberation_app.storage.statements import Wire

# A bigger act keeps digests instead of rows, and is taken back by restoring the copy made before it.
MOST_ROWS = 2000

K = TypeVar("K", bound=Kept)
R = TypeVar("R")


class Act(Held):
    """The session of one act; `now` is its moment, the same for every row it writes."""

    def __init__(self, wire: Wire, *, now: datetime) -> None:
        super().__init__(wire)
        self.now = now
        self.undoes: int | None = None
        # Meetings whose revision this act sets itself, as an import does.
        self.own_revision: set[uuid.UUID] = set()
        self._reach = Reach()
        self._touched = Touched(wire)
        self._digests: dict[str, Digest] = {}
        self._to_find: list[Change] = []
        self._head: Head | None = None

    def know(self, known: Known, head: Head) -> None:
        """Go on with what the acts before have read, since the log stands where they left it."""
        self.info["known"] = known
        self._head = head
        self.recalled = known.take(head)

    def seen(self, tables: frozenset[str]) -> Head | None:
        """The end of the log, None where this act has changed rows of these tables already."""
        written = {table for table, _ in self._touched.before} | self.open_tables() | self._digests.keys()
        return self._head if written.isdisjoint(tables) else None

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Write what was gathered, and remember how the rows were before."""
        waiting = self.waiting() if objects is None else None
        if waiting is None:
            self.join()
            super().flush(objects)
        elif waiting:
            self._remember(waiting.new, waiting.changed, waiting.gone)
            writing.write(self.wire, waiting)
            self.written(waiting)

    def worth_knowing(self) -> Records:
        """The records that the next act may go on with."""
        return {} if self._digests else super().worth_knowing()

    def same(self, record: type[K], key: uuid.UUID, version: int) -> K:
        """The record, if it is still the version that somebody looked at; refused with a sentence otherwise."""
        kept = self.get(record, key)
        if kept is None or kept.version != version:
            raise AppError(
                N_("Somebody else has just changed this. The newer text is shown now; please do your change again.")
            )
        return kept

    def note_flush(self) -> None:
        """Remember the rows that the unit of work is about to write as they were before."""
        with self.no_autoflush:
            changed = [(kept, None) for kept in self.dirty if isinstance(kept, Kept) and self.is_modified(kept)]
            new = [(kept, None) for kept in self.new if isinstance(kept, Kept)]
            self._remember(new, changed, [kept for kept in self.deleted if isinstance(kept, Kept)])

    def _remember(
        self,
        new: Iterable[tuple[Kept, Plain | None]],
        changed: Iterable[tuple[Kept, Plain | None]],
        gone: Iterable[Kept],
    ) -> None:
        for kept, net in changed:
            if net is None or net:
                self._touched.altered(kept, net)
                self.recalled.pop((type(kept), kept.id), None)
        for kept in gone:
            self._touched.gone(kept)
            self.recalled.pop((type(kept), kept.id), None)
        for kept, values in new:
            if kept.id is None:
                kept.id = new_id()  # the log needs it before the flush would make it
            self._touched.added(kept, values)
            self.recalled.pop((type(kept), kept.id), None)

    def write(self, record: type[Kept], rows: Iterable[Mapping[str, Any]]) -> None:
        """Write whole rows in bulk: new ones are inserted, known ones brought to these values, equal ones left."""
        wanted = {row["id"]: row for row in rows}
        self.flush()
        table = record.__table__
        for keys in batches(list(wanted)):
            known = self._touched.rows(record, keys)
            fresh = [{**_defaults(record), **wanted[key]} for key in keys if key not in known]
            if fresh:
                self.connection().execute(insert(table), fresh)
            changed = [key for key, before in known.items() if _differs(before, wanted[key])]
            for key in changed:
                values = {name: value for name, value in wanted[key].items() if name != "id"}
                statement = update(table).where(table.c.id == key).values(**values, version=table.c.version + 1)
                self.connection().execute(statement)
            before = {row["id"]: None for row in fresh} | {key: plain_row(record, known[key]) for key in changed}
            self._written(record, before)

    def insert(self, record: type[Kept], rows: Sequence[Mapping[str, Any]]) -> None:
        """Write rows that are known to be new, in bulk; each gives the same columns, as they would be read again."""
        self.flush()
        if not self._digests and len(rows) > MOST_ROWS:  # so many that only their sums are kept
            self._spill()
            self._digests.setdefault(record.__tablename__, Digest())
        for start in range(0, len(rows), MOST_ROWS):
            some = [{"version": 1, **_defaults(record), **row} for row in rows[start : start + MOST_ROWS]]
            self.connection().execute(insert(record.__table__), some)
            if not self._digests:
                self._written(record, {row["id"]: None for row in some})
                continue
            for row in some:
                self._sum(Change(record.__tablename__, row["id"], None, plain_row(record, row)))

    def remove(self, record: type[Kept], keys: Sequence[uuid.UUID]) -> None:
        """Delete rows in bulk."""
        self.flush()
        for some in batches(keys):
            known = self._touched.rows(record, some)
            self.connection().execute(delete(record.__table__).where(record.id.in_(some)))
            self._written(record, {key: plain_row(record, row) for key, row in known.items()})

    def _written(self, record: type[Kept], before: Mapping[uuid.UUID, Plain | None]) -> None:
        """Note rows that were written past the unit of work, and let records in memory follow."""
        self.join()
        there = self._touched.rows(record, list(before), just_ids=True)
        for key, row in before.items():
            self._touched.written(record, key, row, gone=key not in there)
            self.recalled.pop((record, key), None)
            kept = self.identity_map.get(self.identity_key(record, key))
            if kept is not None and key not in there:
                self.expunge(kept)
            elif kept is not None:
                self.refresh(kept)
        if len(self._touched.before) > MOST_ROWS:
            self._spill()

    def _spill(self) -> None:
        """Sum up what was touched so far; a row touched once more is summed up once more, from how it is now."""
        for change in self._touched.changes():
            self._sum(change)
        self._touched.clear()
        self._find_again()

    def _find_again(self) -> None:
        """Let search follow what was summed up."""
        search_index.follow(self.wire, self._to_find)
        self._to_find.clear()

    def _sum(self, change: Change) -> None:
        self._digests.setdefault(change.table, Digest()).add(change)
        self._reach.add(change)
        self._to_find.append(change)
        if len(self._to_find) >= MOST_ROWS:
            self._find_again()

    def finish(self, by: str) -> Payload | None:
        """What this act changed, its meetings given their next revision; None when nothing is other than before."""
        self.flush()
        changes = self._touched.changes()
        if self._digests or len(changes) > MOST_ROWS:
            self._spill()
            changes = []
        for change in changes:
            self._reach.add(change)
        search_index.follow(self.wire, changes)
        self._find_again()
        if not changes and not self._digests:
            return None
        return Payload(changes, revise(self, self._reach, self.own_revision, self.now, by), self._digests)

    @property
    def parts(self) -> frozenset[str]:
        """The parts of the program that must look again."""
        return frozenset(self._reach.parts)


@event.listens_for(Act, "before_flush")
def _note(act: Act, _context: UOWTransaction, _instances: object) -> None:
    act.note_flush()


@event.listens_for(Act, "do_orm_execute")
def _refuse_unlogged(state: ORMExecuteState) -> None:
    """Whatever would write past the log is a mistake of the program."""
    if state.is_insert or state.is_update or state.is_delete:
        raise TypeError("rows are written through records or act.write, act.insert, act.remove")


def _differs(before: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return any(name not in before or before[name] != value for name, value in wanted.items())


@cache
def _defaults(record: type[Kept]) -> Plain:
    """What a new row holds where nobody says otherwise."""
    columns = record.__table__.columns
    return {name: getattr(columns[name].default, "arg", None) for name in logged_columns(record) if name != "id"}
