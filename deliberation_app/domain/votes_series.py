"""More than two options: each approved on its own or compared two by two; what the table says, and its Chinese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from deliberation_app.errors import N_

Way = Literal["approval", "pairs"]
WAYS: Mapping[str, str] = {
    "approval": N_("Approval: each option is counted on its own, the most votes win"),
    "pairs": N_("In pairs: each option against each other"),
}
LEAST = 3
OWN_VOTE = "两两比较只排先后，每个方案还要单独表决"


@dataclass(frozen=True, kw_only=True)
class SeriesVote:
    """One counted vote of a series: the options it is about by name, and its numbers.

    In a pair `in_favour` are the votes for the first option and `against` those for the second.
    """

    options: tuple[str, ...]
    eligible: int
    present: int
    in_favour: int
    against: int
    abstain: int
    quorate: bool = True
    passed: bool = False


@dataclass(frozen=True, kw_only=True)
class SeriesTable:
    """What a series has come to: the rows so far, how many votes are still to come, who is ahead of all others."""

    way: Way
    options: tuple[str, ...]
    rows: tuple[SeriesVote, ...]
    left: int
    winners: tuple[str, ...]  # several: level; none: nobody beats every other one, or it is not over
    same_voters: bool = True

    @property
    def over(self) -> bool:
        """Whether every vote of the series is counted."""
        return self.left == 0


def votes_of(way: str, options: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The votes that a series is made of, in order: each option, or each pair."""
    if way == "approval":
        return tuple((option,) for option in options)
    return tuple(combinations(options, 2))


def table(way: Way, options: Sequence[str], rows: Sequence[SeriesVote]) -> SeriesTable:
    """What the votes counted so far come to."""
    left = len(votes_of(way, options)) - len(rows)
    winners = () if left > 0 else _approved(rows) if way == "approval" else _beats_all(options, rows)
    return SeriesTable(
        way=way, options=tuple(options), rows=tuple(rows), left=max(left, 0), winners=winners,
        same_voters=len({(row.eligible, row.present) for row in rows}) <= 1,
    )  # fmt: skip


def _approved(rows: Sequence[SeriesVote]) -> tuple[str, ...]:
    """The options with the most votes, of those whose vote was valid."""
    valid = [row for row in rows if row.quorate]
    most = max((row.in_favour for row in valid), default=0)
    return tuple(row.options[0] for row in valid if row.in_favour == most and most > 0)


def _beats_all(options: Sequence[str], rows: Sequence[SeriesVote]) -> tuple[str, ...]:
    """The one option that wins against each other one, if there is one."""
    wins = dict.fromkeys(options, 0)
    for row in rows:
        first, second = row.options
        if row.quorate and row.in_favour != row.against:
            wins[first if row.in_favour > row.against else second] += 1
    return tuple(option for option, won in wins.items() if won == len(options) - 1)


def level(found: SeriesTable) -> tuple[str, ...]:
    """The options that have the most votes alike once each was voted on; empty where one is ahead, or none."""
    return found.winners if found.way == "approval" and len(found.winners) > 1 else ()


def came_to(found: SeriesTable) -> str:
    """What a series came to, in Chinese without its full stop; the numbers of pairs with it, which no vote tells."""
    return _approval_words(found) if found.way == "approval" else printed(found)


def printed(found: SeriesTable) -> str:
    """The table as one Chinese sentence for the record, without its full stop."""
    if found.way == "approval":
        parts = "，".join(f"{row.options[0]}赞成{row.in_favour}" for row in found.rows)
        said = f"逐案认可，同一批人对每案各表决一次：{parts}；{_approval_words(found)}"
    else:
        parts = "，".join(f"{row.options[0]}对{row.options[1]}{row.in_favour}比{row.against}" for row in found.rows)
        said = f"两两比较：{parts}；{_pair_words(found)}"
    changed = "" if found.same_voters else "；各次表决应到或到会人数不同"
    return f"{said}{changed}" + (f"；{OWN_VOTE}" if found.way == "pairs" else "")


def _approval_words(found: SeriesTable) -> str:
    if not found.over:
        return f"尚有{found.left}案未表决"
    if not found.winners:
        return "没有得票最多的方案"
    most = next(row.in_favour for row in found.rows if row.options[0] == found.winners[0])
    if len(found.winners) > 1:
        return f"{'、'.join(found.winners)}同得{most}票，并列最多"
    return f"{found.winners[0]}得票最多"


def _pair_words(found: SeriesTable) -> str:
    if not found.over:
        return f"尚有{found.left}对未比较"
    if len(found.options) == 2:  # those that were level before
        return f"{found.winners[0]}得票较多" if found.winners else "票数相同，未分先后"
    return f"{found.winners[0]}两两均胜" if found.winners else "没有两两均胜的方案"
