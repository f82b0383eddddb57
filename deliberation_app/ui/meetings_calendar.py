"""The month as a grid of days with the meetings (or turns of duty) in it as quiet blocks, painted by one widget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from deliberation_app.domain import calendar
from deliberation_app.language import _, ngettext_
from deliberation_app.services.meetings_view import MeetingRow
from deliberation_app.ui.kit import focus, icons, theme
from deliberation_app.ui.kit.marks import ink, tint
from deliberation_app.ui.kit.one_line import elided
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.meetings_words import STATE_LOOK, day_words, hour_words, state_words, weekday_words

_HEAD, _TOP, _BLOCK, _TALL = 34, 30, 26, 48
_NARROW = 900
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day that a month's grid shows: whole weeks from Monday on."""
    first = day.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    start = first - timedelta(days=first.weekday())
    return start, after + timedelta(days=(7 - after.weekday()) % 7 - 1)


def month_away(day: date, by: int) -> date:
    """The same day some months away, or the last one of that month."""
    months = day.year * 12 + day.month - 1 + by
    first = date(months // 12, months % 12 + 1, 1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


@dataclass(frozen=True)
class Block:
    """One row as it stands in its day."""

    key: str
    day: date
    hour: str
    title: str
    state: str
    tone: str
    icon: str


class MonthGrid(QWidget):
    """Arrows move by days, PageUp and PageDown by months, Space goes through the meetings of a day, Enter opens."""

    moved = Signal()
    opened = Signal(str)
    wanted = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.today = today
        self.day = today
        self._at = 0
        self._meetings: dict[date, list[Any]] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "own")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setToolTip(_("Arrows move, Space goes through the meetings of a day, Enter opens"))
        theme.changes.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Room for six weeks of one meeting a day."""
        return QSize(px(700), px(_HEAD + 6 * (_TOP + _BLOCK)))

    def minimumSizeHint(self) -> QSize:
        """As low as it can still be read: where days are narrow a meeting needs two lines."""
        start, end = self.span()
        weeks = ((end - start).days + 1) // 7
        block = _TALL if self.width() < px(_NARROW) else _BLOCK
        return QSize(px(504), px(_HEAD + weeks * (_TOP + block + 4)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for more height where it has become narrow."""
        super().resizeEvent(event)
        self.updateGeometry()

    # What is shown

    def block(self, row: MeetingRow) -> Block:
        """A row as a block of its day; other rows have a grid of their own."""
        tone, icon = STATE_LOOK[row.state]
        day, hour = calendar.day_of(row.starts_at), hour_words(row.starts_at)
        return Block(str(row.id), day, hour, row.title, state_words(row.state), tone, icon)

    def count_words(self, count: int) -> str:
        """How many are on a day."""
        return ngettext_("{count} meeting", "{count} meetings", count).format(count=count)

    def fill(self, meetings: Sequence[Any]) -> None:
        """Show the meetings of this month."""
        self._meetings = {}
        for meeting in meetings:
            self._meetings.setdefault(self.block(meeting).day, []).append(meeting)
        self._at = min(self._at, max(len(self.of_day()) - 1, 0))
        self._speak()
        self.update()

    def span(self) -> tuple[date, date]:
        """The first and the last day shown."""
        return month_of(self.day)

    def of_day(self) -> list[Any]:
        """The meetings of the day chosen."""
        return self._meetings.get(self.day, [])

    def meeting(self) -> Any:
        """The meeting chosen, if there is one on that day."""
        found = self.of_day()
        return found[self._at] if found else None

    def go_to(self, day: date, at: int = 0) -> None:
        """Choose a day, and one of its meetings."""
        self.day, self._at = day, at
        self.moved.emit()
        self._speak()
        self.update()

    def _speak(self) -> None:
        found = [self.block(one) for one in self.of_day()]
        told = [f"{one.hour} {one.title}, {one.state}" for one in found]
        self.setAccessibleName(", ".join([day_words(self.day, self.today), self.count_words(len(found)), *told]))

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, open, call."""
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self.go_to(self.day + timedelta(days=_STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.go_to(month_away(self.day, -1 if key == Qt.Key.Key_PageUp else 1))
        elif key == Qt.Key.Key_Home:
            self.go_to(self.today)
        elif key == Qt.Key.Key_Space and self.of_day():
            self.go_to(self.day, (self._at + 1) % len(self.of_day()))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        meeting = self.meeting()
        if meeting is not None:
            self.opened.emit(self.block(meeting).key)
        else:
            self.wanted.emit(self.day)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the day, and the meeting under the mouse."""
        hit = self._hit(event.position())
        if hit is not None:
            self.go_to(*hit)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the meeting, or call one on the empty day."""
        if self._hit(event.position()) is not None:
            self._enter()

    def _hit(self, point: QPointF) -> tuple[date, int] | None:
        start, end = self.span()
        for offset in range((end - start).days + 1):
            day = start + timedelta(days=offset)
            box = self.cell(day)
            if box.contains(point):
                at = int((point.y() - box.top() - px(_TOP)) // self._block(day))
                return day, min(max(at, 0), max(len(self._meetings.get(day, ())) - 1, 0))
        return None

    # Painting

    def cell(self, day: date) -> QRectF:
        """Where a day lies."""
        start, end = self.span()
        weeks = ((end - start).days + 1) // 7
        week, column = divmod((day - start).days, 7)
        wide, high = self.width() / 7, (self.height() - px(_HEAD)) / weeks
        return QRectF(column * wide, px(_HEAD) + week * high, wide, high)

    def _block(self, day: date) -> int:
        """How high the meetings of a day are: two lines where all of them have the room."""
        count = len(self._meetings.get(day, ()))
        return px(_TALL if px(_TOP) + count * px(_TALL) <= self.cell(day).height() else _BLOCK)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Weekdays, days, meetings, the ring of the day chosen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        start, end = self.span()
        self._paint_head(painter, start)
        day = start
        while day <= end:
            self._paint_day(painter, day)
            day += timedelta(days=1)
        box = self.cell(self.day).adjusted(px(2), px(2), -px(2), -px(2))
        if self.hasFocus() and focus.keyboard_used():
            focus.paint_ring(painter, box, 6)
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accentFill"), px(2)))
            painter.drawRoundedRect(box, px(6), px(6))

    def _paint_head(self, painter: QPainter, start: date) -> None:
        painter.fillRect(QRectF(0, 0, self.width(), px(_HEAD)), theme.colour("sunken"))
        painter.setFont(theme.font("label"))
        painter.setPen(theme.colour("text2"))
        for column in range(7):
            box = QRectF(column * self.width() / 7, 0, self.width() / 7, px(_HEAD))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, weekday_words(start + timedelta(days=column)))

    def _paint_day(self, painter: QPainter, day: date) -> None:
        box = self.cell(day)
        inside = day.month == self.day.month
        painter.fillRect(box, theme.colour("surface" if inside else "bg"))
        painter.fillRect(QRectF(box.left(), box.top(), box.width(), 1), theme.colour("line"))
        painter.fillRect(QRectF(box.left(), box.top(), 1, box.height()), theme.colour("line"))
        number = QRectF(box.left() + px(6), box.top() + px(4), px(26), px(24))
        if day == self.today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(number.adjusted(px(1), 0, -px(1), 0))
            painter.setFont(theme.font("label"))
            painter.setPen(theme.colour("text2"))
            beside = QRectF(number.right() + px(4), number.top(), box.right() - number.right() - px(8), number.height())
            painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, elided(_("Today"), "label", beside.width()))
        painter.setFont(theme.font("label"))
        painter.setPen(theme.colour("onAccent" if day == self.today else "text" if inside else "text3"))
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(day.day))
        self._paint_meetings(painter, day, box)

    def _paint_meetings(self, painter: QPainter, day: date, box: QRectF) -> None:
        found = self._meetings.get(day, [])
        high = self._block(day)
        room = max(int((box.height() - px(_TOP)) // high), 1)
        shown = min(len(found), room)
        for at, meeting in enumerate(found[:shown]):
            top = box.top() + px(_TOP) + at * high
            place = QRectF(box.left() + px(5), top, box.width() - px(10), high - px(2))
            _paint_block(painter, place, self.block(meeting), chosen=day == self.day and at == self._at)
        if len(found) > shown:
            rest = ngettext_("{count} more", "{count} more", len(found) - shown).format(count=len(found) - shown)
            painter.setFont(theme.font("hint"))
            painter.setPen(theme.colour("text2"))
            line = QRectF(box.left() + px(40), box.top() + px(4), box.width() - px(48), px(24))
            painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, rest)


def _paint_block(painter: QPainter, box: QRectF, block: Block, *, chosen: bool) -> None:
    tone = block.tone
    painter.setPen(QPen(theme.colour("accentFill"), px(1)) if chosen else Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(tint(tone)))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4))
    side, left = px(14), box.left() + px(24)
    shade = theme.colour(ink(tone))
    tall = box.height() > px(_BLOCK)
    upper = QRectF(box.left(), box.top(), box.width(), box.height() / 2 if tall else box.height())
    icons.paint(painter, block.icon, QRectF(box.left() + px(5), upper.center().y() - side / 2, side, side), shade)
    painter.setFont(theme.font("label"))
    painter.setPen(shade)
    painter.drawText(upper.adjusted(px(24), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, block.hour)
    if tall:
        words = QRectF(box.left() + px(7), upper.bottom() - px(2), box.width() - px(12), box.height() / 2)
    else:
        left += theme.metrics("label").horizontalAdvance(block.hour) + px(6)
        words = QRectF(left, box.top(), box.right() - left - px(6), box.height())
    painter.setPen(theme.colour("text"))
    painter.setFont(theme.font("hint"))
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, elided(block.title, "hint", words.width()))
