"""Records of voices: what people said on the wall, the tree, at the door, before it is an item; duty and service."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from deliberation_app.storage.base import Fact, Kept, reference


class Voice(Kept):
    """One thing somebody said; it ends as an item, a service order or an answer, and whoever said it is told."""

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
    # Who said it where the register does not know them, and how they are reached.
    said_by: Mapped[Fact]
    contact: Mapped[Fact]
    # The name is not printed on any paper and not read out.
    confidential: Mapped[bool | None]
    category: Mapped[Fact]
    urgency: Mapped[Fact]
    courtyard: Mapped[Fact]
    grid: Mapped[Fact]
    room: Mapped[Fact]
    wish: Mapped[Fact]
    received_by: Mapped[Fact]
    due_on: Mapped[date | None]
    # The earlier voice it is joined to: columns without a foreign key, since the table is older than they are.
    group_id: Mapped[uuid.UUID | None]
    order_id: Mapped[uuid.UUID | None]
    refused_at: Mapped[datetime | None]
    refused_reason: Mapped[Fact]
    handed_at: Mapped[datetime | None]
    handed_to: Mapped[Fact]
    handed_person_id: Mapped[uuid.UUID | None]
    handed_due: Mapped[date | None]
    told_at: Mapped[datetime | None]
    told_how: Mapped[Fact]
    told_by: Mapped[Fact]
    told_words: Mapped[Fact]
    satisfied: Mapped[Fact]
    # When each step was taken that no other column says: {"verified": "2026-10-20T07:00:00+00:00"}.
    clock: Mapped[dict[str, Any] | None]

    __table_args__ = (Index("ix_voice_unit", "unit_id", "received_at", "id"),)


class DutySlot(Kept):
    """One turn of duty in the reception room: who, when, where, and how it was handed over."""

    __tablename__ = "duty_slot"
    part = "voices"
    stays_here = True

    unit_id: Mapped[uuid.UUID] = reference("unit.id")
    on_day: Mapped[date]
    begins: Mapped[str]
    ends: Mapped[str]
    room: Mapped[Fact]
    matter: Mapped[Fact]
    person_id: Mapped[uuid.UUID] = reference("person.id")
    deputy_id: Mapped[uuid.UUID | None] = reference("person.id", nullable=True)
    state: Mapped[str]
    began_at: Mapped[datetime | None]
    # The hand-over is signed: by whom taken over, when, and what was passed on.
    taken_over_by: Mapped[Fact]
    handed_over_at: Mapped[datetime | None]
    handed_over_note: Mapped[Fact]
    missed_reason: Mapped[Fact]

    __table_args__ = (Index("ix_duty_slot_day", "unit_id", "on_day", "begins"),)


class ServiceKind(Kept):
    """A line of the unit's menu of services."""

    __tablename__ = "service_kind"
    part = "voices"
    stays_here = True

    unit_id: Mapped[uuid.UUID] = reference("unit.id", index=True)
    name: Mapped[str]
    position: Mapped[int]
    days: Mapped[int]
    # Taken off the menu; the orders of before keep it.
    off: Mapped[bool | None]


class ServiceOrder(Kept):
    """A service that a resident ordered: sent to a volunteer, accepted, done, confirmed, scored."""

    __tablename__ = "service_order"
    part = "voices"
    stays_here = True

    unit_id: Mapped[uuid.UUID] = reference("unit.id")
    number: Mapped[str]
    kind: Mapped[str]
    text: Mapped[str]
    person_id: Mapped[uuid.UUID | None] = reference("person.id", nullable=True)
    said_by: Mapped[Fact]
    contact: Mapped[Fact]
    place: Mapped[Fact]
    ordered_at: Mapped[datetime]
    due_on: Mapped[date | None]
    state: Mapped[str]
    merged_into_id: Mapped[uuid.UUID | None] = reference("service_order.id", nullable=True)
    volunteer_id: Mapped[uuid.UUID | None] = reference("person.id", nullable=True)
    assigned_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    began_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[Fact]
    score: Mapped[int | None]
    score_words: Mapped[Fact]
    ended_at: Mapped[datetime | None]
    reason: Mapped[Fact]
    # Every volunteer asked: {"person": id, "asked": time, "answer": "accepted|declined", "at": time, "reason": text}.
    asked: Mapped[list[Any] | None]

    __table_args__ = (Index("ix_service_order_unit", "unit_id", "ordered_at", "id"),)
