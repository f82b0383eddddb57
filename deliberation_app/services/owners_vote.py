"""Votes of the owners in writing: questions put on the paper, counted together, written so that anyone can check."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from deliberation_app.domain.votes import RULES, Verdict
from deliberation_app.errors import N_, AppError, RuleBroken
from deliberation_app.services import owners
from deliberation_app.services.act import Act
from deliberation_app.services.kinds import kind_of
from deliberation_app.services.meetings import find as meeting_of
from deliberation_app.services.meetings import mention, require
from deliberation_app.services.owners import HEAD, Standing
from deliberation_app.services.owners_papers import questions_of
from deliberation_app.services.votes_numbers import bars, faults, gate_states, given, judge
from deliberation_app.services.work import Work
from deliberation_app.storage.base import derived_id, new_id
from deliberation_app.storage.floor import FloorState
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.people import Household, Unit
from deliberation_app.storage.votes import Ballot, FlatBallot, Vote, VotingFlat


def rules_for(work: Work, meeting_id: uuid.UUID) -> tuple[str, ...]:
    """The rules of this meeting's kind that judge by heads and area; none where owners do not vote so."""
    with work.read() as session:
        kind = kind_of(session, meeting_of(session, meeting_id))
        return tuple(rule for rule in kind.rules if rule in owners.AREA_RULES)


def ask(
    work: Work, entry_id: uuid.UUID, *, motion: str, rule: str | None = None, overrides: Mapping[str, str] | None = None
) -> uuid.UUID:
    """Put a question on the owners' paper; from the first one on the list of owners stays as it is."""
    if not motion.strip():
        raise RuleBroken(N_("Type the motion as it stands on the paper."))
    with work.act("votes.open") as act:
        entry = act.get_one(AgendaEntry, entry_id)
        meeting = meeting_of(act, entry.meeting_id)
        require(meeting, "open")
        kind = kind_of(act, meeting)
        rule = rule or kind.default_rule
        if rule not in kind.rules or rule not in owners.AREA_RULES:
            raise RuleBroken(N_("In this meeting the owners do not vote by heads and area."))
        totals = owners.list_totals(act, meeting.id)
        if not totals.flats:
            raise RuleBroken(N_("Take the list of owners from the register first: it says who votes with which area."))
        if _papers_in(act, meeting.id):
            raise RuleBroken(N_("Papers have come back already: a question cannot be added to them."))
        last = act.scalar(select(func.max(Vote.position)).where(Vote.entry_id == entry_id))
        vote = Vote(
            id=new_id(), entry_id=entry_id, position=0 if last is None else last + 1, motion=motion.strip(),
            method=RULES[rule].methods[0], rule=rule, opened_at=act.now,
            electorate={"eligible": totals.heads, "eligible_area_m2": totals.area},
        )  # fmt: skip
        vote.overrides = _passed_over(act, entry, vote, overrides or {})
        act.add(vote)
    return vote.id


def _papers_in(act: Act, meeting_id: uuid.UUID) -> bool:
    asked = [vote.id for vote, _ in questions_of(act, meeting_id) if vote.counts is None]
    query = select(FlatBallot.id).where(FlatBallot.vote_id.in_(asked), FlatBallot.replaced_at.is_(None)).limit(1)
    return act.scalars(query).first() is not None


def _passed_over(act: Act, entry: AgendaEntry, vote: Vote, reasons: Mapping[str, str]) -> list[dict[str, str]] | None:
    unmet = [state for state in gate_states(act, entry, vote) if not state.met]
    said = {state.gate.id: reasons.get(state.gate.id, "").strip() for state in unmet}
    blocking = [one for one in unmet if bars(one) or (one.gate.effect != "block" and not said[one.gate.id])]
    if blocking:
        sentences = tuple(state.sentence for state in blocking if state.sentence is not None)
        raise RuleBroken(N_("The vote cannot be opened yet."), reasons=sentences)
    return [{"gate": gate, "reason": reason} for gate, reason in said.items() if reason] or None


def count(work: Work, meeting_id: uuid.UUID) -> dict[uuid.UUID, Verdict]:
    """Close all open questions together: counts, electorate and named ballots are written and judged."""
    with work.act("votes.count") as act:
        meeting = meeting_of(act, meeting_id)
        require(meeting, "open")
        asked = [vote for vote, _ in questions_of(act, meeting_id) if vote.counts is None]
        if not asked:
            raise RuleBroken(N_("No vote of the owners is open."))
        return {vote.id: _close(act, meeting, vote) for vote in asked}


def _close(act: Act, meeting: Meeting, vote: Vote) -> Verdict:
    standing = owners.standing(act, meeting, vote.id)
    wrong = (*misfits(standing), *faults(vote, standing.count, None))
    if wrong:
        raise RuleBroken(N_("The papers do not add up yet. Nothing was saved."), reasons=wrong)
    said = standing.count
    names = (*owners.CHOICES, "eligible", "present")
    numbers: dict[str, Any] = {name: getattr(said, name) for name in names}
    numbers |= {f"{name}_area": getattr(said, f"{name}_area") for name in names}
    vote.at = act.now
    vote.counts = given(numbers, owners.CHOICES)
    vote.electorate = given(numbers, ("eligible", "present"))
    vote.ballots_issued, vote.ballots_returned = said.ballots_issued, said.ballots_returned
    _name_ballots(act, meeting, vote, standing)
    verdict, _ = judge(vote, said, None, act.now)
    vote.quorate, vote.passed = verdict.quorate, verdict.passed
    state = act.get(FloorState, meeting.id)
    if state is not None and state.vote_id == vote.id:
        state.vote_id = None
    return verdict


def misfits(standing: Standing) -> tuple[AppError, ...]:
    """What keeps the papers from adding up: papers of flats not in the log, owners of two opinions, none at all."""
    said = (
        (standing.unlogged, N_("{count} papers came back of flats that the delivery log does not name: note how "
                               "they were delivered.")),
        (standing.split, N_("{count} owners voted differently for their flats: one owner is one head, ask which.")),
    )  # fmt: skip
    return tuple(AppError(words, count=number) for number, words in said if number)


def _name_ballots(act: Act, meeting: Meeting, vote: Vote, standing: Standing) -> None:
    """A ballot for each owner, where owners and areas of the file say the same as the papers; else totals only."""
    low = func.min(FlatBallot.choice)
    good = owners.valid(owners.rules_of(act, meeting.unit_id))
    papers = (
        select(VotingFlat.owner_id, low, func.min(VotingFlat.number).label("number"))
        .join(FlatBallot, FlatBallot.household_id == VotingFlat.household_id)
        .where(VotingFlat.meeting_id == meeting.id, FlatBallot.vote_id == vote.id, FlatBallot.replaced_at.is_(None))
        .group_by(HEAD, VotingFlat.owner_id)
        .order_by("number")
    )
    cast = {owner: choice for owner, choice, _ in act.execute(papers.where(good))}
    spoilt = {owner: "invalid" for owner, _, _ in act.execute(papers.where(~good)) if owner not in cast}
    rows = [(owner, choice) for owner, choice in (cast | spoilt).items() if owner is not None]
    if not (_same_as_register(act, meeting.id) and _same_areas(act, meeting.id, rows, standing)):
        return
    act.insert(Ballot, [
        {"id": derived_id(vote.id, "ballots", owner), "vote_id": vote.id, "position": place, "voter_id": owner,
         "choice": choice} for place, (owner, choice) in enumerate(rows)
    ])  # fmt: skip
    mention(act, meeting.id, "person", [owner for owner, _ in rows])


def _same_areas(act: Act, meeting_id: uuid.UUID, rows: Sequence[tuple[uuid.UUID, str]], standing: Standing) -> bool:
    """A named ballot speaks for all flats of its owner; papers speak only for those that handed one in."""
    sums = select(VotingFlat.owner_id, func.sum(VotingFlat.area)).where(VotingFlat.meeting_id == meeting_id)
    areas = {row[0]: int(row[1] or 0) for row in act.execute(sums.group_by(VotingFlat.owner_id))}
    told = dict.fromkeys(owners.CHOICES, 0)
    for owner, choice in rows:
        told[choice] += areas[owner]
    return all(told[choice] == getattr(standing.count, f"{choice}_area") for choice in owners.CHOICES)


def _same_as_register(act: Act, meeting_id: uuid.UUID) -> bool:
    """Whether the file, which takes owners and areas from the register, shows the flats as the list has them."""
    query = select(VotingFlat.id).join(Household, Household.id == VotingFlat.household_id).where(
        VotingFlat.meeting_id == meeting_id,
        Household.area.is_distinct_from(VotingFlat.area) | Household.owner_id.is_distinct_from(VotingFlat.owner_id)
        | VotingFlat.area.is_(None) | VotingFlat.owner_id.is_(None),
    )  # fmt: skip
    return act.scalars(query.limit(1)).first() is None


def void(work: Work, vote_id: uuid.UUID) -> None:
    """Take a question off the paper that was put there by mistake, while nothing has come back."""
    with work.act("votes.void") as act:
        vote = act.get(Vote, vote_id)
        if vote is None or vote.counts is not None:
            raise RuleBroken(N_("This question was counted or taken off already."))
        entry = act.get_one(AgendaEntry, vote.entry_id)
        require(meeting_of(act, entry.meeting_id), "open")
        papers = list(act.scalars(select(FlatBallot).where(FlatBallot.vote_id == vote_id)))
        if papers:
            raise RuleBroken(N_("Papers have come back already: a question cannot be taken off them."))
        state = act.get(FloorState, entry.meeting_id)
        if state is not None and state.vote_id == vote_id:
            state.vote_id = None
        act.delete(vote)


def set_rules(work: Work, unit_id: uuid.UUID, *, unsigned_invalid: bool, silence: bool, words: str) -> None:
    """The unit's own rules on owners' papers; silence goes with the majority only where their words are given."""
    if silence and not words.strip():
        raise RuleBroken(N_("Write the words of the unit's own rules that let the silent follow the majority; they are "
                            "printed. Nothing was changed."))  # fmt: skip
    with work.act("units.edit") as act:
        unit = act.get_one(Unit, unit_id)
        told = {"unsigned_invalid": unsigned_invalid, "silence": silence, "words": words.strip()}
        unit.settings = {**(unit.settings or {}), "owners": told}


def rules(work: Work, unit_id: uuid.UUID) -> owners.OwnersRules:
    """The same, as it is set now."""
    with work.read() as session:
        return owners.rules_of(session, unit_id)
