"""The meeting held once without mishap, for all tests that come back to its moments."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="session")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with its moments and the keys with their Tabs counted."""
    folder = tmp_path_factory.mktemp("rehearsed")
    subprocess.run([sys.executable, "-m", "tests.live.rehearsal", str(folder)], cwd=ROOT, check=True, timeout=300,
                   capture_output=True)  # fmt: skip
    return folder
