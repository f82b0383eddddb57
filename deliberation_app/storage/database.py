"""The database of a URL: opened with its safeguards, brought up to date, copied, asked whether it is sound."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, DataError, IntegrityError, ProgrammingError, SQLAlchemyError

from deliberation_app.errors import N_, AppError, NotFound, OutOfReach, reason_of
from deliberation_app.settings import shown

# The newest step in storage/migrations/versions; a test compares it with the files there.
NEWEST = "0003"


def url_of(place: str | Path) -> str:
    """The SQLAlchemy URL of what `--database` was given: a URL as it is, anything else is a SQLite file."""
    if isinstance(place, str) and "://" in place:
        return place.replace("postgresql://", "postgresql+psycopg://", 1)
    file = Path(place).expanduser().resolve()
    return URL.create("sqlite", database=str(file)).render_as_string()


def file_of(url: str | URL) -> Path | None:
    """The file of a SQLite URL, None for a server or a database in memory."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        return None
    return Path(parsed.database)


def head_file(url: str | URL) -> Path | None:
    """The file beside a SQLite database that keeps the end of its log; it goes where the database goes."""
    file = file_of(url)
    return None if file is None else beside(file, ".head")


def beside(file: Path, more: str) -> Path:
    """A file whose name begins like the database's."""
    return file.with_name(file.name + more)


def open_database(place: str | Path, *, now: datetime, make: bool = True) -> Engine:
    """The engine of a sound, current database at `place`, made if there is none and `make` allows it.

    `now` names the copy that is made before an older database is changed. Raises AppError when the place cannot be
    used, is no database, is damaged, or was written by a newer version of the program.
    """
    url = url_of(place)
    try:
        engine = _engine(url, make)
    except (ArgumentError, ValueError) as error:  # a port that is no number is a ValueError
        raise AppError(
            N_("{place} names no database that this program knows. Give a file, or postgresql://person@computer/name."),
            place=shown(place),
        ) from error
    try:
        found = _revision(engine)
        if found != NEWEST:
            _bring_up_to_date(engine, url, found, now)
    except DatabaseError as error:
        engine.dispose()
        raise unusable(url, error) from error
    except AppError:
        engine.dispose()
        raise
    return engine


def _engine(url: str, make: bool) -> Engine:
    kind = make_url(url).get_backend_name()
    if kind not in ("sqlite", "postgresql"):
        raise ArgumentError(kind)
    file = file_of(url)
    if file is None:
        if kind == "postgresql":
            return create_engine(url, pool_pre_ping=True, connect_args=_SERVER)
    elif not make and not file.exists():
        raise NotFound(N_("There is no database at {place}. Check how it is written; nothing was made."), place=file)
    else:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise AppError(
                N_("The folder {folder} cannot be made ({reason}). Choose another place for the database."),
                folder=file.parent,
                reason=reason_of(error),
            ) from error
    engine = create_engine(url, connect_args={"check_same_thread": False, "timeout": 10})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


# A server that does not answer is said to be gone, and a writer that waits says so, before anybody loses patience; also
# when the network is gone without a word (tcp_user_timeout, in milliseconds).
_SERVER = {
    "connect_timeout": 10, "options": "-c lock_timeout=10s", "tcp_user_timeout": 10_000,
    "keepalives_idle": 5, "keepalives_interval": 3, "keepalives_count": 2,
}  # fmt: skip


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by _begin_sqlite, not by the driver
    for attempt in range(100):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            break
        except sqlite3.OperationalError as error:
            # Two programs that make a database at once: here SQLite does not wait by itself.
            if "locked" not in str(error) or attempt == 99:
                raise
            time.sleep(0.05)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    if not driver.in_transaction:  # else SQLAlchemy joins what a Wire has begun
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _revision(engine: Engine) -> str | None:
    """The step the database is at, None for an empty one."""
    with engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        if "alembic_version" in tables:
            return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
    if tables:
        raise AppError(
            N_("{place} is a database of another program. Choose another file; nothing in it was changed."),
            place=file_of(engine.url) or shown(engine.url),
        )
    remembers = head_file(engine.url)
    if remembers is not None and remembers.exists():
        raise AppError(
            N_("{place} is empty, though {file} beside it remembers work that was done there. Was the database moved "
               "or cut off? Bring it back or restore the newest copy; to begin anew, remove {file}."),
            place=file_of(engine.url), file=remembers,
        )  # fmt: skip
    return None


def _bring_up_to_date(engine: Engine, url: str, found: str | None, now: datetime) -> None:
    # Alembic takes 0.2 s to import and most starts do not need it.
    from deliberation_app.storage.migrations import steps

    if found is not None:
        if found not in steps.known():
            raise AppError(
                N_(
                    "This database was written by a newer version of the program (step {step}). Install that version; "
                    "nothing was changed."
                ),
                step=found,
            )
        file = file_of(url)
        if file is not None:
            copy_to(engine, file.with_name(f"{file.stem}-before-{NEWEST}-{now:%Y%m%d-%H%M%S}{file.suffix}"))
    with _alone(engine):
        # The right to write is taken at once, so that no step fails half-way.
        steps.upgrade(engine.execution_options(writes=True))


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    """Two programs that find an empty server at once make its tables one after the other; a file sees to it itself."""
    if engine.dialect.name != "postgresql":
        yield
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # Kept by the connection until it is given back, whatever happens.
        connection.execute(text("SET lock_timeout = '60s'"))
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _UPGRADE})
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _UPGRADE})
            connection.execute(text("RESET lock_timeout"))


_UPGRADE = 0x64656C6962


def copy_to(engine: Engine, target: Path) -> None:
    """A sound copy of a SQLite database while it is in use; `target` appears only when it is whole."""
    with engine.connect() as connection:
        source: Any = connection.connection.driver_connection
        copy_from(source, target)


def copy_from(source: sqlite3.Connection, target: Path) -> None:
    """A sound copy of the database that a connection of the driver has open."""
    part = target.with_name(target.name + ".part")
    try:
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(part)) as copy:
            source.backup(copy)
        part.replace(target)
    except (sqlite3.Error, OSError) as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise AppError(
            N_("The copy {file} could not be written ({reason}). Nothing was changed."),
            file=target,
            reason=reason_of(error) if isinstance(error, OSError) else error,
        ) from error


def soundness(engine: Engine) -> list[str]:
    """What SQLite itself finds wrong with the file: damaged pages, rows that point nowhere; empty when sound."""
    if engine.dialect.name != "sqlite":
        return []
    with engine.connect() as connection:
        faults = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check(20)")) if row[0] != "ok"]
        faults += [f"{row[0]} {row[1]} → {row[2]}" for row in connection.execute(text("PRAGMA foreign_key_check"))]
    return faults


@contextmanager
def sentences(engine: Engine) -> Iterator[None]:
    """Turn what a database says on a bad day (full disk, locked, read-only, gone) into a sentence."""
    try:
        yield
    except DatabaseError as error:
        if of_a_bad_day(error):
            raise unusable(engine.url, error) from error
        raise


def of_a_bad_day(error: BaseException | None) -> bool:
    """Whether the database says this on a bad day; a statement or value that is wrong is a mistake of the program."""
    mistakes = (IntegrityError, ProgrammingError, DataError)
    return isinstance(error, DatabaseError) and not isinstance(error, mistakes)


def read_only(error: BaseException | None) -> bool:
    """Whether the database may only be read."""
    return _READ_ONLY in str(error)


_READ_ONLY = "readonly database"
_BAD_DAYS = (
    (
        "database or disk is full",
        N_(
            "The disk is full: the last step was not saved, everything before it is. "
            "Free some space and do the step again."
        ),
    ),
    (
        "disk I/O error",
        N_(
            "The disk reports an error: the last step was not saved, everything before it is. "
            "Copy the database to another disk before going on."
        ),
    ),
    (
        _READ_ONLY,
        N_(
            "{place} may only be read, not written. Ask for the right to write, or copy it to a "
            "folder of your own and open it there."
        ),
    ),
    (
        "database is locked",
        N_("Another program is writing to {place}. Wait a moment and do the step again; nothing was lost."),
    ),
    (
        "lock timeout",
        N_("Another program is writing to {place}. Wait a moment and do the step again; nothing was lost."),
    ),
    (
        "No space left",
        N_(
            "The disk is full: the last step was not saved, everything before it is. "
            "Free some space and do the step again."
        ),
    ),
    (
        "file is not a database",
        N_("{place} is not a database of this program. Choose another file; it was not changed."),
    ),
    ("malformed", N_("{place} is damaged. Restore the newest copy; nothing was changed.")),
    ("unable to open", N_("{place} cannot be opened. Does the folder exist, and may it be written?")),
)


# A server that answers and refuses says why ("FATAL: …"); these are of one that is not there, goes or comes.
_GONE = re.compile(
    "Connection refused|timeout expired|could not translate|No route to host|Network is unreachable"
    "|Connection timed out|server closed the connection|terminating connection|shutting down|starting up"
    "|connection (is|was) (lost|closed)|could not receive data|Connection reset",
    re.IGNORECASE,
)


def unusable(place: str | URL, error: SQLAlchemyError) -> AppError:
    """What a database says on a bad day, as a sentence."""
    url = str(file_of(place) or shown(place))
    for sign, sentence in _BAD_DAYS:
        if sign in str(error):
            return OutOfReach(sentence, place=url)
    if file_of(place) is None and _GONE.search(str(error)):
        return OutOfReach(
            N_("The server of {place} cannot be reached. Nothing was changed, and what is typed stays: see that "
               "network and server are on, then do the step again."),
            place=url,
        )  # fmt: skip
    origin = getattr(error, "orig", None) or error
    reason = (str(origin).strip() or type(origin).__name__).splitlines()[0]
    sentence = N_("The database {place} does not answer: {reason}. Nothing was changed.")
    return OutOfReach(sentence, place=url, reason=reason)
