"""Records of tasks: who does what by when after a resolution."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from deliberation_app.storage.base import Fact, Kept, reference


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
