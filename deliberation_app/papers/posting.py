"""公示 for the board, in large type (papers.md 3.3): what, on what ground, from when to when, and where to object."""

from __future__ import annotations

from dataclasses import dataclass

from deliberation_app.papers.document import Block, Closing, Document, Heading, Paragraph, Signature

SIGNS = ("发布人（签名）", "张贴人（签名）")
BLANK_DATE = "\u3000\u3000\u3000\u3000年\u3000月\u3000日"


@dataclass(frozen=True, kw_only=True)
class PostingFacts:
    """A notice for the board; `taken_down` and `objections` stand on the filed copy only."""

    unit: str
    subject: str
    reason: str
    ground: str
    text: str
    starts_on: str
    ends_on: str
    days: str
    place: str
    objections_to: str
    number: str = ""
    posted: bool = True
    taken_down: str = ""
    objections: tuple[tuple[str, str], ...] = ()


def compose(facts: PostingFacts) -> Document:
    """The posted copy, or with posted=False the filed one with what became of it."""
    told = [
        ("事由", facts.reason), ("依据", facts.ground), ("内容", facts.text),
        ("公示期限", f"{facts.starts_on or BLANK_DATE}至{facts.ends_on or BLANK_DATE}（{facts.days}）。"),
        ("异议受理", facts.objections_to),
    ]  # fmt: skip
    blocks: list[Block] = []
    given = [(title, text) for title, text in told if text]
    for place, (title, text) in enumerate(given):
        blocks += [Heading(text=f"{'一二三四五六七'[place]}、{title}"), Paragraph(text=text)]
    if not facts.posted:
        blocks += _afterwards(facts)
    blocks.append(Closing(name=facts.unit, date=facts.starts_on or BLANK_DATE, sealed=True))
    hangs = f"（公示期：{facts.starts_on}至{facts.ends_on}；公示地点：{facts.place}）" if facts.starts_on else ""
    return Document(
        paper="posting", layout="large", unit=facts.unit, title=f"关于{facts.subject}的公示", number=facts.number,
        copy="posted" if facts.posted else "archive", mark=f"公示件{hangs}" if facts.posted else "存档件",
        blocks=tuple(blocks),
        signatures=() if facts.posted else tuple(Signature(label=label) for label in SIGNS),
    )  # fmt: skip


def _afterwards(facts: PostingFacts) -> list[Block]:
    """撤下 and 异议处理, which are filed with the notice."""
    blocks: list[Block] = [Heading(text="附：张贴和异议处理情况", level=2)]
    blocks.append(Paragraph(text=f"张贴地点：{facts.place}。撤下日期：{facts.taken_down or '尚未撤下'}。"))
    if not facts.objections:
        blocks.append(Paragraph(text="公示期内未收到异议。" if facts.taken_down else "尚未收到异议。"))
    for n, (text, answer) in enumerate(facts.objections, start=1):
        blocks.append(Paragraph(text=f"异议{n}：{text}"))
        blocks.append(Paragraph(text=f"答复：{answer or '尚未答复。'}"))
    return blocks
