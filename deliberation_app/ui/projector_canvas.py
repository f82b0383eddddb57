"""The few strokes that the scenes for the room are made of; text shrinks in steps and wraps before anything is cut."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from deliberation_app.ui.console_text import Wrapped
from deliberation_app.ui.kit import large_type, theme

HEIGHT = 1080.0
EDGE, TOP = 80.0, 128.0
LEAST = 40
_STEP = 4
_LEAST_OF_IT = 0.82
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


# A scene measures the same words again and again, each second while a clock runs.
@lru_cache(256)
def _face(size: int, weight: int) -> QFont:
    made = theme.font("body")
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    return made


@lru_cache(2048)
def _wide(text: str, size: int, weight: int) -> float:
    return QFontMetricsF(_face(size, weight)).horizontalAdvance(text)


@lru_cache(512)
def _laid(text: str, size: int, weight: int, width: float) -> Wrapped:
    return Wrapped(text, _face(size, weight), width)


class Canvas:
    """A painter 1080 high; it remembers what it wrote, for those who read aloud."""

    def __init__(self, painter: QPainter, width: float) -> None:
        self.painter = painter
        self.width = width
        self.written: list[tuple[str, float]] = []

    @staticmethod
    def face(size: float, weight: int) -> QFont:
        """A face of this size and weight."""
        return _face(round(size), weight)

    def wide(self, text: str, size: float, weight: int = 400) -> float:
        """How wide a text is."""
        return _wide(text, round(size), weight)

    def height(self, text: str, width: float, size: float, weight: int = 400) -> float:
        """How high a text is in a width."""
        return _laid(text, round(size), weight, width).height

    def size(self, text: str, width: float, height: float, most: float, weight: int = 400) -> float:
        """The largest size, in steps from `most` down, in which a text fits a box; the least where none does."""
        size = most
        while size > LEAST and self.height(text, width, size, weight) > height:
            size = max(size - _STEP, LEAST)
        # A little smaller rather than a last line of one or two characters.
        lines = self._lines(text, width, size, weight)
        for less in range(int(size) - _STEP, int(max(size * _LEAST_OF_IT, LEAST)) - 1, -_STEP):
            if lines > 1 and self._lines(text, width, less, weight) < lines:
                return less
        return size

    def _lines(self, text: str, width: float, size: float, weight: int) -> int:
        return round(self.height(text, width, size, weight) / QFontMetricsF(self.face(size, weight)).height())

    def write(
        self, text: str, box: QRectF, size: float, *, weight: int = 400, tone: str = "text", right: bool = False
    ) -> None:
        """One line in the middle of a box, smaller where it is long, in several lines where the box is high enough."""
        if not text:
            return
        while size > LEAST and self.wide(text, size, weight) > box.width():
            size = max(size - _STEP, LEAST)
        if self.wide(text, size, weight) > box.width() and box.height() >= 2 * 1.4 * LEAST:
            self.wrap(text, box, LEAST, weight=weight, tone=tone, middle=True)
            return
        face = self.face(size, weight)
        shown = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        self.painter.setPen(theme.colour(tone))
        if large_type.large(face, self.painter):
            measures = QFontMetricsF(face)
            left = box.right() - measures.horizontalAdvance(shown) if right else box.left()
            baseline = box.center().y() - measures.height() / 2 + measures.ascent()
            large_type.write(self.painter, left, baseline, shown, face)
        else:
            self.painter.setFont(face)
            self.painter.drawText(box, _RIGHT if right else _LEFT, shown)
        self.written.append((text, size))

    def wrap(
        self, text: str, box: QRectF, most: float, *, weight: int = 400, tone: str = "text", middle: bool = False
    ) -> float:
        """Several lines in a box, in the largest size that fits; the answer is their height."""
        size = self.size(text, box.width(), box.height(), most, weight)
        laid = _laid(text, round(size), weight, box.width())
        self.written.append((text, size))
        shown = text
        while laid.height > box.height() and len(shown) > 2:  # longer than anything a room can read
            shown = shown[: int(len(shown) * 0.9)].rstrip("…") + "…"
            laid = _laid(shown, round(size), weight, box.width())
        self.painter.setPen(theme.colour(tone))
        laid.draw(self.painter, box.left(), box.top() + ((box.height() - laid.height) / 2 if middle else 0))
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

    def rule(self, left: float, upper: float, lower: float) -> None:
        """A hairline between left and right."""
        self.painter.fillRect(QRectF(left, upper, 2, lower - upper), theme.colour("line"))

    def disc(self, sign: str, left: float, middle: float, tone: str = "accent") -> None:
        """A letter or a number in a disc of 72."""
        box = QRectF(left, middle - 36, 72, 72)
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(theme.colour(f"{tone}Tint"))
        self.painter.drawEllipse(box)
        self.painter.setFont(self.face(LEAST, 700))
        self.painter.setPen(theme.colour("accentText" if tone == "accent" else tone))
        self.painter.drawText(box, Qt.AlignmentFlag.AlignCenter, sign)

    def seal(self, left: float, upper: float) -> None:
        """The seal with its one character."""
        box = QRectF(left, upper, 64, 64)
        self.block(box, "accent", 12)
        face = theme.font("seal")
        face.setPixelSize(LEAST)
        self.painter.setFont(face)
        self.painter.setPen(theme.colour("onAccent"))
        self.painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "议")

    def top(self, title: str, place: str, hour: str) -> None:
        """The bar on top: seal, title, where in the agenda, time."""
        self.painter.fillRect(QRectF(0, 0, self.width, TOP), theme.colour("surface"))
        self.painter.fillRect(QRectF(0, TOP - 1, self.width, 2), theme.colour("line"))
        self.seal(EDGE, 32)
        right = self.width - EDGE
        for text in (hour, place):
            if text:
                wide = self.wide(text, 44) + 4
                self.write(text, QRectF(right - wide, 0, wide, TOP), 44, tone="text2", right=True)
                right -= wide + 88
        self.write(title, QRectF(168, 4, right - 168, TOP - 8), 48, weight=700)
