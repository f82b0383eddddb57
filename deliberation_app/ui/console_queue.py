"""Who waits to speak, in speaking order."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from itertools import zip_longest

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from deliberation_app.language import _
from deliberation_app.services import floor
from deliberation_app.services.board import Board
from deliberation_app.services.board_picture import Waiting
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.buttons import Button, Segment
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.lists import Row, RowList
from deliberation_app.ui.kit.marks import name_face
from deliberation_app.ui.kit.name_lines import name_lines
from deliberation_app.ui.kit.names import NameEdit
from deliberation_app.ui.kit.panels import Card, column, line, row
from deliberation_app.ui.kit.states import ErrorLine
from deliberation_app.ui.kit.theme import px


class WholeRows(RowList):
    """A list of people, or of what is told of one, that shows no part of a row at its end.

    Where more wait than fit, those that fit share the height: `least` is the lowest that a row may be, at 100 %. A name
    that needs three lines makes all rows so high that nothing of it is cut.
    """

    people = True

    def __init__(self, *, least: int = 0, height: int = 60, name: str = "") -> None:
        super().__init__(height=height, name=name)
        self._least = least
        # One row at least: in a low window a list gives its height before the page around it has to scroll.
        self.setMinimumHeight(self.row_height())

    def fill(self, rows: Sequence[Row]) -> None:
        """Show these rows."""
        before = len(self.rows.rows)
        tall, self.delegate.tall = self.delegate.tall, self._tall(rows)
        super().fill(rows)
        if len(rows) != before or tall != self.delegate.tall:
            self.scheduleDelayedItemsLayout()
            self._share()

    def _tall(self, rows: Sequence[Row]) -> int:
        """How high a row must be for the longest of the names; 0 where two lines hold every one."""
        wide, lines = QRectF(0, 0, self.viewport().width(), 0), 0
        for one in rows if wide.width() > px(160) else ():  # narrower it was not laid out yet
            room = self.delegate.words_room(wide, one, len(rows))
            if not name_face(one.title, room):
                lines = max(lines, len(name_lines(one.title, "hint", room)))
        return round(lines * theme.metrics("hint").height()) + px(6) if lines > 2 else 0

    def _share(self) -> None:
        """Whole rows; a strip at the end that belongs to none of them is as narrow as may be."""
        usual, room = self.row_height(), self.height()
        more = self.whole_height() > room
        shown = room // (max(px(self._least), self.delegate.tall) if self._least else usual) if more else 0
        exact = min(room // shown, usual * 5 // 4) if shown and self._least else 0
        if exact != self.delegate.exact:
            self.delegate.exact = exact
            self.scheduleDelayedItemsLayout()
            self.viewport().update()
        rest = room % (exact or usual) if more else 0
        if exact:
            rest = room - shown * exact
        if rest != self.viewportMargins().bottom():
            self.setViewportMargins(0, 0, 0, rest)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height anew; in another width a name may need another line."""
        if event.size().width() != event.oldSize().width():
            self.delegate.tall = self._tall(self.rows.rows)
        self._share()
        super().resizeEvent(event)


class QueueRows(WholeRows):
    """The queue as a list: Alt with up and down moves whom it is about, Delete and Space take out."""

    moved = Signal(str, int)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whom the keys are about is lit: the first in the queue to begin with."""
        super().focusInEvent(event)
        at = self.currentIndex()
        self.setCurrentIndex(at if at.isValid() else self.rows.index(0, 0))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nobody is lit where no key is for anybody."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.setCurrentIndex(self.rows.index(-1, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Up and Alt+Down move, Delete takes out like Space."""
        current = self.current_id()
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if current and by and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(current, by)
        elif current and event.key() == Qt.Key.Key_Delete:
            self.acted.emit(current)
        else:
            super().keyPressEvent(event)


def why(waiting: Waiting) -> tuple[str, str, str]:
    """Why somebody stands at this place, with tone and icon; who is not there is passed over."""
    if not waiting.guest.there:
        return _("not in the room"), "warn", "under_way"
    if waiting.wish == "order":
        return _("point of order"), "accent", "note"
    if waiting.wish == "answer":
        return _("direct answer"), "ok", "go_on"
    if waiting.placed:
        return _("placed by the chair"), "info", "note"
    if not waiting.guest.spoken:
        return _("first time"), "ok", "first_time"
    return words.spoken(waiting.guest)


def party_words(waiting: Waiting) -> str:
    """The party, and that nobody of it has been heard yet; a post that says the same is not said twice."""
    party, post = waiting.party, waiting.guest.post
    if not party:
        return post
    name = party.removesuffix("代表")
    shown = post if post and (name in post or post in name) else " · ".join(part for part in (post, name) if part)
    return shown if waiting.party_turns else " · ".join((shown, _("nobody of them heard yet")))


class QueueCard(Card):
    """Who waits to speak, in fair order and why there; somebody is added by initials and Enter."""

    asking = Signal(bool)

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        self.chair = chair
        box = column(self, margins=(0, 6, 0, 2), spacing=2)
        head = row(margins=(16, 0, 8, 0), spacing=8)
        self._title = Label(_("Queue"), "h3")
        self._count = Label("", "h3", "text2")
        # Room for every number: another one is no reason to lay out the column.
        face = theme.metrics("h3")
        self._count.setFixedSize(round(face.horizontalAdvance("000")), round(face.height()))
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch()
        self.add = Button(_("Put in the queue"), "quiet", cap="F4", small=True)
        self.add.clicked.connect(lambda _on: self.ask())
        head.addWidget(self.add)
        box.addLayout(head)
        box.addWidget(self._make_adding(chair))
        self._error = ErrorLine(self)
        box.addWidget(self._error)
        box.addWidget(line())
        self.list = QueueRows(height=47, least=44, name=_("Queue"))
        self.list.setMinimumHeight(2 * self.list.delegate.usual())
        self.list.setToolTip(_("Enter gives the floor, Space takes out, Alt with ↑ ↓ moves"))
        self.list.opened.connect(self._give)
        self.list.acted.connect(self._no_longer)
        self.list.moved.connect(self._move)
        box.addWidget(self.list, 1)
        self._empty = Label(_("Nobody is waiting. Enter gives the floor, Space takes out of the queue."), "hint",
                            wrap=True)  # fmt: skip
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(px(16), px(4), px(16), px(8))
        box.addWidget(self._empty, 1)
        box.addStretch()  # where neither stands there the head stays on top
        self._few = False
        self._shown: tuple[Waiting, ...] = ()
        self.list.hide()
        chair.changed.connect(self.show_board)

    def _make_adding(self, chair: Chair) -> QWidget:
        """The line in which is typed who wants to speak, and what for."""
        self._adding = QWidget()
        adding = column(self._adding, margins=(10, 0, 10, 4), spacing=6)
        self.wish = Segment([("", _("A turn")), ("order", _("To order")), ("answer", _("In reply"))])
        self.wish.setAccessibleName(_("What for"))
        self.wish.chosen.connect(self._wish_chosen)
        adding.addWidget(self.wish)
        self.name = NameEdit(chair.find, _("Initials, then Enter"))
        self.name.setAccessibleName(_("Who wants to speak"))
        self.name.chosen.connect(self._asked)
        self.name.returnPressed.connect(self._nobody)
        self.name.textEdited.connect(lambda _text: self._error.hide())
        adding.addWidget(self.name)
        self._adding.hide()
        return self._adding

    def show_board(self, board: Board) -> None:
        """Those who wait, in speaking order."""
        self.add.setEnabled(board.state == "open")
        if board.waiting == self._shown:
            return
        # Who waits where he waited is not put into words anew.
        rows = [
            row if waiting == was else self._row(at, waiting)
            for at, (waiting, was, row) in enumerate(zip_longest(board.waiting, self._shown, self.list.rows.rows), 1)
            if waiting is not None
        ]
        self._shown = board.waiting
        self._count.setText(str(len(rows)) if rows else "")
        self.list.fill(rows)
        self.list.setVisible(bool(board.waiting))
        self._empty.setVisible(not board.waiting and not self._few)

    def set_few(self, few: bool) -> None:
        """Fewer than two rows, or none, where the column has no room for them."""
        self._few = few
        bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if few else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.list.setVerticalScrollBarPolicy(bar)  # in a strip lower than a row it would stand alone
        self.list.setMinimumHeight(1 if few else 2 * self.list.delegate.usual())
        self._empty.setVisible(not self._shown and not few)

    def few_gain(self) -> int:
        """How much lower the card may be with few rows."""
        if self._shown:
            return 2 * self.list.delegate.usual() - 1
        return self._empty.heightForWidth(max(self.width(), 1))

    @staticmethod
    def _row(at: int, waiting: Waiting) -> Row:
        said, tone, icon = why(waiting)
        guest = waiting.guest
        return Row(str(guest.person_id), guest.name, party_words(waiting), status=said, status_tone=tone,
                   status_icon=icon, lead=str(at) if guest.there else "–")  # fmt: skip

    def ask(self, wish: str = "") -> None:
        """Type who wants to speak; the key for a point of order, pressed again, makes it a direct answer."""
        if wish and self._adding.isVisible() and self.wish.current() == wish:
            wish = "answer"
        self._error.hide()
        self._adding.show()
        self.asking.emit(True)
        self.wish.choose(wish)
        self.name.clear_person()
        self.name.setFocus()

    def _wish_chosen(self, _wish: str) -> None:
        self.name.setFocus()

    def _asked(self, person_id: str, name: str) -> None:
        self.name.clear_person()
        wish = self.wish.current() or None
        told = {"order": _("{name} speaks to a point of order next"), "answer": _("{name} answers directly")}
        said = told.get(wish or "", _("{name} is in the queue")).format(name=name)
        if not self._there(person_id):
            said = _("{said}, but is not in the room").format(said=said)
        done = self.chair.do(self, said, floor.queue, self.chair.meeting_id, uuid.UUID(person_id), wish)
        if done is not None and wish is not None:
            self.wish.choose("")

    def _nobody(self) -> None:
        """Enter in the empty line ends the asking; initials of nobody are told, and the next take their place."""
        typed = self.name.text()
        if not typed:
            self.done()
        elif not self.name.person_id():
            self._error.say(_("Nobody here has the initials “{typed}”.").format(typed=words.told_short(typed)))
            self.name.selectAll()

    def adding(self) -> bool:
        """Whether it is asked who wants to speak."""
        return not self._adding.isHidden()

    def put_away(self) -> None:
        """Ask no longer."""
        self._adding.hide()
        self._error.hide()
        self.asking.emit(False)

    def done(self) -> bool:
        """Put the line away; whether there was one."""
        shown = self._adding.isVisible()
        self.put_away()
        if shown:
            self.chair.wanted.emit("back")
        return shown

    def _there(self, person_id: str) -> bool:
        board = self.chair.board
        guests = board.guests if board is not None else ()
        return any(one.there for one in guests if str(one.person_id) == person_id)

    def _name_of(self, person_id: str) -> str:
        return next((row.title for row in self.list.rows.rows if row.id == person_id), "")

    def _give(self, person_id: str) -> None:
        said = _("{name} has the floor").format(name=self._name_of(person_id))
        self.chair.do(self, said, floor.give, self.chair.meeting_id, uuid.UUID(person_id))

    def _no_longer(self, person_id: str) -> None:
        said = _("{name} is out of the queue").format(name=self._name_of(person_id))
        self.chair.do(self, said, floor.unqueue, self.chair.meeting_id, uuid.UUID(person_id))

    def _move(self, person_id: str, by: int) -> None:
        there = {str(one.guest.person_id): one.guest.there for one in self._shown}
        rows = [row.id for row in self.list.rows.rows if there[row.id] == there[person_id]]
        to = rows.index(person_id) + by
        if 0 <= to < len(rows):
            said = _("{name} is at place {place} now").format(name=self._name_of(person_id), place=to + 1)
            self.chair.do(self, said, floor.move, self.chair.meeting_id, uuid.UUID(person_id), by)
            self.list.setFocus()
