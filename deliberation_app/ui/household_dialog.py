"""One household: who lives there, who owns it, who looks after it, when it was checked."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from deliberation_app.domain.register_cells import area as read_area
from deliberation_app.domain.register_plan import metres
from deliberation_app.errors import AppError
from deliberation_app.language import _, ngettext_, render
from deliberation_app.services import people, people_home
from deliberation_app.services.people_register import home_text
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.lists import Row
from deliberation_app.ui.kit.panels import empty, row
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.people_look import tab_through


class HouseholdDialog(QDialog):
    """Shows and changes one household; each act has its undo."""

    def __init__(self, desk: Desk, household_id: uuid.UUID, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._id = household_id
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        forms.load("household_dialog", self)
        self.setWindowTitle(_("The household"))
        room = self.screen().availableSize()
        self.resize(min(px(860), room.width() - 48), min(px(600), room.height() - 64))
        self.living.setMinimumHeight(px(180))
        for field in (self.owner_field, self.linked_field):
            field.editor.set_find(self._find)
        self._owners: list[tuple[str, str]] = []
        self.owner_field.editor.chosen.connect(self._add_owner)
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(run.slot(self, self.keep))
        self.area_field.editor.returnPressed.connect(run.slot(self, self.keep))
        self.verify.clicked.connect(run.slot(self, self._verify))
        self._show()
        places = (self.living, self.owner_field, self.owners_box, self.area_field, self.linked_field, self.verify)
        tab_through(*places, self.cancel, self.save)
        self.area_field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _find(self, text: str) -> list[tuple[str, str, str]]:
        found = people.find(self.desk.work, self.desk.unit_id, text)
        return [(str(one.id), one.name, one.hint) for one in found]

    def _show(self) -> None:
        view = people_home.household(self.desk.work, self._id)
        flat = view.household
        self.head.setText(home_text(flat))
        self.where.setText(flat.courtyard)
        self._owners = [(str(key), name) for key, name in view.owners]
        self._show_owners()
        self.area_field.set_value(metres(flat.area))
        linked = view.linked
        self.linked_field.editor.set_person(str(linked[0]) if linked else "", linked[1] if linked else "")
        self._show_living(view)
        self._show_checked(view)

    def _show_living(self, view: people_home.HouseholdView) -> None:
        owners = {key for key, _name in view.owners}
        rows = [
            Row(str(one.id), one.name, " · ".join(part for part in (
                one.post, _("Owner") if one.id in owners else "", _party(one.party)) if part), icon="people")
            for one in view.residents
        ] or [Row("", _("Nobody lives here"), "", icon="note")]  # fmt: skip
        self.living.fill(rows)
        told = [
            _("{name} until {day}").format(name=name, day=day.isoformat()) if day else name for name, day in view.before
        ]
        self.before_words.setText(_("Before: {people}").format(people="、".join(told)) if told else "")

    def _show_checked(self, view: people_home.HouseholdView) -> None:
        day = view.verified_on
        if day is None:
            self.checked_words.show_as(_("never checked at the door"), "warn", "late")
        elif view.verification_due:
            self.checked_words.show_as(_("last checked {day}, over a year ago").format(day=day), "warn", "late")
        else:
            self.checked_words.show_as(_("checked {day}").format(day=day), "ok", "done")

    def _show_owners(self) -> None:
        empty(self.owners)
        for key, name in self._owners:
            line = QWidget()
            across = row(line, spacing=8)
            across.addWidget(Label(name, "body", wrap=True), 1)
            out = Button(_("Take out"), "quiet", small=True)
            out.setAccessibleName(_("Take {name} out").format(name=name))
            out.clicked.connect(lambda _on=False, key=key: self._drop_owner(key))
            across.addWidget(out)
            self.owners.addWidget(line)

    def _add_owner(self, key: str, name: str) -> None:
        if key not in {one for one, _name in self._owners}:
            self._owners.append((key, name))
        self.owner_field.editor.clear_person()
        self._show_owners()

    def _drop_owner(self, key: str) -> None:
        self._owners = [one for one in self._owners if one[0] != key]
        self._show_owners()
        self.owner_field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Save area, owners and who looks after the household."""
        refused: list[AppError] = []
        self.area_field.show_error = lambda error, _again=None: refused.append(error)
        area = run.act(self.area_field, read_area, str(self.area_field.value() or ""))
        if refused:
            self.area_field.set_error(render(refused[0]))
            self.area_field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self.linked_field.editor.text().strip() and not self.linked_field.editor.person_id():
            self.linked_field.set_error(_("Choose the person from the list that opens."))
            return
        linked = self.linked_field.editor.person_id()
        people_home.edit(
            self.desk.work, self._id, area=area, owners=[uuid.UUID(key) for key, _name in self._owners],
            linked_id=uuid.UUID(linked) if linked else None,
        )  # fmt: skip
        self.desk.toast(_("{flat} is saved").format(flat=self.head.text()))
        self.accept()

    def _verify(self) -> None:
        count = people_home.verify(self.desk.work, self._id, self.desk.today())
        words = ngettext_(
            "{flat} was checked today, with {count} person", "{flat} was checked today, with {count} people", count
        )
        self.desk.toast(words.format(flat=self.head.text(), count=count))
        self._show_checked(people_home.household(self.desk.work, self._id))


def _party(party: str | None) -> str:
    return {"full": _("Full member"), "probationary": _("Probationary member")}.get(party or "", "")
