"""Who is on the roll and in the room at a moment, and who speaks next."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Literal

from deliberation_app.domain.votes import RULES

Capacity = Literal["voting", "observing", "invited"]
Status = Literal["present", "online", "leave", "absent"]

_ALWAYS = datetime.min.replace(tzinfo=UTC)
_NEVER = datetime.max.replace(tzinfo=UTC)
Span = tuple[datetime, datetime]


@dataclass(frozen=True, kw_only=True)
class Attendee:
    """One line of the attendance; `suffrage` is the person's right to vote in the branch."""

    person: str
    capacity: Capacity = "voting"
    status: Status = "present"
    suffrage: bool = False
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    away: tuple[tuple[datetime, datetime | None], ...] = ()
    proxy_of: str | None = None
    represents: str | None = None


@dataclass(frozen=True)
class Flat:
    """A household with an area (hundredths of a square metre) and its owner."""

    owner: str
    area: int


@dataclass(frozen=True, kw_only=True)
class Electorate:
    """The four numbers of a vote; None where nothing gives the number. Areas in hundredths of a square metre."""

    eligible: int | None = None
    present: int | None = None
    eligible_area: int | None = None
    present_area: int | None = None


def attends(attendee: Attendee, *, online: bool = False) -> bool:
    """Whether the status says present, or online where that counts; the hour is not asked."""
    return attendee.status == "present" or (online and attendee.status == "online")


def in_the_room(attendee: Attendee, moment: datetime | None, *, online: bool = False) -> bool:
    """Whether the person is there at the moment: arrived, not left, not away; without a moment by status alone."""
    if moment is None or not attends(attendee, online=online):
        return attends(attendee, online=online)
    return any(start <= moment < end for start, end in _spans(attendee))


def _spans(attendee: Attendee) -> list[Span]:
    """The stretches of presence, from inclusive, to exclusive, in order."""
    start = attendee.arrived_at or _ALWAYS
    end = attendee.left_at or _NEVER
    spans: list[Span] = []
    for gone, back in sorted(attendee.away, key=lambda absence: absence[0]):
        if start < min(gone, end):
            spans.append((start, min(gone, end)))
        start = max(start, back or _NEVER)
    if start < end:
        spans.append((start, end))
    return spans


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


class Presence:
    """Who is present when, for one way of counting (online or not, proxies or not): asked often, reckoned once."""

    def __init__(self, attendees: Iterable[Attendee], *, online: bool, proxies: bool) -> None:
        self.by_status: set[str] = set()
        spans: dict[str, list[Span]] = {}
        for attendee in attendees:
            if not attends(attendee, online=online):
                continue
            there = _spans(attendee)
            for person in (attendee.person, attendee.proxy_of if proxies else None):
                if person is not None:
                    self.by_status.add(person)
                    spans.setdefault(person, []).extend(there)
        self.spans = {person: _merged(stretches) for person, stretches in spans.items()}
        self._starts = {person: [start for start, _ in stretches] for person, stretches in self.spans.items()}

    def has(self, person: str, moment: datetime | None) -> bool:
        """Whether this person is present at the moment, or by status when there is none."""
        if moment is None:
            return person in self.by_status
        position = bisect_right(self._starts.get(person, []), moment) - 1
        return position >= 0 and moment < self.spans[person][position][1]


class Roll:
    """The roll of one meeting: eligible and present under any of the `RULES` at any moment, in logarithmic time."""

    def __init__(self, attendees: Iterable[Attendee], flats: Iterable[Flat] = ()) -> None:
        self.attendees = tuple(attendees)
        self.flats = tuple(flats)
        self._presence: dict[tuple[bool, bool], Presence] = {}
        self._edges: dict[str, tuple[list[datetime], list[datetime]]] = {}
        self._by_status: dict[str, int] = {}

    @cached_property
    def _voting(self) -> frozenset[str]:
        return frozenset(attendee.person for attendee in self.attendees if attendee.capacity == "voting")

    @cached_property
    def _with_suffrage(self) -> frozenset[str]:
        return frozenset(
            attendee.person for attendee in self.attendees if attendee.capacity == "voting" and attendee.suffrage
        )

    @cached_property
    def entries(self) -> Mapping[str, Attendee]:
        """Each person's line of the attendance."""
        return {attendee.person: attendee for attendee in self.attendees}

    @cached_property
    def areas(self) -> Mapping[str, int]:
        """Each owner once, with the sum of the areas owned (rules.md 1.11)."""
        areas: dict[str, int] = {}
        for flat in self.flats:
            areas[flat.owner] = areas.get(flat.owner, 0) + flat.area
        return areas

    @cached_property
    def _owners(self) -> frozenset[str]:
        return frozenset(self.areas)

    @cached_property
    def _whole_area(self) -> int:
        return sum(self.areas.values())

    def eligible(self, rule: str) -> frozenset[str]:
        """The persons who may vote under the rule, in the room or not."""
        if RULES[rule].by_area:
            return self._owners
        # A 预备党员 attends as voting and is never eligible where suffrage is needed.
        return self._with_suffrage if RULES[rule].suffrage_only else self._voting

    def presence(self, rule: str) -> Presence:
        """The presence that this rule recognises."""
        kind = (RULES[rule].online_counts, RULES[rule].proxy)
        if kind not in self._presence:
            self._presence[kind] = Presence(self.attendees, online=kind[0], proxies=kind[1])
        return self._presence[kind]

    def electorate(self, rule: str, moment: datetime | None, valid_voters: Iterable[str] | None = None) -> Electorate:
        """Numbers 4 and 5 of "Who may vote": from attendance at the moment, or from owners and their valid ballots."""
        if not RULES[rule].by_area:
            return Electorate(eligible=len(self.eligible(rule)), present=self._present(rule, moment))
        voters = None if valid_voters is None else set(valid_voters)
        return Electorate(
            eligible=len(self.areas) if self.flats else None,
            eligible_area=self._whole_area if self.flats else None,
            present=None if voters is None else len(voters),
            present_area=None if voters is None else sum(self.areas.get(voter, 0) for voter in voters),
        )

    def _present(self, rule: str, moment: datetime | None) -> int:
        presence, eligible = self.presence(rule), self.eligible(rule)
        if moment is None:
            if rule not in self._by_status:
                self._by_status[rule] = len(presence.by_status & eligible)
            return self._by_status[rule]
        if rule not in self._edges:
            spans = [span for person in eligible for span in presence.spans.get(person, ())]
            self._edges[rule] = (sorted(start for start, _ in spans), sorted(end for _, end in spans))
        starts, ends = self._edges[rule]
        return bisect_right(starts, moment) - bisect_right(ends, moment)


def electorate(
    rule: str,
    attendees: Iterable[Attendee],
    moment: datetime | None,
    flats: Iterable[Flat] = (),
    valid_voters: Iterable[str] | None = None,
) -> Electorate:
    """Who may vote and how many are present, for one vote; a `Roll` answers for many."""
    return Roll(attendees, flats).electorate(rule, moment, valid_voters)


@dataclass(frozen=True, kw_only=True)
class AttendanceTotals:
    """The printed numbers, whatever the hour: 应到 实到 线上 请假 缺席 of the voting, 列席 and 邀请 beside."""

    due: int = 0
    present: int = 0
    online: int = 0
    leave: int = 0
    absent: int = 0
    observing: int = 0
    invited: int = 0


def attendance_totals(attendees: Iterable[Attendee]) -> AttendanceTotals:
    """Count the attendance as it is printed; observers and guests only where they came."""
    totals = dict.fromkeys(("due", "present", "online", "leave", "absent", "observing", "invited"), 0)
    for attendee in attendees:
        if attendee.capacity == "voting":
            totals["due"] += 1
            totals[attendee.status] += 1
        elif attends(attendee, online=True):
            totals[attendee.capacity] += 1
    return AttendanceTotals(**totals)
