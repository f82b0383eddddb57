"""The roll call: everybody who may vote in the order of the roll, and the named ballots of those who are there."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain.votes import RULES
from deliberation_app.errors import N_, AppError, RuleBroken
from deliberation_app.services.act import Act
from deliberation_app.services.floor_roll import roll_of
from deliberation_app.services.meetings import find
from deliberation_app.services.work import Work
from deliberation_app.storage.base import new_id
from deliberation_app.storage.floor import Attendance
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.people import Person
from deliberation_app.storage.votes import Ballot, Vote

Ballots = Mapping[uuid.UUID, str]
CHOICES = ("in_favour", "against", "abstain", "invalid")


@dataclass(frozen=True)
class Voter:
    """Somebody who may vote: whether that person is there at the moment of the vote, and the ballot on record."""

    person_id: uuid.UUID
    name: str
    there: bool
    choice: str | None = None


def takes_names(rule: str, method: str) -> bool:
    """Whether a vote by this rule and method is taken name by name; owners' papers go by flat."""
    return method == "roll_call" and not RULES[rule].by_area


def voters(work: Work, vote_id: uuid.UUID) -> tuple[Voter, ...]:
    """Everybody who may vote, in the order of the roll."""
    with work.read() as session:
        vote = session.get_one(Vote, vote_id)
        meeting = find(session, session.get_one(AgendaEntry, vote.entry_id).meeting_id)
        cast = select(Ballot.voter_id, Ballot.choice).where(Ballot.vote_id == vote_id)
        ballots: dict[uuid.UUID, str] = {row[0]: row[1] for row in session.execute(cast)}
        found = _voters(session, meeting, vote, vote.at or work.clock())
    return tuple(Voter(one.person_id, one.name, one.there, ballots.get(one.person_id)) for one in found)


def _voters(session: Session, meeting: Meeting, vote: Vote, moment: datetime) -> list[Voter]:
    roll = roll_of(session, meeting.id)
    eligible, presence = roll.eligible(vote.rule), roll.presence(vote.rule)
    names = (
        select(Attendance.person_id, Person.name)
        .join(Person, Person.id == Attendance.person_id)
        .where(Attendance.meeting_id == meeting.id)
        .order_by(Attendance.position, Attendance.id)
    )
    return [
        Voter(key, name, presence.has(str(key), moment))
        for key, name in session.execute(names) if str(key) in eligible
    ]  # fmt: skip


def write(act: Act, meeting: Meeting, vote: Vote, ballots: Ballots) -> dict[str, int]:
    """Put these ballots in place of those before; the answer is their sums. Refused for whoever may not vote now."""
    if not takes_names(vote.rule, vote.method):
        raise RuleBroken(N_("Only a roll call is taken by name: a secret vote never names anybody."))
    there = {one.person_id: one for one in _voters(act, meeting, vote, vote.at or act.now)}
    wrong = [
        AppError(N_("{name} is not in the room: take the ballot back, or sign the person in."), name=there[key].name)
        for key in ballots if key in there and not there[key].there
    ]  # fmt: skip
    if wrong:
        raise RuleBroken(N_("The numbers do not add up yet."), reasons=tuple(wrong))
    if not there.keys() >= ballots.keys() or not set(CHOICES) >= set(ballots.values()):
        raise RuleBroken(N_("Somebody in this roll call may not vote here."))
    for row in act.scalars(select(Ballot).where(Ballot.vote_id == vote.id)):
        act.delete(row)
    act.flush()
    given = [key for key in there if key in ballots]
    for position, key in enumerate(given):
        act.add(Ballot(id=new_id(), vote_id=vote.id, position=position, voter_id=key, choice=ballots[key]))
    chosen = list(ballots.values())
    return {choice: chosen.count(choice) for choice in CHOICES if choice != "invalid" or choice in chosen}
