"""A show of hands counted row by row: each row is a number of its own, and their sum is the count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

CHOICES = ("in_favour", "against", "abstain")


@dataclass(frozen=True)
class Rows:
    """The rows of one choice; `at` is the row that is being corrected, None while the next one is awaited."""

    numbers: tuple[int, ...] = ()
    at: int | None = None

    @property
    def total(self) -> int:
        """The running sum."""
        return sum(self.numbers)

    def take(self, number: int) -> Rows:
        """Another row, or the row under correction with its new number."""
        if self.at is None:
            return Rows((*self.numbers, number))
        return Rows((*self.numbers[: self.at], number, *self.numbers[self.at + 1 :]))

    def drop(self) -> Rows:
        """Without the row under correction."""
        return self if self.at is None else Rows((*self.numbers[: self.at], *self.numbers[self.at + 1 :]))

    def back(self) -> Rows:
        """Correct the row before; the last one first."""
        if not self.numbers:
            return self
        return replace(self, at=len(self.numbers) - 1 if self.at is None else max(self.at - 1, 0))

    def forth(self) -> Rows:
        """Correct the row after; behind the last one the next row is awaited."""
        if self.at is None or self.at + 1 >= len(self.numbers):
            return replace(self, at=None)
        return replace(self, at=self.at + 1)

    @property
    def number(self) -> int | None:
        """The number of the row under correction."""
        return None if self.at is None else self.numbers[self.at]


def told(rows: Mapping[str, Rows]) -> dict[str, list[int]]:
    """The rows as they are kept."""
    return {name: list(one.numbers) for name, one in rows.items()}


def read(kept: Any) -> dict[str, Rows]:
    """The rows as they were kept; what cannot be read is left out."""
    found = {}
    for name in CHOICES:
        numbers = kept.get(name) if isinstance(kept, Mapping) else None
        whole = [one for one in numbers or () if isinstance(one, int) and one >= 0]
        found[name] = Rows(tuple(whole))
    return found
