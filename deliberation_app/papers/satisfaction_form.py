"""满意度测评表 (papers.md 3.3): the form that residents fill in without a name."""

from __future__ import annotations

from dataclasses import dataclass

from deliberation_app.papers.document import Document, Field, Fields, Note, SignTable, WritingLines

ANSWERS = ("非常满意", "满意", "基本满意", "不满意", "不了解")
ASPECTS = ("总体评价", "办理及时", "公平公正", "实际效果")
GROUPS = "□有车居民　□无车居民　□承租人　□商户　□党员　□其他"
HELP = "本表不署名。请在每一行选一栏画“√”；多选或者不选的，该行无效。"


@dataclass(frozen=True, kw_only=True)
class SatisfactionFormFacts:
    """What is judged; `groups` are the kinds of people to tick."""

    unit: str
    subject: str = ""
    date: str = ""
    groups: str = GROUPS


def compose(facts: SatisfactionFormFacts) -> Document:
    """The form as a paper; all copies are alike, so nothing on it tells whose it is."""
    head = Fields(
        rows=(
            (Field(label="测评事项", text=facts.subject),), (Field(label="测评日期", text=facts.date),),
            (Field(label="对象类别", text=facts.groups),),
        )
    )  # fmt: skip
    rows = tuple((aspect, *("□",) * len(ANSWERS)) for aspect in ASPECTS)
    table = SignTable(columns=("项目", *ANSWERS), widths=(31, 25, 25, 25, 25, 25), rows=rows)
    return Document(
        paper="satisfaction_form", layout="table", unit=facts.unit, title="满意度测评表",
        blocks=(head, table, WritingLines(count=5, label="意见建议："), Note(text=HELP)), coded=False,
    )  # fmt: skip
