"""Papers of the archive as files: composed, set, written whole; labels, the year's list, a report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from deliberation_app.errors import N_, AppError
from deliberation_app.papers import archive_box
from deliberation_app.papers.document import Document
from deliberation_app.services import archive_year, papers
from deliberation_app.services.archive_year import YearList
from deliberation_app.services.papers import Printed

Documents = tuple[Document, ...]

# What a year can be printed as, and what each is called on screens.
YEAR_PAPERS = {
    "catalogue": N_("List of filed papers"), "remarks": N_("Remarks of each box"), "face": N_("Labels for the front"),
    "spine": N_("Labels for the back"), "hand_over": N_("Hand-over list"),
}  # fmt: skip


def of_year(found: YearList, which: str) -> Documents:
    """One of YEAR_PAPERS for a year."""
    if which == "face":
        return (archive_box.faces(archive_year.facts_of(found)),)
    if which == "spine":
        return (archive_box.spines(archive_year.facts_of(found)),)
    return archive_year.documents(found)[which]


def as_pdf(documents: Sequence[Document]) -> Printed:
    """The papers as one PDF; refused with a sentence where there is nothing."""
    if not documents:
        raise AppError(N_("There is nothing of this year to be printed yet."))
    return papers.press(documents)


def write(content: bytes, to: Path) -> None:
    """Write a file whole or not at all."""
    papers.save(content, to)
