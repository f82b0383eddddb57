"""Reads the printed code out of a scan or a photograph of a paper, page by page."""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

import pypdfium2
import zxingcpp
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from deliberation_app.errors import N_, AppError
from deliberation_app.papers import beside, proof

DIGITS = re.compile(r"\b[0-9a-f]{4}(?: [0-9a-f]{4}){3}$")
# A code of 18 mm has about 150 dots at this number to the inch; a second, finer look costs less than a wrong answer.
DPI = (200, 350)
# The pages of a paper, not of a book.
MOST_PAGES = 400
MOST_DOTS = 12000
# A page of up to 200 dots to the inch has so many down.
COARSE = 2400


@dataclass(frozen=True)
class Scan:
    """The codes found on each page (the digits alone), and whether the file is a printed PDF and no picture of one."""

    sha256: str
    pages: tuple[tuple[str, ...], ...]
    untouched: bool = False

    @property
    def digits(self) -> tuple[str, ...]:
        """Every code found, each once."""
        return tuple(dict.fromkeys(code for page in self.pages for code in page))


def read(data: bytes, name: str) -> Scan:
    """Look for codes on every page; AppError where the file is neither a PDF nor a picture that can be opened."""
    if data.startswith(b"%PDF-"):
        return _pdf(data, name)
    try:
        with Image.open(io.BytesIO(data)) as picture:
            pages = tuple(
                _of_picture(_upright(frame)) for frame, _ in zip(_frames(picture), range(MOST_PAGES), strict=False)
            )
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError) as error:
        raise AppError(N_("“{name}” is no picture or PDF that can be opened. Scan the paper as PDF, JPEG, PNG or TIFF. "
                          "Nothing was changed."), name=name) from error  # fmt: skip
    return Scan(sha256(data).hexdigest(), pages)


def _frames(picture: Image.Image) -> Iterator[Image.Image]:
    yield from ImageSequence.Iterator(picture)


def _upright(frame: Image.Image) -> Image.Image:
    """In shades of grey, as the camera was held, no larger than a printer's sheet at a high resolution."""
    grey = ImageOps.exif_transpose(frame.convert("RGB")).convert("L")
    if max(grey.size) > MOST_DOTS:
        grey.thumbnail((MOST_DOTS, MOST_DOTS))
    return grey


def _of_picture(grey: Image.Image) -> tuple[str, ...]:
    """The codes of a picture; what is only black and white or coarse is read smoothed to twice its size."""
    found = _codes(grey)
    if found or max(grey.size) > COARSE:
        return found
    return _codes(grey.resize((grey.width * 2, grey.height * 2), Image.Resampling.BICUBIC))


def _pdf(data: bytes, name: str) -> Scan:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise AppError(N_("“{name}” is no PDF that can be opened; it may have a password. Scan the paper again. "
                          "Nothing was changed."), name=name) from error  # fmt: skip
    try:
        pages = [document[number] for number in range(min(len(document), MOST_PAGES))]
        found = tuple(_of_page(page) for page in pages)
        return Scan(sha256(data).hexdigest(), found, untouched=not any(map(_is_scanned, pages)))
    finally:
        document.close()


def _of_page(page: pypdfium2.PdfPage) -> tuple[str, ...]:
    for dots in DPI:
        codes = _codes(page.render(scale=dots / 72, grayscale=True).to_pil())
        if codes:
            return codes
    return ()


def _is_scanned(page: pypdfium2.PdfPage) -> bool:
    """Whether a page holds a picture or something written over it."""
    pictures = page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4)
    return any(True for _ in pictures) or any(not name.startswith(beside.NAME) for name in _annotations(page))


def _annotations(page: pypdfium2.PdfPage) -> Iterator[str]:
    """The names of what was put over a page; nameless what other programs put there."""
    raw = pypdfium2.raw
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        one = raw.FPDFPage_GetAnnot(page, number)
        name = ctypes.create_string_buffer(256)
        size = raw.FPDFAnnot_GetStringValue(one, b"NM", ctypes.cast(name, ctypes.POINTER(raw.FPDF_WCHAR)), 256)
        raw.FPDFPage_CloseAnnot(one)
        yield name.raw[: min(size, 256)].decode("utf-16-le", "replace")


def _codes(picture: Image.Image) -> tuple[str, ...]:
    """The digits of the codes on one page; other codes on it, such as those of a list, say nothing here."""
    read = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    found = (DIGITS.search(one.text) for one in read)
    return tuple(dict.fromkeys(match[0].replace(" ", "") for match in found if match is not None))


def same_words(data: bytes, pdf: bytes) -> bool:
    """Whether a PDF says word for word what another one says."""
    return proof.text(data) == proof.text(pdf)
