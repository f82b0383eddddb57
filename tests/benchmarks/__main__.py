"""Measures: `sh test.sh bench [NAME...]` prints each bar of quality as a ratio to a floor of the same run.

A module of this folder with a function `run()` gives rows {"what", "ratio", "bar"}; no test asserts a time.
"""

from __future__ import annotations

import importlib
import json
import platform
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
TABLE = Path("benchmarks.json")


def modules(names: list[str]) -> list[str]:
    """The benchmarks that were asked for, all of them by default."""
    there = sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))
    return [name for name in there if not names or name in names]


def rows_of(name: str) -> list[dict[str, Any]]:
    """The rows of one benchmark; a module without `run` is a part of another one."""
    run = getattr(importlib.import_module(f"tests.benchmarks.{name}"), "run", None)
    return [] if run is None else [{"benchmark": name, **row} for row in run()]


def line(row: dict[str, Any]) -> str:
    """A row as a line of the table."""
    bar = row.get("bar")
    within = "" if bar is None else ("within" if row["ratio"] <= bar else "ABOVE")
    shown = "" if bar is None else f"{bar:g}"
    return f"{row['ratio']:10.2f} {shown:>6} {within:7} {row['what']}"


def main() -> int:
    """Run, print, and keep the table."""
    print(f"{'ratio':>10} {'bar':>6} {'':7} what")
    table = []
    for name in modules(sys.argv[1:]):
        for row in rows_of(name):
            table.append(row)
            print(line(row), flush=True)
    about = {"python": platform.python_version(), "machine": platform.machine(), "rows": table}
    TABLE.write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"written to {TABLE}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
