"""The figures of a period: charts that lead on and can be saved, the same as a table, the report as paper and Excel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QWidget

from deliberation_app.domain.figures import PERS, Per
from deliberation_app.language import _
from deliberation_app.services import archive_papers, report
from deliberation_app.services.report import Report
from deliberation_app.ui import figures_words as words
from deliberation_app.ui.archive_paper import REPORT
from deliberation_app.ui.figures_chart import BarChart
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.buttons import Button, Segment
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import Card, row
from deliberation_app.ui.kit.states import EmptyState
from deliberation_app.ui.kit.table import Column, PagedModel, Table
from deliberation_app.ui.kit.theme import px

_LEAST, _FOLD, _FIRST_YEAR = 440, 960, 1990
_STEPS = {"month": 12, "quarter": 4, "year": 1}
_ROWS = 44


class FiguresPage(QWidget):
    """Counts beside the window, so that no other page waits for it."""

    parts = ("agenda", "meetings", "votes", "tasks", "notices", "evaluation", "voices", "floor")
    inner = True
    lit = "home"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        forms.load("figures_page", self)
        today = desk.today()
        self.told: Report | None = None
        self._per: Per = "year"
        self._year, self._number = today.year, 1
        self._asked = 0
        self.header.set_title(_("Figures"))
        self.excel = Button(_("Excel"), icon="word")
        self.paper = Button(_("Period report"), icon="print", keys="Ctrl+P")
        for act in (self.excel, self.paper):
            self.header.add_act(act)
        self.per = Segment([(one, _(name)) for one, name in PERS.items()], "year", name=_("Period"))
        self.view = Segment([("charts", _("Charts")), ("table", _("Table"))], name=_("Charts or table"))
        self.per_place.addWidget(self.per)
        self.view_place.addWidget(self.view)
        self.earlier.setAccessibleName(_("Period before"))
        self.later.setAccessibleName(_("Next period"))
        self._make_inside()
        self._connect()

    def _make_inside(self) -> None:
        self.charts_place = QWidget()
        self.charts_row = row(self.charts_place, spacing=16)
        self.stages = self._card(_("The five stages"), words.OPENS_STAGE)
        self.answers = self._card(_("Satisfaction"), words.OPENS_ANSWERS)
        self.attendance = self._card(_("Attendance of the last meetings"), words.OPENS_MEETING)
        for card in (self.stages, self.answers):
            self.charts_row.addWidget(card, 1)
        self.inside_column.addWidget(self.charts_place)
        self.inside_column.addWidget(self.attendance)
        self.table_card = Card()
        box = row(self.table_card, margins=(1, 1, 1, 1))
        self.table = Table(name=_("Figures"))
        self.model = PagedModel(
            [
                Column(_("Figure"), lambda one: one.name, 210),
                Column(_("Formula"), lambda one: one.formula, 0),
                Column(_("Numbers"), lambda one: one.sum, 110),
                Column(_("Value"), lambda one: one.value, 120),
            ],
            key=lambda one: one.key,
        )
        self.table.show_model(self.model)
        box.addWidget(self.table)
        self.inside_column.addWidget(self.table_card, 1)
        self.empty = EmptyState(
            "calendar", _("Nothing happened in this period"),
            _("Voices, items, meetings, surveys and notices of the period are counted here by themselves."),
        )  # fmt: skip
        self.inside_column.addWidget(self.empty)
        self.inside_column.addStretch()

    def _card(self, title: str, opens: str) -> Card:
        card = Card()
        box = card.column(16, 6)
        head = row(spacing=8)
        head.addWidget(Label(title, "h3"), 1)
        save = Button(_("Save picture"), "quiet", icon="pdf", small=True)
        head.addWidget(save)
        box.addLayout(head)
        card.under = Label("", "hint", wrap=True)
        card.chart = BarChart(title)
        box.addWidget(card.chart)
        box.addWidget(card.under)
        box.addStretch()
        save.clicked.connect(run.slot(self, self.ask_picture, card.chart))
        card.chart.opened.connect(lambda key: words.open_bar(self.desk, opens, key))
        return card

    def _connect(self) -> None:
        self.header.back.connect(self.desk.back)
        self.per.chosen.connect(self._choose_per)
        self.view.chosen.connect(lambda _view: self._lay_out())
        self.earlier.clicked.connect(lambda: self.turn(-1))
        self.later.clicked.connect(lambda: self.turn(1))
        self.excel.clicked.connect(run.slot(self, self.ask_excel))
        self.paper.clicked.connect(lambda: self.desk.navigate(
            "archive_paper", paper=REPORT, per=self._per, year=self._year, number=self._number
        ))  # fmt: skip

    # Coming here and reading

    def shown(self, per: str = "", year: int | str = 0, number: int | str = 0, **_more: Any) -> None:
        """Show a period."""
        if per in PERS:
            self.per.choose(per)
            self._choose_per(per)
        if year:
            self._year, self._number = int(year), int(number or 1)
            self.refresh()
        self.stages.chart.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_per(self, per: str) -> None:
        """The period of the same sort that runs today, or the last of another year."""
        self._per = next(one for one in PERS if one == per)
        today = self.desk.today()
        month = today.month if self._year == today.year else 12
        self._number = {"month": month, "quarter": (month + 2) // 3, "year": 1}[self._per]
        self.refresh()

    def turn(self, by: int) -> None:
        """The period before or after."""
        steps = _STEPS[self._per]
        at = self._year * steps + self._number - 1 + by
        if _FIRST_YEAR <= at // steps <= self.desk.today().year:
            self._year, self._number = at // steps, at % steps + 1
            self.refresh()

    def refresh(self) -> None:
        """Count again, beside the window."""
        self._asked += 1
        asked, work, unit = self._asked, self.desk.work, self.desk.unit_id
        per, year, number = self._per, self._year, self._number
        self.period.setText(words.period_words(per, year, number))
        self.later.setEnabled(year < self.desk.today().year or number < _STEPS[per])
        run.beside(
            self, _("Counting"), lambda _report: report.report(work, unit, per, year, number),
            lambda told: asked == self._asked and self._show(told),
        )  # fmt: skip

    def _show(self, told: Report) -> None:
        self.told = told
        own = told.figures
        self.header.set_context(f"{own.unit} · {own.first.isoformat()} – {own.last.isoformat()}")
        self.stages.chart.show_bars(words.stage_bars(own))
        self.stages.under.setText(words.stages_under(own))
        self.answers.chart.show_bars(words.answer_bars(own))
        self.answers.under.setText(words.answers_under(own))
        self.attendance.chart.show_bars(words.meeting_bars(own))
        self.attendance.under.setText(words.attendance_under(own))
        lines = words.lines(own)
        self.model.read_from(lambda _after, _limit: (lines, None))
        self.table.setMinimumHeight(px(40 + _ROWS * len(lines) + 4))
        self._lay_out()

    def _lay_out(self) -> None:
        told = self.told
        some = told is not None and words.something(told.figures)
        charts = self.view.current() == "charts"
        self.charts_place.setVisible(charts and some)
        self.attendance.setVisible(charts and some and bool(told and told.figures.meetings))
        self.answers.setVisible(bool(told and told.figures.answers.returned))
        self.table_card.setVisible(not charts and some)
        self.empty.setVisible(told is not None and not some)
        self.excel.setEnabled(some)
        self.paper.setEnabled(some)

    # Files

    def ask_picture(self, chart: BarChart) -> None:
        """Ask for a place and write the chart there as PNG or SVG."""
        name = f"{chart.title} {self.period.text()}.png"
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Save picture"), name, "PNG (*.png);;SVG (*.svg)")
        if chosen:
            to = Path(chosen) if Path(chosen).suffix.lower() in (".png", ".svg") else Path(f"{chosen}.png")
            under = f"{self.told.figures.unit} · {self.period.text()}" if self.told else ""
            archive_papers.write(chart.picture(vector=to.suffix.lower() == ".svg", under=under), to)
            self.desk.toast(_("Saved as {file}").format(file=to.name), undo=False)

    def ask_excel(self) -> None:
        """Ask for a place and write the report as .xlsx."""
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Excel"), f"{self.period.text()}.xlsx", "*.xlsx")
        if chosen and self.told is not None:
            to = Path(chosen if chosen.endswith(".xlsx") else f"{chosen}.xlsx")
            archive_papers.write(report.as_sheets(self.told), to)
            self.desk.toast(_("Saved as {file}").format(file=to.name), undo=False)

    def minimumSizeHint(self) -> QSize:
        """It folds before it asks the window to scroll."""
        return QSize(px(_LEAST), px(420))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The charts stand below each other where there is little room."""
        super().resizeEvent(event)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        parts = (self.per, self.earlier, self.period, self.later, self.view)
        needed = sum(part.sizeHint().width() + px(12) for part in parts) + px(64)
        tight = event.size().width() < needed
        if tight != (self.inside_column.indexOf(self.view) >= 0):
            if tight:
                self.inside_column.insertWidget(0, self.view)
            else:
                self.view_place.addWidget(self.view)
        self.charts_row.setDirection(down if event.size().width() < px(_FOLD) else across)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, PgUp and PgDn turn the period."""
        if event.key() == Qt.Key.Key_Escape:
            self.desk.back()
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn(-1 if event.key() == Qt.Key.Key_PageUp else 1)
        else:
            super().keyPressEvent(event)
