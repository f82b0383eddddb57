"""Verdicts of the votes of a meeting: computed anew from the numbers, by the law of the day."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from deliberation_app.domain.meeting_file_counts import count_of, judge_vote, roll_of
from deliberation_app.domain.meeting_file_values import day_of
from deliberation_app.domain.minutes import JudgedVote
from deliberation_app.domain.votes import RULES, law_on, not_cast
from deliberation_app.services.act import Act
from deliberation_app.services.meeting_document import document
from deliberation_app.services.meeting_rows import Plain
from deliberation_app.storage.votes import Vote


@dataclass(frozen=True)
class Beside:
    """What is known of a vote and has no place in the meeting file: a further election, words for the record."""

    further: bool = False
    remarks: tuple[str, ...] = ()


_COUNTED = ("eligible", "present", "in_favour", "against", "abstain", "invalid")


def votes_in(told: Plain) -> Iterator[Plain]:
    """Every vote of a meeting file's meeting."""
    for entry in told["meeting"]["agenda"]:
        yield from entry.get("votes", ())


def judged(told: Plain, here: Mapping[str, Beside] | None = None) -> dict[str, JudgedVote]:
    """Each counted vote of a document with its numbers and verdict, by the law of its day.

    `here` is what this computer knows beside the document, by the ids of the votes.
    """
    roll = roll_of(told)
    found: dict[str, JudgedVote] = {}
    for vote in votes_in(told):
        beside = (here or {}).get(vote["id"], Beside())
        verdict, elected = judge_vote(told, vote, roll, further=beside.further)
        if verdict is None:
            continue
        count = count_of(told, vote, roll)
        numbers: dict[str, Any] = {name: getattr(count, name) for name in _COUNTED}
        numbers |= {f"{name}_area": getattr(count, f"{name}_area") for name in _COUNTED}
        found[vote["id"]] = JudgedVote(
            **numbers,
            not_cast=not_cast(vote["rule"], count),
            quorate=None if verdict.by_hand else verdict.quorate,
            passed=None if verdict.by_hand else verdict.passed,
            explanation=verdict.explanation,
            elected=elected,
            rule_title=RULES[vote["rule"]].title,
            by_hand=verdict.by_hand,
            remarks=(
                *law_on(vote["rule"], day_of(vote.get("at", told["meeting"]["starts_at"]))).remarks,
                *beside.remarks,
            ),
        )
    return found


def store(act: Act, meeting_id: uuid.UUID) -> None:
    """Keep what the rules say beside each vote of the meeting, for lists that show many."""
    told = document(act, meeting_id)
    roll = roll_of(told)
    for vote in votes_in(told):
        kept = act.get_one(Vote, uuid.UUID(vote["id"]))
        verdict, _ = judge_vote(told, vote, roll, further=(kept.round or 1) > 1)
        judged = verdict is not None and not verdict.by_hand
        kept.quorate = verdict.quorate if verdict is not None and judged else None
        kept.passed = verdict.passed if verdict is not None and judged else None
