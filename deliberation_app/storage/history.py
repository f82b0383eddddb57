"""The unbroken record of who changed what: rows as plain values, lines chained by checksum."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Column, Date, LargeBinary, Uuid, bindparam, insert, inspect, select, text, update
from sqlalchemy.orm import Session

from deliberation_app.storage.accounts import AuditHead, AuditLine, AuditPayload
from deliberation_app.storage.base import Kept, UtcTime, id_of
from deliberation_app.storage.statements import Prepared, Wire, wire_of

Plain = dict[str, Any]
# When and by whom a meeting was last written: every act makes it anew, so it is logged but never put back.
REVISION = ("written_at", "written_by")
# Besides these, the counter of changes and numbers typed and not judged yet are neither logged nor put back.
UNLOGGED = ("version", "draft", *REVISION)
START = "0" * 64
# Sums of row numbers are taken modulo this.
MODULUS = 1 << 256


@dataclass
class Change:
    """One row before and after an act; None where there was or is no row."""

    table: str
    id: uuid.UUID
    before: Plain | None
    after: Plain | None


@dataclass
class Digest:
    """What a big act did to one table: how many rows, and the sums of their numbers before and after."""

    rows: int = 0
    before: int = 0
    after: int = 0

    def add(self, change: Change) -> None:
        """Take one row in."""
        self.rows += 1
        self.before = (self.before + number_of(change.table, change.before)) % MODULUS
        self.after = (self.after + number_of(change.table, change.after)) % MODULUS


@dataclass
class Payload:
    """What a line of the log stands for: rows before and after or, for a big act, one digest a table."""

    changes: list[Change] = field(default_factory=list)
    # Meeting → (written_at, written_by) after the act.
    revisions: dict[str, list[str | None]] = field(default_factory=dict)
    digests: dict[str, Digest] = field(default_factory=dict)
    # The file that was copied before a big act, where there was something to copy.
    copy: str | None = None

    @property
    def big(self) -> bool:
        """Whether the rows themselves are not told."""
        return bool(self.digests)


def plain(value: Any) -> Any:
    """A column's value as JSON can hold it; a file's bytes by their checksum only."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, bytes):
        return {"sha256": hashlib.sha256(value).hexdigest(), "size": len(value)}
    return value


@cache
def logged_columns(record: type[Kept]) -> tuple[str, ...]:
    """The columns of a table that the log holds."""
    return tuple(column.key for column in inspect(record).column_attrs if column.key not in UNLOGGED)


@cache
def _plain_columns(record: type[Kept]) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    columns = record.__table__.columns
    return tuple((name, _maker(columns[name].type)) for name in logged_columns(record))


def _maker(kind: object) -> Callable[[Any], Any] | None:
    if isinstance(kind, Uuid):
        return _plain_id
    return plain if isinstance(kind, UtcTime | Date | LargeBinary) else None


def _plain_id(value: Any) -> Any:
    return None if value is None else str(value)


def plain_row(record: type[Kept], row: Mapping[str, Any]) -> Plain:
    """The values of a row, as its columns hold them, as plain values."""
    return {name: make(row[name]) if make else row[name] for name, make in _plain_columns(record)}


def plain_some(record: type[Kept], values: Mapping[str, Any]) -> Plain:
    """Some values of a row as plain values; what is not logged is left out."""
    makes = _makes(record)
    found: Plain = {}
    for name, value in values.items():
        if name in makes:
            make = makes[name]
            found[name] = make(value) if make else value
    return found


@cache
def _makes(record: type[Kept]) -> dict[str, Callable[[Any], Any] | None]:
    return dict(_plain_columns(record))


def row_of(kept: Kept) -> Plain:
    """A record as plain values."""
    return {name: plain(getattr(kept, name)) for name in logged_columns(type(kept))}


def values_of(record: type[Kept], row: Mapping[str, Any]) -> Plain:
    """Plain values turned back into what the columns hold; unknown columns of older lines are passed over."""
    readers = _readers(record)
    return {
        key: value if value is None or (read := readers[key]) is None else read(value)
        for key, value in row.items()
        if key in readers
    }


@cache
def _readers(record: type[Kept]) -> dict[str, Callable[[Any], Any] | None]:
    return {name: _reader(column) for name, column in record.__table__.columns.items()}


def _reader(column: Column[Any]) -> Callable[[Any], Any] | None:
    if isinstance(column.type, UtcTime):
        return datetime.fromisoformat
    if isinstance(column.type, Date):
        return date.fromisoformat
    return id_of if isinstance(column.type, Uuid) else None


# The one way a payload is written, so that its checksum can be computed again.
dump = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def sha256(said: str) -> str:
    """The checksum of a text; half a character (a lone surrogate) does not stop it."""
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def number_of(table: str, row: Plain | None) -> int:
    """A row as a number, 0 for none. Sums of such numbers tell whether a table holds the rows that it should.

    Empty columns do not count, so that a column added later changes no number.
    """
    if row is None:
        return 0
    said = dump([table, {name: value for name, value in row.items() if value is not None}])
    return int.from_bytes(hashlib.sha256(said.encode("utf-8", "surrogatepass")).digest(), "big")


def pack(payload: Payload) -> str:
    """The payload of an act as text."""
    told: Plain = {}
    if payload.changes:
        told["rows"] = [[change.table, str(change.id), change.before, change.after] for change in payload.changes]
    if payload.revisions:
        told["revisions"] = payload.revisions
    if payload.big:
        told["digests"] = {
            table: [digest.rows, f"{digest.before:064x}", f"{digest.after:064x}"]
            for table, digest in payload.digests.items()
        }
        told["copy"] = payload.copy
    return dump(told)


def unpack(said: str) -> Payload:
    """What a payload tells."""
    told = json.loads(said)
    rows = told.get("rows", ())
    digests = told.get("digests", {}).items()
    return Payload(
        changes=[Change(table, uuid.UUID(key), before, after) for table, key, before, after in rows],
        revisions=told.get("revisions", {}),
        digests={table: Digest(count, int(before, 16), int(after, 16)) for table, (count, before, after) in digests},
        copy=told.get("copy"),
    )


# What the checksum of a line covers, in this order.
_SAID = ("id", "at", "user_id", "computer", "act", "undoes", "previous", "payload_sha256")


def checksum(line: AuditLine) -> str:
    """What a line's checksum must be: SHA-256 over everything the line says, the line before included."""
    return _checksum({name: getattr(line, name) for name in _SAID})


def _checksum(said: Mapping[str, Any]) -> str:
    return sha256(dump([plain(said[name]) for name in _SAID]))


_HEAD = AuditHead.__table__
# Made once: to make a statement takes longer than to carry it out.
_WHERE = select(_HEAD.c.count, _HEAD.c.checksum).where(_HEAD.c.id == 1)
_LOOK, _END = Prepared(_WHERE), Prepared(_WHERE.with_for_update())
# Two first acts at once: the second insert waits for the first to be committed and then does nothing.
_BEGIN = Prepared(text("INSERT INTO audit_head (id, count, checksum) VALUES (1, 0, :start) ON CONFLICT DO NOTHING"))
_ADD_LINE = Prepared(insert(AuditLine.__table__), [*_SAID, "checksum"])
_ADD_PAYLOAD = Prepared(insert(AuditPayload.__table__), ("line_id", "rows"))
_MOVE_HEAD = Prepared(update(_HEAD).where(_HEAD.c.id == 1).values(count=bindparam("last"), checksum=bindparam("sum")))


def lock(wire: Wire) -> tuple[int, str]:
    """Take the right to write and tell the end of the chain (count, checksum); other writers wait for this act."""
    head = _END.row(wire, {})
    if head is None:
        _BEGIN.run(wire, {"start": START})
        return lock(wire)
    return int(head[0]), str(head[1])


def end(session: Session) -> tuple[int, str]:
    """The end of the chain (count, checksum) as this session sees it, without taking the right to write."""
    head = _LOOK.row(wire_of(session), {})
    return (0, START) if head is None else (int(head[0]), str(head[1]))


def append(
    wire: Wire,
    head: tuple[int, str],
    *,
    at: datetime,
    user_id: uuid.UUID,
    computer: str,
    act: str,
    undoes: int | None,
    payload: str,
) -> tuple[int, str]:
    """Chain one more line to the log, after the head that `lock` told; the answer is the new head."""
    count, previous = head
    line = {
        "id": count + 1, "at": at, "user_id": user_id, "computer": computer, "act": act, "undoes": undoes,
        "previous": previous, "payload_sha256": sha256(payload),
    }  # fmt: skip
    last = (count + 1, _checksum(line))
    _ADD_LINE.run(wire, {**line, "checksum": last[1]})
    _ADD_PAYLOAD.run(wire, {"line_id": last[0], "rows": payload})
    _MOVE_HEAD.run(wire, {"last": last[0], "sum": last[1]})
    return last
