"""Traditional and Simplified characters, so that each finds the other."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import opencc


@lru_cache(maxsize=2)
def _converter(name: str) -> opencc.OpenCC:
    # Its tables come with the first word to be written or found.
    import opencc

    return opencc.OpenCC(name)


def simplify(text: str) -> str:
    """The text in Simplified characters; what has no simplified form stays."""
    return str(_converter("t2s").convert(text))


def traditional(text: str) -> str:
    """The text in Traditional characters, word for word: what somebody may have typed, never another vocabulary."""
    return str(_converter("s2t").convert(text))
