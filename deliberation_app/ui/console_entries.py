"""The entries of the agenda as a list: what is done, what is current with its time, what is to come."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from deliberation_app.language import _
from deliberation_app.services.board_picture import EntryLine
from deliberation_app.ui.console_text import Wrapped, wrapped
from deliberation_app.ui.kit import focus, icons, theme
from deliberation_app.ui.kit.lists import ROW, RowModel
from deliberation_app.ui.kit.theme import px

# How an entry stands, with icon and tone.
ICONS = {"done": ("done", "ok"), "current": ("live", "accentText"), "to_come": ("ring", "text3"),
         "left_open": ("under_way", "warn")}  # fmt: skip


def state_of(entry: EntryLine) -> str:
    """How an entry stands: done, left_open, current, to_come."""
    return "left_open" if entry.left_open else entry.state


class EntryRow:
    """An entry with the minutes it has taken so far."""

    def __init__(self, entry: EntryLine, used: int) -> None:
        self.entry = entry
        self.id = str(entry.id)
        self.used = used

    @property
    def over(self) -> int:
        """Minutes over the budget, 0 while within."""
        return max(self.used - (self.entry.minutes or 0), 0) if self.entry.minutes else 0

    def hint(self) -> str:
        """Planned and used."""
        planned = _("plan {minutes} min").format(minutes=self.entry.minutes) if self.entry.minutes else ""
        used = ""
        if self.over and self.entry.state == "current":
            used = _("{minutes} over").format(minutes=self.over)
        elif self.entry.state != "to_come":
            used = _("took {minutes}").format(minutes=self.used)
        left = _("left open") if self.entry.left_open else ""
        return " · ".join(part for part in (planned, used, left) if part)

    def spoken(self) -> str:
        """What a screen reader says."""
        state = {"done": _("done"), "left_open": "", "current": _("current"), "to_come": _("to come")}
        return ", ".join(part for part in (self.entry.title, state[state_of(self.entry)], self.hint()) if part)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EntryRow) and (self.entry, self.used) == (other.entry, other.used)

    __hash__ = None


class EntryDelegate(QStyledItemDelegate):
    """Paints an entry: icon, wrapped title, minutes; the current one as a card with its bar."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def _room(self) -> float:
        return self._view.viewport().width() - px(12) - px(43) - px(24)

    def _title(self, row: EntryRow) -> Wrapped:
        kind = "bold" if row.entry.state == "current" else "body"
        return wrapped(row.entry.title, kind, self._room())

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Title, hint, and a bar for the current one."""
        row: EntryRow = index.data(ROW)
        extra = px(22) if row.entry.state == "current" else px(0)
        high = self._title(row).height + (theme.metrics("hint").height() if row.hint() else 0) + px(18) + extra
        return QSize(px(160), int(high))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """The entry; none that is not whole at the end, as none is at the beginning."""
        if option.rect.bottom() >= self._view.viewport().height() and option.rect.top() > 0:
            return
        row: EntryRow = index.data(ROW)
        box = QRectF(option.rect).adjusted(px(12), px(2), -px(12), -px(2))
        current = row.entry.state == "current"
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # A row is only told apart while the keys move in the list.
        if current or (option.state & QStyle.StateFlag.State_Selected and self._view.hasFocus()):
            painter.setPen(theme.colour("line"))
            painter.setBrush(theme.colour("surface" if current else "hover"))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), px(8), px(8))
        name, tone = ICONS[state_of(row.entry)]
        top = box.top() + px(8)
        icons.paint(painter, name, QRectF(box.left() + px(13), top + px(2), px(18), px(18)), theme.colour(tone))
        title = self._title(row)
        painter.setPen(theme.colour("text2" if row.entry.state == "done" else "text"))
        title.draw(painter, box.left() + px(43), top)
        painter.setPen(theme.colour("bad" if current and row.over else "text3"))
        painter.setFont(theme.face("hint"))
        under = QRectF(box.left() + px(43), top + title.height, self._room(), theme.metrics("hint").height())
        painter.drawText(under, Qt.AlignmentFlag.AlignVCenter, row.hint())
        if current:
            self._paint_bar(painter, QRectF(under.left(), under.bottom() + px(6), self._room(), px(6)), row)
        if option.state & QStyle.StateFlag.State_HasFocus and focus.keyboard_used():
            focus.paint_ring(painter, box, 8)
        painter.restore()

    def _paint_bar(self, painter: QPainter, box: QRectF, row: EntryRow) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("track"))
        painter.drawRoundedRect(box, px(3), px(3))
        part = min(row.used / row.entry.minutes, 1) if row.entry.minutes else 0
        if part:
            painter.setBrush(theme.colour("badFill" if row.over else "accentFill"))
            painter.drawRoundedRect(QRectF(box.left(), box.top(), box.width() * part, box.height()), px(3), px(3))


class EntryList(QListView):
    """The entries; Enter goes to the one chosen."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("ground", "none")
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Agenda"))
        self.rows = RowModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(EntryDelegate(self))
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(ROW).id))
        theme.changes.changed.connect(self.scheduleDelayedItemsLayout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Titles wrap anew in another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.opened.emit(index.data(ROW).id)
        else:
            super().keyPressEvent(event)
