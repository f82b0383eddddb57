"""Records of meetings: the meeting itself, its agenda and options, and what its file mentions."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from deliberation_app.storage.base import Fact, Kept, local, reference


class Meeting(Kept):
    """A meeting of a unit; with `written_at` its id is the revision of its meeting file."""

    __tablename__ = "meeting"
    part = "meetings"

    unit_id: Mapped[uuid.UUID] = reference("unit.id")
    kind: Mapped[str]
    title: Mapped[str]
    number: Mapped[Fact]
    place: Mapped[Fact]
    mode: Mapped[Fact]
    notice_at: Mapped[datetime | None]
    starts_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    # [{"opened_at": …, "closed_at": …}] with times in UTC; None where there was one sitting and nobody said so.
    sessions: Mapped[list[Any] | None]
    chair_id: Mapped[uuid.UUID | None] = reference("person.id", nullable=True)
    recorder_id: Mapped[uuid.UUID | None] = reference("person.id", nullable=True)
    written_at: Mapped[datetime | None] = mapped_column(info=local(revision=True))
    written_by: Mapped[str | None] = mapped_column(info=local(revision=True))
    cancelled_at: Mapped[datetime | None] = mapped_column(info=local())
    cancelled_reason: Mapped[str | None] = mapped_column(info=local())
    # What was ticked off while preparing (papers, room, …); {} when nothing yet.
    prepared: Mapped[dict[str, Any] | None] = mapped_column(info=local())

    __table_args__ = (Index("ix_meeting_calendar", "unit_id", "starts_at", "id"),)


class AgendaEntry(Kept):
    """One point of a meeting's agenda, with what was decided on it."""

    __tablename__ = "agenda_entry"
    part = "meetings"

    meeting_id: Mapped[uuid.UUID] = reference("meeting.id", index=True)
    position: Mapped[int]
    title: Mapped[str]
    item_id: Mapped[uuid.UUID | None] = reference("item.id", nullable=True, index=True)
    presenter_id: Mapped[uuid.UUID | None] = reference("person.id", nullable=True)
    minutes_allotted: Mapped[int | None]
    summary: Mapped[Fact]
    no_statements: Mapped[bool | None]
    resolution: Mapped[Fact]
    routing: Mapped[Fact]
    began_at: Mapped[datetime | None] = mapped_column(info=local())
    ended_at: Mapped[datetime | None] = mapped_column(info=local())
    # What is handed out with it or lies on the table, as the agenda prints it.
    materials: Mapped[str | None] = mapped_column(info=local())


class AgendaOption(Kept):
    """One of the options put before the meeting: A案, B案 …"""

    __tablename__ = "agenda_option"
    part = "meetings"

    entry_id: Mapped[uuid.UUID] = reference("agenda_entry.id", index=True)
    position: Mapped[int]
    title: Mapped[str]
    text: Mapped[Fact]


class Mention(Kept):
    """A person, household or item that the meeting's file lists, so that it is exported as it came."""

    __tablename__ = "mention"
    part = "meetings"

    meeting_id: Mapped[uuid.UUID] = reference("meeting.id", index=True)
    what: Mapped[str]  # person, household, item
    row_id: Mapped[uuid.UUID] = mapped_column(index=True)
