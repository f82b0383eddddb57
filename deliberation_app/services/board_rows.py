"""The rows of one live meeting, read once and then brought up to date from the log, row by row."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from functools import cache
from types import EllipsisType, SimpleNamespace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deliberation_app.services import floor_clock
from deliberation_app.services.board_order import Ordered, Place
from deliberation_app.services.meeting_facts import left_out_now
from deliberation_app.services.meetings import find
from deliberation_app.services.work import Work
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
# Which column of a table names a person or an item.
_NAMING: dict[type[Kept], tuple[str, type[Kept]]] = {
    Attendance: ("person_id", Person), QueueEntry: ("person_id", Person), Candidate: ("person_id", Person),
    Statement: ("speaker_id", Person), FloorState: ("speaker_id", Person), Turn: ("person_id", Person),
    AgendaEntry: ("item_id", AgendaItem),
}  # fmt: skip
# Changed in other meetings, they may change what was said before on an item, and the seconds last chosen for a turn.
_HEARD_ELSEWHERE: set[type[Kept]] = {AgendaEntry, Statement}
_CHOSEN_ELSEWHERE: set[type[Kept]] = {FloorState, Meeting}
# In this order, so that what a row belongs to is known before the row.
_FOLLOWED: tuple[type[Kept], ...] = (Meeting, FloorState, *_OF_MEETING, *_OF_ENTRY, Candidate, Person, AgendaItem)
_BATCH = 500
# A row as the log tells it, None for one that is gone, … for one that must be read.
Told = history.Plain | EllipsisType | None
Changed = dict[str, dict[uuid.UUID, Told]]
# Rows of this meeting that have changed: each as it was and as it is, None where it was not or is not any more.
Changes = dict[type[Kept], dict[uuid.UUID, tuple[Any, Any]]]
# Opens the session of this look when something must be asked for the first time.
Ask = Callable[[], Session]


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


def named(changes: Changes, record: type[Kept]) -> set[uuid.UUID]:
    """The people whom changed rows of a table named or name now."""
    if record not in changes:
        return set()
    column = _NAMING[record][0]
    found = {getattr(row, column) for pair in changes[record].values() for row in pair if row is not None}
    found.discard(None)
    return found


def speakers(changes: Changes) -> set[uuid.UUID]:
    """The people to whom the floor was given, or from whom it was taken: a clock that stops or runs on is no change."""
    for before, after in changes.get(FloorState, {}).values():
        if _turn(before) != _turn(after):
            return named(changes, FloorState)
    return set()


def _turn(state: Any) -> Any:
    return state and (state.speaker_id, state.began_at, state.entry_id)


def _place(row: Any) -> Place:
    return row.position, row.id


def _item_of(entry: Any) -> tuple[bool, uuid.UUID | None]:
    return entry is not None, entry.item_id if entry is not None else None


class _Asking(ExitStack):
    """One look: its session is opened when something must be asked for the first time."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._session: Session | None = None

    def __call__(self) -> Session:
        if self._session is None:
            self._session = self.enter_context(self._work.read())
        return self._session


class MeetingRows:
    """Everything that a meeting's board is made of; `follow` tells which rows have changed since the last time."""

    def __init__(self, work: Work, meeting_id: uuid.UUID) -> None:
        self.meeting_id = meeting_id
        self._work = work
        # How much people had said on each item before, and the seconds of a turn where none were chosen.
        self.voices: dict[uuid.UUID, int] = {}
        self.usual_seconds = 0
        self._rows: dict[type[Kept], dict[uuid.UUID, Any]] = {}
        self._ordered: dict[type[Kept], Ordered[Any]] = {}
        self._seen = -1

    def of(self, record: type[Kept]) -> dict[uuid.UUID, Any]:
        """The rows of one table by their ids."""
        return self._rows[record]

    def listed(self, record: type[Kept]) -> tuple[Any, ...]:
        """The rows of one table in their order, the same tuple while none of them changes."""
        kept = self._ordered.get(record)
        if kept is None:
            kept = self._ordered[record] = Ordered((_place(row), row) for row in self._rows[record].values())
        return kept.all

    @property
    def meeting(self) -> Meeting:
        """The meeting itself."""
        meeting: Meeting = self._rows[Meeting][self.meeting_id]
        return meeting

    @property
    def state(self) -> FloorState | None:
        """The moment the meeting is in."""
        return self._rows[FloorState].get(self.meeting_id)

    def follow(self) -> Changes | None:
        """Take in what was done since the last look; None when everything has been read anew.

        What was done in this program is known row by row; only for what others did is the database asked.
        """
        # Until all is taken in nothing is: a look that is cut short is followed by one that reads everything.
        seen, self._seen = self._seen, -1
        with _Asking(self._work) as ask:
            told = self._told(seen) or self._changed(seen, ask()) if seen >= 0 else None
            if told is None:
                self._seen = self._read_all(ask())
                return None
            changes = self._take_in(told[1], ask)
            self._seen = told[0]
            return changes

    def left_out(self) -> int:
        """How many of those on the roll do not count as due in an election."""
        with self._work.read() as session:
            return left_out_now(session, self.meeting)

    def _take_in(self, told: Changed, ask: Ask) -> Changes:
        changes: Changes = {}
        elsewhere: set[type[Kept]] = set()
        for record in _FOLLOWED:
            if record.__tablename__ not in told:
                continue
            for key, row in told[record.__tablename__].items():
                pair = self._take(ask, record, key, row)
                if pair is None:
                    elsewhere.add(record)
                else:
                    changes.setdefault(record, {})[key] = pair
        if self.meeting_id not in self._rows[Meeting]:
            find(ask(), self.meeting_id)  # says that it is gone
        for record, pairs in changes.items():
            self._complete(ask, record, (row for _, row in pairs.values()))
        entries = changes.get(AgendaEntry, {}).values()
        other_items = any(_item_of(before) != _item_of(after) for before, after in entries)
        if other_items or elsewhere & _HEARD_ELSEWHERE or Voice.__tablename__ in told:
            self._count_voices(ask())
            changes.setdefault(AgendaItem, {})
        if Meeting in changes or elsewhere & _CHOSEN_ELSEWHERE:
            self.usual_seconds = floor_clock.usual_seconds(ask(), self.meeting)
        return changes

    def _told(self, seen: int) -> tuple[int, Changed] | None:
        """The last line and the rows changed since `seen` by acts of this program, None where others wrote as well."""
        acts = self._work.known.since(seen)
        if acts is None or len(acts) > _FAR:
            return None
        changed: Changed = {}
        for number, changes in acts:
            for change in changes:
                changed.setdefault(change.table, {})[change.id] = change.after
            seen = number
        return seen, changed

    def _changed(self, seen: int, session: Session) -> tuple[int, Changed] | None:
        """The last line and the rows that the log names since `seen`, by table; None when it does not name them all."""
        query = (
            select(AuditLine.id, AuditPayload.rows)
            .outerjoin(AuditPayload, AuditPayload.line_id == AuditLine.id)
            .where(AuditLine.id > seen)
            .order_by(AuditLine.id)
            .limit(_FAR + 1)
        )
        lines = session.execute(query).all()
        if not lines and (session.scalar(select(func.max(AuditLine.id))) or 0) < seen:
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
            seen = number
        return seen, changed

    def _take(self, ask: Ask, record: type[Kept], key: uuid.UUID, told: Told) -> tuple[Any, Any] | None:
        """Take in one row as it was told, or read it again: as it was and is, None when it is not of this meeting."""
        rows = self._rows[record]
        before = rows.get(key)
        if before is None and record in (Person, AgendaItem):
            return None  # read when somebody of the meeting needs it
        row: Any = None
        if told is ... or (record is Meeting and before is not None):
            row = ask().get(record, key)  # the counter of a meeting's changes is shown to services again
        elif told is not None:
            row = SimpleNamespace(**{**_empty(record), **history.values_of(record, told)})
        row = _light(record, row)
        if row is None or (before is None and not self._belongs(record, row)):
            row = None
            rows.pop(key, None)
        else:
            rows[key] = row
        if before is None and row is None:
            return None
        self._move(record, before, row)
        return before, row

    def _move(self, record: type[Kept], before: Any, row: Any) -> None:
        ordered = self._ordered.get(record)
        if ordered is None:
            return
        if before is not None and (row is None or _place(before) != _place(row)):
            ordered.drop(_place(before))
        if row is not None:
            ordered.put(_place(row), row)

    def _belongs(self, record: type[Kept], row: Any) -> bool:
        if record in _OF_MEETING:
            return bool(row.meeting_id == self.meeting_id)
        if record in _OF_ENTRY:
            return row.entry_id in self._rows[AgendaEntry]
        if record is Candidate:
            return row.vote_id in self._rows[Vote]
        return bool(row.id == self.meeting_id)

    def _read_all(self, session: Session) -> int:
        """Read everything; the answer is the end of the log as it was before."""
        seen = session.scalar(select(func.max(AuditLine.id))) or 0
        self._rows = {record: {} for record in _FOLLOWED}
        self._ordered = {}
        self._rows[Meeting][self.meeting_id] = find(session, self.meeting_id)
        state = session.get(FloorState, self.meeting_id)
        if state is not None:
            self._rows[FloorState][state.id] = _light(FloorState, state)
        for record in _OF_MEETING:
            self._keep(session, record, "meeting_id", [self.meeting_id])
        for other in _OF_ENTRY:
            self._keep(session, other, "entry_id", self._rows[AgendaEntry])
        self._keep(session, Candidate, "vote_id", self._rows[Vote])
        for naming in _NAMING:
            self._complete(lambda: session, naming, self._rows[naming].values())
        self._count_voices(session)
        self.usual_seconds = floor_clock.usual_seconds(session, self.meeting)
        return seen

    def _keep(self, session: Session, record: type[Kept], name: str, keys: Iterable[uuid.UUID]) -> None:
        wanted, column = list(keys), getattr(record, name)
        for start in range(0, len(wanted), _BATCH):
            found = session.scalars(select(record).where(column.in_(wanted[start : start + _BATCH])))
            self._rows[record].update((row.id, _light(record, row)) for row in found)

    def _complete(self, ask: Ask, naming: type[Kept], rows: Iterable[Any]) -> None:
        """Read the people or items that these rows of a table name and that are not here yet."""
        if naming in _NAMING:
            column, record = _NAMING[naming]
            wanted = {getattr(row, column) for row in rows if row is not None}
            missing = {key for key in wanted if key is not None and key not in self._rows[record]}
            if missing:
                self._keep(ask(), record, "id", missing)

    def _count_voices(self, session: Session) -> None:
        """How much people had said on each item before this meeting."""
        here = self._rows[AgendaEntry]
        items = [row.item_id for row in here.values() if row.item_id is not None]
        voices = select(Voice.item_id, func.count()).where(Voice.item_id.in_(items)).group_by(Voice.item_id)
        said = (
            select(AgendaEntry.item_id, func.count())
            .join(Statement, Statement.entry_id == AgendaEntry.id)
            .where(AgendaEntry.item_id.in_(items), AgendaEntry.id.not_in(list(here)))
            .group_by(AgendaEntry.item_id)
        )
        self.voices = {}
        for query in (voices, said):
            for item_id, count in session.execute(query):
                if item_id is not None:
                    self.voices[item_id] = self.voices.get(item_id, 0) + count
