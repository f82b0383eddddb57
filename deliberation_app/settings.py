"""Where things lie on this computer, and what belongs to this computer rather than to a unit."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import platformdirs

from deliberation_app.errors import N_, AppError, reason_of

# China has one civil time; shown and printed everywhere whatever the computer says.
DISPLAY_ZONE = timezone(timedelta(hours=8), "UTC+08:00")

# On this day the demonstration has a next meeting, something due and something overdue.
DEMONSTRATION_TODAY = date(2026, 10, 20)

THEMES = ("system", "light", "dark")
DENSITIES = ("comfortable", "compact")
SCALES = range(100, 201)
# How loud the clock of a speaker is, in per cent.
VOLUMES = range(101)

_PROGRAM = "deliberation-app"
_CHOICES: dict[str, tuple[object, ...] | range] = {
    "language": ("zh_CN", "zh_TW", "en"),
    "theme": THEMES,
    "density": DENSITIES,
    "scale": SCALES,
    "volume": VOLUMES,
}


def path(*parts: str) -> Path:
    """A file of the program itself (forms/, resources/), in a checkout as in a frozen bundle."""
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parent.parent
    return root.joinpath(*parts)


# postgresql://person:password@computer/name, and ?password=…
_PASSWORD = re.compile(r"(?<=://)(?P<who>[^/@:]*:).*(?=@)|(?<=[?&])(?P<key>password=)[^&#]*")


def shown(place: object) -> str:
    """A database as it was typed, file or URL, but for its password."""
    text = str(place).replace("postgresql+psycopg://", "postgresql://", 1)
    return _PASSWORD.sub(lambda found: (found["who"] or found["key"]) + "***", text)


def data_folder() -> Path:
    """Where this person's databases lie unless another place is named."""
    return platformdirs.user_data_path(_PROGRAM, appauthor=False)


def default_database() -> str:
    """The database of the first use."""
    return str(data_folder() / "deliberation.sqlite")


def demonstration_database() -> str:
    """The database of the demonstration, apart from everything real."""
    return str(data_folder() / "demonstration.sqlite")


def clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def demonstration_clock() -> Callable[[], datetime]:
    """A clock that starts on the demonstration's day at the present time of day, and then runs on."""
    today = datetime.now(DISPLAY_ZONE).date()
    shift = timedelta(days=(DEMONSTRATION_TODAY - today).days)
    return lambda: datetime.now(UTC) + shift


@dataclass
class Settings:
    """What this computer remembers between two starts."""

    language: str = "zh_CN"
    theme: str = "system"
    scale: int = 100  # percent
    density: str = "comfortable"
    database: str = ""  # file or URL of the last use; empty before the first
    unit: str = ""  # id of the unit now chosen
    user: str = ""  # name of the person who works here
    sound: bool = True  # whether the clock of a speaker is heard
    volume: int = 60  # percent
    paper_fonts: str = ""  # the user's own faces for papers, face → file as JSON; empty: those carried with the program
    window: str = ""  # geometry of the main window, base64 as Qt gives it
    file: Path | None = field(default=None, repr=False, compare=False)
    # What a newer version of the program wrote is kept for it.
    unknown: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def save(self) -> None:
        """Write the settings at once and whole; raises AppError where the folder cannot be written."""
        file = self.file or settings_file()
        plain = {name: value for name, value in asdict(self).items() if name in _KEPT}
        part = file.with_name(f"{file.name}.{os.getpid()}.part")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with part.open("w", encoding="utf-8") as out:
                json.dump({**self.unknown, **plain}, out, ensure_ascii=False, indent=1)
                out.flush()
                os.fsync(out.fileno())
            part.replace(file)
        except OSError as error:
            raise AppError(
                N_(
                    "The settings could not be saved in {file} ({reason}). They hold until the program is closed; "
                    "your data are not concerned."
                ),
                file=file,
                reason=reason_of(error),
            ) from error


_KEPT = tuple(one.name for one in fields(Settings) if one.name not in ("file", "unknown"))


def settings_file() -> Path:
    """The file of the settings of this person on this computer."""
    return platformdirs.user_config_path(_PROGRAM, appauthor=False) / "settings.json"


def load(file: Path | None = None) -> tuple[Settings, AppError | None]:
    """The settings, and a sentence where the file was broken: it is then set aside and the defaults hold.

    A single value that makes no sense is replaced by its default without a word.
    """
    file = file or settings_file()
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings(file=file), None
    except OSError as error:
        return Settings(file=file), AppError(
            N_("The settings in {file} cannot be read ({reason}); the usual ones hold for now."),
            file=file,
            reason=reason_of(error),
        )
    except (ValueError, RecursionError):
        return Settings(file=file), _set_aside(file)
    if not isinstance(found, dict):
        return Settings(file=file), _set_aside(file)
    good = {name: found[name] for name in _KEPT if name in found and _makes_sense(name, found[name])}
    unknown = {name: value for name, value in found.items() if name not in _KEPT}
    return Settings(**good, file=file, unknown=unknown), None


def _makes_sense(name: str, value: object) -> bool:
    if type(value) is not type(getattr(Settings, name)):
        return False
    return name not in _CHOICES or value in _CHOICES[name]


def _set_aside(file: Path) -> AppError:
    aside = file.with_name(file.name + ".broken")
    try:
        file.replace(aside)
    except OSError:
        aside = file
    return AppError(
        N_("The settings were unreadable and lie in {file} now; the usual ones hold. Your data are not concerned."),
        file=aside,
    )
