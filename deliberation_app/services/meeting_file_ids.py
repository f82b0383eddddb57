"""The ids of a meeting file against those of the database: doubles resolved, foreign ids refused."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Select, select

from deliberation_app.errors import N_, AppError, FileFaults
from deliberation_app.services.act import Act
from deliberation_app.services.meeting_intake import ORDER
from deliberation_app.services.meeting_rows import Plain
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.base import Kept
from deliberation_app.storage.evaluation import Evaluation
from deliberation_app.storage.floor import Statement
from deliberation_app.storage.meetings import AgendaEntry, AgendaOption, Meeting
from deliberation_app.storage.notices import Publication
from deliberation_app.storage.people import Alias, Household, Person, Unit
from deliberation_app.storage.tasks import Task
from deliberation_app.storage.votes import Vote

_REFUSED = N_("The meeting file was refused; nothing was changed.")


def resolve_aliases(act: Act, told: Plain) -> Plain:
    """Put the kept id wherever the file names a person who was merged into another since."""
    ids = [uuid.UUID(person["id"]) for person in told["people"]]
    kept = {str(row.id): str(row.kept_id) for row in act.scalars(select(Alias).where(Alias.id.in_(ids)))}
    if not kept:
        return told
    listed = {person["id"] for person in told["people"]}
    for index, person in enumerate(told["people"]):
        if person["id"] in kept and kept[person["id"]] in listed:
            sentence = AppError(
                N_("{name} was merged with another person of this file; write the file anew."), name=person["name"]
            )
            raise FileFaults(_REFUSED, ((f"/people/{index}/id", sentence),))
    replaced: Plain = _replace(told, kept)
    return replaced


def _replace(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _replace(inner, ids) for name, inner in value.items()}
    if isinstance(value, list):
        return [_replace(inner, ids) for inner in value]
    return ids.get(value, value) if isinstance(value, str) else value


def refuse_foreign_ids(act: Act, told: Plain) -> None:
    """Refuse an id that the database knows as another kind of object, of another meeting or of another item."""
    faults = tuple(_foreign_ids(act, told))
    if faults:
        raise FileFaults(_REFUSED, faults[:100], max(0, len(faults) - 100))


_OWNERS: dict[type[Kept], str] = {
    AgendaEntry: "meeting_id", Task: "item_id", Evaluation: "item_id", Publication: "item_id",
}  # fmt: skip
# Theirs is the meeting: a newer revision may move them to another point of its agenda.
_OF_AN_ENTRY: frozenset[type[Kept]] = frozenset({AgendaOption, Statement, Vote})


def _owned(record: Any) -> Select[Any]:
    """The ids of a table with the meeting or item each row belongs to."""
    if record in _OF_AN_ENTRY:
        return select(record.id, AgendaEntry.meeting_id).join(AgendaEntry, AgendaEntry.id == record.entry_id)
    return select(record.id, getattr(record, _OWNERS.get(record, "id")))


def _foreign_ids(act: Act, told: Plain) -> Iterator[tuple[str, AppError]]:
    places = list(_places(told))
    known: dict[uuid.UUID, list[tuple[type[Kept], uuid.UUID | None]]] = {}
    keys = list({key for _, _, key, _ in places})
    for record in ORDER:
        owned = _owned(record)
        for start in range(0, len(keys), 500):
            for key, owned_by in act.execute(owned.where(record.id.in_(keys[start : start + 500]))):
                known.setdefault(key, []).append((record, owned_by))
    for pointer, record, key, owner_id in places:
        for there, owned_by in known.get(key, ()):
            if there is not record:
                yield pointer, AppError(N_("The id {id} already belongs to something else here."), id=key)
            elif (record in _OWNERS or record in _OF_AN_ENTRY) and owned_by != owner_id:
                yield pointer, AppError(N_("The id {id} already belongs to another meeting or item here."), id=key)


def _places(told: Plain) -> Iterator[tuple[str, type[Kept], uuid.UUID, uuid.UUID | None]]:
    """Every id of the file: its pointer, the table it would go into, and the meeting or item it belongs to."""
    yield "/unit/id", Unit, uuid.UUID(told["unit"]["id"]), None
    record: type[Kept]
    for record, name in ((Household, "households"), (Person, "people"), (AgendaItem, "items")):
        for index, thing in enumerate(told.get(name, ())):
            yield f"/{name}/{index}/id", record, uuid.UUID(thing["id"]), None
    meeting_id = uuid.UUID(told["meeting"]["id"])
    yield "/meeting/id", Meeting, meeting_id, None
    for index, entry in enumerate(told["meeting"]["agenda"]):
        yield f"/meeting/agenda/{index}/id", AgendaEntry, uuid.UUID(entry["id"]), meeting_id
        for record, name in ((Statement, "statements"), (AgendaOption, "options"), (Vote, "votes")):
            for inner, thing in enumerate(entry.get(name, ())):
                yield f"/meeting/agenda/{index}/{name}/{inner}/id", record, uuid.UUID(thing["id"]), meeting_id
    for record, name in ((Task, "tasks"), (Evaluation, "evaluations"), (Publication, "publications")):
        for index, thing in enumerate(told.get(name, ())):
            yield f"/{name}/{index}/id", record, uuid.UUID(thing["id"]), uuid.UUID(thing["item"])
