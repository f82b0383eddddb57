"""Theme, scale and density of the whole program: one palette, one stylesheet, one set of fonts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from string import Template

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from deliberation_app import settings
from deliberation_app.ui.kit import tokens

SANS_FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Medium.ttf", "NotoSansSC-Bold.ttf")
SERIF_FILE = "NotoSerifSC-Black.ttf"
# Own face first; then what domestic Linux and Windows have for names the subset lacks.
SANS = [
    "Noto Sans SC", "Noto Sans SC Medium", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "HanaMinB",
    "sans-serif",
]  # fmt: skip
SERIF = ["Noto Serif SC", "Noto Serif SC Black", "Noto Serif CJK SC", "SimSun", "serif"]
SCALES = (100, 110, 125, 150, 175, 200)
_PX = re.compile(r"@px\((-?\d+(?:\.\d+)?)\)")


@dataclass(frozen=True)
class Look:
    """What the windows look like now; `scale` is in percent, `density` comfortable or compact."""

    theme: str = "light"
    scale: int = 100
    density: str = "comfortable"
    colours: dict[str, str] = field(default_factory=lambda: tokens.LIGHT, compare=False, repr=False)


class Changes(QObject):
    """Tells painted widgets and windows that the look changed."""

    changed = Signal()
    rescaled = Signal()


changes = Changes()
_look = Look()


def look() -> Look:
    """The look in force."""
    return _look


def px(value: float) -> int:
    """A measure of the design at 100 %, in pixels at the scale in force; never less than one for a hairline."""
    scaled = round(value * _look.scale / 100)
    return scaled if scaled or not value else 1


def window_width(widget: QWidget) -> float:
    """How wide a widget's window is, in pixels of 100 %: what fits beside what is the same at every size."""
    return widget.window().width() * 100 / look().scale


def hexa(name: str) -> str:
    """The colour token `name` as #RRGGBB."""
    return _look.colours[name]


def colour(name: str) -> QColor:
    """The colour token `name`; an unknown name is a programming error."""
    return _shade(_look.theme, name)


@cache
def _shade(theme: str, name: str) -> QColor:
    return QColor(tokens.THEMES[theme][name])


def font(kind: str = "body") -> QFont:
    """The face for a kind of type of tokens.TYPES, at the scale in force."""
    return QFont(_face(kind, _look.scale))


def face(kind: str) -> QFont:
    """The same as `font`, for painters: it is shared, and nobody may change it."""
    return _face(kind, _look.scale)


@cache
def _face(kind: str, scale: int) -> QFont:
    size, weight = tokens.TYPES[kind]
    face = QFont()
    face.setFamilies(SERIF if weight == 900 else SANS)
    face.setPixelSize(round(size * scale / 100))
    face.setWeight(QFont.Weight(weight))
    return face


def metrics(kind: str = "body") -> QFontMetricsF:
    """Measures of the face for a kind of type, without waiting for a widget to be polished."""
    return _measures(kind, _look.scale)


@cache
def _measures(kind: str, scale: int) -> QFontMetricsF:
    return QFontMetricsF(_face(kind, scale))


def forget_faces() -> None:
    """Faces and measures are made anew: others stand behind them now."""
    for kept in (_face, _measures, _advance):
        kept.cache_clear()


def advance(kind: str, text: str) -> float:
    """How wide a text is in one line of a kind of type: the same words are shaped once, not at every stroke."""
    return _advance(kind, text, _look.scale)


@lru_cache(2048)
def _advance(kind: str, text: str, scale: int) -> float:
    return _measures(kind, scale).horizontalAdvance(text)


@cache
def load_fonts() -> bool:
    """Register each weight of our faces once; False when they are not there and the system's are used."""
    loaded = [
        QFontDatabase.addApplicationFont(str(file)) >= 0
        for name in (*SANS_FILES, SERIF_FILE)
        if (file := settings.path("resources", "fonts", name)).exists()
    ]
    return len(loaded) == len(SANS_FILES) + 1 and all(loaded)


def system_theme() -> str:
    """light or dark, as the desktop says."""
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def apply(app: QApplication, theme: str = "light", scale: int = 100, density: str = "comfortable") -> None:
    """Dress the whole application; called at the start and whenever theme, scale or density change."""
    global _look  # noqa: PLW0603 - one look a process, as there is one QApplication
    before = _look
    name = theme if theme in tokens.THEMES else system_theme()
    _look = Look(name, min(max(scale, 100), 200), density, tokens.THEMES[name])
    load_fonts()
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    QDir.setSearchPaths("marks", [str(settings.path("resources", "icons"))])
    app.setPalette(palette())
    app.setFont(font("body"))
    app.setStyleSheet(stylesheet())
    changes.changed.emit()
    if (before.scale, before.density) != (_look.scale, _look.density):
        changes.rescaled.emit()


def stylesheet() -> str:
    """The one stylesheet with tokens and pixels filled in; an unknown token is an error."""
    source = settings.path("resources", "style", "style.qss").read_text(encoding="utf-8")
    values = {**_look.colours, "theme": _look.theme, "serif": SERIF[0]}
    return Template(_PX.sub(lambda found: f"{px(float(found[1]))}px", source)).substitute(values)


_ROLES: tuple[tuple[str, str, str], ...] = (
    ("Window", "bg", "bg"), ("WindowText", "text", "text3"), ("Base", "surface", "bg"),
    ("AlternateBase", "sunken", "bg"), ("Text", "text", "text3"), ("PlaceholderText", "text3", "text3"),
    ("Button", "surface", "bg"),
    ("ButtonText", "text", "text3"), ("BrightText", "onAccent", "onAccent"), ("Highlight", "accentTint", "hover"),
    ("HighlightedText", "text", "text3"), ("ToolTipBase", "text", "text"), ("ToolTipText", "bg", "bg"),
    ("Link", "accentText", "text3"), ("LinkVisited", "accentText", "text3"), ("Light", "surface", "surface"),
    ("Midlight", "sunken", "sunken"), ("Mid", "line", "line"), ("Dark", "field", "field"), ("Shadow", "line", "line"),
    ("Accent", "accent", "field"),
)  # fmt: skip


def palette() -> QPalette:
    """The palette for delegates and native menus, which no stylesheet reaches."""
    made = QPalette()
    for role, normal, disabled in _ROLES:
        made.setColor(QPalette.ColorRole[role], colour(normal))
        made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole[role], colour(disabled))
    return made


def restyle(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties that the stylesheet looks at, and let it look again where one is other than before."""
    if all(widget.property(name) == value for name, value in properties.items()):
        return
    for name, value in properties.items():
        widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
