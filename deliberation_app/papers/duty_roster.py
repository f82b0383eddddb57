"""值班表 (papers.md 3.3): who is on duty when and where, with room to sign the hand-over."""

from __future__ import annotations

from dataclasses import dataclass

from deliberation_app.papers.document import Document, SignTable

COLUMNS = ("日期", "时段", "值班书记／支委", "地点", "事项", "交接签名")
# a day as 10月31日（六） and its hours fit one line
WIDTHS = (29, 24, 23, 24, 31, 25)
EMPTY_ROWS = 31  # the days of a month, on both sides of a sheet


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One time of duty."""

    date: str
    hours: str = ""
    person: str = ""
    place: str = ""
    matter: str = ""
    handed_over: str = ""


@dataclass(frozen=True, kw_only=True)
class RosterFacts:
    """The roster of a month; without slots it is an empty form."""

    unit: str
    period: str
    slots: tuple[Slot, ...]
    posted: bool = False


def compose(facts: RosterFacts) -> Document:
    """The roster as a paper."""
    rows = tuple((one.date, one.hours, one.person, one.place, one.matter, one.handed_over) for one in facts.slots)
    return Document(
        paper="duty_roster", layout="table", unit=facts.unit,
        title=f"值班表（{facts.period}）" if facts.period else "值班表", copy="posted" if facts.posted else "archive",
        mark="公示件" if facts.posted else "存档件",
        blocks=(SignTable(columns=COLUMNS, widths=WIDTHS, rows=rows or (("",) * 6,) * EMPTY_ROWS),),
    )  # fmt: skip
