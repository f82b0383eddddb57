"""The code of a person on the sign-in sheet of one meeting: digits only, so that no input method takes them for a name.

Twenty digits: 94, six of the meeting, ten of the person, two check digits (ISO 7064, MOD 97-10): a digit misread or
two exchanged are noticed. A pinyin input method swallows letters, but passes digits on; no name has any.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from hashlib import sha256

LENGTH = 20
_HEAD = "94"
_MEETING, _PERSON = 6, 10
_BLANKS = re.compile(r"[\s\-]+")


def _digits(key: uuid.UUID, count: int) -> str:
    return str(int.from_bytes(sha256(key.bytes).digest()[:8], "big") % 10**count).zfill(count)


def meeting_digits(meeting_id: uuid.UUID) -> str:
    """The part of a code that says of which meeting it is."""
    return _digits(meeting_id, _MEETING)


def person_digits(person_id: uuid.UUID) -> str:
    """The part of a code that says whose it is."""
    return _digits(person_id, _PERSON)


def code_of(meeting_id: uuid.UUID, person_id: uuid.UUID) -> str:
    """The code printed beside a name on the sign-in sheet of a meeting."""
    body = _HEAD + meeting_digits(meeting_id) + person_digits(person_id)
    return f"{body}{98 - int(body) * 100 % 97:02d}"


def spaced(code: str) -> str:
    """The code in fours, as it is read aloud or typed by hand."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def plain(text: str) -> str:
    """What a scanner or a hand typed, without blanks and in half width."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


def looks_like_code(text: str) -> bool:
    """Whether this can only be meant as a code, read well or not."""
    written = plain(text)
    return len(written) == LENGTH and written.isascii() and written.isdigit() and written.startswith(_HEAD)


def is_code(text: str) -> bool:
    """Whether this is a code whose check digits are right."""
    return looks_like_code(text) and int(plain(text)) % 97 == 1


def parts(code: str) -> tuple[str, str]:
    """The meeting's and the person's digits of a code."""
    written = plain(code)
    at = len(_HEAD)
    return written[at : at + _MEETING], written[at + _MEETING : at + _MEETING + _PERSON]
