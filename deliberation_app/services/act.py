"""One act under way: a session that notices every row it changes."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine, delete, event, insert, inspect, update
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction
from sqlalchemy.orm.base import LoaderCallableStatus

from deliberation_app.errors import N_, AppError
from deliberation_app.services import search_index, writing
from deliberation_app.services.known import MOST_RECORDS, Head, Known, Records, worth_knowing
from deliberation_app.services.reach import Reach
from deliberation_app.services.revisions import revise
from deliberation_app.storage.base import Kept, new_id
from deliberation_app.storage.history import (
    Change,
    Digest,
    Payload,
    Plain,
    dump,
    logged_columns,
    plain,
    plain_row,
    row_of,
)
from deliberation_app.storage.records import KEPT

_BATCH = 500
# A bigger act keeps digests instead of rows, and is taken back by restoring the copy made before it.
MOST_ROWS = 2000

K = TypeVar("K", bound=Kept)
R = TypeVar("R")


class Act(Session):
    """The session of one act; `now` is its moment, the same for every row it writes."""

    def __init__(self, engine: Engine, *, now: datetime) -> None:
        super().__init__(engine, expire_on_commit=False)
        self.now = now
        self.undoes: int | None = None
        # Meetings whose revision this act sets itself, as an import does.
        self.own_revision: set[uuid.UUID] = set()
        self._reach = Reach()
        # The rows touched so far, as they were before; records among them that the unit of work writes.
        self._before: dict[tuple[str, uuid.UUID], Plain | None] = {}
        self._kept: dict[tuple[str, uuid.UUID], Kept] = {}
        self._digests: dict[str, Digest] = {}
        self._to_find: list[Change] = []
        # Records as they are at the end of the log, out of the acts before.
        self._known: Records = {}
        self._read: list[Any] = []
        self._head: Head | None = None
        self._wire: Connection | None = None

    def connection(self, *asked: Any, **options: Any) -> Connection:
        """The connection of this act; Session looks for it anew at each statement."""
        if asked or options:
            return super().connection(*asked, **options)
        if self._wire is None or self._wire.closed:
            self._wire = super().connection()
        return self._wire

    def know(self, known: Known, head: Head) -> None:
        """Go on with what the acts before have read, since the log stands where they left it."""
        self.info["known"] = known
        self._head = head
        self._known = known.take(head)

    def seen(self, tables: frozenset[str]) -> Head | None:
        """The end of the log, None where this act has changed rows of these tables already."""
        waiting = {kept.__tablename__ for kept in (*self.new, *self.dirty, *self.deleted) if isinstance(kept, Kept)}
        written = {table for table, _ in self._before} | waiting | self._digests.keys()
        return self._head if written.isdisjoint(tables) else None

    def get(self, entity: type[R], ident: Any, **options: Any) -> R | None:  # type: ignore[override]
        """The record with this id, None where there is none; one that is known is not read again."""
        which: type[Any] = entity
        known = self._known.pop((which, ident), None) if self._known and not options else None
        if options or not (isinstance(ident, uuid.UUID) and issubclass(entity, Kept) and writing.loadable(entity)):
            return super().get(entity, ident, **options)
        here: Any = next((one for one in self.new if type(one) is which and one.id == ident), None)
        if here is not None:
            return cast(R, here)
        here = self.identity_map.get(self.identity_key(entity, ident))
        if here is None and known is not None and not inspect(known).modified:
            self.add(known)
            here = known
        elif here is None:
            here = writing.load(self, entity, ident)
        if here is not None and len(self._read) < MOST_RECORDS:
            self._read.append(here)  # a session alone lets go of what nobody holds
        return cast(R | None, here)

    def get_one(self, entity: type[R], ident: Any, **options: Any) -> R:  # type: ignore[override]
        """The record with this id, which must be there."""
        found = self.get(entity, ident, **options)
        return super().get_one(entity, ident, **options) if found is None else found

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Write what was gathered, and remember how the rows were before."""
        if objects is None and (self.new or self.dirty or self.deleted):
            with self.no_autoflush:
                self.note_flush()
                if writing.flush(self):
                    return
        super().flush(objects)

    def worth_knowing(self) -> Records:
        """The records that the next act may go on with."""
        return {} if self._digests else {**self._known, **worth_knowing(self.identity_map.values())}

    def same(self, record: type[K], key: uuid.UUID, version: int) -> K:
        """The record, if it is still the version that somebody looked at; refused with a sentence otherwise."""
        kept = self.get(record, key)
        if kept is None or kept.version != version:
            raise AppError(
                N_("Somebody else has just changed this. The newer text is shown now; please do your change again.")
            )
        return kept

    def note_flush(self) -> None:
        """Remember the rows that are about to be written as they were before."""
        for kept in self.dirty:
            if isinstance(kept, Kept) and self.is_modified(kept):
                self._remember(kept, self._stored(kept))
        for kept in self.deleted:
            if isinstance(kept, Kept):
                self._remember(kept, self._stored(kept))
                self._kept.pop((kept.__tablename__, kept.id), None)
        for kept in self.new:
            if isinstance(kept, Kept):
                if kept.id is None:
                    kept.id = new_id()  # the log needs it before the flush would make it
                self._remember(kept, None)

    def _remember(self, kept: Kept, before: Plain | None) -> None:
        key = (kept.__tablename__, kept.id)
        self._before.setdefault(key, before)
        self._kept[key] = kept
        self._known.pop((type(kept), kept.id), None)

    def _stored(self, kept: Kept) -> Plain:
        """The values that a record had when it was read."""
        old = inspect(kept).committed_state
        row: Plain = {}
        for name in logged_columns(type(kept)):
            value = old.get(name, ...)
            if value is not ... and not _is_value(value):  # it was set without having been read
                found: Plain = plain_row(type(kept), self._rows(type(kept), [kept.id])[kept.id])
                return found
            row[name] = plain(getattr(kept, name) if value is ... else value)
        return row

    def write(self, record: type[Kept], rows: Iterable[Mapping[str, Any]]) -> None:
        """Write whole rows in bulk: new ones are inserted, known ones brought to these values, equal ones left."""
        wanted = {row["id"]: row for row in rows}
        self.flush()
        table = record.__table__
        for keys in _batches(list(wanted)):
            known = self._rows(record, keys)
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
        for some in _batches(keys):
            known = self._rows(record, some)
            self.connection().execute(delete(record.__table__).where(record.id.in_(some)))
            self._written(record, {key: plain_row(record, row) for key, row in known.items()})

    def _written(self, record: type[Kept], before: Mapping[uuid.UUID, Plain | None]) -> None:
        """Note rows that were written past the unit of work, and let records in memory follow."""
        gone = before.keys() - self._rows(record, list(before), just_ids=True).keys()
        for key, row in before.items():
            self._before.setdefault((record.__tablename__, key), row)
            self._known.pop((record, key), None)
            kept = self.identity_map.get(self.identity_key(record, key))
            if kept is not None and key in gone:
                self._kept.pop((record.__tablename__, key), None)
                self.expunge(kept)
            elif kept is not None:
                self.refresh(kept)
        if len(self._before) > MOST_ROWS:
            self._spill()

    def _rows(self, record: type[Kept], keys: Sequence[uuid.UUID], *, just_ids: bool = False) -> dict[uuid.UUID, Plain]:
        query = writing.rows_with(record, just_ids)
        found: dict[uuid.UUID, Plain] = {}
        for some in _batches(keys):
            rows = self.connection().execute(query, {"keys": some}).mappings()
            found.update({row["id"]: dict(row) for row in rows})
        return found

    def _changes(self) -> list[Change]:
        """What was touched and not yet summed up, rows before and after as they lie in the tables.

        What a record holds after it was written is what lies there; only lists and dicts are read again, since those
        may have been changed in place.
        """
        touched: dict[str, list[uuid.UUID]] = {}
        for table, key in self._before:
            touched.setdefault(table, []).append(key)
        found: list[Change] = []
        for table, keys in touched.items():
            told = {key: row for key in keys if (row := self._told(self._kept.get((table, key)))) is not None}
            rows = self._rows(KEPT[table], [key for key in keys if key not in told])
            for key in keys:
                after = told.get(key) or (plain_row(KEPT[table], rows[key]) if key in rows else None)
                kept = self._kept.get((table, key))
                if kept is not None and after is not None and key not in told:
                    _refuse_change_in_place(kept, after)
                if after != self._before[table, key]:
                    found.append(Change(table, key, self._before[table, key], after))
        return found

    def _told(self, kept: Kept | None) -> Plain | None:
        """The row of a record that was just written, None where it is to be read from its table."""
        if kept is None or kept not in self:
            return None
        held, new = vars(kept), self._before[kept.__tablename__, kept.id] is None
        row = {name: held[name] for name in logged_columns(type(kept)) if name in held}
        if len(row) < len(logged_columns(type(kept))):
            if not new or inspect(kept).expired_attributes:
                return None
            row |= dict.fromkeys(set(logged_columns(type(kept))) - row.keys())  # never named, so written as empty
        if any(row[name] is not None for name in writing.in_place(type(kept))):
            return None
        return plain_row(type(kept), row)

    def _spill(self) -> None:
        """Sum up what was touched so far; a row touched once more is summed up once more, from how it is now."""
        for change in self._changes():
            self._sum(change)
        self._before.clear()
        self._kept.clear()
        self._find_again()

    def _find_again(self) -> None:
        """Let search follow what was summed up."""
        search_index.follow(self.connection(), self._to_find)
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
        changes = self._changes()
        if self._digests or len(changes) > MOST_ROWS:
            self._spill()
            changes = []
        for change in changes:
            self._reach.add(change)
        search_index.follow(self.connection(), changes)
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


def _batches(keys: Sequence[uuid.UUID]) -> Iterable[Sequence[uuid.UUID]]:
    return (keys[start : start + _BATCH] for start in range(0, len(keys), _BATCH))


def _is_value(value: object) -> bool:
    """Whether SQLAlchemy knew the value, and did not merely mark that it never read it."""
    return not isinstance(value, LoaderCallableStatus)


def _differs(before: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return any(name not in before or before[name] != value for name, value in wanted.items())


def _refuse_change_in_place(kept: Kept, after: Plain) -> None:
    """A list or dict changed inside a record is not saved: seen here, it is a mistake of the program."""
    here = row_of(kept)
    if here != after and json.loads(dump(here)) != after:
        wrong = [name for name, value in here.items() if value != after[name]]
        raise TypeError(f"{kept.__tablename__} {', '.join(wrong)}: assign a new list or dict, do not change one")


@cache
def _defaults(record: type[Kept]) -> Plain:
    """What a new row holds where nobody says otherwise."""
    columns = record.__table__.columns
    return {name: getattr(columns[name].default, "arg", None) for name in logged_columns(record) if name != "id"}
