"""The panel beside the paper: what was checked before printing, in words, and how it is printed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from deliberation_app.language import _, ngettext_, render
from deliberation_app.services.minutes import MinutesView
from deliberation_app.services.papers import Printed
from deliberation_app.ui.kit import forms
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import column, empty, row
from deliberation_app.ui.minutes_printing import PrintJob, printers

# So many missing things are named at once; the rest is counted.
_NAMED = 4


class MinutesChecks(QWidget):
    """Tells what was found, and asks for the printing."""

    print_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        forms.load("minutes_checks", self)
        names = printers()
        self.printer.editor.set_options([(name, name) for name in names] or [("", _("No printer found"))])
        self.copies.set_value(2)
        self.range.editor.set_options([("all", _("All")), ("this", _("This page"))])
        self._pages = 0
        self.current_page = 1
        self.copies.edited.connect(self._word_button)
        self.print_button.clicked.connect(self._ask)
        self._word_button()

    def _word_button(self) -> None:
        copies = self.copies.value() or 1
        words = ngettext_("Print {count} copy", "Print {count} copies", copies)
        self.print_button.setText(words.format(count=copies))

    def _ask(self) -> None:
        one = self.range.value() == "this"
        pages = (self.current_page, self.current_page) if one else None
        self.print_asked.emit(
            PrintJob(self.printer.value(), self.copies.value() or 1, pages, self.duplex.isChecked())
        )

    def show_found(self, view: MinutesView, printed: Printed, signatures: int) -> None:
        """The findings of completeness and of the setting, in words."""
        empty(self.checks)
        self._pages = printed.pages
        self.range.editor.setItemText(0, _("All {count} pages").format(count=printed.pages))
        red = [finding for finding in view.findings if finding.level == "red"]
        amber = [finding for finding in view.findings if finding.level == "amber"]
        if view.signed:
            self._add("done", "ok", _("Signed and locked"), "、".join(view.signed_by))
        if not red and not amber:
            self._add("done", "ok", _("Nothing is missing"), _("Everything that such a record needs is there."))
        for tone, icon, found, words in (
            ("bad", "failed", red, _("Missing; cannot be locked without it")),
            ("warn", "late", amber, _("Missing; a reason is enough")),
        ):
            if found:
                said = [render(finding.sentence) for finding in found[:_NAMED]]
                if len(found) > _NAMED:
                    said.append(_("and {count} more").format(count=len(found) - _NAMED))
                self._add(icon, tone, words, "\n".join(said))
        if printed.rare_characters:
            self._add("done", "ok", _("Rare characters can be printed"), " ".join(printed.rare_characters))
        if printed.signatures_page:
            where = _("On page {page}, on one sheet with the text").format(page=printed.signatures_page)
            self._add("done", "ok", _("Signatures do not stand alone"), where)
        if signatures and not view.signed:
            words = ngettext_("{count} signature by hand", "{count} signatures by hand", signatures)
            self._add("sign", "warn", words.format(count=signatures), _("Print, have it signed, then register it"))

    def _add(self, icon: str, tone: str, words: str, hint: str) -> None:
        across = row(spacing=10)
        across.addWidget(IconLabel(icon, tone, 18), 0, Qt.AlignmentFlag.AlignTop)
        stack = column(spacing=2)
        stack.addWidget(Label(words, "strong", wrap=True))
        stack.addWidget(Label(hint, "hint", wrap=True))
        across.addLayout(stack, 1)
        self.checks.addLayout(across)

