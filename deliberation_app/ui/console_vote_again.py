"""F9: from elsewhere back to the numbers, there from the start again; behind a verdict a recount with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from deliberation_app.language import _
from deliberation_app.ui import console_ways as ways

if TYPE_CHECKING:
    from deliberation_app.services.board import Board, Motion
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
        counted = [one for one in board.motions if one.counts is not None]
        if panel.motion() is None:
            if counted:
                self._show(board, counted, len(counted) - 1)
        elif panel.again and board.vote is None and len(counted) > 1 and self._untouched():
            at = next((place for place, one in enumerate(counted) if one.id == panel.motion().id), 0)
            self._show(board, counted, (at - 1) % len(counted))
        elif panel.counting():
            self._start_over()
        else:
            panel.recount()

    def _show(self, board: Board, counted: list[Motion], at: int) -> None:
        """Count this one again, of those that were announced on this entry."""
        panel = self._panel
        panel.show_again(board, counted[at])
        panel.recount()
        if len(counted) > 1:
            panel.head.setText(f"{ways.head(counted[at])} · {at + 1}/{len(counted)}")
            panel.recount_button.setText(_("The vote before"))

    def tell(self) -> None:
        """What the key does from now on."""
        self._panel.recount_button.setText(_("Count again"))

    def _untouched(self) -> bool:
        """Whether the chair is in the fields of a recount and has typed nothing yet."""
        panel, typing = self._panel, QApplication.focusWidget()
        among = typing is not None and panel.isAncestorOf(typing)
        return among and not panel.reason.text().strip() and not panel.back.any()

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
