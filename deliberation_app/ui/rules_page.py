"""The rules of voting: every rule in plain words, and numbers tried in it before anybody votes."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from deliberation_app.language import _
from deliberation_app.services import rules
from deliberation_app.services.rules import OwnRule, Reading
from deliberation_app.ui import rules_words
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.panels import Scroll
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.rules_list import RulesList
from deliberation_app.ui.rules_reading import RuleReading
from deliberation_app.ui.rules_try import RuleTry

# Below these widths (at 100 %) words and numbers take turns, then the list goes above them.
_TWO, _ONE = 960, 660
_LIST = 232
_UNBOUND = 16777215


class RulesPage(QWidget):
    """Left the rules, in the middle the chosen one in words, right a place to try numbers in it."""

    parts = ("people",)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        forms.load("rules_page", self)
        self._readings: dict[str, Reading] = {}
        self._own: list[OwnRule] = []
        self._chosen = ""
        self.list = RulesList()
        self.list.setAccessibleName(_("Rules"))
        self.reading = RuleReading()
        self.trial = RuleTry(desk.today())
        self.reading_scroll, self.try_scroll = Scroll(self.reading), Scroll(self.trial)
        self.list_place.addWidget(self.list)
        self.reading_place.addWidget(self.reading_scroll)
        self.try_place.addWidget(self.try_scroll)
        for scroll in (self.reading_scroll, self.try_scroll):
            scroll.setMinimumHeight(px(340))
        self.list.picked.connect(self._pick)
        self.list.opened.connect(lambda _rule: self._try_it())
        self.view.set_options([("read", _("The rule")), ("try", _("Try it"))])
        self.view.setAccessibleName(_("What is shown"))
        self.view.chosen.connect(lambda _view: self._fold())
        self.trial.day_changed.connect(self.refresh)
        self.trial.judged.connect(lambda said: self.view.words("try", f"{_('Try it')} · {said}"))
        self.trial.numbers.moved.connect(self.try_scroll.ensureWidgetVisible)
        self.trial.candidates.moved.connect(self.try_scroll.ensureWidgetVisible)
        self.trial.verdict.copied.connect(lambda: desk.toast(_("The sentence is copied"), undo=False))

    def shown(self, **where: Any) -> None:
        """Come with a rule to begin with: desk.navigate("rules", rule="straw_poll")."""
        self._chosen = where.get("rule") or self._chosen
        self.list.setFocus()

    def refresh(self) -> None:
        """Read the rules in the text of the chosen day, and the unit's own."""
        self._own = run.act(self, rules.house_rules, self.desk.work, self.desk.unit_id) or []
        readings = rules.readings(self.trial.on_day())
        self._readings = {reading.id: reading for reading in readings}
        self.list.fill(rules_words.listed(readings))
        if self._chosen not in self._readings:
            self._chosen = readings[0].id
        self.list.choose(self._chosen)
        self._show()

    def _pick(self, rule: str) -> None:
        if rule != self._chosen:
            self._chosen = rule
            self._show()
            for scroll in (self.reading_scroll, self.try_scroll):
                scroll.verticalScrollBar().setValue(0)

    def _show(self) -> None:
        reading = self._readings[self._chosen]
        self.reading.show_rule(reading, self._own)
        self.trial.show_rule(reading, self._own)

    def _try_it(self) -> None:
        if self.view.isVisible():
            self.view.choose("try")
            self._fold()
        self.trial.numbers.start()

    def _fold(self) -> None:
        """Words and numbers beside each other while there is room, else in turns."""
        wide = self.width()
        turns = wide < px(_TWO)
        self.view.setVisible(turns)
        self.reading_card.setVisible(not turns or self.view.current() == "read")
        self.try_card.setVisible(not turns or self.view.current() == "try")
        self.two.setStretch(1, int(turns))
        stacked = wide < px(_ONE)
        self.panes.setDirection(QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight)
        self.list_card.setMaximumSize(_UNBOUND if stacked else px(_LIST), px(_LIST) if stacked else _UNBOUND)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold where the window has become narrow."""
        super().resizeEvent(event)
        self._fold()
