"""The canvas of the preview: pages below each other, one or two across, and the strip of small pages beside it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
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
        pages.ready.connect(lambda _page: self.viewport().update())
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def page_width(self) -> int:
        """The width of a page in logical pixels."""
        return px(96)

    def page_box(self, page: int) -> QRect:
        """Where a page lies on the whole canvas."""
        wide = self.page_width()
        columns = min(self.across, max(self.pages.count(), 1))
        total = columns * wide + (columns - 1) * px(self.gap)
        left = max((self.viewport().width() - total) // 2, px(self.margin)) + (page % columns) * (wide + px(self.gap))
        return QRect(left, self._top(page // columns), wide, self._high(page))

    def _high(self, page: int) -> int:
        size = self.pages.sizes[page]
        return round(self.page_width() * size.height() / size.width())

    def _top(self, row: int) -> int:
        columns = min(self.across, max(self.pages.count(), 1))
        above = sum(self._high(at * columns) + self._below() for at in range(row))
        return px(self.margin) + above

    def _below(self) -> int:
        return px(self.gap)

    def whole(self) -> QSize:
        """The size of the whole canvas."""
        if not self.pages.count():
            return QSize(0, 0)
        last = self.page_box(self.pages.count() - 1)
        first = self.page_box(0)
        right = max(last.right(), first.left() + min(self.across, self.pages.count()) * first.width())
        return QSize(right + px(self.margin), last.bottom() + self._below() + px(self.margin) - px(self.gap))

    def arrange(self) -> None:
        """Lay the pages out anew, the current one staying where it is."""
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
        return [page for page in range(self.pages.count()) if self.page_box(page).intersects(window)]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground and the pages in sight."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colour("canvas"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in self.seen():
            self.paint_page(painter, page, self.page_box(page).translated(-self.offset()))
        painter.end()

    def paint_page(self, painter: QPainter, page: int, box: QRect) -> None:
        """One sheet of paper."""
        painter.fillRect(box, Qt.GlobalColor.white)
        image = self.pages.picture(page, round(box.width() * self.devicePixelRatioF()))
        if image is not None:
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
        self.setAccessibleName(_("Pages"))

    def percent(self) -> int:
        """How large a page is shown; 100 is its size on paper on an ordinary screen."""
        if self._percent is not None or not self.pages.count():
            return self._percent or 100
        room = self.viewport().width() - 2 * px(48) - (self.across - 1) * px(self.gap)
        wide = self.pages.sizes[0].width() * _FULL * theme.look().scale / 100
        return max(LEAST, min(int(room / self.across / wide * 100), MOST))

    def page_width(self) -> int:
        """The width of a page at this size."""
        if not self.pages.count():
            return px(560)
        return round(self.pages.sizes[0].width() * _FULL * theme.look().scale / 100 * self.percent() / 100)

    def zoom(self, percent: int | None) -> None:
        """Show at this size; None fits the width again."""
        page = self.current()
        self._percent = None if percent is None else max(LEAST, min(percent, MOST))
        self.arrange()
        self.go_to(page)
        self.zoomed.emit(self.percent())

    def show_across(self, across: int) -> None:
        """One page or two beside each other."""
        self.across = across
        self.zoom(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self.zoomed.emit(self.percent())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(self.percent() + (10 if event.angleDelta().y() > 0 else -10))
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys turn pages, plus and minus zoom."""
        turns = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.pages.count() - 1}
        key = Qt.Key(event.key())
        if key in turns:
            self.go_to(self.current() + turns[key] * self.across)
        elif key in ends:
            self.go_to(ends[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom(self.percent() + (-10 if key == Qt.Key.Key_Minus else 10))
        else:
            super().keyPressEvent(event)


class PageStrip(PageStack):
    """The small pages beside the canvas with their numbers; a click or an arrow turns to one."""

    chosen = Signal(int)
    gap, margin = 16, 16

    def __init__(self, pages: PdfPages, parent: QWidget | None = None) -> None:
        super().__init__(pages, parent=parent)
        self.setAccessibleName(_("Small pages"))
        self.setFixedWidth(px(132))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _below(self) -> int:
        return px(self.gap) + px(24)

    def show_current(self, page: int) -> None:
        """Mark the page that is read, and keep it in sight."""
        self._current = page
        if self.pages.count() > page:
            box = self.page_box(page)
            bar = self.verticalScrollBar()
            if box.top() < bar.value() or box.bottom() + px(32) > bar.value() + self.viewport().height():
                bar.setValue(box.top() - px(self.margin))
        self.viewport().update()

    def _scrolled(self) -> None:
        self.viewport().update()

    def paint_page(self, painter: QPainter, page: int, box: QRect) -> None:
        """A small sheet, its number below, a red edge around the one that is read."""
        super().paint_page(painter, page, box)
        here = page == self._current
        pen = QPen(theme.colour("accentFill" if here else "line"), px(3) if here else 1)
        painter.setPen(pen)
        painter.drawRect(box.adjusted(-px(1), -px(1), px(1), px(1)))
        painter.setPen(theme.colour("accentText" if here else "text2"))
        painter.setFont(theme.font("label"))
        painter.drawText(box.adjusted(0, box.height() + px(4), 0, px(26)), Qt.AlignmentFlag.AlignHCenter, str(page + 1))

    def mousePressEvent(self, event) -> None:
        """Turn to the page under the mouse."""
        at = event.position().toPoint() + self.offset()
        for page in self.seen():
            if self.page_box(page).adjusted(0, 0, 0, px(24)).contains(at):
                self.chosen.emit(page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows turn pages."""
        by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        elif 0 <= self._current + by < self.pages.count():
            self.chosen.emit(self._current + by)
