"""One question of a paper: for, against, abstained or invalid by the keys 1 to 4."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from deliberation_app.language import _
from deliberation_app.services.owners_papers import Question
from deliberation_app.ui.kit.buttons import FilterButton
from deliberation_app.ui.kit.labels import ElideLabel, Label
from deliberation_app.ui.kit.panels import row
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.owners_words import CHOICES

_KEYS = {Qt.Key.Key_1: 0, Qt.Key.Key_2: 1, Qt.Key.Key_3: 2, Qt.Key.Key_4: 3}


class ChoiceRow(QWidget):
    """The motion and its four choices; nothing is chosen until somebody does."""

    answered = Signal()

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question
        across = row(self, spacing=8)
        across.addWidget(Label(f"{question.number}", "strong"))
        motion = ElideLabel(question.motion, "strong")
        across.addWidget(motion, 1)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.buttons: dict[str, FilterButton] = {}
        for at, (choice, words) in enumerate(CHOICES.items()):
            button = FilterButton(_(words))
            button.set_cap(str(at + 1))
            button.setAccessibleName(f"{question.motion} {_(words)}")
            self._group.addButton(button)
            self.buttons[choice] = button
            across.addWidget(button)
        self.setFocusProxy(self.buttons["in_favour"])
        self.setMinimumHeight(px(36))

    def choice(self) -> str:
        """What is chosen, or nothing."""
        return next((choice for choice, button in self.buttons.items() if button.isChecked()), "")

    def choose(self, choice: str) -> None:
        """Show this as chosen; nothing clears the row."""
        self._group.setExclusive(False)
        for name, button in self.buttons.items():
            button.setChecked(name == choice)
        self._group.setExclusive(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 4 choose and go on."""
        at = _KEYS.get(Qt.Key(event.key()))
        if at is None:
            super().keyPressEvent(event)
            return
        self.choose(list(self.buttons)[at])
        self.answered.emit()
