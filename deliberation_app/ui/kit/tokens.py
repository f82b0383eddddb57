"""The tokens of the look: colours of two themes, sizes, and the contrast each pair must keep."""

from __future__ import annotations

LIGHT: dict[str, str] = {
    "bg": "#F6F3EF", "side": "#EFEAE4", "surface": "#FFFFFF",
    "sunken": "#F2EEE9", "hover": "#EAE4DC",
    "line": "#E3DCD3", "field": "#91877B", "track": "#E6DFD6", "tick": "#7F7569",
    "text": "#25201C", "text2": "#574F47", "text3": "#6B6259",
    "accent": "#932E2D", "accentHover": "#7D2526", "accentPress": "#661F20", "onAccent": "#FFFFFF",
    "accentText": "#8A2A2A", "accentTint": "#F4E1DD", "accentFill": "#932E2D",
    "ok": "#2A6A47", "okTint": "#E4F0E8", "okFill": "#3C8760",
    "warn": "#855000", "warnTint": "#FAEFD9", "warnFill": "#B8770F",
    "bad": "#A63F0A", "badTint": "#FBE9DF", "badFill": "#C4541A",
    "info": "#235C78", "infoTint": "#E3EEF3", "infoFill": "#3A7A98",
    "ring": "#25201C", "canvas": "#DDD6CD",
    "scale50": "#FAF1EF", "scale100": "#F4E1DD", "scale200": "#E9C5BF",
    "scale300": "#D99C94", "scale400": "#C26C65", "scale500": "#AA4641",
    "toast": "#25201C", "toastLine": "#25201C", "toastText": "#FFFFFF", "toastButton": "#FFFFFF",
    "toastButtonHover": "#F2EEE9", "toastButtonText": "#25201C", "toastOk": "#86CBA3", "segmentOn": "#FFFFFF",
}  # fmt: skip

DARK: dict[str, str] = {
    "bg": "#1C1917", "side": "#171412", "surface": "#25211E",
    "sunken": "#2B2723", "hover": "#35302B",
    "line": "#3B352F", "field": "#8B8074", "track": "#3B352F", "tick": "#A99F94",
    "text": "#F3EEE8", "text2": "#CBC2B8", "text3": "#A99F94",
    "accent": "#B4433F", "accentHover": "#C3524D", "accentPress": "#9E3835", "onAccent": "#FFFFFF",
    "accentText": "#F0A49C", "accentTint": "#402726", "accentFill": "#D0736B",
    "ok": "#86CBA3", "okTint": "#1F3228", "okFill": "#5CAE80",
    "warn": "#EDBD6C", "warnTint": "#372B16", "warnFill": "#D79A33",
    "bad": "#F2A57C", "badTint": "#3B2418", "badFill": "#E0763C",
    "info": "#8EC3DB", "infoTint": "#1C2F38", "infoFill": "#5FA3C2",
    "ring": "#F3EEE8", "canvas": "#12100E",
    "scale50": "#2E2020", "scale100": "#3D2626", "scale200": "#5A3030",
    "scale300": "#7D3E3C", "scale400": "#B4514C", "scale500": "#D0736B",
    "toast": "#25211E", "toastLine": "#3B352F", "toastText": "#F3EEE8", "toastButton": "#25211E",
    "toastButtonHover": "#35302B", "toastButtonText": "#F3EEE8", "toastOk": "#86CBA3", "segmentOn": "#1C1917",
}  # fmt: skip

THEMES: dict[str, dict[str, str]] = {"light": LIGHT, "dark": DARK}

# Name of a kind of type: size in px at 100 % and weight; 900 is the Song face for our own fixed words only.
TYPES: dict[str, tuple[int, int]] = {
    "title": (28, 900),
    "seal": (20, 900),
    "h2": (20, 700),
    "h3": (17, 700),
    "body": (15, 400),
    "strong": (15, 500),
    "bold": (15, 700),
    "label": (14, 500),
    "hint": (14, 400),
    "figure": (28, 700),
    "keycap": (13, 500),
    "statement": (17, 400),
    "name": (16, 700),
    "clock": (56, 700),
}

SPACE = (4, 8, 12, 16, 20, 24, 32)
RADIUS = {"card": 8, "small": 6, "key": 4, "chip": 12, "next": 10}
HEIGHT = {
    "button": 40, "small": 32, "next": 60, "nav": 34, "row": 44, "head": 40, "chip": 24, "list_row": 60,
    "list_row_compact": 52,
    "row_compact": 36,
}  # fmt: skip
ICON = {"row": 20, "word": 18, "chip": 16, "next": 22}

TONES = ("accent", "ok", "warn", "bad", "info")


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB as WCAG 2 defines it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


GROUNDS = ("bg", "side", "surface", "sunken")
# Foreground, the grounds it is used on, the least contrast in both themes (4.5 for words, 3 for borders and bars).
PAIRS: tuple[tuple[str, tuple[str, ...], float], ...] = (
    ("text", (*GROUNDS, "hover", "accentTint", "okTint", "warnTint", "badTint", "infoTint"), 4.5),
    ("text2", (*GROUNDS, "hover", "accentTint", "badTint", "warnTint"), 4.5),
    ("text3", GROUNDS, 4.5),
    ("onAccent", ("accent", "accentHover", "accentPress"), 4.5),
    ("accentText", ("bg", "surface", "sunken", "accentTint"), 4.5),
    ("ok", ("bg", "side", "surface", "okTint"), 4.5),
    ("warn", ("bg", "side", "surface", "warnTint"), 4.5),
    ("bad", ("bg", "side", "surface", "badTint"), 4.5),
    ("info", ("bg", "side", "surface", "infoTint"), 4.5),
    ("field", ("bg", "surface"), 3.0),
    ("tick", ("track", "surface"), 3.0),
    ("accentFill", ("track",), 3.0),
    ("okFill", ("track",), 3.0),
    ("badFill", ("track",), 3.0),
    ("infoFill", ("track",), 3.0),
    ("ring", (*GROUNDS, "accentTint", "canvas"), 4.5),
    ("toastText", ("toast",), 4.5),
    ("toastOk", ("toast",), 4.5),
    ("toastButtonText", ("toastButton", "toastButtonHover"), 4.5),
)
