"""What the room sees, painted for ten metres: a picture 1080 high, nothing below 40, one thought a moment."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRectF

from deliberation_app.language import _
from deliberation_app.services.board import Board
from deliberation_app.services.board_picture import Speaker
from deliberation_app.services.votes import Preview
from deliberation_app.ui import console_words as words
from deliberation_app.ui import projector_beside, projector_rest, projector_votes
from deliberation_app.ui.console_speaker import SOON
from deliberation_app.ui.projector_canvas import EDGE, HEIGHT, LEAST, Canvas

__all__ = ["HEIGHT", "compose", "compose_instead"]

_UPPER, _LOWER = 176.0, 1024.0


def speaking(canvas: Canvas, board: Board, now: datetime) -> None:
    """Left who speaks and how long, or what is dealt with; right the question and the options, or the agenda."""
    half = canvas.width * (0.57 if board.speaker is not None else 0.5)
    beside = QRectF(half + 72, _UPPER + 8, canvas.width - half - 72 - EDGE, _LOWER - _UPPER - 8)
    if board.speaker is not None:
        _speaker(canvas, board, now, half)
    else:
        _no_speaker(canvas, board, half)
    _waiting(canvas, board, half)
    canvas.rule(half, _UPPER + 8, _LOWER)
    if board.options or board.open_questions or projector_beside.answered(board) is not None:
        projector_beside.beside(canvas, board, beside)
    else:
        projector_rest.agenda(canvas, board, beside)


def _speaker(canvas: Canvas, board: Board, now: datetime, half: float) -> None:
    speaker = board.speaker
    if speaker is None:
        return
    left, room = speaker.left(now), half - EDGE - 48
    canvas.write(_("Speaking"), QRectF(EDGE, 176, room, 70), 44, weight=500, tone="accentText")
    most = 144 if len(speaker.name) < 6 else 112
    canvas.name(speaker.name, QRectF(EDGE, 248, room, 212), most)
    times = _("first time") if not speaker.spoken else _("spoke {times} ×").format(times=speaker.spoken)
    under = " · ".join(part for part in (speaker.post, times) if part)
    canvas.write(under, QRectF(EDGE, 462, room, 116), 46, tone="text2")
    state, tone = clock_words(speaker, left)
    wide = canvas.wide(state, 44, 500) + 4
    canvas.write(state, QRectF(half - 48 - wide, 176, wide, 70), 44, weight=500, tone=tone or "text2", right=True)
    said = words.clock(abs(left) if speaker.unlimited else left)
    resting = speaker.paused_seconds is not None
    canvas.write(said, QRectF(EDGE, 570, room, 300), 288, weight=700, tone="text2" if resting else tone or "text")
    if not speaker.unlimited:
        used = 1 - max(left, 0) / max(speaker.allotted_seconds, 1)
        canvas.bar(QRectF(EDGE, 880, room, 24), used, f"{tone or 'accent'}Fill")


def clock_words(speaker: Speaker, left: int) -> tuple[str, str]:
    """What the clock shows, in words, and its tone: that the time is up is never said by colour alone."""
    over, soon = left <= 0 and not speaker.unlimited, left <= SOON and not speaker.unlimited
    if speaker.paused_seconds is not None:
        return _("paused"), ""
    if speaker.unlimited:
        return _("no limit"), ""
    return (_("Time is up"), "bad") if over else (_("time left"), "warn" if soon else "")


def _no_speaker(canvas: Canvas, board: Board, half: float) -> None:
    title = board.entry.title if board.entry else board.meeting.title
    canvas.write(_("Now"), QRectF(EDGE, 176, half - EDGE - 48, 70), 44, weight=500, tone="accentText")
    high = 560 if board.queue else _LOWER - 260
    canvas.wrap(title, QRectF(EDGE, 260, half - EDGE - 60, high), 128, weight=700)


def _waiting(canvas: Canvas, board: Board, half: float) -> None:
    """Who is next; the one after only where both fit."""
    if not board.queue:
        return
    room, first = half - 48 - EDGE, board.queue[0].name
    label = canvas.wide(_("Next speaker"), 44) + 24
    wide = canvas.wide(first, 50, 700) + 8
    rest = room - label - wide - 56
    if rest < -56 and not canvas.fits(first, QRectF(0, 0, room - label, 128), 700):  # the name has the line alone
        upper = 896 if board.speaker is not None else 836
        canvas.write(_("Next speaker"), QRectF(EDGE, upper, room, 60), LEAST, tone="text2")
        canvas.name(first, QRectF(EDGE, upper + 56, room, 1076 - upper - 56), 50)
        return
    canvas.write(_("Next speaker"), QRectF(EDGE, 920, label, 104), 44, tone="text2")
    canvas.name(first, QRectF(EDGE + label, 908, min(wide, room - label), 128), 50)
    if len(board.queue) > 1:
        then, second = canvas.wide(_("then"), 44) + 24, board.queue[1].name
        if then + canvas.wide(second, 50, 700) + 8 <= rest:
            left = EDGE + label + wide + 56
            canvas.write(_("then"), QRectF(left, 920, then, 104), 44, tone="text2")
            canvas.name(second, QRectF(left + then, 920, rest - then, 104), 50)


def compose(
    width: float, board: Board, now: datetime, judged: Callable[[], Preview | None], counting: uuid.UUID | None = None
) -> Canvas:
    """The scene of this moment, 1080 high and so wide; `counting` is the vote for which numbers are typed."""
    canvas = Canvas(width)
    canvas.fill(QRectF(0, 0, width, HEIGHT), "bg")
    live = board.state == "open"
    at = next((place for place, one in enumerate(board.entries, 1) if one.id == board.current), 0)
    place = _("Item {place} / {count}").format(place=at, count=len(board.entries)) if live and at else ""
    told = board.result if live else None
    # While nobody speaks the entry stands in large type below.
    named = live and not (board.speaker is None and board.vote is None and told is None)
    title = board.entry.title if named and board.entry is not None else board.meeting.title
    canvas.top(title, place, words.hour(now))
    table = board.series if told is not None and told is not board.vote and told.series else None
    preview = judged() if told is not None and table is None else None
    if board.state == "recess":
        projector_rest.recess(canvas, board, now)
    elif board.state in ("closed", "cancelled"):
        projector_rest.closing(canvas, board)
    elif not live:
        projector_rest.signing_in(canvas, board)
    elif table is not None:
        projector_votes.series(canvas, board, table)
    elif told is not None and preview is not None:
        projector_votes.result(canvas, board, told, preview)
    elif board.vote is not None:
        projector_votes.voting(canvas, board, counting)
    else:
        speaking(canvas, board, now)
    return canvas


def compose_instead(width: float, board: Board, mode: str, now: datetime) -> Canvas:
    """What the chair lets the room see instead: words, nothing, or what a frozen picture was about."""
    canvas = Canvas(width)
    canvas.fill(QRectF(0, 0, width, HEIGHT), "bg")
    if mode == "message":
        canvas.top(board.meeting.title, "", words.hour(now))
        box = QRectF(EDGE, 220, width - 2 * EDGE, HEIGHT - 300)
        canvas.wrap(board.screen.text, box, 320, weight=700, middle=True, more=projector_votes.more_words())
    elif mode == "frozen":
        entry = next((one for one in board.entries if one.id == board.screen.entry), None)
        canvas.top(board.meeting.title, "", "")
        title = entry.title if entry is not None else board.meeting.title
        canvas.wrap(title, QRectF(EDGE, 220, width - 2 * EDGE, HEIGHT - 300), 112, weight=700, middle=True)
    else:
        canvas.seal(width / 2 - 32, HEIGHT / 2 - 32)
    return canvas
