"""What a printed PDF says of itself: its own checksum, and the digits of its content that stand beside the code."""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from pathlib import Path

import pikepdf
import pypdfium2
from pypdfium2 import raw

from deliberation_app.errors import N_, AppError, reason_of
from deliberation_app.papers import properties
from deliberation_app.papers.document import Document, SignTable, Slips, Table
from deliberation_app.papers.lines import clean

# The type area in points from the foot of the page; the mark stands above it, the number of the page below.
FOOT, HEAD = 98.0, 738.0
# Baselines that differ by less belong to one line.
LINE = 8
_DIGITS = re.compile(r"\b([0-9a-f]{4}) ([0-9a-f]{4}) ([0-9a-f]{4}) ([0-9a-f]{4})\b")


# What stands below the type area on every page.
_FOLIO = re.compile(r"第\d+页共\d+页|—\d+—")
# A hyphen at the end of a line is read as one of these.
_HYPHENS = str.maketrans(dict.fromkeys("\x02\ufffe", "-"))

# What a page says above, in and below its type area, without any white space.
Page = tuple[str, str, str]


@dataclass(frozen=True)
class Proof:
    """SHA-256 of the file, the 16 hexadecimal digits printed on its last page (empty: none), and what its pages say."""

    sha256: str
    digits: str
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class Said:
    """What a paper says, however its lines and pages break: the marks above, the text, the codes below."""

    marks: tuple[str, ...]
    text: str
    codes: tuple[str, ...]


def read(file: Path) -> Proof:
    """Read a PDF; raises AppError when it is none or cannot be opened."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise AppError(N_("{file} cannot be read ({reason})."), file=file, reason=reason_of(error)) from error
    try:
        texts, pages = _texts(data), pages_of(data)
    except pypdfium2.PdfiumError as error:
        raise AppError(N_("{file} is not a PDF that can be opened."), file=file) from error
    found = list(_DIGITS.finditer(" ".join(texts[-1].split()))) if texts else []
    return Proof(sha256(data).hexdigest(), "".join(found[-1].groups()) if found else "", pages)


def pages_of(pdf: bytes) -> tuple[Page, ...]:
    """What each page says."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(_page(_signs(document[number].get_textpage())) for number in range(len(document)))
    finally:
        document.close()


def _page(signs: list[tuple[str, float]]) -> Page:
    parts: tuple[list[str], list[str], list[str]] = ([], [], [])
    for sign, height in signs:
        parts[0 if height >= HEAD else 1 if height > FOOT else 2].append(sign)
    above, text, below = ("".join(part).translate(_HYPHENS) for part in parts)
    return above, text, below


def headings(papers: Sequence[Document]) -> tuple[str, ...]:
    """The rows that are printed once more on each page that a table goes on to, the longest first."""
    found: set[str] = set()
    for paper in papers:
        for part in paper.blocks:
            inner = [one for slip in part.slips for one in slip] if isinstance(part, Slips) else [part]
            for one in inner:
                if isinstance(one, SignTable | Table):
                    cells = (*one.columns, one.code_column) if isinstance(one, SignTable) and one.codes else one.columns
                    found.add("".join("".join(map(clean, cells)).split()))
    return tuple(sorted(found - {""}, key=len, reverse=True))


def said(pages: Sequence[Page], rows: Sequence[str]) -> Said:
    """What pages say but for what other faces change: numbers of pages, and heading rows said once more."""
    text = "".join(page[1] for page in pages)
    for row in rows:
        text = text.replace(row, "")
    codes = tuple(code for page in pages if (code := _FOLIO.sub("", page[2])))
    return Said(tuple(mark for mark, _ in groupby(page[0] for page in pages)), text, codes)


def text(pdf: bytes) -> str:
    """What the pages of a paper say, without any white space."""
    return _bare(_texts(pdf))


def _texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [document[number].get_textpage().get_text_range() for number in range(len(document))]
    finally:
        document.close()


def _bare(texts: Sequence[str]) -> str:
    return "".join("".join(texts).split())


def pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def pages_if_open(pdf: bytes) -> int | None:
    """How many pages; a scan may be a PDF that only its own program opens."""
    try:
        return pages(pdf)
    except pikepdf.PdfError:
        return None


@dataclass(frozen=True)
class Standing:
    """Where some words stand on a paper: page and line, from 1."""

    page: int
    line: int


def where(pdf: bytes, words: str) -> Standing | None:
    """Where these words begin; None where they are on no page."""
    wanted = "".join(words.split())
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [_drawn(document[number].get_textpage()) for number in range(len(document))]
    finally:
        document.close()
    for length in (len(wanted), 24, 8):
        for number, drawn in enumerate(pages, 1):
            at = "".join(character for character, _ in drawn).find(wanted[:length]) if wanted else -1
            if at >= 0:
                above = {round(top) for _, top in drawn if top > drawn[at][1] + 2}
                return Standing(number, _lines(above) + 1)
    return None


def _lines(tops: set[int]) -> int:
    """How many lines there are at these heights; those of one line differ by a point or two."""
    ordered = sorted(tops, reverse=True)
    return sum(1 for n, top in enumerate(ordered) if not n or ordered[n - 1] - top > LINE)


def _drawn(text: pypdfium2.PdfTextPage) -> list[tuple[str, float]]:
    """Every sign of the type area with the height of its baseline, in the order of drawing."""
    return [(sign, height) for sign, height in _signs(text) if FOOT < height < HEAD]


def _signs(text: pypdfium2.PdfTextPage) -> list[tuple[str, float]]:
    """Every sign of a page with the height of its baseline, in the order of drawing."""
    found: list[tuple[str, float]] = []
    x, y = ctypes.c_double(), ctypes.c_double()
    for n in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, n)
        if 0xDC00 <= code < 0xE000 and found:  # the reader gives rare characters in two halves
            half, at = found.pop()
            found.append(((half + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16"), at))
            continue
        sign = chr(code)
        raw.FPDFText_GetCharOrigin(text, n, ctypes.byref(x), ctypes.byref(y))
        if not sign.isspace() and not raw.FPDFText_IsGenerated(text, n):
            found.append((sign, y.value))
    return found


def bound(pdfs: Sequence[io.BytesIO]) -> bytes:
    """Several papers as one file for decades, page after page, what was signed on them drawn where it stands."""
    out, title = io.BytesIO(), ""
    with pikepdf.new() as whole:
        for part in pdfs:
            with pikepdf.open(part) as pdf:
                title = title or str(pdf.docinfo.get("/Title", ""))
                for page in pdf.pages:
                    _stamped(page)
                whole.add_pages_from(pdf, forms="strip")
        whole.save(out, deterministic_id=True)
    return properties.finish(out.getvalue(), title)


def _stamped(page: pikepdf.Page) -> None:
    """What a certificate shows becomes a stamp: in a file of several papers it signs nothing, yet it is printed."""
    for annotation in page.obj.get("/Annots", ()):
        if annotation.get("/Subtype") == "/Widget":
            annotation.Subtype = pikepdf.Name.Stamp
            for key in ("/FT", "/T", "/V", "/Parent", "/Lock", "/SV"):
                if key in annotation:
                    del annotation[key]


def parts(pdf: bytes) -> list[bytes]:
    """The papers in a file, each ending with the page that bears its code; what follows the last code is one more."""
    coded = [bool(_DIGITS.search(" ".join(text.split()))) for text in _texts(pdf)]
    found, start = [], 0
    for number, last in enumerate(coded):
        if last or number == len(coded) - 1:
            out = io.BytesIO()
            with pikepdf.open(io.BytesIO(pdf)) as whole, pikepdf.new() as part:
                part.add_pages_from(whole, range(start, number + 1), forms="strip")
                part.save(out)
            found.append(out.getvalue())
            start = number + 1
    return found
