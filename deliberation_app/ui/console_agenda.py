"""The agenda beside the meeting: what is done, what is current with its time, what to settle before closing."""

from __future__ import annotations

import uuid
from datetime import datetime

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from deliberation_app.language import _, ngettext_
from deliberation_app.services import floor
from deliberation_app.services.board import Board
from deliberation_app.services.board_picture import EntryLine
from deliberation_app.services.board_unfinished import forecast
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.console_text import Wrapped, wrapped
from deliberation_app.ui.console_unfinished import summary as unfinished_summary
from deliberation_app.ui.kit import focus, icons, theme
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.labels import Label, paint_status
from deliberation_app.ui.kit.lists import ROW, RowModel
from deliberation_app.ui.kit.panels import column, line, row
from deliberation_app.ui.kit.theme import px

# So many kinds of what is left stand in the column; the rest is in the list.
_MOST = 3
_ICONS = {"done": ("done", "ok"), "current": ("live", "accentText"), "to_come": ("ring", "text3")}


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
        return " · ".join(part for part in (planned, used) if part)

    def spoken(self) -> str:
        """What a screen reader says."""
        state = {"done": _("done"), "current": _("current"), "to_come": _("to come")}[self.entry.state]
        return f"{self.entry.title}, {state}, {self.hint()}"

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
        """The entry."""
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
        name, tone = _ICONS[row.entry.state]
        top = box.top() + px(8)
        icons.paint(painter, name, QRectF(box.left() + px(13), top + px(2), px(18), px(18)), theme.colour(tone))
        title = self._title(row)
        painter.setPen(theme.colour("text2" if row.entry.state == "done" else "text"))
        title.draw(painter, box.left() + px(43), top)
        painter.setPen(theme.colour("bad" if current and row.over else "text3"))
        painter.setFont(theme.font("hint"))
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
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
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


class SettleLine(Button):
    """Something to settle, icon and words from the left; pressed it leads there."""

    def __init__(self, said: str, tone: str, icon: str) -> None:
        super().__init__(said, "quiet", icon=icon, small=True, tone=tone)
        self._said_tone = tone
        self.kind_left = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def tell(self, kind: str, said: str, tone: str, icon: str) -> None:
        """Say something else; a line that leads nowhere cannot be pressed."""
        self.kind_left, self._said_tone = kind, tone
        self.set_icon_name(icon)
        self.setText(said)
        self.setEnabled(bool(kind))
        self.update()

    def sizeHint(self) -> QSize:
        """As high as a small button: the smallest thing that a finger finds."""
        return QSize(super().sizeHint().width(), px(32))

    def minimumSizeHint(self) -> QSize:
        """The words give way."""
        return QSize(px(80), px(32))

    def paint_content(self, painter: QPainter, box: QRectF) -> None:
        """Icon and words as in a state."""
        inside = box.adjusted(px(10), 0, 0, 0)
        paint_status(painter, inside, self.text(), self._said_tone, self.property("icon_name"))


class AgendaSide(QWidget):
    """Entries with their time, what must be settled before closing, recess and close."""

    led = Signal(object)
    closing = Signal()

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        self.chair = chair
        box = column(self, margins=(0, 16, 0, 12), spacing=0)
        head = row(margins=(24, 0, 24, 0))
        head.addWidget(Label(_("Agenda"), "h3"))
        head.addStretch()
        self._total = Label("", "hint")
        head.addWidget(self._total)
        box.addLayout(head)
        self._end = Label("", "hint", wrap=True)
        self._end.setContentsMargins(px(24), 0, px(16), px(6))
        box.addWidget(self._end)
        self.list = EntryList()
        self.list.opened.connect(self._go_to)
        box.addWidget(self.list, 1)
        rule = row(margins=(12, 0, 12, 0))
        rule.addWidget(line())
        box.addLayout(rule)
        self._settle = column(margins=(14, 4, 8, 0), spacing=0)
        box.addLayout(self._settle)
        self._all, self._left = self._make_all(), list[SettleLine]()
        self._settle.addWidget(self._all)
        acts = row(margins=(8, 0, 6, 0), spacing=0)
        self.recess = Button(_("Recess"), "quiet", cap="Ctrl+R", small=True)
        self.recess.clicked.connect(lambda: chair.wanted.emit("recess"))
        self.close_button = Button(_("Close meeting"), "quiet", small=True)
        self.close_button.clicked.connect(self.closing.emit)
        acts.addWidget(self.recess)
        acts.addWidget(self.close_button)
        acts.addStretch()
        box.addLayout(acts)
        self._told: tuple[object, ...] = ()
        chair.changed.connect(self.show_board)

    def show_board(self, board: Board) -> None:
        """Entries and what is to settle, each only where it is other than before."""
        self.tick(board.now)
        # Who waits to speak stands in the queue already.
        todo = [one for one in unfinished_summary(board) if one[0] != "queue"] + self._to_vote(board)
        state = (tuple(todo), board.state, board.kind.gong_and_drum)
        if state == self._told:
            return
        self._told = state
        live = board.state == "open"
        if live and board.kind.gong_and_drum and not any(one[0] == "question" for one in todo):
            todo.insert(0, ("", _("Every question is answered"), "ok", "done"))
        self._show_left(todo[:_MOST] if live else [])
        for part in (self._all, self.recess, self.close_button):
            part.setVisible(live)

    def _show_left(self, todo: list[tuple[str, str, str, str]]) -> None:
        """A line for each kind of what is left; pressed it leads to the first of it."""
        while len(self._left) < len(todo):
            made = SettleLine("", "", "")
            # What is settled leaves its place empty: the agenda above does not move with every vote.
            kept = made.sizePolicy()
            kept.setRetainSizeWhenHidden(True)
            made.setSizePolicy(kept)
            made.clicked.connect(lambda _checked=False, line=made: self._lead(line.kind_left))
            self._left.append(made)
            self._settle.addWidget(made)
        for made, (kind, said, tone, icon) in zip(self._left, todo, strict=False):
            made.tell(kind, said, tone, icon)
        for at, made in enumerate(self._left):
            made.setVisible(at < len(todo))

    def _make_all(self) -> SettleLine:
        made = SettleLine(_("Settle before closing"), "text2", "")
        made.setAccessibleName(_("Settle before closing: all of it"))
        made.setToolTip(_("All of it: Ctrl+Shift+R"))
        made.clicked.connect(lambda: self.chair.wanted.emit("unfinished_list"))
        return made

    def _lead(self, kind: str) -> None:
        board = self.chair.board
        if board is None:
            return
        first = next((one for one in board.unfinished if one.what == kind), None)
        if first is not None:
            self.led.emit(first)
        elif board.to_vote:
            self.chair.wanted.emit("vote")

    def tick(self, now: datetime) -> None:
        """Count the minutes."""
        board = self.chair.board
        if board is None:
            return
        end = board.meeting.closed_at or now
        rows = [EntryRow(entry, words.minutes(entry.used_seconds(end))) for entry in board.entries]
        self._tell_end(board, now)
        if rows == self.list.rows.rows:
            return
        kept = self.list.currentIndex().row()
        self.list.rows.fill(rows)
        if 0 <= kept < len(rows):
            self.list.setCurrentIndex(self.list.rows.index(kept, 0))
        used, planned = sum(one.used for one in rows), sum(one.entry.minutes or 0 for one in rows)
        self._total.setText(_("{used} / {planned} min").format(used=used, planned=planned))
        at = next((place for place, one in enumerate(rows) if one.entry.state == "current"), -1)
        if at >= 0:
            self.list.scrollTo(self.list.rows.index(at, 0))

    def _tell_end(self, board: Board, now: datetime) -> None:
        """When the meeting ends at this pace, and how much later than planned."""
        found = forecast(board, now)
        said, tone = "", "text2"
        if found is not None:
            hour = words.hour(found.end)
            if found.late is None or abs(found.late) < 3:
                said = _("over at {hour}, as planned").format(hour=hour)
            elif found.late > 0:
                said = _("over at {hour}, {minutes} min late").format(hour=hour, minutes=found.late)
                tone = "warn"
            else:
                said = _("over at {hour}, {minutes} min early").format(hour=hour, minutes=-found.late)
        if said != self._end.text():
            self._end.setText(said)
            self._end.setToolTip(_("At the pace of now, measured by the minutes planned for what is left"))
            theme.restyle(self._end, tone=tone)
            self._end.setVisible(bool(said))

    @staticmethod
    def _to_vote(board: Board) -> list[tuple[str, str, str, str]]:
        """The options of this item that wait for their vote."""
        count = len(board.to_vote)
        if not count or not board.kind.default_rule or any(one.what == "ballot" for one in board.unfinished):
            return []
        said = ngettext_("{count} vote to take", "{count} votes to take", count).format(count=count)
        return [("option", said, "text2", "to_do")]

    def _go_to(self, key: str) -> None:
        board = self.chair.board
        entry = next((one for one in board.entries if str(one.id) == key), None) if board else None
        if entry is not None and entry.state != "current":
            said = _("On to: {title}").format(title=entry.title)
            self.chair.do(self, said, floor.go_to_entry, self.chair.meeting_id, uuid.UUID(key))
