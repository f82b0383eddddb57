"""The lines of a standing agenda: words, minutes, and which line is repeated for each item."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from deliberation_app.domain.meetings import StandingEntry
from deliberation_app.language import _
from deliberation_app.ui.kit.buttons import Button, FilterButton
from deliberation_app.ui.kit.editors import LineEdit, NumberEdit
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import column, row
from deliberation_app.ui.kit.theme import px


class AgendaLine(QWidget):
    """One line; Enter in its words asks for another line below."""

    more = Signal()
    gone = Signal()

    def __init__(self, entry: StandingEntry) -> None:
        super().__init__()
        self._required = entry.required
        across = row(self, spacing=8)
        self.words = LineEdit(entry.title)
        self.words.setAccessibleName(_("Words of the line"))
        self.words.returnPressed.connect(self.more)
        self.minutes = NumberEdit(entry.minutes, digits=3)
        self.minutes.setAccessibleName(_("Minutes"))
        self.minutes.setFixedWidth(px(60))
        self.each = FilterButton(_("each item"))
        self.each.setToolTip(_("This line is repeated for each item"))
        self.each.setAccessibleDescription(self.each.toolTip())
        # As wide as with its tick, so that the lines stay in columns.
        self.each.set_icon_name("check")
        self.each.setFixedWidth(self.each.sizeHint().width())
        self.each.set_icon_name("")
        self.each.setChecked(entry.each_item)
        away = Button("", "quiet", icon="close", small=True)
        away.setAccessibleName(_("Take this line away"))
        away.setToolTip(away.accessibleName())
        away.clicked.connect(self.gone)
        across.addWidget(self.words, 1)
        for widget in (self.minutes, Label(_("min"), "hint"), self.each, away):
            across.addWidget(widget)

    def entry(self) -> StandingEntry:
        """As it is typed."""
        return StandingEntry(self.words.value(), self.minutes.value() or 0, self.each.isChecked(), self._required)


class AgendaLines(QWidget):
    """All the lines; a new one comes below the line where the keyboard is."""

    def __init__(self) -> None:
        super().__init__()
        self._column = column(self, spacing=6)
        self._lines: list[AgendaLine] = []
        self._add = Button(_("Add a line"), "quiet", icon="add", small=True)
        self._add.clicked.connect(lambda: self.insert(len(self._lines)))
        self._column.addWidget(self._add)

    def show_entries(self, entries: Sequence[StandingEntry]) -> None:
        """Show these lines in place of those before."""
        for line in tuple(self._lines):
            self._remove(line)
        for entry in entries:
            self._place(len(self._lines), entry)

    def entries(self) -> tuple[StandingEntry, ...]:
        """The lines as they are typed."""
        return tuple(line.entry() for line in self._lines)

    def insert(self, at: int) -> None:
        """An empty line at a place, ready to be typed in."""
        self._place(at, StandingEntry("", 10)).words.setFocus()

    def _place(self, at: int, entry: StandingEntry) -> AgendaLine:
        line = AgendaLine(entry)
        line.more.connect(lambda: self.insert(self._lines.index(line) + 1))
        line.gone.connect(lambda: self._remove(line))
        self._lines.insert(at, line)
        self._column.insertWidget(at, line)
        before: QWidget = self._lines[at - 1] if at else self
        if at:
            QWidget.setTabOrder(before, line)
        return line

    def _remove(self, line: AgendaLine) -> None:
        self._lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()
