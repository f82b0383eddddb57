"""Tables and trees: a model that reads pages by keyset from a callable, and delegates in the tokens of the look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from deliberation_app.ui.kit import icons, theme
from deliberation_app.ui.kit.marks import ink
from deliberation_app.ui.kit.one_line import elided, plain_tip
from deliberation_app.ui.kit.theme import px

CELL = Qt.ItemDataRole.UserRole + 1
COUNT = Qt.ItemDataRole.UserRole + 2
KEY = Qt.ItemDataRole.UserRole + 3
PAGE = 50
_LEAST = 150
_NO_PARENT = QModelIndex()
# A page of rows after a key: read(None, 50) is the first one; the answer is (rows, key of the last or None at the end).
Read = Callable[[object, int], tuple[Sequence[object], object]]


@dataclass(frozen=True)
class Cell:
    """What stands in one cell: words, and perhaps icon, tone, weight."""

    text: str = ""
    icon: str = ""
    tone: str = "text2"
    strong: bool = False
    right: bool = False


@dataclass(frozen=True)
class Column:
    """A column: its heading, how a row shows in it, its width (0 stretches), and the name by which SQL sorts it.

    One that is `spare` is left out where the table is too narrow for all: what it says stands in the pane beside too.
    """

    heading: str
    cell: Callable[[object], Cell | str]
    width: int = 120
    sort: str = ""
    spare: bool = False


class PagedModel(QAbstractTableModel):
    """Reads a page when the view comes to its end; what it costs follows what is shown, not what is stored."""

    def __init__(self, columns: Sequence[Column], key: Callable[[object], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self.rows: list[object] = []
        self._key = key
        self._read: Read = lambda _after, _limit: ((), None)
        self._after: object = None
        self._more = False

    def read_from(self, read: Read) -> None:
        """Read from this from the beginning: another filter or order is another callable."""
        self.beginResetModel()
        self._read = read
        rows, self._after = read(None, PAGE)
        self.rows = list(rows)
        self._more = self._after is not None
        self.endResetModel()

    def read_again(self) -> None:
        """Read as many rows as were shown, after a change."""
        self.beginResetModel()
        rows, self._after = self._read(None, max(len(self.rows), PAGE))
        self.rows = list(rows)
        self._more = self._after is not None
        self.endResetModel()

    def canFetchMore(self, _parent: QModelIndex | QPersistentModelIndex) -> bool:
        """Whether another page exists."""
        return self._more

    def fetchMore(self, _parent: QModelIndex | QPersistentModelIndex) -> None:
        """Read the next page."""
        rows, after = self._read(self._after, PAGE)
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows.extend(rows)
            self.endInsertRows()
        self._after = after
        self._more = after is not None

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """Rows read so far."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(self.columns)

    def key_at(self, row: int) -> str:
        """The id of a row."""
        return self._key(self.rows[row]) if 0 <= row < len(self.rows) else ""

    def row_of(self, key: str) -> int:
        """Where the row with this id is among those read, or -1."""
        return next((at for at, row in enumerate(self.rows) if self._key(row) == key), -1)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The cell itself, its words, or the id of the row."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == KEY:
            return self._key(row)
        if role not in (CELL, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        cell = self.columns[index.column()].cell(row)
        made = cell if isinstance(cell, Cell) else Cell(cell)
        return made if role == CELL else made.text

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Headings at the left."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class CellDelegate(QStyledItemDelegate):
    """Paints a Cell on the ground of its row."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Ground, the red edge of the chosen row, icon, words."""
        box = QRectF(option.rect)
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, theme.colour("accentTint" if chosen else "surface"))
        painter.fillRect(QRectF(box.left(), box.bottom() - px(1) + 1, box.width(), px(1)), theme.colour("line"))
        if chosen and index.column() == 0:
            painter.fillRect(QRectF(box.left(), box.top(), px(4), box.height()), theme.colour("accentFill"))
        cell = index.data(CELL)
        if isinstance(cell, Cell):
            self._paint_cell(painter, box.adjusted(px(14), 0, -px(10), 0), cell, chosen)
        painter.restore()

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: QModelIndex
    ) -> bool:
        """The whole text where a cell is too narrow for it."""
        cell = index.data(CELL)
        if not isinstance(cell, Cell):
            return super().helpEvent(event, view, option, index)
        room = option.rect.width() - px(24) - (px(22) if cell.icon else 0)
        cut = theme.metrics("bold" if cell.strong else "body").horizontalAdvance(cell.text) > room
        # Words of people are never mark-up, not here either.
        QToolTip.showText(event.globalPos(), plain_tip(cell.text) if cut else "", view)
        return True

    def _paint_cell(self, painter: QPainter, box: QRectF, cell: Cell, chosen: bool) -> None:
        shade = theme.colour("text" if cell.strong else "text2" if chosen and cell.tone == "text3" else ink(cell.tone))
        if cell.icon:
            side = px(16)
            icons.paint(painter, cell.icon, QRectF(box.left(), box.center().y() - side / 2, side, side), shade)
            box.setLeft(box.left() + px(22))
        face = ("bold" if chosen else "strong") if cell.strong else "body"
        painter.setFont(theme.font(face))
        painter.setPen(shade)
        side_flag = Qt.AlignmentFlag.AlignRight if cell.right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | side_flag, elided(cell.text, face, box.width()))


class Table(QTableView):
    """A table: arrows move, Enter opens, a click on a heading sorts; the ring goes around the whole view."""

    opened = Signal(str)
    picked = Signal(str)
    sorted_by = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty("ring", "whole")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(CellDelegate(self))
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setFixedHeight(px(40))
        head.sectionClicked.connect(self._sort)
        head.sectionResized.connect(self._column_resized)
        self._order: tuple[str, bool] = ("", False)
        self._leaving_out = False
        self.clicked.connect(lambda index: self.picked.emit(str(index.data(KEY) or "")))
        self.doubleClicked.connect(lambda index: self.opened.emit(str(index.data(KEY) or "")))
        self.measure()
        theme.changes.rescaled.connect(self.measure)

    def measure(self) -> None:
        """Heights for the scale and density in force."""
        self.verticalHeader().setDefaultSectionSize(px(36 if theme.look().density == "compact" else 44))
        self.horizontalHeader().setFixedHeight(px(40))

    def show_model(self, model: PagedModel) -> None:
        """Show a model; columns of width 0 share what remains."""
        self.setModel(model)
        head = self.horizontalHeader()
        for at, column in enumerate(model.columns):
            mode = QHeaderView.ResizeMode.Interactive if column.width else QHeaderView.ResizeMode.Stretch
            head.setSectionResizeMode(at, mode)
            if column.width:
                self.setColumnWidth(at, px(column.width))
        self._give_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What stretches follows the room."""
        super().resizeEvent(event)
        self._give_room()

    def _column_resized(self, section: int) -> None:
        model = self.model()
        if isinstance(model, PagedModel) and section < len(model.columns) and model.columns[section].width:
            self._give_room()

    def _give_room(self) -> None:
        """A column that shares what remains keeps a width one can read in; where that is too much the table scrolls."""
        model, head = self.model(), self.horizontalHeader()
        if not isinstance(model, PagedModel) or self._leaving_out:
            return
        self._leave_out(model)
        shown = [at for at in range(len(model.columns)) if not self.isColumnHidden(at)]
        growing = [at for at in shown if not model.columns[at].width]
        room = self.viewport().width() - sum(self.columnWidth(at) for at in shown if at not in growing)
        tight = room < px(_LEAST) * len(growing)
        mode = QHeaderView.ResizeMode.Interactive if tight else QHeaderView.ResizeMode.Stretch
        for at in growing:
            head.setSectionResizeMode(at, mode)
            if tight:
                self.setColumnWidth(at, px(_LEAST))

    def _leave_out(self, model: PagedModel) -> None:
        """Spare columns, from the left, until the others have room."""
        spare = [at for at, column in enumerate(model.columns) if column.spare]
        if not spare:
            return
        self._leaving_out = True
        try:
            for at in spare:
                self.setColumnHidden(at, False)
            need = sum(self.columnWidth(at) if one.width else px(_LEAST) for at, one in enumerate(model.columns))
            for at in spare:
                if need > self.viewport().width():
                    need -= self.columnWidth(at)
                    self.setColumnHidden(at, True)
        finally:
            self._leaving_out = False

    def current_id(self) -> str:
        """The id of the current row, or nothing."""
        return str(self.currentIndex().data(KEY) or "")

    def choose(self, key: str) -> None:
        """Make a row the current one where it has been read."""
        model = self.model()
        at = model.row_of(key) if isinstance(model, PagedModel) else -1
        if at >= 0:
            self.setCurrentIndex(model.index(at, 0))

    def _sort(self, section: int) -> None:
        name = self.model().columns[section].sort
        if name:
            self._order = (name, not self._order[1] if self._order[0] == name else False)
            self.sorted_by.emit(*self._order)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Tell where the keyboard went."""
        super().currentChanged(current, previous)
        if self.hasFocus():
            self.picked.emit(str(current.data(KEY) or ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id():
            self.opened.emit(self.current_id())
        else:
            super().keyPressEvent(event)
