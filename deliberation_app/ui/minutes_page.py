"""The records of the unit's meetings: which are drafts, which wait for signatures, which are locked."""

from __future__ import annotations

import uuid
from typing import Any

from PySide6.QtWidgets import QWidget

from deliberation_app.domain.meetings import KINDS
from deliberation_app.domain.minutes import Finding
from deliberation_app.language import _, render
from deliberation_app.services import minutes_list
from deliberation_app.services.minutes_list import MinutesRow
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.buttons import Button, Segment
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.states import EmptyState
from deliberation_app.ui.kit.table import Cell, Column, PagedModel


class MinutesPage(QWidget):
    """A table of closed meetings with what their records lack; Enter opens the record."""

    parts = ("meetings", "minutes")

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        forms.load("minutes_page", self)
        self.view = Segment([("all", _("All")), ("unsigned", _("Not signed yet"))], name=_("Which records"))
        self.view_place.addWidget(self.view)
        self.model = PagedModel(
            [
                Column(_("Day"), lambda row: f"{row.starts_at.astimezone(DISPLAY_ZONE):%Y-%m-%d}", 116),
                Column(_("Meeting"), lambda row: Cell(row.title, strong=True), 0),
                Column(_("Kind"), lambda row: _(KINDS[row.kind].name), 150),
                Column(_("Record"), _state, 176),
                Column(_("What is missing"), self._lacking, 250),
            ],
            key=lambda row: str(row.meeting_id),
        )
        self._missing: dict[uuid.UUID, tuple[Finding, ...]] = {}
        self.table.setAccessibleName(_("Minutes"))
        self.table.show_model(self.model)
        self.empty = EmptyState(
            "minutes", _("No meeting has been closed yet"),
            _("When a meeting is closed, its record is composed here from what was said and decided."),
        )  # fmt: skip
        self.card_column.addWidget(self.empty)
        self.verify_act = Button(_("Check a paper"), icon="search")
        self.forms_act = Button(_("Empty forms"), icon="note")
        for act in (self.forms_act, self.verify_act):
            self.header.add_act(act)
        self.verify_act.clicked.connect(lambda: self.desk.navigate("verify"))
        self.forms_act.clicked.connect(lambda: self.desk.navigate("print_papers", blank=True))
        self.view.chosen.connect(lambda _view: self.refresh())
        self.table.opened.connect(lambda key: self.desk.navigate("record", id=key))

    def shown(self, **where: Any) -> None:
        """Open a record at once when one is asked for."""
        if where.get("id"):
            self.desk.navigate("record", id=where["id"])
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the first page again."""
        unsigned = self.view.current() == "unsigned"

        def read(after: object, limit: int) -> tuple[list[MinutesRow], object]:
            found = minutes_list.page(self.desk.work, self.desk.unit_id, unsigned=unsigned, after=after, limit=limit)
            self._look_for(tuple(row.meeting_id for row in found.rows if row.signed_at is None))
            return list(found.rows), found.next

        self.model.read_from(read)
        some = self.model.rowCount() > 0
        self.table.setVisible(some)
        self.empty.setVisible(not some)
        if some and not self.table.current_id():
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _look_for(self, meetings: tuple[uuid.UUID, ...]) -> None:
        """Read beside the window what these records lack: each meeting is read whole for it."""
        if meetings:
            work = self.desk.work
            words = _("Checking the records")
            run.beside(self, words, lambda _report: minutes_list.missing(work, meetings), self._found)

    def _found(self, missing: dict[uuid.UUID, tuple[Finding, ...]]) -> None:
        self._missing |= missing
        self.table.viewport().update()

    def _lacking(self, row: MinutesRow) -> Cell:
        """The gravest thing missing in words, and how many more."""
        if row.signed_at is not None:
            return Cell("")
        found = self._missing.get(row.meeting_id)
        if found is None:
            return Cell("…", tone="text3")
        if not found:
            return Cell(_("Nothing is missing"), icon="done", tone="ok")
        words = render(found[0].sentence)
        if len(found) > 1:
            words = _("{count} things: {first}").format(count=len(found), first=words)
        red = found[0].level == "red"
        return Cell(words, icon="failed" if red else "late_fill", tone="bad" if red else "warn")


def _state(row: MinutesRow) -> Cell:
    if row.signed_at is not None:
        day = f"{row.signed_at.astimezone(DISPLAY_ZONE):%Y-%m-%d}"
        return Cell(_("Signed on {day}").format(day=day), icon="done", tone="ok")
    if row.printed:
        return Cell(_("Draft {number} · to be signed").format(number=row.number), icon="sign", tone="warn")
    if row.number is not None:
        return Cell(_("Draft {number}").format(number=row.number), icon="under_way", tone="accent")
    return Cell(_("To be composed"), icon="to_do", tone="text2")
