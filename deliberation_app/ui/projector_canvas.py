"""The few strokes that the scenes for the room are made of; text shrinks in steps and wraps before anything is cut.

A scene is first composed as a list of strokes, then painted, so that only what differs from the last is painted anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QRegion

from deliberation_app.ui import projector_type as type_
from deliberation_app.ui.kit import icons, theme
from deliberation_app.ui.projector_type import LEAST

# What to paint, the box it stays in (left, upper, width, height), and with what.
Stroke = tuple[Any, ...]

HEIGHT = 1080.0
EDGE, TOP = 80.0, 128.0
# Ink may reach so far out of its box.
_OVER = 8.0
_PARTS = 16


class Canvas:
    """A scene 1080 high, stroke by stroke; it remembers what it wrote, for those who read aloud."""

    def __init__(self, width: float) -> None:
        self.width = width
        self.strokes: list[Stroke] = []
        self.written: list[tuple[str, float]] = []

    def paint(self, painter: QPainter, parts: Sequence[tuple[float, float, float, float]]) -> None:
        """Paint once each stroke that reaches into one of these parts: left, upper, right and lower edge."""
        for how, x, y, wide, high, *what in self.strokes:
            for left, upper, right, lower in parts:
                if x < right and x + wide > left and y < lower and y + high > upper:
                    _PAINTED[how](painter, *what)
                    break

    def changed_from(self, before: Canvas) -> list[QRectF]:
        """The boxes in which this scene looks other than the one before."""
        # What both begin with, as a rule the bar on top, lies as it lay.
        pairs = enumerate(zip(before.strokes, self.strokes, strict=False))
        first = next((at for at, (one, other) in pairs if one != other), min(len(before.strokes), len(self.strokes)))
        old, new = before.strokes[first:], self.strokes[first:]
        was, now = set(old), set(new)
        if [one for one in old if one in now] != [one for one in new if one in was]:
            return [QRectF(0, 0, self.width, HEIGHT)]  # what lay above lies below
        boxes = {stroke[1:5] for stroke in was ^ now}
        if len(boxes) <= _PARTS:
            return [QRectF(*box) for box in boxes]
        # To keep so many parts takes longer than to paint what lies between them as well.
        left, upper = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, lower = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
        return [QRectF(left, upper, right - left, lower - upper)]

    def _add(self, how: str, box: QRectF, *what: object) -> None:
        self.strokes.append(
            (how, box.left() - _OVER, box.top() - _OVER, box.width() + 2 * _OVER, box.height() + 2 * _OVER, *what)
        )

    def wide(self, text: str, size: float, weight: int = 400) -> float:
        """How wide a text is."""
        return type_.wide(text, round(size), weight)

    def height(self, text: str, width: float, size: float, weight: int = 400) -> float:
        """How high a text is in a width."""
        return type_.laid(text, round(size), weight, width).height

    def take(self, part: Canvas) -> None:
        """Put a part that is composed already into this scene."""
        self.strokes += part.strokes
        self.written += part.written

    def line(self, text: str, width: float, most: float, weight: int = 400) -> float:
        """The largest size, in steps from `most` down, in which a text is one line of a width; the least at last."""
        return type_.size_in_line(text, most, weight, width)

    def size(self, text: str, width: float, height: float, most: float, weight: int = 400) -> float:
        """The largest size, in steps from `most` down, in which a text fits a box; the least where none does."""
        return type_.size_in_box(text, most, weight, width, height)

    def fits(self, text: str, box: QRectF, weight: int = 400) -> bool:
        """Whether a text has room in a box in the least size."""
        return self.height(text, box.width(), LEAST, weight) <= box.height()

    def write(
        self, text: str, box: QRectF, size: float, *, weight: int = 400, tone: str = "text", right: bool = False
    ) -> None:
        """One line in the middle of a box, smaller where it is long, in several lines where the box is high enough."""
        if not text:
            return
        size = self.line(text, box.width(), size, weight)
        if self.wide(text, size, weight) > box.width() and box.height() >= 2 * 1.4 * LEAST:
            self.wrap(text, box, LEAST, weight=weight, tone=tone, middle=True)
            return
        shown = type_.cut(text, round(size), weight, box.width())
        more = max((type_.high(round(size), weight) - box.height()) / 2, 0)
        self._add("line", box.adjusted(0, -more, 0, more), shown, box.getRect(), round(size), weight, tone, right)
        self.written.append((text, size))

    def wrap(
        self, text: str, box: QRectF, most: float, *, weight: int = 400, tone: str = "text", middle: bool = False,
        more: str = "…",
    ) -> float:  # fmt: skip
        """Several lines in a box, in the largest size that fits; the answer is their height.

        What is longer than anything a room can read ends in `more`.
        """
        size = self.size(text, box.width(), box.height(), most, weight)
        self.written.append((text, size))
        shown = type_.beginning(text, more, round(size), weight, box.width(), box.height())
        laid = type_.laid(shown, round(size), weight, box.width())
        top = box.top() + ((box.height() - laid.height) / 2 if middle else 0)
        place = QRectF(box.left(), top, box.width(), laid.height)
        self._add("lines", place, shown, place.getRect(), round(size), weight, tone)
        return min(laid.height, box.height())

    def name(
        self, name: str, box: QRectF, most: float, *, weight: int = 700, tone: str = "text"
    ) -> None:  # fmt: skip
        """A name in the middle of a box, never shortened, in several lines where it must be: broken at its joints."""
        way = type_.parted(name, most, weight, box.width(), box.height())
        self.wrap(way, box, most, weight=weight, tone=tone, middle=True)
        self.written[-1] = (name, self.written[-1][1])

    def put(
        self, text: str, place: QRectF, size: float, *, weight: int = 400, tone: str = "text", more: str = "…"
    ) -> float:  # fmt: skip
        """Several lines in just this size, as one of a list; the answer is their height."""
        shown = type_.beginning(text, more, round(size), weight, place.width(), place.height())
        high = self.height(shown, place.width(), size, weight)
        self.written.append((text, size))
        box = QRectF(place.left(), place.top(), place.width(), high)
        self._add("lines", box, shown, box.getRect(), round(size), weight, tone)
        return high

    def fill(self, box: QRectF, tone: str) -> None:
        """A filled ground."""
        self._add("fill", box, box.getRect(), tone)

    def block(self, box: QRectF, tone: str, radius: float = 20) -> None:
        """A filled ground with round corners."""
        self._add("block", box, box.getRect(), tone, radius)

    def icon(self, name: str, box: QRectF, tone: str) -> None:
        """An icon in a box."""
        self._add("icon", box, name, box.getRect(), tone)

    def bar(self, box: QRectF, part: float, tone: str) -> None:
        """A part of a whole."""
        self.block(box, "track", box.height() / 4)
        if part > 0:
            self.block(QRectF(box.left(), box.top(), box.width() * min(part, 1), box.height()), tone, box.height() / 4)

    def rule(self, left: float, upper: float, lower: float) -> None:
        """A hairline between left and right."""
        self.fill(QRectF(left, upper, 2, lower - upper), "line")

    def disc(self, sign: str, left: float, middle: float, tone: str = "accent") -> None:
        """A letter or a number in a disc of 72."""
        self._add("disc", QRectF(left, middle - 36, 72, 72), sign, left, middle, tone)

    def seal(self, left: float, upper: float) -> None:
        """The seal with its one character."""
        self._add("seal", QRectF(left, upper, 64, 64), left, upper)

    def top(self, title: str, place: str, hour: str) -> None:
        """The bar on top: seal, title, where in the agenda, time."""
        self.take(_top(self.width, title, place, hour))


# It stays the same from act to act.
@lru_cache(8)
def _top(width: float, title: str, place: str, hour: str) -> Canvas:
    canvas = Canvas(width)
    canvas.fill(QRectF(0, 0, width, TOP), "surface")
    canvas.fill(QRectF(0, TOP - 1, width, 2), "line")
    canvas.seal(EDGE, 32)
    right = width - EDGE
    for text in (hour, place):
        if text:
            wide = canvas.wide(text, 44) + 4
            canvas.write(text, QRectF(right - wide, 0, wide, TOP), 44, tone="text2", right=True)
            right -= wide + 88
    if canvas.wide(title, LEAST, 700) <= right - 168:
        canvas.write(title, QRectF(168, 4, right - 168, TOP - 8), 48, weight=700)
        return canvas
    # Two lines closer than those of a page, so that the upper one keeps away from the edge of the screen.
    first, *rest = type_.laid(title, round(LEAST), 700, right - 168).words()
    for at, line in enumerate((first.strip("\u2028 "), "".join(rest))):
        canvas.write(line, QRectF(168, 10 + 52 * at, right - 168, 56), LEAST, weight=700)
    canvas.written[-2:] = [(title, LEAST)]
    return canvas


def region(boxes: Sequence[QRectF], scale: float, upper: float) -> QRegion:
    """Boxes of a scene as a region of the window it is shown in."""
    found = QRegion()
    for box in boxes:
        left, top = int(box.left() * scale), int(box.top() * scale + upper)
        wide, high = int(box.width() * scale) + 2, int(box.height() * scale) + 2
        found += QRect(left - 1, top - 1, wide + 1, high + 1)
    # Boxes that lie across each other fall into more parts than they are.
    return QRegion(found.boundingRect()) if found.rectCount() > _PARTS else found


def _paint_line(
    painter: QPainter, shown: str, place: tuple[float, ...], size: int, weight: int, tone: str, right: bool
) -> None:
    painter.setPen(theme.colour(tone))
    type_.write(painter, shown, QRectF(*place), size, weight, right=right)


def _paint_lines(
    painter: QPainter, shown: str, place: tuple[float, ...], size: int, weight: int, tone: str
) -> None:  # fmt: skip
    painter.setPen(theme.colour(tone))
    type_.laid(shown, size, weight, place[2]).draw(painter, place[0], place[1])


def _paint_block(painter: QPainter, place: tuple[float, ...], tone: str, radius: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(tone))
    painter.drawRoundedRect(QRectF(*place), radius, radius)


def _paint_disc(painter: QPainter, sign: str, left: float, middle: float, tone: str) -> None:
    box = QRectF(left, middle - 36, 72, 72)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(f"{tone}Tint"))
    painter.drawEllipse(box)
    painter.setFont(type_.face(LEAST, 700))
    painter.setPen(theme.colour("accentText" if tone == "accent" else tone))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, sign)


def _paint_seal(painter: QPainter, left: float, upper: float) -> None:
    box = QRectF(left, upper, 64, 64)
    _paint_block(painter, box.getRect(), "accent", 12)
    face = theme.font("seal")
    face.setPixelSize(LEAST)
    painter.setFont(face)
    painter.setPen(theme.colour("onAccent"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "议")


_PAINTED: dict[str, Callable[..., None]] = {
    "line": _paint_line, "lines": _paint_lines, "block": _paint_block, "disc": _paint_disc, "seal": _paint_seal,
    "fill": lambda painter, place, tone: painter.fillRect(QRectF(*place), theme.colour(tone)),
    "icon": lambda painter, name, place, tone: icons.paint(painter, name, QRectF(*place), theme.colour(tone)),
}  # fmt: skip
