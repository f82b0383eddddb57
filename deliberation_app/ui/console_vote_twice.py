"""A count that is taken twice: the first numbers out of sight, the next ones compared with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deliberation_app.domain.votes import differences
from deliberation_app.language import _, render
from deliberation_app.services.votes import Preview
from deliberation_app.ui import console_ways as ways
from deliberation_app.ui import console_words as words

if TYPE_CHECKING:
    from deliberation_app.ui.console_vote import VotePanel


class SecondCount:
    """What was counted first in a panel, while it is counted once more."""

    def __init__(self, panel: VotePanel) -> None:
        self._panel = panel
        self.first: dict[str, int] | None = None

    def leave(self) -> None:
        """There is only one count."""
        self.first = None

    def restore(self, first: object) -> None:
        """A first count that was kept; why there is a second one is not known any more."""
        if isinstance(first, dict):
            self.first = {str(name): int(number) for name, number in first.items()}
            self._panel.twice.hide()

    def wanted(self, preview: Preview) -> bool:
        """Whether these numbers must be counted once more: they are close, or not those of the count before."""
        panel = self._panel
        told = ways.flat(panel.fields)
        if self.first is None:
            if preview.close is None:
                return False
            self._begin(told, render(preview.close))
            return True
        differing = differences(self.first, told)
        if not differing:
            return False
        said = words.choices(panel.motion(), panel.chair.board.options)
        self._begin(told, ways.differing(differing, panel.motion(), said))
        return True

    def _begin(self, told: dict[str, int], why: str) -> None:
        """Put the numbers out of sight; the next ones are compared with them."""
        panel = self._panel
        self.first = told
        panel.twice.setText(why)
        panel.twice.show()
        panel.back.seal()
        panel.fields.empty()
        panel.keeper.note(panel.motion().id)
        panel.keeper.write()
        panel.preview()
        panel.fields.start()

    def ask(self) -> None:
        """Have any count taken twice, because the chair wishes it."""
        panel, motion = self._panel, self._panel.motion()
        if motion is None or panel.fields is None or (motion.counts is not None and not panel.again):
            return
        if not panel.fields.complete():
            panel.say_wrong(ways.nothing_typed(panel.fields, motion))
            return
        self._begin(ways.flat(panel.fields), _("Asked for by the chair."))
