"""The panel in which passages of a record are corrected; numbers and verdicts are not among them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from deliberation_app.language import _
from deliberation_app.services.minutes_view import Passage
from deliberation_app.ui.kit import forms
from deliberation_app.ui.kit.lists import Row


class MinutesTexts(QWidget):
    """A list of passages, the text of the chosen one, and what to do with it."""

    kept = Signal(str, str)
    restored = Signal(str)
    looked_at = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        forms.load("minutes_texts", self)
        self._passages: dict[str, Passage] = {}
        self._key = ""
        self._there = ""
        self.passages.setAccessibleName(_("Passages"))
        self.passages.picked.connect(self._pick)
        self.passages.opened.connect(lambda _key: self.editor.setFocus())
        self.editor.edited.connect(self._mark)
        self.keep.clicked.connect(self._keep)
        self.restore.clicked.connect(lambda: self.restored.emit(self._key))
        self.done.clicked.connect(self.leave)

    def show_passages(self, passages: Sequence[Passage]) -> None:
        """Offer these passages; what is being typed stays as it is."""
        typed = self.editor.value() if self.changed() else None
        self._passages = {passage.key: passage for passage in passages}
        self.passages.fill([_row(passage) for passage in passages])
        kept = self._key in self._passages
        self._show(self._key if kept else next(iter(self._passages), ""))
        if kept and typed is not None:
            self.editor.set_value(typed)

    def changed(self) -> bool:
        """Whether something was typed that is not saved yet."""
        return bool(self._key) and self.editor.value() != self._there

    def leave(self) -> None:
        """Back to printing; what was typed is saved first, as it can be taken back."""
        self._keep()
        self.closed.emit()

    def _pick(self, key: str) -> None:
        if key != self._key:
            self._keep()
            self._show(key)
            self.looked_at.emit(self._there)

    def _keep(self) -> None:
        if self.changed():
            self._there = self.editor.value()
            self.kept.emit(self._key, self._there)

    def _show(self, key: str) -> None:
        self._key = key
        passage = self._passages.get(key)
        self.passages.choose(key)
        self._there = passage.text.strip() if passage else ""
        self.passage_head.setText(passage.head if passage else "")
        self.editor.set_value(self._there)
        self.editor.setEnabled(bool(passage))
        self._mark()

    def _mark(self) -> None:
        passage = self._passages.get(self._key)
        self.keep.setEnabled(self.changed())
        self.restore.setEnabled(passage is not None and passage.corrected)


def _row(passage: Passage) -> Row:
    words = " ".join(passage.text.split())
    if not passage.corrected:
        return Row(passage.key, passage.head, words)
    return Row(passage.key, passage.head, words, status=_("Corrected"), status_tone="accent")
