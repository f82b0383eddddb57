"""First painted frame and memory of the main window, as ratios to a bare window in the same run."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys

_BARE = """
import os, sys, time
began = time.perf_counter()
from PySide6.QtWidgets import QApplication, QMainWindow
from PySide6.QtCore import QEvent, QTimer
app = QApplication([])
class Window(QMainWindow):
    def event(self, event):
        done = super().event(event)
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, tell)
        return done
"""
_OURS = """
import os, sys, time
began = time.perf_counter()
from deliberation_app import settings
from deliberation_app.ui import main_window
from PySide6.QtCore import QEvent, QTimer
kept = settings.Settings(language="en", theme="light")
app = main_window.make_application([], kept)
class Window(main_window.MainWindow):
    def event(self, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, tell)
        return super().event(event)
    def furnish(self):
        pass
"""
_TELL = """
def tell():
    import json
    with open("/proc/self/statm") as pages:
        memory = int(pages.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    print(json.dumps([time.perf_counter() - began, memory]))
    sys.stdout.flush()
    os._exit(0)
window = {make}
window.resize(1366, 768)
window.show()
app.exec()
"""


def _measure(source: str) -> tuple[float, float]:
    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True, env={**os.environ}
    )
    seconds, memory = json.loads(done.stdout.strip().splitlines()[-1])
    return seconds, memory


def run(rounds: int = 9) -> list[dict[str, object]]:
    """The rows of the table: what was measured, the ratio of the medians, the bar."""
    sources = (_BARE + _TELL.format(make="Window()"), _OURS + _TELL.format(make="Window(kept, lambda: None)"))
    seen: tuple[list[tuple[float, float]], list[tuple[float, float]]] = ([], [])
    for _round in range(rounds):
        # In turn, so that a busy moment of the machine falls on both.
        for source, found in zip(sources, seen, strict=True):
            found.append(_measure(source))
    bare, ours = (tuple(statistics.median(values) for values in zip(*found, strict=True)) for found in seen)
    return [
        {"what": "first painted frame ÷ bare window", "ratio": round(ours[0] / bare[0], 3), "bar": 1.5},
        {"what": "memory at the first frame ÷ bare window", "ratio": round(ours[1] / bare[1], 3), "bar": 2.0},
    ]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(), ensure_ascii=False, indent=1) + "\n")
