"""One act of the live meeting: commit and both windows repainted, against the same SQL by raw sqlite3 and bare windows.

400 people and 170 items; the floor commits with the same durability and repaints two bare windows of the same sizes.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from deliberation_app.services.work import open_work
from deliberation_app.settings import Settings
from deliberation_app.ui.chair_console import ChairConsole
from deliberation_app.ui.kit import focus, forms, theme
from tests.benchmarks import act

SIZES = ((1366, 768), (1920, 1080))
Took = dict[str, list[float]]


def settle(app: QApplication) -> None:
    """Let everything be painted that waits for it."""
    # The news is read in the first round; what that changes is laid out and painted in the second.
    for _ in range(2):
        app.sendPostedEvents()
        app.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)


def bare(app: QApplication, acts: list[tuple[str, act.Asked]], file: Path) -> Took:
    """The same SQL, then two bare windows painted anew."""
    windows: list[QWidget] = []
    for width, height in SIZES:
        window = QMainWindow()
        window.resize(width, height)
        window.show()
        windows.append(window)
    settle(app)
    took: Took = {}
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
            took.setdefault(name, []).append(time.perf_counter() - began)
    for window in windows:
        window.close()
    return took


def ours(app: QApplication, file: Path, meeting: Any, people: list[Any]) -> Took:
    """The act through the service, then console and room's window painted as they follow the news."""
    took: Took = {}
    with closing(open_work(file, clock=lambda: datetime.now(UTC))) as work:
        console = ChairConsole(work, meeting, Settings(language="en", theme="light"))
        console.resize(*SIZES[0])
        console.show()
        console.acts.open_projector()
        console.acts.projector.resize(*SIZES[1])
        settle(app)
        for name, do in act.live(work, meeting, people):
            began = time.perf_counter()
            do()
            settle(app)
            took.setdefault(name, []).append(time.perf_counter() - began)
        console.close()
    return took


def run() -> list[dict[str, Any]]:
    """A row for each act."""
    app = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        first, second, third = (Path(folder) / f"{name}.sqlite" for name in "abc")
        meeting, people = act.prepare(first)
        shutil.copyfile(first, second)
        shutil.copyfile(first, third)
        acts = act.recorded(second, meeting, people)
        floors = bare(app, acts, third)
        forms.speak("en")
        theme.apply(app, "light", 100, "comfortable")
        focus.watch(app)
        took = ours(app, first, meeting, people)
    return [
        {"what": f"{name}: commit and both windows, against raw sqlite3 and two bare windows", "bar": 3,
         "ratio": round(statistics.median(took[name]) / statistics.median(floors[name]), 2),
         "milliseconds": round(1000 * statistics.median(took[name]), 2),
         "floor": round(1000 * statistics.median(floors[name]), 2)}
        for name in took if name
    ]  # fmt: skip


if __name__ == "__main__":
    for row in run():
        print(row)  # noqa: T201
