"""The home page with its data in a new process, against a bare window that reads the same rows through the ORM.

The share of the ten-year database is DELIBERATION_BENCH_SCALE, a twentieth by default; a courtyard is as large in each.
"""

from __future__ import annotations

import json
import os
import pickle
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import InstanceState, ORMExecuteState, Session

from deliberation_app import settings
from deliberation_app.services import agenda, people_register, search
from deliberation_app.services.home import home
from deliberation_app.services.seed import seed
from deliberation_app.services.units_known import all_units
from deliberation_app.services.work import Work, open_work
from deliberation_app.storage.base import Record

ROUNDS, TIMES = 9, 15
SCALE = "DELIBERATION_BENCH_SCALE"
_BEGIN = """
import os, sys, time
began = time.perf_counter()
"""
_END = """
    app.processEvents()
    window.repaint()
    sys.stdout.write(str(time.perf_counter() - began))
    sys.stdout.flush()
    os._exit(0)
window.resize(1366, 768)
window.show()
app.exec()
"""
_FLOOR = (
    _BEGIN
    + """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
QTimer.singleShot(0, lambda: tell())
def tell():
    import pickle
    from sqlalchemy import create_engine, select
    from sqlalchemy.orm import Session
    from deliberation_app.storage.records import TABLES
    with open(sys.argv[2], "rb") as file:
        whole, asked = pickle.load(file)
    with Session(create_engine("sqlite:///" + sys.argv[1])) as session:
        for name, keys in whole.items():
            record = TABLES[name]
            list(session.scalars(select(record).where(record.id.in_(keys))))
        for sql, values in asked:
            session.connection().exec_driver_sql(sql, values).all()
"""
    + _END
)
_HOME = (
    _BEGIN
    + """
from pathlib import Path
from PySide6.QtCore import QTimer
from deliberation_app import settings
from deliberation_app.ui import main_window
file = Path(sys.argv[1]).with_name("settings.json")
kept = settings.Settings(language="en", theme="light", unit=sys.argv[2], file=file)
app = main_window.make_application([], kept)
def make_work():
    from deliberation_app.services.work import open_work
    return open_work(sys.argv[1], clock=settings.demonstration_clock())
window = main_window.MainWindow(kept, make_work)
window.wired.connect(lambda: tell())
def tell():
"""
    + _END
)


def took(source: str, *words: str) -> float:
    """Seconds that a new process needs until its window shows what it should."""
    # Bytecode is compiled by the set-up; where an environment forbids it the imports would be measured as compiling.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run([sys.executable, "-c", source, *words], capture_output=True, text=True, check=True, env=env)
    return float(done.stdout.splitlines()[-1])


def rows_read(work: Work, read: Callable[[], Any]) -> tuple[dict[str, set[Any]], list[tuple[str, Any]]]:
    """What a page reads: the keys of its whole records by table, and the questions for single columns."""
    whole: dict[str, set[Any]] = defaultdict(set)
    asked: list[tuple[str, Any]] = []
    columns = [False]

    def note_record(state: InstanceState[Any], _context: Any) -> None:
        if state.identity is not None:
            whole[state.class_.__tablename__].add(state.identity[0])

    def note_kind(state: ORMExecuteState) -> None:
        columns[0] = state.is_select and not any(one.get("expr") is one["entity"] for one in described(state))

    def described(state: ORMExecuteState) -> list[dict[str, Any]]:
        return getattr(state.statement, "column_descriptions", [])

    def note_sql(_connection: Any, _cursor: Any, sql: str, values: Any, *_more: Any) -> None:
        if columns[0] and not sql.startswith("BEGIN"):
            asked.append((sql, values))

    heard: tuple[tuple[Any, str, Any, dict[str, Any]], ...] = (
        (Record, "load", note_record, {"propagate": True, "raw": True}),
        (Session, "do_orm_execute", note_kind, {}),
        (work.engine, "before_cursor_execute", note_sql, {}),
    )
    for where, what, listener, how in heard:
        event.listen(where, what, listener, **how)
    read()
    for where, what, listener, _how in heard:
        event.remove(where, what, listener)
    return dict(whole), asked


def middle(do: Callable[[], Any]) -> float:
    """The median of some looks, after a first one."""
    do()
    seen = []
    for _time in range(TIMES):
        began = perf_counter()
        do()
        seen.append(perf_counter() - began)
    return statistics.median(seen)


def pages(work: Work, unit: Any) -> list[dict[str, Any]]:
    """What a key costs on the pages of items and people, against a frame of a 60 Hz screen; these have no bar."""
    looks: tuple[tuple[str, Callable[[], Any]], ...] = (
        ("board of items", partial(agenda.board, work, unit)),
        ("page of people", partial(people_register.page, work, unit)),
        ("two letters typed on the page of people", partial(people_register.page, work, unit, text="wa")),
        ("two characters typed in the search line", partial(search.find, work, unit, "车位")),
    )
    return [{"what": f"{name} read ÷ a frame of 1/60 s", "ratio": round(middle(do) * 60, 2)} for name, do in looks]


def run() -> list[dict[str, Any]]:
    """The rows of the table of benchmarks."""
    with tempfile.TemporaryDirectory() as folder:
        database, facts = Path(folder) / "ten-years.sqlite", Path(folder) / "rows"
        seed(database, float(os.environ.get(SCALE, "0.05")))
        with closing(open_work(database, clock=settings.demonstration_clock())) as work:
            unit = next(one.id for one in all_units(work) if one.kind == "courtyard")
            today = settings.DEMONSTRATION_TODAY
            facts.write_bytes(pickle.dumps(rows_read(work, partial(home, work, unit, today))))
            rest = pages(work, unit)
        seen: dict[str, list[float]] = {"floor": [], "home": []}
        for _round in range(ROUNDS):  # in turn, so that a busy moment of the machine falls on both
            seen["floor"].append(took(_FLOOR, str(database), str(facts)))
            seen["home"].append(took(_HOME, str(database), str(unit)))
    ratio = statistics.median(seen["home"]) / statistics.median(seen["floor"])
    what = "home page with its data ÷ bare window and the same rows through the ORM"
    return [{"what": what, "ratio": round(ratio, 3), "bar": 1.5}, *rest]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(), ensure_ascii=False, indent=1) + "\n")
