"""The field in which somebody signs with pen, finger or mouse; the strokes are kept as they were drawn."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEventPoint, QMouseEvent, QPainter, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from deliberation_app.language import _
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.theme import px

# Widths of the pen in shares of the field's height: without pressure, and from the lightest to the hardest.
_PLAIN = 0.014
_LIGHT, _HARD = 0.006, 0.026
# Where the line to write on lies, from the top.
_LINE = 0.76
# Points nearer than this, in pixels, say nothing new.
_NEAR = 1.5


class SignaturePad(QWidget):
    """Holds the strokes as [[x, y, width], …] in shares of its height, so that any size of screen gives the same."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[list[list[float]]] = []
        self._drawing = False
        self._by_pen = False
        self._finger: int | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("Field to sign in, with pen, finger or mouse"))

    def sizeHint(self) -> QSize:
        """As wide as three times its height."""
        return QSize(px(900), px(300))

    def minimumSizeHint(self) -> QSize:
        """Large enough for a finger."""
        return QSize(px(320), px(130))

    def strokes(self) -> list[list[list[float]]]:
        """What was written so far."""
        return [[list(point) for point in stroke] for stroke in self._strokes]

    def is_empty(self) -> bool:
        """Whether nothing was written."""
        return not self._strokes

    def clear(self) -> None:
        """Begin again."""
        self._strokes, self._drawing = [], False
        self.update()
        self.changed.emit()

    def take_back(self) -> None:
        """Take the last stroke back."""
        if self._strokes:
            self._strokes.pop()
            self.update()
            self.changed.emit()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen: its pressure gives the width."""
        kind = event.type()
        width = _LIGHT + (_HARD - _LIGHT) * event.pressure()
        if kind == QEvent.Type.TabletPress:
            self._by_pen = True
            self._begin(event.position(), width)
        elif kind == QEvent.Type.TabletMove and self._drawing:
            self._go(event.position(), width)
        elif kind == QEvent.Type.TabletRelease:
            self._end()
            self._by_pen = False
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A mouse, or a finger that the system tells as one."""
        if event.button() == Qt.MouseButton.LeftButton and not self._by_pen:
            self._begin(event.position(), _PLAIN)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """On with the stroke."""
        if self._drawing and not self._by_pen:
            self._go(event.position(), _PLAIN)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The stroke is done."""
        if event.button() == Qt.MouseButton.LeftButton and not self._by_pen:
            self._end()

    def event(self, event: QEvent) -> bool:
        """A finger: the first one writes, the palm beside it does not."""
        kinds = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel)
        if event.type() not in kinds:
            return super().event(event)
        if not self._by_pen:
            for point in event.points():
                self._touched(point)
            if event.type() in (QEvent.Type.TouchEnd, QEvent.Type.TouchCancel):
                self._finger = None
                self._end()
        event.accept()
        return True

    def _touched(self, point: QEventPoint) -> None:
        """One finger of several: only that which began the stroke goes on with it, and its lift ends it."""
        state = point.state()
        width = _LIGHT + (_HARD - _LIGHT) * point.pressure() if 0 < point.pressure() < 1 else _PLAIN
        if state == QEventPoint.State.Pressed and self._finger is None:
            self._finger = point.id()
            self._begin(point.position(), width)
        elif point.id() != self._finger:
            return
        elif state == QEventPoint.State.Updated and self._drawing:
            self._go(point.position(), width)
        elif state == QEventPoint.State.Released:
            self._finger = None
            self._end()

    def _begin(self, at: QPointF, width: float) -> None:
        self._drawing = True
        self._strokes.append([self._point(at, width)])
        self.update()

    def _go(self, at: QPointF, width: float) -> None:
        stroke = self._strokes[-1]
        last = self._place(stroke[-1])
        if QLineF(last, at).length() < _NEAR:
            return
        # A pen that changes its pressure does so gradually on paper too.
        stroke.append(self._point(at, (stroke[-1][2] + width) / 2))
        reach = self.height() * _HARD + 2
        self.update(QRectF(last, at).normalized().adjusted(-reach, -reach, reach, reach).toAlignedRect())

    def _end(self) -> None:
        if self._drawing:
            self._drawing = False
            self.update()
            self.changed.emit()

    def _point(self, at: QPointF, width: float) -> list[float]:
        high = max(self.height(), 1)
        return [at.x() / high, at.y() / high, width]

    def _place(self, point: list[float]) -> QPointF:
        return QPointF(point[0] * self.height(), point[1] * self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground, the line to write on, the strokes; white as paper in both themes, since it becomes paper."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("field"), 1))
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(8), px(8))
        line = self.height() * _LINE
        painter.setPen(QPen(Qt.GlobalColor.lightGray, px(1)))
        painter.drawLine(QPointF(px(40), line), QPointF(self.width() - px(40), line))
        painter.setPen(QPen(Qt.GlobalColor.gray, px(1)))
        painter.setFont(theme.font("h2"))
        painter.drawText(QPointF(px(16), line), "×")
        for stroke in self._strokes:
            self._draw(painter, stroke)

    def _draw(self, painter: QPainter, stroke: list[list[float]]) -> None:
        ink = QPen(Qt.GlobalColor.black)
        ink.setCapStyle(Qt.PenCapStyle.RoundCap)
        places = [self._place(point) for point in stroke]
        for n, (start, point) in enumerate(zip(places, stroke, strict=True)):
            ink.setWidthF(point[2] * self.height())
            painter.setPen(ink)
            painter.drawLine(places[max(n - 1, 0)], start) if n else painter.drawPoint(start)
