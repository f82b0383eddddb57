"""Builds every face in this folder from pinned sources: `python build.py [--sources DIR]` with fontTools and Pillow."""

from __future__ import annotations

import argparse
import bz2
import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.reorderGlyphs import reorderGlyphs
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from PIL import ImageCms

HERE = Path(__file__).resolve().parent

# (file name, SHA-256, how to fetch it)
SOURCES = {
    "sans": (
        "expo-google-fonts-noto-sans-sc-0.4.3.tgz",
        "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
        ("npm", "pack", "--silent", "@expo-google-fonts/noto-sans-sc@0.4.3"),
    ),
    "serif": (
        "expo-google-fonts-noto-serif-sc-0.4.3.tgz",
        "ff6bcf5ba68d92dfecc05544bb150f9e724741a932354a0dd97e7289c40a3f5e",
        ("npm", "pack", "--silent", "@expo-google-fonts/noto-serif-sc@0.4.3"),
    ),
    "fandol": (
        "texlive-lang-chinese_2022.20230122-1_all.deb",
        "9cfa07bd44e7b9098e26f0ecac1b5ad210d2249d474c8074d53de92d650b0ec0",
        ("apt-get", "download", "texlive-lang-chinese=2022.20230122-1"),
    ),
    "wenkai": (
        "fonts-lxgw-wenkai_1.250+repack-1_all.deb",
        "6d1e4c4aac78ad32062aefa2c836ee4d6e58f9dcf8b3f4407c9eefe304615318",
        ("apt-get", "download", "fonts-lxgw-wenkai=1.250+repack-1"),
    ),
    "hanazono": (
        "fonts-hanazono_20170904-2.1_all.deb",
        "a6943366b4f5a6cec34221f8b4eb22555a628f0ee6ef4e3d3401cabe9363aeae",
        ("apt-get", "download", "fonts-hanazono=20170904-2.1"),
    ),
    "unicode": (
        "unicode-data_15.0.0-1_all.deb",
        "5efef23bbb1c6a133ecbdd63a2cfa07159ccacf5466a49e2426101c5ecd691fc",
        ("apt-get", "download", "unicode-data=15.0.0-1"),
    ),
}
SANS = "package/{0}/NotoSansSC_{0}.ttf"
SERIF = "package/{0}/NotoSerifSC_{0}.ttf"
FANDOL = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf"
WENKAI = "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf"
HANAMIN = "usr/share/fonts/truetype/hanazono/HanaMinB.ttf"
UNIHAN = "usr/share/unicode/Unihan_OtherMappings.txt.bz2"

# Latin, punctuation, arrows, mathematics, enclosed and squared forms, CJK punctuation, half- and full-width forms.
SIGNS = (
    (0x20, 0x24F), (0x2B0, 0x2FF), (0x370, 0x3FF), (0x400, 0x45F), (0x2010, 0x2027), (0x2030, 0x205E), (0x20A0, 0x20BF),
    (0x2100, 0x214F), (0x2150, 0x218F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2300, 0x23FF), (0x2460, 0x24FF),
    (0x2500, 0x25FF), (0x2600, 0x26FF), (0x2700, 0x27BF), (0x3000, 0x303F), (0x3040, 0x312F), (0x3200, 0x33FF),
    (0xFE30, 0xFE4F), (0xFF00, 0xFFEF),
)  # fmt: skip
# 楷体 has these half as wide as Chinese text needs; left out, they come from 宋体.
NARROW_IN_KAI = {0x2018, 0x2019, 0x201C, 0x201D}


def fetch(folder: Path) -> dict[str, Path]:
    """Fetch, check and unpack every source below `folder`; returns the folder of each."""
    unpacked = {}
    for name, (file, digest, command) in SOURCES.items():
        packed, target = folder / file, folder / name
        if not packed.exists():
            subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        if hashlib.sha256(packed.read_bytes()).hexdigest() != digest:
            raise SystemExit(f"{file}: not the pinned file (SHA-256 differs)")
        if not target.exists():
            target.mkdir()
            if file.endswith(".deb"):
                subprocess.run(("dpkg-deb", "-x", str(packed), str(target)), check=True)
            else:
                with tarfile.open(packed) as archive:
                    archive.extractall(target, filter="data")
        unpacked[name] = target
    return unpacked


def characters(unihan: Path) -> set[int]:
    """GB 2312, 通用规范汉字表 and SIGNS."""
    wanted = {code for first, last in SIGNS for code in range(first, last + 1)}
    with bz2.open(unihan, "rt", encoding="utf-8") as lines:
        wanted.update(int(line.split("\t")[0][2:], 16) for line in lines if "\tkTGH\t" in line)
    wanted.update(decoded("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF)))
    return wanted


def decoded(codec: str, first: Iterable[int], second: Iterable[int]) -> set[int]:
    """The code points of a two-byte character set."""
    second = tuple(second)
    pairs = (bytes((a, b)).decode(codec, errors="ignore") for a in first for b in second)
    return {ord(pair) for pair in pairs if len(pair) == 1}


def subset(font: TTFont, codes: Iterable[int], *, kerning: bool = False) -> TTFont:
    """Keep only `codes`; no hints, no vertical metrics, no layout but kerning where windows use the face."""
    options = Options()
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.layout_features = ["kern"] if kerning else []
    unwanted = ("vhea", "vmtx", "BASE", "STAT", "FFTM", "VORG", *(() if kerning else ("GSUB", "GPOS", "GDEF")))
    options.drop_tables = list(dict.fromkeys((*options.drop_tables, *unwanted)))
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.name_languages = [0x409]
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=set(codes))
    subsetter.subset(font)
    font["post"].formatType = 3.0
    in_order(font)
    whole_map(font)
    return font


def in_order(font: TTFont) -> None:
    """Put the glyphs in the order of their code points, so that the character map is a few long ranges."""
    order, mapped = font.getGlyphOrder(), font.getBestCmap()
    first: dict[str, int] = {}
    for code, name in sorted(mapped.items()):
        first.setdefault(name, code)
    mapped_names = sorted(set(first) - {order[0]}, key=first.__getitem__)
    reorderGlyphs(font, [order[0], *mapped_names, *(name for name in order[1:] if name not in first)])


def whole_map(font: TTFont) -> None:
    """Give the face a character map in format 12, which the papers read in one go."""
    tables = font["cmap"].tables
    if not any((table.platformID, table.platEncID, table.format) == (3, 10, 12) for table in tables):
        table = CmapSubtable.newSubtable(12)
        table.platformID, table.platEncID, table.language = 3, 10, 0
        table.cmap = dict(font.getBestCmap())
        tables.append(table)


def opened(path: Path) -> TTFont:
    """A font whose date of change stays that of its source, so that the result is the same each time."""
    return TTFont(path, recalcTimestamp=False, lazy=True)


def rename(font: TTFont, family: str) -> None:
    """A changed font may not carry a reserved name."""
    names = {1: family, 3: f"{family};subset", 4: family, 6: family.replace(" ", ""), 16: family}
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]


def to_quadratic(font: TTFont) -> TTFont:
    """Turn cubic CFF outlines into glyf outlines, the only ones the page library embeds."""
    glyph_set, order = font.getGlyphSet(), font.getGlyphOrder()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(glyph_set)
        glyph_set[name].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = table = newTable("glyf")
    table.glyphOrder, table.glyphs = order, glyphs
    maxp = font["maxp"] = newTable("maxp")
    maxp.tableVersion, maxp.numGlyphs = 0x00010000, len(order)
    maxp.maxZones = 1
    maxp.maxTwilightPoints = maxp.maxStorage = maxp.maxFunctionDefs = maxp.maxInstructionDefs = 0
    maxp.maxStackElements = maxp.maxSizeOfInstructions = maxp.maxComponentElements = 0
    del font["CFF "]
    font.sfntVersion = "\000\001\000\000"
    return font


def bytes_of(font: TTFont) -> bytes:
    """The finished file."""
    out = io.BytesIO()
    font.save(out, reorderTables=False)
    return out.getvalue()


def write(name: str, font: TTFont) -> None:
    """Save one face beside this script."""
    data = bytes_of(font)
    (HERE / name).write_bytes(data)
    print(f"{name}\t{len(data):>10,}\t{len(font.getBestCmap()):>6} characters")  # noqa: T201 - a build script speaks


def faces(sources: dict[str, Path], wanted: set[int]) -> set[int]:
    """The faces of windows and papers; returns what 宋体 covers."""
    printed_only = wanted
    # windows may be in Traditional Chinese: Big5 level 1
    wanted = wanted | decoded("big5", range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    # names stand in 黑体, and names are where rare characters are
    named = wanted | set(range(0x4E00, 0xA000))
    for weight, name in (("400Regular", "Regular"), ("500Medium", "Medium"), ("700Bold", "Bold")):
        source = opened(sources["sans"] / SANS.format(weight))
        write(f"NotoSansSC-{name}.ttf", subset(source, named if name == "Medium" else wanted, kerning=True))
    write("NotoSerifSC-Black.ttf", subset(opened(sources["serif"] / SERIF.format("900Black")), wanted, kerning=True))
    song = subset(opened(sources["serif"] / SERIF.format("300Light")), wanted)
    write("NotoSerifSC-Light.ttf", song)
    kai = subset(opened(sources["wenkai"] / WENKAI), printed_only - NARROW_IN_KAI)
    rename(kai, "Deliberation Kai")
    write("DeliberationKai-Regular.ttf", kai)
    fang = opened(sources["fandol"] / FANDOL)
    write("FandolFang-Regular.ttf", to_quadratic(subset(fang, fang.getBestCmap())))
    return set(song.getBestCmap())


def shards(sources: dict[str, Path], covered: set[int]) -> None:
    """Everything else of the serif face and of HanaMinB, a small face for each 1,024 code points, in one archive."""
    serif, hanamin = sources["serif"] / SERIF.format("300Light"), sources["hanazono"] / HANAMIN
    serif_codes = set(opened(serif).getBestCmap()) - covered
    hanamin_codes = {code for code in opened(hanamin).getBestCmap() if code >= 0x20000} - covered - serif_codes
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for source, codes, letter in ((serif, serif_codes, "s"), (hanamin, hanamin_codes, "h")):
            for block in sorted({code >> 10 for code in codes}):
                font = subset(opened(source), {code for code in codes if code >> 10 == block})
                rename(font, f"Deliberation Rare {letter}{block:x}")
                # a fixed date keeps the archive the same from build to build
                archive.writestr(zipfile.ZipInfo(f"{letter}{block:x}.ttf"), bytes_of(font), zipfile.ZIP_DEFLATED, 9)
    (HERE / "rare.zip").write_bytes(packed.getvalue())


def colour_profile() -> None:
    """The colour space named in archive copies; the date of making is blanked."""
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    (HERE / "sRGB.icc").write_bytes(data[:24] + bytes(12) + data[36:])


def main() -> None:
    """Build everything; sources are kept when a folder for them is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=Path, help="folder to fetch into and keep")
    folder = parser.parse_args().sources
    kept = Path(tempfile.mkdtemp()) if folder is None else folder
    kept.mkdir(exist_ok=True)
    try:
        sources = fetch(kept)
        colour_profile()
        shards(sources, faces(sources, characters(sources["unicode"] / UNIHAN)))
    finally:
        if folder is None:
            shutil.rmtree(kept)


if __name__ == "__main__":
    sys.exit(main())
