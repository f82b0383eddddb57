"""The panel in which the signatures on the paper are registered and the record is locked."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from deliberation_app.domain.minutes import Finding
from deliberation_app.language import _, ngettext_, render
from deliberation_app.services.minutes_view import Preview
from deliberation_app.ui.kit import forms
from deliberation_app.ui.kit.fields import Field
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import empty, row
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.preview_room import stretch


class MinutesSigning(QWidget):
    """Names, a reason for each thing that is missing and may be, and the lock."""

    signed = Signal(list, dict)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        forms.load("minutes_signing", self)
        self._reasons: dict[str, Field] = {}
        self._offered: tuple[object, tuple[str, ...]] = (None, ())
        self.signed_by.editor.setMinimumHeight(px(170))
        self._stretch = QTimer(self, singleShot=True, interval=0, timeout=lambda: stretch(self.middle, self.inside))
        self.lock.clicked.connect(self._ask)
        self.done.clicked.connect(self.closed)

    def show_view(self, shown: Preview) -> None:
        """Who is expected to have signed, and what is missing; what was typed stays for the same meeting."""
        offered = (shown.meeting.id, shown.expected)
        if offered != self._offered:
            self._offered = offered
            self.signed_by.set_value("\n".join(shown.expected))
        places = ngettext_("One name a line; the paper has {count} place to sign",
                           "One name a line; the paper has {count} places to sign", shown.signatures)  # fmt: skip
        self.signed_by.set_hint(places.format(count=shown.signatures))
        typed = {place: field.value() for place, field in self._reasons.items()}
        empty(self.findings)
        self._reasons = {}
        for place in dict.fromkeys(finding.place for finding in shown.view.findings if finding.level == "amber"):
            self._reasons[place] = Field(_("Why it is missing"), "line")
            self._reasons[place].set_value(typed.get(place, ""))
        for at, finding in enumerate(shown.view.findings):
            self._add(finding)
            later = {other.place for other in shown.view.findings[at + 1 :] if other.level == "amber"}
            if finding.level == "amber" and finding.place not in later:
                self.findings.addWidget(self._reasons[finding.place])

        self._stretch.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths break sentences elsewhere."""
        super().resizeEvent(event)
        self._stretch.start()

    def _add(self, finding: Finding) -> None:
        red = finding.level == "red"
        across = row(spacing=10)
        icon = IconLabel("failed" if red else "late_fill", "bad" if red else "warn", 18)
        across.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(Label(render(finding.sentence), "label", wrap=True), 1)
        self.findings.addLayout(across)

    def _ask(self) -> None:
        names = [name.strip() for name in self.signed_by.value().splitlines() if name.strip()]
        reasons = {place: field.value() for place, field in self._reasons.items() if field.value()}
        self.signed.emit(names, reasons)
