"""Sums before counting ends, motions that cannot pass, elections with ties and empty seats."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app.domain.votes import (
    RULES,
    Check,
    Count,
    advance_warning,
    elect,
    in_advance,
    not_cast,
    reachable,
    sum_faults,
)
from deliberation_app.domain.votes_count import reached

OWNERS = Count(
    eligible=96, present=80, in_favour=62, against=15, abstain=3, invalid=1, eligible_area=672_000,
    present_area=560_000, in_favour_area=419_999, against_area=120_001, abstain_area=20_000,
    ballots_issued=97, ballots_returned=83,
)  # fmt: skip
ROOM = Count(eligible=20, present=16, in_favour=10, against=4, abstain=1)
PAPER = Count(
    eligible=30, present=24, in_favour=13, against=8, abstain=2, invalid=1, ballots_issued=24, ballots_returned=24
)


def said(rule: str, count: Count) -> str:
    return " ".join(str(fault) for fault in sum_faults(rule, count))


def test_sums_that_hold() -> None:
    assert said("branch_resolution", ROOM) == ""
    assert said("branch_election", PAPER) == ""
    assert said("owners_special", OWNERS) == ""
    assert not_cast("branch_resolution", ROOM) == 1


@pytest.mark.parametrize(
    ("rule", "count", "numbers"),
    [
        ("branch_resolution", replace(ROOM, present=21), "21 present, but only 20"),
        ("branch_resolution", replace(ROOM, in_favour=12), "17 votes were counted, but only 16"),
        ("branch_resolution", replace(ROOM, written_opinions=1), "1 written opinions"),
        ("branch_admission", replace(ROOM, written_opinions=5), "16 present + 5 written"),
        ("branch_admission", Count(eligible=9, present=3, written_opinions=2, in_favour=1), "but only 1 votes"),
        ("branch_resolution", replace(ROOM, ballots_issued=14, ballots_returned=15), "15 ballots came back"),
        ("branch_resolution", replace(ROOM, ballots_issued=16, ballots_returned=16), "make 15 ballots, but 16"),
        (
            "branch_admission",
            replace(ROOM, ballots_issued=16, ballots_returned=16, in_favour=12, written_opinions=2),
            "make 17; without the 2 handed in beforehand 15 ballots, but 16 came back",
        ),
        ("branch_election", replace(PAPER, abstain=3), "make 25 ballots, but 24 came back"),
        ("residents_election", replace(PAPER, ballots_issued=None, ballots_returned=None), "Enter how many ballots"),
        ("owners_ordinary", replace(OWNERS, abstain=2), "make 79 owners, but 80"),
        ("owners_special", replace(OWNERS, abstain_area=19_999), "make 5599.99 m², but 5600.00 m²"),
        ("owners_special", replace(OWNERS, eligible_area=559_999), "5600.00 m², but all owners have only 5599.99"),
    ],
)
def test_sums_that_do_not_hold_are_named_with_their_numbers(rule: str, count: Count, numbers: str) -> None:
    assert numbers in said(rule, count)


def test_more_returned_than_issued_is_a_finding_in_an_election() -> None:
    assert said("branch_election", replace(PAPER, abstain=3, ballots_returned=25)) == ""


@given(
    present=st.integers(0, 500), away=st.integers(0, 500),
    votes=st.tuples(*[st.integers(0, 200)] * 4), rule=st.sampled_from(["branch_resolution", "straw_poll"]),
)  # fmt: skip
def test_room_votes_hold_exactly_when_they_fit_the_room(
    present: int, away: int, votes: tuple[int, int, int, int], rule: str
) -> None:
    count = Count(eligible=present + away, present=present, in_favour=votes[0], against=votes[1], abstain=votes[2],
                  invalid=votes[3])  # fmt: skip
    assert (sum_faults(rule, count) == ()) == (sum(votes) <= present)
    assert not_cast(rule, count) == max(0, present - sum(votes))


def test_a_motion_that_cannot_pass_is_said_in_advance() -> None:
    half = Count(eligible=20, present=10)
    assert not reachable("branch_resolution", half)
    assert in_advance("branch_resolution", half) == "到会10人，最多10票，不可能超过应到半数：本次表决不可能通过"
    assert "10 of 20 present" in str(advance_warning("branch_resolution", half))
    assert in_advance("branch_resolution", Count(eligible=20, present=9)) == "到会9人，未达到应到半数：现在不能表决"
    assert "no quorum" in str(advance_warning("branch_resolution", Count(eligible=20, present=9)))
    short = Count(eligible=96, present=64, eligible_area=672_000, present_area=447_999)
    assert in_advance("owners_special", short) == "参与表决4479.99平方米，未达到全体业主面积三分之二：现在不能表决"


def test_written_opinions_help_an_admission_to_pass_not_to_meet() -> None:
    assert reachable("branch_admission", Count(eligible=15, present=8, written_opinions=0))
    assert not reachable("branch_admission", Count(eligible=16, present=8, written_opinions=4))


@given(
    rule=st.sampled_from(sorted(RULES)), eligible=st.integers(0, 300), absent=st.integers(0, 300),
    area=st.integers(0, 10_000),
)  # fmt: skip
def test_warning_is_given_exactly_when_nothing_can_pass(rule: str, eligible: int, absent: int, area: int) -> None:
    present = max(0, eligible - absent)
    count = Count(eligible=eligible, present=present, eligible_area=10_000, present_area=area)
    assert reachable(rule, count) == (in_advance(rule, count) == "") == (advance_warning(rule, count) is None)


def test_seats_go_by_number_of_votes() -> None:
    count = replace(PAPER, in_favour=0)
    result = elect("branch_election", count, [("a", 13), ("b", 20), ("c", 12), ("d", 15)], seats=2)
    assert result.elected == ("b", "d")
    assert result.tied == ()
    assert result.passed
    assert not result.verdicts["c"].passed


def test_a_tie_across_the_last_seat_elects_neither() -> None:
    result = elect("branch_election", PAPER, [("a", 20), ("b", 15), ("c", 15), ("d", 3)], seats=2)
    assert (result.elected, result.tied, result.unfilled, result.passed) == (("a",), ("b", "c"), 1, False)
    assert result.explanation == (
        "应到有选举权30人，实到24人，24×5＝120≥30×4＝120，达到五分之四，符合选举到会要求；"
        "得票须超过实到会人数半数，即至少13票；应选2人，3人达到，按得票多少当选1人；"
        "2人同得15票，名额只余1个，应当就这2人再次投票。"
        "《中国共产党基层组织选举工作条例》第十七条、第十八条（条款序号待核对）。"
    )


def test_a_tie_within_the_seats_elects_both() -> None:
    result = elect("branch_election", PAPER, [("a", 15), ("b", 15)], seats=2)
    assert (result.elected, result.tied, result.passed) == (("a", "b"), (), True)


def test_nobody_over_the_line_and_no_quorum_and_void() -> None:
    assert "没有人达到，应当另行选举" in elect("branch_election", PAPER, [("a", 12)]).explanation
    short = elect("branch_election", replace(PAPER, present=23), [("a", 23)])
    assert (short.quorate, short.passed, short.elected) == (False, False, ())
    assert "不能选举" in short.explanation
    void = elect("branch_election", replace(PAPER, ballots_returned=25), [("a", 24)])
    assert (void.quorate, void.elected, void.unfilled) == (True, (), 1)
    assert "选举无效" in void.explanation


@given(votes=st.lists(st.integers(0, 24), max_size=12), seats=st.integers(1, 8))
def test_election_never_fills_more_than_the_seats_nor_passes_over_more_votes(votes: list[int], seats: int) -> None:
    candidates = [(f"p{place}", number) for place, number in enumerate(votes)]
    result = elect("branch_election", PAPER, candidates, seats)
    given_to = dict(candidates)
    assert len(result.elected) + result.unfilled == seats
    assert not set(result.elected) & set(result.tied)
    assert all(result.verdicts[who].passed for who in (*result.elected, *result.tied))
    over = {who for who, number in candidates if number > 12}
    left = over - set(result.elected)
    assert all(given_to[who] > given_to[other] for who in result.elected for other in left)
    assert bool(result.tied) == (len(over) > seats > len(result.elected))
    assert result.passed == (len(result.elected) == seats)


def test_papers_returned_say_how_many_handed_in() -> None:
    of_candidates = replace(PAPER, in_favour=0, against=0, abstain=0, invalid=0)
    assert not_cast("branch_election", of_candidates) == 0
    assert not_cast("branch_election", replace(of_candidates, ballots_returned=21)) == 3
    assert not_cast("branch_election", replace(of_candidates, ballots_returned=25)) == 0
    assert not_cast("owners_special", OWNERS) == 0


@given(whole=st.integers(0, 500), line=st.sampled_from([(1, 2), (1, 3), (2, 3), (4, 5)]), strict=st.booleans())
def test_the_least_that_reaches_a_line_does_and_one_less_does_not(
    whole: int, line: tuple[int, int], strict: bool
) -> None:
    needed = Check("passing", 0, whole, *line, strict, "heads", False).needed
    assert reached(needed, whole, *line, strict)
    assert not reached(needed - 1, whole, *line, strict)


def test_a_third_of_twenty_two_is_eight() -> None:
    assert Check("passing", 0, 22, 1, 3, strict=False, by="heads", met=False).needed == 8
