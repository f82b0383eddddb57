"""What numbers come to: the verdict, how far it is from the other one, the arithmetic on bars, the sentence."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deliberation_app.domain.votes import Check, Count, Verdict
from deliberation_app.language import _, render
from deliberation_app.services.rules import Trial
from deliberation_app.ui import console_words, rules_words
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.bars import ThresholdBar
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import Tint, column, empty, row

Line = tuple[str, str, str]  # icon, tone, words


class RuleVerdict(QWidget):
    """Follows the numbers while they are typed."""

    copied = Signal()

    def __init__(self) -> None:
        super().__init__()
        box = column(self, spacing=10)
        self._shown: list[Line] = []
        self._tint = Tint("info")
        inside = column(self._tint, margins=(16, 12, 16, 12), spacing=6)
        head = row(spacing=8)
        self._mark = IconLabel("note", "info", 22)
        self._said = Label("", "h3", wrap=True)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._said, 1)
        inside.addLayout(head)
        self._lines = column(spacing=4)
        inside.addLayout(self._lines)
        box.addWidget(self._tint)
        self._faults = column(spacing=4)
        box.addLayout(self._faults)
        self._bars = column(spacing=8)
        box.addLayout(self._bars)
        across = row(spacing=8)
        self._printed_head = Label(_("To be read out and printed"), "label")
        self.copy = Button(_("Copy"), icon="copy", small=True, keys="Ctrl+Shift+C")
        self.copy.clicked.connect(self._copy)
        across.addWidget(self._printed_head, 1)
        across.addWidget(self.copy)
        box.addLayout(across)
        self._printed = Label("", "body", wrap=True)
        self._printed.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.addWidget(self._printed)

    def words(self) -> str:
        """The verdict as it is shown."""
        return self._said.text()

    def lines(self) -> list[str]:
        """The sentences under it, as they are shown."""
        return [line[2] for line in self._shown]

    def printed(self) -> str:
        """The Chinese sentence."""
        return self._printed.text()

    def show_trial(self, rule: str, count: Count, trial: Trial, unreadable: Sequence[str]) -> None:
        """Say what these numbers come to; a number that cannot be read leaves no verdict."""
        faults = [*unreadable, *(render(fault) for fault in trial.faults)]
        verdict = None if unreadable else trial.verdict
        if verdict is None:
            self._show_possible(trial, unread=bool(unreadable))
        else:
            self._show_verdict(rule, count, verdict, sums=not faults)
        _fill(self._faults, [("late_fill", "bad", fault) for fault in faults])
        empty(self._bars)
        for check in verdict.checks if verdict is not None else ():
            if check.name != "ballots":
                self._bars.addWidget(CheckBar(check))
        said = verdict.explanation if verdict is not None else "" if unreadable else trial.possible_text
        self._printed.setText(said)
        for widget in (self._printed, self._printed_head, self.copy):
            widget.setVisible(bool(said))

    def _show_verdict(self, rule: str, count: Count, verdict: Verdict, *, sums: bool) -> None:
        if verdict.by_hand:
            said = _("On that day another law was in force: the program does not compute, what was announced counts.")
            self._say("note", "info", _("Judged by hand"), [("note", "info", said)])
            return
        passed = verdict.passed
        said = console_words.judged(rule, count, verdict)
        lines = list(rules_words.boundary(rule, count, verdict)) if sums else []
        self._say("done" if passed else "late_fill", "ok" if passed else "warn", said, lines)

    def _show_possible(self, trial: Trial, *, unread: bool) -> None:
        if unread:
            self._say("late_fill", "warn", _("No verdict yet"), [])
            return
        self._say("note", "info", _("What is still possible"),
                  [("note", "info", render(said)) for said in trial.possible])  # fmt: skip

    def _say(self, icon: str, tone: str, words: str, lines: Sequence[Line]) -> None:
        self._mark.show_as(icon, tone)
        self._said.setText(words)
        self._said.set_tone(tone)
        theme.restyle(self._tint, tone=tone)
        self._shown = list(lines)
        _fill(self._lines, [("", "", line[2]) for line in lines])
        self.setAccessibleName(" ".join([words, *(line[2] for line in lines)]))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._printed.text())
        self.copied.emit()


class CheckBar(QWidget):
    """One comparison: what is held against what, and a bar with the line to reach."""

    def __init__(self, check: Check) -> None:
        super().__init__()
        box = column(self, spacing=2)
        across = row(spacing=6)
        icon, tone = ("done", "ok") if check.met else ("late_fill", "warn")
        across.addWidget(IconLabel(icon, tone, 16), 0, Qt.AlignmentFlag.AlignTop)
        words = console_words.check_line(check)
        across.addWidget(Label(words, "hint", "text2", wrap=True), 1)
        box.addLayout(across)
        bar = ThresholdBar()
        tick = check.whole * check.numerator / check.denominator
        bar.show_part(check.part, check.whole, tick, "okFill" if check.met else "warnFill", words)
        box.addWidget(bar)


def _fill(place: QVBoxLayout, lines: Sequence[Line]) -> None:
    empty(place)
    for icon, tone, words in lines:
        across = row(spacing=8)
        if icon:
            across.addWidget(IconLabel(icon, tone, 18), 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(Label(words, "body", tone if tone == "bad" else "", wrap=True), 1)
        place.addLayout(across)
