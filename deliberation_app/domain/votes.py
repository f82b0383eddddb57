"""Votes: the numbers, the rules that judge them, elections, sums, and the gates before a vote (all public)."""

from __future__ import annotations

from deliberation_app.domain.votes_close import close, close_election, close_pair, differences, papers_so_far
from deliberation_app.domain.votes_count import Check, Count, Fraction, HouseRule, Requirement, area_text, percent
from deliberation_app.domain.votes_election import Election, elect
from deliberation_app.domain.votes_gates import GATES, Gate, GateFacts, GateState, gates
from deliberation_app.domain.votes_house import below_floor
from deliberation_app.domain.votes_law import Law, law_on
from deliberation_app.domain.votes_own import OwnRule, house_kinds, own_rule_faults, own_rules
from deliberation_app.domain.votes_owners import (
    BothCounts,
    Delivery,
    Paper,
    Tally,
    both_counts,
    owners_possible,
    tally,
    undelivered,
)
from deliberation_app.domain.votes_possible import possible_text, requirements, still_possible
from deliberation_app.domain.votes_rules import (
    RULES,
    Rule,
    Verdict,
    judged,
    motion_text,
    question,
    rule_of,
    with_force,
    without_force,
)
from deliberation_app.domain.votes_sums import advance_warning, in_advance, not_cast, reachable, sum_faults
from deliberation_app.domain.votes_words import Words, fraction_text, numeral

__all__ = [
    "GATES", "RULES", "BothCounts", "Check", "Count", "Delivery", "Election", "Fraction", "Gate", "GateFacts",
    "GateState", "HouseRule", "Law", "OwnRule", "Paper", "Requirement", "Rule", "Tally", "Verdict", "Words",
    "advance_warning", "area_text", "below_floor", "both_counts", "close", "close_election", "close_pair",
    "differences", "elect", "fraction_text", "gates", "house_kinds", "in_advance", "judged", "law_on", "motion_text",
    "not_cast", "numeral", "own_rule_faults", "own_rules", "owners_possible", "papers_so_far", "percent",
    "possible_text", "question", "reachable", "requirements", "rule_of", "still_possible", "sum_faults", "tally",
    "undelivered", "with_force", "without_force",
]  # fmt: skip
