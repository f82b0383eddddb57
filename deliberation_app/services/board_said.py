"""What was said, on the board: by entry, what is open, what was promised; only what was said last is work."""

from __future__ import annotations

import uuid
from collections import Counter
from typing import Any

from deliberation_app.domain.promise_words import sounds_promised
from deliberation_app.services.board_order import Ordered, Place
from deliberation_app.services.board_picture import Said, Unfinished
from deliberation_app.services.board_rows import Changes, MeetingRows
from deliberation_app.storage.floor import Statement
from deliberation_app.storage.people import Person


class SaidBook:
    """Keeps every statement as it is shown, in its lists."""

    def __init__(self, rows: MeetingRows) -> None:
        self._rows = rows
        self._said: dict[uuid.UUID, tuple[Place, Said]] = {}
        self._entries: dict[uuid.UUID | None, Ordered[Said]] = {}
        self._open: Ordered[Said] = Ordered()
        self._promised: Ordered[Said] = Ordered()
        # What is unfinished: questions without an answer, and words that sound like a promise and have no day.
        self._questions: Ordered[Unfinished] = Ordered()
        self._vague: Ordered[Unfinished] = Ordered()
        self._answers = Counter(row.answers_id for row in rows.of(Statement).values())
        for key in rows.of(Statement):
            self._tell(key)

    def follow(self, changes: Changes) -> None:
        """Take in what has changed."""
        touched: set[uuid.UUID | None] = set()
        for key, (before, after) in changes.get(Statement, {}).items():
            touched.add(key)
            for row, step in ((before, -1), (after, 1)):
                if row is not None:
                    self._answers[row.answers_id] += step
                    touched.add(row.answers_id)
        people = changes.get(Person)
        if people:
            touched.update(row.id for row in self._rows.of(Statement).values() if row.speaker_id in people)
        for one in touched:
            if one is not None:
                self._tell(one)

    def on(self, entry: uuid.UUID | None) -> tuple[Said, ...]:
        """What was said on an entry."""
        said = self._entries.get(entry)
        return said.all if said is not None else ()

    @property
    def entries(self) -> frozenset[uuid.UUID | None]:
        """The entries on which something was said."""
        return frozenset(entry for entry, said in self._entries.items() if len(said))

    @property
    def open(self) -> tuple[Said, ...]:
        """The questions that nobody has answered."""
        return self._open.all

    @property
    def promised(self) -> tuple[Said, ...]:
        """What was promised with a day, the earliest first."""
        return self._promised.all

    @property
    def questions(self) -> tuple[Unfinished, ...]:
        """The questions that nobody has answered, as something unfinished."""
        return self._questions.all

    @property
    def vague(self) -> tuple[Unfinished, ...]:
        """Promises without a day."""
        return self._vague.all

    def first_owed(self) -> Said | None:
        """The first that is open or promised."""
        return min((*self.open[:1], *self.promised), key=lambda one: self._said[one.id][0], default=None)

    def _tell(self, key: uuid.UUID) -> None:
        """Put a statement, as it is now, in the lists where it belongs, and take it from the others."""
        row, kept = self._rows.of(Statement).get(key), self._said.get(key)
        told = ((row.position, key), self._made(row)) if row is not None else None
        if told == kept:
            return
        if kept is not None:
            self._forget(*kept)
        if told is not None:
            self._keep(*told)

    def _keep(self, place: Place, said: Said) -> None:
        self._said[said.id] = (place, said)
        self._entries.setdefault(said.entry_id, Ordered()).put(place, said)
        if said.open:
            self._open.put(place, said)
            self._questions.put(place, Unfinished("question", said.entry_id, said.id, said.text, said.speaker))
        elif said.side == "answer" and said.promised_by is None and sounds_promised(said.text):
            self._vague.put(place, Unfinished("promise", said.entry_id, said.id, said.text, said.speaker))
        if said.promised_by is not None:
            self._promised.put((said.promised_by, *place), said)

    def _forget(self, place: Place, said: Said) -> None:
        del self._said[said.id]
        for lists in (self._entries[said.entry_id], self._open, self._questions, self._vague):
            lists.drop(place)
        if said.promised_by is not None:
            self._promised.drop((said.promised_by, *place))

    def _made(self, row: Any) -> Said:
        person = self._rows.of(Person).get(row.speaker_id) if row.speaker_id is not None else None
        unanswered = row.side == "raise" and not self._answers[row.id]
        return Said(
            row.id, row.speaker_id, person.name if person else "", (person.post or "") if person else "", row.at,
            row.side, row.text, row.answers_id, row.promised_by, bool(row.dissent), unanswered, row.stance, row.seconds,
            row.entry_id,
        )  # fmt: skip
