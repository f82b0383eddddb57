"""Leads from a paper that cannot be printed to what is to be corrected: the person with that name, or the meeting."""

from __future__ import annotations

from collections.abc import Callable

from deliberation_app.errors import AppError
from deliberation_app.language import _
from deliberation_app.services import papers_glyphs
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.states import ErrorLine

# Where the button stands in the error line: behind the words.
_BEHIND_WORDS = 2


class Mending:
    """A button in the error line of a paper, there only while a character without a font is the reason."""

    def __init__(self, desk: Desk, error_line: ErrorLine) -> None:
        self._desk = desk
        self._go: Callable[[], object] = lambda: None
        # Where a character stands that is in no name of the register.
        self.otherwise: Callable[[], object] | None = None
        self.button = Button("", small=True, icon="edit")
        self.button.clicked.connect(self._lead)
        error_line.layout().insertWidget(_BEHIND_WORDS, self.button)
        self.button.hide()

    def lead(self, error: AppError) -> None:
        """Offer the way, if the error is of this sort."""
        self.rest()
        if not papers_glyphs.character_of(error):
            return
        bearer = papers_glyphs.bearer(self._desk.work, error)
        if bearer is not None:
            self._offer(_("Correct the name of {name}").format(name=bearer.name),
                        lambda: self._desk.navigate("people", person=str(bearer.id)))  # fmt: skip
        elif self.otherwise is not None:
            self._offer(_("Go to the meeting"), self.otherwise)

    def _offer(self, words: str, go: Callable[[], object]) -> None:
        self._go = go
        self.button.setText(words)
        self.button.show()

    def _lead(self) -> None:
        self._go()

    def rest(self) -> None:
        """Nothing to mend."""
        self.button.hide()
