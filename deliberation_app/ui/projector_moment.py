"""What the room is shown: the moment of the meeting, or what the chair put in its place; the same for every window."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject

from deliberation_app.services.board import Board
from deliberation_app.services.votes import Preview
from deliberation_app.ui import projector_scenes
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.kit import rare_faces, run
from deliberation_app.ui.projector_beside import answered
from deliberation_app.ui.projector_canvas import Canvas


class RoomMoment(QObject):
    """Follows the chair's board; while the screen is frozen it keeps what stood there."""

    def __init__(self, chair: Chair) -> None:
        super().__init__(chair)
        self.chair = chair
        self._last: tuple[Board, datetime, Preview | None] | None = None
        self._kept: tuple[Board, datetime, Preview | None] | None = None
        self._named = 0
        chair.changed.connect(self._follow)

    def _follow(self, board: Board) -> None:
        if len(board.guests) != self._named:  # their names are shown by both windows
            self._named = len(board.guests)
            rare_faces.prepare(one.name for one in board.guests)
        if board.screen.mode == "frozen":
            if self._kept is None:
                self._kept = self._last
        else:
            self._kept = None
            self._last = (board, self.chair.now(), self._judged(board))

    def _judged(self, board: Board) -> Preview | None:
        motion = board.result
        if motion is None or motion.counts is None:
            return None
        return run.act(self, self.chair.judged, motion)

    def show_error(self, *_error: object) -> None:
        """The room is not told of errors; the console is."""

    def mode(self) -> str:
        """blank, frozen, message, or nothing while the room follows the meeting."""
        return self.chair.board.screen.mode if self.chair.board is not None else ""

    def state(self) -> object:
        """What a person in the room would notice when it changes."""
        board = self.chair.board
        if board is None or board.screen.mode == "frozen":
            return board.screen if board is not None else None
        now = self.chair.now()
        left = board.speaker.left(now) if board.speaker is not None else None
        return (
            board.screen, board.state, board.current, board.vote, board.speaker, left, board.queue[:2], board.options,
            board.quorum, board.room, board.open_questions[-1:], answered(board), now.hour, now.minute,
            board.meeting.title, board.entries, board.resumes_at, board.series, board.result, board.counted_again,
            self.chair.counting,
            # A comparison is shown until somebody speaks again; what was promised stands there at the end.
            len(board.statements) if board.series is not None else 0,
            (board.promises, len(board.open_questions)) if board.state == "closed" else (),
        )  # fmt: skip

    def compose(self, width: float) -> Canvas:
        """What is painted of it, 1080 high and so wide."""
        board, now = self.chair.board, self.chair.now()
        if board is None:
            return Canvas(width)
        mode = board.screen.mode
        if mode == "frozen" and self._kept is not None:
            kept, at, preview = self._kept
            return projector_scenes.compose(width, kept, at, lambda: preview, self.chair.counting)
        if mode:
            return projector_scenes.compose_instead(width, board, mode, now)
        return projector_scenes.compose(width, board, now, lambda: self._judged(board), self.chair.counting)
