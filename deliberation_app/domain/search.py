"""Text as search sees it: folded, and each character a word of its own, so that a phrase is a LIKE."""

from __future__ import annotations

import uuid

from deliberation_app.domain.script import simplify
from deliberation_app.domain.search_sounds import sounds_of


def folded(text: str) -> str:
    """Simplified characters and small letters, so that either script and either case finds the other."""
    return simplify(text).casefold()


def spaced(text: str) -> str:
    """Each character of the text as a word: Chinese characters and letters as they are, everything else by number.

    The word breakers of the databases pass over punctuation, and do not know characters that came after them: by its
    number each is a word like any other. Blanks are words too, since somebody may look for “2 号”.
    """
    return " ".join(sign if _plain(sign) else f"z{ord(sign):x}" for sign in text)


def _plain(sign: str) -> bool:
    return "\u4e00" <= sign <= "\u9fa5" or "a" <= sign <= "z" or "0" <= sign <= "9"


def words_of(what: str, unit_id: uuid.UUID | None, text: str) -> str:
    """What is written into the index for one row: of which unit and sort it is, its text, and how that is read."""
    plain = folded(text)
    return " ".join((*scope(unit_id, what), spaced(plain), *sounds_of(plain)))


def scope(unit_id: uuid.UUID | None, what: str = "") -> tuple[str, ...]:
    """The words for a unit and a sort; they are longer than those of any text."""
    unit = (f"zzu{unit_id.hex}",) if unit_id is not None else ()
    return (*unit, f"zzk{what}") if what else unit
