"""Two soft sounds, played by what the system has; the eye is always told too, and once that nothing can be heard."""

from __future__ import annotations

import shutil
import sys
import tempfile
import wave
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal
from PySide6.QtWidgets import QApplication

from deliberation_app import settings

if sys.platform == "win32":
    import winsound

SOUNDS = ("soon", "over")
# Players in the order in which they are tried; each is part of a usual desktop.
_PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"), ("afplay",), ("play", "-q"))


@dataclass
class Loudness:
    """Whether sounds are heard, and how loud in per cent; one for the program."""

    on: bool = True
    volume: int = 60


loudness = Loudness()


class Silence(QObject):
    """Whether this computer can play no sound; `found` comes once, when that is first seen."""

    found = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.known = False

    def tell(self) -> None:
        """No player could play: the plain beep of the screen is tried, and nobody is told twice."""
        QApplication.beep()
        if not self.known:
            self.known = True
            self.found.emit()


silence = Silence()


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Gone with the program."""
    return tempfile.TemporaryDirectory(prefix="deliberation-sound-", ignore_cleanup_errors=True)


@cache
def file_of(name: str, volume: int) -> Path:
    """The sound at this volume: not every player knows one, so the samples themselves are made softer."""
    source = settings.path("resources", "sounds", f"{name}.wav")
    if volume >= 100:
        return source
    made = Path(_folder().name) / f"{name}-{volume}.wav"
    with wave.open(str(source), "rb") as heard:
        told = heard.getparams()
        loud = array("h", heard.readframes(told.nframes))
    with wave.open(str(made), "wb") as out:
        out.setparams(told)
        out.writeframes(array("h", (one * volume // 100 for one in loud)).tobytes())
    return made


def play(name: str) -> None:
    """Play a sound and go on at once; what cannot be played stops nobody."""
    if not loudness.on or loudness.volume <= 0:
        return
    try:
        file = file_of(name, loudness.volume)
    except (OSError, wave.Error, EOFError):
        silence.tell()
        return
    play_file(file)


def _play_windows(file: Path) -> None:
    try:
        winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
    except RuntimeError:
        silence.tell()


def _play_by_program(file: Path) -> None:
    Playing(file, [[*player, str(file)] for player in _PLAYERS if shutil.which(player[0])])


play_file: Callable[[Path], None] = _play_windows if sys.platform == "win32" else _play_by_program


class Playing(QObject):
    """One sound under way in a program of the system; one that fails gives way to the next, the last to a beep."""

    def __init__(self, file: Path, commands: list[list[str]]) -> None:
        super().__init__(QApplication.instance())
        self.file = file
        self._commands = commands
        self._process: QProcess | None = None
        self._next()

    def _next(self) -> None:
        if not self._commands:
            silence.tell()
            self.deleteLater()
            return
        program, *rest = self._commands.pop(0)
        self._process = QProcess(self)
        self._process.setStandardOutputFile(QProcess.nullDevice())
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._failed)
        self._process.start(program, rest)

    def _finished(self, code: int, how: QProcess.ExitStatus) -> None:
        if code or how != QProcess.ExitStatus.NormalExit:
            self._next()
        else:
            self.deleteLater()

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._next()
