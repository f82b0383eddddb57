"""What comes with pasted words and is no part of them: signs that nobody sees, and that turn words round."""

from __future__ import annotations

import re

# Control signs, half characters, blanks without width, and what makes the reading turn round (U+202E and its kin).
_NONE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_ENDS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


def cleaned(text: str, *, lines: bool = False) -> str:
    """The words alone; ends of lines stay where there may be several `lines`, and are blanks in one."""
    if text.isprintable():
        return text
    said = _NONE.sub("", _ENDS.sub("\n" if lines else " ", text))
    return said if lines else said.replace("\t", " ")
