"""The record of a meeting (会议记录), composed from a meeting file for the archive or for the notice board."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from deliberation_app.domain.minutes_attendance import ending, opening, roll
from deliberation_app.domain.minutes_beside import NOTHING, Beside, LeftOut, SentIn, paragraphs
from deliberation_app.domain.minutes_blocks import (
    Block,
    Heading,
    JudgedVote,
    Paragraph,
    Record,
    Signature,
    Statement,
    Table,
    Vote,
)
from deliberation_app.domain.minutes_check import Finding, missing
from deliberation_app.domain.minutes_entries import OUTCOMES, Telling, entries, order_of_day, promises
from deliberation_app.domain.minutes_facts import Facts, MeetingFacts
from deliberation_app.domain.minutes_names import Names
from deliberation_app.domain.minutes_parties import parties, signatures
from deliberation_app.domain.minutes_words import closed, day, listed, text_of
from deliberation_app.domain.notices import period_ends
from deliberation_app.domain.votes import numeral

__all__ = [
    "NOTHING", "Beside", "Block", "Finding", "Heading", "JudgedVote", "LeftOut", "Paragraph", "Record", "SentIn",
    "Signature", "Statement", "Table", "Vote", "compose", "correctable", "missing",
]  # fmt: skip

_NO_CORRECTIONS: Mapping[str, str] = {}
_ANNEX = "附：到会人员名册"
_MASKED = "本件为公示件，已按规定隐去姓名、电话、房号、车牌等个人信息，原件存档。"


def compose(
    document: Mapping[str, Any],
    judged: Mapping[str, JudgedVote],
    *,
    posted: bool = False,
    corrections: Mapping[str, str] = _NO_CORRECTIONS,
    others: Collection[str] = (),
    beside: Beside = NOTHING,
) -> Record:
    """The record of the meeting of a meeting file (papers.md 3.2).

    `judged` holds each counted vote by its id; `corrections` replace texts by the key of their block, never a number.
    Several paragraphs may carry one key: they are parts of one text. `posted` gives the masked copy (rules.md 6), in
    which the names of `others`, people whom the unit knows and the file does not list, are masked too. `beside` is what
    the law asks to be printed and the file has no place for.
    """
    facts = MeetingFacts(document, judged, beside)
    unit = document["unit"]["name"]
    names = Names(facts.people, posted=posted, openly=_openly(facts), unit=unit, others=others)
    notice = _notice(facts) if posted else None
    blocks = tuple(names.veil(block) for block in _blocks(facts, names, corrections))
    return Record(
        unit=unit,
        title=facts.kind.record_title,
        copy="posted" if posted else "archive",
        blocks=blocks,
        signatures=signatures(facts, names),
        number=str(facts.meeting.get("number", "")),
        mark=names.veil_text(_mark(unit, notice)) if posted else "存档件",
        footnotes=_footnotes(unit, notice) if posted else (),
    )


def correctable(record: Record) -> dict[str, str]:
    """The texts that a correction may replace, by key, in the order of the record."""
    texts: dict[str, str] = {}
    for block in record.blocks:
        if isinstance(block, Paragraph | Statement) and block.key:
            label = block.label if isinstance(block, Paragraph) and block.label in OUTCOMES else ""
            texts[block.key] = texts.get(block.key, "") + label + block.text
    return texts


def _openly(facts: MeetingFacts) -> frozenset[str]:
    """Who is named in public by law or for the part played: chair, recorder, and who was elected."""
    elected = {id_ for vote in facts.votes for id_ in facts.verdict(vote).elected}
    return frozenset(elected | {facts.meeting.get("chair", ""), facts.meeting.get("recorder", "")})


def _blocks(facts: MeetingFacts, names: Names, corrections: Mapping[str, str]) -> Iterator[Block]:
    telling = Telling(facts, names, corrections)
    promised, present = promises(telling), roll(facts, names)
    parts: list[tuple[str, list[Block]]] = [
        ("会议情况", [*opening(facts, names), *_parties(facts), *paragraphs(facts.beside, names)]),
        ("会议议程", list(order_of_day(facts, names))),
        (_treated(facts), list(entries(telling))),
        ("承诺事项", [promised] if promised else []),
        ("散会", [ending(facts)]),
    ]
    told = [(title, blocks) for title, blocks in parts if blocks]
    for place, (title, blocks) in enumerate(told, start=1):
        yield Heading(text=f"{numeral(place)}、{title}")
        yield from blocks
    if present:
        yield Heading(text=_ANNEX)
        yield present


def _treated(facts: MeetingFacts) -> str:
    if facts.kind.gong_and_drum:
        return "协商情况"
    return "表决情况" if facts.meeting["kind"] == "owners_assembly" else "会议内容"


def _parties(facts: MeetingFacts) -> list[Block]:
    """协商主体: the parties at the table, which a consultation must name."""
    found = parties(facts) if facts.kind.gong_and_drum else {}
    text = listed((f"{party}{count}人" for party, count in found.items()), "，")
    return [Paragraph(label="协商主体：", text=closed(text))] if text else []


def _notice(facts: MeetingFacts) -> Facts | None:
    """The notice about the decision of this meeting, the first one where there are several."""
    treated = {entry.get("item") for entry in facts.agenda}
    for publication in facts.document.get("publications", ()):
        of_this = publication.get("about") == "decision" and publication["item"] in treated
        if of_this and date.fromisoformat(publication["posted_on"]) >= facts.opened.date():
            found: Facts = publication
            return found
    return None


def _mark(unit: str, notice: Facts | None) -> str:
    """公示件, with the period, the place, and who takes objections in."""
    if notice is None:
        return "公示件"
    posted_on = date.fromisoformat(notice["posted_on"])
    period = f"公示期：{day(posted_on)}至{day(period_ends(posted_on, notice['days']))}"
    place = text_of(notice, "place").strip()
    where = f"公示地点：{place}，异议向{unit}提出" if place else ""
    return f"公示件（{listed((period, where), '；')}）"


def _footnotes(unit: str, notice: Facts | None) -> tuple[str, ...]:
    """What the copy leaves out; with a period, to whom objections go."""
    return (_MASKED, f"对本件有异议的，请在公示期内向{unit}提出。") if notice is not None else (_MASKED,)
