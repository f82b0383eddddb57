"""The pane beside a list: what is chosen in full, what belongs to it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from deliberation_app.language import _
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.marks import StatusWords
from deliberation_app.ui.kit.panels import Card, Scroll, column, empty, line, row
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.voices_flow import FlowBox

_WIDE = 348
_ANY = 16777215


@dataclass(frozen=True)
class Line:
    """A line of the pane: icon, words, hint, and perhaps one small act."""

    icon: str
    words: str
    hint: str = ""
    tone: str = "text2"
    act: str = ""
    act_words: str = ""


@dataclass(frozen=True)
class Do:
    """An act: its name, its words, icon and key; the first ones are buttons, `more` goes into the menu."""

    act: str
    words: str
    icon: str = ""
    keys: str = ""
    more: bool = False


@dataclass
class Shown:
    """Everything the pane shows."""

    head: str
    status: tuple[str, str, str]
    text: str
    lines: Sequence[Line] = ()
    sections: Sequence[tuple[str, Sequence[Line]]] = ()
    acts: Sequence[Do] = field(default_factory=tuple)


class SidePane(Card):
    """Shows what is chosen; a file dropped on it is handed over."""

    acted = Signal(str)
    dropped = Signal(list)

    def __init__(self, nothing: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nothing = nothing
        self._acts: Sequence[Do] = ()
        box = column(self, spacing=0)
        head = row(margins=(20, 14, 16, 6), spacing=12)
        self.head = Label("", "h3")
        self.status = StatusWords()
        head.addWidget(self.head)
        head.addWidget(self.status, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch()
        box.addLayout(head)
        self._body = QWidget()
        self._lines = column(self._body, margins=(20, 0, 16, 12), spacing=8)
        self.scroll = Scroll(self._body)
        box.addWidget(self.scroll, 1)
        self._rule = line()
        box.addWidget(self._rule)
        self._foot = QWidget()
        foot = column(self._foot, margins=(16, 12, 16, 12))
        self.buttons = FlowBox()
        foot.addWidget(self.buttons)
        box.addWidget(self._foot)
        self.stand(below=False)

    def stand(self, *, below: bool) -> None:
        """Beside the list at its own width, or below it at any."""
        self.setMinimumWidth(0 if below else px(_WIDE))
        self.setMaximumWidth(_ANY if below else px(_WIDE))
        self.setMinimumHeight(px(280 if below else 160))

    def show_nothing(self) -> None:
        """Say that something should be chosen."""
        self.show_what(Shown("", ("", "text2", ""), self._nothing))

    def show_what(self, shown: Shown) -> None:
        """Show this."""
        self.head.setText(shown.head)
        self.status.show_as(*shown.status)
        self.head.setVisible(bool(shown.head))
        self.status.setVisible(bool(shown.status[0]))
        empty(self._lines)
        words = Label(shown.text, "h3" if shown.head else "hint", wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lines.addWidget(words)
        for one in shown.lines:
            self._add(self._lines, one)
        for head, lines in shown.sections:
            self._lines.addSpacing(px(6))
            self._lines.addWidget(Label(head, "label"))
            for one in lines:
                self._add(self._lines, one)
        self._lines.addStretch()
        self._show_acts(shown.acts)
        self.scroll.verticalScrollBar().setValue(0)

    def _add(self, box: QVBoxLayout, one: Line) -> None:
        holder = QWidget()
        across = row(holder, spacing=10)
        across.addWidget(IconLabel(one.icon, one.tone, 18), 0, Qt.AlignmentFlag.AlignTop)
        stack = column(spacing=0)
        stack.addWidget(Label(one.words, "", one.tone if one.tone in ("bad", "warn", "ok") else "", wrap=True))
        if one.hint:
            stack.addWidget(Label(one.hint, "hint", wrap=True))
        across.addLayout(stack, 1)
        if one.act:
            button = Button(one.act_words, small=True)
            button.clicked.connect(lambda _on=False, act=one.act: self.acted.emit(act))
            button.setAccessibleDescription(one.words)
            across.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        box.addWidget(holder)

    def _show_acts(self, acts: Sequence[Do]) -> None:
        self._acts = acts
        self.buttons.clear()
        for one in acts:
            if not one.more:
                button = Button(one.words, icon=one.icon, keys=one.keys, small=True)
                button.clicked.connect(lambda _on=False, act=one.act: self.acted.emit(act))
                self.buttons.add(button)
        if any(one.more for one in acts):
            more = Button("", "quiet", icon="more", small=True)
            more.setAccessibleName(_("Everything that can be done with it"))
            more.setToolTip(_("Everything that can be done with it"))
            more.clicked.connect(lambda _on=False: self.open_menu(more.mapToGlobal(QPoint(0, 0)), above=True))
            self.buttons.add(more)
        self._foot.setVisible(bool(acts))
        self._rule.setVisible(bool(acts))

    def menu(self) -> QMenu:
        """All acts as a menu."""
        made = QMenu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in self._acts:
            action = made.addAction(one.words)
            if one.keys:
                action.setShortcut(QKeySequence(one.keys))
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _on=False, act=one.act: self.acted.emit(act))
        return made

    def open_menu(self, at: QPoint, *, above: bool = False) -> None:
        """Open the menu at a place on the screen."""
        if self._acts:
            made = self.menu()
            made.popup(QPoint(at.x(), at.y() - made.sizeHint().height()) if above else at)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped here."""
        if files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the files over."""
        self.dropped.emit(files(event))


def files(event: QDragEnterEvent | QDropEvent) -> list[Path]:
    """The files on this computer that are being dragged."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
