"""Keeps what stands half-typed in the statement line a moment after each key, for after a power failure."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from deliberation_app.services import floor_draft
from deliberation_app.ui import console_words as words

if TYPE_CHECKING:
    from deliberation_app.ui.console_line import StatementLine

_SOON_MS = 300


class LineDraft(QObject):
    """The draft of one line; it is written to a small file beside the database and is no act."""

    def __init__(self, line: StatementLine) -> None:
        super().__init__(line)
        self._line = line
        self._restored = False
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.keep)
        for edit in (line.text, line.who, line.due):
            edit.textEdited.connect(lambda _text: self.later())
        line.verbatim.toggled.connect(lambda _on: self.later())

    def later(self) -> None:
        """Write it in a moment, unless it is written anew before."""
        if self._restored:
            self._soon.start()

    def keep(self) -> None:
        """Write it now."""
        line = self._line
        floor_draft.keep(line.chair.work, line.chair.meeting_id, half_typed(line))

    def drop(self) -> None:
        """What stood there is noted or given up."""
        self._soon.stop()
        if self._restored:
            floor_draft.keep(self._line.chair.work, self._line.chair.meeting_id, {})

    def restore(self) -> None:
        """Once, when the meeting is first seen: what stood there when the program ended."""
        if self._restored:
            return
        self._restored = True
        line = self._line
        draft = floor_draft.kept(line.chair.work, line.chair.meeting_id)
        if draft.get("text") or draft.get("due"):
            take_up(line, draft)


def half_typed(line: StatementLine) -> dict[str, str]:
    """Everything that stands in the line and is not noted yet."""
    corrected = line.corrected()
    return {
        "text": line.text.text(), "person": line.who.person_id(), "name": line.who.text(),
        "side": line.side.current(), "stance": line.chosen_stance, "due": line.due.text() if line.due_shown() else "",
        "verbatim": "1" if line.verbatim.isChecked() else "", "to": str(line.to or ""),
        "correcting": str(corrected.id) if corrected is not None else "",
    }  # fmt: skip


def take_up(line: StatementLine, draft: dict[str, str]) -> None:
    """Stand as it did when the program ended; what it corrected or answered may be gone since."""
    board = line.chair.board
    by_id = {one.id: one for one in board.statements} if board is not None else {}
    was = by_id.get(key_of(draft.get("correcting", "")))
    if was is not None:
        line.correct(was)
    line.who.set_person(draft.get("person", ""), draft.get("name", ""))
    to = key_of(draft.get("to", ""))
    line.to = to if to in by_id else None
    if line.gong and draft.get("side") in words.SIDES:
        line.side.choose(draft["side"])
    line.show_stance(draft.get("stance", "") if draft.get("stance", "") in words.STANCES else "")
    line.verbatim.setChecked(bool(draft.get("verbatim")))
    if draft.get("due"):
        line.show_due(True)
        line.due.setText(draft["due"])
    line.text.setText(draft.get("text", ""))


def key_of(text: str) -> uuid.UUID | None:
    """The id that a text holds, None where it holds none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
