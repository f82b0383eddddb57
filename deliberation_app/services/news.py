"""News: which parts changed, told to whoever listens here, and noticed when another program wrote."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from deliberation_app.storage import database
from deliberation_app.storage.records import KEPT

EVERYTHING = frozenset(record.part for record in KEPT.values())
_CHANNEL = "deliberation_news"


class News:
    """One word comes up from the work: the parts that changed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._listeners: list[Callable[[frozenset[str]], None]] = []
        self._name = uuid.uuid4().hex[:12]
        self._watch: Any = None
        self._seen: int | None = None
        file = database.file_of(str(engine.url))
        self.head_file: Path | None = None if file is None else file.with_name(file.name + ".head")

    def listen(self, listener: Callable[[frozenset[str]], None]) -> Callable[[], None]:
        """Add a listener; the answer takes it off again."""
        self._listeners.append(listener)

        def stop() -> None:
            with suppress(ValueError):
                self._listeners.remove(listener)

        return stop

    def announce(self, parts: frozenset[str]) -> None:
        """Tell everybody here, and on a server every other computer."""
        if self._engine.dialect.name == "postgresql":
            with self._engine.begin() as connection:
                said = (_CHANNEL, f"{self._name}:{','.join(sorted(parts))}")
                connection.exec_driver_sql("SELECT pg_notify(%s, %s)", said)
        elif self._watch is not None:
            self._seen = self._data_version()  # this act is no news from elsewhere
        self._tell(parts)

    def _tell(self, parts: frozenset[str]) -> None:
        for listener in tuple(self._listeners):
            listener(parts)

    def poll(self) -> None:
        """Notice what other programs have written since the last look."""
        if self._engine.dialect.name == "postgresql":
            self._poll_server()
        else:
            self._poll_file()

    def _poll_file(self) -> None:
        if self._watch is None:
            self._watch = self._engine.connect()
        seen = self._data_version()
        changed = self._seen is not None and seen != self._seen
        self._seen = seen
        if changed:
            self._tell(EVERYTHING)

    def _data_version(self) -> int:
        return int(self._watch.connection.driver_connection.execute("PRAGMA data_version").fetchone()[0])

    def _poll_server(self) -> None:
        if self._watch is None:
            self._watch = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self._watch.exec_driver_sql(f"LISTEN {_CHANNEL}")
            return
        parts: set[str] = set()
        for notice in self._watch.connection.driver_connection.notifies(timeout=0):
            name, _, said = notice.payload.partition(":")
            if name != self._name:
                parts |= set(said.split(","))
        if parts:
            self._tell(frozenset(parts))

    def keep_head(self, count: int, checksum: str) -> None:
        """Keep the end of the log beside the database too, so that cutting it off is seen."""
        if self.head_file is not None:
            with suppress(OSError):  # the log itself is whole; only this second witness is missing
                self.head_file.write_text(f"{count} {checksum}\n", encoding="ascii")

    def head(self) -> tuple[int, str] | None:
        """The end of the log as kept beside the database, None where there is none."""
        if self.head_file is None or not self.head_file.exists():
            return None
        count, _, checksum = self.head_file.read_text(encoding="ascii", errors="replace").strip().partition(" ")
        return (int(count), checksum) if count.isdigit() and len(checksum) == hashlib.sha256().digest_size * 2 else None

    def close(self) -> None:
        """Stop watching."""
        if self._watch is not None:
            self._watch.close()
            self._watch = None
