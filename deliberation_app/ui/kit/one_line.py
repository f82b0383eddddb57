"""Text in one line: without breaks, and with … where it does not fit."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF

from deliberation_app.ui.kit import rare_faces, theme

_TURNING = dict.fromkeys((0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))  # the way text runs


def one_line(text: str) -> str:
    """`text` without breaks and tabs, and without signs that turn its direction; wide spaces stay."""
    return " ".join(text.replace("\t", " ").splitlines()).translate(_TURNING)


def elided(text: str, kind: str, width: float) -> str:
    """`text` in one line, cut with … where it is wider than `width` pixels in the face of `kind`."""
    return _elided(text, kind, theme.look().scale, width)


@lru_cache(2048)
def _elided(text: str, kind: str, _scale: int, width: float) -> str:
    return cut(one_line(rare_faces.ready(text)), theme.metrics(kind), width)


def cut(line: str, metrics: QFontMetrics | QFontMetricsF, width: float) -> str:
    """Of parts with · between them those that fit stand whole; else the line ends in …"""
    wide = metrics.horizontalAdvance(line)
    if wide + 1 <= width:  # measured in whole pixels it may be a little wider
        return line
    parts = line.split(" · ") if wide > width else []
    whole = (" · ".join(parts[:count]) for count in range(len(parts) - 1, 0, -1))
    fitting = next((one for one in whole if metrics.horizontalAdvance(one) <= width), None)
    return fitting or metrics.elidedText(line, Qt.TextElideMode.ElideRight, width)


def plain_tip(text: str) -> str:
    """A tool tip that Qt does not take for mark-up."""
    # Not html.escape: that package brings the names of two thousand signs, a hundredth of a bare window's memory.
    marked = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<span>{marked}</span>" if "<" in text or "&" in text else text
