"""A chart of bars: a name, a bar on its track, the numbers in words; clicked through, saved as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QIODevice, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QSizePolicy, QWidget

from deliberation_app.ui.kit import focus, theme
from deliberation_app.ui.kit.marks import paint_disc
from deliberation_app.ui.kit.one_line import elided
from deliberation_app.ui.kit.theme import px

_ROW, _BAR, _GAP, _SEAL = 36, 12, 12, 32
# A picture for a report has this many dots for each logical one.
_DOTS = 2


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar: what it is, `part` of `whole` in a colour token, the numbers in words, and the line to reach."""

    key: str
    name: str
    words: str
    part: float
    whole: float
    token: str = "accentFill"
    seal: str = ""
    tick: float | None = None


class BarChart(QWidget):
    """Bars below each other; arrows choose, Enter and a click open, the whole is said to a screen reader."""

    opened = Signal(str)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.bars: tuple[Bar, ...] = ()
        self._current = -1
        self.setProperty("ring", "own")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these, in this order."""
        self.bars = tuple(bars)
        self._current = min(self._current, len(self.bars) - 1)
        told = "; ".join(f"{bar.name or bar.seal}: {bar.words}" for bar in self.bars)
        self.setAccessibleName(f"{self.title}. {told}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A row a bar."""
        return QSize(px(260), px(_ROW) * max(len(self.bars), 1))

    def minimumSizeHint(self) -> QSize:
        """Names give way before bars do."""
        return QSize(px(220), self.sizeHint().height())

    def current(self) -> str:
        """The key of the chosen bar."""
        return self.bars[self._current].key if 0 <= self._current < len(self.bars) else ""

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """All bars, and the ring around the chosen one."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint(painter, QRectF(self.rect()))
        if self.hasFocus() and focus.keyboard_used() and self._current >= 0:
            focus.paint_ring(painter, QRectF(self._box(self._current)).adjusted(px(2), px(2), -px(2), -px(2)))
        painter.end()

    def paint(self, painter: QPainter, room: QRectF) -> None:
        """The chart in a room of its width; the same for the window and for a picture."""
        if not self.bars:
            return
        names = max(theme.metrics("body").horizontalAdvance(bar.name) for bar in self.bars)
        words = max(theme.metrics("hint").horizontalAdvance(bar.words) for bar in self.bars)
        seal = px(_SEAL + 8) if any(bar.seal for bar in self.bars) else 0
        left = min(names + seal, room.width() * 0.38)
        right = min(words, room.width() * 0.42)
        for at, bar in enumerate(self.bars):
            box = QRectF(room.left(), room.top() + at * px(_ROW), room.width(), px(_ROW))
            self._paint_name(painter, QRectF(box.left(), box.top(), left, box.height()), bar, seal)
            middle = QRectF(box.left() + left + px(_GAP), box.center().y() - px(_BAR) / 2,
                            max(box.width() - left - right - 2 * px(_GAP), px(24)), px(_BAR))  # fmt: skip
            _paint_bar(painter, middle, bar)
            painter.setFont(theme.font("hint"))
            painter.setPen(theme.colour("text2"))
            painter.drawText(QRectF(box.right() - right, box.top(), right, box.height()),
                             Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                             elided(bar.words, "hint", right + 1))  # fmt: skip

    @staticmethod
    def _paint_name(painter: QPainter, box: QRectF, bar: Bar, seal: int) -> None:
        if bar.seal:
            disc = QRectF(box.left(), box.center().y() - px(_SEAL) / 2, px(_SEAL), px(_SEAL))
            paint_disc(painter, disc, bar.seal, "accent", "seal")
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text"))
        room = box.adjusted(seal, 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, elided(bar.name, "body", room.width() + 1))

    def _box(self, at: int) -> QRect:
        return QRect(0, at * px(_ROW), self.width(), px(_ROW))

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, Home and End jump, Enter opens."""
        steps = {Qt.Key.Key_Down: self._current + 1, Qt.Key.Key_Up: self._current - 1, Qt.Key.Key_Home: 0,
                 Qt.Key.Key_End: len(self.bars) - 1}  # fmt: skip
        key = Qt.Key(event.key())
        if key in steps and self.bars:
            self._current = min(max(steps[key], 0), len(self.bars) - 1)
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current():
            self.opened.emit(self.current())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        """The first bar is chosen."""
        self._current = max(self._current, 0)
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens what the bar stands for."""
        at = int(event.position().y()) // px(_ROW)
        if 0 <= at < len(self.bars) and event.button() == Qt.MouseButton.LeftButton:
            self._current = at
            self.update()
            self.opened.emit(self.bars[at].key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A bar can be clicked."""
        inside = int(event.position().y()) // px(_ROW) < len(self.bars)
        self.setCursor(Qt.CursorShape.PointingHandCursor if inside else Qt.CursorShape.ArrowCursor)

    # Pictures

    def picture(self, *, vector: bool, under: str = "") -> bytes:
        """The chart as PNG or as SVG; its title and a line below that stand above the bars."""
        size = QSize(max(self.width(), px(520)), px(64) + self.sizeHint().height() + px(16))
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        if vector:
            generator = QSvgGenerator()
            generator.setOutputDevice(buffer)
            generator.setSize(size)
            generator.setViewBox(QRect(0, 0, size.width(), size.height()))
            generator.setTitle(self.title)
            self._paint_picture(QPainter(generator), size, under)
        else:
            image = QImage(size * _DOTS, QImage.Format.Format_ARGB32)
            image.setDevicePixelRatio(_DOTS)
            self._paint_picture(QPainter(image), size, under)
            image.save(buffer, "PNG")
        return bytes(buffer.data().data())

    def _paint_picture(self, painter: QPainter, size: QSize, under: str) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRect(0, 0, size.width(), size.height()), theme.colour("surface"))
        painter.setFont(theme.font("h3"))
        painter.setPen(theme.colour("text"))
        painter.drawText(
            QRectF(px(16), px(10), size.width() - px(32), px(26)), Qt.AlignmentFlag.AlignVCenter, self.title
        )
        painter.setFont(theme.font("hint"))
        painter.setPen(theme.colour("text2"))
        painter.drawText(QRectF(px(16), px(36), size.width() - px(32), px(22)), Qt.AlignmentFlag.AlignVCenter, under)
        self.paint(painter, QRectF(px(16), px(64), size.width() - px(32), size.height() - px(64)))
        painter.end()


def _paint_bar(painter: QPainter, box: QRectF, bar: Bar) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("track"))
    painter.drawRoundedRect(box, px(_BAR) / 2, px(_BAR) / 2)
    if bar.whole > 0 and bar.part > 0:
        wide = max(box.width() * min(bar.part / bar.whole, 1.0), px(_BAR))
        painter.setBrush(theme.colour(bar.token))
        painter.drawRoundedRect(QRectF(box.left(), box.top(), wide, box.height()), px(_BAR) / 2, px(_BAR) / 2)
    if bar.tick is not None and bar.whole > 0:
        at = box.left() + box.width() * min(bar.tick / bar.whole, 1.0)
        painter.setBrush(theme.colour("text"))
        painter.drawRect(QRectF(at - px(1), box.top() - px(3), px(2), box.height() + px(6)))
