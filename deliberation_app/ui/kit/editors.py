"""Editors: a line, a search line, several lines, a choice, a whole number."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QKeyCombination, QMimeData, QRegularExpression, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QRegularExpressionValidator, QValidator, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QListView, QPlainTextEdit, QWidget

from deliberation_app.domain.pasted import cleaned
from deliberation_app.ui.kit import icons, rare_faces, theme
from deliberation_app.ui.kit.theme import px

# QLineEdit takes it to erase to the end of the line.
_SEARCH_KEYS = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_K)


class WordsAlone(QValidator):
    """Takes everything, but for what comes with pasted words and is no part of them."""

    def validate(self, text: str, at: int) -> tuple[QValidator.State, str, int]:
        """The words alone, and where the cursor stands then."""
        rare_faces.ready(text)
        if text.isprintable():
            return self.State.Acceptable, text, at
        return self.State.Acceptable, cleaned(text), len(cleaned(text[:at]))


class LineEdit(QLineEdit):
    """A line of text; it lets go of keys that the window needs."""

    def __init__(self, text: str = "", placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setValidator(WordsAlone(self))
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

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste the words alone."""
        if source.hasText():
            self.insertPlainText(rare_faces.ready(cleaned(source.text(), lines=True)))

    def event(self, event: QEvent) -> bool:
        """Ctrl Z takes back typing while there is some, else the last act."""
        if event.type() == QEvent.Type.ShortcutOverride:
            undo = event.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable()
            redo = event.matches(QKeySequence.StandardKey.Redo) and not self.document().isRedoAvailable()
            if undo or redo:
                event.ignore()
                return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(px(240), int(theme.metrics().lineSpacing() * self._rows) + px(24))

    minimumSizeHint = sizeHint

    def value(self) -> str:
        """The text without blanks at its ends."""
        return self.toPlainText().strip()

    def set_value(self, value: object) -> None:
        """Show `value`."""
        self.setPlainText("" if value is None else rare_faces.ready(str(value)))


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
            self.addItem(rare_faces.ready(words), name)
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
