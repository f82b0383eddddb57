"""What a board tells beside the moment: what the room is shown, what is unfinished, what was promised, the recess."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from deliberation_app.services import meetings_sittings
from deliberation_app.services.board_picture import Board, Said, Screen
from deliberation_app.services.board_rows import MeetingRows
from deliberation_app.services.board_unfinished import unfinished
from deliberation_app.storage.floor import FloorState, Statement
from deliberation_app.storage.meetings import AgendaEntry, AgendaOption
from deliberation_app.storage.votes import Vote


def complete(board: Board, rows: MeetingRows, said: Sequence[tuple[Statement, Said]]) -> Board:
    """The board with everything that it tells beside the moment; `said` is all that was said in the meeting."""
    breaks = meetings_sittings.breaks(board.meeting)
    entries = rows.listed(AgendaEntry)
    lines = tuple(
        replace(line, concluded=bool(entry.resolution or entry.routing), breaks=breaks)
        for entry, line in zip(entries, board.entries, strict=True)
    )
    options: dict[uuid.UUID, set[uuid.UUID]] = {}
    for option in rows.of(AgendaOption).values():
        options.setdefault(option.entry_id, set()).add(option.id)
    return replace(
        board,
        entries=lines,
        screen=_screen(rows.state),
        unfinished=unfinished(
            entries, lines, said, rows.listed(Vote), [(one.person_id, one.name) for one in board.queue], options
        ),
        promises=tuple(sorted((one for _, one in said if one.promised_by), key=_by_day)),
        resumes_at=meetings_sittings.resumes_at(board.meeting) if board.state == "recess" else None,
    )


def _by_day(said: Said) -> str:
    return said.promised_by.isoformat() if said.promised_by is not None else ""


def _screen(state: FloorState | None) -> Screen:
    told = state.room if state is not None else None
    if not told:
        return Screen()
    since = datetime.fromisoformat(told["at"]) if "at" in told else None
    entry = uuid.UUID(told["entry"]) if "entry" in told else None
    return Screen(str(told.get("mode", "")), str(told.get("text", "")), since, entry)
