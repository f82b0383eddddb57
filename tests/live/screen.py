"""A screen of its own with a small window manager, a keyboard that has the Chinese characters wanted, and keys pressed.

An input method gives Chinese to a program as key events too; here each character lies on a key that nobody uses.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from PIL import ImageGrab

from tests import patience

# Seconds until somebody says that the program hangs; a busy machine needs some.
PATIENCE = patience.SECONDS
# Keysyms of letters, digits, cursor, function and modifier keys, which stay where they are.
_KEPT = ((0x20, 0x7E), (0xFF08, 0xFF57), (0xFFBE, 0xFFC9), (0xFFE1, 0xFFEE))
_UNICODE = 0x1000000
_FIRST_KEY, _LAST_KEY = 8, 255


class Stuck(AssertionError):
    """The program did not come to where it should be; the message says what was waited for."""


def wait(until: Callable[[], Any], what: str, seconds: float = PATIENCE) -> Any:
    """Look until it is so; the answer is what `until` gave."""
    end = time.monotonic() + seconds
    while not (found := until()):
        if time.monotonic() > end:
            raise Stuck(what)
        time.sleep(0.01)
    return found


class Screen:
    """Presses keys on one screen and looks for windows there."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment

    def xdotool(self, *words: str) -> list[str]:
        """What xdotool answers; nothing when it finds nothing."""
        done = subprocess.run(
            ["xdotool", *words], env=self.environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        return done.stdout.split()

    def window(self, title: str, pid: int) -> str:
        """The visible window of a program whose title is this, "" while there is none."""
        found = self.xdotool("search", "--onlyvisible", "--all", "--pid", str(pid), "--name", f"^{title}$")
        return found[-1] if found else ""

    def activate(self, window: str) -> None:
        """Give a window the keyboard."""
        self.xdotool("windowactivate", "--sync", window)

    def press(self, keys: Iterable[str | dict[str, str]], delay: int = 8) -> None:
        """Press keys, and type words given as {"type": words}, faster than a quick hand and without looking."""
        words: list[str] = []
        for key in keys:
            if not isinstance(key, str):
                # Each sign by its own name: what looks like an option or a number is a sign too.
                words += ["key", "--delay", str(delay), *(f"U{ord(sign):04X}" for sign in key["type"])]
                continue
            *held, last = key.split("+")
            # A capital letter would hold Shift down besides.
            last = last.lower() if len(last) == 1 else last
            words += ["key", "--delay", str(delay), "+".join((*(one.lower() for one in held), last))]
        if words:
            self.xdotool(*words)

    def picture(self, file: Path) -> Path:
        """Keep what is on the screen in this file."""
        ImageGrab.grab(xdisplay=self.environment["DISPLAY"]).save(file)
        return file


@contextmanager
def screen(folder: Path, signs: str) -> Iterator[Screen]:
    """A new screen of 1366 × 768 whose keyboard has these signs."""
    with ExitStack() as last:
        number = folder / "display"
        with number.open("w", encoding="ascii") as told:
            server = subprocess.Popen(
                ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"],
                stdout=told, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        last.callback(_end, server)
        wait(lambda: number.read_text(encoding="ascii").endswith("\n"), "a screen (Xvfb)")
        display = f":{number.read_text(encoding='ascii').strip()}"
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8"}
        environment.pop("WAYLAND_DISPLAY", None)
        # Before the window manager, which reads its files anew at every change of the keyboard.
        put_on_keys(display, sorted({sign for sign in signs if not sign.isascii()}))
        manager = subprocess.Popen(["openbox", "--sm-disable"], env=environment, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)  # fmt: skip
        last.callback(_end, manager)
        made = Screen(environment)
        wait(lambda: made.xdotool("get_num_desktops"), "a window manager (openbox)")
        yield made


def _end(process: subprocess.Popen[Any]) -> None:
    process.kill()
    process.wait(PATIENCE)


def put_on_keys(display: str, signs: list[str]) -> None:
    """Give every sign a key of its own among those that have no use here, all in one change."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XGetKeyboardMapping.restype = ctypes.POINTER(ctypes.c_ulong)
    x11.XGetKeyboardMapping.argtypes = [ctypes.c_void_p, ctypes.c_ubyte, ctypes.c_int, ctypes.POINTER(ctypes.c_int)]
    x11.XChangeKeyboardMapping.argtypes = [ctypes.c_void_p, *[ctypes.c_int] * 2, ctypes.c_void_p, ctypes.c_int]
    opened = ctypes.c_void_p(wait(lambda: x11.XOpenDisplay(display.encode("ascii")), "the screen's keyboard"))
    each = ctypes.c_int()
    count = _LAST_KEY - _FIRST_KEY + 1
    keysyms = x11.XGetKeyboardMapping(opened, _FIRST_KEY, count, ctypes.byref(each))
    free = [key for key in range(count - 1, 0, -1) if not _in_use(keysyms[key * each.value])]
    assert len(signs) <= len(free), f"{len(signs)} signs, and keys for {len(free)}"
    for key, sign in zip(free, signs, strict=False):
        for at in range(each.value):
            keysyms[key * each.value + at] = _UNICODE + ord(sign) if at < 2 else 0
    x11.XChangeKeyboardMapping(opened, _FIRST_KEY, each.value, keysyms, count)
    x11.XSync(opened, 0)
    x11.XCloseDisplay(opened)


def _in_use(keysym: int) -> bool:
    return any(first <= keysym <= last for first, last in _KEPT)
