"""The groups by which the roll is shown, each a chip with its number."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from deliberation_app.language import _
from deliberation_app.services.roll_view import RollLine
from deliberation_app.ui import console_roll_words as words
from deliberation_app.ui.kit.buttons import FilterButton
from deliberation_app.ui.kit.panels import row


class RollChips(QWidget):
    """One of the groups is always chosen; arrows move between them."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Whom to show"))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.buttons: dict[str, FilterButton] = {}
        across = row(self, spacing=6)
        for name, said, _belongs in words.GROUPS:
            button = FilterButton(_(said).format(count=0))
            self._group.addButton(button)
            across.addWidget(button)
            self.buttons[name] = button
        across.addStretch()
        self.buttons["all"].setChecked(True)
        self._group.buttonToggled.connect(lambda _button, on: on and self.chosen.emit())

    def count(self, lines: Sequence[RollLine]) -> None:
        """Tell how many belong to each; a group of nobody is not offered."""
        for name, said, belongs in words.GROUPS:
            number, button = sum(map(belongs, lines)), self.buttons[name]
            button.setText(_(said).format(count=number))
            button.setVisible(number > 0 or name in words.ALWAYS or button.isChecked())

    def of_group(self, lines: Sequence[RollLine]) -> list[RollLine]:
        """Those of the group chosen."""
        belongs = next(belongs for name, _said, belongs in words.GROUPS if self.buttons[name].isChecked())
        return [line for line in lines if belongs(line)]
