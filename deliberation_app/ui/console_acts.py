"""What the keys and the next step of the console do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from deliberation_app.domain.accounts import ACTIONS
from deliberation_app.language import _, render
from deliberation_app.services import floor, meetings
from deliberation_app.services.board import Said, Step
from deliberation_app.ui.kit import run
from deliberation_app.ui.projector_window import ProjectorWindow

if TYPE_CHECKING:
    from deliberation_app.ui.chair_console import ChairConsole, ConsoleFrame


# Acts that a part of the frame does: the name of the act, the part, its method.
_PARTS = (
    ("pause", "speaker", "pause_clock"), ("more", "speaker", "give_more"), ("stop", "speaker", "stop_speaker"),
    ("vote", "vote_card", "start_next"), ("recount", "vote", "count_again"), ("void", "vote", "void"),
    ("promise", "line", "toggle_promise"), ("verbatim", "line", "toggle_verbatim"), ("recess", "agenda", "take_recess"),
)  # fmt: skip


class ConsoleActs(QObject):
    """Carries out keys and steps for one window, whichever frame it has now."""

    def __init__(self, window: ChairConsole) -> None:
        super().__init__(window)
        self.window = window
        self.projector: ProjectorWindow | None = None

    @property
    def frame(self) -> ConsoleFrame:
        """The frame of the window."""
        return self.window.frame

    def wire(self, frame: ConsoleFrame) -> None:
        """Connect what a fresh frame shows."""
        frame.foot.undo.clicked.connect(self.undo)
        frame.foot.next.clicked.connect(self.next)
        frame.keys_button.clicked.connect(lambda: self.show("keys"))
        frame.projector_button.clicked.connect(self.open_projector)
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
            "next": self.next, "undo": self.undo, "redo": self.redo,
            **{name: lambda name=name: self.show(name) for name in ("keys", "roll", "earlier", "motion", "line")},
            "agenda": self.show_agenda,
            "queue": self.queue,
            **{name: lambda name=name: self.frame.line.choose_side(name) for name in ("raise", "answer", "law")},
            "question_up": lambda: self.frame.line.move_question(-1),
            "question_down": lambda: self.frame.line.move_question(1),
            "full_screen": self.full_screen,
            "projector": self.open_projector,
        }  # fmt: skip

    def show(self, name: str) -> None:
        """Show a panel, or put it away again."""
        self.window.chair.wanted.emit(name)

    def show_agenda(self) -> None:
        """Go to the agenda, wherever it stands now."""
        if self.frame.mode == "wide":
            self.frame.agenda.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.show("agenda")
            if self.frame.page() == "agenda":
                self.frame.agenda.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def queue(self) -> None:
        """Type who wants to speak."""
        if self.frame.mode == "narrow":
            self.frame.show_page("queue")
        if self.frame.queue.isVisible():
            self.frame.queue.ask()

    def full_screen(self) -> None:
        """Fill the screen, or go back into the window."""
        self.window.setWindowState(self.window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def open_projector(self) -> None:
        """Open the window for the room, or close it."""
        if self.projector is not None:
            self.projector.close()
            return
        self.projector = ProjectorWindow(self.window.chair)
        self.projector.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.projector.closed.connect(self._projector_closed)
        self.projector.open_on(self.window)

    def _projector_closed(self) -> None:
        self.projector = None

    def leave(self) -> None:
        """The meeting's window is closed, and the room's with it."""
        if self.projector is not None:
            self.projector.close()

    def undo(self) -> None:
        """Take back the last act."""
        done = run.act(self.frame, self.window.chair.work.undo)
        if done is not None:
            self.window.chair.told.emit(_("Taken back: {act}").format(act=_(ACTIONS[done].name)))

    def redo(self) -> None:
        """Do again what was taken back."""
        done = run.act(self.frame, self.window.chair.work.redo)
        if done is not None:
            self.window.chair.told.emit(_("Done again: {act}").format(act=_(ACTIONS[done].name)))

    def escape(self) -> None:
        """One step back."""
        frame = self.frame
        if frame.queue.done() or frame.vote.done():
            self.show_steps()
        elif frame.line.correcting():
            frame.line.clear()
        else:
            self.show("line")

    def _own_step(self) -> tuple[str, Callable[[], object]] | None:
        """The step of something that is being prepared, before that of the meeting."""
        if self.frame.preparing:
            return _("Open the vote"), self.frame.motion.start
        if self.frame.vote.again:
            return _("Judge the new count"), self.frame.vote.judge
        return None

    def show_steps(self) -> None:
        """Tell the next step and what comes after it."""
        board = self.window.chair.board
        if board is None or self.frame is None:
            return
        own = self._own_step()
        steps = [render(step.words) for step in board.steps]
        if own is not None:
            steps.insert(0, own[0])
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
            "close": lambda: self._go(_("The meeting is closed"), meetings.close),
            "minutes": lambda: self.window.minutes_wanted.emit(chair.meeting_id),
            "count": self.frame.vote.judge,
            "announce": self.frame.vote.announce,
            "give": lambda: self._go(render(step.words), floor.give, step.target),
            "vote": lambda: self.frame.vote_card.start_option(step.target),
            "next_entry": lambda: self._go(render(step.words), floor.go_to_entry, step.target),
        }
        acts[step.act]()
        board = chair.board
        if step.act in ("open", "resume", "announce", "next_entry", "give") and board and board.state == "open":
            self.show("line")

    def _go(self, said: str, act: Callable[..., object], *values: object) -> None:
        self.window.chair.do(self.frame, said, act, self.window.chair.meeting_id, *values)

    def _open_said(self, said: Said) -> None:
        """Enter on a question answers it, on anything else corrects it."""
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
