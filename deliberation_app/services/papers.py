"""The one door to paper: what is printed is asked for here, and drawn only when somebody asks."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain import meeting_file
from deliberation_app.domain import minutes as law
from deliberation_app.domain.minutes import Beside, JudgedVote, Record
from deliberation_app.domain.notices import is_public_post
from deliberation_app.errors import N_, AppError, reason_of
from deliberation_app.papers.document import Document
from deliberation_app.papers.hand import UNSIGNED, Signed
from deliberation_app.services import meeting_facts, signatures, verdicts, votes_series
from deliberation_app.services.meeting_document import document
from deliberation_app.services.work import Work
from deliberation_app.storage.archive import PrintedPaper
from deliberation_app.storage.base import new_id
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.minutes import KeptFile, Minutes, Signature
from deliberation_app.storage.people import Person, RegisterEntry

if TYPE_CHECKING:
    from deliberation_app.papers.press import PaperFacts
    from deliberation_app.papers.proof import Proof, Standing


@dataclass(frozen=True)
class Printed:
    """A paper as bytes of a PDF, with what was found while it was set."""

    pdf: bytes
    pages: int
    sha256: str
    content_sha256: str
    rare_characters: tuple[str, ...]
    signatures_page: int
    # where somebody signs: (place of the paper, page from 1, left, bottom, right, top in points)
    places: tuple[tuple[int, int, tuple[float, float, float, float]], ...] = ()
    # the pages of each paper in the file, where it was set just now
    each: tuple[int, ...] = ()


def latest(session: Session, meeting_id: uuid.UUID) -> Minutes | None:
    """The newest version of the minutes of a meeting."""
    query = select(Minutes).where(Minutes.meeting_id == meeting_id).order_by(Minutes.number.desc())
    return session.scalars(query).first()


@dataclass(frozen=True)
class Source:
    """What a record is composed from: the meeting as its file tells it, its judged votes, the newest version."""

    told: dict[str, Any]
    judged: Mapping[str, JudgedVote]
    version: Minutes | None
    others: frozenset[str] = frozenset()  # names the unit's register knows beside those of the meeting
    beside: Beside = law.NOTHING  # what the law asks to be printed and a meeting file has no place for

    @property
    def signed(self) -> bool:
        """Whether the newest version is signed and locked."""
        return self.version is not None and self.version.signed_at is not None

    def record(self, *, posted: bool = False, corrected: bool = True) -> Record:
        """The record with the corrections made so far, or as it was noted."""
        corrections = self.version.corrections if corrected and self.version is not None else {}
        others = self.others if posted else ()
        return law.compose(
            self.told, self.judged, posted=posted, corrections=corrections, others=others, beside=self.beside
        )

    def content(self, record: Record | None = None) -> str:
        """SHA-256 of the archive copy: of what was signed, else of what would be printed now (this `record`)."""
        if self.version is not None and self.signed and self.version.content_sha256:
            return self.version.content_sha256
        return content_sha256(self.record() if record is None else record)

    def has_left(self) -> bool:
        """Whether this very text was printed or saved, as archive copy or as posted copy."""
        prints = self.version.prints if self.version is not None else None
        return (
            any(content_sha256(self.record(posted=posted)) in prints for posted in (False, True)) if prints else False
        )


def source(session: Session, meeting_id: uuid.UUID) -> Source:
    """Read what the record of a meeting is composed from."""
    told = document(session, meeting_id)
    return Source(
        told,
        verdicts.judged(told, votes_series.beside(session, meeting_id)),
        latest(session, meeting_id),
        _others(session, told),
        meeting_facts.beside(session, session.get_one(Meeting, meeting_id)),
    )


def _others(session: Session, told: dict[str, Any]) -> frozenset[str]:
    """The names in the register of the meeting's unit, but for those who hold a public post."""
    known = select(Person.name, Person.post).join(RegisterEntry, RegisterEntry.person_id == Person.id)
    rows = session.execute(known.where(RegisterEntry.unit_id == uuid.UUID(told["unit"]["id"])))
    return frozenset(name for name, post in rows if not is_public_post(post or ""))


def record(work: Work, meeting_id: uuid.UUID, *, posted: bool = False) -> Printed:
    """The record of a meeting; the archive copy carries the meeting file inside, the posted one nothing."""
    with work.read() as session:
        return of_source(session, source(session, meeting_id), posted=posted)


def of_source(session: Session, found: Source, *, posted: bool) -> Printed:
    """The record set as PDF; a signed archive copy is the file that was kept, byte for byte.

    While signatures are gathered the archive copy shows those given on the screen or by certificate.
    """
    if posted:
        return draw(found.record(posted=True), None)
    if found.signed and found.version is not None and found.version.file_id is not None:
        return kept(session.get_one(KeptFile, found.version.file_id))
    record = found.record()
    if found.version is not None:
        given = signatures.given(session, found.version.id, content_sha256(record))
        if given:
            return _signed_so_far(session, found, record, given)
    return draw(record, attachment(found.told))


def _signed_so_far(session: Session, found: Source, record: Record, given: Sequence[Signature]) -> Printed:
    sealed = signatures.sealed(given)
    if sealed is not None:
        return kept(session.get_one(KeptFile, sealed))
    return draw(record, attachment(found.told), signatures.signed(given, [place.label for place in record.signatures]))


def kept(file: KeptFile) -> Printed:
    """A kept file as what was printed, byte for byte."""
    from deliberation_app.papers import proof

    return Printed(file.content, proof.pages(file.content), file.sha256, file.content_sha256 or "", (), 0)


def draw(composed_record: Record, meeting_file_inside: bytes | None, signed: Signed = UNSIGNED) -> Printed:
    """Set a composed record as PDF, with what was signed on the screen."""
    # The one lazy door: reportlab takes a tenth of a second to import and the window does not need it to show.
    from deliberation_app.papers import record as paper

    buffer = io.BytesIO()
    return _printed(buffer, paper.draw(composed_record, buffer, attachment=meeting_file_inside, signed=signed))


def press(documents: Sequence[Document], signed: Signed = UNSIGNED) -> Printed:
    """Set papers as one PDF, each beginning on a page of its own."""
    from deliberation_app.papers import press as printing

    buffer = io.BytesIO()
    return _printed(buffer, printing.draw(documents, buffer, signed=signed))


def _printed(buffer: io.BytesIO, facts: PaperFacts) -> Printed:
    return Printed(
        buffer.getvalue(), facts.pages, facts.sha256, facts.content_sha256, facts.rare_characters,
        facts.signatures_page, tuple((place.place, place.page, place.box) for place in facts.places),
        facts.each,
    )  # fmt: skip


def where(pdf: bytes, words: str) -> Standing | None:
    """Page and line on which these words begin."""
    from deliberation_app.papers import proof

    return proof.where(pdf, words)


def pages_if_open(pdf: bytes) -> int | None:
    """How many pages; a scan may be a PDF that only its own program opens."""
    from deliberation_app.papers import proof

    return proof.pages_if_open(pdf)


def bound(pdfs: Sequence[io.BytesIO]) -> bytes:
    """Several papers in one file for the printer."""
    from deliberation_app.papers import proof

    return proof.bound(pdfs)


def content_sha256(composed_record: Record) -> str:
    """SHA-256 of the canonical content of a record; its first 16 digits are the code on the paper."""
    from deliberation_app.papers import record as paper

    return paper.content_sha256(composed_record)


def attachment(told: dict[str, Any]) -> bytes:
    """The meeting file that an archive copy carries inside."""
    return meeting_file.write(told)


def write(work: Work, meeting_id: uuid.UUID, to: Path, *, posted: bool = False) -> Printed:
    """Write the record of a meeting to a file; AppError when the file cannot be written."""
    printed = record(work, meeting_id, posted=posted)
    save(printed.pdf, to)
    note_print(work, meeting_id, printed.content_sha256, posted=posted)
    return printed


def save(content: bytes, to: Path) -> None:
    """Write a file whole or not at all."""
    part = to.with_name(to.name + ".part")
    try:
        part.write_bytes(content)
        part.replace(to)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise AppError(
            N_("{file} could not be written ({reason}). Choose another place."), file=to, reason=reason_of(error)
        ) from error


def read_proof(file: Path) -> Proof:
    """What a PDF says of itself: its checksum, the digits beside its code, its words."""
    from deliberation_app.papers import proof

    return proof.read(file)


def same_said(genuine: Iterable[bytes], seen: Proof, documents: Sequence[Document]) -> bool:
    """Whether a file says word for word what one of these PDFs of the documents says, in whatever faces."""
    from deliberation_app.papers import proof

    rows = proof.headings(documents)
    wanted = proof.said(seen.pages, rows)
    return any(proof.said(proof.pages_of(pdf), rows) == wanted for pdf in genuine)


def as_paper(composed_record: Record) -> Document:
    """A record as a paper like any other."""
    from deliberation_app.papers import record as paper

    return paper.compose(composed_record)


def word(documents: Sequence[Document]) -> bytes:
    """Papers as a .docx with the same text, tables and headings."""
    from deliberation_app.papers import word as writing

    return writing.write(documents)


def asked_again(version: Minutes, *, posted: bool = False) -> dict[str, Any]:
    """The question for a record, as plain values."""
    return {"paper": "record", "meeting": str(version.meeting_id)} | ({"posted": True} if posted else {})


def note_print(work: Work, meeting_id: uuid.UUID, content_sha256: str, *, posted: bool = False) -> None:
    """Remember that this content left the program, so that an older print is known again; begins draft 1.

    A signed version knows its contents already and never changes.
    """
    with work.act("minutes.print") as act:
        version = latest(act, meeting_id)
        if version is None:
            version = Minutes(id=new_id(), meeting_id=meeting_id, number=1, drafted_at=act.now, corrections={})
            act.add(version)
        if version.signed_at is not None:
            return
        if content_sha256 not in (version.prints or ()):
            version.prints = [*(version.prints or ()), content_sha256]
        query = select(PrintedPaper).where(PrintedPaper.content_sha256 == content_sha256)
        row = act.scalars(query).first()
        if row is not None:
            row.printed_at, row.printed_by = act.now, work.user_name or None
        else:
            made = PrintedPaper(
                id=new_id(), paper="record", asked=asked_again(version, posted=posted), content_sha256=content_sha256,
                title=act.get_one(Meeting, meeting_id).title, meeting_id=meeting_id, item_id=None, printed_at=act.now,
                printed_by=work.user_name or None,
            )  # fmt: skip
            act.add(made)
