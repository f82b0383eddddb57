"""What came of a posted notice, line by line with its whole words: posting, objections, answers, who was told."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.lists import Row
from deliberation_app.ui.kit.panels import Scroll, column, empty, line, row


class NoticeLog(Scroll):
    """A few lines that wrap instead of being cut, each with its one act."""

    acted = Signal(str)

    def __init__(self) -> None:
        self._inside = QWidget()
        self._lines = column(self._inside, margins=(16, 4, 16, 4), spacing=10)
        super().__init__(self._inside)
        self.keys: list[str] = []

    def fill(self, rows: Sequence[Row]) -> None:
        """Show these."""
        empty(self._lines)
        self.keys = [one.id for one in rows]
        for at, one in enumerate(rows):
            if at:
                self._lines.addWidget(line())
            self._lines.addWidget(self._made(one))
        self._lines.addStretch(1)

    def _made(self, one: Row) -> QWidget:
        made = QWidget()
        across = row(made, spacing=10)
        across.addWidget(IconLabel(one.icon, one.tone or "text2", 18), 0, Qt.AlignmentFlag.AlignTop)
        words = column(spacing=2)
        words.addWidget(Label(one.title, "strong", wrap=True))
        if one.hint:
            words.addWidget(Label(one.hint, "hint", wrap=True))
        if one.act:
            button = Button(one.act, small=True)
            button.setAccessibleName(f"{one.act} {one.title}")
            button.clicked.connect(partial(self.acted.emit, one.id))
            words.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        across.addLayout(words, 1)
        return made
