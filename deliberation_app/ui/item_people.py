"""A line for several people: a name taken from the register joins the row below it and can be taken off again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from deliberation_app.language import _
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.names import NameEdit
from deliberation_app.ui.kit.panels import column
from deliberation_app.ui.kit.theme import px

_ACROSS = 4


class PeopleEdit(QWidget):
    """An editor for a Field: its value is the ids in the order in which the names were given."""

    edited = Signal()

    def __init__(self, find: Callable[[str], Sequence[tuple[str, str, str]]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people: list[tuple[str, str]] = []
        box = column(self, spacing=6)
        self.name = NameEdit(find, _("Name or initials"))
        self.name.chosen.connect(self._take)
        self.name.textEdited.connect(self.edited)
        self.setFocusProxy(self.name)
        box.addWidget(self.name)
        self._grid = QGridLayout()
        self._grid.setSpacing(px(6))
        self._grid.setColumnStretch(_ACROSS, 1)
        box.addLayout(self._grid)

    def setAccessibleName(self, words: str) -> None:
        """The line is what a screen reader meets."""
        super().setAccessibleName(words)
        self.name.setAccessibleName(words)

    def value(self) -> list[str]:
        """The ids of the people."""
        return [key for key, _name in self._people]

    def set_value(self, value: object) -> None:
        """Show these (id, name) pairs."""
        self._people = list(value or ())
        self._show()

    def waiting(self) -> str:
        """What is typed and names nobody taken."""
        return self.name.value()

    def _take(self, key: str, name: str) -> None:
        if key not in self.value():
            self._people.append((key, name))
            self._show()
        # The completer writes the name into the line after it has told.
        QTimer.singleShot(0, self.name, self.name.clear_person)
        self.edited.emit()

    def _drop(self, key: str) -> None:
        self._people = [one for one in self._people if one[0] != key]
        self._show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _show(self) -> None:
        while self._grid.count():
            held = self._grid.takeAt(0).widget()
            held.hide()
            held.deleteLater()
        for at, (key, name) in enumerate(self._people):
            button = Button(name, "normal", after="close", small=True)
            button.setAccessibleName(_("Take {name} off").format(name=name))
            button.clicked.connect(lambda _on=False, key=key: self._drop(key))
            self._grid.addWidget(button, at // _ACROSS, at % _ACROSS)
