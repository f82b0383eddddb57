"""One command as it was given: its database opened, its progress shown."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from tqdm import tqdm

from deliberation_app import cli, settings
from deliberation_app.errors import AppError
from deliberation_app.services.work import Work, open_work
from deliberation_app.settings import Settings


@dataclass(frozen=True)
class Call:
    """One command as it was given, what this computer remembers, and how to open the window afterwards."""

    arguments: Namespace
    kept: Settings
    open_window: Callable[[str, Settings], int]


@contextmanager
def opened(call: Call) -> Iterator[Work]:
    """The database that was named or that of the last use, remembered for the next time."""
    place = call.arguments.database or call.kept.database or settings.default_database()
    work = open_work(place, clock=settings.clock, user_name=call.kept.user)
    try:
        remember(call.kept, place)
        yield work
    finally:
        work.close()


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
