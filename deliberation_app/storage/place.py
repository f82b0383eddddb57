"""Where the database lies: its file is moved, deleted or replaced while it is open, and nothing may go lost with it.

On Windows an open file cannot be taken away. Elsewhere it can, and SQLite would go on writing into a file without a
name, of which nothing is left at the end.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from deliberation_app.errors import N_, AppError, OutOfReach, reason_of
from deliberation_app.storage import database

Mark = tuple[int, int]


class Place:
    """The files of an open database under their names, and a connection that was there from the beginning."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        file = database.file_of(engine.url) if os.name != "nt" else None
        self._file = file.resolve() if file is not None and _mark(file) is not None else None
        # As text: they are looked at before each act.
        self._named = (str(file), f"{file}-wal")
        self._marks: tuple[Mark | None, Mark | None] = (None, None)
        self._first: sqlite3.Connection | None = None
        self._begin()

    def _begin(self) -> None:
        if self._file is not None:
            known = f"{self._file.as_uri()}?mode=rw"  # it makes no new one
            with suppress(sqlite3.Error):  # gone while nothing was open: the act itself says so
                self._first = sqlite3.connect(known, uri=True, check_same_thread=False, isolation_level=None)
            if self._first is None:
                return
            with suppress(sqlite3.Error):
                self._first.execute("SELECT count FROM audit_head").fetchall()  # only now it opens the log too
            self._marks = self._seen()

    def look(self, let_go: Callable[[], None]) -> None:
        """Before each act: whether the files are still those that are open; `let_go` closes what holds a connection.

        Raises AppError when the database was gone: it lies in its place again then, whole, and the act is to be done
        once more. Where only the log beside it was gone, nobody notices.
        """
        if self._file is None:
            return
        if self._first is None:  # closed, and used again
            self._begin()
        if self._first is None:
            return
        found = self._seen()
        if found == self._marks:
            return
        there = found[0] is not None and (
            found[0] == self._marks[0] or _open_here(found[0]) or self._goes_on(self._file)
        )
        lost = None if there else self._bring_back(self._file, let_go)
        if there:
            self._close_all(let_go)
        self._begin()
        if lost is not None:
            raise lost

    def _seen(self) -> tuple[Mark | None, Mark | None]:
        return _mark(self._named[0]), _mark(self._named[1])

    def close(self) -> None:
        """Look no more."""
        if self._first is not None:
            self._first.close()
            self._first = None

    def _close_all(self, let_go: Callable[[], None]) -> None:
        """Close every connection; what stands in a log without a name goes into the database first."""
        assert self._first is not None
        with suppress(sqlite3.Error):
            self._first.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        let_go()
        self._engine.dispose()
        self.close()

    def _bring_back(self, file: Path, let_go: Callable[[], None]) -> AppError:
        """Write everything in its place again; whatever lies there now is kept under another name."""
        named = f"{datetime.now(UTC):%Y%m%d-%H%M%S}{file.suffix}"
        whole = file.with_name(f"{file.stem}-whole-{named}")
        assert self._first is not None
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            database.copy_from(self._first, whole)
            other = _set_aside(file, file.with_name(f"{file.stem}-other-{named}"))
            for more in ("-wal", "-shm"):
                left = database.beside(file, more)
                if other is not None and _mark(left) not in (None, self._marks[1]):
                    left.replace(database.beside(other, more))  # what was done there and stands only in its log
                left.unlink(missing_ok=True)
            whole.replace(file)
            self._close_all(let_go)
        except (OSError, AppError) as error:
            with suppress(OSError):  # everything is still where it was, and a disk may be full
                whole.unlink(missing_ok=True)
            why = reason_of(error) if isinstance(error, OSError) else error.values.get("reason", error)
            raise OutOfReach(
                N_("The database {place} was moved or deleted while it was open, and could not be put back ({reason}). "
                   "Do not close the program: mend that and do the step again, and everything is written there."),
                place=file, reason=why,
            ) from error  # fmt: skip
        if other is None:
            return OutOfReach(
                N_("The database {place} was moved or deleted while it was open. Everything up to now has been written "
                   "there again, nothing is lost. Please do the last step once more."),
                place=file,
            )  # fmt: skip
        return OutOfReach(
            N_("Another file was put in the place of {place} while it was open; it lies in {other} now. Everything up "
               "to now has been written there again, nothing is lost. Please do the last step once more."),
            place=file, other=other,
        )  # fmt: skip

    def _goes_on(self, file: Path) -> bool:
        """Whether what lies there holds everything that was done here, as when another run has brought it back."""
        assert self._first is not None
        # Without the log beside it, which may be the one that is open here.
        asked = f"{file.as_uri()}?mode=ro&immutable=1"
        with suppress(sqlite3.Error), closing(sqlite3.connect(asked, uri=True)) as other:
            end = self._first.execute("SELECT count, checksum FROM audit_head").fetchone()
            if end is None:  # nothing was done here yet
                return True
            found = other.execute("SELECT id, checksum FROM audit_line WHERE id = ?", end[:1]).fetchone()
            return bool(found == end)
        return False


def _mark(file: Path | str) -> Mark | None:
    """What tells a file from another in its place."""
    try:
        found = os.stat(file)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _open_here(mark: Mark) -> bool:
    """Whether this program has the file open: some network drives number their files anew from time to time."""
    try:
        opened = os.listdir("/proc/self/fd")
    except OSError:
        return False
    return any(_mark(Path("/proc/self/fd", one)) == mark for one in opened)


def _set_aside(file: Path, other: Path) -> Path | None:
    """Give what lies in the place another name; None where there is nothing to keep."""
    if not file.exists():
        return None
    if file.stat().st_size == 0:  # a database that was asked for and never filled
        file.unlink()
        return None
    file.replace(other)
    return other
