"""群众意见议事表 (papers.md 3.3): what somebody raised, who took it in, what became of it, are they content."""

from __future__ import annotations

from dataclasses import dataclass

from deliberation_app.papers.document import Document, Field, Fields, Note, Signature

URGENCIES = ("一般", "较急", "紧急")
CONTENTS = ("非常满意", "满意", "基本满意", "不满意")


def ticked(choices: tuple[str, ...], chosen: str, between: str) -> str:
    """The choices, each with its box."""
    return between.join(("■" if choice == chosen else "□") + choice for choice in choices)


@dataclass(frozen=True, kw_only=True)
class OpinionSheetFacts:
    """One opinion with what became of it; empty texts leave room to write, or boxes to tick."""

    unit: str
    number: str = ""
    raised_on: str = ""
    channel: str = ""
    raiser: str = ""
    address: str = ""
    phone: str = ""
    category: str = ""
    text: str = ""
    wish: str = ""
    urgency: str = ""
    received: str = ""
    listed: str = ""
    handler: str = ""
    due: str = ""
    result: str = ""
    told_on: str = ""
    satisfaction: str = ""


def compose(facts: OpinionSheetFacts) -> Document:
    """The sheet as a paper."""
    form = Fields(
        rows=(
            (Field(label="编号", text=facts.number), Field(label="提出日期", text=facts.raised_on)),
            (Field(label="渠道", text=facts.channel), Field(label="提出人", text=facts.raiser)),
            (Field(label="住址", text=facts.address), Field(label="联系电话", text=facts.phone)),
            (Field(label="问题类别", text=facts.category),),
            (Field(label="反映内容", text=facts.text, lines=1 if facts.text else 3),),
            (Field(label="诉求或建议", text=facts.wish, lines=1 if facts.text else 2),),
            (
                Field(label="紧急程度", text=ticked(URGENCIES, facts.urgency, " ")),
                Field(label="受理人及时间", text=facts.received),
            ),
            (Field(label="是否列入议题及理由", text=facts.listed or "□列入　□不列入，理由："),),
            (Field(label="承办人", text=facts.handler), Field(label="办理时限", text=facts.due)),
            (Field(label="办理结果", text=facts.result, lines=2),),
            (Field(label="反馈时间", text=facts.told_on),),
            (Field(label="提出人满意度", text=ticked(CONTENTS, facts.satisfaction, "\u3000")),),
        )
    )
    return Document(
        paper="opinion_sheet", layout="table", unit=facts.unit, title="群众意见议事表", number=facts.number,
        mark="存档件", blocks=(form, Note(text="提出人可以不署名。本表一式两份，一份存档，一份作为回执交提出人。")),
        signatures=(
            Signature(label="提出人（签名）"), Signature(label="受理人（签名）"), Signature(label="支部书记（签名）"),
        ),
    )  # fmt: skip
