"""Papers made on demand: composed from the records, set, written, and remembered so that they are known again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain.archive import PAPERS, Paper
from deliberation_app.errors import N_, AppError, NotFound
from deliberation_app.papers.document import Document, content_sha256
from deliberation_app.services import papers
from deliberation_app.services.papers import Printed, Verified
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_table import COMPOSERS
from deliberation_app.services.work import Work
from deliberation_app.storage.archive import PrintedPaper
from deliberation_app.storage.base import new_id


def printable() -> list[Paper]:
    """The papers that can be printed, in the order of the table."""
    return [paper for paper in PAPERS.values() if paper.id in COMPOSERS or paper.id == "record"]


def compose(session: Session, asked: Asked) -> tuple[Document, ...]:
    """The papers that answer the question; NotFound when there is nothing to print."""
    if asked.paper not in COMPOSERS:
        known = ", ".join(paper.id for paper in printable())
        raise AppError(N_("There is no paper “{paper}”. Papers: {papers}."), paper=asked.paper, papers=known)
    if asked.posted and not PAPERS[asked.paper].posted:
        raise AppError(
            N_("“{title}” is never posted. Ask for the archive copy."), title=PAPERS[asked.paper].title
        )  # fmt: skip
    found = tuple(COMPOSERS[asked.paper](session, asked))
    if not found:
        raise NotFound(N_("There is nothing to print as “{title}” here."), title=PAPERS[asked.paper].title)
    return found


def made(work: Work, asked: Asked) -> Printed:
    """Compose and set the papers that answer the question, all in one file."""
    if asked.paper == "record" and asked.meeting is not None:
        return papers.record(work, asked.meeting, posted=asked.posted)
    with work.read() as session:
        documents = compose(session, asked)
    return papers.press(documents)


def as_word(work: Work, asked: Asked) -> bytes:
    """The papers that answer the question as a .docx with the same text, tables and headings."""
    with work.read() as session:
        if asked.paper == "record" and asked.meeting is not None:
            return papers.word((papers.as_paper(papers.source(session, asked.meeting).record(posted=asked.posted)),))
        documents = compose(session, asked)
    return papers.word(documents)


def write(work: Work, asked: Asked, to: Path) -> Printed:
    """Write the papers to a file and remember what they say; a record knows its versions itself."""
    if asked.paper == "record" and asked.meeting is not None:
        return papers.write(work, asked.meeting, to, posted=asked.posted)
    with work.read() as session:
        documents = compose(session, asked)
    printed = papers.press(documents)
    papers.save(printed.pdf, to)
    note_printed(work, asked, documents)
    return printed


def verify(work: Work, file: Path) -> Verified:
    """Is this a paper that was kept or printed here? Asked of the file, of the digits on it, and of its every word."""
    found = papers.verify(work, file)
    if found.answer != "unknown" or found.title:
        return found
    seen = papers.read_proof(file)
    if not seen.digits:
        return found
    with work.read() as session:
        query = select(PrintedPaper).where(PrintedPaper.content_sha256.startswith(seen.digits))
        row = session.scalars(query).first()
        if row is None:
            return found
        try:
            now = [paper for paper in compose(session, Asked.of(row.asked)) if _is(paper, row.content_sha256)]
        except AppError:  # what it was about is gone
            now = []
    if not now:
        return Verified("older", row.title)
    return Verified("content" if papers.says(now, seen) else "unknown", row.title)


def _is(paper: Document, content: str) -> bool:
    return content_sha256(paper) == content


def note_printed(work: Work, asked: Asked, documents: Sequence[Document]) -> None:
    """Remember the content of papers that leave the program; the same content is remembered once."""
    with work.act("papers.print") as act:
        for document in documents:
            content = content_sha256(document)
            known = select(PrintedPaper.id).where(PrintedPaper.content_sha256 == content)
            if act.scalars(known).first() is None:
                row = PrintedPaper(
                    id=new_id(), paper=asked.paper, asked=asked.told(), title=f"{document.unit}{document.title}",
                    content_sha256=content, meeting_id=asked.meeting, item_id=asked.item, printed_at=act.now,
                    printed_by=work.user_name or None,
                )  # fmt: skip
                act.add(row)
