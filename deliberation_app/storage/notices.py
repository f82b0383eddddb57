"""Records of publications: what hung on the board, how long, and which objections came."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from deliberation_app.storage.base import Fact, Kept, local, reference


class Publication(Kept):
    """A posting for a period of `days`; the day of posting is not counted."""

    __tablename__ = "publication"
    part = "notices"

    item_id: Mapped[uuid.UUID] = reference("item.id", index=True)
    about: Mapped[Fact]
    posted_on: Mapped[date]
    days: Mapped[int]
    taken_down_on: Mapped[date | None]
    place: Mapped[Fact]
    text: Mapped[str]
    # [{"text": …, "answer": …, "answered_on": "2026-04-03"}] as in the meeting file.
    objections: Mapped[list[Any] | None]
    # [{"gate": "G10", "reason": …}]: gates before the publication that were passed over with a reason.
    overrides: Mapped[list[Any] | None] = mapped_column(info=local())
