"""表决结果报告单 (papers.md 3.2): what was announced, with the numbers, the line of the law and the clause."""

from __future__ import annotations

from deliberation_app.papers.document import Document, Field, Fields, Signature
from deliberation_app.papers.tally_sheet import SIGNS, VoteFacts, head, numbers


def compose(facts: VoteFacts) -> Document:
    """The report that is read out and signed."""
    rows: list[tuple[Field, ...]] = [
        (Field(label="法定线", text=facts.line),),
        (Field(label="算式与依据", text=facts.explanation, lines=1 if facts.explanation else 3),),
        (Field(label="结论", text=facts.outcome),),
    ]  # fmt: skip
    if facts.remarks:
        rows.append((Field(label="说明", text="\n".join(facts.remarks)),))
    return Document(
        paper="result", layout="table", unit=facts.unit, title="表决结果报告单", number=facts.number,
        copy="posted" if facts.posted else "archive", mark="公示件" if facts.posted else "存档件",
        blocks=(head(facts), *numbers(facts), Fields(rows=tuple(rows))),
        signatures=tuple(Signature(label=label) for label in SIGNS),
    )  # fmt: skip
