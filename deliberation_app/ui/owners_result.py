"""Where each question stands: heads and area against their lines, papers that must add up, what is still possible."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from deliberation_app.domain.votes import RULES, Count, Requirement, area_text, percent
from deliberation_app.language import _, render
from deliberation_app.services.owners_papers import Result
from deliberation_app.services.owners_vote import misfits
from deliberation_app.ui.kit.bars import ThresholdBar
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.marks import StatusWords
from deliberation_app.ui.kit.panels import column, empty, line, row
from deliberation_app.ui.kit.theme import px


class OwnersResult(QWidget):
    """Totals only: whoever stands beside the screen learns no owner's choice here."""

    def __init__(self) -> None:
        super().__init__()
        self.box = column(self, margins=(16, 14, 16, 14), spacing=6)

    def show_results(self, results: Sequence[Result]) -> None:
        """Show every question, the papers once."""
        empty(self.box)
        if not results:
            self.box.addWidget(Label(_("Where it stands"), "h3"))
            self.box.addWidget(Label(_("No question has been put on the paper yet."), "hint", wrap=True))
        else:
            self._papers(results[0])
            self._turnout(results[0])
        for result in results:
            self.box.addWidget(line())
            self._question(result)
        self.box.addStretch(1)

    def _papers(self, result: Result) -> None:
        standing, count = result.standing, result.standing.count
        words = _("Issued {issued} = returned {returned} + not returned {missing}")
        self.box.addWidget(Label(words.format(issued=count.ballots_issued, returned=count.ballots_returned,
                                              missing=standing.not_returned), "strong", wrap=True))  # fmt: skip
        words = _("Returned {returned} = valid {valid} + invalid {invalid}")
        self.box.addWidget(Label(words.format(returned=count.ballots_returned, valid=standing.valid_papers,
                                              invalid=standing.invalid_papers), "hint", wrap=True))  # fmt: skip
        for fault in misfits(standing):
            self.box.addWidget(Label(render(fault), "hint", "bad", wrap=True))
        if standing.partly:
            said = _("{count} owners of several flats have handed in papers for some of them only; the area of the "
                     "others does not count.")  # fmt: skip
            self.box.addWidget(Label(said.format(count=standing.partly), "hint", "warn", wrap=True))

    def _turnout(self, result: Result) -> None:
        self.box.addSpacing(px(4))
        for requirement in RULES[result.question.rule].quorum:
            _show_line(self.box, requirement, result.standing.count)

    def _question(self, result: Result) -> None:
        question, count = result.question, result.standing.count
        self.box.addWidget(Label(f"{question.number}  {question.motion}", "strong", wrap=True))
        verdict = result.verdict
        if question.counted:
            words, tone, icon = (_("Passed"), "ok", "done") if verdict.passed else (_("Not passed"), "bad", "failed")
        elif verdict.passed:
            words, tone, icon = _("Passed if it ended now"), "ok", "done"
        else:
            words, tone, icon = _("Not passed if it ended now"), "warn", "under_way"
        self.box.addWidget(StatusWords(words, tone, icon))
        self.box.addWidget(Label(_(RULES[question.rule].name), "hint"))
        for requirement in RULES[question.rule].passing:
            _show_line(self.box, requirement, count)
        rest = _("Against {against} · {against_area} m², abstained {abstain} · {abstain_area} m²")
        self.box.addWidget(Label(rest.format(
            against=count.against, against_area=area_text(count.against_area), abstain=count.abstain,
            abstain_area=area_text(count.abstain_area)), "hint", wrap=True))  # fmt: skip
        if question.counted:
            self.box.addWidget(Label(verdict.explanation, "hint", wrap=True))
        elif len(result.possible) > len(verdict.checks):
            self.box.addWidget(Label(render(result.possible[-1]), "hint", "bad", wrap=True))
        if result.both is not None:
            self.box.addWidget(Label(result.both.text, "hint", wrap=True))
            self.box.addWidget(Label(_("Words of the rules: {words}").format(words=result.rules.words), "hint",
                                     wrap=True))  # fmt: skip


def _show_line(box: QVBoxLayout, line_: Requirement, count: Count) -> None:
    """One line of the rule: what there is, what it needs, the share cut off after four decimals, and the bar."""
    part, whole = count.number(line_.part, line_.by), count.number(line_.of, line_.by)
    needed = line_.needed(whole)
    met = line_.check("passing", count).met if whole else False
    area = line_.by == "area"
    show = area_text if area else str
    name = {
        ("present", False): _("Took part, owners"), ("present", True): _("Took part, m²"),
        ("in_favour", False): _("Consent, owners"), ("in_favour", True): _("Consent, m²"),
    }[line_.part, area]  # fmt: skip
    across = row(spacing=8)
    across.addWidget(Label(name, "hint"))
    across.addStretch(1)
    said = _("{part} of {whole}, at least {needed}")
    words = Label(said.format(part=show(part), whole=show(whole), needed=show(needed)), "hint", "ok" if met else "text")
    across.addWidget(Label(percent(part, whole), "label", "ok" if met else "text"))
    box.addLayout(across)
    bar = ThresholdBar()
    bar.show_part(part, whole, needed, "okFill" if met else "tick", f"{name} {words.text()}")
    box.addWidget(bar)
    box.addWidget(words)
