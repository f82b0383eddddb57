"""请假登记 (papers.md 3.1): who is excused from a meeting, why, since when, and by whom."""

from __future__ import annotations

from dataclasses import dataclass

from deliberation_app.papers.document import Document, Field, Fields, Signature, SignTable

COLUMNS = ("序号", "姓名", "事由", "请假时间", "批准人", "请假人签名")
WIDTHS = (9, 24, 47, 26, 24, 26)
EMPTY_ROWS = 13


@dataclass(frozen=True, kw_only=True)
class Leave:
    """One person who is excused."""

    name: str
    reason: str = ""
    asked_on: str = ""
    approved_by: str = ""


@dataclass(frozen=True, kw_only=True)
class LeaveFacts:
    """Who is excused from which meeting; without anybody it is an empty form."""

    unit: str
    meeting: str
    time: str
    leaves: tuple[Leave, ...]
    number: str = ""


def compose(facts: LeaveFacts) -> Document:
    """The list as a paper."""
    head = Fields(rows=((Field(label="会议名称", text=facts.meeting),), (Field(label="会议时间", text=facts.time),)))
    rows = tuple(
        (str(n), one.name, one.reason, one.asked_on, one.approved_by, "")
        for n, one in enumerate(facts.leaves, start=1)
    )  # fmt: skip
    empty = tuple((str(n), *("",) * 5) for n in range(1, EMPTY_ROWS + 1))
    return Document(
        paper="leave_list", layout="table", unit=facts.unit, title="请假登记", number=facts.number, mark="存档件",
        blocks=(head, SignTable(columns=COLUMNS, widths=WIDTHS, rows=rows or empty)),
        signatures=(Signature(label="批准人（签名）"), Signature(label="日期")),
    )  # fmt: skip
