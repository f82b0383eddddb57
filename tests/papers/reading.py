"""Reads a printed PDF back: characters with their places, the codes that draw them, the fonts."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, replace
from io import BytesIO
from struct import unpack_from
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

MM = 72 / 25.4


@dataclass(frozen=True)
class Seen:
    """A character as a viewer finds it: its origin in millimetres from left and top, its size in points."""

    character: str
    x: float
    y: float
    size: float


def pages_of(data: bytes) -> list[list[Seen]]:
    """The visible characters of each page in the order in which they are drawn."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [characters_of(page) for page in document]
    finally:
        document.close()


def characters_of(page: Any) -> list[Seen]:
    """The visible characters of one page."""
    height = page.get_height()
    text = page.get_textpage()
    found: list[Seen] = []
    x, y = ctypes.c_double(), ctypes.c_double()
    for n in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, n)
        if pdfium.FPDFText_IsGenerated(text, n) or code <= 32:
            continue
        pdfium.FPDFText_GetCharOrigin(text, n, ctypes.byref(x), ctypes.byref(y))
        size = pdfium.FPDFText_GetFontSize(text, n)
        if 0xDC00 <= code < 0xE000 and found:
            # the reader gives characters beyond U+FFFF in two halves
            whole = (found[-1].character + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16")
            found[-1] = replace(found[-1], character=whole)
        else:
            found.append(Seen(chr(code), x.value / MM, (height - y.value) / MM, size))
    return found


def lines_of(page: list[Seen], size: float) -> list[list[Seen]]:
    """The characters of one type size, a list for each baseline, from the top down and from left to right."""
    rows: dict[int, list[Seen]] = {}
    for seen in page:
        if abs(seen.size - size) < 0.05:
            rows.setdefault(round(seen.y * 10), []).append(seen)
    return [sorted(rows[y], key=lambda seen: seen.x) for y in sorted(rows)]


def text_of(data: bytes) -> str:
    """All text in the order in which it is drawn, without spaces and ends of lines."""
    document = pypdfium2.PdfDocument(data)
    try:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    finally:
        document.close()


def glyphs_by_code(font: Any) -> tuple[int, ...]:
    """Which glyph each code of an embedded subset draws."""
    program = bytes(font.FontDescriptor.FontFile2.read_bytes())
    tables = {}
    for n in range(unpack_from(">H", program, 4)[0]):
        tag, _, offset, _ = unpack_from(">4sLLL", program, 12 + 16 * n)
        tables[tag] = offset
    start = tables[b"cmap"]
    (offset,) = unpack_from(">L", program, start + 8)
    form, _, _, first, count = unpack_from(">HHHHH", program, start + offset)
    assert (form, first) == (6, 0)
    return unpack_from(f">{count}H", program, start + offset + 10)


def holes(data: bytes) -> list[str]:
    """Every place where a page draws code 0 or a code without a glyph, which a reader sees as nothing or a box."""
    found = []
    with pikepdf.open(BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            fonts = {name: glyphs_by_code(font) for name, font in page.Resources.Font.items()}
            current = ""
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    current = str(operands[0])
                elif str(operator) in ("Tj", "TJ", "'", '"'):
                    codes = bytes(operands[0])
                    found += [
                        f"page {number}, {current}, code {code}"
                        for code in codes
                        if not code or not fonts[current][code]
                    ]
    return found


def fonts_of(data: bytes) -> list[tuple[str, bool]]:
    """Name of each font of the file and whether it is embedded."""
    found = []
    with pikepdf.open(BytesIO(data)) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font":
                descriptor = each.get("/FontDescriptor")
                found.append((str(each.BaseFont), descriptor is not None and "/FontFile2" in descriptor))
    return found


@dataclass(frozen=True)
class Drawn:
    """A rule or filled square: its left, top, width and height in millimetres, how thick its line, its colour."""

    kind: str  # fill, box or line
    x: float
    y: float
    wide: float
    high: float
    line: float
    colour: tuple[float, ...]


def drawn_of(data: bytes) -> list[list[Drawn]]:
    """What each page draws besides its text, in the order of drawing."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return [_drawn(page, float(page.MediaBox[3])) for page in pdf.pages]


def _drawn(page: Any, height: float) -> list[Drawn]:
    found: list[Drawn] = []
    path: list[tuple[str, float, float, float, float]] = []
    at = (0.0, 0.0)
    line, fill = 1.0, (0.0,)
    for operands, operator in pikepdf.parse_content_stream(page):
        name, told = str(operator), [float(one) for one in operands] if str(operator) in "w m l re rg g" else []
        if name == "w":
            line = told[0]
        elif name in ("rg", "g"):
            fill = tuple(told)
        elif name == "re":
            path.append(("box", told[0], height - told[1] - told[3], told[2], told[3]))
        elif name == "m":
            at = (told[0], told[1])
        elif name == "l":
            left, top = min(at[0], told[0]), height - max(at[1], told[1])
            path.append(("line", left, top, abs(told[0] - at[0]), abs(told[1] - at[1])))
            at = (told[0], told[1])
        elif name in ("S", "f"):
            for kind, x, y, wide, high in path:
                shown = "fill" if name == "f" and kind == "box" else kind
                colour = fill if name == "f" else (0.0,)
                found.append(Drawn(shown, x / MM, y / MM, wide / MM, high / MM, line / MM, colour))
            path = []
    return found
