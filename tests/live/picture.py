"""What a moment of the meeting is, in plain words that are the same in every run: from the records, and as shown."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from deliberation_app.services.board import Board
from deliberation_app.ui import console_draft
from deliberation_app.ui.chair_console import ChairConsole

Picture = dict[str, Any]


def picture(board: Board) -> Picture:
    """The moment as the records tell it; no ids and no times of the day, which differ from run to run."""
    speaker = board.speaker
    return {
        "state": board.state,
        "item": board.entry.title if board.entry else None,
        "speaker": None if speaker is None else [speaker.name, speaker.allotted_seconds, speaker.ends_at is None],
        "queue": [guest.name for guest in board.queue],
        "roll": [
            [one.name, one.status, one.reason, one.there, one.out, one.gone, one.expected, one.spoken]
            for one in board.guests
        ],
        "quorum": [board.quorum.present, board.quorum.eligible, board.quorum.needed],
        "said": [
            [one.speaker, one.side, one.text, str(one.promised_by), one.dissent, one.open, one.answers_id is not None]
            for one in board.statements
        ],
        "votes": [
            [one.motion, one.method, one.rule, one.counts, one.quorate, one.passed, one.recounted]
            for one in board.motions
        ],
        "open_vote": board.vote.motion if board.vote else None,
        "screen": [board.screen.mode, board.screen.text],
    }  # fmt: skip


def left(board: Board, now: datetime) -> int | None:
    """Seconds left of the speaker."""
    return board.speaker.left(now) if board.speaker is not None else None


def shown(window: ChairConsole) -> dict[str, Any]:
    """What stands in the window itself: title, speaker, clock, attendance, queue, the last words noted."""
    frame = window.frame
    lines = frame.said.list.lines.lines
    return {
        "item": frame.item._title.text(),
        "speaker": frame.speaker._name.text(),
        "clock": frame.speaker._clock.text() if frame.speaker._name.text() else "",
        "present": frame.attendance._present.text(),
        "queue": [row.title for row in frame.queue.list.rows.rows],
        "said": [line.said.text for line in lines],
        "foot": frame.foot.said(),
    }  # fmt: skip


def half_typed(window: ChairConsole) -> dict[str, Any]:
    """What stands in the lines of the window and is not noted, counted or shown yet."""
    frame = window.frame
    motion = frame.vote.motion()
    counting = motion is not None and motion.counts is None
    return {
        "line": console_draft.half_typed(frame.line),
        "message": "" if frame.message.isHidden() else frame.message.text.text(),
        "count": frame.vote.fields.draft().get("typed", []) if counting else [],
    }  # fmt: skip
