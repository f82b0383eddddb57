"""The entries of the agenda as a list: what is done, what is current with its time, what is to come."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QPainter, QResizeEvent
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
# A longer title ends in …: the card of the item shows it whole.
_LINES = 6


def state_of(entry: EntryLine) -> str:
    """How an entry stands: done, left_open, current, to_come."""
    return "left_open" if entry.left_open else entry.state


class EntryRow:
    """An entry with its place, and the minutes it has taken so far."""

    def __init__(self, entry: EntryLine, used: int, place: int = 0) -> None:
        self.entry = entry
        self.place = place
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
        if self.entry.left_open:
            return " · ".join((used, _("left open")))
        return " · ".join(part for part in (planned, used) if part)

    def spoken(self) -> str:
        """What a screen reader says."""
        state = {"done": _("done"), "left_open": "", "current": _("current"), "to_come": _("to come")}
        said = (f"{self.place} {self.entry.title}", state[state_of(self.entry)], self.hint())
        return ", ".join(part for part in said if part)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EntryRow) and vars(self) == vars(other)

    __hash__ = None


class EntryDelegate(QStyledItemDelegate):
    """Paints an entry: icon, wrapped title, minutes; the current one as a card with its bar."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def _left(self) -> float:
        """Where the titles begin, behind the longest number."""
        return _behind(len(str(self._view.count)), theme.look().scale)

    def _room(self) -> float:
        return self._view.viewport().width() - px(12) - self._left() - px(24)

    def _title(self, row: EntryRow) -> Wrapped:
        kind = "bold" if row.entry.state == "current" else "body"
        return _in_lines(row.entry.title, kind, theme.look().scale, self._room())

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
        told = self._view.hasFocus() or self._view.seeking
        if current or (option.state & QStyle.StateFlag.State_Selected and told):
            painter.setPen(theme.colour("line"))
            painter.setBrush(theme.colour("surface" if current else "hover"))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), px(8), px(8))
        name, tone = ICONS[state_of(row.entry)]
        top = box.top() + px(8)
        icons.paint(painter, name, QRectF(box.left() + px(13), top + px(2), px(18), px(18)), theme.colour(tone))
        title, left = self._title(row), box.left() + self._left()
        painter.setPen(theme.colour("text3"))
        painter.setFont(theme.face("bold" if current else "body"))
        number = QRectF(box.left() + px(37), top, left - box.left() - px(43), theme.metrics("body").height())
        painter.drawText(number, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(row.place))
        painter.setPen(theme.colour("text2" if row.entry.state == "done" else "text"))
        title.draw(painter, left, top)
        painter.setPen(theme.colour("bad" if current and row.over else "warn" if row.entry.left_open else "text3"))
        painter.setFont(theme.face("hint"))
        room = self._room()
        wide = theme.metrics("hint").horizontalAdvance(row.hint())
        # Behind a long number the minutes may not find room, but below it.
        start = max(left - max(wide - room, 0), box.left() + px(37))
        under = QRectF(start, top + title.height, room + left - start, theme.metrics("hint").height())
        painter.drawText(under, Qt.AlignmentFlag.AlignVCenter, row.hint())
        if current:
            self._paint_bar(painter, QRectF(left, under.bottom() + px(6), room, px(6)), row)
        seeking = self._view.seeking and option.state & QStyle.StateFlag.State_Selected
        if (seeking or option.state & QStyle.StateFlag.State_HasFocus) and focus.keyboard_used():
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


@lru_cache(64)
def _behind(digits: int, _scale: int) -> float:
    return px(37) + theme.metrics("bold").horizontalAdvance("0" * digits) + px(6)


@lru_cache(1024)
def _in_lines(text: str, kind: str, _scale: int, width: float) -> Wrapped:
    """A title in as many lines as an entry may have."""
    most = _LINES * theme.metrics(kind).height() + 1
    laid = wrapped(text, kind, width)
    if laid.height <= most:
        return laid
    fits, too_long = 0, len(text)
    while too_long - fits > 1:
        half = (fits + too_long) // 2
        fits, too_long = (half, too_long) if wrapped(text[:half] + "…", kind, width).height <= most else (fits, half)
    return wrapped(text[:fits].rstrip() + "…", kind, width)


class EntryList(QListView):
    """The entries; Enter goes to the one chosen, and what is typed seeks one."""

    opened = Signal(str)
    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("ground", "none")
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Agenda"))
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.count, self.seeking = 1, False
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
        QTimer.singleShot(0, self, self.keep_in_sight)

    def show_rows(self, rows: Sequence[EntryRow], count: int) -> None:
        """Show these of so many entries; who is on his way in the list stays where he was."""
        index = self.currentIndex()
        kept = index.data(ROW).id if index.isValid() else ""
        self.count = max(count, 1)
        self.rows.fill(rows)
        self._choose(next((at for at, row in enumerate(rows) if row.id == kept), -1))
        self.keep_in_sight()

    def _choose(self, at: int) -> None:
        if at >= 0:
            self.setCurrentIndex(self.rows.index(at, 0))

    def _of_now(self) -> int:
        return next((at for at, row in enumerate(self.rows.rows) if row.entry.state == "current"), -1)

    def go_to_current(self) -> None:
        """Choose the entry that is dealt with."""
        self._choose(self._of_now())
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.keep_in_sight()

    def keep_in_sight(self) -> None:
        """The entry that is dealt with is seen whole, or the chosen one while the keys move here."""
        chosen = self.currentIndex()
        looking = chosen.isValid() and (self.hasFocus() or self.seeking)
        at = chosen if looking else self.rows.index(self._of_now(), 0)
        if not at.isValid():
            return
        after = self.rows.index(at.row() + 1, 0)
        if after.isValid() and not looking:
            self.scrollTo(after)  # what comes next is worth more than what is done
        self.scrollTo(at)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever has looked around in the agenda leaves it at the entry that is dealt with."""
        super().focusOutEvent(event)
        self.keep_in_sight()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Words that come whole from an input method seek an entry too."""
        if event.commitString():
            self.typed.emit(event.commitString())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, signs seek."""
        index, text = self.currentIndex(), event.text()
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.opened.emit(index.data(ROW).id)
        elif text.isprintable() and text.strip() and not held:
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)
