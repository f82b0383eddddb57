"""The console opens a meeting of 400 people and 170 items, against the same console on a meeting of nobody."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
import uuid
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from deliberation_app.services import meetings, units
from deliberation_app.services.work import open_work
from deliberation_app.settings import Settings
from deliberation_app.ui.chair_console import ChairConsole
from deliberation_app.ui.kit import focus, forms, theme
from tests.benchmarks import act
from tests.benchmarks.console import SIZES, settle

TIMES = 15


def empty(file: Path) -> uuid.UUID:
    """A running meeting without people, items or words."""
    with closing(open_work(file, clock=lambda: datetime.now(UTC))) as work:
        unit = units.set_up(work, name="山大路194号院", kind="courtyard", chair_name="王秀兰")
        meeting = meetings.call(work, unit, kind="organisational_life", title="会", starts_at=work.clock(), due=())
        meetings.open_meeting(work, meeting)
    return meeting


def opening(app: QApplication, file: Path, meeting: uuid.UUID) -> float:
    """Seconds from the opened database to the painted window."""
    with closing(open_work(file, clock=lambda: datetime.now(UTC))) as work:
        began = time.perf_counter()
        console = ChairConsole(work, meeting, Settings(language="en", theme="light"))
        console.resize(*SIZES[0])
        console.show()
        settle(app)
        took = time.perf_counter() - began
        console.close()
        console.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return took


def run() -> list[dict[str, Any]]:
    """One row; both are opened in turn, so that both suffer the same noise."""
    app = QApplication.instance() or QApplication([])
    forms.speak("en")
    theme.apply(app, "light", 100, "comfortable")
    focus.watch(app)
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small.sqlite", Path(folder) / "large.sqlite"
        nobody, (everybody, _people) = empty(small), act.prepare(large)
        pairs = [(opening(app, small, nobody), opening(app, large, everybody)) for _ in range(TIMES)]
    floor, ours = (statistics.median(times) for times in zip(*pairs, strict=True))
    return [{"what": "the console opens 400 people and 170 items, against a meeting of nobody", "bar": 2,
             "ratio": round(ours / floor, 2), "milliseconds": round(1000 * ours, 1),
             "floor": round(1000 * floor, 1)}]  # fmt: skip


if __name__ == "__main__":
    for row in run():
        print(row)  # noqa: T201
