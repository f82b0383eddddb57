"""DUTIES: the meetings that must be held in each period, and how a year stands against them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

from deliberation_app.domain.votes_law import BOTH_LAWS, BRANCH, RESIDENTS, VILLAGERS
from deliberation_app.errors import N_

Per = Literal["month", "quarter", "half", "year"]
DutyStatus = Literal["held", "partial", "missing", "due", "to_come", "before"]

MONTHS: Mapping[Per, int] = MappingProxyType({"month": 1, "quarter": 3, "half": 6, "year": 12})


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One duty: what, how often, by which clause; 一般 in the text means remind, never block."""

    id: str
    title: str
    name: str
    kind: str  # of the meetings that fulfil it; some are kept elsewhere than among meetings
    per: Per
    times: int = 1
    clause: str
    units: frozenset[str]
    opens_month: int = 1  # generally held from this month of the period's year on
    verify: bool = False
    note: str = ""
    since: date = date.min  # older periods were not asked for it


@dataclass(frozen=True)
class DutyState:
    """One duty in one period: the days on which it was held and how that stands today."""

    duty: Duty
    start: date
    end: date
    held: tuple[date, ...]
    needed: int
    status: DutyStatus

    def current(self, today: date) -> bool:
        """The period that runs today."""
        return self.start <= today <= self.end


BRANCHES = frozenset({"branch", "courtyard"})
GENERALLY = N_("Generally, says the text: a reminder, nothing is blocked.")

# One line, one duty (rules.md 4.5).
_ENTRIES = (
    Duty(id="branch_assembly", title="支部党员大会", name=N_("Branch assembly"), kind="branch_assembly",
         per="quarter", clause=f"{BRANCH}第十一条", units=BRANCHES, note=GENERALLY),
    Duty(id="branch_committee", title="支委会", name=N_("Branch committee"), kind="branch_committee",
         per="month", clause=f"{BRANCH}第十二条", units=BRANCHES, note=GENERALLY),
    Duty(id="party_group", title="党小组会", name=N_("Party group"), kind="party_group",
         per="month", clause=f"{BRANCH}第十三条", units=BRANCHES, note=GENERALLY),
    Duty(id="party_lecture", title="党课", name=N_("Party lecture"), kind="party_lecture",
         per="quarter", clause=f"{BRANCH}第十六条", units=BRANCHES, verify=True,
         note=N_("No number in the text; once a quarter by practice.")),
    Duty(id="committee_lecture", title="党委书记讲党课", name=N_("Lecture by the secretary of the Party committee"),
         kind="party_lecture", per="year", clause=f"{BRANCH}第十六条", units=frozenset({"street", "community"})),
    Duty(id="theme_day", title="主题党日", name=N_("Theme day"), kind="theme_day",
         per="month", clause=f"{BRANCH}第十六条", units=BRANCHES, verify=True, note=N_("One fixed day of the month.")),
    Duty(id="organisational_life", title="组织生活会", name=N_("Organisational life meeting"),
         kind="organisational_life", per="year", clause=f"{BRANCH}第十七条", units=BRANCHES, opens_month=10,
         note=N_("Generally in the fourth quarter.")),
    Duty(id="member_appraisal", title="民主评议党员", name=N_("Democratic appraisal of members"),
         kind="member_appraisal", per="year", clause=f"{BRANCH}第十八条", units=BRANCHES, opens_month=10, verify=True,
         note=N_("May be joined to the organisational life meeting.")),
    Duty(id="heart_to_heart_talk", title="谈心谈话", name=N_("Heart-to-heart talks"), kind="heart_to_heart_talk",
         per="year", clause=f"{BRANCH}第十九条", units=BRANCHES, verify=True),
    Duty(id="residents_representatives", title="居民代表会议", name=N_("Residents' representatives' meeting"),
         kind="residents_representatives", per="half", clause=f"{RESIDENTS}第二十八条", units=frozenset({"community"}),
         since=BOTH_LAWS),
    Duty(id="residents_appraisal", title="居委会成员评议", name=N_("Appraisal of the residents' committee"),
         kind="residents_appraisal", per="year", clause=f"{RESIDENTS}第三十七条", units=frozenset({"community"}),
         since=BOTH_LAWS,
         note=N_("The result is published; “not competent” twice running ends the post.")),
    Duty(id="villagers_assembly", title="村民会议", name=N_("Villagers' assembly"), kind="villagers_assembly",
         per="year", clause=f"{VILLAGERS}第二十五条", units=frozenset({"village"})),
    Duty(id="villagers_representatives", title="村民代表会议", name=N_("Villagers' representatives' meeting"),
         kind="villagers_representatives", per="quarter", clause=f"{VILLAGERS}第三十条", units=frozenset({"village"})),
    Duty(id="villagers_appraisal", title="村委会成员评议", name=N_("Appraisal of the villagers' committee"),
         kind="villagers_appraisal", per="year", clause=f"{VILLAGERS}第三十八条", units=frozenset({"village"}),
         note=N_("The result is published; “not competent” twice running ends the post.")),
)  # fmt: skip

_BY_ID = {duty.id: duty for duty in _ENTRIES}
DUTIES: Mapping[str, Duty] = MappingProxyType(_BY_ID)


def periods(per: Per, year: int) -> tuple[tuple[date, date], ...]:
    """First and last day of each period of the year."""
    months = MONTHS[per]
    starts = [date(year, month, 1) for month in range(1, 13, months)] + [date(year + 1, 1, 1)]
    return tuple((start, after - timedelta(days=1)) for start, after in pairwise(starts))


def due(
    duties: Iterable[Duty],
    unit_kind: str,
    held: Sequence[tuple[str, date]],
    today: date,
    *,
    year: int | None = None,
    since: date | None = None,
    times: Mapping[str, int] | None = None,
) -> list[DutyState]:
    """Every duty of this kind of unit in every period of the year (default today's), in the order of the table.

    `held` are (kind, day) pairs; `since` is the day from which this unit keeps its record here; `times` overrides
    how often (two Party groups: {"party_group": 2}).
    """
    return [
        _state(duty, start, end, held, today, since, (times or {}).get(duty.id, duty.times))
        for duty in duties
        if unit_kind in duty.units
        for start, end in periods(duty.per, today.year if year is None else year)
    ]


def _state(
    duty: Duty, start: date, end: date, held: Sequence[tuple[str, date]], today: date, since: date | None, needed: int
) -> DutyState:
    days = tuple(sorted(day for kind, day in held if kind == duty.kind and start <= day <= end))
    opens = date(start.year, max(start.month, duty.opens_month), 1) if duty.per == "year" else start
    begins = max(duty.since, since or date.min)
    return DutyState(duty, opens, end, days, needed, _status(len(days), needed, opens, end, today, begins))


def _status(count: int, needed: int, opens: date, end: date, today: date, since: date) -> DutyStatus:
    if count >= needed:
        return "held"
    if end < since:
        return "before"
    if today > end:
        return "missing" if count == 0 else "partial"
    if today < opens:
        return "to_come"
    return "partial" if count else "due"
