"""Whether the same database is open in another window of the program on this computer."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from deliberation_app.errors import N_, AppError
from deliberation_app.services.work import Work
from deliberation_app.storage.claim import claim

# What this run of the program holds until it ends.
_held: dict[Path, int] = {}


def elsewhere(work: Work) -> AppError | None:
    """What to say where another run of the program was here first; otherwise this one holds the database from now on.

    Nothing goes wrong with two: each sees what the other saves. But people look at one and type in the other.
    """
    file = work.head_file
    if file is None or file in _held:
        return None
    with suppress(OSError):  # where nothing can be written nobody is in the way of anybody
        opened = claim(file)
        if opened is None:
            return AppError(
                N_("The program is open already on this computer, with the same data. Nothing is lost: both save and "
                   "show the same. Please close this window and go on in the other.")
            )  # fmt: skip
        _held[file] = opened
    return None
