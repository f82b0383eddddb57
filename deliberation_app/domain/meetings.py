"""Meetings: their kinds (KINDS), the state they are in, and the notice they need."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal, NamedTuple

from deliberation_app.domain.meetings_kinds import KINDS, Entitled, Kind, Notice, StandingEntry
from deliberation_app.errors import N_, AppError, RuleBroken

__all__ = [
    "KINDS", "ROLES", "STATES", "UNIT_KINDS", "Entitled", "Kind", "Notice", "StandingEntry", "Title",
    "kinds_for", "notice_fault", "require", "state", "usual",
]  # fmt: skip

MeetingState = Literal["planned", "called", "open", "recess", "closed", "cancelled"]


class Title(NamedTuple):
    """A word as printed and its English source."""

    title: str
    name: str


STATES: Mapping[str, Title] = MappingProxyType(
    {
        "planned": Title("准备中", N_("Being prepared")),
        "called": Title("已通知", N_("Notice given")),
        "open": Title("正在开会", N_("In session")),
        "recess": Title("休会", N_("In recess")),
        "closed": Title("已散会", N_("Meeting closed")),
        "cancelled": Title("已取消", N_("Meeting cancelled")),
    }
)

UNIT_KINDS: Mapping[str, Title] = MappingProxyType(
    {
        "street": Title("街道", N_("Street")),
        "community": Title("社区", N_("Community")),
        "branch": Title("党支部", N_("Party branch")),
        "courtyard": Title("庭院", N_("Courtyard")),
        "owners": Title("业主大会", N_("Owners' assembly")),
        "village": Title("村", N_("Village")),
    }
)

# The roles of memberships that the kinds above name.
ROLES: Mapping[str, Title] = MappingProxyType(
    {
        "member": Title("党员", N_("Party member")),
        "branch_secretary": Title("支部书记", N_("Branch secretary")),
        "deputy_secretary": Title("支部副书记", N_("Deputy secretary")),
        "committee_member": Title("支部委员", N_("Branch committee member")),
        "group_leader": Title("党小组组长", N_("Party group leader")),
        "council_member": Title("议事会成员", N_("Council member")),
        "resident": Title("居民", N_("Resident")),
        "household_representative": Title("户代表", N_("Household representative")),
        "residents_representative": Title("居民代表", N_("Residents' representative")),
        "residents_committee_member": Title("居委会成员", N_("Residents' committee member")),
        "owner": Title("业主", N_("Owner")),
        "villager": Title("村民", N_("Villager")),
        "villagers_representative": Title("村民代表", N_("Villagers' representative")),
        "villagers_group_head": Title("村民小组组长", N_("Head of a villagers' group")),
        "owners_committee_member": Title("业主委员会成员", N_("Owners' committee member")),
        "oversight_member": Title("监督委员会成员", N_("Oversight committee member")),
        "villagers_committee_member": Title("村委会成员", N_("Villagers' committee member")),
    }
)


def kinds_for(unit_kind: str) -> tuple[Kind, ...]:
    """The kinds of meeting that a unit of this kind holds, in the order of the table."""
    return tuple(kind for kind in KINDS.values() if unit_kind in kind.units)


def usual(kind: str, rule: str) -> bool:
    """Whether the rule is usual for this kind of meeting; if not, refused here and a remark on import."""
    return rule in KINDS[kind].rules


def state(
    notice_at: datetime | None,
    opened_at: datetime | None,
    closed_at: datetime | None,
    adjourned: bool = False,
    *,
    cancelled: bool = False,
) -> MeetingState:
    """The state of a meeting, derived from what happened; `adjourned`: the last sitting ended, the meeting did not."""
    if cancelled:
        return "cancelled"
    if closed_at is not None:
        return "closed"
    if opened_at is not None:
        return "recess" if adjourned else "open"
    return "planned" if notice_at is None else "called"


_NOT_NOW: Mapping[str, str] = MappingProxyType(
    {
        "planned": N_("The meeting has not been opened yet."),
        "called": N_("The meeting has not been opened yet."),
        "open": N_("The meeting is in session."),
        "recess": N_("The meeting is in recess: resume it first."),
        "closed": N_("The meeting is closed: what was said and decided stands as recorded."),
        "cancelled": N_("The meeting was cancelled."),
    }
)


def require(now: MeetingState, *allowed: MeetingState) -> None:
    """Refuse an act that does not fit the state of the meeting; nothing is changed."""
    if now not in allowed:
        raise RuleBroken(_NOT_NOW[now])


def notice_fault(
    kind: str | Kind, notice_on: date | None, meeting_on: date, urgent_reason: str = ""
) -> AppError | None:
    """Why the notice is too late for this kind (lead days = meeting − notice), None when it is in time."""
    notice = (KINDS[kind] if isinstance(kind, str) else kind).notice
    if not notice.days or meeting_on < notice.since or notice.urgent(meeting_on, urgent_reason):
        return None
    clause = notice.clause_on(meeting_on)
    if notice_on is None:
        return AppError(N_("The notice has not gone out; {days} days are needed ({clause})."),
                        days=notice.days, clause=clause)  # fmt: skip
    lead = (meeting_on - notice_on).days
    if lead >= notice.days:
        return None
    return AppError(
        N_("Notice {lead} days before the meeting; at least {days} are needed ({clause})."),
        lead=lead, days=notice.days, clause=clause,
    )  # fmt: skip
