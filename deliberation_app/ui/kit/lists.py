"""Long lists painted by a delegate: rows with disc, title, hint, status and one small button; cards of the board."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from deliberation_app.ui.kit import focus, icons, theme
from deliberation_app.ui.kit.marks import ink, name_face, paint_disc, paint_name, paint_status
from deliberation_app.ui.kit.one_line import elided
from deliberation_app.ui.kit.theme import px

ROW = Qt.ItemDataRole.UserRole + 1
_SELECTED, _OVER = QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_MouseOver
_FOCUSED = QStyle.StateFlag.State_HasFocus


@dataclass(frozen=True)
class Row:
    """One row: what it is, one line of hint, its state in words, and the one act on it."""

    id: str
    title: str
    hint: str = ""
    icon: str = ""
    tone: str = ""
    status: str = ""
    status_tone: str = "text2"
    status_icon: str = ""
    act: str = ""
    disc: str = ""
    lead: str = ""

    def spoken(self) -> str:
        """What a screen reader says."""
        return ", ".join(part for part in (self.title, self.hint, self.status) if part)


class RowModel(QAbstractListModel):
    """Holds rows for a view; a delegate reads them whole."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list = []

    def fill(self, rows: Sequence[object]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row itself, or the words of it."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            return row.spoken()
        return None


class RowDelegate(QStyledItemDelegate):
    """Paints a Row; `status_width` keeps the icons of a status column in line, 0 puts it at the right."""

    acted = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, status_width: int = 0, height: int = 60,
                 chevron: bool = False) -> None:  # fmt: skip
        super().__init__(parent)
        self.status_width, self.height, self.chevron = status_width, height, chevron
        # In pixels: the least of each button and of each row, and the height of rows that share what there is.
        self.names, self.act_width, self.tall, self.exact = False, 0, 0, 0
        self._pressed = ""

    def usual(self) -> int:
        """The height of a row in pixels."""
        return px(self.height if theme.look().density != "compact" else self.height - 8)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        """One height for all rows."""
        return QSize(px(200), self.exact or max(self.usual(), self.tall))

    def act_box(self, box: QRectF, row: Row) -> QRectF:
        """Where the button of a row lies."""
        if not row.act:
            return QRectF(box.right() - px(16), box.top(), 0, 0)
        wide = max(theme.metrics("label").horizontalAdvance(row.act) + px(32), px(60), self.act_width)
        return QRectF(box.right() - px(16) - wide, box.center().y() - px(32) / 2, wide, px(32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Ground, disc, words, status, button, hairline."""
        row = index.data(ROW)
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, index)
        left = box.left() + px(16)
        if row.icon or row.disc:
            left = self._paint_disc(painter, box, row, left)
        elif row.lead:
            painter.setFont(theme.face("bold"))
            painter.setPen(theme.colour("text3"))
            wide = _lead_wide(row, index.model().rowCount())
            painter.drawText(QRectF(left, box.top(), wide, box.height()), Qt.AlignmentFlag.AlignVCenter, row.lead)
            left += wide
        act = self.act_box(box, row)
        right = (act.left() if row.act else box.right()) - px(16)
        if self.chevron and not row.act:
            place = QRectF(right - px(16), box.center().y() - px(8), px(16), px(16))
            icons.paint(painter, "right", place, theme.colour("text3"))
            right -= px(28)
        right = self._paint_status(painter, box, row, right)
        self._paint_words(painter, QRectF(left, box.top(), right - left - px(12), box.height()), row)
        if row.act:
            self._paint_act(painter, act, row, option)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        box, state = QRectF(option.rect), option.state
        ground = "accentTint" if state & _SELECTED else "sunken" if state & _OVER else "surface"
        painter.fillRect(box, theme.colour(ground))
        if index.row() + 1 < index.model().rowCount():
            painter.fillRect(QRectF(box.left(), box.bottom() - px(1), box.width(), px(1)), theme.colour("line"))
        if state & _FOCUSED and focus.keyboard_used():
            focus.paint_ring(painter, box.adjusted(px(2), px(2), -px(2), -px(2)), 6)

    def _paint_disc(self, painter: QPainter, box: QRectF, row: Row, left: float) -> float:
        disc = QRectF(left + px(2), box.center().y() - px(20), px(40), px(40))
        paint_disc(painter, disc, row.disc, row.tone)
        if row.icon:
            side = px(18)
            middle = QRectF(disc.center().x() - side / 2, disc.center().y() - side / 2, side, side)
            icons.paint(painter, row.icon, middle, theme.colour(ink(row.tone or "text2")))
        return disc.right() + px(14)

    def words_room(self, box: QRectF, row: Row, count: int) -> float:
        """How wide the words of a row are in a list of so many, between what stands before and behind them."""
        before = px(72) if row.icon or row.disc else px(16) + (_lead_wide(row, count) if row.lead else 0)
        behind = px(28) if self.chevron and not row.act else 0
        right = (self.act_box(box, row).left() if row.act else box.right()) - px(16)
        return right - behind - self._status_wide(box, row) - before - box.left() - px(12)

    def _status_wide(self, box: QRectF, row: Row) -> float:
        if self.status_width:
            return min(px(self.status_width), box.width() / 2) if row.status else px(self.status_width)
        wide = theme.advance("label", row.status) + (px(26) if row.status_icon else 0) + 1
        return min(wide, box.width() / 2) if row.status else 0

    def _paint_status(self, painter: QPainter, box: QRectF, row: Row, right: float) -> float:
        wide = self._status_wide(box, row)
        if row.status:
            place = QRectF(right - wide, box.top(), wide, box.height())
            paint_status(painter, place, row.status, row.status_tone, row.status_icon)
        return right - wide

    def _paint_words(self, painter: QPainter, box: QRectF, row: Row) -> None:
        face = name_face(row.title, box.width()) if self.names else "strong"
        if not face:
            paint_name(painter, row.title, box)
            return
        upper = theme.metrics(face).height()
        lower = theme.metrics("hint").height() if row.hint else 0
        top = box.center().y() - (upper + lower) / 2
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.face(face))
        painter.drawText(QRectF(box.left(), top, box.width(), upper), _LEFT, elided(row.title, face, box.width()))
        if row.hint:
            painter.setPen(theme.colour("text3"))
            painter.setFont(theme.face("hint"))
            under = QRectF(box.left(), top + upper, box.width(), lower)
            painter.drawText(under, _LEFT, elided(row.hint, "hint", box.width()))

    def _paint_act(self, painter: QPainter, box: QRectF, row: Row, option: QStyleOptionViewItem) -> None:
        over = self._pressed == row.id and bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setBrush(theme.colour("hover" if over else "surface"))
        painter.setPen(theme.colour("field"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6))
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.face("label"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, row.act)

    def editorEvent(
        self, event: QEvent, model: QAbstractListModel, option: QStyleOptionViewItem, index: QModelIndex
    ) -> bool:
        """A click on the button of a row is its act."""
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            row = index.data(ROW)
            inside = bool(row.act) and self.act_box(QRectF(option.rect), row).contains(event.position())
            if event.type() == QEvent.Type.MouseButtonPress:
                self._pressed = row.id if inside else ""
            elif event.type() == QEvent.Type.MouseButtonRelease:
                hit = inside and self._pressed == row.id
                self._pressed = ""
                if hit:
                    self.acted.emit(row.id)
                    return True
        return super().editorEvent(event, model, option, index)


def _lead_wide(row: Row, count: int) -> float:
    """As wide as the last number of a list of so many: the words stand below each other."""
    return max(px(28), theme.advance("bold", "0" * max(len(str(count)), len(row.lead))) + px(10))


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class GroundList(QListView):
    """A list that fills its ground itself: nothing that lies behind it is painted with it, and its pixels can move.

    Without `ground` what lies behind it is seen.
    """

    def __init__(self, parent: QWidget | None = None, *, ground: str = "surface") -> None:
        super().__init__(parent)
        self._ground = ground
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, bool(ground))

    def paint_ground(self, event: QPaintEvent) -> None:
        """Fill what is to be painted."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.colour(self._ground))
        painter.end()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, then the rows."""
        if self._ground:
            self.paint_ground(event)
        super().paintEvent(event)


class RowList(GroundList):
    """A list of Row: arrows move, Enter opens, Space or a click on the button acts."""

    # Whether the rows are people: a name is never cut, it takes smaller type and then a second line.
    people = False
    opened = Signal(str)
    acted = Signal(str)
    picked = Signal(str)

    def __init__(
        self, parent: QWidget | None = None, *, status_width: int = 0, height: int = 60, chevron: bool = False,
        name: str = "", ground: str = "surface",
    ) -> None:  # fmt: skip
        super().__init__(parent, ground=ground)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.rows = RowModel(self)
        self.setModel(self.rows)
        self.delegate = RowDelegate(self, status_width=status_width, height=height, chevron=chevron)
        self.delegate.names = self.people
        self.setItemDelegate(self.delegate)
        self.delegate.acted.connect(self.acted)
        self.clicked.connect(lambda index: self.picked.emit(self.id_at(index)))
        self.doubleClicked.connect(lambda index: self.opened.emit(self.id_at(index)))
        theme.changes.changed.connect(self.scheduleDelayedItemsLayout)

    def fill(self, rows: Sequence[Row]) -> None:
        """Show these rows and keep the current one where it still exists."""
        was, kept, area = self.rows.rows, self.current_id(), self.viewport()
        if list(rows) == was:
            return
        self.executeDelayedItemsLayout()  # what waits for another reason is painted whole
        place, chosen = (area.size(), self.verticalOffset()), self.currentIndex().row()
        # Laid out now, and not when the loop comes round; then only those rows are painted that are other than before.
        area.setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled)
        self.rows.fill(rows)
        self.executeDelayedItemsLayout()
        area.setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled, False)
        self.choose(kept)
        # The list no longer knows over which row the mouse is, so that this one is painted as well.
        if not self.uniformItemSizes() or area.underMouse() or place != (area.size(), self.verticalOffset()):
            area.update()
            return
        last = (len(was) - 1, len(self.rows.rows) - 1)  # there is no line below the last one
        for at, (old, new) in enumerate(zip_longest(was, self.rows.rows)):
            if old != new or at == chosen or (last[0] != last[1] and at in last):
                high = self.delegate.exact or self.row_height()
                area.update(0, at * high - self.verticalOffset(), area.width(), high)

    def id_at(self, index: QModelIndex) -> str:
        """The id of the row at `index`."""
        row = index.data(ROW)
        return str(row.id) if row is not None else ""

    def current_id(self) -> str:
        """The id of the current row, or nothing."""
        return self.id_at(self.currentIndex())

    def choose(self, wanted: str) -> None:
        """Make a row the current one; nothing happens where it is not there."""
        for at, row in enumerate(self.rows.rows):
            if wanted and row.id == wanted:
                self.setCurrentIndex(self.rows.index(at, 0))

    def row_height(self) -> int:
        """The height of one row."""
        return max(self.delegate.usual(), self.delegate.tall)

    def whole_height(self) -> int:
        """The height that shows every row."""
        return self.row_height() * max(len(self.rows.rows), 1)

    def fit(self) -> None:
        """Take exactly the height of its rows, where the page scrolls and not the list."""
        self.setFixedHeight(self.whole_height())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Tell where the keyboard went."""
        super().currentChanged(current, previous)
        if self.hasFocus():
            self.picked.emit(self.id_at(current))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space acts."""
        current = self.current_id()
        if current and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(current)
        elif current and event.key() == Qt.Key.Key_Space:
            self.acted.emit(current)
        else:
            super().keyPressEvent(event)
