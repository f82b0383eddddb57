"""The user's own faces for papers: which there are on this computer, and which are used."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from deliberation_app.papers import fonts_own
from deliberation_app.papers.fonts_own import OwnFont

__all__ = ["FACES", "OwnFont", "choose", "chosen", "found"]

# The faces of the papers, with the font that the standard or custom means.
FACES: Mapping[str, str] = {face: names[0] for face, names in fonts_own.NAMES.items()}


def found() -> tuple[OwnFont, ...]:
    """The fonts of this computer that may stand in for a face of the papers; reading them takes a moment."""
    return fonts_own.found()


def chosen() -> dict[str, str]:
    """Face → file now used."""
    return dict(fonts_own.chosen)


def choose(face: str, file: Path | str) -> str:
    """Use this font for a face from now on, the carried one where `file` is empty; the answer is for the settings."""
    told = {**fonts_own.chosen, face: str(file)}
    kept = {name: place for name, place in told.items() if place}
    fonts_own.choose(json.dumps(kept, ensure_ascii=False))
    return json.dumps(fonts_own.chosen, ensure_ascii=False) if fonts_own.chosen else ""
