"""People: the register of the unit as a table, beside it the grid of courtyards, buildings and entrances."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QFileDialog, QWidget

from deliberation_app.domain.notices import mask_phone
from deliberation_app.domain.votes import percent
from deliberation_app.language import _, ngettext_
from deliberation_app.services import people, people_home, register_export, units
from deliberation_app.ui.household_dialog import HouseholdDialog
from deliberation_app.ui.kit import forms, run, theme
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.flow import let_flow
from deliberation_app.ui.kit.states import EmptyState
from deliberation_app.ui.kit.table import Cell, Column, PagedModel
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.people_gaps import GapsDialog
from deliberation_app.ui.people_look import fit, tab_through, width_of
from deliberation_app.ui.people_words import (
    context_words,
    flats_words,
    party_cell,
    people_words,
    tree_of,
    verified_cell,
)
from deliberation_app.ui.person_dialog import PersonDialog

_TYPING_MS = 150
# Narrower than this the figures stand under the title instead of beside the acts.
_ROOMY = 1180
# What the file is called, whatever language the screen speaks.
_REGISTER = "名册"
_FILTERS = {"all": None, "heads": "building_head", "party": "party", "due": "unverified", "moved": "moved_out"}


class PeoplePage(QWidget):
    """Find somebody by name, initials or room; enter, check, move out."""

    parts = ("people",)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._place: people.Place | None = None
        self._only: str | None = None
        self._places: dict[str, people.Place] = {}
        self._rows: dict[str, people.PersonRow] = {}
        self._wanted = ""
        self._said = ("", "")
        forms.load("people_page", self)
        self.groups_act = Button(_("Groups"), icon="people")
        self.export_act = Button(_("Export"), icon="download-simple")
        self.import_act = Button(_("Import a list"), icon="import")
        self.add_act = Button(_("Add a person"), "primary", keys="Ctrl+N")
        for act in (self.groups_act, self.export_act, self.import_act, self.add_act):
            self.header.add_act(act)
        self._build_table()
        self._build_filters()
        self._connect()
        tab_through(self.header, self.search, self.filter_box, self.phones_act, self.side_choice, self.grid_card,
                    self.table, self.foot)  # fmt: skip

    def _build_table(self) -> None:
        verified = _("Last checked")
        member = (_("Member"), _("Probationary"), _("Party"))
        columns = [
            Column(_("Name"), lambda row: Cell(row.name, strong=True), 120),
            Column(_("Post"), lambda row: row.post or "", 0),
            Column(_("Lives at"), lambda row: row.home or "—", 130),
            Column(_("Party"), party_cell, width_of(*member, icon=True), spare=True),
            Column(_("Telephone"), self._phone, 120, spare=True),
            Column(verified, verified_cell, width_of(verified, _("over a year"), "2026-09-12", icon=True), spare=True),
        ]
        self.model = PagedModel(columns, key=lambda row: str(row.id), parent=self)
        self.table.show_model(self.model)
        self.table.horizontalHeader().setMinimumSectionSize(px(72))
        self.table.setMinimumHeight(px(40 + 4 * 44))
        self.empty = EmptyState("people")
        self.empty_row.addWidget(self.empty)

    def _build_filters(self) -> None:
        self.filters = QButtonGroup(self)
        self.filters.setExclusive(True)
        for name in _FILTERS:
            button = getattr(self, f"{name}_filter")
            self.filters.addButton(button)
            button.clicked.connect(lambda _on, name=name: self._filter(name))
        let_flow(self.filter_box)
        self.all_filter.setChecked(True)
        self.side_choice.set_options([("table", _("Register")), ("grid", _("Grid"))])
        self.side_choice.setAccessibleName(_("View"))

    def _connect(self) -> None:
        self.model.rowsInserted.connect(lambda *_rows: self._fit_columns())
        self.side_choice.chosen.connect(lambda _side: self.fold())
        self.typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self.typing.timeout.connect(run.slot(self, self._read))
        self.search.textChanged.connect(self.typing.start)
        self.search.returnPressed.connect(self._to_table)
        self.grid_tree.picked.connect(self._go_to)
        self.add_act.clicked.connect(self.add)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_chosen())
        self.table.opened.connect(self.open_person)
        self.open_act.clicked.connect(lambda: self.open_person(self.table.current_id()))
        self.phones_act.toggled.connect(self._show_phones)
        self.household_act.clicked.connect(self._open_household)
        self.doubles_act.clicked.connect(lambda: self.desk.navigate("doubles"))
        self.gaps_act.clicked.connect(lambda: GapsDialog(self.desk, self).open())
        self.groups_act.clicked.connect(lambda: self.desk.navigate("groups"))
        self.import_act.clicked.connect(lambda: self.desk.navigate("register"))
        self.export_act.clicked.connect(self._export)
        self.move_out_act.clicked.connect(run.slot(self, self._move_out))
        self.verify_act.clicked.connect(run.slot(self, self._verify))
        self.empty_act = Button(_("Add a person"), icon="add")
        self.empty_act.clicked.connect(self.add)
        box = self.empty.layout()
        box.insertWidget(box.count() - 1, self.empty_act, 0, Qt.AlignmentFlag.AlignHCenter)

    # Reading

    def shown(self, **where: Any) -> None:
        """`id` or `person` opens one person, as the search does."""
        self._wanted = str(where.get("id") or where.get("person") or "")
        if not self._wanted:
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._places:
            self._open_wanted()

    def refresh(self) -> None:
        """Read grid, table and figures again."""
        self._fill_grid()
        self._read()
        self._say_figures()
        if self._wanted:
            self._open_wanted()

    def _open_wanted(self) -> None:
        wanted, self._wanted = self._wanted, ""
        self.open_person(wanted)

    def _fill_grid(self) -> None:
        nodes = people.grid(self.desk.work, self.desk.unit_id, households=True)
        tree, self._places, wide = tree_of(nodes, people.marked(self.desk.work, self.desk.unit_id))
        self.grid_tree.blockSignals(True)
        self.grid_card.setFixedWidth(px(min(max(224, wide), 300)))
        kept = self.grid_tree.current_id() or "all"
        self.grid_tree.fill(tree)
        self.grid_tree.choose(kept)
        self.grid_tree.blockSignals(False)

    def _read(self) -> None:
        kept = self.table.current_id()
        text, only, place = self.search.value(), self._only, self._place

        def read(after: Any, limit: int) -> tuple[tuple, object]:
            found = people.page(
                self.desk.work, self.desk.unit_id, node=place, text=text, only=only, after=after, limit=limit
            )
            self._rows.update((str(row.id), row) for row in found.rows)
            return found.rows, found.next

        self.model.read_from(read)
        self._fit_columns()
        self.table.choose(kept)
        self._show_empty(not self.model.rows, filtered=bool(text or only or place))
        self._show_chosen()

    def _fit_columns(self) -> None:
        """Names, doors and telephones are never cut; what no row needs is left to the posts."""
        told = {0: lambda row: row.name, 2: lambda row: row.home, 4: self._phone, 3: party_cell, 5: verified_cell}
        fit(self.table, self.model, told, most=320)

    def _show_empty(self, empty: bool, *, filtered: bool) -> None:
        self.table.setVisible(not empty)
        self.empty_place.setVisible(empty)
        self.empty_act.setVisible(not filtered)
        if filtered:
            self.empty.say(_("Nobody fits"), _("Try fewer letters, or choose All."), "search")
        else:
            hint = _("Those who live here, the building heads, and whoever comes to the meetings.")
            self.empty.say(_("Nobody is in the register yet"), hint, "people")

    def _say_figures(self) -> None:
        sums = people.totals(self.desk.work, self.desk.unit_id)
        words = (
            people_words(sums.people),
            flats_words(sums.households),
            ngettext_("{count} Party member", "{count} Party members", sums.party).format(count=sums.party),
        )
        self.foot_words.set_text(" · ".join(words))
        self._said = context_words(self.desk.work, self.desk.unit_id), " · ".join(words)
        self.fold()
        self._say_gaps()
        self.due_tint.setVisible(bool(sums.unverified))
        due = ngettext_("{count} not checked for a year", "{count} not checked for a year", sums.unverified)
        self.due_words.show_as(due.format(count=sums.unverified), "warn", "late")
        if sums.people:
            self.due_sum.setText(f"{sums.verified} ÷ {sums.people} = {percent(sums.verified, sums.people)}")

    def _say_gaps(self) -> None:
        pairs = len(people.possible_doubles(self.desk.work, self.desk.unit_id))
        self.doubles_act.setVisible(bool(pairs))
        doubles = ngettext_("{count} pair may be one person", "{count} pairs may be one person", pairs)
        self.doubles_act.setText(doubles.format(count=pairs))
        sums = people_home.figures(self.desk.work, self.desk.unit_id)
        self.gaps_act.setVisible(bool(sums.households))
        words = _("Looked after: {part} of {whole} flats")
        self.gaps_act.setText(words.format(part=sums.linked, whole=sums.households))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold for a narrow window."""
        super().resizeEvent(event)
        self.fold()

    def fold(self) -> None:
        """Filters go below the search line; below 960 grid and table take turns."""
        wide = theme.window_width(self)
        across = QBoxLayout.Direction.LeftToRight if wide >= 1280 else QBoxLayout.Direction.TopToBottom
        self.filter_row.setDirection(across)
        roomy = wide >= _ROOMY
        self.foot_words.setVisible(roomy)
        self.header.set_context(self._said[0] if roomy else " · ".join(part for part in self._said if part))
        self.side_choice.setVisible(wide < 960)
        self.grid_card.setVisible(wide >= 960 or self.side_choice.current() == "grid")
        self.table_card.setVisible(wide >= 960 or self.side_choice.current() == "table")

    # Choosing

    def _filter(self, name: str) -> None:
        self._only = _FILTERS[name]
        if self.grid_tree.current_id().startswith("only:"):
            self.grid_tree.blockSignals(True)
            self.grid_tree.choose("all")
            self.grid_tree.blockSignals(False)
        run.act(self, self._read)

    def _go_to(self, key: str) -> None:
        self._place = None if key in ("", "all") else self._places.get(key)
        marked = key.removeprefix("only:") if key.startswith("only:") else None
        if marked is not None or self._only not in _FILTERS.values():
            self._only = marked
            self.all_filter.setChecked(True)
        run.act(self, self._read)

    def _to_table(self) -> None:
        self.typing.stop()
        run.act(self, self._read)
        if self.model.rows:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            self.table.setCurrentIndex(self.model.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes from the search line into the table."""
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self._to_table()
        else:
            super().keyPressEvent(event)

    def _chosen(self) -> people.PersonRow | None:
        return self._rows.get(self.table.current_id()) if self.table.isVisibleTo(self) else None

    def _show_chosen(self) -> None:
        row = self._chosen()
        for button in (self.move_out_act, self.verify_act, self.open_act):
            button.setEnabled(row is not None)
        self.household_act.setEnabled(self._household() is not None)
        self.chosen_words.setText(row.name if row else "")
        gone = row is not None and row.moved_out_on is not None
        self.move_out_act.setText(_("Lives here again") if gone else _("Move out"))

    def _phone(self, row: people.PersonRow) -> str:
        number = row.phone or ""
        return number if self.phones_act.isChecked() or not number else mask_phone(number)

    def _show_phones(self, shown: bool) -> None:
        self.phones_act.setText(_("Hide telephones") if shown else _("Show telephones"))
        self._fit_columns()
        self.table.viewport().update()

    def _household(self) -> uuid.UUID | None:
        row = self._chosen()
        if row is not None and row.household_id is not None:
            return row.household_id
        return None if self._place is None else people_home.at(self.desk.work, self.desk.unit_id, self._place)

    # Acts

    def _open_household(self) -> None:
        found = run.act(self, self._household)
        if found is not None:
            HouseholdDialog(self.desk, found, self).open()

    def _export(self) -> None:
        name = f"{units.unit(self.desk.work, self.desk.unit_id).name}{_REGISTER}.xlsx"
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Export"), str(Path.home() / name), "*.xlsx")
        if chosen:
            run.act(self, self.export_to, Path(chosen if chosen.lower().endswith(".xlsx") else f"{chosen}.xlsx"))

    def export_to(self, file: Path) -> None:
        """Write those who are listed now, with all columns an import knows."""
        count = register_export.export(self.desk.work, self.desk.unit_id, file, node=self._place,
                                       text=self.search.value(), only=self._only)  # fmt: skip
        words = ngettext_("{count} person written to {file}", "{count} people written to {file}", count)
        self.desk.toast(words.format(count=count, file=file.name), undo=False)

    def add(self) -> None:
        """Enter somebody new; the building chosen in the grid is filled in."""
        dialog = PersonDialog(self.desk, place=self._place, parent=self)
        dialog.saved.connect(self._added)
        dialog.open()

    def _added(self, person_id: str, name: str) -> None:
        self.table.choose(person_id)
        self._show_chosen()
        self.desk.toast(_("{name} is in the register").format(name=name))

    def open_person(self, person_id: str) -> None:
        """Show somebody's whole entry."""
        if person_id:
            view = run.act(self, people.person, self.desk.work, uuid.UUID(person_id))
            if view is not None:
                dialog = PersonDialog(self.desk, view=view, parent=self)
                dialog.saved.connect(lambda _id, name: self.desk.toast(_("{name} is saved").format(name=name)))
                dialog.open()

    def _move_out(self) -> None:
        row = self._chosen()
        if row is None:
            return
        on = None if row.moved_out_on else self.desk.today()
        people.move_out(self.desk.work, row.id, on)
        words = _("{name} moved away today") if on else _("{name} lives here again")
        self.desk.toast(words.format(name=row.name))

    def _verify(self) -> None:
        row = self._chosen()
        if row is not None:
            people.verify(self.desk.work, [row.id], self.desk.today())
            self.desk.toast(_("The entry of {name} was checked today").format(name=row.name))
