"""The keys of the live meeting: F keys and Ctrl with a key, also while a line has the focus."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from deliberation_app.errors import N_
from deliberation_app.language import _
from deliberation_app.ui.kit.labels import KeyCap, Label
from deliberation_app.ui.kit.panels import Card, Scroll, column
from deliberation_app.ui.kit.theme import px

# Keys, what they do, and the name under which the window knows the act.
KEYS: tuple[tuple[str, str, str], ...] = (
    ("Ctrl+Return", N_("The next step"), "next"),
    ("Ctrl+Z", N_("Undo: typing first, then the last act"), "undo"),
    ("Ctrl+Shift+Z", N_("Do again what was undone"), "redo"),
    ("F1", N_("These keys"), "keys"),
    ("F2", N_("Agenda"), "agenda"),
    ("F3", N_("Roll: who is here"), "roll"),
    ("Shift+F3", N_("Sign in many at once"), "many"),
    ("Ctrl+F3", N_("Sign in those of last time"), "last_time"),
    ("F4", N_("Put somebody in the queue"), "queue"),
    ("Shift+F4", N_("Point of order to the front; once more: direct answer"), "order"),
    ("F5", N_("Pause the speaker's clock, or let it run"), "pause"),
    ("Shift+F5", N_("Thirty seconds more"), "more"),
    ("F6", N_("The speaker has finished"), "stop"),
    ("Shift+F6", N_("Offer the floor to who has not spoken on this"), "ask_next"),
    ("Ctrl+T", N_("How long each turn is"), "length"),
    ("Ctrl+F5", N_("Sound of the clock on or off"), "sound"),
    ("Ctrl+G", N_("Who has had the floor, by party and person"), "shares"),
    ("F7", N_("What was said on this before"), "earlier"),
    ("Shift+F7", N_("Only open questions, or everything"), "only_open"),
    ("F8", N_("Start the vote; while it is open, its words"), "vote"),
    ("Shift+F8", N_("Put another motion to the vote"), "motion"),
    ("F9", N_("Back to the numbers of the open vote; afterwards: count again"), "recount"),
    ("F12", N_("Void the open vote"), "void"),
    ("Ctrl+F8", N_("Count hands by rows, or as a whole"), "rows"),
    ("Ctrl+F9", N_("Count a second time, without looking"), "twice"),
    ("Shift+F9", N_("Further election for the seats left open"), "further"),
    ("Ctrl+Shift+F9", N_("List, delivery and papers of an owners' vote"), "owners"),
    ("Ctrl+1", N_("锣: somebody raises a question"), "raise"),
    ("Ctrl+2", N_("鼓: somebody answers"), "answer"),
    ("Ctrl+3", N_("法: what the law says"), "law"),
    ("Ctrl+S", N_("Stance: in favour, against, neutral"), "stance"),
    ("Ctrl+D", N_("Promise with a date"), "promise"),
    ("Ctrl+B", N_("Record word for word"), "verbatim"),
    ("Ctrl+Up", N_("The question before, to answer it"), "question_up"),
    ("Ctrl+Down", N_("The question after, to answer it"), "question_down"),
    ("Ctrl+M", N_("Time mark for the recording"), "mark"),
    ("Ctrl+L", N_("Back to the statement line"), "line"),
    ("Ctrl+R", N_("Recess"), "recess"),
    ("Ctrl+Shift+R", N_("What is not settled yet"), "unfinished"),
    ("Ctrl+J", N_("The conclusion of this item"), "conclusion"),
    ("F10", N_("The window for the room"), "projector"),
    ("Ctrl+F10", N_("Blank the room's screen"), "blank"),
    ("Ctrl+F11", N_("Freeze the room's screen"), "freeze"),
    ("Ctrl+F12", N_("Words for the room"), "message"),
    ("F11", N_("Full screen"), "full_screen"),
)
# Acts that go on while the key is held down; every other key does one thing, however long it is held.
_GO_ON = ("undo", "redo", "question_up", "question_down")
# Both keys named Enter do the same.
_TWINS = {"Ctrl+Return": "Ctrl+Enter"}
# What other parts of the window take besides, so that a line lets it pass.
MORE: tuple[tuple[str, str], ...] = (
    ("Ctrl+E", N_("Correct the chosen statement")),
    ("Ctrl+Delete", N_("Strike the chosen statement out")),
    ("Ctrl+O", N_("On the roll: takes part on line")),
    ("Ctrl+Y", N_("On the roll: goes out for a while")),
    ("Ctrl+W", N_("On the roll: leaves for good")),
    ("Ctrl+K", N_("On the roll: on leave, with the reason")),
    ("Ctrl+U", N_("On the roll: absent, with the reason")),
    ("Ctrl+I", N_("On the roll: the seat")),
    ("Ctrl+H", N_("On the roll: the household represented")),
    ("Ctrl+F", N_("On the roll: the party spoken for")),
    ("Ctrl+P", N_("On the roll: proxy of whom")),
    ("Ctrl+N", N_("On the roll: the opinion handed in")),
    ("Enter", N_("Note what was typed; in a list, the usual act")),
    ("Esc", N_("One step back, never out of the meeting")),
)


class KeyDoor(QObject):
    """Keeps lines from taking keys that belong to the meeting: Ctrl D and Ctrl B are editing keys on some systems."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        listed = [keys for keys, _words, act in KEYS if act not in ("undo", "redo")]
        more = [keys for keys, _words in MORE if keys.startswith("Ctrl")]
        self._keys = {QKeySequence(keys)[0] for keys in (*listed, *more, *_TWINS.values())}

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
    """All keys of the console, in two columns."""

    def __init__(self) -> None:
        super().__init__()
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(px(8), px(10), px(12), px(10))
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(8))
        told = [*((keys, words) for keys, words, _act in KEYS), *MORE]
        half = (len(told) + 1) // 2
        for at, (keys, words) in enumerate(told):
            place, left = at % half, 2 * (at // half)
            grid.addWidget(KeyCap(keys.replace("Return", "⏎")), place, left, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(Label(_(words), "hint", "text", wrap=True), place, left + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        grid.setRowStretch(half, 1)
        box = column(self, margins=(12, 14, 8, 12), spacing=10)
        head = Label(_("Keys of the meeting"), "h3")
        head.setContentsMargins(px(8), 0, 0, 0)
        box.addWidget(head)
        self.scroll = Scroll(inner)
        self.scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.scroll.setAccessibleName(_("Keys of the meeting"))
        box.addWidget(self.scroll)
