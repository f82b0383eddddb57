"""Breaks text into lines of exact width: no mark where it may not stand, no number, date or word torn."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

# GB/T 15834: these may not begin a line …
NO_START = frozenset("，。、；：？！）》」』”’…—〕】〉〗·％‰℃々～,.;:?!)]}%/")
# … and these may not end one.
NO_END = frozenset("（《「『“‘〔【〈〖([{￥＄¥$/")
# what is counted stays with its number
UNITS = frozenset("年月日时分秒点号条款项次届页元人个户票辆名米栋幢层室天")
# units after which another number belongs to the same date or time
DATE_JOINTS = frozenset("年月时分")
# The blank half of a full-width mark.
HALF = 500
# Of two marks side by side the blank half between them is taken away: ）： and ：“ would look torn apart.
CLOSE, OPEN = "，。、；：）》」』”’〕】〉〗", "（《「『“‘〔【〈〖"
BLANK_AFTER, BLANK_BEFORE = frozenset(CLOSE), frozenset(OPEN)
SIDE_BY_SIDE = re.compile(f"[{CLOSE}](?=[{CLOSE}{OPEN}])|[{OPEN}](?=[{OPEN}])")
# Wider than a third of a cell between any two characters, a line looks torn: it is then broken within a date, or
# stays ragged.
WIDEST_SPREAD = 333
# A word longer than this share of the line is broken rather than leaving such a gap, in 1/1000 of the size.
WIDEST_GAP = 9000


Piece = tuple[int, int, float]


class Line(NamedTuple):
    """One line: text[start:end] set `indent` in, `spread` between characters; pieces where marks or spaces give way.

    All lengths in 1/1000 of the type size. A piece is (start, end, offset from the indent); none means one piece.
    """

    start: int
    end: int
    indent: int
    spread: float
    pieces: tuple[Piece, ...]


class Marked(NamedTuple):
    """Running widths in which marks side by side are narrowed, and where those marks stand."""

    sums: Sequence[int]
    tight: Sequence[int]


def may_break(text: str, at: int) -> bool:
    """Whether a line may end before text[at]."""
    before, after = text[at - 1], text[at]
    if after in NO_START or before in NO_END:
        return False
    if before in DATE_JOINTS:
        return not ("0" <= after <= "9" and at > 1 and "0" <= text[at - 2] <= "9")
    if before == "第":
        return not "0" <= after <= "9"
    if in_word(before):
        return not (in_word(after) or ("0" <= before <= "9" and after in UNITS))
    return True


def in_word(character: str) -> bool:
    """Whether the character belongs to numbers and words of the Latin, Greek and Cyrillic alphabets."""
    return "!" <= character <= "~" or "\u00c0" <= character <= "\u052f"


def break_lines(text: str, sums: Sequence[int], measure: int, first: int = 0, indent: int = 0) -> list[Line]:
    """Lines of `text` within `measure`; `first` and `indent` are the indents of the first and of the other lines.

    `sums` are the running widths of the characters, from 0: one more number than characters.
    Every line but the last is exactly as wide as the measure, unless that would tear it apart (WIDEST_SPREAD).
    """
    marked = _narrowed(text, sums)
    sums = marked.sums
    lines: list[Line] = []
    end, inset = len(text), first
    start = _skip_spaces(text, 0)
    while start < end:
        limit = sums[start] + measure - inset
        fits = max(bisect_right(sums, limit, start + 1) - 1, start + 1)
        if fits >= end:
            lines.append(Line(start, end, inset, 0.0, _pieces(marked, start, end, 0.0)))
            break
        squeezed = None if may_break(text, fits) else _squeeze(text, marked, start, fits, limit)
        if squeezed is not None:
            stop = squeezed[-1][1]
            lines.append(Line(start, stop, inset, 0.0, squeezed))
        else:
            stop = fits if may_break(text, fits) else _back(text, sums, start, fits, limit, measure)
            lines.append(_spread(text, marked, start, stop, inset, limit))
        start, inset = _skip_spaces(text, stop), indent
    return lines


def _narrowed(text: str, sums: Sequence[int]) -> Marked:
    """Take away the blank between marks side by side."""
    tight = [at for found in SIDE_BY_SIDE.finditer(text) if sums[(at := found.start()) + 1] - sums[at] >= 2 * HALF]
    if not tight:
        return Marked(sums, ())
    narrowed, taken, done = list(sums), 0, 0
    for at in (*tight, len(text)):
        if taken:
            narrowed[done : at + 1] = [width - taken for width in sums[done : at + 1]]
        taken, done = taken + HALF, at + 1
    return Marked(narrowed, tight)


def _pieces(marked: Marked, start: int, end: int, spread: float) -> tuple[Piece, ...]:
    """The pieces of a line between its narrowed marks; none where there are no such marks."""
    tight = marked.tight[bisect_left(marked.tight, start) : bisect_left(marked.tight, end - 1)]
    if not tight:
        return ()
    sums = marked.sums
    bounds = (start, *(at + 1 for at in tight), end)
    return tuple(
        (left, right, sums[left] - sums[start] + spread * (left - start)) for left, right in pairwise(bounds)
    )  # fmt: skip


def _whole_end(marked: Marked, end: int) -> int:
    """The running width at `end` when the last mark of the line keeps its whole cell, as it does at the edge."""
    n = bisect_left(marked.tight, end - 1)
    narrow = n < len(marked.tight) and marked.tight[n] == end - 1
    return marked.sums[end] + (HALF if narrow else 0)


def _skip_spaces(text: str, at: int) -> int:
    """A line does not begin with a space."""
    while at < len(text) and text[at] == " ":
        at += 1
    return at


def _squeeze(text: str, marked: Marked, start: int, fits: int, limit: int) -> tuple[Piece, ...] | None:
    """Take up to four more characters by squeezing the blank halves of the marks in the line, if they give enough."""
    sums = marked.sums
    for stop in range(fits + 1, min(fits + 5, len(text) + 1)):
        if stop < len(text) and not may_break(text, stop):
            continue
        excess = _whole_end(marked, stop) - limit
        if excess > HALF * (stop - start):
            return None
        # the last mark keeps its cell, so that the line ends where the type area ends
        whole = [n for n in range(start, stop - 1) if sums[n + 1] - sums[n] >= 2 * HALF]
        after = [n + 1 for n in whole if text[n] in BLANK_AFTER]
        before = [n for n in whole if n > start and text[n] in BLANK_BEFORE and n - 1 not in marked.tight]
        places = after + before
        if not places or excess > HALF * len(places):
            return None
        share, taken = excess / len(places), 0.0
        bounds = sorted({start, stop, *places, *(at + 1 for at in marked.tight if start <= at < stop - 1)})
        pieces = []
        for left, right in pairwise(bounds):
            taken += share * places.count(left)
            pieces.append((left, right, sums[left] - sums[start] - taken))
        return tuple(pieces)
    return None


def _back(text: str, sums: Sequence[int], start: int, fits: int, limit: int, measure: int) -> int:
    """The last place before `fits` where the line may end; inside a word or row of marks too long to be kept whole."""
    widest = min(WIDEST_GAP, measure * 2 // 5)
    within_date = 0
    for stop in range(fits, start, -1):
        missing = limit - sums[stop]
        if missing > widest:
            break
        within_date = within_date or (stop if _joins_date(text, stop) else 0)
        if stop < fits and may_break(text, stop):
            torn = missing > WIDEST_SPREAD * (stop - start - 1)
            return within_date if torn and within_date else stop
    if within_date:
        return within_date
    for stop in range(fits, max(fits - 12, start), -1):
        if text[stop] not in NO_START and text[stop - 1] not in NO_END:
            return stop
    return fits


def _joins_date(text: str, at: int) -> bool:
    """Whether text[at] begins the next part of a date or time: 2026年|3月|21日."""
    return text[at - 1] in DATE_JOINTS and text[at].isdigit() and text[at - 2 : at - 1].isdigit()


def _spread(text: str, marked: Marked, start: int, stop: int, inset: int, limit: int) -> Line:
    """Fill the line to the measure: between words where words make the line, else evenly between characters."""
    end = stop
    while end > start + 1 and text[end - 1] == " ":
        end -= 1
    missing = limit - _whole_end(marked, end)
    if missing == 0 or end - start < 2:
        return Line(start, end, inset, 0.0, _pieces(marked, start, end, 0.0))
    part = text[start:end]
    spaces = part.count(" ")
    if spaces and spaces * 12 >= len(part) and part.isascii():
        bounds = (start, *(start + n + 1 for n, character in enumerate(part) if character == " "), end)
        offsets = (marked.sums[left] - marked.sums[start] + n * missing / spaces for n, left in enumerate(bounds))
        pieces = tuple((left, right, offset) for (left, right), offset in zip(pairwise(bounds), offsets, strict=False))
        return Line(start, end, inset, 0.0, pieces)
    spread = missing / (end - start - 1)
    if spread > WIDEST_SPREAD:
        spread = 0.0
    return Line(start, end, inset, spread, _pieces(marked, start, end, spread))
