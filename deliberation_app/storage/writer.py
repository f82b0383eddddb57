"""The way in for acts: a connection for each, kept open from one to the next."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine

from deliberation_app.storage.place import Place
from deliberation_app.storage.statements import Wire


class Writer:
    """Where acts write. On a file a connection is kept: to fetch it from the pool takes as long as an act's SQL."""

    def __init__(self, engine: Engine, let_go: Callable[[], None] = lambda: None) -> None:
        self._engine = engine
        self._place = Place(engine)
        # What else holds a connection must give it back before the database is put in its place again.
        self._let_go = let_go
        # A server may have gone away since the last act; only the pool finds that out.
        self._keeps = engine.dialect.name == "sqlite"
        # Two threads never share a connection: whoever takes the kept one takes it away.
        self._kept: list[Wire] = []

    def take(self) -> Wire:
        """A wire for one act; raises AppError when the database was moved away meanwhile."""
        self._place.look(self._give_back)
        try:
            return self._kept.pop()
        except IndexError:
            return Wire(self._engine.connect())

    def _give_back(self) -> None:
        self._let_go()
        self._close_kept()

    def take_back(self, wire: Wire) -> None:
        """The act is over; after an error it has let go of the connection already."""
        if self._keeps and not (self._kept or wire.connection.closed):
            self._kept.append(wire)
        else:
            wire.connection.close()

    def renew(self) -> None:
        """Open everything anew next time: what could only be read when it was opened may be written by now."""
        self._give_back()
        self._place.close()
        self._engine.dispose()

    def close(self) -> None:
        """Let go of the connections."""
        self._close_kept()
        self._place.close()

    def _close_kept(self) -> None:
        while self._kept:
            self._kept.pop().connection.close()
