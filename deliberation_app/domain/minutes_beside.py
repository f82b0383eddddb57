"""What the law asks to be printed and no meeting file has a place for: reasons, members left out, opinions sent in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from deliberation_app.domain.minutes_blocks import Paragraph
from deliberation_app.domain.minutes_names import Names
from deliberation_app.domain.minutes_words import closed, day, hour, listed, moment


@dataclass(frozen=True)
class LeftOut:
    """A member not counted among those due in an election; `reason` in Chinese as printed."""

    person: str
    reason: str
    superior_on: date | None = None
    assembly_on: date | None = None
    document: str = ""

    @property
    def approved(self) -> bool:
        """Both consents are on file."""
        return self.superior_on is not None and self.assembly_on is not None


@dataclass(frozen=True)
class SentIn:
    """The written opinions on one point of the agenda."""

    entry: str  # id of the point of the agenda
    title: str
    in_favour: int = 0
    against: int = 0
    abstain: int = 0

    @property
    def count(self) -> int:
        """All of them."""
        return self.in_favour + self.against + self.abstain


@dataclass(frozen=True)
class Voided:
    """A vote that was declared void, which leaves no numbers on record; `title` is the point of the agenda."""

    motion: str
    title: str
    at: str
    reason: str


@dataclass(frozen=True)
class Beside:
    """The facts themselves; empty where there are none."""

    urgent_reason: str = ""
    left_out: tuple[LeftOut, ...] = ()
    sent_in: tuple[SentIn, ...] = ()
    posted_over: tuple[tuple[str, str], ...] = ()  # title of a gate before the publication, the reason given
    voided: tuple[Voided, ...] = ()


NOTHING = Beside()


def paragraphs(beside: Beside, names: Names) -> Iterator[Paragraph]:
    """What stands under 会议情况; the posted copy names nobody who was left out (rules.md 6.1)."""
    if beside.urgent_reason:
        yield Paragraph(label="通知期限缩短的理由：", text=closed(beside.urgent_reason))
    if beside.left_out:
        yield Paragraph(label="不计入应到会人数：", text=closed(_left_out(beside, names)))
    for sent in beside.sent_in:
        numbers = f"赞成{sent.in_favour}份，反对{sent.against}份，弃权{sent.abstain}份"
        told = f"{sent.title}，会前收到本人签名的书面意见{sent.count}份，其中{numbers}"
        yield Paragraph(label="书面意见：", text=closed(told))
    for title, reason in beside.posted_over:
        yield Paragraph(label="公示前审查：", text=closed(f"“{title}”未满足，说明理由后公示。理由：{reason}"))
    for void in beside.voided:
        at = hour(moment(void.at)) if void.at else ""
        told = f"{void.title}：{at}“{void.motion}”的表决作废，不计结果。理由：{void.reason}"
        yield Paragraph(label="作废的表决：", text=closed(told))


def _left_out(beside: Beside, names: Names) -> str:
    every = beside.left_out
    if names.posted:
        return f"{len(every)}人，只限本次会议的选举" + ("，均经上级党组织和党员大会同意" if agreed(beside) else "")
    told = (f"{names.name(one.person)}（{listed((one.reason, *_consents(one)), '；')}）" for one in every)
    return f"{listed(told)}。以上{len(every)}人只在本次会议的选举中不计入应到"


def _consents(one: LeftOut) -> Iterator[str]:
    if one.superior_on is not None:
        yield f"上级党组织{day(one.superior_on)}同意"
    if one.assembly_on is not None:
        yield f"党员大会{day(one.assembly_on)}同意"
    if one.document:
        yield f"依据{one.document}"


def agreed(beside: Beside) -> bool:
    """Every member left out with both consents."""
    return all(one.approved for one in beside.left_out)
