"""The Board: one read-only picture of a live meeting, which console and projector both paint."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from deliberation_app.domain import meetings as law
from deliberation_app.domain.floor import AttendanceTotals, Roll, attendance_totals, in_the_room
from deliberation_app.domain.speaking import USUAL_SECONDS
from deliberation_app.domain.votes import RULES
from deliberation_app.errors import AppError
from deliberation_app.services import board_room, floor_roll, votes_numbers, votes_series
from deliberation_app.services.board_floor import FloorBook
from deliberation_app.services.board_picture import (
    Board,
    EntryLine,
    Guest,
    Item,
    Motion,
    Nominee,
    Option,
    Quorum,
    Room,
    Said,
    Speaker,
    Step,
    short_name,
)
from deliberation_app.services.board_rows import MeetingRows
from deliberation_app.services.board_steps import next_steps
from deliberation_app.services.meetings import state_of
from deliberation_app.services.votes_numbers import Preview, Votes
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.floor import Attendance, QueueEntry, Statement
from deliberation_app.storage.meetings import AgendaEntry, AgendaOption
from deliberation_app.storage.people import Person
from deliberation_app.storage.votes import Candidate, Vote

__all__ = ["Board", "BoardReader", "Guest", "Motion", "Said", "Step", "board"]


def board(work: Work, meeting_id: uuid.UUID) -> Board:
    """Read the whole picture once; a window that stays open keeps a BoardReader."""
    return BoardReader(work, meeting_id).read()


class BoardReader:
    """Reads the board of one meeting again and again, each time only what the log says has changed."""

    def __init__(self, work: Work, meeting_id: uuid.UUID) -> None:
        self._work = work
        self._rows = MeetingRows(meeting_id, work.known)
        self._motions: dict[uuid.UUID, tuple[Vote, Motion]] = {}
        self._roll = Roll(())
        self._totals = AttendanceTotals()
        self._room = Room()
        self._guests: dict[uuid.UUID, Guest] = {}
        self._spoken: dict[uuid.UUID, int] = {}
        self._said: dict[uuid.UUID, tuple[Statement, Person | None, bool, Said]] = {}
        self._told: list[tuple[Statement, Said]] = []
        self._quorum: Quorum | None = None
        self._floor = FloorBook(self._rows)

    def read(self) -> Board:
        """The picture at this moment."""
        with self._work.read() as session:
            changed = self._rows.follow(session)
            self._floor.follow(session, changed)
        if changed & {Attendance, Person, AgendaEntry}:
            self._quorum = None
        if changed & {Candidate, Person}:
            self._motions.clear()
        picture = self._picture(self._work.clock())
        return next_steps(self._floor.complete(board_room.complete(picture, self._rows, self._told)))

    def counted(
        self, vote_id: uuid.UUID, candidates: Votes | None, numbers: Mapping[str, int | None]
    ) -> Preview | None:  # fmt: skip
        """What a vote that is counted came to, without asking the database; None where that must be asked."""
        vote = self._rows.of(Vote).get(vote_id)
        return None if vote is None else votes_numbers.counted(vote, self._roll, candidates, numbers)

    def _picture(self, now: datetime) -> Board:
        rows, state = self._rows, self._rows.state
        meeting, kind = rows.meeting, law.KINDS[rows.meeting.kind]
        current = state.entry_id if state is not None else None
        statements = rows.listed(Statement)
        spoken = self._floor.spoken
        answered = {row.answers_id for row in statements}
        said = [self._said_of(row, row.side == "raise" and row.id not in answered) for row in statements]
        self._told = list(zip(statements, said, strict=True))
        here = [vote for vote in rows.listed(Vote) if vote.entry_id == current]
        quorum = self._quorum
        if quorum is None:
            quorum = self._read_roll(min(now, meeting.closed_at) if meeting.closed_at is not None else now)
        self._tell_guests(spoken, now)
        guests = tuple(self._guests.values())
        missing, blocked = self._gates(current, sum(1 for row in statements if row.entry_id == current))
        motions = tuple(self._motion(vote) for vote in here)
        entries = tuple(_line(entry, current) for entry in rows.listed(AgendaEntry))
        questions = tuple(one for one in said if one.open)
        return Board(
            meeting=meeting, state=state_of(meeting), kind=kind, now=now, entries=entries, current=current,
            item=self._item(current),
            options=self._options(current, here),
            statements=tuple(one for row, one in self._told if row.entry_id == current),
            motions=motions,
            vote=self._open_vote(),
            totals=self._totals, room=self._room,
            quorum=quorum,
            guests=guests,
            speaker=self._speaker(spoken),
            queue=self._queue(guests, spoken),
            unanswered=len(questions),
            missing=missing, blocked=blocked, open_questions=questions, series=self._series(here),
        )  # fmt: skip

    def _read_roll(self, moment: datetime) -> Quorum:
        people, rows = self._rows.of(Person), self._rows.listed(Attendance)
        self._roll = Roll(floor_roll.attendee_of(row, floor_roll.suffrage_of(people[row.person_id])) for row in rows)
        self._totals = attendance_totals(self._roll.attendees)
        self._guests = {}
        rule = law.KINDS[self._rows.meeting.kind].default_rule
        found = self._roll.electorate(rule or "straw_poll", moment)
        self._quorum = Quorum(rule, found.eligible or 0, found.present or 0, _needed(rule, found.eligible or 0))
        return self._quorum

    def _tell_guests(self, spoken: dict[uuid.UUID, int], now: datetime) -> None:
        """Make the lines of the roll anew; while nobody comes or goes, only those of people who have spoken since."""
        if not self._guests:
            self._guests = {
                row.person_id: self._guest(row, spoken.get(row.person_id, 0), now)
                for row in self._rows.listed(Attendance)
            }
            self._room = _room(self._guests.values())
        elif spoken is not self._spoken:
            for key in {key for key, _ in spoken.items() ^ self._spoken.items()} & self._guests.keys():
                self._guests[key] = replace(self._guests[key], spoken=spoken.get(key, 0))
        self._spoken = spoken

    def _guest(self, row: Attendance, times: int, now: datetime) -> Guest:
        person = self._rows.of(Person)[row.person_id]
        attendee = self._roll.entries[str(row.person_id)]
        came = row.status in ("present", "online") and not row.expected
        out = came and bool(row.away) and "to" not in (row.away or [{}])[-1] and row.left_at is None
        return Guest(
            row.person_id, person.name, person.post or "", row.capacity, row.status, row.reason or "",
            in_the_room(attendee, now, online=True), out, came and row.left_at is not None, row.expected, times,
        )  # fmt: skip

    def _stranger(self, person_id: uuid.UUID, spoken: dict[uuid.UUID, int]) -> Guest:
        person, times = self._rows.of(Person)[person_id], spoken.get(person_id, 0)
        return Guest(
            person_id, person.name, person.post or "", "observing", "present", "", True, False, False, False, times
        )

    def _said_of(self, row: Statement, unanswered: bool) -> Said:
        person = self._rows.of(Person).get(row.speaker_id) if row.speaker_id is not None else None
        kept = self._said.get(row.id)
        if kept is not None and kept[0] is row and kept[1] is person and kept[2] == unanswered:
            return kept[3]
        made = Said(
            row.id, row.speaker_id, person.name if person else "", (person.post or "") if person else "", row.at,
            row.side, row.text, row.answers_id, row.promised_by, bool(row.dissent), unanswered, row.stance, row.seconds,
            row.entry_id,
        )  # fmt: skip
        self._said[row.id] = (row, person, unanswered, made)
        return made

    def _gates(self, current: uuid.UUID | None, statements: int) -> tuple[tuple[AppError, ...], bool]:
        entry = self._rows.of(AgendaEntry).get(current) if current is not None else None
        if entry is None or self._quorum is None or self._quorum.rule is None:
            return (), False
        item = self._rows.of(AgendaItem).get(entry.item_id) if entry.item_id is not None else None
        facts = votes_numbers.gate_facts(
            entry, item, statements=statements,
            names_option=any(option.entry_id == current for option in self._rows.of(AgendaOption).values()),
            rule=self._quorum.rule, eligible=self._quorum.eligible, present=self._quorum.present,
        )  # fmt: skip
        return votes_numbers.missing(facts)

    def _motion(self, vote: Vote) -> Motion:
        """A vote as it is shown, made again only when its row or its candidates have changed."""
        kept = self._motions.get(vote.id)
        if kept is None or kept[0] is not vote:
            kept = self._motions[vote.id] = (vote, self._make_motion(vote))
        return kept[1]

    def _make_motion(self, vote: Vote) -> Motion:
        people = self._rows.of(Person)
        standing = sorted(
            (row for row in self._rows.of(Candidate).values() if row.vote_id == vote.id), key=lambda row: row.position
        )
        return Motion(
            vote.id, vote.motion, vote.method, vote.rule, vote.option_id, vote.counts, vote.quorate, vote.passed,
            len(vote.recounts or ()), vote.seats, vote.ballots_issued, vote.ballots_returned, vote.written_opinions,
            tuple(
                Nominee(row.person_id, people[row.person_id].name, row.in_favour, row.against, row.abstain)
                for row in standing
            ),
            series=vote.series, round=vote.round, recounts=tuple(vote.recounts or ()), house_rule=vote.house_rule,
            at=vote.at,
        )  # fmt: skip

    def _series(self, here: list[Vote]) -> votes_series.SeriesTable | None:
        if not any(vote.series for vote in here):
            return None
        names = {str(row.id): short_name(row.title) for row in self._rows.listed(AgendaOption)}
        rooms = {vote.id: self._roll.electorate(vote.rule, vote.at) for vote in here if vote.at is not None}
        heads = {key: (room.eligible or 0, room.present or 0) for key, room in rooms.items()}
        return votes_series.shown(here, names, heads)

    def _open_vote(self) -> Motion | None:
        state = self._rows.state
        vote = self._rows.of(Vote).get(state.vote_id) if state is not None and state.vote_id is not None else None
        return self._motion(vote) if vote is not None else None

    def _item(self, current: uuid.UUID | None) -> Item | None:
        entry = self._rows.of(AgendaEntry).get(current) if current is not None else None
        item = self._rows.of(AgendaItem).get(entry.item_id) if entry is not None and entry.item_id is not None else None
        if item is None:
            return None
        return Item(
            item.id, item.title, item.background or "", bool(item.vital_interest), item.votable is not False,
            len(item.party_meetings or ()), self._rows.voices.get(item.id, 0),
        )  # fmt: skip

    def _options(self, current: uuid.UUID | None, votes: list[Vote]) -> tuple[Option, ...]:
        voted = {vote.option_id for vote in votes if vote.counts is not None and not votes_series.compares(vote)}
        return tuple(
            Option(row.id, row.title, row.text or "", row.id in voted)
            for row in self._rows.listed(AgendaOption)
            if row.entry_id == current
        )

    def _speaker(self, spoken: dict[uuid.UUID, int]) -> Speaker | None:
        state = self._rows.state
        if state is None or state.speaker_id is None:
            return None
        person = self._rows.of(Person)[state.speaker_id]
        return Speaker(
            person.id, person.name, person.post or "", max(spoken.get(person.id, 0) - 1, 0),  # before this turn
            state.ends_at, state.paused_seconds,
            USUAL_SECONDS if state.allotted_seconds is None else state.allotted_seconds,
        )  # fmt: skip

    def _queue(self, guests: tuple[Guest, ...], spoken: dict[uuid.UUID, int]) -> tuple[Guest, ...]:
        if not self._rows.of(QueueEntry):
            return ()
        by_person = {guest.person_id: guest for guest in guests}
        return tuple(by_person.get(key) or self._stranger(key, spoken) for key in self._floor.order())


def _room(guests: Iterable[Guest]) -> Room:
    """The heads in the room, counted once as people come and go."""
    voting = [guest for guest in guests if guest.capacity == "voting"]
    return Room(
        len(voting), sum(guest.there for guest in voting), sum(guest.expected for guest in voting),
        sum(guest.out for guest in guests), sum(guest.gone for guest in guests),
        sum(guest.there and guest.status == "online" for guest in voting),
    )  # fmt: skip


def _line(entry: AgendaEntry, current: uuid.UUID | None) -> EntryLine:
    state = "current" if entry.id == current else "to_come" if entry.began_at is None else "done"
    return EntryLine(
        entry.id,
        entry.title,
        entry.minutes_allotted,
        entry.began_at,
        entry.ended_at,
        state,
        bool(entry.no_statements),
        has_item=entry.item_id is not None,
    )


def _needed(rule: str | None, eligible: int) -> int | None:
    """The least number present that meets the quorum of a rule judged by heads of those present."""
    if rule is None or RULES[rule].by_area or RULES[rule].present_from_ballots or not RULES[rule].quorum:
        return None
    return RULES[rule].quorum[0].needed(eligible)
