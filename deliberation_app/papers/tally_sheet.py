"""计票单 (papers.md 3.2): papers out and back, every choice counted, the line of the law and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass

from deliberation_app.papers.document import Block, Document, Field, Fields, Note, Signature, SignTable, Table

SIGNS = ("监票人（签名）", "计票人（签名）", "唱票人（签名）", "主持人（签名）")
PAPERS = ("发出票数", "收回票数", "未收回", "有效票", "无效票")
STROKES = "计票时每票画一笔，五笔为一“正”字。"
EMPTY_ROWS = 4


@dataclass(frozen=True, kw_only=True)
class VoteFacts:
    """One vote as it was counted; `choices` are (what is counted, heads or papers, area), empty where not counted yet.

    `papers` are 应投, 发出, 收回, 未收回, 有效, 无效 as printed, "" where no papers were used.
    """

    unit: str
    meeting: str
    motion: str
    method: str
    rule: str
    at: str
    due: str = ""
    present: str = ""
    papers: tuple[tuple[str, str], ...] = ()
    choices: tuple[tuple[str, str, str], ...] = ()
    names: tuple[str, ...] = ()
    line: str = ""
    explanation: str = ""
    outcome: str = ""
    remarks: tuple[str, ...] = ()
    number: str = ""
    by_area: bool = False
    posted: bool = False


def head(facts: VoteFacts) -> Fields:
    """What was voted on, how, and when."""
    return Fields(
        rows=(
            (Field(label="会议名称", text=facts.meeting),),
            (Field(label="表决事项", text=facts.motion),),
            (Field(label="表决方式", text=facts.method), Field(label="表决时间", text=facts.at)),
            (Field(label="适用规则", text=facts.rule),),
        )
    )


def numbers(facts: VoteFacts) -> list[Block]:
    """People and papers, then each choice by heads and, with owners, by area."""
    rows: list[tuple[Field, ...]] = [
        (Field(label="应到（应投）", text=facts.due), Field(label="到会（参与）", text=facts.present))
    ]
    given = facts.papers or (() if facts.choices else tuple((label, "") for label in PAPERS))
    papers = [Field(label=label, text=text) for label, text in given]
    rows += [tuple(papers[n : n + 3]) for n in range(0, len(papers), 3)]
    told: list[Block] = [Fields(rows=tuple(rows))]
    if facts.choices and facts.by_area:
        choices, heads, areas = zip(*facts.choices, strict=True)
        widths = (24, *(44,) * len(choices))
        told.append(Table(columns=("选项", *choices), widths=widths, rows=(("人数", *heads), ("专有面积", *areas))))
    elif facts.choices:
        rows_of_two = tuple((word, heads) for word, heads, _ in facts.choices)
        told.append(Table(columns=("选项", "人数（票数）"), widths=(40, 30), rows=rows_of_two))
    return told


def compose(facts: VoteFacts) -> Document:
    """The sheet at the table: while nothing is counted yet, with room for strokes."""
    blocks: list[Block] = [head(facts), *numbers(facts)]
    judged = Fields(
        rows=(
            (Field(label="法定线", text=facts.line),), (Field(label="算式与依据", text=facts.explanation),),
            (Field(label="结论", text=facts.outcome),),
        )
    )  # fmt: skip
    if not facts.choices:
        counted = tuple((name, "", "", "", "") for name in facts.names or ("",) * EMPTY_ROWS)
        blocks.append(
            SignTable(columns=("事项或姓名", "赞成", "反对", "弃权", "合计"), widths=(34, 40, 24, 24, 14), rows=counted)
        )
        blocks.append(Note(text=STROKES))
    blocks.append(judged)
    return Document(
        paper="tally_sheet", layout="table", unit=facts.unit, title="计票单", number=facts.number, mark="存档件",
        blocks=tuple(blocks), signatures=tuple(Signature(label=label) for label in SIGNS),
    )  # fmt: skip
