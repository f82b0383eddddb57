"""A tree of places with counts, its rows painted whole."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from deliberation_app.ui.kit import focus, icons, theme
from deliberation_app.ui.kit.one_line import elided
from deliberation_app.ui.kit.table import COUNT, KEY
from deliberation_app.ui.kit.theme import px


class TreeDelegate(QStyledItemDelegate):
    """Paints words at the left and a count at the right."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        """A row of 36."""
        return QSize(px(120), px(36))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Words, count; the ground is the row's."""
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        count = str(index.data(COUNT) or "")
        box = QRectF(option.rect).adjusted(px(4), 0, -px(10), 0)
        painter.save()
        painter.setFont(theme.font("body"))
        wide = theme.metrics("body").horizontalAdvance(count)
        painter.setPen(theme.colour("accentText" if chosen else "text3"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        painter.setPen(theme.colour("accentText" if chosen else "text"))
        words = elided(str(index.data() or ""), "body", box.width() - wide - px(8))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()


class Tree(QTreeView):
    """A tree of places with counts; fill it with nested (id, words, count, children)."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setIndentation(px(20))
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setItemDelegate(TreeDelegate(self))
        self.setModel(QStandardItemModel(self))

    def fill(self, places: Sequence[tuple]) -> None:
        """Show these places, open at the first level."""
        model = self.model()
        kept = self.current_id()
        model.clear()
        _grow(model.invisibleRootItem(), places)
        self.expandToDepth(0)
        self.choose(kept)

    def current_id(self) -> str:
        """The id of the current place, or nothing."""
        return str(self.currentIndex().data(KEY) or "")

    def choose(self, key: str) -> None:
        """Make a place the current one."""
        found = self.model().match(self.model().index(0, 0), KEY, key, 1, Qt.MatchFlag.MatchRecursive) if key else []
        if found:
            self.setCurrentIndex(found[0])

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Tell what is chosen."""
        super().currentChanged(current, previous)
        if current.isValid() and previous != current:
            self.picked.emit(str(current.data(KEY) or ""))

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """The ground of the whole row first: the tree paints branch and item apart."""
        box = QRectF(0, option.rect.top() + 1, self.viewport().width(), option.rect.height() - 2)
        chosen = self.selectionModel().isSelected(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accentTint" if chosen else "surface"))
        painter.drawRoundedRect(box, px(6), px(6))
        painter.restore()
        # The style would lay a square of its own under the branch.
        plain = QStyleOptionViewItem(option)
        plain.palette.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)
        super().drawRow(painter, plain, index)
        if index == self.currentIndex() and self.hasFocus() and focus.keyboard_used():
            focus.paint_ring(painter, box, 6)

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        """A caret, right or down."""
        if self.model().hasChildren(index):
            side = px(14)
            box = QRectF(rect.right() - px(17), rect.center().y() - side / 2 + 1, side, side)
            icons.paint(painter, "down" if self.isExpanded(index) else "right", box, theme.colour("text2"))


def _grow(parent: QStandardItem, places: Sequence[tuple]) -> None:
    for key, words, count, children in places:
        item = QStandardItem(words)
        item.setEditable(False)
        item.setData(key, KEY)
        item.setData(count, COUNT)
        item.setData(f"{words} {count}", Qt.ItemDataRole.AccessibleTextRole)
        parent.appendRow(item)
        _grow(item, children)
