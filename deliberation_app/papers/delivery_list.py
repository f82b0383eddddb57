"""送达登记表 (papers.md 3.1): whom a notice or ballot reached, how, when, and who took it."""

from __future__ import annotations

from dataclasses import dataclass

from deliberation_app.papers.document import Document, Field, Fields, Signature, SignTable

COLUMNS = ("序号", "对象或房号", "送达方式", "时间", "签收人", "备注")
WIDTHS = (9, 40, 29, 29, 24, 25)
EMPTY_ROWS = 28
TO_TICK = "□当面 □电话\n□短信 □公告"


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """One line; without a way the ways stand there to be ticked."""

    to: str
    way: str = ""
    date: str = ""
    receiver: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class DeliveryFacts:
    """What was delivered for which meeting; without lines it is an empty form."""

    unit: str
    meeting: str
    what: str
    lines: tuple[Delivered, ...]
    number: str = ""


def compose(facts: DeliveryFacts) -> Document:
    """The log as a paper."""
    head = Fields(rows=((Field(label="会议名称", text=facts.meeting),), (Field(label="送达材料", text=facts.what),)))
    rows = tuple(
        (str(n), one.to, one.way or TO_TICK, one.date, one.receiver, one.note)
        for n, one in enumerate(facts.lines, start=1)
    )
    empty = tuple((str(n), "", TO_TICK, "", "", "") for n in range(1, EMPTY_ROWS + 1))
    return Document(
        paper="delivery_list", layout="table", unit=facts.unit, title="送达登记表", number=facts.number, mark="存档件",
        blocks=(head, SignTable(columns=COLUMNS, widths=WIDTHS, rows=rows or empty)),
        signatures=(Signature(label="送达人（签名）"), Signature(label="日期")),
    )  # fmt: skip
