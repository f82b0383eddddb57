"""The delivery log: each flat with how its paper went out, and beside it the fields of one delivery."""

from __future__ import annotations

import uuid
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from deliberation_app.domain.votes_owners import WAYS
from deliberation_app.language import _, ngettext_
from deliberation_app.services import deliveries, owners_list
from deliberation_app.services.owners_list import FlatRow
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.panels import Scroll
from deliberation_app.ui.kit.table import Cell, Column, PagedModel
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.owners_deliver import OwnersDeliver
from deliberation_app.ui.owners_look import fold
from deliberation_app.ui.owners_words import owner_words, way_words
from deliberation_app.ui.people_look import width_of

_FILTERS = {"all": None, "missing": "missing"}


class OwnersDelivery(QWidget):
    """Arrows choose a flat, Enter goes into its fields, Enter there notes the delivery and goes to the next."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._id: uuid.UUID | None = None
        self._only: str | None = None
        self._rows: dict[str, FlatRow] = {}
        forms.load("owners_delivery", self)
        self.fields = OwnersDeliver(desk)
        self.side_place.addWidget(Scroll(self.fields))
        self.setFocusProxy(self.search)
        day = _("Day")
        columns = [
            Column(_("No."), lambda row: Cell(str(row.number), tone="text3"), 64),
            Column(_("Flat"), lambda row: Cell(row.place, strong=True), 150),
            Column(_("Owner"), lambda row: Cell(owner_words(row), tone="text"), 0),
            Column(_("How"), _way_cell, width_of(_("not reached"), *map(way_words, WAYS), icon=True)),
            Column(day, lambda row: row.delivered_on.isoformat() if row.delivered_on else "", width_of("2026-10-12")),
            Column(_("Who took it"), lambda row: row.receiver or row.delivery_note, 120),
        ]
        self.model = PagedModel(columns, key=lambda row: str(row.id), parent=self)
        self.table.show_model(self.model)
        self._connect()

    def _connect(self) -> None:
        self.filters_group = QButtonGroup(self)
        for name in _FILTERS:
            button = getattr(self, f"{name}_filter")
            self.filters_group.addButton(button)
            button.clicked.connect(lambda _on, name=name: self._filter(name))
        self.all_filter.setChecked(True)
        self.typing = QTimer(self, singleShot=True, interval=150)
        self.typing.timeout.connect(run.slot(self, self._read))
        self.search.textChanged.connect(self.typing.start)
        self.search.returnPressed.connect(lambda: self.table.setFocus(Qt.FocusReason.TabFocusReason))
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._chosen())
        self.table.opened.connect(lambda _key: self.fields.receiver.setFocus(Qt.FocusReason.TabFocusReason))
        self.fields.save.clicked.connect(run.slot(self, self._save))
        self.fields.strike.clicked.connect(run.slot(self, self._strike))
        self.fields.rest.clicked.connect(run.slot(self, self._rest))
        for field in (self.fields.on, self.fields.receiver, self.fields.remark):
            field.editor.returnPressed.connect(self.fields.save.click)

    def show_meeting(self, meeting_id: uuid.UUID) -> None:
        """Read the log of this meeting."""
        self._id = meeting_id
        self.fields.show_progress(deliveries.progress(self.desk.work, meeting_id))
        listed = owners_list.overview(self.desk.work, meeting_id)
        kept = self.fields.building.value()
        buildings = [("", _("All buildings")), *((name, name) for name in listed.buildings)]
        self.fields.building.set_options(buildings, kept)
        for widget in (self.fields.save, self.fields.strike, self.fields.rest):
            widget.setEnabled(not listed.closed)
        self._read()

    def _read(self) -> None:
        kept = self.table.current_id()
        text, only, meeting = self.search.value(), self._only, self._id

        def read(after: Any, limit: int) -> tuple[tuple, object]:
            found = owners_list.page(self.desk.work, meeting, text=text, only=only, after=after, limit=limit)
            self._rows.update((str(row.id), row) for row in found.rows)
            return found.rows, found.next

        self.model.read_from(read)
        wide = width_of(self.model.columns[1].heading, *(row.place for row in self.model.rows))
        self.table.setColumnWidth(1, px(min(wide, 260)))
        self.table.choose(kept)
        if self.model.rows and not self.table.current_id():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.table.setVisible(bool(self.model.rows))
        self.empty.setVisible(not self.model.rows)
        if self._only == "missing" and not text:
            self.empty.say(_("Every flat is reached"), _("The log names each of them."), "done")
        else:
            self.empty.say(_("No flat fits"), _("Take the list of owners first, or try fewer letters."), "search")
        self._chosen()

    def _filter(self, name: str) -> None:
        self._only = _FILTERS[name]
        run.act(self, self._read)

    def _row(self) -> FlatRow | None:
        return self._rows.get(self.table.current_id()) if self.model.rows else None

    def _chosen(self) -> None:
        row = self._row()
        for widget in (self.fields.way, self.fields.on, self.fields.receiver, self.fields.remark, self.fields.save):
            widget.setVisible(row is not None)
        self.fields.strike.setVisible(row is not None and bool(row.way))
        self.fields.chosen_head.setText(row.place if row is not None else "")
        self.fields.receiver.set_value(row.receiver if row is not None else "")
        self.fields.remark.set_value(row.delivery_note if row is not None else "")

    def _save(self) -> None:
        row = self._row()
        if row is None:
            return
        at = self.table.currentIndex().row()
        deliveries.deliver(
            self.desk.work, self._id, flats=[row.household_id], way=self.fields.way.value(),
            on=self.fields.on.value() or self.desk.today(), receiver=self.fields.receiver.value(),
            note=self.fields.remark.value(),
        )  # fmt: skip
        self.desk.toast(_("Delivery to {flat} is noted").format(flat=row.place))
        again = self.model.row_of(str(row.id))
        self.table.setCurrentIndex(self.model.index(min(again + 1 if again >= 0 else at, len(self.model.rows) - 1), 0))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _strike(self) -> None:
        row = self._row()
        if row is not None:
            deliveries.take_back(self.desk.work, self._id, row.household_id)
            self.desk.toast(_("The last delivery to {flat} is struck").format(flat=row.place))

    def _rest(self) -> None:
        building = self.fields.building.value()
        count = deliveries.deliver(
            self.desk.work, self._id, way="public_notice", on=self.fields.on.value() or self.desk.today(),
            building=building or None, everybody=not building, note=self.fields.remark.value(),
        )  # fmt: skip
        words = ngettext_("{count} flat reached by notice on the board", "{count} flats reached by notice on the board",
                          count)  # fmt: skip
        self.desk.toast(words.format(count=count), undo=bool(count))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column in a narrow window."""
        super().resizeEvent(event)
        fold(self, self.columns, self.side, 348)


def _way_cell(row: FlatRow) -> Cell:
    if row.way:
        return Cell(way_words(row.way), icon="done", tone="ok")
    return Cell(_("not reached"), icon="to_do", tone="warn")
