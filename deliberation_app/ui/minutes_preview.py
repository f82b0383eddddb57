"""One record before it is printed: printing as any paper, and besides correcting it and registering signatures."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from deliberation_app.domain.archive import PAPERS, copies_of
from deliberation_app.domain.meetings import KINDS
from deliberation_app.language import _
from deliberation_app.services import minutes, papers, signing, supplements
from deliberation_app.services.minutes_view import Preview, preview
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_made import Made
from deliberation_app.services.signing import SigningView
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.ui.kit import run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.marks import Chip
from deliberation_app.ui.minutes_checks import of_corrections, of_record
from deliberation_app.ui.minutes_texts import MinutesTexts
from deliberation_app.ui.papers_files import ask
from deliberation_app.ui.preview_page import POSTED, PRINT, PaperPreview
from deliberation_app.ui.printing import PrintJob, send
from deliberation_app.ui.signing_panel import SigningPanel
from deliberation_app.ui.signing_supplements import SupplementsPanel

TEXTS, SIGN, CORRECTIONS = 1, 2, 3


@dataclass(frozen=True)
class Seen:
    """The record, and how its signatures stand; both are composed beside the window."""

    shown: Preview
    signing: SigningView


class MinutesPreview(PaperPreview):
    """The record of a meeting: correct it, print it, have it signed."""

    parts = ("meetings", "floor", "votes", "minutes", "people", "agenda")

    def __init__(self, desk: Desk) -> None:
        self.texts, self.signing, self.corrections = MinutesTexts(), SigningPanel(desk), SupplementsPanel(desk)
        super().__init__(desk, composer=self.composer, tell=self.tell, title=self.paper_title)
        self._meeting: uuid.UUID | None = None
        self._shown: Preview | None = None
        self.chip = Chip("", "warn", "sign")
        self.header.add_chip(self.chip)
        self.correct = Button(_("Correct the text"), icon="edit", keys="F2")
        self.register = Button(_("Sign"), icon="sign", keys="F3")
        self.header.add_act(self.correct)
        self.header.add_act(self.register)
        self.correct.clicked.connect(lambda: self.open_panel(CORRECTIONS if self.signed() else TEXTS))
        self.register.clicked.connect(lambda: self.open_panel(SIGN))
        for panel in (self.texts, self.signing):
            panel.closed.connect(lambda: self.open_panel(PRINT))
        self.texts.kept.connect(lambda key, text: run.act(self, self._keep, key, text))
        self.texts.restored.connect(lambda key: run.act(self, self._restore, key))
        self.texts.looked_at.connect(self._turn_to)
        self.signing.locked.connect(lambda: self.open_panel(PRINT))
        self.corrections.closed.connect(self._back_to_record)
        self.corrections.view_asked.connect(self._look)
        self.corrections.print_asked.connect(self._print_more)
        self.corrections.save_asked.connect(lambda pdf, words: run.act(self, self._save_more, pdf, words))
        self.mend.otherwise = lambda: self.desk.navigate("meeting", id=str(self._meeting))
        self.checks.mend_asked.connect(self.mend.otherwise)

    def more_panels(self) -> Sequence[QWidget]:
        """Correcting and signing; once signed, the corrections on pages of their own."""
        return (self.texts, self.signing, self.corrections)

    def tab_words(self) -> Sequence[str]:
        """Printing, correcting, signing, correcting what is signed."""
        return (_("Print"), _("Correct the text"), _("Sign"), _("Corrections"))

    def foldable(self) -> Sequence[tuple[Button, bool]]:
        """What is signed is not signed again."""
        return ((self.correct, True), (self.register, not self.signed()))

    def shown(self, **where: Any) -> None:
        """Show the record of a meeting: shown(id=…)."""
        if where.get("id"):
            self._meeting = uuid.UUID(str(where["id"]))
        self.checks.begin()
        self.checks.read_printers()
        self.open_panel(PRINT)
        self.refresh()

    def composer(self) -> Callable[[], Seen] | None:
        """The record with everything said of it."""
        if self._meeting is None:
            return None
        work, meeting, posted = self.desk.work, self._meeting, self.copy.current() == POSTED
        return lambda: Seen(preview(work, meeting, posted=posted), signing.view(work, meeting))

    def made_of(self, found: Seen) -> Made:
        """The record as a paper like any other."""
        shown = found.shown
        return Made(Asked(paper="record", meeting=shown.meeting.id, posted=shown.posted), shown.printed)

    def bytes_of(self, job: PrintJob) -> bytes | None:
        """A signed record goes to the printer with its corrections, unless single pages of it are asked for."""
        if job.pages or self._shown.posted or not self.corrections.found or not self.signed():
            return super().bytes_of(job)
        return run.act(self, supplements.together, self.desk.work, self._meeting)

    def tell(self, seen: Seen) -> None:
        """Head, checks, passages, signatures."""
        self._shown = found = seen.shown
        self._head(found)
        self.checks.offer_copies(copies_of(PAPERS["record"], 0))
        mend = _("Fill in on the meeting's page") if found.view.findings and not found.view.signed else ""
        if found.view.signed:
            self.corrections.show_meeting(found.meeting.id)
        corrections = len(self.corrections.found) if found.view.signed and not found.posted else 0
        self.checks.show_checks([*of_record(found), *of_corrections(corrections)], self.pages.count(), mend)
        self.texts.show_passages(found.passages)
        self.signing.show_paper(found.meeting.id, None, seen.signing)
        self.correct.setText(_("Corrections") if found.view.signed else _("Correct the text"))
        if self.panels.currentIndex() in ((TEXTS, SIGN) if found.view.signed else (CORRECTIONS,)):
            self.open_panel(PRINT)

    def paper_title(self) -> str:
        """The day and what the meeting is called."""
        meeting = self._shown.meeting
        return f"{meeting.starts_at.astimezone(DISPLAY_ZONE):%Y-%m-%d} {meeting.title}"

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

    def open_panel(self, panel: int) -> None:
        """Show one of the panels; a signed record is corrected on pages of its own, a draft is not."""
        if panel == TEXTS and self.signed():
            panel = CORRECTIONS
        if panel == CORRECTIONS and not self.signed():
            panel = TEXTS
        if panel == TEXTS and run.act(self, self._may_correct) is None:
            return
        super().open_panel(panel)
        {PRINT: self.canvas, TEXTS: self.texts.passages, SIGN: self.signing.places, CORRECTIONS: self.corrections.list}[
            panel
        ].setFocus()

    def signed(self) -> bool:
        """Whether the record that is shown is locked."""
        return self._shown is not None and self._shown.view.signed

    def _may_correct(self) -> bool:
        minutes.refuse_signed(self.desk.work, self._meeting)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the panel, then the page."""
        panel = self.panels.currentIndex()
        if event.key() != Qt.Key.Key_Escape or panel == PRINT:
            super().keyPressEvent(event)
        elif panel == TEXTS:
            self.texts.leave()
        elif panel == CORRECTIONS:
            self._back_to_record()
        else:
            self.open_panel(PRINT)

    def _keep(self, key: str, text: str) -> None:
        self.error_line.hide()
        minutes.correct(self.desk.work, self._meeting, key, text)
        self.desk.toast(_("The text is corrected"), undo=True)

    def _restore(self, key: str) -> None:
        minutes.restore(self.desk.work, self._meeting, key)
        self.desk.toast(_("The text is as it was noted"), undo=True)

    def _look(self, pdf: bytes) -> None:
        """Show the pages of a correction instead of those of the record."""
        self.pages.open(pdf)
        self.strip.arrange()
        self.canvas.reload()
        self.canvas.go_to(0)

    def _back_to_record(self) -> None:
        self.made = None  # so that its pages are opened again
        self.open_panel(PRINT)
        self.refresh()

    def _print_more(self, pdf: bytes, words: str) -> None:
        """Print something of this record on the chosen printer, all its pages, once."""
        self.error_line.hide()
        job = PrintJob(self.checks.printer.value(), duplex=self.checks.duplex.isChecked())
        self.progress_bar.show()
        worker = run.beside(
            self, _("Printing"), lambda report: send(pdf, job, words, report),
            lambda _sent: self.desk.toast(_("Sent to {printer}").format(printer=job.printer), undo=False),
            self.progress,
        )  # fmt: skip
        worker.finished.connect(self.progress_bar.hide)
        worker.refused.connect(lambda _error: self.error_line.set_again(lambda: self._print_more(pdf, words)))

    def _save_more(self, pdf: bytes, words: str) -> None:
        name = "".join(sign for sign in f"{self.paper_title()} {words}" if sign.isalnum() or sign in " -_")
        file = ask(self, _("Save PDF"), f"{name[:80]}.pdf")
        if file is not None:
            papers.save(pdf, file)
            self.desk.toast(_("Saved as {file}").format(file=file.name), undo=False)
