"""The agenda beside the meeting: what is done, what is current with its time, what to settle before closing."""

from __future__ import annotations

import uuid
from datetime import datetime

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from deliberation_app.language import _, ngettext_
from deliberation_app.services import floor, meetings
from deliberation_app.services.board import Board
from deliberation_app.services.board_picture import EntryLine
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.console_text import Wrapped
from deliberation_app.ui.kit import focus, icons, theme
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.labels import Label, StatusWords
from deliberation_app.ui.kit.lists import ROW, RowModel
from deliberation_app.ui.kit.panels import column, empty, line, row
from deliberation_app.ui.kit.theme import px

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
        return Wrapped(row.entry.title, theme.font(kind), self._room())

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
        if current or option.state & QStyle.StateFlag.State_Selected:
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
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.opened.emit(index.data(ROW).id)
        else:
            super().keyPressEvent(event)


class AgendaSide(QWidget):
    """Entries with their time, what must be settled before closing, recess and close."""

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        self.chair = chair
        box = column(self, margins=(0, 16, 0, 12), spacing=0)
        head = row(margins=(24, 0, 24, 8))
        head.addWidget(Label(_("Agenda"), "h3"))
        head.addStretch()
        self._total = Label("", "hint")
        head.addWidget(self._total)
        box.addLayout(head)
        self.list = EntryList()
        self.list.opened.connect(self._go_to)
        box.addWidget(self.list, 1)
        rule = row(margins=(12, 0, 12, 0))
        rule.addWidget(line())
        box.addLayout(rule)
        self._settle = column(margins=(24, 10, 12, 8), spacing=0)
        box.addLayout(self._settle)
        acts = row(margins=(8, 0, 6, 0), spacing=0)
        self.recess = Button(_("Recess"), "quiet", cap="Ctrl+R", small=True)
        self.recess.clicked.connect(self.take_recess)
        self.close_button = Button(_("Close meeting"), "quiet", small=True)
        self.close_button.clicked.connect(self.close_meeting)
        acts.addWidget(self.recess)
        acts.addWidget(self.close_button)
        acts.addStretch()
        box.addLayout(acts)
        self._told: tuple[object, ...] = ()
        chair.changed.connect(self.show_board)

    def show_board(self, board: Board) -> None:
        """Entries and what is to settle, each only where it is other than before."""
        self.tick(board.now)
        todo = self._to_settle(board)
        if (todo, board.state) == self._told:
            return
        self._told = (todo, board.state)
        empty(self._settle)
        if board.state == "open":
            self._settle.addWidget(Label(_("Settle before closing"), "label"))
            for said, tone, icon in todo:
                self._settle.addWidget(StatusWords(said, tone, icon))
        self.recess.setVisible(board.state == "open")
        self.close_button.setVisible(board.state == "open")

    def tick(self, now: datetime) -> None:
        """Count the minutes."""
        board = self.chair.board
        if board is None:
            return
        end = board.meeting.closed_at or now
        rows = [EntryRow(entry, words.minutes(entry.used_seconds(end))) for entry in board.entries]
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

    @staticmethod
    def _to_settle(board: Board) -> tuple[tuple[str, str, str], ...]:
        said: list[tuple[str, str, str]] = []
        if board.kind.gong_and_drum:
            if board.unanswered:
                words_ = ngettext_("{count} question unanswered", "{count} questions unanswered", board.unanswered)
                said.append((words_.format(count=board.unanswered), "bad", "late"))
            else:
                said.append((_("Every question is answered"), "ok", "done"))
        if board.to_vote and board.kind.default_rule:
            count = len(board.to_vote)
            said.append((ngettext_("{count} vote to take", "{count} votes to take", count).format(count=count),
                         "text2", "to_do"))  # fmt: skip
        to_come = sum(1 for entry in board.entries if entry.state == "to_come")
        if to_come:
            said.append((ngettext_("{count} item to come", "{count} items to come", to_come).format(count=to_come),
                         "text2", "to_do"))  # fmt: skip
        return tuple(said)

    def _go_to(self, key: str) -> None:
        board = self.chair.board
        entry = next((one for one in board.entries if str(one.id) == key), None) if board else None
        if entry is not None and entry.state != "current":
            said = _("On to: {title}").format(title=entry.title)
            self.chair.do(self, said, floor.go_to_entry, self.chair.meeting_id, uuid.UUID(key))

    def take_recess(self) -> None:
        """Adjourn; it can be taken back or resumed on another day."""
        self.chair.do(self, _("The meeting is in recess"), meetings.recess, self.chair.meeting_id)

    def close_meeting(self) -> None:
        """Close now, whatever is still on the agenda."""
        self.chair.do(self, _("The meeting is closed"), meetings.close, self.chair.meeting_id)
