"""会议纪要, in the form of GB/T 9704 (papers.md 5): made from the resolutions of the record, never typed anew."""

from __future__ import annotations

from dataclasses import dataclass

from deliberation_app.papers.document import Block, Document, Hanging, Heading, Imprint, Paragraph, RedHead, Signature

NUMERALS = "一二三四五六七八九十"
BLANK_DATE = "\u3000\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日"
BLANK_LINE = "＿" * 26
EMPTY_MATTERS = 2


@dataclass(frozen=True, kw_only=True)
class Decided:
    """One matter: what the meeting holds, what it decided, and each thing to do with who and by when."""

    title: str
    held: str = ""
    decided: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()


EMPTY = Decided(title="＿" * 20, decided=(f"{'＿' * 20}（责任人：＿＿＿＿，时限：＿＿＿＿＿）。",))


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
    meeting_number: str = ""
    copies_to: str = ""
    red_head: bool = False
    posted: bool = False


def compose(facts: SummaryFacts) -> Document:
    """The summary as a paper, or with nothing in it the form; its name is red only where the unit has the right."""
    head = RedHead(
        text=f"{facts.unit}会议纪要", number=facts.number or "（第\u3000\u3000号）", office=facts.unit,
        date=facts.date or BLANK_DATE, red=facts.red_head,
    )  # fmt: skip
    blocks: list[Block] = [head, Paragraph(text=facts.occasion or BLANK_LINE)]
    for place, matter in enumerate(facts.matters or (EMPTY,) * EMPTY_MATTERS):
        numeral = NUMERALS[place] if place < len(NUMERALS) else str(place + 1)
        blocks.append(Heading(text=f"{numeral}、{matter.title}"))
        if matter.held:
            blocks.append(Paragraph(text=f"会议认为，{matter.held}"))
        for n, text in enumerate(matter.decided, start=1):
            several = f"{n}. " if len(matter.decided) > 1 else ""
            blocks.append(Paragraph(text=f"会议决定，{text}" if not several else f"{several}会议决定，{text}"))
        blocks += [Paragraph(text=f"（{n}）{text}") for n, text in enumerate(matter.tasks, start=1)]
    told = (("出席：", facts.present), ("请假：", facts.excused), ("列席：", facts.observing))
    people = [(label, text) for label, text in told if text or not facts.matters]
    blocks += [Hanging(label=label, text=text, first=not n) for n, (label, text) in enumerate(people)]
    blocks.append(Imprint(copies_to=facts.copies_to, office=facts.unit, date=facts.date or BLANK_DATE))
    return Document(
        paper="summary", layout="official", unit="", title=f"{facts.meeting or '＿' * 10}纪要",
        number=facts.meeting_number, copy="posted" if facts.posted else "archive",
        mark="公示件" if facts.posted else "", blocks=tuple(blocks),
        signatures=() if facts.posted else (Signature(label="签发人（签名）"),),
    )  # fmt: skip
