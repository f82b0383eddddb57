"""GATES: each with facts that it bars and the nearest that pass; every change of the table is noticed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from typing import Any, NamedTuple

import pytest

from deliberation_app.domain.votes import GATES, Gate, GateFacts, gates
from deliberation_app.domain.votes_exclusions import EXCLUSIONS
from deliberation_app.domain.votes_law import BOTH_LAWS
from deliberation_app.errors import AppError

LATE = AppError("Notice 9 days before the meeting; at least 10 are needed.")
# Written down from rules.md 4.1, not read from the table: effect, moment, facts that are barred, facts that pass.
LAW: dict[str, tuple[str, str, list[dict[str, Any]], list[dict[str, Any]]]] = {
    "G1": ("block", "decided", [{"vital_interest": True}], [{"vital_interest": True, "party_meetings": 1}, {}]),
    "G2": ("block", "notice", [{"important": True}], [{"important": True, "party_discussion_linked": True}, {}]),
    "G3": ("warn", "vote", [{"important_in_branch": True}],
           [{"important_in_branch": True, "committee_discussed": True}, {}]),
    "G4": ("block", "vote", [{}], [{"statements": 1}, {"no_statements": True}]),
    "G5": ("block", "vote", [{"votable": False}], [{"votable": False, "names_option": True}, {}]),
    "G6": ("block", "fee", [{"fee": True}], [{"fee": True, "owners_special_passed": True}, {}]),
    "G7": ("block", "vote", [{"earlier_admission_open": True}], [{"admission": True}]),
    "G8": ("block", "count", [{"written_opinions": 2, "written_opinions_faulty": 1}], [{"written_opinions": 2}]),
    "G9": ("block", "vote", [{"quorate_now": False}], [{}]),
    "G10": ("warn", "publication", [{"checked_against_law": False}], [{}]),
    "G11": ("block", "decided", [{"needs_routing": True}, {"needs_routing": True, "routing": "none"}],
            [{"needs_routing": True, "routing": "direct"}, {}]),
    "G12": ("block", "vote", [{"points_weigh": True}], [{}]),
    "G13": ("block", "vote", [{"excluded": 1, "election": True}, {"excluded": 1, "exclusion_approved": True}],
            [{"excluded": 1, "election": True, "exclusion_approved": True}, {}]),
    "G14": ("warn", "notice", [{"concerns_unit": True, "unit_concerned_not_invited": True}], [{"concerns_unit": True}]),
    "G15": ("block", "post", [{"relatives_on_oversight": True}], [{}]),
    "G16": ("warn", "parking", [{"renters_before_owners": True}], [{}]),
    "G17": ("warn", "publication", [{"common_income": True, "common_income_unsaid": True}], [{"common_income": True}]),
    "G18": ("block", "opening", [{"notice_needed": True, "notice_short": LATE}], [{"notice_needed": True}]),
    "G19": ("block", "vote", [{"secret_needed": True, "secret": False}], [{"secret_needed": True}, {"secret": False}]),
    "G20": ("warn", "vote", [{"delivery_needed": True, "undelivered": 1}], [{"delivery_needed": True}]),
}  # fmt: skip
SINCE = {"G2", "G11", "G15"}  # asked for only since 2026-01-01 (rules.md 5)


class Mutant(NamedTuple):
    """A gate with one thing changed, and what was changed."""

    gate: Gate
    change: str


def mutants(gate: Gate) -> Iterator[Mutant]:
    """Each gate always open, always shut, turned round, of the other effect, at another moment, older or newer."""
    yield Mutant(replace(gate, met=lambda facts: True), "always open")
    yield Mutant(replace(gate, met=lambda facts: False), "always shut")
    yield Mutant(replace(gate, met=lambda facts: not gate.met(facts)), "turned round")
    yield Mutant(replace(gate, effect="warn" if gate.effect == "block" else "block"), "block and warn exchanged")
    yield Mutant(replace(gate, at="vote" if gate.at != "vote" else "notice"), "before another moment")
    yield Mutant(replace(gate, since=date.min if gate.since > date.min else BOTH_LAWS), "older or newer law")
    for field in fields(GateFacts):  # one fact ignored: it always has its default
        default = getattr(GateFacts(), field.name)
        blind = replace(gate, met=lambda facts, always={field.name: default}: gate.met(replace(facts, **always)))
        told = [*LAW[gate.id][2], *LAW[gate.id][3]]
        if any(field.name in facts and facts[field.name] != default for facts in told) and not _same(gate, blind):
            yield Mutant(blind, f"blind to {field.name}")


def _same(gate: Gate, other: Gate) -> bool:
    """A fact that only says whether the gate has anything to ask, never whether it is met."""
    every = [GateFacts(**facts) for facts in (*LAW[gate.id][2], *LAW[gate.id][3])]
    return all(gate.met(facts) == other.met(facts) for facts in every)


def killed(gate: Gate) -> bool:
    """Whether the law as written down notices that this is not the gate."""
    effect, at, barred, passing = LAW[gate.id]
    if (gate.effect, gate.at, gate.since) != (effect, at, BOTH_LAWS if gate.id in SINCE else date.min):
        return True
    return any(gate.met(GateFacts(**facts)) for facts in barred) or not all(
        gate.met(GateFacts(**facts)) for facts in passing
    )


def test_the_gates_themselves_survive() -> None:
    assert set(LAW) == set(GATES)
    assert [gate.id for gate in GATES.values() if killed(gate)] == []


def test_every_mutant_is_killed() -> None:
    report = [
        f"{'killed' if killed(mutant.gate) else 'ALIVE '} {gate.id}: {mutant.change}"
        for gate in GATES.values() for mutant in mutants(gate)
    ]  # fmt: skip
    sys.stdout.write("\n".join(["", *report, ""]))  # seen with -s
    assert len(report) > 120
    assert [line for line in report if line.startswith("ALIVE")] == []


@pytest.mark.parametrize("gate", GATES.values(), ids=lambda gate: str(gate.id))
def test_a_gate_names_what_is_missing_and_applies_where_it_bars(gate: Gate) -> None:
    for told in LAW[gate.id][2]:
        [state] = [one for one in gates(GateFacts(**told), gate.at) if one.gate is gate]
        assert state.sentence is not None
        assert "{" not in str(state.sentence)
        assert state.applies
        assert state.overridable == (LAW[gate.id][0] == "warn")
    assert gate.name
    assert gate.clause


def test_a_short_notice_gives_way_only_where_the_law_excuses_it() -> None:
    for excusable in (True, False):
        facts = GateFacts(notice_needed=True, notice_short=LATE, notice_excusable=excusable)
        [state] = gates(facts, "opening")
        assert state.overridable is excusable
        assert "9 days" in str(state.sentence)


def test_older_days_are_not_asked_for_newer_gates() -> None:
    [old] = [one for one in gates(GateFacts(important=True), "notice", date(2025, 12, 31)) if one.gate.id == "G2"]
    [new] = [one for one in gates(GateFacts(important=True), "notice", BOTH_LAWS) if one.gate.id == "G2"]
    assert (old.required, old.met, new.required, new.met) == (False, True, True, False)


def test_the_six_reasons_to_leave_somebody_out() -> None:
    assert len(EXCLUSIONS) == 6
    assert all(one.title and one.name for one in EXCLUSIONS.values())
