"""决议, in the official layout (papers.md 3.2): on what ground, what was decided, when and with how many votes."""

from __future__ import annotations

from dataclasses import dataclass

from deliberation_app.papers.document import Block, Closing, Document, Paragraph, Signature

BLANK_DATE = "\u3000\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日"
BLANK_MEETING, BLANK_LINE = "＿" * 8, "＿" * 26
BLANK_VOTES = "应到＿＿＿人，实到＿＿＿人；赞成＿＿＿，反对＿＿＿，弃权＿＿＿。"


@dataclass(frozen=True, kw_only=True)
class ResolutionFacts:
    """A resolution as passed; `text` is that of the record, never typed anew, `motion` what was put to the vote."""

    unit: str
    subject: str
    meeting: str
    ground: str
    text: str
    passed_on: str
    votes: str
    motion: str = ""
    number: str = ""
    posted: bool = False


def compose(facts: ResolutionFacts) -> Document:
    """The resolution as a paper, or with nothing in it the form."""
    passed = f"{facts.passed_on or BLANK_DATE}{facts.meeting or BLANK_MEETING}"
    ground = facts.ground.rstrip("。") or f"依照{BLANK_MEETING}"
    blocks: list[Block] = [
        Paragraph(text=f"（{passed}通过）"),
        Paragraph(text=f"{ground}，{facts.meeting or '会议'}就有关事项进行表决，现作出如下决议："),
        *((Paragraph(label="表决事项：", text=facts.motion),) if facts.motion else ()),
        *(Paragraph(text=text) for text in (facts.text.splitlines() or (BLANK_LINE,) * 5)),
        Paragraph(label="表决情况：", text=facts.votes or BLANK_VOTES),
        Closing(name=facts.unit, date=facts.passed_on or BLANK_DATE, sealed=True),
    ]
    return Document(
        paper="resolution", layout="official", unit=facts.unit, title=f"关于{facts.subject or BLANK_MEETING}的决议",
        copy="posted" if facts.posted else "archive", mark="公示件" if facts.posted else "",
        signatures=() if facts.posted else (Signature(label="主持人（签名）"),),
        blocks=tuple(blocks), number=facts.number,
    )  # fmt: skip
