"""What the figures say: bars with their numbers in words, lines of the table, where a bar leads."""

from __future__ import annotations

from dataclasses import dataclass

from deliberation_app.domain.agenda import STAGES
from deliberation_app.domain.evaluation import ANSWERS
from deliberation_app.domain.figures import FIGURES, Per
from deliberation_app.domain.meetings import KINDS
from deliberation_app.domain.script import simplify
from deliberation_app.domain.votes_count import percent
from deliberation_app.language import _, ngettext_
from deliberation_app.services.figures import PeriodFigures
from deliberation_app.ui.agenda_words import there
from deliberation_app.ui.figures_chart import Bar
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.marks import STAGE_WORDS

OPENS_STAGE, OPENS_ANSWERS, OPENS_MEETING = "stage", "answers", "meeting"
MOST_MEETINGS = 8
_SATISFIED = ("very_satisfied", "satisfied", "fairly_satisfied")


@dataclass(frozen=True)
class Line:
    """One figure as a line of the table."""

    key: str
    name: str
    formula: str
    sum: str
    value: str


def open_bar(desk: Desk, opens: str, key: str) -> None:
    """Go to what a bar stands for."""
    if opens == OPENS_STAGE:
        desk.navigate("agenda", stage=key)
    elif opens == OPENS_MEETING:
        desk.navigate("meeting", id=key)
    else:
        desk.navigate("evaluation" if there("evaluation") else "agenda")


def period_words(per: Per, year: int, number: int) -> str:
    """The period in the language of the screen."""
    if per == "month":
        return _("{year}-{month}").format(year=year, month=f"{number:02d}")
    return _("Quarter {quarter} of {year}").format(quarter=number, year=year) if per == "quarter" else _(
        "Year {year}"
    ).format(year=year)  # fmt: skip


def something(own: PeriodFigures) -> bool:
    """Whether anything of the period is on record."""
    return any(value.part for value in own.values.values()) or any(line.standing for line in own.stages)


def stage_bars(own: PeriodFigures) -> list[Bar]:
    """The funnel: items in each stage, the median of the stays that ended."""
    most = max((line.standing for line in own.stages), default=0)
    return [
        Bar(key=line.stage, name=_stage_name(line.stage), seal=STAGE_WORDS[line.stage], part=line.standing,
            whole=most, token="accentFill", words=_stage_words(line.standing, line.median_days))
        for line in own.stages
    ]  # fmt: skip


def _stage_name(stage: str) -> str:
    """The name of a stage beside its seal; in Chinese the seal says it."""
    name = _(STAGES[stage].name)
    return "" if simplify(name) == STAGE_WORDS[stage] else name


def _stage_words(standing: int, median: int | None) -> str:
    items = ngettext_("{count} item", "{count} items", standing).format(count=standing)
    if median is None:
        return items
    days = ngettext_("median {days} day", "median {days} days", median).format(days=median)
    return f"{items} · {days}"


def stages_under(own: PeriodFigures) -> str:
    """How the median is counted, and what was sent back."""
    value = own.values["reopen_rate"]
    told = _("Items in each stage at the end of the period; median of whole days of the stays that ended in it.")
    return told if not value.whole else f"{told} " + _("Sent back: {sum} = {rate}.").format(
        sum=value.sum, rate=value.text
    )  # fmt: skip


def answer_bars(own: PeriodFigures) -> list[Bar]:
    """The five answers; satisfied ones in the colour of what is settled, the others neutral."""
    valid = own.answers.valid
    found = []
    for key, (_title, name) in ANSWERS.items():
        count = getattr(own.answers, key)
        found.append(Bar(key=key, name=_(name), part=count, whole=valid,
                         token="okFill" if key in _SATISFIED else "tick",
                         words=f"{count} · {percent(count, valid)}"))  # fmt: skip
    return found


def answers_under(own: PeriodFigures) -> str:
    """Both rates with their numbers."""
    strict, wide = own.values["strict"], own.values["wide"]
    return _("Strict {strict} = {strict_rate}, wide {wide} = {wide_rate}; {invalid} invalid.").format(
        strict=strict.sum, strict_rate=strict.text, wide=wide.sum, wide_rate=wide.text, invalid=own.answers.invalid
    )


def meeting_bars(own: PeriodFigures) -> list[Bar]:
    """The last meetings of the period: who came of those due; the tick stands at more than half."""
    return [
        Bar(key=str(one.id), name=f"{one.day:%m-%d} {_(KINDS[one.kind].name)}", part=one.present, whole=one.due,
            token="accentFill", tick=one.due / 2,
            words=_("{present} of {due} · {rate}").format(
                present=one.present, due=one.due, rate=percent(one.present, one.due)))
        for one in own.meetings[-MOST_MEETINGS:]
    ]  # fmt: skip


def attendance_under(own: PeriodFigures) -> str:
    """The sum of all meetings of the period."""
    value = own.values["attendance"]
    return _("All meetings of the period: {sum} = {rate}. The mark stands at half of those due.").format(
        sum=value.sum, rate=value.text
    )


def lines(own: PeriodFigures) -> list[Line]:
    """Every figure with its formula."""
    return [
        Line(key, _(figure.name), _(figure.reads), own.values[key].sum, own.values[key].text)
        for key, figure in FIGURES.items()
    ]
