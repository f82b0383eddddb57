"""Candidates to try an election with: a name and votes each, the seats, and who would be elected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from deliberation_app.language import _, render
from deliberation_app.services import rules_election
from deliberation_app.services.rules_election import ElectionTrial
from deliberation_app.ui.kit import run
from deliberation_app.ui.kit.editors import Combo, LineEdit, NumberEdit
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import Tint, column, empty, row
from deliberation_app.ui.kit.theme import px

_LEAST, _MOST = 3, 40


class RuleCandidates(QWidget):
    """A line for each candidate, one more whenever the last is filled; judged as they are typed."""

    edited = Signal()
    moved = Signal(QWidget)

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[tuple[LineEdit, NumberEdit]] = []
        box = column(self, spacing=8)
        head = row(spacing=8)
        head.addWidget(Label(_("Several candidates"), "h3"), 1)
        label = Label(_("To be elected"), "label")
        self.seats = NumberEdit(1, 3)
        self.seats.setFixedWidth(px(64))
        self.seats.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.seats.setAccessibleName(label.text())
        label.setBuddy(self.seats)
        head.addWidget(label)
        head.addWidget(self.seats)
        box.addLayout(head)
        self.which = Combo([("first", _("First ballot")), ("further", _("Further election"))])
        self.which.setAccessibleName(_("Which ballot"))
        box.addWidget(self.which)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnStretch(0, 1)
        box.addLayout(self._grid)
        self._result = column(spacing=4)
        box.addLayout(self._result)
        self._said: list[str] = []
        for _line in range(_LEAST):
            self._add()
        self.seats.textEdited.connect(lambda _text: self.edited.emit())
        self.seats.returnPressed.connect(lambda: self._go(self._lines[0][0]))
        self.which.activated.connect(lambda _at: self.edited.emit())

    def _add(self) -> None:
        place = len(self._lines)
        name = LineEdit("", _("Candidate {place}").format(place=place + 1))
        votes = NumberEdit(None, 8)
        name.setAccessibleName(_("Candidate {place}").format(place=place + 1))
        votes.setAccessibleName(_("Votes of candidate {place}").format(place=place + 1))
        votes.setPlaceholderText(_("votes"))
        votes.setFixedWidth(px(96))
        votes.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lines.append((name, votes))
        self._grid.addWidget(name, place, 0)
        self._grid.addWidget(votes, place, 1)
        name.returnPressed.connect(lambda: self._go(votes))
        votes.returnPressed.connect(lambda: self._go(self._lines[min(place + 1, len(self._lines) - 1)][0]))
        for edit in (name, votes):
            edit.textEdited.connect(self._typed)
        if place:
            QWidget.setTabOrder(self._lines[place - 1][1], name)
        QWidget.setTabOrder(name, votes)

    def _go(self, edit: LineEdit) -> None:
        edit.setFocus(Qt.FocusReason.TabFocusReason)
        edit.selectAll()
        self.moved.emit(edit)

    def _typed(self) -> None:
        name, votes = self._lines[-1]
        if (name.text() or votes.text()) and len(self._lines) < _MOST:
            self._add()
        self.edited.emit()

    def candidates(self) -> list[tuple[str, int]]:
        """Everybody with votes; somebody without a name is called by the place."""
        return [
            (name.value() or _("Candidate {place}").format(place=at), votes.value() or 0)
            for at, (name, votes) in enumerate(self._lines, 1) if votes.value() is not None
        ]  # fmt: skip

    def lines(self) -> list[str]:
        """What is said of them."""
        return self._said

    def judge(self, rule: str, numbers: Mapping[str, int], day: date) -> ElectionTrial | None:
        """Say who would be elected, once somebody has votes."""
        self.which.setVisible(rules_election.can_be_further(rule))
        empty(self._result)
        self._said = []
        candidates = self.candidates()
        if not candidates:
            return None
        trial = run.act(
            self, rules_election.try_election, rule, numbers, day, candidates, max(self.seats.value() or 1, 1),
            further=rules_election.can_be_further(rule) and self.which.value() == "further",
        )  # fmt: skip
        if trial is not None:
            self._show(trial)
        return trial

    def _show(self, trial: ElectionTrial) -> None:
        for fault in trial.faults:
            self._say(render(fault), "bad")
        if trial.faults:
            return
        tone = "ok" if trial.election.passed else "warn"
        tint = Tint(tone)
        inside = column(tint, margins=(14, 10, 14, 10), spacing=4)
        head = row(spacing=8)
        head.addWidget(IconLabel("done" if tone == "ok" else "late_fill", tone, 20))
        elected = _("Elected: {names}").format(names="、".join(trial.elected))
        said = elected if trial.elected else _("Nobody is elected")
        head.addWidget(Label(said, "strong", tone, wrap=True), 1)
        inside.addLayout(head)
        more = [render(one) for one in trial.election.next]
        if trial.stands:
            more.append(_("These stand: {names}").format(names="、".join(trial.stands)))
        for line in (*more, trial.election.explanation):
            inside.addWidget(Label(line, "hint", wrap=True))
        self._said += [said, *more, trial.election.explanation]
        self._result.addWidget(tint)

    def _say(self, sentence: str, tone: str) -> None:
        self._said.append(sentence)
        line = row(spacing=8)
        line.addWidget(IconLabel("late_fill", tone, 18), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Label(sentence, "body", tone, wrap=True), 1)
        self._result.addLayout(line)
