"""What must be held in each period of the year, and the meeting behind each mark."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from deliberation_app.language import _, ngettext_, render
from deliberation_app.services import duties, units
from deliberation_app.services.duties import DutyCell, DutyRow, DutyYear
from deliberation_app.ui import duties_asks
from deliberation_app.ui.agenda_ask import Ask, AskPanel
from deliberation_app.ui.duties_acts import Do, DutyActs
from deliberation_app.ui.duties_table import DutyTable
from deliberation_app.ui.duties_words import (
    GROUPED,
    LOOKS,
    head_words,
    law_words,
    period_words,
)
from deliberation_app.ui.kit import forms, run, theme
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.marks import Disc
from deliberation_app.ui.kit.panels import empty
from deliberation_app.ui.kit.states import EmptyState
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.people_look import tab_through

_FIRST_YEAR = 1990
_FOLD, _FOLD_PANEL, _LEAST = 640, 800, 440
_SUMS = (("done", "ok"), ("failed", "bad"), ("late_fill", "warn"), ("to_do", "text2"))


class DutiesPage(QWidget):
    """The matrix, and below it the chosen cell with its clause and its one act."""

    parts = ("meetings", "floor", "people")

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._shown_year = desk.today().year
        self._year: DutyYear | None = None
        self._act: Do | None = None
        forms.load("duties_page", self)
        self.table = DutyTable()
        self.table_column.addWidget(self.table)
        self.empty = EmptyState("duties", _("No meetings are required of this kind of unit"))
        self.empty_row.addWidget(self.empty)
        self.disc = Disc("", "", "duties", 40)
        self.disc_place.addWidget(self.disc)
        for icon, (name, tone) in zip((self.held_icon, self.missing_icon, self.partial_icon, self.ahead_icon), _SUMS,
                                      strict=True):  # fmt: skip
            icon.show_as(name, tone)
        self.groups_act = Button(_("Name the groups"), icon="settings")
        self.header.add_act(self.groups_act)
        self.report_act = Button(_("Period report"), icon="word")
        self.report_act.clicked.connect(lambda: self.desk.navigate("figures", per="year", year=self._shown_year))
        self.header.add_act(self.report_act)
        self.ask = AskPanel()
        self.ask_place.addWidget(self.ask)
        self.panel_row.setAlignment(self.acts, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.all_acts = DutyActs(desk, self, self._open)
        self._connect()
        tab_through(self.groups_act, self.report_act, self.before, self.after_year, self.table, self.panel, self.ask)

    def _connect(self) -> None:
        self.before.clicked.connect(lambda: self.turn(-1))
        self.after_year.clicked.connect(lambda: self.turn(1))
        self.groups_act.clicked.connect(run.slot(self, self.name_groups))
        self.table.turned.connect(self.turn)
        self.table.chosen.connect(self._tell_chosen)
        self.table.acted.connect(self._do)
        self.ask.answered.connect(self._answered)
        self.ask.left.connect(self._leave_ask)

    # Coming here and reading

    def shown(self, year: int | str = 0, duty: str = "", id: str = "", **_more: Any) -> None:
        """Show a year, and choose the cell of a duty that runs now."""
        if year and int(year) != self._shown_year:
            self._shown_year = int(year)
            self.refresh()
        if duty or id:
            if self._year is None:
                self.refresh()
            self._choose_duty(duty or id)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_duty(self, wanted: str) -> None:
        ids = [row.duty.id for row in self._year.rows] if self._year else []
        if wanted in ids:
            self.table.choose(ids.index(wanted), self._month_now())

    def _month_now(self) -> int:
        today = self.desk.today()
        return today.month if today.year == self._shown_year else 12 if today.year > self._shown_year else 1

    def refresh(self) -> None:
        """Read the year again."""
        self._year = year = duties.year(self.desk.work, self.desk.unit_id, self._shown_year, self.desk.today())
        name = units.unit(self.desk.work, self.desk.unit_id).name
        self.header.set_context(_("{unit} · each cell is filled by the meetings that were held").format(unit=name))
        self.year_words.setText(_("{year}").format(year=year.year))
        self.before.setEnabled(year.year > _FIRST_YEAR)
        self.after_year.setEnabled(year.year <= year.today.year)
        some = bool(year.rows)
        for widget in (self.table_card, self.panel, self.sums):
            widget.setVisible(some and not (widget is self.panel and self.ask.asking()))
        self.empty_place.setVisible(not some)
        self.groups_act.setVisible(any(row.duty.kind == GROUPED for row in year.rows))
        self.table.fill(year)
        if some and self.table.cell() is None and not (year.next and self.table.choose_cell(year.next)):
            self.table.choose(0, self._month_now())
        self._tell_sums(year)
        self._tell_chosen()

    def turn(self, by: int) -> None:
        """Show a year further on or back."""
        wanted = self._shown_year + by
        if _FIRST_YEAR <= wanted <= self.desk.today().year + 1:
            self._shown_year = wanted
            self._leave_ask()
            run.act(self, self.refresh)

    def _tell_sums(self, year: DutyYear) -> None:
        """How many were held, are missing, not complete, still to come; the first gap is named where there is room."""
        self.held_count.setText(str(year.held))
        self.held_words.setText(ngettext_("held", "held", year.held))
        self.missing_count.setText(str(year.missing))
        self.missing_words.setText(ngettext_("missing", "missing", year.missing) + self._first_gap(year))
        self.partial_count.setText(str(year.partial))
        self.partial_words.setText(_("not complete"))
        self.ahead_count.setText(str(year.ahead))
        self.ahead_words.setText(_("still ahead"))
        for part, count in ((self.missing_sum, year.missing), (self.partial_sum, year.partial)):
            part.setVisible(count > 0)

    def _first_gap(self, year: DutyYear) -> str:
        gaps = [(row, cell) for row in year.rows for cell in row.cells if cell.status == "missing"]
        if len(gaps) != 1 or self.width() * 100 / theme.look().scale < 1000:
            return ""
        row, cell = gaps[0]
        return _(" ({duty}, {period})").format(duty=render(row.name), period=period_words(row, cell))

    def minimumSizeHint(self) -> QSize:
        """Narrower than its wide form: then it folds."""
        return QSize(px(_LEAST), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The gap is named where there is room; in a narrow window sums and acts go below."""
        super().resizeEvent(event)
        for row, fold in ((self.year_row, _FOLD), (self.panel_row, _FOLD_PANEL)):
            narrow = event.size().width() < px(fold)
            row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        if self._year is not None:
            self._tell_sums(self._year)

    # The chosen cell

    def _tell_chosen(self) -> None:
        row, cell = self.table.row(), self.table.cell()
        if row is None or cell is None or self._year is None:
            return
        if self.ask.asking():
            self._leave_ask()
        look = LOOKS[cell.status]
        self.disc.show_as("", look.tone, {"check": "done", "close": "missing"}.get(look.icon, look.icon or "duties"))
        self.head.setText(head_words(row, cell, self._year.today))
        self.under.setText(law_words(row))
        more = self._more_words(row, cell)
        self.more.setText(more)
        self.more.setVisible(bool(more))
        self._show_acts(row, cell)

    def _more_words(self, row: DutyRow, cell: DutyCell) -> str:
        parts = [_("Why: {reason}").format(reason=cell.reason)] if cell.reason else []
        unnamed = self._year.unnamed if self._year and row.duty.kind == GROUPED else ()
        mine = [one for one in unnamed if cell.month_from <= one.day.month <= cell.month_to]
        if mine:
            words = ngettext_(
                "{count} group meeting names none of the groups in its title and counts for none.",
                "{count} group meetings name none of the groups in their titles and count for none.", len(mine),
            )  # fmt: skip
            parts.append(words.format(count=len(mine)))
        return " · ".join(parts)

    def _show_acts(self, row: DutyRow, cell: DutyCell) -> None:
        kept = self.panel.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        empty(self.acts)
        acts = self.all_acts.of(row, cell)
        self._act = acts[-1][2] if acts else None
        for at, (words, kind, do) in enumerate(acts):
            last = at == len(acts) - 1
            button = Button(words, kind, cap="Enter" if last else "")
            button.clicked.connect(run.slot(self, do))
            self.acts.addWidget(button)
        if kept:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _do(self) -> None:
        if self._act is not None:
            run.act(self, self._act)

    # Acts

    def name_groups(self) -> None:
        """Ask which Party groups there are."""
        found = [row for row in self._year.rows if row.duty.kind == GROUPED] if self._year else []
        if found:
            self._open(duties_asks.groups(self.desk, found[0]))

    def _open(self, ask: Ask) -> None:
        self.error_line.hide()
        self.panel.hide()
        self.ask.open(ask)

    def _leave_ask(self) -> None:
        if self.ask.asking():
            self.ask.close_ask()
            self.panel.show()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answered(self, words: str) -> None:
        self.desk.toast(words)
        self.panel.show()
        # A changed number or group makes the year again, after this act has told everybody.
        QTimer.singleShot(0, self, run.slot(self, self.refresh))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
