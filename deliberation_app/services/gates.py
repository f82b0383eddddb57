"""What the gates ask for, out of the records, and the few facts that only people can state."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deliberation_app.domain import calendar, meetings
from deliberation_app.domain.votes import GATES, RULES, GateFacts, GateState, gates
from deliberation_app.errors import N_, AppError, NotFound, RuleBroken
from deliberation_app.services import deliveries
from deliberation_app.services.kinds import kind_of
from deliberation_app.services.meeting_facts import Opinion, on_point, opinions, to_be_left_out
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.floor import Attendance, Statement
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.people import Membership
from deliberation_app.storage.votes import Vote

COMMITTEE_ROLES = frozenset({"branch_secretary", "deputy_secretary", "committee_member"})
# A branch with a secretary alone has no committee to pass matters through.
COMMITTEE_LEAST = 3
INCOME_WORDS = ("收益", "收入", "收支", "维修资金", "用于")
PUBLICATION_GATES = tuple(gate.id for gate in GATES.values() if gate.at == "publication")
COMMITTEES = frozenset({"residents_committee_member", "villagers_committee_member"})


def state_facts(work: Work, meeting_id: uuid.UUID, **facts: Any) -> None:
    """State what no record can know: important=True, concerns_unit=True, points_weigh=True,
    delivery=[{"flat", "way", "on"}]; None takes a fact back. Members left out and opinions: services.meeting_facts."""
    with work.act("meetings.edit") as act:
        meeting = act.get(Meeting, meeting_id)
        if meeting is None:
            raise NotFound(N_("This meeting is not here; perhaps it was deleted on another computer."))
        known = {**_stated(meeting), **facts}
        kept = {name: value for name, value in known.items() if value is not None}
        meeting.prepared = {**(meeting.prepared or {}), "facts": kept}


def state_urgent_reason(work: Work, meeting_id: uuid.UUID, reason: str) -> None:
    """Say why the notice is shorter than the law asks; it is printed in the record. Empty takes it back."""
    with work.act("meetings.edit") as act:
        meeting = act.get(Meeting, meeting_id)
        if meeting is None:
            raise NotFound(N_("This meeting is not here; perhaps it was deleted on another computer."))
        if meeting.opened_at is not None:
            raise RuleBroken(N_("The meeting has begun: the reason had to be on record before. Nothing was changed."))
        meeting.prepared = {**(meeting.prepared or {}), "urgent_reason": reason.strip()}


def stated(meeting: Meeting) -> Mapping[str, Any]:
    """What people have stated of a meeting."""
    return _stated(meeting)


def lawful_from(session: Session, meeting: Meeting, today: date) -> date | None:
    """The first day on which the meeting may be held after its notice (today, while none is out); None: any day."""
    notice = kind_of(session, meeting).notice
    if not notice.days or calendar.day_of(meeting.starts_at) < notice.since:
        return None
    told = calendar.day_of(meeting.notice_at) if meeting.notice_at is not None else today
    return told + timedelta(days=notice.days)


def _stated(meeting: Meeting) -> Mapping[str, Any]:
    return (meeting.prepared or {}).get("facts") or {}


def urgent_reason(meeting: Meeting) -> str:
    """Why the notice was shorter than the law asks, where the law allows that and somebody said why."""
    return str((meeting.prepared or {}).get("urgent_reason") or "")


def opening_gates(session: Session, meeting: Meeting) -> tuple[GateState, ...]:
    """The gates before the opening, by the law of the day of the meeting: notice in time."""
    kind, held_on = kind_of(session, meeting), calendar.day_of(meeting.starts_at)
    told_on = calendar.day_of(meeting.notice_at) if meeting.notice_at is not None else None
    reason = urgent_reason(meeting)
    lawful = meetings.notice_fault(meeting.kind, told_on, held_on, reason)
    # Days that only the unit has set give way to a reason on record; those of the law where the law says so.
    fault = lawful or (None if reason else meetings.notice_fault(kind, told_on, held_on))
    excusable = lawful is None or kind.notice.urgent(held_on, "-")
    needed = kind.notice.days > 0 and held_on >= kind.notice.since
    facts = GateFacts(notice_needed=needed, notice_short=fault, notice_excusable=excusable)
    return gates(facts, "opening", held_on)


def opening(work: Work, meeting_id: uuid.UUID) -> tuple[GateState, ...]:
    """The gates before the opening of a meeting, for a look beforehand."""
    with work.read() as session:
        return opening_gates(session, session.get_one(Meeting, meeting_id))


def notice_gates(session: Session, meeting: Meeting) -> tuple[GateState, ...]:
    """The gates before the notice: important matters discussed by the Party first, the unit concerned invited."""
    said = _stated(meeting)
    listed = select(AgendaItem).join(AgendaEntry, AgendaEntry.item_id == AgendaItem.id)
    items = list(session.scalars(listed.where(AgendaEntry.meeting_id == meeting.id)))
    important = [item for item in items if item.vital_interest or said.get("important")]
    guests = select(func.count()).where(Attendance.meeting_id == meeting.id, Attendance.capacity == "invited")
    facts = GateFacts(
        important=kind_of(session, meeting).party_first and bool(important),
        party_discussion_linked=all(item.party_meetings for item in important),
        concerns_unit=bool(said.get("concerns_unit")),
        unit_concerned_not_invited=bool(said.get("concerns_unit")) and not session.scalar(guests),
    )
    return gates(facts, "notice", calendar.day_of(meeting.starts_at))


def known(
    session: Session, meeting: Meeting, entry: AgendaEntry, item: AgendaItem | None, vote: Vote
) -> dict[str, Any]:
    """What the records know of the gates before a vote, beside what the console shows all the time."""
    said, rule = _stated(meeting), RULES[vote.rule]
    # In all other votes everybody counts: nobody is left out of them.
    excluded = to_be_left_out(session, meeting) if rule.election and rule.suffrage_only else []
    found: dict[str, Any] = {
        "important_in_branch": _important_in_branch(session, meeting, item),
        "committee_discussed": item is not None and _committee_discussed(session, meeting, item.id),
        "points_weigh": bool(said.get("points_weigh")),
        "excluded": len(excluded),
        "election": rule.election and rule.suffrage_only,
        "exclusion_approved": all(one.approved for one in excluded),
        "secret_needed": rule.methods == ("secret_ballot",),
        "secret": vote.method in (None, "secret_ballot"),
        "admission": vote.rule == "branch_admission",
        "delivery_needed": rule.by_area,
        "undelivered": deliveries.undelivered(session, meeting) if rule.by_area else 0,
    }
    if vote.rule == "branch_admission":
        found |= _one_by_one(session, meeting, entry, vote)
    return found


def _important_in_branch(session: Session, meeting: Meeting, item: AgendaItem | None) -> bool:
    important = item is not None and (bool(item.vital_interest) or bool(_stated(meeting).get("important")))
    if not important or not kind_of(session, meeting).committee_first:
        return False
    return has_committee(session, meeting.unit_id, calendar.day_of(meeting.starts_at))


def has_committee(session: Session, unit_id: uuid.UUID, day: date) -> bool:
    """Whether the memberships of a day show a branch committee."""
    query = select(func.count(Membership.person_id.distinct())).where(
        Membership.unit_id == unit_id, Membership.role.in_(COMMITTEE_ROLES),
        Membership.from_on.is_(None) | (Membership.from_on <= day),
        Membership.to_on.is_(None) | (Membership.to_on >= day),
    )  # fmt: skip
    return (session.scalar(query) or 0) >= COMMITTEE_LEAST


def _committee_discussed(session: Session, meeting: Meeting, item_id: uuid.UUID) -> bool:
    committees = [kind.id for kind in meetings.KINDS.values() if kind.prepares]
    query = select(Meeting.id).join(AgendaEntry, AgendaEntry.meeting_id == Meeting.id)
    query = query.where(
        Meeting.unit_id == meeting.unit_id, Meeting.kind.in_(committees), Meeting.cancelled_at.is_(None),
        Meeting.opened_at.is_not(None), Meeting.starts_at <= meeting.starts_at, AgendaEntry.item_id == item_id,
    )  # fmt: skip
    return session.scalars(query.limit(1)).first() is not None


def _one_by_one(session: Session, meeting: Meeting, entry: AgendaEntry, vote: Vote) -> dict[str, Any]:
    """Admissions: no other one under way, and something said since the last one on this entry was counted."""
    query = select(Vote).join(AgendaEntry, AgendaEntry.id == Vote.entry_id)
    query = query.where(AgendaEntry.meeting_id == meeting.id, Vote.rule == "branch_admission", Vote.id != vote.id)
    others = list(session.scalars(query))
    found: dict[str, Any] = {"earlier_admission_open": any(other.counts is None for other in others)}
    counted = [other.at for other in others if other.entry_id == entry.id and other.at is not None]
    if counted:
        said = select(func.count()).where(Statement.entry_id == entry.id, Statement.at > max(counted))
        found |= {"statements": session.scalar(said) or 0, "no_statements": False}
    return found


def count_gates(
    session: Session, meeting: Meeting, rule: str, entry_id: uuid.UUID | None = None
) -> tuple[GateState, ...]:
    """The gate before counting an admission: written opinions signed, dated before the meeting, of absent members.

    Without an entry it looks at the opinions on every point.
    """
    written = _written(session, meeting, entry_id) if RULES[rule].written_opinions else []
    faulty = sum(one.fault is not None for one in written)
    facts = GateFacts(written_opinions=len(written), written_opinions_faulty=faulty)
    return gates(facts, "count", calendar.day_of(meeting.opened_at or meeting.starts_at))


def _written(session: Session, meeting: Meeting, entry_id: uuid.UUID | None) -> list[Opinion]:
    return opinions(session, meeting) if entry_id is None else on_point(session, meeting, entry_id)


def count_bars(session: Session, meeting: Meeting, rule: str, entry_id: uuid.UUID) -> tuple[AppError, ...]:
    """What bars counting this vote, said for each opinion by name, with the way out; empty where nothing does."""
    if all(state.met for state in count_gates(session, meeting, rule, entry_id)):
        return ()
    return tuple(
        AppError(N_("The written opinion of {name} cannot be counted: {fault}. Correct it on the roll, or take it "
                    "out there."), name=one.name, fault=one.fault)
        for one in _written(session, meeting, entry_id) if one.fault is not None
    )  # fmt: skip


def fee_gates(session: Session, item_id: uuid.UUID, day: date) -> tuple[GateState, ...]:
    """The gate before a fee on common parts: a passed vote of all owners on a special matter about this item."""
    return gates(GateFacts(fee=True, owners_special_passed=_owners_agreed(session, item_id)), "fee", day)


def _owners_agreed(session: Session, item_id: uuid.UUID) -> bool:
    query = select(Vote.id).join(AgendaEntry, AgendaEntry.id == Vote.entry_id)
    query = query.where(AgendaEntry.item_id == item_id, Vote.rule == "owners_special", Vote.passed.is_(True))
    return session.scalars(query.limit(1)).first() is not None


def publication_gates(
    session: Session, item_id: uuid.UUID, text: str, day: date, *, checked: bool
) -> tuple[GateState, ...]:
    """The gates before a decision is posted: held against the law, and the use of common income said."""
    fee = _owners_agreed(session, item_id)
    resolutions = select(AgendaEntry.resolution).where(AgendaEntry.item_id == item_id)
    words = text + "".join(line or "" for line in session.scalars(resolutions))
    income = fee or _charges(session, item_id)
    unsaid = income and not any(word in words for word in INCOME_WORDS)
    facts = GateFacts(checked_against_law=checked, common_income=income, common_income_unsaid=unsaid)
    return gates(facts, "publication", day)


def posting_gates(session: Session, item_id: uuid.UUID, text: str, day: date) -> tuple[GateState, ...]:
    """Every gate that posting a decision asks for, for a look beforehand, nothing held against the law yet."""
    states = publication_gates(session, item_id, text, day, checked=False)
    return (*fee_gates(session, item_id, day), *states) if _charges(session, item_id) else states


def pass_publication(
    session: Session, item_id: uuid.UUID, text: str, day: date, *, checked: bool, reasons: Mapping[str, str]
) -> list[dict[str, str]] | None:
    """The gates before a posted decision that are passed over with a reason; refused with all that bar it."""
    states = publication_gates(session, item_id, text, day, checked=checked)
    if _charges(session, item_id):
        states = (*fee_gates(session, item_id, day), *states)
    said = {one.gate.id: reasons.get(one.gate.id, "").strip() for one in states if not one.met}
    barred = tuple(
        one.sentence for one in states
        if one.sentence is not None and not (one.overridable and said[one.gate.id])
    )  # fmt: skip
    if barred:
        raise RuleBroken(N_("The decision cannot be posted yet. Nothing was changed."), reasons=barred)
    return [{"gate": gate, "reason": reason} for gate, reason in said.items()] or None


def _charges(session: Session, item_id: uuid.UUID) -> bool:
    item = session.get(AgendaItem, item_id)
    return item is not None and bool(item.charges)


def post_gates(roles: Collection[str], day: date) -> tuple[GateState, ...]:
    """The gate before a post: the roles that one person would hold in a unit at the same time."""
    both = "oversight_member" in roles and not COMMITTEES.isdisjoint(roles)
    return gates(GateFacts(relatives_on_oversight=both), "post", day)


def require_post(roles: Collection[str], day: date) -> None:
    """Refuse roles that nobody may hold together in one unit."""
    refused = tuple(one.sentence for one in post_gates(roles, day) if one.sentence is not None)
    if refused:
        raise RuleBroken(N_("These posts do not go together. Nothing was changed."), reasons=refused)
