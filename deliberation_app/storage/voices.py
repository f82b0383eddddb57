"""Records of voices: what people said on the wall, the tree, at the door, before it is an item."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from deliberation_app.storage.base import Fact, Kept, reference


class Voice(Kept):
    """One thing somebody said; it ends as an item, a service order or an answer."""

    __tablename__ = "voice"
    part = "voices"
    stays_here = True

    unit_id: Mapped[uuid.UUID] = reference("unit.id")
    number: Mapped[Fact]
    text: Mapped[str]
    channel: Mapped[Fact]
    person_id: Mapped[uuid.UUID | None] = reference("person.id", nullable=True)
    received_at: Mapped[datetime]
    item_id: Mapped[uuid.UUID | None] = reference("item.id", nullable=True, index=True)
    answer: Mapped[Fact]
    answered_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_voice_unit", "unit_id", "received_at", "id"),)
