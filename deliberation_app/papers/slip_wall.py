"""The numbered slip for wall, tree and board: number, what was said, and room for the line of answer (F15)."""

from __future__ import annotations

from dataclasses import dataclass

from deliberation_app.papers.document import Document, Field, Fields, Slips

EMPTY = 5


@dataclass(frozen=True, kw_only=True)
class Slip:
    """One slip; whoever hung it stays unnamed on it."""

    number: str = ""
    channel: str = ""
    day: str = ""
    text: str = ""
    answer_by: str = ""


@dataclass(frozen=True, kw_only=True)
class SlipFacts:
    """The slips of a sheet; without any they are printed to be written by hand."""

    unit: str
    slips: tuple[Slip, ...]


def compose(facts: SlipFacts) -> Document:
    """Several slips to a sheet, with lines to cut along."""
    slips = tuple((_form(one),) for one in facts.slips or (Slip(),) * EMPTY)
    title = f"{facts.unit}　群众心声" if facts.unit else "群众心声"
    return Document(
        paper="", layout="table", title="", blocks=(Slips(slips=slips, titles=(title,)),), coded=False
    )  # fmt: skip


def _form(slip: Slip) -> Fields:
    return Fields(
        rows=(
            (Field(label="编号", text=slip.number), Field(label="渠道", text=slip.channel),
             Field(label="日期", text=slip.day)),
            (Field(label="我想说", text=slip.text, lines=3),),
            (Field(label="答复", lines=2, share=2), Field(label="答复期限", text=slip.answer_by)),
        )
    )  # fmt: skip
