"""Sets any paper as PDF: its blocks one after the other, the places to sign, the code."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from deliberation_app.domain.archive import PAPERS
from deliberation_app.papers import beside, codes, fonts, form, official, parts, properties, sheet, slips, table
from deliberation_app.papers.document import (
    Addressee,
    Attachments,
    Closing,
    Document,
    Fields,
    Hanging,
    Heading,
    Imprint,
    Note,
    PageBreak,
    Paragraph,
    RedHead,
    SignTable,
    Slips,
    Statement,
    Table,
    Vote,
    WritingLines,
    content_sha256,
    grouped,
)
from deliberation_app.papers.hand import UNSIGNED, Signed
from deliberation_app.papers.ink import Ink, Numbering

# How each kind of block is set; those on the grid of official papers are told the distance of its lines.
ON_THE_GRID: dict[type, Callable[[Any, float], list[sheet.Block]]] = {
    Addressee: official.addressee,
    Attachments: official.attachments,
    Closing: official.closing,
    Hanging: official.hanging,
    Heading: parts.heading,
    Paragraph: parts.paragraph,
    RedHead: official.red_head,
    Statement: parts.statement,
}
RULED: dict[type, Callable[[Any], list[sheet.Block]]] = {
    SignTable: codes.sign_table,
    Fields: form.fields,
    Imprint: official.imprint,
    Note: form.note,
    Table: table.table,
    Vote: table.vote,
    WritingLines: form.writing_lines,
}
NUMBERING: dict[str, Numbering] = {"table": "of", "official": "dash", "large": "dash"}
# With these the end of a paper begins, which never stands alone on a page.
LAST = (Closing, Imprint)


@dataclass(frozen=True, kw_only=True)
class SignPlace:
    """Where somebody signs: which place of the paper, its page from 1, left, bottom, right, top in points."""

    place: int
    page: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class PaperFacts:
    """What is known of a printed paper; `signatures_page` counts from 1 and is 0 where nobody signs.

    `each` are the pages of each paper of the file.
    """

    pages: int
    sha256: str
    content_sha256: str
    rare_characters: tuple[str, ...]
    signatures_page: int
    places: tuple[SignPlace, ...] = ()
    each: tuple[int, ...] = ()


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


def _set(part: object, pitch: float) -> list[sheet.Block]:
    kind = type(part)
    if kind in RULED:
        return RULED[kind](part)
    if isinstance(part, Slips):
        return slips.slips(part, lambda content: _set(content, pitch))
    return ON_THE_GRID[kind](part, pitch)


def _body(document: Document, pitch: float) -> tuple[list[sheet.Block], frozenset[int]]:
    """Title and blocks in their order, and before which of them a page begins."""
    headed = bool(document.blocks) and isinstance(document.blocks[0], RedHead)
    body: list[sheet.Block] = []
    if not headed:
        body += parts.title(document.unit, document.title, pitch)
    breaks: set[int] = set()
    for n, part in enumerate(document.blocks):
        if isinstance(part, PageBreak):
            breaks.add(len(body))
        elif not isinstance(part, LAST):
            body += _set(part, pitch)
        if headed and not n:
            body += parts.title("", document.title, pitch)
    return body, frozenset(breaks)


@dataclass(frozen=True)
class _Laid:
    """One paper laid out: its pages, and on which of them somebody signs (0: nobody)."""

    document: Document
    pages: Sequence[sheet.Page]
    signatures_page: int


def _lay(document: Document, pitch: float, content: str, signed: Signed) -> _Laid:
    body, breaks = _body(document, pitch)
    closing = [block for part in document.blocks if isinstance(part, Closing) for block in _set(part, pitch)]
    signing = parts.signatures(document.signatures, signed)
    imprint = [block for part in document.blocks if isinstance(part, Imprint) for block in _set(part, pitch)]
    if closing and signing:
        closing[-1].keep = True
    tail = [*closing, *signing, *parts.footnotes(document.footnotes), *imprint]
    pages = sheet.lay_out([*body, *tail], len(body), pitch, breaks)
    if document.coded:  # in the margin, where it takes no room from the text, opposite the number of the page
        code = parts.code(document.number, grouped(content), right=len(pages) % 2 == 0)
        pages[-1].blocks.append((sheet.HIGH + parts.CODE_DROP, code))
    ending = signing or closing
    return _Laid(document, pages, sheet.page_of(pages, ending[-1]) if ending else 0)


def draw(
    papers: Document | Sequence[Document],
    to: Path | BinaryIO,
    *,
    attachment: bytes | None = None,
    pitch: float = sheet.PITCH,
    content: str = "",
    signed: Signed = UNSIGNED,
) -> PaperFacts:
    """Print one paper or several as PDF; `attachment` is the meeting file, which only archive copies carry.

    `pitch` is the distance of lines in points: that of the standard, or sheet.PITCH_OF_WORD_PROCESSORS; `content` the
    checksum of the content where the one paper has one of its own; `signed` what was signed on the screen.
    Each paper has pages numbered from 1. Raises RuleBroken where a character has no glyph in any face; then
    nothing is written.
    """
    documents = (papers,) if isinstance(papers, Document) else tuple(papers)
    contents = [content or content_sha256(document) for document in documents]
    named = PAPERS[documents[0].paper].title if documents[0].paper in PAPERS else documents[0].paper
    title = f"{documents[0].unit}{documents[0].title}" or named
    with fonts.LOCK, _undisturbed():
        laid = [_lay(document, pitch, digest, signed) for document, digest in zip(documents, contents, strict=True)]
        drawn = BytesIO()
        ink = Ink(drawn, title)
        ink.prepare([page for paper in laid for page in paper.pages])
        for paper in laid:
            # what bears no mark at all bears no number either: it is cut apart
            numbering: Numbering = NUMBERING[paper.document.layout] if paper.document.coded else "none"
            ink.draw(paper.pages, parts.mark(paper.document.mark), numbering)
        ink.save()
        rare = fonts.rare_among(ink.characters())
        small = beside.drawn(stamps := _stamps(laid))
    archived = all(document.copy == "archive" for document in documents)
    data = properties.finish(drawn.getvalue(), title, attachment if archived else None, stamps=stamps, small=small)
    _write(data, to)
    each = tuple(len(paper.pages) for paper in laid)
    return PaperFacts(
        pages=sum(each), each=each, sha256=sha256(data).hexdigest(), content_sha256=contents[0],
        rare_characters=rare, signatures_page=laid[-1].signatures_page, places=_places(laid),
    )  # fmt: skip


def _places(laid: Sequence[_Laid]) -> tuple[SignPlace, ...]:
    found, number = [], 0
    for paper in laid:
        for page in paper.pages:
            number += 1
            for at, block in page.blocks:
                top = sheet.PAPER[1] - sheet.TOP - at
                for place, (x, y, wide, high) in block.places:
                    left = sheet.LEFT + x
                    box = (left, top - y - high, left + wide, top - y)
                    found.append(SignPlace(place=place, page=number, box=box))
    return tuple(found)


def _stamps(laid: Sequence[_Laid]) -> list[beside.Words]:
    """Who signed on the screen, where on which page of the file."""
    found = []
    for number, page in enumerate(page for paper in laid for page in paper.pages):
        for at, block in page.blocks:
            top = sheet.PAPER[1] - sheet.TOP - at
            for text, (x, y, wide, high) in block.stamps:
                left = sheet.LEFT + x
                found.append(beside.Words(number, (left, top - y - high, left + wide, top - y), text))
    return found


def _write(data: bytes, to: Path | BinaryIO) -> None:
    if isinstance(to, Path):
        to.write_bytes(data)
    else:
        to.write(data)
