"""The disk is full, or another program holds the database, in mid-meeting: a sentence, nothing half done, key again.

The program runs on a real screen in a process of its own; what the sentences say is read from a window in this one.
"""

from __future__ import annotations

import resource
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from deliberation_app import settings
from deliberation_app.services import check, floor, floor_roll, meetings
from deliberation_app.services.board import board
from deliberation_app.services.work import Work, open_work
from deliberation_app.ui.kit import focus, forms, theme, tokens
from tests.live import called
from tests.live.hands import Hands
from tests.live.rehearsal import Clock, acts, console
from tests.live.scenario import Type
from tests.live.screen import screen, wait
from tests.live.test_held_by_keyboard import Program

FIRST, SECOND = "先划线，再收费。", "账目每月张贴。"
TABS = ("Ctrl+2", "Ctrl+L", Type("yjl"), "Return", Type(SECOND))
Trouble = Callable[[Path, int], AbstractContextManager[None]]


@contextmanager
def full(file: Path, process: int) -> Iterator[None]:
    """A process cannot make any file longer than the log of the database is now."""
    room = file.with_name(file.name + "-wal").stat().st_size
    before = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (room, before[1]))
    yield
    resource.prlimit(process, resource.RLIMIT_FSIZE, before)


@contextmanager
def locked(file: Path, _process: int) -> Iterator[None]:
    """Another program writes into the database and does not come to an end."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


TROUBLES = [pytest.param(full, id="full"), pytest.param(locked, id="locked")]


def talking(file: Path, clock: Callable[[], object]) -> uuid.UUID:
    """A meeting at an item, with somebody who has spoken."""
    meeting = called.call(file, clock)
    with closing(open_work(file, clock=clock, user_name="尹记录")) as work:
        people = [guest.person_id for guest in board(work, meeting).guests]
        floor_roll.sign_in(work, meeting, people[:19])
        meetings.open_meeting(work, meeting)
        floor.go_to_entry(work, meeting)
        floor.note(work, meeting, text=FIRST, speaker_id=people[0])
    return meeting


def words(work: Work, meeting: uuid.UUID) -> list[str]:
    """What is on record."""
    return [said.text for said in board(work, meeting).statements]


@pytest.mark.parametrize("trouble", TROUBLES)
def test_in_the_real_program(trouble: Trouble, tmp_path: Path) -> None:
    """Enter is refused in a coloured band, and noted as typed when the trouble is over."""
    file = tmp_path / "meeting.sqlite"
    meeting = talking(file, settings.clock)
    with screen(tmp_path, FIRST + SECOND) as place:
        program = Program(place, file)
        try:
            place.activate(program.open_console())
            before = program.acts()
            place.press([{"type": key.words} if isinstance(key, Type) else key for key in TABS])
            with trouble(file, program.process.pid):
                calm = band(place.picture(tmp_path / "before.png"))
                place.press(["Return"])
                wait(
                    lambda: band(place.picture(tmp_path / "refused.png")) > calm + 100,
                    "the sentence that it was refused",
                )
                assert program.acts() == before
            place.press(["Return"])
            wait(lambda: program.acts() == [*before, "floor.note"], "the same key does it")
        finally:
            place.picture(tmp_path / "end.png")
            program.process.kill()
            program.process.communicate()
    with closing(open_work(file, clock=settings.clock)) as work:
        assert words(work, meeting) == [FIRST, SECOND]
        assert check.check(work) == ()


def band(picture: Path) -> int:
    """How much is to be seen of the ground on which errors are said."""
    image = QImage(str(picture))
    ground = tokens.THEMES["light"]["badTint"].lower()
    across = range(0, image.width(), 7)
    return sum(image.pixelColor(x, y).name() == ground for y in range(0, image.height(), 7) for x in across)


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("trouble", TROUBLES)
def test_the_sentence(trouble: Trouble, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what happened; the words stay in the line, and the same key notes them afterwards."""
    forms.speak("en")
    theme.apply(qapp, "light", 100, "comfortable")
    focus.watch(qapp)
    file, clock = tmp_path / "meeting.sqlite", Clock()
    meeting = talking(file, clock)
    with closing(open_work(file, clock=clock, user_name="尹记录")) as work:
        window = console(work, str(meeting))
        hands = Hands(window)
        hands.press(TABS)
        before = acts(work)
        with trouble(file, 0):
            hands.press(["Return"])
            said = window.frame.line.error.accessibleName() or window.frame.error_line.accessibleName()
            assert said
            assert window.frame.line.text.text() == SECOND
            assert acts(work) == before
        hands.press(["Return"])
        assert acts(work) == [*before, "floor.note"]
        assert words(work, meeting) == [FIRST, SECOND]
        assert check.check(work) == ()
        window.close()
        window.deleteLater()
