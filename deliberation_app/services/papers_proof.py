"""Is this the paper that was kept? Asked of a file, of the digits on it, and of every word it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, cast, or_, select
from sqlalchemy.orm import Session

from deliberation_app.papers.document import Document
from deliberation_app.services.papers import (
    Printed,
    Source,
    as_paper,
    asked_again,
    content_sha256,
    draw,
    of_source,
    press,
    read_proof,
    same_said,
    source,
)
from deliberation_app.services.work import Work
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.minutes import KeptFile, Minutes

if TYPE_CHECKING:
    from deliberation_app.papers.proof import Proof


@dataclass(frozen=True)
class Verified:
    """What `verify` found; `answer` is kept, content (same content, another file), older or unknown.

    Unknown with a title is a paper that carries the code of another one.
    """

    answer: str
    title: str = ""
    asked: Mapping[str, Any] | None = None  # the question that composes it anew


def says(documents: Sequence[Document], seen: Proof) -> bool:
    """Whether a file says word for word what these papers say, in whatever faces it was set."""
    return same_said((press(documents).pdf,), seen, documents)


def verify(work: Work, file: Path) -> Verified:
    """Is this the paper that was kept? Asked of the file, of the digits on it, and of every word it says."""
    found = read_proof(file)
    with work.read() as session:
        same = session.scalars(select(KeptFile).where(KeptFile.sha256 == found.sha256)).first()
        if same is not None:
            return Verified("kept", same.name)
        if not found.digits:
            return Verified("unknown")
        match = _version_of(session, found.digits)
        if match is None:
            return Verified("unknown")
        version, title = match
        now = source(session, version.meeting_id)
        genuine = _of_digits(session, now, found.digits)
    asked = asked_again(version)
    if not genuine:
        return Verified("older", title, asked)
    # The digits stand on every copy for anybody to write down: only the words tell a paper from a forgery.
    said = same_said((one.pdf for one in genuine), found, (as_paper(now.record()), as_paper(now.record(posted=True))))
    return Verified("content" if said else "unknown", title, asked)


def verify_digits(work: Work, digits: str) -> Verified:
    """Are these the digits of a record? `kept` of the signed one, `content` of what it says now, `older`, `unknown`."""
    with work.read() as session:
        match = _version_of(session, digits)
        if match is None:
            return Verified("unknown")
        version, title = match
        found = source(session, version.meeting_id)
        posted = content_sha256(found.record(posted=True)).startswith(digits)
        if not posted and not found.content().startswith(digits):
            return Verified("older", title, asked_again(version))
        kept = found.signed and not posted
        return Verified("kept" if kept else "content", title, asked_again(version, posted=posted))


def _version_of(session: Session, digits: str) -> tuple[Minutes, str] | None:
    """The version of a record that these digits belong to or that left the program with them, with its title."""
    query = select(Minutes, Meeting.title).join(Meeting, Meeting.id == Minutes.meeting_id)
    printed = cast(Minutes.prints, String).contains(digits)
    row = session.execute(query.where(or_(Minutes.content_sha256.startswith(digits), printed))).first()
    return None if row is None else (row[0], row[1])


def _of_digits(session: Session, found: Source, digits: str) -> list[Printed]:
    """The archive or posted copy as it is now, if these are its digits; signed, and as it was before anybody signed."""
    if content_sha256(found.record(posted=True)).startswith(digits):
        return [of_source(session, found, posted=True)]
    if not found.content().startswith(digits):
        return []
    record = found.record()
    plain = [draw(record, None)] if content_sha256(record) == found.content() else []
    return [of_source(session, found, posted=False), *plain]
