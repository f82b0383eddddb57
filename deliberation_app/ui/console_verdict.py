"""What the numbers mean: whether they add up, the verdict with its arithmetic, and the clause it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtWidgets import QWidget

from deliberation_app.domain.votes import RULES
from deliberation_app.language import _, ngettext_, render
from deliberation_app.services.votes import Preview
from deliberation_app.ui import console_words as words
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import Label, plain_tip
from deliberation_app.ui.kit.panels import Tint, column, row


def sum_words(rule: str, preview: Preview) -> str:
    """12 + 4 + 3 = 19, with invalid papers where there are some."""
    count = preview.count
    parts = [count.in_favour, count.against, count.abstain]
    if count.invalid and RULES[rule].invalid_took_part:
        parts.append(count.invalid)
    return f"{' + '.join(str(part) for part in parts)} ＝ {sum(parts)}"


def sum_state(rule: str, preview: Preview) -> tuple[str, str, str]:
    """Whether the sum fits those present, with tone and icon; owners take part by their papers, not in a room."""
    if preview.faults:
        return _("does not add up"), "bad", "late"
    if preview.not_cast:
        said = ngettext_("{count} has not voted", "{count} have not voted", preview.not_cast)
        return said.format(count=preview.not_cast), "info", "note"
    return _("adds up") if RULES[rule].by_area else _("as many as are here"), "ok", "done"


class VerdictBox(QWidget):
    """The sum with its state, then a tint with the verdict and the lines of arithmetic."""

    def __init__(self) -> None:
        super().__init__()
        box = column(self, spacing=8)
        across = row(spacing=8)
        self._sum = Label("", "statement")
        self._icon = IconLabel("", "", 18)
        # Large numbers leave it two lines: nothing may push the panel wider than its column.
        self._state = Label("", "label", wrap=True)
        across.addWidget(self._sum)
        across.addStretch()
        across.addWidget(self._icon)
        across.addWidget(self._state, 1)
        box.addLayout(across)
        self._faults = Label("", "hint", "bad", wrap=True)
        box.addWidget(self._faults)
        self._tint = Tint("ok")
        inside = column(self._tint, margins=(14, 10, 14, 10), spacing=2)
        head = row(spacing=8)
        self._mark = IconLabel("", "", 20)
        self._title = Label("", "h3", wrap=True)
        head.addWidget(self._mark)
        head.addWidget(self._title, 1)
        inside.addLayout(head)
        self._passing = Label("", "body", wrap=True)
        self._quorum = Label("", "hint", "text2", wrap=True)
        self._clause = Label("", "hint", "text2", wrap=True)
        for label in (self._passing, self._quorum, self._clause):
            inside.addWidget(label)
        box.addWidget(self._tint)
        self._short = False

    def set_short(self, short: bool) -> None:
        """Only what came out and why, where counting leaves no room for the quorum and the clause too."""
        self._short = short
        self._tell_rest()

    def _tell_rest(self) -> None:
        for label in (self._quorum, self._clause):
            label.setVisible(bool(label.text()) and not self._short)
        told = (label.text() for label in (self._quorum, self._clause) if self._short and label.text())
        self._tint.setToolTip(plain_tip("\n".join(told)))

    def show_preview(
        self, rule: str, preview: Preview | None, day: date, names: Mapping[str, str], *, sums: bool = True,
        pair: tuple[str, bool] | None = None,
    ) -> None:  # fmt: skip
        """What the numbers typed so far mean; None hides everything until there are some."""
        if preview is None:
            self.hide()
            return
        # Shown when all is said: each part that came into sight by itself would lay out the whole column anew.
        # Numbers that cannot be right are no result: what they would mean is not said.
        self._tint.setVisible(not preview.faults)
        for widget in (self._sum, self._state, self._icon):
            widget.setVisible(sums)
        self._faults.setVisible(bool(preview.faults))
        said, tone, icon = sum_state(rule, preview)
        self._sum.setText(sum_words(rule, preview))
        self._state.setText(said)
        self._state.set_tone(tone)
        self._icon.show_as(icon, tone)
        self._faults.setText("\n".join(render(fault) for fault in preview.faults))
        self._show_verdict(rule, preview, day, names)
        if pair is not None:
            self._show_pair(*pair)
        self.show()

    def _show_pair(self, said: str, ahead: bool) -> None:
        """A comparison has no line to reach: it says who is ahead."""
        tone = "ok" if ahead else "warn"
        self._mark.show_as("done" if ahead else "late_fill", tone)
        self._title.setText(said)
        self._title.set_tone(tone)
        theme.restyle(self._tint, tone=tone)
        self._passing.setText(_("This only ranks; its own vote decides an option."))
        self._passing.show()

    def _show_verdict(self, rule: str, preview: Preview, day: date, names: Mapping[str, str]) -> None:
        verdict = preview.verdict
        tone = "ok" if verdict.passed else "warn"
        self._mark.show_as("done" if verdict.passed else "late_fill", tone)
        self._title.setText(self._said(rule, preview, names))
        self._title.set_tone(tone)
        theme.restyle(self._tint, tone=tone)
        lines = {name: [words.check_line(one) for one in verdict.checks if one.name == name]
                 for name in ("passing", "quorum")}  # fmt: skip
        if preview.election is not None:
            lines["passing"] = [_seats(preview)]
        self._passing.setText("\n".join(lines["passing"]))
        self._passing.setVisible(bool(lines["passing"]))
        self._quorum.setText("\n".join(lines["quorum"]))
        clause = RULES[rule].clause(preview.count, day)
        self._clause.setText(clause)
        self._tell_rest()

    @staticmethod
    def _said(rule: str, preview: Preview, names: Mapping[str, str]) -> str:
        verdict, election = preview.verdict, preview.election
        if election is None or not verdict.quorate:
            return words.outcome(rule, quorate=verdict.quorate, passed=verdict.passed)
        if not election.elected:
            return _("Nobody is elected")
        return _("Elected: {names}").format(names="、".join(names.get(key, key) for key in election.elected))


def _seats(preview: Preview) -> str:
    election = preview.election
    if election is None:
        return ""
    said = []
    if election.tied:
        said.append(_("equal votes at the last seat: vote again between them"))
    if election.unfilled:
        said.append(ngettext_("{count} seat stays open", "{count} seats stay open", election.unfilled).format(
            count=election.unfilled))  # fmt: skip
    needed = next((one for one in preview.verdict.checks if one.name == "passing"), None)
    if needed is not None:
        votes = (needed.whole * needed.numerator) // needed.denominator + (1 if needed.strict else 0)
        said.append(_("at least {votes} votes are needed").format(votes=votes))
    return " · ".join(said)
