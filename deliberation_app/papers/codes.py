"""QR codes as filled squares, and the table with room to sign whose rows may each carry one."""

from __future__ import annotations

from itertools import accumulate

import segno

from deliberation_app.papers import fonts, sheet, table
from deliberation_app.papers.document import SignTable
from deliberation_app.papers.lines import fitted
from deliberation_app.papers.sheet import MM, WIDE, Block, Box, Columns, Words

# a code in a row: large enough for a cheap scanner, with its quiet zone
SIDE, ROW = 10.5 * MM, 13 * MM
# what a hand needs
WRITTEN = 10 * MM
COLUMN = 15.5 * MM


def squares(text: str, x: float, y: float, side: float) -> tuple[Box, ...]:
    """The dark squares of a QR code, those of a row joined, its top left corner at (x, y)."""
    matrix = segno.make_qr(text, error="m").matrix
    step = side / len(matrix)
    fills: list[Box] = []
    for down, row in enumerate(matrix):
        at = 0
        while at < len(row):
            start = at
            while at < len(row) and row[at]:
                at += 1
            if at > start:
                fills.append((x + start * step, y + down * step, (at - start) * step, step))
            at += 1
    return tuple(fills)


def sign_table(part: SignTable) -> list[Block]:
    """Rows with room to sign, codes at their end where there are any; totals with the last row."""
    total = sum(part.widths) or len(part.columns)
    shares = part.widths if sum(part.widths) else (1,) * len(part.columns)
    room = WIDE - COLUMN if part.codes else WIDE
    edges = tuple(accumulate((room * share / total for share in shares), initial=0.0))
    size = sheet.SIZE_5 if len(part.columns) >= table.MANY_COLUMNS else sheet.SIZE_SMALL_4
    columns = Columns((*edges, WIDE) if part.codes else edges, size=size)
    head = table.heading_row(columns, (*part.columns, part.code_column) if part.codes else part.columns)
    columns.head = head
    codes = part.codes or ("",) * len(part.rows)
    middle = table.short_columns(part.rows, len(part.columns))
    rows = [block for cells, code in zip(part.rows, codes, strict=True) for block in _row(columns, cells, code, middle)]
    return table.with_totals([head, *rows], part.totals, size)


def _row(columns: Columns, cells: tuple[str, ...], code: str, middle: tuple[bool, ...]) -> list[Block]:
    """One row; more than one block only where a cell is longer than a page."""
    size, edges = columns.size, columns.edges
    found = []
    for cell, centre, left, right in zip(cells, middle, edges, edges[1:], strict=False):
        wide = right - left - 2 * table.PADDING
        lines = fitted(fonts.SONGTI, cell, size, wide, left=left + table.PADDING)
        if centre and len(lines) == 1:
            lines = [table.in_the_middle(lines[0], left + table.PADDING, wide)]
        found.append(lines)
    most = max((len(lines) for lines in found), default=1) or 1
    if most <= table.MOST_LINES:
        return [_block(columns, found, code)]
    starts = range(0, most, table.MOST_LINES)
    pieces = [
        _block(columns, [lines[n : n + table.MOST_LINES] for lines in found], code if not n else "") for n in starts
    ]
    for piece in pieces[:-1]:
        piece.ruled = False
    return pieces


def _block(columns: Columns, found: list[list[tuple[Words, ...]]], code: str) -> Block:
    size, edges = columns.size, columns.edges
    leading = size * 1.3
    most = max((len(lines) for lines in found), default=1) or 1
    height = max(ROW if code else WRITTEN, most * leading + 2 * table.PADDING)
    words: list[Words] = []
    for lines in found:
        first = (height - (len(lines) - 1) * leading - size) / 2 + sheet.ASCENT * size
        words += [
            (x, first + n * leading, s, c, runs) for n, line in enumerate(lines) for x, _, s, c, runs in line
        ]  # fmt: skip
    fills = squares(code, edges[-2] + (COLUMN - SIDE) / 2, (height - SIDE) / 2, SIDE) if code else ()
    return Block(height, height, tuple(words), fills=fills, snap=False, table=columns)
