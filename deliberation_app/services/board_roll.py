"""The roll on the board: its lines, the heads in the room, the quorum of now; the work is that of who came or went."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from deliberation_app.domain import meetings as law
from deliberation_app.domain.floor import Attendee, Roll, attendance_totals, in_the_room, next_mark
from deliberation_app.domain.votes import RULES, Requirement
from deliberation_app.services import floor_roll
from deliberation_app.services.board_order import steady
from deliberation_app.services.board_picture import Guest, Quorum, Room
from deliberation_app.services.board_rows import Changes, MeetingRows, named
from deliberation_app.services.board_spoken import SpokenBook
from deliberation_app.storage.floor import Attendance
from deliberation_app.storage.people import Person

_ON_THE_ROLL = frozenset({Attendance, Person})
GuestChanges = dict[uuid.UUID, tuple[Guest | None, Guest | None]]


class RollBook:
    """Keeps the lines of the roll as they are shown, and what is counted of them."""

    def __init__(self, rows: MeetingRows, spoken: SpokenBook, now: datetime) -> None:
        self._rows, self._spoken = rows, spoken
        self.lines: dict[uuid.UUID, Any] = {row.person_id: row for row in rows.listed(Attendance)}
        self.roll = Roll(self._attendee(person) for person in self.lines)
        self.totals = attendance_totals(self.roll.attendees)
        # When somebody who is noted as coming or going later will have come or gone.
        self._marks: dict[uuid.UUID, datetime] = {}
        self.guests = {person: self._guest(person, now) for person in self.lines}
        self.room = _room((), self.guests.values(), Room())
        self.listed = tuple(self.guests.values())
        self.quorum = self._quorum(now)

    def follow(self, changes: Changes, spoken: Collection[uuid.UUID], now: datetime) -> GuestChanges:
        """Take in what has changed; the lines that have changed by it."""
        if not (spoken or self._marks) and _ON_THE_ROLL.isdisjoint(changes):
            return {}
        rows, moved = changes.get(Attendance, {}).values(), named(changes, Attendance)
        moved.update(person for person in changes.get(Person, ()) if person in self.lines)
        reordered = any(_position(before) != _position(after) for before, after in rows)
        if moved:
            self._take_in(moved, reordered=reordered)
        due = [person for person, mark in self._marks.items() if mark <= now]
        changed = self._show({*moved, *due}, now)
        if moved or due:
            self.room = steady(self.room, self._heads(changed))
            self.quorum = steady(self.quorum, self._quorum(now))
        for person in spoken:
            guest = self.guests.get(person)
            if guest is not None and guest.spoken != self._spoken.turns(person):
                told = self.guests[person] = replace(guest, spoken=self._spoken.turns(person))
                changed[person] = (changed[person][0] if person in changed else guest, told)
        if reordered:
            self.guests = {person: self.guests[person] for person in self.lines}
        if changed or reordered:
            self.listed = tuple(self.guests.values())
        return changed

    def _heads(self, changed: GuestChanges) -> Room:
        was, are = ([pair[at] for pair in changed.values()] for at in (0, 1))
        return _room(filter(None, was), filter(None, are), self.room)

    def _quorum(self, now: datetime) -> Quorum:
        meeting = self._rows.meeting
        moment = min(now, meeting.closed_at) if meeting.closed_at is not None else now
        return self.quorum_of(law.KINDS[meeting.kind].default_rule, moment)

    def quorum_of(
        self, rule: str | None, moment: datetime, left_out: int = 0, line: Requirement | None = None
    ) -> Quorum:  # fmt: skip
        """How many of those who may vote by a rule are there, `left_out` of them not counted as due.

        `line` is the one that the vote itself carries.
        """
        found = self.roll.electorate(rule or "straw_poll", moment)
        eligible, present = max((found.eligible or 0) - left_out, 0), found.present or 0
        line = line or _line(rule)
        return Quorum(rule, eligible, present, None if line is None else line.needed(eligible), line)

    def stranger(self, person: uuid.UUID) -> Guest:
        """Somebody at the floor who is not on the roll."""
        known = self._rows.of(Person)[person]
        return Guest(
            person, known.name, known.post or "", "observing", "present", "", True, False, False, False,
            self._spoken.turns(person),
        )  # fmt: skip

    def _take_in(self, moved: set[uuid.UUID], *, reordered: bool) -> None:
        if reordered:
            self.lines = {row.person_id: row for row in self._rows.listed(Attendance)}
        else:
            rows = self._rows.of(Attendance)
            self.lines.update((person, rows[self.lines[person].id]) for person in moved)
        known = self.roll.entries
        lines = [self._attendee(person) for person in moved if person in self.lines]
        after = [line for line in lines if known.get(line.person) != line]
        gone = [str(person) for person in moved if person not in self.lines]
        before = [known[key] for key in (*gone, *(line.person for line in after)) if key in known]
        if not before and not after:
            return  # a post, or for whom somebody speaks
        self.totals = steady(self.totals, self.totals.changed(before, after))
        self.roll = self.roll.changed(after, gone)

    def _show(self, moved: set[uuid.UUID], now: datetime) -> GuestChanges:
        changed: GuestChanges = {}
        for person in moved:
            before = self.guests.get(person)
            after = self._guest(person, now) if person in self.lines else None
            if before != after:
                changed[person] = (before, after)
                if after is not None:
                    self.guests[person] = after
        return changed

    def _attendee(self, person: uuid.UUID) -> Attendee:
        return floor_roll.attendee_of(self.lines[person], floor_roll.suffrage_of(self._rows.of(Person)[person]))

    def _guest(self, key: uuid.UUID, now: datetime) -> Guest:
        row, person, attendee = self.lines[key], self._rows.of(Person)[key], self.roll.entries[str(key)]
        mark = next_mark(attendee, now)
        if mark is None:
            self._marks.pop(key, None)
        else:
            self._marks[key] = mark
        came = row.status in ("present", "online") and not row.expected
        out = came and bool(row.away) and "to" not in (row.away or [{}])[-1] and row.left_at is None
        return Guest(
            key, person.name, person.post or "", row.capacity, row.status, row.reason or "",
            in_the_room(attendee, now, online=True), out, came and row.left_at is not None, row.expected,
            self._spoken.turns(key),
        )  # fmt: skip


def _position(row: Any) -> int | None:
    return None if row is None else row.position


def _room(was: Iterable[Guest], are: Iterable[Guest], before: Room) -> Room:
    """The heads in the room once the lines that were are as they are now."""
    counts: dict[str, int] = {**vars(before)}
    for guests, step in ((was, -1), (are, 1)):
        for guest in guests:
            for name in _heads(guest):
                counts[name] += step
    return Room(**counts)


def _heads(guest: Guest) -> list[str]:
    """Which numbers of the room somebody is counted in."""
    if guest.capacity != "voting":
        return ["observing"] if guest.there else []
    if guest.there:
        return ["voting", "there", "online"] if guest.status == "online" else ["voting", "there"]
    # Whoever was on leave in the sitting before is expected again like everybody else; so is who is to come later.
    states = (("expected", guest.expected), ("gone", guest.gone), ("out", guest.out),
              ("leave", guest.status == "leave"), ("absent", guest.status == "absent"))  # fmt: skip
    return ["voting", next((name for name, so in states if so), "expected")]


def _line(rule: str | None) -> Requirement | None:
    """The quorum of a rule that is judged by heads of those present."""
    if rule is None or RULES[rule].by_area or RULES[rule].present_from_ballots or not RULES[rule].quorum:
        return None
    return RULES[rule].quorum[0]
