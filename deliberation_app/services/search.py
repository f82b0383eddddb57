"""Search: anything of a unit by a few characters, for the box that opens with Ctrl K."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

from sqlalchemy import func, select
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
from deliberation_app.storage.notices import Publication
from deliberation_app.storage.tasks import Task
from deliberation_app.storage.voices import Voice
from deliberation_app.storage.votes import Vote


@dataclass(frozen=True)
class Hit:
    """One thing that was found, and the page with the words that open it there."""

    what: str  # person, or a key of SORTS
    id: uuid.UUID
    title: str
    hint: AppError | str
    page: str
    where: tuple[tuple[str, uuid.UUID], ...]


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0]


def _item(row: Any) -> Hit:
    item = row[0]
    hint = AppError(N_("{number} · {stage}"), number=item.number or "", stage=AppError(STAGES[item.stage].name))
    return Hit("item", item.id, item.title, hint, "agenda", (("item", item.id),))


def _meeting(row: Any) -> Hit:
    meeting = row[0]
    return Hit("meeting", meeting.id, meeting.title, _day(meeting), "meetings", (("meeting", meeting.id),))


def _statement(row: Any) -> Hit:
    said, meeting = row
    hint = f"{meeting.title} · {_day(meeting)}"
    where = (("id", meeting.id), ("statement", said.id))
    return Hit("statement", said.id, _first_line(said.text), hint, "meeting", where)


def _entry(row: Any) -> Hit:
    entry, meeting = row
    hint = f"{meeting.title} · {_day(meeting)}"
    return Hit("entry", entry.id, entry.title, hint, "meeting", (("id", meeting.id), ("entry", entry.id)))


def _voice(row: Any) -> Hit:
    voice = row[0]
    return Hit("voice", voice.id, _first_line(voice.text), voice.number or "", "voices", (("voice", voice.id),))


def _task(row: Any) -> Hit:
    task, item = row
    return Hit("task", task.id, task.title, item.title, "tasks", (("task", task.id),))


def _notice(row: Any) -> Hit:
    notice, item = row
    return Hit("notice", notice.id, _first_line(notice.text), item.title, "notices", (("id", notice.id),))


def _paper(row: Any) -> Hit:
    paper, meeting, item = row
    return _filed("paper", paper, meeting, item)


def _file(row: Any) -> Hit:
    file, meeting, item = row
    for about, page in (("voice", "voices"), ("person", "people")):
        if file.about == about:
            return Hit("file", file.id, file.title, file.added_at.date().isoformat(), page, ((about, file.about_id),))
    return _filed("file", file, meeting, item)


def _filed(what: str, piece: Any, meeting: Meeting | None, item: AgendaItem | None) -> Hit:
    """What lies in the file of a meeting or an item is shown there."""
    if meeting is not None:
        hint, where = f"{meeting.title} · {_day(meeting)}", ("meeting", meeting.id)
    elif item is not None:
        hint, where = item.title, ("item", item.id)
    else:
        hint, where = "", ("piece", piece.id)
    return Hit(what, piece.id, piece.title, hint, "archive", (where, ("piece", piece.id)))


def _day(meeting: Meeting) -> str:
    return calendar.day_of(meeting.starts_at).isoformat()


@dataclass(frozen=True)
class Sort:
    """One sort of things: the table in the index, its rows with what the hit says, and the hit."""

    table: str
    rows: Any  # a query of the record first, then of what tells where it belongs
    key: Any
    hit: Callable[[Any], Hit]


# A file lies with a meeting or one of its votes, or with an item, one of its tasks or notices.
_FILES = (
    select(Enclosure, Meeting, AgendaItem)
    .outerjoin(Vote, Vote.id == Enclosure.about_id)
    .outerjoin(AgendaEntry, AgendaEntry.id == Vote.entry_id)
    .outerjoin(Meeting, Meeting.id == func.coalesce(AgendaEntry.meeting_id, Enclosure.about_id))
    .outerjoin(Task, Task.id == Enclosure.about_id)
    .outerjoin(Publication, Publication.id == Enclosure.about_id)
    .outerjoin(AgendaItem, AgendaItem.id == func.coalesce(Task.item_id, Publication.item_id, Enclosure.about_id))
    .where(Enclosure.removed_at.is_(None))
)
_PRINTED = (
    select(PrintedPaper, Meeting, AgendaItem)
    .outerjoin(Meeting, Meeting.id == PrintedPaper.meeting_id)
    .outerjoin(AgendaItem, AgendaItem.id == PrintedPaper.item_id)
)
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
    "notice": Sort(
        "publication", select(Publication, AgendaItem).join(AgendaItem, AgendaItem.id == Publication.item_id),
        Publication.id, _notice,
    ),
    "paper": Sort("printed_paper", _PRINTED, PrintedPaper.id, _paper),
    "file": Sort("enclosure", _FILES, Enclosure.id, _file),
})  # fmt: skip


def find(work: Work, unit_id: uuid.UUID, text: str, limit: int = 20) -> list[Hit]:
    """People of the unit by name or pinyin, everything else by its words; each sort has its share of the places."""
    typed = text.strip()
    if not typed:
        return []
    sorts = [[
        Hit("person", one.id, one.name, one.hint, "people", (("person", one.id),))
        for one in people_find.find(work, unit_id, typed, limit=limit)
    ]]  # fmt: skip
    with work.read() as session:
        keys = _keys(session, unit_id, typed, limit)
        sorts += [_hits(session, sort, keys.get(sort.table, [])) for sort in SORTS.values()]
    return _shared_out(sorts, limit)


def _keys(session: Session, unit_id: uuid.UUID, typed: str, limit: int) -> dict[str, list[uuid.UUID]]:
    """What fits by sort: what says so before what is read so."""
    connection, keys = session.connection(), dict[str, list[uuid.UUID]]()
    for ask in (index.found, index.sounding):
        for what, some in _newest(partial(ask, connection, typed, unit_id), limit).items():
            known = keys.setdefault(what, [])
            known += [key for key in some if key not in known]
    return {what: some[:limit] for what, some in keys.items()}


def _newest(ask: Callable[..., list[tuple[str, uuid.UUID]]], limit: int) -> dict[str, list[uuid.UUID]]:
    """The newest of all sorts together, and where these are many, the newest of each other sort."""
    most = limit * len(SORTS)
    found = ask(most)
    keys: dict[str, list[uuid.UUID]] = {}
    for what, key in found:
        keys.setdefault(what, []).append(key)
    if len(found) == most:
        for sort in SORTS.values():
            if len(keys.get(sort.table, ())) < limit:
                keys[sort.table] = [key for _, key in ask(limit, sort.table)]
    return keys


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
