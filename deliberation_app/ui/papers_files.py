"""Papers saved as files: the PDF as it is printed, and a Word document with the same text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from deliberation_app.language import _
from deliberation_app.services import papers, papers_made
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_list import PaperRow
from deliberation_app.services.papers_made import Made
from deliberation_app.services.work import Work
from deliberation_app.ui.kit.run import Report

_LONGEST = 80


def save_pdf(where: QWidget, work: Work, made: Made, title: str) -> Path | None:
    """Ask for a place and write the paper there; None when nobody chose one."""
    to = ask(where, _("Save PDF"), file_name(title, made, ".pdf"))
    if to is not None:
        papers.save(made.printed.pdf, to)
        papers_made.note(work, made)
    return to


def save_word(where: QWidget, work: Work, made: Made, title: str) -> Path | None:
    """Ask for a place and write the same words for a word processor; None when nobody chose one."""
    to = ask(where, _("Save Word"), file_name(title, made, ".docx"))
    if to is not None:
        papers.save(papers_made.as_word(work, made.asked), to)
    return to


def ask(where: QWidget, words: str, name: str) -> Path | None:
    """Where a file is to go, with the ending of the offered name."""
    ending = Path(name).suffix
    chosen, _filter = QFileDialog.getSaveFileName(where, words, str(Path.home() / name), f"*{ending}")
    if not chosen:
        return None
    return Path(chosen if chosen.endswith(ending) else f"{chosen}{ending}")


def file_name(title: str, made: Made, ending: str) -> str:
    """A file name that every system takes, made of what the paper is called and which copy it is."""
    safe = "".join(sign for sign in title if sign.isalnum() or sign in " -_（）·").strip()
    mark = _("Empty form") if made.asked.empty else _("posted") if made.asked.posted else ""
    return " ".join(part for part in (safe[:_LONGEST], mark) if part) + ending


def file_words(paper: PaperRow) -> str:
    """What a paper is called among the files of its meeting."""
    return " ".join(part for part in (paper.paper.title, paper.subject) if part)


def save_papers(work: Work, wanted: Sequence[tuple[Asked, str]], folder: str, report: Report) -> list[Made]:
    """Each paper as a PDF of its own in this folder, numbered in their order; stops between two when asked to."""
    kept: list[Made] = []
    for number, (asked, title) in enumerate(wanted, start=1):
        report(number - 1, len(wanted))
        if report.cancelled():
            break
        made = papers_made.prepared(work, asked)
        papers.save(made.printed.pdf, Path(folder) / f"{number:02d} {file_name(title, made, '.pdf')}")
        kept.append(made)
    return kept
