"""Who wrote on the screen and when, in small type under the line: a stamp of the file, as a certificate's is.

Strokes cannot be read aloud. What a stamp shows is no word of the paper, so a print made before somebody signed still
says what the paper says, word for word.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import NamedTuple

import pikepdf

from deliberation_app.papers import fonts, sheet
from deliberation_app.papers.ink import Ink
from deliberation_app.papers.lines import clean, to_the_right, width
from deliberation_app.papers.sheet import Box

SIZE, HIGH = 7.0, 9.0
# how far below the line the words begin
DROP = 1.0
# Printed and locked, as the stamp of a certificate.
SHOWN = 4 | 128
NAME = "deliberation-signed-"


class Words(NamedTuple):
    """What stands beside a signature: its page from 0, left, bottom, right, top in points, the words."""

    page: int
    box: Box
    text: str


def room(right: float, line: float, text: str) -> Box:
    """The room (left, top, wide, high) for these words under a line that ends at `right`, at most as wide as a row."""
    wide = min(width(fonts.SONGTI, clean(text), SIZE) + 1, right)
    return right - wide, line + DROP, wide, HIGH


def drawn(some: Sequence[Words]) -> bytes:
    """A PDF with a small page for each, with the fonts they share; nothing for none."""
    if not some:
        return b""
    out = BytesIO()
    ink = Ink(out, "")
    for one in some:
        left, bottom, right, top = one.box
        text, wide = clean(one.text), right - left
        size = min(SIZE, wide / max(width(fonts.SONGTI, text, 1.0), 1.0))
        words = to_the_right(fonts.SONGTI, text, size, down=sheet.ASCENT * SIZE, right=wide)
        ink.draw_alone((words,), wide, top - bottom)
    ink.save()
    return out.getvalue()


def put(pdf: pikepdf.Pdf, some: Sequence[Words], pages: bytes) -> None:
    """Set them on their pages."""
    with pikepdf.open(BytesIO(pages)) as small:
        for number, (one, page) in enumerate(zip(some, small.pages, strict=True)):
            shown = pdf.copy_foreign(page.as_form_xobject())
            on = pdf.pages[one.page]
            stamp = pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp, Rect=pikepdf.Array([round(x, 3) for x in one.box]),
                F=SHOWN, NM=pikepdf.String(f"{NAME}{number}"), Contents=pikepdf.String(clean(one.text)),
                AP=pikepdf.Dictionary(N=shown), P=on.obj,
            )  # fmt: skip
            if "/Annots" not in on.obj:
                on.obj.Annots = pikepdf.Array()
            on.obj.Annots.append(pdf.make_indirect(stamp))
