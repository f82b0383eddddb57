"""Records of agenda items: what was raised, by whom, and every stage it reached."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from deliberation_app.storage.base import Fact, Kept, local, reference


class AgendaItem(Kept):
    """An item on its way from raised to shared; `stage` is the last stage proven by its evidence."""

    __tablename__ = "item"
    part = "agenda"

    unit_id: Mapped[uuid.UUID] = reference("unit.id")
    title: Mapped[str]
    category: Mapped[Fact]
    background: Mapped[Fact]
    channel: Mapped[Fact]
    raised_at: Mapped[datetime | None]
    stage: Mapped[str] = mapped_column(default="raised")
    votable: Mapped[bool | None]
    vital_interest: Mapped[bool | None]
    # Ids of Party meetings; they may be meetings that this laptop has never seen.
    party_meetings: Mapped[list[Any] | None]
    state: Mapped[Fact]
    merged_into_id: Mapped[uuid.UUID | None] = reference("item.id", nullable=True, index=True)
    state_reason: Mapped[Fact]
    number: Mapped[str | None] = mapped_column(info=local())
    # When it entered its stage; kept beside the history so that a board of 100,000 items reads one index.
    entered_at: Mapped[datetime | None] = mapped_column(info=local())
    # It charges a fee, changes the use of common parts or does business with them (民法典 art. 278(8)).
    charges: Mapped[bool | None] = mapped_column(info=local())
    # 归档号: given when the file of the item is put away (flows.md F1).
    archive_number: Mapped[str | None] = mapped_column(info=local())

    __table_args__ = (
        Index("ix_item_board", "unit_id", "stage", "entered_at", "id"),
        # The figures of the stages and the list of categories are read from these alone, whatever a unit has.
        Index("ix_item_figures", "unit_id", "stage", "state"),
        Index("ix_item_category", "unit_id", "category"),
    )


class ItemRaiser(Kept):
    """One of those who raised an item."""

    __tablename__ = "item_raiser"
    part = "agenda"

    item_id: Mapped[uuid.UUID] = reference("item.id", index=True)
    position: Mapped[int]
    person_id: Mapped[uuid.UUID] = reference("person.id", index=True)


class ItemStep(Kept):
    """A line of an item's history: the stage it reached, when, and why."""

    __tablename__ = "item_step"
    part = "agenda"

    item_id: Mapped[uuid.UUID] = reference("item.id", index=True)
    position: Mapped[int]
    stage: Mapped[str]
    at: Mapped[datetime]
    note: Mapped[Fact]
    # Who took it, by the name under which that person works here.
    by: Mapped[str | None] = mapped_column(info=local())
