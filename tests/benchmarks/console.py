"""One act of the live meeting: commit and both windows repainted, against the same SQL by raw sqlite3 and bare windows.

400 people and 170 items; the floor commits with the same durability and repaints two bare windows of the same sizes.
Painted is what the screen has: both wait until the display server has taken the pixels. Without a display wide enough
for both windows (the word `offscreen` in a row) nobody takes them, and the floor is cheaper than any screen allows.
The two take turns, a few rounds of acts each, so that both suffer the same noise with warm caches; that everything was
painted is looked at as well.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from deliberation_app.services.work import Work, open_work
from deliberation_app.settings import Settings
from deliberation_app.ui.chair_console import ChairConsole
from deliberation_app.ui.kit import focus, forms, theme
from tests.benchmarks import act

SIZES = ((1366, 768), (1920, 1080))
# Acts before the other has its turn: five rounds of the six acts.
_TURN = 30
_SCREENS = Path(tempfile.gettempdir()) / "deliberation-benchmark-screens.json"
Took = dict[str, list[float]]


def two_screens() -> str:
    """The platform with a screen for the chair and one for the room: there the room's window fills its own."""
    places = zip(("chair", "room"), (0, SIZES[0][0]), SIZES, strict=True)
    screens = [
        {"name": name, "x": left, "y": 0, "width": wide, "height": high, "logicalDpi": 96, "logicalBaseDpi": 96,
         "dpr": 1} for name, left, (wide, high) in places
    ]  # fmt: skip
    _SCREENS.write_text(json.dumps({"screens": screens}), encoding="utf-8")
    return f"offscreen:configfile={_SCREENS}"


def choose_platform() -> None:
    """A real display where there is one; else screens that nobody sees."""
    if os.environ.get("QT_QPA_PLATFORM", "offscreen") != "offscreen":
        return
    os.environ["QT_QPA_PLATFORM"] = "xcb" if os.environ.get("DISPLAY") else two_screens()


def settle(app: QApplication) -> None:
    """Let everything be painted that waits for it."""
    # The news is read in the first round; what that changes is laid out and painted in the second.
    for _ in range(2):
        app.sendPostedEvents()
        app.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)


def shown() -> None:
    """Wait until the display server has taken what was painted."""
    QGuiApplication.sync()


class Strokes(QObject):
    """Counts the times that anything in these windows is painted."""

    def __init__(self, app: QApplication, *windows: QWidget) -> None:
        super().__init__()
        self.count = 0
        self._windows = windows
        app.installEventFilter(self)

    def eventFilter(self, which: QObject, event: QEvent) -> bool:
        """Count, and let everything happen."""
        if event.type() == QEvent.Type.Paint and isinstance(which, QWidget):
            self.count += which.window() in self._windows
        return False


def come(app: QApplication, *windows: QWidget) -> None:
    """Wait until a window manager, if there is one, has brought them."""
    until = time.monotonic() + 10
    while time.monotonic() < until and not all(window.windowHandle().isExposed() for window in windows):
        settle(app)
        shown()
    settle(app)


def bare_windows(app: QApplication) -> list[QWidget]:
    """Two windows with nothing in them, side by side."""
    windows: list[QWidget] = []
    for left, size in zip((0, SIZES[0][0]), SIZES, strict=True):
        window = QMainWindow()
        window.setGeometry(left, 0, *size)
        window.show()
        windows.append(window)
    come(app, *windows)
    strokes = Strokes(app, *windows)
    for window in windows:
        window.repaint()
        if window.size().toTuple() not in SIZES:
            raise RuntimeError("a bare window has not the size")
    app.removeEventFilter(strokes)
    if strokes.count != len(windows):
        raise RuntimeError("a bare window is not painted")
    return windows


def bare(acts: list[tuple[str, act.Asked]], file: Path, windows: list[QWidget]) -> Iterator[tuple[str, float]]:
    """The same SQL, then two bare windows painted anew: one act each time it is asked."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")
        for name, asked in acts:
            began = time.perf_counter()
            for sql, values, many in asked:
                cursor = connection.executemany(sql, values) if many else connection.execute(sql, values)
                cursor.fetchall()
            for window in windows:
                window.repaint()
            shown()
            yield name, time.perf_counter() - began


def open_windows(app: QApplication, work: Work, meeting: Any) -> ChairConsole:
    """Console and room's window as in a meeting, each as large as its screen."""
    console = ChairConsole(work, meeting, Settings(language="en", theme="light"))
    console.show()
    console.acts.open_projector()
    settle(app)
    console.setGeometry(0, 0, *SIZES[0])
    console.acts.projector.setGeometry(SIZES[0][0], 0, *SIZES[1])
    come(app, console, console.acts.projector)
    if (console.size().toTuple(), console.acts.projector.size().toTuple()) != SIZES:
        raise RuntimeError("the windows have not the size")
    return console


def by_hand(console: ChairConsole) -> Callable[..., Any]:
    """An act as the console does it when a key asks for it."""
    return lambda said, do, *values, **named: console.chair.do(console.frame, said, do, *values, **named)[0]


def ours(app: QApplication, file: Path, meeting: Any, people: list[Any]) -> Iterator[tuple[str, float]]:
    """The act through the service, then console and room's window painted as they follow the news."""
    with closing(open_work(file, clock=lambda: datetime.now(UTC))) as work:
        console = open_windows(app, work, meeting)
        for name, do in act.live(work, meeting, people, by_hand(console)):
            began = time.perf_counter()
            do()
            settle(app)
            shown()
            yield name, time.perf_counter() - began
            if not name:  # what is only in between leaves nothing to be painted to the act that follows
                settle(app)
        console.close()


def check_painted(app: QApplication, file: Path, meeting: Any, people: list[Any]) -> None:
    """What is measured must be all: every act is painted, and once it is settled nothing is left to be painted."""
    unpainted, late = 0, dict[str, int]()
    with closing(open_work(file, clock=lambda: datetime.now(UTC))) as work:
        console = open_windows(app, work, meeting)
        strokes = Strokes(app, console)
        for name, do in act.live(work, meeting, people, by_hand(console)):
            was = strokes.count
            do()
            settle(app)
            seen = strokes.count
            settle(app)
            unpainted += seen == was
            late[name] = late.get(name, 0) + (strokes.count > seen)
        app.removeEventFilter(strokes)
        console.close()
    # A second or a cursor may tick between.
    if unpainted or any(name and count > act.TIMES // 10 for name, count in late.items()):
        raise RuntimeError(f"{unpainted} acts were not painted, others only later: {late}")


def run() -> list[dict[str, Any]]:
    """A row for each act."""
    choose_platform()
    app = QApplication.instance() or QApplication([])
    where = "" if app.platformName() == "xcb" else " (offscreen)"
    took: Took = {}
    floors: Took = {}
    with tempfile.TemporaryDirectory() as folder:
        first, second, third, fourth = (Path(folder) / f"{name}.sqlite" for name in "abcd")
        meeting, people = act.prepare(first)
        for copy in (second, third, fourth):
            shutil.copyfile(first, copy)
        acts = act.recorded(second, meeting, people)
        windows = bare_windows(app)
        forms.speak("en")
        theme.apply(app, "light", 100, "comfortable")
        focus.watch(app)
        check_painted(app, fourth, meeting, people)
        measured = ((ours(app, first, meeting, people), took), (bare(acts, third, windows), floors))
        for _turn in range(0, len(acts), _TURN):
            for turns, times in measured:
                for name, seconds in itertools.islice(turns, _TURN):
                    times.setdefault(name, []).append(seconds)
    return [
        {"what": f"{name}: commit and both windows, against raw sqlite3 and two bare windows{where}", "bar": 3,
         "ratio": round(statistics.median(took[name]) / statistics.median(floors[name]), 2),
         "milliseconds": round(1000 * statistics.median(took[name]), 2),
         "floor": round(1000 * statistics.median(floors[name]), 2)}
        for name in took if name
    ]  # fmt: skip


if __name__ == "__main__":
    for row in run():
        print(row)  # noqa: T201
