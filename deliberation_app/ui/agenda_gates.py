"""The panel below the board: what the chosen item has and lacks for its next stage, and the one act that helps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

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
}
_GAP = 24


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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._arrange()

    def _arrange(self) -> None:
        gap = px(_GAP)
        natural = [gate.natural() for gate in self._gates]
        if sum(natural) + gap * (len(natural) - 1) <= self.width():
            self._place([natural])
            return
        across = len(natural) - 1
        while across > 1 and (self.width() - gap * (across - 1)) // across < max(natural):
            across -= 1
        wide = (self.width() - gap * (across - 1)) // max(across, 1)
        count = len(natural)
        self._place([[wide] * min(across, count - at) for at in range(0, count, max(across, 1))])

    def _place(self, rows: list[list[int]]) -> None:
        waiting = iter(self._gates)
        top = 0
        for widths in rows:
            gates = [next(waiting) for _wide in widths]
            high = max((gate.high(wide) for gate, wide in zip(gates, widths, strict=True)), default=0)
            left = 0
            for gate, wide in zip(gates, widths, strict=True):
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
        across = row(self, margins=(20, 10, 16, 10), spacing=20)
        names = column(spacing=0)
        self.head = Label("", "bold", wrap=True)
        self.under = ElideLabel("", "hint")
        names.addStretch()
        names.addWidget(self.head)
        names.addWidget(self.under)
        names.addStretch()
        held = QWidget()
        held.setLayout(names)
        held.setFixedWidth(px(190))
        across.addWidget(held)
        self._rule = line(upright=True)
        across.addWidget(self._rule)
        self.gates = GateGrid()
        across.addWidget(self.gates, 1, Qt.AlignmentFlag.AlignVCenter)
        self.do = Button("", "primary")
        self.do.clicked.connect(lambda: self.act_wanted.emit(self._act))
        self.more = Button("", "quiet", icon="more")
        self.more.setAccessibleName(_("Everything that can be done with this item"))
        self.more.setToolTip(_("Everything that can be done with this item"))
        self.more.clicked.connect(self.more_wanted)
        across.addWidget(self.do)
        across.addWidget(self.more)
        self._act = ""

    def show_item(self, view: ItemView | None) -> None:
        """Show an item, or say that one should be chosen."""
        self._rule.setVisible(view is not None and bool(view.evidence))
        self.more.setVisible(view is not None)
        self.under.setVisible(view is not None)
        self._offer("", "", "", "")
        if view is None:
            self.head.setText(_("Choose an item to see what its next step needs"))
            self.gates.show_pieces(())
            return
        self.under.set_text(view.item.title)
        self.head.setText(_head(view))
        self.gates.show_pieces(view.evidence)
        self._offer_for(view)

    def has_act(self) -> bool:
        """Whether there is one act that helps."""
        return bool(self._act)

    def _offer_for(self, view: ItemView) -> None:
        if view.facts.state != "active":
            if any(offer.step.id == "resume" for offer in view.steps):
                self._offer("resume", _("Take up again"), "repeat", "")
            return
        missing = [piece for piece in view.evidence if not piece.met]
        if missing:
            words, icon = HELPS[missing[0].helps]
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
