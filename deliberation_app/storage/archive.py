"""Records of the archive: papers that left the program, scans, photographs and recordings with what they belong to."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from deliberation_app.storage.base import Fact, Kept, reference


class Enclosure(Kept):
    """A file taken in for something: `paper` is an id of PAPERS for a scan of it, else photo, audio or other."""

    __tablename__ = "enclosure"
    part = "archive"
    stays_here = True

    unit_id: Mapped[uuid.UUID] = reference("unit.id", index=True)
    # meeting, item, vote, task, publication, voice or person, and the row of that table.
    about: Mapped[str]
    about_id: Mapped[uuid.UUID]
    paper: Mapped[str]
    title: Mapped[str]
    media_type: Mapped[str]
    taken_at: Mapped[datetime | None]
    added_at: Mapped[datetime]
    added_by: Mapped[Fact]
    file_id: Mapped[uuid.UUID] = reference("kept_file.id")
    # Taken out, with the reason; the bytes stay, so that this can be taken back.
    removed_at: Mapped[datetime | None]
    removed_reason: Mapped[Fact]

    __table_args__ = (Index("ix_enclosure_about", "about", "about_id"),)


class PrintedPaper(Kept):
    """A paper that left the program: what was asked for, and the checksum of what it said."""

    __tablename__ = "printed_paper"
    part = "archive"
    stays_here = True

    paper: Mapped[str]
    # The question that composes it anew: meeting, item, vote, period, posted.
    asked: Mapped[dict[str, Any]]
    title: Mapped[str]
    content_sha256: Mapped[str] = mapped_column(index=True)
    meeting_id: Mapped[uuid.UUID | None] = reference("meeting.id", nullable=True, index=True)
    item_id: Mapped[uuid.UUID | None] = reference("item.id", nullable=True, index=True)
    printed_at: Mapped[datetime]
    printed_by: Mapped[Fact]
    pages: Mapped[int | None]


class FileNote(Kept):
    """Somebody's word on one line of a file: the paper lies in the paper file, or why there is none."""

    __tablename__ = "file_note"
    part = "archive"
    stays_here = True

    unit_id: Mapped[uuid.UUID] = reference("unit.id", index=True)
    # meeting or item, and the row of that table; `need` is a line of domain.archive_needs.
    about: Mapped[str]
    about_id: Mapped[uuid.UUID]
    need: Mapped[str]
    way: Mapped[str]  # on_paper or reason
    text: Mapped[Fact]
    pages: Mapped[int | None]
    noted_at: Mapped[datetime]
    noted_by: Mapped[Fact]

    __table_args__ = (Index("ix_file_note_about", "about", "about_id"),)


class HandOver(Kept):
    """The year's papers as they were handed to the archive: the list is frozen, both sides are named."""

    __tablename__ = "hand_over"
    part = "archive"
    stays_here = True

    unit_id: Mapped[uuid.UUID] = reference("unit.id", index=True)
    year: Mapped[int]
    # [{"number", "keep", "pieces": [{…}]}] as printed, with the checksum of its canonical JSON.
    boxes: Mapped[list[Any]]
    content_sha256: Mapped[str]
    giver: Mapped[str]
    receiver: Mapped[str]
    handed_on: Mapped[date]
    note: Mapped[Fact]
    made_at: Mapped[datetime]
    made_by: Mapped[Fact]
