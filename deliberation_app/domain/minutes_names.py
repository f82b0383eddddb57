"""Who is named how in a record: in full in the archive copy, by post or masked in the posted copy (rules.md 6)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from deliberation_app.domain import notices
from deliberation_app.domain.minutes_blocks import Statement
from deliberation_app.domain.minutes_words import PARTY, UNNAMED, text_of

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_ROLES_HERE = frozenset({"主持人", "记录人"})  # said elsewhere in the record, so not repeated behind the name
# what a block says is never a name or number of somebody here
_FIXED = frozenset({"key", "time", "columns", "codes"})
_PLAIN = frozenset({"", "党员", "居民"})


def role(person: Mapping[str, Any]) -> str:
    """The post as printed, without the part played in this very meeting."""
    parts = re.split(r"(、)", text_of(person, "post"))
    kept = [part for part in parts[::2] if part.strip() not in _ROLES_HERE]
    return "、".join(kept)


B = TypeVar("B", bound="DataclassInstance")


class Names:
    """The people of one meeting, named for one rendering; `openly` are named in the posted copy by law.

    `others` are names of people whom the file does not list; the name of the `unit` is no name of a person, the number
    of its `office` no number of a person.
    """

    def __init__(
        self,
        people: Mapping[str, Mapping[str, Any]],
        *,
        posted: bool,
        openly: frozenset[str],
        unit: str = "",
        others: Collection[str] = (),
        office: str = "",
    ) -> None:
        self.people = people
        self.posted = posted
        self._all = frozenset(text_of(person, "name") for person in people.values())
        self._open = frozenset(
            text_of(person, "name")
            for id_, person in people.items()
            if id_ in openly or notices.is_public_post(text_of(person, "post"))
        )
        self._all |= frozenset(others)
        self._private = self._all - self._open
        self._unit = frozenset({unit} - {""})
        self._kept = self._open | self._unit
        self._openly = openly
        self._office = office

    def name(self, id_: str) -> str:
        """The name in full, or masked where the copy is posted and no law or post names this person."""
        person = self.people.get(id_)
        if person is None:
            return UNNAMED
        full = text_of(person, "name")
        named = not self.posted or id_ in self._openly or notices.is_public_post(text_of(person, "post"))
        return full if named else notices.mask_name(full)

    def with_post(self, id_: str) -> str:
        """Name and post: 范例安（支部书记）."""
        post = role(self.people.get(id_, {}))
        if post in _PLAIN:
            return self.name(id_)
        left, right = "〔〕" if "（" in post else "（）"  # brackets inside brackets change their shape
        return f"{self.name(id_)}{left}{post}{right}"

    def speaker(self, id_: str) -> str:
        """Who speaks: name and post; in the posted copy the post alone, else 居民 冯*."""
        if id_ not in self.people:
            return UNNAMED
        if not self.posted:
            return self.with_post(id_)
        person = self.people[id_]
        post = role(person) or text_of(person, "post")
        return post or f"{PARTY[person.get('party', 'none')]} {notices.mask_name(text_of(person, 'name'))}"

    def veil(self, block: B) -> B:
        """The block as it may be posted: statements without any name, all else without those who hold no post."""
        if not self.posted:
            return block
        strict = isinstance(block, Statement)
        changed: dict[str, Any] = {}
        for field in fields(block):
            if field.name in _FIXED:
                continue
            value = getattr(block, field.name)
            changed[field.name] = self._veiled(value, strict)
        return replace(block, **changed)

    def unnamed(self, text: str) -> str:
        """What somebody said, as it may be posted: without any name."""
        return notices.mask_text(text, self._all, self._unit) if self.posted else text

    def veil_text(self, text: str) -> str:
        """A line of text as it may be posted."""
        return notices.mask_text(text, self._private, self._kept, office=self._office) if self.posted else text

    def _veiled(self, value: Any, strict: bool) -> Any:
        if isinstance(value, str):
            hidden, keep = (self._all, self._unit) if strict else (self._private, self._kept)
            return notices.mask_text(value, hidden, keep, office=self._office)
        if isinstance(value, tuple):
            return tuple(self._veiled(part, strict) for part in value)
        if is_dataclass(value) and not isinstance(value, type):
            return replace(
                value, **{part.name: self._veiled(getattr(value, part.name), strict) for part in fields(value)}
            )
        return value
