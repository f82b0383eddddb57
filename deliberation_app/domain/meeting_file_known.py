"""What a meeting file knows by id, and its lists with their paths, for the checks that go beyond its shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deliberation_app.domain.meeting_file_faults import Path
from deliberation_app.domain.meeting_file_values import shown

Placed = tuple[Path, Mapping[str, Any]]


@dataclass(frozen=True)
class Known:
    """The people, households, items and statements of a file, the first of each id."""

    document: Mapping[str, Any]
    people: Mapping[str, Mapping[str, Any]]
    households: Mapping[str, Mapping[str, Any]]
    items: Mapping[str, Mapping[str, Any]]
    statements: Mapping[str, Mapping[str, Any]]

    @property
    def meeting(self) -> Mapping[str, Any]:
        """The meeting of the file."""
        meeting: Mapping[str, Any] = self.document["meeting"]
        return meeting

    def name(self, person: str) -> str:
        """A person's name for a sentence, or the id where the file does not know the person."""
        found = self.people.get(person)
        return shown(found["name"]) if found else person

    def each(self, *keys: str) -> Iterator[Placed]:
        """The objects of one list of the file with their paths; the keys lead to the list."""
        value: Any = self.document
        for key in keys:
            value = value.get(key, ())
        return listed(keys, value)

    def entries(self, key: str) -> Iterator[tuple[Path, Mapping[str, Any], Mapping[str, Any]]]:
        """The objects of one list of every agenda entry: path, object, agenda entry."""
        for path, entry in self.each("meeting", "agenda"):
            for inner, value in listed((*path, key), entry.get(key, ())):
                yield inner, value, entry


def listed(path: Path, values: Sequence[Mapping[str, Any]]) -> Iterator[Placed]:
    """Each object of a list with its path."""
    for position, value in enumerate(values):
        yield (*path, position), value


def known_in(document: Mapping[str, Any]) -> Known:
    """Gather what a file of sound shape knows by id."""
    return Known(
        document,
        _by_id(document["people"]),
        _by_id(document.get("households", ())),
        _by_id(document["items"]),
        _by_id([said for entry in document["meeting"]["agenda"] for said in entry.get("statements", ())]),
    )


def _by_id(values: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for value in values:
        found.setdefault(value["id"], value)
    return found
