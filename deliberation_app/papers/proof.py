"""What a printed PDF says of itself: its own checksum, and the digits of its content that stand beside the code."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pikepdf
import pypdfium2

from deliberation_app.errors import N_, AppError

_DIGITS = re.compile(r"\b([0-9a-f]{4}) ([0-9a-f]{4}) ([0-9a-f]{4}) ([0-9a-f]{4})\b")


@dataclass(frozen=True)
class Proof:
    """SHA-256 of the file, and the 16 hexadecimal digits printed on its last page (empty where there are none)."""

    sha256: str
    digits: str


def read(file: Path) -> Proof:
    """Read a PDF; raises AppError when it is none or cannot be opened."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise AppError(N_("{file} cannot be read ({reason})."), file=file, reason=error.strerror or error) from error
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise AppError(N_("{file} is not a PDF that can be opened."), file=file) from error
    try:
        page = document[len(document) - 1]
        text = page.get_textpage().get_text_range()
    finally:
        document.close()
    found = list(_DIGITS.finditer(" ".join(text.split())))
    return Proof(sha256(data).hexdigest(), "".join(found[-1].groups()) if found else "")


def pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)
