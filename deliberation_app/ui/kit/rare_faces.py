"""Characters that the faces of the windows lack: faces with the rare ones are loaded when a text needs them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from functools import cache, lru_cache

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFont, QFontDatabase, QRawFont
from PySide6.QtWidgets import QApplication

from deliberation_app import settings
from deliberation_app.ui.kit import theme

# In the weight of names every unified character lies; the bold face has the usual ones only.
_OF_NAMES = 500
_PIXELS = 40
# The first Chinese character there is, and the block of which the weight of names has every one.
_FIRST, _FULL = 0x3400, (0x4E00, 0x9FFF)
# Chinese characters outside that block: the extensions and those kept for compatibility.
_RARE = re.compile("[\u3400-\u4dbf\uf900-\ufaff\U00020000-\U0003ffff]")


@lru_cache(1024)
def worn(text: str, weight: int) -> tuple[int, tuple[str, ...]]:
    """In which weight the whole of a text can be shown, and which rare faces it needs besides.

    A name is never drawn in two weights, nor with an empty box in it.
    """
    missing = [one for one in text if not one.isspace() and not _has(weight, ord(one))]
    if not missing:
        return weight, ()
    rare = [one for one in missing if not _has(_OF_NAMES, ord(one))]
    blocks = sorted({ord(one) >> 10 for one in rare})
    found = tuple(family for block in blocks for family in _shards(block))
    return (weight if len(rare) == len(missing) else _OF_NAMES), found


def prepare(texts: Iterable[str]) -> None:
    """Load what these texts need before anything is drawn: what is drawn once keeps its empty boxes."""
    for code in {ord(one) for one in "".join(texts)}:
        if code >= _FIRST and not _FULL[0] <= code <= _FULL[1] and not _has(_OF_NAMES, code):
            _shards(code >> 10)


def ready(text: str) -> str:
    """The same text, of which now nothing is drawn as an empty box; costs next to nothing where nothing is rare.

    Whatever of the kit shows a text says this first, before it is measured.
    """
    if not text.isascii() and _RARE.search(text):
        prepare((text,))
    return text


def _dress() -> None:
    """Faces in use keep the list of those behind them: only new ones know what was loaded since."""
    app, look = QApplication.instance(), theme.look()
    if app is not None:
        theme.forget_faces()
        theme.apply(app, look.theme, look.scale, look.density)


@cache
def _raw(weight: int) -> QRawFont:
    face = QFont()
    face.setFamilies(theme.SANS[:1])
    face.setPixelSize(_PIXELS)
    face.setWeight(QFont.Weight(weight))
    return QRawFont.fromFont(face)


def _has(weight: int, code: int) -> bool:
    return bool(_raw(weight).supportsCharacter(code))


@cache
def _shards(block: int) -> tuple[str, ...]:
    """The families of the faces with these 1,024 code points; none where the archive is not there."""
    archive = settings.path("resources", "fonts", "rare.zip")
    found: list[str] = []
    if archive.exists():
        with zipfile.ZipFile(archive) as files:
            names = set(files.namelist())
            for name in (f"s{block:x}.ttf", f"h{block:x}.ttf"):
                if name in names:
                    found += QFontDatabase.applicationFontFamilies(
                        QFontDatabase.addApplicationFontFromData(files.read(name))
                    )
    new = [one for one in found if one not in theme.SANS]
    if new:
        theme.SANS.extend(new)
        QTimer.singleShot(0, _dress)
    return tuple(found)
