"""What votes on several options side by side came to: who is ahead, and that only its own vote decides an option."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from deliberation_app.domain.votes_series import SeriesTable
from deliberation_app.language import _
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import Tint, column, empty, row


class SeriesBox(QWidget):
    """The outcome of a comparison; its votes stand above it, a line each."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[SeriesTable | None, bool] = (None, False)
        self._box = column(self, spacing=6)
        self.hide()

    def show_table(self, table: SeriesTable | None, *, short: bool = False) -> None:
        """What it has come to so far; `short` leaves the room to others and says who is ahead in the end."""
        said = table is not None and (table.over or not (short or table.same_voters))
        self.setVisible(said and table is not None and bool(table.rows))
        if (table, short) == self._shown:
            return
        self._shown = (table, short)
        empty(self._box)
        if table is None or not table.rows:
            return
        if short:
            self._box.addLayout(_head(*result_words(table)))
            return
        if table.over:
            self._box.addWidget(_outcome(table))
        if not table.same_voters:
            said = _("Not everybody was there for every vote: the numbers are not of the same people.")
            self._box.addWidget(Label(said, "hint", "warn", wrap=True))


def result_words(table: SeriesTable) -> tuple[str, str]:
    """What a comparison came to, with its tone."""
    if not table.winners:
        said = _("No option wins against every other one") if table.way == "pairs" else _("No option has any votes")
        return said, "warn"
    if len(table.winners) > 1:
        return _("Level: {options}").format(options="、".join(table.winners)), "warn"
    said = _("{option} wins against every other one") if table.way == "pairs" else _("Most votes: {option}")
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
    if table.way == "approval":  # here each option has had its own vote
        passed = [vote.options[0] for vote in table.rows if vote.passed]
        reached = _("Reached the line of their rule: {options}.").format(options="、".join(passed))
        own = reached if passed else _("None has reached the line of its rule.")
    box.addWidget(Label(own, "hint", wrap=True))
    return tint
