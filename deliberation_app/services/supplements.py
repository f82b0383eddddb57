"""Numbered supplements to a signed record: made, listed, printed together with the record; the record never changes."""

from __future__ import annotations

import io
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.errors import N_, AppError, RuleBroken
from deliberation_app.services import papers, papers_made, signing
from deliberation_app.services import signing_paper as on
from deliberation_app.services import supplements_paper as on_paper
from deliberation_app.services.minutes import chair_and_recorder
from deliberation_app.services.papers import Printed, Source
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.supplements_paper import Line
from deliberation_app.services.work import Work
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.base import new_id
from deliberation_app.storage.minutes import Minutes, Supplement


@dataclass(frozen=True)
class SupplementView:
    """One supplement as lists show it."""

    id: uuid.UUID
    number: int
    head: str
    stands: str
    original: str
    corrected: str
    reason: str
    corrector: str
    made_at: datetime
    signed: bool


def _signed(found: Source) -> Minutes:
    if found.version is None or not found.signed:
        raise RuleBroken(N_("The record is not signed yet, so its text is simply corrected. A supplement belongs to a "
                            "signed record."))  # fmt: skip
    return found.version


def passages(work: Work, meeting_id: uuid.UUID) -> tuple[Line, ...]:
    """Every passage of the signed record that a supplement may correct."""
    with work.read() as session:
        found = papers.source(session, meeting_id)
        _signed(found)
        return on_paper.passages(found.record())


def corrector(work: Work, meeting_id: uuid.UUID) -> str:
    """Who most likely corrects: the recorder."""
    with work.read() as session:
        return next(reversed(chair_and_recorder(papers.source(session, meeting_id).told)), "")


def make(
    work: Work,
    meeting_id: uuid.UUID,
    key: str,
    *,
    corrected: str,
    reason: str,
    corrector: str,
    made_on: date | None = None,
) -> uuid.UUID:
    """Write the next numbered supplement to a signed record; the record itself stays as it is."""
    with work.act("minutes.supplement") as act:
        found = papers.source(act, meeting_id)
        version = _signed(found)
        line = next((one for one in on_paper.passages(found.record()) if one.key == key), None)
        if line is None:
            raise RuleBroken(N_("Choose the passage of the record that is wrong."))
        _refuse_thin(line, corrected, reason, corrector)
        made = Supplement(
            id=new_id(), minutes_id=version.id, number=len(on_paper.rows(act, version.id)) + 1, passage=key,
            passage_head=line.head, stands=_stands(act, found, line.text), original=line.text,
            corrected=corrected.strip(), reason=reason.strip(), corrector=corrector.strip(),
            made_on=made_on or act.now.astimezone(DISPLAY_ZONE).date(), made_at=act.now,
        )  # fmt: skip
        act.add(made)
    return made.id


def _refuse_thin(line: Line, corrected: str, reason: str, corrector: str) -> None:
    if not corrected.strip():
        raise RuleBroken(N_("Write what should stand there; for a passage that should not stand at all: “this passage "
                            "is deleted”."))  # fmt: skip
    if corrected.strip() == line.text.strip():
        raise RuleBroken(N_("The corrected text is the same as the original. Nothing was written."))
    if not reason.strip():
        raise RuleBroken(N_("Say why this is corrected; the reason is printed on the correction page."))
    if not corrector.strip():
        raise RuleBroken(N_("Say who corrects; that person signs the correction page."))


def _stands(session: Session, found: Source, text: str) -> str:
    """Page and line of a passage in the kept file, as they are printed: 第3页第12行."""
    standing = papers.where(papers.of_source(session, found, posted=False).pdf, text)
    return f"第{standing.page}页第{standing.line}行" if standing is not None else ""


def listed(work: Work, meeting_id: uuid.UUID) -> tuple[SupplementView, ...]:
    """The supplements to the record of a meeting, by number."""
    with work.read() as session:
        version = papers.latest(session, meeting_id)
        rows = on_paper.rows(session, version.id) if version is not None else []
        return tuple(
            SupplementView(
                one.id, one.number, one.passage_head, one.stands, one.original, one.corrected, one.reason,
                one.corrector, one.made_at, one.signed_at is not None,
            )
            for one in rows
        )  # fmt: skip


def printed(work: Work, meeting_id: uuid.UUID, supplement_id: uuid.UUID) -> Printed:
    """One supplement as it stands now; what leaves the program is known again."""
    found = signing.printed(work, meeting_id, supplement_id)
    note_print(work, meeting_id, supplement_id)
    return found


def note_print(work: Work, meeting_id: uuid.UUID, supplement_id: uuid.UUID) -> None:
    """Remember that these words left the program."""
    with work.act("minutes.print") as act:
        of = on.paper(act, meeting_id, supplement_id)
        if of.supplement is not None and not of.locked and not of.printed_before:
            of.supplement.prints = [*(of.supplement.prints or ()), of.content]
    papers_made.note_printed(work, Asked(paper="supplement", meeting=meeting_id), [of.document])


def to(work: Work, file: Path) -> int:
    """How many supplements correct the record that this file is a copy of; 0 where it is none."""
    try:
        seen = papers.read_proof(file)
    except AppError:  # a picture says nothing that can be read
        return 0
    if not seen.digits:
        return 0
    with work.read() as session:
        version = session.scalars(select(Minutes).where(Minutes.content_sha256.startswith(seen.digits))).first()
        return len(on_paper.rows(session, version.id)) if version is not None else 0


def together(work: Work, meeting_id: uuid.UUID) -> bytes:
    """The record and all its supplements, one after the other, for the printer; the kept files stay as they are."""
    with work.read() as session:
        found = papers.source(session, meeting_id)
        parts = [papers.of_source(session, found, posted=False).pdf]
        version = _signed(found)
        ids = [one.id for one in on_paper.rows(session, version.id)]
        parts += [on.drawn(session, on.paper(session, meeting_id, key)).pdf for key in ids]
    for key in ids:
        note_print(work, meeting_id, key)
    return papers.bound([io.BytesIO(part) for part in parts])
