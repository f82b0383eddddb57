"""The ways to what is not settled, to the recess and to the end: none of them is a dialog."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from deliberation_app.language import _
from deliberation_app.services import floor, floor_outcome, meetings
from deliberation_app.services.board import Said
from deliberation_app.services.board_picture import Unfinished

if TYPE_CHECKING:
    from deliberation_app.ui.chair_console import ChairConsole
    from deliberation_app.ui.console_frame import ConsoleFrame


class Leads(QObject):
    """Leads to one thing after another, and asks once before the meeting is closed over what is left."""

    def __init__(self, window: ChairConsole) -> None:
        super().__init__(window)
        self.window = window

    @property
    def frame(self) -> ConsoleFrame:
        """The frame of the window."""
        return self.window.frame

    def own_step(self) -> tuple[str, Callable[[], object]] | None:
        """The step of the panel that is shown, before that of the meeting."""
        page = self.frame.page()
        if page == "recess":
            return _("Begin the recess"), self.frame.recess.start
        if page == "outcome":
            return _("Put it on record"), self.frame.outcome.write
        if page == "unfinished" and self.frame.unfinished.asking:
            return _("Close all the same"), self.close_now
        return None

    # Closing

    def close(self) -> None:
        """Close the meeting; what is left is named first, once."""
        board = self.window.chair.board
        if board is not None and board.unfinished and self.frame.page() != "unfinished":
            self.show_unfinished(asking=True)
        else:
            self.close_now()

    def close_now(self) -> None:
        """Close the meeting, whatever is left."""
        chair = self.window.chair
        if chair.do(self.frame, _("The meeting is closed"), meetings.close, chair.meeting_id) is not None:
            self.frame.show_page("talk")
        self.window.acts.show_steps()

    def show_unfinished(self, *, asking: bool = False) -> None:
        """Show what is not settled, or put the list away again."""
        board = self.window.chair.board
        if board is None or board.state not in ("open", "recess"):
            return
        if self.frame.page() == "unfinished" and not asking:
            self.window.chair.wanted.emit("back")
            return
        self.frame.show_page("unfinished")
        self.frame.unfinished.ask(asking=asking and board.state == "open")
        self.window.acts.show_steps()

    # Leading

    def lead(self, one: Unfinished) -> None:
        """Go to where this is settled."""
        {
            "question": self._answer, "promise": self._correct, "vote": self._to_vote, "ballot": self._to_vote,
            "outcome": lambda thing: self.conclude(thing.entry), "entry": lambda thing: self._go_to(thing.entry),
            "queue": self._give, "no_item": self._raise_item,
        }[one.what](one)  # fmt: skip
        self.window.acts.show_steps()

    def _talk(self) -> None:
        self.window.chair.wanted.emit("line")

    def _go_to(self, entry: uuid.UUID | None) -> bool:
        """Make this the entry that is dealt with, and show it."""
        chair = self.window.chair
        board = chair.board
        line = next((one for one in board.entries if one.id == entry), None) if board is not None else None
        if line is None:
            return False
        if line.state != "current":
            said = _("On to: {title}").format(title=line.title)
            if chair.do(self.frame, said, floor.go_to_entry, chair.meeting_id, line.id) is None:
                return False
        self._talk()
        return True

    def _answer(self, one: Unfinished) -> None:
        board = self.window.chair.board
        asked = next((said for said in board.open_questions if said.id == one.target), None) if board else None
        if asked is not None and self._go_to(one.entry):
            self.frame.line.answer(asked)

    def _correct(self, one: Unfinished) -> None:
        if self._go_to(one.entry):
            said = self._said(one.target)
            if said is not None:
                self.frame.line.correct(said)
                self.frame.line.toggle_promise()

    def _said(self, key: uuid.UUID) -> Said | None:
        board = self.window.chair.board
        return next((said for said in board.statements if said.id == key), None) if board is not None else None

    def _to_vote(self, one: Unfinished) -> None:
        if self._go_to(one.entry):
            self.window.chair.wanted.emit("vote")

    def _raise_item(self, one: Unfinished) -> None:
        """Make the place for the tasks, and come back to the list."""
        chair = self.window.chair
        said = _("An item is raised: {title}").format(title=one.text)
        if one.entry is not None:
            chair.do(self.frame, said, floor_outcome.raise_item, one.entry)
            self.frame.unfinished.list.setFocus()

    def _give(self, one: Unfinished) -> None:
        chair = self.window.chair
        said = _("Floor given: {name}").format(name=one.text)
        if chair.do(self.frame, said, floor.give, chair.meeting_id, one.target) is not None:
            self._talk()

    # Conclusion and recess

    def conclude(self, entry: uuid.UUID | None) -> None:
        """Write the conclusion of an entry."""
        if entry is None:
            return
        self.frame.show_page("outcome")
        self.frame.outcome.prepare(entry)
        self.window.acts.show_steps()

    def conclude_current(self) -> None:
        """Write the conclusion of the entry that is dealt with, or put the panel away."""
        board = self.window.chair.board
        if self.frame.page() == "outcome":
            self.window.chair.wanted.emit("back")
        elif board is not None and board.state == "open":
            self.conclude(board.current)

    def recess(self) -> None:
        """Ask for how long the meeting rests, or put the panel away."""
        board = self.window.chair.board
        if board is not None and board.state == "open":
            self.window.chair.wanted.emit("recess")

    def roll_anew(self) -> bool:
        """Whether the meeting goes on on another day and everybody signs in again."""
        board = self.window.chair.board
        return board is not None and any(
            guest.expected and guest.status in ("present", "online") for guest in board.guests
        )
