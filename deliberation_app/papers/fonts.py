"""The faces of the papers: which font draws which character, and what reaches the PDF about them."""

from __future__ import annotations

import mmap
import threading
import zipfile
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path
from struct import Struct, unpack_from
from struct import error as StructError
from typing import BinaryIO
from weakref import WeakKeyDictionary
from zlib import crc32

from reportlab.pdfbase import pdfmetrics, ttfonts

from deliberation_app import settings
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.papers import fonts_own

FANGSONG, HEITI, KAITI, XIAOBIAOSONG, SONGTI = "仿宋", "黑体", "楷体", "小标宋", "宋体"
FACES = {
    FANGSONG: "FandolFang-Regular.ttf",
    HEITI: "NotoSansSC-Medium.ttf",
    KAITI: "DeliberationKai-Regular.ttf",
    XIAOBIAOSONG: "NotoSerifSC-Black.ttf",
    SONGTI: "NotoSerifSC-Light.ttf",
}
# small faces of 1,024 code points each: s = the rest of 宋体, h = CJK extensions B to F
RARE = "rare.zip"
# One TTFont may serve one document at a time only, and all documents share the faces.
LOCK = threading.Lock()


class NoGlyph(Exception):
    """No face has this character; where text is measured it becomes a sentence with the text around it."""

    def __init__(self, character: str) -> None:
        super().__init__(character)
        self.character = character


def cannot_print(character: str, text: str) -> RuleBroken:
    """The sentence for a character that no face has, with the text in which it stands."""
    at = max(text.find(character), 0)
    around = text[max(at - 12, 0) : at + 13]
    return RuleBroken(
        N_("The character {character} (U+{code}) in “{text}” cannot be printed: no font has it. "
           "Replace it and print again; nothing is lost."),
        character=character, code=f"{ord(character):04X}", text=around,
    )  # fmt: skip


class GlyphOfCode(dict[int, int]):
    """Which glyph a code point has, looked up in the ranges of the character map when asked."""

    def __init__(self, groups: tuple[int, ...]) -> None:
        super().__init__()
        self.firsts, self.lasts, self.glyphs = groups[::3], groups[1::3], groups[2::3]

    def __missing__(self, code: int) -> int:
        n = bisect_right(self.firsts, code) - 1
        if n < 0 or code > self.lasts[n]:
            raise KeyError(code)
        self[code] = glyph = self.glyphs[n] + code - self.firsts[n]
        return glyph

    def __contains__(self, code: object) -> bool:
        if super().__contains__(code):
            return True
        try:
            return self[code] >= 0  # type: ignore[index]
        except KeyError:
            return False

    def get(self, code: int, default: int = 0) -> int:  # type: ignore[override]
        """The glyph, or `default`."""
        try:
            return self[code]
        except KeyError:
            return default


class Numbers:
    """A table of equal entries read where it lies: entry n is what `form` unpacks there."""

    def __init__(self, data: bytes | mmap.mmap, start: int, form: str, scale: int = 1) -> None:
        self.data, self.start, self.scale = data, start, scale
        self.form = Struct(form)

    def __getitem__(self, n: int) -> int:
        return int(self.form.unpack_from(self.data, self.start + n * self.form.size)[0]) * self.scale


class Metrics:
    """Advance and left bearing of each glyph, read where they lie."""

    def __init__(self, data: bytes | mmap.mmap, start: int, full: int) -> None:
        self.data, self.start, self.full = data, start, full

    def __getitem__(self, glyph: int) -> tuple[int, int]:
        at = self.start + 4 * min(glyph, self.full - 1)
        advance, bearing = unpack_from(">HH", self.data, at)
        if glyph >= self.full:
            (bearing,) = unpack_from(">H", self.data, self.start + 4 * self.full + 2 * (glyph - self.full))
        return advance, bearing


def groups_of_4(data: bytes | mmap.mmap, start: int) -> tuple[int, ...]:
    """The (first, last, glyph) numbers of a character map in format 4, as the user's own fonts have it."""
    (twice,) = unpack_from(">H", data, start + 6)
    count = twice // 2
    lasts = unpack_from(f">{count}H", data, start + 14)
    firsts = unpack_from(f">{count}H", data, start + 16 + twice)
    deltas = unpack_from(f">{count}H", data, start + 16 + 2 * twice)
    ranges = unpack_from(f">{count}H", data, start + 16 + 3 * twice)
    groups: list[list[int]] = []
    for n, (first, last, delta, offset) in enumerate(zip(firsts, lasts, deltas, ranges, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                at = start + 16 + 3 * twice + 2 * n + offset + 2 * (code - first)
                (glyph,) = unpack_from(">H", data, at)
            glyph = (glyph + delta) & 0xFFFF if glyph or not offset else 0
            if not glyph:
                continue
            if groups and groups[-1][1] == code - 1 and groups[-1][2] + code - groups[-1][0] == glyph:
                groups[-1][1] = code
            else:
                groups.append([code, code, glyph])
    return tuple(number for group in groups for number in group)


class QuickFace(ttfonts.TTFontFace):  # type: ignore[misc]
    """A face ready in a few milliseconds: its tables are read where they lie, a glyph at a time, not all at once."""

    def extractInfo(self, charInfo: int = 1) -> None:
        """Read names and metrics as the library does; leave characters, widths and positions where they are."""
        super().extractInfo(0)
        data, tables = self._ttf_data, self.table
        (full,) = unpack_from(">H", data, tables["hhea"]["offset"] + 34)
        self.hmetrics = Metrics(data, tables["hmtx"]["offset"], full)
        (long_form,) = unpack_from(">h", data, tables["head"]["offset"] + 50)
        self.glyphPos = Numbers(data, tables["loca"]["offset"], ">L" if long_form else ">H", 1 if long_form else 2)
        self.charToGlyph = GlyphOfCode(self._groups())
        self.defaultWidth = self.getCharWidth(-1)
        # a heavy face is drawn heavy; a viewer must not thicken it again
        self.flags &= ~ttfonts.FF_FORCEBOLD

    def _groups(self) -> tuple[int, ...]:
        """The (first, last, glyph) numbers of the character map: format 12, which all carried faces have, else 4."""
        start = self.table["cmap"]["offset"]
        found: dict[int, int] = {}
        for n in range(unpack_from(">H", self._ttf_data, start + 2)[0]):
            platform, encoding, offset = unpack_from(">HHL", self._ttf_data, start + 4 + 8 * n)
            if platform in (0, 3) and encoding in (1, 3, 4, 10):
                found.setdefault(unpack_from(">H", self._ttf_data, start + offset)[0], start + offset)
        if 12 in found:
            (count,) = unpack_from(">L", self._ttf_data, found[12] + 12)
            return unpack_from(f">{count * 3}L", self._ttf_data, found[12] + 16)
        if 4 in found:
            return groups_of_4(self._ttf_data, found[4])
        raise ttfonts.TTFError(f"{self.filename}: no character map in format 12 or 4")

    def getCharWidth(self, code: int) -> int:
        """The advance of a code point in 1/1000 of the size."""
        return int(0.5 + self._pdfScale(self.hmetrics[self.charToGlyph.get(code, 0)][0]))

    def readFile(self, file: str | BinaryIO) -> None:
        """Map a file into memory instead of reading megabytes of outlines that are not drawn."""
        if isinstance(file, str):
            with open(file, "rb") as source:
                self._ttf_data: bytes | mmap.mmap = mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ)
            self.filename, self._pos = file, 0
        else:
            super().readFile(file)

    def get_table(self, tag: str) -> bytes | memoryview:
        """Outlines are lent, not copied: they are megabytes and asked for once a subset."""
        position, length = self.get_table_pos(tag)
        if tag == "glyf":
            return memoryview(self._ttf_data)[position : position + length]
        return bytes(self._ttf_data[position : position + length])


class CarriedFont(ttfonts.TTFont):  # type: ignore[misc]
    """A font of resources/fonts, read by QuickFace."""

    def __init__(self, name: str, source: str | BinaryIO) -> None:
        self.fontName = name
        self.face = QuickFace(source)
        self.encoding = ttfonts.TTEncoding()
        self.state: WeakKeyDictionary[object, object] = WeakKeyDictionary()
        self._asciiReadable = False
        self.shapable = False

    def has(self, character: str) -> bool:
        """Whether the face draws this character."""
        return ord(character) in self.face.charToGlyph


@cache
def carried(name: str) -> CarriedFont:
    """The font of a face, read when first needed and kept."""
    font = CarriedFont(f"paper-{FACES[name].partition('.')[0]}", str(settings.path("resources", "fonts", FACES[name])))
    pdfmetrics.registerFont(font)
    return font


def own(name: str) -> CarriedFont | None:
    """The user's own font for a face, None where none is chosen or it cannot be read any more."""
    file = fonts_own.chosen.get(name)
    return _own(file) if file else None


@cache
def _own(file: str) -> CarriedFont | None:
    """The font of a file, one for all faces it stands in for."""
    mark = f"{crc32(file.encode()):x}"
    try:
        font = CarriedFont(f"paper-own-{mark}", file)
    except (OSError, StructError, ttfonts.TTFError):
        return None
    # two fonts of one name may not meet in a PDF: an older release, or one that the program carries too
    font.face.subfontNameX = f"-{mark}".encode()
    return font


@cache
def rare_shard(name: str) -> CarriedFont | None:
    """One small face out of the archive of rare characters, or None where there is none of that name."""
    with zipfile.ZipFile(rare_archive()) as archive:
        try:
            data = archive.read(f"{name}.ttf")
        except KeyError:
            return None
    return CarriedFont(f"paper-rare-{name}", BytesIO(data))


def rare_archive() -> Path:
    """Where the rare characters lie."""
    return settings.path("resources", "fonts", RARE)


def font_for(name: str, character: str) -> CarriedFont:
    """The font that draws `character` in face `name`: the user's own, the face, 宋体, a shard; else NoGlyph."""
    for font in (own(name), carried(name), carried(SONGTI)):
        if font is not None and font.has(character):
            return font
    block = ord(character) >> 10
    for letter in "sh":
        shard = rare_shard(f"{letter}{block:x}")
        if shard is not None and shard.has(character):
            return shard
    raise NoGlyph(character)


class Widths(dict[str, int]):
    """Advance of each character of a face in 1/1000 of its size; fallbacks are looked up when first met."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def __missing__(self, character: str) -> int:
        width = font_for(self.name, character).face.getCharWidth(ord(character))
        self[character] = width
        return width


def widths(name: str) -> Widths:
    """The widths of a face, shared by all documents."""
    return _widths(name, fonts_own.chosen.get(name, ""), fonts_own.chosen.get(SONGTI, ""))


@cache
def _widths(name: str, _own_file: str, _own_songti: str) -> Widths:
    return Widths(name)


def rare_among(characters: Iterable[str]) -> tuple[str, ...]:
    """The characters outside GB 2312 that are ideographs: the ones worth a look before printing."""
    ideographs = (c for c in characters if "\u3400" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff" or c >= "\U00020000")
    return tuple(c for c in ideographs if not c.encode("gb2312", "ignore"))


UPSTREAM_TO_UNICODE = ttfonts.makeToUnicodeCMap


def to_unicode(font_name: str, subset: list[int]) -> str:
    """What copying and searching find: code points beyond U+FFFF as surrogate pairs, code 0 left out, blocks of 100.

    The library writes such code points as five hexadecimal digits, so rare names printed right but were copied wrong.
    """
    entries = [f"<{n:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for n, code in enumerate(subset) if n]
    blocks = [entries[n : n + 100] for n in range(0, len(entries), 100)]
    body = [line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")]
    return "\n".join((
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
        f"/CIDSystemInfo << /Registry ({font_name}) /Ordering ({font_name}) /Supplement 0 >> def",
        f"/CMapName /{font_name} def", "/CMapType 2 def", "1 begincodespacerange", "<00> <FF>", "endcodespacerange",
        *body, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end",
    ))  # fmt: skip


# The one place where the library is mended; tests/papers/test_paper_fonts.py fails when upstream does it right.
ttfonts.makeToUnicodeCMap = to_unicode
