"""Owners' votes by named ballots: heads and floor area of every choice, added up by the database in one question."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from deliberation_app.domain.floor import Electorate
from deliberation_app.domain.votes import RULES, Count, Verdict
from deliberation_app.storage.floor import Attendance
from deliberation_app.storage.people import Household
from deliberation_app.storage.votes import Ballot

_CHOICES = ("in_favour", "against", "abstain", "invalid")


def counted(session: Session, meeting_id: uuid.UUID, vote_id: uuid.UUID) -> Count:
    """The count of the named ballots among the owners on the roll; an owner of several flats is one head."""
    cast = and_(Ballot.voter_id == Household.owner_id, Ballot.vote_id == vote_id)
    query = (
        select(Ballot.choice, func.count(Household.owner_id.distinct()), func.sum(Household.area))
        .select_from(Household)
        .outerjoin(Ballot, cast)
        .where(
            Household.area.is_not(None),
            Household.owner_id.in_(select(Attendance.person_id).where(Attendance.meeting_id == meeting_id)),
        )
        .group_by(Ballot.choice)
    )
    sums = {choice: (heads, int(area or 0)) for choice, heads, area in session.execute(query)}
    numbers = {choice: sums.get(choice, (0, 0)) for choice in _CHOICES}
    took_part = [numbers[choice] for choice in _CHOICES if choice != "invalid"]
    heads = {choice: head for choice, (head, _) in numbers.items()}
    areas = {f"{choice}_area": area for choice, (_, area) in numbers.items()}
    return Count(
        eligible=sum(head for head, _ in sums.values()), eligible_area=sum(area for _, area in sums.values()),
        present=sum(head for head, _ in took_part), present_area=sum(area for _, area in took_part),
        house_rule=None, **heads, **areas,
    )  # fmt: skip


def room(session: Session, meeting_id: uuid.UUID, vote_id: uuid.UUID) -> Electorate:
    """Eligible and taking part as the rules ask; None where nobody has said (no areas, no valid ballot)."""
    count = counted(session, meeting_id, vote_id)
    known, valid = bool(count.eligible), bool(count.present)
    return Electorate(
        eligible=count.eligible if known else None, eligible_area=count.eligible_area if known else None,
        present=count.present if valid else None, present_area=count.present_area if valid else None,
    )  # fmt: skip


def judged(session: Session, meeting_id: uuid.UUID, vote_id: uuid.UUID, rule: str, day: date) -> Verdict:
    """What the law of the day makes of the ballots as they are."""
    return RULES[rule].judge(counted(session, meeting_id, vote_id), day)
