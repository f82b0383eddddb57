"""An election tried with numbers before it is held: who of several candidates would be elected, and what follows."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from deliberation_app.domain.votes import RULES, Count, Election, elect
from deliberation_app.errors import AppError
from deliberation_app.services import votes_numbers
from deliberation_app.storage.votes import Vote


@dataclass(frozen=True, kw_only=True)
class ElectionTrial:
    """What the votes of several candidates come to; `elected`, `tied` and `stands` are names as they were typed."""

    election: Election
    elected: tuple[str, ...]
    tied: tuple[str, ...]
    stands: tuple[str, ...]
    faults: tuple[AppError, ...]


def can_be_further(rule_id: str) -> bool:
    """Whether the law sets a line of its own for a further election."""
    return RULES[rule_id].further is not None


def try_election(
    rule_id: str,
    numbers: Mapping[str, int],
    day: date,
    candidates: Sequence[tuple[str, int]],
    seats: int,
    *,
    further: bool = False,
) -> ElectionTrial:
    """Judge several candidates on the same ballots, without any meeting."""
    given: dict[str, Any] = {name: number or 0 for name, number in votes_numbers.in_election(numbers).items()}
    count = Count(**given)
    if RULES[rule_id].present_from_ballots and "present" not in numbers:
        count = replace(count, present=min(count.ballots_returned or 0, count.eligible))
    ballots = [(str(at), votes) for at, (_name, votes) in enumerate(candidates)]
    election = elect(rule_id, count, ballots, seats, day, further=further)
    votes = {uuid.UUID(int=at): (given_votes, 0, 0) for at, (_name, given_votes) in enumerate(candidates)}
    names = {str(at): name for at, (name, _votes) in enumerate(candidates)}
    return ElectionTrial(
        election=election, elected=_named(election.elected, names), tied=_named(election.tied, names),
        stands=_named(election.stands, names),
        faults=votes_numbers.faults(Vote(rule=rule_id, seats=seats), count, votes),
    )  # fmt: skip


def _named(keys: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(names[key] for key in keys)
