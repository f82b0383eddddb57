"""For whom everybody speaks, and what each party has had of the floor."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from deliberation_app.domain.speaking import NO_SHARE, Share, table_party
from deliberation_app.services import floor_turns
from deliberation_app.services.board_picture import FloorShares
from deliberation_app.services.board_roll import RollBook
from deliberation_app.services.board_rows import Changes, MeetingRows, named, speakers
from deliberation_app.services.board_spoken import NOBODY, Heard, HeardChanges, SpokenBook
from deliberation_app.storage.floor import Attendance, FloorState, QueueEntry, Turn
from deliberation_app.storage.people import Person

# Whatever gives somebody a party or a place at the floor.
_SEATING = frozenset({Attendance, Person, QueueEntry, Turn, FloorState})
_Shares = dict[str, Share]


class PartyBook:
    """Keeps the party of everybody on the roll or at the floor, and the sums of the parties."""

    def __init__(self, rows: MeetingRows, roll: RollBook, spoken: SpokenBook) -> None:
        self._rows, self._roll, self._spoken = rows, roll, spoken
        # By id as text, as the windows read it; never altered, only replaced.
        self.party: dict[str, str] = {}
        self.parties: _Shares = {}
        self._here: dict[str, _Shares] = {}
        # Under which party what somebody has had is counted.
        self._counted: dict[uuid.UUID, tuple[str, Heard]] = {}
        self._shares: tuple[str, FloorShares] | None = None
        waiting = {row.person_id for row in rows.of(QueueEntry).values()}
        self._seat({*roll.lines, *waiting, *spoken.heard}, waiting)
        self._count(spoken.heard)

    def follow(self, changes: Changes, heard: HeardChanges) -> set[uuid.UUID]:
        """Take in what has changed; the people who speak for another party now."""
        if not heard and _SEATING.isdisjoint(changes):
            return set()
        # Whoever is on the roll speaks for the same party whether at the floor or not.
        at_floor = named(changes, QueueEntry) | named(changes, Turn) | speakers(changes)
        touched = {person for person in at_floor if person not in self._roll.lines}
        touched |= named(changes, Attendance).union(changes.get(Person, ()))
        waiting = {row.person_id for row in self._rows.of(QueueEntry).values()} if touched else set()
        moved = self._seat(touched, waiting)
        if moved or heard:
            self._count({*moved, *heard})
        return moved

    def of(self, person: str) -> str:
        """The party of a person."""
        return self.party.get(person, "")

    def shares(self, entry: str) -> FloorShares:
        """Who has had how much, in all and on this entry."""
        if self._shares is None or self._shares[0] != entry:
            here = (self._spoken.here(entry), self._here.get(entry, {}))
            self._shares = (entry, FloorShares(self._spoken.persons, self.parties, self.party, *here))
        return self._shares[1]

    def _seat(self, people: Iterable[uuid.UUID], waiting: set[uuid.UUID]) -> set[uuid.UUID]:
        moved: dict[str, tuple[uuid.UUID, str | None]] = {}
        for person in people:
            key, party = str(person), self._party_of(person, waiting)
            if party != self.party.get(key):
                moved[key] = (person, party)
        if moved:
            self._shares = None
            self.party = self.party.copy()
            for key, (_, party) in moved.items():
                if party is None:
                    del self.party[key]
                else:
                    self.party[key] = party
        return {person for person, _ in moved.values()}

    def _party_of(self, person: uuid.UUID, waiting: set[uuid.UUID]) -> str | None:
        """The party of somebody on the roll, or who asks for the floor, has it or had it."""
        line, known = self._roll.lines.get(person), self._rows.of(Person).get(person)
        if known is None or not (line is not None or person in waiting or self._spoken.had_turn(person)):
            return None
        at_table = floor_turns.has_parties(self._rows.meeting)
        return table_party(known.post or "", line.speaks_for if line is not None else None, parties=at_table)

    def _count(self, people: Iterable[uuid.UUID]) -> None:
        """Count what these people have had under the parties for which they speak now."""
        self._shares = None
        self.parties, self._here = self.parties.copy(), {entry: had.copy() for entry, had in self._here.items()}
        for person in people:
            was = self._counted.get(person)
            now = self._counted[person] = (self.of(str(person)), self._spoken.heard.get(person, NOBODY))
            for had, sign in ((was, -1), (now, 1)):
                if had is not None:
                    _add(self.parties, had[0], had[1].share, sign)
                    for entry, share in had[1].by_entry.items():
                        _add(self._here.setdefault(entry, {}), had[0], share, sign)


def _add(shares: _Shares, party: str, share: Share, sign: int) -> None:
    had = shares.get(party, NO_SHARE)
    shares[party] = had + share if sign > 0 else had - share
    if not shares[party].turns:
        del shares[party]
