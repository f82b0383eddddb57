"""An entry of a long agenda found by typing: its number, words of its title, or how they are read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from deliberation_app.domain.people import matches, normalise_query
from deliberation_app.domain.pinyin import search_key
from deliberation_app.domain.script import simplify
from deliberation_app.language import _
from deliberation_app.ui.console_entries import EntryList, EntryRow
from deliberation_app.ui.console_roll_ask import Arrows
from deliberation_app.ui.kit.editors import SearchEdit
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import column

# A title is read so far: what it is about stands at its beginning.
_READ = 60


@lru_cache(1024)
def _key(title: str) -> str:
    return search_key(title[:_READ])


def fitting(typed: str, rows: Sequence[EntryRow]) -> list[EntryRow]:
    """The entries meant: those of this number or with it in the title, or with these words, syllables or initials."""
    wanted = normalise_query(typed)
    if wanted.isdecimal():
        return [row for row in rows if str(row.place).startswith(wanted) or wanted in normalise_query(row.entry.title)]
    if wanted.isascii():
        return [row for row in rows if matches(wanted, row.entry.title, _key(row.entry.title))]
    wanted = simplify(wanted)
    return [row for row in rows if wanted in simplify(normalise_query(row.entry.title))]


class EntryFinder(QWidget):
    """A line that comes up over the entries with the first sign typed there, and goes with the last."""

    opened = Signal(str)

    def __init__(self, listed: EntryList) -> None:
        super().__init__()
        self._list = listed
        self._rows: Sequence[EntryRow] = ()
        box = column(self, margins=(16, 2, 12, 6), spacing=4)
        self.line = SearchEdit(_("Number, words or initials"))
        self.none = Label(_("No entry fits"), "hint")
        box.addWidget(self.line)
        box.addWidget(self.none)
        Arrows(self.line, listed)
        listed.typed.connect(self.type)
        self.line.textChanged.connect(self._typed)
        self.line.returnPressed.connect(self._open)
        QApplication.instance().focusChanged.connect(self._focus_moved)
        self.hide()

    def show_rows(self, rows: Sequence[EntryRow]) -> None:
        """All entries there are; of those the ones that are sought are listed."""
        self._rows = rows
        self._list.show_rows(self._sought(), len(rows))

    def _sought(self) -> Sequence[EntryRow]:
        typed = self.line.text().strip()
        return fitting(typed, self._rows) if typed else self._rows

    def type(self, text: str) -> None:
        """Something was typed in the list."""
        self._list.seeking = True
        self.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.insert(text)

    def leave(self) -> None:
        """List everything again."""
        self.line.clear()

    def _typed(self, text: str) -> None:
        if not text:
            self._list.seeking = False
            if self.line.hasFocus():
                self._list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.hide()
        self._list.show_rows(self._sought(), len(self._rows))
        rows: Sequence[EntryRow] = self._list.rows.rows
        self.none.setVisible(not rows)
        wanted = normalise_query(text)
        if rows and wanted:
            at = next((place for place, row in enumerate(rows) if str(row.place) == wanted), 0)
            self._list.setCurrentIndex(self._list.rows.index(at, 0))
        self._list.keep_in_sight()

    def _open(self) -> None:
        index = self._list.currentIndex()
        if index.isValid():
            key = self._list.rows.rows[index.row()].id
            self.leave()
            self.opened.emit(key)

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Whoever goes elsewhere has the whole agenda beside it again."""
        if self._list.seeking and now is not None and now not in (self.line, self._list):
            self.leave()
