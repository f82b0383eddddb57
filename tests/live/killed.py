"""The same meeting, killed again and again: python -m tests.live.killed FOLDER SEED KILLS BEGINNING, once rehearsed.

One life after the other: a process opens the console on what the last one left behind, goes on pressing keys from
there, tells through a pipe what its window shows, and is killed with signal 9 at a random moment. What is found
wrong comes out as lines of text; no line, no fault.
"""

from __future__ import annotations

import fcntl
import gc
import json
import os
import random
import select
import shutil
import signal
import sys
import time
import uuid
from contextlib import closing
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent

from deliberation_app.services.board import board
from deliberation_app.services.check import check
from deliberation_app.services.work import open_work
from deliberation_app.storage import database
from deliberation_app.ui import console_words
from deliberation_app.ui.chair_console import ChairConsole
from tests.live.hands import Hands
from tests.live.picture import Picture, left, picture, shown
from tests.live.rehearsal import Clock, Moments, acts, application, console, digest
from tests.live.scenario import WHOLE

# A pipe that holds all that is told before somebody reads it.
_PIPE = 1 << 20
# The longest a life lasts after its window stands, in seconds: two or three acts.
_LONGEST = 0.09
# One in so many is killed while the window is still opening.
_EARLY = 8
# Seconds between the last act and the next opening.
_AWAY = 7
_PATIENCE = 60
# The whole log is walked after one in so many kills, and whenever a meeting has come to its end.
_CHECKED = 4


class Life:
    """One process from its opening to its end."""

    def __init__(self, file: Path, moments: Moments, done: int) -> None:
        self.file, self.moments, self.done = file, moments, done
        self.told: list[dict[str, Any]] = []
        self.rest = b""
        self.reading, writing = os.pipe()
        fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, _PIPE)
        self.pid = os.fork()
        if self.pid == 0:
            # Whatever happens here must not run on as if it were the parent.
            try:
                self._live(writing)
            finally:
                os._exit(1)
        os.close(writing)

    def _live(self, writing: int) -> None:
        gc.disable()
        clock = Clock(self.done, _AWAY)
        work = open_work(self.file, clock=clock, user_name="尹记录")
        window = console(work, self.moments.meeting)
        self._tell(writing, window, -1)
        clock.seconds = 0
        for at in range(self.done, len(WHOLE)):
            clock.done = at + 1
            Hands(window, lambda at=at: self._tell(writing, window, at)).press(WHOLE[at].keys)
        self._tell(writing, window, len(WHOLE))
        signal.pause()

    @staticmethod
    def _tell(writing: int, window: ChairConsole, at: int) -> None:
        seen = window.chair.board
        told = {"at": at, "picture": digest(picture(seen)), **shown(window)}
        os.write(writing, json.dumps(told).encode() + b"\n")

    def hear(self, wait: float) -> bool:
        """Listen for `wait` seconds; whether there is more to come."""
        if not select.select([self.reading], [], [], wait)[0]:
            return True
        came = os.read(self.reading, _PIPE)
        *lines, self.rest = (self.rest + came).split(b"\n")
        self.told += [json.loads(line) for line in lines]
        return bool(came)

    def end(self) -> None:
        """Kill it, and hear its last words."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        while self.hear(_PATIENCE):
            pass
        os.close(self.reading)


def live_and_die(file: Path, moments: Moments, done: int, chance: random.Random, longest: float) -> Life:
    """Let a process live until a random moment."""
    life = Life(file, moments, done)
    if chance.randrange(_EARLY) == 0:
        time.sleep(chance.uniform(0, 0.12))
    else:
        began = time.monotonic()
        while not life.told and life.hear(1):
            if time.monotonic() - began > _PATIENCE:
                break
        time.sleep(chance.uniform(0, longest))
    life.end()
    return life


def found(file: Path, moments: Moments, life: Life, number: int) -> tuple[int, list[str]]:
    """How many acts are on record after the end of a life, and what is wrong."""
    wrong: list[str] = []
    clock = Clock(life.done, _AWAY)
    with closing(open_work(file, clock=clock, user_name="尹记录")) as work:
        names = acts(work)[moments.before :]
        done = clock.done = len(names)
        if names != [step.act for step in WHOLE[:done]]:
            return done, [f"the acts on record are {names}"]
        seen = board(work, uuid.UUID(moments.meeting))
        now = json.loads(json.dumps(picture(seen), ensure_ascii=False))
        wrong += differences(moments.pictures[done], now)
        wrong += clock_faults(moments.left[done], left(seen, clock()), now["speaker"])
        wrong += [f"database: {fault}" for fault in database.soundness(work.engine)]
        # What was damaged stays damaged: the next life goes on with the same file.
        if number % _CHECKED == 0 or done == len(WHOLE):
            wrong += [f"check: {fault}" for fault in check(work)]
    wrong += lost(moments, life, done)
    return done, wrong


def differences(expected: Picture, now: Picture) -> list[str]:
    """Where the moment is other than it was."""
    return [f"{name} was {expected[name]} and is {now[name]}" for name in expected if expected[name] != now[name]]


def clock_faults(before: int | None, now: int | None, speaker: list[Any] | None) -> list[str]:
    """Whether the clock of the speaker went on as it should, to the second."""
    if before is None or now is None or speaker is None:
        return [] if before is None and now is None else [f"the clock showed {before} and shows {now}"]
    due = before if speaker[2] else before - _AWAY
    return [] if abs(due - now) <= 1 else [f"{due} seconds should be left, not {now}"]


def lost(moments: Moments, life: Life, done: int) -> list[str]:
    """What the window showed last as noted, and what it showed on opening, against the records."""
    wrong: list[str] = []
    if life.told:
        first, last = life.told[0], life.told[-1]
        if first["picture"] != digest(moments.pictures[life.done]):
            wrong.append(f"the window opened on another moment than that after act {life.done}: {first}")
        wrong += window_faults(moments, life.done, first)
        shown_as_done = [at for at in (done, done - 1) if at >= 0 and digest(moments.pictures[at]) == last["picture"]]
        if not shown_as_done:
            wrong.append(f"after {done} acts on record the window had shown {last}")
    if done < life.done:
        wrong.append(f"of {life.done} acts {done} are left")
    return wrong


def window_faults(moments: Moments, done: int, told: dict[str, Any]) -> list[str]:
    """Whether the window that was opened again says the same as the moment."""
    moment = moments.pictures[done]
    speaker = moment["speaker"]
    due = {
        "item": moment["item"] or called_title(told), "queue": moment["queue"],
        "present": str(moment["quorum"][0]), "said": [one[2] for one in moment["said"]],
        "speaker": speaker[0] if speaker else "",
    }  # fmt: skip
    wrong = [f"the window says {name} {told[name]!r}, not {said!r}" for name, said in due.items() if told[name] != said]
    if speaker and moments.left[done] is not None:
        seconds = moments.left[done] - (0 if speaker[2] else _AWAY)
        near = {console_words.clock(seconds + by) for by in (-1, 0, 1)}
        if told["clock"] not in near:
            wrong.append(f"the clock shows {told['clock']}, not {console_words.clock(seconds)}")
    return wrong


def called_title(told: dict[str, Any]) -> str:
    """Before the first entry the title of the meeting stands in its place."""
    return str(told["item"])


def main() -> None:
    """Kill so often."""
    folder, seed, kills = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    chance = random.Random(seed)
    moments = Moments(**json.loads((folder / "moments.json").read_text(encoding="utf-8")))
    app = application()
    called, file = folder / "called.sqlite", folder / f"killed-{seed}.sqlite"
    warm_up(called, folder / f"warm-{seed}.sqlite", moments)
    done, places, stalled = -1, set(), 1
    for number in range(kills):
        if done == -1:
            # One of several begins half way, so that together they come everywhere.
            start_over(folder / f"{sys.argv[4]}.sqlite", file)
            done = len(WHOLE) // 2 if sys.argv[4] == "half" else 0
        elif done == len(WHOLE):
            start_over(called, file)
            done = 0
        # An act that nobody lived to finish is given more time.
        life = live_and_die(file, moments, done, chance, _LONGEST * stalled)
        done, wrong = found(file, moments, life, number)
        places.add(done)
        stalled = 1 if done > life.done else stalled + 1
        for one in wrong:
            sys.stdout.write(f"kill {number}, lived from act {life.done}: {one}\n")
        if wrong:
            break
    (folder / f"places-{seed}.json").write_text(json.dumps(sorted(places)), encoding="ascii")
    del app


def start_over(called: Path, file: Path) -> None:
    """The meeting as it was called, and nothing left of the last one."""
    for old in file.parent.glob(file.name + "*"):
        old.unlink()
    shutil.copyfile(called, file)


def warm_up(called: Path, file: Path, moments: Moments) -> None:
    """Open and close a console once, so that every life after it begins quickly; one thread alone may be copied."""
    start_over(called, file)
    with closing(open_work(file, clock=Clock(), user_name="尹记录")) as work:
        window = console(work, moments.meeting)
        window.close()
        window.deleteLater()
    application_settles()
    gc.collect()
    gc.freeze()
    threads = len(os.listdir("/proc/self/task"))
    assert threads == 1, f"{threads} threads"


def application_settles() -> None:
    """Let what is to be deleted be deleted."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


if __name__ == "__main__":
    main()
