"""The panel beside the paper: what was checked before printing, in words, and how it is printed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from deliberation_app.domain.minutes import Finding
from deliberation_app.language import _, ngettext_, render
from deliberation_app.services.minutes_view import Preview
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import column, empty, row
from deliberation_app.ui.printing import PrintJob, printers
from deliberation_app.ui.preview_room import stretch

# So many missing things are named at once; the rest is counted.
_NAMED = 4
_MOST_COPIES = 99


class MinutesChecks(QWidget):
    """Tells what was found, and asks for the printing."""

    print_asked = Signal(object)
    meeting_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        forms.load("minutes_checks", self)
        self.show_printers([])
        self.copies.set_value(2)
        self.current_page = 1
        self.copies.edited.connect(self._word_button)
        self.copies.editor.textChanged.connect(self._word_button)
        self.print_button.clicked.connect(self._ask)
        self._stretch = QTimer(self, singleShot=True, interval=0, timeout=lambda: stretch(self.middle, self.inside))
        self._word_button()

    def read_printers(self) -> None:
        """Ask the computer for its printers; the print system may take its time to answer."""
        run.beside(self, _("Looking for printers"), lambda _report: printers(), self.show_printers)

    def show_printers(self, names: Sequence[str]) -> None:
        """Offer these, and keep the choice where it is still among them."""
        chosen = self.printer.value()
        options = [(name, name) for name in names] or [("", _("No printer found"))]
        self.printer.editor.set_options(options, chosen if chosen in names else "")

    def _count(self) -> int:
        return max(1, min(self.copies.value() or 1, _MOST_COPIES))

    def _word_button(self) -> None:
        words = ngettext_("Print {count} copy", "Print {count} copies", self._count())
        self.print_button.setText(words.format(count=self._count()))

    def _ask(self) -> None:
        pages = (self.current_page, self.current_page) if self.this_page.isChecked() else None
        self.print_asked.emit(PrintJob(self.printer.value(), self._count(), pages, self.duplex.isChecked()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths break sentences elsewhere."""
        super().resizeEvent(event)
        self._stretch.start()

    def show_found(self, shown: Preview, pages: int) -> None:
        """The findings of completeness and of the setting, in words."""
        empty(self.checks)
        words = ngettext_("All {count} page", "All {count} pages", pages)
        self.all_pages.setText(words.format(count=pages))
        if shown.view.signed:
            self._add("done", "ok", _("Signed and locked"), "、".join(shown.view.signed_by))
        else:
            self._say_complete(shown.view.findings)
        printed = shown.printed
        if printed.rare_characters:
            self._add("done", "ok", _("Rare characters can be printed"), " ".join(printed.rare_characters))
        if printed.signatures_page:
            where = _("On page {page}, on one sheet with the text").format(page=printed.signatures_page)
            self._add("done", "ok", _("Signatures do not stand alone"), where)
        if shown.signatures and not shown.view.signed and not shown.posted:
            words = ngettext_("{count} signature by hand", "{count} signatures by hand", shown.signatures)
            hint = _("Printed; have it signed, then register it") if shown.view.printed else _(
                "Print it, have it signed, then register it")  # fmt: skip
            self._add("sign", "warn", words.format(count=shown.signatures), hint)
        self._stretch.start()

    def _say_complete(self, findings: Sequence[Finding]) -> None:
        if not findings:
            self._add("done", "ok", _("Nothing is missing"), _("Everything that such a record needs is there."))
        for level, tone, icon, words in (
            ("red", "bad", "failed", _("Missing; cannot be locked without it")),
            ("amber", "warn", "late_fill", _("Missing; a reason is enough")),
        ):
            found = [finding for finding in findings if finding.level == level]
            if found:
                said = [render(finding.sentence) for finding in found[:_NAMED]]
                if len(found) > _NAMED:
                    said.append(_("and {count} more").format(count=len(found) - _NAMED))
                self._add(icon, tone, words, "\n".join(said))
        if findings:
            mend = Button(_("Fill in on the meeting's page"), "link", icon="go_on", small=True)
            mend.clicked.connect(self.meeting_asked)
            self.checks.addWidget(mend, 0, Qt.AlignmentFlag.AlignLeft)

    def _add(self, icon: str, tone: str, words: str, hint: str) -> None:
        across = row(spacing=10)
        across.addWidget(IconLabel(icon, tone, 18), 0, Qt.AlignmentFlag.AlignTop)
        stack = column(spacing=0)
        stack.addWidget(Label(words, "strong", wrap=True))
        stack.addWidget(Label(hint, "hint", wrap=True))
        across.addLayout(stack, 1)
        self.checks.addLayout(across)
