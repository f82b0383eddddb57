"""Many papers printed as one list: those of a meeting, or the empty forms of a unit. One printer, one after another."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QWidget

from deliberation_app.errors import AppError
from deliberation_app.language import _, ngettext_
from deliberation_app.services import papers_list, papers_made
from deliberation_app.services.papers_list import PaperRow
from deliberation_app.ui import papers_words as words_of
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import empty, line
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.papers_files import file_words, save_papers
from deliberation_app.ui.papers_job_row import FAILED, SENDING, SENT, JobRow, Refusal
from deliberation_app.ui.papers_page import line_of
from deliberation_app.ui.preview_room import offer_printers, stretch
from deliberation_app.ui.printing import PrintJob, printers, send

# Logical widths of the page: the printer stands beside the list; each row has its arrows. And the list's least height.
_BESIDE, _ROOMY, _LIST = 760, 960, 240
_MONTHS = 12
# So many refusals of the printer, one after the other, end the list.
_GIVEN_UP = 2
# So many incomplete papers are named; the rest is counted.
_NAMED = 4


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
        self._printing, self._refused = False, 0
        self._under_way: run.Worker | None = None
        self._soon = QTimer(self, singleShot=True, interval=0, timeout=self._read)
        self._stretch = QTimer(self, singleShot=True, interval=0, timeout=self._settle)
        self.jobs: list[JobRow] = []
        self.progress_bar.hide()
        self.show_printers([])
        self._offer_months(desk.today())
        self.hint.setText(_("One after another in this order. A paper that fails can be printed again by itself; the "
                            "others go on."))  # fmt: skip
        self.header.back.connect(self.desk.back)
        self.all_rows.clicked.connect(self._tick_all)
        self.print_button.clicked.connect(lambda: self._print(self._wanted()))
        self.save_button.clicked.connect(self._ask_folder)
        self.look_again.clicked.connect(self._look_for_printers)
        self.progress.cancelled.connect(self._stop)
        self.period.editor.currentIndexChanged.connect(lambda _at: self._meeting is None and self.refresh())

    def _offer_months(self, today: date) -> None:
        first = today.year * _MONTHS + today.month - 1
        months = [f"{at // _MONTHS}-{at % _MONTHS + 1:02d}" for at in range(first - 1, first + _MONTHS)]
        self.period.editor.set_options([(one, one) for one in months], months[1])

    def minimumSizeHint(self) -> QSize:
        """It folds before it asks the window to scroll; folded, the page is as high as all of it needs."""
        if self.width() >= px(_BESIDE):
            return QSize(px(480), px(420))
        return QSize(px(480), self.layout().totalMinimumSize().height())

    def hasHeightForWidth(self) -> bool:
        """A sentence that wraps asks for a line more; the window is not to scroll for that."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The printer goes below the list where there is no room beside."""
        super().resizeEvent(event)
        beside = self.width() >= px(_BESIDE)
        self.rows_area.setMinimumHeight(0 if beside else px(_LIST))
        for job in self.jobs:
            job.fold(narrow=self.width() < px(_ROOMY))
        self.body.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        # What is said of the sides of the sheet is a line that cannot be broken.
        needed = max(px(300), self.duplex.sizeHint().width() + px(44))
        self.side.setMinimumWidth(needed)
        self.side.setMaximumWidth(needed if beside else max(self.width(), needed))
        self.hint.setVisible(beside)
        self._stretch.start()

    def _settle(self) -> None:
        """Beside the list what is asked scrolls by itself; below it the page scrolls."""
        self.rows_area.setUpdatesEnabled(True)
        stretch(self.middle, self.inside)
        self.middle.setMinimumHeight(0 if self.width() >= px(_BESIDE) else self.inside.minimumHeight())
        self.updateGeometry()

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
        self._look_for_printers()
        self.refresh()

    def refresh(self) -> None:
        """Look at the papers again, unless they are being printed; asked for twice at once it is done once."""
        self._soon.start()

    def show_printers(self, names: Sequence[str]) -> None:
        """Offer these, and keep the choice where it is still among them."""
        offer_printers(self.printer, self.look_again, names)
        self._stretch.start()

    def _look_for_printers(self) -> None:
        run.beside(self, _("Looking for printers"), lambda _report: printers(), self.show_printers)

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

    def _show(self, title: str, found: Iterable[PaperRow]) -> None:
        if title:
            self.header.set_context(title)
        # Not painted before every row has its height.
        self.rows_area.setUpdatesEnabled(False)
        before = {job.paper.key: job.wanted() for job in self.jobs}
        empty(self.rows)
        self.jobs = []
        for paper in found:
            usual = paper.key == self._only if self._only else self._meeting is not None and paper.state in (
                "ready", "changed", "lacking")  # fmt: skip
            job = JobRow(paper, ticked=before.get(paper.key, usual))
            job.changed.connect(self._count)
            job.again.connect(lambda job=job: self._print([job]))
            job.moved.connect(lambda by, job=job: self._move(job, by))
            job.fold(narrow=self.width() < px(_ROOMY))
            self.jobs.append(job)
        self._lay_out()
        self._tell_lacking()
        self._stretch.start()
        self._count()
        chosen = next((job for job in self.jobs if job.wanted()), None)
        (chosen.tick if chosen else self.all_rows).setFocus(Qt.FocusReason.OtherFocusReason)
        if chosen is not None:
            self.rows_area.ensureWidgetVisible(chosen)

    def _tell_lacking(self) -> None:
        """What is still missing, paper by paper, before anything is printed."""
        empty(self.lacking)
        thin = [job.paper for job in self.jobs if job.paper.state == "lacking" and not job.paper.asked.empty]
        head = ngettext_("{count} paper is not complete", "{count} papers are not complete", len(thin))
        if thin:
            self.lacking.addLayout(line_of("late_fill", "warn", head.format(count=len(thin))))
        for paper in thin[:_NAMED]:
            said = _("{paper}: {what}").format(paper=words_of.name(paper.asked.paper), what=words_of.lacks_words(paper))
            self.lacking.addWidget(Label(said, "hint", wrap=True))
        if len(thin) > _NAMED:
            self.lacking.addWidget(Label(_("and {count} more").format(count=len(thin) - _NAMED), "hint"))

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
        self.print_button.setEnabled(bool(waiting) and not self._printing)
        self.save_button.setEnabled(bool(chosen) and not self._printing)
        told = ngettext_("{count} paper", "{count} papers", len(chosen)).format(count=len(chosen))
        copied = ngettext_("{count} copy", "{count} copies", copies).format(count=copies)
        self.count_words.setText(f"{told} · {copied}" if waiting else told)

    # Printing

    def _print(self, jobs: Sequence[JobRow]) -> None:
        """Print these one after another; one that fails says why and the others go on."""
        if not jobs or self._printing:
            return
        self._begin()
        self._step(list(jobs), 0, self.printer.value(), self.duplex.isChecked())

    def _begin(self) -> None:
        self._printing, self._refused = True, 0
        self.error_line.hide()
        self.progress_bar.show()
        self.progress.cancel.show()
        self._count()

    def _stop(self) -> None:
        if self._under_way is not None:
            self._under_way.report.cancel()

    def _end(self) -> None:
        self._printing, self._under_way = False, None
        self.progress.hide()
        self.progress_bar.hide()
        self._count()

    def _step(self, jobs: list[JobRow], at: int, printer: str, duplex: bool) -> None:
        job, work, asked = jobs[at], self.desk.work, replace(jobs[at].paper.asked)
        job.say(SENDING)
        self.rows_area.ensureWidgetVisible(job)
        wanted, title = PrintJob(printer, job.count(), duplex=duplex), job.tick.accessibleName()

        def print_one(report: run.Report) -> papers_made.Made | Refusal:
            # A refusal belongs to this paper's row and not to the page: the other papers go on.
            by_printer = False
            try:
                made = papers_made.prepared(work, asked)
                by_printer = True
                send(made.printed.pdf, wanted, title, report)
            except AppError as error:
                return Refusal(error, by_printer)
            return made

        def done(found: papers_made.Made | Refusal) -> None:
            if isinstance(found, Refusal):
                job.say(FAILED, found.error)
                self._refused = self._refused + 1 if found.by_printer else 0
            else:
                self._refused = 0
                job.say(SENT, printer=printer)
                run.act(self, papers_made.note, work, found)
            # A printer that refuses twice running refuses the rest too: nobody waits for that.
            stopped = worker.report.cancelled() or self._refused >= _GIVEN_UP
            self._next(jobs, at, printer, duplex, stopped=stopped)

        self.progress.start(_("Printing {paper}").format(paper=title))
        self.progress.report(at, len(jobs))
        self._under_way = worker = run.beside(self, "", print_one, done)

    def _next(self, jobs: list[JobRow], at: int, printer: str, duplex: bool, *, stopped: bool) -> None:
        if at + 1 < len(jobs) and not stopped:
            self._step(jobs, at + 1, printer, duplex)
            return
        self._end()
        failed = [job for job in jobs if job.state == FAILED]
        sent = sum(1 for job in jobs if job.state == SENT)
        if failed:
            left = [job for job in jobs if job.state != SENT]
            words = ngettext_("{count} paper is not printed", "{count} papers are not printed", len(left))
            why = _("The reason stands at each; print it again when that is mended. {sent} went to the printer.")
            self.error_line.say(words.format(count=len(left)), why.format(sent=sent), lambda: self._print(left))
            failed[0].repeat.setFocus(Qt.FocusReason.OtherFocusReason)
            self._look_for_printers()
        elif sent:
            words = ngettext_("{count} paper sent to {printer}", "{count} papers sent to {printer}", sent)
            self.desk.toast(words.format(count=sent, printer=printer), undo=False)

    # Saving

    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Folder for the papers"), str(Path.home()))
        if folder:
            self.save_in(folder)

    def save_in(self, folder: str) -> None:
        """Each chosen paper as a PDF of its own in this folder, numbered in the order of the list."""
        jobs = [job for job in self.jobs if job.wanted()]
        if not jobs or self._printing:
            return
        self._begin()
        work, asked = self.desk.work, [(job.paper.asked, file_words(job.paper)) for job in jobs]

        def done(kept: list[papers_made.Made]) -> None:
            for made in kept:
                run.act(self, papers_made.note, work, made)
            words = ngettext_("{count} paper saved in {folder}", "{count} papers saved in {folder}", len(kept))
            self.desk.toast(words.format(count=len(kept), folder=Path(folder).name), undo=False)

        self.progress.start(_("Saving the papers"))
        self._under_way = worker = run.beside(self, "", lambda report: save_papers(work, asked, folder, report), done)
        worker.progressed.connect(self.progress.report)
        worker.finished.connect(self._end)
