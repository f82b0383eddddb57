"""Where a name that is too long for its line is parted."""

from __future__ import annotations

import re

from deliberation_app.ui.kit import theme


def name_lines(name: str, face: str, room: float) -> list[str]:
    """A name in two lines or more, parted where its parts meet, and inside a part only where that is wider."""
    metrics, lines = theme.metrics(face), [""]
    for part in re.findall(r"[^·・\s-]+[·・\s-]*", name) or [name]:
        if lines[-1] and metrics.horizontalAdvance(lines[-1] + part.rstrip()) > room:
            lines.append("")
        for sign in part:
            if lines[-1] and metrics.horizontalAdvance(lines[-1] + sign) > room and sign.strip():
                lines.append("")
            lines[-1] += sign
    return [line.strip() for line in lines if line.strip()]
