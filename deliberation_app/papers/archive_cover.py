"""案卷封面 (papers.md 9): what a file is, whose, of which year, how long it is kept."""

from __future__ import annotations

from dataclasses import dataclass

from deliberation_app.papers.document import Document, Field, Fields


@dataclass(frozen=True, kw_only=True)
class CoverFacts:
    """The face of a file; empty texts leave room to write."""

    fonds: str
    year: str = ""
    title: str = ""
    keep: str = ""
    number: str = ""
    pages: str = ""
    filed_by: str = ""
    checked_by: str = ""
    date: str = ""


def compose(facts: CoverFacts) -> Document:
    """The cover as a paper."""
    form = Fields(
        rows=(
            (Field(label="全宗名称", text=facts.fonds, lines=3),),
            (Field(label="年度", text=facts.year), Field(label="保管期限", text=facts.keep)),
            (Field(label="题名", text=facts.title, lines=10),),
            (Field(label="件号", text=facts.number), Field(label="页数", text=facts.pages)),
            (
                Field(label="立卷人（签名）", text=facts.filed_by, lines=2),
                Field(label="检查人（签名）", text=facts.checked_by, lines=2),
            ),
            (Field(label="日期", text=facts.date),),
        )
    )
    return Document(
        paper="archive_cover", layout="table", unit=facts.fonds, title="案卷", blocks=(form,), number=facts.number,
    )  # fmt: skip
