"""The one door to paper: what is printed is asked for here, and drawn only when somebody asks."""

from __future__ import annotations

import io
import uuid
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import String, cast, or_, select
from sqlalchemy.orm import Session

from deliberation_app.domain import meeting_file
from deliberation_app.domain import minutes as law
from deliberation_app.domain.archive import PAPERS
from deliberation_app.domain.minutes import Record
from deliberation_app.errors import N_, AppError
from deliberation_app.services import verdicts
from deliberation_app.services.meeting_document import document
from deliberation_app.services.work import Work
from deliberation_app.storage.base import new_id
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.minutes import KeptFile, Minutes


@dataclass(frozen=True)
class Printed:
    """A paper as bytes of a PDF, with what was found while it was set."""

    pdf: bytes
    pages: int
    sha256: str
    content_sha256: str
    rare_characters: tuple[str, ...]
    signatures_page: int


def latest(session: Session, meeting_id: uuid.UUID) -> Minutes | None:
    """The newest version of the minutes of a meeting."""
    query = select(Minutes).where(Minutes.meeting_id == meeting_id).order_by(Minutes.number.desc())
    return session.scalars(query).first()


def composed(work: Work, meeting_id: uuid.UUID, *, posted: bool = False) -> tuple[dict[str, Any], Record]:
    """The meeting as its file tells it, and the record composed from it with the corrections made so far."""
    with work.read() as session:
        told = document(session, meeting_id)
        version = latest(session, meeting_id)
    return told, compose(told, version, posted=posted)


def compose(told: dict[str, Any], version: Minutes | None, *, posted: bool = False) -> Record:
    corrections = version.corrections if version is not None else {}
    return law.compose(told, verdicts.judged(told), posted=posted, corrections=corrections)


def content(work: Work, meeting_id: uuid.UUID, *, posted: bool = False) -> str:
    """SHA-256 of the record's content as it would be printed now."""
    _, record = composed(work, meeting_id, posted=posted)
    return content_sha256(record)


def record(work: Work, meeting_id: uuid.UUID, *, posted: bool = False) -> Printed:
    """The record of a meeting; the archive copy carries the meeting file inside, the posted one nothing."""
    told, found = composed(work, meeting_id, posted=posted)
    printed = draw(found, None if posted else attachment(told))
    kept = None if posted else signed_copy(work, meeting_id)
    return printed if kept is None else replace(printed, pdf=kept, sha256=sha256(kept).hexdigest())


def draw(composed_record: Record, meeting_file_inside: bytes | None) -> Printed:
    """Set a composed record as PDF."""
    # The one lazy door: reportlab takes a tenth of a second to import and the window does not need it to show.
    from deliberation_app.papers import record as paper

    buffer = io.BytesIO()
    facts = paper.draw(composed_record, buffer, attachment=meeting_file_inside)
    return Printed(
        buffer.getvalue(), facts.pages, facts.sha256, facts.content_sha256, facts.rare_characters, facts.signatures_page
    )


def content_sha256(composed_record: Record) -> str:
    """SHA-256 of the canonical content of a record; its first 16 digits are the code on the paper."""
    from deliberation_app.papers import record as paper

    return paper.content_sha256(composed_record)


def attachment(told: dict[str, Any]) -> bytes:
    """The meeting file that an archive copy carries inside."""
    return meeting_file.write(told)


def signed_copy(work: Work, meeting_id: uuid.UUID) -> bytes | None:
    """The kept file of a signed record, None while it is a draft."""
    with work.read() as session:
        query = (
            select(KeptFile.content)
            .join(Minutes, Minutes.file_id == KeptFile.id)
            .where(Minutes.meeting_id == meeting_id, Minutes.signed_at.is_not(None))
            .order_by(Minutes.number.desc())
        )
        return session.scalars(query).first()


def write(work: Work, meeting_id: uuid.UUID, paper: str, to: Path, *, posted: bool = False) -> Printed:
    """Write one paper of a meeting to a file; AppError when the paper is not known or the file cannot be written."""
    if paper not in PAPERS or not PAPERS[paper].built:
        built = ", ".join(key for key, entry in PAPERS.items() if entry.built)
        raise AppError(N_("There is no paper “{paper}”. Papers: {papers}."), paper=paper, papers=built)
    printed = record(work, meeting_id, posted=posted)
    save(printed.pdf, to)
    note_print(work, meeting_id, printed.content_sha256)
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
            N_("{file} could not be written ({reason}). Choose another place."), file=to, reason=error.strerror or error
        ) from error


@dataclass(frozen=True)
class Verified:
    """What `verify` found; `answer` is kept, content (same content, another file), older or unknown."""

    answer: str
    title: str = ""


def verify(work: Work, file: Path) -> Verified:
    """Is this the paper that was kept? Asked of the file itself and of the digits printed on it."""
    from deliberation_app.papers import proof

    found = proof.read(file)
    with work.read() as session:
        kept = session.scalars(select(KeptFile).where(KeptFile.sha256 == found.sha256)).first()
        if kept is not None:
            return Verified("kept", kept.name)
        if not found.digits:
            return Verified("unknown")
        query = select(Minutes, Meeting.title).join(Meeting, Meeting.id == Minutes.meeting_id)
        printed = cast(Minutes.prints, String).contains(found.digits)
        match = session.execute(query.where(or_(Minutes.content_sha256.startswith(found.digits), printed))).first()
    if match is None:
        return Verified("unknown")
    version, title = match
    current = {content(work, version.meeting_id, posted=posted) for posted in (False, True)}
    same = any(content.startswith(found.digits) for content in current)
    return Verified("content" if same else "older", title)


def note_print(work: Work, meeting_id: uuid.UUID, content_sha256: str) -> None:
    """Remember that this content left the program, so that an older print is known again."""
    with work.act("minutes.draft") as act:
        version = latest(act, meeting_id)
        if version is None:
            version = Minutes(id=new_id(), meeting_id=meeting_id, number=1, drafted_at=act.now, corrections={})
            act.add(version)
        if content_sha256 not in (version.prints or ()):
            version.prints = [*(version.prints or ()), content_sha256]
