"""Elections: each candidate is judged by the line, the seats go by number of votes, ties at the border to none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from deliberation_app.domain import votes_words
from deliberation_app.domain.votes_count import Count
from deliberation_app.domain.votes_rules import Rule, Verdict, rule_of
from deliberation_app.errors import N_, AppError, RuleBroken

Votes = Sequence[tuple[str, int]]


@dataclass(frozen=True)
class Election:
    """Who is elected, in order of votes; `tied` stand across the last seat, `unfilled` seats stay open.

    `next` says what follows and `stands` who stands in it, those with the most votes first.
    """

    elected: tuple[str, ...]
    tied: tuple[str, ...]
    unfilled: int
    verdicts: Mapping[str, Verdict]
    explanation: str
    quorate: bool = False
    next: tuple[AppError, ...] = ()
    stands: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Every seat is filled."""
        return self.quorate and self.unfilled == 0


def elect(
    rule: str | Rule,
    count: Count,
    candidates: Votes,
    seats: int = 1,
    day: date | None = None,
    *,
    further: bool = False,
    agreed: int | None = None,
) -> Election:
    """Judge each (id, votes in favour) against the same count and fill at most `seats` seats by number of votes.

    `further`: it is a further election after one that left seats open, by its own line where the law sets one;
    `agreed`: so many seats the meeting agreed to instead.
    """
    law = rule_of(rule)
    law = replace(law, passing=(law.further,)) if further and law.further is not None else law
    put_up, seats = seats, _agreed(law, seats, agreed)
    verdicts = {who: law.judge(replace(count, in_favour=votes), day) for who, votes in candidates}
    ranked = sorted(((votes, who) for who, votes in candidates if verdicts[who].passed), key=lambda pair: -pair[0])
    border = ranked[seats - 1][0] if len(ranked) > seats and ranked[seats][0] == ranked[seats - 1][0] else -1
    elected = tuple(who for votes, who in ranked[:seats] if votes != border)
    tied = tuple(who for votes, who in ranked if votes == border)
    outcome = law.judge(replace(count, in_favour=0), day)
    valid = outcome.quorate and not (law.election and count.more_returned_than_issued)
    explanation = outcome.explanation
    if valid:
        seated = _fewer(put_up, seats) + _seated(len(ranked), len(elected), len(tied), border, seats)
        explanation = votes_words.explain_election(law.words, count, outcome.checks, seated, law.clause(count, day))
    made = Election(elected, tied, seats - len(elected), verdicts, explanation, outcome.quorate)
    stands = _stands(made, candidates) if valid else tuple(who for who, _ in candidates)
    return replace(made, next=tuple(_next(law, made, valid)), stands=stands if made.unfilled else ())


def _agreed(law: Rule, seats: int, agreed: int | None) -> int:
    if agreed is None or agreed == seats:
        return seats
    if not law.fewer_by_agreement or not 1 <= agreed < seats:
        raise RuleBroken(N_("Under this rule the meeting cannot agree to {agreed} instead of {seats} seats."),
                         agreed=agreed, seats=seats)  # fmt: skip
    return agreed


def _fewer(put_up: int, seats: int) -> str:
    return f"经会议同意，应选名额由{put_up}人减为{seats}人；" if seats < put_up else ""


def _seated(over: int, elected: int, tied: int, border: int, seats: int) -> str:
    """How many are in and what follows, in Chinese."""
    if not over:
        return f"应选{seats}人，没有人达到，应当另行选举"
    start = f"应选{seats}人，{over}人达到，按得票多少当选{elected}人"
    if tied:
        return f"{start}；{tied}人同得{border}票，名额只余{seats - elected}个，应当就这{tied}人再次投票"
    return start if elected == seats else f"{start}，尚缺{seats - elected}人，应当另行选举"


def _stands(made: Election, candidates: Votes) -> tuple[str, ...]:
    """The tied, else the leading losers: one more than the open seats, with all who have as many votes as the last."""
    if made.tied:
        return made.tied
    losers = sorted(((votes, who) for who, votes in candidates if who not in made.elected), key=lambda pair: -pair[0])
    if len(losers) <= made.unfilled:
        return tuple(who for _, who in losers)
    last = losers[made.unfilled][0]
    return tuple(who for votes, who in losers if votes >= last)


def _next(law: Rule, made: Election, valid: bool) -> Iterator[AppError]:
    """What follows when not every seat is filled."""
    if not made.quorate:
        yield AppError(N_("Too few take part: nobody can be elected now."))
    elif not valid:
        yield AppError(N_("More ballots came back than went out: the election is void, all vote again."))
    elif made.tied:
        yield AppError(N_("{count} stand level across the last seats: vote again between them for {seats}."),
                       count=len(made.tied), seats=made.unfilled)  # fmt: skip
    elif made.unfilled:
        yield AppError(N_("{seats} seats stay open: a further election with the leading losers."), seats=made.unfilled)
        if law.further is not None:
            yield AppError(N_("In it the most votes win, but not less than {numerator}/{denominator} of the ballots."),
                           numerator=law.further.numerator, denominator=law.further.denominator)  # fmt: skip
        if law.fewer_by_agreement and made.elected:
            yield AppError(N_("Or the meeting agrees to {count} seats, where that is close to the number put up."),
                           count=len(made.elected))  # fmt: skip
