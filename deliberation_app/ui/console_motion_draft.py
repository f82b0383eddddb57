"""A motion that is being prepared, as it is kept and put back: its words, rule, way of voting, and who stands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from deliberation_app.services.floor_draft import Draft

if TYPE_CHECKING:
    from deliberation_app.ui.console_motion import MotionPanel

# In this order they are put back: a rule offers its ways of voting, an option proposes its words.
_CHOICES = ("rule", "house", "method", "option", "way")
_FIELDS = (*_CHOICES, "seats", "reason", "motion")
_NAMES = ("motion", "motion_entry", "motion_open", "motion_told")


class MotionDraft(QObject):
    """The draft of one panel. It stays when the panel is put away, and goes with the vote that is opened."""

    def __init__(self, panel: MotionPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._entry = ""
        # What the program proposed: words that nobody touched are no draft.
        self._proposed: str | None = None
        panel.chair.drafts.tell("motion", self._told)
        for name in _FIELDS:
            getattr(panel, name).edited.connect(self.later)

    def later(self) -> None:
        """Something was typed or chosen."""
        self._panel.chair.drafts.later()

    def proposed(self) -> None:
        """The panel shows what the program proposes."""
        board = self._panel.chair.board
        self._entry = str(board.current) if board is not None else ""
        self._proposed = self._values()

    def _values(self) -> str:
        panel = self._panel
        said = {name: str(getattr(panel, name).value() or "") for name in _FIELDS}
        return json.dumps({**said, "round": panel.round(), "standing": panel.standing()}, ensure_ascii=False)

    def _told(self) -> Draft:
        if self._proposed is None:
            return {}
        values, shown = self._values(), not self._panel.isHidden()
        if not shown and values == self._proposed:
            return dict.fromkeys(_NAMES, "")
        words = self._panel.motion.value() or " "  # one whose words were all taken out is still being prepared
        return {
            "motion": words, "motion_entry": self._entry, "motion_open": "1" if shown else "", "motion_told": values,
        }  # fmt: skip

    def drop(self) -> None:
        """The vote is open: nothing of it is half-typed any more."""
        self._proposed = self._values()
        self._panel.chair.drafts.keep()

    def waits(self) -> bool:
        """Whether a motion for the entry of the moment was being prepared when all ended."""
        board, draft = self._panel.chair.board, self._panel.chair.drafts.read()
        return bool(board is not None and self._panel.shown_for(board) and draft.get("motion_open")) and self._fits()

    def _fits(self) -> bool:
        board, draft = self._panel.chair.board, self._panel.chair.drafts.read()
        return bool(draft.get("motion")) and board is not None and draft.get("motion_entry") == str(board.current)

    def restore(self) -> bool:
        """Put back what was being prepared for this entry; false where nothing was."""
        told = _read(self._panel.chair.drafts.read().get("motion_told", "")) if self._fits() else {}
        panel = self._panel
        # Nothing was touched, or a further election has come: that is another motion.
        if not told or told == _read(self._proposed or "") or told.get("round") != panel.round():
            return False
        for name in _CHOICES:
            field = getattr(panel, name)
            if told.get(name) and field.editor.findData(told[name]) >= 0:
                field.set_value(told[name])
                panel.chosen(name)
        for name in ("seats", "reason", "motion"):
            value = told.get(name, "")
            if name == "motion":
                panel.words.say(str(value))
            else:
                getattr(panel, name).set_value(int(value or 1) if name == "seats" else value)
        panel.stand(told.get("standing"))
        return True


def _read(text: str) -> dict[str, object]:
    """What a text holds, nothing where it is broken."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
