"""Keeps what is typed while a vote is counted: half a second after the last key, and whenever a field is left."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from deliberation_app.services import votes_draft
from deliberation_app.services.work import Work
from deliberation_app.ui.kit import run

_PAUSE_MS = 500


class DraftKeeper:
    """Writes the numbers of one vote away; nothing of it is a step that could be taken back."""

    def __init__(self, where: QWidget, work: Work, told: Callable[[], dict[str, Any]]) -> None:
        self._where, self._work, self._told = where, work, told
        self._vote: uuid.UUID | None = None
        self._soon = QTimer(where, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self.write)

    def note(self, vote_id: uuid.UUID) -> None:
        """Something was typed for this vote."""
        self._vote = vote_id
        self._soon.start()

    def write(self) -> None:
        """Write now what has not been written yet."""
        self._soon.stop()
        vote, self._vote = self._vote, None
        if vote is not None:
            run.act(self._where, votes_draft.keep, self._work, vote, self._told())

    def drop(self) -> None:
        """The numbers are judged: there is nothing to keep any more."""
        self._soon.stop()
        self._vote = None

    def read(self, vote_id: uuid.UUID) -> dict[str, Any]:
        """What was kept for this vote."""
        return run.act(self._where, votes_draft.read, self._work, vote_id) or {}
