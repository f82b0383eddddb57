"""The chair's console: one meeting in a window of its own, by keyboard alone, every step saved and undoable."""

from __future__ import annotations

import uuid
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QSizePolicy, QWidget

from deliberation_app.domain.accounts import ACTIONS
from deliberation_app.domain.meetings import STATES
from deliberation_app.errors import AppError
from deliberation_app.language import _
from deliberation_app.services import board_before
from deliberation_app.services.board import Board, Said
from deliberation_app.services.work import Work
from deliberation_app.settings import Settings
from deliberation_app.ui import console_fold, console_keys
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_acts import ConsoleActs
from deliberation_app.ui.console_agenda import AgendaSide
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.console_foot import Foot
from deliberation_app.ui.console_item import EarlierPanel, ItemCard
from deliberation_app.ui.console_line import StatementLine
from deliberation_app.ui.console_motion import MotionPanel
from deliberation_app.ui.console_roll import RollPanel
from deliberation_app.ui.console_room import AttendanceCard, QueueCard
from deliberation_app.ui.console_said import SaidPane
from deliberation_app.ui.console_speaker import SpeakerCard
from deliberation_app.ui.console_vote import VoteCard, VotePanel
from deliberation_app.ui.kit import forms, theme
from deliberation_app.ui.kit.panels import Scroll, column
from deliberation_app.ui.kit.theme import px

_TICK_MS = 250
# On a screen from the first width on, and below the second or this height, the window fills it.
_SMALL = (1024, 1400, 830)
# Below this height, at 100 %, a folded page needs the room of the statement line.
_LOW = 480
_CHIPS = {"open": ("accent", "live"), "recess": ("warn", "pause"), "closed": ("", "done"), "cancelled": ("", "close")}
_SCROLLED = ("roll", "agenda", "queue", "vote")
_PAGES = ("talk", "roll", "keys", "earlier", "agenda", "queue", "vote")


class ConsoleFrame(QWidget):
    """All parts of the console; thrown away and made again when language or scale change."""

    def __init__(self, chair: Chair, mode: str) -> None:
        super().__init__()
        self.chair = chair
        self.mode = mode
        self.preparing = False
        self._shown: object = None
        self._placed: object = None
        self._folded: object = None
        forms.load("chair_console", self)
        self._make_parts()
        self._make_pages()
        self.tabs.set_options([(name, name) for name in console_fold.TABS], "talk")
        self.tabs.chosen.connect(self.show_page)
        for label in (self.title, self.number):
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.said_acts.hide()
        self.error_place.hide()
        self.error_line.close_button.clicked.connect(self.error_place.hide)
        console_fold.arrange(self, mode)
        self.said.list.picked.connect(self._tell_chosen)
        chair.changed.connect(self.show_board)

    def _make_parts(self) -> None:
        chair = self.chair
        self.agenda, self.item, self.said = AgendaSide(chair), ItemCard(chair), SaidPane()
        self.line, self.roll, self.earlier = StatementLine(chair), RollPanel(chair), EarlierPanel(chair)
        self.attendance, self.speaker, self.queue = AttendanceCard(chair), SpeakerCard(chair), QueueCard(chair)
        self.vote_card, self.vote, self.motion = VoteCard(chair), VotePanel(chair), MotionPanel(chair)
        self.foot = Foot()
        self.foot_place.addWidget(self.foot)
        self.attendance_place.addWidget(self.attendance)
        self.line_place.addWidget(self.line)

    def _make_pages(self) -> None:
        """A page of the middle for each thing that may stand there."""
        self.pages = {}
        for name in _PAGES:
            page = QWidget()
            self.pages[name] = column(page, spacing=8)
            self.stage.addWidget(Scroll(page) if name in _SCROLLED else page)
        # What does not fit on a page scrolls there; the statement line below it never gives way.
        self.stage.setMinimumSize(px(200), px(20))
        self.pages["talk"].addWidget(self.item)
        self.pages["talk"].addWidget(self.said, 1)
        self.pages["talk"].addWidget(self.said_acts)
        self.pages["roll"].addWidget(self.roll)
        self.pages["keys"].addWidget(console_keys.KeysPanel())
        self.pages["earlier"].addWidget(self.earlier)

    def page(self) -> str:
        """The page of the middle that is shown."""
        return _PAGES[self.stage.currentIndex()]

    def show_page(self, name: str) -> None:
        """Show a page of the middle."""
        self.stage.setCurrentIndex(_PAGES.index(name))
        if name in console_fold.TABS:
            self.tabs.choose(name)
        self.fold_line()
        if name == "roll":
            self.roll.shown()
        elif name == "earlier":
            self.earlier.refresh()
            self.earlier.list.setFocus()

    def show_board(self, board: Board) -> None:
        """The moment of the meeting; parts that are their own masters hear of it by themselves."""
        self.said.show_said(board.statements)
        self.place_vote()
        console_fold.tell_tabs(self, board)
        meeting = board.meeting
        state = (board.state, meeting.title, meeting.number, meeting.opened_at)
        if state != self._shown:
            self._shown = state
            self.title.set_text(meeting.title)
            opened = _("opened {hour}").format(hour=words.hour(meeting.opened_at)) if meeting.opened_at else ""
            self.number.set_text(" · ".join(part for part in (meeting.number or "", opened) if part))
            self.tell_state()
        self.fold_line()
        self.tick(self.chair.now())

    def tell_state(self) -> None:
        """The state of the meeting; in one column that it is in session goes without saying."""
        board = self.chair.board
        if board is not None:
            tone, icon = _CHIPS.get(board.state, ("info", "to_do"))
            self.state_chip.show_as(_(STATES[board.state].name), tone, icon)
            self.state_chip.setVisible(self.mode != "narrow" or board.state != "open")

    def fold_line(self) -> None:
        """Where there is little room the line gives some to what stands above it, and a clock without speaker goes."""
        board, narrow = self.chair.board, self.mode == "narrow"
        beside = narrow and self.page() != "talk"
        live = board is not None and board.state in ("open", "recess")
        state = (narrow, beside, live, self.height(), board is not None and board.speaker is not None)
        if state == self._folded:
            return
        self._folded = state
        self.line.set_short(beside)
        self.line.setVisible(live and not (beside and self.height() < px(_LOW)))
        self.strip.setVisible(narrow and board is not None and board.speaker is not None)

    def place_vote(self) -> None:
        """While a vote is open or prepared it takes the place of speaker and queue."""
        voting = self.vote.motion() is not None
        self.preparing = self.preparing and not voting
        narrow = self.mode == "narrow"
        state = (voting, self.preparing, narrow, self.height())
        if state == self._placed:
            return
        self._placed = state
        self.vote.setVisible(voting)
        self.motion.setVisible(self.preparing)
        self.vote_card.setVisible(not voting and not self.preparing)
        self.right_stack.setCurrentIndex(1 if (voting or self.preparing) and not narrow else 0)
        self.attendance.set_short((voting or self.preparing) and self.height() < px(720))

    def tick(self, now: datetime) -> None:
        """Clocks run on."""
        said = words.hour(now)
        if said != self.wall_clock.text():
            self.wall_clock.setText(said)
            self.agenda.tick(now)
        self.speaker.tick(now)

    def show_error(self, error: AppError, again: object = None) -> None:
        """Say on top what went wrong, where nothing nearer says it."""
        self.error_line.show_error(error, again)
        self.error_place.show()

    def _tell_chosen(self, said: Said | None) -> None:
        self.said_acts.setVisible(said is not None)
        if said is not None:
            name = said.speaker or _("no name given")
            self.said_who.set_text(f"{name} {words.hour(said.at)}")


class ChairConsole(QMainWindow):
    """The window: it follows the meeting, takes the keys, and folds with its width.

    `minutes_wanted` brings the meeting's id when the chair goes on to the record.
    """

    minutes_wanted = Signal(object)
    closed = Signal()

    def __init__(self, work: Work, meeting_id: uuid.UUID, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.chair = Chair(work, meeting_id)
        self.frame: ConsoleFrame | None = None
        self.acts = ConsoleActs(self)
        self._told: tuple[str, datetime | None] = self._last_act()
        self.chair.told.connect(self._tell)
        self.chair.wanted.connect(self._show)
        self.chair.changed.connect(lambda _board: self.acts.show_steps())
        console_keys.take(self, self.acts.by_key())
        self.setMinimumSize(640, 480)
        self.resize(1366, 768)
        room = self.screen().availableGeometry()
        if room.width() >= _SMALL[0] and (room.width() < _SMALL[1] or room.height() < _SMALL[2]):
            self.setWindowState(Qt.WindowState.WindowMaximized)
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._build)
        theme.changes.rescaled.connect(self._again.start)
        QApplication.instance().focusChanged.connect(self._focus_moved)
        self._ticking = QTimer(self, interval=_TICK_MS)
        self._ticking.timeout.connect(lambda: self.frame.tick(self.chair.now()))
        self._build()
        self._ticking.start()

    def _last_act(self) -> tuple[str, datetime | None]:
        last = board_before.last_act(self.chair.work)
        if last is None or last[0] not in ACTIONS:
            return "", None
        return _(ACTIONS[last[0]].name), last[1]

    def _build(self) -> None:
        """Make all parts, in the language and scale of now, and show the same moment."""
        typed, who = "", ("", "")
        if self.frame is not None:
            line = self.frame.line
            typed, who = line.text.text(), (line.who.person_id() or "", line.who.text())
        self.frame = ConsoleFrame(self.chair, console_fold.mode_of(self.width()))
        self.setCentralWidget(self.frame)
        self.chair.show_errors_on(self.frame)
        self.acts.wire(self.frame)
        self.frame.foot.tell(*self._told)
        self._door = console_keys.KeyDoor(self.frame)
        self._door.watch(self.frame)
        self.chair.read()
        board = self.chair.board
        if board is not None:
            self.setWindowTitle(board.meeting.title)
            if board.state in ("planned", "called"):
                self._show("roll")
        self.frame.line.text.setText(typed)
        if who[0]:
            self.frame.line.who.set_person(*who)
        self.acts.show_steps()
        self._focus_first()

    def _focus_first(self) -> None:
        """Where the next thing is typed: the numbers of an open vote, the roll, or the line."""
        frame = self.frame
        if frame.vote.motion() is not None and frame.vote.fields is not None:
            frame.vote.fields.start()
        elif frame.page() == "talk":
            frame.line.focus_line()

    def _tell(self, said: str) -> None:
        self._told = (said, self.chair.now())
        self.frame.foot.tell(*self._told)
        self.frame.error_place.hide()

    def _show(self, name: str) -> None:
        """What a part asks to be shown."""
        frame, narrow = self.frame, self.frame.mode == "narrow"
        if name == "door":
            self._door.watch(frame)
            if narrow:
                frame.show_page("vote")
            return
        if name == "motion":
            board = self.chair.board
            frame.preparing = board is not None and frame.motion.shown_for(board)
            frame.place_vote()
            if narrow:
                frame.show_page("vote")
            frame.motion.prepare()
        elif name == "line":
            frame.preparing = False
            frame.place_vote()
            frame.show_page("vote" if narrow and frame.vote.motion() is not None else "talk")
            frame.line.focus_line()
        elif name == "vote":
            frame.place_vote()
            if narrow:
                frame.show_page("vote")
        elif name == "talk" or name == frame.page():
            frame.show_page("talk")
            frame.line.focus_line()
        else:
            frame.show_page(name)
        self.acts.show_steps()

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Back in the line no statement is chosen any more."""
        if now is not None and self.frame is not None and self.frame.line.isAncestorOf(now):
            self.frame.said.list.setCurrentIndex(self.frame.said.list.model().index(-1, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold as the logical width says."""
        super().resizeEvent(event)
        mode = console_fold.mode_of(self.width())
        if self.frame is not None and mode != self.frame.mode:
            self.frame.mode = mode
            console_fold.arrange(self.frame, mode)
            if self.frame.page() in ("queue", "vote", "agenda") and mode != "narrow":
                self.frame.show_page("talk")

    def changeEvent(self, event: QEvent) -> None:
        """Everything is made again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.frame is not None:
            self._again.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc steps back: out of a correction, a recount, a motion, a panel; never out of the meeting."""
        if event.key() == Qt.Key.Key_Escape:
            self.acts.escape()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything is saved already."""
        self._ticking.stop()
        self.acts.leave()
        self.chair.leave()
        self.closed.emit()
        super().closeEvent(event)
