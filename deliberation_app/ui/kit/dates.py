"""Days and hours as people type them, and the two lines that take them."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from PySide6.QtCore import QDate, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout, QWidget

from deliberation_app import settings
from deliberation_app.domain.promises import read_promise
from deliberation_app.language import _
from deliberation_app.ui.kit import icons, theme
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.editors import LineEdit
from deliberation_app.ui.kit.theme import px

_DATE = re.compile(r"^(?:(\d{4})\s*[-/.年]?\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$")
_COMPACT = re.compile(r"^(\d{4})?(\d{2})(\d{2})$")
_TIME = re.compile(r"^(\d{1,2})\s*[:：.时点]\s*(\d{1,2})?\s*分?$|^(\d{1,2}?)(\d{2})$|^(\d{1,2})$")


def read_date(text: str, today: date) -> date | None:
    """The day that somebody typed (2026-10-24, 10-24, 10月24日, 1024), without a year the next such; None if none."""
    words = text.strip()
    found = _DATE.match(words) or _COMPACT.match(words)
    if not found:
        return None
    year, month, day = found.groups()
    try:
        made = date(int(year) if year else today.year, int(month), int(day))
        return made if year or made >= today else made.replace(year=today.year + 1)
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """The hour that somebody typed: 14:30, 1430, 9, 14时30分; None if it is none."""
    found = _TIME.match(text.strip())
    if not found:
        return None
    hour = found[1] or found[3] or found[5]
    minute = found[2] or found[4] or "0"
    return time(int(hour), int(minute)) if int(hour) < 24 and int(minute) < 60 else None


def dressed_calendar(parent: QWidget) -> QCalendarWidget:
    """A month in our own colours: Qt paints the days of the weekend in a red of its own."""
    made = QCalendarWidget(parent)
    made.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    made.setMinimumSize(px(300), px(280))
    words = QTextCharFormat()
    words.setForeground(theme.colour("text"))
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        made.setWeekdayTextFormat(day, words)
    head = QTextCharFormat()
    head.setForeground(theme.colour("text2"))
    head.setBackground(theme.colour("surface"))
    made.setHeaderTextFormat(head)
    for name, icon in (("qt_calendar_prevmonth", "left"), ("qt_calendar_nextmonth", "right")):
        button = made.findChild(QToolButton, name)
        button.setIcon(icons.icon(icon))
        button.setIconSize(QSize(px(18), px(18)))
    return made


class DateEdit(LineEdit):
    """A day, typed in any usual way; up and down count days, the calendar opens by button or F4."""

    def __init__(self, value: date | None = None, today: date | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._today = today or settings.clock().astimezone(settings.DISPLAY_ZONE).date()
        self.set_value(value)
        self.setPlaceholderText("2026-10-24")
        self.setMinimumWidth(px(160))
        self.setTextMargins(0, 0, px(26), 0)
        self._opener = Button("", "quiet", icon="calendar", small=True, parent=self)
        self._opener.setAccessibleName(_("Open the calendar"))
        # The key F4 does the same, so the Tab key need not stop here.
        self._opener.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._opener.clicked.connect(self.open_calendar)
        self.editingFinished.connect(self._tidy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button for the calendar stands at the right end."""
        super().resizeEvent(event)
        size = self._opener.sizeHint()
        self._opener.resize(size)
        self._opener.move(self.width() - size.width() - px(4), (self.height() - size.height()) // 2)

    def set_today(self, today: date) -> None:
        """The day from which days without a year are counted."""
        self._today = today

    def value(self) -> date | None:
        """The day, or None while it is none."""
        return read_date(self.text(), self._today)

    def set_value(self, value: object) -> None:
        """Show a date."""
        self.setText(value.isoformat() if isinstance(value, date) else "")

    def faulty(self) -> bool:
        """Whether something stands there that is no day."""
        return bool(self.text().strip()) and self.value() is None

    def _tidy(self) -> None:
        day = self.value()
        if day:
            self.set_value(day)

    def _take(self, day: date) -> None:
        self.set_value(day)
        self.textEdited.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down count days; F4 opens the calendar."""
        by = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if by:
            self._take((self.value() or self._today) + timedelta(days=by))
        elif event.key() == Qt.Key.Key_F4:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Show the month; a click or Enter takes the day."""
        frame = QFrame(self, Qt.WindowType.Popup)
        frame.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        frame.setProperty("kind", "popup")
        box = QVBoxLayout(frame)
        calendar = dressed_calendar(frame)
        day = self.value() or self._today
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        box.addWidget(calendar)

        def take(chosen: QDate) -> None:
            self._take(date(chosen.year(), chosen.month(), chosen.day()))
            frame.close()

        calendar.clicked.connect(take)
        calendar.activated.connect(take)
        frame.move(self.mapToGlobal(QPoint(0, self.height() + px(4))))
        frame.show()
        calendar.setFocus()


class PromiseEdit(DateEdit):
    """A day that somebody promises, typed as it is said: 10.31, 下周三, 三天内; never before today."""

    def value(self) -> date | None:
        """The day meant, or None while it is none or has passed."""
        return read_promise(self.text(), self._today)

    def set_value(self, value: object) -> None:
        """Show a day without its year where that is clear, so that it is read again as the same."""
        clear = isinstance(value, date) and read_promise(f"{value.month}.{value.day}", self._today) == value
        self.setText(f"{value.month}.{value.day}" if clear else value.isoformat() if isinstance(value, date) else "")

    def _tidy(self) -> None:
        """What was typed stays; the day it means is told beside it."""


class TimeEdit(LineEdit):
    """An hour of the day, typed in any usual way; up and down count quarters."""

    def __init__(self, value: time | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_value(value)
        self.setPlaceholderText("14:30")
        self.editingFinished.connect(lambda: self.value() and self.set_value(self.value()))

    def value(self) -> time | None:
        """The hour, or None while it is none."""
        return read_time(self.text())

    def set_value(self, value: object) -> None:
        """Show a time."""
        self.setText(f"{value:%H:%M}" if isinstance(value, time) else "")

    def faulty(self) -> bool:
        """Whether something stands there that is no time of day."""
        return bool(self.text().strip()) and self.value() is None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down count quarters of an hour."""
        by = {Qt.Key.Key_Up: 15, Qt.Key.Key_Down: -15}.get(Qt.Key(event.key()), 0)
        if by:
            now = self.value() or time(14, 0)
            minutes = (now.hour * 60 + now.minute + by) % 1440
            self.set_value(time(minutes // 60, minutes % 60))
            self.textEdited.emit(self.text())
        else:
            super().keyPressEvent(event)
