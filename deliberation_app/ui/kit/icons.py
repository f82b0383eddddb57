"""Phosphor icons by name, painted in the tokens of the theme in force.

qtawesome brings the face and its table of names. Importing that package costs as much as a bare window, so its two
files are read instead: the outline of a glyph is a path, sharp at any scale and in any colour, with nothing to cache
by colour and nothing to redo when the theme changes.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QIcon,
    QIconEngine,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
    QRawFont,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from deliberation_app.ui.kit import pictures, theme

# What a thing is called in the program, and the Phosphor glyph for it.
PARTS = {
    "home": "sun-horizon", "voices": "chat-circle-text", "agenda": "columns", "tasks": "checks", "evaluation": "star",
    "notices": "megaphone", "meetings": "users-three", "votes": "check-square-offset", "minutes": "notebook",
    "people": "address-book", "parking": "car-simple", "duties": "calendar-check", "archive": "archive-box",
    "floor": "microphone", "search": "magnifying-glass", "accounts": "user-gear", "backup": "hard-drives",
}  # fmt: skip
ACTS = {
    "add": "plus", "edit": "pencil-simple", "print": "printer", "sign": "pen-nib", "import": "upload-simple",
    "pdf": "file-arrow-down", "word": "file-text", "link": "link-simple", "undo": "arrow-counter-clockwise",
    "go_on": "arrow-right", "back": "arrow-left", "projector": "projector-screen", "keys": "keyboard",
    "settings": "gear-six", "more": "dots-three", "down": "caret-down", "up": "caret-up", "right": "caret-right",
    "left": "caret-left", "close": "x", "check": "check", "minus": "minus", "remove": "trash", "copy": "copy",
    "clock": "clock", "pause": "pause", "play": "play", "repeat": "repeat", "calendar": "calendar-blank", "eye": "eye",
    "up_arrow": "arrow-up", "down_arrow": "arrow-down", "room": "map-pin", "person": "user", "merge": "intersect",
    "folder": "folder-open", "house": "house", "lock": "lock-simple", "enter": "arrow-elbow-down-left",
}  # fmt: skip
STATES = {
    "done": "check-circle-fill", "under_way": "circle-half-fill", "to_do": "circle-dashed", "late": "warning-circle",
    "late_fill": "warning-circle-fill", "missing": "x-circle", "failed": "x-circle-fill", "note": "info",
    "promise": "calendar-check", "verbatim": "quotes", "first_time": "hand-waving", "live": "record-fill",
    "dot": "circle-fill", "ring": "circle", "party": "flag-fill",
}  # fmt: skip
NAMES = {**PARTS, **ACTS, **STATES}

_EM = 256


@cache
def _face() -> tuple[QRawFont, str]:
    """The Phosphor face at 256 px and the text of its table of names, from the files that qtawesome carries."""
    spec = find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise RuntimeError("qtawesome is not installed")
    folder = Path(spec.origin).parent / "fonts"
    # Six thousand names of which the program uses a hundred: looked up in the text, not kept as a table.
    names = next(folder.glob("phosphor-charmap-*.json")).read_text(encoding="utf-8")
    # As a face of the application the file is mapped; a raw face of its own would be a copy of it in memory.
    number = QFontDatabase.addApplicationFont(str(next(folder.glob("phosphor-[0-9]*.ttf"))))
    face = QFont(QFontDatabase.applicationFontFamilies(number))
    face.setPixelSize(_EM)
    return QRawFont.fromFont(face), names


@cache
def outline(name: str) -> QPainterPath:
    """The glyph `name` (of NAMES, or Phosphor's own) as a path in a square of 256; unknown names are an error."""
    face, names = _face()
    found = re.search(rf'"{re.escape(NAMES.get(name, name))}": "0x([0-9a-f]+)"', names)
    if found is None:
        raise KeyError(name)
    glyph = face.glyphIndexesForString(chr(int(found[1], 16)))[0]
    path = face.pathForGlyph(glyph)
    path.translate(0, face.ascent() - (face.ascent() + face.descent() - _EM) / 2)
    return path


def paint(painter: QPainter, name: str, box: QRectF | QRect, shade: QColor) -> None:
    """Paint the icon centred in `box`, as large as the box allows."""
    area = QRectF(box)
    side = min(area.width(), area.height())
    square = QRectF(area.center().x() - side / 2, area.center().y() - side / 2, side, side)

    def shape(brush: QPainter, place: QRectF) -> None:
        brush.setRenderHint(QPainter.RenderHint.Antialiasing)
        brush.translate(place.topLeft())
        brush.scale(side / _EM, side / _EM)
        brush.fillPath(outline(name), shade)

    pictures.put(painter, square, (name, shade.rgba()), shape)


class GlyphEngine(QIconEngine):
    """Paints one glyph in a colour token looked up at the moment of painting."""

    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self._name = name
        self._tone = tone

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Fill `rect`; disabled icons take the colour of hints."""
        shade = theme.colour("text3" if mode == QIcon.Mode.Disabled else self._tone)
        paint(painter, self._name, rect, shade)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """A transparent picture of `size` device pixels with the glyph in it."""
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        """A second engine of the same glyph, as QIcon asks when it is copied."""
        return GlyphEngine(self._name, self._tone)


@cache
def icon(name: str, tone: str = "text2") -> QIcon:
    """The icon for menus and Qt's own buttons; it follows the theme by itself."""
    return QIcon(GlyphEngine(name, tone))


def paint_on(widget: QWidget, name: str, left: int, top: int, side: int, tone: str) -> None:
    """Paint an icon over a widget, from its paintEvent."""
    painter = QPainter(widget)
    paint(painter, name, QRectF(left, top, side, side), theme.colour(tone))
    painter.end()


class IconLabel(QWidget):
    """An icon by itself; the words beside it say what it means."""

    def __init__(self, name: str = "", tone: str = "text2", size: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._tone, self._size = name, tone, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_as(self, name: str, tone: str = "text2") -> None:
        """Show another icon."""
        self._name, self._tone = name, tone
        self.update()

    def sizeHint(self) -> QSize:
        """A square, with room above so that it stands beside a line of words."""
        return QSize(theme.px(self._size), theme.px(self._size + 4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The glyph."""
        if self._name:
            paint_on(self, self._name, 0, (self.height() - theme.px(self._size)) // 2, theme.px(self._size), self._tone)
