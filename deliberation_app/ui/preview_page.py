"""A paper before it is printed: its pages as they will be, what was checked, printing, files. Any paper, any copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from deliberation_app.errors import AppError
from deliberation_app.language import _
from deliberation_app.services import papers_made
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_made import Made
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.papers_files import save_pdf, save_word
from deliberation_app.ui.preview_canvas import PageCanvas
from deliberation_app.ui.preview_mend import Mending
from deliberation_app.ui.preview_pages import PdfPages
from deliberation_app.ui.preview_print import PrintPanel
from deliberation_app.ui.preview_room import Room
from deliberation_app.ui.preview_strip import PageStrip
from deliberation_app.ui.printing import PrintJob, send

PRINT = 0
ARCHIVE, POSTED, EMPTY = "archive", "posted", "empty"
# Only what takes longer says that it is under way.
_PATIENCE_MS = 400


class PaperPreview(QWidget):
    """Thumbnails, the page, and a panel with one thing to do.

    A page of this sort gives `composer`: what composes the paper beside the window, None while nothing is asked for;
    `tell`: say in head and panels what was found; `title`: how the paper is called in the print queue and as a file.
    """

    inner = True
    lit = "minutes"

    def __init__(
        self, desk: Desk, *, composer: Callable[[], Callable[[], Any] | None], tell: Callable[[Any], None],
        title: Callable[[], str],
    ) -> None:  # fmt: skip
        super().__init__()
        self.desk = desk
        self._composer, self._tell_of, self._title = composer, tell, title
        forms.load("preview_page", self)
        self.made: Made | None = None
        self._asked = 0
        self._copies: tuple[str, ...] = ()
        self._fold_soon = QTimer(self, singleShot=True, interval=0, timeout=self._fold)
        self._soon = QTimer(self, singleShot=True, interval=0, timeout=self._read)
        self._slow = QTimer(self, singleShot=True, interval=_PATIENCE_MS, timeout=self._say_slow)
        self.pages = PdfPages(self)
        self.canvas, self.strip = PageCanvas(self.pages), PageStrip(self.pages)
        self.canvas_place.addWidget(self.canvas)
        self.strip_place.addWidget(self.strip)
        self.checks = PrintPanel()
        for panel in (self.checks, *self.more_panels()):
            self.panels.addWidget(panel)
        self.across.set_options([("1", _("Single")), ("2", _("Double"))])
        self.offer_copies((ARCHIVE, POSTED))
        self._name_tools()
        self.room = Room(self, self.tab_words())
        self.mend = Mending(desk, self.error_line)
        self.checks.allow(made=False)
        self.progress_bar.hide()
        self._connect()

    # What a page of this sort adds

    def more_panels(self) -> Sequence[QWidget]:
        """The panels beside the printing."""
        return ()

    def tab_words(self) -> Sequence[str]:
        """What the panels are called in a narrow window, the printing first."""
        return (_("Print"),)

    def foldable(self) -> Sequence[tuple[Button, bool]]:
        """The acts of the head that go in a narrow window, and whether they are there at all."""
        return ()

    def made_of(self, found: Any) -> Made:
        """The paper in what `composer` found."""
        return found

    def bytes_of(self, _job: PrintJob) -> bytes | None:
        """What goes to the printer: the very bytes that are shown; None after saying why not."""
        return self.made.printed.pdf

    # What all have

    def offer_copies(self, copies: Sequence[str]) -> None:
        """Which renderings there are to choose from; the choice is kept where it is among them."""
        if tuple(copies) == self._copies:
            return
        self._copies = tuple(copies)
        words = {ARCHIVE: _("To file"), POSTED: _("To post"), EMPTY: _("Empty form")}
        chosen = self.copy.current()
        self.copy.set_options([(one, words[one]) for one in copies], chosen if chosen in copies else "")
        self.copy.setVisible(len(copies) > 1)
        # New sides have no size before they are shown.
        self._fold_soon.start()

    def _name_tools(self) -> None:
        for widget, words in (
            (self.copy, _("Which copy")), (self.across, _("Pages beside each other")), (self.smaller, _("Smaller")),
            (self.larger, _("Larger")), (self.percent, _("Fit the width")), (self.earlier, _("Page before")),
            (self.later, _("Next page")),
        ):  # fmt: skip
            widget.setAccessibleName(words)
            widget.setToolTip(words)

    def _connect(self) -> None:
        self.header.back.connect(self.desk.back)
        self.copy.chosen.connect(lambda _copy: self.refresh())
        self.across.chosen.connect(lambda across: self.canvas.show_across(int(across)))
        self.smaller.clicked.connect(lambda: self.canvas.zoom(self.canvas.percent() - 10))
        self.larger.clicked.connect(lambda: self.canvas.zoom(self.canvas.percent() + 10))
        self.percent.clicked.connect(lambda: self.canvas.zoom(None))
        self.earlier.clicked.connect(lambda: self.canvas.go_to(self.canvas.current() - self.canvas.across))
        self.later.clicked.connect(lambda: self.canvas.go_to(self.canvas.current() + self.canvas.across))
        self.canvas.turned.connect(self._turned)
        self.canvas.zoomed.connect(lambda percent: self.percent.setText(f"{percent}%"))
        self.strip.chosen.connect(self.canvas.go_to)
        self.checks.print_asked.connect(self._print)
        self.checks.save_pdf.clicked.connect(run.slot(self, self._save, save_pdf))
        self.checks.save_word.clicked.connect(run.slot(self, self._save, save_word))

    def minimumSizeHint(self) -> QSize:
        """It folds before it asks the window to scroll."""
        return QSize(px(480), px(420))

    def hasHeightForWidth(self) -> bool:
        """A sentence that wraps asks for a line more; the window is not to scroll for that."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold what there is no room for."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        self.room.fold()

    def refresh(self) -> None:
        """Compose and set the paper again, beside the window; asked for twice at once it is done once."""
        self._soon.start()

    def _read(self) -> None:
        compose = self._composer()
        if compose is None:
            return
        self._asked += 1
        asked = self._asked
        self.mend.rest()
        self._slow.start()
        worker = run.beside(
            self, _("Setting the pages"), lambda _report: compose(),
            lambda found: asked == self._asked and self._show(found),
        )  # fmt: skip
        worker.refused.connect(self._refused)

    def _say_slow(self) -> None:
        self.progress.start(_("Setting the pages"))
        self.progress.cancel.hide()
        self.progress_bar.show()

    def _rest(self) -> None:
        self._slow.stop()
        self.progress_bar.hide()

    def _refused(self, error: AppError) -> None:
        """What cannot be set is not printed as it was before; the way to mend it is offered."""
        self._rest()
        self.made = None
        self.checks.allow(made=False)
        self.mend.lead(error)

    def _show(self, found: Any) -> None:
        self._rest()
        self.checks.allow(made=True)
        before, self.made = self.made, self.made_of(found)
        if before is None or before.printed.sha256 != self.made.printed.sha256:
            self.pages.open(self.made.printed.pdf)
            self.strip.arrange()
            self.canvas.reload()
        if before is None or _paper(before.asked) != _paper(self.made.asked):
            self.canvas.go_to(0)
        self._turned(self.canvas.current())
        self._tell_of(found)
        self.room.fold()

    def _turned(self, page: int) -> None:
        self.strip.show_current(page)
        self.checks.current_page = page + 1
        self.place.setText(f"{page + 1} / {self.pages.count()}" if self.pages.count() else "")
        self.earlier.setEnabled(page > 0)
        self.later.setEnabled(page + self.canvas.across < self.pages.count())

    def open_panel(self, panel: int) -> None:
        """Show one of the panels."""
        self.panels.setCurrentIndex(panel)
        self.room.show_panel(panel)
        if panel == PRINT:
            self.canvas.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the page."""
        if event.key() == Qt.Key.Key_Escape:
            self.desk.back()
        else:
            super().keyPressEvent(event)

    def _print(self, job: PrintJob) -> None:
        if self.made is None:
            return
        self.error_line.hide()
        made, title, pdf = self.made, self._title(), self.bytes_of(job)
        if pdf is None:
            return

        def done(_sent: object) -> None:
            run.act(self, papers_made.note, self.desk.work, made)
            self.desk.toast(_("Sent to {printer}").format(printer=job.printer), undo=False)

        self.progress_bar.show()
        self.checks.print_button.setEnabled(False)
        worker = run.beside(self, _("Printing"), lambda report: send(pdf, job, title, report), done, self.progress)
        worker.finished.connect(self.progress_bar.hide)
        worker.finished.connect(lambda: self.checks.print_button.setEnabled(True))
        # Trying again prints what the panel says by then: perhaps on another printer, which was looked for meanwhile.
        worker.refused.connect(lambda _error: self.error_line.set_again(self.checks.print_button.click))
        worker.refused.connect(lambda _error: self.checks.read_printers())

    def _save(self, save: Any) -> None:
        if self.made is not None:
            file = save(self, self.desk.work, self.made, self._title())
            if file is not None:
                self.desk.toast(_("Saved as {file}").format(file=file.name), undo=False)


def _paper(asked: Asked) -> tuple[object, ...]:
    """What tells one paper from another, whichever copy of it."""
    return asked.paper, asked.meeting, asked.item, asked.vote
