"""A meeting file as rows of tables, ready to be written."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from deliberation_app.domain import pinyin
from deliberation_app.services.meeting_rows import Plain, into_row
from deliberation_app.storage.agenda import AgendaItem, ItemRaiser, ItemStep
from deliberation_app.storage.base import Kept, derived_id
from deliberation_app.storage.evaluation import Evaluation
from deliberation_app.storage.floor import Attendance, Statement
from deliberation_app.storage.meetings import AgendaEntry, AgendaOption, Meeting, Mention
from deliberation_app.storage.notices import Publication
from deliberation_app.storage.people import Household, Person, RegisterEntry, Unit
from deliberation_app.storage.tasks import Task
from deliberation_app.storage.votes import Ballot, Candidate, Vote

Rows = dict[type[Kept], list[Plain]]


def rows_of(told: Plain) -> Rows:
    """The whole file as rows of tables."""
    unit_id = uuid.UUID(told["unit"]["id"])
    meeting = told["meeting"]
    meeting_id = uuid.UUID(meeting["id"])
    written = told.get("written_at")
    rows: Rows = {record: [] for record in ORDER}
    rows[Unit] = [into_row(Unit, told["unit"])]
    rows[Person] = [into_row(Person, person, **people_keys(person["name"])) for person in told["people"]]
    rows[RegisterEntry] = [
        {
            "id": derived_id(unit_id, "register", row["id"]),
            "unit_id": unit_id,
            "person_id": row["id"],
            "sort_key": row["sort_key"],
        }
        for row in rows[Person]
    ]
    rows[Household] = [into_row(Household, household) for household in told.get("households", ())]
    rows[Meeting] = [
        into_row(
            Meeting,
            meeting,
            unit_id=unit_id,
            written_at=datetime.fromisoformat(written) if written else None,
            written_by=told.get("written_by"),
        )
    ]
    _item_rows(rows, told, unit_id)
    for position, entry in enumerate(meeting["attendance"]):
        key = derived_id(meeting_id, "attendance", entry["person"])
        rows[Attendance].append(into_row(Attendance, entry, id=key, meeting_id=meeting_id, position=position))
    for position, entry in enumerate(meeting["agenda"]):
        rows[AgendaEntry].append(into_row(AgendaEntry, entry, meeting_id=meeting_id, position=position))
        _entry_rows(rows, entry)
    for record, name in ((Task, "tasks"), (Evaluation, "evaluations"), (Publication, "publications")):
        rows[record] = [into_row(record, thing) for thing in told.get(name, ())]
    rows[Mention] = list(mentions(meeting_id, told))
    return rows


def _item_rows(rows: Rows, told: Plain, unit_id: uuid.UUID) -> None:
    for item in told["items"]:
        key = uuid.UUID(item["id"])
        history = item.get("history", ())
        entered = history[-1]["at"] if history else item.get("raised_at")
        more = {"unit_id": unit_id, "entered_at": datetime.fromisoformat(entered) if entered else None}
        rows[AgendaItem].append(into_row(AgendaItem, item, **more))
        for position, person in enumerate(item.get("raised_by", ())):
            rows[ItemRaiser].append(
                {
                    "id": derived_id(key, "raiser", position),
                    "item_id": key,
                    "position": position,
                    "person_id": uuid.UUID(person),
                }
            )
        for position, step in enumerate(history):
            rows[ItemStep].append(
                {
                    "id": derived_id(key, "step", position),
                    "item_id": key,
                    "position": position,
                    "stage": step["stage"],
                    "at": datetime.fromisoformat(step["at"]),
                    "note": step.get("note"),
                }
            )


_VOTERS: tuple[tuple[type[Kept], str, str], ...] = ((Ballot, "ballots", "voter"), (Candidate, "candidates", "person"))


def _entry_rows(rows: Rows, entry: Mapping[str, Any]) -> None:
    entry_id = uuid.UUID(entry["id"])
    lists: tuple[tuple[type[Kept], str], ...] = ((AgendaOption, "options"), (Statement, "statements"), (Vote, "votes"))
    for record, name in lists:
        for position, thing in enumerate(entry.get(name, ())):
            rows[record].append(into_row(record, thing, entry_id=entry_id, position=position))
    for vote in entry.get("votes", ()):
        vote_id = uuid.UUID(vote["id"])
        for record, name, who in _VOTERS:
            for position, thing in enumerate(vote.get(name, ())):
                key = derived_id(vote_id, name, thing[who])
                rows[record].append(into_row(record, thing, id=key, vote_id=vote_id, position=position))


def mentions(meeting_id: uuid.UUID, told: Plain) -> Iterator[Plain]:
    """One row for each person, household and item that the file lists."""
    for what, name in (("person", "people"), ("household", "households"), ("item", "items")):
        for thing in told.get(name, ()):
            yield {
                "id": derived_id(meeting_id, "mention", thing["id"]),
                "meeting_id": meeting_id,
                "what": what,
                "row_id": uuid.UUID(thing["id"]),
            }


def people_keys(name: str) -> Plain:
    """The columns by which a person is found and sorted."""
    return {"search_key": pinyin.search_key(name), "sort_key": pinyin.sort_key(name)}


# Whoever comes first is pointed at by whoever comes later; keys are checked at the end of the act in any case.
ORDER: tuple[type[Kept], ...] = (
    Unit, Person, RegisterEntry, Household, AgendaItem, ItemRaiser, ItemStep, Meeting, Attendance, AgendaEntry,
    AgendaOption, Statement, Vote, Ballot, Candidate, Task, Evaluation, Publication, Mention,
)  # fmt: skip
