"""How far an act reaches: the parts that must look again, and the meetings whose files would show what changed."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from deliberation_app.services.held import Held
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.base import Kept
from deliberation_app.storage.history import Change, Plain
from deliberation_app.storage.meetings import AgendaEntry, Meeting, Mention
from deliberation_app.storage.people import Household, Person
from deliberation_app.storage.records import KEPT
from deliberation_app.storage.statements import ByKeys
from deliberation_app.storage.votes import Vote


class Reach:
    """Gathers from changed rows where they belong."""

    def __init__(self) -> None:
        self.parts: set[str] = set()
        # Meetings whose minutes were signed before this act, which changes them all the same.
        self.signed_minutes: set[uuid.UUID] = set()
        self._meetings: set[uuid.UUID] = set()
        self._entries: set[uuid.UUID] = set()
        self._votes: set[uuid.UUID] = set()
        self._people: set[uuid.UUID] = set()
        self._households: set[uuid.UUID] = set()
        self._items: set[uuid.UUID] = set()
        self._units: set[uuid.UUID] = set()

    def add(self, change: Change) -> None:
        """Take one changed row in."""
        record = KEPT[change.table]
        self.parts.add(record.part)
        if change.table == "minutes" and change.before is not None and change.before["signed_at"] is not None:
            self.signed_minutes.add(uuid.UUID(change.before["meeting_id"]))
        if not record.stays_here and _leaves(record, change):
            for row in (change.before, change.after):
                if row is not None:
                    self._place(change.table, change.id, row)

    def _place(self, table: str, key: uuid.UUID, row: Plain) -> None:
        own = {"meeting": self._meetings, "person": self._people, "household": self._households,
               "item": self._items, "unit": self._units}.get(table)  # fmt: skip
        if own is not None:
            own.add(key)
        elif table in ("agenda_entry", "attendance", "mention"):
            self._meetings.add(uuid.UUID(row["meeting_id"]))
        elif table in ("agenda_option", "statement", "vote"):
            self._entries.add(uuid.UUID(row["entry_id"]))
        elif table in ("ballot", "candidate"):
            self._votes.add(uuid.UUID(row["vote_id"]))
        else:  # what follows from an item: raisers, steps, tasks, evaluations, publications
            self._items.add(uuid.UUID(row["item_id"]))

    def own_meetings(self, session: Held) -> set[uuid.UUID]:
        """The meetings that own a changed row."""
        entries = self._entries | _found(session, Vote.entry_id, Vote.id, self._votes)
        return self._meetings | _found(session, AgendaEntry.meeting_id, AgendaEntry.id, entries)

    def telling_meetings(self, session: Held) -> set[uuid.UUID]:
        """The meetings whose file tells of a changed person, household, item or unit.

        A file also holds the households of its people, their owners, and the items that its items went into.
        """
        households = self._households | _found(session, Household.id, Household.owner_id, self._people)
        people = self._people | _found(session, Person.id, Person.household_id, households)
        items = set(self._items)
        while more := _found(session, AgendaItem.id, AgendaItem.merged_into_id, items) - items:
            items |= more
        found = _found(session, Mention.meeting_id, Mention.row_id, people | households | items)
        return found | _found(session, Meeting.id, Meeting.unit_id, self._units)


@cache
def _query(wanted: InstrumentedAttribute[Any], key: InstrumentedAttribute[Any]) -> ByKeys:
    """The query for what belongs to keys; made once, since to make it takes longer than to ask it."""
    column = wanted.class_.__table__.columns[wanted.key]
    owner = key.class_.__table__.columns[key.key]
    return ByKeys(select(column).distinct(), owner)


def _found(session: Held, wanted: Any, key: Any, keys: Collection[uuid.UUID]) -> set[uuid.UUID]:
    if not keys:
        return set()
    record = wanted.class_
    found, ordered = set(), []
    for one in keys:
        kept = session.held(record, one) if key.key == "id" else None
        if kept is not None and wanted.key in vars(kept):
            found.add(vars(kept)[wanted.key])
        else:
            ordered.append(one)
    found.update(row[0] for row in _query(wanted, key).rows(session.wire, ordered))
    return found - {None}


def _leaves(record: type[Kept], change: Change) -> bool:
    """Whether a change is one that a meeting file would show: rows come and go, or a column of theirs differs."""
    if change.before is None or change.after is None:
        return True
    local = _local(record)
    return any(change.before.get(name) != value and name not in local for name, value in change.after.items())


@cache
def _local(record: type[Kept]) -> frozenset[str]:
    return frozenset(column.key for column in record.__table__.columns if column.info.get("local"))
