"""The clause of the day, the gates before a vote, the floor under a unit's own rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app.domain.meetings import KINDS
from deliberation_app.domain.votes import (
    GATES,
    RULES,
    Count,
    Fraction,
    GateFacts,
    HouseRule,
    below_floor,
    gates,
    law_on,
)
from deliberation_app.domain.votes_law import CLAUSES
from deliberation_app.errors import AppError

BEFORE, AFTER = date(2025, 12, 31), date(2026, 1, 1)


def test_every_rule_has_a_clause_oldest_first() -> None:
    assert set(CLAUSES) == set(RULES)
    for clauses in CLAUSES.values():
        assert [clause.since for clause in clauses] == sorted(clause.since for clause in clauses)
        assert all(clause.text for clause in clauses)


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("residents_assembly", "第九条", "第二十六条、第二十七条"),
        ("villagers_assembly", "第二十一条、第二十二条", "第二十五条、第二十六条"),
        ("villagers_assembly_households", "第二十二条", "第二十六条"),
        ("villagers_representatives", "第二十五条、第二十六条", "第二十九条、第三十条"),
        ("villagers_group", "第二十八条", "第三十二条"),
        ("residents_representatives", "没有全国性条款", "第二十八条、第二十九条"),
        ("residents_election", "没有全国性条款", "第十四条至第十九条"),
        ("residents_representatives_election", "没有全国性条款", "第十九条"),
    ],
)
def test_old_law_and_new_change_on_new_years_day_2026(rule: str, old: str, new: str) -> None:
    assert old in law_on(rule, BEFORE).clause
    assert law_on(rule, BEFORE).remarks
    assert law_on(rule, AFTER).clause.endswith(new)
    assert law_on(rule, AFTER) == law_on(rule)
    assert not law_on(rule, AFTER).remarks


def test_owners_before_the_civil_code_are_judged_by_hand() -> None:
    old = law_on("owners_special", date(2020, 12, 31))
    assert old.by_hand
    assert "物业管理条例" in old.clause
    assert not law_on("owners_special", date(2021, 1, 1)).by_hand
    all_of_them = Count(eligible=9, present=9, in_favour=9, eligible_area=9, present_area=9, in_favour_area=9)
    by_hand = RULES["owners_special"].judge(all_of_them, date(2020, 12, 31))
    assert (by_hand.by_hand, by_hand.quorate, by_hand.passed, by_hand.checks) == (True, False, False, ())
    assert by_hand.explanation.startswith("人工判断")
    assert "×" not in by_hand.explanation
    now = RULES["owners_special"].judge(all_of_them, date(2021, 1, 1))
    assert (now.by_hand, now.passed) == (False, True)


def test_revised_admission_rules_are_marked_as_unchecked() -> None:
    assert not law_on("branch_admission", date(2026, 5, 17)).verify
    revised = law_on("branch_admission", date(2026, 5, 18))
    assert revised.verify
    assert "待核对" in revised.clause


@given(rule=st.sampled_from(sorted(RULES)), days=st.integers(-20_000, 20_000))
def test_every_day_has_a_clause_which_the_sentence_prints(rule: str, days: int) -> None:
    day = date(2026, 1, 1) + timedelta(days=days)
    law = law_on(rule, day)
    assert law.clause
    sentence = RULES[rule].judge(Count(eligible=3, present=3, in_favour=3), day).explanation
    assert (law.clause in sentence) == (RULES[rule].legal_force and not RULES[rule].own_fractions)


def test_before_any_text_the_remark_says_so() -> None:
    assert "早于" in law_on("branch_resolution", date(2018, 10, 27)).remarks[-1]


GATE_CASES = {
    "G1": {"vital_interest": True},
    "G2": {"important": True},
    "G3": {"important_in_branch": True},
    "G4": {"statements": 0},
    "G5": {"votable": False},
    "G6": {"fee": True},
    "G7": {"earlier_admission_open": True},
    "G8": {"written_opinions_faulty": 2},
    "G9": {"quorate_now": False, "eligible": 20, "present": 9},
    "G10": {"checked_against_law": False},
    "G11": {"needs_routing": True, "routing": "none"},
    "G12": {"points_weigh": True},
    "G13": {"excluded": 1, "exclusion_approved": True},
    "G14": {"unit_concerned_not_invited": True},
    "G15": {"relatives_on_oversight": True},
    "G16": {"renters_before_owners": True},
    "G17": {"common_income_unsaid": True},
    "G18": {"notice_short": AppError("Notice 3 days before.")},
    "G19": {"secret_needed": True, "secret": False},
    "G20": {"undelivered": 3},
}
CLEAN = GateFacts(statements=1)


def test_gates_are_numbered_as_in_the_rules() -> None:
    assert list(GATES) == [f"G{number}" for number in range(1, 21)] == list(GATE_CASES)


@pytest.mark.parametrize("gate", GATE_CASES)
def test_gate_stops_what_it_is_for_and_nothing_else(gate: str) -> None:
    facts = replace(CLEAN, **GATE_CASES[gate])
    moments = {entry.at for entry in GATES.values()}
    unmet = [state for moment in moments for state in gates(facts, moment) if not state.met]
    assert [state.gate.id for state in unmet] == [gate]
    sentence = unmet[0].sentence
    assert sentence is not None
    assert "{" not in str(sentence)


@pytest.mark.parametrize(
    ("facts", "gate"),
    [
        (GateFacts(no_statements=True), "G4"),
        (GateFacts(votable=False, names_option=True), "G5"),
        (GateFacts(vital_interest=True, party_meetings=1), "G1"),
        (GateFacts(needs_routing=True, routing="direct"), "G11"),
        (GateFacts(excluded=2, election=True, exclusion_approved=True), "G13"),
    ],
)
def test_gate_opens(facts: GateFacts, gate: str) -> None:
    assert GATES[gate].met(facts)


def test_gates_newer_than_the_record_are_not_required() -> None:
    facts = GateFacts(important=True, needs_routing=True, relatives_on_oversight=True)
    for moment, gate in (("notice", "G2"), ("decided", "G11"), ("post", "G15")):
        old = {state.gate.id: state for state in gates(facts, moment, BEFORE)}[gate]  # type: ignore[arg-type]
        assert (old.met, old.required, old.sentence) == (True, False, None)
        new = {state.gate.id: state for state in gates(facts, moment, AFTER)}[gate]  # type: ignore[arg-type]
        assert (new.met, new.required) == (False, True)


def test_a_reason_passes_only_where_the_law_allows_it() -> None:
    late = GateFacts(notice_short=AppError("late"), statements=1)
    assert [state.overridable for state in gates(late, "opening")] == [False]
    assert [state.overridable for state in gates(replace(late, notice_excusable=True), "opening")] == [True]
    warned = gates(replace(CLEAN, important_in_branch=True), "vote")
    assert [state.gate.id for state in warned if state.overridable] == ["G3"]
    assert not any(state.overridable for state in gates(GateFacts(), "vote"))


def house(quorum: tuple[str, int, int, bool], passing: tuple[str, int, int, bool]) -> HouseRule:
    return HouseRule(Fraction(*quorum), Fraction(*passing))  # type: ignore[arg-type]


LAWFUL = house(("eligible", 1, 2, False), ("eligible", 1, 2, True))


def test_own_rules_may_stand_on_the_line_or_above() -> None:
    assert below_floor(LAWFUL, "branch_assembly") is None
    assert below_floor(house(("eligible", 2, 3, False), ("eligible", 2, 3, False)), "branch_assembly") is None


@pytest.mark.parametrize(
    "own",
    [
        house(("eligible", 1, 3, False), ("eligible", 1, 2, True)),
        house(("eligible", 1, 2, False), ("eligible", 1, 2, False)),
        house(("eligible", 1, 2, False), ("present", 9, 10, True)),
        house(("present", 1, 1, False), ("eligible", 1, 2, True)),
    ],
)
def test_own_rules_below_the_law(own: HouseRule) -> None:
    fault = below_floor(own, "branch_assembly")
    assert fault is not None
    assert "1/2" in str(fault)


def test_committee_fixes_only_the_quorum_and_consultations_nothing() -> None:
    free = house(("eligible", 1, 2, False), ("cast", 1, 1000, False))
    assert below_floor(free, "branch_committee") is None
    assert below_floor(house(("eligible", 1, 3, True), ("cast", 1, 2, True)), "branch_committee") is not None
    nothing = house(("cast", 0, 1, False), ("cast", 0, 1, False))
    assert below_floor(nothing, "courtyard_consultation") is None
    assert below_floor(nothing, "council_meeting") is None
    assert all(below_floor(nothing, kind) for kind in KINDS if KINDS[kind].floor)
