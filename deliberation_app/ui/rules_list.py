"""The list of rules under the bodies that decide by them; names are written out, in two lines where they need it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from deliberation_app.ui.kit import focus, theme
from deliberation_app.ui.kit.lists import ROW, RowModel
from deliberation_app.ui.kit.theme import px

_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
_LOW = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom


@dataclass(frozen=True)
class RuleRow:
    """A rule, or the body above some of them, which has no id."""

    id: str
    words: str

    def spoken(self) -> str:
        """What a screen reader says."""
        return self.words


class RuleModel(RowModel):
    """Rows of which the bodies cannot be chosen."""

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Bodies are words between the rules."""
        return super().flags(index) if self.rows[index.row()].id else Qt.ItemFlag.NoItemFlags


class RuleDelegate(QStyledItemDelegate):
    """Paints a body as a small heading and a rule as a row as high as its name."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Room for the whole name at the width of the list."""
        wide = self.parent().viewport().width()
        row = index.data(ROW)
        if not row.id:
            return QSize(px(120), px(36))
        # The chosen row is heavier: its width is the one that counts.
        box = theme.metrics("bold").boundingRect(QRectF(0, 0, wide - px(28), px(400)), _WRAPPED, row.words)
        return QSize(px(120), max(int(box.height()) + px(14), px(36)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Ground, words, ring."""
        row = index.data(ROW)
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.id:
            self._paint_rule(painter, option, box, row)
        else:
            painter.setFont(theme.font("hint"))
            painter.setPen(theme.colour("text3"))
            painter.drawText(box.adjusted(px(14), 0, -px(8), -px(5)), _LOW, row.words)
        painter.restore()

    def _paint_rule(self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF, row: RuleRow) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        ground = box.adjusted(px(2), 1, -px(2), -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accentTint" if chosen else "sunken" if over else "surface"))
        painter.drawRoundedRect(ground, px(6), px(6))
        painter.setFont(theme.font("bold" if chosen else "body"))
        painter.setPen(theme.colour("accentText" if chosen else "text"))
        painter.drawText(box.adjusted(px(14), 0, -px(14), 0), _WRAPPED, row.words)
        if option.state & QStyle.StateFlag.State_HasFocus and focus.keyboard_used():
            focus.paint_ring(painter, ground.adjusted(px(1), px(1), -px(1), -px(1)), 6)


class RulesList(QListView):
    """Arrows go from rule to rule over the headings; Enter goes on to the numbers."""

    picked = Signal(str)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows = RuleModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(RuleDelegate(self))
        self.setMinimumHeight(px(140))
        theme.changes.changed.connect(self.scheduleDelayedItemsLayout)

    def fill(self, rows: Sequence[RuleRow]) -> None:
        """Show these rows, the current one kept."""
        kept = self.current_id()
        self.rows.fill(rows)
        self.choose(kept)

    def current_id(self) -> str:
        """The id of the chosen rule, or nothing."""
        row = self.currentIndex().data(ROW)
        return row.id if row is not None else ""

    def choose(self, wanted: str) -> None:
        """Choose a rule without telling; nothing happens where it is not there."""
        for at, row in enumerate(self.rows.rows):
            if wanted and row.id == wanted:
                self.blockSignals(True)
                self.setCurrentIndex(self.rows.index(at, 0))
                self.blockSignals(False)
                self.viewport().update()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Tell which rule is chosen."""
        super().currentChanged(current, previous)
        row = current.data(ROW)
        if row is not None and row.id:
            self.picked.emit(row.id)

    def scrollTo(self, index: QModelIndex, hint: QListView.ScrollHint = QListView.ScrollHint.EnsureVisible) -> None:
        """Bring the heading above the first rule of a body into sight with it."""
        above = self.rows.index(index.row() - 1, 0) if index.row() > 0 else QModelIndex()
        if above.isValid() and not above.data(ROW).id:
            super().scrollTo(above, hint)
        super().scrollTo(index, hint)

    def event(self, event: QEvent) -> bool:
        """Enter belongs to the list, whatever the page makes of it."""
        if event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.current_id())
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names wrap anew for the new width."""
        super().resizeEvent(event)
        self.doItemsLayout()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
