"""Statements carried out on the driver's own cursor, each compiled once for each kind of database.

For a statement of one row SQLAlchemy needs ten times as long as SQLite itself: a context, a result, rows. The live
meeting does a dozen such statements in each act, so they go past all that; the values go through the same types.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Dialect, Executable, Select, Uuid, bindparam
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from deliberation_app.storage.base import UtcTime, id_of, id_text, utc_of, utc_text

Values = Mapping[str, Any]
Row = tuple[Any, ...]
Change = Callable[[Any], Any]
# So many keys at once.
_BATCH = 500


class Wire:
    """The driver's connection under a connection; whoever listens to `before_cursor_execute` hears what it carries."""

    __slots__ = ("_driver", "_heard", "connection", "dialect")

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._driver: Any = connection.connection.driver_connection
        self._heard = tuple(connection.dispatch.before_cursor_execute)
        self.dialect = connection.dialect

    def __enter__(self) -> Wire:
        """Begin to write; what is written inside is committed whole when the block ends, or not at all."""
        self._heard = tuple(self.connection.dispatch.before_cursor_execute)
        begun = False
        try:
            if self.dialect.name == "sqlite":  # a server begins by itself
                self.say("BEGIN IMMEDIATE")
            begun = True
        finally:
            if not begun:
                self._give_up()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_more: object) -> None:
        """Save what was written; after an error take it back, and let go of the connection, which may be broken."""
        saved = False
        try:
            if kind is None:
                self._commit()
                saved = True
        finally:
            if not saved:
                self._give_up()

    def _commit(self) -> None:
        if self.connection.in_transaction():  # SQLAlchemy has joined
            self.connection.commit()
            return
        self.connection.dispatch.commit(self.connection)
        try:
            self._driver.commit()
        except self.dialect.loaded_dbapi.Error as error:
            raise self._told(error, "COMMIT", ()) from error

    def _give_up(self) -> None:
        with self.connection:
            if self.connection.in_transaction():
                self.connection.rollback()
            elif not self.connection.invalidated:
                with suppress(self.dialect.loaded_dbapi.Error):
                    self._driver.rollback()

    def say(self, sql: str, values: Any = (), *, many: bool = False) -> Any:
        """Carry out SQL; the answer is the driver's cursor. Errors are those of SQLAlchemy."""
        for hear in self._heard:
            hear(self.connection, None, sql, values, None, many)
        try:
            if many:
                cursor = self._driver.cursor()
                cursor.executemany(sql, values)
                return cursor
            return self._driver.execute(sql, values)
        except self.dialect.loaded_dbapi.Error as error:
            raise self._told(error, sql, values) from error

    def _told(self, error: Any, sql: str, values: Any) -> BaseException:
        if self.dialect.is_disconnect(error, self._driver, None):
            self.connection.invalidate(error)
        told: BaseException = DBAPIError.instance(
            sql, values, error, self.dialect.loaded_dbapi.Error, dialect=self.dialect
        )
        return told


def wire_of(session: Session) -> Wire:
    """The wire of an act, or one for this once."""
    wire: Wire | None = getattr(session, "wire", None)
    return Wire(session.connection()) if wire is None else wire


class Prepared:
    """A statement made once; its values are named by its parameters, for an INSERT by `columns`."""

    def __init__(self, statement: Executable, columns: Sequence[str] = ()) -> None:
        self._statement = statement
        self._columns = list(columns) or None
        self._compiled: dict[str, _Compiled] = {}

    def run(self, wire: Wire, values: Values) -> int:
        """Carry it out; the answer is how many rows it touched."""
        said = self._for(wire.dialect)
        touched: int = wire.say(said.sql, said.bound(values)).rowcount
        return touched

    def run_many(self, wire: Wire, some: Sequence[Values]) -> None:
        """Carry it out for each of these values."""
        if len(some) == 1:
            self.run(wire, some[0])
        elif some:
            said = self._for(wire.dialect)
            wire.say(said.sql, [said.bound(values) for values in some], many=True)

    def row(self, wire: Wire, values: Values) -> Row | None:
        """The first row, None where there is none."""
        said = self._for(wire.dialect)
        found = wire.say(said.sql, said.bound(values)).fetchone()
        return None if found is None else said.read(found)

    def rows(self, wire: Wire, values: Values) -> list[Row]:
        """All rows."""
        said = self._for(wire.dialect)
        return [said.read(found) for found in wire.say(said.sql, said.bound(values)).fetchall()]

    def value(self, wire: Wire, values: Values) -> Any:
        """What stands first in the first row, None where there is none."""
        found = self.row(wire, values)
        return None if found is None else found[0]

    def _for(self, dialect: Dialect) -> _Compiled:
        said = self._compiled.get(dialect.name)
        if said is None:
            said = self._compiled[dialect.name] = _Compiled(self._statement, self._columns, dialect)
        return said


class ByKeys:
    """A query for the rows in which `column` is one of some keys; for a single key it takes the short way."""

    def __init__(self, query: Select[Any], column: ColumnElement[Any]) -> None:
        self._one = Prepared(query.where(column == bindparam("key")))
        self._some = query.where(column.in_(bindparam("keys", expanding=True)))

    def rows(self, wire: Wire, keys: Collection[Any]) -> list[Row]:
        """All rows with these keys."""
        if len(keys) == 1:
            return self._one.rows(wire, {"key": next(iter(keys))})
        found: list[Row] = []
        ordered = list(keys)
        for start in range(0, len(ordered), _BATCH):
            some = wire.connection.execute(self._some, {"keys": ordered[start : start + _BATCH]})
            found.extend(tuple(row) for row in some)
        return found


class _Compiled:
    """The SQL for one kind of database, and how its values go in and come out."""

    def __init__(self, statement: Executable, columns: list[str] | None, dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=dialect, column_keys=columns)  # type: ignore[attr-defined]
        if compiled.prefetch or compiled.post_compile_params or compiled.literal_execute_params:
            raise TypeError(f"Core fills in more than the values here, so it must carry this out: {compiled}")
        self.sql = str(compiled)
        names = list(compiled.positiontup or compiled.params)
        writers = {
            name: write
            for name, usual in compiled._bind_processors.items()
            if (write := _writer(compiled.binds[name].type, dialect, usual)) is not None
        }
        self._fixed = {name: compiled.binds[name].value for name in names if not compiled.binds[name].required}
        self._named = not compiled.positional
        self._binds = [(name, writers.get(name)) for name in names]
        self._all = itemgetter(*names) if len(names) > 1 else None
        self._writers = [(at, writers[name]) for at, name in enumerate(names) if name in writers]
        # The types read by value alone: none of ours asks the driver's code of a column.
        readers = [_reader(entry.type, dialect) for entry in compiled._result_columns or ()]
        self._readers: list[tuple[int, Change]] = [(at, read) for at, read in enumerate(readers) if read is not None]

    def bound(self, values: Values) -> Any:
        """The values as the driver takes them."""
        if self._fixed:
            values = {**self._fixed, **values}
        if self._named:
            return {name: write(values[name]) if write else values[name] for name, write in self._binds}
        if self._all is None:
            return [write(values[name]) if write else values[name] for name, write in self._binds]
        if not self._writers:
            return self._all(values)
        told = list(self._all(values))
        for at, write in self._writers:
            told[at] = write(told[at])
        return told

    def read(self, found: Row) -> Row:
        """A row of the driver as the types read it."""
        if not self._readers:
            return found
        row = list(found)
        for at, read in self._readers:
            row[at] = read(row[at])
        return tuple(row)


def _writer(kind: Any, dialect: Dialect, usual: Change | None) -> Change | None:
    """How values of a type go in: what a file holds of times and ids is written in one step instead of four."""
    if usual is None or dialect.name != "sqlite":
        return usual
    return utc_text if isinstance(kind, UtcTime) else id_text if isinstance(kind, Uuid) else usual


def _reader(kind: Any, dialect: Dialect) -> Change | None:
    """How values of a type come out, in one step too."""
    read: Change | None = kind._cached_result_processor(dialect, None)
    if read is None or dialect.name != "sqlite":
        return read
    return utc_of if isinstance(kind, UtcTime) else _id if isinstance(kind, Uuid) else read


def _id(written: Any) -> Any:
    return None if written is None else id_of(written)
