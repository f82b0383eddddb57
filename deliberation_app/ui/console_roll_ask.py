"""One question beside the roll at a time: a line in which is typed, below it what can be chosen; Enter takes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from deliberation_app.domain.people import matches
from deliberation_app.domain.pinyin import search_key
from deliberation_app.language import _
from deliberation_app.ui.console_queue import WholeRows
from deliberation_app.ui.console_words import told_short
from deliberation_app.ui.kit.editors import LineEdit
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.lists import Row, RowList
from deliberation_app.ui.kit.panels import column

_UP_DOWN = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
OWN = "own"


@dataclass(frozen=True)
class Choice:
    """Something to choose, with a hint below."""

    id: str
    words: str
    hint: str = ""


def among(choices: Sequence[Choice]) -> Callable[[str], list[Choice]]:
    """Finds choices by their characters, pinyin or initials."""
    keyed = [(one, search_key(one.words)) for one in choices]
    return lambda typed: [one for one, key in keyed if not typed or matches(typed, one.words, key)]


class Arrows(QObject):
    """Up and down in a line move the row of a list, so that typing and choosing need no other key."""

    moved = Signal()

    def __init__(self, line: QWidget, listed: RowList) -> None:
        super().__init__(line)
        self._list = listed
        line.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the arrows for the list."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or event.key() not in _UP_DOWN:
            return False
        rows = len(self._list.rows.rows)
        if not rows or event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            return False
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -5}.get(Qt.Key(event.key()), 5)
        at = self._list.currentIndex().row()
        at = max(0, min(rows - 1, at + by if at >= 0 else 0))
        self._list.setCurrentIndex(self._list.rows.index(at, 0))
        self.moved.emit()
        return True


class RollAsk(QWidget):
    """Asks, and gives the choice or the own words to whoever asked; `closed` when it is put away."""

    closed = Signal()
    moved = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        box = column(self, spacing=8)
        self.title = Label("", "h3", wrap=True)
        self.line = LineEdit()
        self.line.setAccessibleName(_("Type to find it"))
        self.line.textEdited.connect(lambda _text: self._fill())
        self.list = WholeRows(height=47, least=44, name=_("What can be chosen"))
        self.list.opened.connect(lambda _id: self.take())
        self.line.returnPressed.connect(self.take)
        self._hint = Label("", "hint", "text2", wrap=True)
        for part in (self.title, self.line):
            box.addWidget(part)
        box.addWidget(self.list, 1)
        box.addWidget(self._hint)
        box.addStretch()
        Arrows(self.line, self.list).moved.connect(self._tell)
        self._find: Callable[[str], Sequence[Choice]] = lambda _typed: ()
        self._own: Callable[[str], str] | None = None
        self._done: Callable[[str, str], object] = lambda _id, _words: None
        self._choices: dict[str, Choice] = {}

    def ask(
        self,
        title: str,
        find: Callable[[str], Sequence[Choice]],
        done: Callable[[str, str], object],
        *,
        placeholder: str = "",
        own: Callable[[str], str] | None = None,
    ) -> None:
        """Ask; `own` turns what was typed into the words under which it is offered, "" where it is no answer.

        `done(id, words)` answers whether it was done; while it was not, the question stays.
        """
        self.title.setText(title)
        self._find, self._done, self._own = find, done, own
        self.line.setText("")
        self.line.setPlaceholderText(placeholder or _("Type to find it"))
        self.line.setAccessibleName(title)
        self._fill()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        typed = self.line.value()
        found = list(self._find(typed))
        offered = self._own(typed) if self._own is not None and typed else ""
        if offered and typed not in {one.words for one in found}:
            found.append(Choice(OWN, offered))
        self._choices = {one.id: one for one in found}
        self.list.fill([Row(one.id, one.words, one.hint) for one in found])
        if found:
            self.list.setCurrentIndex(self.list.rows.index(0, 0))
        self._hint.set_tone("text2" if found or not typed else "warn")
        usual = _("↑ ↓ choose, Enter takes it, Esc leaves it as it was")
        none = _("Nothing here fits “{typed}”.").format(typed=told_short(typed))
        self._hint.setText(usual if found or not typed else none)
        self.list.setVisible(bool(found))  # what is said of an empty list stands where one looks, below the line
        self._tell()

    def again(self) -> None:
        """Ask the same once more: something was taken, and the question goes on."""
        self.line.setText("")
        self._fill()

    def _tell(self) -> None:
        self.moved.emit(self.list.current_id())

    def take(self) -> None:
        """Give the row that is chosen to whoever asked."""
        chosen = self._choices.get(self.list.current_id())
        if chosen is not None and self._done(chosen.id, self.line.value() if chosen.id == OWN else chosen.words):
            self.closed.emit()
