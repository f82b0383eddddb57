"""Signing a record or a supplement: on paper, on the screen, by certificate; then it is locked and never changes."""

from __future__ import annotations

import math
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from deliberation_app.domain import minutes as law
from deliberation_app.domain.minutes import Finding
from deliberation_app.errors import N_, AppError, NotFound, RuleBroken, reason_of
from deliberation_app.services import minutes, papers, signatures
from deliberation_app.services import signing_paper as on
from deliberation_app.services.act import Act
from deliberation_app.services.signing_paper import Paper, Place
from deliberation_app.services.work import Work
from deliberation_app.storage.base import new_id
from deliberation_app.storage.minutes import KeptFile, Minutes, Signature, Supplement

WAYS = {"paper": N_("On paper"), "screen": N_("On the screen"), "certificate": N_("By certificate")}
# Less than this share of the field's height in all is a slip of the pen.
SHORTEST = 0.3
SCAN = "sign/scan"


@dataclass(frozen=True)
class Given:
    """A signature as lists show it."""

    id: uuid.UUID
    place: int
    label: str
    name: str
    way: str
    at: datetime
    scanned: bool
    subject: str = ""
    serial: str = ""
    reason: str = ""


@dataclass(frozen=True)
class SigningView:
    """The places of a paper, who has signed where and how, and what stands against locking it."""

    title: str
    content_sha256: str
    locked: bool
    places: tuple[Place, ...]
    given: Mapping[int, Given]
    findings: tuple[Finding, ...]
    printed: bool

    @property
    def open(self) -> tuple[Place, ...]:
        """The places where nobody has signed."""
        return tuple(place for place in self.places if place.number not in self.given)


def view(work: Work, meeting_id: uuid.UUID, supplement_id: uuid.UUID | None = None) -> SigningView:
    """Who has signed and who not yet."""
    with work.read() as session:
        of = on.paper(session, meeting_id, supplement_id)
        return SigningView(
            of.title, of.content, of.locked, on.places(of), {row.place: _given(row) for row in of.rows},
            () if of.locked else _findings(of), of.printed_before,
        )  # fmt: skip


def _given(row: Signature) -> Given:
    return Given(
        row.id, row.place, row.label, row.name, row.way, row.at, row.enclosure_id is not None, row.subject or "",
        row.serial or "", row.reason or "",
    )  # fmt: skip


def _findings(of: Paper) -> tuple[Finding, ...]:
    """What is incomplete in the record, then places without a signature, then paper without a scan."""
    told, judged, beside = of.found.told, of.found.judged, of.found.beside
    found = [] if of.supplement is not None else list(law.missing(told, judged, beside))
    signed = {row.place for row in of.rows}
    for place in on.places(of):
        if place.number not in signed:
            needed = place.role in ("主持人", "记录人", "更正人")
            sentence = AppError(N_("“{place}” has not been signed."), place=place.role)
            found.append(Finding("red" if needed else "amber", sentence, f"sign/{place.number}"))
    if any(row.way == "paper" and row.enclosure_id is None for row in of.rows):
        sentence = AppError(N_("The paper that was signed by hand has not been scanned and attached."))
        found.append(Finding("amber", sentence, SCAN))
    return tuple(found)


def on_screen(
    work: Work,
    meeting_id: uuid.UUID,
    place: int,
    name: str,
    strokes: Sequence[Sequence[Sequence[float]]],
    *,
    supplement_id: uuid.UUID | None = None,
) -> None:
    """Take a signature written on the screen; its strokes are kept and printed as they were drawn."""
    if _length(strokes) < SHORTEST:
        raise RuleBroken(N_("That is too little for a signature. Please write the whole name into the field."))
    plain = [[[round(float(part), 4) for part in point] for point in movement] for movement in strokes]
    with work.act("minutes.take_signature") as act:
        of = _open(act, meeting_id, supplement_id)
        seal = signatures.sealed(of.rows)
        if seal is not None:
            raise _sealed(of)
        _add(act, of, place, name, "screen").strokes = plain


def _length(strokes: Sequence[Sequence[Sequence[float]]]) -> float:
    """How far the pen went."""
    return sum(
        math.hypot(one[0] - other[0], one[1] - other[1]) for movement in strokes for one, other in pairwise(movement)
    )


def _sealed(of: Paper) -> RuleBroken:
    last = next(row for row in reversed(of.rows) if row.way == "certificate")
    return RuleBroken(
        N_("{name} has signed by certificate, which seals the file: from now on others sign by certificate or on "
           "paper. To sign on the screen, take that signature out first."), name=last.name,
    )  # fmt: skip


def on_paper(
    work: Work, meeting_id: uuid.UUID, names: Mapping[int, str], *, supplement_id: uuid.UUID | None = None
) -> None:
    """Note who signs, or has signed, the printed paper by hand; the scan follows."""
    with work.act("minutes.take_signature") as act:
        of = _open(act, meeting_id, supplement_id)
        if not of.printed_before:
            raise minutes.unprinted()
        for at, (place, name) in enumerate(names.items()):
            _add(act, of, place, name, "paper", later=at)


def by_certificate(
    work: Work,
    meeting_id: uuid.UUID,
    place: int,
    file: Path,
    password: str,
    *,
    name: str = "",
    supplement_id: uuid.UUID | None = None,
) -> None:
    """Sign with a PKCS#12 file (PAdES); one after the other, each on top of those before it."""
    data = read_bytes(file)
    with work.act("minutes.take_signature") as act:
        of = _open(act, meeting_id, supplement_id)
        by = on.open_certificate(data, password, now=act.now, file=file.name)
        row = _add(act, of, place, name or by.name, "certificate")
        fresh = on.fresh(of, sealed_at=act.now)
        seal = signatures.sealed(of.rows)
        before = fresh.pdf if seal is None else bytes(act.get_one(KeptFile, seal).content)
        there = next(one for one in fresh.places if one[0] == place)
        signed = on.certify(before, by, there, name=row.name, label=row.label, at=act.now)
        row.subject, row.issuer, row.serial = by.subject, by.issuer, by.serial
        row.file_id = minutes.keep(act, of.title, signed, of.content).id


def read_bytes(file: Path) -> bytes:
    """The bytes of a file of the computer."""
    try:
        return file.read_bytes()
    except (FileNotFoundError, IsADirectoryError) as error:
        raise AppError(N_("There is no file “{file}”. Choose it anew; perhaps the stick it was on is gone."),
                       file=file.name or file) from error  # fmt: skip
    except OSError as error:
        raise AppError(N_("{file} cannot be read ({reason})."), file=file, reason=reason_of(error)) from error


def _open(act: Act, meeting_id: uuid.UUID, supplement_id: uuid.UUID | None) -> Paper:
    """The paper, begun if need be; refused once it is locked."""
    if supplement_id is None:
        minutes.unsigned(act, meeting_id)
    of = on.paper(act, meeting_id, supplement_id)
    if of.locked:
        raise RuleBroken(N_("This paper is signed and locked; nobody can sign it any more."))
    return of


def _add(act: Act, of: Paper, place: int, name: str, way: str, *, later: int = 0) -> Signature:
    """Note a signature; the words that were signed count as having left the program."""
    there = next((one for one in on.places(of) if one.number == place), None)
    if there is None:
        raise NotFound(N_("This place to sign is not on the paper any more. The newer paper is shown now."))
    if any(row.place == place for row in of.rows):
        raise RuleBroken(N_("“{place}” is signed already. Take that signature out first."), place=there.role)
    if not name.strip():
        raise RuleBroken(N_("Who signs as “{place}”? Enter the name."), place=there.role)
    version = of.version
    assert version is not None  # begun by _open
    person = there.person_id if name.strip() == there.expected else None
    row = Signature(
        id=new_id(), minutes_id=version.id, supplement_id=of.supplement.id if of.supplement else None, place=place,
        turn=max((one.turn for one in of.rows), default=0) + 1 + later, label=there.label, name=name.strip(),
        person_id=person, way=way, at=act.now, content_sha256=of.content,
    )  # fmt: skip
    act.add(row)
    _left(of.supplement if of.supplement is not None else version, of.content)
    return row


def _left(kept: Minutes | Supplement, content: str) -> None:
    if content not in (kept.prints or ()):
        kept.prints = [*(kept.prints or ()), content]


def drop(work: Work, meeting_id: uuid.UUID, signature_id: uuid.UUID) -> None:
    """Take a signature out so that it can be given again; never from a paper that is locked."""
    with work.act("minutes.drop_signature") as act:
        row = act.get(Signature, signature_id)
        if row is None:
            raise NotFound(N_("This signature is not here any more."))
        of = _open(act, meeting_id, row.supplement_id)
        after = [other for other in of.rows if other.file_id is not None and other.turn > row.turn]
        if row.way != "paper" and after:
            raise RuleBroken(N_("{name} signed by certificate after this one, over everything before. Take that "
                                "signature out first."), name=after[-1].name)  # fmt: skip
        act.delete(row)
        if row.file_id is not None:
            act.flush()
            act.delete(act.get_one(KeptFile, row.file_id))


def lock(
    work: Work,
    meeting_id: uuid.UUID,
    *,
    reasons: Mapping[str, str] | None = None,
    supplement_id: uuid.UUID | None = None,
) -> str:
    """Lock what is signed: red findings block, amber ones need a reason; the answer is the code of the paper."""
    given = {place: reason for place, reason in (reasons or {}).items() if reason.strip()}
    act_name = "minutes.supplement" if supplement_id is not None else "minutes.sign"
    with work.act(act_name) as act:
        of = _open(act, meeting_id, supplement_id)
        minutes.refuse_incomplete(_findings(of), given)
        names = list(dict.fromkeys(row.name for row in of.rows))
        printed = on.drawn(act, of)
        if of.supplement is None:
            minutes.refuse_without_chair(of.found, names)
            assert of.version is not None  # begun by _open
            return minutes.lock(act, of.found, of.version, printed, names, given)
        kept = minutes.keep(act, of.title, printed.pdf, of.content)
        one = of.supplement
        one.signed_at, one.content_sha256, one.file_sha256, one.file_id = act.now, of.content, kept.sha256, kept.id
        return of.content[:16]


def printed(work: Work, meeting_id: uuid.UUID, supplement_id: uuid.UUID | None = None) -> papers.Printed:
    """The paper as it stands now."""
    with work.read() as session:
        return on.drawn(session, on.paper(session, meeting_id, supplement_id))
