"""A numbered supplement (更正页) as a paper, from the record it corrects."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain import minutes_words as words
from deliberation_app.domain.minutes import Block, Paragraph, Record, Statement, Table, Vote
from deliberation_app.papers import supplement as paper
from deliberation_app.papers.document import Document, content_sha256, grouped
from deliberation_app.services import papers
from deliberation_app.services.papers import Source
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_item import unit_name
from deliberation_app.storage.minutes import Minutes, Supplement


@dataclass(frozen=True)
class Line:
    """A passage of a signed record; `head` says what it is, in the words of the paper."""

    key: str
    head: str
    text: str


def passages(record: Record) -> tuple[Line, ...]:
    """Everything a record says, a line each: what was said, what was voted on, who is on the roll."""
    found: dict[str, Line] = {}
    for n, block in enumerate(record.blocks):
        for part, (key, head, text) in enumerate(_told(block)):
            name = key or f"block/{n}/{part}"
            before = found.get(name)
            found[name] = Line(name, before.head, before.text + text) if before else Line(name, head, text)
    return tuple(line for line in found.values() if line.text.strip())


def _told(block: Block) -> Iterator[tuple[str, str, str]]:
    if isinstance(block, Statement):
        yield block.key, " ".join(part for part in (block.side, block.speaker, block.time) if part), block.text
    elif isinstance(block, Paragraph):
        yield block.key, block.label.rstrip("："), block.text
    elif isinstance(block, Vote):
        parts = (block.motion, block.method, block.numbers, block.explanation, block.outcome)
        yield from (("", "表决", part) for part in parts if part)
    elif isinstance(block, Table):
        yield from (("", row[0] if row else "", "　".join(row)) for row in block.rows)


def document(found: Source, version: Minutes, supplement: Supplement) -> Document:
    """The supplement as it is printed."""
    head = supplement.passage_head
    facts = paper.SupplementFacts(
        unit=found.told["unit"]["name"], record=found.told["meeting"]["title"],
        record_number=words.text_of(found.told["meeting"], "number"), record_code=grouped(version.content_sha256 or ""),
        number=supplement.number, date=words.day(supplement.made_on), corrector=supplement.corrector,
        corrections=(
            paper.Correction(
                where=words.listed((supplement.stands, f"“{head}”" if head else ""), "，"),
                original=supplement.original, corrected=supplement.corrected, reason=supplement.reason,
            ),
        ),
    )  # fmt: skip
    return paper.compose(facts)


def content(of: Document) -> str:
    """SHA-256 of what a supplement says."""
    return content_sha256(of)


def rows(session: Session, minutes_id: uuid.UUID) -> list[Supplement]:
    """The supplements to a record, by number."""
    return list(
        session.scalars(select(Supplement).where(Supplement.minutes_id == minutes_id).order_by(Supplement.number))
    )


def composed(session: Session, asked: Asked) -> Sequence[Document]:
    """The supplements to the record of a meeting, or an empty form."""
    if asked.empty:
        nothing = paper.SupplementFacts(
            unit=unit_name(session, asked), record="", record_number="", record_code="", number=0, date="",
            corrections=(),
        )  # fmt: skip
        return (paper.compose(nothing),)
    if asked.meeting is None:
        return ()
    found = papers.source(session, asked.meeting)
    version = found.version
    if version is None:
        return ()
    return tuple(document(found, version, one) for one in rows(session, version.id))
