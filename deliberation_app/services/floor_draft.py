"""What stands half-typed in the console of a meeting, so that it outlives a power failure.

It lies in a small file beside the database and not in it: it is no fact of the meeting, must not become a step that
undo takes back nor a line of the log, and belongs to whoever types on this computer, not to the others at work.
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

Draft = dict[str, str]
# Without any of these there is nothing that anybody typed: words said, a day, words for the room, numbers counted,
# a conclusion.
TYPED = ("text", "due", "message", "count", "conclusion")


def place(work: Work, meeting_id: uuid.UUID) -> Path:
    """The file of a meeting's half-typed words: beside the database, or with this person's data for one on a server."""
    file = database.file_of(work.engine.url)
    if file is None:
        return settings.data_folder() / f"line-{meeting_id}.json"
    return file.with_name(f"{file.stem}-line-{meeting_id}.json")


def keep(work: Work, meeting_id: uuid.UUID, draft: Draft) -> None:
    """Keep what stands there; nothing typed takes the file away. A disk that refuses costs only the draft.

    It outlives the program at once, and the computer once it is made to last.
    """
    file = place(work, meeting_id)
    part = file.with_name(f"{file.name}.part")
    with suppress(OSError):
        if not any(draft.get(name) for name in TYPED):
            file.unlink(missing_ok=True)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(draft, ensure_ascii=False), encoding="utf-8")
        part.replace(file)


def make_last(work: Work, meeting_id: uuid.UUID) -> None:
    """Wait until the disk has it."""
    with suppress(OSError), place(work, meeting_id).open("r+b") as written:
        os.fsync(written.fileno())


def kept(work: Work, meeting_id: uuid.UUID) -> Draft:
    """What stood there; empty where nothing did, or the file is broken."""
    try:
        found = json.loads(place(work, meeting_id).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(name): value for name, value in found.items() if isinstance(value, str)}
