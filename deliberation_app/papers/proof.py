"""What a printed PDF says of itself: its own checksum, and the digits of its content that stand beside the code."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pikepdf
import pypdfium2

from deliberation_app.errors import N_, AppError

_DIGITS = re.compile(r"\b([0-9a-f]{4}) ([0-9a-f]{4}) ([0-9a-f]{4}) ([0-9a-f]{4})\b")


@dataclass(frozen=True)
class Proof:
    """SHA-256 of the file, the 16 hexadecimal digits printed on its last page (empty: none), and what its pages say.

    `text` is that of all pages without any white space, by which two papers are held against each other.
    """

    sha256: str
    digits: str
    text: str


def read(file: Path) -> Proof:
    """Read a PDF; raises AppError when it is none or cannot be opened."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise AppError(N_("{file} cannot be read ({reason})."), file=file, reason=error.strerror or error) from error
    try:
        texts = _texts(data)
    except pypdfium2.PdfiumError as error:
        raise AppError(N_("{file} is not a PDF that can be opened."), file=file) from error
    found = list(_DIGITS.finditer(" ".join(texts[-1].split()))) if texts else []
    return Proof(sha256(data).hexdigest(), "".join(found[-1].groups()) if found else "", _bare(texts))


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
