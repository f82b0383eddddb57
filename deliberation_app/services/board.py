"""The Board: one read-only picture of a live meeting, which console and projector both paint."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from deliberation_app.services import votes_numbers
from deliberation_app.services.board_books import Books
from deliberation_app.services.board_picture import Board, Guest, Motion, Said
from deliberation_app.services.board_rows import MeetingRows
from deliberation_app.services.board_steps import Step
from deliberation_app.services.moments import looked_at
from deliberation_app.services.votes_numbers import Preview, Votes
from deliberation_app.services.work import Work
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.votes import Vote

__all__ = ["Board", "BoardReader", "Guest", "Motion", "Said", "Step", "board"]


def board(work: Work, meeting_id: uuid.UUID) -> Board:
    """Read the whole picture once; a window that stays open keeps a BoardReader."""
    return BoardReader(work, meeting_id).read()


class BoardReader:
    """Reads the board of one meeting again and again; the work is that of what has changed since the last look.

    What lies in the books is right for as long as they have followed every change that the rows have followed.
    """

    def __init__(self, work: Work, meeting_id: uuid.UUID) -> None:
        self._work = work
        self._rows = MeetingRows(work, meeting_id)
        self._books: Books | None = None

    def read(self) -> Board:
        """The picture at this moment."""
        changes = self._rows.follow()
        now = looked_at(self._work, self._rows.meeting)
        # A look that is cut short leaves no books behind, so that the next one writes them anew.
        books, self._books = self._books, None
        if books is None or changes is None or Meeting in changes:  # a meeting opens or closes, and all changes with it
            books = Books(self._rows, now)
        else:
            books.follow(changes, now)
        self._books = books
        return books.picture(now)

    def counted(
        self, vote_id: uuid.UUID, candidates: Votes | None, numbers: Mapping[str, int | None]
    ) -> Preview | None:  # fmt: skip
        """What a vote that is counted came to, without asking the database; None where that must be asked."""
        vote = self._rows.of(Vote).get(vote_id)
        if vote is None or self._books is None:
            return None
        return votes_numbers.counted(vote, self._books.roll.roll, candidates, numbers)
