"""Satisfaction surveys: the five answers, the two rates with their formula, and the unit's line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from deliberation_app.domain.votes_count import percent
from deliberation_app.errors import N_, AppError

Basis = Literal["strict", "wide"]

ANSWERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "very_satisfied": ("非常满意", N_("Very satisfied")),
        "satisfied": ("满意", N_("Satisfied")),
        "fairly_satisfied": ("基本满意", N_("Fairly satisfied")),
        "dissatisfied": ("不满意", N_("Dissatisfied")),
        "unsure": ("不了解", N_("Not sure")),
    }
)
# 分项 of the form (papers.md 3.3); the first is what the rates are of.
ASPECTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "overall": ("总体评价", N_("Overall")),
        "timely": ("办理及时", N_("In time")),
        "fair": ("公平公正", N_("Fair")),
        "effect": ("实际效果", N_("Real effect")),
    }
)
OVERALL = "overall"
# 对象类别 as usually printed; a survey may have others.
GROUPS = ("有车居民", "无车居民", "承租人", "商户", "党员", "其他")
# Which answers count as satisfied; `unsure` stays in the whole (house reading).
BASES: Mapping[Basis, tuple[str, ...]] = MappingProxyType(
    {
        "strict": ("very_satisfied", "satisfied"),
        "wide": ("very_satisfied", "satisfied", "fairly_satisfied"),
    }
)


@dataclass(frozen=True, kw_only=True)
class Responses:
    """The forms that came back; invalid ones stand apart."""

    very_satisfied: int = 0
    satisfied: int = 0
    fairly_satisfied: int = 0
    dissatisfied: int = 0
    unsure: int = 0
    invalid: int = 0

    @property
    def valid(self) -> int:
        """The five answers added."""
        return sum(getattr(self, answer) for answer in ANSWERS)

    @property
    def returned(self) -> int:
        """收回: valid and invalid."""
        return self.valid + self.invalid


def added(*parts: Responses) -> Responses:
    """The sums of several counts."""
    names = (*ANSWERS, "invalid")
    return Responses(**{name: sum(getattr(part, name) for part in parts) for name in names})


def of_choices(choices: Iterable[str | None]) -> Responses:
    """The count of single answers; None is a line that is invalid."""
    told = Counter(choice or "invalid" for choice in choices)
    return Responses(**told)


def table(aspects: Mapping[str, Any] | None, groups: Mapping[str, Any] | None) -> tuple[tuple[str, ...], ...]:
    """The lines of the printed count by aspect and by group: the five answers and the invalid ones."""
    told = [(ASPECTS[key][0] if key in ASPECTS else key, counts) for key, counts in (aspects or {}).items()]
    told += list((groups or {}).items())
    columns = (*ANSWERS, "invalid")
    return tuple((name, *(str(counts.get(column, 0)) for column in columns)) for name, counts in told)


@dataclass(frozen=True)
class Rate:
    """A satisfaction rate as integers, as display text, and with the formula that is printed beside it."""

    basis: Basis
    part: int
    whole: int
    text: str
    formula: str

    def reaches(self, numerator: int, denominator: int) -> bool:
        """Whether the unit's line is reached, exact hit included; nobody answered reaches nothing."""
        return self.whole > 0 and self.part * denominator >= self.whole * numerator


def rate(responses: Responses, basis: Basis = "strict") -> Rate:
    """The rate on one basis: (very satisfied + satisfied [+ fairly satisfied]) ÷ valid, truncated for display."""
    part = sum(getattr(responses, answer) for answer in BASES[basis])
    sums = "＋".join(f"{ANSWERS[answer][0]}{getattr(responses, answer)}" for answer in BASES[basis])
    text = percent(part, responses.valid)
    return Rate(basis, part, responses.valid, text, f"（{sums}）÷有效{responses.valid}＝{text}")


def faults(responses: Responses, invited: int | None) -> tuple[AppError, ...]:
    """What does not add up: answers, invalid ones included, are at most those invited."""
    if invited is None or responses.returned <= invited:
        return ()
    return (
        AppError(
            N_("{returned} forms came back, but only {invited} were given out: count again."),
            returned=responses.returned, invited=invited,
        ),
    )  # fmt: skip
