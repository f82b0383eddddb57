"""Records of the minutes: drafts, signed versions with the file that was kept, signatures, numbered supplements."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from deliberation_app.storage.base import Fact, Kept, reference


class Minutes(Kept):
    """One version of a meeting's record; from `signed_at` on it never changes."""

    __tablename__ = "minutes"
    part = "minutes"
    stays_here = True

    meeting_id: Mapped[uuid.UUID] = reference("meeting.id")
    number: Mapped[int]  # 第几稿
    drafted_at: Mapped[datetime]
    # What a person corrected: key of the block → its text now.
    corrections: Mapped[dict[str, Any]]
    signed_at: Mapped[datetime | None]
    signed_by: Mapped[list[Any] | None]
    remarks: Mapped[list[Any] | None]  # reasons given for what was incomplete
    # SHA-256 of the content of every copy that left the program, so that an older print is known again.
    prints: Mapped[list[Any] | None]
    content_sha256: Mapped[Fact]
    file_sha256: Mapped[Fact]
    code: Mapped[Fact]
    file_id: Mapped[uuid.UUID | None] = reference("kept_file.id", nullable=True)

    __table_args__ = (UniqueConstraint("meeting_id", "number"),)


class Supplement(Kept):
    """A numbered correction of a signed record (更正页); the record itself stays as it was signed."""

    __tablename__ = "supplement"
    part = "minutes"
    stays_here = True

    minutes_id: Mapped[uuid.UUID] = reference("minutes.id", index=True)
    number: Mapped[int]
    passage: Mapped[str]  # key of the block in the signed record
    passage_head: Mapped[str]  # what the passage is, in the words of the paper
    stands: Mapped[str]  # 第3页第12行
    original: Mapped[str]
    corrected: Mapped[str]
    reason: Mapped[str]
    corrector: Mapped[str]
    made_on: Mapped[date]
    made_at: Mapped[datetime]
    prints: Mapped[list[Any] | None]
    signed_at: Mapped[datetime | None]
    content_sha256: Mapped[Fact]
    file_sha256: Mapped[Fact]
    file_id: Mapped[uuid.UUID | None] = reference("kept_file.id", nullable=True)

    __table_args__ = (UniqueConstraint("minutes_id", "number"),)


class Signature(Kept):
    """One person's signature at one place of a record or of a supplement: who, when, how."""

    __tablename__ = "signature"
    part = "minutes"
    stays_here = True

    minutes_id: Mapped[uuid.UUID] = reference("minutes.id", index=True)
    supplement_id: Mapped[uuid.UUID | None] = reference("supplement.id", nullable=True, index=True)
    turn: Mapped[int]  # the order in which they were given
    place: Mapped[int]  # which place of the paper, counted from 0
    label: Mapped[str]  # the words before the line: 主持人（签名）
    name: Mapped[str]
    person_id: Mapped[uuid.UUID | None] = reference("person.id", nullable=True)
    way: Mapped[str]  # paper, screen or certificate
    at: Mapped[datetime]
    # What was signed; other words make the signature void.
    content_sha256: Mapped[str]
    strokes: Mapped[list[Any] | None]  # [[[x, y, width], …], …] in shares of the height of the field
    subject: Mapped[Fact]
    issuer: Mapped[Fact]
    serial: Mapped[Fact]
    # The PDF with this certificate signature in it.
    file_id: Mapped[uuid.UUID | None] = reference("kept_file.id", nullable=True)
    enclosure_id: Mapped[uuid.UUID | None] = reference("enclosure.id", nullable=True)
    reason: Mapped[Fact]  # why a scan without a code that can be read was accepted


class KeptFile(Kept):
    """A file that is kept as it was printed."""

    __tablename__ = "kept_file"
    part = "minutes"
    stays_here = True

    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    content_sha256: Mapped[Fact]
    size: Mapped[int]
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))
