"""Questions are put on the owners' paper while none has come back."""

from __future__ import annotations

import uuid
from typing import Any

from PySide6.QtCore import QObject

from deliberation_app.domain.votes import RULES
from deliberation_app.language import _
from deliberation_app.services import owners_vote, votes_numbers
from deliberation_app.services.meetings_view import MeetingView
from deliberation_app.ui.kit import run
from deliberation_app.ui.kit.desk import Desk


class OwnersAsk(QObject):
    """Wires the card of questions on the page of papers."""

    def __init__(self, desk: Desk, page: Any) -> None:
        super().__init__(page)
        self.desk, self.page = desk, page
        self._motions: dict[str, str] = {}
        page.rule_choice.setAccessibleName(_("Rule"))
        page.ask.clicked.connect(run.slot(page, self._ask))
        page.motion.editor.returnPressed.connect(page.ask.click)
        page.entry.edited.connect(self._offer)

    def show_entries(self, view: MeetingView, papers_back: bool, rules: tuple[str, ...]) -> None:
        """Offer the points of the agenda, as long as nothing has come back and the meeting is under way."""
        page = self.page
        page.ask_card.setVisible(not papers_back and view.state != "closed" and bool(rules))
        ready = view.state == "open"
        page.ask_hint.setText(
            _("Every question of the meeting stands on the same paper. Once the first one is put, the list of owners "
              "stays as it is.") if ready else _("Open the meeting first; then put the questions on the paper.")
        )  # fmt: skip
        for widget in (page.entry, page.reason, page.motion, page.rule_choice, page.ask):
            widget.setVisible(ready)
        kept = page.entry.value()
        self._motions = {str(one.id): one.title for one in view.entries}
        page.entry.editor.set_options([(str(one.id), one.title) for one in view.entries], kept)
        if rules and not page.rule_choice.current():
            page.rule_choice.set_options([(rule, _(RULES[rule].name)) for rule in rules])
        if not page.motion.value():
            self._offer()

    def _offer(self) -> None:
        self.page.motion.set_value(self._motions.get(self.page.entry.value(), ""))

    def _ask(self) -> None:
        page = self.page
        entry, rule = uuid.UUID(page.entry.value()), page.rule_choice.current()
        reason = page.reason.value()
        gates = votes_numbers.passable(self.desk.work, entry, rule) if reason else ()
        owners_vote.ask(
            self.desk.work, entry, motion=page.motion.value(), rule=rule, overrides=dict.fromkeys(gates, reason)
        )
        self.desk.toast(_("The question stands on the paper"))
        page.motion.set_value("")
