"""A second run of the program on the same database says so; the first does not, nor one after it has ended."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from deliberation_app.services import alone
from deliberation_app.services.work import open_work

OTHER = """
import sys
from datetime import UTC, datetime
from deliberation_app.services import alone, units
from deliberation_app.services.work import open_work
work = open_work(sys.argv[1], clock=lambda: datetime.now(UTC))
print(alone.elsewhere(work), alone.elsewhere(work), flush=True)
input()
"""


def started(file: Path) -> subprocess.Popen[str]:
    """Another run of the program."""
    words = [sys.executable, "-c", OTHER, str(file)]
    return subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_the_second_says_so(tmp_path: Path) -> None:
    file = tmp_path / "work.sqlite"
    with started(file) as first, closing(open_work(file, clock=lambda: datetime.now(UTC))) as work:
        assert first.stdout.readline() == "None None\n"
        said = alone.elsewhere(work)
        assert said is not None
        assert "close this window" in str(said)
        with closing(open_work(tmp_path / "other.sqlite", clock=lambda: datetime.now(UTC))) as other:
            assert alone.elsewhere(other) is None
        first.kill()
        first.wait()
        assert alone.elsewhere(work) is None
        with started(file) as third:
            assert "close this window" in third.stdout.readline()
            third.kill()


def test_a_database_without_a_file_is_nobodys() -> None:
    with closing(open_work("sqlite://", clock=lambda: datetime.now(UTC))) as work:
        assert alone.elsewhere(work) is None
