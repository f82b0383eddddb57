"""What every part of the console is given: the meeting as it is now, the way to do an act, and news of changes."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from deliberation_app.errors import OutOfReach
from deliberation_app.language import _
from deliberation_app.services import board_before, people_find, votes_numbers
from deliberation_app.services.board import Board, BoardReader, Motion
from deliberation_app.services.votes import Preview
from deliberation_app.services.work import Work
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.ui.console_clock import ClockWatch
from deliberation_app.ui.console_drafts import Drafts
from deliberation_app.ui.kit import run

PARTS = frozenset({"floor", "votes", "meetings", "people", "agenda", "voices"})


class Chair(QObject):
    """One meeting under way: reads its board when something changed, and runs the acts of the chair.

    `changed` brings the new board, `told` a sentence on what was just done, `remarked` one on what is no act,
    `wanted` the name of a panel to show; `overtaken` comes when this person's last act was done elsewhere, in another
    window or run of the program.
    """

    changed = Signal(object)
    told = Signal(str)
    remarked = Signal(str)
    wanted = Signal(str)
    overtaken = Signal()
    saved = Signal()
    _came = Signal(object)

    def __init__(self, work: Work, meeting_id: uuid.UUID) -> None:
        super().__init__()
        self.work = work
        self.meeting_id = meeting_id
        self.board: Board | None = None
        self.drafts = Drafts(work, meeting_id)
        self.watch = ClockWatch()
        # The vote for which numbers are typed here: the room is not asked to vote any more.
        self.counting: uuid.UUID | None = None
        # Whether the last act could not be written.
        self.unsaved = False
        self._judged: tuple[Motion | None, Preview | None] = (None, None)
        self._reader = BoardReader(work, meeting_id)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._read_news)
        # The line of the log that the sentence told last belongs to.
        self._told_line: int | None = None
        self.told.connect(self._told_now)
        self._came.connect(self._hear)
        self._stop = work.changed(self._came.emit)
        self._where: QWidget | None = None

    def show_errors_on(self, where: QWidget) -> None:
        """Where it is said that the meeting could not be read."""
        self._where = where

    def read(self) -> None:
        """Look at the meeting, and tell everybody what it is like now."""
        board = self._reader.read() if self._where is None else run.act(self._where, self._reader.read)
        if board is not None:
            self.board = board
            self.changed.emit(board)

    def _told_now(self, _words: str) -> None:
        self._told_line = self.work.last_line

    def _read_news(self) -> None:
        self.read()
        if run.act(self._where, board_before.overtaken, self.work, self._told_line):
            self.overtaken.emit()

    def _hear(self, parts: frozenset[str]) -> None:
        if not parts.isdisjoint(PARTS):
            self._soon.start()

    def do(self, where: QWidget, words: str, act: Callable[..., Any], *values: Any, **named: Any) -> tuple[Any] | None:
        """Do an act on the work; its answer comes in a tuple, None where it was refused and the reason is shown."""
        before = self.work.last_line
        done = run.act(where, lambda: (self.written(act, self.work, *values, **named),))
        if done is not None:
            if self.work.last_line == before:  # undo would take back an older act than the one it stands beside
                self.remarked.emit(_("It stood like that already; nothing was changed."))
            else:
                self.told.emit(words)
            if self._soon.isActive():  # what was done is seen at once, not in the next round of the loop
                self._soon.stop()
                self.read()
        return done

    def written(self, act: Callable[..., Any], *values: Any, **named: Any) -> Any:
        """Do an act; whether it could be kept is told where the saved steps are."""
        before = self.work.last_line
        try:
            done = act(*values, **named)
        except OutOfReach:
            self.unsaved = True
            self.saved.emit()
            raise
        if self.unsaved and self.work.last_line != before:
            self.unsaved = False
            self.saved.emit()
        return done

    def judged(self, motion: Motion) -> Preview | None:
        """The verdict on a vote that is counted, the same for every window, judged once for each count."""
        if motion.counts is None:
            return None
        if self._judged[0] != motion:
            numbers = {name.replace("_m2", ""): value for name, value in motion.counts.items()}
            papers = {"ballots_issued": motion.issued, "ballots_returned": motion.returned,
                      "written_opinions": motion.written}  # fmt: skip
            named = {one.person_id: (one.in_favour, one.against or 0, one.abstain or 0) for one in motion.nominees}
            preview = self._reader.counted(motion.id, named or None, {**numbers, **papers})
            if preview is None:
                preview = votes_numbers.preview(self.work, motion.id, named or None, **numbers, **papers)
            self._judged = (motion, preview)
        return self._judged[1]

    def find(self, text: str) -> list[tuple[str, str, str]]:
        """People whose name fits, those of this meeting first."""
        if self.board is None:
            return []
        found = people_find.find(self.work, self.board.meeting.unit_id, text, meeting_id=self.meeting_id)
        return [(str(one.id), one.name, one.hint) for one in found]

    def now(self) -> datetime:
        """The moment, in the one civil time of the country."""
        return self.work.clock().astimezone(DISPLAY_ZONE)

    def today(self) -> date:
        """The day."""
        return self.now().date()

    def leave(self) -> None:
        """Hear no more news."""
        self.drafts.leave()
        self._stop()
        self._soon.stop()
