"""Puts laid-out pages on the canvas: one text object a page, each character from the font that has it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from io import BytesIO
from itertools import groupby
from typing import BinaryIO, Literal

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from deliberation_app.papers import fonts, sheet

# binary streams stay binary: smaller files
rl_config.useA85 = 0

Numbering = Literal["of", "dash", "none"]

SAME_BYTES = re.compile(rb"(.)\1*", re.DOTALL)
# 页码: top of the dash 7 mm below the type area, one character blank at the outer edge
FOLIO_DROP, FOLIO_DASH = 7 * sheet.MM, 0.36
# 80% yellow and 80% magenta, in the colours of the file's output intent
RED = "1 0.2 0.2 rg"


class Codes(dict[int, int]):
    """For one face and document: the code of each character, the font's place in the document in the high byte."""

    def __init__(self, name: str, case: TypeCase) -> None:
        super().__init__()
        self.name, self.case = name, case

    def __missing__(self, code: int) -> int:
        assigned = self.case.assign(fonts.font_for(self.name, chr(code)), chr(code))
        self[code] = assigned
        return assigned


class TypeCase:
    """Which byte of which embedded subset stands for a character; the most frequent characters share a subset."""

    def __init__(self, document: object) -> None:
        self.document = document
        self.places: dict[tuple[str, int], int] = {}
        self.names: list[str] = []
        self.codes: dict[str, Codes] = {}
        # the same words come again and again: what each is in the file
        self.known: dict[tuple[str, str], tuple[tuple[int, str], ...]] = {}

    def shows(self, run: tuple[str, str]) -> tuple[tuple[int, str], ...]:
        """The (place of the subset, hexadecimal codes) that show a run of (face, text)."""
        coded = run[1].translate(self.of(run[0])).encode("utf-16-be")
        high, low = coded[::2], coded[1::2]
        if high.count(high[:1]) == len(high):
            found: tuple[tuple[int, str], ...] = ((high[0], low.hex()),) if high else ()
        else:
            found = tuple(
                (high[same.start()], low[same.start() : same.end()].hex()) for same in SAME_BYTES.finditer(high)
            )  # fmt: skip
        self.known[run] = found
        return found

    def of(self, name: str) -> Codes:
        """The codes of a face."""
        if name not in self.codes:
            self.codes[name] = Codes(name, self)
        return self.codes[name]

    def assign(self, font: fonts.CarriedFont, character: str) -> int:
        """Give a character its code in the document."""
        ((subset, byte),) = font.splitString(character, self.document)
        key = (font.fontName, subset)
        if key not in self.places:
            # surrogates cannot be told apart in UTF-16, so those high bytes stay unused
            if len(self.names) == 0xD8:
                self.names += [""] * 8
            self.places[key] = len(self.names)
            self.names.append(str(font.getSubsetInternalName(subset, self.document)))
        return self.places[key] << 8 | int(byte[0])


class Ink:
    """Draws pages on a canvas of its own and writes the file."""

    def __init__(self, to: BinaryIO, title: str) -> None:
        body = fonts.carried(fonts.FANGSONG)
        self.canvas = Canvas(
            to, pagesize=sheet.PAPER, pageCompression=1, invariant=1, initialFontName=body.fontName,
            initialFontSize=sheet.CELL, lang="zh-CN",
        )  # fmt: skip
        self.canvas.setTitle(title)
        self.canvas.setAuthor("")
        self.canvas.setCreator("")
        self.case = TypeCase(self.canvas._doc)
        self._state: tuple[int, float] = (-1, 0.0)
        self._space = 0.0
        self._heads = 0

    def prepare(self, pages: Sequence[sheet.Page]) -> None:
        """Give out the codes by frequency: the fewer changes of subset, the shorter the file and the drawing."""
        texts: dict[str, list[str]] = {}
        for page in pages:
            for _, block in page.blocks:
                for words in block.words:
                    for name, text in words[4]:
                        texts.setdefault(name, []).append(text)
        for name, parts in texts.items():
            codes = self.case.of(name)
            for character, _ in Counter("".join(parts)).most_common():
                codes[ord(character)]

    def draw(self, pages: Sequence[sheet.Page], mark: Sequence[sheet.Words], numbering: Numbering) -> None:
        """Draw the pages of one paper: what was laid out, the mark top right, the number of the page."""
        for number, page in enumerate(pages, 1):
            self._rules(page)
            code = ["BT"]
            self._state, self._space = (-1, 0.0), 0.0
            for at, block in page.blocks:
                top = sheet.PAPER[1] - sheet.TOP - at
                if block.red:
                    code.append(RED)
                for words in block.words:
                    self._words(code, words, top)
                if block.red:
                    code.append("0 g")
                if block.bookmark:
                    self._bookmark(block.bookmark, top)
            for words in mark:
                self._words(code, words, sheet.PAPER[1] - sheet.TOP)
            if numbering != "none":
                self._folio(code, number, len(pages), numbering)
            code.append("0 Tc ET")
            self.canvas._code.append("\n".join(code))
            self.canvas.showPage()

    def characters(self) -> list[str]:
        """Every character drawn, in the order of Unicode."""
        return sorted({chr(code) for codes in self.case.codes.values() for code in codes})

    def save(self) -> None:
        """Finish the file."""
        self.canvas.save()

    def draw_alone(self, words: Sequence[sheet.Words], wide: float, high: float) -> None:
        """Draw a small page of its own, words measured from its top left corner."""
        self.canvas.setPageSize((wide, high))
        code = ["0 g BT"]
        self._state, self._space = (-1, 0.0), 0.0
        for x, down, size, space, runs in words:
            self._words(code, (x - sheet.LEFT, down, size, space, runs), high)
        self.canvas._code.append("\n".join([*code, "ET"]))
        self.canvas.showPage()

    def _words(self, code: list[str], words: sheet.Words, top: float) -> None:
        """One run of text at its place; fonts change within it as the characters need."""
        x, down, size, space, runs = words
        code.append(f"1 0 0 1 {sheet.LEFT + x:.3f} {top - down:.3f} Tm")
        if space != self._space:
            code.append(f"{space:.4f} Tc")
            self._space = space
        known = self.case.known
        for run in runs:
            for place, low in known.get(run) or self.case.shows(run):
                if (place, size) == self._state:
                    code.append(f"<{low}> Tj")
                else:
                    self._state = (place, size)
                    code.append(f"{self.case.names[place]} {size:.4f} Tf <{low}> Tj")

    def _bookmark(self, title: str, top: float) -> None:
        """An entry in the list of contents that a viewer shows beside the pages."""
        self._heads += 1
        key = f"heading-{self._heads}"
        self.canvas.bookmarkHorizontal(key, 0, top + sheet.CELL)
        self.canvas.addOutlineEntry(title, key)

    def _rules(self, page: sheet.Page) -> None:
        """Boxes, filled squares, cutting marks, strokes of a pen and the rules of tables, below the text."""
        code = ["0 G 0 g"]
        for at, block in page.blocks:
            top = sheet.PAPER[1] - sheet.TOP - at
            for x, y, wide, high in block.boxes:
                code.append(f"{sheet.HAIRLINE} w {sheet.LEFT + x:.3f} {top - y - high:.3f} {wide:.3f} {high:.3f} re S")
            if block.fills:
                code.extend(_fills(block, top))
            if block.cuts or block.strokes:
                code.extend(_drawn(block, top))
        code.extend(_table_rules(page))
        if len(code) > 1:
            self.canvas._code.append("\n".join(code))

    def _folio(self, code: list[str], number: int, count: int, numbering: str) -> None:
        """The number of the page: odd pages right, even pages left, one character blank."""
        text = f"第{number}页 共{count}页" if numbering == "of" else f"— {number} —"
        size = sheet.SIZE_4
        known = fonts.widths(fonts.SONGTI)
        wide = sum(known[character] for character in text) * size / 1000
        x = sheet.WIDE - size - wide if number % 2 else size
        down = sheet.HIGH + FOLIO_DROP + FOLIO_DASH * size
        self._words(code, (x, down, size, 0.0, ((fonts.SONGTI, text),)), sheet.PAPER[1] - sheet.TOP)


def small_page(words: Sequence[sheet.Words], wide: float, high: float) -> bytes:
    """A PDF of one small page with these words."""
    out = BytesIO()
    ink = Ink(out, "")
    ink.draw_alone(words, wide, high)
    ink.save()
    return out.getvalue()


def _fills(block: sheet.Block, top: float) -> list[str]:
    squares = [
        f"{sheet.LEFT + x:.3f} {top - y - high:.3f} {wide:.3f} {high:.3f} re" for x, y, wide, high in block.fills
    ]
    return [RED, *squares, "f 0 g"] if block.red else [*squares, "f"]


def _drawn(block: sheet.Block, top: float) -> list[str]:
    """Dashed lines to cut along, and what somebody wrote with a pen."""
    code: list[str] = []
    if block.cuts:
        code.append(f"{sheet.HAIRLINE} w [3 3] 0 d")
        code += [
            f"{sheet.LEFT + x:.3f} {top - y:.3f} m {sheet.LEFT + x + wide:.3f} {top - y - high:.3f} l S"
            for x, y, wide, high in block.cuts
        ]
        code.append("[] 0 d")
    for pen, points in block.strokes:
        places = [f"{sheet.LEFT + x:.3f} {top - y:.3f}" for x, y in points]
        lines = " ".join(f"{place} l" for place in (places[1:] or places))
        code.append(f"{pen:.2f} w 1 J 1 j {places[0]} m {lines} S 0 J 0 j")
    return code


def _uprights(rows: list[tuple[float, sheet.Block]], base: float) -> list[str]:
    """Upright rules, as long as rows with the same edges stand together."""
    code: list[str] = []
    for edges, same in groupby(rows, key=lambda row: row[1].edges or (row[1].table.edges if row[1].table else ())):
        found = list(same)
        start, end = base - found[0][0], base - found[-1][0] - found[-1][1].height
        code.extend(f"{sheet.LEFT + x:.3f} {start:.3f} m {sheet.LEFT + x:.3f} {end:.3f} l" for x in edges[1:-1])
    return code


def _table_rules(page: sheet.Page) -> list[str]:
    """Hairlines under each row, upright rules as long as the rows of one table stand together."""
    code: list[str] = []
    n, blocks = 0, page.blocks
    while n < len(blocks):
        table = blocks[n][1].table
        if table is None:
            n += 1
            continue
        first = n
        while n < len(blocks) and blocks[n][1].table is table:
            n += 1
        rows = blocks[first:n]
        base = sheet.PAPER[1] - sheet.TOP
        start, end = base - rows[0][0], base - rows[-1][0] - rows[-1][1].height
        left, right = sheet.LEFT + table.edges[0], sheet.LEFT + table.edges[-1]
        code.append(f"{sheet.HAIRLINE} w")
        code.extend(
            f"{left:.3f} {base - at - row.height:.3f} m {right:.3f} {base - at - row.height:.3f} l"
            for at, row in rows[:-1]
            if row.ruled
        )
        code.extend(_uprights(rows, base))
        code.append(f"S {sheet.RULE} w {left:.3f} {end:.3f} {right - left:.3f} {start - end:.3f} re S")
    return code
