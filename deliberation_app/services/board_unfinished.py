"""What a meeting still owes before it is closed, and when it will end at the pace it goes."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from deliberation_app.domain.promise_words import sounds_promised
from deliberation_app.services.board_picture import Board, EntryLine, Said, Unfinished
from deliberation_app.storage.floor import Statement
from deliberation_app.storage.meetings import AgendaEntry
from deliberation_app.storage.votes import Vote

# In the order in which the chair settles them.
KINDS = ("vote", "no_item", "question", "promise", "ballot", "outcome", "entry", "queue")


def unfinished(
    entries: Sequence[AgendaEntry],
    lines: Sequence[EntryLine],
    told: Sequence[tuple[Statement, Said]],
    votes: Sequence[Vote],
    waiting: Sequence[tuple[uuid.UUID, str]],
    options: dict[uuid.UUID, set[uuid.UUID]],
) -> tuple[Unfinished, ...]:
    """Every thing not settled, with the entry it belongs to and the row it is about."""
    found: list[Unfinished] = []
    spoken: set[uuid.UUID] = set()
    for row, said in told:
        spoken.add(row.entry_id)
        if said.open:
            found.append(Unfinished("question", row.entry_id, row.id, said.text, said.speaker))
        elif said.side == "answer" and said.promised_by is None and sounds_promised(said.text):
            found.append(Unfinished("promise", row.entry_id, row.id, said.text, said.speaker))
    owed = [row for row, said in told if said.open or said.promised_by is not None]
    if owed and not any(line.has_item for line in lines):
        # Tasks belong to an item: without one, what was promised and asked would be lost.
        titles = {entry.id: entry.title for entry in entries}
        found.append(Unfinished("no_item", owed[0].entry_id, owed[0].entry_id, titles.get(owed[0].entry_id, "")))
    counted: dict[uuid.UUID, set[uuid.UUID | None]] = {}
    for vote in votes:
        if vote.counts is None:
            found.append(Unfinished("vote", vote.entry_id, vote.id, vote.motion))
        else:
            counted.setdefault(vote.entry_id, set()).add(vote.option_id)
    for entry, line in zip(entries, lines, strict=True):
        if line.state == "to_come":
            found.append(Unfinished("entry", entry.id, entry.id, entry.title))
            continue
        voted = counted.get(entry.id, set())
        if voted and None not in voted and options.get(entry.id, set()) - voted:
            found.append(Unfinished("ballot", entry.id, entry.id, entry.title))
        left = line.state == "done" and (not line.no_statements or bool(options.get(entry.id)))
        if entry.item_id is not None and not line.concluded and (entry.id in spoken or voted or left):
            found.append(Unfinished("outcome", entry.id, entry.id, entry.title))
    found += [Unfinished("queue", None, person, name) for person, name in waiting]
    return tuple(sorted(found, key=lambda one: KINDS.index(one.what)))


@dataclass(frozen=True)
class Forecast:
    """When the meeting will end, and how many minutes later than its agenda allows (None: the days differ)."""

    end: datetime
    late: int | None


def forecast(board: Board, now: datetime) -> Forecast | None:
    """The end at the pace of now; None where nothing was planned or nothing runs."""
    planned = sum(entry.minutes or 0 for entry in board.entries)
    if board.state != "open" or not planned or board.meeting.opened_at is None:
        return None
    left = 0
    for entry in board.entries:
        budget = 60 * (entry.minutes or 0)
        if entry.state == "to_come":
            left += budget
        elif entry.state == "current":
            left += max(budget - entry.used_seconds(now), 0)
    end = now + timedelta(seconds=left)
    due = board.meeting.starts_at + timedelta(minutes=planned)
    same = (end - due) < timedelta(hours=12)
    return Forecast(end, round((end - due).total_seconds() / 60) if same else None)
