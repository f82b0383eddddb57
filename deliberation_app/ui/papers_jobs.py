"""Many papers printed as one list: those of a meeting, or the empty forms of a unit. One printer, one after another."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from deliberation_app.errors import AppError
from deliberation_app.language import _, ngettext_
from deliberation_app.services import papers_list, papers_made
from deliberation_app.services.papers_list import PaperRow
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.panels import empty, line
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.papers_job_row import FAILED, SENDING, SENT, JobRow
from deliberation_app.ui.printing import PrintJob, printers, send

_BESIDE = 760
_MONTHS = 12


class PapersJobs(QWidget):
    """shown(id=…, only=key) for a meeting, shown(blank=True) for empty forms."""

    inner = True
    lit = "meetings"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        forms.load("papers_jobs", self)
        self._meeting: uuid.UUID | None = None
        self._only = ""
        self._printing = False
        self._soon = QTimer(self, singleShot=True, interval=0, timeout=self._read)
        self.jobs: list[JobRow] = []
        self.progress_bar.hide()
        self.show_printers([])
        self._offer_months(desk.today())
        self.hint.setText(_("One after another in this order. A paper that fails can be printed again by itself; the "
                            "others go on."))  # fmt: skip
        self.header.back.connect(self.desk.back)
        self.all_rows.clicked.connect(self._tick_all)
        self.print_button.clicked.connect(self._print_wanted)
        self.period.editor.currentIndexChanged.connect(lambda _at: self._meeting is None and self.refresh())

    def _offer_months(self, today: date) -> None:
        first = today.year * _MONTHS + today.month - 1
        months = [f"{at // _MONTHS}-{at % _MONTHS + 1:02d}" for at in range(first - 1, first + _MONTHS)]
        self.period.editor.set_options([(one, one) for one in months], months[1])

    def minimumSizeHint(self) -> QSize:
        """It folds before it asks the window to scroll."""
        return QSize(px(480), px(420))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The printer goes below the list where there is no room beside."""
        super().resizeEvent(event)
        beside = self.width() >= px(_BESIDE)
        self.body.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        # What is said of the sides of the sheet is a line that cannot be broken.
        needed = max(px(300), self.duplex.sizeHint().width() + px(44))
        self.side.setMinimumWidth(needed)
        self.side.setMaximumWidth(needed if beside else max(self.width(), needed))
        self.hint.setVisible(beside)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.desk.back()
        else:
            super().keyPressEvent(event)

    # Reading

    def shown(self, **where: Any) -> None:
        """The papers of a meeting, or the empty forms."""
        if where:
            self._meeting = uuid.UUID(str(where["id"])) if where.get("id") else None
            self._only = str(where.get("only", ""))
        self.period.setVisible(self._meeting is None)
        blank = self._meeting is None
        self.header.set_title(_("Empty forms") if blank else _("Print papers of the meeting"))
        self.header.set_context(_("To be filled in by hand") if blank else "")
        run.beside(self, _("Looking for printers"), lambda _report: printers(), self.show_printers)
        self.refresh()

    def refresh(self) -> None:
        """Look at the papers again, unless they are being printed; asked for twice at once it is done once."""
        self._soon.start()

    def show_printers(self, names: Sequence[str]) -> None:
        """Offer these, and keep the choice where it is still among them."""
        chosen = self.printer.value()
        options = [(name, name) for name in names] or [("", _("No printer found"))]
        self.printer.editor.set_options(options, chosen if chosen in names else "")

    def _read(self) -> None:
        if self._printing:
            return
        work, meeting, unit, period = self.desk.work, self._meeting, self.desk.unit_id, self.period.value()

        def read(_report: object) -> tuple[str, Sequence[PaperRow]]:
            if meeting is None:
                return "", papers_list.forms(work, unit, period)
            view = papers_list.listed(work, meeting)
            return view.meeting.title, view.rows

        if not self.jobs:
            self.progress_bar.show()
        worker = run.beside(
            self, _("Looking at the papers"), read, lambda found: self._show(*found),
            None if self.jobs else self.progress,
        )  # fmt: skip
        self.progress.cancel.hide()
        worker.finished.connect(lambda: self._printing or self.progress_bar.hide())

    def _show(self, title: str, papers: Iterable[PaperRow]) -> None:
        if title:
            self.header.set_context(title)
        before = {job.paper.key: job.wanted() for job in self.jobs}
        empty(self.rows)
        self.jobs = []
        for paper in papers:
            usual = paper.key == self._only if self._only else self._meeting is not None and paper.state in (
                "ready", "changed", "lacking")  # fmt: skip
            job = JobRow(paper, ticked=before.get(paper.key, usual))
            job.changed.connect(self._count)
            job.again.connect(lambda job=job: self._print([job]))
            job.moved.connect(lambda by, job=job: self._move(job, by))
            self.jobs.append(job)
        self._lay_out()
        self._count()
        chosen = next((job for job in self.jobs if job.wanted()), None)
        (chosen.tick if chosen else self.all_rows).setFocus(Qt.FocusReason.OtherFocusReason)
        if chosen is not None:
            self.rows_area.ensureWidgetVisible(chosen)

    def _lay_out(self) -> None:
        while self.rows.count():
            taken = self.rows.takeAt(0).widget()
            if taken is not None and not isinstance(taken, JobRow):
                taken.deleteLater()
        before: QWidget = self.all_rows
        for at, job in enumerate(self.jobs):
            if at:
                self.rows.addWidget(line())
            self.rows.addWidget(job)
            job.up.setEnabled(at > 0)
            job.down.setEnabled(at + 1 < len(self.jobs))
            for part in (job.tick, job.repeat, job.copies, job.up, job.down):
                QWidget.setTabOrder(before, part)
                before = part
        self.rows.addStretch(1)

    def _move(self, job: JobRow, by: int) -> None:
        at = self.jobs.index(job)
        to = max(0, min(at + by, len(self.jobs) - 1))
        self.jobs.insert(to, self.jobs.pop(at))
        self._lay_out()

    # Choosing

    def _wanted(self) -> list[JobRow]:
        return [job for job in self.jobs if job.wanted() and job.state != SENT]

    def _tick_all(self) -> None:
        on = self.all_rows.isChecked()
        for job in self.jobs:
            if job.paper.there:
                job.tick.setChecked(on)

    def _count(self) -> None:
        there = [job for job in self.jobs if job.paper.there]
        chosen = [job for job in there if job.wanted()]
        self.all_rows.setChecked(bool(there) and len(chosen) == len(there))
        waiting = self._wanted()
        copies = sum(job.count() for job in waiting)
        words = ngettext_("Print {count} paper", "Print {count} papers", len(waiting))
        self.print_button.setText(words.format(count=len(waiting)) if waiting else _("Print"))
        self.print_button.setEnabled(bool(waiting))
        told = ngettext_("{count} paper", "{count} papers", len(chosen)).format(count=len(chosen))
        copied = ngettext_("{count} copy", "{count} copies", copies).format(count=copies)
        self.count_words.setText(f"{told} · {copied}" if waiting else told)

    # Printing

    def _print_wanted(self) -> None:
        self._print(self._wanted())

    def _print(self, jobs: Sequence[JobRow]) -> None:
        """Print these one after another; one that fails says why and the others go on."""
        if not jobs or self._printing:
            return
        self._printing = True
        self.error_line.hide()
        self.progress_bar.show()
        self.progress.cancel.show()
        self.print_button.setEnabled(False)
        self._step(list(jobs), 0, self.printer.value(), self.duplex.isChecked())

    def _step(self, jobs: list[JobRow], at: int, printer: str, duplex: bool) -> None:
        job, work, asked = jobs[at], self.desk.work, replace(jobs[at].paper.asked)
        job.say(SENDING)
        self.rows_area.ensureWidgetVisible(job)
        wanted, title = PrintJob(printer, job.count(), None, duplex), job.tick.accessibleName()

        def print_one(report: run.Report) -> papers_made.Made | AppError:
            # A refusal belongs to this paper's row and not to the page: the other papers go on.
            try:
                made = papers_made.prepared(work, asked)
                send(made.printed.pdf, wanted, title, report)
            except AppError as error:
                return error
            return made

        def done(found: papers_made.Made | AppError) -> None:
            if isinstance(found, AppError):
                job.say(FAILED, found)
            else:
                job.say(SENT, printer=printer)
                run.act(self, papers_made.note, work, found)
            self._next(jobs, at, printer, duplex, stopped=worker.report.cancelled())

        self.progress.start(_("Printing {paper}").format(paper=title))
        self.progress.report(at, len(jobs))
        worker = run.beside(self, "", print_one, done)
        self.progress.cancelled.connect(worker.report.cancel)

    def _next(self, jobs: list[JobRow], at: int, printer: str, duplex: bool, *, stopped: bool) -> None:
        if at + 1 < len(jobs) and not stopped:
            self._step(jobs, at + 1, printer, duplex)
            return
        self._printing = False
        self.progress.hide()
        self.progress_bar.hide()
        self._count()
        failed = [job for job in jobs if job.state == FAILED]
        sent = sum(1 for job in jobs if job.state == SENT)
        if failed:
            words = ngettext_("{count} paper is not printed", "{count} papers are not printed", len(failed))
            why = _("The reason stands at each; print it again when that is mended. {sent} went to the printer.")
            self.error_line.say(words.format(count=len(failed)), why.format(sent=sent), lambda: self._print(failed))
            failed[0].repeat.setFocus(Qt.FocusReason.OtherFocusReason)
        elif sent:
            words = ngettext_("{count} paper sent to {printer}", "{count} papers sent to {printer}", sent)
            self.desk.toast(words.format(count=sent, printer=printer), undo=False)
