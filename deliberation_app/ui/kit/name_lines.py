"""Where a name that is too long for its line is parted."""

from __future__ import annotations

import re

from deliberation_app.ui.kit import rare_faces, theme
from deliberation_app.ui.kit.one_line import elided


def name_lines(name: str, face: str, room: float, most: int = 9) -> list[str]:
    """A name in lines, parted where its parts meet, and inside a part only where that is wider.

    Where that makes more than `most` lines they are filled one after the other, and the last one may end in …
    """
    lines = [line.strip() for line in _parted(rare_faces.ready(name), face, room) if line.strip()]
    if len(lines) > most:
        filled = _filled(name, face, room)
        lines = [*filled[: most - 1], elided("".join(filled[most - 1 :]).strip(), face, room)]
    return lines


def _filled(name: str, face: str, room: float) -> list[str]:
    """A name in lines as full as can be."""
    metrics, lines = theme.metrics(face), [""]
    for sign in name:
        if lines[-1] and metrics.horizontalAdvance(lines[-1] + sign) > room:
            lines.append("")
        lines[-1] += sign
    return lines


def _parted(name: str, face: str, room: float) -> list[str]:
    metrics, lines = theme.metrics(face), [""]
    for part in re.findall(r"[^·・\s-]+[·・\s-]*", name) or [name]:
        if lines[-1] and metrics.horizontalAdvance(lines[-1] + part.rstrip()) > room:
            lines.append("")
        for sign in part:
            if lines[-1] and metrics.horizontalAdvance(lines[-1] + sign) > room and sign.strip():
                lines.append("")
            lines[-1] += sign
    return lines
