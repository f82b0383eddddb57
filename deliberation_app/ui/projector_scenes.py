"""What the room sees, painted for ten metres: a picture 1080 high, nothing below 40, one thought a moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from deliberation_app.domain.meetings import STATES
from deliberation_app.domain.votes import RULES
from deliberation_app.language import _
from deliberation_app.services import votes
from deliberation_app.services.board import Board, Said
from deliberation_app.services.votes import Preview
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_item import explained, letter, without_name
from deliberation_app.ui.console_room import present_of, quorum_words
from deliberation_app.ui.console_text import Wrapped
from deliberation_app.ui.kit import icons, theme

HEIGHT = 1080.0
EDGE, TOP = 80.0, 128.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_VOTES = (("in_favour", "okFill"), ("against", "tick"), ("abstain", "tick"))


class Canvas:
    """A painter with the few strokes that the scenes need; it remembers what it wrote, for those who read aloud."""

    def __init__(self, painter: QPainter, width: float) -> None:
        self.painter = painter
        self.width = width
        self.written: list[tuple[str, float]] = []

    @staticmethod
    def face(size: float, weight: int) -> QFont:
        """A face of this size and weight."""
        made = theme.font("body")
        made.setPixelSize(round(size))
        made.setWeight(QFont.Weight(weight))
        return made

    def wide(self, text: str, size: float, weight: int = 400) -> float:
        """How wide a text is."""
        return QFontMetricsF(self.face(size, weight)).horizontalAdvance(text)

    def write(
        self, text: str, box: QRectF, size: float, *, weight: int = 400, tone: str = "text", right: bool = False
    ) -> None:
        """One line in the middle of a box, cut with … where the box ends."""
        face = self.face(size, weight)
        shown = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        self.painter.setFont(face)
        self.painter.setPen(theme.colour(tone))
        self.painter.drawText(box, _RIGHT if right else _LEFT, shown)
        self.written.append((text, size))

    def wrap(self, text: str, box: QRectF, sizes: Sequence[float], *, weight: int = 400, tone: str = "text") -> float:
        """Several lines from the top of a box, in the first of these sizes that fits; the answer is their height."""
        for size in sizes:
            laid = Wrapped(text, self.face(size, weight), box.width())
            if laid.height <= box.height() or size == sizes[-1]:
                break
        self.painter.save()
        self.painter.setClipRect(box)
        self.painter.setPen(theme.colour(tone))
        laid.draw(self.painter, box.left(), box.top())
        self.painter.restore()
        self.written.append((text, size))
        return min(laid.height, box.height())

    def block(self, box: QRectF, tone: str, radius: float = 20) -> None:
        """A filled ground with round corners."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(theme.colour(tone))
        self.painter.drawRoundedRect(box, radius, radius)

    def bar(self, box: QRectF, part: float, tone: str) -> None:
        """A part of a whole."""
        self.block(box, "track", box.height() / 4)
        if part > 0:
            self.block(QRectF(box.left(), box.top(), box.width() * min(part, 1), box.height()), tone, box.height() / 4)


def top(canvas: Canvas, title: str, place: str, hour: str) -> None:
    """The bar on top: seal, title, where in the agenda, time."""
    canvas.painter.fillRect(QRectF(0, 0, canvas.width, TOP), theme.colour("surface"))
    canvas.painter.fillRect(QRectF(0, TOP - 1, canvas.width, 2), theme.colour("line"))
    canvas.block(QRectF(EDGE, 32, 64, 64), "accent", 12)
    canvas.painter.setFont(theme.font("seal"))
    seal = theme.font("seal")
    seal.setPixelSize(40)
    canvas.painter.setFont(seal)
    canvas.painter.setPen(theme.colour("onAccent"))
    canvas.painter.drawText(QRectF(EDGE, 32, 64, 64), Qt.AlignmentFlag.AlignCenter, "议")
    right = canvas.width - EDGE
    for text in (hour, place):
        if text:
            wide = canvas.wide(text, 44) + 4
            canvas.write(text, QRectF(right - wide, 0, wide, TOP), 44, tone="text2", right=True)
            right -= wide + 88
    canvas.write(title, QRectF(168, 0, right - 168, TOP), 48, weight=700)


def speaking(canvas: Canvas, board: Board, now: datetime) -> None:
    """Left who speaks and how long, right the question and the options."""
    speaker = board.speaker
    half = canvas.width * 0.57
    if speaker is not None:
        left = speaker.left(now)
        canvas.write(_("Speaking"), QRectF(EDGE, 184, half - EDGE - 60, 70), 44, weight=500, tone="accentText")
        size = 144 if len(speaker.name) < 6 else 112
        sizes = (size,) if len(speaker.name) < 9 else (96, 80)
        canvas.wrap(speaker.name, QRectF(EDGE, 262, half - EDGE - 60, 210), sizes, weight=700)
        times = _("first time") if not speaker.spoken else _("spoke {times} ×").format(times=speaker.spoken)
        under = " · ".join(part for part in (speaker.post, times) if part)
        canvas.write(under, QRectF(EDGE, 468, half - EDGE - 60, 70), 46, tone="text2")
        tone = "bad" if left < 0 else "text"
        clock = QRectF(EDGE, 548, half - EDGE - 40, 320)
        canvas.write(words.clock(left), clock, 288, weight=700, tone=tone)
        used = 1 - max(left, 0) / max(speaker.allotted_seconds, 1)
        fill = "badFill" if left < 0 else "accentFill"
        canvas.bar(QRectF(EDGE, 884, half - EDGE - 72, 24), used, fill)
    else:
        _no_speaker(canvas, board, half)
    _waiting(canvas, board, half)
    canvas.painter.fillRect(QRectF(half, 184, 2, 830), theme.colour("line"))
    _beside(canvas, board, QRectF(half + 72, 184, canvas.width - half - 72 - EDGE, 830))


def _no_speaker(canvas: Canvas, board: Board, half: float) -> None:
    title = board.entry.title if board.entry else board.meeting.title
    canvas.write(_("Now"), QRectF(EDGE, 184, half - EDGE - 60, 70), 44, weight=500, tone="accentText")
    canvas.wrap(title, QRectF(EDGE, 280, half - EDGE - 72, 560), (92, 76, 60), weight=700)


def _waiting(canvas: Canvas, board: Board, half: float) -> None:
    left = EDGE
    for said, guest in zip((_("Next speaker"), _("then")), board.queue, strict=False):
        for text, size, weight, tone in ((said, 44, 400, "text2"), (guest.name, 50, 700, "text")):
            wide = min(canvas.wide(text, size, weight) + 8, half - 60 - left)
            if wide < 80:
                return
            canvas.write(text, QRectF(left, 940, wide, 80), size, weight=weight, tone=tone)
            left += wide + (20 if weight == 400 else 60)


def _beside(canvas: Canvas, board: Board, box: QRectF) -> None:
    """The open question, then the options."""
    below = box.top()
    asked = next((one for one in reversed(board.statements) if one.open), None)
    if asked is not None:
        below += _question(canvas, asked, box) + 56
    room = (box.bottom() - below) / max(len(board.options), 1)
    for at, option in enumerate(board.options):
        line = QRectF(box.left(), below + at * min(room, 200), box.width(), min(room, 200))
        canvas.painter.setPen(Qt.PenStyle.NoPen)
        canvas.painter.setBrush(theme.colour("accentTint"))
        canvas.painter.drawEllipse(QPointF(line.left() + 36, line.top() + 46), 36, 36)
        canvas.painter.setFont(canvas.face(44, 700))
        canvas.painter.setPen(theme.colour("accentText"))
        disc = QRectF(line.left(), line.top() + 10, 72, 72)
        canvas.painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, letter(option, at))
        text = line.adjusted(100, 0, 0, 0)
        used = canvas.wrap(without_name(option), QRectF(text.left(), text.top() + 8, text.width(), 132), (50, 44),
                           weight=700)  # fmt: skip
        rest = line.height() - used - 20
        if explained(option) and rest > 56:
            canvas.write(explained(option), QRectF(text.left(), text.top() + used + 10, text.width(), 60), 42,
                         tone="text2")  # fmt: skip


def _question(canvas: Canvas, asked: Said, box: QRectF) -> float:
    inside = box.adjusted(48, 40, -48, 0)
    high = min(Wrapped(asked.text, canvas.face(56, 700), inside.width()).height, 340)
    canvas.block(QRectF(box.left(), box.top(), box.width(), high + 160), "warnTint")
    said = _("{name} asks").format(name=asked.speaker or _("no name given"))
    canvas.write(said, QRectF(inside.left(), inside.top(), inside.width(), 60), 44, weight=500, tone="warn")
    canvas.wrap(asked.text, QRectF(inside.left(), inside.top() + 76, inside.width(), high), (56, 46, 40), weight=700)
    return high + 160


def voting(canvas: Canvas, board: Board) -> None:
    """The motion while hands are counted."""
    motion = board.vote
    if motion is None:
        return
    room = canvas.width - 2 * EDGE
    head = " · ".join((_(RULES[motion.rule].name), _(votes.METHODS[motion.method])))
    canvas.write(head, QRectF(EDGE, 200, room, 80), 52, weight=500, tone="accentText")
    canvas.wrap(motion.motion, QRectF(EDGE, 300, room, 420), (112, 92, 72, 56), weight=700)
    present, due = present_of(board)
    said = _("{present} of {due} present").format(present=present, due=due)
    canvas.write(said, QRectF(EDGE, 760, room, 80), 52, tone="text2")
    _force(canvas, motion.rule, "")


def result(canvas: Canvas, board: Board, preview: Preview) -> None:
    """The verdict with its bars, the line to pass, the arithmetic, and what it is worth."""
    motion = board.vote
    if motion is None:
        return
    verdict, room = preview.verdict, canvas.width - 2 * EDGE
    tone = "ok" if verdict.passed else "text"
    icon = QRectF(EDGE, 214, 136, 136)
    icons.paint(canvas.painter, "done" if verdict.passed else "failed", icon, theme.colour(tone))
    said = words.outcome(motion.rule, quorate=verdict.quorate, passed=verdict.passed)
    canvas.write(said, QRectF(260, 206, room - 180, 120), 92, weight=700, tone=tone)
    canvas.write(motion.motion, QRectF(260, 322, room - 180, 70), 48, tone="text2")
    if motion.nominees:
        _nominees(canvas, board, preview)
    else:
        _bars(canvas, preview)
    lines = {one.name: words.check_line(one) for one in verdict.checks}
    canvas.write(lines.get("passing", ""), QRectF(EDGE, 814, room / 2, 70), 46, weight=500)
    canvas.write(lines.get("quorum", ""), QRectF(EDGE + room / 2, 814, room / 2, 70), 44, tone="text2", right=True)
    _force(canvas, motion.rule, RULES[motion.rule].clause(preview.count, board.now.date()))


def _bars(canvas: Canvas, preview: Preview) -> None:
    count = preview.count
    names = {"in_favour": _("In favour"), "against": _("Against"), "abstain": _("Abstained")}
    left = EDGE + max(canvas.wide(name, 56, 500) for name in names.values()) + 60
    right = canvas.width - EDGE - 180
    line = next((one for one in preview.verdict.checks if one.name == "passing"), None)
    whole = max(line.whole if line is not None else count.present, 1)
    for at, (field, tone) in enumerate(_VOTES):
        middle = 520 + at * 106
        number = count.number(field)
        canvas.write(names[field], QRectF(EDGE, middle - 50, left - EDGE, 100), 56, weight=500)
        canvas.bar(QRectF(left, middle - 28, right - left, 56), number / whole, tone)
        numbers = QRectF(right + 20, middle - 50, canvas.width - EDGE - right - 20, 100)
        canvas.write(str(number), numbers, 72, weight=700, right=True)
    if line is not None and line.by == "heads":
        at = left + (right - left) * line.numerator / line.denominator
        canvas.painter.fillRect(QRectF(at - 3, 478, 6, 84), theme.colour("text"))
        part = words.threshold(line.numerator, line.denominator)
        said = _("more than {part}") if line.strict else _("at least {part}")
        half = canvas.wide(said.format(part=part), 42) / 2 + 2
        canvas.write(said.format(part=part), QRectF(at - half, 412, 2 * half, 60), 42, tone="text2")


def _nominees(canvas: Canvas, board: Board, preview: Preview) -> None:
    motion = board.vote
    elected = preview.election.elected if preview.election is not None else ()
    whole = max(preview.count.present, 1)
    rows = motion.nominees[:5] if motion is not None else ()
    for at, one in enumerate(rows):
        middle = 450 + at * 78
        won = str(one.person_id) in elected
        canvas.write(one.name, QRectF(EDGE, middle - 36, 420, 72), 48, weight=700 if won else 400)
        canvas.bar(QRectF(520, middle - 20, canvas.width - EDGE - 880, 40), one.in_favour / whole,
                   "okFill" if won else "tick")  # fmt: skip
        said = " ".join(part for part in (str(one.in_favour), _("elected") if won else "") if part)
        canvas.write(said, QRectF(canvas.width - EDGE - 340, middle - 36, 340, 72), 48, weight=700, right=True)


def _force(canvas: Canvas, rule: str, clause: str) -> None:
    box = QRectF(EDGE, 912, canvas.width - 2 * EDGE, 112)
    inside = box.adjusted(48, 0, -48, 0)
    if not RULES[rule].legal_force:
        canvas.block(box, "warnTint")
        canvas.write(_("A straw poll, no legal force"), inside, 48, weight=700, tone="warn")
    elif clause:
        canvas.block(box, "sunken")
        canvas.write(clause, inside, 42, tone="text2")


def waiting(canvas: Canvas, board: Board) -> None:
    """Before the meeting, in a recess, and after it."""
    room = canvas.width - 2 * EDGE
    canvas.wrap(board.meeting.title, QRectF(EDGE, 260, room, 300), (112, 92, 72), weight=700)
    canvas.write(_(STATES[board.state].name), QRectF(EDGE, 600, room, 90), 64, weight=500, tone="accentText")
    present, due = present_of(board)
    said = _("{present} of {due} present").format(present=present, due=due)
    reached = quorum_words(board)[0]
    canvas.write(" · ".join(part for part in (said, reached) if part), QRectF(EDGE, 720, room, 90), 56, tone="text2")


def paint(
    painter: QPainter, width: float, board: Board, now: datetime, judged: Callable[[], Preview | None]
) -> list[tuple[str, float]]:
    """The scene of this moment; the answer is what it says, with the size of each text."""
    canvas = Canvas(painter, width)
    painter.fillRect(QRectF(0, 0, width, HEIGHT), theme.colour("bg"))
    live = board.state == "open"
    at = next((place for place, one in enumerate(board.entries, 1) if one.id == board.current), 0)
    place = _("Item {place} / {count}").format(place=at, count=len(board.entries)) if live and at else ""
    title = board.entry.title if live and board.entry is not None else board.meeting.title
    top(canvas, title, place, words.hour(now))
    preview = judged() if live and board.vote is not None and board.vote.counts is not None else None
    if not live:
        waiting(canvas, board)
    elif preview is not None:
        result(canvas, board, preview)
    elif board.vote is not None:
        voting(canvas, board)
    else:
        speaking(canvas, board, now)
    return canvas.written
