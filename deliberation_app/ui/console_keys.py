"""The keys of the live meeting: F keys and Ctrl with a key, also while a line has the focus."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from deliberation_app.errors import N_
from deliberation_app.language import _
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.marks import KeyCap
from deliberation_app.ui.kit.panels import Card, Scroll, column, row
from deliberation_app.ui.kit.theme import px

Headed = tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]
# The sheet, in two columns: a heading with its keys, what they do, and the name under which the window knows the act;
# keys without a name belong to another part of the window.
SHEET: tuple[Headed, ...] = (
    (
        (N_("Through the meeting"), (
            ("Ctrl+Return", N_("The next step"), "next"),
            ("Enter", N_("Note what was typed; in a list, the usual act"), ""),
            ("Esc", N_("One step back, never out of the meeting"), ""),
            ("Ctrl+Z", N_("Undo: typing first, then the last act"), "undo"),
            ("Ctrl+Shift+Z", N_("Do again what was undone"), "redo"),
            ("F1", N_("These keys"), "keys"),
            ("F2", N_("Agenda"), "agenda"),
            ("F11", N_("Full screen"), "full_screen"),
            ("Ctrl+Shift+R", N_("What is not settled yet"), "unfinished"),
            ("Ctrl+J", N_("The conclusion of this item"), "conclusion"),
            ("Ctrl+R", N_("Recess"), "recess"),
        )),
        (N_("Screen of the room"), (
            ("F10", N_("The window for the room"), "projector"),
            ("Ctrl+F10", N_("Blank the room's screen"), "blank"),
            ("Ctrl+F11", N_("Freeze the room's screen"), "freeze"),
            ("Ctrl+F12", N_("Words for the room"), "message"),
        )),
        (N_("Signing in, and the person chosen on the roll"), (
            ("F3", N_("Roll: who is here"), "roll"),
            ("Shift+F3", N_("Sign in many at once"), "many"),
            ("Ctrl+F3", N_("Sign in those of last time"), "last_time"),
            ("Ctrl+O", N_("Takes part on line"), ""),
            ("Ctrl+Y", N_("Goes out for a while"), ""),
            ("Ctrl+W", N_("Leaves for good"), ""),
            ("Ctrl+K", N_("On leave, with the reason"), ""),
            ("Ctrl+U", N_("Absent, with the reason"), ""),
            ("Ctrl+I", N_("The seat"), ""),
            ("Ctrl+H", N_("The household represented"), ""),
            ("Ctrl+F", N_("The party spoken for"), ""),
            ("Ctrl+P", N_("Proxy of whom"), ""),
            ("Ctrl+N", N_("The opinion handed in"), ""),
        )),
    ),
    (
        (N_("Speakers"), (
            ("F4", N_("Put somebody in the queue"), "queue"),
            ("Shift+F4", N_("Point of order to the front; once more: direct answer"), "order"),
            ("F5", N_("Pause the speaker's clock, or let it run"), "pause"),
            ("Shift+F5", N_("Thirty seconds more"), "more"),
            ("F6", N_("The speaker has finished"), "stop"),
            ("Shift+F6", N_("Offer the floor to who has not spoken on this"), "ask_next"),
            ("Ctrl+T", N_("How long each turn is"), "length"),
            ("Ctrl+F5", N_("Sound of the clock on or off"), "sound"),
            ("Ctrl+G", N_("Who has had the floor, by party and person"), "shares"),
        )),
        (N_("Noting what is said"), (
            ("Ctrl+L", N_("Back to the statement line"), "line"),
            ("Ctrl+1", N_("锣: somebody raises a question"), "raise"),
            ("Ctrl+2", N_("鼓: somebody answers"), "answer"),
            ("Ctrl+3", N_("法: what the law says"), "law"),
            ("Ctrl+S", N_("Stance: in favour, against, neutral"), "stance"),
            ("Ctrl+D", N_("Promise with a date"), "promise"),
            ("Ctrl+B", N_("Record word for word"), "verbatim"),
            ("Ctrl+Up", N_("The question before, to answer it"), "question_up"),
            ("Ctrl+Down", N_("The question after, to answer it"), "question_down"),
            ("Ctrl+M", N_("Time mark for the recording"), "mark"),
            ("Ctrl+E", N_("Correct the chosen statement"), ""),
            ("Ctrl+Delete", N_("Strike the chosen statement out"), ""),
            ("F7", N_("What was said on this before"), "earlier"),
            ("Shift+F7", N_("Only open questions, or everything"), "only_open"),
        )),
        (N_("Votes"), (
            ("F8", N_("Start the vote; while it is open, its words"), "vote"),
            ("Shift+F8", N_("Put another motion to the vote"), "motion"),
            ("F9", N_("Back to the numbers of the open vote; afterwards: count again"), "recount"),
            ("Ctrl+F8", N_("Count hands by rows, or as a whole"), "rows"),
            ("Ctrl+F9", N_("Count a second time, without looking"), "twice"),
            ("F12", N_("Void the open vote"), "void"),
            ("Shift+F9", N_("Further election for the seats left open"), "further"),
            ("Ctrl+Shift+F9", N_("List, delivery and papers of an owners' vote"), "owners"),
        )),
    ),
)  # fmt: skip
LISTED = [key for column in SHEET for _heading, keys in column for key in keys]
# The keys that the window takes itself.
KEYS = [key for key in LISTED if key[2]]
# What goes on while the key is held down; every other key does one thing, however long it is held. Held for a second
# Ctrl+Z would take back more than anybody can read.
_GO_ON = ("question_up", "question_down")
# What a line understands itself: it undoes its typing first, notes, lets go.
_OF_LINES = ("Ctrl+Z", "Ctrl+Shift+Z", "Enter", "Esc")
# Both keys named Enter do the same.
_TWINS = {"Ctrl+Return": "Ctrl+Enter"}


class KeyDoor(QObject):
    """Keeps lines from taking keys that belong to the meeting: Ctrl D and Ctrl B are editing keys on some systems."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        listed = [keys for keys, _words, _act in LISTED if keys not in _OF_LINES]
        self._keys = {QKeySequence(keys)[0] for keys in (*listed, *_TWINS.values())}

    def watch(self, widget: QWidget) -> None:
        """Guard every line in `widget`, each once."""
        for line in widget.findChildren(QLineEdit):
            line.removeEventFilter(self)
            line.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Leave the meeting's keys to the meeting."""
        if event.type() == QEvent.Type.ShortcutOverride and event.keyCombination() in self._keys:
            event.ignore()
            return True
        return False


def take(window: QWidget, acts: Mapping[str, Callable[[], object]]) -> None:
    """Make the keys live; an act that the window does not have is a programming error."""
    for keys, _words, act in KEYS:
        for one in filter(None, (keys, _TWINS.get(keys))):
            live = QShortcut(QKeySequence(one), window, activated=lambda act=act: acts[act]())
            live.setAutoRepeat(act in _GO_ON)


class KeysPanel(Card):
    """All keys of the console, in two columns, by what they are for."""

    def __init__(self) -> None:
        super().__init__()
        inner = QWidget()
        sheet = row(inner, margins=(8, 10, 12, 10), spacing=24)
        for told in SHEET:
            sheet.addLayout(self._column(told), 1)
        box = column(self, margins=(12, 14, 8, 12), spacing=10)
        head = Label(_("Keys of the meeting"), "h3")
        head.setContentsMargins(px(8), 0, 0, 0)
        box.addWidget(head)
        self.scroll = Scroll(inner)
        self.scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.scroll.setAccessibleName(_("Keys of the meeting"))
        box.addWidget(self.scroll)

    def _column(self, told: Headed) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(8))
        for heading, keys in told:
            head = Label(_(heading), "hint", wrap=True)
            head.setContentsMargins(0, px(12) if grid.count() else 0, 0, 0)
            grid.addWidget(head, grid.rowCount(), 0, 1, 2)
            for key, words, _act in keys:
                at = grid.rowCount()
                grid.addWidget(KeyCap(key.replace("Return", "⏎")), at, 0, Qt.AlignmentFlag.AlignRight)
                grid.addWidget(Label(_(words), "hint", "text", wrap=True), at, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        return grid
