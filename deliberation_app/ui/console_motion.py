"""A motion is prepared: its words to be read out, the rule that judges it, how people vote, who stands."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtGui import QHideEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from deliberation_app.domain.votes import RULES, Election, OwnRule, requirements
from deliberation_app.errors import AppError
from deliberation_app.language import _, render
from deliberation_app.services import rules, votes, votes_numbers, votes_series
from deliberation_app.services.board import Board, Motion
from deliberation_app.ui import console_vote_room as room
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.console_motion_draft import MotionDraft
from deliberation_app.ui.console_motion_words import NO_OPTION, MotionWords
from deliberation_app.ui.kit import forms, run, theme
from deliberation_app.ui.kit.lists import Row

_EACH = "each"


class MotionPanel(QWidget):
    """Everything that an unusual vote needs; what is missing is said before it is opened."""

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        self.chair = chair
        self._standing: dict[str, str] = {}
        self._passable: tuple[str, ...] = ()
        self._own: dict[str, OwnRule] = {}
        self._round: int | None = None
        forms.load("console_motion", self)
        self.candidate.set_find(chair.find)
        self.candidate.chosen.connect(self._add)
        self.candidates.acted.connect(self._remove)
        self.rule.edited.connect(self._rule_chosen)
        self.house.edited.connect(self.say_missing)
        self.option.edited.connect(self._option_chosen)
        self.way.edited.connect(self._way_chosen)
        self.open_button.clicked.connect(self.start)
        self.draft, self.words = MotionDraft(self), MotionWords(self)
        self.cancel.clicked.connect(lambda: chair.wanted.emit("line"))

    def show_error(self, error: AppError, again: Callable[[], object] | None = None) -> None:
        """Say here what went wrong."""
        self.error.show_error(error, again)
        room.bring_later(self.scroll, self.error)

    def prepare(self) -> None:
        """Start afresh for the entry of the moment; after an election that left seats open, for the further one."""
        board = self.chair.board
        if board is None or board.entry is None:
            return
        room.bring_later(self.scroll, self.motion)
        self.error.hide()
        self._standing.clear()
        self._round = None
        self.motion.editor.setFont(theme.font("h2"))  # to be read out from where the chair stands
        self.words.say("")
        self.reason.set_value("")
        self.seats.set_value(1)
        choices = [(rule, _(RULES[rule].name)) for rule in board.kind.rules]
        self.rule.editor.set_options(choices, board.kind.default_rule or (choices[0][0] if choices else ""))
        options = [(NO_OPTION, _("None of the options")), *((str(one.id), one.name) for one in board.to_vote)]
        self.option.editor.set_options(options, options[1][0] if len(options) > 1 else NO_OPTION)
        self.option.setVisible(len(options) > 1)
        self.rule.setVisible(len(choices) > 1)
        self._offer_ways(board)
        self._prepare_further(board)
        self._rule_chosen()
        self._option_chosen()
        self._way_chosen()
        self.draft.proposed()
        if self.draft.restore():
            self.motion.editor.moveCursor(QTextCursor.MoveOperation.End)
        else:
            self.motion.editor.selectAll()  # other words take the place of the proposed ones
        self.words.begin()
        self.motion.editor.setFocus()

    def chosen(self, name: str) -> None:
        """Follow the choice of a field that was put back."""
        follow = {"rule": self._rule_chosen, "option": self._option_chosen, "way": self._way_chosen}
        follow.get(name, self.say_missing)()

    def round(self) -> int | None:
        """Which round of an election it is, None where it is none that goes on."""
        return self._round

    def standing(self) -> dict[str, str]:
        """Who stands: names by id."""
        return dict(self._standing)

    def stand(self, candidates: object) -> None:
        """These stand."""
        if isinstance(candidates, dict):
            self._standing = {str(key): str(name) for key, name in candidates.items()}
            self._fill()

    def hideEvent(self, event: QHideEvent) -> None:
        """What is put away half-typed is kept, but does not come up by itself."""
        super().hideEvent(event)
        self.draft.later()

    def _offer_ways(self, board: Board) -> None:
        ways = [
            (_EACH, _("Each is voted on by itself")),
            *((name, _(said)) for name, said in votes_series.WAYS.items()),
        ]
        self.way.editor.set_options(ways, _EACH)
        self.way.setVisible(len(board.options) >= votes_series.LEAST)

    def _prepare_further(self, board: Board) -> None:
        """The seats left open, those who stand for them, and the same rule."""
        last = board.motions[-1] if board.motions else None
        preview = run.act(self, self.chair.judged, last) if last is not None and last.nominees else None
        election: Election | None = preview.election if preview is not None else None
        if last is None or election is None or not election.stands:
            return
        names = {str(one.person_id): one.name for one in last.nominees}
        self._standing = {key: names[key] for key in election.stands if key in names}
        # A tie is voted on again by the same line; open seats go by the line of a further election.
        self._round = last.round if election.tied else 2
        self.rule.set_value(last.rule)
        self.seats.set_value(election.unfilled)
        self.words.say(_further_words(last, tied=bool(election.tied)))

    def _rule_chosen(self) -> None:
        rule = self.rule.value()
        if not rule:
            return
        methods = [(name, _(votes.METHODS[name])) for name in RULES[rule].methods]
        self.method.editor.set_options(methods, methods[0][0])
        for part in (self.seats, self.candidate, self.candidates, self.candidates_label):
            part.setVisible(RULES[rule].election)
        self._offer_house(rule)
        self.words.rule_chosen()
        self._fill()
        self.say_missing()

    def _offer_house(self, rule: str) -> None:
        """The unit's own rules of procedure for this kind of meeting."""
        board, self._own = self.chair.board, {}
        if board is not None and RULES[rule].own_fractions:
            found = run.act(self, rules.house_rules, self.chair.work, board.meeting.unit_id) or ()
            self._own = {one.id: one for one in found if board.meeting.kind in one.kinds}
        self.house.editor.set_options([(key, one.printed) for key, one in self._own.items()])
        self.house.setVisible(bool(self._own))

    def _house_rule(self) -> Mapping[str, Any] | None:
        chosen = self._own.get(self.house.value())
        return chosen.for_vote() if chosen is not None else None

    def _option_chosen(self) -> None:
        if self._round is None and not self._standing:
            self.words.option_chosen()
        self.say_missing()

    def _way_chosen(self) -> None:
        """In a comparison the program words each vote."""
        alone = self._way() is None
        self.motion.setVisible(alone)
        self.option.setVisible(alone and self.option.editor.count() > 1)

    def _way(self) -> str | None:
        way = self.way.value()
        return way if way in votes_series.WAYS and self.way.isVisibleTo(self) else None

    def _option_id(self) -> uuid.UUID | None:
        value = self.option.value()
        return uuid.UUID(value) if value and value != NO_OPTION else None

    def say_missing(self) -> None:
        """What stands in the way of this vote, and the lines of its rule."""
        board, rule = self.chair.board, self.rule.value()
        if board is None or board.current is None or not rule:
            return
        states = run.act(self, votes_numbers.unmet, self.chair.work, board.current, rule, self._option_id()) or ()
        self.missing.setText("\n".join(words.gate_line(one) for one in states if one.sentence is not None))
        self.missing.setVisible(bool(states))
        self._passable = tuple(one.gate.id for one in states if one.overridable)
        self.reason.setVisible(bool(self._passable))
        self._say_lines(board, rule)

    def _say_lines(self, board: Board, rule: str) -> None:
        """The rule in words, and what is still possible with those who are there."""
        house = self._own.get(self.house.value())
        law = RULES[rule]
        lines = [render(one) for one in requirements(law)] if house is None else [words.house_lines(house)]
        if law.own_fractions and house is None:
            lines.insert(0, _("No rules of procedure are entered for this kind of meeting: the lines of a straw poll."))
        told = self._house_rule()
        possible = run.act(self, votes_numbers.possible, self.chair.work, board.current, rule, told) or ()
        self.lines.setText("\n".join([*lines, *(render(one) for one in possible)]))

    def _add(self, person_id: str, name: str) -> None:
        room.bring_later(self.scroll, self.candidates, self.candidate)
        self._standing[person_id] = name
        self.candidate.clear_person()
        self._fill()
        self.draft.later()

    def _remove(self, person_id: str) -> None:
        self._standing.pop(person_id, None)
        self._fill()
        self.draft.later()

    def _fill(self) -> None:
        rows = [Row(key, name, act=_("Take off")) for key, name in self._standing.items()]
        self.candidates.fill(rows)
        self.candidates.fit()

    def start(self) -> None:
        """Open the vote, or the first of a comparison."""
        board, rule = self.chair.board, self.rule.value()
        if board is None or board.current is None or not rule:
            return
        self.error.hide()
        given: dict[str, Any] = {
            "rule": rule, "method": self.method.value(), "house_rule": self._house_rule(),
            "overrides": dict.fromkeys(self._passable, self.reason.value()),
        }  # fmt: skip
        way = self._way()
        if way is not None:
            done = self.chair.do(self, _("The comparison has begun"), votes_series.begin, board.current, way, **given)
            if done is not None:
                self.draft.drop()
            return
        election = RULES[rule].election
        said = _("The vote is open: {motion}").format(motion=self.motion.value())
        done = self.chair.do(
            self, said, votes.open_vote, board.current, motion=self.motion.value(), option_id=self._option_id(),
            seats=self.seats.value() if election else None, round_=self._round if election else None,
            candidates=[uuid.UUID(key) for key in self._standing] if election else (), **given,
        )  # fmt: skip
        if done is not None:
            self.draft.drop()

    def shown_for(self, board: Board) -> bool:
        """Whether a motion can be prepared now."""
        return board.state == "open" and board.vote is None and board.entry is not None


def _further_words(last: Motion, *, tied: bool) -> str:
    """The motion of the further election, as it is printed."""
    before = last.motion.removeprefix("再次投票：").removeprefix("另行选举：")
    return f"{'再次投票' if tied else '另行选举'}：{before}"
