"""Votes on several options side by side: each counted, who is ahead, and that only its own vote decides an option."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from deliberation_app.domain.votes_series import SeriesTable, SeriesVote
from deliberation_app.language import _
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import Tint, column, empty, row
from deliberation_app.ui.kit.theme import px

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class SeriesBox(QWidget):
    """The table of a comparison."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[SeriesTable | None, bool] = (None, False)
        self._box = column(self, spacing=6)
        self.hide()

    def show_table(self, table: SeriesTable | None, *, short: bool = False) -> None:
        """What it has come to so far; `short` leaves the room to others and says who is ahead in the end."""
        self.setVisible(table is not None and bool(table.rows) and (table.over or not short))
        if (table, short) == self._shown:
            return
        self._shown = (table, short)
        empty(self._box)
        if table is None or not table.rows:
            return
        if short:
            self._box.addLayout(_head(*result_words(table)))
            return
        self._box.addWidget(_rows(table))
        if table.over:
            self._box.addWidget(_outcome(table))
        if not table.same_voters:
            said = _("Not everybody was there for every vote: the numbers are not of the same people.")
            self._box.addWidget(Label(said, "hint", "warn", wrap=True))


def _rows(table: SeriesTable) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(px(10))
    grid.setVerticalSpacing(px(2))
    grid.setColumnStretch(0, 1)
    for at, vote in enumerate(table.rows):
        grid.addWidget(Label(_about(vote), "label", "text", wrap=True), at, 0)
        grid.addWidget(Label(_numbers(table, vote), "label", "text"), at, 1, _RIGHT)
    return made


def _about(vote: SeriesVote) -> str:
    return vote.options[0] if len(vote.options) == 1 else _("{one} against {other}").format(
        one=vote.options[0], other=vote.options[1]
    )  # fmt: skip


def _numbers(table: SeriesTable, vote: SeriesVote) -> str:
    given = (vote.in_favour, vote.against) if table.way == "pairs" else (vote.in_favour, vote.against, vote.abstain)
    return " : ".join(str(one) for one in given)


def result_words(table: SeriesTable) -> tuple[str, str]:
    """What a comparison came to, with its tone."""
    two = table.way == "pairs" and len(table.options) == 2  # those that were level before
    if not table.winners and two:
        return _("Level: {options}").format(options="、".join(table.options)), "warn"
    if not table.winners:
        said = _("No option wins against every other one") if table.way == "pairs" else _("No option has any votes")
        return said, "warn"
    if len(table.winners) > 1:
        return _("Level: {options}").format(options="、".join(table.winners)), "warn"
    said = _("{option} wins against every other one") if table.way == "pairs" and not two else _("Most votes: {option}")
    return said.format(option=table.winners[0]), "ok"


def _head(said: str, tone: str) -> QHBoxLayout:
    head = row(spacing=8)
    head.addWidget(IconLabel("done" if tone == "ok" else "late_fill", tone, 18))
    head.addWidget(Label(said, "strong", tone, wrap=True), 1)
    return head


def _outcome(table: SeriesTable) -> QWidget:
    said, tone = result_words(table)
    tint = Tint(tone)
    box = column(tint, margins=(12, 8, 12, 8), spacing=2)
    box.addLayout(_head(said, tone))
    own = _("A ranking, not a decision.")  # one line in every language: two would be cut in a low window
    if table.way == "approval":
        passed = [vote.options[0] for vote in table.rows if vote.passed]
        reached = _("Reached the line of their rule: {options}.").format(options="、".join(passed))
        own = reached if passed else _("None has reached the line of its rule.")
    box.addWidget(Label(own, "hint", wrap=True))
    return tint
