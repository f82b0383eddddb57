"""Talks with CUPS through its own commands: which printers there are, how they are, and what became of a job."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable

from deliberation_app.errors import N_, AppError

_SECONDS = 60
# So long a job is watched; a printer that is at work then goes on without being watched.
_WATCHED, _BETWEEN = 12.0, 0.25
_JOB = re.compile(r"request id is (\S+)")
_STOPPED = re.compile(r"^printer \S+ (?:disabled|is stopped)", re.MULTILINE)

STOPPED = N_("Not printed: the printer {printer} is stopped{reason}. Start it again in the settings of the printers, "
             "then repeat. The paper itself has not changed.")  # fmt: skip
NOT_RUNNING = N_("Not printed: the print system of this computer (CUPS) is not running. Start it or restart the "
                 "computer, then repeat; or save the paper as PDF. The paper itself has not changed.")  # fmt: skip
_REFUSED = N_("Not printed: the printer {printer} does not answer ({reason}). Check it and try again, or save the "
              "paper as PDF first. The record has not changed.")  # fmt: skip
_OFF = N_("Not printed: the printer {printer} does not answer. See that it is switched on and connected, then repeat; "
          "nothing is printed twice.")  # fmt: skip
# What a printer says of itself (RFC 8011, 5.4.12), without the grave ending, and what to do about it.
TROUBLES: tuple[tuple[str, str], ...] = (
    ("media-empty", N_("Not printed: the printer {printer} has no paper. Put some in, then repeat; nothing is printed "
                       "twice.")),
    ("media-needed", N_("Not printed: the printer {printer} has no paper. Put some in, then repeat; nothing is printed "
                        "twice.")),
    ("media-jam", N_("Not printed: paper is jammed in the printer {printer}. Take it out, then repeat; nothing is "
                     "printed twice.")),
    ("cover-open", N_("Not printed: the printer {printer} is open. Close it, then repeat; nothing is printed twice.")),
    ("door-open", N_("Not printed: the printer {printer} is open. Close it, then repeat; nothing is printed twice.")),
    ("toner-empty", N_("Not printed: the printer {printer} has no toner or ink left. Change it, then repeat; nothing "
                       "is printed twice.")),
    ("marker-supply-empty", N_("Not printed: the printer {printer} has no toner or ink left. Change it, then repeat; "
                               "nothing is printed twice.")),
    ("offline", _OFF),
    ("shutdown", _OFF),
    ("timed-out", _OFF),
)  # fmt: skip
_CALLING = "connecting-to-device"


def present() -> bool:
    """Whether this computer has CUPS."""
    return shutil.which("lp") is not None


def printers() -> list[str]:
    """The printers CUPS knows, the usual one first."""
    names = _asked("lpstat", "-e").split()
    usual = _asked("lpstat", "-d").rpartition(": ")[2].strip()
    return sorted(names, key=lambda name: (name != usual, name))


def submit(printer: str, words: list[str], stopped: Callable[[], bool] = lambda: False) -> None:
    """Hand a job to lp and watch it for a while; AppError says why it is not printed, and then it is taken back."""
    if "is not running" in _asked("lpstat", "-r"):
        raise AppError(NOT_RUNNING)
    _refuse_stopped(printer, _asked("lpstat", "-p", printer))
    try:
        done = subprocess.run(
            ["lp", "-d", printer, *words], capture_output=True, text=True, timeout=_SECONDS, check=False, env=_plain()
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise refused(printer, str(error)) from error
    if done.returncode:
        raise refused(printer, (done.stderr or done.stdout).strip().removeprefix("lp: "))
    job = _JOB.search(done.stdout)
    if job is not None:
        _watch(printer, job[1], stopped)


def refused(printer: str, reason: str) -> AppError:
    """The print system said no, in words of its own."""
    return AppError(_REFUSED, printer=printer, reason=reason or "?")


def _watch(printer: str, job: str, stopped: Callable[[], bool]) -> None:
    """Until the job is out, something is wrong with the printer, or it has been at work for long enough."""
    until = time.monotonic() + _WATCHED
    while _waits(printer, job):
        said = _asked("lpstat", "-l", "-p", printer)
        try:
            _refuse_troubled(printer, said, late=time.monotonic() > until)
            if stopped():
                raise AppError(N_("Stopped. What had reached the printer is printed; nothing else changed."))
        except AppError:
            _asked("cancel", job)
            raise
        if time.monotonic() > until:
            return
        time.sleep(_BETWEEN)


def _waits(printer: str, job: str) -> bool:
    return any(line.split()[:1] == [job] for line in _asked("lpstat", "-o", printer).splitlines())


def _refuse_troubled(printer: str, said: str, *, late: bool) -> None:
    _refuse_stopped(printer, said)
    for alert in alerts(said):
        for begins, sentence in TROUBLES:
            if alert.startswith(begins):
                raise AppError(sentence, printer=printer)
        if late and alert.startswith(_CALLING):
            raise AppError(_OFF, printer=printer)


def _refuse_stopped(printer: str, said: str) -> None:
    if _STOPPED.search(said):
        told = [line.strip() for line in said.splitlines()[1:2] if line.startswith("\t")]
        why = told[0] if told and told[0] != "reason unknown" else ""
        raise AppError(STOPPED, printer=printer, reason=f" ({why})" if why and why != "Paused" else "")


def alerts(said: str) -> list[str]:
    """What keeps a printer from printing, from the long answer of lpstat; warnings do not."""
    lines = [line.partition(":")[2] for line in said.splitlines() if line.strip().startswith("Alerts:")]
    return [word for line in lines for word in line.split() if not word.endswith("-warning") and word != "none"]


def _asked(*words: str) -> str:
    """What the print system answers; nothing where it does not."""
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=_SECONDS, check=False, env=_plain())
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout


def _plain() -> dict[str, str]:
    """The environment with the answers of the print system in English, so that they can be read."""
    return {**os.environ, "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "LANGUAGE": "C"}
