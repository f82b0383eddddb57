"""Usual words of the roll as they go into the record: why somebody is not there, and what a written opinion says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from deliberation_app.domain.meetings_kinds import Kind
from deliberation_app.domain.people import normalise_query
from deliberation_app.domain.votes import RULES
from deliberation_app.errors import N_

_NUMBERS = re.compile(r"\d+")
USUAL_REASONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "leave": (
            "出差",
            "上班",
            "生病",
            "住院",
            "陪护病人",
            "照看孩子",
            "家中有事",
            "外出探亲",
            "参加上级会议",
            "行动不便",
        ),
        "absent": ("没有说明原因", "联系不上", "通知没有送到", "忘记了时间", "不愿参加"),
    }
)
CAPACITIES: Mapping[str, str] = MappingProxyType(
    {
        "voting": N_("with a vote"),
        "observing": N_("observer"),
        "invited": N_("invited"),
    }
)
CHOICES: Mapping[str, str] = MappingProxyType(
    {
        "in_favour": N_("in favour"),
        "against": N_("against"),
        "abstain": N_("abstains"),
    }
)


def allows_proxy(kind: Kind) -> bool:
    """Whether one of the rules by which this meeting decides recognises a written proxy."""
    return any(RULES[rule].proxy for rule in rules_of(kind))


def rules_of(kind: Kind) -> tuple[str, ...]:
    """The rules by which such a meeting decides, the usual one first."""
    return tuple(dict.fromkeys(rule for rule in (kind.default_rule, *kind.rules) if rule is not None))


def opinion_counts(kind: Kind) -> bool:
    """Whether a written opinion handed in before can count in a vote of this meeting."""
    return any(RULES[rule].written_opinions for rule in rules_of(kind))


def door_fits(typed: str, *door: str | None) -> bool:
    """Whether 1-2-301, 1号楼301 or 2单元 301 names this flat: its numbers in their order, the last one begun."""
    whole = "".join(part for part in door if part)
    wanted, has = _NUMBERS.findall(typed), _NUMBERS.findall(" ".join(part for part in door if part))
    if not wanted:
        return normalise_query(typed) in normalise_query(whole)
    place = 0
    for number in has:
        last = place == len(wanted) - 1
        if number == wanted[place] or (last and number.startswith(wanted[place])):
            place += 1
            if place == len(wanted):
                return True
    return False
