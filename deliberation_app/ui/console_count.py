"""The numbers of a count as they are typed: heads, papers, areas, candidates."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QRegularExpression, QSize, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from deliberation_app.domain.votes import area_text
from deliberation_app.errors import N_
from deliberation_app.language import _
from deliberation_app.services.board import Motion
from deliberation_app.services.board_picture import Nominee
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.editors import LineEdit, NumberEdit
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import at_once
from deliberation_app.ui.kit.theme import px

NAMES = {
    "ballots_issued": N_("Ballots issued"), "ballots_returned": N_("Ballots returned"), "in_favour": N_("In favour"),
    "against": N_("Against"), "abstain": N_("Abstained"), "invalid": N_("Invalid"),
    "written_opinions": N_("of these in writing beforehand"),
}  # fmt: skip
_VOTES = ("in_favour", "against", "abstain")
# More fields than these stand closer, so that the verdict still fits below them.
_ROOMY = 4
# Between two numbers in a row.
_BETWEEN = 24
_AREA = re.compile(r"\d{1,9}(?:\.\d{1,2})?")
# Numbers of papers stand beside each other where names follow them.
_PAPERS = ("ballots_issued", "ballots_returned", "invalid")
_PARTS = {"in_favour_area": "in_favour", "against_area": "against", "abstain_area": "abstain"}


class CountEdit(NumberEdit):
    """One number of the count, large and in the middle."""

    def __init__(self, name: str, *, wide: int = 96) -> None:
        super().__init__(None, 5)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFont(theme.font("h2"))
        self.setFixedWidth(px(wide))
        self.setAccessibleName(name)


class AreaEdit(LineEdit):
    """An area in square metres with at most two decimals, told in hundredths."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setValidator(QRegularExpressionValidator(QRegularExpression(r"\d{0,9}(\.\d{0,2})?"), self))
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setPlaceholderText("m²")
        self.setFixedWidth(px(112))
        self.setAccessibleName(name)

    def value(self) -> int | None:
        """Hundredths of a square metre, None while nothing is typed."""
        return int(Decimal(self.text()) * 100) if _AREA.fullmatch(self.text()) else None

    def set_value(self, value: object) -> None:
        """Show hundredths of a square metre."""
        self.setText(area_text(value) if isinstance(value, int) else "")


class CountWay(QWidget):
    """What every way of counting can be asked: the numbers so far, the fields, and what is kept against power cuts."""

    edited = Signal()
    nothing_to_type = Signal()

    def edits(self) -> list[QLineEdit]:
        """Every field in the order they are typed."""
        return []

    def large(self) -> bool:
        """Whether it needs more room than three numbers do."""
        return len(self.edits()) > _ROOMY

    def begin_again(self) -> None:
        """What was counted is counted again: numbers that are typed over stay until they are."""

    def stand_close(self, close: bool) -> None:
        """Leave room to what a count taken again asks for, where each line counts."""

    def numbers(self) -> dict[str, int | None]:
        """The numbers typed so far."""
        return {}

    def candidates(self) -> dict[uuid.UUID, tuple[int, int, int]] | None:
        """The votes of each candidate, None where nobody stands."""
        return None

    def ballots(self) -> dict[uuid.UUID, str] | None:
        """The choice of each voter, None where nobody is named."""
        return None

    def draft(self) -> dict[str, Any]:
        """What stands in the fields, as it is kept."""
        return {}

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put back what was kept; what cannot be read is left out."""

    def set_fixed(self, fixed: bool) -> None:
        """Counted numbers stand until they are counted again."""
        for edit in self.edits():
            edit.setReadOnly(fixed)

    def untouched(self) -> bool:
        """Whether nothing stands here yet."""
        return not any(edit.text() for edit in self.edits())

    def start(self) -> None:
        """Go to the first field; where all is counted, to what can be done."""
        if self.edits() and self.edits()[0].isReadOnly():
            self.nothing_to_type.emit()
        elif self.edits():
            _type_in(self.edits()[0])

    def resume(self) -> None:
        """Go to the first field where nothing stands yet."""
        for edit in self.edits():
            if not edit.text():
                _type_in(edit)
                return
        self.start()

    def go_to_changed(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
        """Go to the one thing that is other than before, and say what it was; nothing where there are several."""
        return ""


class CountFields(CountWay):
    """A field for each number that is asked for; Enter goes to the next."""

    def __init__(self, motion: Motion, names: Sequence[str], said: Mapping[str, str] | None = None) -> None:
        super().__init__()
        # The same names and words make the same fields; those of candidates are always made anew.
        self.made_for = (tuple(names), dict(said or {})) if not motion.nominees else None
        self._said = {name: _(words) for name, words in NAMES.items()} | dict(said or {})
        self._edits: dict[str, CountEdit | AreaEdit] = {}
        self._votes: dict[uuid.UUID, tuple[CountEdit, ...]] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(8))
        self._gap = 8 if len(names) <= _ROOMY and not motion.nominees else 4
        grid.setColumnStretch(0, 1)
        rows = [name for name in names if name not in _PARTS]
        beside = [name for name in rows if name in _PAPERS] if motion.nominees else []
        place = self._add_beside(grid, beside) if len(beside) > 1 else 0
        left = [name for name in rows if not place or name not in beside]
        self._words: list[Label] = []
        place = self._add_numbers(grid, left, names, place)
        # Many numbers without areas or names stand two in a row where there is the width for it.
        self._pairs = len(left) > _ROOMY and len(left) == len(names)
        self._in_pairs = False
        if motion.nominees:
            self._add_nominees(grid, place, motion.nominees)
        for edit in self.edits():
            edit.returnPressed.connect(self._go_on)
            edit.textEdited.connect(lambda _text: self.edited.emit())
        self._close: bool | None = None
        self.stand_close(False)

    def stand_close(self, close: bool) -> None:
        """Many fields stand close in any case."""
        close = close or len(self.edits()) > _ROOMY
        if close != self._close:
            self._close = close
            self.layout().setVerticalSpacing(px(4 if close else self._gap))
            for edit in self.edits():
                theme.restyle(edit, small=close)
                edit.setFixedHeight(px(34 if close else 40))

    def _add_beside(self, grid: QGridLayout, names: Sequence[str]) -> int:
        inner = QGridLayout()
        inner.setHorizontalSpacing(px(8))
        inner.setVerticalSpacing(px(6))  # the ring around a field stays clear of the words above it
        for at, name in enumerate(names):
            words = Label(self._said[name], "hint", "text", wrap=True)
            words.setAlignment(Qt.AlignmentFlag.AlignBottom)
            inner.addWidget(words, 0, at)
            self._edits[name] = CountEdit(self._said[name])
            inner.addWidget(self._edits[name], 1, at, Qt.AlignmentFlag.AlignLeft)
            inner.setColumnStretch(at, 1)
        grid.addLayout(inner, 0, 0, 1, 3)
        return 1

    def _add_numbers(self, grid: QGridLayout, rows: Sequence[str], names: Sequence[str], first: int) -> int:
        for at, name in enumerate(rows, first):
            words = Label(self._said[name], "statement" if name in _VOTES else "body", wrap=True)
            grid.addWidget(words, at, 0)
            self._words.append(words)
            self._edits[name] = CountEdit(self._said[name], wide=72 if f"{name}_area" in names else 96)
            grid.addWidget(self._edits[name], at, 1, Qt.AlignmentFlag.AlignRight)
            area = f"{name}_area"
            if area in names:
                self._edits[area] = AreaEdit(_("{name}, area in m²").format(name=_(NAMES[name])))
                grid.addWidget(self._edits[area], at, 2)
        return first + len(rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two numbers in a row, or one."""
        super().resizeEvent(event)
        if self._pairs and self._in_pairs != (event.size().width() >= 2 * self._wide() + px(_BETWEEN)):
            self._in_pairs = not self._in_pairs
            self._place_numbers()

    def minimumSizeHint(self) -> QSize:
        """Two in a row do not keep a column from growing narrower."""
        least = super().minimumSizeHint()
        return QSize(self._wide(), least.height()) if self._in_pairs else least

    def _wide(self) -> int:
        """How wide one number with its words is at least."""
        return max(_longest_word(one) for one in self._words) + px(8) + px(96)

    def _place_numbers(self) -> None:
        """Each number beside its words; the second of a row begins in the middle."""
        grid, across = self.layout(), 2 if self._in_pairs else 1
        edits = list(self._edits.values())
        with at_once(grid):
            for at, (words, edit) in enumerate(zip(self._words, edits, strict=True)):
                line, left = at // across, 3 * (at % across)
                grid.removeWidget(words)
                grid.removeWidget(edit)
                grid.addWidget(words, line, left)
                grid.addWidget(edit, line, left + 1, Qt.AlignmentFlag.AlignRight)
            grid.setColumnMinimumWidth(2, px(_BETWEEN) - 2 * px(8) if self._in_pairs else 0)
            grid.setColumnStretch(3, 1 if self._in_pairs else 0)
            grid.invalidate()

    def _add_nominees(self, grid: QGridLayout, place: int, nominees: Sequence[Nominee]) -> None:
        inner = QGridLayout()
        inner.setHorizontalSpacing(px(6))
        inner.setVerticalSpacing(px(4))
        inner.setColumnStretch(0, 1)
        for at, name in enumerate(_VOTES, 1):
            inner.addWidget(Label(_(NAMES[name]), "hint"), 0, at, Qt.AlignmentFlag.AlignHCenter)
        for line, one in enumerate(nominees, 1):
            inner.addWidget(Label(one.name, "name", wrap=True), line, 0)
            edits = tuple(CountEdit(f"{one.name}, {_(NAMES[name])}", wide=52) for name in _VOTES)
            for at, edit in enumerate(edits, 1):
                inner.addWidget(edit, line, at)
            self._votes[one.person_id] = edits
        grid.addLayout(inner, place, 0, 1, 3)

    def edits(self) -> list[CountEdit | AreaEdit]:
        """Every field in the order they are typed."""
        rows: list[CountEdit | AreaEdit] = []
        for name, edit in self._edits.items():
            if name not in _PARTS:
                rows.append(edit)
                rows += [self._edits[f"{name}_area"]] if f"{name}_area" in self._edits else []
        return [*rows, *(edit for edits in self._votes.values() for edit in edits)]

    def numbers(self) -> dict[str, int | None]:
        """The numbers typed so far."""
        return {name: edit.value() for name, edit in self._edits.items()}

    def candidates(self) -> dict[uuid.UUID, tuple[int, int, int]] | None:
        """The votes of each candidate, None where nobody stands."""
        if not self._votes:
            return None
        return {key: tuple(edit.value() or 0 for edit in edits) for key, edits in self._votes.items()}

    def complete(self) -> bool:
        """Whether the votes in favour are typed; a field left empty is 0."""
        firsts = [edits[0] for edits in self._votes.values()] or [self._edits["in_favour"]]
        return all(edit.value() is not None for edit in firsts)

    def show_counted(self, motion: Motion) -> None:
        """Fill in what was counted."""
        counts = motion.counts or {}
        kept = {"ballots_issued": motion.issued, "ballots_returned": motion.returned,
                "written_opinions": motion.written}  # fmt: skip
        for name, edit in self._edits.items():
            key = f"{name}_m2" if name.endswith("_area") else name
            edit.set_value(kept[name] if name in kept else counts.get(key))
        for one in motion.nominees:
            for edit, value in zip(self._votes[one.person_id], (one.in_favour, one.against, one.abstain), strict=True):
                edit.set_value(value)

    def clear(self) -> None:
        """As the fields were when they were made."""
        for edit in self.edits():
            edit.setText("")

    def empty(self) -> None:
        """Type everything anew."""
        self.clear()
        self.edited.emit()

    def draft(self) -> dict[str, Any]:
        """What stands in the fields, as it is kept."""
        return {"typed": [edit.text() for edit in self.edits()]} if any(edit.text() for edit in self.edits()) else {}

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put back what was kept, where it fits the same fields."""
        typed = draft.get("typed")
        if isinstance(typed, list) and len(typed) == len(self.edits()):
            for edit, text in zip(self.edits(), typed, strict=True):
                edit.setText(str(text) if edit.validator() is None or _fits(edit, str(text)) else "")

    def go_to_changed(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
        """Go to the number that is other than before."""
        edits = self.edits()
        blank = [""] * len(edits)
        was, now = before.get("typed") or blank, after.get("typed") or blank
        other = [at for at, edit in enumerate(edits) if was[at] != now[at]]
        if len(other) != 1:
            return ""
        _type_in(edits[other[0]])
        return f"{edits[other[0]].accessibleName()} {was[other[0]] or now[other[0]]}"

    def _go_on(self) -> None:
        edits = self.edits()
        at = edits.index(self.sender()) + 1
        if at < len(edits):
            edits[at].setFocus(Qt.FocusReason.TabFocusReason)
            edits[at].selectAll()


def _longest_word(label: Label) -> int:
    return max(label.fontMetrics().horizontalAdvance(word) for word in label.text().split())


def _type_in(edit: QLineEdit) -> None:
    edit.setFocus(Qt.FocusReason.OtherFocusReason)
    edit.selectAll()


def _fits(edit: QLineEdit, text: str) -> bool:
    return edit.validator().validate(text, 0)[0] != QRegularExpressionValidator.State.Invalid
