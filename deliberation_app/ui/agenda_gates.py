"""The panel below the board: what the chosen item has and lacks for its next stage, and the one act that helps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QSizePolicy, QWidget

from deliberation_app.domain.agenda import STATES, EvidenceState
from deliberation_app.errors import N_
from deliberation_app.language import _, ngettext_
from deliberation_app.services.agenda import ItemView
from deliberation_app.ui.agenda_words import said, stage_name
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import ElideLabel, Label
from deliberation_app.ui.kit.panels import Card, column, line, row
from deliberation_app.ui.kit.theme import px

# The act that supplies a piece of evidence: its words and icon.
HELPS = {
    "agenda.edit": (N_("Say where and when"), "edit"),
    "agenda.link": (N_("Link the branch assembly"), "link"),
    "meetings.call": (N_("Call a meeting"), "meetings"),
    "meetings.give_notice": (N_("Call a meeting"), "meetings"),
    "votes.open": (N_("Put it to the vote"), "votes"),
    "tasks.done": (N_("Close a task"), "tasks"),
    "evaluation.add": (N_("Enter the scores"), "evaluation"),
    "notices.post": (N_("Post the outcome"), "notices"),
    "notices.answer": (N_("Answer the objection"), "note"),
    "archive.number": (N_("Give the file its number"), "archive"),
}
# Evidence that only a meeting supplies.
MEETING_ACTS = ("meetings.call", "meetings.give_notice", "votes.open")
_GAP, _NAME, _NARROW, _ANY = 20, 160, 640, 16777215


def coming_meeting(view: ItemView, now: datetime) -> UUID | None:
    """The first coming meeting that has the item on its agenda."""
    coming = (event.target_id for event in view.timeline if event.what == "meeting" and event.at >= now)
    return next(coming, None)


class Gate(QWidget):
    """One piece of evidence: there or missing, what it says, and the day or the clause behind it."""

    def __init__(self, piece: EvidenceState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sentence, under = said(piece.sentence), said(piece.detail) or piece.clause
        across = row(self, spacing=8)
        mark = IconLabel("done" if piece.met else "missing", "ok" if piece.met else "bad", 18)
        across.addWidget(mark, 0, Qt.AlignmentFlag.AlignVCenter)
        stack = column(spacing=0)
        self.words = Label(sentence, "strong", wrap=True)
        self.under = Label(under, "hint", wrap=True)
        stack.addStretch()
        stack.addWidget(self.words)
        stack.addWidget(self.under)
        stack.addStretch()
        across.addLayout(stack, 1)
        state = _("There") if piece.met else _("Missing")
        self.setAccessibleName(f"{state}: {sentence} {under}")
        self.setToolTip(piece.clause)

    def natural(self) -> int:
        """The width at which neither line wraps."""
        wide = max(
            theme.metrics("strong").horizontalAdvance(self.words.text()),
            theme.metrics("hint").horizontalAdvance(self.under.text()),
        )
        return int(wide) + px(18 + 8) + 4

    def high(self, width: int) -> int:
        """The height it needs at this width."""
        inner = max(width - px(26), 1)
        return max(self.words.heightForWidth(inner) + self.under.heightForWidth(inner), px(44))


class GateGrid(QWidget):
    """Lays the pieces side by side while none of them wraps, else in as many rows as they need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gates: list[Gate] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_pieces(self, pieces: Sequence[EvidenceState]) -> None:
        """Show these."""
        for gate in self._gates:
            gate.hide()
            gate.deleteLater()
        self._gates = [Gate(piece, self) for piece in pieces]
        for gate in self._gates:
            gate.show()
        self._arrange()

    def count(self) -> int:
        """How many pieces are shown."""
        return len(self._gates)

    def natural(self) -> int:
        """The width at which all of them stand in one line."""
        return sum(gate.natural() for gate in self._gates) + px(_GAP) * max(len(self._gates) - 1, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._arrange()

    def _arrange(self) -> None:
        """As many columns as have room, each as wide as its widest piece; a single one wraps its words."""
        natural = [gate.natural() for gate in self._gates]
        for across in range(len(natural), 1, -1):
            columns = [max(natural[at::across]) for at in range(across)]
            if sum(columns) + px(_GAP) * (across - 1) <= self.width():
                self._place(columns)
                return
        self._place([min(max(natural, default=0), self.width())])

    def _place(self, columns: list[int]) -> None:
        top = 0
        for first in range(0, len(self._gates), len(columns)):
            pairs = list(zip(self._gates[first : first + len(columns)], columns, strict=False))
            high = max(gate.high(wide) for gate, wide in pairs)
            left = 0
            for gate, wide in pairs:
                gate.setGeometry(left, top, wide, high)
                left += wide + px(_GAP)
            top += high + px(6)
        self.setFixedHeight(max(top - px(6), px(44)))


class GatesPanel(Card):
    """What is chosen, its pieces of evidence, the one act, and everything else behind the dots."""

    act_wanted = Signal(str)
    more_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumHeight(px(76))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(px(20), px(10), px(16), px(10))
        self._grid.setHorizontalSpacing(px(20))
        self._grid.setVerticalSpacing(px(8))
        self._grid.setColumnStretch(2, 1)
        self.head = Label("", "bold", wrap=True)
        self.under = ElideLabel("", "hint")
        self._names = QWidget()
        self._stack = column(self._names)
        self._stack.addWidget(self.head)
        self._stack.addWidget(self.under, 1)
        self._rule = line(upright=True)
        self.gates = GateGrid()
        self.do = Button("", "primary")
        self.do.clicked.connect(lambda: self.act_wanted.emit(self._act))
        self.more = Button("", "quiet", icon="more")
        self.more.setAccessibleName(_("Everything that can be done with this item"))
        self.more.setToolTip(_("Everything that can be done with this item"))
        self.more.clicked.connect(self.more_wanted)
        self._buttons = QWidget()
        acts = row(self._buttons, spacing=12)
        acts.addWidget(self.do)
        acts.addWidget(self.more)
        self._act = ""
        self._form = ""
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Name and evidence beside each other while the evidence fits into one line."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        acts = self._buttons.sizeHint().width()
        free = self.width() - px(_NAME + 2 * 20 + 36 + 20) - acts
        form = "beside" if self.gates.natural() <= free else "above"
        if self.width() < px(_NARROW):
            form = "folded"
        if form == self._form:
            return
        self._form = form
        beside = form == "beside"
        middle = Qt.AlignmentFlag.AlignVCenter
        for widget in (self._names, self._rule, self.gates, self._buttons):
            self._grid.removeWidget(widget)
        self._stack.setDirection(QBoxLayout.Direction.TopToBottom if beside else QBoxLayout.Direction.LeftToRight)
        self._stack.setSpacing(0 if beside else px(12))
        tight = beside and bool(self.gates.count())
        self.head.setWordWrap(tight)
        self._names.setMinimumWidth(px(_NAME) if beside else 0)
        self._names.setMaximumWidth(px(_NAME) if tight else _ANY)
        self._grid.setColumnStretch(0, 0 if tight else 1)
        self._rule.setVisible(tight)
        if beside:
            self._grid.addWidget(self._names, 0, 0, middle)
            self._grid.addWidget(self._rule, 0, 1)
            self._grid.addWidget(self.gates, 0, 2, middle)
            self._grid.addWidget(self._buttons, 0, 3, middle)
        else:
            self._grid.addWidget(self._names, 0, 0, 1, 3, middle)
            self._grid.addWidget(self.gates, 1, 0, 1, 4 if form == "folded" else 3, middle)
            self._grid.addWidget(self._buttons, 0, 3, 1 if form == "folded" else 2, 1, middle)

    def show_item(self, view: ItemView | None, now: datetime) -> None:
        """Show an item, or say that one should be chosen."""
        self.more.setVisible(view is not None)
        self.under.setVisible(view is not None)
        self._offer("", "", "", "")
        if view is None:
            self.head.setText(_("Choose an item to see what its next step needs"))
            self.gates.show_pieces(())
        else:
            self.under.set_text(view.item.title)
            self.head.setText(_head(view))
            self.gates.show_pieces(view.evidence)
            self._offer_for(view, now)
        self._form = ""
        self._fold()

    def has_act(self) -> bool:
        """Whether there is one act that helps."""
        return bool(self._act)

    def _offer_for(self, view: ItemView, now: datetime) -> None:
        if view.facts.state != "active":
            if any(offer.step.id == "resume" for offer in view.steps):
                self._offer("resume", _("Take up again"), "repeat", "")
            return
        missing = [piece for piece in view.evidence if not piece.met]
        if missing:
            words, icon = HELPS[missing[0].helps]
            if missing[0].helps in MEETING_ACTS and coming_meeting(view, now) is not None:
                words = N_("Go to the meeting")
            self._offer(missing[0].helps, _(words), icon, "")
        elif view.next_step is not None:
            words = _("On to “{stage}”").format(stage=stage_name(view.next_step.to_stage))
            self._offer(view.next_step.id, words, "", "Ctrl+→")

    def _offer(self, act: str, words: str, icon: str, cap: str) -> None:
        self._act = act
        self.do.setVisible(bool(act))
        self.do.setText(words)
        self.do.set_icon_name(icon)
        self.do.set_cap(cap)


def _head(view: ItemView) -> str:
    if view.facts.state != "active":
        state = _(STATES[view.facts.state].name)
        reason = view.item.state_reason
        return _("{state}: {reason}").format(state=state, reason=reason) if reason else state
    if view.next_step is None:
        return _("The last stage is reached")
    stage = stage_name(view.next_step.to_stage)
    missing = sum(not piece.met for piece in view.evidence)
    if not missing:
        return _("Ready for “{stage}”").format(stage=stage)
    words = ngettext_("“{stage}” lacks {count} piece", "“{stage}” lacks {count} pieces", missing)
    return words.format(stage=stage, count=missing)
