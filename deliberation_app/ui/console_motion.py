"""A motion is prepared: its words, the rule that judges it, how people vote, who stands."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from deliberation_app.domain.votes import RULES
from deliberation_app.errors import AppError
from deliberation_app.language import _, render
from deliberation_app.services import votes, votes_numbers
from deliberation_app.services.board import Board
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.lists import Row

_NONE = "none"


class MotionPanel(QWidget):
    """Everything that an unusual vote needs; what is missing is said before it is opened."""

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        self.chair = chair
        self._standing: dict[str, str] = {}
        self._passable: tuple[str, ...] = ()
        forms.load("console_motion", self)
        self.candidate.set_find(chair.find)
        self.candidate.chosen.connect(self._add)
        self.candidates.acted.connect(self._remove)
        self.rule.edited.connect(self._rule_chosen)
        self.option.edited.connect(self._option_chosen)
        self.open_button.clicked.connect(self.start)
        self.cancel.clicked.connect(lambda: chair.wanted.emit("line"))

    def show_error(self, error: AppError, again: Callable[[], object] | None = None) -> None:
        """Say here what went wrong."""
        self.error.show_error(error, again)

    def prepare(self) -> None:
        """Start afresh for the entry of the moment."""
        board = self.chair.board
        if board is None or board.entry is None:
            return
        self.error.hide()
        self._standing.clear()
        self.motion.set_value("")
        self.reason.set_value("")
        self.seats.set_value(1)
        rules = [(rule, _(RULES[rule].name)) for rule in board.kind.rules]
        self.rule.editor.set_options(rules, board.kind.default_rule or (rules[0][0] if rules else ""))
        options = [(_NONE, _("None of the options")), *((str(one.id), one.name) for one in board.to_vote)]
        self.option.editor.set_options(options, options[1][0] if len(options) > 1 else _NONE)
        self.option.setVisible(len(options) > 1)
        self.rule.setVisible(len(rules) > 1)
        self._rule_chosen()
        self._option_chosen()
        self.motion.editor.setFocus()

    def _rule_chosen(self) -> None:
        rule = self.rule.value()
        if not rule:
            return
        methods = [(name, _(votes.METHODS[name])) for name in RULES[rule].methods]
        self.method.editor.set_options(methods, methods[0][0])
        for part in (self.seats, self.candidate, self.candidates, self.candidates_label):
            part.setVisible(RULES[rule].election)
        self._fill()
        self._say_missing()

    def _option_chosen(self) -> None:
        board, rule = self.chair.board, self.rule.value()
        option = next((one for one in board.to_vote if str(one.id) == self.option.value()), None) if board else None
        if option is not None and rule:
            self.motion.set_value(votes_numbers.motion_text(rule, option.name))
        self._say_missing()

    def _option_id(self) -> uuid.UUID | None:
        value = self.option.value()
        return uuid.UUID(value) if value and value != _NONE else None

    def _say_missing(self) -> None:
        board, rule = self.chair.board, self.rule.value()
        if board is None or board.current is None or not rule:
            return
        found = run.act(self, votes_numbers.before, self.chair.work, board.current, rule, self._option_id())
        said = [render(one) for one in found[0]] if found else []
        self.missing.setText("\n".join(said))
        self.missing.setVisible(bool(said))
        passable = run.act(self, votes_numbers.passable, self.chair.work, board.current, rule, self._option_id())
        self._passable = passable or ()
        self.reason.setVisible(bool(self._passable))

    def _add(self, person_id: str, name: str) -> None:
        self._standing[person_id] = name
        self.candidate.clear_person()
        self._fill()

    def _remove(self, person_id: str) -> None:
        self._standing.pop(person_id, None)
        self._fill()

    def _fill(self) -> None:
        rows = [Row(key, name, act=_("Take off")) for key, name in self._standing.items()]
        self.candidates.fill(rows)
        self.candidates.fit()

    def start(self) -> None:
        """Open the vote."""
        board = self.chair.board
        rule = self.rule.value()
        if board is None or board.current is None or not rule:
            return
        self.error.hide()
        election = RULES[rule].election
        said = _("The vote is open: {motion}").format(motion=self.motion.value())
        self.chair.do(
            self, said, votes.open_vote, board.current, motion=self.motion.value(), rule=rule,
            method=self.method.value(), option_id=self._option_id(), seats=self.seats.value() if election else None,
            candidates=[uuid.UUID(key) for key in self._standing] if election else (),
            overrides=dict.fromkeys(self._passable, self.reason.value()),
        )  # fmt: skip

    def shown_for(self, board: Board) -> bool:
        """Whether a motion can be prepared now."""
        return board.state == "open" and board.vote is None and board.entry is not None
