"""What this program still knows of the database from its last acts, good for as long as the log has not moved on."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import instance_state

from deliberation_app.storage import history
from deliberation_app.storage.base import Kept
from deliberation_app.storage.history import Change

# The end of the log: every change moves it, so whoever sees the same end sees the same rows.
Head = tuple[int, str]
Records = dict[tuple[type[Kept], uuid.UUID], Kept]
T = TypeVar("T")

# A live meeting turns around a handful of rows; nobody gains by remembering more.
MOST_RECORDS = 64
_MOST_REMEMBERED = 64


class Known:
    """Records, reckonings and acts, each with the end of the log they belong to; another end, and they are forgotten.

    Whoever holds the right to write has just read the end of the log, so nobody can have changed a row unseen.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._head: Head | None = None
        self._records: Records = {}
        self._reckoned: dict[object, tuple[frozenset[str], Any]] = {}
        self._acts: dict[int, tuple[Change, ...]] = {}
        # The last moment of each meeting in which something was done here: behind it the log need not be asked.
        self.latest: dict[uuid.UUID, datetime] = {}

    def take(self, head: Head) -> Records:
        """The records as they are at this end of the log; they belong to the asker until they are kept again."""
        with self._lock:
            self._see(head)
            records, self._records = self._records, {}
            return records

    def keep(self, before: Head, head: Head, records: Records, changes: Collection[Change] | None) -> None:
        """An act has moved the log from `before` to `head`; `changes` is None where it does not name all its rows."""
        with self._lock:
            if self._head != before:
                return  # somebody else has been faster, and knows more
            self._head = head
            self._records = records
            if head == before:
                return
            if changes is None:
                self._reckoned.clear()
                self._acts.clear()
                return
            touched = {change.table for change in changes}
            for key in [key for key, (tables, _) in self._reckoned.items() if not touched.isdisjoint(tables)]:
                del self._reckoned[key]
            self._acts[head[0]] = tuple(changes)
            self._acts.pop(head[0] - _MOST_REMEMBERED, None)

    def since(self, seen: int) -> list[tuple[int, tuple[Change, ...]]] | None:
        """The acts after the line `seen`, in their order, None where not all of them were done here."""
        with self._lock:
            if self._head is None or not seen < self._head[0] <= seen + len(self._acts):
                return None
            numbers = range(seen + 1, self._head[0] + 1)
            if any(number not in self._acts for number in numbers):
                return None
            return [(number, self._acts[number]) for number in numbers]

    def forget(self) -> None:
        """Somebody else has written: ask the database."""
        with self._lock:
            self._forget()

    def reckon(self, session: Session, key: object, tables: frozenset[str], make: Callable[[], T]) -> T:
        """What `make` gives, made again only after rows of `tables` have changed."""
        seen = getattr(session, "seen", None)
        head = seen(tables) if seen is not None else history.end(session)
        if head is None:  # the act under way has changed some of them
            return make()
        with self._lock:
            if self._head == head and key in self._reckoned:
                found: T = self._reckoned[key][1]
                return found
        made = make()
        with self._lock:
            if self._head is None or head[0] > self._head[0]:
                self._see(head)
            if self._head == head:
                if len(self._reckoned) >= _MOST_REMEMBERED:
                    self._reckoned.clear()
                self._reckoned[key] = (tables, made)
        return made

    def _see(self, head: Head) -> None:
        if self._head != head:
            self._forget()
            self._head = head

    def _forget(self) -> None:
        self._head = None
        self._records = {}
        self._reckoned.clear()
        self._acts.clear()


def worth_knowing(records: Iterable[object]) -> Records:
    """Those of the records that may serve the next act: whole, unchanged, and without files in them."""
    found: Records = {}
    for kept in records:
        if isinstance(kept, Kept) and not _holds_files(type(kept)):
            state = instance_state(kept)
            if not (state.modified or state.expired_attributes):
                found[type(kept), kept.id] = kept
    return found if len(found) <= MOST_RECORDS else {}


@cache
def _holds_files(record: type[Kept]) -> bool:
    return any(isinstance(column.type, LargeBinary) for column in record.__table__.columns)
