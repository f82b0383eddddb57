"""The panel of what is chosen in a list: its name, facts, and its acts, which go below where there is little room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.labels import ElideLabel
from deliberation_app.ui.kit.panels import Card, column, empty, line, row
from deliberation_app.ui.kit.states import Fact
from deliberation_app.ui.kit.theme import px

_LOW, _WORDS, _FACT, _LEAST = 160, 360, 200, 380


class ChosenPanel(Card):
    """Nothing in it is ever cut: words give way to dots with a tool tip, buttons take a line of their own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._across = row(self, margins=(20, 10, 16, 10), spacing=16)
        told = QWidget()
        self._told = row(told, spacing=20)
        names = column(spacing=0)
        self._head, self._under = ElideLabel("", "bold"), ElideLabel("", "hint")
        for label in (self._head, self._under):
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        names.addStretch()
        names.addWidget(self._head)
        names.addWidget(self._under)
        names.addStretch()
        self._told.addLayout(names, 1)
        self._rule = line(upright=True)
        self._told.addWidget(self._rule)
        self._facts = row(spacing=20)
        self._told.addLayout(self._facts, 2)
        self._across.addWidget(told, 1)
        self._holder = QWidget()
        self._acts = row(self._holder, spacing=12)
        self._across.addWidget(self._holder, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._said: list[str] = []

    def show_facts(
        self, head: str, under: str, facts: Sequence[tuple[str, str, str, str]], acts: Sequence[Button] = ()
    ) -> None:
        """Head and line under it; facts as (icon, tone, words, hint); acts at the right."""
        self._head.setText(head)
        self._under.setText(under)
        self._rule.setVisible(bool(facts))
        for held in (self._facts, self._acts):
            empty(held)
        for fact in facts:
            self._facts.addWidget(Fact(*fact), 1)
        for act in acts:
            self._acts.addWidget(act)
        self._said = [fact[2] for fact in facts]
        self._told.setStretch(2, 2 if facts else 0)
        self._fold()

    def minimumSizeHint(self) -> QSize:
        """As narrow as its buttons in one line."""
        acts = self._holder.sizeHint().width() + px(36)
        return QSize(max(min(acts, px(_LEAST)), 1), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Acts beside the words while both have room."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        words = max(theme.metrics(kind).horizontalAdvance(label.whole())
                    for kind, label in (("bold", self._head), ("hint", self._under)))  # fmt: skip
        words = max(px(_LOW), min(words, px(_WORDS)))
        said = max((theme.metrics("bold").horizontalAdvance(one) for one in self._said), default=0)
        fact = max(px(_FACT), min(said + px(48), px(_WORDS)))
        # Asked of the buttons themselves: those just added do not count in their holder yet.
        acts = sum(self._acts.itemAt(at).widget().sizeHint().width() + px(12) for at in range(self._acts.count()))
        needed = acts + words + fact * len(self._said) + px(64)
        narrow = self.width() < needed
        self._across.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(px(6 if narrow else 16))
