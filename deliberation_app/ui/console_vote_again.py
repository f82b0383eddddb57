"""F9: from elsewhere back to the numbers, there from the start again; behind a verdict a recount with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from deliberation_app.language import _

if TYPE_CHECKING:
    from deliberation_app.services.board import Board
    from deliberation_app.ui.console_vote import VotePanel


class CountAgain:
    """Has the open vote counted anew, or one that is counted already counted again."""

    def __init__(self, panel: VotePanel) -> None:
        self._panel = panel

    def ask(self) -> None:
        """Before judging: type anew. Afterwards: count again with the reason."""
        panel = self._panel
        board = panel.chair.board
        if board is None or board.state != "open":
            return
        if panel.motion() is None and not self._last(board):
            return
        if panel.counting():
            self._start_over()
            return
        panel.recount()

    def _last(self, board: Board) -> bool:
        """Show the vote that was announced last on this entry."""
        counted = [one for one in board.motions if one.counts is not None]
        if counted:
            self._panel.show_again(board, counted[-1])
        return bool(counted)

    def _start_over(self) -> None:
        """Numbers are put away only where the chair sees them, and it is told how they come back."""
        panel, typing = self._panel, QApplication.focusWidget()
        among = typing is not None and panel.fields.isAncestorOf(typing)
        if panel.again or not among or panel.fields.untouched():
            panel.chair.wanted.emit("vote")
            panel.fields.resume()
            return
        panel.back.seal()
        panel.fields.empty()
        panel.fields.start()
        panel.chair.told.emit(_("Counted from the start; Ctrl+Z brings back what stood there"))
