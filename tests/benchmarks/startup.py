"""First painted frame of the main window, and its memory, as ratios to a bare window in the same run."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

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
window = Window()
"""
_OURS = """
import os, sys, time
began = time.perf_counter()
from pathlib import Path
from deliberation_app import settings
from deliberation_app.ui import main_window
from PySide6.QtCore import QEvent, QTimer
kept = settings.Settings(language="en", theme="light", file=Path(sys.argv[1]).with_name("settings.json"))
app = main_window.make_application([], kept)
def make_work():
    from deliberation_app.services.work import open_work
    return open_work(sys.argv[1], clock=settings.clock)
"""
_FRAME = """
class Window(main_window.MainWindow):
    def event(self, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, tell)
        return super().event(event)
    def furnish(self):
        pass
window = Window(kept, make_work)
"""
_WHOLE = """
window = main_window.MainWindow(kept, make_work)
window.wired.connect(lambda: QTimer.singleShot(300, tell))
"""
_TELL = """
def tell():
    seconds = time.perf_counter() - began
    with open("/proc/self/statm") as pages:
        memory = int(pages.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    sys.stdout.write(f"[{seconds}, {memory}]")
    sys.stdout.flush()
    os._exit(0)
window.resize(1366, 768)
window.show()
app.exec()
"""
_UNIT = """
import sys
from deliberation_app import settings
from deliberation_app.services import units
from deliberation_app.services.work import open_work
work = open_work(sys.argv[1], clock=settings.clock)
units.set_up(work, name="山大路194号院党支部", kind="branch", chair_name="范例安")
work.close()
"""
_SOURCES = {"bare": _BARE + _TELL, "frame": _OURS + _FRAME + _TELL, "whole": _OURS + _WHOLE + _TELL}


def _process(source: str, database: str) -> str:
    # Bytecode is compiled by the set-up; where an environment forbids it the imports would be measured as compiling.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run([sys.executable, "-c", source, database], capture_output=True, text=True, check=True, env=env)
    return done.stdout


def run(rounds: int = 9) -> list[dict[str, object]]:
    """The rows of the table: what was measured, the ratio of the medians, the bar."""
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in _SOURCES}
    with tempfile.TemporaryDirectory() as folder:
        database = str(Path(folder) / "records.sqlite")
        _process(_UNIT, database)
        for _round in range(rounds):
            # In turn, so that a busy moment of the machine falls on all.
            for name, source in _SOURCES.items():
                seconds, memory = json.loads(_process(source, database).splitlines()[-1])
                seen[name].append((seconds, memory))
    middle = {name: [statistics.median(values) for values in zip(*found, strict=True)] for name, found in seen.items()}
    bare = middle["bare"]
    return [
        {"what": "first painted frame ÷ bare window", "ratio": round(middle["frame"][0] / bare[0], 3), "bar": 1.5},
        {"what": "memory after start ÷ bare window", "ratio": round(middle["whole"][1] / bare[1], 3), "bar": 2.0},
    ]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(), ensure_ascii=False, indent=1) + "\n")
