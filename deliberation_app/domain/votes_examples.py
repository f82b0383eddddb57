"""EXAMPLES: one worked example for each rule, to be read beside it (rules.md 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from deliberation_app.domain.votes_count import Count

_OWNERS = Count(eligible=96, eligible_area=672_000, present=80, present_area=560_000)

EXAMPLES: Mapping[str, Count] = MappingProxyType({
    "branch_resolution": Count(eligible=20, present=16, in_favour=10, against=4, abstain=2),
    "branch_admission": Count(eligible=15, present=8, in_favour=8, against=1, written_opinions=1),
    "branch_election": Count(
        eligible=30, present=24, in_favour=13, against=8, abstain=3, ballots_issued=24, ballots_returned=24
    ),
    "committee_resolution": Count(eligible=4, present=2, in_favour=2),
    "residents_assembly": Count(eligible=300, present=151, in_favour=76, against=60, abstain=15),
    "residents_representatives": Count(eligible=45, present=30, in_favour=16, against=10, abstain=4),
    "residents_election": Count(
        eligible=800, present=401, in_favour=201, against=150, abstain=40, invalid=10, ballots_issued=405,
        ballots_returned=401,
    ),
    "residents_representatives_election": Count(
        eligible=45, present=30, in_favour=25, against=3, abstain=2, ballots_issued=30, ballots_returned=30
    ),
    "villagers_assembly": Count(eligible=801, present=401, in_favour=201, against=180, abstain=20),
    "villagers_assembly_households": Count(eligible=240, present=160, in_favour=80, against=60, abstain=20),
    "villagers_group": Count(eligible=60, present=39, in_favour=39),
    "villagers_representatives": Count(eligible=36, present=24, in_favour=13, against=9, abstain=2),
    "four_discussions": Count(eligible=36, present=24, in_favour=18, against=4, abstain=2),
    "owners_ordinary": replace(
        _OWNERS, in_favour=41, in_favour_area=280_000, against=33, against_area=240_000, abstain=6,
        abstain_area=40_000,
    ),
    "owners_special": replace(
        _OWNERS, in_favour=62, in_favour_area=419_999, against=15, against_area=120_001, abstain=3,
        abstain_area=20_000,
    ),
    "affected_owners_unanimous": Count(eligible=4, present=4, in_favour=3, abstain=1),
    "straw_poll": Count(eligible=22, present=18, in_favour=9, against=6, abstain=3),
    "house_rule": Count(eligible=20, present=14, in_favour=8, against=4, abstain=2),
})  # fmt: skip
