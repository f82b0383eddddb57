"""What stands half-typed anywhere in the console, kept a moment after a key, so that it outlives a power failure."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from deliberation_app.services import floor_draft
from deliberation_app.services.floor_draft import Draft
from deliberation_app.services.work import Work

# From the first key that is not kept yet until it is: a quick hand is not slowed down, and nobody types much meanwhile.
SOON_MS = 200
# From the last key until the disk is made to write it: that may take as long as several keys.
LASTING_MS = 600


class Drafts(QObject):
    """One small file for one meeting; parts tell what stands in them, and read what stood there when all ended."""

    def __init__(self, work: Work, meeting_id: uuid.UUID) -> None:
        super().__init__()
        self._work, self._meeting = work, meeting_id
        self._parts: dict[str, Callable[[], Draft]] = {}
        self._draft: Draft | None = None
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.keep)
        self._rest = QTimer(self, singleShot=True, interval=LASTING_MS)
        self._rest.timeout.connect(self._make_last)

    def tell(self, name: str, told: Callable[[], Draft]) -> None:
        """From now on `told` says what stands in this part."""
        self._parts[name] = told

    def read(self) -> Draft:
        """What stood there last."""
        if self._draft is None:
            self._draft = floor_draft.kept(self._work, self._meeting)
        return self._draft

    def later(self) -> None:
        """Something was typed: keep it in a moment, however quickly the next key follows."""
        if not self._soon.isActive():
            self._soon.start()
        self._rest.start()

    def keep(self) -> None:
        """Keep it now."""
        self._soon.stop()
        now = dict(self.read())
        for told in self._parts.values():
            now |= told()
        if now != self._draft:
            self._draft = now
            floor_draft.keep(self._work, self._meeting, now)

    def _make_last(self) -> None:
        self.keep()
        floor_draft.make_last(self._work, self._meeting)

    def leave(self) -> None:
        """The window is closed."""
        if self._soon.isActive() or self._rest.isActive():
            self._rest.stop()
            self._make_last()
        self._parts.clear()  # the parts go with the window, and what they still tell meanwhile is nobody's
