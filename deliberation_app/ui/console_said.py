"""What was said: questions with their answers, the newest at the line in which the next is typed."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from deliberation_app.language import _
from deliberation_app.services.board_floor import Standing, standings
from deliberation_app.services.board_picture import Said
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_text import Wrapped, wrapped
from deliberation_app.ui.kit import focus, theme
from deliberation_app.ui.kit.labels import SIDE_WORDS, elided, paint_disc, paint_status
from deliberation_app.ui.kit.theme import px

LINE = Qt.ItemDataRole.UserRole + 1
_EDGE = 20
_DISC = 30
_TEXT = 42


@dataclass(frozen=True)
class Line:
    """A statement as it stands in the list: indented under its question, with a rule above where a new one begins."""

    said: Said
    inner: bool
    ruled: bool
    to: str
    # Of a question: how it stands, with whom, until when.
    stands: tuple[Standing, str, date | None] | None = None

    def status(self) -> tuple[str, str, str]:
        """Words, tone and icon at the right."""
        if self.said.open:
            return _("nobody has answered"), "bad", "late"
        if self.stands is not None:
            return standing_words(*self.stands)
        if self.said.promised_by is not None:
            return _("promised by {day}").format(day=words.day(self.said.promised_by)), "info", "promise"
        if self.said.dissent:
            return _("word for word"), "accent", "verbatim"
        if self.said.stance in words.STANCES:
            return _(words.STANCES[self.said.stance][0]), words.STANCES[self.said.stance][1], ""
        return "", "", ""

    def name(self) -> str:
        """Who spoke."""
        return self.said.speaker or _("no name given")

    def spoken(self) -> str:
        """What a screen reader says."""
        side = words.SIDES.get(self.said.side or "")
        parts = (_(side) if side else "", self.name(), words.hour(self.said.at), self.to, self.said.text)
        return ", ".join(part for part in (*parts, self.status()[0]) if part)


def standing_words(how: Standing, who: str, until: date | None) -> tuple[str, str, str]:
    """How a question stands, with tone and icon."""
    if how == "open":
        return _("nobody has answered"), "bad", "late"
    name = who or _("no name given")
    if how == "promised" and until is not None:
        return _("{name} promised by {day}").format(name=name, day=words.day(until)), "info", "promise"
    return _("answered by {name}").format(name=name), "ok", "done"


def lines_of(statements: Sequence[Said]) -> list[Line]:
    """Statements in their order; an answer is named by its question where that does not stand right above."""
    by_id = {one.id: one for one in statements}
    stand = standings(statements)
    made: list[Line] = []
    above: uuid.UUID | None = None
    for one in statements:
        asked = by_id.get(one.answers_id) if one.answers_id is not None else None
        inner = asked is not None
        to = ""
        if asked is not None and asked.id != above:
            to = _("to {name} {hour}").format(name=asked.speaker or _("no name given"), hour=words.hour(asked.at))
        if not inner:
            above = one.id
        made.append(Line(one, inner, bool(made) and (not inner or bool(to)), to, stand.get(one.id)))
    return made


class SaidModel(QAbstractListModel):
    """Holds the lines; those that stay the same are not painted anew."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []

    def show(self, lines: list[Line]) -> None:
        """Show these: only what is new or other is told to the view."""
        same = 0
        for old, new in zip(self.lines, lines, strict=False):
            if old.said.id != new.said.id:
                break
            same += 1
        if same < len(self.lines):
            self.beginRemoveRows(QModelIndex(), same, len(self.lines) - 1)
            del self.lines[same:]
            self.endRemoveRows()
        for at in range(same):
            if self.lines[at] != lines[at]:
                self.lines[at] = lines[at]
                self.dataChanged.emit(self.index(at), self.index(at))
        if len(lines) > same:
            self.beginInsertRows(QModelIndex(), same, len(lines) - 1)
            self.lines.extend(lines[same:])
            self.endInsertRows()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The line itself, or its words."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LINE:
            return line
        return line.spoken() if role == Qt.ItemDataRole.AccessibleTextRole else None


class SaidDelegate(QStyledItemDelegate):
    """Paints a statement: disc, name and hour, state at the right, the text below as long as it is."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._heights: dict[tuple[str, int, int], int] = {}

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """As high as the text is in the width there is."""
        return QSize(px(200), self.height(index.data(LINE), self._view.viewport().width()))

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
            wide = theme.metrics("label").horizontalAdvance(status) + px(28)
            paint_status(painter, QRectF(box.right() - wide, box.top(), wide, box.height()), status, tone, icon)
            box = box.adjusted(0, 0, -wide - px(12), 0)
        painter.setFont(theme.font("name"))
        painter.setPen(theme.colour("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, line.name())
        after = theme.metrics("name").horizontalAdvance(line.name()) + px(8)
        rest = box.adjusted(after, 0, 0, 0)
        said = "  ".join(part for part in (words.hour(line.said.at), line.to) if part)
        painter.setFont(theme.font("hint"))
        painter.setPen(theme.colour("text3"))
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, elided(said, "hint", rest.width()))


class SaidList(QListView):
    """The list itself: Enter answers or corrects what is chosen."""

    opened = Signal(object)
    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("ground", "none")
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Wheel and keys scroll; a bar would make every text narrower.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("What was said"))
        self.lines = SaidModel()
        self.setModel(self.lines)
        self.delegate = SaidDelegate(self)
        self.setItemDelegate(self.delegate)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(LINE).said))
        theme.changes.changed.connect(self.scheduleDelayedItemsLayout)

    def to_end(self) -> None:
        """Bring the newest into sight, measured anew if need be."""
        self.executeDelayedItemsLayout()
        self.scrollToBottom()

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen() is not None:
            self.opened.emit(self.chosen())
        else:
            super().keyPressEvent(event)


class SaidPane(QWidget):
    """The room for the list: it lies at the bottom, cut above a whole statement."""

    def __init__(self) -> None:
        super().__init__()
        self.list = SaidList(self)
        self._lines: list[Line] = []
        self._statements: Sequence[Said] = ()
        self._open: Sequence[Said] = ()
        self._shown: object = None
        self.only_open = False
        # The list measures itself anew after its size has changed, and only then knows its end.
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self.list.to_end)
        self.setMinimumHeight(px(32))

    def show_only_open(self, only: bool) -> None:
        """Only the questions of the whole meeting that nobody has answered, or everything said on this entry."""
        self.only_open = only
        self.show_said(self._statements, self._open)

    def show_said(self, statements: Sequence[Said], open_questions: Sequence[Said] = ()) -> None:
        """Show these statements; the newest is in sight if it was before."""
        shown = (statements, open_questions, self.only_open)
        if shown == self._shown:
            return
        self._shown, self._statements, self._open = shown, statements, open_questions
        lines = lines_of(open_questions if self.only_open else statements)
        if lines == self._lines:
            return
        bar = self.list.verticalScrollBar()
        follow = bar.value() >= bar.maximum() - px(8) or len(lines) > len(self._lines)
        self._lines = lines
        self.list.lines.show(lines)
        self._place()
        if follow:
            self.list.to_end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lie at the bottom again."""
        super().resizeEvent(event)
        self._place()
        self._settle.start()

    def _place(self) -> None:
        """As many whole statements as there is room for, the newest last."""
        room, high = self.height(), 0
        for line in reversed(self._lines):
            more = self.list.delegate.height(line, self.width())
            if high + more > room:
                high = high or room
                break
            high += more
        self.list.setGeometry(0, room - high, self.width(), high)
