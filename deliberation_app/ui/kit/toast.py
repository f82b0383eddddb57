"""The note at the bottom left that says what was just done, with Undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QWidget

from deliberation_app.language import _
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import row
from deliberation_app.ui.kit.states import BottomPanel
from deliberation_app.ui.kit.theme import px

SECONDS = 8


class Toast(QFrame):
    """Dark, bottom left of its parent, eight seconds; it waits while the mouse or the focus is on it."""

    def __init__(self, parent: QWidget, undo: Callable[[], object]) -> None:
        super().__init__(parent)
        self.setProperty("kind", "toast")
        across = row(self, margins=(16, 8, 10, 8), spacing=12)
        self._icon = IconLabel("done", "toastOk", 18)
        self._words = Label("", "", "toast")
        self.undo_button = Button(_("Undo"), "toast", cap="Ctrl+Z", small=True)
        self.undo_button.clicked.connect(lambda: (self.hide(), undo()))
        across.addWidget(self._icon)
        across.addWidget(self._words)
        across.addSpacing(px(6))
        across.addWidget(self.undo_button)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(SECONDS * 1000)
        self.timer.timeout.connect(self.hide)
        self.undo_button.installEventFilter(self)
        parent.installEventFilter(self)
        self.hide()

    def say(self, words: str, *, undo: bool = True) -> None:
        """Show what was done; `undo` offers to take it back."""
        self._words.setText(words)
        self.setAccessibleName(words)
        self.undo_button.setVisible(undo)
        self.show()
        self.raise_()
        self._place()
        self.timer.start()

    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def _place(self) -> None:
        room = self.parentWidget().width() - px(64)
        self._words.setWordWrap(self.sizeHint().width() > room)
        self.setMaximumWidth(max(room, px(200)))
        self.adjustSize()
        self.move(px(32), self._floor() - self.height())

    def _floor(self) -> int:
        """Above the bottom panel in sight, which says what comes next, else near the bottom."""
        place = self.parentWidget()
        for panel in place.findChildren(BottomPanel):
            if panel.isVisible():
                return panel.mapTo(place, QPoint(0, 0)).y() - px(8)
        return place.height() - px(20)

    def _held(self) -> bool:
        return self.underMouse() or self.undo_button.hasFocus()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Wait."""
        super().enterEvent(event)
        self.timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Count again from the beginning."""
        super().leaveEvent(event)
        if self.isVisible() and not self.undo_button.hasFocus():
            self.timer.start()

    def keyPressEvent(self, event: QEvent) -> None:
        """Esc puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the parent, and wait while the button has the focus."""
        kind = event.type()
        if kind == QEvent.Type.Resize and watched is self.parentWidget() and self.isVisible():
            self._place()
        elif kind == QEvent.Type.FocusIn and watched is self.undo_button:
            self.timer.stop()
        elif kind == QEvent.Type.FocusOut and watched is self.undo_button and self.isVisible():
            self.timer.start()
        return False
