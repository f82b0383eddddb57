"""Search: anything of a unit by a few characters, for the box that opens with Ctrl K."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain import calendar
from deliberation_app.domain.agenda import STAGES
from deliberation_app.errors import N_, AppError
from deliberation_app.services import people_find
from deliberation_app.services.work import Work
from deliberation_app.storage import search as index
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.archive import Enclosure, PrintedPaper
from deliberation_app.storage.floor import Statement
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.tasks import Task
from deliberation_app.storage.voices import Voice


@dataclass(frozen=True)
class Hit:
    """One thing that was found, and the page with the row that shows it."""

    what: str  # person, item, meeting, statement, voice, task, paper, file
    id: uuid.UUID
    title: str
    hint: AppError | str
    page: str


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0]


def _item(row: Any) -> Hit:
    item = row[0]
    hint = AppError(N_("{number} · {stage}"), number=item.number or "", stage=AppError(STAGES[item.stage].name))
    return Hit("item", item.id, item.title, hint, "agenda")


def _meeting(row: Any) -> Hit:
    meeting = row[0]
    return Hit("meeting", meeting.id, meeting.title, _day(meeting), "meetings")


def _statement(row: Any) -> Hit:
    said, meeting = row
    return Hit("meeting", meeting.id, _first_line(said.text), f"{meeting.title} · {_day(meeting)}", "meetings")


def _entry(row: Any) -> Hit:
    entry, meeting = row
    return Hit("meeting", meeting.id, entry.title, f"{meeting.title} · {_day(meeting)}", "meetings")


def _voice(row: Any) -> Hit:
    voice = row[0]
    return Hit("voice", voice.id, _first_line(voice.text), voice.number or "", "voices")


def _task(row: Any) -> Hit:
    task, item = row
    return Hit("item", item.id, task.title, item.title, "agenda")


def _paper(row: Any) -> Hit:
    paper, meeting = row
    return Hit("meeting", meeting.id, paper.title, _day(meeting), "meetings")


def _file(row: Any) -> Hit:
    file, meeting = row
    return Hit("meeting", meeting.id, file.title, meeting.title, "meetings")


def _day(meeting: Meeting) -> str:
    return calendar.day_of(meeting.starts_at).isoformat()


@dataclass(frozen=True)
class Sort:
    """One sort of things: the table in the index, its rows with what the hit says, and the hit."""

    table: str
    rows: Any  # a query of the record first, then of what tells where it belongs
    key: Any
    hit: Callable[[Any], Hit]


# One line, one sort, in the order in which they are shown.
SORTS: Mapping[str, Sort] = MappingProxyType({
    "item": Sort("item", select(AgendaItem), AgendaItem.id, _item),
    "meeting": Sort("meeting", select(Meeting), Meeting.id, _meeting),
    "voice": Sort("voice", select(Voice), Voice.id, _voice),
    "statement": Sort(
        "statement",
        select(Statement, Meeting).join(AgendaEntry, AgendaEntry.id == Statement.entry_id)
        .join(Meeting, Meeting.id == AgendaEntry.meeting_id), Statement.id, _statement,
    ),
    "entry": Sort(
        "agenda_entry", select(AgendaEntry, Meeting).join(Meeting, Meeting.id == AgendaEntry.meeting_id),
        AgendaEntry.id, _entry,
    ),
    "task": Sort("task", select(Task, AgendaItem).join(AgendaItem, AgendaItem.id == Task.item_id), Task.id, _task),
    "paper": Sort(
        "printed_paper", select(PrintedPaper, Meeting).join(Meeting, Meeting.id == PrintedPaper.meeting_id),
        PrintedPaper.id, _paper,
    ),
    "file": Sort(
        "enclosure", select(Enclosure, Meeting).join(Meeting, Meeting.id == Enclosure.about_id), Enclosure.id, _file,
    ),
})  # fmt: skip


def find(work: Work, unit_id: uuid.UUID, text: str, limit: int = 20) -> list[Hit]:
    """People of the unit by name or pinyin, everything else by its words; each sort has its share of the places."""
    typed = text.strip()
    if not typed:
        return []
    sorts = [[
        Hit("person", one.id, one.name, one.hint, "people")
        for one in people_find.find(work, unit_id, typed, limit=limit)
    ]]  # fmt: skip
    with work.read() as session:
        keys = _keys(session, unit_id, typed, limit)
        sorts += [_hits(session, sort, keys.get(sort.table, [])) for sort in SORTS.values()]
    return _shared_out(sorts, limit)


def _keys(session: Session, unit_id: uuid.UUID, typed: str, limit: int) -> dict[str, list[uuid.UUID]]:
    """What fits by sort: the newest of all together, and where these are many, the newest of each other sort."""
    connection, most = session.connection(), limit * len(SORTS)
    found = index.found(connection, typed, unit_id, most)
    keys: dict[str, list[uuid.UUID]] = {}
    for what, key in found:
        keys.setdefault(what, []).append(key)
    if len(found) == most:
        for sort in SORTS.values():
            if len(keys.get(sort.table, ())) < limit:
                rows = index.found(connection, typed, unit_id, limit, sort.table)
                keys[sort.table] = [key for _, key in rows]
    return {what: some[:limit] for what, some in keys.items()}


def _hits(session: Session, sort: Sort, keys: list[uuid.UUID]) -> list[Hit]:
    if not keys:
        return []
    rows = {row[0].id: row for row in session.execute(sort.rows.where(sort.key.in_(keys)))}
    return [sort.hit(rows[key]) for key in keys if key in rows]


def _shared_out(sorts: Iterable[list[Hit]], limit: int) -> list[Hit]:
    """As many of each sort as there is room for: places that one sort does not need go to the others."""
    given = list(sorts)
    taken = [0] * len(given)
    while sum(taken) < limit and any(count < len(hits) for count, hits in zip(taken, given, strict=True)):
        for place, hits in enumerate(given):
            if taken[place] < len(hits) and sum(taken) < limit:
                taken[place] += 1
    return [hit for count, hits in zip(taken, given, strict=True) for hit in hits[:count]]
