"""FIGURES of a period (flows.md): each with its formula, as numbers that can be checked by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

from deliberation_app.domain.votes_count import percent
from deliberation_app.errors import N_, RuleBroken

Per = Literal["month", "quarter", "year"]
PERS: Mapping[Per, str] = MappingProxyType({"month": N_("Month"), "quarter": N_("Quarter"), "year": N_("Year")})


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure; `formula` is printed, `reads` its English source; `rate` has a part and a whole, else a count."""

    id: str
    group: str
    title: str
    name: str
    formula: str
    reads: str
    rate: bool = False
    unit: str = "件"


GROUPS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "voices": ("民情民意", N_("Voices")),
        "items": ("议题", N_("Items")),
        "meetings": ("会议与表决", N_("Meetings and votes")),
        "tasks": ("落实", N_("Tasks")),
        "evaluation": ("测评", N_("Evaluation")),
        "notices": ("公示", N_("Notices")),
    }
)


def _count(name: str, group: str, title: str, english: str, formula: str, reads: str, unit: str = "件") -> Figure:
    return Figure(id=name, group=group, title=title, name=english, formula=formula, reads=reads, unit=unit)


def _rate(name: str, group: str, title: str, english: str, formula: str, reads: str) -> Figure:
    return Figure(id=name, group=group, title=title, name=english, formula=formula, reads=reads, rate=True, unit="")


_ENTRIES = (
    _count("received", "voices", "收到民意", N_("Voices received"), "期内收到", N_("received in the period")),
    _count("refused", "voices", "不予受理", N_("Not accepted"), "其中不予受理", N_("of these not accepted")),
    _count("accepted", "voices", "受理", N_("Voices accepted"), "收到－不予受理", N_("received − not accepted")),
    _count("closed", "voices", "已办结", N_("Voices closed"),
           "受理的已告知提出人", N_("accepted ones whose raiser was told")),
    _count("running", "voices", "在办", N_("Voices under way"), "受理－已办结", N_("accepted − closed")),
    _rate("closure_rate", "voices", "办结率", N_("Closure rate"), "已办结÷受理", N_("closed ÷ accepted")),
    _rate("on_time_rate", "voices", "按时率", N_("On-time rate"), "按时办结÷已办结", N_("closed on time ÷ closed")),
    _rate("repeat_rate", "voices", "重复件率", N_("Repeat rate"),
          "并入前件÷收到", N_("grouped with an earlier one ÷ received")),
    _count("raised", "items", "提出议题", N_("Items raised"), "期内提出", N_("raised in the period")),
    _count("shared", "items", "进入“享”", N_("Reached the last stage"),
           "期内进入第五阶段", N_("reached the fifth stage in the period")),
    _rate("reopen_rate", "items", "退回再议率", N_("Reopen rate"),
          "由评退回议÷进入评", N_("sent back to discussed ÷ evaluated")),
    _count("meetings", "meetings", "召开会议", N_("Meetings held"),
           "期内召开并已散会", N_("opened in the period, and closed"), "次"),
    _rate("attendance", "meetings", "到会率", N_("Attendance"),
          "各次实到之和÷各次应到之和", N_("sum of those present ÷ sum of those due")),
    _rate("pass_rate", "meetings", "表决通过率", N_("Pass rate"), "通过÷付表决事项", N_("passed ÷ motions voted on")),
    _count("voids", "meetings", "作废的表决", N_("Votes declared void"),
           "另计，不入通过率", N_("counted apart from the pass rate"), "次"),
    _count("unanswered", "meetings", "无回应的“锣”", N_("Questions without an answer"),
           "既无答复也无期限", N_("neither answered nor promised by a date"), "条"),
    _count("tasks_due", "tasks", "到期任务", N_("Tasks due"), "期内到期", N_("due in the period"), "项"),
    _rate("tasks_done_rate", "tasks", "任务完成率", N_("Tasks done"),
          "到期的已完成÷到期", N_("done ÷ due in the period")),
    _rate("tasks_on_time_rate", "tasks", "任务按时率", N_("Tasks done on time"),
          "按期完成÷到期的已完成", N_("done by the date ÷ done")),
    _rate("strict", "evaluation", "满意度（严）", N_("Satisfaction, strict"),
          "（非常满意＋满意）÷有效", N_("(very satisfied + satisfied) ÷ valid")),
    _rate("wide", "evaluation", "满意度（宽）", N_("Satisfaction, wide"),
          "（非常满意＋满意＋基本满意）÷有效", N_("(very satisfied + satisfied + fairly satisfied) ÷ valid")),
    _count("surveys", "evaluation", "测评", N_("Surveys"), "期内测评", N_("held in the period"), "次"),
    _count("posted", "notices", "张贴公示", N_("Notices posted"), "期内张贴", N_("posted in the period")),
    _count("objections", "notices", "收到异议", N_("Objections"),
           "对期内张贴的", N_("to what was posted in the period"), "条"),
    _rate("answered_rate", "notices", "异议答复率", N_("Objections answered"),
          "已答复÷收到", N_("answered ÷ received")),
)  # fmt: skip
FIGURES: Mapping[str, Figure] = MappingProxyType({figure.id: figure for figure in _ENTRIES})


@dataclass(frozen=True)
class Value:
    """A count (`whole` is None), or a part of a whole."""

    part: int
    whole: int | None = None

    @property
    def text(self) -> str:
        """A count as it is, a rate truncated to four decimals."""
        return str(self.part) if self.whole is None else percent(self.part, self.whole)

    @property
    def sum(self) -> str:
        """The numbers of a rate: 12÷15."""
        return "" if self.whole is None else f"{self.part}÷{self.whole}"


def span(per: Per, year: int, number: int = 1) -> tuple[date, date]:
    """First and last day of a month, a quarter or a year; `number` counts from 1."""
    months = {"month": 1, "quarter": 3, "year": 12}[per]
    if not 1 <= number <= 12 // months or not 1900 <= year <= 9000:
        raise RuleBroken(N_("There is no such period. Choose a month from 1 to 12, a quarter from 1 to 4, or a year."))
    first = date(year, (number - 1) * months + 1, 1)
    after = date(year + 1, 1, 1) if first.month + months > 12 else date(year, first.month + months, 1)
    return first, after - timedelta(days=1)


def title_of(per: Per, year: int, number: int = 1) -> str:
    """2026年10月, 2026年第四季度, 2026年度."""
    if per == "month":
        return f"{year}年{number}月"
    return f"{year}年第{'一二三四'[number - 1]}季度" if per == "quarter" else f"{year}年度"
