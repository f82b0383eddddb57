"""Consensus: the chair asks whether anybody objects; nobody does, or hands are counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal

from deliberation_app.language import _
from deliberation_app.services.board import Motion
from deliberation_app.ui.console_count import CountWay
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import column


class Consent(CountWay):
    """One question with two answers."""

    objected = Signal()

    def __init__(self, present: int) -> None:
        super().__init__()
        self._present = present
        self._nobody = False
        box = column(self, spacing=8)
        box.addWidget(Label(_("Does anybody object?"), "h2", wrap=True))
        self.nobody = Button(_("Nobody objects"))
        self.nobody.setAutoDefault(True)
        self.nobody.clicked.connect(self._agreed)
        self.somebody = Button(_("Somebody objects: count hands"))
        self.somebody.setAutoDefault(True)
        self.somebody.clicked.connect(self.objected)
        box.addWidget(self.nobody)
        box.addWidget(self.somebody)
        self._said = Label("", "hint", "text2", wrap=True)
        box.addWidget(self._said)
        self._tell()

    def _tell(self) -> None:
        said = _("Nobody objects: all {count} present are in favour.").format(count=self._present)
        self._said.setText(said if self._nobody else _("Ask aloud and wait; silence is not hurried."))

    def _agreed(self) -> None:
        self._nobody = True
        self._tell()
        self.edited.emit()

    def show_present(self, present: int) -> None:
        """People have come or gone."""
        if present != self._present:
            self._present = present
            self._tell()

    def numbers(self) -> dict[str, int | None]:
        """Everybody present is in favour."""
        return {"in_favour": self._present if self._nobody else None, "against": 0, "abstain": 0}

    def complete(self) -> bool:
        """Whether it was said that nobody objects."""
        return self._nobody

    def show_counted(self, motion: Motion) -> None:
        """It was recorded so."""
        self._present = int((motion.counts or {}).get("in_favour", self._present))
        self._nobody = True
        self._tell()

    def empty(self) -> None:
        """Ask anew."""
        self._nobody = False
        self._tell()
        self.edited.emit()

    def set_fixed(self, fixed: bool) -> None:
        """The answer stands until it is asked again."""
        for button in (self.nobody, self.somebody):
            button.setEnabled(not fixed)

    def start(self) -> None:
        """To the first answer."""
        self.nobody.setFocus(Qt.FocusReason.OtherFocusReason)

    def resume(self) -> None:
        """To the first answer."""
        self.start()

    def untouched(self) -> bool:
        """Whether nobody was asked yet."""
        return not self._nobody

    def draft(self) -> dict[str, Any]:
        """That nobody objects."""
        return {"nobody": True} if self._nobody else {}

    def restore(self, draft: Mapping[str, Any]) -> None:
        """It was said before."""
        if draft.get("nobody") is True:
            self._nobody = True
            self._tell()

    def go_to_changed(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
        """What was answered."""
        return _("Nobody objects")
