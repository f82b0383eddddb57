"""The meeting held once without mishap: the moment after each act, which every other run must come back to.

Run as a program it writes them, and the keys with their Tabs counted: python -m tests.live.rehearsal FOLDER
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import uuid
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication
from sqlalchemy import text

from deliberation_app.services.board import Board, board
from deliberation_app.services.work import Work, open_work
from deliberation_app.settings import DISPLAY_ZONE, Settings
from deliberation_app.storage import database
from deliberation_app.ui.chair_console import ChairConsole
from deliberation_app.ui.kit import focus, forms, theme
from tests.live import called
from tests.live.hands import Hands
from tests.live.picture import Picture, left, picture
from tests.live.scenario import WHOLE, Type

BEGAN = datetime(2026, 10, 24, 14, 0, tzinfo=DISPLAY_ZONE)
# Each act is done this long after the one before.
PACE = 20
# What is only kept beside the meeting while it is typed is no act of it.
BESIDE = frozenset({"votes.draft", "floor.draft"})


@dataclass
class Clock:
    """The time of the meeting: so many acts are done, and so many seconds have gone by since."""

    done: int = 0
    seconds: int = 0

    def __call__(self) -> datetime:
        return BEGAN + timedelta(seconds=self.done * PACE + self.seconds)


@dataclass
class Moments:
    """What the meeting was like after each act, the first before any; `keys` are those of each act."""

    meeting: str
    pictures: list[Picture] = field(default_factory=list)
    left: list[int | None] = field(default_factory=list)
    keys: list[list[str | dict[str, str]]] = field(default_factory=list)
    before: int = 0

    def note(self, moment: Board, now: datetime) -> None:
        """Remember this moment."""
        self.pictures.append(json.loads(json.dumps(picture(moment), ensure_ascii=False)))
        self.left.append(left(moment, now))


def digest(told: Picture) -> str:
    """A picture as a few letters."""
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def acts(work: Work) -> list[str]:
    """The names of all acts in the log, without what is only kept beside."""
    with work.read() as session:
        return [one for one in session.scalars(text("SELECT act FROM audit_line ORDER BY id")) if one not in BESIDE]


def application() -> QApplication:
    """The application as people see it, on a screen in memory."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QApplication([])
    forms.speak("en")
    theme.apply(app, "light", 100, "comfortable")
    focus.watch(app)
    return app


def console(work: Work, meeting: str) -> ChairConsole:
    """The console of the meeting, shown, active and painted."""
    window = ChairConsole(work, uuid.UUID(meeting), Settings(language="en", theme="light"))
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    while not window.isActiveWindow():
        QApplication.processEvents()
    QApplication.processEvents()
    return window


def plain(keys: list[str | Type]) -> list[Any]:
    """Keys as they are written down."""
    return [key if isinstance(key, str) else {"type": key.words} for key in keys]


def rehearse(folder: Path) -> Moments:
    """Hold the meeting in `folder`; the database stays there as it was before, called.sqlite, and half way."""
    clock = Clock()
    file = folder / "called.sqlite"
    moments = Moments(str(called.call(file, clock)))
    held = folder / "held.sqlite"
    held.write_bytes(file.read_bytes())
    with closing(open_work(held, clock=clock, user_name="尹记录")) as work:
        window = console(work, moments.meeting)
        key = uuid.UUID(moments.meeting)
        moments.before = len(acts(work))
        moments.note(board(work, key), clock())
        for at, step in enumerate(WHOLE):
            clock.done = at + 1
            hands = Hands(window)
            hands.press(step.keys)
            found = acts(work)[moments.before + at :]
            said = f"{step} did {found}; the window says {window.frame.foot.said()!r}"
            assert found == [step.act], said
            moments.keys.append(plain(hands.pressed))
            moments.note(board(work, key), clock())
            if at + 1 == len(WHOLE) // 2:
                database.copy_to(work.engine, folder / "half.sqlite")
        window.close()
    return moments


def main() -> None:
    """Write everything into the folder that was named."""
    folder = Path(sys.argv[1])
    app = application()
    moments = rehearse(folder)
    (folder / "moments.json").write_text(json.dumps(vars(moments), ensure_ascii=False), encoding="utf-8")
    del app


if __name__ == "__main__":
    main()
