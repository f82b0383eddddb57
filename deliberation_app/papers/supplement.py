"""更正页 (papers.md 3.2): what is wrong in a signed record, what is right, and why; the record itself never changes."""

from __future__ import annotations

from dataclasses import dataclass

from deliberation_app.papers.document import Block, Document, Field, Fields, Note, Signature

LOCKED = "原记录已签名锁定，不作改动；本页与原记录一并保存、一并打印。"
EMPTY_FORMS = 2


@dataclass(frozen=True, kw_only=True)
class Correction:
    """One passage: where it stands, what it says, what it should say, and why."""

    where: str = ""
    original: str = ""
    corrected: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class SupplementFacts:
    """A numbered supplement to one signed record; without corrections it is an empty form."""

    unit: str
    record: str
    record_number: str
    record_code: str
    number: int
    date: str
    corrections: tuple[Correction, ...]
    corrector: str = ""


def compose(facts: SupplementFacts) -> Document:
    """The supplement as a paper."""
    number = f"更正第{facts.number}号" if facts.number else "更正第　　号"
    head = Fields(
        rows=(
            (Field(label="原记录名称", text=facts.record),),
            (Field(label="原记录编号", text=facts.record_number),),
            (Field(label="原校验码", text=facts.record_code),),
            (Field(label="更正编号", text=number), Field(label="更正日期", text=facts.date)),
        )
    )
    corrections = facts.corrections or (Correction(),) * EMPTY_FORMS
    blocks: list[Block] = [head, *(_form(one) for one in corrections), Note(text=LOCKED)]
    told = f"{facts.record_number}{number}" if facts.record_number else number
    return Document(
        paper="supplement", layout="table", unit=facts.unit, title="会议记录更正页", number=told, mark="存档件",
        blocks=tuple(blocks),
        signatures=(Signature(label="更正人（签名）"), Signature(label="主持人（签名）"), Signature(label="日期")),
    )  # fmt: skip


def _form(one: Correction) -> Fields:
    return Fields(
        rows=(
            (Field(label="页行", text=one.where),),
            (Field(label="原文", text=one.original, lines=2),),
            (Field(label="更正为", text=one.corrected, lines=2),),
            (Field(label="理由", text=one.reason),),
        ),
        whole=True,
    )
