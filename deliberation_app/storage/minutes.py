"""Records of the minutes: drafts with their corrections, signed versions with the file that was kept."""

from __future__ import annotations

import uuid
from datetime import datetime
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
