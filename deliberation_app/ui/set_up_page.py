"""The first start: whose meetings these are, of what kind the unit is, and who chairs."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from deliberation_app.domain.meetings import UNIT_KINDS
from deliberation_app.language import _
from deliberation_app.services import units
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.desk import Desk

# What most people who start the program work for comes first.
_ORDER = ("branch", "courtyard", "community", "village", "owners", "street")


class SetUpPage(QWidget):
    """Asks three things and founds the unit."""

    parts = ()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        forms.load("set_up_page", self)
        self.unit_kind.editor.set_options([(kind, _(UNIT_KINDS[kind].name)) for kind in _ORDER])
        self.chair_name.editor.returnPressed.connect(self.begin.click)
        self.begin.clicked.connect(run.slot(self.card, self.found))

    def found(self) -> None:
        """Found the unit, unless an answer is missing."""
        for field, sentence in (
            (self.unit_name, _("Write the name of the unit.")),
            (self.chair_name, _("Write who chairs the meetings.")),
        ):
            if not field.value():
                field.set_error(sentence)
                field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        parent = self.parent_name.value()
        unit_id = units.set_up(
            self.desk.work,
            name=self.unit_name.value(),
            kind=self.unit_kind.value(),
            parents=(parent,) if parent else (),
            chair_name=self.chair_name.value(),
            since=self.desk.today().replace(day=1),
        )
        if not self.desk.settings.user:
            self.desk.settings.user = self.chair_name.value()
        self.desk.choose_unit(unit_id)

    def shown(self, **_where: Any) -> None:
        """Begin with the first question."""
        self.unit_name.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Nothing here changes by itself."""
