"""决议, in the official layout (papers.md 3.2): on what ground, what was decided, when and with how many votes."""

from __future__ import annotations

from dataclasses import dataclass

from deliberation_app.papers.document import Block, Closing, Document, Paragraph


@dataclass(frozen=True, kw_only=True)
class ResolutionFacts:
    """A resolution as passed; `text` is that of the record, never typed anew."""

    unit: str
    subject: str
    meeting: str
    ground: str
    text: str
    passed_on: str
    votes: str
    number: str = ""
    posted: bool = False


def compose(facts: ResolutionFacts) -> Document:
    """The resolution as a paper."""
    blocks: list[Block] = [
        Paragraph(text=f"（{facts.passed_on}{facts.meeting}通过）"),
        Paragraph(text=f"{facts.ground.rstrip('。')}，{facts.meeting}就有关事项进行表决，现作出如下决议："),
        Paragraph(text=facts.text),
        Paragraph(label="表决情况：", text=facts.votes),
        Closing(name=facts.unit, date=facts.passed_on, sealed=True),
    ]
    return Document(
        paper="resolution", layout="official", unit=facts.unit, title=f"关于{facts.subject}的决议",
        copy="posted" if facts.posted else "archive", mark="公示件" if facts.posted else "",
        blocks=tuple(blocks), number=facts.number,
    )  # fmt: skip
