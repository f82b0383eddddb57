"""Keeps what is typed while a vote is counted: beside the meeting at once, in it whenever a field is left."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from deliberation_app.services import votes_draft
from deliberation_app.services.floor_draft import Draft
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.kit import run

_PAUSE_MS = 500


class DraftKeeper:
    """Writes the numbers of one vote away; nothing of it is a step that could be taken back."""

    def __init__(self, where: QWidget, chair: Chair, told: Callable[[], dict[str, Any]]) -> None:
        self._where, self._chair, self._told = where, chair, told
        self._vote: uuid.UUID | None = None
        # The vote that is being counted, and what of it lies in the database, where other computers see it too.
        self._counted: uuid.UUID | None = None
        self._written: dict[str, Any] = {}
        self._dropped = False
        chair.drafts.tell("count", self._beside)
        self._soon = QTimer(where, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self.write)

    def note(self, vote_id: uuid.UUID, *, whole: bool = False) -> None:
        """Something was typed for this vote; each key that is an answer of its own, a `whole` one, is kept at once."""
        self._vote = self._counted = self._chair.counting = vote_id
        self._dropped = False
        self._soon.start()
        self._chair.drafts.later()
        if whole:
            self._chair.drafts.keep()

    def write(self) -> None:
        """Write now what has not been written yet."""
        self._soon.stop()
        vote, self._vote = self._vote, None
        if vote is not None:
            self._written = self._told()
            run.act(self._where, votes_draft.keep, self._chair.work, vote, self._written)

    def drop(self) -> None:
        """The numbers are judged: there is nothing to keep any more."""
        self._soon.stop()
        typed = self._counted is not None or bool(self._chair.drafts.read().get("count"))
        self._vote = self._counted = None
        if typed:
            self._dropped = True
            self._chair.drafts.keep()

    def _beside(self) -> Draft:
        if self._counted is not None:
            count, over = json.dumps(self._told()), json.dumps(self._written)
            return {"vote": str(self._counted), "count": count, "over": over}
        return {"vote": "", "count": "", "over": ""} if self._dropped else {}

    def read(self, vote_id: uuid.UUID) -> dict[str, Any]:
        """What was kept for this vote; where another computer has gone on counting since, what that one kept."""
        self._written = run.act(self._where, votes_draft.read, self._chair.work, vote_id) or {}
        beside = self._chair.drafts.read()
        if beside.get("vote") == str(vote_id) and beside.get("over") == json.dumps(self._written):
            return _read(beside.get("count", "")) or self._written
        return self._written


def _read(text: str) -> dict[str, Any]:
    """The numbers that a text holds, none where it is broken."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
