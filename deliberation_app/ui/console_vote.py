"""The vote: what is put next and what stands in its way, and while it is open the numbers with their verdict."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from deliberation_app.domain.votes import RULES
from deliberation_app.errors import AppError
from deliberation_app.language import _, render
from deliberation_app.services import floor, votes, votes_numbers
from deliberation_app.services.board import Board, Motion
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.console_count import CountFields
from deliberation_app.ui.console_verdict import VerdictBox
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import ElideLabel, Label, StatusWords
from deliberation_app.ui.kit.panels import Card, column, empty, row
from deliberation_app.ui.kit.states import ErrorLine

_MOST = 3


def force_words(rule: str) -> tuple[str, str, str]:
    """Whether a vote by this rule binds, with tone and icon."""
    return ("", "", "") if RULES[rule].legal_force else (_("no legal force"), "warn", "note")


class VoteCard(Card):
    """What is put to the vote next; every gate that is not met stands here with its sentence."""

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        self.chair = chair
        box = column(self, margins=(16, 10, 16, 10), spacing=6)
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
        self._missing = column(spacing=4)
        box.addLayout(self._missing)
        self.nobody = Button(_("Nobody wishes to speak"), small=True)
        self.nobody.clicked.connect(self.note_nobody)
        box.addWidget(self.nobody)
        self._error = ErrorLine(self)
        box.addWidget(self._error)
        self._taken = column(spacing=2)
        box.addLayout(self._taken)
        self._shown: object = None
        chair.changed.connect(self.show_board)

    def show_board(self, board: Board) -> None:
        """The votes of the entry."""
        state = (board.options, board.motions, board.missing, board.state, board.current, board.entry)
        if state == self._shown:
            return
        self._shown = state
        self._error.hide()
        live = board.state == "open" and bool(board.kind.rules) and board.entry is not None
        self.setVisible(live or bool(board.motions))
        self._title.set_text(self._next_words(board))
        self._hint.set_text(self._hint_words(board))
        self._hint.setVisible(bool(self._hint.whole()))
        self.start.setVisible(live)
        empty(self._missing)
        for sentence in board.missing if live and board.to_vote else ():
            self._missing.addLayout(_sentence(render(sentence), "warn"))
        entry = board.entry
        silent = bool(board.missing) and entry is not None and not board.statements and not entry.no_statements
        self.nobody.setVisible(live and silent)
        empty(self._taken)
        for motion in board.motions[-_MOST:]:
            if motion.counts is not None:
                self._taken.addWidget(_taken(motion, board))

    @staticmethod
    def _next_words(board: Board) -> str:
        names = [option.name for option in board.to_vote]
        if names and board.kind.default_rule:
            return _("Vote on {options}").format(options=" · ".join(names))
        return _("Put a motion to the vote")

    @staticmethod
    def _hint_words(board: Board) -> str:
        rule = board.kind.default_rule
        if rule is None or not board.to_vote:
            return ""
        method = _(votes.METHODS[RULES[rule].methods[0]])
        return " · ".join(part for part in (force_words(rule)[0], method) if part)

    def start_next(self) -> None:
        """Put the next option to the vote, or ask for the motion where there is none."""
        board = self.chair.board
        if board is None or board.state != "open" or board.vote is not None:
            return
        if board.to_vote and board.kind.default_rule:
            self.start_option(board.to_vote[0].id)
        else:
            self.chair.wanted.emit("motion")

    def start_option(self, option_id: uuid.UUID) -> None:
        """Put one option to the vote by the usual rule."""
        board = self.chair.board
        option = next((one for one in board.options if one.id == option_id), None) if board else None
        if board is None or option is None or board.current is None or board.kind.default_rule is None:
            return
        if run.act(self, votes_numbers.passable, self.chair.work, board.current, board.kind.default_rule, option.id):
            self.chair.wanted.emit("motion")  # there a reason can be given
            return
        motion = votes_numbers.motion_text(board.kind.default_rule, option.name)
        said = _("The vote is open: {motion}").format(motion=option.name)
        self.chair.do(self, said, votes.open_vote, board.current, motion=motion, option_id=option.id)

    def note_nobody(self) -> None:
        """The chair asked, and nobody wished to speak."""
        board = self.chair.board
        if board is not None and board.current is not None:
            self.chair.do(self, _("Noted: nobody wished to speak"), floor.no_statements, board.current)


def _sentence(text: str, tone: str) -> QWidget:
    line = row(spacing=8)
    line.addWidget(IconLabel("late", tone, 18))
    line.addWidget(Label(text, "hint", tone, wrap=True), 1)
    return line


def _taken(motion: Motion, board: Board) -> QWidget:
    """A vote that was taken: which, what came out, the numbers."""
    made = QWidget()
    across = row(made, spacing=8)
    option = next((one for one in board.options if one.id == motion.option_id), None)
    counts = motion.counts or {}
    across.addWidget(ElideLabel(option.name if option else motion.motion, "label", "text"), 1)
    numbers = " : ".join(str(counts.get(name, 0)) for name in ("in_favour", "against", "abstain"))
    if not motion.nominees:
        across.addWidget(Label(numbers, "label"))
    said = words.outcome(motion.rule, quorate=bool(motion.quorate), passed=bool(motion.passed))
    across.addWidget(StatusWords(said, "ok" if motion.passed else "text2", "done" if motion.passed else "note"))
    return made


def _said(motion: Motion) -> str:
    """The motion without the words on its force, which stand beside it."""
    return motion.motion.removesuffix(f"（{RULES[motion.rule].words.last}）")


class VotePanel(QWidget):
    """An open vote: type the numbers, see at once whether they add up and what they mean."""

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        self.chair = chair
        self._motion: Motion | None = None
        self._counts: object = None
        self.fields: CountFields | None = None
        self.again = False
        forms.load("console_vote", self)
        self.verdict = VerdictBox()
        self.verdict_place.layout().addWidget(self.verdict)
        self.why.hide()
        self.by.set_find(chair.find)
        self.recount_button.clicked.connect(self.count_again)
        self.void_button.clicked.connect(self.void)
        chair.changed.connect(self.show_board)

    def show_error(self, error: AppError, again: Callable[[], object] | None = None) -> None:
        """Say here what went wrong."""
        self.error.show_error(error, again)

    def motion(self) -> Motion | None:
        """The vote that is shown."""
        return self._motion

    def show_board(self, board: Board) -> None:
        """The vote that is open, or the one that is counted again."""
        motion = board.vote
        if motion is None and self.again:
            motion = next((one for one in board.motions if self._motion and one.id == self._motion.id), None)
        if motion is None:
            self._motion, self.again = None, False
            return
        fresh = self._motion is None or self._motion.id != motion.id
        if fresh or self._counts != motion.counts:
            self._motion, self._counts = motion, motion.counts
            self._show_motion(board, motion, fresh=fresh)
        else:
            self._preview()  # who is present may have changed

    def _show_motion(self, board: Board, motion: Motion, *, fresh: bool) -> None:
        self.head.setText(" · ".join((_(RULES[motion.rule].name), _(votes.METHODS[motion.method]))))
        self.force.show_as(*force_words(motion.rule))
        self.title.setText(_said(motion))
        if fresh:
            self.again = False
            empty(self.fields_place.layout())
            names = votes_numbers.fields(motion.rule, motion.method, election=bool(motion.nominees))
            self.fields = CountFields(motion, names)
            self.fields.edited.connect(self._typed)
            self.fields_place.layout().addWidget(self.fields)
            self.chair.wanted.emit("door")
        counted = motion.counts is not None
        if counted:
            self.fields.show_counted(motion)
        elif not fresh:
            self.fields.empty()
        self._let_count(not counted)

    def _let_count(self, open_: bool) -> None:
        counted = self._motion is not None and self._motion.counts is not None
        self.fields.set_fixed(not open_)
        self.why.setVisible(open_ and counted)
        self.again = open_ and counted
        self.error.hide()
        self.void_button.setVisible(self.chair.board is not None and self.chair.board.vote is not None)
        self._preview()
        if open_:
            self.fields.start()

    def _typed(self) -> None:
        """Other numbers: what was wrong with the last ones no longer holds."""
        self.error.hide()
        self._preview()

    def _preview(self) -> None:
        """What the numbers typed so far mean."""
        motion, board = self._motion, self.chair.board
        if motion is None or board is None or self.fields is None:
            return
        preview = None
        if motion.counts is not None and not self.again:
            preview = run.act(self, self.chair.judged, motion)
        elif self.fields.complete():
            preview = run.act(
                self, votes_numbers.preview, self.chair.work, motion.id, self.fields.candidates(),
                **self.fields.numbers(),
            )  # fmt: skip
        names = {str(one.person_id): one.name for one in motion.nominees}
        self.verdict.show_preview(motion.rule, preview, self.chair.today(), names, sums=not motion.nominees)

    def judge(self) -> None:
        """Close the count; refused with every sum that does not hold."""
        motion = self._motion
        if motion is None or self.fields is None:
            return
        self.error.hide()
        numbers, candidates = self.fields.numbers(), self.fields.candidates()
        if not self.fields.complete():
            self.error.say(_("Type the numbers first: who is in favour, against, abstains."))
            self.fields.start()
            return
        said = _("Counted: {motion}").format(motion=_said(motion))
        if self.again:
            by = self.by.person_id()
            done = self.chair.do(
                self, said, votes.recount, motion.id, reason=self.reason.text(), candidates=candidates,
                by_id=uuid.UUID(by) if by else None, **numbers,
            )  # fmt: skip
            if done is None and not self.reason.text().strip():
                self.reason.setFocus()
        else:
            done = self.chair.do(self, said, votes.count, motion.id, candidates=candidates, **numbers)
        if done is not None:
            self.chair.wanted.emit("line")

    def count_again(self) -> None:
        """Before judging: type anew. Afterwards: count again with the reason."""
        board = self.chair.board
        if board is None or board.state != "open":
            return
        if self._motion is None:
            counted = [one for one in board.motions if one.counts is not None]
            if not counted:
                return
            self._motion, self.again = counted[-1], True
            self._counts = self._motion.counts
            self._show_motion(board, self._motion, fresh=True)
        if self._motion.counts is None:
            self.fields.empty()
            self.fields.start()
            return
        self.reason.setText("")
        self.by.clear_person()
        self._let_count(True)
        self.chair.wanted.emit("vote")

    def announce(self) -> None:
        """The result has been read out."""
        if self._motion is not None:
            said = _("Announced: {motion}").format(motion=_said(self._motion))
            self.chair.do(self, said, votes.announce, self._motion.id)

    def void(self) -> None:
        """Take the open vote back."""
        board = self.chair.board
        if board is not None and board.vote is not None:
            self.chair.do(self, _("The vote is void"), votes.void, board.vote.id)

    def done(self) -> bool:
        """Leave a recount that was not finished; whether there was one."""
        if not self.again:
            return False
        if self.chair.board is not None and self.chair.board.vote is None:
            self._motion, self.again = None, False
        else:
            self.fields.show_counted(self._motion)
            self._let_count(False)
        self.chair.wanted.emit("line")
        return True
