"""Where the keyboard goes back to: the roll before the opening, the numbers of a vote, a motion, else the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from deliberation_app.ui.chair_console import ChairConsole
    from deliberation_app.ui.console_frame import ConsoleFrame

_PLACES = ("vote", "motion", "line")


class Home:
    """Knows in which part was typed last, and leads back there when a panel or a list is left."""

    def __init__(self, window: ChairConsole) -> None:
        self._window = window
        self._last = "line"
        # Over which page of which frame the sheet of keys was opened, and what had the keyboard there.
        self._under: tuple[ConsoleFrame, str, QWidget | None] | None = None

    @property
    def _frame(self) -> ConsoleFrame:
        return self._window.frame

    def note(self, now: QWidget) -> None:
        """The focus is here now."""
        self._last = next((name for name in _PLACES if getattr(self._frame, name).isAncestorOf(now)), self._last)

    def counting(self) -> bool:
        """Whether there are numbers to type."""
        vote = self._frame.vote
        motion = vote.motion()
        return motion is not None and vote.fields is not None and (motion.counts is None or vote.again)

    def in_line(self) -> bool:
        """Whether the statement line has the focus."""
        return self._among(self._frame.line)

    def in_motion(self) -> bool:
        """Whether a motion is being worded, and nothing else was gone to since."""
        here = self._among(self._frame.motion) or QApplication.focusWidget() is None
        return self._frame.preparing and here

    def signing_in(self) -> bool:
        """Whether the meeting is not open yet: then nothing can be typed but who is here."""
        board = self._window.chair.board
        return board is not None and board.state in ("planned", "called")

    def go(self) -> None:
        """To what the meeting waits for: the count, its result, the motion, or what is said."""
        if not self._to_result():
            self._to("vote" if self.counting() else "motion" if self._frame.preparing else "line")

    def _to_result(self) -> bool:
        """A result to be announced stays in sight where a low window has no room for the line beside it."""
        frame, motion = self._frame, self._frame.vote.motion()
        if frame.mode != "narrow" or frame.preparing or motion is None or motion.counts is None or frame.vote.again:
            return False
        frame.show_page("vote")
        if frame.line.isVisible():
            return False
        frame.foot.next.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def under_keys(self) -> None:
        """The sheet of keys is opened: remember over what."""
        self._under = (self._frame, self._frame.page(), QApplication.focusWidget())

    def from_keys(self) -> bool:
        """From the sheet of keys back to the page over which it was opened, as it was; whether there was one."""
        frame, page, at = self._under or (None, "", None)
        if self._frame.page() != "keys" or frame is not self._frame or page in ("talk", "keys"):
            return False
        frame.turn_to(page)
        if at is not None and isValid(at):  # the page may have made its fields anew meanwhile
            at.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def vote_over(self) -> None:
        """The vote is gone, perhaps in another window: where its numbers were typed, the next thing can be typed."""
        at, looked_at = QApplication.focusWidget(), self._frame.page() in ("talk", "vote")
        if self._last != "line" and looked_at and (at is None or isinstance(at, QAbstractButton)):
            self._last = "line"
            self.go()

    def back(self) -> None:
        """To where was typed last, as far as it is still there."""
        line, there = self._frame.line, {"vote": self.counting(), "motion": self._frame.preparing}
        if not there.get(self._last, True):
            self.go()
            return
        kept = _typing(line) if self._last == "line" else None
        self._to(self._last)
        # Whoever has been named since then need not be named again.
        if kept is not None and not (kept is line.who and line.who.person_id()):
            kept.setFocus(Qt.FocusReason.OtherFocusReason)

    def line(self) -> None:
        """To the statement line, also while something is counted."""
        self._to("line")

    def _to(self, name: str) -> None:
        frame = self._frame
        if self.signing_in():
            frame.show_page("roll")
            return
        beside = frame.mode == "narrow" and (name != "line" or frame.vote.motion() is not None)
        frame.show_page("vote" if beside else "talk")
        if name == "line":
            if not frame.line.isVisible():  # a low window has no room for it beside the vote
                frame.show_page("talk")
            if frame.line.isEnabled():
                frame.line.focus_line()
            else:  # in a recess and afterwards nothing is typed, but the keyboard is somewhere
                frame.said.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        part = frame.vote if name == "vote" else frame.motion
        at = _typing(part) or (_first_empty(frame) if name == "vote" else part.motion.editor)
        if at is None:
            frame.vote.fields.start()
        else:
            at.setFocus(Qt.FocusReason.OtherFocusReason)

    @staticmethod
    def _among(part: QWidget) -> bool:
        at = QApplication.focusWidget()
        return at is not None and part.isAncestorOf(at)


def _typing(part: QWidget) -> QWidget | None:
    """What had the focus last in a part, where it is still there to be typed in."""
    at = part.focusWidget()
    usable = at is not None and at.isVisible() and at.isEnabled() and not isinstance(at, QAbstractButton)
    return at if usable else None


def _first_empty(frame: ConsoleFrame) -> QWidget | None:
    """The first number that is not typed yet."""
    return next((one for one in frame.vote.fields.edits() if one.isVisible() and not one.text()), None)
