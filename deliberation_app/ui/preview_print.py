"""The panel that prints: what was checked in words, printer, copies, range, sides, the files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from deliberation_app.language import _, ngettext_
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import column, empty, row
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.preview_room import Pinned, offer_printers, stretch
from deliberation_app.ui.print_range import Range, pages_in
from deliberation_app.ui.printing import PrintJob, printers

MOST_COPIES = 999
# From this height on what was checked scrolls above, and what prints stays.
_TALL = 580


@dataclass(frozen=True)
class Check:
    """One thing that was looked at before printing: icon and tone, a line of words, a line of hint."""

    icon: str
    tone: str
    words: str
    hint: str = ""


class PrintPanel(QWidget):
    """Tells what was found, and asks for the printing."""

    print_asked = Signal(object)
    mend_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        forms.load("preview_print", self)
        self.look_again.clicked.connect(self.read_printers)
        self.show_printers([])
        self.copies.set_value(1)
        self._touched = False
        self.current_page, self._pages = 1, 1
        self._pinned = Pinned(self.print_box, self.foot, 0, self.inside_column, 2)
        self.which_pages.setAccessibleName(_("Which pages"))
        self.which_pages.textEdited.connect(lambda _text: self.some_pages.setChecked(True))
        self.some_pages.toggled.connect(lambda on: on and self.which_pages.setFocus())
        self.copies.edited.connect(self._touch)
        self.copies.editor.textChanged.connect(self._word_button)
        self.print_button.clicked.connect(run.slot(self, self._ask))
        self._stretch = QTimer(self, singleShot=True, interval=0, timeout=lambda: stretch(self.middle, self.inside))
        self._word_button()

    def read_printers(self) -> None:
        """Ask the computer for its printers; the print system may take its time to answer."""
        run.beside(self, _("Looking for printers"), lambda _report: printers(), self.show_printers)

    def show_printers(self, names: Sequence[str]) -> None:
        """Offer these, and keep the choice where it is still among them."""
        offer_printers(self.printer, self.look_again, names)

    def offer_copies(self, count: int) -> None:
        """So many copies are usual; what somebody typed stays."""
        if not self._touched:
            self.copies.set_value(count)
            self._word_button()

    def begin(self) -> None:
        """Another paper: its usual number of copies is offered again."""
        self._touched = False

    def count(self) -> int:
        """How many copies are wanted."""
        return max(1, min(self.copies.value() or 1, MOST_COPIES))

    def allow(self, *, made: bool) -> None:
        """Printing and saving, once there is a paper."""
        for button in (self.print_button, self.save_pdf, self.save_word):
            button.setEnabled(made)
        if not made and not self.all_pages.text():
            self.all_pages.setText(_("All pages"))

    def _touch(self) -> None:
        self._touched = True
        self._word_button()

    def _word_button(self) -> None:
        words = ngettext_("Print {count} copy", "Print {count} copies", self.count())
        self.print_button.setText(words.format(count=self.count()))

    def _ranges(self) -> tuple[Range, ...]:
        if self.some_pages.isChecked():
            return pages_in(self.which_pages.text(), self._pages)
        return ((self.current_page, self.current_page),) if self.this_page.isChecked() else ()

    def _ask(self) -> None:
        job = PrintJob(self.printer.value(), self.count(), self._ranges(), self.duplex.isChecked())
        self.print_asked.emit(job)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths break sentences elsewhere; what prints stays in sight where there is room for it."""
        super().resizeEvent(event)
        tall = self.height() >= px(_TALL)
        self._pinned.settle(tall=tall)
        self.print_head.setVisible(not tall)
        self._stretch.start()

    def show_checks(self, checks: Iterable[Check], pages: int, mend: str = "") -> None:
        """What was found, how many pages there are, and the words of the link that leads to where it is mended."""
        empty(self.checks)
        words = ngettext_("All {count} page", "All {count} pages", pages)
        self.all_pages.setText(words.format(count=pages))
        self._pages = pages
        for check in checks:
            self._add(check)
        if mend:
            link = Button(mend, "link", icon="go_on", small=True)
            link.clicked.connect(self.mend_asked)
            self.checks.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self._stretch.start()

    def _add(self, check: Check) -> None:
        across = row(spacing=10)
        across.addWidget(IconLabel(check.icon, check.tone, 18), 0, Qt.AlignmentFlag.AlignTop)
        stack = column(spacing=0)
        stack.addWidget(Label(check.words, "strong", wrap=True))
        if check.hint:
            stack.addWidget(Label(check.hint, "hint", wrap=True))
        across.addLayout(stack, 1)
        self.checks.addLayout(across)
