"""Things kept in their order while single ones come, change and go."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from operator import itemgetter
from typing import Any, Generic, TypeVar

V = TypeVar("V")
# What things are ordered by; no two have the same.
Place = tuple[Any, ...]


def steady(before: V, after: V) -> V:
    """What was shown before where what is shown now says the same, so that it stays the same thing."""
    return before if before == after else after


class Ordered(Generic[V]):
    """Values by their places; `all` is the same tuple for as long as none of them has changed."""

    def __init__(self, pairs: Iterable[tuple[Place, V]] = ()) -> None:
        ordered = sorted(pairs, key=itemgetter(0))
        self._places = [place for place, _ in ordered]
        self._values = [value for _, value in ordered]
        self._all: tuple[V, ...] | None = None
        self._led: tuple[tuple[V, ...], int, tuple[V, ...]] | None = None

    def put(self, place: Place, value: V) -> None:
        """Put a value in its place, or in place of the one there."""
        at = bisect_left(self._places, place)
        if at < len(self._places) and self._places[at] == place:
            if self._values[at] is value:
                return
            self._values[at] = value
        else:
            self._places.insert(at, place)
            self._values.insert(at, value)
        self._all = None

    def drop(self, place: Place) -> None:
        """Take away what is in this place, if anything is."""
        at = bisect_left(self._places, place)
        if at < len(self._places) and self._places[at] == place:
            del self._places[at], self._values[at]
            self._all = None

    @property
    def all(self) -> tuple[V, ...]:
        """The values in order."""
        if self._all is None:
            self._all = tuple(self._values)
        return self._all

    @property
    def first(self) -> tuple[Place, V] | None:
        """What comes first and its place."""
        return (self._places[0], self._values[0]) if self._values else None

    def led_by(self, place: Place) -> tuple[V, ...]:
        """The values in order, except that the one in this place leads."""
        at = bisect_left(self._places, place)
        if at == 0:
            return self.all
        if self._led is None or self._led[0] is not self.all or self._led[1] != at:
            self._led = (self.all, at, (self.all[at], *self.all[:at], *self.all[at + 1 :]))
        return self._led[2]

    def __len__(self) -> int:
        return len(self._values)

    def copy(self) -> Ordered[V]:
        """The same values in an order of their own."""
        made: Ordered[V] = Ordered()
        made._places, made._values, made._all = self._places.copy(), self._values.copy(), self._all
        return made
