"""Verifying what is no single printed PDF: a scan, told by the code on it, and several papers bound in one file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from deliberation_app.errors import AppError
from deliberation_app.services import papers_made, signing, signing_paper
from deliberation_app.services.papers_proof import Verified
from deliberation_app.services.work import Work
from deliberation_app.storage.minutes import KeptFile

# From the worst to the best: a bound file is as good as its worst paper.
ORDER = ("unknown", "older", "content", "kept")


def verify(work: Work, file: Path) -> Verified:
    """Is this a paper that was kept or printed here? A scan is told by its code, bound papers one by one."""
    data = signing.read_bytes(file)
    if not data.startswith(b"%PDF-"):
        return _kept(work, data) or _scan(work, data, file)
    found = papers_made.verify(work, file)
    if found.answer != "unknown":
        return found
    parts = signing_paper.parts(data)
    if len(parts) > 1:
        return _bound(work, parts)
    return found if found.title else _scan(work, data, file)


def _kept(work: Work, data: bytes) -> Verified | None:
    """A picture that was taken in is kept itself."""
    with work.read() as session:
        checksum = signing_paper.checksum(data)
        name = session.scalars(select(KeptFile.name).where(KeptFile.sha256 == checksum)).first()
    return Verified("kept", name) if name is not None else None


def _scan(work: Work, data: bytes, file: Path) -> Verified:
    """What the code on a scan says; that its words are those of the paper only an eye can tell."""
    try:
        digits = signing_paper.read_scan(data, file.name).digits
    except AppError:
        if data.startswith(b"%PDF-"):
            return Verified("unknown")
        raise
    answers = [papers_made.verify_digits(work, code) for code in digits]
    known = [one for one in answers if one.answer != "unknown"]
    if not known or len(known) < len(answers):
        return Verified("unknown")
    worst = min(known, key=lambda one: ORDER.index(one.answer))
    return worst if worst.answer == "older" else replace(worst, answer="scan")


def _bound(work: Work, parts: list[bytes]) -> Verified:
    """Each paper by itself, as if it lay there alone."""
    with TemporaryDirectory(prefix="deliberation-") as folder:
        answers = []
        for number, part in enumerate(parts):
            place = Path(folder) / f"{number}.pdf"
            place.write_bytes(part)
            answers.append(papers_made.verify(work, place))
    worst = min(answers, key=lambda one: ORDER.index(one.answer))
    return replace(answers[0], answer="content") if worst.answer in ("content", "kept") else worst
