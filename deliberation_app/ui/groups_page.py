"""Contact groups and partner units: who is called together, names and telephones ready to be pasted."""

from __future__ import annotations

import uuid
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QWidget

from deliberation_app.domain.notices import mask_phone
from deliberation_app.language import _, ngettext_
from deliberation_app.services import people, people_groups, units
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.lists import Row
from deliberation_app.ui.kit.panels import InnerHeader
from deliberation_app.ui.kit.states import EmptyState
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.people_look import stack, tab_through


class GroupsPage(QWidget):
    """Choose a group at the left; type a name and Enter to add somebody; copy all telephones at once."""

    parts = ("people",)
    inner = True

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._groups: dict[str, people_groups.Group] = {}
        self._partners: dict[str, Any] = {}
        self._new = False
        self._people: list[tuple[str, str, str]] = []
        forms.load("groups_page", self)
        self.header = InnerHeader(_("Groups and partner units"))
        self.header.back.connect(desk.back)
        self.bar_place.addWidget(self.header)
        self.what.set_options([("groups", _("Contact groups")), ("partners", _("Partner units"))])
        self.what.setAccessibleName(_("View"))
        self.first = Button(_("New group"), "primary", icon="add")
        self.empty = EmptyState("people", act=self.first)
        self.empty_row.addWidget(self.empty)
        self.people.setMinimumHeight(px(220))
        self.person_field.editor.set_find(self._find)
        self._connect()

    def _connect(self) -> None:
        self.what.chosen.connect(lambda _what: self._switch())
        self.list.selectionModel().currentChanged.connect(lambda *_rows: self._show_one())
        self.add.clicked.connect(self._begin)
        self.first.clicked.connect(self._begin)
        self.person_field.editor.chosen.connect(self._take)
        self.people.acted.connect(self._drop)
        self.save.clicked.connect(run.slot(self, self.keep))
        self.remove.clicked.connect(run.slot(self, self._remove))
        self.copy.clicked.connect(self._copy)
        places = (self.header, self.what, self.list, self.add, self.first, self.name_field, self.contact_field,
                  self.phone_field, self.note_field, self.person_field, self.people, self.copy, self.remove,
                  self.save)  # fmt: skip
        tab_through(*places)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the list stands above what is chosen."""
        super().resizeEvent(event)
        stack(self, self.one_card)

    def shown(self, **_where: Any) -> None:
        """The list has the focus."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read groups and partner units again."""
        work, unit = self.desk.work, self.desk.unit_id
        self._groups = {str(group.id): group for group in people_groups.groups(work, unit)}
        self._partners = {str(one.id): one for one in people_groups.partners(work, unit)}
        self.header.set_context(units.unit(work, unit).name)
        self._fill()

    def _of_groups(self) -> bool:
        return self.what.current() == "groups"

    def _switch(self) -> None:
        self._new = False
        self._fill()

    def _fill(self) -> None:
        if self._of_groups():
            rows = [
                Row(key, group.name, ngettext_("{count} person", "{count} people", len(group.people))
                    .format(count=len(group.people)), icon="people")
                for key, group in self._groups.items()
            ]  # fmt: skip
        else:
            rows = [Row(key, one.name, one.contact or "", icon="house") for key, one in self._partners.items()]
        self.list.fill(rows)
        for act in (self.add, self.first):
            act.setText(_("New group") if self._of_groups() else _("New partner unit"))
        if rows and not self.list.current_id() and not self._new:
            self.list.choose(rows[0].id)
        self._show_one()

    def _begin(self) -> None:
        self._new = True
        self.list.choose("")
        self.list.clearSelection()
        self._show_one()
        self.name_field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_one(self) -> None:
        key = "" if self._new else self.list.current_id()
        groups = self._of_groups()
        some = bool(key) or self._new
        self.one_card.setVisible(some)
        self.empty_place.setVisible(not some)
        if not some:
            self._say_empty(groups)
            return
        for part in (self.contact_field, self.phone_field, self.note_field):
            part.setVisible(not groups)
        for part in (self.person_field, self.people, self.copy):
            part.setVisible(groups)
        self.remove.setVisible(not self._new)
        self.name_field.label_words.setText(_("Name of the group") if groups else _("Name of the unit"))
        if groups:
            group = self._groups.get(key)
            self.name_field.set_value(group.name if group else "")
            self._people = [(str(one), name, phone or "") for one, name, phone in group.people] if group else []
            self._show_people()
        else:
            one = self._partners.get(key)
            for field, name in ((self.name_field, "name"), (self.contact_field, "contact"), (self.phone_field, "phone"),
                                (self.note_field, "note")):  # fmt: skip
                field.set_value((getattr(one, name) or "") if one is not None else "")

    def _say_empty(self, groups: bool) -> None:
        if groups:
            hint = _("Building heads, volunteers, the committee: those who are called together.")
            self.empty.say(_("No group yet"), hint)
        else:
            hint = _("Units nearby that claim projects here, and whom to call there.")
            self.empty.say(_("No partner unit yet"), hint)

    def _find(self, text: str) -> list[tuple[str, str, str]]:
        found = people.find(self.desk.work, self.desk.unit_id, text)
        return [(str(one.id), one.name, one.hint) for one in found]

    def _take(self, key: str, name: str) -> None:
        if key not in {one for one, _name, _phone in self._people}:
            view = run.act(self, people.person, self.desk.work, uuid.UUID(key))
            self._people.append((key, name, view.person.phone or "" if view is not None else ""))
        self.person_field.editor.clear_person()
        self._show_people()

    def _drop(self, key: str) -> None:
        self._people = [one for one in self._people if one[0] != key]
        self._show_people()

    def _show_people(self) -> None:
        out = _("Take out")
        self.people.fill([Row(key, name, mask_phone(phone) if phone else _("no telephone"), icon="people", act=out)
                          for key, name, phone in self._people])  # fmt: skip
        self.copy.setEnabled(bool(self._people))

    # Acts

    def keep(self) -> None:
        """Save the group or the unit."""
        key = None if self._new else uuid.UUID(self.list.current_id())
        work, unit, name = self.desk.work, self.desk.unit_id, self.name_field.value()
        if self._of_groups():
            saved = people_groups.save_group(work, unit, name, [uuid.UUID(one[0]) for one in self._people], key)
        else:
            saved = people_groups.save_partner(
                work, unit, name=name, contact=self.contact_field.value(), phone=self.phone_field.value(),
                note=self.note_field.value(), partner_id=key,
            )  # fmt: skip
        self._new = False
        self.refresh()
        self.list.choose(str(saved))
        self.desk.toast(_("{name} is saved").format(name=name))

    def _remove(self) -> None:
        key = uuid.UUID(self.list.current_id())
        act = people_groups.remove_group if self._of_groups() else people_groups.remove_partner
        name = self.name_field.value()
        act(self.desk.work, key)
        self.desk.toast(_("{name} is removed").format(name=name))

    def _copy(self) -> None:
        text = "\n".join(f"{name} {phone}".rstrip() for _key, name, phone in self._people)
        QGuiApplication.clipboard().setText(text)
        self.desk.toast(_("Names and telephones are copied; paste them where you write."), undo=False)
