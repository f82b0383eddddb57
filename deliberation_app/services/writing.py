"""Records read and written one by one in the few strokes that a record without relations needs."""

from __future__ import annotations

import uuid
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    ClauseElement,
    Column,
    Delete,
    Engine,
    Insert,
    Select,
    Update,
    bindparam,
    delete,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.base import LoaderCallableStatus
from sqlalchemy.orm.exc import StaleDataError

from deliberation_app.storage.base import Kept
from deliberation_app.storage.history import REVISION, logged_columns
from deliberation_app.storage.meetings import Meeting

Values = dict[str, Any]


class Reading(Session):
    """A session that only reads: nothing is ever flushed from it."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, expire_on_commit=False, autoflush=False)

    def get(self, entity: Any, ident: Any, **options: Any) -> Any:
        """The record with this id, None where there is none."""
        if options or not (isinstance(ident, uuid.UUID) and issubclass(entity, Kept) and loadable(entity)):
            return super().get(entity, ident, **options)
        here = self.identity_map.get(self.identity_key(entity, ident))
        return here if here is not None else load(self, entity, ident)

    def get_one(self, entity: Any, ident: Any, **options: Any) -> Any:
        """The record with this id, which must be there."""
        found = self.get(entity, ident, **options)
        return super().get_one(entity, ident, **options) if found is None else found


def load(session: Session, record: type[Kept], key: uuid.UUID) -> Kept | None:
    """The record with this id as it lies in its table, None where there is none; it is not in the session yet."""
    row = session.connection().execute(_one(record), {"key": key}).first()
    if row is None:
        return None
    kept: Kept = inspect(record).class_manager.new_instance()
    vars(kept).update(row._mapping)
    make_transient_to_detached(kept)
    session.add(kept)
    return kept


def flush(session: Session) -> bool:
    """Write what the session has gathered; False, and nothing done, where the unit of work must see to it itself."""
    new, changed, gone = list(session.new), list(session.dirty), list(session.deleted)
    if not all(isinstance(kept, Kept) and loadable(type(kept)) for kept in (*new, *changed, *gone)):
        return False
    if {(type(kept), kept.id) for kept in new} & {(type(kept), kept.id) for kept in gone}:
        return False  # a row that goes and comes again at once
    nets = [(kept, _net(kept)) for kept in changed]
    if any(net is None for _, net in nets):
        return False
    connection = session.connection()
    rows: dict[type[Kept], list[Values]] = {}
    for kept in new:
        rows.setdefault(type(kept), []).append(_whole(kept))
    for record, some in rows.items():
        connection.execute(_insert(record), some if len(some) > 1 else some[0])
    for kept, net in nets:
        if net:
            keys = {"was_id": kept.id, "was_version": kept.version}
            later = kept.version + 1
            altered: type[Kept] = type(kept)
            done = connection.execute(_update(altered, tuple(sorted(net))), {**net, "version": later, **keys})
            _confirm(done.rowcount, kept)
            vars(kept)["version"] = later
    for kept in gone:
        table: type[Kept] = type(kept)
        done = connection.execute(_delete(table), {"was_id": kept.id, "was_version": kept.version})
        _confirm(done.rowcount, kept)
    session._register_persistent({inspect(kept) for kept in (*new, *changed)})
    session._remove_newly_deleted([inspect(kept) for kept in gone])
    return True


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
    for name, before in inspect(kept).committed_state.items():
        value = held.get(name)
        if name in ("id", "version") or name not in held or isinstance(value, ClauseElement):
            return None
        if isinstance(before, LoaderCallableStatus) or before != value:
            net[name] = value
    return net


@cache
def loadable(record: type[Kept]) -> bool:
    """Whether the table's columns are the record's, all read at once, and none is reckoned by the database."""
    mapper, columns = inspect(record), record.__table__.columns
    plain = all(attribute.key in columns and not attribute.deferred for attribute in mapper.column_attrs)
    whole = len(mapper.column_attrs) == len(columns) and len(mapper.relationships) == 0
    return plain and whole and not any(_reckoned(column) for column in columns)


def _reckoned(column: Column[Any]) -> bool:
    by_itself = column.server_default is not None or column.onupdate is not None
    return by_itself or bool(getattr(column.default, "is_clause_element", False))


@cache
def _defaults(record: type[Kept]) -> tuple[tuple[str, Any], ...]:
    return tuple((column.key, getattr(column.default, "arg", None)) for column in record.__table__.columns)


# Statements are made once: to make one takes longer than to carry it out.
@cache
def _one(record: type[Kept]) -> Select[Any]:
    return select(record.__table__).where(record.__table__.c.id == bindparam("key"))


@cache
def _insert(record: type[Kept]) -> Insert:
    return insert(record.__table__)


@cache
def _update(record: type[Kept], names: tuple[str, ...]) -> Update:
    table = record.__table__
    values: dict[str, Any] = {name: bindparam(name) for name in (*names, "version")}
    this = (table.c.id == bindparam("was_id"), table.c.version == bindparam("was_version"))
    return update(table).where(*this).values(values)


@cache
def _delete(record: type[Kept]) -> Delete:
    table = record.__table__
    return delete(table).where(table.c.id == bindparam("was_id"), table.c.version == bindparam("was_version"))


@cache
def in_place(record: type[Kept]) -> tuple[str, ...]:
    """The columns whose lists and dicts could be changed without the record noticing."""
    columns = record.__table__.columns
    return tuple(name for name in logged_columns(record) if isinstance(columns[name].type, JSON))


@cache
def rows_with(record: type[Kept], just_ids: bool) -> Select[Any]:
    """The query for rows by their ids; made once, since to make it takes longer than to ask it."""
    names = ("id",) if just_ids else logged_columns(record)
    if record is Meeting and not just_ids:
        names += REVISION
    columns = record.__table__.columns
    return select(*(columns[name] for name in names)).where(columns["id"].in_(bindparam("keys", expanding=True)))
