"""One person of the register: who, how to reach, where at home, and which roles in this unit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QDialog, QWidget

from deliberation_app.domain import people as law
from deliberation_app.domain.meetings import ROLES, kinds_for
from deliberation_app.domain.votes_exclusions import EXCLUSIONS
from deliberation_app.errors import AppError
from deliberation_app.language import _, render
from deliberation_app.services import people, units
from deliberation_app.services.people_roles import Term, running
from deliberation_app.services.posts import POSTS
from deliberation_app.ui.kit import forms, run, theme
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.fields import Field
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.person_terms import PersonTerms

# As people are used to write it on lists.
_GENDERS = ("男", "女")
# Roles that only members of the Party hold, so the field says so too: who is due at an assembly follows from it.
_OF_MEMBERS = ("member", "branch_secretary", "deputy_secretary", "committee_member", "group_leader")
# Roles that no kind of meeting names, yet a branch has them.
_OF_BRANCHES = ("member", "group_leader")


class PersonDialog(QDialog):
    """Adds somebody, or shows and changes an entry; `saved` brings id and name."""

    saved = Signal(str, str)

    def __init__(
        self,
        desk: Desk,
        *,
        view: people.PersonView | None = None,
        place: people.Place | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.view = view
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        forms.load("person_dialog", self)
        room = self.screen().availableSize()
        self.resize(min(px(920), room.width() - 48), min(px(660), room.height() - 64))
        self._fill_choices()
        self._fill_roles()
        if view is None:
            self.setWindowTitle(_("Add a person"))
            self._begin(place)
        else:
            self.setWindowTitle(_("Entry in the register"))
            self._show(view)
        self._connect()
        self.name_field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the home and the roles stand below the rest."""
        super().resizeEvent(event)
        narrow = self.width() * 100 / theme.look().scale < 780
        self.inside_row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def _fill_choices(self) -> None:
        self.gender_field.editor.set_options([("", "—"), *((word, word) for word in _GENDERS)])
        self.party_field.editor.set_options(
            [
                ("", _("Not known")),
                ("none", _("No member")),
                ("probationary", _("Probationary member")),
                ("full", _("Full member")),
            ]
        )
        self.suffrage_field.editor.set_options(
            [("", _("By membership")), ("yes", _("May vote")), ("no", _("May not vote"))]
        )

        self.left_out_field.editor.set_options(
            [("", _("Counted")), *((key, _(one.name)) for key, one in EXCLUSIONS.items())]
        )
        for field in (self.moved_field, self.assembly_on_field, self.superior_on_field):
            field.editor.set_today(self.desk.today())
        self.moved_field.hide()
        self._fold_party()

    def _fold_party(self) -> None:
        """What only Party members have is asked of them only."""
        member = self.party_field.value() in ("full", "probationary")
        self.reports_field.setVisible(member)
        self.left_out_field.setVisible(member)
        for field in (self.approval_field, self.assembly_on_field, self.superior_on_field):
            field.setVisible(member and bool(self.left_out_field.value()))

    def _fold_move(self) -> None:
        """Another flat is a move or a correction: the day tells which."""
        home = self.view.home if self.view is not None else None
        parts = zip(self._flat(), ("courtyard", "building", "entrance", "room"), strict=True)
        differs = home is not None and any(
            (field.value() or "") != (getattr(home, part) or "") for field, part in parts
        )
        self.moved_field.setVisible(differs)

    def _fill_roles(self) -> None:
        unit_kind = units.unit(self.desk.work, self.desk.unit_id).kind
        kinds = kinds_for(unit_kind)
        named = set(POSTS.get(unit_kind, ())).union(*(kind.entitled.roles for kind in kinds))
        if any(kind.branch for kind in kinds):
            named.update(_OF_BRANCHES)
        self.roles: dict[str, QCheckBox] = {}
        self.terms = PersonTerms(self.desk.today())
        self.terms_place.addWidget(self.terms)
        for at, role in enumerate(role for role in ROLES if role in named):
            self.roles[role] = QCheckBox(_(ROLES[role].name))
            self.roles_grid.addWidget(self.roles[role], at // 2, at % 2)
            self.roles[role].toggled.connect(lambda held, role=role: self.terms.follow(role, held))
        self.roles_head.setVisible(bool(self.roles))
        self.since_words.setVisible(bool(self.roles))
        self.since_words.setText(_("From these follows who is due (应到) at a meeting."))

    def _begin(self, place: people.Place | None) -> None:
        yards = dict.fromkeys(flat.courtyard for flat in people.households(self.desk.work, self.desk.unit_id))
        where = place or people.Place()
        self.courtyard_field.set_value(where.courtyard or next(iter(yards), ""))
        self.building_field.set_value(where.building or "")
        self.entrance_field.set_value(where.entrance or "")
        self.held_words.hide()

    def _show(self, view: people.PersonView) -> None:
        person = view.person
        self.head.setText(person.name)
        self.save.setText(_("Save"))
        self.name_field.set_value(person.name)
        self.gender_field.set_value(person.gender or "")
        self.phone_field.set_value(person.phone)
        self.post_field.set_value(person.post)
        self.party_field.set_value(person.party or "")
        self.suffrage_field.set_value({True: "yes", False: "no"}.get(person.suffrage, ""))
        self.note_field.set_value(person.note)
        self.reports_field.set_value(person.reports_from)
        self.left_out_field.set_value(person.left_out or "")
        self.approval_field.set_value(person.left_out_approval)
        self.assembly_on_field.set_value(person.left_out_assembly_on)
        self.superior_on_field.set_value(person.left_out_superior_on)
        home = view.home
        for field, part in zip(self._flat(), ("courtyard", "building", "entrance", "room"), strict=True):
            field.set_value(getattr(home, part) if home else "")
        for role, term in self._held().items():
            if role in self.roles:
                self.roles[role].setChecked(True)
                if role in self.terms.lines:
                    self.terms.lines[role].set_term(*term)
        self._fold_party()
        self.held_words.setText("\n".join(_told(view, self.desk.today())))
        self.held_words.setVisible(bool(self.held_words.text()))

    def _held(self) -> dict[str, Term]:
        """The roles held in this unit now, with their terms."""
        found = self.view.memberships if self.view is not None else ()
        return {one.role: (one.from_on, one.to_on) for one, _unit in found
                if one.unit_id == self.desk.unit_id and running(one, self.desk.today())}  # fmt: skip

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.keep)
        for field in (self.name_field, self.phone_field, self.post_field, *self._flat()):
            field.editor.returnPressed.connect(self.keep)
        for role in _OF_MEMBERS:
            if role in self.roles:
                self.roles[role].toggled.connect(self._take_role)
        if self.view is None and "member" in self.roles:
            self.party_field.edited.connect(self._take_party)
        for field in (self.party_field, self.left_out_field):
            field.edited.connect(self._fold_party)
        for field in self._flat():
            field.edited.connect(self._fold_move)
        self.phone_field.editor.editingFinished.connect(lambda: self._check(self.phone_field, law.check_phone))

    def _take_role(self, held: bool) -> None:
        if held and self.party_field.value() in ("", "none"):
            self.party_field.set_value("full")
            self._fold_party()

    def _take_party(self) -> None:
        """Whoever is entered as a Party member mostly belongs to this branch; the tick can be taken out again."""
        belongs = any(self.roles[role].isChecked() for role in _OF_MEMBERS if role in self.roles)
        if self.party_field.value() in ("full", "probationary") and not belongs:
            self.roles["member"].setChecked(True)

    def _flat(self) -> tuple[Field, Field, Field, Field]:
        return self.courtyard_field, self.building_field, self.entrance_field, self.room_field

    # Saving

    def keep(self) -> None:
        """Save, unless a field says what would be right."""
        good = [
            self._check(self.name_field, units.checked_name),
            self._check(self.phone_field, law.check_phone),
            self._check_flat(),
            self._check_terms(),
        ]
        if all(good):
            person_id = run.act(self, self._save)
            if person_id:
                self.saved.emit(person_id, self.name_field.value())
                self.accept()

    def _check(self, field: Field, rule: Callable[[str], object]) -> bool:
        """Ask a rule of the domain; what it refuses is said below the field."""
        refused: list[AppError] = []
        field.show_error = lambda error, _again=None: refused.append(error)
        run.act(field, rule, field.value())
        if refused:
            field.set_error(render(refused[0]))
            field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            field.clear_error()
        return not refused

    def _check_flat(self) -> bool:
        _yard, building, entrance, room = (field.value() for field in self._flat())
        if not (building or entrance or room):
            return True
        sentences = (
            (self.courtyard_field, _("Which courtyard, such as 山大路194号院?")),
            (self.building_field, _("Which building, such as 1号楼?")),
            (self.room_field, _("Which room, such as 101?")),
        )
        empty = [(field, sentence) for field, sentence in sentences if not field.value()]
        for field, sentence in empty:
            field.set_error(sentence)
        if empty:
            empty[0][0].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return not empty

    def _check_terms(self) -> bool:
        wrong = self.terms.faulty()
        if wrong is not None:
            wrong.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return wrong is None

    def _save(self) -> str:
        values, held = self._values(), self._held()
        ticked = [role for role, box in self.roles.items() if box.isChecked()]
        roles = self.terms.values([*ticked, *(role for role in held if role not in self.roles)], held)
        if self.view is None:
            values.pop("moved_on", None)
            return str(people.add(self.desk.work, self.desk.unit_id, roles=roles, **values))
        if "home" not in values:
            values["household_id"] = None
        person_id = self.view.person.id
        people.edit(self.desk.work, person_id, roles_in=(self.desk.unit_id, roles), **values)
        return str(person_id)

    def _values(self) -> dict[str, Any]:
        courtyard, building, entrance, room = (field.value() for field in self._flat())
        reason = self.left_out_field.value()
        values: dict[str, Any] = {
            "name": self.name_field.value(),
            "gender": self.gender_field.value() or None,
            "phone": self.phone_field.value() or None,
            "post": self.post_field.value() or None,
            "party": self.party_field.value() or None,
            "suffrage": {"yes": True, "no": False}.get(self.suffrage_field.value()),
            "note": self.note_field.value() or None,
            "reports_from": self.reports_field.value() or None,
            "left_out": (
                reason,
                self.approval_field.value() or "",
                self.assembly_on_field.value(),
                self.superior_on_field.value(),
            )
            if reason
            else None,
        }
        if not self.moved_field.isHidden() and self.moved_field.value():
            values["moved_on"] = self.moved_field.value()
        if room:
            values["home"] = people.Home(courtyard, building, room, entrance or None)
        return values


def _told(view: people.PersonView, today: date) -> list[str]:
    """What the records say of somebody, a line each."""
    told = []
    for membership, unit in view.memberships:
        role = _(ROLES[membership.role].name) if membership.role in ROLES else membership.role
        if membership.to_on is not None and not running(membership, today):
            told.append(_("{role} of {unit} until {day}").format(role=role, unit=unit, day=membership.to_on))
    for stay in view.stays:
        if stay.to_on is not None:
            told.append(_("Lived at {home} until {day}").format(home=stay.home, day=stay.to_on))
        elif stay.from_on is not None:
            told.append(_("Lives at {home} since {day}").format(home=stay.home, day=stay.from_on))
    if view.person.verified_on:
        told.append(_("Entry checked {day}").format(day=view.person.verified_on))
    if view.person.moved_out_on:
        told.append(_("Moved away {day}").format(day=view.person.moved_out_on))
    if view.meetings:
        told.append(_("Last meeting: {title}").format(title=view.meetings[0].title))
    told.extend(_("Raised: {title}").format(title=item.title) for item in view.items[:3])
    return told
