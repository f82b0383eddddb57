"""Every line of every rule, flipped and moved one at a time: the examples and the boundaries notice each change."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from deliberation_app.domain.votes import RULES, Count, Fraction, HouseRule, Requirement, Rule

EXAMPLES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "rule-examples.json").read_text("utf-8"))
# An odd whole, an even one, one that every denominator divides, and a large one.
WHOLES = (29, 30, 60, 9_999_960)
# Written down from the law, not read from the tables: (quorum, pass, whole of the pass line); "+" is strict.
LAW = {
    "branch_resolution": ("1/2", "+1/2", "eligible"), "branch_admission": ("+1/2", "+1/2", "eligible"),
    "branch_election": ("4/5", "+1/2", "present"), "committee_resolution": ("1/2", "+1/2", "eligible"),
    "residents_assembly": ("+1/2", "+1/2", "present"), "residents_representatives": ("2/3", "+1/2", "present"),
    "residents_election": ("+1/2", "+1/2", "present"),
    "residents_representatives_election": ("+2/3", "+1/2", "present"),
    "villagers_assembly": ("+1/2", "+1/2", "present"), "villagers_assembly_households": ("2/3", "+1/2", "present"),
    "villagers_group": ("2/3", "+1/2", "present"), "villagers_representatives": ("2/3", "+1/2", "present"),
    "four_discussions": ("2/3", "+1/2", "eligible"), "owners_ordinary": ("2/3", "+1/2", "present"),
    "owners_special": ("2/3", "3/4", "present"), "affected_owners_unanimous": ("1/1", "1/1", "eligible"),
    "straw_poll": ("2/3", "+1/2", "present"), "house_rule": ("2/3", "+1/2", "present"),
}  # fmt: skip
FURTHER = {"residents_election", "residents_representatives_election"}


class Mutant(NamedTuple):
    """A rule with one thing changed, and what was changed."""

    rule: Rule
    change: str


def changed_lines(line: Requirement) -> Iterator[tuple[Requirement, str]]:
    """The same line with ≥ and > exchanged, a bit more or less, another fraction of law, another whole, or by area."""
    yield replace(line, strict=not line.strict), "≥ and > exchanged"
    for numerator, denominator in ((1, 3), (1, 2), (2, 3), (3, 4), (4, 5), (1, 1)):
        if numerator * line.denominator != line.numerator * denominator:
            yield replace(line, numerator=numerator, denominator=denominator), f"{numerator}/{denominator}"
    for step in (-1, 1):
        nudged = replace(line, numerator=line.numerator * 1000 + step, denominator=line.denominator * 1000)
        yield nudged, f"{step:+} per mille of its fraction"
    if line.part == "in_favour":
        other = {"eligible": "present", "present": "eligible"}[line.of]
        yield replace(line, of=other), f"of {other}"  # type: ignore[arg-type]
        yield replace(line, of="cast"), "of the votes cast"
    yield replace(line, by="heads" if line.by == "area" else "area"), "heads and area exchanged"


def mutants(rule: Rule) -> Iterator[Mutant]:
    """Each line of a rule changed or left out, one at a time, and the words that decide about elections."""
    for name in ("quorum", "passing"):
        lines: tuple[Requirement, ...] = getattr(rule, name)
        for place, line in enumerate(lines):
            before, after = lines[:place], lines[place + 1 :]
            label = f"{name} by {line.by}"
            for new, change in changed_lines(line):
                yield Mutant(replace(rule, **{name: (*before, new, *after)}), f"{label}: {change}")
            yield Mutant(replace(rule, **{name: (*before, *after)}), f"{label}: left out")
    yield Mutant(replace(rule, election=not rule.election), "election or not")


def numbers(example: dict[str, Any]) -> Count:
    """The count of a worked example."""
    found: dict[str, Any] = {}
    for name, value in {**example["electorate"], **example["counts"]}.items():
        area = name.endswith("_m2")
        found[name.removesuffix("_m2") if area else name] = int(Decimal(str(value)) * 100) if area else value
    found |= {name: example[name] for name in ("ballots_issued", "ballots_returned", "written_opinions")
              if name in example}  # fmt: skip
    if "house_rule" in example:
        house = example["house_rule"]
        found["house_rule"] = HouseRule(Fraction(**house["quorum"]), Fraction(**house["passing"]))
    return Count(**found)


def least(whole: int, line: str) -> int:
    """The smallest part that reaches a line written as '+1/2'."""
    numerator, denominator = (int(part) for part in line.removeprefix("+").split("/"))
    return whole * numerator // denominator + 1 if line.startswith("+") else -(-whole * numerator // denominator)


def boundaries(rule: str) -> Iterator[tuple[Count, bool, bool]]:
    """Counts on the line, one below and one above, with what the law says of them; by area alone where it counts."""
    quorum, passing, of = LAW[rule]
    for whole in WHOLES:
        needed = least(whole, quorum)
        for present in (needed - 1, needed, min(whole, needed + 1), whole):
            votes = least(whole if of == "eligible" else present, passing)
            for favour in (votes - 1, votes, votes + 1):
                yield from both(whole, present, favour, present >= needed, favour >= votes, rule)
        if quorum == passing == "1/1":  # only more heads than there are tell the two wholes apart here
            yield Count(eligible=whole, present=whole + 1, in_favour=whole), True, True


def both(
    whole: int, present: int, favour: int, quorate: bool, enough: bool, rule: str
) -> Iterator[tuple[Count, bool, bool]]:
    """The case by heads with all the area there, and by area with all the heads there."""
    full = {"eligible": whole, "present": whole, "in_favour": whole, "against": 0}
    case = {"eligible": whole, "present": present, "in_favour": favour, "against": 3}
    area = {f"{name}_area": value for name, value in case.items()}
    passed = quorate and enough
    if rule.startswith("owners"):
        yield Count(**case, **{f"{name}_area": value for name, value in full.items()}), quorate, passed
        yield Count(**full, **area), quorate, passed
    else:
        yield Count(**case), quorate, passed
    if rule.endswith("election"):
        more = {"ballots_issued": present, "ballots_returned": present + 1}
        yield Count(**case, **more), quorate, False
    else:
        yield Count(**case, **({f"{name}_area": value for name, value in full.items()}), ballots_issued=1,
                    ballots_returned=2), quorate, passed  # fmt: skip


def killed(rule: Rule) -> bool:
    """Whether an example or a boundary notices that this is not the rule of law."""
    for example in EXAMPLES:
        if example["rule"] == rule.id:
            verdict = rule.judge(numbers(example))
            if {"quorate": verdict.quorate, "passed": verdict.passed} != example["verdict"]:
                return True
    for count, quorate, passed in boundaries(rule.id):
        verdict = rule.judge(count)
        if (verdict.quorate, verdict.passed) != (quorate, passed):
            return True
    return False


def test_the_rules_themselves_survive() -> None:
    assert set(LAW) == set(RULES)
    assert [rule.id for rule in RULES.values() if killed(rule)] == []


def test_every_mutant_is_killed() -> None:
    report, alive = [], []
    for rule in RULES.values():
        for mutant in mutants(rule):
            fate = killed(mutant.rule)
            report.append(f"{'killed' if fate else 'ALIVE '} {rule.id}: {mutant.change}")
            if not fate:
                alive.append(report[-1])
    sys.stdout.write("\n".join(["", *report, ""]))  # seen with -s
    assert len(report) > 400
    assert alive == []


def test_the_line_of_a_further_election_is_a_third() -> None:
    lines = {rule.id: rule.further for rule in RULES.values() if rule.further is not None}
    assert set(lines) == FURTHER
    for line in lines.values():
        for whole in WHOLES:
            assert line.needed(whole) == least(whole, "1/3")
        for new, change in changed_lines(line):
            moved = any(new.needed(whole) != line.needed(whole) for whole in WHOLES)
            assert moved or (new.of, new.by) != (line.of, line.by), change
