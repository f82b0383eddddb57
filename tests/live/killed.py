"""The same meeting, killed again and again: python -m tests.live.killed FOLDER SEED KILLS BEGINNING, once rehearsed.

One life after the other: the console opens on what the last life left behind, a copy of the process goes on pressing
keys from there, tells through a pipe what its window shows and what stands half-typed in it, and is killed with
signal 9 at a random moment; one in a few dies while its window is still opening. What is found wrong comes out as
lines of text; no line, no fault.
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
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from sqlalchemy import Engine

from deliberation_app.services.check import check
from deliberation_app.services.work import Work
from deliberation_app.storage import database
from deliberation_app.ui import console_drafts, console_words
from deliberation_app.ui.chair_console import ChairConsole
from tests.live.hands import Hands
from tests.live.picture import Picture, half_typed, left, picture, shown
from tests.live.rehearsal import Clock, Moments, acts, application, console, digest
from tests.live.scenario import WHOLE

# A pipe that holds all that is told before somebody reads it.
_PIPE = 1 << 20
# The longest a life lasts after its window stands: so many whole acts, keys of one more, seconds into the next key.
_ACTS, _INTO = 1, 0.006
# One in so many is killed while the window is still opening.
_EARLY = 8
# Seconds between the last act and the next opening.
_AWAY = 7
_PATIENCE = 60
# The whole log is walked after one in so many kills, and whenever a meeting has come to its end.
_CHECKED = 4
# What is told of a line says nothing while no words stand in it.
_WITH_WORDS = ("person", "side", "verbatim")


class Opened:
    """A console on the file as the last life left it; `engine` brings no connection along, only what it can say."""

    def __init__(self, engine: Engine, moments: Moments) -> None:
        self.clock = Clock(0, _AWAY)
        self.work = Work(engine, clock=self.clock, user_name="尹记录")
        self.acts = acts(self.work)[moments.before :]
        self.done = self.clock.done = len(self.acts)
        self.window = console(self.work, moments.meeting)

    def close(self) -> None:
        """Be rid of it; nothing was typed in it, so nothing is written."""
        self.window.close()
        self.window.deleteLater()
        self.work.close()
        application_settles()


class Life:
    """One process from its opening to its end; `opened` is the window that it goes on with, None to open its own."""

    def __init__(self, engine: Engine, moments: Moments, done: int, opened: Opened | None) -> None:
        self.engine, self.moments, self.done = engine, moments, done
        self.told: list[dict[str, Any]] = []
        self.rest = b""
        self.reading, writing = os.pipe()
        fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, _PIPE)
        engine.dispose()  # a connection belongs to one process
        self.pid = os.fork()
        if self.pid == 0:
            # Whatever happens here must not run on as if it were the parent.
            try:
                self._live(writing, opened)
            finally:
                os._exit(1)
        os.close(writing)

    def _live(self, writing: int, opened: Opened | None) -> None:
        gc.disable()
        opened = opened or Opened(self.engine, self.moments)
        window, clock = opened.window, opened.clock
        give_up_typing(window)
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
        told = {"at": at, "picture": digest(picture(seen)), "half": half_typed(window), **shown(window)}
        os.write(writing, json.dumps(told).encode() + b"\n")

    def hear(self, wait: float) -> bool:
        """Listen for `wait` seconds; whether there is more to come."""
        if not select.select([self.reading], [], [], wait)[0]:
            return True
        came = os.read(self.reading, _PIPE)
        *lines, self.rest = (self.rest + came).split(b"\n")
        self.told += [json.loads(line) for line in lines]
        return bool(came)

    def over(self) -> bool:
        """Whether the last act is done, and no key is left to press."""
        return bool(self.told) and self.told[-1]["at"] == len(WHOLE)

    def end(self) -> None:
        """Kill it, and hear its last words."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        while self.hear(_PATIENCE):
            pass
        os.close(self.reading)


def give_up_typing(window: ChairConsole) -> None:
    """What stood half-typed was seen: every act begins with empty lines again, as it did in the rehearsal."""
    frame = window.frame
    if half_typed(window)["line"]["text"] or frame.line.due_shown():
        frame.line.clear()
    frame.message.done()
    frame.message.text.clear()
    motion = frame.vote.motion()
    if motion is not None and motion.counts is None:
        frame.vote.fields.empty()
        frame.vote.fields.start()


def length(moments: Moments, done: int, chance: random.Random) -> int:
    """The keys of a life that begins after so many acts; by acts, or those of one key would hardly ever be met."""
    last = min(done + chance.randint(0, _ACTS), len(WHOLE) - 1)
    whole = sum(len(keys) for keys in moments.keys[done:last])
    return 1 + whole + chance.randint(0, len(moments.keys[last]))


def live_and_die(life: Life, chance: random.Random, *, early: bool) -> None:
    """Let a process live until a random moment: counted in keys, as machines differ in how quickly they take them."""
    if early:
        time.sleep(chance.uniform(0, 0.12))
    else:
        wanted, began = length(life.moments, life.done, chance), time.monotonic()
        while len(life.told) < wanted and not life.over() and life.hear(1) and time.monotonic() - began < _PATIENCE:
            continue
        time.sleep(chance.uniform(0, _INTO))
    life.end()


def found(opened: Opened, moments: Moments, life: Life, number: int) -> list[str]:
    """What is wrong in the file and in the window that was opened on it after the end of a life."""
    if opened.acts != [step.act for step in WHOLE[: opened.done]]:
        return [f"the acts on record are {opened.acts}"]
    done, seen = opened.done, opened.window.chair.board
    now = json.loads(json.dumps(picture(seen), ensure_ascii=False))
    wrong = differences(moments.pictures[done], now)
    wrong += clock_faults(moments.left[done], left(seen, opened.clock()), now["speaker"])
    wrong += window_faults(moments, done, shown(opened.window))
    wrong += lost(moments, life, done)
    wrong += typing_faults(moments.pictures[done], life, half_typed(opened.window))
    wrong += [f"database: {fault}" for fault in database.soundness(opened.work.engine)]
    # What was damaged stays damaged: the next life goes on with the same file.
    if number % _CHECKED == 0 or done == len(WHOLE):
        wrong += [f"check: {fault}" for fault in check(opened.work)]
    return wrong


def typing_faults(moment: Picture, life: Life, now: dict[str, Any]) -> list[str]:
    """Whether what stood half-typed when the window told of it last stands there again, or what was typed since."""
    line = now["line"]
    wrong = [f"{one[2]!r} is on record, and half-typed again" for one in moment["said"] if one[2] == line["text"]]
    if not life.told or digest(moment) != life.told[-1]["picture"]:
        return wrong
    before = life.told[-1]["half"]
    numbers = now["count"] + [""] * len(before["count"])
    pairs = [(before["line"][name], line[name]) for name in ("text", "due")]
    pairs += [(before["message"], now["message"]), *zip(before["count"], numbers, strict=False)]
    # Somebody may have typed on.
    wrong += [f"{was!r} was half-typed, {there!r} stands there" for was, there in pairs if not there.startswith(was)]
    if before["line"]["text"]:
        wrong += [f"half-typed with {name} {before['line'][name]!r}, not {line[name]!r}"
                  for name in _WITH_WORDS if before["line"][name] != line[name]]  # fmt: skip
    return wrong


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
    moments = Moments(**json.loads((folder / "moments.json").read_text(encoding="utf-8")))
    os.environ["QT_NO_GUI_THREADPOOL"] = "1"  # one thread alone may be copied
    app = application()
    app.setStyleSheet("")  # nobody looks: a window opens in a third of the time
    console_drafts.SOON_MS = 0  # a life is shorter than what is waited for elsewhere
    warm_up(folder / "called.sqlite", folder / f"warm-{seed}.sqlite", moments)
    places = kill_again_and_again(folder, moments, seed, kills, sys.argv[4])
    (folder / f"places-{seed}.json").write_text(json.dumps(sorted(places)), encoding="ascii")
    del app


def kill_again_and_again(folder: Path, moments: Moments, seed: int, kills: int, beginning: str) -> set[int]:
    """Live, die and look, so often or until something is wrong; how many acts were on record after each death."""
    chance, file = random.Random(seed), folder / f"killed-{seed}.sqlite"
    # One of several begins half way, so that together they come everywhere.
    start_over(folder / f"{beginning}.sqlite", file)
    engine = database.open_database(file, now=Clock()())
    opened, places = Opened(engine, moments), set()
    for number in range(kills):
        done, early = opened.done, chance.randrange(_EARLY) == 0
        if early:
            opened.close()
        life = Life(engine, moments, done, None if early else opened)
        live_and_die(life, chance, early=early)
        if not early:
            opened.close()
        opened = Opened(engine, moments)
        wrong = found(opened, moments, life, number)
        places.add(opened.done)
        for one in wrong:
            sys.stdout.write(f"kill {number}, lived from act {done}: {one}\n")
        if wrong:
            break
        if opened.done == len(WHOLE):
            opened.close()
            start_over(folder / "called.sqlite", file)
            opened = Opened(engine, moments)
    opened.close()
    return places


def start_over(called: Path, file: Path) -> None:
    """The meeting as it was called, and nothing left of the last one."""
    for old in file.parent.glob(f"{file.stem}*"):
        old.unlink()
    shutil.copyfile(called, file)


def warm_up(called: Path, file: Path, moments: Moments) -> None:
    """Open and close a console once, so that every life after it begins quickly."""
    start_over(called, file)
    Opened(database.open_database(file, now=Clock()()), moments).close()
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
