"""A scanner in the hand of whoever stands at the door: its code is taken wherever the focus is."""

from __future__ import annotations

import uuid
from collections import deque
from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor, QWindow
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from deliberation_app.domain.roll_codes import LENGTH, is_code, looks_like_code, meeting_digits, parts, plain
from deliberation_app.ui.kit.names import NameEdit

# What a scanner may be set to send behind a code.
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
# A scanner types a whole code in a fraction of this; digits after a longer pause begin anew.
_PAUSE = 0.5
# So many digits one right after the other are typed by a scanner.
_NO_HAND = 6


class ScanDoor(QObject):
    """Watches the keys of one window: twenty digits and Enter are a code, and what had the focus is as before."""

    scanned = Signal(str)

    def __init__(self, part: QWidget) -> None:
        super().__init__(part)
        self._part = part
        self._window: QWindow | None = None
        self._last = 0.0
        # The last digits, each with what puts the line back to what it held before: somebody may have typed one or two
        # just before the scanner did.
        self._digits: deque[tuple[str, Callable[[], object]]] = deque(maxlen=LENGTH)
        QApplication.instance().focusChanged.connect(self._watch)

    def _watch(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Follow the window to its handle, which exists once it is shown."""
        handle = self._part.window().windowHandle()
        if now is not None and handle is not None and handle is not self._window:
            handle.installEventFilter(self)
            self._window = handle

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Collect digits; Enter behind a whole code is not for the line that has the focus."""
        return event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.hear(event)

    def hear(self, event: QKeyEvent) -> bool:
        """A key pressed here or in the window for the room; whether it ended a code."""
        if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return self._enter()
        text = plain(event.text())
        if len(text) == 1 and text.isascii() and text.isdigit():
            now = monotonic()
            if now - self._last > _PAUSE:
                self._digits.clear()
            self._digits.append((text, _keeper(QApplication.focusWidget())))
            self._last = now
        elif event.key() != Qt.Key.Key_Shift:
            self._digits.clear()
        return False

    def _enter(self) -> bool:
        code, restore = self._heard()
        many = len(self._digits)
        self._digits.clear()
        if not looks_like_code(code):
            # The Enter behind some other code must not press what happens to have the focus.
            return many >= _NO_HAND and isinstance(QApplication.focusWidget(), QAbstractButton)
        restore()
        self.scanned.emit(code)
        return True

    def _heard(self) -> tuple[str, Callable[[], object]]:
        """What a scanner typed, or a hand; and what takes it out of where it was typed."""
        code, restore = self._scanned()
        return (code, restore) if looks_like_code(code) else _typed_code()

    def _scanned(self) -> tuple[str, Callable[[], object]]:
        code = "".join(digit for digit, _restore in self._digits)
        return code, self._digits[0][1] if self._digits else lambda: None


class ScanElsewhere(ScanDoor):
    """Listens in another window of the program too: only to whole codes of this meeting, typed in one go.

    Whatever else a person types in a field there is the field's.
    """

    def __init__(self, part: QWidget, other: QWindow, meeting_id: uuid.UUID) -> None:
        super().__init__(part)
        self._meeting = meeting_digits(meeting_id)
        self._window = other
        other.installEventFilter(self)

    def _watch(self, _old: QWidget | None, _now: QWidget | None) -> None:
        """It stays with the one window it was given."""

    def leave(self) -> None:
        """The meeting's window is closed."""
        if self._window is not None:
            self._window.removeEventFilter(self)
            self._window = None

    def _heard(self) -> tuple[str, Callable[[], object]]:
        code, restore = self._scanned()
        known = is_code(code) and parts(code)[0] == self._meeting
        return (code, restore) if known else ("", restore)


def _keeper(widget: QWidget | None) -> Callable[[], object]:
    """What puts a line, a text or a choice back to what it is now."""
    if isinstance(widget, NameEdit):
        person, name = widget.person_id(), widget.text()
        return lambda: widget.set_person(person, name)
    if isinstance(widget, QLineEdit):
        return _line_keeper(widget)
    if isinstance(widget, QPlainTextEdit):
        return _text_keeper(widget)
    if isinstance(widget, QComboBox):
        chosen = widget.currentIndex()
        return lambda: widget.setCurrentIndex(chosen)
    # A list in which digits mean something says itself what it was like.
    kept = getattr(widget, "keep", None)
    if kept is not None:
        return kept()
    if isinstance(widget, QAbstractItemView):
        index = widget.currentIndex()
        return lambda: widget.setCurrentIndex(index)
    return lambda: None


def _line_keeper(line: QLineEdit) -> Callable[[], object]:
    text, at = line.text(), line.cursorPosition()

    def restore() -> None:
        line.setText(text)
        line.setCursorPosition(at)
        line.textEdited.emit(text)  # whoever followed the digits follows them back

    return restore


def _text_keeper(edit: QPlainTextEdit) -> Callable[[], object]:
    """The digits are taken out again, and what they took the place of comes back."""
    before = edit.textCursor()
    start, replaced = before.selectionStart(), before.selection()

    def restore() -> None:
        cursor = edit.textCursor()
        cursor.setPosition(start, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        cursor.insertFragment(replaced)

    return restore


def _typed_code() -> tuple[str, Callable[[], object]]:
    """A code at the end of the line that has the focus, and what takes it out again."""
    line = QApplication.focusWidget()
    if not isinstance(line, QLineEdit):
        return "", lambda: None
    text = line.text().rstrip()
    before, code = text[: len(text) - LENGTH], text[-LENGTH:]
    # Behind other digits only a code read without fault is taken for one.
    if before[-1:].isdigit() and not is_code(code):
        return "", lambda: None
    return code, lambda: line.setText(before)
