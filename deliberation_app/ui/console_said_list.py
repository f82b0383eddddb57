"""The list of what was said: it lies at the line in which is typed, and moves up when a statement is new."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from deliberation_app.language import _
from deliberation_app.services.board_picture import Said
from deliberation_app.ui.console_said import LINE, Line, SaidModel, lines_of
from deliberation_app.ui.console_text import Wrapped, wrapped
from deliberation_app.ui.kit import focus, theme
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.lists import GroundList
from deliberation_app.ui.kit.marks import SIDE_WORDS, paint_disc, paint_status
from deliberation_app.ui.kit.one_line import elided
from deliberation_app.ui.kit.theme import px

_EDGE = 20
_DISC = 30
_TEXT = 42


class SaidDelegate(QStyledItemDelegate):
    """Paints a statement: disc, name and hour, state at the right, the text below as long as it is."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._heights: dict[tuple[str, int, int], int] = {}

    def height(self, line: Line, width: int) -> int:
        """The height of a line in a list of this width, remembered."""
        room = int(width - 2 * px(_EDGE) - px(_TEXT) * (2 if line.inner else 1))
        key = (line.said.text, room, theme.look().scale)
        if key not in self._heights:
            self._heights[key] = int(Wrapped(line.said.text, theme.font("statement"), room).height) + 1
        head = int(theme.metrics("name").height())
        return self._heights[key] + head + px(13) + (px(1) if line.ruled else 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Ground and ring where chosen, rule, disc, head, text."""
        line: Line = index.data(LINE)
        box = QRectF(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("hover"))
        inside = box.adjusted(px(_EDGE), 0, -px(_EDGE), 0)
        if line.ruled:
            painter.fillRect(QRectF(inside.left(), box.top(), inside.width(), px(1)), theme.colour("line"))
        left = inside.left() + (px(_TEXT) if line.inner else 0)
        sign, tone = SIDE_WORDS[line.said.side or "plain"]
        paint_disc(painter, QRectF(left, box.top() + px(9), px(_DISC), px(_DISC)), sign, tone, "bold")
        left += px(_TEXT)
        self._paint_head(painter, QRectF(left, box.top() + px(7), inside.right() - left, self._head()), line)
        painter.setPen(theme.colour("text"))
        text = wrapped(line.said.text, "statement", int(inside.right() - left))
        text.draw(painter, left, box.top() + px(7) + self._head())
        if option.state & QStyle.StateFlag.State_HasFocus and focus.keyboard_used():
            focus.paint_ring(painter, box.adjusted(px(4), px(2), -px(4), -px(2)), 6)
        painter.restore()

    def _head(self) -> float:
        return theme.metrics("name").height()

    def _paint_head(self, painter: QPainter, box: QRectF, line: Line) -> None:
        status, tone, icon = line.status()
        if status:
            wide = theme.advance("label", status) + px(28)
            paint_status(painter, QRectF(box.right() - wide, box.top(), wide, box.height()), status, tone, icon)
            box = box.adjusted(0, 0, -wide - px(12), 0)
        painter.setFont(theme.face("name"))
        painter.setPen(theme.colour("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, line.name())
        after = theme.advance("name", line.name()) + px(8)
        rest = box.adjusted(after, 0, 0, 0)
        said = "  ".join(part for part in (line.time(), line.to) if part)
        painter.setFont(theme.face("hint"))
        painter.setPen(theme.colour("text3"))
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, elided(said, "hint", rest.width()))


class SaidList(GroundList):
    """The list itself: Enter answers or corrects what is chosen."""

    opened = Signal(object)
    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, ground="bg")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Wheel and keys scroll; a bar would make every text narrower.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("What was said"))
        self.lines = SaidModel()
        self.highs: list[int] = []
        # So much at the top is not a whole statement, and stays empty while the newest is in sight; and does so now.
        self.rest = self._bare = 0
        self._measured: tuple[list[Line], int, int] = ([], 0, 0)
        self.setModel(self.lines)
        self.delegate = SaidDelegate(self)
        self.setItemDelegate(self.delegate)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(LINE).said))
        theme.changes.changed.connect(self.scheduleDelayedItemsLayout)

    def measure(self, lines: list[Line], width: int) -> bool:
        """How high each of these lines is in this width; whether those that stood there keep their places."""
        before, scale, was = self._measured, theme.look().scale, self.highs
        known = before[0] if before[1:] == (width, scale) else ()
        self.highs = [
            high if line is old else self.delegate.height(line, width)
            for line, old, high in zip_longest(lines, known, was[: len(known)])
            if line is not None
        ]
        self._measured = (lines, width, scale)
        return self.highs[: len(was)] == was

    def show(self, lines: list[Line], *, kept: bool, follow: bool) -> None:
        """Show these lines; where those that stood there are `kept`, only what is new is painted."""
        self.executeDelayedItemsLayout()  # what waits for another reason is painted whole
        area, other = self.viewport(), self.lines.show(lines, self.highs)
        kept = kept and other is not None
        if not kept:
            self.scheduleDelayedItemsLayout()
        # A list that is laid out anew paints itself anew; here the pixels that stand there only move up.
        area.setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled, kept)
        self.executeDelayedItemsLayout()
        area.setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled, False)
        if follow:
            self.scrollToBottom()
        if kept:
            for at in other:
                self.update(self.lines.index(at, 0))
        self._cover()

    def to_end(self) -> None:
        """Bring the newest into sight, measured anew if need be."""
        self.executeDelayedItemsLayout()
        self.scrollToBottom()
        self._cover()

    def scrollContentsBy(self, across: int, down: int) -> None:
        """The pixels move, and with them what was empty."""
        super().scrollContentsBy(across, down)
        self._cover(down)

    def _cover(self, moved: int = 0) -> None:
        """Have that painted anew which is empty now or was so until it moved."""
        bar, wide = self.verticalScrollBar(), self.viewport().width()
        bare = self.rest if bar.value() == bar.maximum() else 0
        if moved or bare != self._bare:
            self.viewport().update(QRegion(0, moved, wide, self._bare) | QRegion(0, 0, wide, bare))
            self._bare = bare

    def paintEvent(self, event: QPaintEvent) -> None:
        """The statements that are to be painted, and none that is not whole at the top."""
        self.paint_ground(event)
        rows = event.region() - QRegion(0, 0, self.viewport().width(), self._bare)
        if not rows.isEmpty():
            QListView.paintEvent(self, QPaintEvent(rows.boundingRect()))

    def chosen(self) -> Said | None:
        """The statement that is chosen."""
        index = self.currentIndex()
        return index.data(LINE).said if index.isValid() else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Texts wrap anew in another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Tell what is chosen."""
        super().currentChanged(current, previous)
        self.picked.emit(self.chosen())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes here has chosen nothing yet; a list of its own would choose the oldest."""
        QWidget.focusInEvent(self, event)
        self.viewport().update()

    def moveCursor(self, action: QListView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """The first key chooses the newest."""
        if self.currentIndex().isValid() or action == QListView.CursorAction.MoveHome:
            return super().moveCursor(action, modifiers)
        return self.lines.index(self.lines.rowCount() - 1, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; a statement higher than the list is read to its end before the next is chosen."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen() is not None:
            self.opened.emit(self.chosen())
            return
        if self._read_on(Qt.Key(event.key())):
            return
        before = self.currentIndex().row()
        super().keyPressEvent(event)
        if self.currentIndex().row() != before:
            self.bring(last=event.key() in (Qt.Key.Key_Up, Qt.Key.Key_PageUp))

    def _read_on(self, key: Qt.Key) -> bool:
        """Move within the chosen statement, if there is more of it that way."""
        place, room = self.visualRect(self.currentIndex()), self.viewport().height()
        page, step = max(room - px(24), px(24)), px(48)
        up = {Qt.Key.Key_Up: step, Qt.Key.Key_PageUp: page, Qt.Key.Key_Home: place.height()}.get(key, 0)
        down = {Qt.Key.Key_Down: step, Qt.Key.Key_PageDown: page, Qt.Key.Key_End: place.height()}.get(key, 0)
        by = max(-up, place.top()) if up else min(down, place.bottom() + 1 - room)
        if not place.isValid() or place.height() <= room or (by >= 0 if up else by <= 0):
            return False
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + by)
        return True

    def bring(self, *, last: bool = False) -> None:
        """The chosen statement into sight; of one higher than the list the beginning, or the `last` of it."""
        place, room, bar = self.visualRect(self.currentIndex()), self.viewport().height(), self.verticalScrollBar()
        if place.top() < 0 or place.bottom() >= room:
            above = place.top() < 0 if place.height() <= room else not last
            bar.setValue(bar.value() + (place.top() if above else place.bottom() + 1 - room))


class SaidPane(QWidget):
    """The room for the list: it lies at the bottom, cut above a whole statement."""

    def __init__(self) -> None:
        super().__init__()
        self.list = SaidList(self)
        self._lines: list[Line] = []
        self._statements: Sequence[Said] = ()
        self._open: Sequence[Said] = ()
        self._shown: object = None
        self._live = False
        self.only_open = False
        # What stands where nothing was said yet.
        self.nothing = Label("", "hint", "text2", wrap=True, parent=self)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.hide()
        # The list measures itself anew after its size has changed, and only then knows its end.
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self._settled)
        self.setMinimumHeight(px(32))

    def _settled(self) -> None:
        """A chosen statement stays in sight, else the newest."""
        if self.list.chosen() is None:
            self.list.to_end()
        else:
            self.list.executeDelayedItemsLayout()
            self.list.bring(last=True)

    def show_only_open(self, only: bool) -> None:
        """Only the questions of the whole meeting that nobody has answered, or everything said on this entry."""
        self.only_open = only
        self.show_said(self._statements, self._open)
        self.tell_nothing(live=self._live)

    def tell_nothing(self, *, live: bool) -> None:
        """Where there is nothing to show, say so, and while the meeting is `live` what to do."""
        self._live = live
        if self._lines:
            self.nothing.hide()
            return
        if self.only_open:
            said = _("Every question has an answer. Shift F7 shows again what was said on this item.")
        else:
            said = _("Nobody has spoken on this item yet.")
            said += "\n" + _("Type the initials of who speaks below, then the words.") if live else ""
        self.nothing.setText(said)
        self._place_nothing()

    def _place_nothing(self) -> None:
        """Words that would be cut are left out."""
        place = self.rect().adjusted(px(_EDGE), 0, -px(_EDGE), 0)
        self.nothing.setGeometry(place)
        fits = self.nothing.heightForWidth(place.width()) <= place.height()
        self.nothing.setVisible(not self._lines and fits and bool(self.nothing.text()))

    def show_said(self, statements: Sequence[Said], open_questions: Sequence[Said] = ()) -> None:
        """Show these statements; the newest is in sight if it was before."""
        shown = (statements, open_questions, self.only_open)
        if shown == self._shown:
            return
        self._shown, self._statements, self._open = shown, statements, open_questions
        lines = lines_of(open_questions if self.only_open else statements, self._lines)
        if lines == self._lines:
            return
        bar = self.list.verticalScrollBar()
        follow = bar.value() >= bar.maximum() - px(8) or len(lines) > len(self._lines)
        self._lines = lines
        kept = self.list.measure(lines, self.width())
        self.list.show(lines, kept=self._place() and kept, follow=follow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lie at the bottom again."""
        super().resizeEvent(event)
        self.list.measure(self._lines, self.width())
        self.list.lines.show(self._lines, self.list.highs)
        self._place()
        self._place_nothing()
        self._settle.start()

    def _place(self) -> bool:
        """As many whole statements as there is room for, the newest last; whether the list stays where it was."""
        room, high, whole = self.height(), 0, 0
        for more in reversed(self.list.highs):
            high += more
            if high > room:
                break
            whole = high
        high = min(high, room)
        self.list.rest = room - whole if whole and high == room else 0
        place = QRect(0, room - high, self.width(), high)
        if place == self.list.geometry():
            return True
        self.list.setGeometry(place)
        return False
