"""PERIODS: how long each matter is published, below which it may not be set, and by which clause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from deliberation_app.domain.calendar_days import NO_EDITS, DayEdits, Unit, period_end
from deliberation_app.domain.votes_law import ADMISSION, BOTH_LAWS, RESIDENTS, VILLAGERS
from deliberation_app.errors import N_, AppError


@dataclass(frozen=True, kw_only=True)
class Period:
    """One matter: its usual period and the least that the law allows since a day (0: the unit is free)."""

    id: str
    title: str
    name: str
    days: int
    unit: Unit = "days"
    least: int = 0
    since: date = date.min
    clause: str = ""
    verify: bool = False

    def least_on(self, day: date) -> int:
        """The least period on a day: what a newer law asks for does not bind older publications."""
        return self.least if day >= self.since else 0

    def last_day(self, posted_on: date, days: int | None = None, edits: DayEdits = NO_EDITS) -> date:
        """The last day on which it hangs."""
        return period_end(posted_on, self.days if days is None else days, self.unit, edits)

    def too_short(self, posted_on: date, days: int) -> AppError | None:
        """The sentence why this period is too short, None when it may stand."""
        least = self.least_on(posted_on)
        if days >= max(least, 1):
            return None
        words = WORKING if self.unit == "working_days" else CALENDAR
        return AppError(words, title=AppError(self.name), least=max(least, 1), days=days, clause=self.clause or "—")


CALENDAR = N_("“{title}” is published for at least {least} days ({clause}); {days} are too few.")
WORKING = N_("“{title}” is published for at least {least} working days ({clause}); {days} are too few.")
BOTH = f"{RESIDENTS}第三十四条、{VILLAGERS}第三十五条"
ADMISSION_2026 = date(2026, 5, 18)

# One line, one matter (rules.md 4.4).
_ENTRIES = (
    Period(id="decision", title="决定、协商结果及落实情况", name=N_("Decisions, outcomes and how they are carried out"),
           days=15, least=15, since=BOTH_LAWS, clause=BOTH),
    Period(id="voters", title="选民登记名单", name=N_("List of voters (before the election)"), days=20, least=20,
           since=BOTH_LAWS, clause=f"{RESIDENTS}第十七条、{VILLAGERS}第十七条"),
    Period(id="admission", title="发展对象公示", name=N_("Candidate for admission"), days=5, unit="working_days",
           least=5, since=ADMISSION_2026, clause=f"{ADMISSION}（2026年修订）第十三条", verify=True),
    Period(id="full_membership", title="预备党员转正公示", name=N_("Full membership"), days=5, unit="working_days",
           clause="做法", verify=True),
    Period(id="money", title="专项经费项目、表彰、积分", name=N_("Fund projects, awards, points"), days=7,
           clause="当地规定", verify=True),
    Period(id="owners_committee", title="业主委员会候选人", name=N_("Candidates for the owners' committee"), days=7,
           clause="当地规定", verify=True),
)  # fmt: skip

PERIODS: Mapping[str, Period] = MappingProxyType({period.id: period for period in _ENTRIES})
