"""Several small papers on one sheet, all of one size, with dashed lines to cut along."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from deliberation_app.papers import fonts, sheet
from deliberation_app.papers.document import Slips
from deliberation_app.papers.lines import centred, clean
from deliberation_app.papers.sheet import HIGH, LEFT, MM, PAPER, TOP, WIDE, Block
from deliberation_app.papers.titles import title_lines

# room above and below what stands on a slip, so that a crooked cut or the edge of a printer hits nothing
MARGIN = 8 * MM
TITLE = sheet.SIZE_4
TITLE_LEADING = TITLE * 1.4
BELOW_TITLE = 2 * MM


def slips(part: Slips, set_one: Callable[[Any], list[Block]]) -> list[Block]:
    """The sheet cut into as many equal parts as fit, each slip a block in the middle of its part, never split.

    What does not fit one sheet is set like any other paper.
    """
    blocks: list[Block] = []
    for place, contents in enumerate(part.slips):
        found = [*_titles(part.titles), *(block for content in contents for block in set_one(content))]
        high = sum(block.height for block in found)
        across = int(PAPER[1] // (high + 2 * MARGIN))
        blocks += [_slip(found, high, across, place % across)] if across else found
    return blocks


def _titles(titles: tuple[str, ...]) -> list[Block]:
    lines = [line for title in titles for line in title_lines(fonts.HEITI, clean(title), TITLE, WIDE)]
    down = sheet.ASCENT * TITLE
    blocks = [
        Block(
            TITLE_LEADING, TITLE, (centred(fonts.HEITI, line, TITLE, down=down, left=0.0, wide=WIDE),), keep=True,
            snap=False,
        )
        for line in lines
    ]  # fmt: skip
    return [*blocks, Block(BELOW_TITLE, 0.0, snap=False)]


def _slip(contents: list[Block], high: float, count: int, place: int) -> Block:
    """One slip: what stands on it, and the line along which it is cut from the next.

    For the layout each takes an equal part of the type area; drawn it stands in its part of the whole sheet.
    """
    part = PAPER[1] / count
    edge = place * part - TOP - place * HIGH / count
    top = edge + (part - high) / 2
    words: list[sheet.Words] = []
    boxes: list[sheet.Box] = []
    fills: list[sheet.Box] = []
    for block in contents:
        words += [(x, down + top, size, space, runs) for x, down, size, space, runs in block.words]
        fills += [(x, y + top, wide, tall) for x, y, wide, tall in block.fills]
        boxes += [(x, y + top, wide, tall) for x, y, wide, tall in block.boxes]
        edges = block.edges or (block.table.edges if block.table is not None else ())
        boxes += [(left, top, right - left, block.height) for left, right in pairwise(edges)]
        top += block.height
    height = HIGH / count - sheet.SLACK
    cuts = ((-LEFT, edge + part, PAPER[0], 0.0),) if place + 1 < count else ()
    return Block(
        height, height, tuple(words), boxes=tuple(boxes), fills=tuple(fills), cuts=cuts, snap=False
    )  # fmt: skip
