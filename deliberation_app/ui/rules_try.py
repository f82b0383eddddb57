"""The place to try a rule: the day, the numbers, and beneath them what they come to."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from deliberation_app.domain.votes import RULES, Count, OwnRule
from deliberation_app.language import _
from deliberation_app.services import rules
from deliberation_app.services.rules import Reading
from deliberation_app.ui.kit import run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.dates import DateEdit
from deliberation_app.ui.kit.fields import Field
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import column, line, row
from deliberation_app.ui.rules_candidates import RuleCandidates
from deliberation_app.ui.rules_numbers import RuleNumbers
from deliberation_app.ui.rules_verdict import RuleVerdict


class RuleTry(QWidget):
    """Numbers typed here are judged at once and never kept."""

    day_changed = Signal()
    judged = Signal(str)

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._reading: Reading | None = None
        self._own: dict[str, OwnRule] = {}
        self._typed: dict[str, dict[str, str]] = {}
        box = column(self, margins=(20, 16, 20, 20), spacing=10)
        box.addLayout(self._head())
        box.addLayout(self._day_row(today))
        self.house = Field(_("By which rules"), "combo")
        self.house.edited.connect(self.judge)
        box.addWidget(self.house)
        box.addWidget(line())
        self.numbers = RuleNumbers()
        self.numbers.edited.connect(self.judge)
        box.addWidget(self.numbers)
        self.verdict = RuleVerdict()
        box.addWidget(self.verdict)
        self.candidates = RuleCandidates()
        self.candidates.edited.connect(self.judge)
        box.addWidget(self.candidates)
        box.addStretch()

    def _head(self) -> QHBoxLayout:
        across = row(spacing=8)
        across.addWidget(Label(_("Try it"), "h3"), 1)
        self.example = Button(_("Example"), small=True, keys="Ctrl+E")
        self.example.clicked.connect(self._show_example)
        self.clear = Button(_("Empty"), "quiet", small=True)
        self.clear.clicked.connect(self._empty)
        across.addWidget(self.clear)
        across.addWidget(self.example)
        return across

    def _day_row(self, today: date) -> QHBoxLayout:
        across = row(spacing=12)
        self.day = DateEdit(today, today)
        label = Label(_("Day of the vote"), "label", wrap=True)
        label.setBuddy(self.day)
        self.day.setAccessibleName(label.text())
        self.day.setAccessibleDescription(_("The law of this day judges the numbers"))
        self.day.setToolTip(_("The law of this day judges the numbers"))
        self.day.textEdited.connect(lambda _text: self.day_changed.emit())
        across.addWidget(label, 1)
        across.addWidget(self.day)
        return across

    def on_day(self) -> date:
        """The day whose law judges; today while nothing readable stands there."""
        return self.day.value() or self._today

    def show_rule(self, reading: Reading, own: list[OwnRule]) -> None:
        """Ask for the numbers of this rule; what was typed for it before stands there again."""
        before = self._reading
        if before is not None:
            self._typed[before.id] = self.numbers.texts()
        self._reading = reading
        if before is None or before.id != reading.id:
            self.numbers.ask(reading.fields)
            if reading.id in self._typed:
                self.numbers.show_texts(self._typed[reading.id])
            else:
                self.numbers.show_count(reading.example)
        self._offer(own)
        self.judge()

    def _offer(self, own: list[OwnRule]) -> None:
        asked = self._reading is not None and RULES[self._reading.id].own_fractions
        self.house.setVisible(asked and bool(own))
        self._own = {rule.id: rule for rule in own} if asked else {}
        kept = self.house.value()
        self.house.editor.set_options([(rule.id, rule.printed) for rule in self._own.values()])
        if kept in self._own:
            self.house.set_value(kept)

    def judge(self) -> None:
        """Say what the numbers come to."""
        if self._reading is None:
            return
        numbers, unreadable = self.numbers.read()
        chosen = self._own.get(self.house.value())
        trial = run.act(
            self, rules.try_out, self._reading.id, numbers, self.on_day(), chosen.house_rule if chosen else None
        )
        self.candidates.setVisible(RULES[self._reading.id].election)
        if RULES[self._reading.id].election:
            self.candidates.judge(self._reading.id, numbers, self.on_day())
        if trial is not None:
            count = Count(**numbers, house_rule=chosen.house_rule if chosen else None)
            self.verdict.show_trial(self._reading.id, count, trial, unreadable)
            self.judged.emit(self.verdict.words())

    def _show_example(self) -> None:
        if self._reading is not None:
            self.numbers.show_count(self._reading.example)
            self.judge()

    def _empty(self) -> None:
        self.numbers.show_texts({})
        self.judge()
        self.numbers.start()
