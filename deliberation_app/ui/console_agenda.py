"""The agenda beside the meeting: what is done, what is current with its time, what to settle before closing."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from deliberation_app.language import _, ngettext_
from deliberation_app.services import floor
from deliberation_app.services.board import Board
from deliberation_app.services.board_unfinished import forecast
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_agenda_find import EntryFinder
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.console_entries import EntryList, EntryRow
from deliberation_app.ui.console_unfinished import summary as unfinished_summary
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.marks import paint_status
from deliberation_app.ui.kit.panels import column, line, row
from deliberation_app.ui.kit.theme import px

# So many kinds of what is left stand in the column; the rest is in the list.
_MOST = 3


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
        self.finder = EntryFinder(self.list)
        self.finder.opened.connect(self._go_to)
        box.addWidget(self.finder)
        box.addWidget(self.list, 1)
        rule = row(margins=(12, 0, 12, 0))
        rule.addWidget(line())
        box.addLayout(rule)
        box.addLayout(self._make_settle())
        acts = row(margins=(14, 0, 6, 0), spacing=0)
        self.recess = Button(_("Recess"), "quiet", cap="Ctrl+R", small=True)
        self.recess.clicked.connect(lambda: chair.wanted.emit("recess"))
        self.close_button = Button(_("Close meeting"), "quiet", small=True)
        self.close_button.clicked.connect(self.closing.emit)
        acts.addWidget(self.recess)
        acts.addWidget(self.close_button)
        acts.addStretch()
        box.addLayout(acts)
        self._told: tuple[object, ...] = ()
        self._asked: object = None
        self._counted: object = None
        self._ends: object = None
        chair.changed.connect(self.show_board)

    def show_board(self, board: Board) -> None:
        """Entries and what is to settle, each only where it is other than before."""
        self.tick(board.now)
        asked = (board.unfinished, board.options, board.state, board.kind)
        if asked == self._asked:
            return
        self._asked = asked
        # Who waits to speak stands in the queue already.
        todo = [one for one in unfinished_summary(board) if one[0] != "queue"] + self._to_vote(board)
        state = (tuple(todo), board.state, board.kind.gong_and_drum)
        if state == self._told:
            return
        self._told = state
        live = board.state == "open"
        if live and board.kind.gong_and_drum and not any(one[0] == "question" for one in todo):
            todo.insert(0, ("", _("Every question is answered"), "ok", "done"))
        self._show_left(todo[:_MOST] if live else [], live=live)
        for part in (self._all, self.recess, self.close_button):
            part.setVisible(live)

    def _show_left(self, todo: list[tuple[str, str, str, str]], *, live: bool) -> None:
        """A line for each kind of what is left; pressed it leads to the first of it."""
        for made, (kind, said, tone, icon) in zip(self._left, todo, strict=False):
            made.tell(kind, said, tone, icon)
        for at, made in enumerate(self._left):
            # What is settled leaves its place empty, while the meeting goes on: the agenda does not move every time.
            kept, shown = made.sizePolicy(), at < len(todo)
            if shown or not live:
                kept.setRetainSizeWhenHidden(shown)
                made.setSizePolicy(kept)
            made.setVisible(shown)

    def _make_settle(self) -> QVBoxLayout:
        """What is to settle: the way to all of it, and a line for each kind, made here so that Tab finds it."""
        box = column(margins=(14, 4, 8, 0), spacing=0)
        self._all = self._make_all()
        self._left = [SettleLine("", "", "") for _at in range(_MOST)]
        for made in (self._all, *self._left):
            box.addWidget(made)
        for made in self._left:
            made.clicked.connect(lambda _checked=False, line=made: self._lead(line.kind_left))
            made.hide()
        return box

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
        minutes = [words.minutes(entry.used_seconds(end)) for entry in board.entries]
        self._tell_end(board, now)
        if (board.entries, minutes) == self._counted:
            return
        self._counted = (board.entries, minutes)
        both = enumerate(zip(board.entries, minutes, strict=True), 1)
        rows = [EntryRow(entry, used, place) for place, (entry, used) in both]
        self.finder.show_rows(rows)
        used, planned = sum(one.used for one in rows), sum(one.entry.minutes or 0 for one in rows)
        self._total.setText(_("{used} / {planned} min").format(used=used, planned=planned))

    def _tell_end(self, board: Board, now: datetime) -> None:
        """When the meeting ends at this pace, and how much later than planned."""
        found = forecast(board, now)
        ends = found and (found.late, int(found.end.timestamp()) // 60)
        if ends == self._ends:
            return
        self._ends = ends
        said, tone = "", "text2"
        if found is not None:
            hour = words.moment(found.end, now)
            if found.late is None or abs(found.late) < 3:
                said = _("over at {hour}, as planned").format(hour=hour)
            elif found.late > 0:
                said = _("over at {hour}, {minutes} min late").format(hour=hour, minutes=found.late)
                tone = "warn"
            else:
                said = _("over at {hour}, {minutes} min early").format(hour=hour, minutes=-found.late)
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
            if self.chair.do(self, said, floor.go_to_entry, self.chair.meeting_id, entry.id) is None:
                return
        self.chair.wanted.emit("line")
