"""Several small papers on one sheet, with dashed lines to cut along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

from deliberation_app.papers import fonts, sheet
from deliberation_app.papers.document import Slips
from deliberation_app.papers.lines import balanced, centred, clean
from deliberation_app.papers.sheet import HIGH, MM, WIDE, Block

# room above and below what stands on a slip, so that a crooked cut hits nothing
MARGIN = 7 * MM
TITLE = sheet.SIZE_4
TITLE_LEADING = TITLE * 1.4


def slips(part: Slips, set_one: Callable[[Any], list[Block]]) -> list[Block]:
    """Each slip as one block that never splits; `set_one` sets what stands on it."""
    blocks: list[Block] = []
    end = 0.0
    for contents in part.slips:
        slip = _slip(part.titles, [block for content in contents for block in set_one(content)])
        last_of_page = end + 2 * slip.height > HIGH + sheet.SLACK
        blocks.append(slip)
        end = 0.0 if last_of_page else end + slip.height
    return blocks


def _slip(titles: tuple[str, ...], contents: list[Block]) -> Block:
    """One slip: its titles, what stands on it, and the line along which it is cut from the next."""
    top = MARGIN
    slip = Block(0.0, 0.0, snap=False)
    words = list(slip.words)
    for title in titles:
        for line in balanced(fonts.HEITI, clean(title), TITLE, WIDE):
            words.append(centred(fonts.HEITI, line, TITLE, down=top + sheet.ASCENT * TITLE, left=0.0, wide=WIDE))
            top += TITLE_LEADING
    top += 2 * MM
    boxes: list[sheet.Box] = []
    fills: list[sheet.Box] = []
    for block in contents:
        words += [(x, down + top, size, space, runs) for x, down, size, space, runs in block.words]
        fills += [(x, y + top, wide, high) for x, y, wide, high in block.fills]
        boxes += [(x, y + top, wide, high) for x, y, wide, high in block.boxes]
        edges = block.edges or (block.table.edges if block.table is not None else ())
        boxes += [(left, top, right - left, block.height) for left, right in pairwise(edges)]
        top += block.height
    height = top + MARGIN
    cut = (-sheet.LEFT / 2, height, WIDE + sheet.LEFT, 0.0)
    return replace(
        slip, height=height, ink=height, words=tuple(words), boxes=tuple(boxes), fills=tuple(fills), cuts=(cut,)
    )
