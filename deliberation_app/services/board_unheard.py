"""Who is there with a voice of their own and was not heard on the entry under way."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from deliberation_app.domain.speaking import NO_SHARE, Share
from deliberation_app.services.board_order import Ordered, Place
from deliberation_app.services.board_party import PartyBook
from deliberation_app.services.board_roll import RollBook
from deliberation_app.services.board_rows import MeetingRows
from deliberation_app.services.board_spoken import SpokenBook

_Seat = tuple[Place, str]


@dataclass
class _Lines:
    """People in the order of the roll, and the line of each party in the same order."""

    all: Ordered[uuid.UUID] = field(default_factory=Ordered)
    parties: dict[str, Ordered[uuid.UUID]] = field(default_factory=dict)
    seats: dict[uuid.UUID, _Seat] = field(default_factory=dict)

    def seat(self, person: uuid.UUID, seat: _Seat | None) -> None:
        """Give somebody this seat, or none."""
        was = self.seats.get(person)
        if was == seat:
            return
        if was is not None:
            self.all.drop(was[0])
            self.parties[was[1]].drop(was[0])
            del self.seats[person]
        if seat is not None:
            self.all.put(seat[0], person)
            self.parties.setdefault(seat[1], Ordered()).put(seat[0], person)
            self.seats[person] = seat

    def copy(self) -> _Lines:
        """The same people in lines of their own."""
        parties = {party: line.copy() for party, line in self.parties.items()}
        return _Lines(self.all.copy(), parties, self.seats.copy())

    def first(self, had: Mapping[str, Share]) -> Place:
        """Where whoever is to be asked first stands: of the party with the fewest turns, then the least time."""
        heads = []
        for party, line in self.parties.items():
            if line.first is not None:
                share = had.get(party, NO_SHARE)
                heads.append((share.turns, share.seconds, line.first[0]))
        return min(heads)[2]


class UnheardBook:
    """Keeps who is there, and of those who was not heard on the entry of now."""

    def __init__(self, rows: MeetingRows, roll: RollBook, party: PartyBook, spoken: SpokenBook) -> None:
        self._rows, self._roll, self._party, self._spoken = rows, roll, party, spoken
        self._present = _Lines()
        self._silent = _Lines()
        # The entry and the people at work for whom `_silent` is right.
        self._about: Any = None
        # What was shown last, and of whom and by which shares it was made.
        self._shown: tuple[Any, Mapping[str, Share], tuple[uuid.UUID, ...]] | None = None
        for person in roll.guests:
            self._present.seat(person, self._seat(person))

    def follow(self, touched: Iterable[uuid.UUID]) -> None:
        """Take in who came, went, was heard or speaks for another party."""
        for person in touched:
            seat = self._seat(person)
            self._present.seat(person, seat)
            self._silent.seat(person, None if seat is None or self._heard(person) else seat)

    def silent(self, entry: uuid.UUID | None) -> tuple[uuid.UUID, ...]:
        """Who was not heard on this entry: whoever is to be asked first, then the others in the order of the roll."""
        meeting = self._rows.meeting
        about = (entry, meeting.chair_id, meeting.recorder_id)
        if self._about != about:
            self._about, self._silent = about, self._present.copy()
            for person in {*self._spoken.on.get(entry, ()), *about[1:]}:
                if person is not None:
                    self._silent.seat(person, None)
        people, parties = self._silent.all.all, self._party.parties
        if self._shown is None or self._shown[0] is not people or self._shown[1] is not parties:
            led = self._silent.all.led_by(self._silent.first(parties)) if people else ()
            self._shown = (people, parties, led)
        return self._shown[2]

    def _heard(self, person: uuid.UUID) -> bool:
        return self._about is None or person in self._about[1:] or person in self._spoken.on.get(self._about[0], ())

    def _seat(self, person: uuid.UUID) -> _Seat | None:
        guest = self._roll.guests.get(person)
        if guest is None or not guest.there or guest.capacity != "voting":
            return None
        row = self._roll.lines[person]
        return (row.position, row.id), self._party.of(str(person))
