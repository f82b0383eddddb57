"""The fixtures of the console's tests: the meeting called, then in the middle of talking, and hands on its console.

A module says with `AT` at which hour its meeting goes on, and with `SAID` what was just noted there.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from deliberation_app.services import floor
from tests.ui.console_meeting import Hands, Held, close_console, held, open_console, prepare, talk

THREE = (15, 0)


@pytest.fixture(scope="session")
def called(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The meeting as it was called; the tests work on copies."""
    return prepare(tmp_path_factory.mktemp("console"))


@pytest.fixture(scope="session")
def talking(called: Path) -> Path:
    """The same at its third entry."""
    file = Path(shutil.copy(called, called.with_name("talking.sqlite")))
    talk(file, _key(called))
    return file


def _key(file: Path) -> str:
    return (file.parent / "meeting").read_text(encoding="ascii")


def copied(file: Path, folder: Path) -> Held:
    """A copy for one test."""
    return held(Path(shutil.copy(file, folder / "meeting.sqlite")), _key(file))


@pytest.fixture
def early(called: Path, tmp_path: Path) -> Iterator[Held]:
    """The meeting before anybody has come."""
    made = copied(called, tmp_path)
    yield made
    made.work.close()


@pytest.fixture
def meeting(talking: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Held]:
    """The meeting with nineteen of twenty-two in the room, at its third entry."""
    made = copied(talking, tmp_path)
    made.clock.to(*getattr(request.module, "AT", THREE))
    said = getattr(request.module, "SAID", "")
    if said:
        floor.note(made.work, made.meeting, text=said)
    yield made
    made.work.close()


@pytest.fixture
def early_hands(app_dressed: QApplication, early: Held) -> Iterator[Hands]:
    """Hands on the console before the meeting."""
    window = open_console(early)
    yield Hands(window)
    close_console(window)


@pytest.fixture
def hands(app_dressed: QApplication, meeting: Held) -> Iterator[Hands]:
    """Hands on the console of the meeting."""
    window = open_console(meeting)
    yield Hands(window)
    close_console(window)
