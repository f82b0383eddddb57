"""Every decision rule against the worked examples, its boundaries and an independent reading of the law."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction as Exact
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app.domain.votes import RULES, Count, Fraction, HouseRule, area_text, percent, sum_faults
from deliberation_app.domain.votes_words import fraction_text, numeral

EXAMPLES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "rule-examples.json").read_text("utf-8"))
MANY = 10_000_000
ELECTIONS = {"branch_election", "residents_election", "residents_representatives_election"}
BY_AREA = {"owners_ordinary", "owners_special"}

# An independent reading of the meeting file's table "Rules": (whole of the pass line, quorum, pass); "+" is strict.
READING = {
    "branch_resolution": ("eligible", "1/2", "+1/2"),
    "committee_resolution": ("eligible", "1/2", "+1/2"),
    "branch_admission": ("eligible", "+1/2", "+1/2"),
    "branch_election": ("present", "4/5", "+1/2"),
    "four_discussions": ("eligible", "2/3", "+1/2"),
    "residents_assembly": ("present", "+1/2", "+1/2"),
    "villagers_assembly": ("present", "+1/2", "+1/2"),
    "residents_election": ("present", "+1/2", "+1/2"),
    "residents_representatives": ("present", "2/3", "+1/2"),
    "villagers_assembly_households": ("present", "2/3", "+1/2"),
    "villagers_group": ("present", "2/3", "+1/2"),
    "villagers_representatives": ("present", "2/3", "+1/2"),
    "straw_poll": ("present", "2/3", "+1/2"),
    "house_rule": ("present", "2/3", "+1/2"),
    "residents_representatives_election": ("present", "+2/3", "+1/2"),
    "owners_ordinary": ("present", "2/3", "+1/2"),
    "owners_special": ("present", "2/3", "3/4"),
    "affected_owners_unanimous": ("eligible", "1/1", "1/1"),
}


def example_count(example: dict[str, Any]) -> Count:
    numbers: dict[str, Any] = {}
    for source in (example["electorate"], example["counts"]):
        for name, value in source.items():
            if name.endswith("_m2"):
                numbers[name.removesuffix("_m2")] = int(Decimal(str(value)) * 100)
            else:
                numbers[name] = value
    for name in ("ballots_issued", "ballots_returned", "written_opinions"):
        if name in example:
            numbers[name] = example[name]
    if "house_rule" in example:
        house = example["house_rule"]
        numbers["house_rule"] = HouseRule(Fraction(**house["quorum"]), Fraction(**house["passing"]))
    return Count(**numbers)


def reaches(part: int, whole: int, line: str) -> bool:
    share = Exact(line.removeprefix("+")) * whole
    return part > share if line.startswith("+") else part >= share


def expected(rule: str, count: Count) -> tuple[bool, bool]:
    whole, quorum, passing = READING[rule]
    bodies = [(count.eligible, count.present, count.in_favour)]
    if rule in BY_AREA:
        bodies.append((count.eligible_area, count.present_area, count.in_favour_area))
    quorate = all(eligible > 0 and reaches(present, eligible, quorum) for eligible, present, _ in bodies)
    passed = quorate and all(
        reaches(favour, eligible if whole == "eligible" else present, passing) for eligible, present, favour in bodies
    )
    if rule in ELECTIONS and count.ballots_issued is not None and count.ballots_returned is not None:
        passed = passed and count.ballots_returned <= count.ballots_issued
    return quorate, passed


@st.composite
def counts(draw: st.DrawFn, largest: int = MANY) -> Count:
    """Counts that lie on, one below and one above a line more often than chance would have it."""

    def body(largest: int) -> tuple[int, int, int]:
        whole = draw(st.integers(0, largest))
        parts = []
        for base in (whole, None):
            base = parts[0] if base is None else base
            numerator, denominator = draw(st.sampled_from(((1, 2), (2, 3), (3, 4), (4, 5), (1, 1))))
            near = base * numerator // denominator + draw(st.integers(-1, 1))
            parts.append(max(0, draw(st.sampled_from((near, draw(st.integers(0, base)))))))
        return whole, parts[0], parts[1]

    eligible, present, in_favour = body(largest)
    eligible_area, present_area, in_favour_area = body(largest * 100)
    issued = draw(st.none() | st.integers(0, largest))
    returned = None if issued is None else max(0, issued + draw(st.integers(-2, 2)))
    return Count(
        eligible=eligible, present=present, in_favour=in_favour,
        eligible_area=eligible_area, present_area=present_area, in_favour_area=in_favour_area,
        ballots_issued=issued, ballots_returned=returned,
    )  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["id"]))
def test_worked_example(example: dict[str, Any]) -> None:
    verdict = RULES[example["rule"]].judge(example_count(example))
    assert {"quorate": verdict.quorate, "passed": verdict.passed} == example["verdict"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["id"]))
def test_worked_example_adds_up(example: dict[str, Any]) -> None:
    assert sum_faults(example["rule"], example_count(example)) == ()


def test_every_rule_has_an_example_and_a_reading() -> None:
    assert {example["rule"] for example in EXAMPLES} == set(RULES) == set(READING)


@pytest.mark.parametrize("rule", RULES)
@given(count=counts())
def test_verdict_is_that_of_the_law(rule: str, count: Count) -> None:
    verdict = RULES[rule].judge(count)
    assert (verdict.quorate, verdict.passed) == expected(rule, count)


@pytest.mark.parametrize("rule", RULES)
@given(count=counts(1000))
def test_passed_implies_quorate_and_every_check_is_what_it_says(rule: str, count: Count) -> None:
    verdict = RULES[rule].judge(count)
    assert verdict.quorate or not verdict.passed
    for check in verdict.checks:
        left, right = check.part * check.denominator, check.whole * check.numerator
        assert check.met == (left > right if check.strict else left >= right)
    if count.eligible and (count.eligible_area or rule not in BY_AREA):
        assert verdict.passed == all(check.met for check in verdict.checks)


@pytest.mark.parametrize("rule", RULES)
@given(count=counts())
def test_one_more_in_favour_never_turns_passed_into_failed(rule: str, count: Count) -> None:
    more = replace(count, in_favour=count.in_favour + 1, in_favour_area=count.in_favour_area + 1)
    assert RULES[rule].judge(more).passed or not RULES[rule].judge(count).passed


@pytest.mark.parametrize("rule", sorted(set(RULES) - BY_AREA))
@given(eligible=st.integers(1, MANY))
def test_boundaries_below_exact_above(rule: str, eligible: int) -> None:
    law = RULES[rule]
    needed = law.quorum[0].needed(eligible)
    for present in {max(0, needed - 1), needed, needed + 1}:
        quorate = law.judge(Count(eligible=eligible, present=present)).quorate
        assert quorate == (present >= needed) == reaches(present, eligible, READING[rule][1])
    present = max(needed, 1)
    votes = law.passing[0].needed(eligible if law.passing[0].of == "eligible" else present)
    for in_favour in {max(0, votes - 1), votes, votes + 1}:
        passed = law.judge(Count(eligible=eligible, present=present, in_favour=in_favour)).passed
        assert passed == (in_favour >= votes)


@given(units=st.integers(1, MANY))
def test_a_hundredth_of_a_square_metre_short_fails(units: int) -> None:
    exact = Count(
        eligible=3 * units, present=2 * units, in_favour=2 * units,
        eligible_area=12 * units, present_area=8 * units, in_favour_area=6 * units,
    )  # fmt: skip
    law = RULES["owners_special"]
    assert law.judge(exact).passed
    assert not law.judge(replace(exact, in_favour_area=6 * units - 1)).passed
    assert not law.judge(replace(exact, present_area=8 * units - 1)).quorate


@pytest.mark.parametrize("rule", RULES)
def test_nobody_eligible_is_neither_quorate_nor_passed(rule: str) -> None:
    verdict = RULES[rule].judge(Count())
    assert (verdict.quorate, verdict.passed) == (False, False)
    assert verdict.explanation.startswith("没有有表决权的人")


@pytest.mark.parametrize("rule", sorted(BY_AREA))
def test_owners_without_any_area_are_neither_quorate_nor_passed(rule: str) -> None:
    verdict = RULES[rule].judge(Count(eligible=9, present=9, in_favour=9))
    assert (verdict.quorate, verdict.passed) == (False, False)
    assert verdict.explanation.startswith("没有登记专有部分面积")


@pytest.mark.parametrize(
    ("strict", "count", "said"),
    [
        (False, Count(eligible=20), "议事规则不设到会比例，符合到会要求；赞成0人，议事规则不设通过比例，通过"),
        (True, Count(eligible=20, present=1, in_favour=1), "有人到会即可，符合到会要求；赞成1人，有人赞成即可，通过"),
        (True, Count(eligible=20, present=1), "赞成0人，无人赞成，未通过"),
        (True, Count(eligible=20), "无人到会，不符合到会要求"),
    ],
)
def test_a_house_rule_of_nought_prints_no_fraction(strict: bool, count: Count, said: str) -> None:
    house = HouseRule(Fraction("eligible", 0, 3, strict), Fraction("present", 0, 2, strict))
    assert said in RULES["house_rule"].judge(replace(count, house_rule=house)).explanation


@given(
    count=counts(100_000),
    of=st.tuples(*[st.sampled_from(("eligible", "present", "cast"))] * 2),
    numbers=st.tuples(*[st.tuples(st.integers(0, 1000), st.integers(1, 1000), st.booleans())] * 2),
)
def test_house_rule_is_judged_by_its_own_fractions(
    count: Count, of: tuple[Any, Any], numbers: tuple[tuple[int, int, bool], tuple[int, int, bool]]
) -> None:
    house = HouseRule(Fraction(of[0], *numbers[0]), Fraction(of[1], *numbers[1]))
    count = replace(count, house_rule=house, against=3)
    wholes = {"eligible": count.eligible, "present": count.present, "cast": count.in_favour + 3}

    def line(part: int, fraction: Fraction) -> bool:
        share = Exact(fraction.numerator, fraction.denominator) * wholes[fraction.of]
        return part > share if fraction.strict else part >= share

    verdict = RULES["house_rule"].judge(count)
    quorate = count.eligible > 0 and line(count.present, house.quorum)
    assert (verdict.quorate, verdict.passed) == (quorate, quorate and line(count.in_favour, house.passing))


def test_more_returned_than_issued_voids_an_election_only() -> None:
    count = Count(eligible=30, present=30, in_favour=30, ballots_issued=29, ballots_returned=30)
    for rule, law in RULES.items():
        full = replace(count, eligible_area=3, present_area=3, in_favour_area=3)
        assert law.judge(full).quorate
        assert law.judge(full).passed == (rule not in ELECTIONS)


SENTENCES = {
    "P04": "应到有表决权20人，实到16人，16×2＝32≥20，符合到会要求；赞成10人，10×2＝20，未超过应到会半数，未通过。"
           "《中国共产党支部工作条例（试行）》第十一条。",
    "P03": "应到有表决权21人，实到10人，10×2＝20＜21，未达到半数，不符合到会要求，表决无效，未通过。"
           "《中国共产党支部工作条例（试行）》第十一条。",
    "Q01": "应到22人，到会19人，19×3＝57≥22×2＝44，达到三分之二，符合到会要求；"
           "赞成12人，12×2＝24＞19，超过到会人数半数，形成多数意见。意向表决，无法定效力。",
    "D04": "居民代表45人，参加投票30人，30×3＝90＝45×2＝90，未超过三分之二，选举无效，不能当选。"
           "《城市居民委员会组织法》第十九条。",
    "E04": "应到有选举权30人，实到24人，24×5＝120≥30×4＝120，达到五分之四，符合选举到会要求；"
           "发出选票24张，收回25张，收回多于发出，选举无效，应当重新投票。"
           "《中国共产党基层组织选举工作条例》第十七条、第十八条（条款序号待核对）。",
    "O05": "全体业主96人、6720.00平方米，参与表决80人、5600.00平方米，人数80×3＝240≥96×2＝192，达到三分之二，"
           "面积5600.00×3＝16800.00≥6720.00×2＝13440.00，达到三分之二，参与表决符合要求；"
           "同意62人、4199.99平方米，人数62×4＝248≥80×3＝240，达到参与表决人数四分之三，"
           "面积4199.99×4＝16799.96＜5600.00×3＝16800.00，未达到参与表决面积四分之三，"
           "未通过（人数77.5000%，面积74.9998%）。《民法典》第二百七十八条。",
    "U02": "有利害关系的业主4人，答复4人，4＝4，全部答复，答复齐全；同意3人，3＜4，没有一致同意，未通过。"
           "《民法典》第二百七十九条。",
    "H01": "应到20人，到会14人，14×3＝42≥20×2＝40，达到三分之二，符合到会要求；"
           "赞成8人，8×2＝16＞14，超过到会人数半数，通过。依据：本单位议事规则。",
}  # fmt: skip


@pytest.mark.parametrize("example_id", SENTENCES)
def test_sentence(example_id: str) -> None:
    example = next(example for example in EXAMPLES if example["id"] == example_id)
    assert RULES[example["rule"]].judge(example_count(example)).explanation == SENTENCES[example_id]


@pytest.mark.parametrize("rule", RULES)
@given(count=counts(10_000))
def test_sentence_says_the_outcome(rule: str, count: Count) -> None:
    verdict, words = RULES[rule].judge(count), RULES[rule].words
    if rule == "house_rule":  # without fractions entered it speaks of a majority, as nothing stands behind it
        words = RULES["straw_poll"].words
        assert "本单位没有录入议事规则" in verdict.explanation
    assert verdict.explanation.endswith("。")
    if verdict.passed:
        assert words.passed in verdict.explanation.replace(words.failed, "")
    assert ("无法定效力" in verdict.explanation) == (rule == "straw_poll")


@given(part=st.integers(0, MANY), whole=st.integers(1, MANY))
def test_percent_is_truncated_never_rounded_up(part: int, whole: int) -> None:
    shown = Exact(percent(part, whole).removesuffix("%"))
    assert 0 <= Exact(part * 100, whole) - shown < Exact(1, 10_000)


def test_percent_and_area_text() -> None:
    assert percent(2, 3) == "66.6666%"
    assert percent(1, 0) == "—"
    assert area_text(5) == "0.05"
    assert area_text(672_000) == "6720.00"


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "零"), (7, "七"), (10, "十"), (14, "十四"), (20, "二十"), (105, "一百零五"), (110, "一百一十"),
     (278, "二百七十八"), (1000, "一千"), (1005, "一千零五"), (2010, "二千零一十")],
)  # fmt: skip
def test_numeral(number: int, said: str) -> None:
    assert numeral(number) == said


def test_fraction_text() -> None:
    assert [fraction_text(1, 2), fraction_text(2, 4), fraction_text(2, 3), fraction_text(1, 1)] == [
        "半数", "半数", "三分之二", "全部",
    ]  # fmt: skip
