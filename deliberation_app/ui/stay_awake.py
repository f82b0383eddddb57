"""While a meeting is in session screens stay on and the machine stays awake, though nobody types for a long time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import ClassVar, Protocol

from PySide6.QtCore import QCoreApplication, QObject

from deliberation_app.language import _
from deliberation_app.services.board import Board
from deliberation_app.ui.console_chair import Chair

if sys.platform == "win32":
    import ctypes
else:
    from deliberation_app.ui.kit.session_bus import Call, Line

# SetThreadExecutionState: from now on (until it is called again); the machine; its screens.
_CONTINUOUS, _SYSTEM, _DISPLAY = 0x80000000, 0x00000001, 0x00000002
# org.gnome.SessionManager: the program has no window to name; it goes neither to sleep nor to rest.
_NO_WINDOW, _NO_SLEEP_NO_REST = 0, 4 | 8


class Held(Protocol):
    """What was asked for, until it is closed."""

    def close(self) -> None:
        """Ask for it no more."""


def _of_the_desktop(words: str) -> Held:
    """Every door is tried, for no desktop has all: a door that is not there hears nothing.

    KDE, GNOME, Deepin and Cinnamon know the first, Xfce and KDE the second, Kylin, MATE and GNOME the third.
    """
    name = QCoreApplication.applicationName()
    return Line(
        (
            Call("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver",
                 "Inhibit", "ss", (name, words)),
            Call("org.freedesktop.PowerManagement", "/org/freedesktop/PowerManagement/Inhibit",
                 "org.freedesktop.PowerManagement.Inhibit", "Inhibit", "ss", (name, words)),
            Call("org.gnome.SessionManager", "/org/gnome/SessionManager", "org.gnome.SessionManager",
                 "Inhibit", "susu", (name, _NO_WINDOW, words, _NO_SLEEP_NO_REST)),
        )
    )  # fmt: skip


class OfWindows:
    """Windows keeps one state for the thread of the windows, however many meetings are in session."""

    _all: ClassVar[set[OfWindows]] = set()

    def __init__(self, _words: str = "") -> None:
        self._all.add(self)
        ctypes.windll.kernel32.SetThreadExecutionState(_CONTINUOUS | _SYSTEM | _DISPLAY)

    def close(self) -> None:
        """The last one lets Windows do as it always does."""
        self._all.discard(self)
        if not self._all:
            ctypes.windll.kernel32.SetThreadExecutionState(_CONTINUOUS)


hold: Callable[[str], Held] = OfWindows if sys.platform == "win32" else _of_the_desktop


class StayAwake(QObject):
    """Follows a meeting: from its opening to a recess or its end the system is asked to stay awake."""

    def __init__(self, chair: Chair) -> None:
        super().__init__(chair)
        self._open = False
        self._held: Held | None = None
        chair.changed.connect(self._follow)

    def _follow(self, board: Board) -> None:
        self._keep(board.state == "open")

    def leave(self) -> None:
        """The console is closed."""
        self._keep(False)

    def _keep(self, is_open: bool) -> None:
        if is_open == self._open:
            return
        self._open = is_open
        if self._held is not None:
            self._held.close()
        self._held = hold(_("The meeting is in session.")) if is_open else None
