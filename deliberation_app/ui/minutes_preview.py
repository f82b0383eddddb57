"""One record before it is printed: its pages as they will be, what was checked, printing, correcting, signing."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from deliberation_app.domain.meetings import KINDS
from deliberation_app.language import _
from deliberation_app.services import meeting_file, minutes, papers
from deliberation_app.services.minutes_view import Preview, preview
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.buttons import Button, Segment
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.labels import Chip
from deliberation_app.ui.kit.panels import Scroll
from deliberation_app.ui.minutes_checks import MinutesChecks
from deliberation_app.ui.minutes_printing import PrintJob, send
from deliberation_app.ui.minutes_signing import MinutesSigning
from deliberation_app.ui.minutes_texts import MinutesTexts
from deliberation_app.ui.preview_canvas import PageCanvas, PageStrip
from deliberation_app.ui.preview_pages import PdfPages


class MinutesPreview(QWidget):
    """Thumbnails, the page, and a panel with one thing to do."""

    parts = ("meetings", "floor", "votes", "minutes", "people", "agenda")
    inner = True

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        forms.load("minutes_preview", self)
        self._meeting: uuid.UUID | None = None
        self._shown: Preview | None = None
        self.pages = PdfPages(self)
        self.canvas = PageCanvas(self.pages)
        self.strip = PageStrip(self.pages)
        self.canvas_place.addWidget(self.canvas)
        self.strip_place.addWidget(self.strip)
        self.copy = Segment([("archive", _("Archive copy")), ("posted", _("Posted copy"))], name=_("Copy"))
        self.across = Segment([("1", _("One page")), ("2", _("Two pages"))], name=_("Pages beside each other"))
        self.copy_place.addWidget(self.copy)
        self.across_place.addWidget(self.across)
        self.checks, self.texts, self.signing = MinutesChecks(), MinutesTexts(), MinutesSigning()
        self._panels = [Scroll(panel) for panel in (self.checks, self.texts, self.signing)]
        for panel in self._panels:
            self.panels.addWidget(panel)
        self.chip = Chip("", "warn", "sign")
        self.header.add_chip(self.chip)
        self.correct = Button(_("Correct the text"), icon="edit", keys="F2")
        self.register = Button(_("Register signatures"), icon="sign")
        self.header.add_act(self.correct)
        self.header.add_act(self.register)
        for button, words in ((self.smaller, _("Smaller")), (self.larger, _("Larger")),
                              (self.earlier, _("Page before")), (self.later, _("Next page"))):  # fmt: skip
            button.setAccessibleName(words)
            button.setToolTip(words)
        self._connect()

    def _connect(self) -> None:
        self.header.back.connect(self.desk.back)
        self.copy.chosen.connect(lambda _copy: self.refresh())
        self.across.chosen.connect(lambda across: self.canvas.show_across(int(across)))
        self.smaller.clicked.connect(lambda: self.canvas.zoom(self.canvas.percent() - 10))
        self.larger.clicked.connect(lambda: self.canvas.zoom(self.canvas.percent() + 10))
        self.earlier.clicked.connect(lambda: self.canvas.go_to(self.canvas.current() - self.canvas.across))
        self.later.clicked.connect(lambda: self.canvas.go_to(self.canvas.current() + self.canvas.across))
        self.canvas.turned.connect(self._turned)
        self.canvas.zoomed.connect(lambda percent: self.percent.setText(f"{percent}%"))
        self.strip.chosen.connect(self.canvas.go_to)
        self.correct.clicked.connect(lambda: self._open_panel(1))
        self.register.clicked.connect(lambda: self._open_panel(2))
        for panel in (self.texts, self.signing):
            panel.closed.connect(lambda: self._open_panel(0))
        self.texts.kept.connect(lambda key, text: run.act(self, self._keep, key, text))
        self.texts.restored.connect(lambda key: run.act(self, self._restore, key))
        self.signing.signed.connect(lambda names, reasons: run.act(self, self._sign, names, reasons))
        self.checks.print_asked.connect(self._print)
        self.checks.save_pdf.clicked.connect(run.slot(self, self._save_pdf))
        self.checks.save_file.clicked.connect(run.slot(self, self._save_file))

    def shown(self, **where: Any) -> None:
        """Show the record of a meeting: shown(id=…)."""
        if where.get("id"):
            self._meeting = uuid.UUID(str(where["id"]))
        self._open_panel(0)
        self.refresh()
        self.canvas.setFocus()

    def refresh(self) -> None:
        """Compose and set the paper again, beside the window."""
        if self._meeting is None:
            return
        work, meeting, posted = self.desk.work, self._meeting, self.copy.current() == "posted"
        run.beside(self, _("Setting the pages"), lambda _report: preview(work, meeting, posted=posted), self._show)

    def _show(self, shown: Preview) -> None:
        if shown.meeting.id != self._meeting:
            return
        self._shown = shown
        page = self.canvas.current()
        self.pages.open(shown.printed.pdf)
        self.canvas.arrange()
        self.strip.arrange()
        self.canvas.go_to(page)
        self._turned(self.canvas.current())
        self.percent.setText(f"{self.canvas.percent()}%")
        self._head(shown)
        signed = shown.view.signed
        self.checks.show_found(shown.view, shown.printed, 0 if shown.posted else shown.signatures)
        self.texts.show_texts(shown.view.texts, shown.corrected)
        self.signing.show_view(shown.view, shown.expected)
        self.correct.setEnabled(not signed)
        self.register.setEnabled(not signed)

    def _head(self, shown: Preview) -> None:
        view = shown.view
        self.header.set_title(_("{kind}: record").format(kind=_(KINDS[shown.meeting.kind].name)))
        day = f"{shown.meeting.starts_at.astimezone(DISPLAY_ZONE):%Y-%m-%d}"
        code = " ".join(view.content_sha256[at : at + 4] for at in range(0, 16, 4))
        self.header.set_context(
            _("{day} · {title} · code {code}").format(day=day, title=shown.meeting.title, code=code)
        )
        words = _("Signed and locked") if view.signed else _("Draft {number} · not signed").format(number=view.number)
        self.chip.show_as(words, "ok" if view.signed else "warn", "done" if view.signed else "sign")

    def _turned(self, page: int) -> None:
        self.strip.show_current(page)
        self.checks.current_page = page + 1
        self.place.setText(f"{page + 1} / {self.pages.count()}")
        self.earlier.setEnabled(page > 0)
        self.later.setEnabled(page + self.canvas.across < self.pages.count())

    def _open_panel(self, panel: int) -> None:
        self.panels.setCurrentIndex(panel)
        if panel == 1:
            self.texts.passages.setFocus()
        elif panel == 2:
            self.signing.signed_by.setFocus()
        else:
            self.canvas.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the panel, then the page."""
        if event.key() == Qt.Key.Key_Escape:
            if self.panels.currentIndex():
                self._open_panel(0)
            else:
                self.desk.back()
        else:
            super().keyPressEvent(event)

    def _keep(self, key: str, text: str) -> None:
        minutes.correct(self.desk.work, self._meeting, key, text)
        self.desk.toast(_("The text is corrected"), undo=True)

    def _restore(self, key: str) -> None:
        minutes.restore(self.desk.work, self._meeting, key)
        self.desk.toast(_("The text is as it was noted"), undo=True)

    def _sign(self, names: list[str], reasons: dict[str, str]) -> None:
        minutes.sign(self.desk.work, self._meeting, signed_by=names, reasons=reasons)
        self._open_panel(0)
        self.desk.toast(_("The record is signed and locked"), undo=False)

    def _print(self, job: PrintJob) -> None:
        shown = self._shown
        if shown is None:
            return
        job = PrintJob(job.printer, job.copies, job.pages, job.duplex, shown.meeting.title)

        def done(_sent: object) -> None:
            papers.note_print(self.desk.work, shown.meeting.id, shown.printed.content_sha256)
            self.desk.toast(_("Sent to {printer}").format(printer=job.printer), undo=False)

        run.beside(self, _("Printing"), lambda _report: send(shown.printed.pdf, job), done, self.progress)

    def _save_pdf(self) -> None:
        shown = self._shown
        if shown is None:
            return
        to = self._ask_file(shown, "pdf")
        if to is not None:
            papers.save(shown.printed.pdf, to)
            papers.note_print(self.desk.work, shown.meeting.id, shown.printed.content_sha256)
            self.desk.toast(_("Saved as {file}").format(file=to.name), undo=False)

    def _save_file(self) -> None:
        shown = self._shown
        to = self._ask_file(shown, "json") if shown is not None else None
        if shown is not None and to is not None:
            papers.save(meeting_file.export(self.desk.work, shown.meeting.id), to)
            self.desk.toast(_("Saved as {file}").format(file=to.name), undo=False)

    def _ask_file(self, shown: Preview, ending: str) -> Path | None:
        name = file_name(shown, ending)
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Save"), str(Path.home() / name), f"*.{ending}")
        if not chosen:
            return None
        return Path(chosen if chosen.endswith(f".{ending}") else f"{chosen}.{ending}")


def file_name(shown: Preview, ending: str) -> str:
    """A file name that every system takes, made of the day and the title."""
    day = f"{shown.meeting.starts_at.astimezone(DISPLAY_ZONE):%Y-%m-%d}"
    title = "".join(sign for sign in shown.meeting.title if sign.isalnum() or sign in " -_（）·").strip()
    mark = _("posted") if shown.posted and ending == "pdf" else ""
    return " ".join(part for part in (day, title[:60], mark) if part) + f".{ending}"
