"""Killed at any moment of a live meeting: the database is sound, all that was acknowledged is there, and it goes on."""

from __future__ import annotations

import multiprocessing
import os
import random
import sqlite3
import uuid
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from deliberation_app.services.check import check
from deliberation_app.services.work import open_work
from deliberation_app.storage.accounts import AuditLine
from deliberation_app.storage.floor import Statement
from tests import patience
from tests.services import crash_meeting

KILLS = 100
ROUNDS = 5  # databases; each is killed and goes on many times


def hold_and_kill(file: Path, after: float, context: multiprocessing.context.ForkServerContext) -> list[list[str]]:
    """Let a process hold the meeting, kill it in its tracks, and say what it had acknowledged."""
    reading, writing = context.Pipe(duplex=False)
    child = context.Process(target=crash_meeting.hold, args=(str(file), writing))
    child.start()
    writing.close()
    assert reading.poll(patience.SECONDS)  # the first word: it is under way
    child.join(after)
    assert child.is_alive()
    child.kill()
    child.join()
    with os.fdopen(os.dup(reading.fileno()), encoding="utf-8") as said:
        whole = said.read()
    reading.close()
    # A line without its end was not said to anybody.
    return [line.split("\t") for line in whole.split("\n")[:-1]]


def look(file: Path, told: list[list[str]]) -> None:
    """Sound, whole, everything there, and the meeting goes on from here."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    work = open_work(file, clock=crash_meeting.clock)
    assert check(work) == ()
    with work.read() as session:
        lines = {row.id: row.act for row in session.execute(select(AuditLine.id, AuditLine.act))}
        texts = {row.id: row.text for row in session.execute(select(Statement.id, Statement.text))}
    for number, name, fact in told:
        if fact not in ("undone", "done again"):
            assert lines[int(number)] == name
        if name == "floor.note" and fact not in ("undone", "done again"):
            key, _, words = fact.partition(" ")
            last_undone = lines[max(lines)] == "undo"
            assert texts.get(uuid.UUID(key)) == words or last_undone
    before = max(lines)
    next(crash_meeting.steps(work))
    with work.read() as session:
        assert session.scalar(select(AuditLine.id).order_by(AuditLine.id.desc()).limit(1)) > before
    work.close()


@pytest.mark.parametrize("number", range(ROUNDS))
def test_killed_at_any_moment(number: int, tmp_path: Path) -> None:
    """SIGKILL, again and again, on the same database."""
    chance = random.Random(number)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.services.crash_meeting"])
    file = tmp_path / "meeting.sqlite"
    acknowledged = 0
    for _ in range(KILLS // ROUNDS):
        told = hold_and_kill(file, chance.uniform(0, 0.08), context)
        look(file, told)
        acknowledged += len(told)
    assert acknowledged > KILLS // ROUNDS
