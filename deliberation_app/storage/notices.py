"""Records of publications: what hung on the board, how long, and which objections came."""

from __future__ import annotations

import uuid
from datetime import date, datetime
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
    # Which line of PERIODS it hangs by, and the masked text as it was checked, printed and posted.
    period: Mapped[str | None] = mapped_column(info=local())
    posted_text: Mapped[str | None] = mapped_column(info=local())
    # [{"received_on": …}] beside `objections`: when each came in.
    received: Mapped[list[Any] | None] = mapped_column(info=local())
    # [{"who": …, "on": …, "how": …}]: those who raised it and were told.
    told: Mapped[list[Any] | None] = mapped_column(info=local())


class NoticeDraft(Kept):
    """A notice before it hangs: written, its masked copy checked by eye, printed; then it becomes a Publication."""

    __tablename__ = "notice_draft"
    part = "notices"
    stays_here = True

    unit_id: Mapped[uuid.UUID] = reference("unit.id", index=True)
    item_id: Mapped[uuid.UUID] = reference("item.id", index=True)
    about: Mapped[Fact]
    period: Mapped[str]
    days: Mapped[int]
    text: Mapped[str]
    place: Mapped[Fact]
    planned_on: Mapped[date | None]
    # More words to be masked, beside those that the register knows.
    masks: Mapped[list[Any] | None]
    made_at: Mapped[datetime]
    made_by: Mapped[Fact]
    # The checksum of the masked text that somebody checked, and of that which was printed.
    checked_sha256: Mapped[Fact]
    checked_at: Mapped[datetime | None]
    checked_by: Mapped[Fact]
    printed_sha256: Mapped[Fact]
    printed_at: Mapped[datetime | None]
    publication_id: Mapped[uuid.UUID | None]
