"""The conclusion of an entry: common ground and differences within its summary, a resolution drafted from its votes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deliberation_app.domain.minutes_entries import OUTCOMES, parted
from deliberation_app.domain.minutes_words import PAPER_METHODS
from deliberation_app.domain.votes import RULES

_COUNTED = (("赞成", "in_favour"), ("反对", "against"), ("弃权", "abstain"))


@dataclass(frozen=True)
class Counted:
    """A vote that was counted, as far as the draft of a resolution speaks of it; `subject` is the option voted on."""

    motion: str
    subject: str
    rule: str
    method: str
    counts: Mapping[str, Any]
    quorate: bool
    passed: bool
    # One of a comparison in pairs: it decides nothing on its subject.
    ranks: bool = False


def taken_apart(summary: str) -> tuple[str, str, str]:
    """A summary as (what was dealt with, common ground, differences)."""
    rest, parts = parted(summary)
    told = dict(parts)
    return rest, told.get(OUTCOMES[0], ""), told.get(OUTCOMES[1], "")


def put_together(rest: str, common: str, differences: str) -> str:
    """The summary with common ground and differences under their own words, each part a sentence."""
    told = [_closed(rest)] if rest.strip() else []
    parts = zip(OUTCOMES, (common, differences), strict=True)
    told += [f"{word}{_closed(text)}" for word, text in parts if text.strip()]
    return "".join(told)


def _closed(text: str) -> str:
    return text.strip() if text.strip().endswith(("。", "！", "？", "；")) else f"{text.strip()}。"


def resolution(votes: Sequence[Counted], compared: Sequence[str] = ()) -> str:
    """What the votes of an entry decided, in sentences the chair goes on from; empty where none was counted.

    `compared` is what comparisons of options came to, each without its full stop.
    """
    told = [_sentence(vote) for vote in votes if not vote.ranks] + [f"{said}。" for said in compared]
    if told and not any(RULES[vote.rule].legal_force for vote in votes):
        told.append("以上表决为意向，无法定效力。")
    return "".join(told)


def _sentence(vote: Counted) -> str:
    unit = "票" if vote.method in PAPER_METHODS else "人"
    numbers = "，".join(f"{word}{vote.counts[key]}{unit}" for word, key in _COUNTED if vote.counts.get(key) is not None)
    aside = f"（{numbers}）" if numbers else ""
    subject = vote.subject or f"“{vote.motion}”"
    if not vote.quorate:
        return f"{subject}表决时到会人数不足，未形成结果。"
    if not RULES[vote.rule].legal_force:
        return f"{subject}{'形成' if vote.passed else '未形成'}多数意见{aside}。"
    return f"{subject}表决{'通过' if vote.passed else '未通过'}{aside}。"
