"""What is wrong in a meeting file: the place as a JSON Pointer and one sentence, in the order of the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from deliberation_app.errors import N_, AppError

Path = tuple[str | int, ...]
MOST_LISTED = 100
MISSING_KEY = N_("“{key}” is missing here.")


@dataclass(frozen=True)
class Fault:
    """One thing for which the file is refused; `pointer` is an RFC 6901 pointer to the value at fault."""

    pointer: str
    sentence: AppError


@dataclass(frozen=True)
class Remark:
    """One thing worth knowing about a file that is taken all the same."""

    pointer: str
    sentence: AppError


def pointer(path: Iterable[str | int]) -> str:
    """The RFC 6901 pointer of a path; the empty path is the whole file."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


@dataclass
class Found:
    """Gathers (path, sentence) pairs in any order and gives them back in the order of the file."""

    pairs: list[tuple[Path, AppError]] = field(default_factory=list)

    def add(self, path: Path, message: str, **values: object) -> None:
        """Note one sentence about the value at `path`, or about the object there that lacks or holds a key."""
        self.pairs.append((path, AppError(message, **values)))

    def take(self, path: Path, sentence: AppError) -> None:
        """Note a sentence that somebody else has made."""
        self.pairs.append((path, sentence))

    def in_order(self, document: Any) -> list[tuple[str, AppError]]:
        """All pairs as (pointer, sentence), sorted by where the places stand in the parsed file."""
        if not self.pairs:
            return []
        places: dict[int, dict[str, int]] = {}
        ordered = sorted(self.pairs, key=lambda pair: _place(document, pair[0], places))
        return [(pointer(path), sentence) for path, sentence in ordered]


def _place(document: Any, path: Path, places: dict[int, dict[str, int]]) -> tuple[int, ...]:
    """The path in positions instead of keys: a Python dict keeps the order in which the file was written."""
    place: list[int] = []
    here = document
    for step in path:
        if isinstance(step, int):
            place.append(step)
        else:
            known = places.get(id(here))
            if known is None:
                known = places[id(here)] = {key: position for position, key in enumerate(here)}
            place.append(known[step])
        here = here[step]
    return tuple(place)
