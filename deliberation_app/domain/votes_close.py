"""A close count is taken twice: when one vote decides, or the line is nearer than one in fifty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from deliberation_app.domain.votes_count import Count, Requirement, area_text
from deliberation_app.domain.votes_election import Votes, elect
from deliberation_app.domain.votes_rules import Rule, rule_of
from deliberation_app.errors import N_, AppError

# House rule: nearer to the line than one in fifty of the whole is close; no law sets a number.
ONE_IN = 50
_GIVEN = ("in_favour", "against", "abstain")
Numbers = Mapping[str, int | None]


def close(rule: str | Rule, count: Count, day: date | None = None) -> AppError | None:
    """Why these numbers are counted a second time; None where the line is far away or there is no quorum."""
    law = rule_of(rule)
    verdict = law.judge(count, day)
    if not verdict.quorate or verdict.by_hand or law.election:
        return None
    for line in law.lines(count)[1]:
        part, whole = count.number(line.part, line.by), count.number(line.of, line.by)
        if line.by == "heads" and one_vote_decides(law, count, day):
            # What was counted first is not said: whoever counts again is not to know it.
            return AppError(N_("One vote decides: {needed} in favour are needed. Count a second time."),
                            needed=line.needed(whole))  # fmt: skip
        if abs(part - line.needed(whole)) * ONE_IN <= whole:
            return _near(line, whole)
    return None


def close_pair(rule: str | Rule, count: Count, day: date | None = None) -> AppError | None:
    """The same for two options compared: which of them is ahead; there is no line to reach."""
    verdict = rule_of(rule).judge(count, day)
    apart = abs(count.in_favour - count.against)
    if not verdict.quorate or verdict.by_hand:
        return None
    # One who is counted on the wrong side takes from one and gives to the other.
    if apart <= 2:
        return AppError(N_("One vote decides which of the two is ahead. Count a second time."))
    return AppError(N_("The two are close. Count a second time.")) if apart * ONE_IN <= count.present else None


def _near(line: Requirement, whole: int) -> AppError:
    show = area_text if line.by == "area" else str
    said = {
        "heads": N_("Close, within 1 in {one_in}: {needed} in favour are needed. Count a second time."),
        "area": N_("Close, within 1 in {one_in}: {needed} m² in favour are needed. Count a second time."),
    }[line.by]
    return AppError(said, needed=show(line.needed(whole)), one_in=ONE_IN)


def one_vote_decides(rule: str | Rule, count: Count, day: date | None = None) -> bool:
    """Whether the outcome were another one if a single vote had been counted in the wrong place."""
    law = rule_of(rule)
    passed = law.judge(count, day).passed
    return any(law.judge(other, day).passed != passed for other in _moved(count))


def _moved(count: Count) -> Iterator[Count]:
    for giver in _GIVEN:
        for taker in _GIVEN:
            if giver != taker and getattr(count, giver) > 0:
                yield replace(count, **{giver: getattr(count, giver) - 1, taker: getattr(count, taker) + 1})


def close_election(
    rule: str | Rule, count: Count, candidates: Votes, seats: int, day: date | None = None, *, further: bool = False
) -> AppError | None:
    """The same for an election: one vote for one candidate, more or less, would elect others."""
    now = elect(rule, count, candidates, seats, day, further=further)
    if not now.quorate or count.more_returned_than_issued:
        return None
    for at, (who, votes) in enumerate(candidates):
        for other in {max(votes - 1, 0), min(votes + 1, count.number("cast"))} - {votes}:
            moved = [*candidates[:at], (who, other), *candidates[at + 1 :]]
            then = elect(rule, count, moved, seats, day, further=further)
            if set(then.elected) != set(now.elected):
                return AppError(N_("One vote for one candidate decides who is elected. Count a second time."))
    return None


def differences(first: Numbers, second: Numbers) -> tuple[tuple[str, int, int], ...]:
    """Where two counts of the same vote differ: the number, first and second; one left out is 0."""
    names = [*first, *(name for name in second if name not in first)]
    pairs = ((name, first.get(name) or 0, second.get(name) or 0) for name in names)
    return tuple((name, before, after) for name, before, after in pairs if before != after)


def papers_so_far(count: Count, typed: Sequence[str], seats: int | None = None) -> tuple[AppError, ...]:
    """While a secret ballot is counted: what the papers typed so far leave for the numbers still to come."""
    issued, returned = count.ballots_issued, count.ballots_returned
    said: list[AppError] = []
    if issued is not None and count.present and issued != count.present:
        said.append(AppError(N_("{issued} papers went out to {present} voters: each voter gets one."),
                             issued=issued, present=count.present))  # fmt: skip
    if issued is not None and returned is not None and returned < issued:
        said.append(AppError(N_("{missing} of {issued} papers did not come back."),
                             missing=issued - returned, issued=issued))  # fmt: skip
    if returned is None or seats is not None:
        return tuple(said)
    valid, given = returned - count.invalid + count.written_opinions, count.number("cast")
    if "invalid" in typed and valid < given:
        said.append(AppError(
            N_("{returned} came back, {invalid} of them invalid: the valid votes make {valid}, not {given}."),
            returned=returned, invalid=count.invalid, valid=max(valid, 0), given=given,
        ))  # fmt: skip
    elif given < valid:
        said.append(AppError(
            N_("{returned} came back: {given} votes and {invalid} invalid papers so far, {left} are still missing."),
            returned=returned, given=given, invalid=count.invalid, left=valid - given,
        ))  # fmt: skip
    return tuple(said)
