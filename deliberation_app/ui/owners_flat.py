"""Beside the list of owners: its sums with the lines of the law, and the fields of the chosen flat."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from deliberation_app.domain.votes import RULES, Requirement, area_text
from deliberation_app.language import _, ngettext_
from deliberation_app.services import owners, owners_flat
from deliberation_app.services.owners_list import FlatRow, ListView
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.lists import Row
from deliberation_app.ui.kit.names import NameEdit
from deliberation_app.ui.kit.panels import empty
from deliberation_app.ui.meeting_roll import find_people


class OwnersFlat(QWidget):
    """Enter in a field saves the flat; Esc goes back to the list."""

    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._row: FlatRow | None = None
        self._frozen = self._closed = False
        self._co: list[tuple[uuid.UUID, str]] = []
        forms.load("owners_flat", self)
        find = find_people(desk.work, desk.unit_id)
        for field in (self.owner, self.co_owner):
            field.set_editor(NameEdit(find))
        self.proxy_on.editor.set_today(desk.today())
        self.co_owner.editor.chosen.connect(self._add_co_owner)
        self.co_rows.acted.connect(self._drop_co_owner)
        self.co_rows.setAccessibleName(_("Co-owners"))
        self.save.clicked.connect(run.slot(self, self._save))
        for field in (self.owner, self.area, self.proxy, self.proxy_on, self.guardian, self.remark):
            field.editor.returnPressed.connect(self.save.click)

    def show_sums(self, view: ListView) -> None:
        """Flats, heads, area, and what the lines of the law are for them."""
        self._frozen, self._closed = view.frozen, view.closed
        sums = view.totals
        flats = ngettext_("{count} flat", "{count} flats", sums.flats).format(count=sums.flats)
        heads = ngettext_("{count} owner", "{count} owners", sums.heads).format(count=sums.heads)
        area = _("{area} m²").format(area=area_text(sums.area))
        self.sums.setText(f"{flats} · {heads} · {area}")
        empty(self.lines)
        for words in _lines(sums):
            self.lines.addWidget(Label(words, "hint", wrap=True))
        for words in _flags(view):
            self.lines.addWidget(Label(words, "hint", "warn", wrap=True))

    def show_flat(self, row: FlatRow | None) -> None:
        """Show one flat; nothing chosen shows no fields."""
        self._row = row
        fields = (self.owner, self.area, self.unsold, self.co_owner, self.co_rows, self.voter, self.proxy,
                  self.proxy_on, self.guardian, self.remark, self.save, self.chosen_head, self.chosen_hint)  # fmt: skip
        for widget in fields:
            widget.setVisible(row is not None)
        if row is None:
            return
        self.chosen_head.setText(row.place)
        self.chosen_hint.setText(_hint(row, frozen=self._frozen))
        self.owner.editor.set_person(str(row.owner_id or ""), row.owner)
        self.area.set_value(area_text(row.area) if row.area is not None else "")
        self.unsold.setChecked(row.unsold)
        self.proxy.set_value(row.proxy)
        self.proxy_on.set_value(row.proxy_on)
        self.guardian.set_value(row.guardian)
        self.remark.set_value(row.note)
        for widget in (self.owner, self.area, self.unsold):
            widget.setEnabled(not self._frozen)
        for widget in fields[3:11]:
            widget.setEnabled(not self._closed)
        self._co = owners_flat.co_owners(self.desk.work, row.id)
        self._show_co_owners(str(row.voter_id or ""))

    def begin(self) -> None:
        """Go into the first field that can be changed."""
        first = self.co_owner if self._frozen else self.owner
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_co_owners(self, voter: str) -> None:
        self.co_rows.fill([Row(str(key), name, "", act=_("Take away")) for key, name in self._co])
        self.co_rows.setFixedHeight(self.co_rows.whole_height())
        self.co_rows.setVisible(bool(self._co))
        first = self._row.owner if self._row and self._row.owner else _("The owner")
        names = [("", first), *((str(key), name) for key, name in self._co)]
        self.voter.editor.set_options(names)
        self.voter.set_value(voter if voter in dict(names) else "")
        self.voter.setVisible(bool(self._co))

    def _add_co_owner(self, key: str, name: str) -> None:
        if uuid.UUID(key) not in dict(self._co):
            self._co.append((uuid.UUID(key), name))
        self.co_owner.editor.clear_person()
        self._show_co_owners(self.voter.value())

    def _drop_co_owner(self, key: str) -> None:
        self._co = [one for one in self._co if str(one[0]) != key]
        self._show_co_owners(self.voter.value())

    def _save(self) -> None:
        if self._row is None:
            return
        owner, voter = self.owner.editor.person_id(), self.voter.value()
        owners_flat.edit(
            self.desk.work, self._row.id, owner_id=uuid.UUID(owner) if owner else None,
            area=owners_flat.area_of(self.area.value()), unsold=self.unsold.isChecked(),
            with_owners=[key for key, _name in self._co], voter_id=uuid.UUID(voter) if voter else None,
            proxy=self.proxy.value(), proxy_on=self.proxy_on.value(), guardian=self.guardian.value(),
            note=self.remark.value(),
        )  # fmt: skip
        self.desk.toast(_("{flat} is saved").format(flat=self._row.place))
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the fields as they were."""
        if event.key() == Qt.Key.Key_Escape and self._row is not None:
            self.show_flat(self._row)
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _lines(sums: owners.ListTotals) -> list[str]:
    """Who must take part, and of those taking part who must consent: at the least turnout and at a full one."""
    if not sums.heads:
        return []
    said, least = [], {"heads": 0, "area": 0}
    first = RULES[owners.AREA_RULES[0]]
    wholes = {"heads": sums.heads, "area": sums.area}
    for line in first.quorum:
        least[line.by] = line.needed(wholes[line.by])
    said.append(_("Take part, at least {fraction}: {heads} owners and {area} m²").format(
        fraction=_fraction(first.quorum[0]), heads=least["heads"], area=area_text(least["area"])))  # fmt: skip
    for rule in owners.AREA_RULES:
        by = {line.by: line for line in RULES[rule].passing}
        heads = f"{by['heads'].needed(least['heads'])}–{by['heads'].needed(sums.heads)}"
        area = f"{area_text(by['area'].needed(least['area']))}–{area_text(by['area'].needed(sums.area))}"
        words = _("{rule}: {fraction} of those taking part consent, {heads} owners and {area} m² by turnout")
        fraction = _fraction(by["heads"])
        said.append(words.format(rule=_(RULES[rule].name), fraction=fraction, heads=heads, area=area))
    return said


def _fraction(line: Requirement) -> str:
    part = f"{line.numerator}/{line.denominator}"
    return _("more than {part}").format(part=part) if line.strict else part


def _flags(view: ListView) -> list[str]:
    sums, said = view.totals, []
    if view.several:
        said.append(ngettext_("{count} owner has several flats and counts as one head with their whole area.",
                              "{count} owners have several flats; each counts as one head with their whole area.",
                              view.several).format(count=view.several))  # fmt: skip
    if sums.unsold:
        said.append(_("{count} flats not sold yet are together one head, the developer's.").format(count=sums.unsold))
    if sums.without_owner:
        said.append(_("{count} flats have no owner entered: each counts as a head of its own, so the lines may be too "
                      "high.").format(count=sums.without_owner))  # fmt: skip
    if sums.without_area:
        said.append(_("{count} flats have no floor area: they are missing from every line by area, so the lines are "
                      "too low.").format(count=sums.without_area))  # fmt: skip
    return said


def _hint(row: FlatRow, *, frozen: bool) -> str:
    if frozen:
        return _("Owner and area stay as they were when the vote was opened.")
    if not row.owner and not row.unsold:
        return _("No owner: the flat counts as a head of its own. Name the owner, or say that it is not sold yet.")
    if row.area is None:
        return _("No area: its area is missing from every line. Take it from the register of titles, else measure it.")
    return _("Changes go into the register too.")
