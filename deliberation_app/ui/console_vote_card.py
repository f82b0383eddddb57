"""The next vote: what is put to it, what stands in its way, and what the votes before it came to."""

from __future__ import annotations

import uuid

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from deliberation_app.domain.votes import RULES, Election, motion_text
from deliberation_app.language import _, ngettext_
from deliberation_app.services import floor, votes, votes_numbers, votes_series
from deliberation_app.services.board import Board, Motion
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.console_series import SeriesBox
from deliberation_app.ui.console_vote_rows import Line, TakenLine, TakenRows, series_lines, taken_line
from deliberation_app.ui.kit import run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import ElideLabel, Label
from deliberation_app.ui.kit.panels import Card, column, empty, row
from deliberation_app.ui.kit.states import ErrorLine
from deliberation_app.ui.kit.theme import px

# Below this height of the window, at 100 %, speaker, queue and a table of votes do not stand side by side.
_LOW = 830
# Below this one, a laptop's with its task bar or with large type, not even the votes taken stand beside a speaker.
_TIGHT = 720
_NARROW = 240


class VoteCard(Card):
    """What is put to the vote next; every gate that is not met stands here with its sentence."""

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        self.chair = chair
        box = column(self, margins=(16, 10, 16, 10), spacing=4)
        across = row(spacing=8)
        stack = column(spacing=0)
        self._title = ElideLabel("", "bold")
        self._hint = ElideLabel("", "hint")
        stack.addWidget(self._title)
        stack.addWidget(self._hint)
        across.addLayout(stack, 1)
        self.start = Button(_("Start"), cap="F8", small=True)
        self.start.clicked.connect(self.start_next)
        across.addWidget(self.start)
        box.addLayout(across)
        self._gates = QWidget()
        self._missing = column(self._gates, spacing=4)
        box.addWidget(self._gates)
        self.nobody = Button(_("Nobody wishes to speak"), small=True)
        self.nobody.clicked.connect(self.note_nobody)
        box.addWidget(self.nobody)
        self._error = ErrorLine(self)
        self._error.installEventFilter(self)
        box.addWidget(self._error)
        self.taken = TakenRows()
        box.addWidget(self.taken)
        self.series = SeriesBox()
        box.addWidget(self.series)
        self.further = Button(_("Further election"), cap="Shift+F9", small=True)
        self.further.clicked.connect(self.further_election)
        box.addWidget(self.further)
        self._shown: object = None
        self._waits = False
        self._asking = self._alone = False
        chair.changed.connect(self.show_board)

    # For the column a part that gives its height for a width is as high at least: this one gives way, down to one line
    # of the votes taken.
    def hasHeightForWidth(self) -> bool:
        """Its height is told by its sizes."""
        return False

    def sizeHint(self) -> QSize:
        """As high as its words in this width."""
        if not self.layout().hasHeightForWidth():
            return super().sizeHint()
        return QSize(super().sizeHint().width(), self.layout().totalHeightForWidth(max(self.width(), px(_NARROW))))

    def minimumSizeHint(self) -> QSize:
        """With some of the votes taken."""
        if not self.layout().hasHeightForWidth():
            return super().minimumSizeHint()
        width = max(self.width(), px(_NARROW))
        return QSize(super().minimumSizeHint().width(), self.layout().totalMinimumHeightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another height."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()
        if self.chair.board is not None and not self._waits:
            self.show_board(self.chair.board)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A refusal gives the reasons itself: the column has no room to say them twice."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._tell_gates()
        return False

    def _tell_gates(self) -> None:
        self._gates.setVisible(self._missing.count() > 0 and self._error.isHidden())

    def set_alone(self, alone: bool) -> None:
        """On a page of its own it has room for everything."""
        if alone != self._alone:
            self._alone = alone
            if self.chair.board is not None:
                self.show_board(self.chair.board)

    def give_room(self, asking: bool) -> None:
        """While somebody is put in the queue the line for it needs the room more."""
        self._asking = asking
        if self.chair.board is not None:
            self.show_board(self.chair.board)

    def _room(self, board: Board) -> int:
        """What there is room for beside speaker and queue: 2 all lines, 1 the outcome, 0 only what comes next."""
        if self._alone:
            return 2
        busy, high = self._asking or board.speaker is not None or bool(board.queue), self.window().height()
        if high < px(_TIGHT):
            return 0 if busy else 1
        return 1 if busy and high < px(_LOW) else 2

    def show_board(self, board: Board) -> None:
        """The votes of the entry."""
        state = (
            board.options,
            board.motions,
            board.missing,
            board.state,
            board.current,
            board.entry,
            board.quorum,
            board.series,
            self._room(board),
        )
        if state == self._shown:
            return
        self._shown = state
        live = board.state == "open" and bool(board.kind.rules) and board.entry is not None
        # An open vote stands in this place: in one column the frame would show both.
        self.setVisible((live or bool(board.motions)) and board.vote is None)
        self._waits = not self.isVisible()
        if not self._waits:
            self._fill(board)

    def showEvent(self, event: QShowEvent) -> None:
        """What came while an open vote stood in this place is made up for before anything is painted."""
        super().showEvent(event)
        if self._waits and self.chair.board is not None:
            self._waits = False
            self._fill(self.chair.board)

    def _fill(self, board: Board) -> None:
        live = board.state == "open" and bool(board.kind.rules) and board.entry is not None
        self._error.hide()
        self._title.set_text(self._next_words(board))
        self._hint.set_text(self._hint_words(board))
        left = self._room(board)
        self._hint.setVisible(bool(self._hint.whole()) and left > 0)
        self.start.setVisible(live)
        empty(self._missing)
        for sentence in self._unmet(board) if live and board.to_vote else ():
            self._missing.addLayout(_sentence(sentence, "warn"))
        self._tell_gates()
        entry = board.entry
        silent = bool(board.missing) and entry is not None and not board.statements and not entry.no_statements
        self.nobody.setVisible(live and silent)
        names = {one.id: one.name for one in board.options}
        lines: list[Line] = [
            ((motion, names.get(motion.option_id)), lambda motion=motion: self._line(motion, board))
            for motion in board.motions
            if motion.counts is not None and motion.series is None  # those of a comparison follow together
        ]
        compared = [] if left < 2 else series_lines(board.series)
        last = bool(board.motions) and board.motions[-1].series is not None
        shown = [*lines, *compared] if last else [*compared, *lines]
        self.taken.show_lines(shown if left else [])  # the newest one stays in sight
        self.series.show_table(board.series if left else None, short=left < 2)
        self.further.setVisible(live and self._left_open(board) is not None)

    def _line(self, motion: Motion, board: Board) -> QWidget:
        """A vote that was taken; of an election who is elected, and how many seats that fills."""
        if not motion.nominees:
            return taken_line(motion, board)
        preview = run.act(self, self.chair.judged, motion)
        election = preview.election if preview is not None else None
        names = {str(one.person_id): one.name for one in motion.nominees}
        elected = [names.get(key, key) for key in election.elected] if election is not None else []
        said = _("Elected: {names}").format(names="、".join(elected)) if elected else _("Nobody is elected")
        full = len(elected) >= (motion.seats or 1)
        seats = _("{elected} of {seats} seats").format(elected=len(elected), seats=motion.seats or 1)
        return TakenLine(said, "", (seats, "ok" if full else "warn", "done" if full else "note"))

    def _unmet(self, board: Board) -> list[str]:
        """Every gate that is not met, with its clause; those that only the records know too."""
        rule = board.kind.default_rule
        if board.current is None or rule is None:
            return []
        states = run.act(self, votes_numbers.unmet, self.chair.work, board.current, rule, board.to_vote[0].id)
        return [words.gate_line(one) for one in states or ()]

    def _left_open(self, board: Board) -> Election | None:
        """The last vote where it was an election that left seats open."""
        last = board.motions[-1] if board.motions else None
        if last is None or not last.nominees or last.counts is None:
            return None
        preview = run.act(self, self.chair.judged, last)
        election = preview.election if preview is not None else None
        return election if election is not None and election.stands else None

    def further_step(self, board: Board) -> str:
        """The further election as the next step; nothing where there is none to hold, or the item is concluded."""
        if board.state != "open" or board.vote is not None or board.queue or board.entry is None:
            return ""
        election = None if board.entry.concluded else self._left_open(board)
        if election is None or not election.quorate:
            return ""
        if election.tied:
            return _("Vote again between those level")
        said = ngettext_("Further election for {count} seat", "Further election for {count} seats", election.unfilled)
        return said.format(count=election.unfilled)

    def further_election(self) -> None:
        """Prepare the further election for the seats left open."""
        board = self.chair.board
        if board is not None and board.vote is None and self._left_open(board) is not None:
            self.chair.wanted.emit("motion")

    @staticmethod
    def _next_words(board: Board) -> str:
        if board.series is not None and board.series.left:
            way = _("Approval") if board.series.way == "approval" else _("In pairs")
            return _("{way}: {left} votes still to come").format(way=way, left=board.series.left)
        names = [option.name for option in board.to_vote]
        if names and board.kind.default_rule:
            return _("Vote on {options}").format(options="、".join(names))
        return _("Put a motion to the vote")

    @staticmethod
    def _hint_words(board: Board) -> str:
        rule = board.kind.default_rule
        if rule is None or not board.to_vote:
            return ""
        method = _(votes.METHODS[RULES[rule].methods[0]])
        return " · ".join(part for part in (words.force(rule)[0], method) if part)

    def start_next(self) -> None:
        """Put the next option to the vote, or ask for the motion where there is none."""
        board = self.chair.board
        if board is None or board.state != "open" or board.vote is not None:
            return
        if self._go_on(board):
            return
        if board.to_vote and board.kind.default_rule:
            self.start_option(board.to_vote[0].id)
        else:
            self.chair.wanted.emit("motion")

    def _go_on(self, board: Board) -> bool:
        """Open the next vote of a comparison under way; whether there was one."""
        if board.series is None or not board.series.left or board.current is None:
            return False
        following = run.act(self, votes_series.next_vote, self.chair.work, board.current)
        if following is None:
            return False
        said = _("The vote is open: {motion}").format(motion=following.motion)
        self.chair.do(self, said, votes_series.go_on, board.current)
        return True

    def start_option(self, option_id: uuid.UUID) -> None:
        """Put one option to the vote by the usual rule; the next of a comparison goes before."""
        board = self.chair.board
        if board is not None and board.vote is None and self._go_on(board):
            return
        option = next((one for one in board.options if one.id == option_id), None) if board else None
        if board is None or option is None or board.current is None or board.kind.default_rule is None:
            return
        if run.act(self, votes_numbers.passable, self.chair.work, board.current, board.kind.default_rule, option.id):
            self.chair.wanted.emit("motion")  # there a reason can be given
            return
        motion = motion_text(board.kind.default_rule, option.name)
        said = _("The vote is open: {motion}").format(motion=option.name)
        self.chair.do(self, said, votes.open_vote, board.current, motion=motion, option_id=option.id)

    def start_between(self) -> None:
        """Put the options that came out level against each other."""
        board = self.chair.board
        if board is not None and board.vote is None and board.current is not None:
            self.chair.do(self, _("Those level are voted on again"), votes_series.between, board.current)

    def note_nobody(self) -> None:
        """The chair asked, and nobody wished to speak."""
        board = self.chair.board
        if board is not None and board.current is not None:
            self.chair.do(self, _("Noted: nobody wished to speak"), floor.no_statements, board.current)


def _sentence(text: str, tone: str) -> QHBoxLayout:
    line = row(spacing=8)
    line.addWidget(IconLabel("late", tone, 18))
    line.addWidget(Label(text, "hint", tone, wrap=True), 1)
    return line
