"""Fields: label above, editor, hint below that an error replaces; and the editors for lines, choices, dates, times, numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time, timedelta

from PySide6.QtCore import Property, QDate, QEvent, QKeyCombination, QPoint, QRegularExpression, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QRegularExpressionValidator, QWheelEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from deliberation_app.language import _
from deliberation_app.ui.kit import icons, theme
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.theme import px


# QLineEdit takes it to erase to the end of the line.
_SEARCH_KEYS = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_K)


class LineEdit(QLineEdit):
    """A line of text; it lets go of keys that the window needs."""

    def __init__(self, text: str = "", placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setPlaceholderText(placeholder)

    def event(self, event: QEvent) -> bool:
        """Ctrl Z takes back typing while there is some, else the last act; Ctrl K is the search."""
        if event.type() == QEvent.Type.ShortcutOverride:
            undo = event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()
            redo = event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()
            if undo or redo or event.keyCombination() == _SEARCH_KEYS:
                event.ignore()
                return True
        return super().event(event)

    def value(self) -> str:
        """The text without blanks at its ends."""
        return self.text().strip()

    def set_value(self, value: object) -> None:
        """Show `value`."""
        self.setText("" if value is None else str(value))


class SearchEdit(LineEdit):
    """A line with a magnifying glass in front; Esc empties it."""

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__("", placeholder, parent)
        self.setProperty("kind", "search")
        self.setAccessibleName(placeholder)

    def paintEvent(self, event: QEvent) -> None:
        """The line, then the glass."""
        super().paintEvent(event)
        side = px(16)
        icons.paint_on(self, "search", px(12), (self.height() - side) // 2, side, "text3")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties first, and only then leaves."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class TextEdit(QPlainTextEdit):
    """Several lines of plain text; Tab goes on."""

    edited = Signal()

    def __init__(self, text: str = "", placeholder: str = "", rows: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._rows = rows
        self.setTabChangesFocus(True)
        self.setPlaceholderText(placeholder)
        self.textChanged.connect(self.edited)

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(px(240), int(theme.metrics().lineSpacing() * self._rows) + px(24))

    minimumSizeHint = sizeHint  # noqa: N815 - Qt's name

    def value(self) -> str:
        """The text without blanks at its ends."""
        return self.toPlainText().strip()

    def set_value(self, value: object) -> None:
        """Show `value`."""
        self.setPlainText("" if value is None else str(value))


class Combo(QComboBox):
    """One choice of several (id, words); the wheel does not change it in passing."""

    def __init__(self, options: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setView(QListView(self))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.set_options(options)

    def set_options(self, options: Sequence[tuple[str, str]], current: str = "") -> None:
        """Offer these; keeps silent while it fills."""
        self.blockSignals(True)
        self.clear()
        for name, words in options:
            self.addItem(words, name)
        self.blockSignals(False)
        if current:
            self.set_value(current)

    def value(self) -> str:
        """The id of the choice."""
        return str(self.currentData() or "")

    def set_value(self, value: object) -> None:
        """Choose `value` without telling."""
        self.blockSignals(True)
        self.setCurrentIndex(self.findData(value))
        self.blockSignals(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()


class NumberEdit(LineEdit):
    """A whole number, not negative; arrows up and down count."""

    def __init__(self, value: int | None = None, digits: int = 6, parent: QWidget | None = None) -> None:
        super().__init__("" if value is None else str(value), parent=parent)
        self.setValidator(QRegularExpressionValidator(QRegularExpression(rf"\d{{0,{digits}}}"), self))

    def value(self) -> int | None:
        """The number, or None while the line is empty."""
        return int(self.text()) if self.text() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down count by one."""
        by = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if by:
            self.setText(str(max((self.value() or 0) + by, 0)))
            self.textEdited.emit(self.text())
        else:
            super().keyPressEvent(event)


_DATE = re.compile(r"^(?:(\d{4})\s*[-/.年]?\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$")
_COMPACT = re.compile(r"^(\d{4})?(\d{2})(\d{2})$")
_TIME = re.compile(r"^(\d{1,2})\s*[:：.时点]\s*(\d{1,2})?\s*分?$|^(\d{1,2}?)(\d{2})$|^(\d{1,2})$")


def read_date(text: str, today: date) -> date | None:
    """The day that somebody typed: 2026-10-24, 10-24, 10月24日, 1024; without a year the next such day, None if it is none."""
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


class DateEdit(LineEdit):
    """A day, typed in any usual way; up and down count days, the calendar opens by button or F4."""

    def __init__(self, value: date | None = None, today: date | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._today = today or value or date(2026, 1, 1)
        self.set_value(value)
        self.setPlaceholderText("2026-10-24")
        opener = self.addAction(icons.icon("calendar"), QLineEdit.ActionPosition.TrailingPosition)
        opener.setText(_("Open the calendar"))
        opener.triggered.connect(self.open_calendar)
        self.editingFinished.connect(self._tidy)

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
        calendar = QCalendarWidget(frame)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
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


EDITORS = {
    "line": LineEdit, "text": TextEdit, "combo": Combo, "number": NumberEdit, "date": DateEdit, "time": TimeEdit,
    "search": SearchEdit,
}  # fmt: skip


class Field(QWidget):
    """Label, editor and hint as one; `set_error` draws the border and says what would be right in place of the hint."""

    edited = Signal()

    def __init__(self, label: str = "", editor: QWidget | str = "line", hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(px(4))
        self.label_words = Label(label, "label")
        self._mark = ErrorMark(self)
        self.editor: QWidget = QWidget()
        self._box.addWidget(self.label_words)
        self._box.addWidget(self.editor)
        self._box.addWidget(self._mark)
        self._box.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.set_editor(EDITORS[editor]() if isinstance(editor, str) else editor)
        self.set_hint(hint)

    def set_editor(self, editor: QWidget) -> None:
        """Use this editor."""
        self._box.replaceWidget(self.editor, editor)
        self.editor.deleteLater()
        self.editor = editor
        self.setFocusProxy(editor)
        self.label_words.setBuddy(editor)
        for name in ("edited", "textEdited", "activated"):
            if hasattr(editor, name):
                getattr(editor, name).connect(self._was_edited)
                break
        self._name_editor()

    def _was_edited(self, *_values: object) -> None:
        self.clear_error()
        self.edited.emit()

    def _get_editor_kind(self) -> str:
        return next((kind for kind, made in EDITORS.items() if type(self.editor) is made), "")

    def set_editor_kind(self, kind: str) -> None:
        """Use an editor of this kind, one of EDITORS (for forms)."""
        self.set_editor(EDITORS[kind]())

    def _get_label(self) -> str:
        return self.label_words.text()

    def set_label(self, label: str) -> None:
        """Show these words above."""
        self.label_words.setText(label)
        self._name_editor()

    def _get_hint(self) -> str:
        return self._hint

    def set_hint(self, hint: str) -> None:
        """Show these words below, unless an error stands there."""
        self._hint = hint
        self._mark.say(hint)
        self._name_editor()

    editor_kind = Property(str, _get_editor_kind, set_editor_kind)
    label = Property(str, _get_label, set_label)
    hint = Property(str, _get_hint, set_hint)

    def _name_editor(self) -> None:
        self.label_words.setVisible(bool(self.label_words.text()))
        self.editor.setAccessibleName(self.label_words.text())
        self.editor.setAccessibleDescription(self._hint)

    def value(self):  # noqa: ANN201 - whatever the editor holds
        """What the editor holds."""
        return self.editor.value()

    def set_value(self, value: object) -> None:
        """Fill the editor."""
        self.editor.set_value(value)
        self.clear_error()

    def set_error(self, sentence: str) -> None:
        """Say what would be right."""
        theme.restyle(self.editor, state="error")
        self._mark.say(sentence, error=True)
        self.editor.setAccessibleDescription(sentence)

    def clear_error(self) -> None:
        """Show the hint again."""
        if self.editor.property("state"):
            theme.restyle(self.editor, state="")
            self._mark.say(self._hint)
            self.editor.setAccessibleDescription(self._hint)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The editor takes the focus."""
        super().focusInEvent(event)
        self.editor.setFocus(event.reason())


class ErrorMark(QWidget):
    """The line below a field: a hint, or an icon with what would be right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icons.IconLabel("late_fill", "bad", 16)
        self._words = Label("", "hint", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(1), 0, 0, 0)
        row.setSpacing(px(6))
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)

    def say(self, sentence: str, *, error: bool = False) -> None:
        """Show a hint or an error; nothing to say takes no room."""
        self._icon.setVisible(error)
        self._words.setText(sentence)
        self._words.set_tone("bad" if error else "text3")
        self.setVisible(bool(sentence))
