"""The report of a period: the figures of a unit and of its neighbours as a paper and as sheets."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from deliberation_app.domain import calendar
from deliberation_app.domain.agenda import STAGES
from deliberation_app.domain.evaluation import ANSWERS
from deliberation_app.domain.figures import FIGURES, GROUPS, Per, span, title_of
from deliberation_app.domain.meetings import KINDS
from deliberation_app.papers import period_report as paper
from deliberation_app.papers.document import Document
from deliberation_app.services import figures
from deliberation_app.services.figures import GroupLine, PeriodFigures
from deliberation_app.services.sheets_out import SheetOut, workbook
from deliberation_app.services.work import Work
from deliberation_app.storage.people import Unit

_OF_UNITS = ("raised", "shared", "meetings", "attendance", "pass_rate", "closure_rate", "strict")


@dataclass(frozen=True, kw_only=True)
class Report:
    """A period told: of this unit, and the main figures of every unit kept here."""

    title: str
    figures: PeriodFigures
    units: tuple[PeriodFigures, ...]
    made: str


def report(work: Work, unit_id: uuid.UUID, per: Per, year: int, number: int = 1) -> Report:
    """Count everything for the report of a period."""
    first, last = span(per, year, number)
    with work.read() as session:
        known = list(session.scalars(select(Unit.id).order_by(Unit.name, Unit.id)))
        own = figures.counted(session, unit_id, first, last)
        others = tuple(own if key == unit_id else figures.counted(session, key, first, last) for key in known)
    return Report(
        title=title_of(per, year, number), figures=own, units=others if len(others) > 1 else (),
        made=calendar.chinese_date(calendar.day_of(work.clock())),
    )  # fmt: skip


def document(told: Report) -> Document:
    """The report as a paper."""
    own = told.figures
    groups = tuple(
        (title, tuple(_line(key, own) for key, figure in FIGURES.items() if figure.group == group))
        for group, (title, _name) in GROUPS.items()
    )  # fmt: skip
    return paper.compose(paper.ReportFacts(
        unit=own.unit, period=told.title, first=calendar.chinese_date(own.first), last=calendar.chinese_date(own.last),
        groups=groups, tables=tuple(_tables(told)), made=told.made,
    ))  # fmt: skip


def _line(key: str, own: PeriodFigures) -> paper.Line:
    figure, value = FIGURES[key], own.values[key]
    return paper.Line(title=figure.title, formula=figure.formula, sum=value.sum,
                      value=value.text if figure.rate else f"{value.text}{figure.unit}")  # fmt: skip


_Table = tuple[str, tuple[str, ...], tuple[int, ...], tuple[tuple[str, ...], ...]]


def _tables(told: Report) -> list[_Table]:
    own = told.figures
    stages = tuple(
        (STAGES[line.stage].full_title, str(line.standing), str(line.left),
         "—" if line.median_days is None else str(line.median_days))
        for line in own.stages
    )  # fmt: skip
    answers = tuple((title, str(getattr(own.answers, key))) for key, (title, _name) in ANSWERS.items())
    answers = (*answers, ("有效", str(own.answers.valid)), ("无效", str(own.answers.invalid)))
    meetings = tuple(
        (calendar.chinese_date(one.day), KINDS[one.kind].title, one.title, str(one.due), str(one.present))
        for one in own.meetings
    )  # fmt: skip
    found: list[_Table] = [
        ("五个环节", ("环节", "期末件数", "期内离开", "停留天数中位数"), (39, 39, 39, 39), stages),
        ("满意度答卷", ("选项", "份数"), (78, 78), answers if own.answers.returned else ()),
        ("召开的会议", ("日期", "类型", "名称", "应到", "实到"), (30, 32, 66, 14, 14), meetings),
        ("按类别", *_grouped("类别", own.by_category)),
        ("按楼栋", *_grouped("楼栋", own.by_building)),
    ]
    if told.units:
        columns = ("单位", *(FIGURES[key].title for key in _OF_UNITS))
        rows = tuple((one.unit, *(one.values[key].text for key in _OF_UNITS)) for one in told.units)
        found.append(("按单位", columns, (40, 14, 14, 14, 20, 20, 20, 20), rows))
    return found


def _grouped(
    heading: str, lines: Sequence[GroupLine]
) -> tuple[tuple[str, ...], tuple[int, ...], tuple[tuple[str, ...], ...]]:
    rows = tuple((one.name, str(one.raised), str(one.shared), str(one.reopened)) for one in lines)
    return (heading, "提出", "进入“享”", "退回再议"), (66, 30, 30, 30), rows


def as_sheets(told: Report) -> bytes:
    """The report as .xlsx: the parts and wholes of each rate as numbers, so that anybody can divide again."""
    own = told.figures
    rows = [
        (GROUPS[figure.group][0], figure.title, figure.formula, own.values[key].part, own.values[key].whole,
         own.values[key].text)
        for key, figure in FIGURES.items()
    ]  # fmt: skip
    sheets = [SheetOut(name="指标", rows=rows, columns=("类", "指标", "算式", "分子或件数", "分母", "结果"))]
    for title, columns, _widths, lines in _tables(told):
        sheets.append(SheetOut(name=title, columns=columns, rows=[[_number(cell) for cell in row] for row in lines]))
    return workbook(sheets)


def _number(text: str) -> str | int:
    return int(text) if text.isascii() and text.isdigit() else text
