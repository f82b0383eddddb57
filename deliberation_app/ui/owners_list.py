"""The list of owners: flats by their doors, who votes for each, and beside it the sums and one flat."""

from __future__ import annotations

import uuid
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from deliberation_app.domain.votes import area_text
from deliberation_app.language import _
from deliberation_app.services import owners_list
from deliberation_app.services.owners_list import FlatRow
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.panels import Scroll
from deliberation_app.ui.kit.table import Cell, Column, PagedModel
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.owners_flat import OwnersFlat
from deliberation_app.ui.owners_look import fold
from deliberation_app.ui.owners_words import area_words, owner_words, votes_words
from deliberation_app.ui.people_look import width_of

_FILTERS = {"all": None, "unsettled": "unsettled", "several": "several", "proxy": "proxy"}


class OwnersList(QWidget):
    """Arrows choose a flat, Enter goes into its fields."""

    take_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._id: uuid.UUID | None = None
        self._only: str | None = None
        self._rows: dict[str, FlatRow] = {}
        forms.load("owners_list", self)
        self.flat = OwnersFlat(desk)
        self.side_place.addWidget(Scroll(self.flat))
        self.setFocusProxy(self.search)
        columns = [
            Column(_("No."), lambda row: Cell(str(row.number), tone="text3"), 64),
            Column(_("Flat"), lambda row: Cell(row.place, strong=True), 150),
            Column(_("Owner"), _owner_cell, 0),
            Column(_("Floor area, m²"), _area_cell, width_of(area_words(None), _("Floor area, m²"))),
            Column(_("Who votes instead"), votes_words, 150),
        ]
        self.model = PagedModel(columns, key=lambda row: str(row.id), parent=self)
        self.table.show_model(self.model)
        self.take = Button(_("Take the list from the register"), icon="import")
        self.take.clicked.connect(self.take_wanted)
        box = self.empty.layout()
        box.insertWidget(box.count() - 1, self.take, 0, Qt.AlignmentFlag.AlignHCenter)
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
        self.search.returnPressed.connect(self._to_table)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._chosen())
        self.table.opened.connect(lambda _key: self.flat.begin())
        self.flat.left.connect(lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))

    def show_meeting(self, meeting_id: uuid.UUID) -> None:
        """Read the list of this meeting."""
        self._id = meeting_id
        view = owners_list.overview(self.desk.work, meeting_id)
        self.flat.show_sums(view)
        self._read()

    def _read(self) -> None:
        kept = self.table.current_id()
        text, only, meeting = self.search.value(), self._only, self._id

        def read(after: Any, limit: int) -> tuple[tuple, object]:
            found = owners_list.page(self.desk.work, meeting, text=text, only=only, after=after, limit=limit)
            self._rows.update((str(row.id), row) for row in found.rows)
            return found.rows, found.next

        self.model.read_from(read)
        for at, of in ((1, lambda row: row.place), (4, votes_words)):
            wide = width_of(self.model.columns[at].heading, *(of(row) for row in self.model.rows))
            self.table.setColumnWidth(at, px(min(wide, 260)))
        self.table.choose(kept)
        if self.model.rows and not self.table.current_id():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.table.setVisible(bool(self.model.rows))
        self.empty.setVisible(not self.model.rows)
        filtered = bool(text or only)
        self.take.setVisible(not filtered)
        if filtered:
            self.empty.say(_("No flat fits"), _("Try fewer letters, or choose All."), "search")
        else:
            hint = _("It takes every flat of the courtyard with its owner and floor area.")
            self.empty.say(_("The meeting has no list of owners yet"), hint, "people")
        self._chosen()

    def _filter(self, name: str) -> None:
        self._only = _FILTERS[name]
        run.act(self, self._read)

    def _to_table(self) -> None:
        self.typing.stop()
        run.act(self, self._read)
        if self.model.rows:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _chosen(self) -> None:
        row = self._rows.get(self.table.current_id()) if self.model.rows else None
        run.act(self, self.flat.show_flat, row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column in a narrow window."""
        super().resizeEvent(event)
        fold(self, self.columns, self.side, 348)


def _owner_cell(row: FlatRow) -> Cell:
    if row.owner or row.unsold:
        return Cell(owner_words(row), tone="text")
    return Cell(owner_words(row), icon="late", tone="warn")


def _area_cell(row: FlatRow) -> Cell:
    if row.area is None:
        return Cell(area_words(None), icon="late", tone="warn")
    return Cell(area_text(row.area))
