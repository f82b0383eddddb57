"""Owners' votes by named ballots: heads and floor area of every choice, added up by the database."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from deliberation_app.domain.floor import Electorate
from deliberation_app.domain.votes import RULES, Count, Verdict
from deliberation_app.storage.floor import Attendance
from deliberation_app.storage.people import Household
from deliberation_app.storage.votes import Ballot

_CHOICES = ("in_favour", "against", "abstain", "invalid")


def counted(session: Session, meeting_id: uuid.UUID, vote_id: uuid.UUID) -> Count:
    """The count of the named ballots among the owners on the roll; an owner of several flats is one head."""
    sums = [func.sum(case((Ballot.choice == choice, Household.area), else_=0)) for choice in _CHOICES]
    cast = select(*sums).join(Ballot, Ballot.voter_id == Household.owner_id).where(Ballot.vote_id == vote_id)
    areas = [int(area or 0) for area in session.execute(cast).one()]
    voters = select(Ballot.choice, func.count()).where(Ballot.vote_id == vote_id).group_by(Ballot.choice)
    by_choice: dict[str, int] = {row[0]: row[1] for row in session.execute(voters)}
    heads = {choice: by_choice.get(choice, 0) for choice in _CHOICES}
    everybody = select(func.count(Household.owner_id.distinct()), func.sum(Household.area))
    everybody = everybody.join(Attendance, Attendance.person_id == Household.owner_id)
    whole = everybody.where(Attendance.meeting_id == meeting_id, Household.area.is_not(None))
    eligible, eligible_area = session.execute(whole).one()
    took_part = sum(heads.values()) - heads["invalid"]
    return Count(
        eligible=eligible, eligible_area=int(eligible_area or 0), present=took_part, present_area=sum(areas[:3]),
        house_rule=None, **heads, **{f"{choice}_area": area for choice, area in zip(_CHOICES, areas, strict=True)},
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
