"""All parts of the console in one widget: thrown away and made again when language or scale change."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from deliberation_app.domain.meetings import STATES
from deliberation_app.errors import AppError
from deliberation_app.language import _
from deliberation_app.services.board import Board, Said
from deliberation_app.ui import console_fold, console_keys, console_vote_room
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_agenda import AgendaSide
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.console_clock import ClockBar
from deliberation_app.ui.console_foot import Foot
from deliberation_app.ui.console_give_way import MiddleColumn, RightColumn
from deliberation_app.ui.console_item import EarlierPanel, ItemCard
from deliberation_app.ui.console_line import StatementLine
from deliberation_app.ui.console_mark import MarkBar
from deliberation_app.ui.console_motion import MotionPanel
from deliberation_app.ui.console_outcome import OutcomePanel
from deliberation_app.ui.console_queue import QueueCard
from deliberation_app.ui.console_recess import RecessPanel, RestBar
from deliberation_app.ui.console_roll import RollPanel
from deliberation_app.ui.console_room import AttendanceCard
from deliberation_app.ui.console_said_list import SaidPane
from deliberation_app.ui.console_screen import MessageBar, ScreenChip
from deliberation_app.ui.console_shares import SharesPanel
from deliberation_app.ui.console_speaker import SpeakerCard
from deliberation_app.ui.console_unfinished import UnfinishedPanel
from deliberation_app.ui.console_vote import VotePanel
from deliberation_app.ui.console_vote_card import VoteCard
from deliberation_app.ui.kit import forms
from deliberation_app.ui.kit.panels import Scroll, at_once, column
from deliberation_app.ui.kit.theme import px

# Below this height, at 100 %, a folded page needs the room of the statement line.
_LOW = 480
# The column at the right; in a low window one for a vote with many numbers.
_USUAL, _BROAD = 351, 480
_CHIPS = {"open": ("accent", "live"), "recess": ("warn", "pause"), "closed": ("", "done"), "cancelled": ("", "close")}
_SCROLLED = ("roll", "agenda", "queue", "vote", "recess")
_PAGES = (
    "talk", "roll", "keys", "earlier", "agenda", "queue", "vote", "recess", "outcome", "unfinished", "shares",
)  # fmt: skip
# Panels that stand in the place of the statement line too: what is typed there is typed in them.
_WITHOUT_LINE = ("keys", "recess", "outcome", "unfinished", "roll")


class ConsoleFrame(QWidget):
    """All parts of the console; thrown away and made again when language or scale change."""

    def __init__(self, chair: Chair, mode: str) -> None:
        super().__init__()
        self.chair = chair
        self.mode = mode
        self.preparing = self._busy = False
        self._shown: object = None
        self._placed: object = None
        self._folded: object = None
        forms.load("console_frame", self)
        self._make_parts()
        self._make_pages()
        self.tabs.set_options([(name, name) for name in console_fold.TABS], "talk")
        self.tabs.chosen.connect(self.show_page)
        for label in (self.title, self.number):
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.said_acts.hide()
        self.error_place.hide()
        self.error_line.close_button.clicked.connect(self.error_place.hide)
        self.column, self.middle_fits = RightColumn(self), MiddleColumn(self)
        console_fold.arrange(self, mode)
        self.said.list.picked.connect(self._tell_chosen)
        chair.changed.connect(self.show_board)
        self._once = QTimer(self, singleShot=True, interval=0)
        self._once.timeout.connect(lambda: console_fold.say_once(self))
        chair.saved.connect(self._tell_saved)

    def _tell_saved(self) -> None:
        console_fold.tell_saved(self)
        self.saved.show()
        if self.chair.unsaved:
            self._once.start()

    def _make_parts(self) -> None:
        chair = self.chair
        self.agenda, self.item, self.said = AgendaSide(chair), ItemCard(chair), SaidPane()
        self.line, self.roll, self.earlier = StatementLine(chair), RollPanel(chair), EarlierPanel(chair)
        self.attendance, self.speaker, self.queue = AttendanceCard(chair), SpeakerCard(chair), QueueCard(chair)
        self.vote_card, self.vote, self.motion = VoteCard(chair), VotePanel(chair), MotionPanel(chair)
        self.recess, self.outcome, self.unfinished = RecessPanel(chair), OutcomePanel(chair), UnfinishedPanel(chair)
        self.foot = Foot(chair.now)
        self.screen_chip, self.message, self.rest = ScreenChip(), MessageBar(chair), RestBar(chair)
        across = self.top_across
        across.insertWidget(across.indexOf(self.projector_button) + 1, self.screen_chip)
        above = self.frame_column.indexOf(self.error_place)
        self.mark, self.shares, self.clock = MarkBar(chair), SharesPanel(chair), ClockBar(chair)
        self.item.only_open.connect(self.toggle_open)
        self.queue.asking.connect(self.vote_card.give_room)
        self.queue.asking.connect(self.place_vote)
        self.frame_column.insertWidget(above, self.rest)
        bars = column(margins=(5, 0, 5, 0), spacing=8)  # not across the window: the column at the right needs height
        self.middle_column.insertLayout(0, bars)
        for bar in (self.clock, self.mark, self.message):
            bars.addWidget(bar)
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
        self.keys = console_keys.KeysPanel()
        self.pages["keys"].addWidget(self.keys)
        self.pages["earlier"].addWidget(self.earlier)
        self.pages["recess"].addWidget(self.recess)
        self.pages["outcome"].addWidget(self.outcome)
        self.pages["unfinished"].addWidget(self.unfinished)
        self.pages["shares"].addWidget(self.shares)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The bars take less in a low window."""
        super().resizeEvent(event)
        console_fold.fold_bars(self)

    def page(self) -> str:
        """The page of the middle that is shown."""
        return _PAGES[self.stage.currentIndex()]

    def turn_to(self, name: str) -> None:
        """Show a page of the middle as it is."""
        self.stage.setCurrentIndex(_PAGES.index(name))
        if name in console_fold.TABS:
            self.tabs.choose(name)
        self.fold_line()

    def show_page(self, name: str) -> None:
        """Show a page of the middle, made ready."""
        self.turn_to(name)
        if name == "roll":
            self.roll.shown()
        elif name == "keys":
            self.keys.scroll.setFocus()  # the arrows and the page keys move through it
        elif name == "recess":
            self.recess.prepare()
        elif name == "shares":
            self.shares.refresh()
            self.shares.scroll.setFocus()
        elif name == "earlier":
            self.earlier.refresh()
            self.earlier.list.setFocus()

    def show_board(self, board: Board) -> None:
        """The moment of the meeting; parts that are their own masters hear of it by themselves."""
        self.said.show_said(board.statements, board.open_questions)
        self.said.tell_nothing(live=board.state == "open")
        self.place_vote()
        if self.mode != "wide" or not self.agenda_strip.text():  # nobody sees it in three columns, but it has a name
            console_fold.tell_tabs(self, board)
        meeting = board.meeting
        state = (board.state, meeting.title, meeting.number, meeting.opened_at)
        if state != self._shown:
            self._shown = state
            self.title.set_text(meeting.title)
            began = words.moment(meeting.opened_at, self.chair.now()) if meeting.opened_at else ""
            opened = _("opened {hour}").format(hour=began) if began else ""
            self.number.set_text(" · ".join(part for part in (meeting.number or "", opened) if part))
            self.tell_state()
        self.fold_line()
        self._tell_hour(self.chair.now())
        self.rest.tick(board, self.chair.now())

    def toggle_open(self) -> None:
        """Only the open questions of the meeting, or everything said on this entry."""
        if not self.said.isVisible():
            self.turn_to("talk")
        self.said.show_only_open(not self.said.only_open)
        self.item.tell_open(self.said.only_open)
        if self.said.only_open:
            self.said.list.setFocus()
        else:
            self.chair.wanted.emit("back")

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
        live = board is not None and board.state in ("open", "recess") and self.page() not in _WITHOUT_LINE
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
        busy, self._busy = self._busy, voting or self.preparing
        if self._busy and not busy and self.queue.adding():
            self.queue.put_away()
        narrow = self.mode == "narrow"
        large = voting and self.vote.large()
        # Who wants to speak is asked over the vote, and then the vote is there again.
        beside = self._busy and not narrow and not self.queue.adding()
        state = (voting, large, self.preparing, beside, self.mode, self.height())
        if state == self._placed:
            return
        self._placed = state
        with at_once(self.right_column):
            self._place_vote(voting=voting, large=large, beside=beside)
        if busy and not self._busy:
            self.chair.wanted.emit("vote_over")

    def _place_vote(self, *, voting: bool, large: bool, beside: bool) -> None:
        self.vote.setVisible(voting)
        self.motion.setVisible(self.preparing)
        self.vote_card.setVisible(not voting and not self.preparing)
        self.right_stack.setCurrentIndex(1 if beside else 0)
        low = self.height() < px(console_vote_room.HIGH)
        console_vote_room.place_verdict(self.vote, beside=self.mode == "narrow")
        if voting or self.preparing:
            self.attendance.show()
            self.attendance.set_short(low, one_line=large and low)
            self.column.forget()  # what was given up has been put otherwise
        self.column.fit()
        self.right.setFixedWidth(px(_BROAD if large and low and self.mode == "wide" else _USUAL))

    def tick(self, now: datetime) -> None:
        """Clocks run on."""
        self._tell_hour(now)
        self.speaker.tick(now)
        self.rest.tick(self.chair.board, now)
        self.clock.tick(now)

    def _tell_hour(self, now: datetime) -> None:
        said = words.hour(now)
        if said != self.wall_clock.text():
            self.wall_clock.setText(said)
            self.agenda.tick(now)

    def show_error(self, error: AppError, again: object = None) -> None:
        """Say on top what went wrong, where nothing nearer says it."""
        self.error_line.show_error(error, again)
        self.error_place.show()
        console_fold.say_once(self)

    def tell_screen(self, *, there: bool, full: bool) -> None:
        """What the room sees now."""
        board, narrow = self.chair.board, self.mode == "narrow"
        if board is not None:
            self.screen_chip.tell(board, there=there, full=full, narrow=narrow)
            self.saved.setVisible(self.chair.unsaved or not (narrow and board.screen.mode))

    def bars(self) -> tuple[QWidget, ...]:
        """What comes and goes among the statements."""
        return self.said_acts, self.message, self.mark, self.clock

    def _tell_chosen(self, said: Said | None) -> None:
        self.said_acts.setVisible(said is not None)
        self.middle_fits.fit()
        if said is not None:
            name = said.speaker or _("no name given")
            self.said_who.set_text(f"{name} {words.hour(said.at)}")
