"""The room during a vote and after it: the motion, then the verdict with its arithmetic; never who voted how."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from deliberation_app.domain.votes import RULES
from deliberation_app.language import _
from deliberation_app.services import votes
from deliberation_app.services.board import Board
from deliberation_app.services.votes import Preview
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_room import present_of
from deliberation_app.ui.kit import icons, theme
from deliberation_app.ui.projector_canvas import EDGE, LEAST, Canvas

# A motion higher than this leaves no room for words at the line; the arithmetic below says the same.
_LONG = 230.0
_VOTES = (("in_favour", "okFill"), ("against", "tick"), ("abstain", "tick"))


def voting(canvas: Canvas, board: Board) -> None:
    """The motion while people vote."""
    motion = board.vote
    if motion is None:
        return
    room = canvas.width - 2 * EDGE
    head = " · ".join((_(RULES[motion.rule].name), _(votes.METHODS[motion.method])))
    canvas.write(head, QRectF(EDGE, 180, room, 80), 52, weight=500, tone="accentText")
    canvas.wrap(motion.motion, QRectF(EDGE, 276, room, 300 if motion.nominees else 480), 112, weight=700)
    if motion.nominees:
        _standing(canvas, [one.name for one in motion.nominees], motion.seats)
    present, due = present_of(board)
    said = _("{present} of {due} present").format(present=present, due=due)
    canvas.write(said, QRectF(EDGE, 790, room, 80), 52, tone="text2")
    _force(canvas, motion.rule, "")


def _standing(canvas: Canvas, names: list[str], seats: int | None) -> None:
    """Who stands, and how many are to be elected."""
    room = canvas.width - 2 * EDGE
    if seats:
        said = _("To be elected: {count}").format(count=seats)
        canvas.write(said, QRectF(EDGE, 590, room, 70), 46, tone="text2")
    canvas.wrap("　".join(names), QRectF(EDGE, 664, room, 130), 56, weight=700)


def result(canvas: Canvas, board: Board, preview: Preview) -> None:
    """The verdict with its bars, the line to pass, the arithmetic, and what it is worth."""
    motion = board.vote
    if motion is None:
        return
    verdict, room = preview.verdict, canvas.width - 2 * EDGE
    tone = "ok" if verdict.passed else "text"
    icons.paint(canvas.painter, "done" if verdict.passed else "failed", QRectF(EDGE, 176, 120, 120), theme.colour(tone))
    said = words.outcome(motion.rule, quorate=verdict.quorate, passed=verdict.passed)
    canvas.write(said, QRectF(236, 172, room - 156, 126), 92, weight=700, tone=tone)
    high = canvas.wrap(motion.motion, QRectF(EDGE, 308, room, 300), 48, tone="text2")
    below = 308 + high + 16
    if motion.nominees:
        _nominees(canvas, board, preview, below)
    else:
        _bars(canvas, preview, below, marked=high < _LONG)
    lines = {one.name: words.check_line(one) for one in verdict.checks}
    middle = canvas.width / 2
    canvas.write(lines.get("passing", ""), QRectF(EDGE, 812, middle - EDGE - 20, 116), 46, weight=500)
    beside = QRectF(middle + 20, 812, middle - EDGE - 20, 116)
    canvas.write(lines.get("quorum", ""), beside, 44, tone="text2", right=True)
    _force(canvas, motion.rule, RULES[motion.rule].clause(preview.count, board.now.date()))


def _bars(canvas: Canvas, preview: Preview, upper: float, *, marked: bool) -> None:
    count = preview.count
    names = {"in_favour": _("In favour"), "against": _("Against"), "abstain": _("Abstained")}
    line = next((one for one in preview.verdict.checks if one.name == "passing"), None)
    heads = line is not None and line.by == "heads"
    marked = marked and heads
    upper += 62 if marked else 0
    high = min((806 - upper) / len(_VOTES), 106)
    size = max(min(56, high * 0.6), LEAST)
    left = EDGE + max(canvas.wide(name, size, 500) for name in names.values()) + 60
    right = canvas.width - EDGE - 180
    whole = max(line.whole if line is not None else count.present, 1)
    for at, (field, tone) in enumerate(_VOTES):
        row, number = QRectF(EDGE, upper + at * high, left - EDGE, high), count.number(field)
        canvas.write(names[field], row, size, weight=500)
        thick = min(56.0, high * 0.55)
        canvas.bar(QRectF(left, row.center().y() - thick / 2, right - left, thick), number / whole, tone)
        numbers = QRectF(right + 20, row.top(), canvas.width - EDGE - right - 20, high)
        canvas.write(str(number), numbers, max(min(72, high * 0.7), LEAST), weight=700, right=True)
    if line is None or not heads:
        return
    at = left + (right - left) * line.numerator / line.denominator
    canvas.painter.fillRect(QRectF(at - 3, upper + high * 0.12, 6, high * 0.76), theme.colour("text"))
    if marked:
        part = words.threshold(line.numerator, line.denominator)
        said = (_("more than {part}") if line.strict else _("at least {part}")).format(part=part)
        half = canvas.wide(said, 42) / 2 + 2
        canvas.write(said, QRectF(min(at - half, right - 2 * half), upper - 58, 2 * half, 60), 42, tone="text2")


def _nominees(canvas: Canvas, board: Board, preview: Preview, upper: float) -> None:
    motion = board.vote
    elected = preview.election.elected if preview.election is not None else ()
    whole = max(preview.count.present, 1)
    rows = motion.nominees if motion is not None else ()
    wide = (canvas.width - 2 * EDGE - 80) / 2 if len(rows) > 5 else canvas.width - 2 * EDGE
    lines = (len(rows) + 1) // 2 if len(rows) > 5 else max(len(rows), 1)
    high = min((806 - upper) / lines, 84)
    for at, one in enumerate(rows):
        left = EDGE + (at // lines) * (wide + 80)
        row = QRectF(left, upper + (at % lines) * high, wide, high)
        won = str(one.person_id) in elected
        said = " ".join(part for part in (str(one.in_favour), _("elected") if won else "") if part)
        end = canvas.wide(f"999 {_('elected')}", 46, 700) + 20
        name = min(max(canvas.wide(each.name, 46, 700) for each in rows) + 30, wide * 0.5)
        canvas.write(one.name, QRectF(left, row.top(), name, high), 46, weight=700 if won else 400)
        bar = QRectF(left + name, row.center().y() - 16, max(wide - name - end, 0), 32)
        if bar.width() > 120:
            canvas.bar(bar, one.in_favour / whole, "okFill" if won else "tick")
        canvas.write(said, QRectF(row.right() - end, row.top(), end, high), 46, weight=700, right=True)


def _force(canvas: Canvas, rule: str, clause: str) -> None:
    box = QRectF(EDGE, 932, canvas.width - 2 * EDGE, 116)
    inside = box.adjusted(40, 0, -40, 0)
    if not RULES[rule].legal_force:
        canvas.block(box, "warnTint")
        canvas.write(_("A straw poll, no legal force"), inside, 48, weight=700, tone="warn")
    elif clause:
        canvas.block(box, "sunken")
        canvas.write(clause, inside, 42, tone="text2")
