"""The canvas of the preview: pages below each other, one or two across, and the ground on which they lie."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from deliberation_app.language import _
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.preview_pages import PdfPages

# A PDF point is 1/72 inch, a logical pixel at 100 % is 1/96.
_FULL = 96 / 72
LEAST, MOST = 25, 400


class PageStack(QAbstractScrollArea):
    """Pages in rows with room between them; only those that are seen are drawn."""

    turned = Signal(int)
    gap, margin = 20, 20

    def __init__(self, pages: PdfPages, *, across: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = pages
        self.across = across
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("ring", "whole")
        self.viewport().setAutoFillBackground(False)
        self._current = 0
        self._boxes: list[QRect] = []
        pages.ready.connect(lambda _page: self.viewport().update())
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def page_width(self) -> int:
        """The width of a page in logical pixels."""
        return px(96)

    def page_box(self, page: int) -> QRect:
        """Where a page lies on the whole canvas."""
        return self._boxes[page] if page < len(self._boxes) else QRect()

    def _lay(self) -> list[QRect]:
        """Where every page lies: rows of `across` pages, in the middle of the window where there is room."""
        wide, gap = self.page_width(), px(self.gap)
        columns = max(min(self.across, self.pages.count()), 1)
        left = max((self.viewport().width() - columns * wide - (columns - 1) * gap) // 2, px(self.margin))
        boxes: list[QRect] = []
        top = px(self.margin)
        for first in range(0, self.pages.count(), columns):
            row = [round(wide * size.height() / size.width()) for size in self.pages.sizes[first : first + columns]]
            boxes += [QRect(left + at * (wide + gap), top, wide, high) for at, high in enumerate(row)]
            top += max(row) + self._below()
        return boxes

    def _below(self) -> int:
        return px(self.gap)

    def whole(self) -> QSize:
        """The size of the whole canvas."""
        if not self._boxes:
            return QSize(0, 0)
        right = max(box.right() for box in self._boxes[: self.across])
        return QSize(right + px(self.margin), self._boxes[-1].bottom() + self._below() + px(self.margin) - px(self.gap))

    def arrange(self) -> None:
        """Lay the pages out anew, the current one staying where it is."""
        self._boxes = self._lay()
        whole, seen = self.whole(), self.viewport().size()
        self.verticalScrollBar().setRange(0, max(whole.height() - seen.height(), 0))
        self.verticalScrollBar().setPageStep(seen.height())
        self.verticalScrollBar().setSingleStep(px(60))
        self.horizontalScrollBar().setRange(0, max(whole.width() - seen.width(), 0))
        self.horizontalScrollBar().setPageStep(seen.width())
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new size."""
        super().resizeEvent(event)
        self.arrange()

    def offset(self) -> QPoint:
        """What of the canvas is scrolled away."""
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def seen(self) -> list[int]:
        """The pages in sight."""
        window = QRect(self.offset(), self.viewport().size())
        return [page for page, box in enumerate(self._boxes[: self.pages.count()]) if box.intersects(window)]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground and the pages in sight."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colour("canvas"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        # What is asked for last is drawn first: the page at the top.
        for page in reversed(self.seen()):
            self.paint_page(painter, page, self.page_box(page).translated(-self.offset()))
        painter.end()

    def paint_page(self, painter: QPainter, page: int, box: QRect) -> None:
        """One sheet of paper."""
        painter.fillRect(box, Qt.GlobalColor.white)
        dots = self.devicePixelRatioF()
        wide = round(box.width() * dots)
        image = self.pages.picture(page, wide)
        if image is None:
            return
        if image.width() == wide:
            # Pixel on pixel: nothing between the letters as drawn and the screen.
            image.setDevicePixelRatio(dots)
            painter.drawImage(QPointF(round(box.left() * dots) / dots, round(box.top() * dots) / dots), image)
        else:
            painter.drawImage(QRectF(box), image)

    def current(self) -> int:
        """The page that is read: the one with most of itself in sight."""
        return self._current

    def go_to(self, page: int) -> None:
        """Bring a page to the top."""
        if self.pages.count():
            page = max(0, min(page, self.pages.count() - 1))
            self.verticalScrollBar().setValue(self.page_box(page).top() - px(self.margin))
            self._show_current(page)

    def _scrolled(self) -> None:
        window = QRect(self.offset(), self.viewport().size())
        if self.seen():
            best = max(self.seen(), key=lambda page: self.page_box(page).intersected(window).height())
            self._show_current(best)

    def _show_current(self, page: int) -> None:
        if page != self._current:
            self._current = page
            self.turned.emit(page)
        self.viewport().update()


class PageCanvas(PageStack):
    """The pages as they will be printed; fits the width first, Ctrl and the wheel zoom."""

    zoomed = Signal(int)

    def __init__(self, pages: PdfPages, parent: QWidget | None = None) -> None:
        super().__init__(pages, parent=parent)
        self._percent: int | None = None
        self.setAccessibleName(_("Pages of the record"))

    def percent(self) -> int:
        """How large a page is shown; 100 is its size on paper on an ordinary screen."""
        if self._percent is not None or not self.pages.count():
            return self._percent or 100
        return self._fitting()

    def _fitting(self) -> int:
        """How large a page is that fills the width, with some ground at its sides."""
        room = self.viewport().width() - 2 * px(32) - (self.across - 1) * px(self.gap)
        wide = self.pages.sizes[0].width() * _FULL * theme.look().scale / 100
        return max(LEAST, min(int(room / self.across / wide * 100), MOST))

    def page_width(self) -> int:
        """The width of a page at this size."""
        if not self.pages.count():
            return px(560)
        return round(self.pages.sizes[0].width() * _FULL * theme.look().scale / 100 * self.percent() / 100)

    def zoom(self, percent: int | None) -> None:
        """Show at this size; None fits the width again."""
        page, within = self.current(), self._within()
        self._percent = None if percent is None else max(LEAST, min(percent, MOST))
        self.arrange()
        self._return_to(page, within)
        self.zoomed.emit(self.percent())

    def _within(self) -> float:
        """How far down the current page the window begins, as a share of the page."""
        box = self.page_box(self.current())
        return (self.offset().y() - box.top()) / box.height() if box.height() else 0.0

    def _return_to(self, page: int, within: float) -> None:
        box = self.page_box(page)
        self.verticalScrollBar().setValue(round(box.top() + within * box.height()))
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().maximum() // 2)

    def reload(self) -> None:
        """Other pages are there: stay where one was reading."""
        page, within = self.current(), self._within()
        self.arrange()
        if self.pages.count():
            self._return_to(min(page, self.pages.count() - 1), within)
        self.zoomed.emit(self.percent())

    def show_across(self, across: int) -> None:
        """One page or two beside each other."""
        self.across = across
        self.zoom(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again, and stay where one was reading."""
        page, within = self.current(), self._within()
        super().resizeEvent(event)
        self._return_to(page, within)
        self.zoomed.emit(self.percent())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(self.percent() + (10 if event.angleDelta().y() > 0 else -10))
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys turn pages, plus and minus zoom, 0 fits the width."""
        turns = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.pages.count() - 1}
        key = Qt.Key(event.key())
        if key in turns:
            self.go_to(self.current() + turns[key] * self.across)
        elif key in ends:
            self.go_to(ends[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom(self.percent() + (-10 if key == Qt.Key.Key_Minus else 10))
        elif key == Qt.Key.Key_0:
            self.zoom(None)
        else:
            super().keyPressEvent(event)
