"""A field: label above, editor, and below it a hint that an error replaces."""

from __future__ import annotations

from PySide6.QtCore import Property, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from deliberation_app.ui.kit import icons, theme
from deliberation_app.ui.kit.dates import DateEdit, TimeEdit
from deliberation_app.ui.kit.editors import Combo, LineEdit, NumberEdit, SearchEdit, TextEdit
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.names import NameEdit
from deliberation_app.ui.kit.theme import px

EDITORS = {
    "line": LineEdit, "text": TextEdit, "combo": Combo, "number": NumberEdit, "date": DateEdit, "time": TimeEdit,
    "search": SearchEdit, "name": NameEdit,
}  # fmt: skip


class Field(QWidget):
    """Label, editor and hint as one; `set_error` draws the border and says what would be right in place of the hint."""

    edited = Signal()

    def __init__(
        self, label: str = "", editor: QWidget | str = "line", hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._hint = hint
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(px(4))
        self.label_words = Label(label, "label")
        # Only the mark below may grow, so that fields of one row keep their labels in line.
        self.label_words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._mark = ErrorMark(self)
        self.editor: QWidget = QWidget()
        self._box.addWidget(self.label_words)
        self._box.addWidget(self.editor)
        self._box.addWidget(self._mark)
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

    def value(self):
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


def abreast(button: QWidget) -> QVBoxLayout:
    """A button beside a field: in line with its editor, whatever is said below."""
    box = QVBoxLayout()
    box.setSpacing(px(4))
    above = Label(" ", "label")
    above.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    box.addWidget(above)
    box.addWidget(button)
    box.addStretch(1)
    return box


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
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)

    def say(self, sentence: str, *, error: bool = False) -> None:
        """Show a hint or an error; nothing to say takes no room."""
        self._icon.setVisible(error)
        self._words.setText(sentence)
        self._words.set_tone("bad" if error else "text3")
        self._words.setVisible(bool(sentence))


__all__ = [
    "EDITORS",
    "Combo",
    "DateEdit",
    "ErrorMark",
    "Field",
    "LineEdit",
    "NumberEdit",
    "SearchEdit",
    "TextEdit",
    "TimeEdit",
    "abreast",
]
