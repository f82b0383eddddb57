"""What the papers say of the unit's office: telephone, place, who gets a copy, and the colour of the head."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from deliberation_app.language import _
from deliberation_app.services import papers_office
from deliberation_app.services.papers_office import Office
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.desk import Desk


class SettingsPapers(QWidget):
    """Three texts and a choice, each with the papers on which it is printed; saved by one button."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        forms.load("settings_papers", self)
        self.red_head.set_options([("black", _("Plain black")), ("red", _("Red"))], "black")
        self.red_head.setAccessibleName(self.red_label.text())
        for field in (self.office_phone, self.office_place, self.copies_to):
            field.edited.connect(lambda: self.save.setEnabled(True))
        self.red_head.chosen.connect(lambda _name: self.save.setEnabled(True))
        self.save.clicked.connect(run.slot(self.card, self._save))

    def refresh(self) -> None:
        """Read the unit again, unless something is being written here."""
        told = run.act(self.card, papers_office.office, self.desk.work, self.desk.unit_id)
        if told is None or self.save.isEnabled():
            return
        self.office_phone.set_value(told.phone)
        self.office_place.set_value(told.place)
        self.copies_to.set_value(told.copies_to)
        self.red_head.choose("red" if told.red_head else "black")

    def _save(self) -> None:
        told = Office(
            phone=self.office_phone.value(), place=self.office_place.value(), copies_to=self.copies_to.value(),
            red_head=self.red_head.current() == "red",
        )  # fmt: skip
        papers_office.save(self.desk.work, self.desk.unit_id, told)
        self.error_line.hide()
        self.save.setEnabled(False)
        self.desk.toast(_("The papers say so from now on"), undo=True)
