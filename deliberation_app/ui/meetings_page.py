"""Meetings: the month as a calendar or all of them as a list, called here, and taken in from meeting files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from deliberation_app.domain import calendar
from deliberation_app.domain.meetings import KINDS
from deliberation_app.errors import AppError, FileFaults
from deliberation_app.language import _, ngettext_
from deliberation_app.services import meeting_file, meetings_view
from deliberation_app.services.meetings_view import MeetingRow
from deliberation_app.ui.kit import forms, run, theme
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.states import EmptyState
from deliberation_app.ui.kit.table import Cell, Column, PagedModel
from deliberation_app.ui.meeting_dialog import MeetingDialog
from deliberation_app.ui.meetings_calendar import MonthGrid, month_away
from deliberation_app.ui.meetings_files import FaultList, ask_file
from deliberation_app.ui.meetings_words import STATE_LOOK, day_words, hour_words, moment_words, month_words, state_words
from deliberation_app.ui.people_look import tab_through, width_of

_TYPING_MS = 150


class MeetingsPage(QWidget):
    """Look around by month or by list; the panel below tells of the meeting chosen."""

    parts = ("meetings", "floor", "minutes")

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._rows: dict[str, MeetingRow] = {}
        self._shown_span: tuple[date, date] | None = None
        self._left: dict[str, Any] = {}
        forms.load("meetings_page", self)
        self.import_act = Button(_("Import a meeting file"), icon="import")
        self.call_act = Button(_("Call a meeting"), "primary", keys="Ctrl+N")
        self.header.add_act(self.import_act)
        self.header.add_act(self.call_act)
        self.view_choice.set_options([("month", _("Calendar")), ("list", _("List"))])
        self.view_choice.setAccessibleName(_("View"))
        self._build()
        self._connect()
        self._show_view("month")
        tab_through(
            self.import_act, self.call_act, self.view_choice, self.before, self.after_month, self.to_today, self.search,
            self.grid, self.table, self.faults, self.panel,
        )  # fmt: skip

    def _build(self) -> None:
        self.grid = MonthGrid(self.desk.today())
        self.calendar_column.addWidget(self.grid)
        self.faults = FaultList()
        self.faults_column.addWidget(self.faults)
        today = self.desk.today()
        states = [state_words(state) for state in STATE_LOOK]
        columns = [
            Column(_("When"), lambda row: moment_words(row.starts_at, today), 150),
            Column(_("Meeting"), lambda row: Cell(row.title, strong=True), 0),
            Column(_("Kind"), lambda row: _(KINDS[row.kind].name), 150),
            Column(_("Number"), lambda row: row.number, width_of(_("Number"), "〔2026〕第10次")),
            Column(_("Attended"), _attended, width_of(_("Attended"), "100 / 100")),
            Column(_("State"), _state_cell, width_of(_("State"), *states, icon=True)),
        ]
        self.model = PagedModel(columns, key=lambda row: str(row.id), parent=self)
        self.table.show_model(self.model)
        self.empty = EmptyState("meetings")
        self.empty_row.addWidget(self.empty)

    def _connect(self) -> None:
        self.view_choice.chosen.connect(self._show_view)
        self.before.clicked.connect(lambda: self.grid.go_to(month_away(self.grid.day, -1)))
        self.after_month.clicked.connect(lambda: self.grid.go_to(month_away(self.grid.day, 1)))
        self.to_today.clicked.connect(lambda: self.grid.go_to(self.desk.today()))
        self.grid.moved.connect(run.slot(self, self._moved))
        self.grid.opened.connect(self.open_meeting)
        self.grid.wanted.connect(self.call)
        self.table.opened.connect(self.open_meeting)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._tell_chosen())
        self.typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self.typing.timeout.connect(run.slot(self, self._read_list))
        self.search.textChanged.connect(self.typing.start)
        self.call_act.clicked.connect(self.call)
        QShortcut(QKeySequence("Ctrl+M"), self, activated=self.call)
        self.import_act.clicked.connect(self.import_file)
        self.faults.again.connect(self.import_file)
        self.faults.closed.connect(lambda: self._show_view(self.view_choice.current()))

    # Reading

    def shown(self, **where: Any) -> None:
        """`new` calls a meeting, `id` or `meeting` opens one; coming back from there shows the page itself."""
        coming_back, self._left = bool(where) and where == self._left, {}
        wanted = where.get("id") or where.get("meeting")
        if not coming_back and (wanted or where.get("new")):
            self._left = where
            QTimer.singleShot(0, self, lambda: self._answer(str(wanted or ""), where.get("item")))
        self._focus()

    def _answer(self, wanted: str, item: str | None) -> None:
        if wanted:
            self.open_meeting(wanted)
        else:
            self.call(item=item)

    def _focus(self) -> None:
        view = self.grid if self.view_choice.current() == "month" else self.table
        view.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read the month and the list again."""
        self._shown_span = None
        self._moved()
        if self.view_choice.current() == "list":
            self._read_list()

    def _moved(self) -> None:
        span = self.grid.span()
        if span != self._shown_span:
            found = meetings_view.between(self.desk.work, self.desk.unit_id, *span)
            self._shown_span = span
            self._rows.update((str(row.id), row) for row in found)
            self.grid.fill(found)
            inside = [row for row in found if calendar.day_of(row.starts_at).month == self.grid.day.month]
            count = ngettext_("{count} meeting", "{count} meetings", len(inside)).format(count=len(inside))
            self.header.set_context(f"{month_words(self.grid.day)} · {count}")
        self.month_words.setText(month_words(self.grid.day))
        self._tell_chosen()

    def _read_list(self) -> None:
        kept, text = self.table.current_id(), self.search.value()

        def read(after: Any, limit: int) -> tuple[tuple, object]:
            page = meetings_view.page(self.desk.work, self.desk.unit_id, text=text, after=after, limit=limit)
            self._rows.update((str(row.id), row) for row in page.rows)
            return page.rows, page.next

        self.model.read_from(read)
        for at, of in ((0, lambda row: moment_words(row.starts_at, self.desk.today())),
                       (2, lambda row: _(KINDS[row.kind].name))):  # fmt: skip
            self.table.setColumnWidth(at, self._fitting(at, [of(row) for row in self.model.rows]))
        some = bool(self.model.rows)
        self.table.setVisible(some)
        self.empty_place.setVisible(not some)
        if text:
            self.empty.say(_("No meeting fits"), _("Try fewer characters."), "search")
        else:
            self.empty.say(_("No meeting yet"), _("Call one with Ctrl N, or import a meeting file."), "meetings")
        self.table.choose(kept)
        if some and not self.table.current_id():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._tell_chosen()

    def _fitting(self, at: int, words: list[str]) -> int:
        widest = max((self.table.fontMetrics().horizontalAdvance(word) for word in words), default=0)
        return max(widest, self.table.horizontalHeader().sectionSizeHint(at)) + self.table.fontMetrics().height() * 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Kind and number give way in a narrow window."""
        super().resizeEvent(event)
        for at in (2, 3):
            self.table.setColumnHidden(at, not self._wide())

    def _wide(self) -> bool:
        return theme.window_width(self) >= 1280

    # Choosing

    def _show_view(self, name: str) -> None:
        month = name == "month"
        self.stack.setCurrentWidget(self.calendar_card if month else self.table_card)
        for widget in (self.before, self.month_words, self.after_month, self.to_today):
            widget.setVisible(month)
        self.search.setVisible(not month)
        self.panel.show()
        if not month:
            run.act(self, self._read_list)
        self._tell_chosen()

    def _chosen(self) -> MeetingRow | None:
        if self.view_choice.current() == "month":
            return self.grid.meeting()
        return self._rows.get(self.table.current_id())

    def _tell_chosen(self) -> None:
        row, today = self._chosen(), self.desk.today()
        if row is None:
            self._tell_empty_day()
            return
        tone, icon = STATE_LOOK[row.state]
        facts = [
            (icon, tone, state_words(row.state), _(KINDS[row.kind].name)),
            ("room", "text2", row.place or _("No room yet"), row.number),
            ("people", "text2", ngettext_("{count} due", "{count} due", row.due).format(count=row.due), _came(row)),
        ]
        wide = self._wide()
        opener = Button(_("See the meeting"), cap="Enter")
        opener.clicked.connect(lambda: self.open_meeting(str(row.id)))
        self.panel.show_facts(moment_words(row.starts_at, today), row.title, facts if wide else facts[:1], [opener])

    def _tell_empty_day(self) -> None:
        if self.view_choice.current() != "month":
            self.panel.show_facts("", "", [])
            self.panel.hide()
            return
        day = self.grid.day
        self.panel.show()
        caller = Button(_("Call a meeting on this day"), cap="Enter")
        caller.clicked.connect(lambda: self.call(day))
        today = self.desk.today()
        words = _("No meeting on this day")
        self.panel.show_facts(day_words(day, today), words, [], [caller] if day >= today else [])

    # Acts

    def open_meeting(self, key: str) -> None:
        """Go to one meeting."""
        if key:
            self.desk.navigate("meeting", id=key)

    def call(self, day: object = None, item: str | None = None) -> None:
        """Call a meeting, on this day if one is given, and for this item."""
        dialog = MeetingDialog(self.desk, day=day if isinstance(day, date) else None, item=item, parent=self)
        dialog.saved.connect(self._called)
        dialog.open()

    def _called(self, key: str) -> None:
        self.desk.toast(_("The meeting is called; it is being prepared"))
        self.open_meeting(key)

    def import_file(self, path: Path | bool | None = None) -> None:
        """Take a meeting file in, whole or not at all."""
        chosen = path or ask_file(self)
        if chosen:
            work = self.desk.work
            job = lambda _report: meeting_file.import_file(work, chosen)  # noqa: E731 - named for the line below
            run.beside(self, _("Importing the meeting file"), job, self._imported, self.progress)

    def _imported(self, report: meeting_file.ImportReport) -> None:
        if report.remarks:
            self.faults.show_remarks(report.title, report.remarks)
            self.stack.setCurrentWidget(self.faults_card)
            self.panel.hide()
        else:
            self._show_view(self.view_choice.current())
        if report.changed:
            self.desk.toast(_("“{title}” was taken in").format(title=report.title))
        else:
            self.desk.toast(_("“{title}” is here already, unchanged").format(title=report.title), undo=False)
        row = run.act(self, meetings_view.row, self.desk.work, report.meeting_id)
        if row is not None:
            self.grid.go_to(calendar.day_of(row.starts_at))

    def show_error(self, error: AppError, again: Any = None) -> None:
        """Faults of a file are listed in the page, everything else is said in its error line."""
        if isinstance(error, FileFaults):
            self.faults.show_faults(error)
            self.stack.setCurrentWidget(self.faults_card)
            self.panel.hide()
        else:
            self.error_line.show_error(error, again)


def _attended(row: MeetingRow) -> Cell:
    if row.state in ("planned", "called", "cancelled"):
        return Cell(str(row.due) if row.due else "—", tone="text3")
    return Cell(f"{row.present} / {row.due}")


def _came(row: MeetingRow) -> str:
    if row.state in ("planned", "called", "cancelled"):
        return hour_words(row.starts_at)
    return _("{count} came").format(count=row.present)


def _state_cell(row: MeetingRow) -> Cell:
    tone, icon = STATE_LOOK[row.state]
    return Cell(state_words(row.state), icon=icon, tone=tone)
