"""The minutes: composed from what happened, corrected, signed and locked."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deliberation_app.domain import minutes as law
from deliberation_app.domain.minutes import Finding
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.services import papers, verdicts
from deliberation_app.services.act import Act
from deliberation_app.services.meeting_document import document
from deliberation_app.services.meetings import find, require
from deliberation_app.services.work import Work
from deliberation_app.storage.base import new_id
from deliberation_app.storage.minutes import KeptFile, Minutes


@dataclass(frozen=True)
class MinutesView:
    """The latest version of a meeting's minutes: which draft it is, whether it is signed, what is still missing."""

    meeting_id: uuid.UUID
    number: int
    signed: bool
    signed_by: tuple[str, ...]
    content_sha256: str
    findings: tuple[Finding, ...]
    texts: Mapping[str, str]


def view(work: Work, meeting_id: uuid.UUID) -> MinutesView:
    """What the preview page says beside the paper."""
    with work.read() as session:
        told = document(session, meeting_id)
        version = papers.latest(session, meeting_id)
    judged = verdicts.judged(told)
    record = papers.compose(told, version)
    return MinutesView(
        meeting_id=meeting_id,
        number=version.number if version is not None else 1,
        signed=version is not None and version.signed_at is not None,
        signed_by=tuple(version.signed_by or ()) if version is not None else (),
        content_sha256=papers.content_sha256(record),
        findings=tuple(law.missing(told, judged)),
        texts=law.correctable(record),
    )


def draft(work: Work, meeting_id: uuid.UUID) -> int:
    """Begin the minutes of a closed meeting; the answer is the number of the draft."""
    with work.act("minutes.draft") as act:
        return _draft(act, meeting_id).number


def _draft(act: Act, meeting_id: uuid.UUID) -> Minutes:
    require(find(act, meeting_id), "closed")
    version = papers.latest(act, meeting_id)
    if version is None:
        version = Minutes(id=new_id(), meeting_id=meeting_id, number=1, drafted_at=act.now, corrections={})
        act.add(version)
        act.flush()
    return version


def correct(work: Work, meeting_id: uuid.UUID, key: str, text: str) -> None:
    """Correct one text of the record, never a number or verdict; a draft that was printed gets a new number."""
    with work.act("minutes.correct") as act:
        version = _unsigned(act, meeting_id)
        if not text.strip():
            raise RuleBroken(N_("The text cannot be empty. To take a statement out, strike it in the meeting."))
        if version.prints:
            version.number += 1
            version.prints = [*version.prints]
        version.corrections = {**version.corrections, key: text.strip()}


def restore(work: Work, meeting_id: uuid.UUID, key: str) -> None:
    """Take a correction back: the text is again what was noted in the meeting."""
    with work.act("minutes.correct") as act:
        version = _unsigned(act, meeting_id)
        version.corrections = {name: text for name, text in version.corrections.items() if name != key}


def _unsigned(act: Act, meeting_id: uuid.UUID) -> Minutes:
    version = _draft(act, meeting_id)
    if version.signed_at is not None:
        raise RuleBroken(N_("The record is signed and locked. A correction is printed and signed as a supplement."))
    return version


def sign(
    work: Work, meeting_id: uuid.UUID, *, signed_by: Sequence[str], reasons: Mapping[str, str] | None = None
) -> str:
    """Lock the record after it was signed by hand: kept as printed, with its checksum; the answer is its code.

    Refused while anything of papers.md 8 is red; what is amber needs a reason in `reasons`, by the finding's place.
    """
    if not [name for name in signed_by if name.strip()]:
        raise RuleBroken(N_("Enter who has signed the paper; at least chair and recorder sign."))
    with work.act("minutes.sign") as act:
        version = _unsigned(act, meeting_id)
        told = document(act, meeting_id)
        findings = law.missing(told, verdicts.judged(told))
        _refuse_incomplete(findings, reasons or {})
        printed = papers.draw(papers.compose(told, version), papers.attachment(told))
        kept = KeptFile(
            id=new_id(), name=told["meeting"]["title"], sha256=printed.sha256, content_sha256=printed.content_sha256,
            size=len(printed.pdf), content=printed.pdf,
        )  # fmt: skip
        act.add(kept)
        version.signed_at, version.signed_by = act.now, [name.strip() for name in signed_by if name.strip()]
        version.remarks = [{"place": place, "reason": reason} for place, reason in (reasons or {}).items()] or None
        version.content_sha256, version.file_sha256, version.file_id = printed.content_sha256, printed.sha256, kept.id
        version.code = printed.content_sha256[:16]
    return version.code


def _refuse_incomplete(findings: Sequence[Finding], reasons: Mapping[str, str]) -> None:
    red = tuple(finding.sentence for finding in findings if finding.level == "red")
    if red:
        raise RuleBroken(N_("The record is not complete, so it cannot be locked yet."), reasons=red)
    amber = tuple(
        finding.sentence for finding in findings
        if finding.level == "amber" and not reasons.get(finding.place, "").strip()
    )  # fmt: skip
    if amber:
        raise RuleBroken(N_("Give a reason for what is missing; it is kept with the record."), reasons=amber)
