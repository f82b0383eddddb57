"""Prints the record of a meeting (会议记录)."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from deliberation_app.domain.minutes import Heading, Paragraph, Record, Statement, Table, Vote
from deliberation_app.papers import fonts, parts, properties, sheet, table
from deliberation_app.papers.ink import Ink

PARTS: dict[type, Callable[[Any, float], list[sheet.Block]]] = {
    Heading: parts.heading,
    Paragraph: parts.paragraph,
    Statement: parts.statement,
}
RULED: dict[type, Callable[[Any], list[sheet.Block]]] = {Vote: table.vote, Table: table.table}


@dataclass(frozen=True, kw_only=True)
class PaperFacts:
    """What is known of a printed paper; `signatures_page` counts from 1 and is 0 where nobody signs."""

    pages: int
    sha256: str
    content_sha256: str
    rare_characters: tuple[str, ...]
    signatures_page: int


def content_sha256(record: Record) -> str:
    """SHA-256 of the record's canonical JSON: sorted keys, no spaces, UTF-8, without the code itself."""
    facts = {name: value for name, value in vars(record).items() if name != "code"}
    # vars() of each part is what dataclasses.asdict gives, without copying it all first
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=vars)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def grouped(digest: str) -> str:
    """The first 16 hexadecimal digits in groups of four, as printed."""
    return " ".join(digest[n : n + 4] for n in range(0, 16, 4))


def _code(record: Record, content: str) -> list[sheet.Block]:
    """The code given with the record, else its number and the digits of its content."""
    return parts.code("", record.code) if record.code else parts.code(record.number, grouped(content))


def _body(record: Record, pitch: float) -> list[sheet.Block]:
    """Title and blocks in their order."""
    body = parts.title(record.unit, record.title, pitch)
    for part in record.blocks:
        kind = type(part)
        body += RULED[kind](part) if kind in RULED else PARTS[kind](part, pitch)
    return body


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Tens of thousands of small things live until the paper is drawn; collecting garbage meanwhile finds none."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def draw(
    record: Record, to: Path | BinaryIO, *, attachment: bytes | None = None, pitch: float = sheet.PITCH
) -> PaperFacts:
    """Print `record` as a PDF; `attachment` is the meeting file, which only archive copies carry.

    `pitch` is the distance of lines in points: that of the standard, or sheet.PITCH_OF_WORD_PROCESSORS.
    Raises RuleBroken where a character has no glyph in any face; then nothing is written.
    """
    content = content_sha256(record)
    title = f"{record.unit}{record.title}"
    with fonts.LOCK, _undisturbed():
        body = _body(record, pitch)
        signing = parts.signatures(record.signatures)
        tail = [*signing, *parts.footnotes(record.footnotes), *_code(record, content)]
        pages = sheet.lay_out([*body, *tail], len(body), pitch)
        drawn = BytesIO()
        ink = Ink(drawn, title)
        ink.draw(pages, parts.mark(record.mark), "of")
        ink.save()
        rare = fonts.rare_among(ink.characters())
    data = properties.finish(drawn.getvalue(), title, attachment=attachment if record.copy == "archive" else None)
    if isinstance(to, Path):
        to.write_bytes(data)
    else:
        to.write(data)
    return PaperFacts(
        pages=len(pages), sha256=sha256(data).hexdigest(), content_sha256=content, rare_characters=rare,
        signatures_page=sheet.page_of(pages, signing[-1]) if signing else 0,
    )  # fmt: skip
