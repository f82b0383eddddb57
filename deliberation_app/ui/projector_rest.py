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
from deliberation_app.ui.console_room import online_words, present_of, quorum_words
from deliberation_app.ui.meetings_words import moment_words
from deliberation_app.ui.projector_canvas import EDGE, LEAST, Canvas

_LOWER = 1024.0
# The sizes in which entries stand, all in one; between two of them; how high a line is.
_SIZES = (64, 56, 50, 44, LEAST)
_GAP = 28.0
# Where not all entries fit, none further away than this can.
_NEAR = 12
_LINE = 1.45


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
    # A place that needs three lines takes the third from the title.
    high = 116 if canvas.fits(said, QRectF(0, 0, room, 116)) else 176
    canvas.wrap(meeting.title, QRectF(EDGE, 260, room, 436 - high), 92, weight=700)
    canvas.write(said, QRectF(EDGE, 712 - high, room, high), 52, tone="text2")
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
    told = " · ".join(part for part in (quorum_words(board)[0], online_words(board)) if part)
    canvas.wrap(told, QRectF(EDGE, 952, room, 120), 44, tone="ok" if reached else "text2")
    canvas.rule(half, 184, _LOWER)
    agenda(canvas, board, QRectF(half + 64, 184, canvas.width - half - 64 - EDGE, _LOWER - 184))


def agenda(canvas: Canvas, board: Board, box: QRectF) -> None:
    """The entries; where not all fit, those around the current one."""
    entries = tuple((one.title, state_of(one)) for one in board.entries)
    told = (_("Agenda"), _("{count} earlier"), _("{count} still to come"))
    canvas.take(_agenda(canvas.width, box.getRect(), entries, told))


# While somebody speaks it stays the same from second to second.
@lru_cache(8)
def _agenda(
    full: float, place: tuple[float, ...], entries: tuple[tuple[str, str], ...], words_: tuple[str, str, str]
) -> Canvas:  # fmt: skip
    canvas, box = Canvas(full), QRectF(*place)
    heading, before, after = words_
    canvas.write(heading, QRectF(box.left(), box.top() - 8, box.width(), 70), 44, weight=500, tone="accentText")
    room, width = QRectF(box.left(), box.top() + 84, box.width(), box.height() - 84), box.width() - 84
    first, rows, size = _rows(canvas, entries, width, room.height())
    last, line = first + len(rows), size * _LINE
    top, inside = room.top(), room.left() + 84
    if first:
        top += canvas.put(before.format(count=first), QRectF(inside, top, width, line + 1), size, tone="text3") + _GAP
    for (title, state), high in zip(entries[first:last], rows, strict=True):
        name, tone = ICONS[state]
        canvas.icon(name, QRectF(box.left(), top + size * 0.73 - 22, 44, 44), tone)
        weight, tone = (700, "text") if state == "current" else (400, "text2")
        used = canvas.put(title, QRectF(inside, top, width, high - _GAP + 1), size, weight=weight, tone=tone)
        top += used + _GAP
    if last < len(entries):
        rest = after.format(count=len(entries) - last)
        canvas.put(rest, QRectF(inside, top, width, line + 1), size, tone="text3")
    return canvas


def _rows(
    canvas: Canvas, entries: tuple[tuple[str, str], ...], width: float, room: float
) -> tuple[int, list[float], float]:  # fmt: skip
    """The first entry that is shown, how high each of those shown is, and their size: the largest in which all fit."""

    def high(title: str, size: float) -> float:
        return canvas.height(title, width, size, 700) + _GAP

    for size in _SIZES:
        if len(entries) * (size * _LINE + _GAP) - _GAP <= room:  # else there is no need to measure
            rows = [high(title, size) for title, _state in entries]
            if sum(rows) - _GAP <= room:
                return 0, rows, size
    line = LEAST * _LINE + _GAP
    at = next((place for place, (_title, state) in enumerate(entries) if state == "current"), 0)
    near = max(at - _NEAR, 0)
    # Of one that is not dealt with now three lines say what it is; none leaves no room for how many there are more.
    rows = [
        min(high(title, LEAST), room - 2 * line, *(() if state == "current" else (3 * LEAST * _LINE + _GAP + 1,)))
        for title, state in entries[near : at + _NEAR]
    ]  # fmt: skip
    first, last = _around(rows, at - near, room + _GAP, line, more=(near > 0, len(entries) > at + _NEAR))
    return near + first, rows[first:last], LEAST


def _around(rows: list[float], at: int, room: float, line: float, more: tuple[bool, bool]) -> tuple[int, int]:
    """Which rows are shown: the one at hand, the next, the one before, and as many as fit of those that come."""

    def fits(first: int, last: int) -> bool:
        told = (line if first or more[0] else 0) + (line if last < len(rows) or more[1] else 0)
        return first >= 0 and last <= len(rows) and sum(rows[first:last]) + told <= room

    first, last = at, at + 1
    if fits(first, last + 1):
        last += 1
    if fits(first - 1, last):
        first -= 1
    while fits(first, last + 1):
        last += 1
    while fits(first - 1, last):
        first -= 1
    return first, last


def recess(canvas: Canvas, board: Board, now: datetime) -> None:
    """The meeting rests, and when it goes on."""
    room = canvas.width - 2 * EDGE
    until, resting = board.resumes_at, STATES["recess"].name
    if until is None:
        canvas.write(_(resting), QRectF(EDGE, 330, room, 260), 176, weight=700)
        canvas.write(_("We go on after a break"), QRectF(EDGE, 610, room, 140), 88, tone="text2")
        return
    canvas.write(_(resting), QRectF(EDGE, 190, room, 180), 128, weight=700)
    canvas.write(_("We go on at"), QRectF(EDGE, 400, room, 90), 60, weight=500, tone="accentText")
    canvas.write(when(until, now), QRectF(EDGE, 490, room, 350), 288, weight=700)
    left = round((until - now).total_seconds() / 60)
    if left > 0:
        said = ngettext_("{count} minute left", "{count} minutes left", left).format(count=left) if left < 120 else ""
    else:
        said = _("Please come back to your seats")
    canvas.write(said, QRectF(EDGE, 860, room, 130), 80, weight=500, tone="warn" if left <= 0 else "text2")


def closing(canvas: Canvas, board: Board) -> None:
    """The meeting is over: what was promised, what is still owed, what happens with the record."""
    room = canvas.width - 2 * EDGE
    canvas.write(_(STATES[board.state].name), QRectF(EDGE, 168, room, 150), 112, weight=700, tone="accentText")
    if board.state == "cancelled":
        canvas.wrap(board.meeting.title, QRectF(EDGE, 350, room, 640), 128, weight=700)
        return
    canvas.write(_("What comes next"), QRectF(EDGE, 326, room, 80), 52, weight=500, tone="text2")
    promised = [
        (words.day(one.promised_by), _("{name}: {text}").format(name=one.speaker or _("no name given"), text=one.text))
        for one in board.promises if one.promised_by is not None
    ]  # fmt: skip
    always = [("", _("The record is read out, signed and posted"))]
    count = len(board.open_questions)
    if count:
        said = ngettext_("{count} question is answered later", "{count} questions are answered later", count)
        always.insert(0, ("", said.format(count=count)))
    _lines(canvas, promised, always, QRectF(EDGE, 420, room, 604))


def _lines(
    canvas: Canvas, promised: list[tuple[str, str]], always: list[tuple[str, str]], box: QRectF
) -> None:  # fmt: skip
    """What was promised, each with its day, as many as fit; then what always holds."""
    kept = len(promised)
    while True:
        left = len(promised) - kept
        more = ngettext_("and {count} more promise", "and {count} more promises", left).format(count=left)
        rest = [("", more)] if left else []
        lines = [*promised[:kept], *rest, *always]
        size, wide, rows = _measured(canvas, lines, box)
        if sum(rows) <= box.height() or kept == 0:
            break
        kept -= 1
    top = box.top()
    for (day, said), high in zip(lines, rows, strict=True):
        if day:
            canvas.write(day, QRectF(box.left(), top, wide, size * _LINE), size, weight=700, tone="info")
        canvas.put(said, QRectF(box.left() + wide, top, box.width() - wide, high - _GAP + 1), size)
        top += high


def _measured(
    canvas: Canvas, lines: list[tuple[str, str]], box: QRectF
) -> tuple[float, float, list[float]]:  # fmt: skip
    """The size in which lines fit, how wide their days are then, and how high each of them is."""
    for size in (80, *_SIZES):
        wide = max((canvas.wide(day, size, 700) + 48 for day, _said in lines if day), default=0)
        # Of a long promise three lines say what it is.
        rows = [min(canvas.height(said, box.width() - wide, size), 3 * size * _LINE + 1) + _GAP for _day, said in lines]
        if sum(rows) <= box.height():
            break
    return size, wide, rows
