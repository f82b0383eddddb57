"""A consultation ready to be held, and the chair's hands on real keys, for the tests of the console."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from deliberation_app import settings
from deliberation_app.services import floor, floor_roll, meeting_file, meetings, meetings_agenda, votes
from deliberation_app.services.board import Board, board
from deliberation_app.services.work import Work, open_work
from deliberation_app.settings import DISPLAY_ZONE, Settings
from deliberation_app.ui.chair_console import ChairConsole
from tests import patience
from tests.fresh import fresh

DEMO = settings.path("resources", "demo", "shandalu194-consultation.json")
# Initials as a chair types them.
PRESENT = (
    "fla", "yjl", "gy", "sy", "mmt", "oysl", "fj", "lu", "tk", "glne", "zzz", "qsh", "shm", "lha", "zjw", "wwg", "ztj",
    "wsbd", "zwy",
)  # fmt: skip


class HandClock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 10, 20, 9, 0, tzinfo=DISPLAY_ZONE)

    def __call__(self) -> datetime:
        return self.now

    def to(self, hour: int, minute: int, second: int = 0) -> None:
        """Set it to a time of the day."""
        self.now = self.now.replace(hour=hour, minute=minute, second=second)


@dataclass
class Held:
    """A work with one meeting called in it."""

    work: Work
    clock: HandClock
    meeting: uuid.UUID
    people: dict[str, uuid.UUID]

    def board(self) -> Board:
        """The meeting as it is in the database now."""
        return board(self.work, self.meeting)


def prepare(folder: Path) -> Path:
    """A database with the demonstration's people and a meeting called for this afternoon."""
    file = folder / "prepared.sqlite"
    clock = HandClock()
    work = open_work(fresh(file), clock=clock, user_name="范例安")
    meeting_file.import_file(work, DEMO)
    told = _told()
    roll = told["meeting"]["attendance"]
    due = [uuid.UUID(one["person"]) for one in roll if one["capacity"] == "voting"]
    others = [uuid.UUID(one["person"]) for one in roll if one["capacity"] != "voting"]
    unit = board(work, uuid.UUID(told["meeting"]["id"])).meeting.unit_id
    called = meetings.call(
        work, unit, kind=told["meeting"]["kind"], title="“当面锣对面鼓”庭院民主协商会",
        starts_at=clock.now.replace(hour=14, minute=30), items=[uuid.UUID(told["items"][0]["id"])],
        due=due, observing=others, chair_id=due[0], recorder_id=due[1],
    )  # fmt: skip
    options = [(None, one["title"], one["text"]) for one in told["meeting"]["agenda"][2]["options"]]
    meetings_agenda.set_options(work, board(work, called).entries[2].id, options)
    (folder / "meeting").write_text(str(called), encoding="ascii")
    work.close()
    return file


def talk(file: Path, meeting: str) -> None:
    """Bring a prepared meeting to its third entry: nineteen of twenty-two are there, the options lie before them."""
    made = held(file, meeting)
    roll = _told()["meeting"]["attendance"]
    floor_roll.sign_in(made.work, made.meeting, [uuid.UUID(one["person"]) for one in roll[: len(PRESENT)]])
    made.clock.to(14, 32)
    meetings.open_meeting(made.work, made.meeting)
    made.clock.to(14, 41)
    floor.go_to_entry(made.work, made.meeting)
    made.clock.to(14, 49)
    floor.go_to_entry(made.work, made.meeting)
    made.work.close()


def _told() -> dict[str, Any]:
    return json.loads(DEMO.read_text(encoding="utf-8"))


def held(file: Path, meeting: str) -> Held:
    """Open the prepared database at half past two."""
    clock = HandClock()
    clock.to(14, 10)
    work = open_work(file, clock=clock, user_name="范例安")
    people = {one["name"]: uuid.UUID(one["id"]) for one in _told()["people"]}
    return Held(work, clock, uuid.UUID(meeting), people)


class Hands:
    """Types into the window as a person does: every key goes through the window system of the screen."""

    def __init__(self, window: ChairConsole) -> None:
        self.window = window

    def key(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        """Press a key; while a list of names is open it gets the key, as on a screen."""
        popup = QApplication.activePopupWidget()
        target = (popup or self.window).windowHandle()
        held_down = Qt.KeyboardModifier.NoModifier
        for one in modifiers:
            held_down |= one
        QTest.keyClick(target, key, held_down)
        QApplication.processEvents()

    def ctrl(self, key: Qt.Key) -> None:
        """Press Ctrl and a key."""
        self.key(key, Qt.KeyboardModifier.ControlModifier)

    def enter(self) -> None:
        """Press Enter."""
        self.key(Qt.Key.Key_Return)

    def next_step(self) -> None:
        """Press Ctrl and Enter."""
        self.ctrl(Qt.Key.Key_Return)

    def type(self, text: str) -> None:
        """Type a text: keys for letters and digits, an input method's whole words for Chinese."""
        for sign in text:
            if sign.isascii():
                QTest.keyClick(self._typing_into(), sign)
            else:
                typing = QApplication.focusWidget()
                (typing.insertPlainText if isinstance(typing, QPlainTextEdit) else typing.insert)(sign)
        QApplication.processEvents()

    def _typing_into(self) -> object:
        popup = QApplication.activePopupWidget()
        return (popup or self.window).windowHandle()

    def name(self, initials: str) -> None:
        """Type initials and take the first of the list."""
        self.type(initials)
        self.enter()

    def said(self) -> str:
        """What the foot tells."""
        return self.window.frame.foot.said()


def vote_by_hands(made: Held, method: str = "show_of_hands") -> None:
    """Put the first option to the vote."""
    now = made.board()
    votes.open_vote(made.work, now.current, motion="是否赞成A案", option_id=now.options[0].id, method=method)
    QApplication.processEvents()


def close_console(window: ChairConsole) -> None:
    """Close a console and be rid of it at once, so that later tests do not dress it again."""
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def open_console(meeting: Held) -> ChairConsole:
    """The console of a meeting, shown and active."""
    window = ChairConsole(meeting.work, meeting.meeting, Settings(language="en", theme="light"))
    window.show()
    QTest.qWaitForWindowActive(window, 1000 * patience.SECONDS)
    QApplication.processEvents()
    return window
