"""What stands half-typed in the statement line, as it is kept and put back."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from deliberation_app.services.floor_draft import Draft
from deliberation_app.ui import console_words as words

if TYPE_CHECKING:
    from deliberation_app.ui.console_line import StatementLine


class LineDraft(QObject):
    """The draft of one line; it is written to a small file beside the database and is no act."""

    def __init__(self, line: StatementLine) -> None:
        super().__init__(line)
        self._line = line
        self._restored = False
        line.chair.drafts.tell("line", self._told)
        for edit in (line.text, line.who, line.due):
            edit.textEdited.connect(lambda _text: self.later())
        for signal in (line.who.chosen, line.side.chosen):
            signal.connect(lambda *_chosen: self.later())
        line.verbatim.toggled.connect(lambda _on: self.later())

    def _told(self) -> Draft:
        return half_typed(self._line) if self._restored else {}

    def later(self) -> None:
        """Write it in a moment."""
        if self._restored:
            self._line.chair.drafts.later()

    def drop(self) -> None:
        """What stood there is noted or given up."""
        self._line.chair.drafts.keep()

    def forget_steps(self, _said: str) -> None:
        """After an act an empty line has no typing to take back: the next undo is that of the act."""
        for edit in (self._line.who, self._line.text):
            if edit.isUndoAvailable() and not edit.text():
                edit.setText("")

    def restore(self) -> None:
        """Once, when the meeting is first seen: what stood there when the program ended."""
        if self._restored:
            return
        line = self._line
        draft = line.chair.drafts.read()
        if (draft.get("text") or draft.get("due")) and not on_record(line, draft):
            take_up(line, draft)
        self._restored = True


def on_record(line: StatementLine, draft: Draft) -> bool:
    """Whether the words went on record, and the power failed before that was known here."""
    board, corrected = line.chair.board, draft.get("correcting", "")
    said = board.statements if board is not None else ()
    return any(one.text == draft.get("text") and corrected in ("", str(one.id)) for one in said)


def half_typed(line: StatementLine) -> Draft:
    """Everything that stands in the line and is not noted yet."""
    corrected = line.corrected()
    return {
        "text": line.text.text(), "person": line.who.person_id(), "name": line.who.text(),
        "side": line.side.current(), "stance": line.chosen_stance, "due": line.due.text() if line.due_shown() else "",
        "verbatim": "1" if line.verbatim.isChecked() else "", "to": str(line.to or ""),
        "correcting": str(corrected.id) if corrected is not None else "",
    }  # fmt: skip


def take_up(line: StatementLine, draft: Draft) -> None:
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
