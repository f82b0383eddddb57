"""What a paper holds before anybody sets it: plain blocks in order, the same for print and for word processors."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from deliberation_app.domain.minutes import Heading, Paragraph, Signature, Statement, Table, Vote

__all__ = [
    "Addressee",
    "Attachments",
    "Block",
    "Closing",
    "Document",
    "Field",
    "Fields",
    "Hanging",
    "Heading",
    "Imprint",
    "Note",
    "PageBreak",
    "Paragraph",
    "RedHead",
    "SignTable",
    "Signature",
    "Slips",
    "Statement",
    "Table",
    "Vote",
    "WritingLines",
    "content_sha256",
    "grouped",
]  # fmt: skip

# official: the grid of GB/T 9704 · table: ruled sheets and forms · large: type for the notice board (papers.md 6)
Layout = Literal["official", "table", "large"]


@dataclass(frozen=True, kw_only=True)
class Field:
    """One labelled place of a form; empty text leaves room to write by hand, at least `lines` lines high.

    `share` is its part of the row beside the other fields of the row.
    """

    label: str
    text: str = ""
    share: int = 1
    lines: int = 1


@dataclass(frozen=True, kw_only=True)
class Fields:
    """A ruled form: rows of labelled places; `whole` keeps them on one page where they fit one."""

    rows: tuple[tuple[Field, ...], ...]
    whole: bool = False


@dataclass(frozen=True, kw_only=True)
class SignTable:
    """A table with room to write by hand in each row; with `codes` each row carries one to be scanned, at its end."""

    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    codes: tuple[str, ...] = ()
    code_column: str = "签到码"
    totals: str = ""


@dataclass(frozen=True, kw_only=True)
class Note:
    """Small type: how to fill in, what counts, what has no legal force."""

    text: str


@dataclass(frozen=True, kw_only=True)
class WritingLines:
    """Empty ruled lines to write on."""

    count: int
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Hanging:
    """A word in 黑体 and its text, turn-over lines under the text's first character: 出席：…

    The first of several stands one blank line below the text.
    """

    label: str
    text: str
    first: bool = False


@dataclass(frozen=True, kw_only=True)
class RedHead:
    """The mark of an official paper, its number below, and for a 纪要 the office left and the date right.

    Not `red`: the name in plain black on the first line, for a body that may not issue documents (papers.md 6).
    """

    text: str
    number: str = ""
    office: str = ""
    date: str = ""
    red: bool = True


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """主送机关: flush left, ending with a full-width colon."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Attachments:
    """附件说明: the names of what is enclosed."""

    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Closing:
    """署名 and 成文日期; `sealed` leaves the place of a seal."""

    name: str
    date: str
    sealed: bool = False


@dataclass(frozen=True, kw_only=True)
class Imprint:
    """版记 on the bottom edge of the last page: copies to, and who issued it when."""

    copies_to: str = ""
    office: str = ""
    date: str = ""


@dataclass(frozen=True, kw_only=True)
class PageBreak:
    """What follows begins a new page."""


@dataclass(frozen=True, kw_only=True)
class Slips:
    """The same small paper several times on a sheet, with marks to cut along; `titles` stand on each in 黑体."""

    slips: tuple[tuple[Fields | Note | Paragraph | SignTable | Table, ...], ...]
    titles: tuple[str, ...] = ()


Block = (
    Heading | Paragraph | Statement | Vote | Table | Fields | SignTable | Note | WritingLines | Hanging | RedHead
    | Addressee | Attachments | Closing | Imprint | PageBreak | Slips
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Document:
    """One paper, whole; `paper` is its id in PAPERS, `copy` the archive or the posted rendering (papers.md 2)."""

    paper: str
    layout: Layout
    title: str
    blocks: tuple[Block, ...]
    unit: str = ""
    copy: Literal["archive", "posted"] = "archive"
    signatures: tuple[Signature, ...] = ()
    number: str = ""
    mark: str = ""
    footnotes: tuple[str, ...] = ()
    coded: bool = True  # a secret ballot bears no mark at all


def content_sha256(document: Document) -> str:
    """SHA-256 of the canonical JSON of the content: sorted keys, no spaces, UTF-8; the kind of each block told."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_told)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _told(part: object) -> dict[str, object]:
    return {"": type(part).__name__, **vars(part)}


def grouped(digest: str) -> str:
    """The first 16 hexadecimal digits in groups of four, as printed and read aloud."""
    return " ".join(digest[n : n + 4] for n in range(0, 16, 4))
