"""Everything the preview of a record shows, read at once."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from deliberation_app.domain.minutes import Paragraph, Record, Statement
from deliberation_app.domain.minutes_facts import MeetingFacts
from deliberation_app.domain.minutes_names import role
from deliberation_app.domain.minutes_parties import party_of
from deliberation_app.services import minutes, papers
from deliberation_app.services.meetings import find
from deliberation_app.services.minutes import MinutesView
from deliberation_app.services.papers import Printed, Source
from deliberation_app.services.work import Work
from deliberation_app.storage.meetings import Meeting


@dataclass(frozen=True)
class Passage:
    """A text that may be corrected; `head` says what it is, in the words of the paper: who speaks, or its label."""

    key: str
    text: str
    head: str
    corrected: bool


@dataclass(frozen=True)
class Preview:
    """The paper, what is said of it, what may be corrected, how many places to sign, and who is expected to."""

    meeting: Meeting
    posted: bool
    printed: Printed
    view: MinutesView
    passages: tuple[Passage, ...]
    signatures: int
    expected: tuple[str, ...]


def preview(work: Work, meeting_id: uuid.UUID, *, posted: bool = False) -> Preview:
    """Compose, set and check the record of a meeting."""
    with work.read() as session:
        meeting = find(session, meeting_id)
        found = papers.source(session, meeting_id)
        printed = papers.of_source(session, found, posted=posted)
    view = minutes.view_of(meeting_id, found)
    record = found.record()
    places = sum(1 for place in record.signatures if "日期" not in place.label)
    return Preview(meeting, posted, printed, view, tuple(_passages(found, record, view)), places, _expected(found))


def _passages(found: Source, record: Record, view: MinutesView) -> Iterator[Passage]:
    corrected = found.version.corrections if found.version is not None else {}
    heads: dict[str, str] = {}
    for block in record.blocks:
        if isinstance(block, Statement):
            heads[block.key] = " ".join(part for part in (block.side, block.speaker, block.time) if part)
        elif isinstance(block, Paragraph):
            heads.setdefault(block.key, block.label.rstrip("："))
    for key, text in view.texts.items():
        yield Passage(key, text, heads[key], key in corrected)


def _expected(found: Source) -> tuple[str, ...]:
    """Chair and recorder; who alone spoke for a party; who wants a dissent kept."""
    facts = MeetingFacts(found.told, found.judged)
    people = {person["id"]: person["name"] for person in found.told["people"]}
    names = dict.fromkeys(minutes.chair_and_recorder(found.told))
    if facts.kind.gong_and_drum:
        table: dict[str, list[str]] = {}
        for entry in facts.attending(capacity="voting", status=("present", "online")):
            if people[entry["person"]] not in names:
                table.setdefault(party_of(role(facts.person(entry))), []).append(people[entry["person"]])
        names |= dict.fromkeys(sent[0] for party, sent in table.items() if party and len(sent) == 1)
    for entry in facts.agenda:
        for statement in entry.get("statements", ()):
            if statement.get("dissent") and statement.get("speaker") in people:
                names[people[statement["speaker"]]] = None
    return tuple(names)
