"""The papers of a year's hand-over and the report of a period before they are printed; composed anew each time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from deliberation_app.domain.figures import PERS, Per
from deliberation_app.language import _
from deliberation_app.services import archive_papers, archive_year, papers, report
from deliberation_app.services.archive_papers import Documents
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_made import Made
from deliberation_app.services.work import Work
from deliberation_app.ui import papers_files
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.minutes_checks import of_setting
from deliberation_app.ui.preview_page import ARCHIVE, PRINT, PaperPreview
from deliberation_app.ui.preview_print import Check

REPORT = "period_report"


@dataclass(frozen=True)
class Found:
    """The paper, what it is called, what there is to be said of it."""

    made: Made
    title: str
    context: str
    documents: Documents


class ArchivePaper(PaperPreview):
    """shown(paper=…, year=…, per=…, number=…)."""

    parts = ("archive", "meetings", "minutes", "agenda", "votes", "tasks", "evaluation", "notices", "voices", "floor")
    lit = "archive"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, composer=self.composer, tell=self.tell, title=self.paper_title)
        self._wanted: dict[str, Any] = {}
        self._found: Found | None = None
        self.offer_copies([ARCHIVE])

    def shown(self, **where: Any) -> None:
        """Show the paper that is asked for."""
        if where.get("paper"):
            self._wanted = {**where, "year": int(where.get("year") or self.desk.today().year)}
        self.checks.begin()
        self.checks.read_printers()
        self.open_panel(PRINT)
        self.refresh()

    def composer(self) -> Callable[[], Found] | None:
        """What sets the paper beside the window."""
        if not self._wanted:
            return None
        work, unit, wanted = self.desk.work, self.desk.unit_id, dict(self._wanted)
        return lambda: _report(work, unit, wanted) if wanted["paper"] == REPORT else _year(work, unit, wanted)

    def made_of(self, found: Found) -> Made:
        """The paper itself."""
        return found.made

    def tell(self, found: Found) -> None:
        """Head and checks."""
        self._found = found
        self.header.set_title(found.title)
        self.header.set_context(found.context)
        self.checks.offer_copies(1)
        ready = Check("done", "ok", _("Composed from the records"), _("It is composed anew whenever it is opened."))
        self.checks.show_checks([ready, *of_setting(found.made.printed)], self.pages.count(), "")

    def paper_title(self) -> str:
        """What the file is called."""
        return f"{self._found.title} {self._found.context}" if self._found is not None else ""

    def _save(self, save: Any) -> None:
        """A PDF, or the same words for a word processor; these papers are not those of the list of papers."""
        found = self._found
        if found is None:
            return
        is_word = save is papers_files.save_word
        name = papers_files.file_name(self.paper_title(), found.made, ".docx" if is_word else ".pdf")
        to = papers_files.ask(self, _("Save Word") if is_word else _("Save PDF"), name)
        if to is not None:
            papers.save(papers.word(found.documents) if is_word else found.made.printed.pdf, to)
            self.desk.toast(_("Saved as {file}").format(file=to.name), undo=False)


def _found(documents: Documents, title: str, context: str, wanted: dict[str, Any]) -> Found:
    asked = Asked(paper=f"{wanted['paper']}:{wanted['year']}:{wanted.get('per', '')}:{wanted.get('number', '')}")
    return Found(Made(asked, archive_papers.as_pdf(documents)), title, context, documents)


def _year(work: Work, unit: Any, wanted: dict[str, Any]) -> Found:
    listed = archive_year.year_list(work, unit, wanted["year"])
    documents = archive_papers.of_year(listed, wanted["paper"])
    title = archive_papers.YEAR_PAPERS[wanted["paper"]]
    return _found(documents, _(title), f"{listed.unit} {listed.year}", wanted)


def _report(work: Work, unit: Any, wanted: dict[str, Any]) -> Found:
    per: Per = next(one for one in PERS if one == wanted.get("per", "year"))
    told = report.report(work, unit, per, wanted["year"], int(wanted.get("number") or 1))
    return _found((report.document(told),), _("Period report"), f"{told.figures.unit} {told.title}", wanted)
