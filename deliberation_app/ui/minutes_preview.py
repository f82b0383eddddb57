"""One record before it is printed: its pages as they will be, what was checked, printing, correcting, signing."""

from __future__ import annotations

import uuid
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from deliberation_app.domain.meetings import KINDS
from deliberation_app.language import _
from deliberation_app.services import minutes, papers
from deliberation_app.services.minutes_view import Preview, preview
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.labels import Chip
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.minutes_checks import MinutesChecks
from deliberation_app.ui.minutes_files import save_meeting_file, save_pdf
from deliberation_app.ui.printing import PrintJob, send
from deliberation_app.ui.preview_room import Room
from deliberation_app.ui.minutes_signing import MinutesSigning
from deliberation_app.ui.minutes_texts import MinutesTexts
from deliberation_app.ui.preview_canvas import PageCanvas
from deliberation_app.ui.preview_pages import PdfPages
from deliberation_app.ui.preview_strip import PageStrip

PRINT, TEXTS, SIGN = 0, 1, 2
# Only what takes longer says that it is under way.
_PATIENCE_MS = 400


class MinutesPreview(QWidget):
    """Thumbnails, the page, and a panel with one thing to do."""

    parts = ("meetings", "floor", "votes", "minutes", "people", "agenda")
    inner = True
    lit = "minutes"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        forms.load("minutes_preview", self)
        self._meeting: uuid.UUID | None = None
        self._shown: Preview | None = None
        self._asked = 0
        self._soon = QTimer(self, singleShot=True, interval=0, timeout=self._read)
        self._slow = QTimer(self, singleShot=True, interval=_PATIENCE_MS, timeout=self._say_slow)
        self.pages = PdfPages(self)
        self.canvas, self.strip = PageCanvas(self.pages), PageStrip(self.pages)
        self.canvas_place.addWidget(self.canvas)
        self.strip_place.addWidget(self.strip)
        self.checks, self.texts, self.signing = MinutesChecks(), MinutesTexts(), MinutesSigning()
        for panel in (self.checks, self.texts, self.signing):
            self.panels.addWidget(panel)
        self._word()
        self.room = Room(self)
        self.progress_bar.hide()
        self._connect()

    def _word(self) -> None:
        self.copy.set_options([("archive", _("Archive")), ("posted", _("Posted"))])
        self.across.set_options([("1", _("Single")), ("2", _("Double"))])
        self.chip = Chip("", "warn", "sign")
        self.header.add_chip(self.chip)
        self.correct = Button(_("Correct the text"), icon="edit", keys="F2")
        self.register = Button(_("Register signatures"), icon="sign")
        self.header.add_act(self.correct)
        self.header.add_act(self.register)
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
        self.correct.clicked.connect(lambda: self.open_panel(TEXTS))
        self.register.clicked.connect(lambda: self.open_panel(SIGN))
        for panel in (self.texts, self.signing):
            panel.closed.connect(lambda: self.open_panel(PRINT))
        self.texts.kept.connect(lambda key, text: run.act(self, self._keep, key, text))
        self.texts.restored.connect(lambda key: run.act(self, self._restore, key))
        self.texts.looked_at.connect(self._turn_to)
        self.signing.signed.connect(lambda names, reasons: run.act(self, self._sign, names, reasons))
        self.checks.print_asked.connect(self._print)
        self.checks.meeting_asked.connect(lambda: self.desk.navigate("meeting", id=str(self._meeting)))
        self.checks.save_pdf.clicked.connect(run.slot(self, self._save, save_pdf))
        self.checks.save_file.clicked.connect(run.slot(self, self._save, save_meeting_file))

    def minimumSizeHint(self) -> QSize:
        """It folds before it asks the window to scroll."""
        return QSize(px(480), px(420))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold what there is no room for."""
        super().resizeEvent(event)
        self.room.fold()

    def shown(self, **where: Any) -> None:
        """Show the record of a meeting: shown(id=…)."""
        if where.get("id"):
            self._meeting = uuid.UUID(str(where["id"]))
        self.checks.read_printers()
        self.open_panel(PRINT)
        self.refresh()

    def refresh(self) -> None:
        """Compose and set the paper again, beside the window; asked for twice at once it is done once."""
        self._soon.start()

    def _read(self) -> None:
        if self._meeting is None:
            return
        self._asked += 1
        asked, work, meeting, posted = self._asked, self.desk.work, self._meeting, self.copy.current() == "posted"
        self._slow.start()
        worker = run.beside(
            self, _("Setting the pages"), lambda _report: preview(work, meeting, posted=posted),
            lambda shown: asked == self._asked and self._show(shown),
        )  # fmt: skip
        worker.refused.connect(self._rest)

    def _say_slow(self) -> None:
        self.progress.start(_("Setting the pages"))
        self.progress.cancel.hide()
        self.progress_bar.show()

    def _rest(self) -> None:
        self._slow.stop()
        self.progress_bar.hide()

    def _show(self, shown: Preview) -> None:
        self._rest()
        before, self._shown = self._shown, shown
        if before is None or before.printed.sha256 != shown.printed.sha256:
            self.pages.open(shown.printed.pdf)
            self.strip.arrange()
            self.canvas.reload()
        if before is None or before.meeting.id != shown.meeting.id:
            self.canvas.go_to(0)
        self._turned(self.canvas.current())
        self._head(shown)
        self.checks.show_found(shown, self.pages.count())
        self.texts.show_passages(shown.passages)
        self.signing.show_view(shown)
        if shown.view.signed and self.panels.currentIndex() != PRINT:
            self.open_panel(PRINT)
        self.room.fold()

    def _head(self, shown: Preview) -> None:
        view = shown.view
        self.header.set_title(_("{kind}: record").format(kind=_(KINDS[shown.meeting.kind].name)))
        day = f"{shown.meeting.starts_at.astimezone(DISPLAY_ZONE):%Y-%m-%d}"
        code = " ".join(shown.printed.content_sha256[at : at + 4] for at in range(0, 16, 4))
        self.header.set_context(
            _("{day} · code {code} · {title}").format(day=day, title=shown.meeting.title, code=code)
        )
        words = _("Signed and locked") if view.signed else _("Draft {number} · not signed").format(number=view.number)
        self.chip.show_as(words, "ok" if view.signed else "warn", "lock" if view.signed else "sign")

    def _turn_to(self, words: str) -> None:
        """Bring the page with this passage into sight."""
        run.beside(
            self, _("Looking for the passage"), lambda _report: self.pages.page_of(words),
            lambda page: page is not None and self.canvas.go_to(page),
        )  # fmt: skip

    def _turned(self, page: int) -> None:
        self.strip.show_current(page)
        self.checks.current_page = page + 1
        self.place.setText(f"{page + 1} / {self.pages.count()}" if self.pages.count() else "")
        self.earlier.setEnabled(page > 0)
        self.later.setEnabled(page + self.canvas.across < self.pages.count())

    def open_panel(self, panel: int) -> None:
        """Show one of the panels; a signed record is not corrected, and says so."""
        if panel == TEXTS and run.act(self, self._may_correct) is None:
            return
        self.panels.setCurrentIndex(panel)
        self.room.show_panel(panel)
        {PRINT: self.canvas, TEXTS: self.texts.passages, SIGN: self.signing.signed_by}[panel].setFocus()

    def signed(self) -> bool:
        """Whether the record that is shown is locked."""
        return self._shown is not None and self._shown.view.signed

    def _may_correct(self) -> bool:
        minutes.refuse_signed(self.desk.work, self._meeting)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the panel, then the page."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.panels.currentIndex() == TEXTS:
            self.texts.leave()
        elif self.panels.currentIndex() == SIGN:
            self.open_panel(PRINT)
        else:
            self.desk.back()

    def _keep(self, key: str, text: str) -> None:
        self.error_line.hide()
        minutes.correct(self.desk.work, self._meeting, key, text)
        self.desk.toast(_("The text is corrected"), undo=True)

    def _restore(self, key: str) -> None:
        minutes.restore(self.desk.work, self._meeting, key)
        self.desk.toast(_("The text is as it was noted"), undo=True)

    def _sign(self, names: list[str], reasons: dict[str, str]) -> None:
        self.error_line.hide()
        minutes.sign(self.desk.work, self._meeting, signed_by=names, reasons=reasons)
        self.open_panel(PRINT)
        self.desk.toast(_("The record is signed and locked"), undo=False)

    def _print(self, job: PrintJob) -> None:
        shown = self._shown
        if shown is None:
            return
        self.error_line.hide()

        def done(_sent: object) -> None:
            run.act(self, papers.note_print, self.desk.work, shown.meeting.id, shown.printed.content_sha256)
            self.desk.toast(_("Sent to {printer}").format(printer=job.printer), undo=False)

        self.progress_bar.show()
        worker = run.beside(
            self, _("Printing"), lambda report: send(shown.printed.pdf, job, shown.meeting.title, report), done,
            self.progress,
        )  # fmt: skip
        worker.finished.connect(self.progress_bar.hide)
        worker.refused.connect(lambda _error: self.error_line.set_again(lambda: self._print(job)))

    def _save(self, save: Any) -> None:
        if self._shown is not None:
            file = save(self, self.desk.work, self._shown)
            if file is not None:
                self.desk.toast(_("Saved as {file}").format(file=file.name), undo=False)
