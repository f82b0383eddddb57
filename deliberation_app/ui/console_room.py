"""Who is in the room, and who waits to speak."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from deliberation_app.domain.votes import RULES
from deliberation_app.language import _
from deliberation_app.services import floor
from deliberation_app.services.board import Board, Guest
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.kit.bars import ThresholdBar
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.labels import ElideLabel, Label, StatusWords
from deliberation_app.ui.kit.lists import Row, RowList
from deliberation_app.ui.kit.names import NameEdit
from deliberation_app.ui.kit.panels import Card, column, line, row
from deliberation_app.ui.kit.states import ErrorLine
from deliberation_app.ui.kit.theme import px


def quorum_words(board: Board) -> tuple[str, str, str]:
    """The state of the quorum with tone and icon; nothing where no rule asks for one."""
    quorum = board.quorum
    if quorum.needed is None or quorum.rule is None:
        return "", "", ""
    requirement = RULES[quorum.rule].quorum[0]
    part = words.threshold(requirement.numerator, requirement.denominator)
    if quorum.reached:
        said = _("more than {part} are here") if requirement.strict else _("{part} reached")
        return said.format(part=part), "ok", "done"
    more = max(quorum.needed - quorum.present, 0)
    return _("{count} short of {part}").format(count=more, part=part), "warn", "late"


def present_of(board: Board) -> tuple[int, int]:
    """How many of those due are here now: by the usual rule of the meeting, else by the roll."""
    if board.quorum.needed is not None:
        return board.quorum.present, board.quorum.eligible
    return board.room.there, board.room.voting


def totals_words(board: Board) -> str:
    """Leave, absent, observers, in one line; what is nobody is not said."""
    totals, room = board.totals, board.room
    counted = (
        (_("on line {count}"), totals.online),
        (_("expected {count}"), room.expected),
        (_("leave {count}"), totals.leave),
        (_("absent {count}"), totals.absent - room.expected),
        (_("out {count}"), room.out),
        (_("left {count}"), room.gone),
        (_("observing {count}"), totals.observing + totals.invited),
    )
    return " · ".join(said.format(count=count) for said, count in counted if count > 0)


class AttendanceCard(Card):
    """Present of those due, the line that must be reached as a tick, and the way to the roll."""

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        box = column(self, margins=(16, 10, 16, 8), spacing=0)
        top = row()
        top.addWidget(Label(_("Present"), "label"))
        top.addStretch()
        self._quorum = StatusWords()
        top.addWidget(self._quorum)
        box.addLayout(top)
        figures = row(spacing=6)
        self._present = Label("", "figure")
        self._due = Label("", "context")
        self._needed = Label("", "hint")
        figures.addWidget(self._present)
        figures.addWidget(self._due)
        figures.addStretch()
        figures.addWidget(self._needed)
        box.addLayout(figures)
        self._bar = ThresholdBar()
        box.addWidget(self._bar)
        under = row()
        self._totals = ElideLabel("", "hint", "text2")
        under.addWidget(self._totals, 1)
        self.roll = Button("", "quiet", cap="F3", small=True)
        self.roll.setAccessibleName(_("Roll"))
        self.roll.setToolTip(_("Roll"))
        self.roll.clicked.connect(lambda: chair.wanted.emit("roll"))
        under.addWidget(self.roll)
        box.addLayout(under)
        self._shown: object = None
        chair.changed.connect(self.show_board)

    def show_board(self, board: Board) -> None:
        """The numbers of the moment."""
        state = (board.quorum, board.totals, board.room)
        if state == self._shown:
            return
        self._shown = state
        present, due = present_of(board)
        self._quorum.show_as(*quorum_words(board))
        self._present.setText(str(present))
        self._due.setText(_("/ {count} people").format(count=due))
        needed = board.quorum.needed
        self._needed.setText("" if needed is None else _("at least {count}").format(count=needed))
        tone = "okFill" if needed is None or board.quorum.reached else "badFill"
        said = _("{present} of {due} present").format(present=present, due=due)
        self._bar.show_part(present, due, needed, tone, said)
        self._totals.set_text(totals_words(board))

    def set_short(self, short: bool) -> None:
        """Only the first lines, where counting needs the room."""
        for widget in (self._totals, self.roll):
            widget.setVisible(not short)


class WholeRows(RowList):
    """A list that shows no part of a row at its end."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the rest of the height empty."""
        high = self.row_height()
        rest = self.height() % high if self.whole_height() > self.height() > high else 0
        self.setViewportMargins(0, 0, 0, rest)
        super().resizeEvent(event)


class QueueCard(Card):
    """Who waits to speak, first-time speakers first; somebody is added by initials and Enter."""

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        self.chair = chair
        box = column(self, margins=(0, 6, 0, 2), spacing=2)
        head = row(margins=(16, 0, 8, 0), spacing=8)
        self._title = Label(_("Queue"), "h3")
        self._count = Label("", "h3", "text2")
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch()
        self.add = Button(_("Add somebody"), "quiet", cap="F4", small=True)
        self.add.clicked.connect(self.ask)
        head.addWidget(self.add)
        box.addLayout(head)
        self._adding = QWidget()
        adding = row(self._adding, margins=(16, 0, 16, 4))
        self.name = NameEdit(chair.find, _("Initials, then Enter"))
        self.name.setAccessibleName(_("Who wants to speak"))
        self.name.chosen.connect(self._asked)
        self.name.returnPressed.connect(self._leave_empty)
        adding.addWidget(self.name)
        box.addWidget(self._adding)
        self._adding.hide()
        self._error = ErrorLine(self)
        box.addWidget(self._error)
        box.addWidget(line())
        self.list = WholeRows(height=47, name=_("Queue"))
        self.list.opened.connect(self._give)
        self.list.acted.connect(self._no_longer)
        box.addWidget(self.list, 1)
        self._empty = Label(_("Nobody is waiting. Enter gives the floor, Space takes out of the queue."), "hint",
                            wrap=True)  # fmt: skip
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(px(16), px(4), px(16), px(8))
        box.addWidget(self._empty, 1)
        self._shown: object = None
        chair.changed.connect(self.show_board)

    def show_board(self, board: Board) -> None:
        """Those who wait, in speaking order."""
        self.add.setEnabled(board.state == "open")
        if board.queue == self._shown:
            return
        self._shown = board.queue
        self._count.setText(str(len(board.queue)) if board.queue else "")
        self.list.fill([self._row(at, guest) for at, guest in enumerate(board.queue, 1)])
        self.list.setVisible(bool(board.queue))
        self._empty.setVisible(not board.queue)

    @staticmethod
    def _row(at: int, guest: Guest) -> Row:
        said, tone, icon = words.spoken(guest)
        return Row(str(guest.person_id), guest.name, guest.post, status=said, status_tone=tone, status_icon=icon,
                   lead=str(at))  # fmt: skip

    def ask(self) -> None:
        """Type who wants to speak."""
        self._error.hide()
        self._adding.show()
        self.name.clear_person()
        self.name.setFocus()

    def _asked(self, person_id: str, name: str) -> None:
        self.name.clear_person()
        said = _("{name} is in the queue").format(name=name)
        self.chair.do(self, said, floor.queue, self.chair.meeting_id, uuid.UUID(person_id))

    def _leave_empty(self) -> None:
        if not self.name.text():
            self.done()

    def done(self) -> bool:
        """Put the line away; whether there was one."""
        shown = self._adding.isVisible()
        self._adding.hide()
        self._error.hide()
        if shown:
            self.chair.wanted.emit("line")
        return shown

    def _give(self, person_id: str) -> None:
        name = next((row.title for row in self.list.rows.rows if row.id == person_id), "")
        said = _("{name} has the floor").format(name=name)
        self.chair.do(self, said, floor.give, self.chair.meeting_id, uuid.UUID(person_id))

    def _no_longer(self, person_id: str) -> None:
        name = next((row.title for row in self.list.rows.rows if row.id == person_id), "")
        said = _("{name} is out of the queue").format(name=name)
        self.chair.do(self, said, floor.unqueue, self.chair.meeting_id, uuid.UUID(person_id))
