"""What a meeting still owes before it is closed, and when it will end at the pace it goes."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from deliberation_app.services.board_picture import Board, EntryLine, Unfinished
from deliberation_app.services.board_said import SaidBook
from deliberation_app.storage.meetings import AgendaEntry, AgendaOption
from deliberation_app.storage.votes import Vote

# In the order in which the chair settles them.
KINDS = ("vote", "no_item", "question", "promise", "ballot", "outcome", "entry", "queue")


def votes(rows: Iterable[Vote]) -> tuple[Unfinished, ...]:
    """Votes that are not counted."""
    return tuple(Unfinished("vote", one.entry_id, one.id, one.motion) for one in rows if one.counts is None)


def without_item(lines: Iterable[EntryLine], said: SaidBook) -> tuple[Unfinished, ...]:
    """Tasks belong to an item: without one, what was promised and asked would be lost."""
    if any(line.has_item for line in lines):
        return ()
    owed = said.first_owed()
    if owed is None or owed.entry_id is None:
        return ()
    title = next((line.title for line in lines if line.id == owed.entry_id), "")
    return (Unfinished("no_item", owed.entry_id, owed.entry_id, title),)


def entries(
    rows: Iterable[AgendaEntry],
    lines: Iterable[EntryLine],
    counted: Mapping[uuid.UUID, Collection[uuid.UUID | None]],
    options: Iterable[AgendaOption],
    spoken: Collection[uuid.UUID | None],
) -> tuple[Unfinished, ...]:
    """What entries of the agenda lack: options not voted on, what came out, and those that are still to come.

    `counted` are the options (None: a motion without one) of the votes counted on each entry.
    """
    before: dict[uuid.UUID, set[uuid.UUID]] = {}
    for option in options:
        before.setdefault(option.entry_id, set()).add(option.id)
    found: list[Unfinished] = []
    for entry, line in zip(rows, lines, strict=True):
        if line.state == "to_come":
            found.append(Unfinished("entry", entry.id, entry.id, entry.title))
            continue
        voted = set(counted.get(entry.id, ()))
        if voted and None not in voted and before.get(entry.id, set()) - voted:
            found.append(Unfinished("ballot", entry.id, entry.id, entry.title))
        left = line.state == "done" and (not line.no_statements or bool(before.get(entry.id)))
        if line.has_item and not line.concluded and (entry.id in spoken or voted or left):
            found.append(Unfinished("outcome", entry.id, entry.id, entry.title))
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
