"""Votes: the numbers, the rules that judge them, elections, sums, and the gates before a vote (all public)."""

from __future__ import annotations

from deliberation_app.domain.votes_count import Check, Count, Fraction, HouseRule, Requirement, area_text, percent
from deliberation_app.domain.votes_election import Election, elect
from deliberation_app.domain.votes_gates import GATES, Gate, GateFacts, GateState, gates
from deliberation_app.domain.votes_house import below_floor
from deliberation_app.domain.votes_law import Law, law_on
from deliberation_app.domain.votes_rules import RULES, Rule, Verdict, rule_of
from deliberation_app.domain.votes_sums import advance_warning, in_advance, not_cast, reachable, sum_faults
from deliberation_app.domain.votes_words import Words, fraction_text, numeral

__all__ = [
    "GATES", "RULES", "Check", "Count", "Election", "Fraction", "Gate", "GateFacts", "GateState", "HouseRule", "Law",
    "Requirement", "Rule", "Verdict", "Words", "advance_warning", "area_text", "below_floor", "elect", "fraction_text",
    "gates", "in_advance", "law_on", "not_cast", "numeral", "percent", "reachable", "rule_of", "sum_faults",
]  # fmt: skip
