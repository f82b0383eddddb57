"""Satisfaction surveys: the five answers, the two rates with their formula, and the unit's line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from deliberation_app.domain.votes_count import percent
from deliberation_app.errors import N_, AppError

Basis = Literal["strict", "wide"]

ANSWERS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "very_satisfied": ("非常满意", N_("Very satisfied")),
    "satisfied": ("满意", N_("Satisfied")),
    "fairly_satisfied": ("基本满意", N_("Fairly satisfied")),
    "dissatisfied": ("不满意", N_("Dissatisfied")),
    "unsure": ("不了解", N_("Not sure")),
})
# Which answers count as satisfied; `unsure` stays in the whole (house reading).
BASES: Mapping[Basis, tuple[str, ...]] = MappingProxyType({
    "strict": ("very_satisfied", "satisfied"),
    "wide": ("very_satisfied", "satisfied", "fairly_satisfied"),
})


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


def excellent_allowed(members: int) -> int:
    """Appraisal of members: 优秀 generally for at most a third (24 or 25 members: 8)."""
    return members // 3
