"""What is known about one item, as plain facts; after a sending back only later evidence counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from deliberation_app.domain.calendar import day_of
from deliberation_app.domain.calendar_days import NO_EDITS, DayEdits, period_end
from deliberation_app.domain.calendar_days import Unit as DayUnit
from deliberation_app.domain.meetings_kinds import KINDS

# DB3306/T 075—2025: 即时议 takes place within 48 hours.
AT_ONCE = timedelta(hours=48)


@dataclass(frozen=True, kw_only=True)
class MeetingHeld:
    """A meeting at which the item was on the agenda."""

    at: datetime
    kind: str = "courtyard_consultation"
    present: int = 0
    statements: int = 0  # on this item
    unanswered: int = 0  # questions (锣) on it that nobody answered or took away with a date
    notice_given: bool = True


@dataclass(frozen=True, kw_only=True)
class VoteHeld:
    """A counted vote on the item; `routing` is that of its agenda entry, `kind` that of its meeting."""

    at: datetime
    quorate: bool
    passed: bool
    kind: str = "courtyard_consultation"
    routing: str | None = None
    names_option: bool = False
    rule: str = ""

    @property
    def decides(self) -> bool:
        """A valid verdict proves 决, unless it was routed elsewhere, or not routed in a consultation (an intention)."""
        if not self.quorate:
            return False
        return not KINDS[self.kind].gong_and_drum if self.routing is None else self.routing == "direct"


@dataclass(frozen=True, kw_only=True)
class Posted:
    """A publication about the item; `about` is decision, outcome or None."""

    about: str | None
    posted_on: date
    days: int
    taken_down_on: date | None = None
    open_objections: int = 0
    unit: DayUnit = "days"
    edits: DayEdits = field(default_factory=lambda: NO_EDITS, compare=False)  # the unit's own working days and days off

    @property
    def last_day(self) -> date:
        """The last day on which it hangs."""
        return period_end(self.posted_on, self.days, self.unit, self.edits)

    def over(self, today: date) -> bool:
        """The whole period has passed; taken down too early never counts."""
        return today > self.last_day and (self.taken_down_on is None or self.taken_down_on > self.last_day)


@dataclass(frozen=True, kw_only=True)
class Surveyed:
    """A satisfaction survey of the item; `below_line` says that the unit's line was not reached."""

    held_on: date
    strict_rate: str = ""
    below_line: bool = False


@dataclass(frozen=True, kw_only=True)
class ItemFacts:
    """Everything the steps of an item ask for; `today` is the day on which they are asked."""

    today: date
    stage: str = "raised"
    state: str = "active"
    raised_at: datetime | None = None
    channel: str | None = None
    raised_by: int = 0
    votable: bool = True
    vital_interest: bool = False
    charges: bool = False  # a fee, another use of common parts, or business with them
    party_meetings: tuple[date | None, ...] = ()  # their days, None where the meeting is not known here
    meetings: tuple[MeetingHeld, ...] = ()
    votes: tuple[VoteHeld, ...] = ()
    open_tasks: int = 0
    closed_tasks: int = 0
    evaluations: tuple[Surveyed, ...] = ()
    publications: tuple[Posted, ...] = ()
    since: datetime | None = None  # when it was last sent back
    archive_number: str = ""

    def _counts(self, day: date) -> bool:
        """Evidence that has a day but no hour counts from the day of the sending back on."""
        return self.since is None or day >= day_of(self.since)

    @property
    def discussions(self) -> tuple[MeetingHeld, ...]:
        """Meetings that count, with statements on record, oldest first."""
        return tuple(meeting for meeting in self._meetings if meeting.statements)

    @property
    def _meetings(self) -> tuple[MeetingHeld, ...]:
        later = (meeting for meeting in self.meetings if self.since is None or meeting.at > self.since)
        return tuple(sorted(later, key=lambda meeting: meeting.at))

    @property
    def unanswered(self) -> int:
        """Questions of the latest discussion that are still open (flows.md F2: every 锣 has a 鼓)."""
        return self.discussions[-1].unanswered if self.discussions else 0

    @property
    def notices(self) -> tuple[MeetingHeld, ...]:
        """Meetings that count and were announced."""
        return tuple(meeting for meeting in self._meetings if meeting.notice_given)

    @property
    def at_once(self) -> tuple[MeetingHeld, ...]:
        """即时议: discussed within 48 hours of being raised, where no notice can be asked for."""
        if self.raised_at is None:
            return ()
        latest = self.raised_at + AT_ONCE
        return tuple(meeting for meeting in self.discussions if meeting.at <= latest)

    @property
    def verdicts(self) -> tuple[VoteHeld, ...]:
        """Votes that count, oldest first."""
        later = (vote for vote in self.votes if self.since is None or vote.at > self.since)
        return tuple(sorted(later, key=lambda vote: vote.at))

    @property
    def deciding(self) -> tuple[VoteHeld, ...]:
        """Votes that prove 决: valid, of either outcome, decided here."""
        return tuple(vote for vote in self.verdicts if vote.decides and (self.votable or vote.names_option))

    @property
    def unrouted(self) -> bool:
        """The latest valid vote was taken in a consultation, and nobody has said where its outcome goes (G11)."""
        valid = [vote for vote in self.verdicts if vote.quorate]
        return bool(valid) and valid[-1].routing is None and KINDS[valid[-1].kind].gong_and_drum

    @property
    def party_discussions(self) -> tuple[date | None, ...]:
        """Linked Party meetings that count: not before the sending back, and not after the vote that decided."""
        before = day_of(self.deciding[-1].at) if self.deciding else date.max
        return tuple(day for day in self.party_meetings if day is None or (self._counts(day) and day <= before))

    @property
    def surveys(self) -> tuple[Surveyed, ...]:
        """Surveys that count, oldest first."""
        later = (survey for survey in self.evaluations if self._counts(survey.held_on))
        return tuple(sorted(later, key=lambda survey: survey.held_on))

    @property
    def outcomes(self) -> tuple[Posted, ...]:
        """Publications of the outcome that count, oldest first."""
        later = (post for post in self.publications if post.about == "outcome" and self._counts(post.posted_on))
        return tuple(sorted(later, key=lambda post: post.posted_on))

    @property
    def open_objections(self) -> int:
        """Objections to any publication that counts and that nobody has answered."""
        return sum(post.open_objections for post in self.publications if self._counts(post.posted_on))
