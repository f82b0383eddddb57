"""Records read and written one by one in the few strokes that a record without relations needs."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    ClauseElement,
    Column,
    Engine,
    Select,
    bindparam,
    delete,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import instance_state, manager_of_class
from sqlalchemy.orm.base import LoaderCallableStatus
from sqlalchemy.orm.exc import StaleDataError

from deliberation_app.storage.base import Kept
from deliberation_app.storage.history import REVISION, logged_columns
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.statements import Prepared, Wire, wire_of

Values = dict[str, Any]


class Reading(Session):
    """A session that only reads: nothing is ever flushed from it."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, expire_on_commit=False, autoflush=False)

    def get(self, entity: Any, ident: Any, **options: Any) -> Any:
        """The record with this id, None where there is none."""
        if options or not isinstance(ident, uuid.UUID) or not loadable(entity):
            return super().get(entity, ident, **options)
        here = self.identity_map.get(key_of(entity, ident))
        if here is None:
            here = load(wire_of(self), entity, ident)
            if here is not None:
                self.add(here)
        return here

    def get_one(self, entity: Any, ident: Any, **options: Any) -> Any:
        """The record with this id, which must be there."""
        found = self.get(entity, ident, **options)
        return super().get_one(entity, ident, **options) if found is None else found


def key_of(record: type[Kept], key: uuid.UUID) -> Any:
    """Under what a session holds a loadable record."""
    return record, (key,), None


def load(wire: Wire, record: type[Kept], key: uuid.UUID) -> Kept | None:
    """The record with this id as it lies in its table, None where there is none; no session knows it yet."""
    row = _one(record).row(wire, {"key": key})
    if row is None:
        return None
    kept: Kept = manager_of_class(record).new_instance()
    vars(kept).update(zip(_names(record), row, strict=True))
    instance_state(kept).key = key_of(record, key)
    return kept


def is_open(kept: Kept) -> bool:
    """Whether a record is new or has changed since it was read or written."""
    state = instance_state(kept)
    return state.modified or state.key is None


def settle(kept: Kept) -> None:
    """A record has just been written as it is."""
    state = instance_state(kept)
    state.key = key_of(type(kept), kept.id)
    state._commit_all(vars(kept))


@dataclass(slots=True)
class Waiting:
    """What a session has gathered: new records with all values, changed ones with those that change, those to go."""

    new: list[tuple[Kept, Values]]
    changed: list[tuple[Kept, Values | None]]
    gone: list[Kept]

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.new or self.changed or self.gone)


def sorted_out(new: list[Any], touched: list[Any], gone: list[Any]) -> Waiting | None:
    """What is to be written of these; None where the unit of work must see to it itself."""
    if not all(isinstance(kept, Kept) and loadable(type(kept)) for kept in (*new, *touched, *gone)):
        return None
    if gone and {(type(kept), kept.id) for kept in new} & {(type(kept), kept.id) for kept in gone}:
        return None  # a row that goes and comes again at once
    changed = [(kept, _net(kept)) for kept in touched]
    if any(net is None for _, net in changed):
        return None
    return Waiting([(kept, _whole(kept)) for kept in new], changed, gone)


def write(wire: Wire, some: Waiting) -> None:
    """Write what was gathered."""
    rows: dict[type[Kept], list[Values]] = {}
    for kept, values in some.new:
        rows.setdefault(type(kept), []).append(values)
    for record, fresh in rows.items():
        _insert(record).run_many(wire, fresh)
    for kept, net in some.changed:
        if net:
            later = kept.version + 1
            values = {**net, "version": later, "was_id": kept.id, "was_version": kept.version}
            _confirm(_update(type(kept), tuple(sorted(net))).run(wire, values), kept)
            vars(kept)["version"] = later
    for kept in some.gone:
        _confirm(_delete(type(kept)).run(wire, {"was_id": kept.id, "was_version": kept.version}), kept)


def _confirm(count: int, kept: Kept) -> None:
    if count != 1:
        raise StaleDataError(f"{kept.__tablename__} {kept.id} is not as it was read")


def _whole(kept: Kept) -> Values:
    """All columns of a new record; what nobody named gets its default, or is empty."""
    held = vars(kept)
    for name, default in _defaults(type(kept)):
        if held.get(name) is None:
            held[name] = default(None) if callable(default) else default
    return {name: held[name] for name, _ in _defaults(type(kept))}


def _net(kept: Kept) -> Values | None:
    """The columns of a record that are other than when it was read; None where they are no plain values."""
    held, net = vars(kept), {}
    for name, before in instance_state(kept).committed_state.items():
        value = held.get(name)
        if name in ("id", "version") or name not in held or isinstance(value, ClauseElement):
            return None
        if isinstance(before, LoaderCallableStatus) or before != value:
            net[name] = value
    return net


@cache
def loadable(record: Any) -> bool:
    """Whether the table's columns are the record's, all read at once, and none is reckoned by the database."""
    if not (isinstance(record, type) and issubclass(record, Kept)):
        return False
    mapper, columns = inspect(record), record.__table__.columns
    plain = all(attribute.key in columns and not attribute.deferred for attribute in mapper.column_attrs)
    single = len(mapper.column_attrs) == len(columns) and len(mapper.relationships) == 0 and mapper.inherits is None
    return plain and single and not any(_reckoned(column) for column in columns)


def _reckoned(column: Column[Any]) -> bool:
    by_itself = column.server_default is not None or column.onupdate is not None
    return by_itself or bool(getattr(column.default, "is_clause_element", False))


@cache
def _defaults(record: type[Kept]) -> tuple[tuple[str, Any], ...]:
    return tuple((column.key, getattr(column.default, "arg", None)) for column in record.__table__.columns)


@cache
def _names(record: type[Kept]) -> tuple[str, ...]:
    return tuple(column.key for column in record.__table__.columns)


# Statements are made once: to make one takes longer than to carry it out.
@cache
def _one(record: type[Kept]) -> Prepared:
    return Prepared(select(record.__table__).where(record.__table__.c.id == bindparam("key")))


@cache
def _insert(record: type[Kept]) -> Prepared:
    return Prepared(insert(record.__table__), _names(record))


@cache
def _update(record: type[Kept], names: tuple[str, ...]) -> Prepared:
    table = record.__table__
    values: dict[str, Any] = {name: bindparam(name) for name in (*names, "version")}
    this = (table.c.id == bindparam("was_id"), table.c.version == bindparam("was_version"))
    return Prepared(update(table).where(*this).values(values))


@cache
def _delete(record: type[Kept]) -> Prepared:
    table = record.__table__
    return Prepared(delete(table).where(table.c.id == bindparam("was_id"), table.c.version == bindparam("was_version")))


@cache
def lists_and_dicts(record: type[Kept]) -> tuple[tuple[str, ...], Prepared]:
    """The columns that could be changed without the record noticing, and the query for them by the id `key`."""
    columns = record.__table__.columns
    names = tuple(name for name in logged_columns(record) if isinstance(columns[name].type, JSON))
    return names, Prepared(select(*(columns[name] for name in names)).where(columns["id"] == bindparam("key")))


@cache
def _logged(record: type[Kept]) -> tuple[str, ...]:
    return logged_columns(record) + (REVISION if record is Meeting else ())


@cache
def row_with(record: type[Kept]) -> tuple[tuple[str, ...], Prepared]:
    """The query for the row with the id `key`, and the names of what it tells."""
    columns = record.__table__.columns
    names = _logged(record)
    return names, Prepared(select(*(columns[name] for name in names)).where(columns["id"] == bindparam("key")))


@cache
def rows_with(record: type[Kept], just_ids: bool) -> Select[Any]:
    """The query for rows by their ids."""
    columns = record.__table__.columns
    names = ("id",) if just_ids else _logged(record)
    return select(*(columns[name] for name in names)).where(columns["id"].in_(bindparam("keys", expanding=True)))
