"""Painted bars: a threshold bar with the line to pass, and stacked parts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.theme import px


class ThresholdBar(QWidget):
    """How much of a whole, and the tick that must be reached: attendance, a vote, time used."""

    def __init__(self, parent: QWidget | None = None, *, height: int = 8) -> None:
        super().__init__(parent)
        self._parts: tuple[tuple[int, str], ...] = ()
        self._whole = 0
        self._tick: float | None = None
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_part(
        self, part: int, whole: int, tick: float | None = None, tone: str = "okFill", words: str = ""
    ) -> None:
        """`part` of `whole` in `tone`; `tick` is where the line stands, in the unit of `whole`."""
        self.show_parts(((part, tone),), whole, tick, words)

    def show_parts(
        self, parts: Sequence[tuple[int, str]], whole: int, tick: float | None = None, words: str = ""
    ) -> None:
        """Several parts of one whole beside each other, as (number, colour token)."""
        shown = (tuple(parts), whole, tick)
        if shown != (self._parts, self._whole, self._tick):
            self._parts, self._whole, self._tick = shown
            self.update()
        self.setAccessibleName(words or " / ".join([*(str(part) for part, _tone in parts), str(whole)]))

    def sizeHint(self) -> QSize:
        """The bar, and the tick that stands over it."""
        return QSize(px(120), px(self._height + 8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, parts, tick."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = px(self._height)
        bar = QRectF(0, (self.height() - high) / 2, self.width(), high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("track"))
        painter.drawRoundedRect(bar, high / 2, high / 2)
        if self._whole > 0:
            self._paint_parts(painter, bar)
            if self._tick is not None:
                at = bar.width() * min(self._tick / self._whole, 1)
                wide = px(3)
                painter.setBrush(theme.colour("text"))
                painter.drawRect(
                    QRectF(min(max(at - wide / 2, 0), bar.width() - wide), bar.top() - px(4), wide, high + px(8))
                )

    def _paint_parts(self, painter: QPainter, bar: QRectF) -> None:
        shape = QPainterPath()
        shape.addRoundedRect(bar, bar.height() / 2, bar.height() / 2)
        left = 0.0
        for part, tone in self._parts:
            wide = bar.width() * min(part / self._whole, 1)
            if len(self._parts) == 1 and wide >= bar.height():  # its ends are as round as those of the bar
                painter.setBrush(theme.colour(tone))
                painter.drawRoundedRect(QRectF(0, bar.top(), wide, bar.height()), bar.height() / 2, bar.height() / 2)
                return
            piece = QPainterPath()
            if len(self._parts) == 1:
                piece.addRoundedRect(QRectF(0, bar.top(), wide, bar.height()), bar.height() / 2, bar.height() / 2)
            else:
                piece.addRect(
                    QRectF(left, bar.top(), max(wide - (1 if left + wide < bar.width() else 0), 0), bar.height())
                )
            painter.fillPath(piece.intersected(shape), theme.colour(tone))
            left += wide
