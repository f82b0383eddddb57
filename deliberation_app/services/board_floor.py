"""The floor on the board: who waits and why there, and who has it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from deliberation_app.domain.speaking import NO_SHARE, USUAL_SECONDS, Request, next_speakers
from deliberation_app.services import floor_turns
from deliberation_app.services.board_party import PartyBook
from deliberation_app.services.board_picture import Guest, Said, Speaker, Unfinished, Waiting
from deliberation_app.services.board_roll import RollBook
from deliberation_app.services.board_rows import MeetingRows
from deliberation_app.services.board_spoken import SpokenBook
from deliberation_app.storage.floor import QueueEntry
from deliberation_app.storage.people import Person


@dataclass(frozen=True)
class Queue:
    """Who waits, in speaking order, each with the reasons; and that they wait, as something unfinished."""

    guests: tuple[Guest, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    unfinished: tuple[Unfinished, ...] = ()


_EMPTY = Queue()


class FloorBook:
    """Keeps the queue, put in order anew only when somebody in it or what the parties have had has changed."""

    def __init__(self, rows: MeetingRows, roll: RollBook, party: PartyBook, spoken: SpokenBook) -> None:
        self._rows, self._roll, self._party, self._spoken = rows, roll, party, spoken
        self._requests: dict[uuid.UUID, tuple[Any, Request]] = {}
        self._waiting: dict[uuid.UUID, Waiting] = {}
        self._speaker: Speaker | None = None
        self.queue = _EMPTY
        self.follow(rows.of(QueueEntry))

    def follow(self, touched: Collection[uuid.UUID]) -> None:
        """Take in that somebody asked, waits no more, has spoken or is told of otherwise."""
        if not self._rows.of(QueueEntry):
            self._requests, self._waiting, self.queue = {}, {}, _EMPTY
        elif touched:
            self._order()

    def speaker(self) -> Speaker | None:
        """Who has the floor, the same thing for as long as nothing of it changes."""
        state = self._rows.state
        if state is None or state.speaker_id is None:
            return None
        person = self._rows.of(Person)[state.speaker_id]
        made = Speaker(
            person.id, person.name, person.post or "", max(self._spoken.turns(person.id) - 1, 0),  # before this turn
            state.ends_at, state.paused_seconds,
            USUAL_SECONDS if state.allotted_seconds is None else state.allotted_seconds,
        )  # fmt: skip
        if made != self._speaker:
            self._speaker = made
        return self._speaker

    def _order(self) -> None:
        rows = self._rows.of(QueueEntry).values()
        self._requests = {row.person_id: (row, self._request(row)) for row in rows}
        times = {one.person: self._spoken.turns(person) for person, (_, one) in self._requests.items()}
        places = {one.person: person for person, (_, one) in self._requests.items()}
        order = next_speakers([one for _, one in self._requests.values()], times, self._party.parties)
        waiting = tuple(self._wait(*self._requests[places[person]]) for person in order)
        self._waiting = {one.guest.person_id: one for one in waiting}
        if waiting == self.queue.waiting:
            return
        guests, left = tuple(one.guest for one in waiting), self.queue.unfinished
        if guests == self.queue.guests:  # other reasons, the same people
            guests = self.queue.guests
        else:
            left = tuple(Unfinished("queue", None, guest.person_id, guest.name) for guest in guests)
        self.queue = Queue(guests, waiting, left)

    def _request(self, row: Any) -> Request:
        kept = self._requests.get(row.person_id)
        if kept is not None and kept[0] is row and kept[1].party == self._party.of(kept[1].person):
            return kept[1]
        return floor_turns.request(row, self._party.of(str(row.person_id)))

    def _wait(self, row: Any, request: Request) -> Waiting:
        guest = self._roll.guests.get(row.person_id) or self._roll.stranger(row.person_id)
        had = self._party.parties.get(request.party, NO_SHARE)
        made = Waiting(guest, row.wish, row.place is not None, request.party, had.turns)
        kept = self._waiting.get(row.person_id)
        return kept if kept == made else made


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
