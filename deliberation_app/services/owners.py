"""Owners' votes: heads and floor area of every choice, added up by the database from papers or named ballots."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Uuid, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from deliberation_app.domain.floor import Electorate
from deliberation_app.domain.votes import RULES, Count, Verdict
from deliberation_app.storage.floor import Attendance
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.people import Household, Unit
from deliberation_app.storage.votes import Ballot, Delivery, FlatBallot, Vote, VotingFlat

CHOICES = ("in_favour", "against", "abstain", "invalid")
AREA_RULES = tuple(rule.id for rule in RULES.values() if rule.by_area)
_NOBODY = uuid.UUID(int=0)
# 司法解释 arts 8-9: all flats of one owner are one head, so are all unsold ones.
HEAD: ColumnElement[uuid.UUID] = case(
    (VotingFlat.unsold, literal(_NOBODY, Uuid)), else_=func.coalesce(VotingFlat.owner_id, VotingFlat.household_id)
)


@dataclass(frozen=True)
class OwnersRules:
    """What the unit's own rules of procedure say of owners' papers; the words are printed where they count."""

    unsigned_invalid: bool = True
    silence: bool = False
    words: str = ""


@dataclass(frozen=True)
class ListTotals:
    """What the list of owners comes to; areas in 0.01 m²."""

    flats: int = 0
    heads: int = 0
    area: int = 0
    without_area: int = 0
    without_owner: int = 0
    unsold: int = 0


@dataclass(frozen=True)
class Standing:
    """What the papers of one vote come to at this moment, and what does not fit together yet."""

    count: Count
    valid_papers: int
    invalid_papers: int
    split: int = 0  # owners whose papers say different things
    partly: int = 0  # owners of several flats of which only some handed in
    unlogged: int = 0  # papers of flats that the delivery log does not name
    silent: int = 0  # reached, but nothing came back
    silent_area: int = 0

    @property
    def not_returned(self) -> int:
        """Papers that went out and did not come back."""
        return (self.count.ballots_issued or 0) - (self.count.ballots_returned or 0)


def rules_of(session: Session, unit_id: uuid.UUID) -> OwnersRules:
    """The switches that the unit has set for owners' votes."""
    unit = session.get(Unit, unit_id)
    said = ((unit.settings if unit is not None else None) or {}).get("owners") or {}
    words = str(said.get("words") or "")
    return OwnersRules(bool(said.get("unsigned_invalid", True)), bool(said.get("silence")) and bool(words), words)


def list_totals(session: Session, meeting_id: uuid.UUID) -> ListTotals:
    """Flats, heads and area of the list of owners of a meeting."""
    unknown = and_(VotingFlat.owner_id.is_(None), VotingFlat.unsold.is_(False))
    sums = select(
        func.count(), func.count(HEAD.distinct()), func.sum(VotingFlat.area),
        func.sum(case((VotingFlat.area.is_(None), 1), else_=0)), func.sum(case((unknown, 1), else_=0)),
        func.sum(case((VotingFlat.unsold, 1), else_=0)),
    )  # fmt: skip
    row = session.execute(sums.where(VotingFlat.meeting_id == meeting_id)).one()
    return ListTotals(*(int(number or 0) for number in row))


def valid(rules: OwnersRules) -> ColumnElement[bool]:
    """Papers that count: not spoilt, signed where the rules ask for it, of a proxy only with a written proxy."""
    signed = [FlatBallot.signed.is_(True)] if rules.unsigned_invalid else []
    written = or_(FlatBallot.by_proxy.is_(False), VotingFlat.proxy_on.is_not(None))
    return and_(FlatBallot.choice != "invalid", written, *signed)


def _papers(vote_id: uuid.UUID, *columns: Any) -> Any:
    """The papers that count now, with the flats as the list has them."""
    return (
        select(*columns)
        .select_from(FlatBallot)
        .join(Vote, Vote.id == FlatBallot.vote_id)
        .join(AgendaEntry, AgendaEntry.id == Vote.entry_id)
        .join(
            VotingFlat,
            and_(
                VotingFlat.household_id == FlatBallot.household_id,
                VotingFlat.meeting_id == AgendaEntry.meeting_id,
            ),
        )
        .where(FlatBallot.vote_id == vote_id, FlatBallot.replaced_at.is_(None))
    )


def standing(session: Session, meeting: Meeting, vote_id: uuid.UUID) -> Standing:
    """Add up the papers of a vote: an owner of several flats is one head, areas are those of the papers."""
    rules = rules_of(session, meeting.unit_id)
    whole = list_totals(session, meeting.id)
    vote = None if whole.flats else session.get(Vote, vote_id)
    if vote is not None and vote.counts is not None:
        return _as_written(vote)
    good = valid(rules)
    numbers: dict[str, int] = dict.fromkeys((*CHOICES, *(f"{choice}_area" for choice in CHOICES)), 0)
    papers = {True: 0, False: 0}
    fits = case((good, 1), else_=0)
    sums = _papers(vote_id, FlatBallot.choice, fits, func.count(), func.sum(VotingFlat.area))
    for choice, fit, count, area in session.execute(sums.group_by(FlatBallot.choice, fits)):
        papers[bool(fit)] += count
        if fit:
            numbers[f"{choice}_area"] += int(area or 0)
    owners = _papers(
        vote_id, HEAD.label("head"), func.min(case((good, FlatBallot.choice))).label("low"),
        func.max(case((good, FlatBallot.choice))).label("high"), func.sum(VotingFlat.area).label("area"),
    ).group_by(HEAD).subquery()  # fmt: skip
    split = present = 0
    heads = select(owners.c.low, owners.c.high, func.count(), func.sum(owners.c.area))
    for low, high, count, area in session.execute(heads.group_by(owners.c.low, owners.c.high)):
        if low is None:
            numbers["invalid"], numbers["invalid_area"] = count, int(area or 0)
            continue
        numbers[low] += count
        present += count
        split += count if low != high else 0
    returned = papers[True] + papers[False]
    issued, unlogged = _issued(session, meeting.id, vote_id, whole.flats)
    silent, silent_area = _silent(session, meeting.id, vote_id)
    count = Count(
        eligible=whole.heads, eligible_area=whole.area, present=present, ballots_issued=issued,
        present_area=sum(numbers[f"{choice}_area"] for choice in CHOICES[:3]), house_rule=None,
        ballots_returned=returned, **numbers,
    )  # fmt: skip
    return Standing(
        count, papers[True], papers[False], split, _partly(session, meeting.id, vote_id), unlogged, silent, silent_area
    )


def _as_written(vote: Vote) -> Standing:
    """A counted vote of which only the totals are known here, as when it came in a meeting file."""
    written = {**(vote.electorate or {}), **(vote.counts or {})}
    said = {name.removesuffix("_m2"): int(number) for name, number in written.items()}
    for end in ("", "_area"):
        said.setdefault(f"present{end}", sum(said.get(f"{choice}{end}", 0) for choice in CHOICES[:3]))
    count = Count(
        **said, ballots_issued=vote.ballots_issued, ballots_returned=vote.ballots_returned, house_rule=None
    )  # fmt: skip
    invalid = count.invalid
    return Standing(count, max((vote.ballots_returned or 0) - invalid, 0), invalid)


def _issued(session: Session, meeting_id: uuid.UUID, vote_id: uuid.UUID, flats: int) -> tuple[int, int]:
    """Papers that went out by the delivery log, and how many came back of flats it does not name; all without a log."""
    listed = select(func.count(Delivery.household_id.distinct())).join(
        VotingFlat,
        and_(VotingFlat.household_id == Delivery.household_id, VotingFlat.meeting_id == Delivery.meeting_id),
    )
    reached = session.scalar(listed.where(Delivery.meeting_id == meeting_id)) or 0
    if not reached:
        return flats, 0
    named = select(Delivery.household_id).where(Delivery.meeting_id == meeting_id)
    named = named.where(Delivery.household_id.is_not(None))
    strangers = _papers(vote_id, func.count()).where(VotingFlat.household_id.not_in(named))
    return reached, session.scalar(strangers) or 0


def _partly(session: Session, meeting_id: uuid.UUID, vote_id: uuid.UUID) -> int:
    """Owners of several flats who handed in papers for some of them only: the area of the others does not count."""
    flats = select(HEAD.label("head"), func.count().label("flats")).where(VotingFlat.meeting_id == meeting_id)
    several = flats.group_by(HEAD).having(func.count() > 1).subquery()
    handed = _papers(vote_id, HEAD.label("head"), func.count().label("papers")).group_by(HEAD).subquery()
    query = select(func.count()).select_from(several).join(handed, handed.c.head == several.c.head)
    return session.scalar(query.where(handed.c.papers < several.c.flats)) or 0


def _silent(session: Session, meeting_id: uuid.UUID, vote_id: uuid.UUID) -> tuple[int, int]:
    """Heads and area of owners whom the log names and of whom no paper came back."""
    voted = _papers(vote_id, HEAD)
    named = select(Delivery.household_id).where(Delivery.meeting_id == meeting_id)
    named = named.where(Delivery.household_id.is_not(None))
    query = select(func.count(HEAD.distinct()), func.sum(VotingFlat.area)).where(
        VotingFlat.meeting_id == meeting_id, VotingFlat.household_id.in_(named), HEAD.not_in(voted)
    )
    heads, area = session.execute(query).one()
    return int(heads or 0), int(area or 0)


def has_list(session: Session, meeting_id: uuid.UUID) -> bool:
    """Whether the meeting has a list of owners of its own."""
    query = select(VotingFlat.id).where(VotingFlat.meeting_id == meeting_id).limit(1)
    return session.scalars(query).first() is not None


def counted(session: Session, meeting_id: uuid.UUID, vote_id: uuid.UUID) -> Count:
    """The count of the papers of the list; without one, of the named ballots among the owners on the roll."""
    if has_list(session, meeting_id):
        return standing(session, session.get_one(Meeting, meeting_id), vote_id).count
    sums = [func.sum(case((Ballot.choice == choice, Household.area), else_=0)) for choice in CHOICES]
    cast = select(*sums).join(Ballot, Ballot.voter_id == Household.owner_id).where(Ballot.vote_id == vote_id)
    areas = [int(area or 0) for area in session.execute(cast).one()]
    voters = select(Ballot.choice, func.count()).where(Ballot.vote_id == vote_id).group_by(Ballot.choice)
    by_choice: dict[str, int] = {row[0]: row[1] for row in session.execute(voters)}
    heads = {choice: by_choice.get(choice, 0) for choice in CHOICES}
    everybody = select(func.count(Household.owner_id.distinct()), func.sum(Household.area))
    everybody = everybody.join(Attendance, Attendance.person_id == Household.owner_id)
    whole = everybody.where(Attendance.meeting_id == meeting_id, Household.area.is_not(None))
    eligible, eligible_area = session.execute(whole).one()
    took_part = sum(heads.values()) - heads["invalid"]
    return Count(
        eligible=eligible, eligible_area=int(eligible_area or 0), present=took_part, present_area=sum(areas[:3]),
        house_rule=None, **heads, **{f"{choice}_area": area for choice, area in zip(CHOICES, areas, strict=True)},
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
