"""One act under way: a session that notices every row it changes."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, delete, event, insert, inspect, select, update
from sqlalchemy.orm import Session, UOWTransaction

from deliberation_app.errors import N_, RuleBroken
from deliberation_app.storage.base import Kept, new_id
from deliberation_app.storage.history import Change, Plain, logged_columns, plain, row_of
from deliberation_app.storage.meetings import AgendaEntry, Meeting, Mention
from deliberation_app.storage.minutes import Minutes
from deliberation_app.storage.records import KEPT
from deliberation_app.storage.votes import Vote

_BATCH = 500


class Act(Session):
    """The session of one act; `now` is its moment, the same for every row it writes."""

    def __init__(self, engine: Engine, *, now: datetime) -> None:
        super().__init__(engine, expire_on_commit=False)
        self.now = now
        self.undoes: int | None = None
        # Meetings whose revision this act sets itself, as an import does.
        self.own_revision: set[uuid.UUID] = set()
        self._changes: dict[tuple[str, uuid.UUID], Change] = {}
        self._kept: dict[tuple[str, uuid.UUID], Kept] = {}
        event.listen(self, "before_flush", self._note)

    def _note(self, _session: Session, _context: UOWTransaction, _instances: object) -> None:
        for kept in self.dirty:
            if isinstance(kept, Kept) and self.is_modified(kept):
                self._remember(kept, _before(kept))
        for kept in self.deleted:
            if isinstance(kept, Kept):
                self._remember(kept, _before(kept))
                self._kept.pop((kept.__tablename__, kept.id), None)
        for kept in self.new:
            if isinstance(kept, Kept):
                if kept.id is None:
                    kept.id = new_id()  # the log needs it before the flush would make it
                self._remember(kept, None)

    def _remember(self, kept: Kept, before: Plain | None) -> None:
        key = (kept.__tablename__, kept.id)
        self._changes.setdefault(key, Change(*key, before, None))
        self._kept[key] = kept

    def write(self, record: type[Kept], rows: Iterable[Mapping[str, Any]]) -> None:
        """Write whole rows in bulk: new ones are inserted, known ones brought to these values, equal ones left alone."""
        wanted = {row["id"]: row for row in rows}
        known = self._rows(record, list(wanted))
        fresh = [{**_defaults(record), **row} for key, row in wanted.items() if key not in known]
        table = record.__table__
        for start in range(0, len(fresh), _BATCH):
            self.execute(insert(record), fresh[start : start + _BATCH])
        for row in fresh:
            self._log(record, row["id"], None, row)
        for key, before in known.items():
            changed = {name: value for name, value in wanted[key].items() if before[name] != value}
            if changed:
                self.execute(update(table).where(table.c.id == key).values(**changed, version=table.c.version + 1))
                self._log(record, key, before, {**before, **changed})

    def remove(self, record: type[Kept], keys: Sequence[uuid.UUID]) -> None:
        """Delete rows in bulk."""
        for key, before in self._rows(record, keys).items():
            self._log(record, key, before, None)
        for start in range(0, len(keys), _BATCH):
            self.execute(delete(record).where(record.id.in_(keys[start : start + _BATCH])))

    def _rows(self, record: type[Kept], keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, dict[str, Any]]:
        columns = [getattr(record, name) for name in logged_columns(record)]
        found: dict[uuid.UUID, dict[str, Any]] = {}
        for start in range(0, len(keys), _BATCH):
            query = select(*columns).where(record.id.in_(keys[start : start + _BATCH]))
            found.update({row["id"]: dict(row) for row in self.execute(query).mappings()})
        return found

    def _log(
        self, record: type[Kept], key: uuid.UUID, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
    ) -> None:
        change = self._changes.setdefault(
            (record.__tablename__, key), Change(record.__tablename__, key, _plain(record, before), None)
        )
        change.after = _plain(record, after)

    def changes(self) -> list[Change]:
        """Everything this act changed, rows before and after; rows that ended as they were are not among it."""
        self.flush()
        for key, kept in self._kept.items():
            self._changes[key].after = row_of(kept)
        changes = [change for change in self._changes.values() if change.before != change.after]
        self._changes = {(change.table, change.id): change for change in changes}
        return changes

    def parts(self) -> frozenset[str]:
        """The parts of the program that must look again."""
        return frozenset(KEPT[table].part for table, _ in self._changes)

    def revise(self, now: datetime, by: str) -> None:
        """Give every meeting whose content this act changed its next revision; refuse where the record is signed."""
        own = set(self._own_meetings())
        self._refuse_signed(own)
        touched = (own | set(self._meetings_that_mention())) - self.own_revision
        for meeting_id, written_at in self.execute(select(Meeting.id, Meeting.written_at).where(Meeting.id.in_(touched))):
            later = max(now, written_at + timedelta(seconds=1)) if written_at else now
            values = {"written_at": later, "written_by": by or None}
            table = Meeting.__table__
            self.execute(update(table).where(table.c.id == meeting_id).values(**values))

    def _refuse_signed(self, meetings: set[uuid.UUID]) -> None:
        query = select(Meeting.title).join(Minutes, Minutes.meeting_id == Meeting.id)
        signed = self.scalars(query.where(Meeting.id.in_(meetings), Minutes.signed_at.is_not(None))).first()
        if signed is not None:
            raise RuleBroken(
                N_("The record of “{meeting}” is signed and locked. Add a numbered supplement instead; nothing was changed."),
                meeting=signed,
            )

    def _content(self) -> Iterator[tuple[str, uuid.UUID, Plain]]:
        """The changed rows that a meeting file would show, with the values that say where they belong."""
        for change in self._changes.values():
            record = KEPT[change.table]
            if not record.stays_here and _leaves(record, change):
                yield change.table, change.id, change.after or change.before or {}

    def _own_meetings(self) -> Iterator[uuid.UUID]:
        entries: set[uuid.UUID] = set()
        votes: set[uuid.UUID] = set()
        for table, key, row in self._content():
            if table == "meeting":
                yield key
            elif table in ("agenda_entry", "attendance", "mention"):
                yield uuid.UUID(row["meeting_id"])
            elif table in ("agenda_option", "statement", "vote"):
                entries.add(uuid.UUID(row["entry_id"]))
            elif table in ("ballot", "candidate"):
                votes.add(uuid.UUID(row["vote_id"]))
        if votes:
            entries |= set(self.scalars(select(Vote.entry_id).where(Vote.id.in_(votes))))
        if entries:
            yield from self.scalars(select(AgendaEntry.meeting_id).where(AgendaEntry.id.in_(entries)))

    def _meetings_that_mention(self) -> Iterator[uuid.UUID]:
        rows: set[uuid.UUID] = set()
        units: set[uuid.UUID] = set()
        for table, key, row in self._content():
            if table in ("person", "household", "item"):
                rows.add(key)
            elif "item_id" in row and table != "agenda_entry":
                rows.add(uuid.UUID(row["item_id"]))
            elif table == "unit":
                units.add(key)
        for start in range(0, len(rows), _BATCH):
            some = list(rows)[start : start + _BATCH]
            yield from self.scalars(select(Mention.meeting_id).where(Mention.row_id.in_(some)).distinct())
        if units:
            yield from self.scalars(select(Meeting.id).where(Meeting.unit_id.in_(units)))


def _before(kept: Kept) -> Plain:
    """The values a record had when it was read."""
    state = inspect(kept)
    row: Plain = {}
    for name in logged_columns(type(kept)):
        history = state.attrs[name].history
        row[name] = plain(history.deleted[0] if history.deleted else getattr(kept, name))
    return row


def _defaults(record: type[Kept]) -> dict[str, Any]:
    """What a new row holds where nobody says otherwise."""
    columns = record.__table__.columns
    return {name: columns[name].default.arg if columns[name].default is not None else None
            for name in logged_columns(record) if name != "id"}


def _plain(record: type[Kept], row: Mapping[str, Any] | None) -> Plain | None:
    return None if row is None else {name: plain(row.get(name)) for name in logged_columns(record)}


def _leaves(record: type[Kept], change: Change) -> bool:
    """Whether a change is one that a meeting file would show: rows come and go, or a column of theirs differs."""
    if change.before is None or change.after is None:
        return True
    columns = record.__table__.columns
    return any(
        change.before.get(name) != value and not columns[name].info.get("local")
        for name, value in change.after.items()
    )


