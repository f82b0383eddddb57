"""签到表 (papers.md 3.1): everybody who is due, room to sign, a code for the scanner; nobody signs for others."""

from __future__ import annotations

from dataclasses import dataclass

from deliberation_app.papers.document import Document, Field, Fields, Note, Signature, SignTable

COLUMNS = ("序号", "姓名", "身份", "单位或房号", "联系电话", "签名", "签到时间", "备注")
WIDTHS = (9, 19, 23, 20, 26, 24, 12, 9)
TOTALS = "应到{due}人；实到　　　人，请假　　　人，缺席　　　人，列席　　　人。"
EMPTY_ROWS = 32


@dataclass(frozen=True, kw_only=True)
class Comer:
    """One person who is due or invited; `code` is scanned at the door."""

    name: str
    capacity: str = ""
    address: str = ""
    phone: str = ""
    remark: str = ""
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class SignInFacts:
    """Who is due at which meeting; without anybody it is an empty form."""

    unit: str
    meeting: str
    time: str
    place: str
    comers: tuple[Comer, ...]
    due: int = 0
    number: str = ""


def compose(facts: SignInFacts) -> Document:
    """The sheet as a paper."""
    head = Fields(
        rows=(
            (Field(label="会议名称", text=facts.meeting),),
            (Field(label="时间", text=facts.time), Field(label="地点", text=facts.place)),
        )
    )
    rows = tuple(
        (str(n), one.name, one.capacity, one.address, one.phone, "", "", one.remark)
        for n, one in enumerate(facts.comers, start=1)
    )
    empty = tuple((str(n), *("",) * 7) for n in range(1, EMPTY_ROWS + 1))
    sheet = SignTable(
        columns=COLUMNS, widths=WIDTHS, rows=rows or empty, codes=tuple(one.code for one in facts.comers),
        totals=TOTALS.format(due=facts.due or "\u3000\u3000\u3000"),
    )  # fmt: skip
    return Document(
        paper="sign_in_sheet", layout="table", unit=facts.unit, title="签到表", number=facts.number, mark="存档件",
        blocks=(head, sheet, Note(text="请本人签名，不得代签；迟到的写明签到时间，早退的写入备注。")),
        signatures=(Signature(label="核对人（签名）"), Signature(label="核对日期")),
    )  # fmt: skip
