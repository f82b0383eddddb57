"""What both windows show of a live meeting at one moment: plain values, read only."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
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
    began_at: datetime | None
    ended_at: datetime | None
    state: str
    no_statements: bool = False

    def used_seconds(self, now: datetime) -> int:
        """How long it has taken so far, or took."""
        if self.began_at is None:
            return 0
        return max(0, int(((self.ended_at or now) - self.began_at).total_seconds()))


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
class Nominee:
    """Somebody who stands in an election, and the ballots counted for that person."""

    person_id: uuid.UUID
    name: str
    in_favour: int
    against: int | None
    abstain: int | None


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
    seats: int | None = None
    issued: int | None = None
    returned: int | None = None
    written: int | None = None
    nominees: tuple[Nominee, ...] = ()


@dataclass(frozen=True)
class Option:
    """One of the options before the meeting, and whether it was voted on."""

    id: uuid.UUID
    title: str
    text: str
    voted: bool

    @property
    def name(self) -> str:
        """What it is called for short: A案 of “A案：划42个车位”."""
        return short_name(self.title)


def short_name(title: str) -> str:
    """The beginning of an option's title up to its colon, where that is a short name."""
    head, colon, _ = title.replace(":", "：").partition("：")
    return head.strip() if colon and 0 < len(head.strip()) <= 6 else title


@dataclass(frozen=True)
class Item:
    """What is known of the item under discussion; `voices` counts what people had said on it before."""

    id: uuid.UUID
    title: str
    background: str
    vital_interest: bool
    votable: bool
    party_meetings: int
    voices: int = 0


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
    gone: bool
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

    def left(self, now: datetime) -> int:
        """Seconds left on the clock, negative once the time is over."""
        if self.ends_at is None:
            return self.paused_seconds or 0
        return round((self.ends_at - now).total_seconds())


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
class Room:
    """How many of those due are in the room, and how many are expected, out for a while, or gone."""

    voting: int = 0
    there: int = 0
    expected: int = 0
    out: int = 0
    gone: int = 0


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
    room: Room
    quorum: Quorum
    guests: tuple[Guest, ...]
    speaker: Speaker | None
    queue: tuple[Guest, ...]
    unanswered: int
    steps: tuple[Step, ...] = ()
    # Why the usual vote cannot be opened now, a sentence for each gate; the quorum is no bar, only a warning.
    missing: tuple[AppError, ...] = ()
    blocked: bool = False
    # All questions of the meeting that nobody has answered, in any entry.
    open_questions: tuple[Said, ...] = field(default=())

    @property
    def entry(self) -> EntryLine | None:
        """The entry of the agenda that is dealt with."""
        return next((entry for entry in self.entries if entry.id == self.current), None)

    @property
    def to_vote(self) -> tuple[Option, ...]:
        """The options that still wait for their vote."""
        return tuple(option for option in self.options if not option.voted)
