"""What the owners' own rules of procedure say of papers: without signature, and of those who stay silent."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from deliberation_app.language import _
from deliberation_app.services import owners_vote
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.desk import Desk


class OwnersSettings(QWidget):
    """Two switches, the second only with the words of the rules."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        forms.load("owners_settings", self)
        self.silence.clicked.connect(lambda _on: self.words.setVisible(self.silence.isChecked()))
        self.save.clicked.connect(run.slot(self.card, self._save))

    def refresh(self) -> None:
        """Read the switches again, unless they are being changed."""
        rules = run.act(self.card, owners_vote.rules, self.desk.work, self.desk.unit_id)
        if rules is None or self.words.editor.hasFocus():
            return
        self.unsigned.setChecked(rules.unsigned_invalid)
        self.silence.setChecked(rules.silence)
        self.words.set_value(rules.words)
        self.words.setVisible(rules.silence)

    def _save(self) -> None:
        owners_vote.set_rules(
            self.desk.work, self.desk.unit_id, unsigned_invalid=self.unsigned.isChecked(),
            silence=self.silence.isChecked(), words=self.words.value(),
        )  # fmt: skip
        self.error_line.hide()
        self.desk.toast(_("The rules for owners' papers are saved"))
