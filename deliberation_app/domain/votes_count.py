"""The numbers of one vote and how a part is held against a whole: integers only, never divided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

By = Literal["heads", "area"]
Whole = Literal["eligible", "present", "cast"]
CheckName = Literal["quorum", "passing", "ballots"]


@dataclass(frozen=True)
class Fraction:
    """A line set by a unit's own rules: more than (strict) or at least numerator/denominator of a whole."""

    of: Whole
    numerator: int
    denominator: int
    strict: bool


@dataclass(frozen=True)
class HouseRule:
    """The fractions of a unit's own rules of procedure (议事规则)."""

    quorum: Fraction
    passing: Fraction
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Count:
    """What was counted in one vote; heads or households as integers, areas in hundredths of a square metre."""

    eligible: int = 0
    present: int = 0
    in_favour: int = 0
    against: int = 0
    abstain: int = 0
    invalid: int = 0
    eligible_area: int = 0
    present_area: int = 0
    in_favour_area: int = 0
    against_area: int = 0
    abstain_area: int = 0
    invalid_area: int = 0
    written_opinions: int = 0
    ballots_issued: int | None = None
    ballots_returned: int | None = None
    house_rule: HouseRule | None = None

    def number(self, field: str, by: By = "heads") -> int:
        """One number by its field name, `cast` being in favour + against + abstain; by heads or by area."""
        if field == "cast":
            return sum(self.number(part, by) for part in ("in_favour", "against", "abstain"))
        return int(getattr(self, field if by == "heads" else f"{field}_area"))

    @property
    def more_returned_than_issued(self) -> bool:
        """More papers came back than went out: a finding that voids an election, not an input error."""
        return (
            self.ballots_issued is not None
            and self.ballots_returned is not None
            and self.ballots_returned > self.ballots_issued
        )


@dataclass(frozen=True)
class Check:
    """One comparison as it was made: part × denominator against whole × numerator; `of` names the whole."""

    name: CheckName
    part: int
    whole: int
    numerator: int
    denominator: int
    strict: bool
    by: By
    met: bool
    of: str = "eligible"

    @property
    def exact(self) -> bool:
        """The part lies exactly on the line."""
        return self.part * self.denominator == self.whole * self.numerator

    @property
    def needed(self) -> int:
        """The smallest part that reaches the line."""
        return least(self.whole, self.numerator, self.denominator, strict=self.strict)


@dataclass(frozen=True)
class Requirement:
    """One line of law: `part` of the count against a fraction of the whole `of`."""

    part: Literal["present", "in_favour"]
    of: Whole
    numerator: int
    denominator: int
    strict: bool
    by: By = "heads"

    def check(self, name: CheckName, count: Count) -> Check:
        """Hold the count against this line by cross-multiplication."""
        part, whole = count.number(self.part, self.by), count.number(self.of, self.by)
        met = reached(part, whole, self.numerator, self.denominator, self.strict)
        return Check(name, part, whole, self.numerator, self.denominator, self.strict, self.by, met, self.of)

    def needed(self, whole: int) -> int:
        """The smallest part that reaches the line: 超过 22 的半数 is 12, 达到 22 的三分之二 is 15."""
        return least(whole, self.numerator, self.denominator, strict=self.strict)


def least(whole: int, numerator: int, denominator: int, *, strict: bool) -> int:
    """The smallest part of a whole that reaches its fraction: 以上 rounds up, 超过 goes beyond."""
    product = whole * numerator
    return product // denominator + 1 if strict else -(-product // denominator)


def reached(part: int, whole: int, numerator: int, denominator: int, strict: bool) -> bool:
    """超过 excludes the exact number, 以上 includes it; compared without dividing."""
    left, right = part * denominator, whole * numerator
    return left > right if strict else left >= right


def from_fraction(part: Literal["present", "in_favour"], fraction: Fraction) -> tuple[Requirement, ...]:
    """The requirement that a unit's own fraction makes."""
    return (Requirement(part, fraction.of, fraction.numerator, fraction.denominator, fraction.strict),)


def all_met(checks: Sequence[Check]) -> bool:
    """Every comparison was reached: heads and area, where both count."""
    return all(check.met for check in checks)


def percent(part: int, whole: int) -> str:
    """For display only: truncated to four decimals, never rounded up (66.6666%, not 66.67%)."""
    if whole == 0:
        return "—"
    millionths = part * 1_000_000 // whole
    return f"{millionths // 10_000}.{millionths % 10_000:04d}%"


def area_text(hundredths: int) -> str:
    """Square metres with two decimals from whole hundredths."""
    return f"{hundredths // 100}.{hundredths % 100:02d}"
