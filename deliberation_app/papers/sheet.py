"""The page of GB/T 9704-2012: its grid, and how what is to be printed is laid on pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

MM = 72 / 25.4
PAPER = (210 * MM, 297 * MM)
# 4.1: 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm, 28 characters × 22 lines
TOP, LEFT, WIDE, HIGH = 37 * MM, 28 * MM, 156 * MM, 225 * MM
CHARACTERS, LINES = 28, 22
CELL = WIDE / CHARACTERS
# a line is one height of 3号 and 7/8 of it; 22 heights and 21 gaps fill the type area
HEIGHT_3 = HIGH / (LINES + (LINES - 1) * 7 / 8)
PITCH = HEIGHT_3 * 15 / 8
PITCH_OF_WORD_PROCESSORS = 28.95
# 二号, 四号, 小四, 五号, 小五 in points
SIZE_2, SIZE_4, SIZE_SMALL_4, SIZE_5, SIZE_SMALL_5 = 22.0, 14.0, 12.0, 10.5, 9.0
# the baseline lies this share of the size below the top of the character's cell (all carried faces: 880 of 1000)
ASCENT = 0.88
HAIRLINE, RULE = 0.4, 0.7
# two heights that differ by less than this are the same height
SLACK = 0.01

Runs = tuple[tuple[str, str], ...]
# (x from the left of the type area, baseline below the top of the block, size, character space, runs of (face, text))
Words = tuple[float, float, float, float, Runs]
Box = tuple[float, float, float, float]
Stroke = tuple[float, tuple[tuple[float, float], ...]]


@dataclass(slots=True)
class Block:
    """What stays in one piece: its words and boxes, measured from its own top left corner, in points."""

    height: float
    ink: float
    words: tuple[Words, ...] = ()
    boxes: tuple[Box, ...] = ()
    fills: tuple[Box, ...] = ()
    body: bool = True
    # not separated from the next block
    keep: bool = False
    # starts on a line of the grid
    snap: bool = True
    # an empty distance, dropped at the head of a page
    gap: bool = False
    # set on the bottom edge of the type area
    bottom: bool = False
    # ruled rows: the block's table and whether a rule closes it
    table: Columns | None = None
    ruled: bool = True
    # where the upright rules of this row stand, where that differs from its table
    edges: tuple[float, ...] | None = None
    bookmark: str = ""
    # in the red of official papers
    red: bool = False
    # dashed lines to cut along, from (x, y) to (x + wide, y + high)
    cuts: tuple[Box, ...] = ()
    # written by hand on a screen: width of the pen and points
    strokes: tuple[Stroke, ...] = ()
    # where somebody signs: which place of the paper, and the room above its line
    places: tuple[tuple[int, Box], ...] = ()
    # small words that are no words of the paper: who signed on the screen and when
    stamps: tuple[tuple[str, Box], ...] = ()


@dataclass(slots=True, eq=False)
class Columns:
    """The columns of a table: where the upright rules stand, and the heading row repeated on each page."""

    edges: tuple[float, ...]
    head: Block | None = None
    size: float = SIZE_5
    # cells already measured: their runs and width
    known: dict[str, tuple[Runs, float]] = field(default_factory=dict)


@dataclass(slots=True)
class Page:
    """One page: blocks with the distance of each from the top of the type area."""

    blocks: list[tuple[float, Block]] = field(default_factory=list)
    end: float = 0.0


def paginate(blocks: Sequence[Block], pitch: float = PITCH, breaks: frozenset[int] = frozenset()) -> list[Page]:
    """Lay blocks on pages in their order; a new page also begins before each index in `breaks`."""
    needs = _needs(blocks)
    pages = [Page()]
    for n, block in enumerate(blocks):
        page = pages[-1]
        if block.gap and not page.blocks:
            continue
        at = _place(page.end, block, pitch)
        if page.blocks and (n in breaks or at + needs[n] > HIGH + SLACK):
            page = Page()
            pages.append(page)
            if block.gap:
                continue
            at = 0.0
            if block.table is not None and block.table.head is not None and block is not block.table.head:
                page.blocks.append((0.0, block.table.head))
                at = block.table.head.height
        if block.bottom:
            at = max(at, HIGH - block.ink)
        page.blocks.append((at, block))
        page.end = at + block.height
    return pages


def _place(end: float, block: Block, pitch: float) -> float:
    """Where a block begins: on the next line of the grid if it keeps to the grid."""
    if not block.snap:
        return end
    lines = end / pitch
    whole = round(lines)
    return whole * pitch if abs(lines - whole) < SLACK else (int(lines) + 1) * pitch


def _needs(blocks: Sequence[Block]) -> list[float]:
    """How much room each block needs, with those it must not be separated from; never more than a page."""
    needs = [0.0] * len(blocks)
    following = 0.0
    for n in range(len(blocks) - 1, -1, -1):
        block = blocks[n]
        needs[n] = block.height + following if block.keep and following else block.ink
        if needs[n] > HIGH:
            needs[n] = block.ink
        following = needs[n]
    return needs


def lay_out(
    blocks: Sequence[Block], tail: int, pitch: float = PITCH, breaks: frozenset[int] = frozenset()
) -> list[Page]:
    """Pages on which the tail (signatures and code, from that index on) never stands without two lines of body."""
    pages = paginate(blocks, pitch, breaks)
    marker = next((block for block in blocks[tail:] if not block.gap), None)
    if marker is None or _body_before(pages, marker) >= 2:
        return pages
    body = [n for n in range(tail) if blocks[n].body]
    if len(body) < 2:
        return pages
    start = body[-2]
    room = HIGH - sum(block.height for block in blocks[tail:])
    while start and blocks[start - 1].keep and sum(block.height for block in blocks[start - 1 : tail]) < room:
        start -= 1
    return paginate(blocks, pitch, breaks | {start})


def _body_before(pages: Sequence[Page], tail: Block) -> int:
    """How many blocks of body stand before the tail on its page."""
    page = next(page for page in pages if any(block is tail for _, block in page.blocks))
    count = 0
    for _, block in page.blocks:
        if block is tail:
            break
        count += block.body
    return count


def page_of(pages: Sequence[Page], block: Block) -> int:
    """The number of the page on which a block stands, from 1."""
    return next(n for n, page in enumerate(pages, 1) if any(other is block for _, other in page.blocks))
