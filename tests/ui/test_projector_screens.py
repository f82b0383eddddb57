"""The second screen is taken away and given back in a real X server while the meeting runs: no window is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from deliberation_app import settings
from tests import patience
from tests.ui.console_meeting import prepare, talk

_PATIENCE = 20.0


@pytest.fixture(params=["openbox", ""])
def screen(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """An X server for two monitors, with a window manager or without; the answer is the environment of a program."""
    with ExitStack() as last:
        number = tmp_path / "display"
        with number.open("w", encoding="ascii") as told:
            words = [
                "Xvfb",
                "-displayfd",
                "1",
                "-screen",
                "0",
                "2732x768x24",
                "+extension",
                "RANDR",
                "-nolisten",
                "tcp",
            ]
            server = subprocess.Popen(words, stdout=told, stderr=subprocess.DEVNULL)
        last.callback(server.wait, _PATIENCE)
        last.callback(server.terminate)
        end = time.monotonic() + _PATIENCE
        while not number.read_text(encoding="ascii").endswith("\n"):
            assert time.monotonic() < end, "the X server did not start"
            time.sleep(0.02)
        environment = {
            **os.environ, "DISPLAY": f":{number.read_text(encoding='ascii').strip()}", "QT_QPA_PLATFORM": "xcb",
            "PYTHONPATH": str(settings.path()), "LC_ALL": "C.UTF-8",
        }  # fmt: skip
        if request.param:
            manager = subprocess.Popen([request.param, "--sm-disable"], env=environment, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)  # fmt: skip
            last.callback(manager.wait, _PATIENCE)
            last.callback(manager.terminate)
        yield environment


@pytest.fixture
def told(screen: dict[str, str], tmp_path: Path) -> dict[str, dict[str, Any]]:
    """What stood where after each step of the story."""
    file = prepare(tmp_path)
    meeting = (tmp_path / "meeting").read_text(encoding="ascii")
    talk(file, meeting)
    words = [sys.executable, "-m", "tests.ui.screens_child", str(file), meeting]
    done = subprocess.run(
        words, env=screen, cwd=settings.path(), capture_output=True, text=True, check=False,
        timeout=5 * patience.SECONDS,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {step["step"]: step for step in map(json.loads, done.stdout.splitlines())}


def test_no_window_is_lost_with_its_screen(told: dict[str, dict[str, Any]]) -> None:
    assert all(step["came"] for step in told.values())
    typed = {name: told.pop(name)["line"] for name in list(told) if name.startswith("typed")}
    assert set(typed.values()) == {"typed"}, typed  # the keyboard stays with the chair
    for step in told.values():
        assert step["console"], step  # the chair's window is always where it can be found
        assert not step["covered"], step  # and the room's never fills its screen
    assert told["one screen"]["monitors"] == ["left"]
    found = told["second screen found"]
    assert (found["room_full"], found["room_screen"], found["console_screen"]) == (True, "right", "left")
    lost = told["second screen lost"]
    assert (lost["room"], lost["room_full"], lost["room_screen"]) == (True, False, "left")
    back = told["second screen given back"]
    assert (back["room_full"], back["room_screen"]) == (True, "right")
    for moment in ("mid vote", "blank", "frozen", "message", "voided"):
        lost, back = told[f"{moment}, lost"], told[f"{moment}, back"]
        assert (lost["room"], lost["room_full"], back["room_full"], back["room_screen"]) == (True, False, True, "right")
        assert lost["said"] == back["said"]  # the room goes on where it was
    for step in ("mirrored", "brought in front"):  # nothing covers the chair's screen, which the room sees
        assert (told[step]["room"], told[step]["room_full"]) == (True, False)
    changed = told["console on the other screen"]
    assert (changed["room_screen"], changed["console_screen"]) == ("left", "right")
    gone = told["the console's screen lost"]
    assert (gone["console_screen"], gone["room"], gone["room_full"]) == ("left", True, False)
    again = told["given back again"]
    assert (again["room_full"], again["console_screen"]) == (True, "left")
