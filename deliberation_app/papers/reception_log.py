"""接访登记 (papers.md 3.3): who came, about what, what was done and told."""

from __future__ import annotations

from dataclasses import dataclass

from deliberation_app.papers.document import Block, Document, Field, Fields


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One reception; whoever came may stay unnamed, what is confidential is left out by who fills this in."""

    number: str = ""
    at: str = ""
    place: str = ""
    visitor: str = ""
    contact: str = ""
    channel: str = ""
    subject: str = ""
    wish: str = ""
    opinion: str = ""
    passed_to: str = ""
    handled: str = ""
    told: str = ""
    satisfaction: str = ""
    file_number: str = ""


@dataclass(frozen=True, kw_only=True)
class ReceptionFacts:
    """The receptions of a time; without any it is an empty form."""

    unit: str
    period: str
    visits: tuple[Visit, ...]


def compose(facts: ReceptionFacts) -> Document:
    """A form for each visit with its own signatures, two to a page, none split."""
    blocks: list[Block] = [_form(visit) for visit in facts.visits or (Visit(), Visit())]
    title = f"接访登记（{facts.period}）" if facts.period else "接访登记"
    return Document(
        paper="reception_log", layout="table", unit=facts.unit, title=title, blocks=tuple(blocks), mark="存档件",
    )  # fmt: skip


def _form(visit: Visit) -> Fields:
    return Fields(
        rows=(
            (Field(label="编号", text=visit.number), Field(label="来访时间", text=visit.at, share=2)),
            (Field(label="地点", text=visit.place), Field(label="来访人", text=visit.visitor)),
            (Field(label="联系方式", text=visit.contact), Field(label="渠道", text=visit.channel)),
            (Field(label="事由", text=visit.subject, lines=2),),
            (Field(label="诉求", text=visit.wish),),
            (Field(label="处理意见", text=visit.opinion),),
            (Field(label="转办", text=visit.passed_to), Field(label="办理情况", text=visit.handled)),
            (
                Field(label="反馈", text=visit.told), Field(label="满意度", text=visit.satisfaction),
                Field(label="归档号", text=visit.file_number),
            ),
            (Field(label="接访人（签名）"), Field(label="支部书记（签名）")),
        ),
        whole=True,
    )  # fmt: skip
