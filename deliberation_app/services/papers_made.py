"""Papers made on demand: composed from the records, set, written, and remembered so that they are known again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain.archive import PAPERS, Paper
from deliberation_app.errors import N_, AppError, NotFound
from deliberation_app.papers.document import Document, content_sha256
from deliberation_app.services import papers, papers_proof
from deliberation_app.services.papers import Printed
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_proof import Verified
from deliberation_app.services.papers_table import COMPOSERS
from deliberation_app.services.signing_paper import same_words
from deliberation_app.services.work import Work
from deliberation_app.storage.archive import PrintedPaper
from deliberation_app.storage.base import new_id
from deliberation_app.storage.minutes import KeptFile

# The digits as they are printed, read aloud or sent by a scanner: 16 of them, blanks between, other words around.
_GROUPS = re.compile(r"(?<![0-9a-f])(?:[0-9a-f][\W_]*){16}(?![0-9a-f])")
# What an eye or an ear takes for a digit: none of these letters is ever in a code.
_HEARD = str.maketrans("oil", "011")
DIGITS = 16


@dataclass(frozen=True)
class Made:
    """Papers that were asked for, set and ready to leave the program; `documents` is empty for a record."""

    asked: Asked
    printed: Printed
    documents: tuple[Document, ...] = ()


def printable() -> list[Paper]:
    """The papers that can be printed, in the order of the table."""
    return [paper for paper in PAPERS.values() if paper.id in COMPOSERS]


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
    return prepared(work, asked).printed


def prepared(work: Work, asked: Asked) -> Made:
    """The same with what `note` needs once they have left the program."""
    if _is_record(asked) and asked.meeting is not None:
        return Made(asked, papers.record(work, asked.meeting, posted=asked.posted))
    with work.read() as session:
        documents = compose(session, asked)
    return Made(asked, papers.press(documents), documents)


def _is_record(asked: Asked) -> bool:
    """Whether a kept record is asked for, not its empty form."""
    return asked.paper == "record" and asked.meeting is not None and not asked.empty


def note(work: Work, found: Made) -> None:
    """Remember that these papers left the program; a record remembers its versions itself. Empty forms say nothing."""
    asked = found.asked
    if _is_record(asked) and asked.meeting is not None:
        papers.note_print(work, asked.meeting, found.printed.content_sha256, posted=asked.posted)
    elif not asked.empty:
        note_printed(work, asked, found.documents, found.printed.each)


def as_word(work: Work, asked: Asked) -> bytes:
    """The papers that answer the question as a .docx with the same text, tables and headings."""
    with work.read() as session:
        if _is_record(asked) and asked.meeting is not None:
            return papers.word((papers.as_paper(papers.source(session, asked.meeting).record(posted=asked.posted)),))
        documents = compose(session, asked)
    return papers.word(documents)


def write(work: Work, asked: Asked, to: Path) -> Printed:
    """Write the papers to a file and remember what they say."""
    found = prepared(work, asked)
    papers.save(found.printed.pdf, to)
    note(work, found)
    return found.printed


def verify(work: Work, file: Path) -> Verified:
    """Is this a paper that was kept or printed here? Asked of the file, of the digits on it, and of its every word."""
    found = papers_proof.verify(work, file)
    if found.answer != "unknown" or found.title:
        return found
    seen = papers.read_proof(file)
    if not seen.digits:
        return found
    with work.read() as session:
        row = _row_of(session, seen.digits)
        if row is None:
            return found
        now = _says_now(session, row)
        signed = session.scalars(select(KeptFile.content).where(KeptFile.content_sha256 == row.content_sha256)).all()
    if not now:
        return Verified("older", row.title, row.asked)
    said = papers_proof.says(now, seen) or any(same_words(file.read_bytes(), kept) for kept in signed)
    return Verified("content" if said else "unknown", row.title, row.asked)


def digits_in(text: str) -> str:
    """The 16 digits in what somebody typed or a scanner sent, full width or not; nothing where there are none."""
    plain = unicodedata.normalize("NFKC", text).lower()
    found = _GROUPS.findall(plain) or _GROUPS.findall(plain.translate(_HEARD))
    return re.sub(r"[^0-9a-f]", "", found[-1]) if found else ""


def verify_digits(work: Work, digits: str) -> Verified:
    """Whose digits these are, and whether that paper still says the same: `kept` or `content`, `older`, `unknown`.

    Anybody can copy digits: only the words of the paper prove it, so hold it against the paper that is shown.
    """
    if len(digits) != DIGITS:
        raise AppError(N_("A code has 16 digits and letters from a to f, in four groups. Read them once more."))
    known = papers_proof.verify_digits(work, digits)
    if known.answer != "unknown":
        return known
    with work.read() as session:
        row = _row_of(session, digits)
        if row is None:
            return known
        return Verified("content" if _says_now(session, row) else "older", row.title, row.asked)


def _row_of(session: Session, digits: str) -> PrintedPaper | None:
    query = select(PrintedPaper).where(PrintedPaper.content_sha256.startswith(digits))
    return session.scalars(query).first()


def _says_now(session: Session, row: PrintedPaper) -> list[Document]:
    """The paper of this row if it still says what was printed."""
    try:
        return [paper for paper in compose(session, Asked.of(row.asked)) if _is(paper, row.content_sha256)]
    except AppError:  # what it was about is gone
        return []


def _is(paper: Document, content: str) -> bool:
    return content_sha256(paper) == content


def note_printed(work: Work, asked: Asked, documents: Sequence[Document], each: Sequence[int] = ()) -> None:
    """Remember the content of papers that leave the program; the same content is remembered once, with its last day.

    `each` are the pages of each of them, where they are known.
    """
    with work.act("papers.print") as act:
        for document, pages in zip_longest(documents, each):
            content = content_sha256(document)
            known = select(PrintedPaper).where(PrintedPaper.content_sha256 == content)
            row = act.scalars(known).first()
            if row is not None:
                row.printed_at, row.printed_by = act.now, work.user_name or None
                row.pages = pages or row.pages
            else:
                row = PrintedPaper(
                    id=new_id(), paper=asked.paper, asked=asked.told(), title=f"{document.unit}{document.title}",
                    content_sha256=content, meeting_id=asked.meeting, item_id=asked.item, printed_at=act.now,
                    printed_by=work.user_name or None, pages=pages,
                )  # fmt: skip
                act.add(row)
