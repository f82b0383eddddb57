"""People by name: names written one way, found by characters or pinyin, and telephones that can be dialled."""

from __future__ import annotations

import re
import unicodedata

from deliberation_app.errors import N_, RuleBroken

MIDDLE_DOT = "·"
DOTS = "•・‧．.∙⋅･"
_DOT = re.compile(f"\\s*[{re.escape(MIDDLE_DOT + DOTS)}]\\s*")
_SPACE = re.compile(r"\s+")
_MOBILE = re.compile(r"(?:\+?86)?(1[3-9][\d*]{9})")
_LANDLINE = re.compile(r"(0\d{2,3}-?)?([2-9][\d*]{6,7})([-转]\d{1,6})?")
_SERVICE = re.compile(r"[48]00\d{7}|9[56]\d{3,6}|1\d{2}|1\d{4}")
NO_SUCH_INITIALS = N_("Nobody has the initials “{typed}”. To sign in somebody new, type the whole name.")
_LAST_LATIN = "\u024f"
_APART = re.compile(r"[^\w]+")
_PUNCTUATION = re.compile(r"[\s'’·\-_]+")


def normalise_name(name: str) -> str:
    """The name as it is stored: ends trimmed, one space inside, every middle dot between words as U+00B7."""
    name = _SPACE.sub(" ", name.strip())
    if re.search(r"[A-Za-z]", name):  # in a Latin name the full stop is part of an initial: J. Smith
        return name
    return _DOT.sub(MIDDLE_DOT, name).strip(MIDDLE_DOT) or name


def is_name(typed: str) -> bool:
    """Whether this was typed as a name: Latin letters alone are initials or pinyin, unless written like Maria Lopez."""
    written = unicodedata.normalize("NFKC", typed)
    if any(sign > _LAST_LATIN and unicodedata.category(sign)[0] in "LC" for sign in written):
        return True
    words = [word for word in _APART.split(written) if word]
    capitals = len(words) > 1 and words[0][0].isupper() and words[-1][0].isupper()
    return capitals and any(sign.islower() for sign in written)


def normalise_query(query: str) -> str:
    """What was typed, ready to be compared: folded, half width, without blanks, dots and marks between syllables."""
    folded = unicodedata.normalize("NFKC", query).casefold().replace("ü", "v").replace("u:", "v")
    return _PUNCTUATION.sub("", folded.translate({ord(dot): None for dot in DOTS}))


def matches(query: str, name: str, key: str) -> bool:
    """Whether what was typed finds the name: characters, initials, pinyin or a mixture, from any character on.

    `key` is pinyin.search_key(name), computed once; a query in Traditional characters goes through script.simplify.
    """
    wanted = normalise_query(query)
    if not wanted or f" {wanted}" in key or wanted in normalise_query(name):
        return True
    sounds = key.partition(" ")[0]
    if wanted[0] not in sounds:
        return False
    units = [_unit(part) for part in sounds.split("|")]
    return any(_follows(wanted, units, start) for start in range(len(units)))


def _unit(part: str) -> tuple[str, tuple[str, ...]]:
    return part[:1], tuple(part[2:].split(","))


def _follows(wanted: str, units: list[tuple[str, tuple[str, ...]]], place: int) -> bool:
    """Whether `wanted` can be read along the units from `place` on: by character, syllable or initial."""
    if not wanted:
        return True
    if place == len(units):
        return False
    sign, readings = units[place]
    if wanted[0] == sign and _follows(wanted[1:], units, place + 1):
        return True
    for reading in readings:
        if reading.startswith(wanted):
            return True
        for size in {len(reading), 2 if reading[1:2] == "h" else 1, 1}:
            if reading and wanted.startswith(reading[:size]) and _follows(wanted[size:], units, place + 1):
                return True
    return False


def check_phone(phone: str) -> str:
    """The telephone number as it is stored: a mobile without blanks; refused when it cannot be one."""
    written = re.sub(r"[\s()]", "", re.sub("[－–—]", "-", unicodedata.normalize("NFKC", phone)))
    number = written.replace("-", "")
    if not number:
        return ""
    mobile = _MOBILE.fullmatch(number)
    if mobile:
        return mobile[1]
    if _LANDLINE.fullmatch(written) or _SERVICE.fullmatch(number):
        return unicodedata.normalize("NFKC", phone).strip()
    if re.search(r"[^\d+*转]", number):
        raise RuleBroken(
            N_(
                "The telephone “{phone}” holds signs that are not digits. A mobile number has 11 digits and begins "
                "with 1, a landline has 7 or 8 digits after its area code, such as 0531-88880000. Nothing was changed."
            ),
            phone=phone,
        )
    raise RuleBroken(
        N_(
            "The telephone “{phone}” has {count} digits. A mobile number has 11 digits and begins with 1, a landline "
            "has 7 or 8 digits after its area code, such as 0531-88880000. Nothing was changed."
        ),
        phone=phone,
        count=len(number.lstrip("+")),
    )
