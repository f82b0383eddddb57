"""Votes: put to the meeting, counted, judged by the rule that applies, counted again."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, func, select

from deliberation_app.domain import meetings as law
from deliberation_app.domain.meeting_file_counts import house_rule_of
from deliberation_app.domain.votes import RULES, Verdict, below_floor, with_force
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.services import floor_turns, votes_announced, votes_roll_call
from deliberation_app.services.act import Act
from deliberation_app.services.gates import count_bars
from deliberation_app.services.meeting_facts import carry_over, left_out_now, opinions_apart, with_opinions
from deliberation_app.services.meetings import find, mention, require
from deliberation_app.services.votes_numbers import (
    HEADS,
    Preview,
    Votes,
    bars,
    count_now,
    faults,
    gate_states,
    given,
    in_election,
    judge,
    names_of,
    preview,
    warning,
)
from deliberation_app.services.votes_roll_call import Ballots
from deliberation_app.services.work import Work
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.base import derived_id, new_id
from deliberation_app.storage.floor import FloorState
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.statements import Prepared
from deliberation_app.storage.votes import Ballot, Candidate, Vote

__all__ = [
    "METHODS", "Preview", "announce", "count", "count_now", "gate_states", "open_vote", "preview", "recount", "take_by",
    "void", "warning",
]  # fmt: skip

# Made once: to make a query takes longer than to ask it.
_VOTE, _CANDIDATE = Vote.__table__.c, Candidate.__table__.c
_LAST_POSITION = Prepared(select(func.max(_VOTE.position)).where(_VOTE.entry_id == bindparam("entry")))
_STANDING = Prepared(select(_CANDIDATE.person_id).where(_CANDIDATE.vote_id == bindparam("vote")))

METHODS = {
    "show_of_hands": N_("Show of hands"),
    "roll_call": N_("Roll call"),
    "secret_ballot": N_("Secret ballot"),
    "written": N_("In writing"),
    "consensus": N_("Consensus"),
}


def open_vote(
    work: Work,
    entry_id: uuid.UUID,
    *,
    motion: str,
    rule: str | None = None,
    method: str | None = None,
    option_id: uuid.UUID | None = None,
    seats: int | None = None,
    candidates: Sequence[uuid.UUID] = (),
    house_rule: Mapping[str, Any] | None = None,
    overrides: Mapping[str, str] | None = None,
    series: Mapping[str, Any] | None = None,
    round_: int | None = None,
) -> uuid.UUID:
    """Put a motion to the vote; refused with every gate not met, `overrides` are reasons for those that may be.

    Without `rule` or `method` the usual ones of the meeting and of the rule apply; `series` joins votes on several
    options, `round_` 2 is a further election. The turn under way ends.
    """
    if not motion.strip():
        raise RuleBroken(N_("Type the motion as it will be read out."))
    with work.act("votes.open") as act:
        entry = act.get_one(AgendaEntry, entry_id)
        require(meeting := find(act, entry.meeting_id), "open")
        state = act.get_one(FloorState, meeting.id)
        if state.vote_id is not None:
            raise RuleBroken(N_("A vote is still open: announce its result or void it, then open the next."))
        rule = _allowed_rule(meeting, rule or law.KINDS[meeting.kind].default_rule, house_rule)
        vote = Vote(
            id=new_id(), entry_id=entry_id, position=_next_position(act, entry_id), motion=motion.strip(),
            option_id=option_id, method=_allowed_method(rule, method), rule=rule, seats=seats, round=round_,
            house_rule=dict(house_rule or RULES[rule].carried() or ()) or None, series=dict(series or ()) or None,
            opened_at=act.now,
        )  # fmt: skip
        _check_candidates(rule, seats, candidates)
        vote.overrides = _overridden(act, entry, vote, overrides or {})
        act.add(vote)
        _begin(act, state, vote, candidates)
    return vote.id


def _begin(act: Act, state: FloorState, vote: Vote, candidates: Sequence[uuid.UUID]) -> None:
    """Whoever still has the floor has been heard: no clock runs on under a vote."""
    _let_stand(act, find(act, state.id), vote, candidates)
    floor_turns.end_turn(act, state.id)
    state.vote_id = vote.id


def _let_stand(act: Act, meeting: Meeting, vote: Vote, candidates: Sequence[uuid.UUID]) -> None:
    if RULES[vote.rule].election and RULES[vote.rule].suffrage_only:
        carry_over(act, meeting)
    for position, person_id in enumerate(candidates):
        act.add(Candidate(id=derived_id(vote.id, "candidates", person_id), vote_id=vote.id, position=position,
                          person_id=person_id, in_favour=0))  # fmt: skip
    mention(act, meeting.id, "person", candidates)


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


def _allowed_method(rule: str, method: str | None) -> str:
    allowed = RULES[rule].methods
    if method is None:
        return allowed[0]
    if method not in allowed:
        raise RuleBroken(
            N_("A vote by the rule “{rule}” is not taken in this way: choose another way of voting."),
            rule=RULES[rule].title,
        )
    return method


def _check_candidates(rule: str, seats: int | None, candidates: Sequence[uuid.UUID]) -> None:
    if RULES[rule].election and not candidates:
        raise RuleBroken(N_("An election needs its candidates: name at least one."))
    if len(set(candidates)) != len(candidates):
        raise RuleBroken(N_("Somebody stands twice among the candidates: each may stand once."))
    if candidates and (seats or 0) < 1:
        raise RuleBroken(N_("Say how many are to be elected."))


def _next_position(act: Act, entry_id: uuid.UUID) -> int:
    last: int | None = _LAST_POSITION.value(act.wire, {"entry": entry_id})
    return 0 if last is None else last + 1


def _overridden(act: Act, entry: AgendaEntry, vote: Vote, reasons: Mapping[str, str]) -> list[dict[str, str]] | None:
    """The gates passed over with a reason; raises with all that block or lack a reason."""
    unmet = [state for state in gate_states(act, entry, vote) if not state.met]
    said = {state.gate.id: reasons.get(state.gate.id, "").strip() for state in unmet}
    blocking = [
        state for state in unmet if bars(state) or (state.gate.effect != "block" and not said[state.gate.id])
    ]  # fmt: skip
    if blocking:
        sentences = tuple(state.sentence for state in blocking if state.sentence is not None)
        raise RuleBroken(N_("The vote cannot be opened yet."), reasons=sentences)
    return [{"gate": gate, "reason": reason} for gate, reason in said.items() if reason] or None


def count(
    work: Work,
    vote_id: uuid.UUID,
    *,
    candidates: Votes | None = None,
    ballots: Ballots | None = None,
    **numbers: int | None,
) -> Verdict:
    """Close the vote with these numbers and judge it; refused while a sum does not add up.

    `numbers` as in count_now; `candidates` gives in favour, against, abstain for each person, `ballots` the choice of
    each voter of a roll call, whose sums are then the numbers.
    """
    with work.act("votes.count") as act:
        vote, meeting = _open_vote(act, vote_id)
        vote.at = act.now
        if ballots is not None:
            numbers = {**numbers, **votes_roll_call.write(act, meeting, vote, ballots)}
        return _take(act, vote, meeting, numbers, candidates)


def _take(
    act: Act, vote: Vote, meeting: Meeting, numbers: Mapping[str, int | None], candidates: Votes | None
) -> Verdict:
    """Check the numbers, write them, and judge the vote at its moment."""
    _check_named(act, vote, candidates)
    vote.draft = None
    numbers = in_election(numbers) if candidates else with_opinions(act, meeting, vote, numbers)
    counted = count_now(act, meeting, vote, numbers)
    bars = count_bars(act, meeting, vote.rule, vote.entry_id)
    apart = opinions_apart(act, meeting, vote, numbers)
    wrong = (*faults(vote, counted, candidates, names_of(act, candidates)), *((apart,) if apart is not None else ()))
    if wrong:
        raise RuleBroken(N_("The numbers do not add up yet."), reasons=(*wrong, *bars))
    if bars:
        raise RuleBroken(N_("The numbers add up, but this vote cannot be counted yet."), reasons=bars)
    vote.counts = given(numbers, HEADS)
    vote.electorate = given(numbers, ("eligible", "present")) or _taken_part(act, meeting, vote, counted)
    for name in ("ballots_issued", "ballots_returned", "written_opinions"):
        setattr(vote, name, numbers.get(name))
    for person_id, (in_favour, against, abstain) in (candidates or {}).items():
        row = act.get_one(Candidate, derived_id(vote.id, "candidates", person_id))
        row.in_favour, row.against, row.abstain = in_favour, against, abstain
    verdict, _ = judge(vote, counted, candidates, vote.at or act.now)
    vote.quorate, vote.passed = verdict.quorate, verdict.passed
    return verdict


def _taken_part(act: Act, meeting: Meeting, vote: Vote, counted: Any) -> dict[str, int] | None:
    """Owners who took part, and members due without those left out: no attendance gives their number."""
    if not RULES[vote.rule].by_area:
        # Only elections leave members out (G13); the file then says how many were due.
        apart = RULES[vote.rule].election and RULES[vote.rule].suffrage_only and left_out_now(act, meeting)
        return {"eligible": counted.eligible} if apart else None
    return {"present": counted.present, "present_area_m2": counted.present_area}


def _check_named(act: Act, vote: Vote, candidates: Votes | None) -> None:
    standing = {row[0] for row in _STANDING.rows(act.wire, {"vote": vote.id})}
    if standing != set(candidates or ()):
        raise RuleBroken(N_("Enter the votes of every candidate, 0 where there are none."))


def _open_vote(act: Act, vote_id: uuid.UUID) -> tuple[Vote, Meeting]:
    vote = act.get(Vote, vote_id)
    if vote is None:
        raise RuleBroken(N_("This vote was voided."))
    meeting = find(act, act.get_one(AgendaEntry, vote.entry_id).meeting_id)
    require(meeting, "open")
    return vote, meeting


def recount(
    work: Work,
    vote_id: uuid.UUID,
    *,
    reason: str,
    by_id: uuid.UUID | None = None,
    candidates: Votes | None = None,
    ballots: Ballots | None = None,
    **numbers: int | None,
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
        if ballots is not None:
            numbers = {**numbers, **votes_roll_call.write(act, meeting, vote, ballots)}
        verdict = _take(act, vote, meeting, numbers, candidates)
        vote.recounts = [*(vote.recounts or []), earlier]
        _open_again(act, meeting, vote)
        return verdict


def _open_again(act: Act, meeting: Meeting, vote: Vote) -> None:
    """A result that was announced is another one now: it is announced as well."""
    state = act.get_one(FloorState, meeting.id)
    if state.vote_id is None:
        state.vote_id = vote.id
        votes_announced.count_again(state, vote.id)
    elif state.vote_id != vote.id:
        raise RuleBroken(N_("A vote is still open: announce its result or void it, then count this one again."))


def announce(work: Work, vote_id: uuid.UUID) -> None:
    """The result is read out and the room sees it; the floor is free again."""
    with work.act("votes.close") as act:
        vote, meeting = _open_vote(act, vote_id)
        if vote.counts is None:
            raise RuleBroken(N_("The vote has not been counted: type the numbers, or void it."))
        state = act.get_one(FloorState, meeting.id)
        state.vote_id = None
        votes_announced.announce(state, vote.id, act.now)


def reword(work: Work, vote_id: uuid.UUID, motion: str) -> None:
    """Put the open vote in other words before anybody is counted; that a straw poll binds nobody stays in them."""
    if not motion.strip():
        raise RuleBroken(N_("Type the motion as it will be read out."))
    with work.act("votes.reword") as act:
        vote, _ = _open_vote(act, vote_id)
        if vote.counts is not None:
            raise RuleBroken(N_("This vote is counted: its words stand. Void it, and put the right words to the vote."))
        vote.motion = with_force(vote.rule, motion.strip())


def take_by(work: Work, vote_id: uuid.UUID, method: str) -> None:
    """Take the open vote in another way, as when somebody objects and hands are counted."""
    with work.act("votes.method") as act:
        vote, _ = _open_vote(act, vote_id)
        if vote.counts is not None:
            raise RuleBroken(N_("This vote is counted already; count it again instead."))
        vote.method = _allowed_method(vote.rule, method)
        vote.draft = None


def void(work: Work, vote_id: uuid.UUID, reason: str = "") -> None:
    """Take a vote back that was not announced; the log keeps it, and once it is counted its reason is kept too."""
    with work.act("votes.void") as act:
        vote, meeting = _open_vote(act, vote_id)
        state = act.get_one(FloorState, meeting.id)
        if state.vote_id != vote_id or votes_announced.is_again(state, vote_id):
            raise RuleBroken(N_("An announced vote stays on record; it can be counted again."))
        if (vote.counts is not None or vote.draft) and not reason.strip():
            raise RuleBroken(N_("This vote is counted: say why it is void; the reason is kept."))
        state.vote_id = None
        if reason.strip():
            _keep_reason(act, meeting, vote, reason.strip())
        for record in (Candidate, Ballot):
            for row in act.scalars(select(record).where(record.vote_id == vote_id)):
                act.delete(row)
        act.delete(vote)


def _keep_reason(act: Act, meeting: Meeting, vote: Vote, reason: str) -> None:
    """A voided vote leaves the record; that there was one, and why it is void, stays with the meeting."""
    voided = {"motion": vote.motion, "at": act.now.astimezone(DISPLAY_ZONE).isoformat(), "reason": reason}
    voided["entry"] = str(vote.entry_id)
    kept = meeting.prepared or {}
    meeting.prepared = {**kept, "voided": [*kept.get("voided", ()), voided]}
