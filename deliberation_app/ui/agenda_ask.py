"""The panel that asks what an act needs to know, in the place of the panel of the chosen item: nothing modal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.editors import NumberEdit, TextEdit
from deliberation_app.ui.kit.fields import Field
from deliberation_app.ui.kit.names import NameEdit
from deliberation_app.ui.kit.panels import Card

_ACROSS = 12


@dataclass
class Ask:
    """A question: its head, why it is asked, the fields, the words of the button, what is done and then said."""

    head: str
    hint: str
    words: str
    do: Callable[[dict[str, Any]], Any]
    done: str
    fields: Sequence[tuple[str, Field]] = field(default_factory=tuple)
    wide: frozenset[str] = frozenset()


class AskPanel(Card):
    """Shows an Ask; Enter in a line answers it, Esc leaves it."""

    answered = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        forms.load("agenda_ask", self)
        self._ask: Ask | None = None
        self.answer.clicked.connect(self._answer)
        self.leave.clicked.connect(self.left)
        self.hide()

    def open(self, ask: Ask) -> None:
        """Ask this, and go to its first field."""
        self.close_ask()
        self._ask = ask
        self.head.setText(ask.head)
        self.hint.setText(ask.hint)
        self.hint.setVisible(bool(ask.hint))
        self.answer.setText(ask.words)
        self.error_line.hide()
        self._lay_out(ask)
        self.show()
        first = ask.fields[0][1] if ask.fields else self.answer
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _lay_out(self, ask: Ask) -> None:
        row = at = 0
        for name, made in ask.fields:
            wide = _ACROSS if isinstance(made.editor, TextEdit) else 2 if isinstance(made.editor, NumberEdit) else 4
            wide = 8 if name in ask.wide else wide
            if at + wide > _ACROSS:
                row, at = row + 1, 0
            self.fields_grid.addWidget(made, row, at, 1, wide, Qt.AlignmentFlag.AlignTop)
            at += wide
            if isinstance(made.editor, NameEdit) and made is not ask.fields[-1][1]:
                # Enter takes a name from its list; then one goes on to the next field. Not by nextInFocusChain: its
                # binding makes what comes next a child of the line, to be thrown away with it.
                made.editor.chosen.connect(lambda *_person: self.focusNextChild())
            if isinstance(made.editor, QLineEdit):  # where a list of names is open, Enter is for the list
                made.editor.returnPressed.connect(self._answer)
        for at in range(_ACROSS):
            self.fields_grid.setColumnStretch(at, 1)

    def asking(self) -> bool:
        """Whether a question is open."""
        return self._ask is not None

    def close_ask(self) -> None:
        """Ask nothing any more."""
        if self._ask is not None:
            for _name, made in self._ask.fields:
                self.fields_grid.removeWidget(made)
                made.hide()
                made.deleteLater()
        self._ask = None
        self.hide()

    def _answer(self) -> None:
        ask = self._ask
        if ask is None:
            return
        self.error_line.hide()
        values = {name: made.value() for name, made in ask.fields}
        for name, made in ask.fields:
            if hasattr(made.editor, "person_id"):
                values[name] = made.editor.person_id()
        run.act(self, self._do, ask, values)

    def _do(self, ask: Ask, values: dict[str, Any]) -> None:
        ask.do(values)
        self.close_ask()
        self.answered.emit(ask.done)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the question, Ctrl Enter answers it from anywhere."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._answer()
        else:
            super().keyPressEvent(event)
