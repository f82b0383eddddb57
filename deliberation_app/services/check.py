"""Whether the database is sound: its file, the unbroken chain, each row against the log, and the kept files."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator
from contextlib import closing
from itertools import islice

from sqlalchemy import Connection, select
from sqlalchemy.exc import DatabaseError

from deliberation_app.errors import N_, AppError
from deliberation_app.services.check_rows import Expected, row_faults
from deliberation_app.services.work import Work
from deliberation_app.storage import database, history
from deliberation_app.storage.accounts import AuditHead, AuditLine, AuditPayload
from deliberation_app.storage.minutes import KeptFile

# More faults than this help nobody.
_MOST = 100


def check(work: Work) -> tuple[AppError, ...]:
    """What is wrong with the database, at most a hundred sentences; empty when it is sound. Changes nothing.

    Any single change, deletion or re-ordering behind the program's back is found; memory does not grow with the data.
    """
    found: list[AppError] = []
    try:
        with closing(_faults(work)) as faults:
            for fault in islice(faults, _MOST):
                found.append(fault)
    except DatabaseError as error:
        found.append(database.unusable(work.engine.url, error))
    return tuple(found)


def _faults(work: Work) -> Generator[AppError]:
    for said in database.soundness(work.engine):
        yield AppError(N_("The database itself is damaged: {what}. Restore the newest copy."), what=said)
    with work.engine.connect() as opened:
        connection = opened
        if opened.dialect.name == "postgresql":  # on SQLite a transaction sees one moment anyhow
            connection = opened.execution_options(isolation_level="REPEATABLE READ")
        with closing(Expected()) as expected:
            yield from _chain(connection, expected, work)
            yield from row_faults(connection, expected)
        yield from _files(connection)


def _chain(connection: Connection, expected: Expected, work: Work) -> Iterator[AppError]:
    """Walk the chain from its first line: numbers without gap, each tied to the one before, payloads unchanged."""
    last, previous = 0, history.START
    beside = _head_beside(work)
    seen_beside: str | None = history.START
    if isinstance(beside, AppError):
        yield beside
        beside = None
    for line, stored in _lines(connection):
        if line.id != last + 1:
            sentence = N_("The log of acts has a gap: after line {last} comes line {line}.")
            yield AppError(sentence, last=last, line=line.id)
        if line.previous != previous:
            yield AppError(N_("Line {line} of the log does not follow the line before it."), line=line.id)
        if history.checksum(line) != line.checksum:
            yield AppError(N_("Line {line} of the log was changed: its checksum does not agree."), line=line.id)
        yield from _payload(line, stored, expected)
        last, previous = line.id, line.checksum
        if beside is not None and beside[0] == line.id:
            seen_beside = line.checksum
    yield from _loose_payloads(connection)
    yield from _head(connection, last, previous)
    if beside is not None and (beside[0] > last or beside[1] != seen_beside):
        yield AppError(
            N_("The end of the log does not agree with the file {file} beside the database, which knows of {count} "
               "lines: lines were cut off, or another database was put in this place."),
            file=work.head_file, count=beside[0],
        )  # fmt: skip


def _head_beside(work: Work) -> tuple[int, str] | AppError | None:
    try:
        return work.head()
    except (OSError, ValueError):
        return AppError(N_("The file {file} beside the database was changed or cannot be read."), file=work.head_file)


Stored = tuple[str | None, object, str | None] | None


def _lines(connection: Connection) -> Iterator[tuple[AuditLine, Stored]]:
    """Every line with its payload (rows, erased at, why), None where that is missing."""
    line, payload = AuditLine.__table__, AuditPayload.__table__
    names = tuple(line.columns.keys())
    query = select(*line.columns, payload.c.line_id, payload.c.rows, payload.c.erased_at, payload.c.erased_reason)
    query = query.select_from(line.outerjoin(payload, payload.c.line_id == line.c.id)).order_by(line.c.id)
    with connection.execute(query, execution_options={"yield_per": 50}) as found:
        for row in found:
            told = AuditLine(**dict(zip(names, row, strict=False)))
            line_id, rows, erased_at, reason = row[len(names) :]
            yield told, None if line_id is None else (rows, erased_at, reason)


def _payload(line: AuditLine, stored: Stored, expected: Expected) -> Iterator[AppError]:
    if stored is None:
        yield AppError(N_("What line {line} of the log changed is missing."), line=line.id)
        expected.erased(line.id)
        return
    rows, erased_at, reason = stored
    if rows is None:
        expected.erased(line.id)
        if erased_at is None or not (reason or "").strip():
            yield AppError(N_("What line {line} of the log changed was erased without a reason."), line=line.id)
        return
    if erased_at is not None or reason is not None:
        yield AppError(N_("Line {line} of the log is marked as erased but is not."), line=line.id)
    if history.sha256(rows) != line.payload_sha256:
        yield AppError(N_("What line {line} of the log tells was changed: its checksum does not agree."), line=line.id)
        expected.erased(line.id)
        return
    expected.take(line.id, history.unpack(rows))


def _loose_payloads(connection: Connection) -> Iterator[AppError]:
    line, payload = AuditLine.__table__, AuditPayload.__table__
    query = select(payload.c.line_id).where(payload.c.line_id.not_in(select(line.c.id))).limit(_MOST)
    for key in connection.scalars(query):
        yield AppError(N_("The log tells what line {line} changed, but that line is missing."), line=key)


def _head(connection: Connection, last: int, previous: str) -> Iterator[AppError]:
    head = AuditHead.__table__
    ends = [tuple(row) for row in connection.execute(select(head.c.id, head.c.count, head.c.checksum))]
    if ends != [(1, last, previous)] and (ends or last):
        yield AppError(
            N_("The log ends at line {line}, but its end is recorded otherwise: lines were cut off or added."),
            line=last,
        )


def _files(connection: Connection) -> Iterator[AppError]:
    """Each kept file against its checksum, one in memory at a time."""
    table = KeptFile.__table__
    keys = list(connection.scalars(select(table.c.id).order_by(table.c.id)))
    for key in keys:
        query = select(table.c.name, table.c.sha256, table.c.size, table.c.content).where(table.c.id == key)
        name, checksum, size, content = connection.execute(query).one()
        if hashlib.sha256(content).hexdigest() != checksum or len(content) != size:
            yield AppError(
                N_("The kept file “{name}” is not the one that was kept: its checksum does not agree."), name=name
            )
