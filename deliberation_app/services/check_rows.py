"""Each row of the database against the last that the log says of it, without holding either in memory."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from deliberation_app.errors import N_, AppError
from deliberation_app.storage.base import Kept
from deliberation_app.storage.history import (
    MODULUS,
    REVISION,
    Payload,
    dump,
    logged_columns,
    number_of,
    plain,
    plain_row,
    sha256,
)
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.records import KEPT

# Row of a table: its id, the line that told of it last, the number it must have (None: it must be gone).
Told = tuple[str, int, bytes | None]


class Expected:
    """What the log says the tables hold: in a temporary file that goes when this is closed."""

    def __init__(self) -> None:
        self._store = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        self._store.execute("PRAGMA journal_mode = OFF")
        self._store.execute(
            "CREATE TABLE told (what TEXT, id TEXT, line INTEGER, number BLOB, PRIMARY KEY (what, id)) WITHOUT ROWID"
        )
        self._store.execute("BEGIN")
        # The last line whose rows are not known, because they were erased; 0 for none.
        self.doubt = 0
        # Table → the last big act on it, which told a digest and not the rows.
        self.big: dict[str, int] = {}
        # Table → the sum of the numbers of its rows.
        self.sums: dict[str, int] = {}

    def take(self, line: int, payload: Payload) -> None:
        """Take in what one line says."""
        told: list[tuple[str, str, int, bytes | None]] = []
        for change in payload.changes:
            number = number_of(change.table, change.after)
            self._sum(change.table, number - number_of(change.table, change.before))
            said = None if change.after is None else number.to_bytes(32, "big")
            told.append((change.table, change.id.hex, line, said))
        for key, revision in payload.revisions.items():
            told.append(("revision", uuid.UUID(key).hex, line, _of_revision(*revision)))
        self._store.executemany("INSERT OR REPLACE INTO told VALUES (?, ?, ?, ?)", told)
        for table, digest in payload.digests.items():
            self.big[table] = line
            self._sum(table, digest.after - digest.before)

    def _sum(self, table: str, more: int) -> None:
        self.sums[table] = (self.sums.get(table, 0) + more) % MODULUS

    def erased(self, line: int) -> None:
        """Say that what this line changed is not known any more."""
        self.doubt = line

    def told(self, what: str) -> Iterator[Told]:
        """What was told of the rows of one table, in the order of their ids."""
        yield from self._store.execute("SELECT id, line, number FROM told WHERE what = ? ORDER BY id", (what,))

    def unknown_tables(self) -> list[str]:
        """Tables that the log tells of and this program does not know."""
        told = {row[0] for row in self._store.execute("SELECT DISTINCT what FROM told")}
        return sorted((told | self.sums.keys()) - KEPT.keys() - {"revision"})

    def close(self) -> None:
        """Throw the temporary file away."""
        self._store.close()


def row_faults(connection: Connection, expected: Expected) -> Iterator[AppError]:
    """Rows that are other than the log says, that it does not know, or that are gone."""
    for table in expected.unknown_tables():
        yield AppError(N_("The log tells of a table {table} that this program does not know."), table=table)
    for table, record in sorted(KEPT.items()):
        known_until = max(expected.big.get(table, 0), expected.doubt)
        total = 0
        faulty = False
        numbers = _numbers(connection, record)
        for key, number, told in _side_by_side(numbers, expected.told(table)):
            total += 0 if number is None else int.from_bytes(number, "big")
            fault = _row_fault(table, key, number, told, known_until)
            if fault is not None:
                faulty = True
                yield fault
        if table in expected.big and not expected.doubt and not faulty and total % MODULUS != expected.sums[table]:
            yield AppError(
                N_("Rows of the table {table} were changed, added or taken away behind the program's back; they were "
                   "written by the big step {line} of the log or are not known to it."),
                table=table, line=expected.big[table],
            )  # fmt: skip
    for key, number, told in _side_by_side(_revisions(connection), expected.told("revision")):
        if number is not None and (told is None or told[2] != number) and (told[1] if told else 0) >= expected.doubt:
            yield AppError(
                N_("When meeting {id} was last written (written_at) was changed behind the program's back."),
                id=uuid.UUID(key),
            )


def _row_fault(table: str, key: str, number: bytes | None, told: Told | None, known_until: int) -> AppError | None:
    row = uuid.UUID(key)
    if told is None:
        if known_until:
            return None  # the sum of the table knows it
        return AppError(N_("The row {id} of the table {table} is not known to the log: it was added behind the "
                           "program's back."), id=row, table=table)  # fmt: skip
    _, line, wanted = told
    if number == wanted or line <= known_until:
        return None
    if number is None:
        return AppError(N_("The row {id} of the table {table} is gone, though line {line} of the log wrote it."),
                        id=row, table=table, line=line)  # fmt: skip
    if wanted is None:
        return AppError(N_("The row {id} of the table {table} is back, though line {line} of the log took it away."),
                        id=row, table=table, line=line)  # fmt: skip
    return AppError(N_("The row {id} of the table {table} was changed behind the program's back since line {line} of "
                       "the log."), id=row, table=table, line=line)  # fmt: skip


def _numbers(connection: Connection, record: type[Kept]) -> Iterator[tuple[str, bytes]]:
    """Every row of a table as its number, in the order of the ids."""
    columns = record.__table__.columns
    query = select(*(columns[name] for name in logged_columns(record))).order_by(columns["id"])
    table = record.__tablename__
    options = {"yield_per": 1 if table == "kept_file" else 500}  # a file is big
    with connection.execute(query, execution_options=options) as found:
        for row in found.mappings():
            yield row["id"].hex, number_of(table, plain_row(record, dict(row))).to_bytes(32, "big")


def _revisions(connection: Connection) -> Iterator[tuple[str, bytes]]:
    columns = Meeting.__table__.columns
    query = select(columns["id"], *(columns[name] for name in REVISION)).order_by(columns["id"])
    with connection.execute(query, execution_options={"yield_per": 500}) as found:
        for key, written_at, written_by in found:
            yield key.hex, _of_revision(plain(written_at), written_by)


def _of_revision(written_at: str | None, written_by: str | None) -> bytes:
    return bytes.fromhex(sha256(dump([written_at, written_by])))


def _side_by_side(
    rows: Iterator[tuple[str, bytes]], told: Iterator[Told]
) -> Iterator[tuple[str, bytes | None, Told | None]]:
    """Merge two streams in the order of ids: (id, number there is, what was told)."""
    row: Any = next(rows, None)
    said = next(told, None)
    while row is not None or said is not None:
        if said is None or (row is not None and row[0] < said[0]):
            yield row[0], row[1], None
            row = next(rows, None)
        elif row is None or said[0] < row[0]:
            yield said[0], None, said
            said = next(told, None)
        else:
            yield row[0], row[1], said
            row, said = next(rows, None), next(told, None)
