"""What stands half-typed in the statement line of a meeting, so that it outlives a power failure.

It lies in a small file beside the database and not in it: it is no fact of the meeting, must not become a step that
undo takes back nor a line of the log, and belongs to whoever types on this computer, not to the others at work.
"""

from __future__ import annotations

import json
import os
import uuid
from pathlib import Path

from deliberation_app import settings
from deliberation_app.services.work import Work
from deliberation_app.storage import database

Draft = dict[str, str]


def place(work: Work, meeting_id: uuid.UUID) -> Path:
    """The file of a meeting's half-typed words: beside the database, or with this person's data for one on a server."""
    file = database.file_of(work.engine.url)
    if file is None:
        return settings.data_folder() / f"line-{meeting_id}.json"
    return file.with_name(f"{file.stem}-line-{meeting_id}.json")


def keep(work: Work, meeting_id: uuid.UUID, draft: Draft) -> None:
    """Keep what stands in the line; nothing there takes the file away. A disk that refuses costs only the draft."""
    file = place(work, meeting_id)
    part = file.with_name(f"{file.name}.part")
    try:
        if not any(draft.get(name) for name in ("text", "due")):
            file.unlink(missing_ok=True)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8") as out:
            json.dump(draft, out, ensure_ascii=False)
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)
    except OSError:
        return


def kept(work: Work, meeting_id: uuid.UUID) -> Draft:
    """What stood in the line; empty where nothing did, or the file is broken."""
    try:
        found = json.loads(place(work, meeting_id).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(name): value for name, value in found.items() if isinstance(value, str)}
