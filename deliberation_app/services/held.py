"""A session that holds the records of an act beside itself, until something is asked that only a session can do."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sqlalchemy import Connection, event
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.attributes import instance_state

from deliberation_app.services import writing
from deliberation_app.services.known import MOST_RECORDS, Records, worth_knowing
from deliberation_app.services.writing import Waiting
from deliberation_app.storage.base import Kept, new_id
from deliberation_app.storage.statements import Wire

R = TypeVar("R")


class Held(Session):
    """Gets, adds and deletes whole records by their ids; any query lets the session itself know them all first.

    Most acts of a live meeting ask no query, and a session's own book-keeping takes longer than their SQL.
    """

    _joined = False

    def __init__(self, wire: Wire) -> None:  # the session itself is made when it is let in
        self.wire = wire
        # Records as they are at the end of the log, out of the acts before.
        self.recalled: Records = {}
        self._beside: Records = {}
        self._leaving: Records = {}
        self._read: list[Any] = []

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Whatever a session has and this has not yet: let it in."""
            if self._joined:
                raise AttributeError(name)
            self.join()
            return getattr(self, name)

    def connection(self, *asked: Any, **options: Any) -> Connection:
        """The connection of this act; Session looks for it anew at each statement."""
        return super().connection(*asked, **options) if asked or options else self.wire.connection

    def join(self) -> None:
        """Let the session know all records, so that its queries see them and write them first."""
        if self._joined:
            return
        self._joined = True
        # The transaction is the wire's, which the session joins.
        super().__init__(self.wire.connection, expire_on_commit=False)
        self._read.extend(self._beside.values())  # a session alone lets go of what nobody holds
        for kept in self._beside.values():
            super().add(kept)
        for kept in self._leaving.values():
            super().delete(kept)
        self._beside, self._leaving = {}, {}

    def held(self, record: type[Any], key: uuid.UUID) -> Any:
        """The record with this id if this act has it in hand, else None; new ones are had, too."""
        if not self._joined:
            return self._beside.get((record, key))
        new = next((one for one in self._new.values() if type(one) is record and one.id == key), None)
        return self.identity_map.get(writing.key_of(record, key)) if new is None else new

    def get(self, entity: type[R], ident: Any, **options: Any) -> R | None:  # type: ignore[override]
        """The record with this id, None where there is none; one that is known is not read again."""
        which: Any = entity
        if options or not isinstance(ident, uuid.UUID) or not writing.loadable(which):
            self.join()
            return super().get(entity, ident, **options)
        here = self.held(which, ident)
        if here is None:
            here = self.recalled.pop((which, ident), None)
            if here is None or instance_state(here).modified:
                here = writing.load(self.wire, which, ident)
            if here is not None:
                self._hold(here)
        return cast(R | None, here)

    def get_one(self, entity: type[R], ident: Any, **options: Any) -> R:  # type: ignore[override]
        """The record with this id, which must be there."""
        found = self.get(entity, ident, **options)
        if found is None:
            self.join()
            return super().get_one(entity, ident, **options)
        return found

    def add(self, instance: object, **options: Any) -> None:
        """Put a record into the act."""
        if isinstance(instance, Kept) and not options and writing.loadable(type(instance)):
            if instance.id is None:
                instance.id = new_id()
            key = (type(instance), instance.id)
            if self._room() and self._beside.setdefault(key, instance) is instance:
                self._leaving.pop(key, None)
                return
        self.join()
        super().add(instance, **options)

    def delete(self, instance: object) -> None:
        """Delete a record that lies in its table."""
        if not self._joined and isinstance(instance, Kept) and instance_state(instance).key is not None:
            key = (type(instance), instance.id)
            if self._beside.get(key) is instance:
                self._leaving[key] = instance
                return
        self.join()
        super().delete(instance)

    def close(self) -> None:
        """Let go of everything."""
        if self._joined:
            super().close()

    def worth_knowing(self) -> Records:
        """The records that the next act may go on with, once all is written."""
        here = self.identity_map.values() if self._joined else self._beside.values()
        return {**self.recalled, **worth_knowing(here)}

    def open_tables(self) -> set[str]:
        """The tables of what was gathered and not written."""
        if self._joined:
            return {kept.__tablename__ for kept in (*self.new, *self.dirty, *self.deleted) if isinstance(kept, Kept)}
        changed = {kept.__tablename__ for kept in self._beside.values() if writing.is_open(kept)}
        return changed | {kept.__tablename__ for kept in self._leaving.values()}

    def waiting(self) -> Waiting | None:
        """What was gathered; None where the unit of work must see to it itself."""
        if self._joined:
            touched: list[Any] = [state.obj() for state in self.identity_map._modified if state not in self._deleted]
            return writing.sorted_out(list(self._new.values()), touched, list(self._deleted.values()))
        new, changed = list[Kept](), list[Kept]()
        for key, kept in self._beside.items():
            state = instance_state(kept)
            if state.key is None:
                new.append(kept)
            elif state.modified and key not in self._leaving:
                changed.append(kept)
        return writing.sorted_out(new, changed, list(self._leaving.values()))

    def written(self, some: Waiting) -> None:
        """What was gathered is written now."""
        fresh = [kept for kept, _ in (*some.new, *some.changed)]
        if self._joined:
            self._register_persistent({instance_state(kept) for kept in fresh})
            self._remove_newly_deleted([instance_state(kept) for kept in some.gone])
            return
        for kept in fresh:
            writing.settle(kept)
        for key in self._leaving:
            del self._beside[key]
        self._leaving.clear()

    def _hold(self, kept: Any) -> None:
        if self._room():
            self._beside[type(kept), kept.id] = kept
            return
        self.join()
        super().add(kept)
        if len(self._read) < MOST_RECORDS:
            self._read.append(kept)

    def _room(self) -> bool:
        """Whether this is one of the acts that touch a handful of records; a session keeps the books of more."""
        return not self._joined and len(self._beside) < MOST_RECORDS


@event.listens_for(Held, "do_orm_execute")
def _join(state: ORMExecuteState) -> None:
    """A query is asked: it sees what was gathered."""
    session: Any = state.session
    session.join()
