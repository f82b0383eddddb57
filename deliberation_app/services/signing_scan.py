"""The scan of a paper signed by hand: checked to be the same version by its printed code, then kept with it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import String, cast, or_, select
from sqlalchemy.orm import Session

from deliberation_app.errors import N_, AppError, RuleBroken
from deliberation_app.services import enclosures, papers, signing
from deliberation_app.services import signing_paper as on
from deliberation_app.services.signing_paper import Paper
from deliberation_app.services.work import Work
from deliberation_app.storage.archive import PrintedPaper
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.minutes import Minutes, Signature, Supplement


@dataclass(frozen=True)
class ScanView:
    """What a scan was found to be; `doubt` is what a person has to confirm by eye, with a reason."""

    files: tuple[Path, ...]
    pages: int
    doubt: AppError | None = None


def check(work: Work, meeting_id: uuid.UUID, files: Sequence[Path], supplement_id: uuid.UUID | None = None) -> ScanView:
    """Read the codes on every page; RuleBroken where it is another paper or another version."""
    datas = [(file, signing.read_bytes(file)) for file in files]
    scans = [on.read_scan(data, file.name) for file, data in datas]
    with work.read() as session:
        of = on.paper(session, meeting_id, supplement_id)
        wanted = of.content[:16]
        for (file, data), scan in zip(datas, scans, strict=True):
            for code in scan.digits:
                if code != wanted:
                    raise _other(session, of, code, file.name)
            if scan.untouched and scan.digits:
                _refuse_unsigned(of, data, file.name)
        pages = sum(len(scan.pages) for scan in scans)
        return ScanView(tuple(files), pages, _doubt(session, of, [scan.digits for scan in scans], pages))


def _doubt(session: Session, of: Paper, found: Sequence[tuple[str, ...]], pages: int) -> AppError | None:
    """What cannot be told by the code alone."""
    if not any(found):
        return AppError(
            N_("No code was found on the scan. Scan the page with the square code again, straight and at 200 dots to "
               "the inch or more; or compare the paper with {code} by eye and say why the code cannot be read."),
            code=_grouped(of.content[:16]),
        )  # fmt: skip
    expected = on.drawn(session, of).pages
    if pages < expected:
        return AppError(N_("The paper has {pages} pages, the scan has {found}. Scan the missing pages too, or say why "
                           "they are not there."), pages=expected, found=pages)  # fmt: skip
    return None


def _grouped(code: str) -> str:
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def _refuse_unsigned(of: Paper, data: bytes, name: str) -> None:
    if on.same_words(data, on.fresh(of).pdf):
        raise RuleBroken(N_("“{name}” is the file as the program made it, without anything written by hand. Print it, "
                            "have it signed, and scan the signed paper."), name=name)  # fmt: skip


def _other(session: Session, of: Paper, code: str, name: str) -> RuleBroken:
    """Which other paper or version this is."""
    shown = _grouped(code)
    version = of.version
    mine = of.supplement.prints if of.supplement is not None else version.prints if version is not None else None
    if of.supplement is None and papers.content_sha256(of.found.record(posted=True)).startswith(code):
        return RuleBroken(N_("“{name}” is the posted copy ({code}), in which names are masked. The archive copy is "
                             "the one to sign and scan. Nothing was changed."), name=name, code=shown)  # fmt: skip
    if any(print_.startswith(code) for print_ in mine or ()):
        return RuleBroken(N_("“{name}” is an older print ({code}); the words have changed since, the code is now "
                             "{now}. Print it anew and have that signed. Nothing was changed."),
                          name=name, code=shown, now=_grouped(of.content[:16]))  # fmt: skip
    title = _title(session, code)
    if title:
        return RuleBroken(N_("“{name}” is another paper: its code {code} belongs to “{title}”. Attach it there. "
                             "Nothing was changed."), name=name, code=shown, title=title)  # fmt: skip
    return RuleBroken(N_("“{name}” carries the code {code}, which belongs to no paper kept here. This paper has {now}. "
                         "Nothing was changed."), name=name, code=shown, now=_grouped(of.content[:16]))  # fmt: skip


def _title(session: Session, code: str) -> str:
    """The title of the paper with these digits, empty where none is known."""
    records = (
        select(Meeting.title)
        .join(Minutes, Minutes.meeting_id == Meeting.id)
        .outerjoin(Supplement, Supplement.minutes_id == Minutes.id)
        .where(
            or_(
                Minutes.content_sha256.startswith(code), cast(Minutes.prints, String).contains(code),
                Supplement.content_sha256.startswith(code), cast(Supplement.prints, String).contains(code),
            )
        )
    )  # fmt: skip
    others = select(PrintedPaper.title).where(PrintedPaper.content_sha256.startswith(code))
    return session.scalars(records).first() or session.scalars(others).first() or ""


def attach(
    work: Work,
    meeting_id: uuid.UUID,
    files: Sequence[Path],
    *,
    reason: str = "",
    supplement_id: uuid.UUID | None = None,
) -> ScanView:
    """Keep the scan of what was signed by hand; what is doubtful needs a reason, which is recorded."""
    seen = check(work, meeting_id, files, supplement_id)
    if seen.doubt is not None and not reason.strip():
        raise seen.doubt
    with work.read() as session:
        of = on.paper(session, meeting_id, supplement_id)
        if of.locked:
            raise RuleBroken(N_("This paper is signed and locked; nobody can sign it any more."))
        waiting = [row.id for row in of.rows if row.way == "paper" and row.enclosure_id is None]
    if not waiting:
        raise RuleBroken(N_("Say first who signed on paper, then attach the scan."))
    kind = "record" if supplement_id is None else "supplement"
    kept = [_kept(work, meeting_id, kind, file) for file in files]
    with work.act("minutes.take_signature") as act:
        for key in waiting:
            row = act.get_one(Signature, key)
            row.enclosure_id = kept[0]
            row.reason = reason.strip() or None if seen.doubt is not None else None
    return seen


def _kept(work: Work, meeting_id: uuid.UUID, kind: str, file: Path) -> uuid.UUID:
    """The enclosure with this file; one that is there already is used again."""
    checksum = enclosures.checksum(file)
    for one in enclosures.listed(work, "meeting", meeting_id):
        if one.sha256 == checksum:
            return one.id
    return enclosures.add(work, "meeting", meeting_id, kind, file)
