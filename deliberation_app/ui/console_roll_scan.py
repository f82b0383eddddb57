"""A scanner in the hand of whoever stands at the door: its code is taken wherever the focus is."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from deliberation_app.domain.roll_codes import LENGTH, is_code, looks_like_code, plain
from deliberation_app.ui.kit.names import NameEdit

# What a scanner may be set to send behind a code.
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
# A scanner types a whole code in a fraction of this; digits after a longer pause begin anew.
_PAUSE = 0.5


class ScanDoor(QObject):
    """Watches the keys of one window: twenty digits and Enter are a code, and what had the focus is as before."""

    scanned = Signal(str)

    def __init__(self, part: QWidget) -> None:
        super().__init__(part)
        self._part = part
        self._window: QWindow | None = None
        self._digits, self._last = "", 0.0
        self._restore: Callable[[], object] = lambda: None
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
            if not self._digits or now - self._last > _PAUSE:
                self._digits = ""
                self._restore = _keeper(QApplication.focusWidget())
            self._digits, self._last = self._digits + text, now
        elif event.key() != Qt.Key.Key_Shift:
            self._digits = ""
        return False

    def _enter(self) -> bool:
        code, restore = self._digits, self._restore
        self._digits = ""
        if not looks_like_code(code):
            code, restore = _typed_code()
        if not looks_like_code(code):
            return False
        restore()
        self.scanned.emit(code)
        return True


def _keeper(widget: QWidget | None) -> Callable[[], object]:
    """What puts a line back to what it holds now."""
    if isinstance(widget, NameEdit):
        person, text = widget.person_id(), widget.text()
        return lambda: widget.set_person(person, text)
    if isinstance(widget, QLineEdit):
        text, at = widget.text(), widget.cursorPosition()

        def restore() -> None:
            widget.setText(text)
            widget.setCursorPosition(at)

        return restore
    return lambda: None


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
