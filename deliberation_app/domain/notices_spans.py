"""Where a masked text differs from what was written: stretches to be highlighted, whole words and not single stars."""

from __future__ import annotations

from difflib import SequenceMatcher

Span = tuple[int, int]
_JOINED = 2  # signs between two stars that still belong to one masked word
_STARS = "*"


def spans(original: str, masked: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The stretches that were masked, in the original and in the masked text."""
    if original == masked:
        return (), ()
    pairs = [
        (a, b, c, d)
        for what, a, b, c, d in SequenceMatcher(None, original, masked, autojunk=False).get_opcodes()
        if what != "equal"
    ]
    grown = [_grown(original, masked, pair) for pair in pairs]
    joined: list[tuple[int, int, int, int]] = []
    for a, b, c, d in grown:
        if joined and (a - joined[-1][1] <= _JOINED or c - joined[-1][3] <= 0):
            first = joined.pop()
            joined.append((first[0], max(b, first[1]), first[2], max(d, first[3])))
        else:
            joined.append((a, b, c, d))
    return tuple((a, b) for a, b, _c, _d in joined), tuple((c, d) for _a, _b, c, d in joined)


def _grown(original: str, masked: str, pair: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """Grow over what belongs to the same number, or over the surname before the stars."""
    a, b, c, d = pair
    number = any(sign.isdigit() or sign.isascii() for sign in original[a:b])
    while a > 0 and c > 0 and original[a - 1] == masked[c - 1] and _near(original[a - 1], number, before=True):
        a, c = a - 1, c - 1
        if not number:
            break
    while number and b < len(original) and d < len(masked) and original[b] == masked[d] and _near(original[b], True):
        b, d = b + 1, d + 1
    return a, b, c, d


def _near(sign: str, number: bool, *, before: bool = False) -> bool:
    if number:
        return (sign.isascii() and sign.isalnum()) or sign in "-·*"
    return before and not sign.isascii() and sign.isalpha()
