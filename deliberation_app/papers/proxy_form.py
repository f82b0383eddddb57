"""授权委托书 (papers.md 3.1): who votes for whom, on what, how far and how long."""

from __future__ import annotations

from dataclasses import dataclass

from deliberation_app.papers.document import Document, Field, Fields, Note, Paragraph, Signature

HELP = (
    "委托书须由委托人本人签名；一人接受委托的票数、能否委托，依照适用的法律和议事规则。受托人应当按照委托人的意见表决。"
)


@dataclass(frozen=True, kw_only=True)
class ProxyFacts:
    """A proxy; empty texts leave room to write. Only the last four digits of an identity number are ever written."""

    unit: str
    meeting: str = ""
    questions: tuple[str, ...] = ()
    principal: str = ""
    flat: str = ""
    agent: str = ""
    until: str = ""
    number: str = ""


def compose(facts: ProxyFacts) -> Document:
    """The form as a paper."""
    asked = "\n".join(f"{n}. {question}" for n, question in enumerate(facts.questions, start=1))
    form = Fields(
        rows=(
            (Field(label="委托人", text=facts.principal), Field(label="身份证后4位")),
            (Field(label="住址或房号", text=facts.flat),),
            (Field(label="受托人", text=facts.agent), Field(label="身份证后4位")),
            (Field(label="委托事项", text=asked, lines=3),),
            (Field(label="权限", text="□代为表决，意见为：□赞成　□反对　□弃权\n□代为表决，由受托人决定", lines=2),),
            (Field(label="期限", text=facts.until or "自签名之日起至本次会议结束"),),
        )
    )
    told = f"本人因故不能参加{facts.meeting or '＿＿＿＿＿＿＿＿＿＿'}，委托下列受托人代为行使表决权。"
    return Document(
        paper="proxy_form", layout="table", unit=facts.unit, title="授权委托书", number=facts.number, mark="存档件",
        blocks=(Paragraph(text=told), form, Note(text=HELP)),
        signatures=(
            Signature(label="委托人（签名）"), Signature(label="受托人（签名）"), Signature(label="签署日期"),
        ),
    )  # fmt: skip
