"""The words of a motion and the option it is about: the one follows the other, and nothing typed is written over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from deliberation_app.domain.votes import motion_text, question, with_force, without_force
from deliberation_app.services.board_picture import Option
from deliberation_app.ui.console_item import without_name

if TYPE_CHECKING:
    from deliberation_app.ui.console_motion import MotionPanel

NO_OPTION = "none"


class MotionWords:
    """Keeps the words of one panel right for the option and the rule that are chosen."""

    def __init__(self, panel: MotionPanel) -> None:
        self._panel = panel
        self._own = False
        # The option was chosen by hand for words that do not name it.
        self._by_hand = False
        panel.motion.edited.connect(self._typed)

    def say(self, words: str) -> None:
        """These words, which nobody typed."""
        self._own = True
        self._panel.motion.set_value(words)
        self._own = False

    def begin(self) -> None:
        """The option follows the words again; one that they do not name was chosen by hand."""
        chosen = self._chosen()
        self._by_hand = chosen is not None and chosen not in _named(self._options(), self._panel.motion.value())

    def option_chosen(self) -> None:
        """Another option: its words, unless others were typed."""
        chosen, rule = self._chosen(), self._panel.rule.value()
        if chosen is not None and rule and self._are_proposed():
            self.say(motion_text(rule, chosen.name))
        self.begin()

    def rule_chosen(self) -> None:
        """Another rule: what the words say of their force is said by it."""
        words, rule = self._panel.motion.value().strip(), self._panel.rule.value()
        bare = without_force(words)
        if words and (bare != words or self._are_proposed()):
            self.say(with_force(rule, bare) if rule else bare)

    def _typed(self) -> None:
        """Words that name one option are about that one; words that do not name the chosen one are about none."""
        panel = self._panel
        if self._own or self._by_hand or panel.option.isHidden() or panel.round() is not None:
            return
        chosen, named = self._chosen(), _named(self._options(), panel.motion.value())
        wanted = named[0] if len(named) == 1 else chosen if chosen in named else None
        if wanted != chosen:
            panel.option.set_value(str(wanted.id) if wanted is not None else NO_OPTION)
            panel.say_missing()

    def _options(self) -> Sequence[Option]:
        board = self._panel.chair.board
        return board.to_vote if board is not None else ()

    def _chosen(self) -> Option | None:
        return next((one for one in self._options() if str(one.id) == self._panel.option.value()), None)

    def _are_proposed(self) -> bool:
        """Whether the words are those that the program proposes for some option."""
        words = without_force(self._panel.motion.value().strip())
        return not words or words in {question(one.name) for one in self._options()}


def _named(options: Sequence[Option], words: str) -> list[Option]:
    """The options that these words name; the longest name where one is part of another."""
    found = [one for one in options if one.name in words or without_name(one) in words]
    return [one for one in found if not any(one.name != other.name and one.name in other.name for other in found)]
