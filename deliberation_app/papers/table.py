"""Ruled tables: the heading row on each page, rows as high as their longest cell, and the box of a vote."""

from __future__ import annotations

from itertools import accumulate

from deliberation_app.domain.minutes import Table, Vote
from deliberation_app.papers import fonts, sheet
from deliberation_app.papers.lines import centred, clean, fitted, joined, set_lines, width
from deliberation_app.papers.sheet import PITCH, WIDE, Block, Columns
from deliberation_app.papers.titles import title_lines

PADDING = 4.0
# the words over a column may come nearer to its rules
HEAD_PADDING = 1.5
# 小四 where there is room, 五号 for many columns or many rows
MANY_COLUMNS, MANY_ROWS = 5, 40
ROW_HEIGHTS = {sheet.SIZE_SMALL_4: 0.75 * PITCH, sheet.SIZE_5: 0.625 * PITCH}
# columns whose cells hold no more characters than this stand in the middle
SHORT = 5
# a cell with more lines than this is continued on the next page
MOST_LINES = 24
VOTE_LABEL = 5.0
PASSED_LABEL = "表决结果"


def table(part: Table) -> list[Block]:
    """The rows of a table; the heading row is repeated, totals stay with the last row."""
    total = sum(part.widths) or len(part.columns)
    shares = part.widths if sum(part.widths) else (1,) * len(part.columns)
    edges = tuple(accumulate((WIDE * share / total for share in shares), initial=0.0))
    size = sheet.SIZE_5 if len(part.columns) >= MANY_COLUMNS or len(part.rows) > MANY_ROWS else sheet.SIZE_SMALL_4
    columns = Columns(edges, size=size)
    middle = short_columns(part.rows, len(part.columns))
    head = heading_row(columns, part.columns)
    columns.head = head
    blocks = [head]
    for row in part.rows:
        blocks += _rows(columns, row, middle, fonts.SONGTI)
    return with_totals(blocks, part.totals, size)


def heading_row(columns: Columns, cells: tuple[str, ...]) -> Block:
    """The row that is repeated on each page: words in the middle, broken by sense."""
    size, edges = columns.size, columns.edges
    down, height = _first_line(size), ROW_HEIGHTS[size]
    found: list[list[tuple[sheet.Words, ...]]] = []
    for cell, left, right in zip(cells, edges, edges[1:], strict=False):
        room = right - left - 2 * HEAD_PADDING
        lines = title_lines(fonts.HEITI, clean(cell), size, room)
        found.append(
            [
                (centred(fonts.HEITI, line, size, down=down, left=left + HEAD_PADDING, wide=room),)
                for line in lines
                if line
            ]
        )
    head = _row(found, height, columns, 0, max(map(len, found), default=1))
    head.keep, head.body = True, False
    return head


def short_columns(rows: tuple[tuple[str, ...], ...], count: int) -> tuple[bool, ...]:
    """Of which columns every cell is short, so that it stands in the middle."""
    return tuple(all(len(row[n]) <= SHORT for row in rows if n < len(row)) for n in range(count))


def with_totals(blocks: list[Block], totals: str, size: float) -> list[Block]:
    """The rows with one line below them that stays with the last one, or a little room."""
    if not totals:
        return [*blocks, room_after()]
    if len(blocks) > 1:
        blocks[-1].keep = True
    words = ((fonts.SONGTI, clean(totals)),)
    found = set_lines(words, size, WIDE - 2 * PADDING, down=_first_line(size), left=PADDING)
    height = ROW_HEIGHTS[size] + (len(found) - 1) * size * 1.3
    return [*blocks, Block(height, height, joined(found, size * 1.3), snap=False)]


def room_after() -> Block:
    """A little room below a box, so that a heading does not touch its last rule."""
    return Block(sheet.PITCH / 4, 0.0, body=False, snap=False, gap=True)


def _first_line(size: float) -> float:
    """The baseline of the first line below the top of its row."""
    return (ROW_HEIGHTS[size] - size) / 2 + sheet.ASCENT * size


def _rows(columns: Columns, cells: tuple[str, ...], middle: tuple[bool, ...], face: str) -> list[Block]:
    """One row; more than one block only where a cell is longer than a page."""
    size, edges = columns.size, columns.edges
    down, height = _first_line(size), ROW_HEIGHTS[size]
    words: list[sheet.Words] = []
    for cell, centre, left, right in zip(cells, middle, edges, edges[1:], strict=False):
        if not cell:
            continue
        run = columns.known.get(cell) or _measured(columns, cell, face)
        if run[1] > right - left - 2 * PADDING:
            return _turned_over(columns, cells, middle, face)
        words.append(((left + right - run[1]) / 2 if centre else left + PADDING, down, size, 0.0, run[0]))
    return [Block(height, height, tuple(words), snap=False, table=columns)]


def _measured(columns: Columns, cell: str, face: str) -> tuple[sheet.Runs, float]:
    """A cell's words and how wide they are, remembered because most cells of a column are alike."""
    text = clean(cell)
    columns.known[cell] = found = (((face, text),), width(face, text, columns.size))
    return found


def _turned_over(columns: Columns, cells: tuple[str, ...], middle: tuple[bool, ...], face: str) -> list[Block]:
    """A row of which some cells need more than one line."""
    size, edges = columns.size, columns.edges
    down, height = _first_line(size), ROW_HEIGHTS[size]
    columns_lines = []
    for cell, centre, left, right in zip(cells, middle, edges, edges[1:], strict=False):
        wide = right - left - 2 * PADDING
        found = fitted(face, cell, size, wide, down=down, left=left + PADDING)
        if len(found) == 1 and centre:
            found = [in_the_middle(found[0], left + PADDING, wide)]
        columns_lines.append(found)
    most = max(map(len, columns_lines), default=1)
    if most <= MOST_LINES:
        return [_row(columns_lines, height, columns, 0, most)]
    blocks = [_row(columns_lines, height, columns, n, MOST_LINES) for n in range(0, most, MOST_LINES)]
    for block in blocks[:-1]:
        block.ruled = False
    return blocks


def in_the_middle(line: tuple[sheet.Words, ...], left: float, wide: float) -> tuple[sheet.Words, ...]:
    """A cell's only line, moved to the middle."""
    _, down, size, space, runs = line[0]
    taken = sum(width(name, text, size) for name, text in runs)
    return ((left + (wide - taken) / 2, down, size, space, runs),)


def _row(cells: list[list[tuple[sheet.Words, ...]]], height: float, columns: Columns, start: int, count: int) -> Block:
    """Lines `start` to `start + count` of each cell, each cell in the middle of the row's height."""
    leading = columns.size * 1.3
    parts = [lines[start : start + count] for lines in cells]
    most = max((len(lines) for lines in parts), default=1) or 1
    words: list[sheet.Words] = []
    for lines in parts:
        drop = (most - len(lines)) / 2 * leading
        words += [(x, down + drop, s, c, runs) for x, down, s, c, runs in joined(lines, leading)]
    high = height + (most - 1) * leading
    return Block(high, high, tuple(words), snap=False, table=columns)


def vote(part: Vote) -> list[Block]:
    """A vote in a ruled box: the motion, how it was taken, the numbers, the arithmetic with its clause, the outcome."""
    size = sheet.SIZE_SMALL_4
    columns = Columns((0.0, VOTE_LABEL * size + 2 * PADDING, WIDE), size=size)
    lines = (
        ("表决事项", part.motion, fonts.HEITI),
        ("表决方式", part.method, fonts.SONGTI),
        ("票数", part.numbers, fonts.SONGTI),
        ("计算与依据", part.explanation, fonts.SONGTI),
        (PASSED_LABEL, part.outcome, fonts.HEITI),
        *(("说明", remark, fonts.SONGTI) for remark in part.remarks),
    )
    blocks: list[Block] = []
    for label, text, face in lines:
        if text:
            blocks += _vote_row(columns, label, clean(text), face)
    for block in blocks[:-1]:
        block.keep = True
    before = Block(sheet.PITCH / 4, 0.0, body=False, snap=False, gap=True, keep=True)
    return [before, *blocks, room_after()] if blocks else []


def _vote_row(columns: Columns, label: str, text: str, face: str) -> list[Block]:
    """One line of the box: the label in 黑体, the words beside it."""
    size, (_, edge, right) = columns.size, columns.edges
    down, height = _first_line(size), ROW_HEIGHTS[size]
    found = set_lines(((face, text),), size, right - edge - 2 * PADDING, down=down, left=edge + PADDING)
    label_lines = set_lines(((fonts.HEITI, label),), size, edge - 2 * PADDING + 1, down=down, left=PADDING)
    if len(found) <= MOST_LINES:
        return [_row([label_lines, found], height, columns, 0, MOST_LINES)]
    blocks = [_row([label_lines, found], height, columns, n, MOST_LINES) for n in range(0, len(found), MOST_LINES)]
    for block in blocks[:-1]:
        block.ruled = False
    return blocks
