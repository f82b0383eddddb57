"""The numbers of a vote: who may vote and is there, what was typed, which sums do not hold, what stands in the way."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from deliberation_app.domain.calendar import day_of
from deliberation_app.domain.floor import Electorate, Roll
from deliberation_app.domain.meeting_file_counts import house_rule_of
from deliberation_app.domain.votes import (
    RULES,
    Count,
    Election,
    GateFacts,
    GateState,
    Verdict,
    advance_warning,
    close,
    close_election,
    close_pair,
    elect,
    gates,
    judged,
    not_cast,
    still_possible,
    sum_faults,
)
from deliberation_app.errors import N_, AppError
from deliberation_app.services import owners
from deliberation_app.services.act import Act
from deliberation_app.services.floor_roll import roll_of
from deliberation_app.services.gates import known
from deliberation_app.services.meeting_facts import left_out_now, sent_in, with_opinions
from deliberation_app.services.meetings import find
from deliberation_app.services.moments import looked_at
from deliberation_app.services.work import Work
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.floor import Statement
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.people import Person
from deliberation_app.storage.statements import Prepared, wire_of
from deliberation_app.storage.votes import Vote

# In favour, against, abstained for each candidate.
Votes = Mapping[uuid.UUID, tuple[int, int, int]]
HEADS = ("in_favour", "against", "abstain", "invalid")
_PAPERS = ("ballots_issued", "ballots_returned")
_SAID = Prepared(select(func.count()).where(Statement.__table__.c.entry_id == bindparam("entry")))


@dataclass(frozen=True)
class Preview:
    """What the numbers typed so far mean: the verdict, every sum that does not add up yet, who cast no vote."""

    count: Count
    verdict: Verdict
    faults: tuple[AppError, ...]
    not_cast: int = 0
    election: Election | None = None
    # Why these numbers are counted a second time before they are judged.
    close: AppError | None = None


def fields(rule: str, method: str, *, election: bool = False) -> tuple[str, ...]:
    """Which numbers are asked for when a vote by this rule and method is counted, in the order they are typed."""
    law = RULES[rule]
    papers = _PAPERS if method == "secret_ballot" or law.election else ()
    if law.by_area:
        return (*HEADS[:3], *(f"{name}_area" for name in HEADS[:3]), "invalid")
    if election:
        return (*papers, "invalid")
    heads = HEADS if papers or method == "written" else HEADS[:3]
    return (*papers, *heads, *(("written_opinions",) if law.written_opinions else ()))


def gate_facts(
    entry: AgendaEntry,
    item: AgendaItem | None,
    *,
    statements: int,
    names_option: bool,
    rule: str,
    eligible: int,
    present: int,
    house: Any = None,
) -> GateFacts:
    """What the gates before a vote ask of an entry at this moment."""
    law = RULES[rule]
    count = Count(eligible=eligible, present=present, house_rule=house)
    return GateFacts(
        statements=statements,
        no_statements=bool(entry.no_statements),
        votable=item is None or item.votable is not False,
        names_option=names_option,
        eligible=eligible,
        present=present,
        quorate_now=law.by_area or law.present_from_ballots or law.quorate(count),
        vital_interest=item is not None and bool(item.vital_interest),
        party_meetings=len(item.party_meetings or ()) if item is not None else 0,
    )


def missing(facts: GateFacts) -> tuple[tuple[AppError, ...], bool]:
    """The sentences of all gates before a vote that are not met, and whether one of them bars it."""
    unmet = [state for state in gates(facts, "vote") if not state.met]
    sentences = tuple(state.sentence for state in unmet if state.sentence is not None)
    return sentences, any(bars(state) for state in unmet)


def bars(state: GateState) -> bool:
    """Whether an unmet gate forbids the vote; without a quorum the failure may be put on record."""
    return not state.met and state.gate.effect == "block" and state.gate.id != "G9"


def gate_states(session: Session, entry: AgendaEntry, vote: Vote) -> tuple[GateState, ...]:
    """Every gate before this vote, met or not, at this very moment."""
    item = session.get(AgendaItem, entry.item_id) if entry.item_id is not None else None
    said: int = _SAID.value(wire_of(session), {"entry": entry.id})
    meeting = find(session, entry.meeting_id)
    count = count_now(session, meeting, vote, {})
    facts = gate_facts(
        entry, item, statements=said, names_option=vote.option_id is not None, rule=vote.rule,
        eligible=count.eligible, present=count.present, house=count.house_rule,
    )  # fmt: skip
    moment = vote.at or _moment(session, meeting, vote) or meeting.starts_at
    return gates(replace(facts, **known(session, meeting, entry, item, vote)), "vote", day_of(moment))


def count_now(session: Session, meeting: Meeting, vote: Vote, numbers: Mapping[str, int | None]) -> Count:
    """The numbers of a vote: who may vote and is present at its moment, and the counts as typed.

    `numbers` has the names of `Count`: in_favour … invalid, their `_area` in 0.01 m², ballots_issued, ballots_returned,
    written_opinions, and eligible/present with areas where somebody wrote them down.
    """
    if RULES[vote.rule].by_area:
        room = owners.room(session, meeting.id, vote.id)
    else:
        moment = vote.at if vote.counts is not None else None
        room = roll_of(session, meeting.id).electorate(vote.rule, moment or _moment(session, meeting, vote))
    left_out = left_out_now(session, meeting) if leaves_out(vote.rule) else 0
    return count_of(vote, room, left_out, numbers)


def leaves_out(rule: str) -> bool:
    """Whether members may be left out of those due in a vote by this rule."""
    return RULES[rule].election and RULES[rule].suffrage_only


def count_of(vote: Vote, room: Electorate, left_out: int, numbers: Mapping[str, int | None]) -> Count:
    """The numbers of a vote, given who may vote and is present, and how many members of those are left out."""
    given = {name: value for name, value in numbers.items() if value is not None}
    base: dict[str, Any] = {
        name: value
        for name in ("eligible", "present", "eligible_area", "present_area")
        if (value := getattr(room, name)) is not None
    }
    if RULES[vote.rule].present_from_ballots and given.get("ballots_returned") is not None:
        base["present"] = min(given["ballots_returned"], base.get("eligible", 0))
    if left_out and "eligible" in base:
        base["eligible"] = max(base["eligible"] - left_out, 0)
    house = house_rule_of({"house_rule": vote.house_rule}) if vote.house_rule else None
    return Count(**{**base, **_taking_part(vote.rule, room, given), **given}, house_rule=house)


def _taking_part(rule: str, room: Electorate, given: Mapping[str, int]) -> dict[str, int]:
    """Owners without named ballots: those took part whose valid papers were counted."""
    if not RULES[rule].by_area or room.present is not None:
        return {}
    heads = sum(given.get(name, 0) for name in HEADS[:3])
    return {"present": heads, "present_area": sum(given.get(f"{name}_area", 0) for name in HEADS[:3])}


def _moment(session: Session, meeting: Meeting, vote: Vote) -> datetime | None:
    if isinstance(session, Act):
        return session.now
    return vote.at or meeting.closed_at


def in_election(numbers: Mapping[str, int | None]) -> dict[str, int | None]:
    """The numbers of an election with candidates: every paper that came back and is not invalid was cast."""
    returned = numbers.get("ballots_returned")
    if returned is None:
        return dict(numbers)
    valid = max(returned - (numbers.get("invalid") or 0), 0)
    return {**numbers, "in_favour": valid, "against": None, "abstain": None}


def faults(
    vote: Vote, count: Count, candidates: Votes | None, names: Mapping[uuid.UUID, str] | None = None
) -> tuple[AppError, ...]:
    """Every sum that does not hold, those of the candidates too, by their `names`."""
    found = list(sum_faults(vote.rule, count))
    law, issued = RULES[vote.rule], count.ballots_issued
    by_head = not (law.by_area or law.proxy or law.present_from_ballots)
    if by_head and issued is not None and issued > count.present + count.written_opinions:
        found.append(AppError(N_("{issued} papers went out to {present} voters: each voter gets one."),
                              issued=issued, present=count.present))  # fmt: skip
    if candidates is None:
        return tuple(found)
    valid = count.number("cast")
    for person, votes in candidates.items():
        if sum(votes) > valid:
            found.append(AppError(
                N_("The votes for {name} come to {sum}, but only {valid} valid ballots came back."),
                name=(names or {}).get(person, "—"), sum=sum(votes), valid=valid,
            ))  # fmt: skip
    together, most = sum(votes[0] for votes in candidates.values()), valid * (vote.seats or 1)
    if together > most:
        found.append(AppError(
            N_("All candidates have {sum} votes in favour; {valid} ballots for {seats} seats allow {most} at most."),
            sum=together, valid=valid, seats=vote.seats or 1, most=most,
        ))  # fmt: skip
    return tuple(found)


def names_of(session: Session, candidates: Votes | None) -> dict[uuid.UUID, str]:
    """What the candidates are called."""
    named = select(Person.id, Person.name).where(Person.id.in_(candidates or ()))
    return {row[0]: row[1] for row in session.execute(named)} if candidates else {}


def judge(vote: Vote, count: Count, candidates: Votes | None, at: datetime) -> tuple[Verdict, Election | None]:
    """What the law of the day makes of the numbers; with candidates, who is elected."""
    day = at.astimezone(DISPLAY_ZONE).date()
    if not candidates:
        return judged(vote.rule, count, day), None
    named = [(str(key), votes[0]) for key, votes in candidates.items()]
    election = elect(vote.rule, count, named, vote.seats or 1, day, further=(vote.round or 1) > 1)
    checks = next(iter(election.verdicts.values())).checks
    return Verdict(election.quorate, election.passed, election.explanation, checks), election


def preview(work: Work, vote_id: uuid.UUID, candidates: Votes | None = None, **numbers: int | None) -> Preview:
    """What the numbers mean before anything is saved."""
    with work.read() as session:
        vote = session.get_one(Vote, vote_id)
        meeting = find(session, session.get_one(AgendaEntry, vote.entry_id).meeting_id)
        if vote.at is None:
            vote.at = work.clock()
        told = in_election(numbers) if candidates else with_opinions(session, meeting, vote, numbers)
        count = count_now(session, meeting, vote, told)
        names = names_of(session, candidates)
        session.expunge_all()
    verdict, election = judge(vote, count, candidates, vote.at)
    wrong = faults(vote, count, candidates, names)
    near = None if wrong else _near(vote, count, candidates)
    return Preview(count, verdict, wrong, not_cast(vote.rule, count), election, near)


def counted(
    vote: Vote, roll: Roll, candidates: Votes | None, numbers: Mapping[str, int | None]
) -> Preview | None:  # fmt: skip
    """What a vote that is counted came to, by the roll alone; None where more than the roll must be asked."""
    if RULES[vote.rule].by_area or leaves_out(vote.rule) or vote.at is None:
        return None
    count = count_of(vote, roll.electorate(vote.rule, vote.at), 0, in_election(numbers) if candidates else numbers)
    verdict, election = judge(vote, count, candidates, vote.at)
    return Preview(count, verdict, faults(vote, count, candidates), not_cast(vote.rule, count), election)


def _near(vote: Vote, count: Count, candidates: Votes | None) -> AppError | None:
    """Why a count should be taken twice; a roll call is a list of names that can be read back instead."""
    if vote.method in ("roll_call", "consensus") or vote.at is None:
        return None
    day = vote.at.astimezone(DISPLAY_ZONE).date()
    if not candidates:
        pair = bool(vote.series) and (vote.series or {}).get("way") == "pairs"
        return (close_pair if pair else close)(vote.rule, count, day)
    named = [(str(key), votes[0]) for key, votes in candidates.items()]
    return close_election(vote.rule, count, named, vote.seats or 1, day, further=(vote.round or 1) > 1)


def warning(work: Work, entry_id: uuid.UUID, rule: str) -> AppError | None:
    """Before a vote: that it cannot pass whatever happens, or that there is no quorum; None when it can."""
    if RULES[rule].by_area or RULES[rule].present_from_ballots:
        return None
    with work.read() as session:
        entry = session.get_one(AgendaEntry, entry_id)
        count = _count_before(session, work, entry, Vote(rule=rule))
    return _never(rule, count)


def _never(rule: str, count: Count) -> AppError | None:
    """That it cannot pass even if everybody present is in favour, with those who said so in writing."""
    return advance_warning(rule, replace(count, written_opinions=count.in_favour))


def _count_before(session: Session, work: Work, entry: AgendaEntry, vote: Vote) -> Count:
    """The numbers of now before anybody votes in the room: what came in writing is given already."""
    meeting = find(session, entry.meeting_id)
    vote.at = looked_at(work, meeting)
    sent = sent_in(session, meeting, entry.id) if RULES[vote.rule].written_opinions else None
    given = {choice: getattr(sent, choice) for choice in HEADS[:3]} if sent is not None else {}
    return count_now(session, meeting, vote, {**given, "written_opinions": sent.count if sent is not None else None})


def possible(
    work: Work, entry_id: uuid.UUID, rule: str, house_rule: Mapping[str, Any] | None = None
) -> tuple[AppError, ...]:
    """What is still possible with those who are there now; first, where it is so, that it cannot pass at all."""
    if RULES[rule].by_area or RULES[rule].present_from_ballots:
        return ()
    with work.read() as session:
        entry = session.get_one(AgendaEntry, entry_id)
        count = _count_before(
            session, work, entry, Vote(rule=rule, house_rule=dict(house_rule) if house_rule else None)
        )
    never = _never(rule, count)
    return (*((never,) if never is not None else ()), *still_possible(rule, count))


def before(
    work: Work, entry_id: uuid.UUID, rule: str, option_id: uuid.UUID | None = None
) -> tuple[tuple[AppError, ...], bool]:
    """All sentences on what is missing before a vote by this rule, and whether one of them bars it."""
    lacking = unmet(work, entry_id, rule, option_id)
    return tuple(one.sentence for one in lacking if one.sentence is not None), any(bars(one) for one in lacking)


def passable(work: Work, entry_id: uuid.UUID, rule: str, option_id: uuid.UUID | None = None) -> tuple[str, ...]:
    """The gates that are not met and may be passed over with a reason, which is printed."""
    return tuple(one.gate.id for one in unmet(work, entry_id, rule, option_id) if one.gate.effect == "warn")


def unmet(work: Work, entry_id: uuid.UUID, rule: str, option_id: uuid.UUID | None = None) -> list[GateState]:
    """Every gate before a vote by this rule that is not met now."""
    with work.read() as session:
        entry = session.get_one(AgendaEntry, entry_id)
        states = gate_states(session, entry, Vote(rule=rule, at=work.clock(), option_id=option_id))
    return [state for state in states if not state.met]


def given(numbers: Mapping[str, int | None], names: Sequence[str]) -> dict[str, Any]:
    """Those of the numbers that somebody gave, under the names of the meeting file; areas in 0.01 m²."""
    pairs = [(name, name) for name in names] + [(f"{name}_area_m2", f"{name}_area") for name in names]
    return {key: numbers[name] for key, name in pairs if numbers.get(name) is not None}
