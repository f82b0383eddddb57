"""Records of tasks: who does what by when after a resolution."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from deliberation_app.storage.base import Fact, Kept, local, reference


class Task(Kept):
    """Something that somebody promised to do for an item."""

    __tablename__ = "task"
    part = "tasks"

    item_id: Mapped[uuid.UUID] = reference("item.id", index=True)
    title: Mapped[str]
    owner_id: Mapped[uuid.UUID | None] = reference("person.id", nullable=True, index=True)
    owner_unit: Mapped[Fact]
    due: Mapped[date | None] = mapped_column(index=True)
    done_at: Mapped[datetime | None]
    state: Mapped[Fact]
    note: Mapped[Fact]
    evidence: Mapped[list[Any] | None]
    # What a meeting file has no place for: the meeting it came from, with whom, since when, how far, why late, by whom
    # closed, by whom accepted, and why it was opened again.
    meeting_id: Mapped[uuid.UUID | None] = mapped_column(info=local())
    helpers: Mapped[str | None] = mapped_column(info=local())
    begun_on: Mapped[date | None] = mapped_column(info=local())
    progress: Mapped[str | None] = mapped_column(info=local())
    late_reason: Mapped[str | None] = mapped_column(info=local())
    closed_by: Mapped[str | None] = mapped_column(info=local())
    accepted_by: Mapped[str | None] = mapped_column(info=local())
    accepted_at: Mapped[datetime | None] = mapped_column(info=local())
    returned_reason: Mapped[str | None] = mapped_column(info=local())
