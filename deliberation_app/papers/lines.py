"""From words to set lines: cleans text, measures it, breaks it, and gives the lines their places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import accumulate

from deliberation_app.papers import fonts, sheet
from deliberation_app.papers.breaker import Line, break_lines

# Invisible characters (controls, direction marks, joiners, selectors) are left out of the paper; spaces become one
# kind. Accents that follow a letter are joined with it, because fonts hold the joined form.
ODD = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u0300-\u036f\u061c\u115f\u1160\u180b-\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
SPACES = re.compile("[\t\xa0\u2000-\u200a\u202f\u205f]")
ACCENTED = re.compile("[A-Za-z\xc0-\u024f][\u0300-\u036f]+")
# a cell of fewer characters is set ragged
NARROW = 10
# A cell of more lines than this in a column of names is set smaller, step by step, never below 六号 (7.5 pt).
NAMES, MOST_WRAPPED = 7, 3
SMALLER = (9.0, 7.5)
# sentences and several facts in one cell are no name: they take the lines they need
PROSE = re.compile("[，。；：\\n]")
# a telephone number, a date in figures
ONE_WORD = re.compile(r"[!-~]{2,20}")
# what ends a paragraph
ENDS = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of what people typed, each clean; at least one, which may be empty."""
    if not ODD.search(text):
        return [text]
    return [clean(part) for part in ENDS.split(text)] or [""]


def clean(text: str) -> str:
    """The text without what cannot be seen, on one line."""
    if not ODD.search(text):
        return text
    text = ACCENTED.sub(lambda found: unicodedata.normalize("NFC", found[0]), ENDS.sub(" ", text))
    return ODD.sub("", SPACES.sub(" ", text))


def running_widths(runs: sheet.Runs) -> list[int]:
    """The running widths of the characters in 1/1000 of the size, from 0."""
    widths: list[int] = []
    for name, text in runs:
        known = fonts.widths(name)
        try:
            widths += [known[character] for character in text]
        except fonts.NoGlyph as missing:
            raise fonts.cannot_print(missing.character, text) from missing
    return list(accumulate(widths, initial=0))


def width(name: str, text: str, size: float) -> float:
    """How wide the text is, in points."""
    known = fonts.widths(name)
    try:
        return sum([known[character] for character in text]) * size / 1000
    except fonts.NoGlyph as missing:
        raise fonts.cannot_print(missing.character, text) from missing


def set_lines(
    runs: sheet.Runs,
    size: float,
    wide: float,
    *,
    down: float,
    left: float = 0.0,
    first: float = 0.0,
    inset: float = 0.0,
) -> list[tuple[sheet.Words, ...]]:
    """Break runs into lines of `wide` points; each line is its words with the baseline `down` below the line's top.

    `first` and `inset` are the indents of the first and of the other lines, in points from `left`.
    """
    text = "".join(part for _, part in runs)
    scale = size / 1000
    # a hundredth of a unit more, so that 28 characters are not lost to rounding
    measure = int(wide / scale + 0.51)
    found = break_lines(text, running_widths(runs), measure, round(first / scale), round(inset / scale))
    single = runs[0][0] if len(runs) == 1 else None
    return [_placed(line, text, runs, single, size, left, down) for line in found]


def _placed(
    line: Line, text: str, runs: sheet.Runs, single: str | None, size: float, left: float, down: float
) -> tuple[sheet.Words, ...]:
    """The words of one line at their places."""
    scale = size / 1000
    x, space = left + line.indent * scale, line.spread * scale
    if not line.pieces:
        part = ((single, text[line.start : line.end]),) if single else cut(runs, line.start, line.end)
        return ((x, down, size, space, part),)
    return tuple((x + offset * scale, down, size, space, cut(runs, start, end)) for start, end, offset in line.pieces)


def fitted(
    face: str, cell: str, size: float, wide: float, *, left: float, down: float = 0.0
) -> list[tuple[sheet.Words, ...]]:
    """A cell of a table: it wraps; what is too long for a narrow column is set smaller, to SMALLEST and no further."""
    lines = _cell(face, cell, size, wide, left, down)
    one_word = len(lines) > 1 and ONE_WORD.fullmatch(cell) is not None
    most = 1 if one_word else MOST_WRAPPED
    if len(lines) <= most or wide >= NAMES * size or PROSE.search(cell):
        return lines
    for smaller in SMALLER:
        tried = _cell(face, cell, smaller, wide, left, down)
        if len(tried) <= most:
            return tried
    return lines if one_word else tried


def _cell(face: str, cell: str, size: float, wide: float, left: float, down: float) -> list[tuple[sheet.Words, ...]]:
    return [
        line
        for text in (paragraphs(cell) if cell else ())
        for line in in_cell(((face, text),), size, wide, down=down, left=left)
    ]


def in_cell(runs: sheet.Runs, size: float, wide: float, *, left: float, down: float) -> list[tuple[sheet.Words, ...]]:
    """Lines within a cell of a table: spread to its edge only where the cell is wide enough not to look torn."""
    found = set_lines(runs, size, wide, down=down, left=left)
    if wide >= NARROW * size:
        return found
    return [
        ((line[0][0], line[0][1], line[0][2], 0.0, line[0][4]),) if len(line) == 1 else line for line in found
    ]  # fmt: skip


def cut(runs: sheet.Runs, start: int, end: int) -> sheet.Runs:
    """The part of the runs from character `start` to `end`."""
    found = []
    for name, text in runs:
        length = len(text)
        if start < length and end > 0:
            found.append((name, text[max(start, 0) : end]))
        start, end = start - length, end - length
        if end <= 0:
            break
    return tuple(found)


def set_line(
    name: str, text: str, size: float, *, down: float, left: float = 0.0
) -> tuple[tuple[sheet.Words, ...], float]:
    """Text on one line with its marks as in running text, and where it ends."""
    words = set_lines(((name, text),), size, 1e6, down=down, left=left)[0]
    x, *_, runs = words[-1]
    return words, x + width(name, runs[-1][1], size)


def centred(name: str, text: str, size: float, *, down: float, left: float, wide: float) -> sheet.Words:
    """One line in the middle of `wide` points from `left`."""
    return (left + (wide - width(name, text, size)) / 2, down, size, 0.0, ((name, text),))


def to_the_right(name: str, text: str, size: float, *, down: float, right: float) -> sheet.Words:
    """One line that ends at `right`."""
    return (right - width(name, text, size), down, size, 0.0, ((name, text),))


def balanced(name: str, text: str, size: float, wide: float) -> list[str]:
    """A title in as few lines as fit, of about the same length each."""
    sums = running_widths(((name, text),))
    limit = int(wide * 1000 / size)
    count = -(-sums[-1] // limit)
    measure = limit
    if count > 1:
        for share in range(sums[-1] // count, limit + 1, 250):
            if len(break_lines(text, sums, share)) <= count:
                measure = share
                break
    return [text[line.start : line.end] for line in break_lines(text, sums, measure)]


def joined(lines: Sequence[tuple[sheet.Words, ...]], pitch: float) -> tuple[sheet.Words, ...]:
    """Lines of one block, `pitch` apart."""
    return tuple(
        (x, down + n * pitch, size, space, runs) for n, line in enumerate(lines) for x, down, size, space, runs in line
    )
