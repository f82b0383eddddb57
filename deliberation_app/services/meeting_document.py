"""A meeting as its file tells it: gathered from the tables, complete in itself."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain.votes import RULES
from deliberation_app.errors import N_, NotFound
from deliberation_app.services.meeting_rows import Plain, by, out_of_row
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.agenda import AgendaItem, ItemRaiser, ItemStep
from deliberation_app.storage.base import Kept
from deliberation_app.storage.evaluation import Evaluation
from deliberation_app.storage.floor import Attendance, Statement
from deliberation_app.storage.meetings import AgendaEntry, AgendaOption, Meeting, Mention
from deliberation_app.storage.notices import Publication
from deliberation_app.storage.people import Household, Person, Unit
from deliberation_app.storage.tasks import Task
from deliberation_app.storage.votes import Ballot, Candidate, Vote

_BATCH = 500


def document(session: Session, meeting_id: uuid.UUID) -> Plain:
    """The meeting file of a meeting as a dict, verdicts left out; NotFound where there is no such meeting."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound(N_("This meeting is not here; perhaps it was deleted on another computer."))
    unit = session.get_one(Unit, meeting.unit_id)
    told = {
        **out_of_row(meeting),
        "attendance": [out_of_row(row) for row in _in_order(session, Attendance, Attendance.meeting_id, [meeting_id])],
        "agenda": _agenda(session, meeting_id),
    }
    _open_ended(told)
    wanted: dict[str, set[uuid.UUID]] = {"person": set(), "household": set(), "item": set()}
    for row in session.scalars(select(Mention).where(Mention.meeting_id == meeting_id)):
        wanted[row.what].add(row.row_id)
    items = _items(session, wanted["item"] | _values(told["agenda"], "item"))
    followed = {name: _of_items(session, record, items) for name, record in _FOLLOWING.items()}
    people, households = _people(session, wanted, told, items, followed)
    written = {}
    if meeting.written_at is not None:
        written["written_at"] = meeting.written_at.astimezone(DISPLAY_ZONE).isoformat()
    if meeting.written_by is not None:
        written["written_by"] = meeting.written_by
    return {
        "format": "deliberation-meeting-file",
        "version": 1,
        **written,
        "unit": out_of_row(unit),
        "households": households,
        "people": people,
        "items": items,
        "meeting": told,
        **followed,
    }


def _open_ended(told: Plain) -> None:
    """In a recess the file shows the last sitting without an end, for it has no other way to say "not closed yet"."""
    sittings = told.get("sessions")
    if sittings and "closed_at" not in told and "closed_at" in sittings[-1]:
        told["sessions"] = [*sittings[:-1], {"opened_at": sittings[-1]["opened_at"]}]


_FOLLOWING: dict[str, type[Kept]] = {"tasks": Task, "evaluations": Evaluation, "publications": Publication}


def _in_order(session: Session, record: Any, owner: Any, keys: Iterable[uuid.UUID]) -> list[Any]:
    found: list[Any] = []
    keys = list(keys)
    for start in range(0, len(keys), _BATCH):
        query = select(record).where(owner.in_(keys[start : start + _BATCH])).order_by(record.position, record.id)
        found.extend(session.scalars(query))
    return found


def _agenda(session: Session, meeting_id: uuid.UUID) -> list[Plain]:
    entries = _in_order(session, AgendaEntry, AgendaEntry.meeting_id, [meeting_id])
    keys = [entry.id for entry in entries]
    options = by(_in_order(session, AgendaOption, AgendaOption.entry_id, keys), "entry_id")
    statements = by(_in_order(session, Statement, Statement.entry_id, keys), "entry_id")
    votes = _in_order(session, Vote, Vote.entry_id, keys)
    ballots = by(_in_order(session, Ballot, Ballot.vote_id, [vote.id for vote in votes]), "vote_id")
    candidates = by(_in_order(session, Candidate, Candidate.vote_id, [vote.id for vote in votes]), "vote_id")
    told_votes: dict[uuid.UUID, list[Plain]] = {}
    for vote in votes:
        told = _with_lists(vote, ballots=ballots.get(vote.id), candidates=candidates.get(vote.id))
        agreed = RULES[vote.rule].carried() if vote.rule in RULES else None
        if agreed is not None:  # an older program left them out where no rules were entered
            told.setdefault("house_rule", agreed)
        told_votes.setdefault(vote.entry_id, []).append(told)
    return [
        _with_lists(entry, statements=statements.get(entry.id), options=options.get(entry.id))
        | ({"votes": told_votes[entry.id]} if entry.id in told_votes else {})
        for entry in entries
    ]


def _with_lists(kept: Kept, **lists: list[Any] | None) -> Plain:
    told = out_of_row(kept)
    told.update({name: [out_of_row(row) for row in rows] for name, rows in lists.items() if rows})
    return told


def _items(session: Session, keys: set[uuid.UUID]) -> list[Plain]:
    """The items themselves and those they were merged into, since a file resolves every reference in itself."""
    found: dict[uuid.UUID, AgendaItem] = {}
    missing = set(keys)
    while missing:
        rows = list(session.scalars(select(AgendaItem).where(AgendaItem.id.in_(missing))))
        found.update({row.id: row for row in rows})
        missing = {row.merged_into_id for row in rows if row.merged_into_id is not None} - found.keys()
    raisers = by(_in_order(session, ItemRaiser, ItemRaiser.item_id, found), "item_id")
    steps = by(_in_order(session, ItemStep, ItemStep.item_id, found), "item_id")
    told = []
    for key in sorted(found):
        item = out_of_row(found[key])
        if key in raisers:
            item["raised_by"] = [str(row.person_id) for row in raisers[key]]
        if key in steps:
            item["history"] = [_step(step) for step in steps[key]]
        told.append(item)
    return told


def _step(step: ItemStep) -> Plain:
    told: Plain = {"stage": step.stage, "at": step.at.astimezone(DISPLAY_ZONE).isoformat()}
    if step.note is not None:
        told["note"] = step.note
    return told


def _of_items(session: Session, record: Any, items: list[Plain]) -> list[Plain]:
    keys = [uuid.UUID(item["id"]) for item in items]
    rows = session.scalars(select(record).where(record.item_id.in_(keys)).order_by(record.id))
    return [out_of_row(row) for row in rows]


def _values(things: Any, *names: str) -> set[uuid.UUID]:
    """Every id that stands under one of these keys, however deep."""
    found: set[uuid.UUID] = set()
    if isinstance(things, list):
        for thing in things:
            found |= _values(thing, *names)
    elif isinstance(things, dict):
        for name, value in things.items():
            if name in names and isinstance(value, str):
                found.add(uuid.UUID(value))
            elif isinstance(value, list | dict):
                found |= _values(value, *names)
    return found


_NAMES_A_PERSON = ("person", "proxy_of", "presenter", "speaker", "voter", "by", "chair", "recorder")


def _people(
    session: Session, wanted: dict[str, set[uuid.UUID]], told: Plain, items: list[Plain], followed: dict[str, Any]
) -> tuple[list[Plain], list[Plain]]:
    """The people and households that are mentioned, with whoever they in turn name."""
    person_keys = wanted["person"] | _values(told, *_NAMES_A_PERSON) | _values(followed["tasks"], "owner")
    person_keys |= {uuid.UUID(key) for item in items for key in item.get("raised_by", ())}
    household_keys = wanted["household"] | _values(told["attendance"], "represents")
    people: dict[uuid.UUID, Person] = {}
    households: dict[uuid.UUID, Household] = {}
    while person_keys - people.keys() or household_keys - households.keys():
        people.update(_by_id(session, Person, person_keys - people.keys()))
        household_keys |= {row.household_id for row in people.values() if row.household_id is not None}
        households.update(_by_id(session, Household, household_keys - households.keys()))
        person_keys |= {row.owner_id for row in households.values() if row.owner_id is not None}
    return _told(people), _told(households)


def _told(rows: dict[uuid.UUID, Any]) -> list[Plain]:
    return [out_of_row(rows[key]) for key in sorted(rows)]


def _by_id(session: Session, record: Any, keys: set[uuid.UUID]) -> dict[uuid.UUID, Any]:
    found: dict[uuid.UUID, Any] = {}
    ordered = list(keys)
    for start in range(0, len(ordered), _BATCH):
        rows = session.scalars(select(record).where(record.id.in_(ordered[start : start + _BATCH])))
        found.update({row.id: row for row in rows})
    return found
