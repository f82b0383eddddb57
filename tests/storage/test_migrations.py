"""Steps from an older database to the current one, and what is refused instead of touched."""

from __future__ import annotations

import shutil
import sqlite3
import threading
import uuid
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, inspect, select, text

from deliberation_app import settings
from deliberation_app.domain.search import words_of
from deliberation_app.errors import AppError
from deliberation_app.services.check import check
from deliberation_app.services.search_index import SOURCES
from deliberation_app.services.work import open_work
from deliberation_app.storage import database, search
from deliberation_app.storage.floor import Statement
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.migrations import steps
from deliberation_app.storage.records import KEPT, TABLES, Record
from deliberation_app.storage.search import FTS, SearchEntry

NOW = datetime(2026, 10, 20, 1, 0, tzinfo=UTC)
OLD = Path(__file__).parent / "old" / "0001.sqlite"

SECOND_STEP = '''"""A step of tomorrow."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add a column."""
    op.add_column("person", sa.Column("nickname", sa.String()))
'''
BROKEN_STEP = (
    SECOND_STEP.replace('"0004"', '"0005"')
    .replace('"0003"', '"0004"')
    .replace(
        'op.add_column("person", sa.Column("nickname", sa.String()))',
        'op.drop_table("voice")\n    op.drop_table("no_such_table")',
    )
)


def tables(connection: Connection) -> set[str]:
    """The tables there are."""
    return set(inspect(connection).get_table_names())


OF_WORDS = "ix_search_entry_words"


def of_search(name: str | None) -> bool:
    """Whether SQLite made this table for itself, to hold the words of search."""
    return (name or "").startswith(FTS)


@pytest.fixture
def tomorrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program of tomorrow: its steps lie in a folder of their own and may be more."""
    folder = tmp_path / "program"
    real = settings.path("deliberation_app", "storage", "migrations")
    shutil.copytree(real, folder / "deliberation_app" / "storage" / "migrations")
    monkeypatch.setattr(settings, "path", folder.joinpath)
    return folder / "deliberation_app" / "storage" / "migrations" / "versions"


def test_the_steps_lead_to_the_records(empty_database_url: str) -> None:
    """Tables made by the steps are those of the records: no column, key or index more or less."""
    engine = database.open_database(empty_database_url, now=NOW)
    with engine.connect() as connection:
        # SQLite finds words by FTS5, PostgreSQL by an index that no record names.
        found = {index["name"] for index in inspect(connection).get_indexes("search_entry")}
        assert (OF_WORDS in found) == (engine.dialect.name == "postgresql")
        opts = {
            "compare_type": True,
            "include_object": lambda _thing, name, *_: not of_search(name) and name != OF_WORDS,
        }
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, Record.metadata) == []
        assert {name for name in tables(connection) if not of_search(name)} == {*TABLES, "alembic_version"}
    engine.dispose()


def test_the_newest_step_is_known() -> None:
    """The constant that saves every start the import of Alembic tells the truth."""
    assert max(steps.known()) == database.NEWEST


def test_a_second_opening_changes_nothing(database_url: str) -> None:
    """Opening is no act."""
    engine = database.open_database(database_url, now=NOW)
    assert database.soundness(engine) == []
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM audit_line")) == 0
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == database.NEWEST
    engine.dispose()


def test_two_programs_open_an_empty_place_at_once(empty_database_url: str) -> None:
    """One makes the tables, the other waits and finds them."""
    start = threading.Barrier(3)
    faults: list[BaseException] = []

    def open_it() -> None:
        start.wait()
        try:
            database.open_database(empty_database_url, now=NOW).dispose()
        except AppError as error:
            faults.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_a_newer_database_is_left_alone(database_url: str) -> None:
    """The sentence names the step, and says what to do."""
    engine = database.open_database(database_url, now=NOW)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(AppError, match=r"newer version of the program \(step 9999\)"):
        database.open_database(database_url, now=NOW)


def test_a_database_of_another_program_is_left_alone(empty_database_url: str) -> None:
    """Nothing is written into it."""
    engine = create_engine(database.url_of(empty_database_url))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE recipes (name TEXT)"))
    with pytest.raises(AppError, match="another program"):
        database.open_database(empty_database_url, now=NOW)
    with engine.connect() as connection:
        assert tables(connection) == {"recipes"}
    engine.dispose()


def test_an_older_database_is_copied_and_brought_up_to_date(
    tomorrow: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy is the database as it was; the database has the new column and all its rows."""
    file = tmp_path / "work.sqlite"
    shutil.copyfile(OLD, file)
    (tomorrow / "0004_tomorrow.py").write_text(SECOND_STEP, encoding="utf-8")
    monkeypatch.setattr(database, "NEWEST", "0004")
    engine = database.open_database(file, now=NOW)
    copy = tmp_path / "work-before-0004-20261020-010000.sqlite"
    for place, expected in ((engine, True), (create_engine(f"sqlite:///{copy}"), False)):
        with place.connect() as connection:
            assert ("nickname" in {column["name"] for column in inspect(connection).get_columns("person")}) == expected
            assert connection.scalar(select(Meeting.title)) == "停车议事会"
        place.dispose()


def test_a_step_that_fails_leaves_the_database_as_it_was(
    tomorrow: Path, empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All steps are one transaction."""
    database.open_database(empty_database_url, now=NOW).dispose()
    (tomorrow / "0004_tomorrow.py").write_text(SECOND_STEP, encoding="utf-8")
    (tomorrow / "0005_broken.py").write_text(BROKEN_STEP, encoding="utf-8")
    monkeypatch.setattr(database, "NEWEST", "0005")
    with pytest.raises(AppError, match="no_such_table"):
        database.open_database(empty_database_url, now=NOW)
    engine = create_engine(database.url_of(empty_database_url))
    with engine.connect() as connection:
        assert "voice" in tables(connection)
        assert "nickname" not in {column["name"] for column in inspect(connection).get_columns("person")}
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "0003"
    engine.dispose()


def test_a_database_of_the_first_version_opens(tmp_path: Path) -> None:
    """It was saved when that version was current: it opens, reads, is sound, and is written on."""
    file = tmp_path / "old.sqlite"
    shutil.copyfile(OLD, file)
    work = open_work(file, clock=lambda: NOW)
    assert check(work) == ()
    with work.read() as session:
        assert session.scalars(select(Meeting.title)).all() == ["停车议事会"]
        said = session.scalars(select(Statement.text).order_by(Statement.position))
        assert said.all() == ["消防车进不来。", "先划线。"]
    with work.act("meetings.edit") as act:
        act.scalars(select(Meeting)).one().place = "文化活动室"
    work.undo()
    assert check(work) == ()
    work.close()


def test_what_an_older_database_holds_is_found(tmp_path: Path) -> None:
    """Every row that search follows is in the index that the step makes, with the same words as if written now."""
    file = tmp_path / "old.sqlite"
    shutil.copyfile(OLD, file)
    with closing(sqlite3.connect(file)) as old:
        old.execute("UPDATE agenda_entry SET resolution = '路口画黄线'")
        item = uuid.uuid4().hex
        old.execute(
            "INSERT INTO item (id, version, unit_id, title, stage) "
            "SELECT ?, 1, unit_id, '消防通道', 'raised' FROM meeting",
            (item,),
        )
        old.execute(
            "INSERT INTO task (id, version, item_id, title) VALUES (?, 1, ?, '装地桩')", (uuid.uuid4().hex, item)
        )
        old.commit()
    work = open_work(file, clock=lambda: NOW)
    with work.read() as session:
        made = {(row.what, row.row_id): row.words for row in session.scalars(select(SearchEntry))}
        expected = {}
        for table, source in SOURCES.items():
            for row in session.scalars(select(KEPT[table])):
                told = "\n".join(str(getattr(row, name)) for name in source.texts if getattr(row, name))
                expected[table, row.id] = words_of(table, session.scalars(select(Meeting.unit_id)).one(), told)
        assert made == expected
        assert {what for what, _key in made} >= {"item", "meeting", "statement", "agenda_entry", "task"}
        found = search.found(session.connection(), "画黄线", session.scalars(select(Meeting.unit_id)).one(), 9)
        assert [what for what, _key in found] == ["agenda_entry"]
    work.close()


def test_a_file_name_may_hold_anything(tmp_path: Path) -> None:
    """Signs that mean something in a URL mean nothing in a file's name."""
    file = tmp_path / "停车？ 100%25 #1 ?a=b&c.sqlite"
    database.open_database(file, now=NOW).dispose()
    assert file.exists()
    assert database.file_of(database.url_of(file)) == file
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)
    connection.close()


@pytest.mark.parametrize("place", ["nonsense://x", "mysql://x/y", "sqlite+nonsense:///x"])
def test_an_unknown_kind_of_place_is_a_sentence(place: str) -> None:
    """Not every URL is a database of ours."""
    with pytest.raises(AppError, match="names no database"):
        database.open_database(place, now=NOW)


def test_a_server_that_cannot_be_reached_is_a_sentence_without_its_password() -> None:
    """Who looks over the shoulder reads no secret."""
    with pytest.raises(AppError, match="cannot be reached") as refused:
        database.open_database("postgresql://clerk:geheim@127.0.0.1:1/work", now=NOW)
    assert "geheim" not in str(refused.value)
    assert "127.0.0.1:1/work" in str(refused.value)
