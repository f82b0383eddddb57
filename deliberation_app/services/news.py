"""News: which parts changed, told to whoever listens here, and noticed when another program wrote."""

from __future__ import annotations

import os
import re
import threading
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from deliberation_app.services.known import Known
from deliberation_app.storage import database
from deliberation_app.storage.records import KEPT
from deliberation_app.storage.statements import Wire

EVERYTHING = frozenset(record.part for record in KEPT.values())
_CHANNEL = "deliberation_news"
# More lines than this at once were surely not all written here.
_MANY = 10_000


class News:
    """One word comes up from the work: the parts that changed."""

    def __init__(self, engine: Engine, known: Known) -> None:
        self._engine = engine
        self._known = known
        self._server = engine.dialect.name == "postgresql"
        self._listeners: list[Callable[[frozenset[str]], None]] = []
        self._name = uuid.uuid4().hex[:12]
        # An act may end on a worker's thread while the windows' thread looks for news.
        self._lock = threading.RLock()
        self._watch: Any = None
        self._lost = False
        # On a file: its counter of foreign changes, the last line seen, and the lines that were written here.
        self._data_version: int | None = None
        self._seen = 0
        self._mine: set[int] = set()
        self._kept = 0
        self.head_file: Path | None = database.head_file(engine.url)

    def listen(self, listener: Callable[[frozenset[str]], None]) -> Callable[[], None]:
        """Add a listener; the answer takes it off again."""
        self._listeners.append(listener)

        def stop() -> None:
            with suppress(ValueError):
                self._listeners.remove(listener)

        return stop

    def send(self, wire: Wire, parts: frozenset[str]) -> None:
        """Let the other computers on the server know with the commit of the act under way, or never."""
        if self._server:
            said = (_CHANNEL, f"{self._name}:{','.join(sorted(parts))}")
            wire.say("SELECT pg_notify(%s, %s)", said)

    def announce(self, parts: frozenset[str], line: int) -> None:
        """Tell everybody here what the act of this line changed."""
        with self._lock:
            if not self._server and self._watch is not None:
                self._mine.add(line)
        self._tell(parts)

    def _tell(self, parts: frozenset[str]) -> None:
        for listener in tuple(self._listeners):
            listener(parts)

    def poll(self) -> None:
        """Notice what other programs have written since the last look; one that cannot look now looks again later."""
        with self._lock:
            try:
                parts = self._poll_server() if self._server else self._poll_file()
            except (SQLAlchemyError, self._engine.dialect.loaded_dbapi.Error):
                self._let_go()
                self._lost = True
                return
        if parts:
            self._known.forget()
            self._tell(parts)

    def _poll_file(self) -> frozenset[str]:
        if self._watch is None:
            self._watch = self._engine.connect()
        seen = int(self._ask("PRAGMA data_version") or 0)
        if seen == self._data_version:
            return frozenset()
        last = int(self._ask("SELECT max(id) FROM audit_line") or 0)
        others = set(range(self._seen + 1, last + 1)) - self._mine if last - self._seen <= _MANY else {last}
        first = self._data_version is None and not self._lost
        back = last < self._seen  # an older copy was put in its place
        self._data_version, self._seen, self._lost = seen, last, False
        self._mine = {line for line in self._mine if line > last}
        return EVERYTHING if (others or back) and not first else frozenset()

    def _ask(self, question: str) -> Any:
        return self._watch.connection.driver_connection.execute(question).fetchone()[0]

    def _poll_server(self) -> frozenset[str]:
        if self._watch is None:
            self._watch = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self._watch.exec_driver_sql(f"LISTEN {_CHANNEL}")
            missed, self._lost = self._lost, False
            return EVERYTHING if missed else frozenset()
        parts: set[str] = set()
        for notice in self._watch.connection.driver_connection.notifies(timeout=0):
            name, _, said = notice.payload.partition(":")
            if name != self._name:
                parts |= set(said.split(","))
        return frozenset(parts)

    def keep_head(self, count: int, checksum: str) -> None:
        """Keep the end of the log beside the database too, so that cutting it off is seen."""
        if self.head_file is None:
            return
        with self._lock, suppress(OSError):  # the log itself is whole; only this second witness is missing
            if count > self._kept:
                # One small write in place: no kill can tear it, and it costs nothing beside the commit.
                opened = os.open(self.head_file, os.O_WRONLY | os.O_CREAT, 0o644)
                try:
                    os.write(opened, f"{count:018} {checksum}\n".encode("ascii"))
                finally:
                    os.close(opened)
                self._kept = count

    def head(self) -> tuple[int, str] | None:
        """The end of the log as kept beside the database, None where there is none; ValueError where it is no such."""
        if self.head_file is None or not self.head_file.exists():
            return None
        said = self.head_file.read_bytes().strip(b"\0 \r\n")
        if not said:
            return None  # power was lost before the disk had it
        found = re.fullmatch(rb"(\d{1,18}) ([0-9a-f]{64})", said)
        if found is None:
            raise ValueError("no end of a log")
        return int(found[1]), found[2].decode()

    def close(self) -> None:
        """Stop watching."""
        with self._lock:
            self._let_go()

    def _let_go(self) -> None:
        if self._watch is not None:
            with suppress(SQLAlchemyError):
                self._watch.invalidate()  # what it listens to must not go back into the pool
                self._watch.close()
            self._watch = None
            self._data_version = None
