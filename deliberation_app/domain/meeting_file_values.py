"""How the single values of a meeting file are read and written: instants, areas, and text inside a sentence."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

from deliberation_app.settings import DISPLAY_ZONE

LONGEST_SHOWN = 60


def instant(text: str) -> datetime:
    """The moment a time of the file names, in UTC; raises ValueError where calendar or clock have no such time."""
    return datetime.fromisoformat(text).astimezone(UTC)


def day_of(text: str) -> date:
    """The day in UTC+08:00 on which a time of the file falls."""
    return instant(text).astimezone(DISPLAY_ZONE).date()


def utc_text(text: str) -> str:
    """A time as canonical UTC: no trailing zeros, no empty fraction, so that equal instants have equal text."""
    return _bare(instant(text)) + "Z"


def local_text(text: str) -> str:
    """The same instant as export writes it, in UTC+08:00."""
    return _bare(instant(text).astimezone(DISPLAY_ZONE)) + "+08:00"


def _bare(moment: datetime) -> str:
    fraction = f".{moment.microsecond:06d}".rstrip("0") if moment.microsecond else ""
    return moment.strftime("%Y-%m-%dT%H:%M:%S") + fraction


def clock(moment: datetime) -> str:
    """Day and time as a sentence shows them, in UTC+08:00; seconds (and less) only where there are any."""
    local = moment.astimezone(DISPLAY_ZONE)
    if local.microsecond:
        return f"{local:%Y-%m-%d} {local.time().isoformat()}".rstrip("0")
    return f"{local:%Y-%m-%d %H:%M:%S}" if local.second else f"{local:%Y-%m-%d %H:%M}"


def decimals(number: Decimal) -> int:
    """How many digits after the point are needed to write the number; exponents of any size are no burden."""
    _, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int) or number.is_zero():
        return 0
    zeros = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    return max(0, -(exponent + zeros))


def hundredths(area: int | float | Decimal) -> int:
    """Square metres as whole hundredths, exactly; raises ValueError for a finer figure (rules.md 1)."""
    exact = area if isinstance(area, int | Decimal) else Decimal(str(area))
    if isinstance(exact, int):
        return exact * 100
    if decimals(exact) > 2:
        raise ValueError(f"finer than 0.01 m²: {area}")
    return int(exact.scaleb(2))


def area_text(area_in_hundredths: int) -> str:
    """Hundredths of a square metre as a JSON number with at most two decimals."""
    whole, rest = divmod(area_in_hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole)


def shown(value: object) -> str:
    """A value inside a sentence: one line, no invisible or half characters, at most sixty of them."""
    text = value if isinstance(value, str) else str(value)
    head = text[:LONGEST_SHOWN]
    visible = "".join(_visible(character) for character in head)
    return visible if len(text) <= LONGEST_SHOWN else visible + "…"


def _visible(character: str) -> str:
    # Controls, format characters such as right-to-left overrides, line separators, half surrogates, unassigned.
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
        return f"\\u{ord(character):04x}" if ord(character) <= 0xFFFF else f"\\U{ord(character):08x}"
    return character
