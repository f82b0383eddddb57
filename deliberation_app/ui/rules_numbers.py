"""The numbers that one rule asks for, as fields: heads in two columns, or heads and floor area side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from deliberation_app.domain.votes import Count, area_text
from deliberation_app.errors import AppError
from deliberation_app.language import _, render
from deliberation_app.services import rules
from deliberation_app.services.rules import Field as Number
from deliberation_app.ui.kit import run, theme
from deliberation_app.ui.kit.editors import LineEdit, NumberEdit
from deliberation_app.ui.kit.fields import Field
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.theme import px

_MOST_DIGITS = 8
_AREA = "_area"


class RuleNumbers(QWidget):
    """Asks for the numbers of a count; Enter goes on to the next one."""

    edited = Signal()
    moved = Signal(QWidget)

    def __init__(self) -> None:
        super().__init__()
        self.editors: dict[str, QLineEdit] = {}
        self._faults: list[str] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(6))

    def ask(self, numbers: Sequence[Number]) -> None:
        """Offer fields for these numbers in place of those before."""
        while self._grid.count():
            old = self._grid.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        self.editors = {}
        for number in numbers:
            made = LineEdit() if number.area else NumberEdit(digits=_MOST_DIGITS)
            made.setAccessibleName(render(number.label))
            made.textEdited.connect(lambda _text: self.edited.emit())
            made.returnPressed.connect(self._go_on)
            self.editors[number.name] = made
        by_area = any(number.area for number in numbers)
        (self._lay_by_area if by_area else self._lay_in_two)(numbers)
        editors = list(self.editors.values())
        for before, after in pairwise(editors):
            QWidget.setTabOrder(before, after)

    def _lay_in_two(self, numbers: Sequence[Number]) -> None:
        for column in range(3):
            self._grid.setColumnStretch(column, int(column < 2))
        for at, number in enumerate(numbers):
            field = Field(render(number.label), self.editors[number.name])
            self._grid.addWidget(field, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)

    def _lay_by_area(self, numbers: Sequence[Number]) -> None:
        heads = [number for number in numbers if not number.area]
        for column, stretch in enumerate((4, 3, 4)):
            self._grid.setColumnStretch(column, stretch)
        self._grid.addWidget(Label(_("Owners"), "hint"), 0, 1)
        self._grid.addWidget(Label(_("Floor area, m²"), "hint"), 0, 2)
        for at, number in enumerate(heads, 1):
            label = Label(render(number.label), "label", wrap=True)
            label.setBuddy(self.editors[number.name])
            self._grid.addWidget(label, at, 0)
            self._grid.addWidget(self.editors[number.name], at, 1)
            area = self.editors.get(number.name + _AREA)
            if area is not None:
                self._grid.addWidget(area, at, 2)

    def _go_on(self) -> None:
        editors = list(self.editors.values())
        at = editors.index(self.sender())
        following = editors[(at + 1) % len(editors)]
        following.setFocus(Qt.FocusReason.TabFocusReason)
        following.selectAll()
        self.moved.emit(following)

    def start(self) -> None:
        """The first number, ready to be typed over."""
        first = next(iter(self.editors.values()))
        first.setFocus(Qt.FocusReason.TabFocusReason)
        first.selectAll()
        self.moved.emit(first)

    def show_count(self, count: Count) -> None:
        """Fill in a whole count."""
        for name, editor in self.editors.items():
            number = getattr(count, name)
            shown = "" if number is None else area_text(number) if name.endswith(_AREA) else str(number)
            editor.setText(shown)

    def show_texts(self, texts: Mapping[str, str]) -> None:
        """Fill in what was typed before, where the field is still there."""
        for name, editor in self.editors.items():
            editor.setText(texts.get(name, ""))

    def texts(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: editor.text() for name, editor in self.editors.items()}

    def read(self) -> tuple[dict[str, int], list[str]]:
        """The numbers that can be read, and a sentence for each that cannot."""
        self._faults = []
        found: dict[str, int] = {}
        for name, editor in self.editors.items():
            text = editor.text().strip()
            told = len(self._faults)
            number = None
            if text:
                number = run.act(self, rules.parse_area, text) if name.endswith(_AREA) else int(text)
            if number is not None:
                found[name] = number
            theme.restyle(editor, state="error" if len(self._faults) > told else "")
        return found, self._faults

    def show_error(self, error: AppError, _again: object = None) -> None:
        """A number that cannot be read: its sentence stands with the verdict."""
        self._faults.append(render(error))
