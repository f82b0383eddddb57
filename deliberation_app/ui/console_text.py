"""Text in several lines, broken where Chinese allows it, and inside a word only where a word is wider than the line."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption


class Wrapped:
    """A text laid out in a width: how high it is, and the strokes to paint it."""

    def __init__(self, text: str, face: QFont, width: float) -> None:
        self._layout = QTextLayout("\u2028".join(text.splitlines()), face)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.beginLayout()
        step = QFontMetricsF(face).height()
        self.height = 0.0
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, self.height))
            self.height += step
        self._layout.endLayout()

    def draw(self, painter: QPainter, left: float, top: float) -> None:
        """Paint it in the pen of the painter."""
        self._layout.draw(painter, QPointF(left, top))
