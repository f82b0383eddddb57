"""Chance, ids and shares for the made-up database."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass, field

from deliberation_app.services import seed_words as words


@dataclass
class Chance:
    """Everything that chance decides, and ids in a row, so that the same seed makes the same database."""

    seed: int
    random: random.Random = field(init=False)
    _last: int = 0

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def id(self) -> uuid.UUID:
        """The next id: of version 7, one after another as they would come in ten years."""
        self._last += 1
        return uuid.UUID(int=(0x0192_0000_0000 << 80) + (0x7000 << 64) + (0x8000 << 48) + self._last)

    def name(self) -> str:
        """Somebody's name."""
        given = "".join(self.random.choices(words.GIVEN, k=self.random.choice((1, 2, 2, 2))))
        return self.random.choice(words.SURNAMES) + given


@dataclass(frozen=True)
class Courtyard:
    """A courtyard, or the branch of a community: its unit, its people, how much it did in ten years."""

    unit: uuid.UUID
    people: list[uuid.UUID]
    items: int
    meetings: int
    statements: int
    ballots: int


def share(total: int, parts: int, part: int) -> int:
    """How many of `total` fall to one of `parts`."""
    return total * (part + 1) // parts - total * part // parts
