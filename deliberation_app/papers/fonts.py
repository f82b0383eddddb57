"""The faces of the papers: which font draws which character, and what reaches the PDF about them."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from struct import unpack_from
from typing import BinaryIO
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfmetrics, ttfonts

from deliberation_app import settings
from deliberation_app.errors import N_, RuleBroken

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
    """No face has this character; `set_line` and its kin turn it into a sentence with the text around it."""

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


class QuickFace(ttfonts.TTFontFace):  # type: ignore[misc]
    """A face read in a few milliseconds: tables are unpacked at once instead of number by number."""

    def extractInfo(self, charInfo: int = 1) -> None:  # noqa: N802, N803 - the library's own names
        """Read names and metrics as the library does, then the character map, widths and positions in bulk."""
        super().extractInfo(0)
        groups = self._groups()
        if groups is None:
            super().extractInfo(charInfo)
            return
        metrics_count = unpack_from(">H", self._ttf_data, self.table["hhea"]["offset"] + 34)[0]
        glyphs, start = self.numGlyphs, self.table["hmtx"]["offset"]
        full = unpack_from(f">{metrics_count * 2}H", self._ttf_data, start)
        rest = unpack_from(f">{glyphs - metrics_count}H", self._ttf_data, start + metrics_count * 4)
        widths = list(full[::2]) + [full[-2]] * len(rest)
        self.hmetrics = list(zip(widths, full[1::2] + rest, strict=True))
        long_positions = unpack_from(">h", self._ttf_data, self.table["head"]["offset"] + 50)[0]
        positions = unpack_from(f">{glyphs + 1}{'L' if long_positions else 'H'}", self._ttf_data, self.table["loca"]["offset"])
        self.glyphPos = positions if long_positions else [2 * position for position in positions]
        if self.unitsPerEm != 1000:
            widths = [round(width * 1000 / self.unitsPerEm) for width in widths]
        self.defaultWidth = widths[0]
        self.charToGlyph: dict[int, int] = {}
        for first, last, glyph in zip(groups[::3], groups[1::3], groups[2::3], strict=True):
            if first == last:
                self.charToGlyph[first] = glyph
            else:
                self.charToGlyph.update(zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True))
        self.charWidths = {code: widths[glyph] for code, glyph in self.charToGlyph.items()}
        # a heavy face is drawn heavy; a viewer must not thicken it again
        self.flags &= ~ttfonts.FF_FORCEBOLD

    def _groups(self) -> tuple[int, ...] | None:
        """The (first, last, glyph) numbers of the character map in format 12, or None where there is no such map."""
        start = self.table["cmap"]["offset"]
        for n in range(unpack_from(">H", self._ttf_data, start + 2)[0]):
            platform, encoding, offset = unpack_from(">HHL", self._ttf_data, start + 4 + 8 * n)
            if (platform, encoding) == (3, 10) and unpack_from(">H", self._ttf_data, start + offset)[0] == 12:
                count = unpack_from(">L", self._ttf_data, start + offset + 12)[0]
                return unpack_from(f">{count * 3}L", self._ttf_data, start + offset + 16)
        return None

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


@lru_cache(maxsize=None)
def carried(name: str) -> CarriedFont:
    """The font of a face, read when first needed and kept."""
    font = CarriedFont(f"paper-{FACES[name].partition('.')[0]}", str(settings.path("resources", "fonts", FACES[name])))
    pdfmetrics.registerFont(font)
    return font


@lru_cache(maxsize=64)
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
    """The font that draws `character` in face `name`: the face, else 宋体, else a shard; NoGlyph where there is none."""
    for font in (carried(name), carried(SONGTI)):
        if font.has(character):
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
        width = int(font_for(self.name, character).face.charWidths[ord(character)])
        self[character] = width
        return width


@lru_cache(maxsize=None)
def widths(name: str) -> Widths:
    """The widths of a face, shared by all documents."""
    return Widths(name)


def rare_among(characters: Iterable[str]) -> tuple[str, ...]:
    """The characters outside GB 2312 that are ideographs: the ones worth a look before printing."""
    return tuple(c for c in characters if c >= "\u3400" and not "\uf000" < c < "\U00010000" and not c.encode("gb2312", "ignore"))


UPSTREAM_TO_UNICODE = ttfonts.makeToUnicodeCMap


def to_unicode(font_name: str, subset: list[int]) -> str:
    """What copying and searching find: code points beyond U+FFFF as surrogate pairs, code 0 left out, blocks of 100.

    The library writes such code points as five hexadecimal digits, so rare names printed right but were copied wrong.
    """
    entries = [f"<{n:02X}> <{chr(code).encode('utf-16-be', 'surrogatepass').hex().upper()}>" for n, code in enumerate(subset) if n]
    blocks = [entries[n : n + 100] for n in range(0, len(entries), 100)]
    body = [line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")]
    return "\n".join((
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
        f"/CIDSystemInfo << /Registry ({font_name}) /Ordering ({font_name}) /Supplement 0 >> def",
        f"/CMapName /{font_name} def", "/CMapType 2 def", "1 begincodespacerange", "<00> <FF>", "endcodespacerange",
        *body, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end",
    ))  # fmt: skip


# The one place where the library is mended; tests/papers/test_fonts.py fails when upstream does it right.
ttfonts.makeToUnicodeCMap = to_unicode
