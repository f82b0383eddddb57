"""Records of the live meeting: attendance as events in time, statements, the speakers' queue and the clock."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from deliberation_app.storage.base import Fact, Kept, local, reference


class Attendance(Kept):
    """One person in one meeting: in which capacity, whether there, and from when to when."""

    __tablename__ = "attendance"
    part = "floor"

    meeting_id: Mapped[uuid.UUID] = reference("meeting.id")
    position: Mapped[int]
    person_id: Mapped[uuid.UUID] = reference("person.id", index=True)
    capacity: Mapped[str]
    status: Mapped[str]
    reason: Mapped[Fact]
    represents_id: Mapped[uuid.UUID | None] = reference("household.id", nullable=True)
    proxy_of_id: Mapped[uuid.UUID | None] = reference("person.id", nullable=True)
    arrived_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    # [{"from": …, "to": …}] with times in UTC, the last without "to" while the person is outside.
    away: Mapped[list[Any] | None]
    # Not yet signed in: `status` says absent only because the meeting is still being prepared.
    expected: Mapped[bool] = mapped_column(default=False, info=local())
    # The party to the matter this person speaks for here; None where the post says it.
    speaks_for: Mapped[str | None] = mapped_column(info=local())
    # When leave was asked for; None where that is not known.
    leave_at: Mapped[datetime | None] = mapped_column(info=local())

    __table_args__ = (Index("ix_attendance_meeting", "meeting_id", "position"),)


class Statement(Kept):
    """What one person said, in that person's own words."""

    __tablename__ = "statement"
    part = "floor"

    entry_id: Mapped[uuid.UUID] = reference("agenda_entry.id")
    position: Mapped[int]
    speaker_id: Mapped[uuid.UUID | None] = reference("person.id", nullable=True, index=True)
    at: Mapped[datetime | None]
    seconds: Mapped[int | None]
    stance: Mapped[Fact]
    text: Mapped[str]
    side: Mapped[Fact]
    # Indexed because taking a statement back looks for its answers.
    answers_id: Mapped[uuid.UUID | None] = reference("statement.id", nullable=True, index=True)
    promised_by: Mapped[date | None]
    dissent: Mapped[bool | None]

    __table_args__ = (Index("ix_statement_entry", "entry_id", "position"),)


class QueueEntry(Kept):
    """Somebody who asked for the floor and waits."""

    __tablename__ = "queue_entry"
    part = "floor"
    stays_here = True

    meeting_id: Mapped[uuid.UUID] = reference("meeting.id", index=True)
    person_id: Mapped[uuid.UUID] = reference("person.id")
    asked_at: Mapped[datetime]
    # order: a point of order; answer: a direct answer; None: a turn like any other.
    wish: Mapped[Fact]
    # Where the chair put this person by hand, from 0; None: where the rule puts the person.
    place: Mapped[int | None]


class Turn(Kept):
    """One time that a person had the floor, whether or not words of it were noted; `seconds` is without pauses."""

    __tablename__ = "turn"
    part = "floor"
    stays_here = True

    meeting_id: Mapped[uuid.UUID] = reference("meeting.id", index=True)
    entry_id: Mapped[uuid.UUID | None] = reference("agenda_entry.id", nullable=True)
    person_id: Mapped[uuid.UUID] = reference("person.id")
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    seconds: Mapped[int]


class Mark(Kept):
    """A moment worth finding again in the sound recording of the meeting."""

    __tablename__ = "mark"
    part = "floor"
    stays_here = True

    meeting_id: Mapped[uuid.UUID] = reference("meeting.id", index=True)
    entry_id: Mapped[uuid.UUID | None] = reference("agenda_entry.id", nullable=True)
    at: Mapped[datetime]
    text: Mapped[Fact]


class FloorState(Kept):
    """The moment a running meeting is in; `id` is the meeting's, so that it comes back to the same moment."""

    __tablename__ = "floor_state"
    part = "floor"
    stays_here = True

    entry_id: Mapped[uuid.UUID | None] = reference("agenda_entry.id", nullable=True)
    speaker_id: Mapped[uuid.UUID | None] = reference("person.id", nullable=True)
    began_at: Mapped[datetime | None]
    # A clock is stored as its end: each window counts for itself. While paused the seconds left stand instead.
    ends_at: Mapped[datetime | None]
    paused_seconds: Mapped[int | None]
    allotted_seconds: Mapped[int | None]
    vote_id: Mapped[uuid.UUID | None] = reference("vote.id", nullable=True)
    # Seconds of a turn chosen for this meeting, 0 without end; None: as the last time.
    turn_seconds: Mapped[int | None]
    # Ids of the entries on which the chair asked everybody who had not spoken.
    heard_out: Mapped[list[Any] | None]
    # What the chair shows the room instead of the moment: {"mode": "blank" | "frozen" | "message", "text": …}; and
    # which result it may see: {"result": {"vote": …, "at": …}}, with the announced vote that is counted "again".
    room: Mapped[dict[str, Any] | None]
