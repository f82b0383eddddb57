"""What both windows show of a live meeting at one moment: plain values, read only."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from deliberation_app.domain import meetings as law
from deliberation_app.domain.floor import AttendanceTotals
from deliberation_app.errors import AppError
from deliberation_app.storage.meetings import Meeting


@dataclass(frozen=True)
class Step:
    """Something the chair can do now: `act` names it for the console, `target` is the row it is about."""

    act: str
    words: AppError
    target: uuid.UUID | None = None


@dataclass(frozen=True)
class EntryLine:
    """An entry of the agenda with its time budget; `state` is done, current or to_come."""

    id: uuid.UUID
    title: str
    minutes: int | None
    used_seconds: int
    state: str


@dataclass(frozen=True)
class Said:
    """A statement as the console shows it; `open` is a question that nobody has answered yet."""

    id: uuid.UUID
    speaker_id: uuid.UUID | None
    speaker: str
    post: str
    at: datetime | None
    side: str | None
    text: str
    answers_id: uuid.UUID | None
    promised_by: date | None
    dissent: bool
    open: bool


@dataclass(frozen=True)
class Motion:
    """A vote of the entry: not counted yet while `counts` is None."""

    id: uuid.UUID
    motion: str
    method: str
    rule: str
    option_id: uuid.UUID | None
    counts: dict[str, Any] | None
    quorate: bool | None
    passed: bool | None
    recounted: int


@dataclass(frozen=True)
class Option:
    """One of the options before the meeting, and whether it was voted on."""

    id: uuid.UUID
    title: str
    text: str
    voted: bool


@dataclass(frozen=True)
class Item:
    """What is known of the item under discussion."""

    id: uuid.UUID
    title: str
    background: str
    vital_interest: bool
    votable: bool
    party_meetings: int


@dataclass(frozen=True)
class Guest:
    """One line of the roll; `there` is true for somebody in the room (or on the line) at this moment."""

    person_id: uuid.UUID
    name: str
    post: str
    capacity: str
    status: str
    reason: str
    there: bool
    out: bool
    expected: bool
    spoken: int


@dataclass(frozen=True)
class Speaker:
    """Who has the floor; the clock is its end, or the seconds left while it is paused."""

    person_id: uuid.UUID
    name: str
    post: str
    spoken: int
    ends_at: datetime | None
    paused_seconds: int | None
    allotted_seconds: int


@dataclass(frozen=True)
class Quorum:
    """How many of those entitled are there at this moment, and how many the usual rule asks for (None: no rule)."""

    rule: str | None
    eligible: int
    present: int
    needed: int | None

    @property
    def reached(self) -> bool:
        """Whether a vote by the usual rule could be taken now."""
        return self.needed is not None and self.eligible > 0 and self.present >= self.needed


@dataclass(frozen=True)
class Board:
    """Everything both windows show of a meeting at this moment."""

    meeting: Meeting
    state: law.MeetingState
    kind: law.Kind
    now: datetime
    entries: tuple[EntryLine, ...]
    current: uuid.UUID | None
    item: Item | None
    options: tuple[Option, ...]
    statements: tuple[Said, ...]
    motions: tuple[Motion, ...]
    vote: Motion | None
    totals: AttendanceTotals
    quorum: Quorum
    guests: tuple[Guest, ...]
    speaker: Speaker | None
    queue: tuple[Guest, ...]
    unanswered: int
    steps: tuple[Step, ...]
