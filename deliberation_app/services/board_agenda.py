"""The agenda on the board: its lines with their time, the item under discussion, what is unfinished on them."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from deliberation_app.services import board_unfinished, meetings_sittings
from deliberation_app.services.board_order import steady
from deliberation_app.services.board_picture import EntryLine, Item, Unfinished
from deliberation_app.services.board_rows import Changes, MeetingRows
from deliberation_app.services.board_said import SaidBook
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.floor import Statement
from deliberation_app.storage.meetings import AgendaEntry, AgendaOption, Meeting
from deliberation_app.storage.votes import Vote

# What the lines are made of, and what settles them.
_ON_LINES = frozenset({AgendaEntry, AgendaItem})
_SETTLING = frozenset({AgendaEntry, AgendaOption, Vote})
_LEFT_OPEN = ("vote", "ballot", "outcome")


class AgendaBook:
    """Keeps the agenda as it is shown, told anew only when something of it has changed."""

    def __init__(self, rows: MeetingRows, said: SaidBook) -> None:
        self._rows, self._said = rows, said
        self.current: uuid.UUID | None = None
        self.lines: tuple[EntryLine, ...] = ()
        self.item: Item | None = None
        self._unfinished: tuple[Unfinished, ...] = ()
        self._spoken: frozenset[uuid.UUID | None] = frozenset()
        self._votes: tuple[Unfinished, ...] = ()
        self._entries: tuple[Unfinished, ...] = ()
        # By entry: the votes that are counted, each with its option.
        self._counted: dict[uuid.UUID, dict[uuid.UUID, uuid.UUID | None]] = {}
        for vote in rows.of(Vote).values():
            self._count(None, vote)
        self._tell_lines()
        self._tell_unfinished()
        self._homeless = board_unfinished.without_item(self.lines, said)
        self._mark_left_open()

    def follow(self, changes: Changes) -> None:
        """Take in what has changed."""
        state = self._rows.state
        moved = self.current != (state.entry_id if state is not None else None) or Meeting in changes
        said = Statement in changes
        for before, after in changes.get(Vote, {}).values():
            self._count(before, after)
        if moved or not _ON_LINES.isdisjoint(changes):
            self._tell_lines()
        if moved or not _SETTLING.isdisjoint(changes) or (said and self._said.entries != self._spoken):
            self._tell_unfinished()
            self._mark_left_open()
        if said or AgendaEntry in changes:
            self._homeless = board_unfinished.without_item(self.lines, self._said)

    def unfinished(self, queue: tuple[Unfinished, ...]) -> tuple[Unfinished, ...]:
        """Every thing not settled, in the order of board_unfinished.KINDS."""
        all_ = (*self._votes, *self._homeless, *self._said.questions, *self._said.vague, *self._entries, *queue)
        self._unfinished = steady(self._unfinished, all_)
        return self._unfinished

    def _tell_lines(self) -> None:
        state = self._rows.state
        self.current = state.entry_id if state is not None else None
        breaks = meetings_sittings.breaks(self._rows.meeting)
        kept = {line.id: line for line in self.lines}
        left = {line.id for line in self.lines if line.left_open}
        now = self.current if self._rows.meeting.closed_at is None else None
        made = [_line(entry, now, breaks, left) for entry in self._rows.listed(AgendaEntry)]
        self.lines = tuple(steady(kept.get(line.id, line), line) for line in made)
        self.item = steady(self.item, self._item())

    def _tell_unfinished(self) -> None:
        votes = self._rows.listed(Vote)
        self._votes, self._spoken = board_unfinished.votes(votes), self._said.entries
        counted = {entry: taken.values() for entry, taken in self._counted.items()}
        self._entries = board_unfinished.entries(
            self._rows.listed(AgendaEntry), self.lines, counted, self._rows.of(AgendaOption).values(), self._spoken
        )

    def _count(self, before: Vote | None, after: Vote | None) -> None:
        if before is not None:
            self._counted.get(before.entry_id, {}).pop(before.id, None)
        if after is not None and after.counts is not None:
            self._counted.setdefault(after.entry_id, {})[after.id] = after.option_id

    def _mark_left_open(self) -> None:
        """Tell of each entry that is behind whether something of it was left open."""
        owing = {one.entry for one in (*self._votes, *self._entries) if one.what in _LEFT_OPEN}
        left = [line.state == "done" and line.id in owing for line in self.lines]
        if left != [line.left_open for line in self.lines]:
            self.lines = tuple(
                line if line.left_open == so else replace(line, left_open=so)
                for line, so in zip(self.lines, left, strict=True)
            )

    def _item(self) -> Item | None:
        entry = self._rows.of(AgendaEntry).get(self.current) if self.current is not None else None
        item = self._rows.of(AgendaItem).get(entry.item_id) if entry is not None and entry.item_id is not None else None
        if item is None:
            return None
        return Item(
            item.id, item.title, item.background or "", bool(item.vital_interest), item.votable is not False,
            len(item.party_meetings or ()), self._rows.voices.get(item.id, 0),
        )  # fmt: skip


def _line(entry: Any, current: uuid.UUID | None, breaks: Any, left_open: Collection[uuid.UUID]) -> EntryLine:
    state = "current" if entry.id == current else "to_come" if entry.began_at is None else "done"
    return EntryLine(
        entry.id, entry.title, entry.minutes_allotted, entry.began_at, entry.ended_at, state,
        bool(entry.no_statements), concluded=bool(entry.resolution or entry.routing),
        has_item=entry.item_id is not None, left_open=entry.id in left_open, breaks=breaks,
    )  # fmt: skip
