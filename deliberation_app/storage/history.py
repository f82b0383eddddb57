"""The unbroken record of who changed what: rows as plain values, lines chained by checksum."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Column, Date, Uuid, inspect
from sqlalchemy.orm import Session

from deliberation_app.storage.accounts import AuditHead, AuditLine, AuditPayload
from deliberation_app.storage.base import Kept, UtcTime
from deliberation_app.storage.records import KEPT

Plain = dict[str, Any]
# Counters and revisions are made anew by every act: they are neither logged nor put back.
UNLOGGED = ("version", "written_at", "written_by")
START = "0" * 64


@dataclass
class Change:
    """One row before and after an act; None where there was or is no row."""

    table: str
    id: uuid.UUID
    before: Plain | None
    after: Plain | None


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


def logged_columns(record: type[Kept]) -> list[str]:
    """The columns of a table that the log holds."""
    return [column.key for column in inspect(record).column_attrs if column.key not in UNLOGGED]


def row_of(kept: Kept) -> Plain:
    """A record as plain values."""
    return {key: plain(getattr(kept, key)) for key in logged_columns(type(kept))}


def values_of(record: type[Kept], row: Mapping[str, Any]) -> Plain:
    """Plain values turned back into what the columns hold; unknown columns of older lines are passed over."""
    columns: Mapping[str, Column[Any]] = record.__table__.columns
    return {key: _value(columns[key], value) for key, value in row.items() if key in columns}


def _value(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, UtcTime):
        return datetime.fromisoformat(value)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    if isinstance(column.type, Uuid):
        return uuid.UUID(value)
    return value


def dump(value: Any) -> str:
    """The one way a payload is written, so that its checksum can be computed again."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def pack(changes: Iterable[Change]) -> str:
    """The payload of an act."""
    return dump([[change.table, str(change.id), change.before, change.after] for change in changes])


def unpack(payload: str) -> list[Change]:
    """The changes of a payload."""
    return [Change(table, uuid.UUID(key), before, after) for table, key, before, after in json.loads(payload)]


def checksum(line: AuditLine) -> str:
    """What a line's checksum must be: SHA-256 over everything the line says, the line before included."""
    said = [line.id, plain(line.at), str(line.user_id), line.computer, line.act, line.undoes, line.previous]
    return hashlib.sha256(dump([*said, line.payload_sha256]).encode()).hexdigest()


def append(
    session: Session, *, at: datetime, user_id: uuid.UUID, computer: str, act: str, undoes: int | None, payload: str
) -> AuditLine:
    """Chain one more line to the log; whoever else writes waits on the head row until this act is committed."""
    head = session.get(AuditHead, 1, with_for_update=True)
    if head is None:
        head = AuditHead(id=1, count=0, checksum=START)
        session.add(head)
    line = AuditLine(
        id=head.count + 1,
        at=at,
        user_id=user_id,
        computer=computer,
        act=act,
        undoes=undoes,
        previous=head.checksum,
        payload_sha256=hashlib.sha256(payload.encode()).hexdigest(),
    )
    line.checksum = checksum(line)
    head.count, head.checksum = line.id, line.checksum
    session.add_all([line, AuditPayload(line_id=line.id, rows=payload)])
    return line


def stored_row(session: Session, table: str, key: uuid.UUID) -> Plain | None:
    """The row of `table` as it lies in the database now, as plain values."""
    record = KEPT[table]
    kept = session.get(record, key)
    return None if kept is None else row_of(kept)
