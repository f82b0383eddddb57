"""The rows of one live meeting, read once and then brought up to date from the log, row by row."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from functools import cache
from types import EllipsisType, SimpleNamespace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deliberation_app.services.known import Known
from deliberation_app.services.meetings import find
from deliberation_app.storage import history
from deliberation_app.storage.accounts import AuditLine, AuditPayload
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.base import Kept
from deliberation_app.storage.floor import Attendance, FloorState, QueueEntry, Statement, Turn
from deliberation_app.storage.meetings import AgendaEntry, AgendaOption, Meeting
from deliberation_app.storage.people import Person
from deliberation_app.storage.voices import Voice
from deliberation_app.storage.votes import Candidate, Vote

# More acts than this since the last look are read anew altogether.
_FAR = 40
_OF_MEETING = (AgendaEntry, QueueEntry, Attendance, Turn)
_OF_ENTRY = (AgendaOption, Statement, Vote)
# Which column of a table names a person.
_NAMING: dict[type[Kept], str] = {
    Attendance: "person_id", QueueEntry: "person_id", Candidate: "person_id", Statement: "speaker_id",
    FloorState: "speaker_id", Turn: "person_id",
}  # fmt: skip
# In this order, so that what a row belongs to is known before the row.
_FOLLOWED: tuple[type[Kept], ...] = (Meeting, FloorState, *_OF_MEETING, *_OF_ENTRY, Candidate, Person, AgendaItem)
_BATCH = 500
# A row as the log tells it, None for one that is gone, … for one that must be read.
Told = history.Plain | EllipsisType | None
Changed = dict[str, dict[uuid.UUID, Told]]


def _light(record: type[Kept], row: Any) -> Any:
    """A row whose values are read a thousand times for each picture, without the instruments of a record.

    The meeting itself and its items stay records: services read them.
    """
    if row is None or record in (Meeting, AgendaItem) or isinstance(row, SimpleNamespace):
        return row
    return SimpleNamespace(**{name: getattr(row, name) for name in _empty(record)})


@cache
def _empty(record: type[Kept]) -> dict[str, None]:
    return dict.fromkeys(record.__table__.columns.keys())


class MeetingRows:
    """Everything that a meeting's board is made of; `follow` tells which tables have changed since the last time."""

    def __init__(self, meeting_id: uuid.UUID, known: Known) -> None:
        self.meeting_id = meeting_id
        self._known = known
        self.voices: dict[uuid.UUID, int] = {}
        self._rows: dict[type[Kept], dict[uuid.UUID, Any]] = {}
        self._ordered: dict[type[Kept], list[Any]] = {}
        self._asked: set[uuid.UUID] = set()
        self._seen = -1

    def of(self, record: type[Kept]) -> dict[uuid.UUID, Any]:
        """The rows of one table by their ids."""
        return self._rows[record]

    def listed(self, record: type[Kept]) -> list[Any]:
        """The rows of one table in their order."""
        if record not in self._ordered:
            self._ordered[record] = sorted(self._rows[record].values(), key=lambda row: (row.position, row.id))
        return self._ordered[record]

    @property
    def meeting(self) -> Meeting:
        """The meeting itself."""
        meeting: Meeting = self._rows[Meeting][self.meeting_id]
        return meeting

    @property
    def state(self) -> FloorState | None:
        """The moment the meeting is in."""
        return self._rows[FloorState].get(self.meeting_id)

    def follow(self, session: Session) -> set[type[Kept]]:
        """Take in what was done since the last look; the answer is the tables that changed.

        What was done in this program is known row by row; only for what others did is the database asked.
        """
        changed = self._told() if self._seen >= 0 else None
        if changed is None:
            changed = self._changed(session) if self._seen >= 0 else None
        if changed is None:
            self._read_all(session)
            self._ordered.clear()
            return set(_FOLLOWED)
        touched: set[type[Kept]] = set()
        for record in _FOLLOWED:
            for key, row in changed.get(record.__tablename__, {}).items():
                if self._take(session, record, key, row):
                    touched.add(record)
                    self._ordered.pop(record, None)
        if touched:
            if self.meeting_id not in self._rows[Meeting]:
                find(session, self.meeting_id)  # says that it is gone
            self._complete(session, touched)
        if Voice.__tablename__ in changed or AgendaItem in touched or self._items() != self._asked:
            self._count_voices(session)
            touched.add(AgendaItem)
        return touched

    def _told(self) -> Changed | None:
        """The rows that acts of this program have changed since the last look, None where others wrote as well."""
        acts = self._known.since(self._seen)
        if acts is None or len(acts) > _FAR:
            return None
        changed: Changed = {}
        for number, changes in acts:
            for change in changes:
                changed.setdefault(change.table, {})[change.id] = change.after
            self._seen = number
        return changed

    def _changed(self, session: Session) -> Changed | None:
        """The rows that the log names since the last look, by table; None when it does not name them all."""
        query = (
            select(AuditLine.id, AuditPayload.rows)
            .outerjoin(AuditPayload, AuditPayload.line_id == AuditLine.id)
            .where(AuditLine.id > self._seen)
            .order_by(AuditLine.id)
            .limit(_FAR + 1)
        )
        lines = session.execute(query).all()
        if not lines and (session.scalar(select(func.max(AuditLine.id))) or 0) < self._seen:
            return None  # an older copy was put in its place
        if len(lines) > _FAR:
            return None
        changed: Changed = {}
        for number, said in lines:
            payload = history.unpack(said) if said is not None else None
            if payload is None or payload.big:
                return None
            for change in payload.changes:
                changed.setdefault(change.table, {})[change.id] = ...
            self._seen = number
        return changed

    def _take(self, session: Session, record: type[Kept], key: uuid.UUID, told: Told) -> bool:
        """Take in one row as it was told, or read it again; whether it is or was one of this meeting."""
        rows = self._rows[record]
        known = key in rows
        if not known and record in (Person, AgendaItem):
            return False  # read when somebody of the meeting needs it
        row: Any = None
        if told is ... or record is Meeting:  # the counter of a meeting's changes is shown to services again
            row = session.get(record, key)
        elif told is not None:
            row = SimpleNamespace(**{**_empty(record), **history.values_of(record, told)})
        row = _light(record, row)
        if row is not None and (known or self._belongs(record, row)):
            rows[key] = row
            return True
        return rows.pop(key, None) is not None

    def _belongs(self, record: type[Kept], row: Any) -> bool:
        if record in _OF_MEETING:
            return bool(row.meeting_id == self.meeting_id)
        if record in _OF_ENTRY:
            return row.entry_id in self._rows[AgendaEntry]
        if record is Candidate:
            return row.vote_id in self._rows[Vote]
        return bool(row.id == self.meeting_id)

    def _read_all(self, session: Session) -> None:
        self._seen = session.scalar(select(func.max(AuditLine.id))) or 0
        self._rows = {record: {} for record in _FOLLOWED}
        self._rows[Meeting][self.meeting_id] = find(session, self.meeting_id)
        state = session.get(FloorState, self.meeting_id)
        if state is not None:
            self._rows[FloorState][state.id] = _light(FloorState, state)
        for record in _OF_MEETING:
            self._keep(session, record, "meeting_id", [self.meeting_id])
        for other in _OF_ENTRY:
            self._keep(session, other, "entry_id", self._rows[AgendaEntry])
        self._keep(session, Candidate, "vote_id", self._rows[Vote])
        self._complete(session, set(_NAMING))
        self._count_voices(session)

    def _keep(self, session: Session, record: type[Kept], name: str, keys: Iterable[uuid.UUID]) -> None:
        wanted, column = list(keys), getattr(record, name)
        for start in range(0, len(wanted), _BATCH):
            found = session.scalars(select(record).where(column.in_(wanted[start : start + _BATCH])))
            self._rows[record].update((row.id, _light(record, row)) for row in found)

    def _complete(self, session: Session, touched: set[type[Kept]]) -> None:
        """Read the people and items that rows of the touched tables name and that are not here yet."""
        for record, needed in ((Person, self._named(touched)), (AgendaItem, self._items())):
            missing = {key for key in needed if key not in self._rows[record]}
            if missing:
                self._keep(session, record, "id", missing)

    def _named(self, touched: set[type[Kept]]) -> set[uuid.UUID]:
        named = {
            getattr(row, _NAMING[record]) for record in touched & _NAMING.keys() for row in self._rows[record].values()
        }
        named.discard(None)
        return named

    def _items(self) -> set[uuid.UUID]:
        return {row.item_id for row in self._rows[AgendaEntry].values() if row.item_id is not None}

    def _count_voices(self, session: Session) -> None:
        """How much people had said on each item before this meeting."""
        self._asked = self._items()
        items = list(self._asked)
        here = list(self._rows[AgendaEntry])
        voices = select(Voice.item_id, func.count()).where(Voice.item_id.in_(items)).group_by(Voice.item_id)
        said = (
            select(AgendaEntry.item_id, func.count())
            .join(Statement, Statement.entry_id == AgendaEntry.id)
            .where(AgendaEntry.item_id.in_(items), AgendaEntry.id.not_in(here))
            .group_by(AgendaEntry.item_id)
        )
        self.voices = {}
        for query in (voices, said):
            for item_id, count in session.execute(query):
                if item_id is not None:
                    self.voices[item_id] = self.voices.get(item_id, 0) + count
