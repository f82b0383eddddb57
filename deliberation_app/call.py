"""One command as it was given: its database opened, its progress shown."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from deliberation_app import cli, settings
from deliberation_app.errors import AppError
from deliberation_app.services.work import Work, open_work
from deliberation_app.settings import Settings

# A database in memory, gone when it is closed.
NOWHERE = "sqlite://"


@dataclass(frozen=True)
class Call:
    """One command as it was given, what this computer remembers, and how to open the window afterwards."""

    arguments: Namespace
    kept: Settings
    open_window: Callable[[str, Settings], int]


@contextmanager
def opened(call: Call, *, make: bool = False) -> Iterator[Work]:
    """The database that was named or that of the last use, remembered for the next time.

    Only with `make` is one made where there is none: a mistyped name is no empty database. On a computer that never
    had one, whoever reads finds nothing, and nothing is left behind.
    """
    place = call.arguments.database or call.kept.database
    first = settings.default_database()
    nothing_yet = not place and not make and not Path(first).exists()
    place = NOWHERE if nothing_yet else place or first
    work = open_work(place, clock=settings.clock, user_name=call.kept.user, make=make)
    try:
        if not nothing_yet:
            remember(call.kept, place)
        yield work
    finally:
        work.close()


def there(call: Call) -> bool:
    """Whether the database that would be opened is there already, as far as that can be known without asking it."""
    place = call.arguments.database or call.kept.database or settings.default_database()
    return "://" in place or Path(place).expanduser().exists()


def remember(kept: Settings, place: str) -> None:
    """Keep which database was used last; a computer that cannot keep it asks for --database again."""
    place = cli.whole_place(place)
    if kept.database != place:
        kept.database = place
        with suppress(AppError):
            kept.save()


@contextmanager
def progress(words: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, nothing in a pipe."""
    with tqdm(desc=words, disable=None, leave=False, unit="") as bar:

        def report(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield report
