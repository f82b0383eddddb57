"""What is signed: a record or a supplement to one, its words, its places to sign, the PDF as it stands now."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from deliberation_app.domain.minutes_facts import MeetingFacts
from deliberation_app.domain.minutes_names import role
from deliberation_app.domain.minutes_parties import party_of
from deliberation_app.errors import N_, NotFound
from deliberation_app.papers.document import Document
from deliberation_app.services import papers, signatures, supplements_paper
from deliberation_app.services.papers import Printed, Source
from deliberation_app.storage.minutes import KeptFile, Minutes, Signature, Supplement

if TYPE_CHECKING:
    from deliberation_app.papers.certificate import Certificate
    from deliberation_app.papers.scan import Scan

# (place of the paper, page from 1, left, bottom, right, top in points)
At = tuple[int, int, tuple[float, float, float, float]]


@dataclass(frozen=True)
class Place:
    """One place to sign; `expected` is who most likely signs there, with the id where the register knows it.

    `likely`: where several may, all who sat there for this party.
    """

    number: int
    label: str
    role: str
    expected: str = ""
    person_id: uuid.UUID | None = None
    likely: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A paper on its way to be signed."""

    found: Source
    version: Minutes | None
    supplement: Supplement | None
    document: Document
    content: str
    title: str
    rows: tuple[Signature, ...]

    @property
    def labels(self) -> list[str]:
        """The words before each line."""
        return [place.label for place in self.document.signatures]

    @property
    def printed_before(self) -> bool:
        """Whether these words left the program."""
        kept = self.supplement if self.supplement is not None else self.version
        return kept is not None and self.content in (kept.prints or ())

    @property
    def locked(self) -> bool:
        """Whether this paper is signed and locked."""
        if self.supplement is not None:
            return self.supplement.signed_at is not None
        return self.found.signed


def paper(session: Session, meeting_id: uuid.UUID, supplement_id: uuid.UUID | None = None) -> Paper:
    """Read what is to be signed."""
    found = papers.source(session, meeting_id)
    version = found.version
    if supplement_id is None:
        record = found.record()
        content = found.content(record)
        rows = signatures.given(session, version.id, content) if version is not None else []
        return Paper(
            found, version, None, papers.as_paper(record), content, found.told["meeting"]["title"], tuple(rows)
        )
    supplement = session.get(Supplement, supplement_id)
    if supplement is None or version is None or supplement.minutes_id != version.id:
        raise NotFound(N_("This supplement is not here any more."))
    document = supplements_paper.document(found, version, supplement)
    content = supplement.content_sha256 or supplements_paper.content(document)
    rows = signatures.given(session, version.id, content, supplement.id)
    title = f"{found.told['meeting']['title']} 更正第{supplement.number}号"
    return Paper(found, version, supplement, document, content, title, tuple(rows))


def drawn(session: Session, of: Paper) -> Printed:
    """The PDF as it stands now: kept, sealed by certificates, or drawn with the strokes given so far."""
    if of.supplement is None:
        return papers.of_source(session, of.found, posted=False)
    kept = of.supplement.file_id or signatures.sealed(of.rows)
    if kept is not None:
        return papers.kept(session.get_one(KeptFile, kept))
    return fresh(of)


def fresh(of: Paper, *, sealed_at: datetime | None = None) -> Printed:
    """The PDF drawn anew with the strokes given so far; with the day where a certificate seals it now."""
    signed = signatures.signed(of.rows, of.labels, sealed_at=sealed_at)
    if of.supplement is None:
        return papers.draw(of.found.record(), papers.attachment(of.found.told), signed)
    return papers.press((of.document,), signed)


def places(of: Paper) -> tuple[Place, ...]:
    """Every place for a name, with who is expected there."""
    people = {person["id"]: person["name"] for person in of.found.told["people"]}
    table = _table(of, people)
    likely = _likely(of, table)
    found = []
    for number, label in enumerate(of.labels):
        if signatures.is_date(label):
            continue
        words = label.replace("（签名）", "").rstrip("：:")
        person = likely.get(words, "")
        name = people.get(person, "") or (words.removeprefix("保留意见人") if words.startswith("保留意见人") else "")
        if of.supplement is not None and words == "更正人":
            name = of.supplement.corrector
        sent = tuple(people[one] for one in table.get(words, ())) if not name else ()
        found.append(Place(number, label, words, name, uuid.UUID(person) if person else None, sent))
    return tuple(found)


def _table(of: Paper, people: dict[str, str]) -> dict[str, list[str]]:
    """Who sat at the table for which party, chair and recorder apart."""
    facts = MeetingFacts(of.found.told, of.found.judged)
    in_charge = {facts.meeting.get("chair"), facts.meeting.get("recorder")}
    found: dict[str, list[str]] = {}
    for entry in facts.attending(capacity="voting", status=("present", "online")):
        if entry["person"] not in in_charge and entry["person"] in people:
            found.setdefault(party_of(role(facts.person(entry))) or "居民代表", []).append(entry["person"])
    return found


def _likely(of: Paper, table: dict[str, list[str]]) -> dict[str, str]:
    """Chair and recorder; who alone spoke for a party."""
    meeting = MeetingFacts(of.found.told, of.found.judged).meeting
    found = {"主持人": meeting.get("chair", ""), "记录人": meeting.get("recorder", "")}
    return found | {party: sent[0] for party, sent in table.items() if len(sent) == 1 and party not in found}


def open_certificate(data: bytes, password: str, *, now: datetime, file: str) -> Certificate:
    """Open a PKCS#12 file; the password is used once and kept nowhere."""
    from deliberation_app.papers import certificate

    return certificate.open_file(data, password, now=now, file=file)


def certify(pdf: bytes, by: Certificate, at_place: At, *, name: str, label: str, at: datetime) -> bytes:
    """The PDF with one more certificate signature."""
    from deliberation_app.papers import certificate, press

    place, page, box = at_place
    return certificate.sign(pdf, by, press.SignPlace(place=place, page=page, box=box), name=name, label=label, at=at)


def read_scan(data: bytes, name: str) -> Scan:
    """The codes on each page of a scan."""
    from deliberation_app.papers import scan

    return scan.read(data, name)


def parts(pdf: bytes) -> list[bytes]:
    """The papers in a file, each ending with the page that bears its code."""
    from deliberation_app.papers import proof

    return proof.parts(pdf)


def checksum(data: bytes) -> str:
    """SHA-256 of a file."""
    return sha256(data).hexdigest()


def same_words(data: bytes, pdf: bytes) -> bool:
    """Whether two PDFs say the same."""
    from deliberation_app.papers import scan

    return scan.same_words(data, pdf)
