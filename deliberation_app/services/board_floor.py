"""The floor on the board: who waits and why there, who has had how much of the time, who was not heard on this."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from sqlalchemy.orm import Session

from deliberation_app.domain.speaking import Request, Share, Spell, next_speakers, shares, table_party
from deliberation_app.services import floor_clock, floor_turns
from deliberation_app.services.board_picture import Board, FloorShares, Said, Waiting
from deliberation_app.services.board_rows import MeetingRows
from deliberation_app.storage.base import Kept
from deliberation_app.storage.floor import Attendance, FloorState, QueueEntry, Statement, Turn
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.people import Person

_SPOKEN: frozenset[type[Kept]] = frozenset((Turn, Statement, FloorState))
_ON_THE_ROLL: frozenset[type[Kept]] = frozenset((Attendance, Person, AgendaEntry, Meeting))
_SEATED: frozenset[type[Kept]] = frozenset((Attendance, Meeting, AgendaEntry, Person, QueueEntry, Turn, FloorState))


class FloorBook:
    """Keeps who has spoken how much and for whom, reckoned anew only when something of it has changed."""

    def __init__(self, rows: MeetingRows) -> None:
        self._rows = rows
        self._spells: tuple[Spell, ...] = ()
        self._usual: int | None = None
        self._seated: dict[str, str] = {}
        # Those with a vote who are there, in the order of the roll; None while it is not known.
        self._present: dict[uuid.UUID, None] | None = None
        self.party: dict[str, str] = {}
        self.persons: dict[str, Share] = {}
        self.parties: dict[str, Share] = {}
        self.spoken: dict[uuid.UUID, int] = {}

    def follow(self, session: Session, changed: set[type[Kept]]) -> None:
        """Take in what has changed."""
        rows = self._rows
        if changed & _ON_THE_ROLL:
            self._present = None
        if self._usual is None:
            self._usual = floor_clock.usual_seconds(session, rows.meeting)
        if changed & _SPOKEN:
            self._spells = floor_turns.spells(rows.of(Turn).values(), rows.of(Statement).values(), rows.state)
            self.persons = shares(self._spells)
            self.spoken = {uuid.UUID(key): share.turns for key, share in self.persons.items()}
        if changed & _ON_THE_ROLL:
            self._seated = self._parties({row.person_id for row in rows.of(Attendance).values()})
        if changed & _SEATED:
            self.party = {**self._seated, **self._parties(self._guests_of_the_floor())}
        if changed & (_SPOKEN | _SEATED):
            self.parties = shares(self._spells, self.party)

    def _guests_of_the_floor(self) -> set[uuid.UUID]:
        """Who asks for the floor, has it or had it, without being on the roll."""
        rows, state = self._rows, self._rows.state
        named = {row.person_id for row in (*rows.of(QueueEntry).values(), *rows.of(Turn).values())}
        if state is not None and state.speaker_id is not None:
            named.add(state.speaker_id)
        return {key for key in named if str(key) not in self._seated}

    def _parties(self, keys: set[uuid.UUID]) -> dict[str, str]:
        rows, at_table = self._rows, floor_turns.has_parties(self._rows.meeting)
        if not keys:
            return {}
        people, speaks_for = rows.of(Person), {row.person_id: row.speaks_for for row in rows.of(Attendance).values()}
        return {
            str(key): table_party(people[key].post or "", speaks_for.get(key), parties=at_table)
            for key in keys
            if key in people
        }

    def order(self) -> list[uuid.UUID]:
        """The queue in speaking order."""
        return floor_turns.ordered(self._rows.of(QueueEntry).values(), self._spells, self.party)

    def complete(self, board: Board) -> Board:
        """The board with queue, shares, time of a turn, and who was not heard."""
        state, waiting = self._rows.state, {row.person_id: row for row in self._rows.of(QueueEntry).values()}
        chosen = state.turn_seconds if state is not None else None
        return replace(
            board,
            waiting=tuple(
                Waiting(
                    guest, waiting[guest.person_id].wish, waiting[guest.person_id].place is not None,
                    self.party.get(str(guest.person_id), ""),
                    self.parties.get(self.party.get(str(guest.person_id), ""), Share()).turns,
                )
                for guest in board.queue
            ),
            shares=self._shares(str(board.current)),
            turn_seconds=(self._usual or 0) if chosen is None else chosen,
            unheard=self._unheard(board),
            asked_all=state is not None and str(board.current) in (state.heard_out or ()),
        )  # fmt: skip

    def _shares(self, entry: str) -> FloorShares:
        here = [spell for spell in self._spells if spell.entry == entry]
        return FloorShares(self.persons, self.parties, self.party, shares(here), shares(here, self.party))

    def _unheard(self, board: Board) -> tuple[uuid.UUID, ...]:
        """Who is there with a voice of their own and has not spoken on this entry, in the order of fairness."""
        if board.state != "open" or board.current is None:
            return ()
        rows, at_work = self._rows, {board.meeting.chair_id, board.meeting.recorder_id}
        heard = {row.speaker_id for row in rows.of(Statement).values() if row.entry_id == board.current}
        heard |= {row.person_id for row in rows.of(Turn).values() if row.entry_id == board.current}
        if board.speaker is not None:
            heard.add(board.speaker.person_id)
        if self._present is None:
            self._present = dict.fromkeys(
                one.person_id for one in board.guests if one.there and one.capacity == "voting"
            )
        left = self._present.copy()
        for one in heard | at_work:
            if one is not None:
                left.pop(one, None)
        silent = tuple(left)
        if len(set(self._seated.values())) <= 1 and self.party.keys() == self._seated.keys():
            return silent  # with one party the order of the roll is fair
        requests = [
            Request(
                person=str(key), asked_at=board.now + timedelta(microseconds=at), party=self.party.get(str(key), "")
            )
            for at, key in enumerate(silent)
        ]
        return tuple(uuid.UUID(key) for key in next_speakers(requests, {}, self.parties))


Standing = Literal["open", "promised", "answered"]


def standing(question: Said, statements: Iterable[Said]) -> tuple[Standing, str, date | None]:
    """How a question stands: open, promised by whom until when, or answered by whom."""
    answers = [one for one in statements if one.answers_id == question.id]
    promised = [one for one in answers if one.promised_by is not None]
    if promised:
        last = promised[-1]
        return "promised", last.speaker, last.promised_by
    return ("answered", answers[-1].speaker, None) if answers else ("open", "", None)


def standings(statements: Sequence[Said]) -> dict[uuid.UUID, tuple[Standing, str, date | None]]:
    """How every question of these statements stands."""
    answers: dict[uuid.UUID, list[Said]] = {}
    for one in statements:
        if one.answers_id is not None:
            answers.setdefault(one.answers_id, []).append(one)
    return {one.id: standing(one, answers.get(one.id, ())) for one in statements if one.side == "raise"}
