"""The columns of the figures: surveys, the five answers, both rates, how many lie below their line."""

from __future__ import annotations

from deliberation_app.domain.evaluation import ANSWERS
from deliberation_app.language import _
from deliberation_app.services.evaluation_figures import FigureRow
from deliberation_app.ui.kit.table import Cell, Column
from deliberation_app.ui.people_look import width_of


def _count(key: str) -> Column:
    head = _(ANSWERS[key][1])
    return Column(head, lambda row: Cell(str(getattr(row.responses, key)), right=True), width_of(head, "0000"))


def _below(row: FigureRow) -> Cell:
    return Cell(str(row.below), tone="bad" if row.below else "text3", right=True)


def sum_columns() -> list[Column]:
    """All of them in the language spoken now."""
    below, rate = _("Too low"), width_of("100.0000%")
    return [
        Column(_("Category"), lambda row: Cell(row.name or _("without category"), strong=True), 0),
        Column(_("Surveys"), lambda row: Cell(str(row.surveys), right=True), width_of(_("Surveys"))),
        *(_count(key) for key in ANSWERS),
        Column(_("Strict"), lambda row: Cell(row.strict.text if row.surveys else "—", tone="text", right=True), rate),
        Column(_("Wide"), lambda row: Cell(row.wide.text if row.surveys else "—", right=True), rate),
        Column(below, _below, width_of(below)),
    ]
