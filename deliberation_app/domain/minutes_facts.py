"""One meeting of a meeting file, ready to be read: its people by id, who came, when it began and ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from deliberation_app.domain.meetings import KINDS, Kind
from deliberation_app.domain.minutes_beside import NOTHING, Beside
from deliberation_app.domain.minutes_blocks import JudgedVote
from deliberation_app.domain.minutes_words import moment, text_of

Facts = Mapping[str, Any]
_NOT_COUNTED = JudgedVote()


@dataclass(frozen=True)
class MeetingFacts:
    """The plain facts of a meeting file (design: meeting-file.md) with the judged votes beside them."""

    document: Facts
    judged: Mapping[str, JudgedVote]
    beside: Beside = NOTHING

    @cached_property
    def meeting(self) -> Facts:
        """The meeting itself."""
        found: Facts = self.document["meeting"]
        return found

    @property
    def kind(self) -> Kind:
        """Its line in KINDS."""
        return KINDS[self.meeting["kind"]]

    @cached_property
    def people(self) -> Mapping[str, Facts]:
        """The people of the file by id."""
        return {person["id"]: person for person in self.document.get("people", ())}

    @cached_property
    def households(self) -> Mapping[str, Facts]:
        """The households of the file by id."""
        return {household["id"]: household for household in self.document.get("households", ())}

    @cached_property
    def items(self) -> Mapping[str, Facts]:
        """The items of the file by id."""
        return {item["id"]: item for item in self.document.get("items", ())}

    @property
    def agenda(self) -> Sequence[Facts]:
        """The entries of the agenda in order."""
        entries: Sequence[Facts] = self.meeting.get("agenda", ())
        return entries

    @property
    def opened(self) -> datetime:
        """When it was opened, else when it was called for."""
        return moment(text_of(self.meeting, "opened_at") or self.meeting["starts_at"])

    @property
    def closed(self) -> datetime | None:
        """When it was closed."""
        at = text_of(self.meeting, "closed_at")
        return moment(at) if at else None

    @property
    def unmet(self) -> bool:
        """Whether it was neither opened nor has anybody come: who is missing cannot be told yet."""
        begun = self.meeting.get("opened_at") or self.meeting.get("closed_at")
        return not begun and not self.attending(status=("present", "online"))

    @property
    def votes(self) -> tuple[Facts, ...]:
        """All votes in the order of the agenda."""
        return tuple(vote for entry in self.agenda for vote in entry.get("votes", ()))

    def verdict(self, vote: Facts) -> JudgedVote:
        """The vote as judged; one without numbers where it has not been counted."""
        return self.judged.get(vote["id"], _NOT_COUNTED)

    def attending(self, *, capacity: str = "", status: tuple[str, ...] = ()) -> list[Facts]:
        """The attendance entries of a capacity and of these statuses; empty means any."""
        return [
            entry
            for entry in self.meeting.get("attendance", ())
            if (not capacity or entry["capacity"] == capacity) and (not status or entry["status"] in status)
        ]

    def person(self, entry: Facts) -> Facts:
        """The person of an attendance entry."""
        found: Facts = self.people.get(entry["person"], {})
        return found

    def can_vote_in_branch(self, person: Facts) -> bool:
        """Suffrage as written, else full membership (meeting-file.md, who may vote)."""
        return bool(person.get("suffrage", person.get("party") == "full"))
