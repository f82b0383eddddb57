"""The matrix of duties and months: a duty spans its period, arrows go from cell to cell, all painted by a delegate."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QScrollArea,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from deliberation_app.language import _, render
from deliberation_app.services.duties import DutyCell, DutyRow, DutyYear
from deliberation_app.ui import duties_paint
from deliberation_app.ui.duties_words import month_head, often, spoken
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.theme import px

CELL = Qt.ItemDataRole.UserRole + 1
ROW = Qt.ItemDataRole.UserRole + 2
_HEAD, _ROW, _TIGHT_ROW, _STACKED_ROW, _COMPACT_ROW = 44, 60, 44, 54, 46
_FIRST, _FIRST_NARROW, _MONTH, _MONTH_LEAST = 272, 180, 58, 41
_NO_PARENT = QModelIndex()


class DutyModel(QAbstractTableModel):
    """Rows are duties, columns their name and the twelve months; a cell lies in the first month of its period."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.year: DutyYear | None = None

    def rows(self) -> tuple[DutyRow, ...]:
        """The duties shown."""
        return self.year.rows if self.year else ()

    def fill(self, year: DutyYear) -> None:
        """Show this year."""
        self.beginResetModel()
        self.year = year
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """Duties."""
        return 0 if parent.isValid() else len(self.rows())

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """The name and twelve months."""
        return 0 if parent.isValid() else 13

    def cell_at(self, row: int, month: int) -> DutyCell | None:
        """The cell over a month, if the duty asks for something then."""
        if not 0 <= row < len(self.rows()):
            return None
        cells = self.rows()[row].cells
        return next((cell for cell in cells if cell.month_from <= month <= cell.month_to), None)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row or the cell itself, or its words."""
        if not index.isValid() or self.year is None:
            return None
        row = self.rows()[index.row()]
        cell = self.cell_at(index.row(), index.column())
        if role in (ROW, CELL):
            return row if role == ROW else cell
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if index.column() == 0:
            return f"{render(row.name)} {often(row)}"
        return spoken(row, cell, self.year.today) if cell else ""

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Only cells can be chosen."""
        cell = index.column() > 0 and index.data(CELL) is not None
        return Qt.ItemFlag.ItemIsEnabled | (Qt.ItemFlag.ItemIsSelectable if cell else Qt.ItemFlag.NoItemFlags)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The months."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return month_head(section) if section else _("What must be held")

    def month_now(self) -> int:
        """The month that runs, or 0 in another year."""
        return self.year.today.month if self.year and self.year.today.year == self.year.year else 0


class MonthsHead(QHeaderView):
    """The months; the one that runs stands on the accent."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(px(24))

    def paintSection(self, painter: QPainter, box: QRect, section: int) -> None:
        """One month."""
        model = self.model()
        now = isinstance(model, DutyModel) and section > 0 and section == model.month_now()
        words = str(model.headerData(section, self.orientation()))
        duties_paint.paint_head(painter, box, words, first=section == 0, now=now)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The head of the names stays where the months scroll aside."""
        super().paintEvent(event)
        if self.offset():
            painter = QPainter(self.viewport())
            self.paintSection(painter, QRect(0, 0, self.sectionSize(0), self.height()), 0)


class DutyDelegate(QStyledItemDelegate):
    """Paints names and cells."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Ground, then name or cell."""
        view = option.widget
        if not isinstance(view, DutyTable):
            return
        last = index.row() == view.rows_model.rowCount() - 1
        duties_paint.paint_ground(painter, option.rect, lined=not last)
        row, cell = index.data(ROW), index.data(CELL)
        if index.column() == 0:
            duties_paint.paint_name(painter, option.rect, row)
        elif cell is not None:
            chosen = index == view.currentIndex()
            duties_paint.paint_cell(painter, option.rect, row, cell, chosen=chosen, focused=view.hasFocus())

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, _option: QStyleOptionViewItem, index: QModelIndex
    ) -> bool:
        """The whole sentence, as text."""
        QToolTip.showText(event.globalPos(), f"<span>{escape(str(index.data() or ''))}</span>", view)
        return True


class DutyTable(QTableView):
    """Arrows go between cells, PageUp and PageDown between years, Enter does the one act of the cell."""

    chosen = Signal()
    acted = Signal()
    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._month = 0
        self.rows_model = DutyModel(self)
        self.setHorizontalHeader(MonthsHead(self))
        self.setModel(self.rows_model)
        self.setItemDelegate(DutyDelegate(self))
        self.setAccessibleName(_("Required meetings"))
        self.setAccessibleDescription(_("Arrows move between cells, PageUp and PageDown between years."))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(px(24))
        self.horizontalHeader().setFixedHeight(px(_HEAD))
        theme.changes.changed.connect(self.viewport().update)
        for part in (self.viewport(), self.horizontalHeader().viewport()):
            self.horizontalScrollBar().valueChanged.connect(lambda _at, part=part: part.update())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The names stay where the months scroll aside."""
        super().paintEvent(event)
        if not self.horizontalScrollBar().value():
            return
        painter, wide = QPainter(self.viewport()), self.columnWidth(0)
        for number, row in enumerate(self.rows_model.rows()):
            box = QRect(0, self.rowViewportPosition(number), wide, self.rowHeight(number))
            duties_paint.paint_ground(painter, box, lined=number < self.rows_model.rowCount() - 1)
            duties_paint.paint_name(painter, box, row)
        painter.fillRect(QRect(wide - 1, 0, 1, self.viewport().height()), theme.colour("line"))

    # What is shown

    def fill(self, year: DutyYear) -> None:
        """Show a year; the cell chosen stays chosen where it is still there."""
        at = self.currentIndex()
        kept = (at.row(), at.column()) if at.isValid() else None
        self.rows_model.fill(year)
        self.clearSpans()
        for number, row in enumerate(year.rows):
            for cell in row.cells:
                if cell.month_to > cell.month_from:
                    self.setSpan(number, cell.month_from, 1, cell.month_to - cell.month_from + 1)
        self._lay_out()
        if kept is not None:
            self.choose(*kept)

    def row(self) -> DutyRow | None:
        """The duty chosen."""
        found = self.currentIndex().data(ROW)
        return found if isinstance(found, DutyRow) else None

    def cell(self) -> DutyCell | None:
        """The cell chosen."""
        found = self.currentIndex().data(CELL)
        return found if isinstance(found, DutyCell) else None

    def choose(self, row: int, month: int) -> bool:
        """Choose the cell over a month, or the one nearest to it."""
        index = self._nearest(row, month)
        if index.isValid():
            self._month = month
            self.setCurrentIndex(index)
        return index.isValid()

    def choose_cell(self, wanted: DutyCell) -> bool:
        """Choose the cell of a duty that has this period."""
        ids = [row.duty.id for row in self.rows_model.rows()]
        return wanted.duty_id in ids and self.choose(ids.index(wanted.duty_id), wanted.month_to)

    def _nearest(self, row: int, month: int) -> QModelIndex:
        if not 0 <= row < self.rows_model.rowCount() or not self.rows_model.rows()[row].cells:
            return QModelIndex()
        away = lambda cell: max(cell.month_from - month, month - cell.month_to, 0)  # noqa: E731 - for the line below
        cell = min(self.rows_model.rows()[row].cells, key=away)
        return self.rows_model.index(row, cell.month_from)

    # Keys and mouse

    def moveCursor(self, action: QAbstractItemView.CursorAction, _with: Qt.KeyboardModifier) -> QModelIndex:
        """The cell beside, above or below, in the column where one came from."""
        at, moves = self.currentIndex(), QAbstractItemView.CursorAction
        cell = self.cell()
        if cell is None:
            return self._nearest(0, self.rows_model.month_now() or 1)
        if action in (moves.MoveUp, moves.MoveDown):
            there = self._nearest(at.row() + (1 if action == moves.MoveDown else -1), self._month or cell.month_from)
            return there if there.isValid() else at
        to = {moves.MoveLeft: cell.month_from - 1, moves.MoveRight: cell.month_to + 1, moves.MoveHome: 1,
              moves.MoveEnd: 12}.get(action)  # fmt: skip
        if to is None:
            return at
        self._month = min(max(to, 1), 12)
        return self._nearest(at.row(), self._month)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter acts, pages are years."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.acted.emit()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turned.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the cell under the mouse, or the nearest one of its row."""
        at = event.position().toPoint()
        month = max(self.columnAt(max(at.x(), self.columnWidth(0) if self.horizontalScrollBar().value() else 0)), 1)
        self.choose(self.rowAt(at.y()), month)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The act of the cell under the mouse."""
        if self.indexAt(event.position().toPoint()).data(CELL) is not None:
            self.acted.emit()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Tell where one is now."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid():
            self._follow()
            self.chosen.emit()

    def _follow(self) -> None:
        """Bring the cell out from under the names; where the window is low the page scrolls, not the table."""
        aside, hidden = self.horizontalScrollBar(), self.visualRect(self.currentIndex()).left() - self.columnWidth(0)
        if hidden < 0 < aside.value():
            aside.setValue(aside.value() + hidden)
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None and self.hasFocus():
            at = self.viewport().mapTo(above.widget(), self.visualRect(self.currentIndex()).center())
            above.ensureVisible(at.x(), at.y(), px(_ROW), px(_ROW))

    # Measures

    def _least_heights(self, first: int) -> list[int]:
        """What each row needs for its name; in narrow months the icon of a cell stands above its words."""
        stacked = (self.viewport().width() - first) // 12 < px(62)
        least = px(_STACKED_ROW if stacked else _TIGHT_ROW)
        return [max(duties_paint.name_height(row, first) + px(6), least) for row in self.rows_model.rows()]

    def _first(self, room: int) -> int:
        return px(_FIRST if room >= px(_FIRST + 12 * _MONTH) else _FIRST_NARROW)

    def sizeHint(self) -> QSize:
        """Asks for the least: a page asks for what it would like, and would scroll where it could shrink."""
        return QSize(px(_FIRST + 12 * _MONTH), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """As low as both lines of each name need; where months get too narrow the table scrolls aside."""
        heights = self._least_heights(self._first(self.viewport().width()))
        bar = self.horizontalScrollBar().sizeHint().height() if self._too_wide() else 0
        return QSize(px(420), px(_HEAD) + sum(heights) + bar)

    def _too_wide(self) -> bool:
        return self.viewport().width() < px(_FIRST_NARROW + 12 * _MONTH_LEAST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Months share what the names leave."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        room, first = self.viewport().width(), self._first(self.viewport().width())
        head = self.horizontalHeader()
        head.resizeSection(0, first)
        rest = max(room - first, 12 * px(_MONTH_LEAST))
        for month in range(1, 13):
            head.resizeSection(month, rest * month // 12 - rest * (month - 1) // 12)
        least = self._least_heights(first)
        most = px(_COMPACT_ROW if theme.look().density == "compact" else _ROW)
        spare = max(self.viewport().height() - sum(least), 0) // max(len(least), 1)
        for row, need in enumerate(least):
            self.setRowHeight(row, max(need, min(need + spare, most)))
        bar = self.horizontalScrollBar().sizeHint().height() if self._too_wide() else 0
        self.setMaximumHeight(px(_HEAD) + sum(max(most, need) for need in least) + bar)
        self.updateGeometry()
