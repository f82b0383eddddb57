"""Records of the archive: scans, photographs and recordings that belong to a meeting, an item, a vote or a task."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

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

    __table_args__ = (Index("ix_enclosure_about", "about", "about_id"),)
