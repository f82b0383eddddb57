"""Which pages somebody typed: “2-4, 7”, as people write it, with full-width digits and Chinese words between."""

from __future__ import annotations

import re
import unicodedata

from deliberation_app.errors import N_, RuleBroken

# Pages from 1, both inclusive.
Range = tuple[int, int]
_BETWEEN = re.compile(r"[\s,;、。]+")
_PART = re.compile(r"(\d{1,4})(?:[-–—~至到](\d{1,4}))?")
_AROUND = re.compile(r"\s*([-–—~至到])\s*")


def pages_in(text: str, count: int) -> tuple[Range, ...]:
    """The ranges in what was typed, in that order; RuleBroken where it is none or lies outside the paper."""
    plain = _AROUND.sub(r"\1", unicodedata.normalize("NFKC", text).replace("第", "").replace("页", " "))
    found: list[Range] = []
    for part in filter(None, _BETWEEN.split(plain)):
        match = _PART.fullmatch(part)
        if match is None:
            raise _unclear(count)
        first = int(match[1])
        last = int(match[2] or first)
        if not 1 <= first <= last <= count:
            raise RuleBroken(N_("There are {count} pages; “{part}” is not among them. Nothing was printed."),
                             count=count, part=part)  # fmt: skip
        found.append((first, last))
    if not found:
        raise _unclear(count)
    return tuple(found)


def _unclear(count: int) -> RuleBroken:
    return RuleBroken(
        N_("Which pages? Write them so: 1-3, 5. The paper has {count}. Nothing was printed."), count=count
    )


def words(ranges: tuple[Range, ...]) -> str:
    """The ranges as the print system takes them."""
    return ",".join(f"{first}-{last}" for first, last in ranges)
