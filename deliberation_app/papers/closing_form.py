"""结项表 (papers.md 7.2), the last paper of an item's file: each of the five stages in a few words."""

from __future__ import annotations

from dataclasses import dataclass

from deliberation_app.papers.document import Document, Field, Fields, Note, Signature

OPINION = "□同意结项　□退回再议，理由："
HELP = "本表由会议记录、决议、落实清单、测评和公示汇总而成，列在卷末；数字与原件不一致的，以原件为准。"


@dataclass(frozen=True, kw_only=True)
class ClosingFacts:
    """One item from its raising to its sharing; empty texts leave room to write."""

    unit: str
    number: str = ""
    archive_number: str = ""
    title: str = ""
    category: str = ""
    raised_on: str = ""
    channel: str = ""
    raiser: str = ""
    background: str = ""
    discussed: str = ""
    decided: str = ""
    carried_out: str = ""
    judged: str = ""
    shared: str = ""
    told: str = ""


def compose(facts: ClosingFacts) -> Document:
    """The form as a paper; without an item it is an empty one."""
    room = 1 if facts.title else 2
    form = Fields(
        rows=(
            (Field(label="编号", text=facts.number), Field(label="归档号", text=facts.archive_number)),
            (Field(label="议题", text=facts.title),),
            (Field(label="类别", text=facts.category), Field(label="提出日期", text=facts.raised_on)),
            (Field(label="渠道", text=facts.channel), Field(label="提出人", text=facts.raiser)),
            (Field(label="群众提", text=facts.background),),
            (Field(label="群众议", text=facts.discussed, lines=room),),
            (Field(label="群众决", text=facts.decided, lines=room),),
            (Field(label="落实情况", text=facts.carried_out, lines=room),),
            (Field(label="群众评", text=facts.judged),),
            (Field(label="群众享", text=facts.shared),),
            (Field(label="告知提出人", text=facts.told),),
            (Field(label="结项意见", text=OPINION),),
        )
    )
    return Document(
        paper="closing_form", layout="table", unit=facts.unit, title="结项表", number=facts.number, mark="存档件",
        blocks=(form, Note(text=HELP)),
        signatures=(
            Signature(label="承办人（签名）"), Signature(label="监督人（签名）"), Signature(label="支部书记（签名）"),
            Signature(label="日期"),
        ),
    )  # fmt: skip
