"""The meeting file and the tables side by side: each object's keys with the columns that hold them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.base import Kept
from deliberation_app.storage.evaluation import Evaluation
from deliberation_app.storage.floor import Attendance, Statement
from deliberation_app.storage.meetings import AgendaEntry, AgendaOption, Meeting
from deliberation_app.storage.notices import Publication
from deliberation_app.storage.people import Household, Person, Unit
from deliberation_app.storage.tasks import Task
from deliberation_app.storage.votes import Ballot, Candidate, Vote

Plain = dict[str, Any]


@dataclass(frozen=True)
class Key:
    """One key of an object in the file and the column it lies in, with the way there and back."""

    name: str
    column: str
    into: Callable[[Any], Any]
    out: Callable[[Any], Any]


def hundredths(area: Any) -> int:
    """Square metres as whole 0.01 m²; the check before has refused finer figures."""
    return int(Decimal(str(area)) * 100)


def square_metres(area: int) -> Decimal | int:
    """0.01 m² as square metres, without a fraction where there is none."""
    return area // 100 if area % 100 == 0 else Decimal(area) / 100


def _simple(value: Any) -> Any:
    """Numbers read as decimals but meant as whole numbers become whole numbers, deep down too."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return {key: _simple(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_simple(inner) for inner in value] or None
    return value


def _numbers_in(numbers: Mapping[str, Any]) -> Plain:
    return {key: hundredths(value) if key.endswith("_area_m2") else int(value) for key, value in numbers.items()}


def _numbers_out(numbers: Mapping[str, Any]) -> Plain:
    return {key: square_metres(value) if key.endswith("_area_m2") else value for key, value in numbers.items()}


def _recounts_in(recounts: Sequence[Mapping[str, Any]]) -> list[Plain] | None:
    return [{**recount, "counts": _numbers_in(recount["counts"])} for recount in recounts] or None


def _recounts_out(recounts: Sequence[Mapping[str, Any]]) -> list[Plain]:
    return [{**recount, "counts": _numbers_out(recount["counts"])} for recount in recounts]


def _time_out(value: datetime) -> str:
    return value.astimezone(DISPLAY_ZONE).isoformat()


def _same(value: Any) -> Any:
    return value


def _plain(*names: str) -> list[Key]:
    return [Key(name, name, _simple, _same) for name in names]


def _ids(*pairs: tuple[str, str]) -> list[Key]:
    return [Key(name, column, uuid.UUID, str) for name, column in pairs]


def _times(*names: str) -> list[Key]:
    return [Key(name, name, datetime.fromisoformat, _time_out) for name in names]


def _days(*names: str) -> list[Key]:
    return [Key(name, name, date.fromisoformat, date.isoformat) for name in names]


def _areas(*pairs: tuple[str, str]) -> list[Key]:
    return [Key(name, column, hundredths, square_metres) for name, column in pairs]


_ID = _ids(("id", "id"))

# One line an object of the schema; what an object holds beside these keys is a list of other objects.
KEYS: Mapping[type[Kept], Sequence[Key]] = {
    Unit: [*_ID, *_plain("name", "kind", "parents")],
    Household: [*_ID, *_plain("courtyard", "building", "entrance", "room"), *_areas(("area_m2", "area")),
                *_ids(("owner", "owner_id"))],
    Person: [*_ID, *_plain("name", "phone", "post", "party", "suffrage"), *_ids(("household", "household_id"))],
    AgendaItem: [*_ID, *_plain("title", "category", "background", "channel"), *_times("raised_at"),
                 *_plain("stage", "votable", "vital_interest", "party_meetings", "state"),
                 *_ids(("merged_into", "merged_into_id")), *_plain("state_reason")],
    Meeting: [*_ID, *_plain("kind", "title", "number", "place", "mode"),
              *_times("notice_at", "starts_at", "opened_at", "closed_at"), *_plain("sessions"),
              *_ids(("chair", "chair_id"), ("recorder", "recorder_id"))],
    Attendance: [*_ids(("person", "person_id")), *_plain("capacity", "status", "reason"),
                 *_ids(("represents", "represents_id"), ("proxy_of", "proxy_of_id")),
                 *_times("arrived_at", "left_at"), *_plain("away")],
    AgendaEntry: [*_ID, *_plain("title"), *_ids(("item", "item_id"), ("presenter", "presenter_id")),
                  *_plain("minutes_allotted", "summary", "no_statements", "resolution", "routing")],
    AgendaOption: [*_ID, *_plain("title", "text")],
    Statement: [*_ID, *_ids(("speaker", "speaker_id")), *_times("at"), *_plain("seconds", "stance", "text", "side"),
                *_ids(("answers", "answers_id")), *_days("promised_by"), *_plain("dissent")],
    Vote: [*_ID, *_plain("motion"), *_ids(("option", "option_id")), *_plain("method", "rule"), *_times("at"),
           *_plain("seats"), Key("electorate", "electorate", _numbers_in, _numbers_out),
           Key("counts", "counts", _numbers_in, _numbers_out), Key("recounts", "recounts", _recounts_in, _recounts_out),
           *_plain("ballots_issued", "ballots_returned", "written_opinions", "overrides", "house_rule")],
    Ballot: [*_ids(("voter", "voter_id")), *_plain("choice")],
    Candidate: [*_ids(("person", "person_id")), *_plain("in_favour", "against", "abstain")],
    Task: [*_ID, *_ids(("item", "item_id")), *_plain("title"), *_ids(("owner", "owner_id")), *_plain("owner_unit"),
           *_days("due"), *_times("done_at"), *_plain("state", "note", "evidence")],
    Evaluation: [*_ID, *_ids(("item", "item_id")), *_days("held_on"),
                 *_plain("invited", "responses", "comments", "evidence")],
    Publication: [*_ID, *_ids(("item", "item_id")), *_plain("about"), *_days("posted_on"), *_plain("days"),
                  *_days("taken_down_on"), *_plain("place", "text", "objections")],
}  # fmt: skip


def into_row(record: type[Kept], thing: Mapping[str, Any], **more: Any) -> Plain:
    """An object of the file as a row of its table; keys that are missing become None."""
    row = {key.column: key.into(thing[key.name]) if key.name in thing else None for key in KEYS[record]}
    return {**row, **more}


def out_of_row(kept: Kept) -> Plain:
    """A row of a table as an object of the file; None is a key that is missing."""
    thing: Plain = {}
    for key in KEYS[type(kept)]:
        value = getattr(kept, key.column)
        if value is not None:
            thing[key.name] = key.out(value)
    return thing


def by(rows: Iterable[Any], column: str) -> dict[uuid.UUID, list[Any]]:
    """Rows gathered by the row they belong to, in the order in which they came."""
    gathered: dict[uuid.UUID, list[Any]] = {}
    for row in rows:
        gathered.setdefault(getattr(row, column), []).append(row)
    return gathered
