"""统计报告 of a month, a quarter or a year: every figure with its formula and its numbers, then the tables behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from deliberation_app.papers.document import Document, Heading, Note, Paragraph, Signature, Table

NUMERALS = "一二三四五六七八九十"
COUNTED = (
    "口径：率均为整数相除，截至小数点后四位，不四舍五入；分母为零的记“—”。一件事项有两个类别或者楼栋的，各计一次。"
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One figure as printed: what it is, its formula, its numbers, its value."""

    title: str
    formula: str
    sum: str
    value: str


@dataclass(frozen=True, kw_only=True)
class ReportFacts:
    """A report; `groups` are the figures under their headings, `tables` what stands behind them."""

    unit: str
    period: str
    first: str
    last: str
    groups: tuple[tuple[str, tuple[Line, ...]], ...]
    tables: tuple[tuple[str, tuple[str, ...], tuple[int, ...], tuple[tuple[str, ...], ...]], ...]
    made: str


def compose(facts: ReportFacts) -> Document:
    """The report as a paper."""
    blocks: list[Paragraph | Heading | Table | Note] = [
        Paragraph(text=f"统计期间：{facts.first}至{facts.last}。单位：{facts.unit}。制表日期：{facts.made}。")
    ]
    for place, (heading, lines) in enumerate(facts.groups):
        blocks.append(Heading(text=f"{NUMERALS[place]}、{heading}"))
        blocks.append(_figures(lines))
    for place, (heading, columns, widths, rows) in enumerate(facts.tables, start=len(facts.groups)):
        blocks.append(Heading(text=f"{_numeral(place)}、{heading}"))
        blocks.append(Table(columns=columns, widths=widths, rows=rows) if rows else Paragraph(text="本期没有。"))
    return Document(
        paper="period_report", layout="table", unit=facts.unit, title=f"民主协商工作统计报告（{facts.period}）",
        blocks=(*blocks, Note(text=COUNTED)),
        signatures=(Signature(label="制表人（签名）"), Signature(label="审核人（签名）")),
    )  # fmt: skip


def _figures(lines: Sequence[Line]) -> Table:
    return Table(
        columns=("指标", "算式", "数据", "结果"), widths=(40, 62, 24, 30),
        rows=tuple((one.title, one.formula, one.sum, one.value) for one in lines),
    )  # fmt: skip


def _numeral(place: int) -> str:
    return NUMERALS[place] if place < len(NUMERALS) else f"十{NUMERALS[place - len(NUMERALS)]}"
