"""The panel in which passages of a record are corrected; numbers and verdicts are not among them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from deliberation_app.language import _
from deliberation_app.ui.kit import forms
from deliberation_app.ui.kit.lists import Row

_SHORT = 40


class MinutesTexts(QWidget):
    """A list of passages, the text of the chosen one, and what to do with it."""

    kept = Signal(str, str)
    restored = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        forms.load("minutes_texts", self)
        self._texts: dict[str, str] = {}
        self._key = ""
        self.passages.setAccessibleName(_("Passages"))
        self.passages.picked.connect(self._show)
        self.passages.opened.connect(lambda _key: self.editor.setFocus())
        self.keep.clicked.connect(lambda: self.kept.emit(self._key, self.editor.value()))
        self.restore.clicked.connect(lambda: self.restored.emit(self._key))
        self.done.clicked.connect(self.closed)

    def show_texts(self, texts: Mapping[str, str], corrected: frozenset[str]) -> None:
        """Offer these passages; those that were corrected say so."""
        self._texts = dict(texts)
        self.passages.fill(
            [
                Row(key, text[:_SHORT], _("Corrected") if key in corrected else "", icon="edit" if key in corrected else "")
                for key, text in self._texts.items()
            ]
        )
        self._show(self._key if self._key in self._texts else next(iter(self._texts), ""))

    def _show(self, key: str) -> None:
        self._key = key
        self.passages.choose(key)
        self.editor.set_value(self._texts.get(key, ""))
        for act in (self.editor, self.keep, self.restore):
            act.setEnabled(bool(key))
