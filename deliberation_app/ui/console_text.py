"""Text in several lines, broken where Chinese allows it, and inside a word only where a word is wider than the line."""

from __future__ import annotations

from functools import cached_property, lru_cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

from deliberation_app.ui.kit import large_type, theme


class Wrapped:
    """A text laid out in a width: how high and wide it is, and the strokes to paint it."""

    def __init__(self, text: str, face: QFont, width: float) -> None:
        self._face, self._pixels = face, face.pixelSize()
        self._layout = QTextLayout("\u2028".join(text.splitlines()), face)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)  # else each stroke shapes it anew
        self._layout.beginLayout()
        step = QFontMetricsF(face).height()
        self.height = self.widest = 0.0
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, self.height))
            self.height += step
            self.widest = max(self.widest, line.naturalTextWidth())
        self._layout.endLayout()

    def lines(self) -> list[str]:
        """The words of each line."""
        text, laid = self._layout.text(), (self._layout.lineAt(at) for at in range(self._layout.lineCount()))
        return [text[line.textStart() : line.textStart() + line.textLength()] for line in laid]

    def ends_cut(self) -> bool:
        """Whether there was more than what is shown."""
        return self._layout.text().endswith("…")

    def draw(self, painter: QPainter, left: float, top: float) -> None:
        """Paint it in the pen of the painter."""
        if not large_type.large(self._pixels, painter):
            self._layout.draw(painter, QPointF(left, top))
            return
        for x, baseline, text in self._lines:
            large_type.write(painter, left + x, top + baseline, text, self._face)

    @cached_property
    def _lines(self) -> list[tuple[float, float, str]]:
        """Each line: where it begins, and its words."""
        lines = [self._layout.lineAt(at) for at in range(self._layout.lineCount())]
        # Positions count UTF-16 units, of which a rare character takes two.
        units = self._layout.text().encode("utf-16-le")
        edges = [(line, 2 * line.textStart(), 2 * (line.textStart() + line.textLength())) for line in lines]
        return [
            (line.x(), line.y() + line.ascent(), units[first:last].decode("utf-16-le")) for line, first, last in edges
        ]

    def words(self) -> list[str]:
        """The words of each line."""
        return [text for _left, _baseline, text in self._lines]


def wrapped(text: str, kind: str, width: float) -> Wrapped:
    """A text in the face of `kind` laid out in a width; lists ask for the same ones at every stroke."""
    return _wrapped(text, kind, theme.look().scale, width)


@lru_cache(1024)
def _wrapped(text: str, kind: str, _scale: int, width: float) -> Wrapped:
    return Wrapped(text, theme.font(kind), width)
