"""Statements on the driver's own cursor: values go in and come out as SQLAlchemy's would; errors are SQLAlchemy's."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import (
    JSON,
    Boolean,
    Date,
    Engine,
    Integer,
    LargeBinary,
    Table,
    Uuid,
    bindparam,
    create_engine,
    event,
    insert,
    select,
)
from sqlalchemy.exc import DBAPIError, IntegrityError

from deliberation_app.storage import database
from deliberation_app.storage.base import UtcTime, id_of, id_text, new_id, utc_of, utc_text
from deliberation_app.storage.people import Unit
from deliberation_app.storage.records import KEPT, TABLES
from deliberation_app.storage.statements import ByKeys, Prepared, Wire
from deliberation_app.storage.writer import Writer
from tests.fresh import NOW

_VALUES: tuple[tuple[type, Any], ...] = (
    (UtcTime, datetime(2026, 10, 20, 11, 30, 0, 123456, UTC)), (Date, date(2026, 10, 20)), (Boolean, True),
    (JSON, {"一": [1, None, "%(x)s :y ?"]}), (LargeBinary, b"\x00\xff"), (Integer, 7),
)  # fmt: skip
_UNITS = Unit.__table__
_FILES = create_engine("sqlite://").dialect


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An empty, current database."""
    made = database.open_database(database_url, now=NOW)
    yield made
    made.dispose()


def unit(key: uuid.UUID, name: str = "院") -> dict[str, Any]:
    """A row of a table."""
    return {column.key: None for column in _UNITS.c} | {"id": key, "version": 1, "name": name, "kind": "courtyard"}


def units(engine: Engine) -> set[str]:
    """The names that are saved."""
    with engine.connect() as connection:
        return set(connection.scalars(select(_UNITS.c.name)))


_ADD = Prepared(insert(_UNITS), _UNITS.c.keys())


def value_of(column: Any) -> Any:
    """A value that the column's type treats in its own way."""
    if isinstance(column.type, Uuid):
        return new_id()
    return next((value for kind, value in _VALUES if isinstance(column.type, kind)), "龑 100% :x %s '?'")


@pytest.mark.parametrize("name", sorted(KEPT))
def test_a_row_goes_in_and_comes_out_as_by_sqlalchemy(engine: Engine, name: str) -> None:
    """Of every table, filled and as empty as it may be; nothing is committed, so that keys may point nowhere."""
    table: Table = TABLES[name].__table__
    add, read = Prepared(insert(table), table.c.keys()), ByKeys(select(table), table.c.id)
    full = {column.key: value_of(column) for column in table.c}
    bare = {column.key: None if column.nullable else value_of(column) for column in table.c}
    with engine.connect() as connection, connection.begin() as transaction:
        wire = Wire(connection)
        for row in (full, bare):
            add.run(wire, row)
            (by_core,) = connection.execute(select(table).where(table.c.id == row["id"])).all()
            assert read.rows(wire, [row["id"]]) == [tuple(by_core)] == [tuple(row.values())]
        both = read.rows(wire, [full["id"], bare["id"]])
        assert sorted(map(repr, both)) == sorted(repr(tuple(row.values())) for row in (full, bare))
        transaction.rollback()


@given(st.datetimes(timezones=st.timezones()).filter(lambda moment: 1900 < moment.year < 9999))
def test_an_instant_is_written_in_one_step_as_in_four(moment: datetime) -> None:
    write = UtcTime()._cached_bind_processor(_FILES)
    read = UtcTime()._cached_result_processor(_FILES, None)
    assert write is not None
    assert read is not None
    assert utc_text(moment) == write(moment)
    assert utc_of(utc_text(moment)) == read(write(moment)) == moment.astimezone(UTC)
    assert utc_text(None) is utc_of(None) is id_text(None) is None
    with pytest.raises(ValueError, match="without offset"):
        utc_text(moment.replace(tzinfo=None))


def test_the_same_letters_are_the_same_id() -> None:
    key = new_id()
    assert id_of(str(key)) is id_of(str(key)) == id_of(key.hex) == key
    assert id_text(key) == key.hex


def test_rows_and_none(engine: Engine) -> None:
    """Several at once, one, none; how many were touched."""
    keys = [new_id() for _ in range(3)]
    named = Prepared(select(_UNITS.c.name).where(_UNITS.c.id == bindparam("key")))
    with Wire(engine.connect()) as wire:
        _ADD.run_many(wire, [])
        _ADD.run_many(wire, [unit(key, f"院{number}") for number, key in enumerate(keys)])
        found = [named.value(wire, {"key": key}) for key in (*keys, new_id())]
        assert found == ["院0", "院1", "院2", None]
        assert named.row(wire, {"key": new_id()}) is None
        assert named.rows(wire, {"key": keys[1]}) == [("院1",)]
        by_key = ByKeys(select(_UNITS.c.name), _UNITS.c.id)
        assert [len(by_key.rows(wire, some)) for some in ([], keys[:1], keys)] == [0, 1, 3]
        gone = Prepared(_UNITS.delete().where(_UNITS.c.id == bindparam("key")))
        assert [gone.run(wire, {"key": key}) for key in (keys[0], keys[0])] == [1, 0]


def test_errors_are_those_of_sqlalchemy(engine: Engine) -> None:
    """A row twice, and a statement that is none; what was written before goes with it."""
    key = new_id()

    def twice() -> None:
        with Wire(engine.connect()) as wire:
            _ADD.run_many(wire, [unit(key), unit(key)])

    def nonsense() -> None:
        with Wire(engine.connect()) as wire:
            _ADD.run(wire, unit(key))
            wire.say("SELEKT 1")

    with pytest.raises(IntegrityError):
        twice()
    with pytest.raises(DBAPIError, match="SELEKT"):
        nonsense()
    assert units(engine) == set()


def test_a_statement_that_core_would_fill_in_is_refused(engine: Engine) -> None:
    """Defaults reckoned by SQLAlchemy do not come by themselves, nor do lists of keys."""
    with engine.connect() as connection:
        wire = Wire(connection)
        with pytest.raises(TypeError, match="Core fills in"):
            Prepared(insert(_UNITS), ("name",)).run(wire, {"name": "院"})
        with pytest.raises(TypeError, match="Core fills in"):
            Prepared(select(_UNITS).where(_UNITS.c.id.in_(bindparam("keys", expanding=True)))).rows(wire, {"keys": []})


@pytest.mark.parametrize("joined", [False, True])
def test_all_or_nothing(engine: Engine, joined: bool) -> None:
    """Whether or not SQLAlchemy joins what the wire has begun."""

    def act(name: str) -> Wire:
        wire = Wire(engine.connect())
        with wire:
            _ADD.run(wire, unit(new_id(), name))
            if joined:
                assert name in wire.connection.scalars(select(_UNITS.c.name)).all()
            if name == "坏":
                raise RuntimeError(name)
        return wire

    act("好").connection.close()
    with pytest.raises(RuntimeError):
        act("坏")
    assert units(engine) == {"好"}


def test_what_is_carried_is_heard(engine: Engine) -> None:
    """Whoever counts questions counts these as well, and hears of the commit."""
    heard: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _k, sql, *_rest: heard.append(sql.split()[0]))
    event.listen(engine, "commit", lambda _connection: heard.append("COMMIT"))
    with Wire(engine.connect()) as wire:
        _ADD.run(wire, unit(new_id()))
    wire.connection.close()
    assert [one for one in heard if one != "BEGIN"] == ["INSERT", "COMMIT"]


def test_a_writer_keeps_its_connection_on_a_file(engine: Engine) -> None:
    """Two at once have one each; on a server the pool looks after them; after an error the next has a new one."""
    writer = Writer(engine)
    first = writer.take()
    second = writer.take()
    assert first is not second
    for wire in (first, second):
        with wire:
            _ADD.run(wire, unit(new_id()))
            if wire is first:
                _ADD.run(wire, unit(new_id()))
        writer.take_back(wire)
    kept = engine.dialect.name == "sqlite"
    assert (first.connection.closed, second.connection.closed) == (not kept, True)
    third = writer.take()
    assert (third is first) == kept
    with pytest.raises(RuntimeError), third:
        raise RuntimeError
    assert third.connection.closed
    with (fourth := writer.take()):
        _ADD.run(fourth, unit(new_id()))
    writer.take_back(fourth)
    writer.close()
    assert fourth.connection.closed
    with engine.connect() as connection:
        assert len(connection.execute(select(_UNITS.c.id)).all()) == 4
