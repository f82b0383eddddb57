"""The roll: people sign in by initials and Enter; leave, absent, on line, out of the room and back again."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from deliberation_app.errors import AppError
from deliberation_app.language import _, render
from deliberation_app.services import floor_roll, gates, people
from deliberation_app.services.board import Board, Guest
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.console_room import present_of, quorum_words, totals_words
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.lists import Row


def _capacity(guest: Guest) -> str:
    return {"observing": _("observer"), "invited": _("invited")}.get(guest.capacity, "")


class RollPanel(QWidget):
    """Everybody on the roll with what can be done for the one chosen."""

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        self.chair = chair
        self._board: Board | None = None
        self._stale = True
        self._acts: dict[str, Callable[[], object]] = {}
        forms.load("console_roll", self)
        self.name.set_find(chair.find)
        self.name.chosen.connect(self._sign_in_found)
        self.name.returnPressed.connect(self._unknown)
        self.name.textEdited.connect(lambda _text: self.new_person.hide())
        self.new_person.hide()
        self.new_person.clicked.connect(self._add_new)
        self.reason_row.hide()
        self.reason.returnPressed.connect(self._leave_with_reason)
        self.show_which.set_options([("all", _("Everybody")), ("expected", _("Not here yet")), ("here", _("Here"))])
        self.show_which.chosen.connect(lambda _which: self._fill())
        self.list.opened.connect(lambda _id: self._here())
        self.list.picked.connect(lambda _id: self._tell_acts())
        self._wire()
        self.done.clicked.connect(lambda: chair.wanted.emit("talk"))
        chair.changed.connect(self.show_board)

    def _wire(self) -> None:
        for button, act in (
            (self.here, self._here), (self.online, self._online), (self.leave, self._ask_reason),
            (self.absent, self._absent), (self.out, self._out), (self.left, self._left),
        ):  # fmt: skip
            button.clicked.connect(act)
        QShortcut(QKeySequence("Ctrl+O"), self, activated=self.online.click)

    def show_error(self, error: AppError, again: Callable[[], object] | None = None) -> None:
        """Say here what went wrong."""
        self.error.show_error(error, again)

    def show_board(self, board: Board) -> None:
        """The roll of the moment."""
        before = self._board
        self._board = board
        early = board.state in ("planned", "called")
        self.open_meeting.setVisible(early)
        if before is None or before.state != board.state or before.meeting.notice_at != board.meeting.notice_at:
            self._tell_gates(early)
        self._stale = self._stale or before is None or (before.room, before.state) != (board.room, board.state)
        if self._stale and self.isVisible():
            self._show()

    def _show(self) -> None:
        """Everybody, read while the panel is in sight; a roll of hundreds is not made anew behind the meeting."""
        board = self._board
        self._stale = False
        present, due = present_of(board)
        self.count.setText(_("{present} of {due} present").format(present=present, due=due))
        self.quorum.show_as(*quorum_words(board))
        self.totals.set_text(totals_words(board))
        self._fill()

    def _tell_gates(self, early: bool) -> None:
        """What stands before the opening; some of it may be passed over with a reason."""
        states = (run.act(self, gates.opening, self.chair.work, self.chair.meeting_id) or ()) if early else ()
        unmet = [state for state in states if state.sentence is not None]
        self.bars.setText("\n".join(render(state.sentence) for state in unmet))
        self.bars.setVisible(bool(unmet))
        self.urgent.setVisible(bool(unmet) and all(state.overridable for state in unmet))

    def reason_to_open(self) -> str:
        """Why the meeting is opened although something is missing."""
        return self.urgent.text() if self.urgent.isVisible() else ""

    def _fill(self) -> None:
        if self._board is None:
            return
        which = self.show_which.current()
        guests = [
            guest for guest in self._board.guests
            if which == "all" or (which == "here" and guest.there) or (which == "expected" and guest.expected)
        ]  # fmt: skip
        self.list.fill([self._row(guest) for guest in guests])
        expected = sum(1 for guest in self._board.guests if guest.expected)
        here = sum(1 for guest in self._board.guests if guest.there)
        self.show_which.words("expected", _("Not here yet {count}").format(count=expected))
        self.show_which.words("here", _("Here {count}").format(count=here))
        self._tell_acts()

    @staticmethod
    def _row(guest: Guest) -> Row:
        said, tone, icon = words.presence(guest)
        hint = " · ".join(part for part in (guest.post, _capacity(guest), guest.reason) if part)
        return Row(str(guest.person_id), guest.name, hint, status=said, status_tone=tone, status_icon=icon)

    def _chosen(self) -> Guest | None:
        key = self.list.current_id()
        guests = self._board.guests if self._board else ()
        return next((guest for guest in guests if str(guest.person_id) == key), None)

    def _tell_acts(self) -> None:
        """Offer what fits the one chosen."""
        guest = self._chosen()
        live = self._board is not None and self._board.state in ("planned", "called", "open", "recess")
        self.reason_row.hide()
        self.who.set_text(guest.name if guest else _("Choose somebody in the list, or type initials above"))
        some = guest is not None and live
        self.here.setText(_("Back in the room") if guest and guest.out else _("Here"))
        self.here.setEnabled(some and not (guest.there and guest.status == "present"))
        self.online.setEnabled(some and not (guest.there and guest.status == "online"))
        self.leave.setEnabled(some and not guest.there)
        self.absent.setEnabled(some and not guest.there and (guest.expected or guest.status != "absent"))
        self.out.setEnabled(some and guest.there)
        self.left.setEnabled(some and (guest.there or guest.out))

    def shown(self) -> None:
        """Ready to take initials."""
        if self._board is not None:
            self._show()
        self.name.clear_person()
        self.name.setFocus()

    def _do(self, said: str, act: Callable[..., object], *values: object, **named: object) -> bool:
        guest = self._chosen()
        if guest is None:
            return False
        done = self.chair.do(
            self, said.format(name=guest.name), act, self.chair.meeting_id, *(values or (guest.person_id,)), **named
        )
        return done is not None

    def _sign_in_found(self, person_id: str, name: str) -> None:
        self.name.clear_person()
        self.new_person.hide()
        key = uuid.UUID(person_id)
        guests = self._board.guests if self._board else ()
        known = any(guest.person_id == key for guest in guests)
        said = _("{name} is here") if known else _("{name} is here as an observer")
        self.chair.do(self, said.format(name=name), floor_roll.sign_in, self.chair.meeting_id, [key])
        self.list.choose(person_id)
        self._tell_acts()

    def _unknown(self) -> None:
        """Nobody of that name: offer to enter the person; the next thing typed takes the place of the name."""
        typed = self.name.text().strip()
        if typed and not self.name.person_id() and not self.chair.find(typed):
            self.new_person.setText(_("Enter “{name}” in the register and sign in").format(name=typed))
            self.new_person.show()
            self.name.selectAll()

    def _add_new(self) -> None:
        typed = self.name.text().strip()
        if self._board is None or not typed:
            return
        unit_id = self._board.meeting.unit_id
        said = _("{name} is entered in the register").format(name=typed)
        added = self.chair.do(self, said, people.add, unit_id, name=typed)
        if added is not None:
            self._sign_in_found(str(added[0]), typed)
            self.name.setFocus()

    def _here(self) -> None:
        guest = self._chosen()
        if guest is None:
            return
        if guest.out:
            self._do(_("{name} is back"), floor_roll.come_back)
        elif not (guest.there and guest.status == "present"):
            self._do(_("{name} is here"), floor_roll.sign_in, [guest.person_id])

    def _online(self) -> None:
        guest = self._chosen()
        if guest is not None:
            self._do(_("{name} takes part on line"), floor_roll.sign_in, [guest.person_id], status="online")

    def _ask_reason(self) -> None:
        self.reason_row.show()
        self.reason.setText("")
        self.reason.setFocus()

    def _leave_with_reason(self) -> None:
        if self._do(_("{name} is on leave"), floor_roll.leave, reason=self.reason.text()):
            self.reason_row.hide()
            self.name.setFocus()

    def _absent(self) -> None:
        self._do(_("{name} is absent"), floor_roll.leave, reason="", status="absent")

    def _out(self) -> None:
        self._do(_("{name} stepped out"), floor_roll.step_out)

    def _left(self) -> None:
        self._do(_("{name} left for good"), floor_roll.sign_out)
