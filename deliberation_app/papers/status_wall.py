"""The weekly list for the wall: each slip by its number and how it stands, without any name (F15)."""

from __future__ import annotations

from dataclasses import dataclass

from deliberation_app.papers.document import Document, Note, SignTable

COLUMNS = ("编号", "日期", "反映的事", "办理情况", "答复日期")
WIDTHS = (26, 22, 54, 40, 22)
NOTE = "纸条上有编号的，每一件都有着落；没有写名字的，答复贴在原处。对答复有意见，请到庭院党群之家找值班人员。"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One slip and how it stands."""

    number: str
    day: str
    text: str
    state: str
    answered_on: str = ""


@dataclass(frozen=True, kw_only=True)
class StatusFacts:
    """The slips of a time."""

    unit: str
    period: str
    lines: tuple[Line, ...]


def compose(facts: StatusFacts) -> Document:
    """The list as a paper for the board."""
    rows = tuple((one.number, one.day, one.text, one.state, one.answered_on) for one in facts.lines)
    return Document(
        paper="", layout="table", unit=facts.unit, title=f"群众心声办理情况（{facts.period}）", copy="posted",
        mark="公示件", blocks=(SignTable(columns=COLUMNS, widths=WIDTHS, rows=rows), Note(text=NOTE)), coded=False,
    )  # fmt: skip
