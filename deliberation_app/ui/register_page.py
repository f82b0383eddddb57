"""A list is taken into the register: its columns matched, what it would do shown row by row, then all or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QFileDialog, QWidget

from deliberation_app.domain.register import Heading, Sheet, find_heading, likely_heading
from deliberation_app.language import _, ngettext_
from deliberation_app.services import register, units
from deliberation_app.ui.kit import forms, run, theme
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.fields import Field
from deliberation_app.ui.kit.flow import let_flow
from deliberation_app.ui.kit.panels import InnerHeader
from deliberation_app.ui.kit.states import EmptyState
from deliberation_app.ui.kit.table import Cell, Column, PagedModel
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.people_look import tab_through, width_of
from deliberation_app.ui.register_words import (
    Shown,
    heading_words,
    left_words,
    passed_words,
    shown_rows,
    stopping,
    sums,
    verdict_cell,
)

_FILTERS = ("all", "added", "changed", "unchanged", "fault")
_PAGE = 200
_WAIT_MS = 250


class RegisterPage(QWidget):
    """Choose a file, see what it would do, import it; Esc goes back and nothing was changed."""

    parts = ("people",)
    inner = True

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setAcceptDrops(True)
        self._file: Path | None = None
        self._sheets: list[Sheet] = []
        self._heading: Heading | None = None
        self._seen: register.Preview | None = None
        self._rows: list[Shown] = []
        self._only = "all"
        self._asked = 0
        forms.load("register_page", self)
        self.header = InnerHeader(_("Import a list"))
        self.header.back.connect(desk.back)
        self.header.set_context(units.unit(desk.work, desk.unit_id).name)
        self.bar_place.addWidget(self.header)
        self.other = Button(_("Another file"), icon="import")
        self.take = Button(_("Import"), "primary", keys="Ctrl+Return")
        self.take.set_cap("Ctrl+Enter")
        for act in (self.other, self.take):
            self.header.add_act(act)
        self._build_table()
        self._build_fields()
        self._connect()
        tab_through(self.header, self.sheet_field, self.filter_box, self.side_choice, self.match_card, self.table_card)
        self._show_state()

    def _build_table(self) -> None:
        columns = [
            Column(_("Row"), lambda row: Cell(str(row.row), tone="text3"), width_of(_("Row"), "10000")),
            Column(_("What becomes of it"), verdict_cell, 120),
            Column(_("Name"), lambda row: Cell(row.name, strong=True), 120),
            Column(_("Lives at"), lambda row: row.home, 130),
            Column(_("What changes, or what is wrong"), lambda row: Cell(row.words, tone=row.tone), 0),
        ]
        self.model = PagedModel(columns, key=lambda row: row.key, parent=self)
        self.table.show_model(self.model)
        self.table.setMinimumHeight(px(40 + 4 * 44))
        self.begin = Button(_("Choose a file"), "primary", icon="import", keys="Ctrl+O")
        self.empty = EmptyState("people", act=self.begin)
        self.empty_row.addWidget(self.empty)

    def _build_fields(self) -> None:
        self.fields: dict[str, Field] = {}
        for field, words in register.field_titles():
            made = Field(_(words), "combo")
            made.edited.connect(self._match_again)
            self.match_fields.addWidget(made)
            self.fields[field] = made
        self.match_fields.addStretch()
        self.side_choice.set_options([("table", _("Preview")), ("match", _("Columns"))])
        self.side_choice.setAccessibleName(_("View"))

    def _connect(self) -> None:
        self.filters_group = QButtonGroup(self)
        for name in _FILTERS:
            button = getattr(self, f"{name}_filter")
            self.filters_group.addButton(button)
            button.clicked.connect(lambda _on, name=name: self._filter(name))
        let_flow(self.filter_box)
        self.all_filter.setChecked(True)
        self.side_choice.chosen.connect(lambda _side: self.fold())
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._say_chosen())
        self.sheet_field.edited.connect(run.slot(self, self._choose_sheet))
        self.other.clicked.connect(self.ask_file)
        self.begin.clicked.connect(self.ask_file)
        self.take.clicked.connect(self.take_in)
        self.members_box.toggled.connect(lambda _on: self._match_again())
        self.waiting = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self.waiting.timeout.connect(self._look)

    # Reading

    def shown(self, **where: Any) -> None:
        """`file` is opened at once."""
        if where.get("file"):
            self.open_file(Path(where["file"]))

    def refresh(self) -> None:
        """Compare again when somebody changed the register meanwhile."""
        if self._heading is not None:
            self._look()

    def ask_file(self) -> None:
        """Let the person choose a file."""
        words = _("Lists of people (*.xlsx *.csv)")
        chosen, _filter = QFileDialog.getOpenFileName(self, _("Import a list"), "", words)
        if chosen:
            self.open_file(Path(chosen))

    def open_file(self, file: Path) -> None:
        """Read a file beside the window, then look what it would do."""
        self.error_line.hide()
        self._asked += 1
        asked = self._asked

        def done(sheets: list[Sheet]) -> None:
            if asked == self._asked:
                self._opened(file, sheets)

        run.beside(self, _("Reading {file}").format(file=file.name), lambda _report: register.sheets(file), done,
                   self.progress)  # fmt: skip

    def _opened(self, file: Path, sheets: list[Sheet]) -> None:
        self._file, self._sheets = file, sheets
        self.header.set_context(file.name)
        best = next((at for at, sheet in enumerate(sheets) if find_heading(sheet) is not None), 0)
        self.sheet_field.editor.set_options([(str(at), sheet.name) for at, sheet in enumerate(sheets)], str(best))
        self.sheet_field.setVisible(len(sheets) > 1)
        run.act(self, self._choose_sheet)

    def _choose_sheet(self) -> None:
        at = int(self.sheet_field.value() or 0)
        sheet = self._sheets[at] if at < len(self._sheets) else None
        self._heading = None if sheet is None else find_heading(sheet) or likely_heading(sheet)
        if sheet is not None and self._heading is not None:
            heading = self._heading
            names = [(str(column), heading_words(column, words, column in sheet.hidden))
                     for column, words in heading.words.items()]  # fmt: skip
            for field, made in self.fields.items():
                column = heading.columns.get(field)
                made.editor.set_options([("", "—"), *names], "" if column is None else str(column))
            self.members_box.blockSignals(True)
            self.members_box.setChecked(register.of_members(sheet, heading, self._file.stem if self._file else ""))
            self.members_box.blockSignals(False)
        self._look()

    def _match_again(self) -> None:
        self.waiting.start()

    def _list(self) -> register.List | None:
        if self._heading is None:
            return None
        chosen = {field: int(made.value()) for field, made in self.fields.items() if made.value()}
        sheet = self._sheets[int(self.sheet_field.value() or 0)]
        return register.List(sheet, self._heading, chosen, self.members_box.isChecked())

    def _look(self) -> None:
        told = self._list()
        if told is None:
            self._seen, self._rows = None, []
            self._show_state()
            return
        self._asked += 1
        asked, work, unit = self._asked, self.desk.work, self.desk.unit_id

        def look(report: run.Report) -> tuple[register.Preview, list[Shown]]:
            seen = register.preview(work, unit, told, stopping(report))
            return seen, shown_rows(seen, told)

        def done(found: tuple[register.Preview, list[Shown]]) -> None:
            if asked == self._asked:
                self._seen, self._rows = found
                self._only = "all"
                self.all_filter.setChecked(True)
                self._show_state()

        run.beside(self, _("Comparing with the register"), look, done, self.progress)

    # Showing

    def _show_state(self) -> None:
        ready = self._seen is not None
        self.other.setVisible(self._file is not None)
        self.take.setVisible(ready)
        for part in (self.filter_box, self.match_card, self.foot):
            part.setVisible(ready)
        self.sheet_field.setVisible(ready and len(self._sheets) > 1)
        self.table.setVisible(ready)
        self.empty_place.setVisible(not ready)
        self.begin.setVisible(self._file is None)
        if self._file is None:
            self.empty.say(
                _("Choose a list of people"),
                _("An Excel or WPS file (.xlsx) or a CSV with one row a person, or drop one here. "
                  "Nothing is written before you say so."),
            )  # fmt: skip
        else:
            self.empty.say(_("Nothing to be seen in this sheet"), _("Choose another sheet or another file."), "search")
        if ready:
            kind = units.unit(self.desk.work, self.desk.unit_id).kind
            self.members_box.setVisible(register.is_branch(kind))
            told = self._list()
            words = left_words(told.left) if told is not None else ""
            self.left_words.set_text(words)
            self.left_words.setVisible(bool(words))
            self._say_sums()
            self._fill()
        self.fold()

    def _say_sums(self) -> None:
        assert self._seen is not None
        counted = sums(self._seen)
        names = {"all": _("All"), "added": _("New"), "changed": _("Changed"), "unchanged": _("As they were"),
                 "fault": _("Refused")}  # fmt: skip
        for name in _FILTERS:
            getattr(self, f"{name}_filter").setText(f"{names[name]} {counted[name]:,}")
        faults, doing = counted["fault"], counted["added"] + counted["changed"]
        self.take.setEnabled(not faults and doing > 0)
        if faults:
            words = ngettext_("{count} cell is wrong: correct it in the file, then open the file again. "
                              "Nothing is imported before.",
                              "{count} cells are wrong: correct them in the file, then open the file again. "
                              "Nothing is imported before.", faults)  # fmt: skip
            self.sum_words.show_as(words.format(count=faults), "bad", "missing")
        elif doing:
            words = _("New: {added} · changed: {changed} · as they were: {unchanged}")
            more = passed_words(self._seen)
            tone, icon = ("warn", "late") if self._seen.remarks else ("ok", "done")
            self.sum_words.show_as(" · ".join((words.format(**counted), *more)), tone, icon)
            self.take.setText(ngettext_("Import {count} person", "Import {count} people", doing).format(count=doing))
        else:
            self.sum_words.show_as(_("The register says all this already; there is nothing to import."), "info", "note")

    def _fill(self) -> None:
        rows = [row for row in self._rows if self._only in ("all", row.verdict)]
        if self._only == "all":
            rows.sort(key=lambda row: (row.verdict != "fault", not row.remark))

        def read(after: Any, limit: int) -> tuple[list[Shown], object]:
            start = int(after or 0)
            end = start + max(limit, _PAGE)
            return rows[start:end], end if end < len(rows) else None

        self.model.read_from(read)
        if rows:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._say_chosen()
        first = rows[:500]
        for at, words in ((1, [verdict_cell(row).text for row in first]), (2, [row.name for row in first]),
                          (3, [row.home for row in first])):  # fmt: skip
            wide = width_of(self.model.columns[at].heading, *words, icon=at == 1)
            self.table.setColumnWidth(at, px(min(wide, 240)))

    def _say_chosen(self) -> None:
        """The whole of what the chosen row says, however long."""
        at = self.model.row_of(self.table.current_id()) if self.model.rows else -1
        words = self.model.rows[at].words if at >= 0 else ""
        self.detail.setText(words)
        self.detail.setVisible(bool(words))

    def _filter(self, name: str) -> None:
        self._only = name
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold for a narrow window."""
        super().resizeEvent(event)
        self.fold()

    def fold(self) -> None:
        """Below 960 columns and preview take turns."""
        wide = theme.window_width(self)
        ready = self._seen is not None
        self.side_choice.setVisible(ready and wide < 960)
        self.match_card.setVisible(ready and (wide >= 960 or self.side_choice.current() == "match"))
        self.table_card.setVisible(not ready or wide >= 960 or self.side_choice.current() == "table")
        across = QBoxLayout.Direction.LeftToRight if wide >= 1100 else QBoxLayout.Direction.TopToBottom
        self.choose_row.setDirection(across)

    # Acts

    def take_in(self) -> None:
        """Import what is shown, all of it or nothing."""
        told = self._list()
        if told is None or not self.take.isEnabled():
            return
        self.take.setEnabled(False)
        work, unit = self.desk.work, self.desk.unit_id
        words = _("Taking the list in")
        job = run.beside(self, words, lambda report: register.take_in(work, unit, told, stopping(report)), self._taken,
                         self.progress)  # fmt: skip
        job.refused.connect(lambda _error: self._look())

    def _taken(self, taken: register.Taken) -> None:
        words = _("{added} added, {changed} changed, {unchanged} as they were")
        self.desk.navigate("people")
        self.desk.toast(words.format(added=taken.added, changed=taken.changed, unchanged=taken.unchanged))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file of this computer may be dropped."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.open_file(files[0])
