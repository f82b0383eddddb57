"""What the keys and the next step of the console do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut

from deliberation_app.errors import AppError, NotFound
from deliberation_app.language import _, render
from deliberation_app.services import board_before, floor, meetings
from deliberation_app.services.board import Said, Step
from deliberation_app.ui import console_screen
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_leads import Leads
from deliberation_app.ui.console_line_check import give_up_name
from deliberation_app.ui.kit import run
from deliberation_app.ui.projector_moment import RoomMoment
from deliberation_app.ui.projector_place import RoomPlace
from deliberation_app.ui.projector_window import ProjectorWindow

if TYPE_CHECKING:
    from deliberation_app.ui.chair_console import ChairConsole
    from deliberation_app.ui.console_frame import ConsoleFrame


# Acts that a part of the frame does: the name of the act, the part, its method.
_PARTS = (
    ("pause", "speaker", "pause_clock"), ("more", "speaker", "give_more"), ("stop", "speaker", "stop_speaker"),
    ("last_time", "roll", "sign_in_last"), ("many", "roll", "sign_in_many"),
    ("ask_next", "speaker", "ask_next"), ("length", "speaker", "next_length"), ("sound", "speaker", "toggle_sound"),
    ("mark", "mark", "mark"), ("only_open", "item", "ask_open"),
    ("recount", "vote", "count_again"), ("void", "vote", "void"),
    ("rows", "vote", "count_by_rows"), ("twice", "vote", "second_count"), ("further", "vote_card", "further_election"),
    ("message", "message", "ask"),
)  # fmt: skip
# Acts on what is being typed: the act, the method of the line, what it is given.
_IN_LINE = (
    ("stance", "next_stance"), ("promise", "toggle_promise"), ("verbatim", "toggle_verbatim"),
    ("raise", "choose_side", "raise"), ("answer", "choose_side", "answer"), ("law", "choose_side", "law"),
    ("question_up", "move_question", -1), ("question_down", "move_question", 1),
)  # fmt: skip

_PANELS = ("keys", "roll", "earlier", "motion", "shares")
# After these steps the next thing is typed in the statement line.
_TO_LINE = ("open", "resume", "announce", "next_entry", "give", "no_more")


class ConsoleActs(QObject):
    """Carries out keys and steps for one window, whichever frame it has now."""

    def __init__(self, window: ChairConsole) -> None:
        super().__init__(window)
        self.window = window
        self.leads = Leads(window)
        self.moment = RoomMoment(window.chair)
        self.place = RoomPlace(window, self._make_projector)
        self.place.changed.connect(self.tell_screen)

    @property
    def frame(self) -> ConsoleFrame:
        """The frame of the window."""
        return self.window.frame

    @property
    def projector(self) -> ProjectorWindow | None:
        """The window for the room while it is open."""
        return self.place.window

    def wire(self, frame: ConsoleFrame) -> None:
        """Connect what a fresh frame shows."""
        frame.foot.undo.clicked.connect(self.undo)
        frame.foot.next.clicked.connect(self.next)
        frame.keys_button.clicked.connect(lambda: self.show("keys"))
        frame.projector_button.clicked.connect(self.open_projector)
        frame.unfinished.led.connect(self.leads.lead)
        frame.unfinished.closing.connect(self.leads.close_now)
        frame.agenda.led.connect(self.leads.lead)
        frame.agenda.closing.connect(self.leads.close)
        frame.agenda_strip.clicked.connect(lambda: self.show("agenda"))
        frame.said.list.opened.connect(self._open_said)
        frame.answer_button.clicked.connect(lambda: self._with_said(frame.line.answer))
        frame.correct_button.clicked.connect(lambda: self._with_said(frame.line.correct))
        frame.strike_button.clicked.connect(lambda: self._with_said(self._strike))
        for keys, button in (("Ctrl+E", frame.correct_button), ("Ctrl+Delete", frame.strike_button)):
            QShortcut(QKeySequence(keys), frame, activated=button.click)

    def by_key(self) -> dict[str, Callable[[], object]]:
        """Every act of the table of keys."""
        return {
            **{name: lambda part=part, do=do: getattr(getattr(self.frame, part), do)() for name, part, do in _PARTS},
            "vote": self.vote, "next": self.next, "undo": self.undo, "redo": self.redo,
            **{name: lambda name=name: self.show(name) for name in _PANELS},
            "line": lambda: self.show("say"),
            "agenda": self.show_agenda,
            "queue": self.queue, "order": lambda: self.queue("order"),
            **{name: lambda do=do, with_=with_: self._in_line(do, *with_) for name, do, *with_ in _IN_LINE},
            "full_screen": self.full_screen,
            "projector": self.open_projector,
            "recess": self.leads.recess,
            "unfinished": self.leads.show_unfinished,
            "owners": self.window.owners_wanted.emit,
            "conclusion": self.leads.conclude_current,
            "blank": lambda: console_screen.toggle(self.frame, self.window.chair, "blank"),
            "freeze": lambda: console_screen.toggle(self.frame, self.window.chair, "frozen"),
        }  # fmt: skip

    def _in_line(self, do: str, *values: object) -> None:
        """Keys of the statement line lead to it: what is typed next is never typed where nobody sees it."""
        line = self.frame.line
        if line.isEnabled():
            if not line.isVisible():
                self.show("say")
            getattr(line, do)(*values)

    def show(self, name: str) -> None:
        """Show a panel, or put it away again."""
        self.window.chair.wanted.emit(name)

    def show_agenda(self) -> None:
        """Go to the agenda, wherever it stands now."""
        if self.frame.mode != "wide":
            self.show("agenda")
        if self.frame.agenda.list.isVisible():
            self.frame.agenda.finder.leave()
            self.frame.agenda.list.go_to_current()

    def queue(self, wish: str = "") -> None:
        """Type who wants to speak, and what for."""
        if self.frame.mode == "narrow":
            self.frame.show_page("queue")
        self.frame.queue.ask(wish)

    def vote(self) -> None:
        """Put the next option to the vote; while a vote is open, put it in other words."""
        frame = self.frame
        if frame.vote.reword.can_ask() and not frame.preparing:
            if frame.mode == "narrow":
                frame.show_page("vote")
            frame.vote.reword.ask()
        else:
            frame.vote_card.start_next()

    def full_screen(self) -> None:
        """Fill the screen, or go back into the window."""
        self.window.setWindowState(self.window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def open_projector(self) -> None:
        """Open the window for the room, or close it."""
        self.place.toggle()

    def _make_projector(self) -> ProjectorWindow:
        made = ProjectorWindow(self.moment)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.setWindowIcon(self.window.windowIcon())
        made.typed.connect(self._typed_elsewhere)
        return made

    def _typed_elsewhere(self, event: QKeyEvent) -> None:
        """A key pressed while the room's window has the keyboard: a scanner is heard there too."""
        self.frame.roll.scans.hear(event)

    def tell_screen(self) -> None:
        """Tell the chair what the room sees."""
        if self.window.frame is not None:
            self.window.frame.tell_screen(there=self.projector is not None, full=self.place.full())

    def leave(self) -> None:
        """The meeting's window is closed, and the room's with it."""
        self.place.leave()

    def undo(self) -> None:
        """Take back the last number or answer of a count, else the last act."""
        if self.frame.vote.back.undo():
            return
        self._step(self.window.chair.work.undo, _("Taken back: {act}"))

    def redo(self) -> None:
        """Do again what was taken back."""
        if self.frame.vote.back.redo():
            return
        self._step(self.window.chair.work.redo, _("Done again: {act}"))

    def _step(self, step: Callable[..., str], said: str) -> None:
        """A step back or forward in what was done; the keyboard goes on where something can be typed."""
        chair, typing = self.window.chair, self.window.focusWidget()
        within, state = board_before.OnlyThis(chair.meeting_id), chair.board and chair.board.state
        try:
            chair.written(step, within)
        except NotFound as nothing:  # no fault, and no reason to take room from the meeting
            chair.remarked.emit(render(nothing))
            return
        except AppError as error:
            run.show_error(self.frame, error)
            return
        if within.told is None:
            return
        chair.told.emit(said.format(act=words.act_words(within.told)))
        chair.read()
        usable = typing is not None and typing.isVisible() and typing.isEnabled()
        if not usable or state != (chair.board and chair.board.state):
            self.show("back")

    def escape(self) -> None:
        """One step back: out of a bar, a correction, a motion, a panel; then to what the meeting waits for."""
        frame, home = self.frame, self.window.home
        frame.error_place.hide()
        if frame.message.done() or frame.mark.done():
            return
        if frame.queue.done() or frame.vote.done():
            self.show_steps()
        elif frame.line.correcting():
            frame.line.clear()
        elif frame.said.only_open and frame.page() == "talk":
            frame.toggle_open()
        elif home.in_motion():
            self.show("line")
        elif home.in_line():
            give_up_name(frame.line)
            home.go()
        else:
            self.show("back")

    def _own_step(self) -> tuple[str, Callable[[], object]] | None:
        """The step of something that is being prepared, before that of the meeting."""
        board = self.window.chair.board
        if self.frame.preparing and (board is None or board.vote is None):
            return _("Open the vote"), self.frame.motion.start
        if self.frame.vote.reword.isVisibleTo(self.frame.vote):
            return _("Take these words"), self.frame.vote.reword.take
        if self.frame.vote.again:
            return _("Judge the new count"), self.frame.vote.judge
        further = self.frame.vote_card.further_step(board) if board is not None else ""
        return self.leads.own_step() or ((further, self.frame.vote_card.further_election) if further else None)

    def show_steps(self) -> None:
        """Tell the next step and what comes after it."""
        board = self.window.chair.board
        if board is None or self.frame is None:
            return
        own = self._own_step()
        steps = [] if own is None else [own[0]]
        steps += [render(step.words) for step in board.steps[: 2 - len(steps)]]
        self.frame.foot.show_steps(steps[0] if steps else "", steps[1] if len(steps) > 1 else "")

    def next(self) -> None:
        """Do the next step."""
        board = self.window.chair.board
        own = self._own_step()
        if own is not None:
            own[1]()
        elif board is not None and board.steps:
            self._take(board.steps[0])
        self.show_steps()

    def _take(self, step: Step) -> None:
        chair = self.window.chair
        acts: dict[str, Callable[[], object]] = {
            "sign_in": lambda: self.frame.show_page("roll"),
            "open": lambda: self._go(_("The meeting is open"), meetings.open_meeting, self.frame.roll.reason_to_open()),
            "resume": lambda: self._go(_("The meeting goes on"), meetings.resume),
            "close": self.leads.close,
            "outcome": lambda: self.leads.conclude(step.target),
            "minutes": lambda: self.window.minutes_wanted.emit(chair.meeting_id),
            "count": self.frame.vote.judge,
            "announce": self.frame.vote.announce,
            "give": lambda: self._go(render(step.words), floor.give, step.target),
            "vote": lambda: self.frame.vote_card.start_option(step.target),
            "between": self.frame.vote_card.start_between,
            "no_more": lambda: self._go(_("Noted: nobody else speaks on this"), floor.no_more),
            "next_entry": lambda: self._go(render(step.words), floor.go_to_entry, step.target),
        }
        acts[step.act]()
        board = chair.board
        if step.act == "resume" and self.leads.roll_anew():
            self.frame.show_page("roll")
        elif step.act in _TO_LINE and board and board.state == "open":
            self.show("line")

    def _go(self, said: str, act: Callable[..., object], *values: object) -> None:
        self.window.chair.do(self.frame, said, act, self.window.chair.meeting_id, *values)

    def _open_said(self, said: Said) -> None:
        """Enter on a question answers it, on anything else corrects it; one of another item leads there first."""
        board = self.window.chair.board
        if board is not None and said.entry_id not in (None, board.current):
            self.frame.toggle_open()
            title = next((entry.title for entry in board.entries if entry.id == said.entry_id), "")
            self._go(_("On to: {title}").format(title=title), floor.go_to_entry, said.entry_id)
        if said.side == "raise":
            self.frame.line.answer(said)
        else:
            self.frame.line.correct(said)

    def _with_said(self, do: Callable[[Said], object]) -> None:
        said = self.frame.said.list.chosen()
        if said is not None:
            do(said)

    def _strike(self, said: Said) -> None:
        name = said.speaker or _("no name given")
        self.window.chair.do(self.frame, _("Struck out: words of {name}").format(name=name), floor.strike, said.id)
