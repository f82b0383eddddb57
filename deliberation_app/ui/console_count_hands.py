"""A show of hands counted row by row: a number for each row, their running sum, each row listed and correctable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout

from deliberation_app.domain import votes_hands
from deliberation_app.domain.votes_hands import Rows
from deliberation_app.language import _
from deliberation_app.services.board import Motion
from deliberation_app.ui.console_count import NAMES, CountEdit, CountWay
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import column
from deliberation_app.ui.kit.theme import px


class RowEdit(CountEdit):
    """The next row of one choice: Enter takes it, Left goes back to the rows before, Enter alone goes on."""

    changed = Signal()
    done = Signal()
    entered = Signal(bool)

    def __init__(self, name: str) -> None:
        super().__init__(name, wide=72)
        self.rows = Rows()
        self.textEdited.connect(lambda _text: self.changed.emit())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """This choice is counted now: by hand, or because the program led here."""
        super().focusInEvent(event)
        self.entered.emit(event.reason() != Qt.FocusReason.OtherFocusReason)

    def show_rows(self, rows: Rows) -> None:
        """Take these rows; the one under correction stands in the field."""
        self.rows = rows
        self.setText("" if rows.number is None else str(rows.number))
        self.selectAll()
        self.changed.emit()

    def total(self) -> int | None:
        """The sum with what is being typed, None while there is nothing at all."""
        typed = self.value()
        if typed is not None:
            return self.rows.take(typed).total
        return self.rows.total if self.rows.numbers else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Left, Right and Backspace move among the rows; digits are typed."""
        at_start = not self.text() or self.cursorPosition() == 0 or self.selectedText() == self.text()
        at_end = not self.text() or self.cursorPosition() == len(self.text()) or self.selectedText() == self.text()
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._enter()
        elif self.isReadOnly():
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Left and at_start and self.rows.numbers:
            self._keep_typed()
            self.show_rows(self.rows.back())
        elif key == Qt.Key.Key_Right and at_end and self.rows.at is not None:
            self._keep_typed()
            self.show_rows(self.rows.forth())
        elif key == Qt.Key.Key_Backspace and not self.text() and self.rows.numbers and self.rows.at is None:
            self.show_rows(self.rows.back())
        elif key == Qt.Key.Key_Plus:
            self._enter()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        typed = self.value()
        if typed is not None and not self.isReadOnly():
            self.show_rows(self.rows.take(typed))
        elif self.rows.at is not None:
            self.show_rows(self.rows.drop())
        else:
            self.done.emit()

    def _keep_typed(self) -> None:
        """What was typed over a row, or as the next one, is not lost by moving on."""
        typed = self.value()
        if typed is not None and typed != self.rows.number:
            at = self.rows.at
            self.rows = self.rows.take(typed)
            if at is not None:
                self.rows = Rows(self.rows.numbers, at)


class HandsRows(CountWay):
    """A line for each choice: the row that is typed, the sum, and beneath it every row."""

    def __init__(self, said: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._said = {name: _(words) for name, words in NAMES.items()} | dict(said or {})
        self._edits: dict[str, RowEdit] = {}
        self._sums: dict[str, Label] = {}
        self._rows: dict[str, Label] = {}
        # Whether anything but the first choice was come to.
        self._gone_on = False
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(px(6))
        grid.setColumnStretch(0, 1)
        grid.setColumnMinimumWidth(2, px(52))
        for at, name in enumerate(votes_hands.CHOICES):
            self._add(grid, at, name)
        # Said until the first row stands there; after that the room is needed for the verdict.
        said = _("Enter takes a row, Enter alone goes on; ← corrects a row.")
        self._hint = Label(said, "hint", "text2", wrap=True)
        grid.addWidget(self._hint, len(votes_hands.CHOICES), 0, 1, 3)

    def _add(self, grid: QGridLayout, place: int, name: str) -> None:
        words, edit = Label(self._said[name], "statement"), RowEdit(_("{name}, next row").format(name=self._said[name]))
        words.setBuddy(edit)
        edit.setMinimumHeight(px(40))
        total, rows = Label("0", "h2"), Label("", "hint", "text2", wrap=True)
        self._edits[name], self._sums[name], self._rows[name] = edit, total, rows
        stack = column(spacing=0)
        stack.addWidget(words)
        stack.addWidget(rows)
        rows.hide()
        grid.addLayout(stack, place, 0)
        grid.addWidget(edit, place, 1)
        grid.addWidget(total, place, 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        edit.changed.connect(self._tell)
        edit.done.connect(self._go_on)
        edit.entered.connect(self._come_to)

    def edits(self) -> list[RowEdit]:
        """The three fields."""
        return list(self._edits.values())

    def rows(self) -> dict[str, Rows]:
        """The rows of each choice."""
        return {name: edit.rows for name, edit in self._edits.items()}

    def _tell(self) -> None:
        for name, edit in self._edits.items():
            shown = [f"［{one}］" if at == edit.rows.at else str(one) for at, one in enumerate(edit.rows.numbers)]
            if edit.rows.at is None and edit.value() is not None and shown:
                shown.append(f"［{edit.value()}］")
            self._rows[name].setText(" + ".join(shown))
            self._rows[name].setVisible(bool(shown))
            self._sums[name].setText(str(edit.total() or 0))
        self._hint.setVisible(not any(edit.rows.numbers for edit in self.edits()))
        self.edited.emit()

    def _go_on(self) -> None:
        edits = self.edits()
        at = edits.index(self.sender()) + 1
        if at < len(edits):
            edits[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _come_to(self, by_hand: bool) -> None:
        if not self._gone_on and self.sender() is not self._edits["in_favour"]:
            self._gone_on = True
            if by_hand:
                self.edited.emit()

    def numbers(self) -> dict[str, int | None]:
        """The sums of the rows; a number that is being typed counts already."""
        return {name: edit.total() for name, edit in self._edits.items()}

    def complete(self) -> bool:
        """Whether anybody in favour was counted, a 0 too, and the chair has gone on from there.

        Three sums typed one behind the other are rows of the first choice: nobody is to be judged by them.
        """
        others = any(edit.total() is not None for edit in self.edits()[1:])
        return self._edits["in_favour"].total() is not None and (self._gone_on or others)

    def show_counted(self, motion: Motion) -> None:
        """Fill in what was counted, as one row each where the rows do not come to it."""
        for name, edit in self._edits.items():
            number = int((motion.counts or {}).get(name, 0))
            if edit.total() != number:
                edit.show_rows(Rows((number,)))

    def take_sums(self, numbers: Mapping[str, int | None]) -> None:
        """Begin with numbers typed as a whole."""
        for name, edit in self._edits.items():
            number = numbers.get(name)
            edit.show_rows(Rows(() if number is None else (number,)))

    def empty(self) -> None:
        """Count anew."""
        self._gone_on = False
        self.take_sums({})

    def begin_again(self) -> None:
        """Rows are added up: the first one of the new count is not to be added to the old sum."""
        self.empty()

    def untouched(self) -> bool:
        """Whether no row was counted yet."""
        return all(edit.total() is None for edit in self.edits())

    def resume(self) -> None:
        """Back to the rows of the first choice that has none."""
        edit = next((one for one in self.edits() if one.total() is None), self.edits()[0])
        edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_changed(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
        """Go to the choice whose rows are other than before."""
        was, now = (votes_hands.read(one.get("rows")) for one in (before, after))
        other = [name for name in self._edits if was.get(name, Rows()).numbers != now.get(name, Rows()).numbers]
        if len(other) != 1:
            return ""
        self._edits[other[0]].setFocus(Qt.FocusReason.OtherFocusReason)
        longer = max((one.get(other[0], Rows()).numbers for one in (was, now)), key=len)
        return f"{self._said[other[0]]} {longer[-1]}" if longer else self._said[other[0]]

    def draft(self) -> dict[str, Any]:
        """The rows, with what is being typed."""
        kept = {name: edit.rows.take(edit.value()) if edit.value() is not None else edit.rows
                for name, edit in self._edits.items()}  # fmt: skip
        return {"rows": votes_hands.told(kept)}

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put the rows back."""
        for name, rows in votes_hands.read(draft.get("rows")).items():
            self._edits[name].show_rows(rows)
