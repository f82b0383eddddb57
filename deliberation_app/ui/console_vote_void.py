"""F12: the open vote is void; once something was counted it asks why, and the reason is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deliberation_app.language import _
from deliberation_app.services import votes

if TYPE_CHECKING:
    from deliberation_app.ui.console_vote import VotePanel


class Voiding:
    """Takes the vote of a panel back."""

    def __init__(self, panel: VotePanel) -> None:
        self._panel = panel

    def tell(self) -> None:
        """Whether the vote can be taken back: one that was announced stays on record."""
        board = self._panel.chair.board
        self._panel.void_button.setVisible(board is not None and board.vote is not None and not board.counted_again)

    def ask(self) -> None:
        """Take the open vote back, with the reason where one is needed."""
        panel = self._panel
        board = panel.chair.board
        if board is None or board.vote is None:
            return
        if board.counted_again:
            panel.say_wrong(_("An announced vote stays on record; it can be counted again."))
            return
        counted = board.vote.counts is not None or not panel.fields.untouched() or panel.second.first is not None
        if counted and not panel.void_reason.isVisibleTo(panel):
            panel.void_reason.setText("")
            panel.void_reason.show()
            panel.void_reason.setFocus()
            panel.bring(panel.void_reason)
            return
        if counted and not panel.void_reason.text().strip():
            panel.say_wrong(_("Say why the vote is void; the reason is printed in the record."))
            panel.void_reason.setFocus()
            return
        panel.keeper.drop()
        said, reason = _("The vote is void"), panel.void_reason.text()
        if panel.chair.do(panel, said, votes.void, board.vote.id, reason) is not None:
            panel.chair.wanted.emit("line")
