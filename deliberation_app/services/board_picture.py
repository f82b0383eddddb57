"""What both windows show of a live meeting at one moment: plain values, read only."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from deliberation_app.domain import meetings as law
from deliberation_app.domain.floor import AttendanceTotals
from deliberation_app.domain.speaking import Share
from deliberation_app.domain.votes import Requirement
from deliberation_app.domain.votes_series import SeriesTable
from deliberation_app.errors import AppError
from deliberation_app.services.board_steps import Step, next_steps
from deliberation_app.storage.meetings import Meeting


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
    # A resolution or a routing stands in the record.
    concluded: bool = False
    # An item of the board is dealt with here, so that what is promised has a place among its tasks.
    has_item: bool = False
    # Left with a vote not counted, an option not voted on, or nothing said of what came out: not done, though passed.
    left_open: bool = False
    # The recesses of the meeting, from and to: time in which nothing was dealt with.
    breaks: tuple[tuple[datetime, datetime | None], ...] = ()

    def used_seconds(self, now: datetime) -> int:
        """How long it has taken so far, or took, recesses not counted."""
        if self.began_at is None:
            return 0
        end = self.ended_at or now
        spent = (end - self.began_at).total_seconds()
        for gone, back in self.breaks:
            spent -= max((min(back or now, end) - max(gone, self.began_at)).total_seconds(), 0)
        return max(0, int(spent))


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
    stance: str | None = None
    seconds: int | None = None
    entry_id: uuid.UUID | None = None


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
    # Which vote of a comparison it is: {"id", "way", "options", "about"}; None for a single vote.
    series: dict[str, Any] | None = None
    round: int | None = None
    # Earlier counts that were taken again, as the meeting file has them.
    recounts: tuple[dict[str, Any], ...] = ()
    house_rule: dict[str, Any] | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Announced:
    """The vote whose result was announced last, and when."""

    vote: uuid.UUID
    at: datetime


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

    @property
    def unlimited(self) -> bool:
        """Whether the turn has no end: what `left` gives is then the time used, with a minus."""
        return self.allotted_seconds == 0

    def left(self, now: datetime) -> int:
        """Seconds left on the clock, negative once the time is over."""
        if self.ends_at is None:
            return self.paused_seconds or 0
        # A clock that goes back gives nobody more than the whole turn.
        return min(self.allotted_seconds, round((self.ends_at - now).total_seconds()))


@dataclass(frozen=True)
class Waiting:
    """Somebody in the queue and why there: a wish (order, answer), a place by hand, the party and its turns so far."""

    guest: Guest
    wish: str | None
    placed: bool
    party: str
    party_turns: int


@dataclass(frozen=True)
class FloorShares:
    """Turns and seconds by person and by party (ids and names as text), and the party of each person."""

    persons: Mapping[str, Share] = field(default_factory=dict)
    parties: Mapping[str, Share] = field(default_factory=dict)
    party: Mapping[str, str] = field(default_factory=dict)
    # The same for the entry under way alone.
    here: Mapping[str, Share] = field(default_factory=dict)
    parties_here: Mapping[str, Share] = field(default_factory=dict)


@dataclass(frozen=True)
class Quorum:
    """Those entitled who are there now, and how many the rule of the open vote or the usual one asks for, if any."""

    rule: str | None
    eligible: int
    present: int
    needed: int | None
    line: Requirement | None = None

    @property
    def reached(self) -> bool:
        """Whether a vote by the rule could be taken now."""
        return self.needed is not None and self.eligible > 0 and self.present >= self.needed


@dataclass(frozen=True)
class Room:
    """Where those due are now: each is one of there, expected, out, gone, on leave, absent.

    `online` are those of them there who are on the line; `observing` are the others who are there.
    """

    voting: int = 0
    there: int = 0
    expected: int = 0
    out: int = 0
    gone: int = 0
    leave: int = 0
    absent: int = 0
    online: int = 0
    observing: int = 0


@dataclass(frozen=True)
class Screen:
    """What the chair lets the room see instead of the moment: blank, frozen, message; nothing special while empty."""

    mode: str = ""
    text: str = ""
    since: datetime | None = None
    entry: uuid.UUID | None = None


@dataclass(frozen=True)
class Unfinished:
    """Something not settled, one of board_unfinished.KINDS; `target` is the row of it."""

    what: str
    entry: uuid.UUID | None
    target: uuid.UUID
    text: str
    who: str = ""


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
    # Why the usual vote cannot be opened now, a sentence for each gate; the quorum is no bar, only a warning.
    missing: tuple[AppError, ...] = ()
    blocked: bool = False
    # All questions of the meeting that nobody has answered, in any entry.
    open_questions: tuple[Said, ...] = field(default=())
    # What the votes on several options of this entry have come to, the last comparison that was begun.
    series: SeriesTable | None = None
    screen: Screen = Screen()
    unfinished: tuple[Unfinished, ...] = ()
    # What was promised with a date in the whole meeting, the earliest first.
    promises: tuple[Said, ...] = ()
    # When a meeting in recess is to go on, as far as that was said.
    resumes_at: datetime | None = None

    # The queue with its reasons, in the same order; who has had how much; seconds of a turn, 0 without end.
    waiting: tuple[Waiting, ...] = ()
    shares: FloorShares = field(default_factory=FloorShares)
    turn_seconds: int = 180
    # Who is there and has not spoken on this entry, and whether the chair has asked all of them.
    unheard: tuple[uuid.UUID, ...] = ()
    asked_all: bool = False
    # The result announced last; `counted_again` where the open vote was announced once and is to be announced anew.
    announced: Announced | None = None
    counted_again: bool = False

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The next steps, the first being the one the big button does."""
        return tuple(next_steps(self))

    @cached_property
    def entry(self) -> EntryLine | None:
        """The entry of the agenda that is dealt with."""
        return next((entry for entry in self.entries if entry.id == self.current), None)

    @cached_property
    def result(self) -> Motion | None:
        """The vote whose result the room sees: announced, until somebody speaks or all are back; or agreed aloud."""
        if self.vote is not None:
            return self.vote if self.vote.method == "consensus" and self.vote.counts is not None else None
        if self.announced is None or self.speaker is not None:
            return None
        since = [self.statements[-1].at] if self.statements else []
        since += [back for _gone, back in self.entry.breaks] if self.entry is not None else []
        if any(at is not None and at > self.announced.at for at in since):
            return None
        return next((one for one in self.motions if one.id == self.announced.vote), None)

    @cached_property
    def to_vote(self) -> tuple[Option, ...]:
        """The options that still wait for their vote, first those that came out ahead where they were compared."""
        left = (option for option in self.options if not option.voted)
        series = self.series
        ahead = series.winners if series is not None and series.over and series.way == "pairs" else ()
        return tuple(sorted(left, key=lambda option: option.name not in ahead))
