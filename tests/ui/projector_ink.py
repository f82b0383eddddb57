"""What a scene for the room puts where, for tests: texts as they are painted, and what is wrong with them."""

from __future__ import annotations

from itertools import combinations

from PySide6.QtCore import QRectF

from deliberation_app.ui import projector_type as type_
from deliberation_app.ui.projector_canvas import HEIGHT, Canvas

# The widths of a scene on a wide screen and on an old projector.
WIDTHS = (1920.0, 1440.0)
# A line of the face is higher than its ink.
_AIR = 0.2
_HAIR = 2.0


def inked(canvas: Canvas) -> list[tuple[str, int, QRectF]]:
    """Each text as it is painted, its size, and where its ink is."""
    found = []
    for how, *stroke in canvas.strokes:
        if how == "line":
            shown, place, size, weight, _tone, right = stroke[4:]
            wide, high = type_.wide(shown, size, weight), type_.high(size, weight)
            left = place[0] + place[2] - wide if right else place[0]
            found.append((shown, size, QRectF(left, place[1] + (place[3] - high) / 2, wide, high)))
        elif how == "lines":
            shown, place, size, weight, _tone = stroke[4:]
            laid = type_.laid(shown, size, weight, place[2])
            found.append((shown, size, QRectF(place[0], place[1], laid.widest, laid.height)))
    return [one for one in found if one[0].strip()]


def faults(canvas: Canvas) -> list[str]:
    """What is cut, lies outside, lies across something else, or is too small to be read from ten metres."""
    texts, wrong = inked(canvas), []
    for shown, size, place in texts:
        if shown.endswith("…"):
            wrong.append(f"cut: {shown}")
        if size < type_.LEAST:
            wrong.append(f"too small: {shown}")
        if place.left() < 0 or place.right() > canvas.width or place.top() < -_HAIR or place.bottom() > HEIGHT + _HAIR:
            wrong.append(f"outside: {shown}")
    for (one, small, here), (other, large, there) in combinations(texts, 2):
        over = _ink(here, small).intersected(_ink(there, large))
        if over.width() > _HAIR and over.height() > _HAIR:
            wrong.append(f"across: {one} / {other}")
    return wrong


def _ink(place: QRectF, size: int) -> QRectF:
    return place.adjusted(0, size * _AIR, 0, -size * _AIR)
