"""The room while nobody speaks: signing in, the agenda, a recess, and the end with what comes next."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from PySide6.QtCore import QRectF

from deliberation_app.domain.meetings import STATES
from deliberation_app.language import _, ngettext_
from deliberation_app.services.board import Board
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_entries import ICONS, state_of
from deliberation_app.ui.console_room import present_of, quorum_words
from deliberation_app.ui.meetings_words import moment_words
from deliberation_app.ui.projector_canvas import EDGE, LEAST, Canvas

_LOWER = 1024.0


def when(moment: datetime, now: datetime) -> str:
    """The hour of today, or day and hour."""
    if moment.astimezone(DISPLAY_ZONE).date() == now.astimezone(DISPLAY_ZONE).date():
        return words.hour(moment)
    return moment_words(moment, now.astimezone(DISPLAY_ZONE).date())


def signing_in(canvas: Canvas, board: Board) -> None:
    """Before the opening: what, when, where, and how many have signed in; beside it the agenda."""
    meeting, half = board.meeting, canvas.width * 0.56
    room = half - EDGE - 56
    said = " · ".join(part for part in (when(meeting.starts_at, board.now), meeting.place or "") if part)
    canvas.write(_("Welcome: please sign in"), QRectF(EDGE, 176, room, 70), 44, weight=500, tone="accentText")
    canvas.wrap(meeting.title, QRectF(EDGE, 260, room, 320), 92, weight=700)
    canvas.write(said, QRectF(EDGE, 596, room, 116), 52, tone="text2")
    present, due = present_of(board)
    number = str(present)
    wide = canvas.wide(number, 144, 700) + 20
    canvas.write(number, QRectF(EDGE, 720, wide, 180), 144, weight=700)
    here = _("of {due} are here").format(due=due)
    canvas.write(here, QRectF(EDGE + wide + 8, 780, room - wide - 8, 116), 52, tone="text2")
    bar = QRectF(EDGE, 912, room, 24)
    needed = board.quorum.needed
    reached = needed is None or board.quorum.reached
    canvas.bar(bar, present / max(due, 1), "okFill" if reached else "accentFill")
    if needed is not None and due:
        at = bar.left() + bar.width() * needed / due
        canvas.fill(QRectF(at - 3, bar.top() - 14, 6, 52), "text")
    canvas.write(quorum_words(board)[0], QRectF(EDGE, 956, room, 80), 44, tone="ok" if reached else "text2")
    canvas.rule(half, 184, _LOWER)
    agenda(canvas, board, QRectF(half + 64, 184, canvas.width - half - 64 - EDGE, _LOWER - 184))


def agenda(canvas: Canvas, board: Board, box: QRectF) -> None:
    """The entries; where not all fit, those around the current one."""
    entries = tuple((one.title, state_of(one)) for one in board.entries)
    canvas.take(_agenda(canvas.width, box.getRect(), entries, _("Agenda")))


# While somebody speaks it stays the same from second to second.
@lru_cache(8)
def _agenda(
    full: float, place: tuple[float, ...], entries: tuple[tuple[str, str], ...], heading: str
) -> Canvas:  # fmt: skip
    canvas, box = Canvas(full), QRectF(*place)
    canvas.write(heading, QRectF(box.left(), box.top() - 8, box.width(), 70), 44, weight=500, tone="accentText")
    top, room = box.top() + 84, box.height() - 84
    width = box.width() - 84
    for size in (50, 44, LEAST):
        rows = [canvas.height(title, width, size, 700) + 28 for title, _state in entries]
        if sum(rows) <= room:
            break
    at = next((place for place, (_title, state) in enumerate(entries) if state == "current"), 0)
    first, last = 0, len(entries)
    while sum(rows[first:last]) > room and last - first > 1:
        if last - 1 > at and last - 1 - at >= at - first:
            last -= 1
        else:
            first += 1
    for (title, state), high in zip(entries[first:last], rows[first:last], strict=True):
        name, tone = ICONS[state]
        canvas.icon(name, QRectF(box.left(), top + size * 0.73 - 22, 44, 44), tone)
        here = state == "current"
        text = QRectF(box.left() + 84, top, width, min(high - 28, room))
        used = canvas.wrap(title, text, size, weight=700 if here else 400, tone="text" if here else "text2")
        top += used + 28
    return canvas


def recess(canvas: Canvas, board: Board, now: datetime) -> None:
    """The meeting rests, and when it goes on."""
    room = canvas.width - 2 * EDGE
    canvas.wrap(board.meeting.title, QRectF(EDGE, 184, room, 150), 64, tone="text2")
    break_words = STATES["recess"].name
    canvas.write(_(break_words), QRectF(EDGE, 360, room, 130), 92, weight=700)
    until = board.resumes_at
    if until is None:
        canvas.write(_("We go on after a break"), QRectF(EDGE, 520, room, 120), 72, tone="text2")
        return
    canvas.write(_("We go on at"), QRectF(EDGE, 510, room, 80), 52, weight=500, tone="accentText")
    canvas.write(when(until, now), QRectF(EDGE, 590, room, 260), 216, weight=700)
    left = round((until - now).total_seconds() / 60)
    if left > 0:
        said = ngettext_("{count} minute left", "{count} minutes left", left).format(count=left) if left < 120 else ""
    else:
        said = _("Please come back to your seats")
    canvas.write(said, QRectF(EDGE, 870, room, 100), 64, weight=500, tone="warn" if left <= 0 else "text2")


def closing(canvas: Canvas, board: Board) -> None:
    """The meeting is over: what was promised, what is still owed, what happens with the record."""
    room = canvas.width - 2 * EDGE
    canvas.write(_(STATES[board.state].name), QRectF(EDGE, 168, room, 130), 92, weight=700, tone="accentText")
    if board.state == "cancelled":
        canvas.wrap(board.meeting.title, QRectF(EDGE, 320, room, 500), 92, weight=700)
        return
    canvas.write(_("What comes next"), QRectF(EDGE, 306, room, 80), 52, weight=500, tone="text2")
    lines = [
        (words.day(one.promised_by), _("{name}: {text}").format(name=one.speaker or _("no name given"), text=one.text))
        for one in board.promises if one.promised_by is not None
    ]  # fmt: skip
    count = len(board.open_questions)
    if count:
        said = ngettext_("{count} question is answered later", "{count} questions are answered later", count)
        lines.append(("", said.format(count=count)))
    lines.append(("", _("The record is read out, signed and posted")))
    _lines(canvas, lines, QRectF(EDGE, 400, room, 620))


def _lines(canvas: Canvas, lines: list[tuple[str, str]], box: QRectF) -> None:
    """Each line with its day; the last, which always holds, is never left out."""
    wide = max((canvas.wide(day, 52, 700) for day, _said in lines), default=0)
    wide += 48 if wide else 0
    for size in (56, 48, LEAST):
        rows = [canvas.height(said, box.width() - wide, size) + 24 for _day, said in lines]
        if sum(rows) <= box.height():
            break
    while sum(rows) > box.height() and len(rows) > 1:
        del rows[-2], lines[-2]
    top = box.top()
    for (day, said), high in zip(lines, rows, strict=True):
        first = size * 1.45
        canvas.write(day, QRectF(box.left(), top, wide, first), min(size, 52), weight=700, tone="info")
        canvas.wrap(said, QRectF(box.left() + wide, top, box.width() - wide, min(high, box.height())), size)
        top += high
