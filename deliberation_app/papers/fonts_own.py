"""The user's own faces for papers (仿宋_GB2312, 方正小标宋 …): found on the computer, offered, and used where chosen.

Nothing here draws: this is read at the start of the program and by the settings.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from struct import error as StructError
from struct import unpack_from

from deliberation_app.errors import N_, AppError

# Which face of the papers a font may stand in for, by its own name; the first is what the standard means.
NAMES: dict[str, tuple[str, ...]] = {
    "仿宋": ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "方正仿宋_GBK", "华文仿宋", "STFangsong"),
    "小标宋": (
        "方正小标宋_GBK", "方正小标宋简体", "FZXiaoBiaoSong-B05", "FZXiaoBiaoSong-B05S", "小标宋", "方正小标宋",
    ),
    "楷体": ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "方正楷体_GBK", "华文楷体", "STKaiti"),
    "黑体": ("黑体", "SimHei", "方正黑体_GBK", "FZHei-B01", "华文黑体", "STHeiti"),
    "宋体": ("宋体", "SimSun", "方正书宋_GBK", "FZShuSong-Z01", "华文宋体", "STSong"),
}  # fmt: skip
ENDINGS = (".ttf", ".ttc")
# Names in a font: family, full name, preferred family.
FAMILY, WHOLE, PREFERRED = 1, 4, 16
# fsType of OS/2: may not be embedded; may not be embedded in part; only as a picture.
RESTRICTED, WHOLE_ONLY, BITMAP_ONLY = 0x0002, 0x0100, 0x0200
# For reading and printing, or for changing: where several are set, the kindest counts.
GRANTED = 0x0004 | 0x0008
MOST_BYTES = 64 * 1024 * 1024

# Face → file now chosen; empty: the faces that the program carries.
chosen: dict[str, str] = {}


@dataclass(frozen=True)
class OwnFont:
    """A font of the computer; `refused` says why papers cannot use it."""

    face: str
    name: str
    file: Path
    refused: AppError | None = None


def choose(kept: str) -> None:
    """Use what the settings keep: face → file as JSON; what is no longer there is left out without a word."""
    chosen.clear()
    try:
        told = json.loads(kept or "{}")
    except ValueError:
        return
    if isinstance(told, dict):
        chosen.update({face: file for face, file in told.items() if face in NAMES and os.path.isfile(str(file))})


def folders() -> list[Path]:
    """Where this computer keeps its fonts."""
    home = Path.home()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", "")
        found = [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"]
        return [*found, Path(local) / "Microsoft" / "Windows" / "Fonts"] if local else found
    if sys.platform == "darwin":
        return [home / "Library" / "Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    return [home / ".local" / "share" / "fonts", home / ".fonts", Path("/usr/local/share/fonts"),
            Path("/usr/share/fonts")]  # fmt: skip


def found(places: Iterable[Path] | None = None) -> tuple[OwnFont, ...]:
    """The fonts of the computer that may stand in for a face of the papers, the best of each face first."""
    fonts: dict[tuple[str, str], OwnFont] = {}
    for file in _files(folders() if places is None else places):
        for one in read(file):
            fonts.setdefault((one.face, one.name), one)
    faces = list(NAMES)
    return tuple(sorted(fonts.values(), key=lambda one: (faces.index(one.face), NAMES[one.face].index(one.name))))


def _files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        for folder, _folders, names in os.walk(place):
            yield from (Path(folder) / name for name in sorted(names) if name.lower().endswith(ENDINGS))


def read(file: Path) -> list[OwnFont]:
    """What this file offers: nothing where its name is none of NAMES or it cannot be read."""
    try:
        if file.stat().st_size > MOST_BYTES:
            return []
        data = file.read_bytes()
        start = unpack_from(">L", data, 12)[0] if data[:4] == b"ttcf" else 0
        tables = _tables(data, start)
        names = set(_names(data, tables[b"name"])) if b"name" in tables else set()
        refused = _refused(data, tables)
    except (OSError, StructError, UnicodeDecodeError):
        return []
    return [
        OwnFont(face, name, file, refused) for face, known in NAMES.items() for name in known if name in names
    ][:1]  # fmt: skip


def _tables(data: bytes, start: int) -> dict[bytes, int]:
    """Where each table of the font begins."""
    count = unpack_from(">H", data, start + 4)[0]
    rows = range(start + 12, start + 12 + 16 * count, 16)
    return {data[at : at + 4]: unpack_from(">L", data, at + 8)[0] for at in rows}


def _names(data: bytes, start: int) -> Iterator[str]:
    """The names of the font in every language."""
    _form, count, texts = unpack_from(">HHH", data, start)
    for at in range(start + 6, start + 6 + 12 * count, 12):
        platform, encoding, _language, kind, length, offset = unpack_from(">HHHHHH", data, at)
        if kind in (FAMILY, WHOLE, PREFERRED):
            raw = data[start + texts + offset : start + texts + offset + length]
            if platform in (0, 3):
                yield raw.decode("gb18030" if (platform, encoding) == (3, 3) else "utf-16-be", "replace").strip("\0 ")


def _refused(data: bytes, tables: dict[bytes, int]) -> AppError | None:
    """Why a paper cannot use it."""
    if b"glyf" not in tables or b"loca" not in tables:
        return AppError(N_("its outlines are not TrueType, so it cannot be put into a PDF here"))
    rights = unpack_from(">H", data, tables[b"OS/2"] + 8)[0] if b"OS/2" in tables else 0
    if rights & (WHOLE_ONLY | BITMAP_ONLY) or (rights & RESTRICTED and not rights & GRANTED):
        return AppError(N_("its maker does not allow it to be put into a PDF"))
    if b"cmap" not in tables or not _mapped(data, tables[b"cmap"]):
        return AppError(N_("it has no table of Unicode characters"))
    return None


def _mapped(data: bytes, start: int) -> bool:
    """Whether there is a table of Unicode characters that can be read."""
    for n in range(unpack_from(">H", data, start + 2)[0]):
        platform, encoding, offset = unpack_from(">HHL", data, start + 4 + 8 * n)
        if platform in (0, 3) and encoding in (1, 3, 4, 10) and unpack_from(">H", data, start + offset)[0] in (4, 12):
            return True
    return False
