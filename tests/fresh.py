"""A database with all tables and no rows: made once in each of the tests' processes, copied from then on."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from deliberation_app.storage.database import open_database

NOW = datetime(2026, 10, 20, 1, 0, tzinfo=UTC)


@cache
def template() -> Path:
    """The database that the others are copied from; it lies in the tests' own home and goes with it."""
    file = Path(os.environ["XDG_CACHE_HOME"], "fresh.sqlite")
    open_database(file, now=NOW).dispose()
    return file


def fresh(file: Path) -> Path:
    """Such a database at `file`, as if the program had just made it there."""
    shutil.copyfile(template(), file)
    return file
