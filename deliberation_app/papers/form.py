"""Ruled forms to fill in by hand or by the program, small notes, lines to write on."""

from __future__ import annotations

from itertools import accumulate

from deliberation_app.papers import fonts, sheet, table
from deliberation_app.papers.document import Field, Fields, Note, WritingLines
from deliberation_app.papers.lines import clean, joined, paragraphs, set_lines
from deliberation_app.papers.sheet import MM, PITCH, WIDE, Block, Columns, Words

SIZE = sheet.SIZE_SMALL_4
LEADING = 1.35
LABEL = 5 * SIZE + 2 * table.PADDING
# long labels take a wider place, at most this share of their field
WIDEST_LABEL = 0.45
# a hand needs this much for a line
WRITTEN = 9 * MM
# a text of more lines is set one size smaller
LONG = 4
ROW = 9 * MM


def fields(part: Fields) -> list[Block]:
    """The rows of a form; a text longer than a page goes on in the next row."""
    columns = Columns((0.0, WIDE), size=SIZE)
    blocks: list[Block] = []
    for row in part.rows:
        blocks += _row(columns, row)
    for block in blocks[:-1]:
        block.keep = part.whole
    return [*blocks, table.room_after()] if blocks else []


def row_edges(row: tuple[Field, ...]) -> list[float]:
    """Where the upright rules of a row stand: at the edges, and after each label."""
    total = sum(field.share for field in row)
    places = [0.0, *accumulate(WIDE * field.share / total for field in row)]
    edges = [0.0]
    for field, left, right in zip(row, places, places[1:], strict=False):
        edges += [left + _label_width(field, right - left), right]
    return edges


def _row(columns: Columns, row: tuple[Field, ...]) -> list[Block]:
    edges = row_edges(row)
    cells: list[list[tuple[Words, ...]]] = []
    high = ROW
    for n, field in enumerate(row):
        left, middle, right = edges[2 * n : 2 * n + 3]
        cells.append(_set(fonts.HEITI, field.label, left, middle))
        text = _set(fonts.SONGTI, field.text, middle, right)
        cells.append(text if len(text) <= LONG else _set(fonts.SONGTI, field.text, middle, right, sheet.SIZE_5))
        high = max(high, field.lines * WRITTEN if field.lines > 1 else 0.0)
    most = max(len(lines) for lines in cells)
    if most <= table.MOST_LINES:
        return [_block(columns, tuple(edges), cells, high)]
    pieces = [
        _block(columns, tuple(edges), [lines[n : n + table.MOST_LINES] for lines in cells], 0.0)
        for n in range(0, most, table.MOST_LINES)
    ]
    for piece in pieces[:-1]:
        piece.ruled = False
    return pieces


def _label_width(field: Field, wide: float) -> float:
    natural = len(clean(field.label)) * SIZE + 2 * table.PADDING
    return min(max(LABEL, natural), wide * WIDEST_LABEL) if field.label else 0.0


def _set(face: str, text: str, left: float, right: float, size: float = SIZE) -> list[tuple[Words, ...]]:
    lines: list[tuple[Words, ...]] = []
    for part in paragraphs(text):
        if part:
            wide = right - left - 2 * table.PADDING
            lines += set_lines(((face, part),), size, wide, down=0.0, left=left + table.PADDING)
    return lines


def _size(lines: list[tuple[Words, ...]]) -> float:
    return next((line[0][2] for line in lines if line), SIZE)


def _high(lines: list[tuple[Words, ...]]) -> float:
    return len(lines) * _size(lines) * LEADING


def _block(columns: Columns, edges: tuple[float, ...], cells: list[list[tuple[Words, ...]]], least: float) -> Block:
    height = max(least, max(map(_high, cells), default=SIZE) + 2 * table.PADDING)
    words: list[Words] = []
    for lines in cells:
        size = _size(lines)
        leading = size * LEADING
        first = (height - (len(lines) - 1) * leading - size) / 2 + sheet.ASCENT * size
        words += [(x, first + n * leading, s, c, runs) for n, line in enumerate(lines) for x, _, s, c, runs in line]
    return Block(height, height, tuple(words), snap=False, table=columns, edges=edges)


def note(part: Note) -> list[Block]:
    """Small type over the whole width, a block a line."""
    size = sheet.SIZE_5
    blocks: list[Block] = []
    for text in paragraphs(part.text):
        for words in set_lines(((fonts.SONGTI, text),), size, WIDE, down=sheet.ASCENT * size + 2.0):
            blocks.append(Block(size * 1.5, size * 1.2, words, snap=False, body=False))
    return blocks


def writing_lines(part: WritingLines) -> list[Block]:
    """Empty lines, a label on the first."""
    blocks: list[Block] = []
    for n in range(part.count):
        words: tuple[Words, ...] = ()
        start = 0.0
        if n == 0 and part.label:
            found = set_lines(((fonts.FANGSONG, clean(part.label)),), sheet.SIZE_4, WIDE, down=PITCH - 8)
            words = joined(found[:1], PITCH)
            start = len(clean(part.label)) * sheet.SIZE_4
        rule = (start, PITCH - 4.0, WIDE - start, sheet.HAIRLINE)
        blocks.append(Block(PITCH, PITCH, words, fills=(rule,), snap=False))
    return blocks
