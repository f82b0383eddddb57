"""The minutes: composed from what happened, corrected, signed and locked."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from deliberation_app.domain import minutes as law
from deliberation_app.domain.minutes import Finding
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.services import papers
from deliberation_app.services.act import Act
from deliberation_app.services.meetings import find, require
from deliberation_app.services.papers import Printed, Source
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
    printed: bool


def view(work: Work, meeting_id: uuid.UUID) -> MinutesView:
    """Which version it is, and what is missing."""
    with work.read() as session:
        return view_of(meeting_id, papers.source(session, meeting_id))


def view_of(meeting_id: uuid.UUID, found: Source) -> MinutesView:
    """The same of what was read already."""
    version, content = found.version, found.content()
    return MinutesView(
        meeting_id=meeting_id,
        number=version.number if version is not None else 1,
        signed=found.signed,
        signed_by=tuple(version.signed_by or ()) if version is not None else (),
        content_sha256=content,
        findings=tuple(law.missing(found.told, found.judged, found.beside)),
        texts=law.correctable(found.record()),
        printed=version is not None and content in (version.prints or ()),
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


def refuse_signed(work: Work, meeting_id: uuid.UUID) -> None:
    """Say why a signed record cannot be corrected; nothing happens while it is a draft."""
    with work.read() as session:
        version = papers.latest(session, meeting_id)
    if version is not None and version.signed_at is not None:
        raise _locked()


def _locked() -> RuleBroken:
    return RuleBroken(N_("The record is signed and locked. A correction is printed and signed as a supplement."))


def correct(work: Work, meeting_id: uuid.UUID, key: str, text: str) -> None:
    """Correct one text of the record, never a number or verdict; a draft that was printed gets a new number."""
    with work.act("minutes.correct") as act:
        version, found = unsigned(act, meeting_id)
        noted = law.correctable(found.record(corrected=False))
        if key not in noted:
            raise RuleBroken(N_("This passage is no longer in the record. The newer text is shown now."))
        if not text.strip():
            raise RuleBroken(N_("The text cannot be empty. To take a statement out, strike it in the meeting."))
        changed = {**version.corrections, key: text.strip()}
        if changed[key] == noted[key].strip():
            del changed[key]
        _replace(version, found, changed)


def restore(work: Work, meeting_id: uuid.UUID, key: str) -> None:
    """Take a correction back: the text is again what was noted in the meeting."""
    with work.act("minutes.correct") as act:
        version, found = unsigned(act, meeting_id)
        _replace(version, found, {name: text for name, text in version.corrections.items() if name != key})


def _replace(version: Minutes, found: Source, corrections: dict[str, str]) -> None:
    """Paper that left the program keeps its number: other words are the next draft."""
    if corrections != version.corrections:
        version.number += found.has_left()
        version.corrections = corrections


def unsigned(act: Act, meeting_id: uuid.UUID) -> tuple[Minutes, Source]:
    """The version that may still change, begun if there is none, and what it is composed from."""
    version = _draft(act, meeting_id)
    if version.signed_at is not None:
        raise _locked()
    return version, papers.source(act, meeting_id)


def lock(
    act: Act, found: Source, version: Minutes, printed: Printed, names: Sequence[str], reasons: Mapping[str, str]
) -> str:
    """Keep the file that was signed and freeze the version; the answer is the code of the record."""
    kept = keep(act, found.told["meeting"]["title"], printed.pdf, printed.content_sha256)
    version.signed_at, version.signed_by = act.now, list(names)
    version.remarks = [{"place": place, "reason": reason} for place, reason in reasons.items()] or None
    # The posted copy follows from what is locked now; it may be printed any time later and must be known again.
    posted = papers.content_sha256(found.record(posted=True))
    version.prints = sorted({*(version.prints or ()), printed.content_sha256, posted})
    version.content_sha256, version.file_sha256, version.file_id = printed.content_sha256, kept.sha256, kept.id
    version.code = printed.content_sha256[:16]
    return version.code


def keep(act: Act, name: str, pdf: bytes, content: str) -> KeptFile:
    """The kept file with these bytes, written only where there is none yet."""
    checksum = sha256(pdf).hexdigest()
    known = act.scalars(select(KeptFile).where(KeptFile.sha256 == checksum)).first()
    if known is not None:
        return known
    kept = KeptFile(id=new_id(), name=name, sha256=checksum, content_sha256=content, size=len(pdf), content=pdf)
    act.add(kept)
    return kept


def unprinted() -> RuleBroken:
    """Why nobody can have signed these words by hand."""
    return RuleBroken(N_("These words have not been printed yet, so the paper that was signed says something else. "
                         "Print the record, have it signed, then register the signatures."))  # fmt: skip


def refuse_without_chair(found: Source, names: Sequence[str]) -> None:
    """Chair and recorder are among those who sign."""
    lacking = [name for name in chair_and_recorder(found.told) if name not in names]
    if lacking:
        raise RuleBroken(
            N_("Chair and recorder sign every record. Not among those who signed: {names}."), names="、".join(lacking)
        )


def chair_and_recorder(told: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of those who sign every record, as far as they are known."""
    people = {person["id"]: person["name"] for person in told["people"]}
    signing = dict.fromkeys(told["meeting"].get(part, "") for part in ("chair", "recorder"))
    return tuple(people[key] for key in signing if key in people)


def refuse_incomplete(findings: Sequence[Finding], reasons: Mapping[str, str]) -> None:
    """What is red blocks, what is amber needs a reason."""
    red = tuple(finding.sentence for finding in findings if finding.level == "red")
    if red:
        raise RuleBroken(N_("The record is not complete, so it cannot be locked yet."), reasons=red)
    amber = tuple(
        finding.sentence for finding in findings
        if finding.level == "amber" and not reasons.get(finding.place, "").strip()
    )  # fmt: skip
    if amber:
        raise RuleBroken(N_("Give a reason for what is missing; it is kept with the record."), reasons=amber)
