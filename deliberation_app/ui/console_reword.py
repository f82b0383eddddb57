"""The words of an open vote typed anew before anybody is counted: one key opens the line, Enter takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from deliberation_app.language import _
from deliberation_app.services import votes
from deliberation_app.ui import console_ways as ways
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.editors import TextEdit
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import column

if TYPE_CHECKING:
    from deliberation_app.ui.console_vote import VotePanel


class WordsEdit(TextEdit):
    """Several lines that Enter takes, as in a line."""

    taken = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the words; with Ctrl it is the next step of the meeting."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.taken.emit()
        else:
            super().keyPressEvent(event)


class Reword(QWidget):
    """The motion in large type under correction; hidden while nobody corrects it."""

    def __init__(self, panel: VotePanel) -> None:
        super().__init__()
        self.panel = panel
        box = column(self, spacing=4)
        self.edit = WordsEdit(rows=3)
        self.edit.setAccessibleName(_("Words of the motion"))
        self.edit.setFont(theme.font("h2"))
        box.addWidget(self.edit)
        box.addWidget(Label(_("Enter takes these words, Esc leaves them as they were"), "hint", wrap=True))
        self.edit.taken.connect(self.take)
        panel.reword_button.clicked.connect(self.ask)
        self.hide()

    def can_ask(self) -> bool:
        """Whether a vote is open that nobody has counted yet."""
        motion = self.panel.motion()
        return motion is not None and motion.counts is None

    def ask(self) -> None:
        """Correct the words of the open vote, before it is counted."""
        if not self.can_ask():
            return
        self.edit.setPlainText(ways.said(self.panel.motion()))
        self.panel.title.hide()
        self.panel.reword_button.hide()
        self.show()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()
        self.panel.scroll.ensureWidgetVisible(self, 0, 0)
        self.panel.chair.wanted.emit("vote")

    def take(self) -> None:
        """These are the words that are read out and printed."""
        motion, typed = self.panel.motion(), " ".join(self.edit.toPlainText().split("\n")).strip()
        if motion is not None and typed != ways.said(motion):
            said = _("Put to the vote: {motion}").format(motion=typed)
            if self.panel.chair.do(self.panel, said, votes.reword, motion.id, typed) is None:
                return
        self.leave()

    def put_away(self) -> None:
        """Show the words as they stand, and the key to change them while that may be."""
        self.hide()
        self.panel.title.show()
        self.panel.reword_button.setVisible(self.can_ask())

    def leave(self) -> None:
        """Back to the numbers."""
        self.put_away()
        self.panel.error.hide()
        self.panel.fields.start()
        self.panel.chair.wanted.emit("vote")
