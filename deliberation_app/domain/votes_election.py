"""Elections: each candidate is judged by the line, the seats go by number of votes, ties at the border to none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from deliberation_app.domain import votes_words
from deliberation_app.domain.votes_count import Count
from deliberation_app.domain.votes_rules import Rule, Verdict, rule_of


@dataclass(frozen=True)
class Election:
    """Who is elected, in order of votes; `tied` stand across the last seat, `unfilled` seats stay open."""

    elected: tuple[str, ...]
    tied: tuple[str, ...]
    unfilled: int
    verdicts: Mapping[str, Verdict]
    explanation: str
    quorate: bool = False

    @property
    def passed(self) -> bool:
        """Every seat is filled."""
        return self.quorate and self.unfilled == 0


def elect(
    rule: str | Rule, count: Count, candidates: Sequence[tuple[str, int]], seats: int = 1, day: date | None = None
) -> Election:
    """Judge each (id, votes in favour) against the same count and fill at most `seats` seats by number of votes."""
    law = rule_of(rule)
    verdicts = {who: law.judge(replace(count, in_favour=votes), day) for who, votes in candidates}
    ranked = sorted(((votes, who) for who, votes in candidates if verdicts[who].passed), key=lambda pair: -pair[0])
    border = ranked[seats - 1][0] if len(ranked) > seats and ranked[seats][0] == ranked[seats - 1][0] else -1
    elected = tuple(who for votes, who in ranked[:seats] if votes != border)
    tied = tuple(who for votes, who in ranked if votes == border)
    outcome = law.judge(replace(count, in_favour=0), day)
    explanation = outcome.explanation
    if outcome.quorate and not (law.election and count.more_returned_than_issued):
        seated = _seated(len(ranked), len(elected), len(tied), border, seats)
        explanation = votes_words.explain_election(law.words, count, outcome.checks, seated, law.clause(count, day))
    return Election(elected, tied, seats - len(elected), verdicts, explanation, outcome.quorate)


def _seated(over: int, elected: int, tied: int, border: int, seats: int) -> str:
    """How many are in and what follows, in Chinese."""
    if not over:
        return f"应选{seats}人，没有人达到，应当另行选举"
    start = f"应选{seats}人，{over}人达到，按得票多少当选{elected}人"
    if tied:
        return f"{start}；{tied}人同得{border}票，名额只余{seats - elected}个，应当就这{tied}人再次投票"
    return start if elected == seats else f"{start}，尚缺{seats - elected}人，应当另行选举"
