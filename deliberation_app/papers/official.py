"""The elements of official papers (GB/T 9704-2012, papers.md 4.2 and 5), each at its place on the grid."""

from __future__ import annotations

from math import ceil

from deliberation_app.papers import fonts, sheet
from deliberation_app.papers.document import Addressee, Attachments, Closing, Hanging, Imprint, RedHead
from deliberation_app.papers.lines import centred, clean, set_line, set_lines, to_the_right, width
from deliberation_app.papers.sheet import CELL, MM, PITCH, WIDE, Block, Words
from deliberation_app.papers.titles import title_lines

DOWN = sheet.ASCENT * CELL
# 发文机关标志: top edge 35 mm below the top of the type area, as large as its words allow
MARK_TOP, MARK_SIZES = 35 * MM, (22.0, 48.0)
# 版头分隔线 4 mm below 发文字号; 版记: first and last rule 0.35 mm, the one between 0.25 mm
RULE_DROP, RED_RULE = 4 * MM, 0.5 * MM
THICK, THIN = 0.35 * MM, 0.25 * MM
# without the red: the name of the paper, a little larger than its title
BLACK_MARK, MARK_PITCH = 26.0, 40.0
IMPRINT_LINE = 0.75 * PITCH


def blank(lines: int, pitch: float = PITCH) -> Block:
    """Empty lines of the grid, dropped at the head of a page."""
    return Block(lines * pitch, 0.0, body=False, keep=True, gap=True)


def red_head(part: RedHead, pitch: float = PITCH) -> list[Block]:
    """The mark, the number two lines below it, office and date, and the red rule."""
    if not part.red:
        return _black_head(part, pitch)
    text = clean(part.text)
    low, high = MARK_SIZES
    size = max(low, min(high, WIDE / max(width(fonts.XIAOBIAOSONG, text, 1.0), 1.0)))
    mark = centred(fonts.XIAOBIAOSONG, text, size, down=MARK_TOP + sheet.ASCENT * size, left=0.0, wide=WIDE)
    lines = ceil((MARK_TOP + size) / pitch)
    blocks = [Block(lines * pitch, lines * pitch, (mark,), red=True, keep=True, body=False)]
    below = _below_the_mark(part, pitch)
    if below:
        blocks += [blank(2, pitch), *below]
    rule = (0.0, RULE_DROP - (pitch - CELL), WIDE, RED_RULE)
    blocks.append(Block(RULE_DROP, 0.0, fills=(rule,), red=True, keep=True, snap=False, body=False))
    return [*blocks, blank(2, pitch)]


def _black_head(part: RedHead, pitch: float) -> list[Block]:
    """The name in black as large as a title, below it number, office and date, and a thin rule."""
    lines = parts_of_the_mark(clean(part.text))
    height = len(lines) * MARK_PITCH
    words = tuple(
        centred(fonts.XIAOBIAOSONG, line, BLACK_MARK, down=(n + 0.8) * MARK_PITCH, left=0.0, wide=WIDE)
        for n, line in enumerate(lines)
    )
    high = ceil(height / pitch) * pitch
    blocks = [Block(high, high, words, keep=True, body=False), *_below_the_mark(part, pitch)]
    rule = (0.0, RULE_DROP - (pitch - CELL), WIDE, THICK)
    blocks.append(Block(RULE_DROP, 0.0, fills=(rule,), keep=True, snap=False, body=False))
    return [*blocks, blank(1, pitch)]


def parts_of_the_mark(text: str) -> tuple[str, ...]:
    """The lines of a name set as large as a title."""
    return title_lines(fonts.XIAOBIAOSONG, text, BLACK_MARK, WIDE - 2 * BLACK_MARK)


def _below_the_mark(part: RedHead, pitch: float) -> list[Block]:
    blocks = []
    if part.number:
        words = centred(fonts.FANGSONG, clean(part.number), CELL, down=DOWN, left=0.0, wide=WIDE)
        blocks.append(Block(pitch, CELL, (words,), keep=True, body=False))
    if part.office or part.date:
        named = clean(part.office).strip()
        office = set_line(fonts.FANGSONG, named, CELL, down=DOWN, left=CELL)[0] if named else ()
        date = to_the_right(fonts.FANGSONG, clean(part.date), CELL, down=DOWN, right=WIDE - CELL)
        blocks.append(Block(pitch, CELL, (*office, date), keep=True, body=False))
    return blocks


def addressee(part: Addressee, pitch: float = PITCH) -> list[Block]:
    """Flush left one blank line below the title, ending with a full-width colon."""
    text = clean(part.text).rstrip("：:") + "："
    face = fonts.SONGTI if text.startswith("＿") else fonts.FANGSONG  # a place to write on is one line
    found = set_lines(((face, text),), CELL, WIDE, down=DOWN)
    return [blank(1, pitch), *(Block(pitch, CELL, words, keep=True) for words in found)]


def hanging(part: Hanging, pitch: float = PITCH) -> list[Block]:
    """A word in 黑体 two characters in, turn-over lines under the first character of its text."""
    label = clean(part.label)
    inset = 2 * CELL + width(fonts.HEITI, label, CELL)
    head: Words = (2 * CELL, DOWN, CELL, 0.0, ((fonts.HEITI, label),))
    lines = _beside(head, clean(part.text), inset, pitch)
    return [blank(1, pitch), *lines] if part.first else lines


def attachments(part: Attachments, pitch: float = PITCH) -> list[Block]:
    """附件：1. …, one blank line below the text, turn-over lines aligned with the name."""
    label, blocks = "附件：", [blank(1, pitch)]
    inset = 2 * CELL + width(fonts.FANGSONG, label, CELL)
    several = len(part.names) > 1
    for n, name in enumerate(part.names, start=1):
        number = f"{n}. " if several else ""
        told = (label if n == 1 else "") + number
        deeper = inset + width(fonts.FANGSONG, number, CELL)
        head: Words = (2 * CELL if n == 1 else inset, DOWN, CELL, 0.0, ((fonts.FANGSONG, told),))
        blocks += _beside(head, clean(name).rstrip("。；;"), deeper, pitch)
    return blocks


def _beside(head: Words, text: str, inset: float, pitch: float) -> list[Block]:
    """Words and a text beside them, whose lines all begin at the same place."""
    found = set_lines(((fonts.FANGSONG, text),), CELL, WIDE - inset, down=DOWN, left=inset) or [()]
    return [Block(pitch, CELL, (*((head,) if not n else ()), *words)) for n, words in enumerate(found)]


def closing(part: Closing, pitch: float = PITCH) -> list[Block]:
    """署名 one blank line below the text and 成文日期 on the next line, with or without the place of a seal."""
    name, date = clean(part.name), clean(part.date)
    wide, long = width(fonts.FANGSONG, name, CELL), width(fonts.FANGSONG, date, CELL)
    if part.sealed:
        date_at = WIDE - 4 * CELL - long
        name_at = date_at + (long - wide) / 2
        if name_at + wide > WIDE:
            name_at = WIDE - wide
    else:
        name_at = WIDE - 2 * CELL - wide
        date_at = name_at + 2 * CELL
        if date_at + long > WIDE - 2 * CELL:  # a date longer than the name keeps two characters at the right
            date_at = WIDE - 2 * CELL - long
            name_at = min(date_at - 2 * CELL, name_at) if wide < long else name_at
    if name_at < 0:
        return _long_name(name, date, pitch)
    lines = [_line(name, name_at, pitch), _line(date, date_at, pitch)]
    lines[0].keep = True
    return [blank(2 if part.sealed else 1, pitch), *lines]


def _line(text: str, at: float, pitch: float) -> Block:
    if not text:
        return Block(pitch, 0.0, body=False)
    words, _ = set_line(fonts.FANGSONG, text, CELL, down=DOWN, left=at)
    return Block(pitch, CELL, words, body=False)


def _long_name(name: str, date: str, pitch: float) -> list[Block]:
    """A name longer than a line turns over; the date ends two characters from the right."""
    found = set_lines(((fonts.FANGSONG, name),), CELL, WIDE - 2 * CELL, down=DOWN, left=2 * CELL)
    lines = [Block(pitch, CELL, words, body=False, keep=True) for words in found]
    last = to_the_right(fonts.FANGSONG, date, CELL, down=DOWN, right=WIDE - 2 * CELL)
    return [blank(1, pitch), *lines, Block(pitch, CELL, (last,), body=False)]


def imprint(part: Imprint) -> list[Block]:
    """版记: between rules on the bottom edge of the type area, 四号, one character blank left and right."""
    size = sheet.SIZE_4
    fills: list[sheet.Box] = [(0.0, 0.0, WIDE, THICK)]
    words: list[Words] = []
    top = THICK
    if part.copies_to:
        label = "抄送："
        inset = size + width(fonts.FANGSONG, label, size)
        text = label + clean(part.copies_to).rstrip("。") + "。"
        for line in set_lines(((fonts.FANGSONG, text),), size, WIDE - size, down=0.0, first=size, inset=inset):
            words += [(x, top + 0.8 * IMPRINT_LINE - 0.1 * size, s, c, runs) for x, _, s, c, runs in line]
            top += IMPRINT_LINE
        fills.append((0.0, top, WIDE, THIN))
    down = top + 0.8 * IMPRINT_LINE - 0.1 * size
    named = clean(part.office).strip()
    office = set_line(fonts.FANGSONG, named, size, down=down, left=size)[0] if named else ()
    date = to_the_right(fonts.FANGSONG, clean(part.date) + "印发", size, down=down, right=WIDE - size)
    height = top + IMPRINT_LINE
    fills.append((0.0, height - THICK, WIDE, THICK))
    return [
        Block(height, height, (*words, *office, date), fills=tuple(fills), body=False, snap=False, bottom=True)
    ]  # fmt: skip
