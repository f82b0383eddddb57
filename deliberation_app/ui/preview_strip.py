"""The strip of small pages beside the canvas."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from deliberation_app.language import _
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.preview_canvas import PageStack
from deliberation_app.ui.preview_pages import PdfPages


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

    def mousePressEvent(self, event: QMouseEvent) -> None:
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
