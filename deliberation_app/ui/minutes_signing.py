"""The panel in which the signatures on the paper are registered and the record is locked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from deliberation_app.language import _, render
from deliberation_app.services.minutes import MinutesView
from deliberation_app.ui.kit import forms
from deliberation_app.ui.kit.fields import Field
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import empty, row


class MinutesSigning(QWidget):
    """Names, a reason for each thing that is missing and may be, and the lock."""

    signed = Signal(list, dict)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        forms.load("minutes_signing", self)
        self._reasons: dict[str, Field] = {}
        self.lock.clicked.connect(self._ask)
        self.done.clicked.connect(self.closed)

    def show_view(self, view: MinutesView, names: Sequence[str]) -> None:
        """Who is expected to have signed, and what is missing."""
        self.signed_by.set_value("\n".join(names))
        empty(self.findings)
        self._reasons = {}
        for finding in view.findings:
            if finding.level == "red":
                across = row(spacing=10)
                across.addWidget(IconLabel("failed", "bad", 18))
                across.addWidget(Label(render(finding.sentence), "hint", "bad", wrap=True), 1)
                self.findings.addLayout(across)
            else:
                self.findings.addWidget(Label(render(finding.sentence), "hint", "warn", wrap=True))
                reason = self._reasons.get(finding.place)
                if reason is None:
                    reason = Field(_("Reason"), "line")
                    self._reasons[finding.place] = reason
                    self.findings.addWidget(reason)

    def _ask(self) -> None:
        names = [name.strip() for name in self.signed_by.value().splitlines() if name.strip()]
        reasons = {place: field.value() for place, field in self._reasons.items() if field.value()}
        self.signed.emit(names, reasons)
