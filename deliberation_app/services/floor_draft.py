"""What stands half-typed in the console of a meeting, so that it outlives a power failure.

It lies in a small file beside the database and not in it: it is no fact of the meeting, must not become a step that
undo takes back nor a line of the log, and belongs to whoever types in this run of the program. Another run neither
shows nor notes it; one that starts after this one has ended takes it over.
"""

from __future__ import annotations

import json
import os
import uuid
from contextlib import suppress
from pathlib import Path

from deliberation_app import settings
from deliberation_app.services.work import Work
from deliberation_app.storage import database
from deliberation_app.storage.claim import claim

Draft = dict[str, str]
# Without any of these there is nothing that anybody typed: words said, a day, words for the room, numbers counted,
# a conclusion, a motion.
TYPED = ("text", "due", "message", "count", "conclusion", "motion")
# This run of the program, and the locks by which others see that it has not ended.
_RUN = uuid.uuid4().hex[:12]
_held: dict[Path, int] = {}


def place(work: Work, meeting_id: uuid.UUID) -> Path:
    """This run's file of a meeting's half-typed words: beside the database, or with this person's data for a server."""
    file = database.file_of(work.engine.url)
    if file is None:
        return settings.data_folder() / f"line-{meeting_id}-{_RUN}.json"
    return file.with_name(f"{file.stem}-line-{meeting_id}-{_RUN}.json")


def keep(work: Work, meeting_id: uuid.UUID, draft: Draft) -> None:
    """Keep what stands there; nothing typed takes the file away. A disk that refuses costs only the draft.

    It outlives the program at once, and the computer once it is made to last.
    """
    file = place(work, meeting_id)
    part = file.with_name(f"{file.name}.part")
    with suppress(OSError):
        if not any(draft.get(name) for name in TYPED):
            file.unlink(missing_ok=True)
            _let_go(file)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        _claim(file)
        part.write_text(json.dumps(draft, ensure_ascii=False), encoding="utf-8")
        part.replace(file)


def make_last(work: Work, meeting_id: uuid.UUID) -> None:
    """Wait until the disk has it."""
    with suppress(OSError), place(work, meeting_id).open("r+b") as written:
        os.fsync(written.fileno())


def kept(work: Work, meeting_id: uuid.UUID) -> Draft:
    """What stood there in this run, or in one that has ended; empty where nothing did, or the file is broken."""
    file = place(work, meeting_id)
    try:
        if not file.exists():
            _take_over(file)
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(name): value for name, value in found.items() if isinstance(value, str)}


def _take_over(file: Path) -> None:
    """The newest that a run left behind which has ended is this run's from now on."""
    begins = file.name.removesuffix(f"-{_RUN}.json")
    left = [one for one in file.parent.iterdir() if one.name.startswith(begins) and one.suffix == ".json"]
    for one in sorted(left, key=lambda one: one.stat().st_mtime, reverse=True):
        if not _claim(one):
            continue
        try:
            _claim(file)
            one.replace(file)
            return
        except FileNotFoundError:  # another run has just been faster
            _let_go(file)
        finally:
            _let_go(one)


def _claim(file: Path) -> bool:
    """Hold a draft for as long as this run lasts; false where another run that has not ended holds it."""
    if file in _held:
        return True
    # A disk without locks: better a draft that is offered twice than one that is lost.
    opened = claim(_lock_of(file))
    if opened is not None:
        _held[file] = opened
    return opened is not None


def _let_go(file: Path) -> None:
    opened = _held.pop(file, None)
    if opened is not None:
        os.close(opened)
        with suppress(OSError):
            _lock_of(file).unlink(missing_ok=True)


def _lock_of(file: Path) -> Path:
    return file.with_suffix(".lock")
