"""While a meeting is in session the desktop is asked to stay awake, over a real bus, and is told nothing afterwards."""

from __future__ import annotations

import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import ClassInfo, QObject, Slot
from PySide6.QtDBus import QDBusConnection
from PySide6.QtWidgets import QApplication

from deliberation_app import language
from deliberation_app.services import meetings
from deliberation_app.ui import stay_awake
from deliberation_app.ui.kit.session_bus import Call, Line
from tests.ui.conftest import Patient
from tests.ui.console_meeting import Held, close_console, open_console

# A bus that starts nothing by itself.
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>{address}</listen><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"""
SCREEN, POWER, SESSION = "org.freedesktop.ScreenSaver", "org.freedesktop.PowerManagement", "org.gnome.SessionManager"


class Keeper(QObject):
    """Counts who wants the desktop to stay awake; whoever hangs up wants it no more."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[object, ...]] = []

    def _ask(self, *told: object) -> int:
        self.asked.append(told)
        return len(self.asked)


@ClassInfo({"D-Bus Interface": SCREEN})
class ScreenKeeper(Keeper):
    """The first door."""

    @Slot(str, str, result="uint")
    def Inhibit(self, name: str, words: str) -> int:
        """Keep the screen on."""
        return self._ask(name, words)


@ClassInfo({"D-Bus Interface": f"{POWER}.Inhibit"})
class PowerKeeper(Keeper):
    """The second."""

    @Slot(str, str, result="uint")
    def Inhibit(self, name: str, words: str) -> int:
        """Keep the machine awake."""
        return self._ask(name, words)


@ClassInfo({"D-Bus Interface": SESSION})
class SessionKeeper(Keeper):
    """The third."""

    @Slot(str, "uint", str, "uint", result="uint")
    def Inhibit(self, name: str, window: int, words: str, flags: int) -> int:
        """Keep the session busy."""
        return self._ask(name, window, words, flags)


class Desktop:
    """A bus with a desktop's three doors on it."""

    def __init__(self, address: str) -> None:
        self.screen, self.power, self.session = ScreenKeeper(), PowerKeeper(), SessionKeeper()
        self._bus = QDBusConnection.connectToBus(address, "desktop")
        assert self._bus.isConnected()
        for service, path, door in (
            (SCREEN, "/org/freedesktop/ScreenSaver", self.screen),
            (POWER, "/org/freedesktop/PowerManagement/Inhibit", self.power),
            (SESSION, "/org/gnome/SessionManager", self.session),
        ):
            assert self._bus.registerObject(path, door, QDBusConnection.RegisterOption.ExportAllSlots)
            assert self._bus.registerService(service)

    def doors(self) -> list[list[tuple[object, ...]]]:
        """What each was asked."""
        return [self.screen.asked, self.power.asked, self.session.asked]

    def callers(self) -> int:
        """How many others are on the bus now: whoever is not there any more wants nothing."""
        QApplication.processEvents()
        return sum(name.startswith(":") for name in self._bus.interface().registeredServiceNames().value()) - 1


@pytest.fixture(params=["path", "abstract"])
def desktop(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    """A session with a bus of its own; its socket is a file or, as on older systems, has a name only."""
    with tempfile.TemporaryDirectory() as folder:  # the name of a socket is short
        config = tmp_path / "bus.conf"
        config.write_text(BUS.format(address=f"unix:{request.param}={folder}/a%20bus"), encoding="ascii")
        words = ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile", "--print-address"]
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
            assert daemon.stdout is not None
            address = daemon.stdout.readline().strip()
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"tcp:host=elsewhere;{address}")
            yield Desktop(address)
            QDBusConnection.disconnectFromBus("desktop")
            daemon.terminate()


def test_a_meeting_in_session_keeps_the_desktop_awake_until_it_rests(
    desktop: Desktop, early: Held, app_dressed: QApplication, qtbot: Patient
) -> None:
    window = open_console(early)
    assert desktop.callers() == 0  # called, but not opened yet
    name, words = "deliberation-app", "The meeting is in session."
    app_dressed.setApplicationName(name)
    meetings.open_meeting(early.work, early.meeting)
    qtbot.waitUntil(lambda: desktop.doors() == [[(name, words)], [(name, words)], [(name, 0, words, 12)]])
    assert desktop.callers() == 1
    window.chair.read()
    assert desktop.callers() == 1
    meetings.recess(early.work, early.meeting)
    qtbot.waitUntil(lambda: desktop.callers() == 0)
    language.use("zh_CN")
    meetings.resume(early.work, early.meeting)
    qtbot.waitUntil(lambda: [len(asked) for asked in desktop.doors()] == [2, 2, 2])
    assert desktop.screen.asked[1] == (name, "会议正在进行。")
    close_console(window)
    qtbot.waitUntil(lambda: desktop.callers() == 0)


def test_where_no_desktop_hears_nothing_is_said_and_nobody_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = Call(SCREEN, "/", SCREEN, "Inhibit", "ss", ("a", "b"))
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    lines = [Line((call,))]
    lines[0].thread.join()
    for told in ("", "tcp:host=elsewhere", "unix:", "nonsense", f"unix:path={tmp_path}/gone", "unix:path=" + "a" * 200):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", told)
        lines.append(Line((call,)))
        lines[-1].thread.join()  # it has looked where the bus is
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(f"{folder}/bus")
        deaf.listen(0)
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={folder}/bus")
        lines.append(Line((call,)))
        assert lines[-1].thread.is_alive()  # on its own, while everything goes on
        lines[-1].thread.join()
    assert not any(line.thread.is_alive() for line in lines)


def test_windows_stays_awake_until_the_last_meeting_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    states: list[int] = []
    kernel = SimpleNamespace(SetThreadExecutionState=states.append)
    monkeypatch.setattr(stay_awake, "ctypes", SimpleNamespace(windll=SimpleNamespace(kernel32=kernel)), raising=False)
    first, second = stay_awake.OfWindows("one"), stay_awake.OfWindows("another")
    assert states == [0x80000003, 0x80000003]
    first.close()
    assert len(states) == 2
    second.close()
    assert states[2:] == [0x80000000]
