"""书面意见 (papers.md 3.1): a member who cannot come says what to think of an admission, dated before the meeting."""

from __future__ import annotations

from dataclasses import dataclass

from deliberation_app.papers.document import Document, Field, Fields, Note, Signature

CHOICES = (("in_favour", "赞成"), ("against", "反对"), ("abstain", "弃权"))
HELP = (
    "因故不能到会的有表决权的党员，在支部党员大会召开之前正式向党支部提出书面意见的，应当统计在票数内（发展党员工作细则）；"
    "意见须由本人签名，日期须在会前；之后又到会的，以到会投票为准。"
)


@dataclass(frozen=True, kw_only=True)
class OpinionFacts:
    """One opinion; empty texts leave room to write."""

    unit: str
    meeting: str = ""
    subject: str = ""
    member: str = ""
    choice: str = ""
    reason: str = ""
    date: str = ""
    number: str = ""


def compose(facts: OpinionFacts) -> Document:
    """The form as a paper."""
    ticks = "　　".join(("■" if facts.choice == key else "□") + word for key, word in CHOICES)
    form = Fields(
        rows=(
            (Field(label="党支部", text=facts.unit),),
            (Field(label="会议名称", text=facts.meeting),),
            (Field(label="对象", text=facts.subject),),
            (Field(label="意见", text=ticks),),
            (Field(label="理由", text=facts.reason, lines=5),),
            (Field(label="党员姓名", text=facts.member), Field(label="提出日期", text=facts.date)),
        )
    )
    return Document(
        paper="written_opinion_form", layout="table", unit=facts.unit, title="书面意见", number=facts.number,
        mark="存档件", blocks=(form, Note(text=HELP)),
        signatures=(Signature(label="党员（签名）"), Signature(label="签名日期")),
    )  # fmt: skip
