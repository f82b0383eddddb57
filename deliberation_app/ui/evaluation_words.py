"""How surveys are told: their state, the line they are held against, rates with their formula."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from deliberation_app.domain.evaluation import BASES, Basis
from deliberation_app.errors import N_
from deliberation_app.language import _, ngettext_
from deliberation_app.services import evaluation, evaluation_survey
from deliberation_app.services.evaluation import SurveyRow, Waiting
from deliberation_app.services.evaluation_survey import Out
from deliberation_app.services.work import Work
from deliberation_app.ui.agenda_words import MIDDLE_DAY, day_words
from deliberation_app.ui.kit.table import Cell

BASIS_WORDS: dict[Basis, str] = {"strict": N_("strict"), "wide": N_("wide")}


@dataclass(frozen=True)
class Standing:
    """A line of the list: an item that waits, forms that are out, or a counted survey."""

    key: str
    item_id: Any
    title: str
    number: str
    told: Waiting | Out | SurveyRow


def lines(work: Work, unit_id: Any, after: Any, limit: int) -> tuple[list[Standing], Any]:
    """What waits and what is out first, then the counted surveys page by page."""
    found: list[Standing] = []
    if after is None:
        out = evaluation_survey.out(work, unit_id)
        busy = {one.survey.item_id for one in out}
        found += [Standing(f"out:{one.survey.id}", one.survey.item_id, one.item_title, one.item_number or "", one)
                  for one in out]  # fmt: skip
        found += [Standing(f"item:{one.item_id}", one.item_id, one.title, one.number or "", one)
                  for one in evaluation.waiting(work, unit_id) if one.item_id not in busy]  # fmt: skip
    page = evaluation.page(work, unit_id, after=after, limit=limit)
    found += [Standing(f"survey:{row.survey.id}", row.survey.item_id, row.item_title, row.item_number or "", row)
              for row in page.rows]  # fmt: skip
    return found, page.next


def line_words(line: tuple[Basis, int, int] | None) -> str:
    """Strict at least 80 %, or that there is none."""
    if line is None:
        return _("no line set")
    basis, numerator, denominator = line
    rate = f"{numerator}%" if denominator == 100 else f"{numerator}/{denominator}"
    return _("{basis} at least {rate}").format(basis=_(BASIS_WORDS[basis]), rate=rate)


def state_cell(one: Standing) -> Cell:
    """What became of it."""
    told = one.told
    if isinstance(told, Waiting):
        return Cell(_("Forms can go out"), icon="to_do", tone="info")
    if isinstance(told, Out):
        words = ngettext_("{count} form counted", "{count} forms counted", told.counted)
        return Cell(words.format(count=told.counted), icon="under_way", tone="warn")
    if told.below_line:
        back = told.stage == "discussed"
        return Cell(_("Below the line, sent back") if back else _("Below the line"), icon="late", tone="bad")
    return Cell(_("Line reached") if told.line else _("Counted"), icon="done", tone="ok")


def day_of(one: Standing) -> str:
    """When it was counted."""
    return day_words(one.told.survey.held_on, MIDDLE_DAY) if isinstance(one.told, SurveyRow) else ""


def rate_words(one: Standing, basis: Basis) -> str:
    """A rate, where there is one."""
    if not isinstance(one.told, SurveyRow):
        return ""
    return (one.told.strict if basis == "strict" else one.told.wide).text


def reasons(row: SurveyRow) -> str:
    """Why an item goes back: the rate with its formula, the line, and what was written on the forms."""
    basis = row.line[0] if row.line else next(iter(BASES))
    rate = row.strict if basis == "strict" else row.wide
    said = [f"满意度{rate.formula}，低于达标线{_percent(row.line)}"]
    comments = [str(one) for one in row.survey.comments or ()]
    if comments:
        said.append("意见：" + "；".join(comments))
    return "。".join(said)


def _percent(line: tuple[Basis, int, int] | None) -> str:
    if line is None:
        return ""
    return f"{line[1]}%" if line[2] == 100 else f"{line[1]}/{line[2]}"


def spans(today: date) -> list[tuple[str, str, tuple[date, date]]]:
    """The stretches of time one looks at: this year, the year before, everything."""
    return [
        ("year", _("This year"), (date(today.year, 1, 1), date(today.year, 12, 31))),
        ("before", _("Last year"), (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))),
        ("all", _("All years"), (date.min, date.max)),
    ]


def listed(names: Iterable[str]) -> str:
    """Names in a line."""
    return "、".join(names)
