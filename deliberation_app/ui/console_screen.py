"""What the room sees, told to the chair: a chip in the header, and the line in which words for the room are typed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from deliberation_app.language import _
from deliberation_app.services import floor_room
from deliberation_app.services.board import Board
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.fields import LineEdit
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.marks import Chip
from deliberation_app.ui.kit.one_line import plain_tip
from deliberation_app.ui.kit.panels import row


class ScreenChip(Chip):
    """One to three words on what the room sees now; the whole sentence as tool tip."""

    told: object = None

    def tell(self, board: Board, *, there: bool, full: bool, narrow: bool) -> None:
        """`there`: the room's window is open, `full`: it fills a screen of its own."""
        screen = board.screen
        state = (screen, there, full, narrow)
        if state == self.told:
            return
        self.told = state
        hour = words.hour(screen.since)
        said, tone, icon, tip = {
            "blank": (_("blank"), "warn", "pause",
                      _("The room sees an empty screen. Ctrl+F10 shows the meeting again.")),
            "frozen": (_("frozen {hour}").format(hour=hour), "warn", "pause",
                       _("The room still sees what stood there at {hour}. Ctrl+F11 lets it follow again.")
                       .format(hour=hour)),
            "message": (_("words"), "warn", "note", _("The room reads: {text}. Ctrl+F12 takes it away.")
                        .format(text=screen.text)),
        }.get(screen.mode) or self._following(there=there, full=full)  # fmt: skip
        if screen.mode and not there:
            said = " · ".join((said, _("not open")))
            tip = _("The room's window is not open, F10 opens it. Then: {what}").format(what=tip)
        self.show_as(said, tone, icon)
        self.setAccessibleName(tip)
        self.setToolTip(plain_tip(tip))
        self.setVisible(bool(screen.mode) or not narrow)

    @staticmethod
    def _following(*, there: bool, full: bool) -> tuple[str, str, str, str]:
        if full:
            return _("live"), "ok", "done", _("The room sees the meeting on a screen of its own.")
        if there:
            return _("in a window"), "info", "note", _("No second screen: what the room sees stands in a window.")
        return _("not open"), "", "", _("Nothing is shown to the room. F10 opens its window.")


class MessageBar(QFrame):
    """A line of the console, not a dialog: typed, shown with Enter, taken away with Esc."""

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        self.chair = chair
        self._restored = False
        self.setProperty("kind", "card")
        across = row(self, margins=(16, 6, 16, 6), spacing=10)
        across.addWidget(Label(_("Words for the room"), "label"))
        self.text = LineEdit(placeholder=_("For example: back at 15:10, tea is outside"))
        self.text.setAccessibleName(_("Words for the room"))
        self.text.setMaxLength(floor_room.LONGEST)
        self.text.returnPressed.connect(self.show_it)
        self.text.textEdited.connect(lambda _text: chair.drafts.later())
        across.addWidget(self.text, 1)
        self.go = Button(_("Show it"), cap="Enter", small=True)
        self.go.clicked.connect(self.show_it)
        across.addWidget(self.go)
        self.away = Button(_("Do not show it"), "quiet", cap="Esc", small=True)
        self.away.clicked.connect(self.done)
        across.addWidget(self.away)
        self.hide()
        chair.drafts.tell("message", self._told)
        chair.changed.connect(self._restore)

    def _told(self) -> dict[str, str]:
        typed = "" if self.isHidden() else self.text.text()
        return {"message": typed} if self._restored else {}

    def _restore(self, board: Board) -> None:
        """Once: what was half-typed when the program ended, unless the room reads it already."""
        if self._restored:
            return
        typed = self.chair.drafts.read().get("message", "")
        if typed and typed != board.screen.text:
            self.text.setText(typed)
            self.show()
        self._restored = True

    def ask(self) -> None:
        """Type what the room is to read; words that stand there are taken away first."""
        board = self.chair.board
        if board is not None and board.screen.mode == "message":
            self.text.setText(board.screen.text)
            self.hide()
            follow(self, self.chair)
            return
        self.show()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.selectAll()
        self.chair.drafts.later()  # what was put away before stands there again

    def show_it(self) -> None:
        """Show the words."""
        text = self.text.value()
        said = _("The room reads: {text}").format(text=text)
        if self.chair.do(self, said, floor_room.message, self.chair.meeting_id, text) is not None:
            self._away()

    def done(self) -> bool:
        """Put the line away; whether there was one."""
        if not self.isVisible():
            return False
        self._away()
        return True

    def _away(self) -> None:
        self.hide()
        self.chair.drafts.keep()
        self.chair.wanted.emit("back")


def toggle(where: QWidget, chair: Chair, mode: str) -> None:
    """Blank or freeze what the room sees, or let it follow again."""
    board = chair.board
    if board is not None and board.screen.mode == mode:
        follow(where, chair)
        return
    said, act = {
        "blank": (_("The room sees an empty screen"), floor_room.blank),
        "frozen": (_("The room's screen stands still"), floor_room.freeze),
    }[mode]
    chair.do(where, said, act, chair.meeting_id)


def follow(where: QWidget, chair: Chair) -> None:
    """The room sees the meeting again."""
    chair.do(where, _("The room sees the meeting again"), floor_room.follow, chair.meeting_id)
