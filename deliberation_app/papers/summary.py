"""会议纪要, in the form of GB/T 9704 (papers.md 5): made from the resolutions of the record, never typed anew."""

from __future__ import annotations

from dataclasses import dataclass

from deliberation_app.papers.document import Block, Document, Hanging, Heading, Imprint, Paragraph, RedHead

NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, kw_only=True)
class Decided:
    """One matter: what the meeting holds, what it decided, and each thing to do with who and by when."""

    title: str
    held: str = ""
    decided: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SummaryFacts:
    """The main points of a meeting."""

    unit: str
    meeting: str
    number: str
    date: str
    occasion: str
    matters: tuple[Decided, ...]
    present: str
    excused: str = ""
    observing: str = ""
    signed_off: str = ""
    copies_to: str = ""
    red_head: bool = False
    posted: bool = False


def compose(facts: SummaryFacts) -> Document:
    """The summary as a paper; without a red mark its name stands in black (papers.md 6)."""
    blocks: list[Block] = []
    if facts.red_head:
        blocks.append(
            RedHead(text=f"{facts.unit}会议纪要", number=facts.number, office=facts.unit, date=facts.date)
        )  # fmt: skip
    blocks.append(Paragraph(text=facts.occasion))
    for place, matter in enumerate(facts.matters):
        numeral = NUMERALS[place] if place < len(NUMERALS) else str(place + 1)
        blocks.append(Heading(text=f"{numeral}、{matter.title}"))
        if matter.held:
            blocks.append(Paragraph(text=f"会议认为，{matter.held}"))
        for n, text in enumerate(matter.decided, start=1):
            several = f"{n}. " if len(matter.decided) > 1 else ""
            blocks.append(Paragraph(text=f"会议决定，{text}" if not several else f"{several}会议决定，{text}"))
        blocks += [Paragraph(text=f"（{n}）{text}") for n, text in enumerate(matter.tasks, start=1)]
    for label, text in (("出席：", facts.present), ("请假：", facts.excused), ("列席：", facts.observing)):
        if text:
            blocks.append(Hanging(label=label, text=text))
    if facts.signed_off:
        blocks.append(Hanging(label="签发人：", text=facts.signed_off))
    blocks.append(Imprint(copies_to=facts.copies_to, office=facts.unit, date=facts.date))
    return Document(
        paper="summary", layout="official", unit="" if facts.red_head else facts.unit,
        title=f"{facts.meeting}纪要" if facts.red_head else f"{facts.meeting}会议纪要".replace("会会议纪要", "会纪要"),
        number=facts.number, copy="posted" if facts.posted else "archive", mark="公示件" if facts.posted else "",
        blocks=tuple(blocks),
    )  # fmt: skip
