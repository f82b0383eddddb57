"""What was written with a pen on the screen, as strokes on paper: smoothed, scaled to its line, never a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from deliberation_app.papers.sheet import Box, Stroke

# One movement of the pen: (x, y, width of the pen), all in shares of the height of the field it was written in.
Movement = Sequence[Sequence[float]]
Hand = Sequence[Movement]

# Between two points of the pen as many are put as a printer can show.
BETWEEN = 3
# The whole field is drawn this many times the height of a line at most, so that a dot stays a dot.
LARGEST = 1.6
THINNEST, THICKEST = 0.45, 1.7
# Widths that differ by less are one line.
STEP = 0.15


@dataclass(frozen=True, kw_only=True)
class Signed:
    """What was signed on the screen: strokes and who wrote them when, by their place; the day where it is known."""

    hands: Mapping[int, Hand] = field(default_factory=dict)
    beside: Mapping[int, str] = field(default_factory=dict)
    date: str = ""


UNSIGNED = Signed()


def strokes(hand: Hand, box: Box) -> tuple[Stroke, ...]:
    """The strokes that fill a box of (left, top, wide, high) as far as their shape lets them, standing on its foot."""
    points = [point for movement in hand for point in movement]
    if not points:
        return ()
    left, top, wide, high = box
    x, y = min(point[0] for point in points), min(point[1] for point in points)
    across = max(max(point[0] for point in points) - x, 1e-6)
    down = max(max(point[1] for point in points) - y, 1e-6)
    scale = min(wide / across, high / down, high * LARGEST)
    foot = top + high - down * scale
    indent = min((wide - across * scale) / 2, high / 2)
    found: list[Stroke] = []
    for movement in hand:
        placed = [
            (left + indent + (one[0] - x) * scale, foot + (one[1] - y) * scale, _pen(one[2] * scale))
            for one in movement
        ]
        found += _lines(smooth(placed))
    return tuple(found)


def _pen(width: float) -> float:
    return min(max(width, THINNEST), THICKEST)


def smooth(points: Sequence[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """The curve through all points that turns nowhere suddenly (Catmull and Rom), the pen's width with it."""
    if len(points) < 3:
        return list(points)
    held = [points[0], *points, points[-1]]
    found: list[tuple[float, float, float]] = []
    for n in range(1, len(held) - 2):
        before, start, end, after = held[n - 1 : n + 3]
        for step in range(BETWEEN):
            t = step / BETWEEN
            x, y, pen = (
                0.5
                * (
                    2 * start[axis]
                    + (end[axis] - before[axis]) * t
                    + (2 * before[axis] - 5 * start[axis] + 4 * end[axis] - after[axis]) * t * t
                    + (3 * start[axis] - before[axis] - 3 * end[axis] + after[axis]) * t * t * t
                )
                for axis in range(3)
            )
            found.append((x, y, pen))
    return [*found, points[-1]]


def _lines(points: Sequence[tuple[float, float, float]]) -> list[Stroke]:
    """Lines of one width each, the next beginning where the last one ended."""
    if len(points) == 1:
        x, y, pen = points[0]
        return [(pen, ((x, y), (x + 0.01, y)))]
    found: list[tuple[float, list[tuple[float, float]]]] = []
    for (x, y, pen), (to_x, to_y, _) in pairwise(points):
        width = max(round(pen / STEP) * STEP, THINNEST)
        if not found or found[-1][0] != width:
            found.append((width, [(x, y)]))
        found[-1][1].append((to_x, to_y))
    return [(width, tuple(line)) for width, line in found]
