"""Records of who works here and of what was done: users and the checksum-chained log."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Integer, Text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from deliberation_app.storage.base import Kept, Record

# SQLite counts rows by itself only for INTEGER.
serial = BigInteger().with_variant(Integer, "sqlite")


class User(Kept):
    """Somebody who works with the program."""

    __tablename__ = "user_account"
    part = "accounts"
    stays_here = True

    name: Mapped[str]
    roles: Mapped[list[Any]]


class AuditLine(Record):
    """One act: who, when, what, and the checksums that chain it to the act before."""

    __tablename__ = "audit_line"
    part = "accounts"
    stays_here = True

    id: Mapped[int] = mapped_column(serial, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    user_id: Mapped[uuid.UUID]
    computer: Mapped[str] = mapped_column(index=True)
    act: Mapped[str]
    undoes: Mapped[int | None] = mapped_column(BigInteger)
    previous: Mapped[str]
    payload_sha256: Mapped[str]
    checksum: Mapped[str]


class AuditPayload(Record):
    """The rows before and after an act; may be erased with a reason while the chain stays whole."""

    __tablename__ = "audit_payload"
    part = "accounts"
    stays_here = True

    line_id: Mapped[int] = mapped_column(serial, primary_key=True, autoincrement=False)
    rows: Mapped[str | None] = deferred(mapped_column(Text))
    erased_at: Mapped[datetime | None]
    erased_reason: Mapped[str | None]


class AuditHead(Record):
    """The end of the chain; writers queue up on this row."""

    __tablename__ = "audit_head"
    part = "accounts"
    stays_here = True

    id: Mapped[int] = mapped_column(serial, primary_key=True, autoincrement=False)
    count: Mapped[int] = mapped_column(BigInteger)
    checksum: Mapped[str]
