"""The parts that papers are made of: title, headings, running text, statements, places to sign, the code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from deliberation_app.domain.minutes import Heading, Paragraph, Signature, Statement
from deliberation_app.papers import beside, codes, fonts, hand, sheet
from deliberation_app.papers.hand import UNSIGNED, Signed
from deliberation_app.papers.lines import (
    balanced,
    centred,
    clean,
    joined,
    paragraphs,
    set_line,
    set_lines,
    to_the_right,
    width,
)
from deliberation_app.papers.sheet import CELL, MM, PITCH, WIDE, Block
from deliberation_app.papers.titles import title_lines

DOWN = sheet.ASCENT * CELL
TITLE_PITCH = 38.0
HEADING_FACES = {1: fonts.HEITI, 2: fonts.KAITI}
ENDED = ("：", ":")
RULED = "＿"
LOW_LINES = re.compile(f"{RULED}+|[^{RULED}]+")
SIGN_COLUMNS, SIGN_GAP = 2, 3 * MM
SIGN_COLUMN = (WIDE - SIGN_GAP) / SIGN_COLUMNS
# from one row to the next; where many sign, the rows stand closer, so that they fit one page with the text before them
SIGN_PITCH, SIGN_PITCH_OF_MANY, CLOSEST = 1.4 * PITCH, 1.25 * PITCH, 1.15 * PITCH
MOST_SIGN_ROWS = 10
SIGN_PAGE = sheet.HIGH - 3 * PITCH
DATE_TO_FILL = "\u3000\u3000年\u3000\u3000月\u3000\u3000日"
SIGN_SIZES = (CELL, sheet.SIZE_4)
# a signature needs a line this long after its words
SIGN_ROOM = 40 * MM
SIGN_WORDS = SIGN_COLUMN - SIGN_ROOM
# the code stands in the margin below the type area, clear of what a printer cannot reach
CODE_SIDE, CODE_DROP, CODE_GAP, CODE_PITCH = 18 * MM, 3 * MM, 3 * MM, 13.0
CODE_WORDS = WIDE / 2 - CODE_SIDE - CODE_GAP
SMALL_PITCH = 15.0
# between what is written on a line and the row above it
SIGN_HEADROOM = 9.0


class _Place(NamedTuple):
    """A place to sign: the words before its line, how wide they are, which place of the paper it is."""

    label: str
    wide: float
    number: int


def title(unit: str, name: str, pitch: float = PITCH) -> list[Block]:
    """The unit and the name of the paper, 二号小标宋, centred, on as many lines of the grid as they need."""
    size = sheet.SIZE_2
    texts = [text for text in (clean(unit), clean(name)) if text]
    lines = [line for text in texts for line in title_lines(fonts.XIAOBIAOSONG, text, size, WIDE - 2 * size)]
    if not lines:
        return []
    words = tuple(
        centred(fonts.XIAOBIAOSONG, line, size, down=sheet.ASCENT * size + n * TITLE_PITCH + 8, left=0, wide=WIDE)
        for n, line in enumerate(lines)
    )
    height = pitch * -(-(len(lines) * TITLE_PITCH + 8) // pitch)
    return [Block(height, height, words, keep=True)]


def _lines(found: Sequence[tuple[sheet.Words, ...]], pitch: float, *, keep: bool = False) -> list[Block]:
    """A block for each line, so that a page may end after any of them."""
    return [Block(pitch, CELL, words, keep=keep) for words in found]


def heading(part: Heading, pitch: float = PITCH) -> list[Block]:
    """一、 in 黑体, （一） in 楷体, deeper ones in 仿宋; two characters in, never the last line of a page."""
    face = HEADING_FACES.get(part.level, fonts.FANGSONG)
    text = clean(part.text)
    if not text:
        return []
    blocks = _lines(set_lines(((face, text),), CELL, WIDE, down=DOWN, first=2 * CELL), pitch, keep=True)
    if part.level == 1:
        blocks[0].bookmark = text
    return blocks


def paragraph(part: Paragraph, pitch: float = PITCH) -> list[Block]:
    """Running text, 三号仿宋, first line two characters in; its label in 黑体."""
    blocks: list[Block] = []
    label = clean(part.label)
    for n, text in enumerate(paragraphs(part.text)):
        runs: sheet.Runs = _ruled(text) if RULED in text else ((fonts.FANGSONG, text),)
        if label and not n:
            runs = ((fonts.HEITI, label), *runs)
        blocks += _lines(set_lines(runs, CELL, WIDE, down=DOWN, first=2 * CELL), pitch)
    return blocks


def _ruled(text: str) -> sheet.Runs:
    """Places to write on as one line: the low lines of 宋体 touch each other, those of 仿宋 do not."""
    return tuple(
        (fonts.SONGTI if piece[0] == RULED else fonts.FANGSONG, piece) for piece in LOW_LINES.findall(text)
    )  # fmt: skip


def statement(part: Statement, pitch: float = PITCH) -> list[Block]:
    """Who spoke and what was said; 锣, 鼓 or 法 in a small box before it, answers two characters further in."""
    inset = 2 * CELL if part.answer else 0.0
    first = inset + 2 * CELL
    side, speaker, time, note = clean(part.side), clean(part.speaker), clean(part.time), clean(part.note)
    first_text, *more = paragraphs(part.text)
    head = [(fonts.HEITI, speaker)] if speaker else []
    if time:
        head.append((fonts.FANGSONG, f"（{time}）"))
    if head:
        head.append((fonts.FANGSONG, "："))
    texts = [[*head, (fonts.FANGSONG, first_text)], *([(fonts.FANGSONG, text)] for text in more)]
    if note:
        texts[-1].append((fonts.KAITI, f"（{note}）"))
    blocks: list[Block] = []
    for n, runs in enumerate(texts):
        begin = first + (1.4 * CELL if side and not n else 0.0)
        full = tuple((name, text) for name, text in runs if text)
        if full:
            blocks += _lines(set_lines(full, CELL, WIDE, down=DOWN, first=begin, inset=inset), pitch)
    if side and blocks:
        _tag(blocks[0], side, first)
    return blocks


def _tag(block: Block, side: str, x: float) -> None:
    """The side of a statement as a boxed character before its first line."""
    size = CELL * 0.74
    wide = max(width(fonts.HEITI, side, size), size)
    box = wide + 0.22 * CELL
    down = DOWN - 0.12 * CELL
    words = (x + (box - wide) / 2, down, size, 0.0, ((fonts.HEITI, side),))
    block.words = (words, *block.words)
    top = down - sheet.ASCENT * size - 0.11 * CELL
    block.boxes = (*block.boxes, (x, top, box, size + 0.22 * CELL))


def mark(text: str) -> tuple[sheet.Words, ...]:
    """存档件 or 公示件 with what belongs to it, above the type area on the right of each page."""
    size, known = sheet.SIZE_5, clean(text)
    if not known:
        return ()
    found = balanced(fonts.HEITI, known, size, WIDE)
    lowest = -9 * MM
    return tuple(
        to_the_right(fonts.HEITI, line, size, down=lowest - (len(found) - 1 - n) * SMALL_PITCH, right=WIDE)
        for n, line in enumerate(found)
    )


def signatures(places: Sequence[Signature], signed: Signed = UNSIGNED) -> list[Block]:
    """Places to sign in two columns, each a line after its words; long words take a row of their own."""
    labels = [
        (text if text.endswith(ENDED) else text + "：", n)
        for n, place in enumerate(places)
        if (text := clean(place.label))
    ]
    if not labels:
        return []
    longest = max(_sign_words(label, 1.0) for label, _ in labels)
    size = next((size for size in SIGN_SIZES if longest * size <= SIGN_WORDS), SIGN_SIZES[-1])
    rows: list[list[_Place]] = []
    for label, n in labels:
        wide = _sign_words(label, size)
        alone = wide > SIGN_WORDS or (_is_date(label) and wide + size * (len(DATE_TO_FILL) + 0.5) > SIGN_COLUMN)
        if alone or not rows or len(rows[-1]) == SIGN_COLUMNS or rows[-1][0].wide > SIGN_WORDS:
            rows.append([])
        rows[-1].append(_Place(label, wide, n))
    blocks = [Block(PITCH / 4, 0.0, body=False, keep=True, gap=True, snap=False)]
    pitch = SIGN_PITCH if len(rows) <= MOST_SIGN_ROWS else SIGN_PITCH_OF_MANY
    whole = len(rows) * CLOSEST <= SIGN_PAGE
    if whole:
        pitch = min(pitch, SIGN_PAGE / len(rows))
    blocks += [_sign_row(row, size, pitch, signed) for row in rows]
    for block in blocks:
        block.keep = whole  # more than a page of them turns over
    for block in blocks[-2:]:
        block.keep = True  # so that the code never stands on a page of its own
    return blocks


def _sign_words(label: str, size: float) -> float:
    """How wide the words before a line are: it begins in the blank half of their last mark."""
    return set_line(fonts.FANGSONG, label, size, down=0)[1] - (0.45 * size if label.endswith("：") else 0.0)


def _is_date(label: str) -> bool:
    """Whether a day is to be filled in instead of a name."""
    return label.rstrip("".join(ENDED)).endswith("日期")


def _sign_row(row: list[_Place], size: float, pitch: float, signed: Signed) -> Block:
    """One row of places to sign; words as long as the page turn over, the line stands after the last of them."""
    leading = size * 1.3
    label, wide = row[0].label, row[0].wide
    if wide > WIDE - SIGN_ROOM:
        found = set_lines(((fonts.FANGSONG, label),), size, WIDE - SIGN_ROOM, down=pitch - 0.5 * size)
        height = pitch + (len(found) - 1) * leading
        places = [(row[0].number, WIDE - SIGN_ROOM, WIDE)]
        words = list(joined(found, leading))
    else:
        height = pitch
        lefts = [n * (SIGN_COLUMN + SIGN_GAP) for n in range(len(row))]
        texts = [place.label + ((signed.date or DATE_TO_FILL) if _is_date(place.label) else "") for place in row]
        words = [
            part
            for left, text in zip(lefts, texts, strict=True)
            for part in set_line(fonts.FANGSONG, text, size, down=height - 0.5 * size, left=left)[0]
        ]
        places = [
            (place.number, left + place.wide, left + SIGN_COLUMN if place.wide <= SIGN_WORDS else WIDE)
            for left, place in zip(lefts, row, strict=True)
            if not _is_date(place.label)
        ]
    line = height - 0.34 * size
    lines = tuple((left, line, right - left, sheet.HAIRLINE) for _, left, right in places)
    high = pitch - SIGN_HEADROOM
    rooms = tuple((n, (left, line - high, right - left, high)) for n, left, right in places)
    written = tuple(
        stroke
        for n, (left, top, across, tall) in rooms
        for stroke in hand.strokes(signed.hands.get(n, ()), (left + 4, top, across - 8, tall + 2))
    )
    told = tuple(
        (signed.beside[n], beside.room(right, line, signed.beside[n])) for n, _, right in places if n in signed.beside
    )
    return Block(
        height, height, tuple(words), fills=lines, strokes=written, places=rooms, stamps=told, body=False, snap=False
    )  # fmt: skip


def footnotes(texts: Sequence[str]) -> list[Block]:
    """Remarks in small type below the signatures."""
    size = sheet.SIZE_5
    blocks: list[Block] = []
    for text in texts:
        found = set_lines(((fonts.SONGTI, clean(text)),), size, WIDE, down=sheet.ASCENT * size)
        blocks += [Block(SMALL_PITCH, size, words, body=False, keep=True, snap=False) for words in found]
    if blocks:
        blocks.insert(0, Block(SMALL_PITCH, 0.0, body=False, keep=True, snap=False, gap=True))
    return blocks


def code(number: str, digits: str, *, right: bool = False) -> Block:
    """The code by which a paper is recognised, as QR and in letters; on pages with an even number on the right."""
    number, size = clean(number), sheet.SIZE_SMALL_5
    fills = codes.squares(f"{number} {digits}".strip(), WIDE - CODE_SIDE if right else 0.0, 0.0, CODE_SIDE)
    numbers = balanced(fonts.SONGTI, number, size, CODE_WORDS) if number else []
    if len(numbers) > 2:  # what has no room here is read from the picture of the code
        numbers = [numbers[0], numbers[1][:-1] + "…"]
    lines = [*numbers, "校验码", digits]
    first = CODE_SIDE / 2 + 0.38 * size - CODE_PITCH * (len(lines) - 1) / 2
    edge = CODE_SIDE + CODE_GAP
    words = tuple(
        to_the_right(fonts.SONGTI, line, size, down=first + CODE_PITCH * n, right=WIDE - edge)
        if right
        else (edge, first + CODE_PITCH * n, size, 0.0, ((fonts.SONGTI, line),))
        for n, line in enumerate(lines)
    )
    return Block(CODE_SIDE, CODE_SIDE, words, fills=fills, body=False, snap=False)
