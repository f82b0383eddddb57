"""Who has spoken how often and how long, in all and on each entry; reckoned anew only for those who spoke since."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from deliberation_app.domain.speaking import NO_SHARE, Share
from deliberation_app.services import floor_turns
from deliberation_app.services.board_rows import Changes, MeetingRows, named, speakers
from deliberation_app.storage.floor import FloorState, Statement, Turn

_Rows = dict[uuid.UUID, dict[uuid.UUID, Any]]


@dataclass(frozen=True)
class Heard:
    """What one person has had of the floor, by entry too (ids as text), and on which entries the person was heard."""

    share: Share = NO_SHARE
    by_entry: Mapping[str, Share] = field(default_factory=dict)
    entries: frozenset[uuid.UUID | None] = frozenset()


_SPEAKING = frozenset({Turn, Statement, FloorState})
NOBODY = Heard()
HeardChanges = dict[uuid.UUID, tuple[Heard, Heard]]


class SpokenBook:
    """Keeps what everybody has had of the floor. What it has shown is never altered, only replaced."""

    def __init__(self, rows: MeetingRows) -> None:
        self._rows = rows
        self._turns: _Rows = {}
        self._statements: _Rows = {}
        for row in rows.of(Turn).values():
            self._turns.setdefault(row.person_id, {})[row.id] = row
        for row in rows.of(Statement).values():
            self._statements.setdefault(row.speaker_id, {})[row.id] = row
        self.heard: dict[uuid.UUID, Heard] = {}
        # By id as text, as the windows read them: in all, and by entry.
        self.persons: dict[str, Share] = {}
        self._here: dict[str, dict[str, Share]] = {}
        # Who was heard on an entry, in a turn or with words.
        self.on: dict[uuid.UUID | None, set[uuid.UUID]] = {}
        speaker = {rows.state.speaker_id} if rows.state is not None else set()
        self._tell({*self._turns, *self._statements, *speaker})

    def follow(self, changes: Changes) -> HeardChanges:
        """Take in what has changed; who has been heard more, or less, since."""
        if _SPEAKING.isdisjoint(changes):
            return {}
        _move(self._turns, changes, Turn, "person_id")
        _move(self._statements, changes, Statement, "speaker_id")
        return self._tell(named(changes, Turn) | named(changes, Statement) | speakers(changes))

    def turns(self, person: uuid.UUID) -> int:
        """How often somebody has spoken."""
        return self.heard.get(person, NOBODY).share.turns

    def had_turn(self, person: uuid.UUID) -> bool:
        """Whether somebody has the floor or had it."""
        state = self._rows.state
        return bool(self._turns.get(person)) or (state is not None and state.speaker_id == person)

    def here(self, entry: str) -> dict[str, Share]:
        """What everybody has had on one entry."""
        return self._here.get(entry, {})

    def _tell(self, touched: Iterable[uuid.UUID | None]) -> HeardChanges:
        changed: HeardChanges = {}
        for person in touched:
            if person is None:
                continue
            before, after = self.heard.get(person, NOBODY), self._heard_of(person)
            if before != after:
                changed[person] = (before, after)
        if changed:
            self._show(changed)
        return changed

    def _heard_of(self, person: uuid.UUID) -> Heard:
        turns, statements = self._turns.get(person, {}).values(), self._statements.get(person, {}).values()
        state = self._rows.state
        if state is not None and state.speaker_id != person:
            state = None
        entries = {row.entry_id for rows in (turns, statements) for row in rows}
        if state is not None:
            entries.add(state.entry_id)
        share, by_entry = NO_SHARE, dict[str, Share]()
        for spell in floor_turns.spells(turns, statements, state):
            one = Share(1, spell.seconds)
            share += one
            by_entry[spell.entry] = by_entry.get(spell.entry, NO_SHARE) + one
        return Heard(share, by_entry, frozenset(entries))

    def _show(self, changed: HeardChanges) -> None:
        self.persons = self.persons.copy()
        self._here = self._here.copy()
        for entry in {entry for pair in changed.values() for one in pair for entry in one.by_entry}:
            self._here[entry] = self._here.get(entry, {}).copy()
        for person, (before, after) in changed.items():
            key = str(person)
            self.heard[person] = after
            _set(self.persons, key, after.share)
            for entry in {*before.by_entry, *after.by_entry}:
                _set(self._here[entry], key, after.by_entry.get(entry, NO_SHARE))
            for gone in before.entries - after.entries:
                self.on[gone].discard(person)
            for come in after.entries - before.entries:
                self.on.setdefault(come, set()).add(person)


def _set(shares: dict[str, Share], key: str, share: Share) -> None:
    if share.turns:
        shares[key] = share
    else:
        shares.pop(key, None)


def _move(book: _Rows, changes: Changes, record: type[Turn | Statement], column: str) -> None:
    """Put changed rows under their persons."""
    for key, (before, after) in changes.get(record, {}).items():
        if before is not None:
            del book[getattr(before, column)][key]
        if after is not None:
            book.setdefault(getattr(after, column), {})[key] = after
