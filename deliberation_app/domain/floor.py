"""Who is on the roll and in the room at a moment, and who speaks next."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection, Iterable, Mapping
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
# All starts and all ends, each in order.
Edges = tuple[list[datetime], list[datetime]]


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


def next_mark(attendee: Attendee, moment: datetime) -> datetime | None:
    """The next time on this line that is still to come: until then the person is there, or not there, as now."""
    marks = (attendee.arrived_at, attendee.left_at, *(mark for absence in attendee.away for mark in absence))
    return min((mark for mark in marks if mark is not None and mark > moment), default=None)


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


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


class Presence:
    """Who is present when, for one way of counting (online or not, proxies or not): asked often, reckoned once."""

    def __init__(self, attendees: Iterable[Attendee], *, online: bool, proxies: bool) -> None:
        self._ways = {"online": online, "proxies": proxies}
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

    def changed(self, persons: Collection[str], lines: Iterable[Attendee]) -> Presence:
        """The presence in which these persons are there as `lines` say, which must be all lines about them."""
        here, made = Presence(lines, **self._ways), Presence((), **self._ways)
        made.by_status = self.by_status.difference(persons) | here.by_status.intersection(persons)
        made.spans = self.spans.copy()
        for person in persons:
            made.spans.pop(person, None)
            if person in here.spans:
                made.spans[person] = here.spans[person]
        return made

    def has(self, person: str, moment: datetime | None) -> bool:
        """Whether this person is present at the moment, or by status when there is none."""
        if moment is None:
            return person in self.by_status
        spans = self.spans.get(person, ())
        position = bisect_right(spans, (moment, _NEVER)) - 1
        return position >= 0 and moment < spans[position][1]


class Roll:
    """The roll of one meeting: eligible and present under any of the `RULES` at any moment, in logarithmic time."""

    def __init__(self, attendees: Iterable[Attendee], flats: Iterable[Flat] = ()) -> None:
        self.attendees = tuple(attendees)
        self.flats = tuple(flats)
        self._presence: dict[tuple[bool, bool], Presence] = {}
        self._edges: dict[str, Edges] = {}
        self._by_status: dict[str, int] = {}

    def changed(self, lines: Iterable[Attendee], gone: Collection[str] = ()) -> Roll:
        """The roll with these lines in place of those of the same persons, and without the persons who are gone.

        What the roll had reckoned so far is taken over, so that the work is that of the change, not that of the roll.
        """
        lines = tuple(lines)
        moved = {line.person for line in lines}.union(gone)
        if len(self.entries) != len(self.attendees):  # somebody stands on several lines
            return Roll([*(one for one in self.attendees if one.person not in moved), *lines], self.flats)
        entries = {**self.entries, **{line.person: line for line in lines}}
        for person in gone:
            entries.pop(person, None)
        made = Roll(entries.values(), self.flats)
        made.entries = entries
        made._holders = self._holders.difference(moved).union(line.person for line in lines if line.proxy_of)
        made._voting = _with(self._voting, moved, (one for one in lines if one.capacity == "voting"))
        made._with_suffrage = _with(
            self._with_suffrage, moved, (one for one in lines if one.capacity == "voting" and one.suffrage)
        )
        made._take_over(self, moved)
        return made

    def _take_over(self, before: Roll, moved: Collection[str]) -> None:
        lines = [roll.entries[person] for roll in (before, self) for person in moved if person in roll.entries]
        persons = {*moved, *(line.proxy_of for line in lines if line.proxy_of)}
        near = [self.entries[person] for person in persons if person in self.entries]
        near += [self.entries[one] for one in self._holders - persons if self.entries[one].proxy_of in persons]
        self._presence = {kind: known.changed(persons, near) for kind, known in before._presence.items()}
        for rule, edges in before._edges.items():
            was, now = (
                [span for one in persons & roll.eligible(rule) for span in roll.presence(rule).spans.get(one, ())]
                for roll in (before, self)
            )
            self._edges[rule] = _edited(edges, was, now)

    @cached_property
    def _holders(self) -> frozenset[str]:
        """Who holds a proxy."""
        return frozenset(attendee.person for attendee in self.attendees if attendee.proxy_of)

    @cached_property
    def _voting(self) -> frozenset[str]:
        return frozenset(attendee.person for attendee in self.attendees if attendee.capacity == "voting")

    @cached_property
    def _with_suffrage(self) -> frozenset[str]:
        return frozenset(
            attendee.person for attendee in self.attendees if attendee.capacity == "voting" and attendee.suffrage
        )

    @cached_property
    def entries(self) -> dict[str, Attendee]:
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


def _with(before: frozenset[str], moved: Collection[str], lines: Iterable[Attendee]) -> frozenset[str]:
    now = {line.person for line in lines}
    return before if before.intersection(moved) == now else before.difference(moved).union(now)


def _edited(edges: Edges, was: Iterable[Span], now: Iterable[Span]) -> Edges:
    """Starts and ends in order, without those that were and with those that are now."""
    starts, ends = edges[0].copy(), edges[1].copy()
    for start, end in was:
        del starts[bisect_left(starts, start)], ends[bisect_left(ends, end)]
    for start, end in now:
        insort(starts, start)
        insort(ends, end)
    return starts, ends


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

    def changed(self, was: Iterable[Attendee], now: Iterable[Attendee]) -> AttendanceTotals:
        """The numbers once the lines that were are as they are now."""
        totals: dict[str, int] = {**vars(self)}
        for lines, step in ((was, -1), (now, 1)):
            for attendee in lines:
                for name in _headings(attendee):
                    totals[name] += step
        return AttendanceTotals(**totals)


def attendance_totals(attendees: Iterable[Attendee]) -> AttendanceTotals:
    """Count the attendance as it is printed; observers and guests only where they came."""
    return AttendanceTotals().changed((), attendees)


def _headings(attendee: Attendee) -> tuple[str, ...]:
    if attendee.capacity == "voting":
        return "due", attendee.status
    return (attendee.capacity,) if attends(attendee, online=True) else ()
