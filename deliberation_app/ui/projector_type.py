"""Type for the room: a text is shaped once, measured and painted from that; the size that fitted a box stays known."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import combinations, pairwise

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from deliberation_app.ui.console_text import Wrapped
from deliberation_app.ui.kit import rare_faces, theme

LEAST = 40
_STEP = 4
_LEAST_OF_IT = 0.82
_ENDLESS = 1e6
# Where the parts of a name meet: a line may end behind these.
_JOINTS = "·・•‧ -"
# So much larger must a name be that is broken anywhere.
_LESS_OF_IT = 0.75


@lru_cache(256)
def face(size: int, weight: int, rare: tuple[str, ...] = ()) -> QFont:
    """The face of this size and weight, with rare ones behind it."""
    made = theme.font("body")
    made.setFamilies([*theme.SANS[:2], *rare, *theme.SANS[2:]])
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    return made


def _face_of(text: str, size: int, weight: int) -> QFont:
    """The face that has every character of a text."""
    weight, rare = rare_faces.worn(text, weight)
    return face(size, weight, rare)


@lru_cache(256)
def high(size: int, weight: int) -> float:
    """How high one line is."""
    return QFontMetricsF(face(size, weight)).height()


@lru_cache(2048)
def wide(text: str, size: int, weight: int) -> float:
    """How wide a text is in one line."""
    return QFontMetricsF(_face_of(text, size, weight)).horizontalAdvance(text)


@lru_cache(512)
def cut(text: str, size: int, weight: int, width: float) -> str:
    """A text that ends in … where it is wider than this."""
    if wide(text, size, weight) <= width:
        return text
    return QFontMetricsF(_face_of(text, size, weight)).elidedText(text, Qt.TextElideMode.ElideRight, width)


@lru_cache(512)
def laid(text: str, size: int, weight: int, width: float) -> Wrapped:
    """A text in the lines that it has in a width."""
    return Wrapped(text, _face_of(text, size, weight), width)


def _lines(text: str, size: float, weight: int, width: float) -> int:
    return round(laid(text, round(size), weight, width).height / high(round(size), weight))


def _largest(most: float, fits: Callable[[float], bool]) -> float:
    """The largest size, in steps from `most` down, that fits; the least where none does."""
    if most <= LEAST or fits(most):
        return most
    steps = [most - _STEP * at for at in range(1, int((most - LEAST) / _STEP) + 1)]
    sizes = [*(size for size in steps if size > LEAST), LEAST]
    return sizes[min(bisect_left(sizes, True, key=fits), len(sizes) - 1)]


@lru_cache(1024)
def size_in_line(text: str, most: float, weight: int, width: float) -> float:
    """The largest size in which a text is no wider than this."""
    return _largest(most, lambda size: wide(text, round(size), weight) <= width)


@lru_cache(1024)
def size_in_box(text: str, most: float, weight: int, width: float, height: float) -> float:
    """The largest size in which a text fits a box."""
    size = _largest(most, lambda size: laid(text, round(size), weight, width).height <= height)
    lines = _lines(text, size, weight, width)
    if lines == 1:
        return size
    # A little smaller rather than a last line of one or two characters.
    less = range(int(size) - _STEP, int(max(size * _LEAST_OF_IT, LEAST)) - 1, -_STEP)
    at = bisect_left(less, True, key=lambda size: _lines(text, size, weight, width) < lines)
    return less[at] if at < len(less) else size


@lru_cache(256)
def parted(name: str, most: float, weight: int, width: float, height: float) -> str:
    """A name that needs several lines, broken where its parts meet; as it is where that makes it no larger."""
    if wide(name, round(most), weight) <= width:
        return name
    ends = [at for at, sign in enumerate(name, 1) if sign in _JOINTS and at < len(name)]
    ways = [name, *(_broken(name, at) for at in ([one] for one in ends)),
            *(_broken(name, at) for at in combinations(ends, 2))]  # fmt: skip

    def rank(way: str) -> tuple[bool, float, float]:
        size = size_in_box(way, most, weight, width, height)
        whole = laid(way, round(size), weight, width).height <= height
        held = way != name and _lines(way, size, weight, width) == way.count("\n") + 1
        longest = max(wide(line, LEAST, weight) for line in way.split("\n"))
        return whole, size * (1 if held else _LESS_OF_IT), -longest

    return max(ways, key=rank)


def _broken(name: str, ends: Sequence[int]) -> str:
    edges = (0, *ends, len(name))
    return "\n".join(name[first:last].strip() for first, last in pairwise(edges))


@lru_cache(256)
def beginning(text: str, more: str, size: int, weight: int, width: float, height: float) -> str:
    """As much of a text as a box holds, with `more` behind it where that is not all."""
    if laid(text, size, weight, width).height <= height:
        return text
    ends = range(1, len(text))
    end = bisect_left(ends, True, key=lambda end: laid(text[:end] + more, size, weight, width).height > height)
    return text[:end].rstrip("…") + more


def write(painter: QPainter, text: str, box: QRectF, size: int, weight: int, *, right: bool) -> None:
    """One line in the middle of a box, at its left or right edge, in the pen of the painter."""
    left = box.right() - wide(text, size, weight) if right else box.left()
    line = laid(text, size, weight, _ENDLESS)
    line.draw(painter, left, box.top() + (box.height() - line.height) / 2)
