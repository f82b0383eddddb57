"""会议通知, in the official layout (papers.md 3.1): who is asked to come, when, where, about what."""

from __future__ import annotations

from dataclasses import dataclass

from deliberation_app.papers.document import (
    Addressee,
    Attachments,
    Block,
    Closing,
    Document,
    Paragraph,
)

BLANK_DATE = "\u3000\u3000\u3000\u3000年\u3000月\u3000日"


@dataclass(frozen=True, kw_only=True)
class NoticeFacts:
    """What a notice says; an empty text leaves the place to be written in by hand or is left out where it may."""

    unit: str
    office: str
    meeting: str = ""
    kind: str = ""
    time: str = ""
    place: str = ""
    items: tuple[str, ...] = ()
    invited: str = ""
    date: str = ""
    enclosures: tuple[str, ...] = ()
    contact: str = ""
    delivery: str = ""
    clause: str = ""
    urgent_reason: str = ""
    number: str = ""
    posted: bool = False


def compose(facts: NoticeFacts) -> Document:
    """The notice as a paper."""
    blocks: list[Block] = [Addressee(text=facts.invited or _blank(8))]
    lead = f"经研究，定于{facts.time or BLANK_DATE}召开{facts.kind or '会议'}。现将有关事项通知如下。"
    blocks.append(Paragraph(text=lead))
    items = tuple(f"{n}. {item.rstrip('。')}。" for n, item in enumerate(facts.items, start=1))
    told: list[tuple[str, tuple[str, ...]]] = [
        ("会议名称和类型", (_named(facts),)),
        ("时间", (f"{facts.time or BLANK_DATE}。",)),
        ("地点", (f"{facts.place or _blank(20)}。",)),
        ("议题", ("", *items) if len(items) > 1 else items or ("", _blank(26))),
        ("参会范围", (f"{facts.invited}。" if facts.invited else _blank(18),)),
        ("有关要求", _asked(facts)),
        ("联系人", (f"{facts.contact or _blank(12)}。",)),
        ("送达方式", (f"{facts.delivery or WAYS_TO_TICK}。",)),
    ]
    for place, (title, (first, *more)) in enumerate(told):
        blocks.append(Paragraph(label=f"{NUMERALS[place]}、{title}：", text=first))
        blocks += [Paragraph(text=text) for text in more]
    if facts.enclosures:
        blocks.append(Attachments(names=facts.enclosures))
    blocks.append(Closing(name=facts.office, date=facts.date or BLANK_DATE, sealed=True))
    return Document(
        paper="notice", layout="official", unit=facts.unit, mark="公示件" if facts.posted else "",
        title=f"关于召开{facts.meeting}的通知" if facts.meeting else "会议通知",
        copy="posted" if facts.posted else "archive", blocks=tuple(blocks), number=facts.number,
    )  # fmt: skip


def _named(facts: NoticeFacts) -> str:
    kind = f"（{facts.kind}）" if facts.kind and facts.kind not in facts.meeting else ""
    return f"{facts.meeting}{kind}。" if facts.meeting else _blank(15)


def _asked(facts: NoticeFacts) -> tuple[str, ...]:
    told = ["请按时到会并签到；不能到会的，请提前请假，不得由他人代签。"]
    if facts.clause:
        told.append(f"本通知依据{facts.clause}提前发出。")
    if facts.urgent_reason:
        told.append(f"因情况紧急缩短通知期限，理由：{facts.urgent_reason.rstrip('。')}。")
    return tuple(told)


NUMERALS = "一二三四五六七八"
WAYS_TO_TICK = "□当面　□电话　□短信　□公告"


def _blank(count: int) -> str:
    """Room to write by hand, ruled underneath."""
    return "＿" * count
