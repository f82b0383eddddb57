"""The one door for changes: one act is one right, one transaction, one undo step, one line of history."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from deliberation_app.domain import accounts
from deliberation_app.errors import N_, AppError, NotAllowed
from deliberation_app.services import undo
from deliberation_app.services.act import Act
from deliberation_app.services.known import Known
from deliberation_app.services.news import News
from deliberation_app.services.undo import Within, anything
from deliberation_app.services.writing import Reading
from deliberation_app.storage import database, history
from deliberation_app.storage.writer import Writer

LOCAL_USER = uuid.UUID("00000000-0000-7000-8000-000000000001")


class Turn:
    """One act at a time on each thread; what goes wrong with the database in it is said in sentences."""

    def __init__(self, engine: Engine, renew: Callable[[], None]) -> None:
        self._engine = engine
        self._renew = renew
        self._here = threading.local()

    def __enter__(self) -> None:
        """Begin an act, which is none inside another."""
        if getattr(self._here, "acting", False):
            raise RuntimeError("an act inside an act would wait for itself")
        self._here.acting = True

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """The act is over, well or not."""
        self._here.acting = False
        if isinstance(error, StaleDataError):
            raise AppError(
                N_("Somebody else has just changed this. The newer text is shown now; please do your change again.")
            ) from error
        if database.of_a_bad_day(error):
            if database.read_only(error):
                self._renew()
            raise database.unusable(self._engine.url, cast(SQLAlchemyError, error)) from error


class Work:
    """Everything a person does goes through one Work: it knows who, on which computer, and what time it is."""

    def __init__(
        self,
        engine: Engine,
        *,
        clock: Callable[[], datetime],
        user_id: uuid.UUID = LOCAL_USER,
        user_name: str = "",
        roles: tuple[str, ...] = ("all",),
        computer: str = "this",
    ) -> None:
        self.engine = engine
        self.clock = clock
        self.user_id = user_id
        self.user_name = user_name
        self.roles = roles
        self.computer = computer
        self.known = Known()
        # The last line of the log that was written by this run of the program.
        self.last_line: int | None = None
        self._news = News(engine, self.known)
        self._writer = Writer(engine, self._news.close)
        self._turn = Turn(engine, self._writer.renew)

    def changed(self, listener: Callable[[frozenset[str]], None]) -> Callable[[], None]:
        """Tell `listener` which parts changed, after every act; the answer takes the listener off again.

        It is called on the thread that did the act.
        """
        return self._news.listen(listener)

    def poll(self) -> None:
        """Look whether another program or computer has changed something, and announce it."""
        self._news.poll()

    def head(self) -> tuple[int, str] | None:
        """The end of the log as kept beside the database, None where there is none; ValueError when it is garbled."""
        return self._news.head()

    @property
    def head_file(self) -> Path | None:
        """The file beside the database that keeps the end of the log, None on a server."""
        return self._news.head_file

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that only reads; what it loads may be used after it is closed."""
        with database.sentences(self.engine), Reading(self.engine) as session:
            session.info["known"] = self.known
            yield session

    @contextmanager
    def act(self, name: str) -> Iterator[Act]:
        """Do one act of ACTIONS: what is done inside is saved whole when the block ends, or not at all.

        Raises NotAllowed without the right, AppError when somebody else changed the same row or the disk refuses.
        """
        if not accounts.may(self.roles, name):
            raise NotAllowed(
                N_("{name} has no right to do this. Ask the person who set the program up."), name=self.user_name
            )
        with self._turn:
            wire = self._writer.take()
            with Act(wire, now=self.clock().astimezone(UTC)) as act, wire:
                head = end = history.lock(wire)
                act.know(self.known, head)
                yield act
                payload = act.finish(self.user_name)
                if payload is not None:
                    if payload.big:
                        payload.copy = self._copy_before(head[0] + 1, act.now)
                    end = self._log(act, head, name, payload)
                    self._news.send(wire, act.parts)
                records = act.worth_knowing()
            self._writer.take_back(wire)
        self.known.keep(head, end, records, None if payload is None or payload.big else payload.changes)
        if payload is not None:
            self.last_line = end[0]
            self._news.keep_head(*end)
            self._news.announce(act.parts, end[0])

    def _log(self, act: Act, head: tuple[int, str], name: str, payload: history.Payload) -> tuple[int, str]:
        return history.append(
            act.wire, head, at=act.now, user_id=self.user_id, computer=self.computer, act=name, undoes=act.undoes,
            payload=history.pack(payload),
        )  # fmt: skip

    def _copy_before(self, step: int, now: datetime) -> str | None:
        """Copy the database as it is before the big act under way; None where there is nothing to copy or no file."""
        file = database.file_of(self.engine.url)
        if file is None or step == 1:
            return None
        copy = file.with_name(f"{file.stem}-before-step-{step}-{now:%Y%m%d-%H%M%S}{file.suffix}")
        database.copy_to(self.engine, copy)
        return copy.name

    def undo(self, within: Within = anything) -> str:
        """Take back this person's last act on this computer; the answer is that act's name, for the sentence shown.

        `within` refuses an act that is none of its business, with a sentence.
        """
        with self.act("undo") as act:
            line = undo.last_done(act, self.user_id, self.computer)
            within(act, line)
            undo.put_back(act, line)
            act.undoes = line.id
            return undo.named(act, line)

    def redo(self, within: Within = anything) -> str:
        """Do again what was just taken back; `within` as for taking back."""
        with self.act("redo") as act:
            line = undo.last_undone(act, self.user_id, self.computer)
            within(act, line)
            undo.put_back(act, line)
            act.undoes = line.id
            return undo.named(act, line)

    def close(self) -> None:
        """Let go of the database."""
        self._news.close()
        self._writer.close()
        self.engine.dispose()


def open_work(
    place: str | Path,
    *,
    clock: Callable[[], datetime],
    user_name: str = "",
    computer: str = "this",
    make: bool = True,
) -> Work:
    """Open the database at `place` for the one local user, who has all rights; without `make` it must be there."""
    engine = database.open_database(place, now=clock(), make=make)
    return Work(engine, clock=clock, user_name=user_name, computer=computer)
