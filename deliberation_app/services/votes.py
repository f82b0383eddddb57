"""Votes: put to the meeting, counted, judged by the rule that applies, counted again."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deliberation_app.domain import meetings as law
from deliberation_app.domain.meeting_file_counts import house_rule_of
from deliberation_app.domain.votes import (
    RULES,
    Count,
    GateFacts,
    GateState,
    Verdict,
    advance_warning,
    below_floor,
    elect,
    gates,
    sum_faults,
)
from deliberation_app.errors import N_, AppError, RuleBroken
from deliberation_app.services.act import Act
from deliberation_app.services.floor_roll import roll_of
from deliberation_app.services.meetings import find, mention, require
from deliberation_app.services.work import Work
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.base import derived_id, new_id
from deliberation_app.storage.floor import FloorState, Statement
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.votes import Ballot, Candidate, Vote

METHODS = {
    "show_of_hands": N_("Show of hands"),
    "roll_call": N_("Roll call"),
    "secret_ballot": N_("Secret ballot"),
    "written": N_("In writing"),
    "consensus": N_("Consensus"),
}


@dataclass(frozen=True)
class Preview:
    """What the numbers typed so far mean: the verdict, and every sum that does not add up yet."""

    count: Count
    verdict: Verdict
    faults: tuple[AppError, ...]


def open_vote(
    work: Work,
    entry_id: uuid.UUID,
    *,
    motion: str,
    rule: str | None = None,
    method: str = "show_of_hands",
    option_id: uuid.UUID | None = None,
    seats: int | None = None,
    candidates: Sequence[uuid.UUID] = (),
    house_rule: Mapping[str, Any] | None = None,
    overrides: Mapping[str, str] | None = None,
) -> uuid.UUID:
    """Put a motion to the vote; refused with every gate not met, `overrides` are reasons for those that may be."""
    if not motion.strip():
        raise RuleBroken(N_("Type the motion as it will be read out."))
    with work.act("votes.open") as act:
        entry = act.get_one(AgendaEntry, entry_id)
        meeting = find(act, entry.meeting_id)
        require(meeting, "open")
        rule = _allowed_rule(meeting, rule or law.KINDS[meeting.kind].default_rule, house_rule)
        vote = Vote(
            id=new_id(), entry_id=entry_id, position=_next_position(act, entry_id), motion=motion.strip(),
            option_id=option_id, method=method, rule=rule, seats=seats, opened_at=act.now,
            house_rule=dict(house_rule) if house_rule else None,
        )  # fmt: skip
        vote.overrides = _overridden(act, entry, vote, overrides or {})
        act.add(vote)
        for position, person_id in enumerate(candidates):
            act.add(Candidate(id=derived_id(vote.id, "candidates", person_id), vote_id=vote.id, position=position,
                              person_id=person_id, in_favour=0))  # fmt: skip
        mention(act, meeting.id, "person", candidates)
        act.get_one(FloorState, meeting.id).vote_id = vote.id
    return vote.id


def _allowed_rule(meeting: Meeting, rule: str | None, house_rule: Mapping[str, Any] | None) -> str:
    kind = law.KINDS[meeting.kind]
    if rule is None or rule not in kind.rules:
        raise RuleBroken(
            N_("In a meeting of the kind “{kind}” no vote is taken by the rule “{rule}”."),
            kind=kind.title,
            rule=RULES[rule].title if rule is not None and rule in RULES else "—",
        )
    fractions = house_rule_of({"house_rule": house_rule}) if house_rule else None
    fault = below_floor(fractions, meeting.kind) if fractions is not None else None
    if fault is not None:
        raise RuleBroken(N_("The unit's own rule lies below the law, so it cannot be used here."), reasons=(fault,))
    return rule


def _next_position(act: Act, entry_id: uuid.UUID) -> int:
    last = act.scalar(select(func.max(Vote.position)).where(Vote.entry_id == entry_id))
    return 0 if last is None else last + 1


def gate_states(session: Session, entry: AgendaEntry, vote: Vote) -> tuple[GateState, ...]:
    """Every gate before this vote, met or not, at this very moment."""
    meeting = find(session, entry.meeting_id)
    item = session.get(AgendaItem, entry.item_id) if entry.item_id is not None else None
    statements = session.scalar(select(func.count()).where(Statement.entry_id == entry.id)) or 0
    count = count_now(session, meeting, vote, {})
    facts = GateFacts(
        statements=statements,
        no_statements=bool(entry.no_statements),
        votable=item is None or item.votable is not False,
        names_option=vote.option_id is not None,
        eligible=count.eligible,
        present=count.present,
        quorate_now=RULES[vote.rule].by_area or RULES[vote.rule].present_from_ballots or _quorate(vote.rule, count),
        vital_interest=item is not None and bool(item.vital_interest),
        party_meetings=len(item.party_meetings or ()) if item is not None else 0,
    )
    return gates(facts, "vote")


def _quorate(rule: str, count: Count) -> bool:
    return RULES[rule].judge(count).quorate


def _overridden(act: Act, entry: AgendaEntry, vote: Vote, reasons: Mapping[str, str]) -> list[dict[str, str]] | None:
    """The gates passed over with a reason; raises with all that block or lack a reason."""
    unmet = [state for state in gate_states(act, entry, vote) if not state.met]
    blocking = [
        state for state in unmet
        if state.gate.id != "G9" and (state.gate.effect == "block" or not reasons.get(state.gate.id, "").strip())
    ]  # fmt: skip
    if blocking:
        sentences = tuple(state.sentence for state in blocking if state.sentence is not None)
        raise RuleBroken(N_("The vote cannot be opened yet."), reasons=sentences)
    given = [(state.gate.id, reasons.get(state.gate.id, "").strip()) for state in unmet]
    return [{"gate": gate, "reason": reason} for gate, reason in given if reason] or None


def count_now(session: Session, meeting: Meeting, vote: Vote, numbers: Mapping[str, int | None]) -> Count:
    """The numbers of a vote: who may vote and is present at its moment, and the counts as typed.

    `numbers` has the names of `Count`: in_favour … invalid, their `_area` in 0.01 m², ballots_issued, ballots_returned,
    written_opinions, and eligible/present with areas where somebody wrote them down.
    """
    given = {name: value for name, value in numbers.items() if value is not None}
    owners = RULES[vote.rule].by_area
    valid = None
    if owners:
        voters = select(Ballot.voter_id).where(Ballot.vote_id == vote.id, Ballot.choice != "invalid")
        valid = [str(key) for key in session.scalars(voters)] or None
    moment = vote.at if vote.counts is not None else None
    room = roll_of(session, meeting.id, flats=owners).electorate(
        vote.rule, moment or _moment(session, meeting, vote), valid
    )
    base: dict[str, Any] = {
        name: value
        for name in ("eligible", "present", "eligible_area", "present_area")
        if (value := getattr(room, name)) is not None
    }
    if RULES[vote.rule].present_from_ballots and given.get("ballots_returned") is not None:
        base["present"] = min(given["ballots_returned"], base.get("eligible", 0))
    house = house_rule_of({"house_rule": vote.house_rule}) if vote.house_rule else None
    return Count(**{**base, **given}, house_rule=house)


def _moment(session: Session, meeting: Meeting, vote: Vote) -> datetime | None:
    if isinstance(session, Act):
        return session.now
    return vote.at or meeting.closed_at


def preview(work: Work, vote_id: uuid.UUID, **numbers: int | None) -> Preview:
    """What the numbers mean before anything is saved."""
    with work.read() as session:
        vote = session.get_one(Vote, vote_id)
        meeting = find(session, session.get_one(AgendaEntry, vote.entry_id).meeting_id)
        if vote.at is None:
            vote.at = work.clock()
        count = count_now(session, meeting, vote, numbers)
        session.expunge_all()
    day = vote.at.astimezone(DISPLAY_ZONE).date()
    return Preview(count, RULES[vote.rule].judge(count, day), tuple(sum_faults(vote.rule, count)))


def warning(work: Work, entry_id: uuid.UUID, rule: str) -> AppError | None:
    """Before a vote: that it cannot pass whatever happens, or that there is no quorum; None when it can."""
    with work.read() as session:
        entry = session.get_one(AgendaEntry, entry_id)
        count = count_now(session, find(session, entry.meeting_id), Vote(id=new_id(), rule=rule, at=work.clock()), {})
    return None if RULES[rule].by_area or RULES[rule].present_from_ballots else advance_warning(rule, count)


_COUNTS = ("in_favour", "against", "abstain", "invalid")


def count(
    work: Work,
    vote_id: uuid.UUID,
    *,
    candidates: Mapping[uuid.UUID, tuple[int, int, int]] | None = None,
    **numbers: int | None,
) -> Verdict:
    """Close the vote with these numbers and judge it; refused while a sum does not add up.

    `numbers` as in count_now; `candidates` gives in favour, against, abstain for each person.
    """
    with work.act("votes.count") as act:
        vote, meeting = _open_vote(act, vote_id)
        vote.at = act.now
        counted = count_now(act, meeting, vote, numbers)
        faults = tuple(sum_faults(vote.rule, counted))
        if faults:
            raise RuleBroken(N_("The numbers do not add up yet."), reasons=faults)
        _write_counts(vote, numbers)
        return _judge(act, vote, counted, candidates)


def _write_counts(vote: Vote, numbers: Mapping[str, int | None]) -> None:
    vote.counts = _given(numbers, _COUNTS)
    vote.electorate = _given(numbers, ("eligible", "present")) or None
    for name in ("ballots_issued", "ballots_returned", "written_opinions"):
        if numbers.get(name) is not None:
            setattr(vote, name, numbers[name])


def _given(numbers: Mapping[str, int | None], names: Sequence[str]) -> dict[str, Any]:
    """Those of the numbers that somebody gave, under the names of the meeting file; areas in 0.01 m²."""
    pairs = [(name, name) for name in names] + [(f"{name}_area_m2", f"{name}_area") for name in names]
    return {key: numbers[name] for key, name in pairs if numbers.get(name) is not None}


def _judge(
    act: Act, vote: Vote, counted: Count, candidates: Mapping[uuid.UUID, tuple[int, int, int]] | None
) -> Verdict:
    day = (vote.at or act.now).astimezone(DISPLAY_ZONE).date()
    if candidates:
        for person_id, (in_favour, against, abstain) in candidates.items():
            row = act.get_one(Candidate, derived_id(vote.id, "candidates", person_id))
            row.in_favour, row.against, row.abstain = in_favour, against, abstain
        named = [(str(key), votes[0]) for key, votes in candidates.items()]
        election = elect(vote.rule, counted, named, vote.seats or 1, day)
        checks = next(iter(election.verdicts.values())).checks
        verdict = Verdict(election.quorate, election.passed, election.explanation, checks)
    else:
        verdict = RULES[vote.rule].judge(counted, day)
    vote.quorate, vote.passed = verdict.quorate, verdict.passed
    return verdict


def _open_vote(act: Act, vote_id: uuid.UUID) -> tuple[Vote, Meeting]:
    vote = act.get(Vote, vote_id)
    if vote is None:
        raise RuleBroken(N_("This vote was voided."))
    meeting = find(act, act.get_one(AgendaEntry, vote.entry_id).meeting_id)
    require(meeting, "open")
    return vote, meeting


def recount(
    work: Work, vote_id: uuid.UUID, *, reason: str, by_id: uuid.UUID | None = None, **numbers: int | None
) -> Verdict:
    """Count again: the earlier count is kept with who asked and why, the new one is judged at the same moment."""
    if not reason.strip():
        raise RuleBroken(N_("Say why it is counted again; the reason is printed."))
    with work.act("votes.recount") as act:
        vote, meeting = _open_vote(act, vote_id)
        if vote.counts is None or vote.at is None:
            raise RuleBroken(N_("This vote has not been counted yet."))
        earlier: dict[str, Any] = {"at": act.now.astimezone(DISPLAY_ZONE).isoformat(), "counts": dict(vote.counts)}
        earlier["reason"] = reason.strip()
        if by_id is not None:
            earlier["by"] = str(by_id)
            mention(act, meeting.id, "person", [by_id])
        counted = count_now(act, meeting, vote, numbers)
        faults = tuple(sum_faults(vote.rule, counted))
        if faults:
            raise RuleBroken(N_("The numbers do not add up yet."), reasons=faults)
        vote.recounts = [*(vote.recounts or []), earlier]
        _write_counts(vote, numbers)
        return _judge(act, vote, counted, None)


def announce(work: Work, vote_id: uuid.UUID) -> None:
    """The result has been read out; the floor is free again."""
    with work.act("votes.close") as act:
        vote, meeting = _open_vote(act, vote_id)
        if vote.counts is None:
            raise RuleBroken(N_("The vote has not been counted: type the numbers, or void it."))
        act.get_one(FloorState, meeting.id).vote_id = None


def void(work: Work, vote_id: uuid.UUID) -> None:
    """Take a vote back that was opened by mistake and not announced; the log keeps it."""
    with work.act("votes.void") as act:
        vote, meeting = _open_vote(act, vote_id)
        state = act.get_one(FloorState, meeting.id)
        if state.vote_id != vote_id:
            raise RuleBroken(N_("An announced vote stays on record; it can be counted again."))
        state.vote_id = None
        for record in (Candidate, Ballot):
            for row in act.scalars(select(record).where(record.vote_id == vote_id)):
                act.delete(row)
        act.delete(vote)
