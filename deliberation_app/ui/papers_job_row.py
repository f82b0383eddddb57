"""One paper in the list of what is printed together: ticked or not, how many, where it stands, once more."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QWidget

from deliberation_app.errors import AppError
from deliberation_app.language import _
from deliberation_app.services.papers_list import PaperRow
from deliberation_app.ui import papers_words as words
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.editors import NumberEdit
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import column, row
from deliberation_app.ui.kit.states import sentences
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.preview_print import MOST_COPIES

WAITING, SENDING, SENT, FAILED = "waiting", "sending", "sent", "failed"


@dataclass(frozen=True)
class Refusal:
    """Why one paper was not printed; `by_printer`: it was set and the printer did not take it."""

    error: AppError
    by_printer: bool


class JobRow(QFrame):
    """A tick, what it is, what is still missing, copies, the act to try once more; Alt and arrows move it."""

    changed = Signal()
    again = Signal()
    moved = Signal(int)

    def __init__(self, paper: PaperRow, *, ticked: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.paper = paper
        self.state = WAITING
        title = words.name(paper.asked.paper)
        across = row(self, margins=(16, 8, 12, 8), spacing=12)
        self.tick = QCheckBox()
        self.tick.setChecked(ticked and paper.there)
        self.tick.setEnabled(paper.there)
        said = f"{title} {paper.subject}".strip()
        self.tick.setAccessibleName(said)
        across.addWidget(self.tick)
        stack = column(spacing=0)
        stack.addWidget(Label(said if len(said) < 40 else title, "strong", wrap=True))
        if len(said) >= 40:
            stack.addWidget(Label(paper.subject, "hint", wrap=True))
        state = row(spacing=6)
        self._icon = IconLabel("to_do", "text2", 16)
        self._words = Label("", "hint", wrap=True)
        state.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        state.addWidget(self._words, 1)
        stack.addLayout(state)
        across.addLayout(stack, 1)
        self.repeat = Button(_("Print again"), small=True)
        self.repeat.clicked.connect(self.again)
        self.repeat.hide()
        across.addWidget(self.repeat)
        self.copies = NumberEdit(paper.copies, digits=3)
        self.copies.setFixedWidth(px(64))
        self.copies.setAccessibleName(_("Copies of {paper}").format(paper=said))
        across.addWidget(self.copies)
        self._unit = Label(_("copies"), "hint")
        across.addWidget(self._unit)
        self._make_movers(across, said)
        self.tick.toggled.connect(lambda _on: self.changed.emit())
        self.copies.textChanged.connect(lambda _text: self.changed.emit())
        for part in (self.tick, self.copies):
            part.installEventFilter(self)
        self.say(WAITING)

    def _make_movers(self, across: QHBoxLayout, said: str) -> None:
        self.up, self.down = Button("", "quiet", icon="up", small=True), Button("", "quiet", icon="down", small=True)
        for button, by, name in ((self.up, -1, _("Print earlier")), (self.down, 1, _("Print later"))):
            button.setAccessibleName(f"{name}: {said}")
            button.setToolTip(name)
            button.clicked.connect(lambda _on=False, by=by: self.moved.emit(by))
            across.addWidget(button)

    def fold(self, *, narrow: bool) -> None:
        """In a narrow window the name needs the room; Alt and an arrow move the paper all the same."""
        for part in (self._unit, self.up, self.down):
            part.setVisible(not narrow)

    def count(self) -> int:
        """How many copies."""
        return max(1, min(self.copies.value() or 1, MOST_COPIES))

    def wanted(self) -> bool:
        """Whether it is to be printed."""
        return self.tick.isChecked()

    def say(self, state: str, error: AppError | None = None, printer: str = "") -> None:
        """Tell where it stands."""
        self.state = state
        icon, tone, told = {
            WAITING: _standing(self.paper),
            SENDING: ("under_way", "accent", _("Is being printed")),
            SENT: ("done", "ok", _("Sent to {printer}").format(printer=printer)),
            FAILED: ("late_fill", "bad", " ".join(sentences(error)) if error else ""),
        }[state]
        self._icon.show_as(icon, tone)
        self._words.setText(told)
        self.repeat.setVisible(state in (SENT, FAILED))

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:
        """Alt and an arrow move the paper, from its tick or its number."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
            if by and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.moved.emit(by)
                watched.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)


def _standing(paper: PaperRow) -> tuple[str, str, str]:
    if paper.asked.empty:
        return "note", "text3", words.copies_words(paper.paper, 1)
    return (*words.LOOKS[paper.state], words.state_words(paper))
