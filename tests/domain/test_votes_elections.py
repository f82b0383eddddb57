"""Elections after the count, what is still possible, owners' papers, silence, and rules of procedure of a unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app.domain.votes import (
    RULES,
    Count,
    Delivery,
    Fraction,
    OwnRule,
    Paper,
    both_counts,
    elect,
    house_kinds,
    in_advance,
    own_rule_faults,
    own_rules,
    possible_text,
    reachable,
    requirements,
    still_possible,
    tally,
    undelivered,
)
from deliberation_app.domain.votes_examples import EXAMPLES
from deliberation_app.domain.votes_possible import most_in_favour
from deliberation_app.errors import RuleBroken

ELECTIONS = [rule.id for rule in RULES.values() if rule.election]
VOTED = Count(eligible=100, present=90, in_favour=88, invalid=2, ballots_issued=92, ballots_returned=90)
TODAY = date(2026, 10, 20)


def said(errors: Any) -> str:
    return " | ".join(str(error) for error in errors)


def test_the_tied_stand_again_between_themselves() -> None:
    result = elect("residents_election", VOTED, [("甲", 80), ("乙", 60), ("丙", 60), ("丁", 20)], seats=2)
    assert (result.elected, result.tied, result.unfilled) == (("甲",), ("乙", "丙"), 1)
    assert result.stands == ("乙", "丙")
    assert "vote again between them for 1" in said(result.next)


def test_too_few_over_the_line_lead_to_a_further_election_by_a_third() -> None:
    votes = [("甲", 80), ("乙", 40), ("丙", 31), ("丁", 31), ("戊", 5)]
    first = elect("residents_election", VOTED, votes, seats=2)
    assert (first.elected, first.unfilled) == (("甲",), 1)
    assert first.stands == ("乙", "丙", "丁")  # one more than the seats, and whoever stands level with the last
    assert "1/3" in said(first.next)
    second = elect("residents_election", VOTED, [("乙", 30), ("丙", 29)], seats=1, further=True)
    assert (second.elected, second.next) == (("乙",), ())
    assert "达到参加投票人数三分之一，即至少30票" in second.explanation
    assert elect("residents_election", VOTED, [("乙", 29)], further=True).elected == ()
    assert elect("residents_election", VOTED, [("乙", 45)]).elected == ()


def test_a_branch_may_agree_to_fewer_and_nobody_else() -> None:
    count = Count(eligible=30, present=24, in_favour=24, ballots_issued=24, ballots_returned=24)
    votes = [("甲", 20), ("乙", 15), ("丙", 12)]
    first = elect("branch_election", count, votes, seats=3)
    assert (first.elected, first.passed) == (("甲", "乙"), False)
    assert "agrees to 2 seats" in said(first.next)
    agreed = elect("branch_election", count, votes, seats=3, agreed=2)
    assert agreed.passed
    assert "经会议同意，应选名额由3人减为2人" in agreed.explanation
    with pytest.raises(RuleBroken, match="cannot agree"):
        elect("residents_election", VOTED, votes, seats=3, agreed=2)
    with pytest.raises(RuleBroken, match="cannot agree"):
        elect("branch_election", count, votes, seats=3, agreed=4)


def test_a_further_election_of_a_branch_keeps_its_line() -> None:
    count = Count(eligible=30, present=24, in_favour=24, ballots_issued=24, ballots_returned=24)
    assert elect("branch_election", count, [("甲", 12)], further=True).elected == ()
    assert elect("branch_election", count, [("甲", 13)], further=True).elected == ("甲",)


def test_surplus_ballots_and_missing_voters() -> None:
    void = replace(VOTED, ballots_issued=89)
    result = elect("residents_election", void, [("甲", 80)], seats=1)
    assert (result.passed, result.stands) == (False, ("甲",))
    assert "void" in said(result.next)
    few = elect("residents_election", replace(VOTED, present=50), [("甲", 50)])
    assert "Too few" in said(few.next)


@pytest.mark.parametrize(("rule", "present", "line"), [
    ("residents_election", 90, 46), ("residents_election", 91, 46), ("residents_representatives_election", 90, 46),
    ("branch_election", 90, 46), ("branch_election", 89, 45),
])  # fmt: skip
def test_the_line_of_a_first_election_at_its_boundary(rule: str, present: int, line: int) -> None:
    count = replace(VOTED, eligible=100, present=present, in_favour=present, invalid=0, ballots_issued=92,
                    ballots_returned=present)  # fmt: skip
    for votes, elected in ((line - 1, False), (line, True), (line + 1, True)):
        result = elect(rule, count, [("甲", votes)])
        assert bool(result.elected) is elected
        assert result.next == () if elected else "stay open" in said(result.next)
        assert "《" in result.explanation  # the clause stands in the sentence that is read out


@pytest.mark.parametrize(("present", "line"), [(89, 30), (90, 30), (91, 31)])
@pytest.mark.parametrize("rule", ["residents_election", "residents_representatives_election"])
def test_the_third_of_a_further_election_at_its_boundary(rule: str, present: int, line: int) -> None:
    count = replace(VOTED, present=present, in_favour=present, invalid=0, ballots_returned=present)
    for votes, elected in ((line - 1, ()), (line, ("甲",)), (line + 1, ("甲",))):
        assert elect(rule, count, [("甲", votes)], further=True).elected == elected
    assert f"即至少{line}票" in elect(rule, count, [("甲", line)], further=True).explanation


def test_a_tie_matters_only_across_the_last_seat() -> None:
    level = [("甲", 60), ("乙", 60), ("丙", 60)]
    for seats, elected, tied in ((3, 3, 0), (2, 0, 3), (1, 0, 3)):
        result = elect("residents_election", VOTED, level, seats=seats)
        assert (len(result.elected), len(result.tied)) == (elected, tied)
    above = elect("residents_election", VOTED, [("甲", 61), *level[1:]], seats=1)
    assert (above.elected, above.tied) == (("甲",), ())
    # Level below the line is no tie: neither is elected, and both stand again.
    below = elect("residents_election", VOTED, [("甲", 60), ("乙", 45), ("丙", 45)], seats=2)
    assert (below.elected, below.tied, below.unfilled) == (("甲",), (), 1)
    assert set(below.stands) == {"乙", "丙"}
    assert "2人同得60票" in elect("residents_election", VOTED, level[:2], seats=1).explanation


def test_a_vote_between_the_tied_is_judged_by_the_same_line() -> None:
    again = elect("branch_election", VOTED, [("乙", 46), ("丙", 44)], seats=1)
    assert again.elected == ("乙",)
    still = elect("branch_election", VOTED, [("乙", 45), ("丙", 45)], seats=1)
    assert (still.elected, still.tied, still.unfilled) == ((), (), 1)


@pytest.mark.parametrize("agreed", [0, 3, 4, -1])
def test_a_branch_agrees_to_fewer_and_to_at_least_one(agreed: int) -> None:
    votes = [("甲", 80), ("乙", 70)]
    if agreed == 3:  # as many as were put up is no agreement
        assert elect("branch_election", VOTED, votes, seats=3, agreed=3).unfilled == 1
    else:
        with pytest.raises(RuleBroken, match="cannot agree"):
            elect("branch_election", VOTED, votes, seats=3, agreed=agreed)


@pytest.mark.parametrize("rule", ELECTIONS)
@given(
    votes=st.lists(st.integers(0, 90), min_size=1, max_size=8), seats=st.integers(1, 5), further=st.booleans(),
)  # fmt: skip
def test_nobody_with_fewer_votes_is_elected_before_one_with_more(
    rule: str, votes: list[int], seats: int, further: bool
) -> None:
    named = [(str(place), number) for place, number in enumerate(votes)]
    result = elect(rule, VOTED, named, seats, further=further)
    given_votes = dict(named)
    assert len(result.elected) + result.unfilled == seats
    losers = [given_votes[who] for who, _ in named if who not in result.elected]
    assert all(given_votes[who] > max(losers, default=-1) for who in result.elected)
    assert bool(result.next) == (not result.passed)
    assert set(result.stands).isdisjoint(result.elected)
    line = RULES[rule].further if further and RULES[rule].further else RULES[rule].passing[0]
    assert all(given_votes[who] >= line.needed(90) for who in result.elected)


@pytest.mark.parametrize("rule", sorted(set(RULES) - {"owners_ordinary", "owners_special"}))
@given(eligible=st.integers(1, 10_000_000), data=st.data())
def test_what_is_said_to_be_possible_is_possible(rule: str, eligible: int, data: st.DataObject) -> None:
    count = Count(eligible=eligible, present=data.draw(st.integers(0, eligible)))
    lost = any("cannot pass" in str(line) for line in still_possible(rule, count))
    assert (lost or "more." in said(still_possible(rule, count))) == (not reachable(rule, count))
    assert ("不可能" in possible_text(rule, count) or "不能表决" in possible_text(rule, count)) == (
        not reachable(rule, count)
    )
    needed = RULES[rule].passing[0].needed(count.number(RULES[rule].passing[0].of))
    enough = replace(count, in_favour=needed)
    if reachable(rule, count):
        assert RULES[rule].judge(enough).passed
        assert not RULES[rule].judge(replace(count, in_favour=needed - 1)).passed


def test_votes_already_given_do_not_come_back() -> None:
    count = Count(eligible=20, present=16, against=4, abstain=2)
    assert most_in_favour("branch_resolution", count).in_favour == 10
    assert "the motion cannot pass" in said(still_possible("branch_resolution", count))
    assert possible_text("branch_resolution", count) == "赞成须至少11人，最多只能有10人，不可能通过。"
    ten = Count(eligible=20, present=10)
    assert possible_text("branch_resolution", ten) == in_advance("branch_resolution", ten) + "。"
    assert in_advance("branch_resolution", ten) == "到会10人，最多10票，不可能超过应到半数：本次表决不可能通过"


def test_every_rule_says_its_lines_in_words() -> None:
    assert set(EXAMPLES) == set(RULES)
    for rule in RULES.values():
        lines = said(requirements(rule))
        assert lines.count(" | ") + 1 == len((*rule.quorum, *rule.passing))
        for line in (*rule.quorum, *rule.passing):
            assert f"{line.numerator}/{line.denominator}" in lines
    assert "More than 2/3" in said(requirements("residents_representatives_election"))


def paper(flat: str, owner: str, area: int = 7000, choice: str = "in_favour", **more: Any) -> Paper:
    return Paper(flat=flat, owner=owner, area=area, choice=choice, **more)


def test_one_owner_of_two_flats_is_one_head() -> None:
    owners = {"甲": 14_000, "乙": 8000, "丙": 9000}
    papers = [paper("1", "甲"), paper("2", "甲"), paper("3", "乙", 8000, "against"),
              paper("4", "丙", 9000, signed=False)]  # fmt: skip
    result = tally(papers, owners)
    assert result.faults == ()
    count = result.count
    assert (count.eligible, count.present, count.in_favour, count.against, count.invalid) == (3, 2, 1, 1, 1)
    assert (count.eligible_area, count.present_area, count.in_favour_area) == (31_000, 22_000, 14_000)


def test_papers_that_contradict_each_other_are_named() -> None:
    papers = [paper("1", "甲"), paper("1", "甲"), paper("2", "甲", choice="against"), paper("9", "生人")]
    faults = tally(papers, {"甲": 14_000}).faults
    assert len(faults) == 3
    assert "co-owners name who votes" in said(faults)


def test_a_proxy_needs_a_paper() -> None:
    owners = {"甲": 7000}
    assert tally([paper("1", "甲", proxy="乙")], owners).count.in_favour == 1
    assert tally([paper("1", "甲", proxy="乙", proxy_written=False)], owners).count.invalid == 1


@given(choices=st.lists(st.sampled_from(("in_favour", "against", "abstain")), max_size=40))
def test_heads_and_areas_add_up(choices: list[str]) -> None:
    papers = [paper(str(n), str(n // 2), 100 + n, choices[n // 2 * 2]) for n in range(len(choices))]
    count = tally(papers, {str(n): 400 for n in range(len(choices))}).count
    assert count.number("cast") == count.present == (len(choices) + 1) // 2
    assert count.number("cast", "area") == count.present_area == sum(one.area for one in papers)


def test_delivery_log() -> None:
    log = [Delivery(flat="1", way="in_person", on=TODAY), Delivery(flat="2", way="public_notice", on=date(2027, 1, 1))]
    fault = undelivered({"1", "2"}, log, TODAY)
    assert fault is not None
    assert fault.values["count"] == 1
    assert undelivered({"1"}, log, TODAY) is None


def test_silence_is_printed_beside_and_never_decides() -> None:
    count = EXAMPLES["owners_special"]
    both = both_counts("owners_special", count, 16, 112_000)
    assert not both.counted.passed
    assert both.with_silent is not None
    assert both.with_silent.passed
    assert both.counted.explanation in both.text
    assert both.text.endswith("只供对照。")
    level = replace(count, in_favour=33, against=33)
    assert both_counts("owners_special", level, 1, 1).with_silent is None


OWN = OwnRule(
    name="194号院议事规则", version="第二版", adopted_on=date(2026, 3, 1), kinds=("courtyard_consultation",),
    quorum=Fraction("eligible", 1, 2, True), passing=Fraction("present", 2, 3, False),
)  # fmt: skip


def test_own_rules_are_kept_as_they_were() -> None:
    assert own_rules({"house_rules": [OWN.told()]}) == (OWN,)
    assert own_rules(None) == ()
    assert OWN.printed == "《194号院议事规则》（第二版，2026年3月1日通过）"
    assert own_rule_faults(OWN, TODAY) == ()
    verdict = RULES["house_rule"].judge(Count(eligible=20, present=15, in_favour=10, house_rule=OWN.house_rule))
    assert verdict.passed
    assert verdict.explanation.endswith("依据：《194号院议事规则》（第二版，2026年3月1日通过）。")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": " "}, "need their name"),
        ({"version": "版" * 61}, "60 characters"),
        ({"adopted_on": date(2026, 10, 21)}, "adopted later"),
        ({"passing": Fraction("present", 4, 3, False)}, "4/3"),
        ({"passing": Fraction("present", 1, 1, True)}, "1/1"),
        ({"quorum": Fraction("present", 1, 2, True)}, "Attendance is measured"),
        ({"kinds": ()}, "at least one kind"),
        ({"kinds": ("branch_assembly",)}, "the law fixes the lines"),
        ({"kinds": ("branch_committee",), "quorum": Fraction("eligible", 1, 3, True)}, "less attendance"),
    ],
)
def test_own_rules_that_cannot_stand(wrong: dict[str, Any], words: str) -> None:
    assert words in said(own_rule_faults(replace(OWN, **wrong), TODAY))


def test_own_rules_decide_only_where_the_law_is_silent() -> None:
    assert set(house_kinds()) == {"branch_committee", "courtyard_consultation", "council_meeting"}
