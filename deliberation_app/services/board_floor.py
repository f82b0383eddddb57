"""The floor on the board: who waits and why there, and who has it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from deliberation_app.domain.speaking import NO_SHARE, USUAL_SECONDS, Request, Share, next_speakers
from deliberation_app.services import floor_turns
from deliberation_app.services.board_order import steady
from deliberation_app.services.board_party import PartyBook
from deliberation_app.services.board_picture import Guest, Said, Speaker, Unfinished, Waiting
from deliberation_app.services.board_roll import RollBook
from deliberation_app.services.board_rows import Changes, MeetingRows, named
from deliberation_app.services.board_spoken import SpokenBook
from deliberation_app.storage.floor import QueueEntry
from deliberation_app.storage.people import Person


@dataclass(frozen=True)
class Queue:
    """Who waits, in speaking order, each with the reasons; and that they wait, as something unfinished.

    `guests` are those of them who are there: the others are passed over.
    """

    guests: tuple[Guest, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    unfinished: tuple[Unfinished, ...] = ()


class FloorBook:
    """Keeps the queue, put in order anew only when somebody in it or what the parties have had has changed."""

    def __init__(self, rows: MeetingRows, roll: RollBook, party: PartyBook, spoken: SpokenBook) -> None:
        self._rows, self._roll, self._party, self._spoken = rows, roll, party, spoken
        # Everything by the person's id as text, as the rule of the queue reads it.
        self._asked: dict[str, Any] = {}
        self._requests: dict[str, Request] = {}
        self._times: dict[str, int] = {}
        self._waiting: dict[str, Waiting] = {}
        # What the parties had had when the queue was put in order.
        self._parties: Mapping[str, Share] = {}
        self._speaker: Speaker | None = None
        self.queue = Queue()
        self.follow({QueueEntry: {key: (None, row) for key, row in rows.of(QueueEntry).items()}}, ())

    def follow(self, changes: Changes, touched: Collection[uuid.UUID]) -> None:
        """Take in that somebody asked, waits no more, has spoken or is told of otherwise."""
        rows = changes.get(QueueEntry, {}).values()
        for before, _ in rows:
            if before is not None:
                for book in (self._asked, self._requests, self._times, self._waiting):
                    book.pop(str(before.person_id), None)
        self._asked.update((str(row.person_id), row) for _, row in rows if row is not None)
        if not self._asked:
            self.queue = steady(self.queue, Queue())
            return
        told = [self._tell(str(person), person) for person in {*named(changes, QueueEntry), *touched}]
        if rows or any(told) or self._parties is not self._party.parties:
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
        self._speaker = made if self._speaker is None else steady(self._speaker, made)
        return self._speaker

    def _tell(self, key: str, person: uuid.UUID) -> bool:
        """Tell of somebody who waits, as the rule reads it and as the windows show it; False where nobody waits."""
        row = self._asked.get(key)
        if row is None:
            return False
        guest = self._roll.guests.get(person) or self._roll.stranger(person)
        request = self._requests[key] = floor_turns.request(row, self._party.of(key), there=guest.there)
        self._times[key] = self._spoken.turns(person)
        made = Waiting(guest, row.wish, row.place is not None, request.party, self._had(request.party))
        self._waiting[key] = steady(self._waiting.get(key, made), made)
        return True

    def _order(self) -> None:
        self._parties = self._party.parties
        for key, one in self._waiting.items():
            if one.party_turns != self._had(one.party):
                self._waiting[key] = replace(one, party_turns=self._had(one.party))
        order = next_speakers(list(self._requests.values()), self._times, self._party.parties)
        waiting = tuple(self._waiting[key] for key in order)
        if waiting == self.queue.waiting:
            return
        # Other reasons, the same people: then these stay the same things.
        guests = steady(self.queue.guests, tuple(one.guest for one in waiting if one.guest.there))
        left = tuple(Unfinished("queue", None, one.guest.person_id, one.guest.name) for one in waiting)
        self.queue = Queue(guests, waiting, steady(self.queue.unfinished, left))

    def _had(self, party: str) -> int:
        return self._party.parties.get(party, NO_SHARE).turns


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
