"""The chair's hands on a console in this process: real key events, and what an input method sends for Chinese."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QListView

from deliberation_app.ui.chair_console import ChairConsole
from tests.live.scenario import Choose, Go, Key, Type

# More controls than a window has, more rows than a list has.
_MOST = 80


class Hands:
    """Presses keys; `after` is called after each with the window painted, `pressed` keeps them with counted Tabs."""

    def __init__(self, window: ChairConsole, after: Callable[[], None] = lambda: None) -> None:
        self.window = window
        self.after = after
        self.pressed: list[str | Type] = []

    def press(self, keys: Iterable[Key]) -> None:
        """Press these one after the other."""
        for key in keys:
            if isinstance(key, Type):
                self._type(key)
            elif isinstance(key, str):
                self._key(key)
            else:
                self._until(key)

    def _target(self) -> QWindow:
        return (QApplication.activePopupWidget() or self.window).windowHandle()

    def _key(self, name: str) -> None:
        # QKeySequence calls Ctrl+Return and the space bar by these names too.
        combination = QKeySequence(name)[0]
        QTest.keyClick(self._target(), combination.key(), combination.keyboardModifiers())
        self.pressed.append(name)
        self._settle()

    def _type(self, typed: Type) -> None:
        for sign in typed.words:
            if sign.isascii():
                QTest.keyClick(self._target(), sign)
            else:
                commit = QInputMethodEvent()
                commit.setCommitString(sign)
                QApplication.sendEvent(QGuiApplication.focusObject(), commit)
        self.pressed.append(typed)
        self._settle()

    def _settle(self) -> None:
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        self.after()

    def _until(self, wanted: Go | Choose) -> None:
        key, there = ("Tab", self._focused) if isinstance(wanted, Go) else ("Down", self._chosen)
        said = wanted.name if isinstance(wanted, Go) else wanted.words
        seen: list[str] = []
        if isinstance(wanted, Choose):
            self._key("Home")
        while there() != said:
            seen.append(there())
            assert len(seen) < _MOST, f"{key} never came to {said!r}, but to {seen}"
            self._key(key)

    @staticmethod
    def _focused() -> str:
        at = QApplication.focusWidget()
        return "" if at is None else at.accessibleName() or str(at.property("text") or "")

    @staticmethod
    def _chosen() -> str:
        at = QApplication.focusWidget()
        if isinstance(at, QComboBox):
            return at.currentText()
        assert isinstance(at, QListView), at
        index = at.currentIndex()
        return str(index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() or "").split(",")[0].strip()
