"""Breaks text into lines of exact width: no mark where it may not stand, no number, date or word torn."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

# GB/T 15834: these may not begin a line …
NO_START = frozenset("，。、；：？！）》」』”’…—〕】〉〗·％‰℃々～,.;:?!)]}%")
# … and these may not end one.
NO_END = frozenset("（《「『“‘〔【〈〖([{￥＄¥$")
# Full-width marks whose blank half can be taken away.
BLANK_AFTER = frozenset("，。、；：）》」』”’〕】〉〗")
BLANK_BEFORE = frozenset("（《「『“‘〔【〈〖")
DATE_UNITS = frozenset("年月日时分秒点号")
# units after which another number belongs to the same date or time
DATE_JOINTS = frozenset("年月时分")
HALF = 500
# A word or date longer than this share of the line is broken rather than leaving such a gap, in 1/1000 of the size.
WIDEST_GAP = 9000


class Line(NamedTuple):
    """One line: text[start:end] set `indent` in, `spread` between characters; pieces where marks or spaces give way.

    All lengths in 1/1000 of the type size. A piece is (start, end, offset from the indent).
    """

    start: int
    end: int
    indent: int
    spread: float
    pieces: tuple[tuple[int, int, float], ...]


def may_break(text: str, at: int) -> bool:
    """Whether a line may end before text[at]."""
    before, after = text[at - 1], text[at]
    if after in NO_START or before in NO_END:
        return False
    if before in DATE_JOINTS:
        return not ("0" <= after <= "9" and at > 1 and "0" <= text[at - 2] <= "9")
    if in_word(before):
        return not (in_word(after) or ("0" <= before <= "9" and after in DATE_UNITS))
    return True


def in_word(character: str) -> bool:
    """Whether the character belongs to numbers and words of the Latin, Greek and Cyrillic alphabets."""
    return "!" <= character <= "~" or "\u00c0" <= character <= "\u052f"


def break_lines(text: str, sums: Sequence[int], measure: int, first: int = 0, indent: int = 0) -> list[Line]:
    """Lines of `text` within `measure`; `first` and `indent` are the indents of the first and of the other lines.

    `sums` are the running widths of the characters, from 0: one more number than characters.
    Every line but the last is exactly as wide as the measure.
    """
    lines: list[Line] = []
    start, end, inset = 0, len(text), first
    while start < end and text[start] == " ":
        start += 1
    while start < end:
        limit = sums[start] + measure - inset
        fits = max(bisect_right(sums, limit, start + 1) - 1, start + 1)
        if fits >= end:
            lines.append(Line(start, end, inset, 0.0, ()))
            break
        stop = fits
        if not may_break(text, fits):
            squeezed = _squeeze(text, sums, start, fits, limit)
            if squeezed is not None:
                stop, pieces = squeezed
                lines.append(Line(start, stop, inset, 0.0, pieces))
                start, inset = _skip_spaces(text, stop), indent
                continue
            stop = _back(text, sums, start, fits, limit, measure)
        lines.append(_spread(text, sums, start, stop, inset, limit))
        start, inset = _skip_spaces(text, stop), indent
    return lines


def _skip_spaces(text: str, at: int) -> int:
    """A line does not begin with a space."""
    while at < len(text) and text[at] == " ":
        at += 1
    return at


def _squeeze(
    text: str, sums: Sequence[int], start: int, fits: int, limit: int
) -> tuple[int, tuple[tuple[int, int, float], ...]] | None:
    """Take up to four more characters by squeezing the blank halves of the marks in the line, if they give enough."""
    for stop in range(fits + 1, min(fits + 5, len(text) + 1)):
        if stop < len(text) and not may_break(text, stop):
            continue
        excess = sums[stop] - limit
        if excess > HALF * (stop - start):
            return None
        # the last mark keeps its cell, so that the line ends where the type area ends
        after = [n + 1 for n in range(start, stop - 1) if text[n] in BLANK_AFTER and sums[n + 1] - sums[n] >= 1000]
        before = [n for n in range(start + 1, stop - 1) if text[n] in BLANK_BEFORE and sums[n + 1] - sums[n] >= 1000]
        places = sorted(after + before)
        if not places or excess > HALF * len(places):
            return None
        share, taken, piece_start = excess / len(places), 0.0, start
        pieces = []
        for place in places:
            if place > piece_start:
                pieces.append((piece_start, place, sums[piece_start] - sums[start] - taken))
                piece_start = place
            taken += share
        pieces.append((piece_start, stop, sums[piece_start] - sums[start] - taken))
        return stop, tuple(pieces)
    return None


def _back(text: str, sums: Sequence[int], start: int, fits: int, limit: int, measure: int) -> int:
    """The last place before `fits` where the line may end; inside a word or row of marks too long to be kept whole."""
    widest = min(WIDEST_GAP, measure * 2 // 5)
    for stop in range(fits - 1, start, -1):
        if limit - sums[stop] > widest:
            break
        if may_break(text, stop):
            return stop
    for stop in range(fits, max(fits - 12, start), -1):
        if text[stop] not in NO_START and text[stop - 1] not in NO_END:
            return stop
    return fits


def _spread(text: str, sums: Sequence[int], start: int, stop: int, inset: int, limit: int) -> Line:
    """Fill the line to the measure: between words where words make the line, else evenly between characters."""
    end = stop
    while end > start + 1 and text[end - 1] == " ":
        end -= 1
    missing = limit - sums[end]
    if missing == 0 or end - start < 2:
        return Line(start, end, inset, 0.0, ())
    part = text[start:end]
    spaces = part.count(" ")
    if spaces and spaces * 12 >= len(part) and part.isascii():
        share, given, piece_start = missing / spaces, 0.0, start
        pieces = []
        for n in range(start, end):
            if text[n] == " ":
                pieces.append((piece_start, n + 1, sums[piece_start] - sums[start] + given))
                piece_start, given = n + 1, given + share
        pieces.append((piece_start, end, sums[piece_start] - sums[start] + given))
        return Line(start, end, inset, 0.0, tuple(pieces))
    return Line(start, end, inset, missing / (end - start - 1), ())
