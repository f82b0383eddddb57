"""满意度测评统计表 (papers.md 9): forms out, back, valid, the five answers, and both rates with their formula."""

from __future__ import annotations

from dataclasses import dataclass

from deliberation_app.papers.document import Block, Document, Field, Fields, Signature, Table, WritingLines


@dataclass(frozen=True, kw_only=True)
class SatisfactionCountFacts:
    """One survey as counted; rates are truncated, never rounded up (rules.md 1.5)."""

    unit: str
    subject: str
    date: str
    issued: str
    returned: str
    valid: str
    invalid: str
    answers: tuple[tuple[str, str], ...]
    strict: str
    wide: str
    line: str = ""
    outcome: str = ""
    groups: tuple[tuple[str, ...], ...] = ()
    group_columns: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    number: str = ""
    posted: bool = False


def compose(facts: SatisfactionCountFacts) -> Document:
    """The count as a paper."""
    blocks: list[Block] = [
        Fields(
            rows=(
                (Field(label="测评事项", text=facts.subject),), (Field(label="测评日期", text=facts.date),),
                (Field(label="发放", text=facts.issued), Field(label="收回", text=facts.returned)),
                (Field(label="有效", text=facts.valid), Field(label="无效", text=facts.invalid)),
            )
        ),
        Table(columns=("评价", "份数"), widths=(30, 30), rows=facts.answers),
        Fields(
            rows=(
                (Field(label="严口径", text=facts.strict),), (Field(label="宽口径", text=facts.wide),),
                (Field(label="达标线", text=facts.line),), (Field(label="结论", text=facts.outcome),),
            )
        ),
    ]  # fmt: skip
    if not facts.subject:
        blocks.append(WritingLines(count=3, label="意见摘要："))
    if facts.groups:
        blocks.append(Table(columns=facts.group_columns, widths=(30, *(14,) * (len(facts.group_columns) - 1)),
                            rows=facts.groups))  # fmt: skip
    if facts.comments:
        summed_up = "\n".join(f"{n}. {comment}" for n, comment in enumerate(facts.comments, start=1))
        blocks.append(Fields(rows=((Field(label="意见摘要", text=summed_up),),)))
    return Document(
        paper="satisfaction_count", layout="table", unit=facts.unit, title="满意度测评统计表", number=facts.number,
        copy="posted" if facts.posted else "archive", mark="公示件" if facts.posted else "存档件", blocks=tuple(blocks),
        signatures=(Signature(label="计算人（签名）"), Signature(label="监督人（签名）"), Signature(label="日期")),
    )  # fmt: skip
