"""Evaluation: which items wait for their score, forms that are out, counted surveys, and the figures of them all."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from deliberation_app.language import _, ngettext_
from deliberation_app.services import agenda, evaluation_figures, evaluation_survey
from deliberation_app.services.evaluation import SurveyRow, Waiting
from deliberation_app.services.evaluation_figures import FigureRow
from deliberation_app.services.evaluation_survey import Out
from deliberation_app.ui import evaluation_asks, evaluation_print
from deliberation_app.ui import evaluation_words as words
from deliberation_app.ui.agenda_ask import Ask, AskPanel
from deliberation_app.ui.evaluation_table import sum_columns
from deliberation_app.ui.evaluation_words import Standing
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.states import EmptyState
from deliberation_app.ui.kit.table import Cell, Column, PagedModel
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.outcome_panel import ChosenPanel
from deliberation_app.ui.people_look import tab_through, width_of

_LEAST = 420
Told = list[tuple[str, str, Any]]


class EvaluationPage(QWidget):
    """One list of what waits, is out and is counted; beside it the figures by category, courtyard and period."""

    parts = ("evaluation", "agenda", "tasks", "people")

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._rows: dict[str, Standing] = {}
        self._wanted = self._ask_wanted = ""
        forms.load("evaluation_page", self)
        self.line_act = Button(_("Set the line"), icon="settings")
        self.print_act = Button(_("Print empty forms"), icon="print", keys="Ctrl+P")
        self.ask_act = Button(_("Give out forms"), icon="add", keys="Ctrl+N")
        for act in (self.line_act, self.print_act, self.ask_act):
            self.header.add_act(act)
        self.panel, self.ask = ChosenPanel(), AskPanel()
        self.panel_place.addWidget(self.panel)
        self.ask_place.addWidget(self.ask)
        self._build()
        self._connect()
        tab_through(self.line_act, self.print_act, self.ask_act, self.view_choice, self.span_choice, self.by_choice,
                    self.table, self.figures, self.panel)  # fmt: skip

    def _build(self) -> None:
        strict, wide = _("Strict"), _("Wide")
        rate = width_of(strict, wide, "100.0000%")
        columns = [
            Column(_("Item"), lambda one: Cell(f"{one.number} {one.title}".strip(), strong=True), 0),
            Column(_("How it stands"), words.state_cell, width_of(_("Below the line, sent back"), icon=True) + 6),
            Column(strict, lambda one: Cell(words.rate_words(one, "strict"), tone="text", right=True), rate),
            Column(wide, lambda one: Cell(words.rate_words(one, "wide"), tone="text", right=True), rate, spare=True),
            Column(
                _("Counted on"), words.day_of, width_of(_("Counted on"), "2026年12月30日", "30 Dec 2026"), spare=True
            ),
        ]
        self.model = PagedModel(columns, key=lambda one: one.key, parent=self)
        self.table.show_model(self.model)
        self.view_choice.set_options([("list", _("Surveys")), ("category", _("By category")),
                                      ("courtyard", _("By courtyard")), ("period", _("By period"))])  # fmt: skip
        self.view_choice.setAccessibleName(_("View"))
        self._spans = words.spans(self.desk.today())
        self.span_choice.set_options([(key, said) for key, said, _days in self._spans])
        self.by_choice.set_options([("quarter", _("Quarters")), ("month", _("Months")), ("year", _("Years"))])
        self.sums = PagedModel(sum_columns(), key=lambda row: row.name, parent=self)
        self.figures.show_model(self.sums)
        for table in (self.table, self.figures):
            table.setMinimumHeight(px(40 + 4 * 44))
        self.first = Button(_("Give out forms"), "primary", icon="add")
        self.empty = EmptyState("evaluation", act=self.first)
        self.empty_row.addWidget(self.empty)

    def _connect(self) -> None:
        self.view_choice.chosen.connect(lambda _name: run.act(self, self.refresh))
        for choice in (self.span_choice, self.by_choice):
            choice.activated.connect(run.slot(self, self.refresh))
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._tell_chosen())
        self.table.opened.connect(lambda _key: self._do_main())
        self.figures.selectionModel().currentRowChanged.connect(lambda *_rows: self._tell_formula())
        self.line_act.clicked.connect(run.slot(self, self.set_line))
        self.print_act.clicked.connect(run.slot(self, self.print_forms))
        for act in (self.ask_act, self.first):
            act.clicked.connect(run.slot(self, self.begin_any))
        self.ask.answered.connect(self._answered)
        self.ask.left.connect(self._leave_ask)

    # Coming here and reading

    def shown(self, item: Any = None, id: Any = None, survey: Any = None, view: str = "", ask: str = "",
              **_more: Any) -> None:  # fmt: skip
        """Show the line of an item or a survey, or the figures."""
        self._wanted, self._ask_wanted = str(survey or item or id or ""), ask
        self.ask.close_ask()
        if view:
            self.view_choice.choose(view)
        if self._rows:
            run.act(self, self.refresh)
        (self.table if self.view_choice.current() == "list" else self.figures).setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read the view in front again."""
        line = evaluation_survey.line(self.desk.work, self.desk.unit_id)
        said = _("The unit's line: {line}; an item below it goes back to be discussed")
        none = _("The unit has no line yet; set one, and an item below it goes back to be discussed")
        self.header.set_context(said.format(line=words.line_words(line)) if line is not None else none)
        view = self.view_choice.current()
        self.span_choice.setVisible(view != "list")
        self.by_choice.setVisible(view == "period")
        self.said.set_text("")
        self.table.setVisible(view == "list")
        self.figures.setVisible(view != "list")
        if view == "list":
            self._read_list()
        else:
            self._read_figures(view)

    def _read_list(self) -> None:
        kept = self.table.current_id()

        def read(after: Any, limit: int) -> tuple[list[Standing], Any]:
            found, more = words.lines(self.desk.work, self.desk.unit_id, after, limit)
            self._rows.update((one.key, one) for one in found)
            return found, more

        self.model.read_from(read)
        self.table.choose(kept)
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self.table.choose(next((one.key for one in self.model.rows
                                    if wanted in (str(one.item_id), one.key.partition(":")[2])), kept))  # fmt: skip
        if not self.table.current_id() and self.model.rows:
            self.table.choose(self.model.key_at(0))
        states = width_of(*(words.state_cell(one).text for one in self.model.rows), _("How it stands"), icon=True) + 6
        self.table.setColumnWidth(1, px(states))
        self._show_empty(not self.model.rows)
        self._tell_chosen()
        if self._ask_wanted:
            self._ask_wanted = ""
            self._do_main()

    def _read_figures(self, view: str) -> None:
        first, last = next(days for key, _said, days in self._spans if key == self.span_choice.value())
        found = evaluation_figures.figures(self.desk.work, self.desk.unit_id, first, last, by=self.by_choice.value())
        rows = {"category": found.by_category, "courtyard": found.by_courtyard, "period": found.by_period}[view]
        self.sums.columns[0] = Column(self._head(view), self.sums.columns[0].cell, 0)
        self.sums.read_from(lambda _after, _limit: (rows, None))
        said = ngettext_("{count} item scored, {back} sent back", "{count} items scored, {back} sent back",
                         found.evaluated).format(count=found.evaluated, back=found.sent_back)  # fmt: skip
        self.said.set_text(said)
        self._show_empty(not rows)
        if rows:
            self.figures.choose(rows[0].name)
        self._tell_formula()

    def _head(self, view: str) -> str:
        return {"category": _("Category"), "courtyard": _("Courtyard"), "period": _("Period")}[view]

    def _show_empty(self, empty: bool) -> None:
        self.empty_place.setVisible(empty)
        for part in (self.table, self.figures, self.panel) if empty else ():
            part.hide()
        hint = _("A decided item comes here by itself when all its tasks are closed; forms about any decided item can "
                 "go out at once.")  # fmt: skip
        if self.view_choice.current() == "list":
            self.empty.say(_("Nothing waits for its score, and nothing was scored yet"), hint, "evaluation")
        else:
            self.empty.say(_("Nothing was scored in this stretch of time"), _("Choose another one, or All years."))
        self.first.setVisible(self.view_choice.current() == "list" and not self.ask.asking())

    # What is chosen

    def chosen(self) -> Standing | None:
        """The line of the current row."""
        return self._rows.get(self.table.current_id()) if self.model.rows else None

    def _tell_chosen(self) -> None:
        one = self.chosen()
        if self.view_choice.current() != "list":
            return
        self.panel.setVisible(one is not None and not self.ask.asking())
        if one is None:
            return
        cell = words.state_cell(one)
        told = one.told
        facts = [(cell.icon, cell.tone, cell.text, "")]
        if isinstance(told, Waiting):
            facts = [
                (
                    cell.icon,
                    cell.tone,
                    cell.text,
                    ngettext_("{count} task closed", "{count} tasks closed", told.tasks).format(count=told.tasks),
                )
            ]
        elif isinstance(told, Out):
            line = told.survey.line
            held = (line["basis"], line["numerator"], line["denominator"]) if line else None
            facts = [(cell.icon, cell.tone, cell.text, words.line_words(held))]
        elif isinstance(told, SurveyRow):
            facts = [(cell.icon, cell.tone, told.strict.formula, words.line_words(told.line))]
        self.panel.show_facts(one.title, self._under(told), facts, self._buttons(self._acts(one)))

    def _under(self, told: Waiting | Out | SurveyRow) -> str:
        if isinstance(told, SurveyRow):
            parts = [_("{count} handed out").format(count=told.survey.invited)] if told.survey.invited else []
            parts += [_("{count} returned").format(count=told.responses.returned),
                      _("{count} valid").format(count=told.responses.valid)]  # fmt: skip
            return " · ".join(parts)
        if isinstance(told, Out):
            return words.listed(str(name) for name in told.survey.groups)
        return _("All tasks are closed")

    def _tell_formula(self) -> None:
        """The formula behind the chosen line of figures."""
        if self.view_choice.current() == "list" or not self.sums.rows:
            return
        row: FigureRow = next(
            (row for row in self.sums.rows if row.name == self.figures.current_id()), self.sums.rows[0]
        )
        self.panel.setVisible(not self.ask.asking())
        facts = [("evaluation", "text2", row.strict.formula, _("strict")),
                 ("evaluation", "text2", row.wide.formula, _("wide"))]  # fmt: skip
        self.panel.show_facts(row.name or _("without category"), ngettext_(
            "{count} survey", "{count} surveys", row.surveys).format(count=row.surveys), facts)  # fmt: skip

    def _acts(self, one: Standing) -> Told:
        """What can be done about it, the main one last."""
        told = one.told
        if isinstance(told, Waiting):
            return [(_("Give out the forms"), "primary", self.begin)]
        if isinstance(told, Out):
            return [
                (_("Call the forms back"), "quiet", self.call_back), (_("Print the forms"), "normal", self.print_forms),
                (_("Count"), "primary", self.count),
            ]  # fmt: skip
        acts: Told = [
            (_("See the item"), "quiet", self.see), (_("Ask again"), "quiet", self.begin),
            (_("Print the count"), "normal", self.print_count),
        ]  # fmt: skip
        if told.below_line and told.stage in ("decided", "evaluated"):
            acts.append((_("Send back with the reasons"), "primary", self.send_back))
        elif not told.below_line and told.stage == "decided":
            acts.append((_("On to “evaluated”"), "primary", self.move_on))
        return acts

    def _buttons(self, told: Told) -> list[Button]:
        made = []
        for at, (said, kind, do) in enumerate(told):
            button = Button(said, kind, cap="Enter" if at == len(told) - 1 else "")
            button.clicked.connect(run.slot(self, do))
            made.append(button)
        return made

    def _do_main(self) -> None:
        one = self.chosen()
        if one is not None:
            run.act(self, self._acts(one)[-1][2])

    # Acts

    def set_line(self) -> None:
        """Ask for the unit's line."""
        self._open(evaluation_asks.line(self.desk))

    def begin(self) -> None:
        """Ask what goes out."""
        one = self.chosen()
        if one is not None:
            line = words.line_words(evaluation_survey.line(self.desk.work, self.desk.unit_id))
            self._open(evaluation_asks.begin(self.desk, one, line))

    def begin_any(self) -> None:
        """Ask about which item forms go out: any that is decided, its tasks closed or not."""
        line = words.line_words(evaluation_survey.line(self.desk.work, self.desk.unit_id))
        self._open(evaluation_asks.begin(self.desk, None, line))

    def count(self) -> None:
        """Go where forms are counted."""
        one = self.chosen()
        if one is not None and isinstance(one.told, Out):
            self.desk.navigate("survey", id=str(one.told.survey.id))

    def call_back(self) -> None:
        """Call the forms back; that can be taken back."""
        one = self.chosen()
        if one is not None and isinstance(one.told, Out):
            evaluation_survey.cancel(self.desk.work, one.told.survey.id)
            self.desk.toast(_("The forms about “{title}” are called back").format(title=one.title))

    def print_forms(self) -> None:
        """Print as many forms as go out about the chosen item; without one the empty form."""
        evaluation_print.forms(self, self.desk, self.chosen())

    def print_count(self) -> None:
        """Print the count of the item's surveys."""
        one = self.chosen()
        if one is not None:
            evaluation_print.count(self, self.desk, one)

    def see(self) -> None:
        """Go to the item."""
        one = self.chosen()
        if one is not None:
            self.desk.navigate("agenda", item=str(one.item_id))

    def send_back(self) -> None:
        """Ask why it is sent back, the reasons filled in."""
        one = self.chosen()
        if one is not None and isinstance(one.told, SurveyRow):
            self._open(evaluation_asks.send_back(self.desk, one, one.told))

    def move_on(self) -> None:
        """The item reaches the stage of evaluation."""
        one = self.chosen()
        if one is not None:
            agenda.take(self.desk.work, one.item_id, "evaluate")
            self.desk.toast(_("“{title}” is evaluated").format(title=one.title))

    def _open(self, ask: Ask) -> None:
        self.error_line.hide()
        self.panel.hide()
        self.ask.open(ask)

    def _leave_ask(self) -> None:
        self.ask.close_ask()
        run.act(self, self.refresh)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answered(self, said: str) -> None:
        self.desk.toast(said)
        run.act(self, self.refresh)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def minimumSizeHint(self) -> QSize:
        """Narrower than its wide form: the tables scroll."""
        return QSize(px(_LEAST), super().minimumSizeHint().height())
