"""A meeting under way on a real X server while its second screen is taken away and given back; tells what stands where.

Started by test_projector_screens with the database and the meeting; every step prints one line of JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from deliberation_app.services import floor, floor_room, votes
from deliberation_app.settings import Settings
from deliberation_app.ui.chair_console import ChairConsole
from deliberation_app.ui.kit import forms, theme
from tests import patience
from tests.ui.console_meeting import held

_PATIENCE_MS = patience.SECONDS * 1000
_SETTLED_MS = 400
LEFT, RIGHT = "1366/300x768/200+0+0", "1366/300x768/200+1366+0"
# A projector that repeats the laptop, with fewer points.
MIRROR = "1024/300x768/200+0+0"


def xrandr(*words: str) -> None:
    """Change the monitors of the screen."""
    subprocess.run(["xrandr", *words], check=True, capture_output=True)


def wait(there: Callable[[], bool]) -> bool:
    """Let the program run until this is so."""
    clock = QElapsedTimer()
    clock.start()
    while not there() and clock.elapsed() < _PATIENCE_MS:
        QTest.qWait(30)
    return there()


def found(window: QWidget) -> bool:
    """Whether a person sees the window: visible, and most of it on a monitor that is there."""
    for screen in QGuiApplication.screens():
        part = window.frameGeometry().intersected(screen.geometry())
        if part.width() * part.height() * 2 > window.width() * window.height():
            return window.isVisible() and not window.isMinimized()
    return False


def monitors() -> list[str]:
    """The names of the monitors, as the program knows them."""
    return sorted(screen.name() for screen in QGuiApplication.screens())


class Story:
    """The two windows of one meeting, told after every step."""

    def __init__(self, console: ChairConsole) -> None:
        self.console = console

    def room_full_on(self, name: str) -> bool:
        """Whether the room's window fills this monitor."""
        room = self.console.acts.projector
        screen = next((one for one in QGuiApplication.screens() if one.name() == name), None)
        return room is not None and screen is not None and room.isFullScreen() and room.geometry() == screen.geometry()

    def room_in_window(self) -> bool:
        """Whether the room's window stands as a window that can be found."""
        room = self.console.acts.projector
        return room is not None and not room.isFullScreen() and found(room)

    def tell(self, step: str, there: Callable[[], bool]) -> None:
        """Print what stands where once it is as awaited, or when patience ends."""
        came = wait(there)
        room = self.console.acts.projector
        told = {
            "step": step, "came": came, "monitors": monitors(),
            "console": found(self.console), "console_screen": self.console.screen().name(),
            "room": room is not None and found(room), "room_full": room is not None and room.isFullScreen(),
            "room_screen": room.screen().name() if room is not None else "",
            "covered": self._covered(), "said": [text for text, _size in room.written] if room is not None else [],
        }  # fmt: skip
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()

    def tell_typed(self, step: str, there: Callable[[], bool]) -> None:
        """Type a word once it is as awaited, and tell what the line of the console got of it."""
        line = self.console.frame.line.text
        line.setFocus()
        came = wait(there)
        for sign in "typed":  # into whichever window has the keyboard
            QTest.keyClick((QApplication.activeWindow() or self.console).windowHandle(), sign)
        sys.stdout.write(json.dumps({"step": step, "came": came, "line": line.text()}) + "\n")
        sys.stdout.flush()
        line.setText("")

    def settled(self) -> bool:
        """Whether the window manager has had its say."""
        QTest.qWait(_SETTLED_MS)
        return True

    def every_moment(self, acts: dict[str, Callable[[], object]]) -> None:
        """In each moment the second screen goes and comes back; the keyboard stays where it was."""
        for moment, act in acts.items():
            act()
            xrandr("--delmonitor", "right")
            self.tell(f"{moment}, lost", lambda: monitors() == ["left"] and self.room_in_window())
            xrandr("--setmonitor", "right", RIGHT, "none")
            self.tell(f"{moment}, back", lambda: self.room_full_on("right"))

    def _covered(self) -> bool:
        """Whether the room's window fills the screen that the console stands on."""
        room = self.console.acts.projector
        return room is not None and room.isFullScreen() and room.screen() is self.console.screen()


def main(file: str, meeting: str) -> None:
    """Run the story."""
    app = QApplication(["screens"])
    forms.speak("en")
    theme.apply(app, "light", 100, "comfortable")
    xrandr("--setmonitor", "left", LEFT, "screen")
    made = held(Path(file), meeting)
    made.clock.to(15, 0)
    console = ChairConsole(made.work, made.meeting, Settings(language="en", theme="light"))
    story = Story(console)
    console.show()
    story.tell("one screen", lambda: monitors() == ["left"] and found(console))
    xrandr("--setmonitor", "right", RIGHT, "none")
    story.tell("second screen found", lambda: story.room_full_on("right"))
    story.tell_typed("typed when it was found", story.settled)
    QTest.keyClick(console.windowHandle(), Qt.Key.Key_F10)
    story.tell_typed("typed when it was closed", story.settled)
    QTest.keyClick(console.windowHandle(), Qt.Key.Key_F10)
    story.tell_typed("typed when it was asked for", lambda: story.room_full_on("right") and story.settled())
    floor.give(made.work, made.meeting, made.people["龚龑"])
    story.tell("somebody speaks", lambda: story.room_full_on("right"))
    xrandr("--delmonitor", "right")
    story.tell("second screen lost", lambda: monitors() == ["left"] and story.room_in_window())
    floor.note(made.work, made.meeting, text="说到一半，屏幕没了。", speaker_id=made.people["龚龑"])
    xrandr("--setmonitor", "right", RIGHT, "none")
    story.tell("second screen given back", lambda: story.room_full_on("right"))
    key, room = made.meeting, floor_room
    vote = votes.open_vote(made.work, made.board().current, motion="是否赞成A案", method="consensus")
    story.every_moment({
        "mid vote": lambda: None, "blank": lambda: room.blank(made.work, key),
        "frozen": lambda: room.freeze(made.work, key),
        "message": lambda: room.message(made.work, key, "15:10"),
        "voided": lambda: votes.void(made.work, vote, "问错了"),
    })  # fmt: skip
    room.follow(made.work, key)
    xrandr("--delmonitor", "right")
    story.tell("to be mirrored", lambda: monitors() == ["left"] and story.room_in_window())
    xrandr("--setmonitor", "right", MIRROR, "none")
    story.tell("mirrored", lambda: monitors() == ["left", "right"] and story.settled() and story.room_in_window())
    behind = console.acts.projector
    QTest.keyClick(console.windowHandle(), Qt.Key.Key_F10)
    story.tell("brought in front", lambda: console.acts.projector is behind and story.room_in_window())
    xrandr("--delmonitor", "right")
    story.tell("no longer mirrored", lambda: monitors() == ["left"] and story.room_in_window())
    xrandr("--setmonitor", "right", RIGHT, "none")
    story.tell("a screen of its own", lambda: story.room_full_on("right"))
    console.showNormal()
    console.resize(1024, 600)
    console.move(1500, 40)
    story.tell("console on the other screen", lambda: console.screen().name() == "right" and story.room_full_on("left"))
    xrandr("--delmonitor", "right")
    story.tell("the console's screen lost", lambda: found(console) and story.room_in_window())
    xrandr("--setmonitor", "right", RIGHT, "none")
    story.tell("given back again", lambda: found(console) and story.room_full_on("right"))
    console.close()
    made.work.close()


if __name__ == "__main__":
    main(*sys.argv[1:3])
