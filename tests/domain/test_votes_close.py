"""Close counts, rows of hands, and options compared: the pure rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app.domain.votes import (
    RULES,
    Count,
    close,
    close_election,
    close_pair,
    differences,
    papers_so_far,
    requirements,
)
from deliberation_app.domain.votes_close import one_vote_decides
from deliberation_app.domain.votes_hands import Rows, read, told
from deliberation_app.domain.votes_series import SeriesVote, printed, table, votes_of

NUMBERS = st.lists(st.integers(0, 500), max_size=12)


def room(present: int, *given_votes: int, rule_eligible: int | None = None) -> Count:
    yes, no, none = given_votes
    return Count(eligible=rule_eligible or present, present=present, in_favour=yes, against=no, abstain=none)


@pytest.mark.parametrize(
    ("votes", "is_close"),
    [((12, 4, 3), False), ((11, 5, 3), False), ((10, 6, 3), True), ((9, 7, 3), True), ((8, 8, 3), False)],
)
def test_one_vote_decides_in_a_small_room(votes: tuple[int, int, int], is_close: bool) -> None:
    """Of 19 ten are needed: ten and nine are one vote from the other outcome."""
    assert (close("straw_poll", room(19, *votes, rule_eligible=22)) is not None) is is_close


@pytest.mark.parametrize(("in_favour", "is_close"), [(201, True), (209, True), (210, False), (193, True), (192, False)])
def test_in_a_large_room_one_in_fifty_is_close(in_favour: int, is_close: bool) -> None:
    """Of 400 present 201 are needed, and 8 are one in fifty."""
    count = room(400, in_favour, 400 - in_favour, 0)
    assert (close("straw_poll", count) is not None) is is_close


def test_areas_are_close_by_their_own_measure() -> None:
    """Heads far from the line do not hide an area that lies on it."""
    count = Count(
        eligible=96, present=80, in_favour=62, against=18, eligible_area=672000, present_area=560000,
        in_favour_area=419999, against_area=140001,
    )  # fmt: skip
    said = close("owners_special", count)
    assert said is not None
    assert "4200.00 m² in favour are needed" in str(said)
    assert "4199.99" not in str(said)  # whoever counts again is not to know what was counted first


@given(st.integers(1, 300), st.data())
def test_a_count_that_is_not_close_survives_one_mistake(present: int, data: st.DataObject) -> None:
    yes = data.draw(st.integers(0, present))
    no = data.draw(st.integers(0, present - yes))
    count = room(present, yes, no, present - yes - no)
    if close("straw_poll", count) is None:
        assert not one_vote_decides("straw_poll", count)


@pytest.mark.parametrize(
    ("votes", "told"),
    [((11, 7, 1), ""), ((10, 8, 1), "ahead"), ((8, 10, 1), "ahead"), ((9, 8, 2), "ahead"), ((9, 9, 1), "ahead"),
     ((9, 6, 4), "")],
)  # fmt: skip
def test_of_two_options_it_is_close_who_is_ahead(votes: tuple[int, int, int], told: str) -> None:
    """There is no line to reach: ten of nineteen are as good as nine, where the other has six."""
    said = close_pair("straw_poll", room(19, *votes, rule_eligible=22))
    assert told in str(said) if told else said is None


def test_in_a_large_room_two_options_are_close_with_few_votes_between() -> None:
    assert "The two are close" in str(close_pair("straw_poll", room(400, 200, 193, 7)))
    assert close_pair("straw_poll", room(400, 205, 190, 5)) is None
    assert close_pair("straw_poll", room(100, 50, 50, 0, rule_eligible=400)) is None


def test_without_a_quorum_nothing_is_close() -> None:
    assert close("straw_poll", room(10, 5, 5, 0, rule_eligible=22)) is None
    assert close("branch_election", room(10, 5, 5, 0)) is None


def test_an_election_is_close_when_one_paper_elects_somebody_else() -> None:
    count = Count(eligible=20, present=20, in_favour=20, ballots_issued=20, ballots_returned=20)
    assert close_election("branch_election", count, [("a", 18), ("b", 11), ("c", 3)], 2) is not None
    assert close_election("branch_election", count, [("a", 18), ("b", 14), ("c", 3)], 2) is None
    assert close_election("branch_election", count, [("a", 15), ("b", 15)], 1) is not None


def test_two_counts_are_compared_number_by_number() -> None:
    assert differences({"in_favour": 10, "against": 9, "abstain": None}, {"in_favour": 11, "against": 9}) == (
        ("in_favour", 10, 11),
    )
    assert differences({"in_favour": 4}, {"in_favour": 4, "abstain": 0}) == ()


def test_papers_say_what_is_still_missing() -> None:
    count = Count(present=20, ballots_issued=19, ballots_returned=18, in_favour=12, against=4, invalid=1)
    said = [str(one) for one in papers_so_far(count, ("in_favour", "against", "invalid"))]
    assert said == [
        "19 papers went out to 20 voters: each voter gets one.",
        "1 of 19 papers did not come back.",
        "18 came back: 16 votes and 1 invalid papers so far, 1 are still missing.",
    ]
    too_many = Count(present=18, ballots_issued=18, ballots_returned=18, in_favour=17, invalid=2)
    assert [str(one) for one in papers_so_far(too_many, ("invalid",))] == [
        "18 came back, 2 of them invalid: the valid votes make 16, not 17."
    ]


@given(NUMBERS, st.lists(st.tuples(st.integers(0, 20), st.integers(0, 500)), max_size=8))
def test_the_sum_of_the_rows_is_the_count(numbers: list[int], corrections: list[tuple[int, int]]) -> None:
    rows, plain = Rows(), []
    for number in numbers:
        rows = rows.take(number)
        plain.append(number)
    for back, number in corrections:
        for _step in range(back):
            rows = rows.back()
        if rows.at is not None:
            plain[rows.at] = number
        else:
            plain.append(number)
        rows = rows.take(number)
        assert rows.at is None
    assert rows.numbers == tuple(plain)
    assert rows.total == sum(plain)
    assert read(told({"in_favour": rows}))["in_favour"] == rows


def test_rows_are_walked_and_dropped() -> None:
    rows = Rows((5, 7, 4)).back().back()
    assert (rows.at, rows.number) == (1, 7)
    assert rows.drop() == Rows((5, 4))
    assert rows.forth().forth() == Rows((5, 7, 4))
    assert Rows().back() == Rows()
    assert Rows((5,)).drop() == Rows((5,))


def test_garbled_rows_are_left_out() -> None:
    assert read({"in_favour": [5, "x", -1, 7], "against": None})["in_favour"] == Rows((5, 7))
    assert read("?")["abstain"] == Rows()


def duel(one: str, other: str, for_one: int, for_other: int, **more: object) -> SeriesVote:
    return SeriesVote(options=(one, other), eligible=22, present=19, in_favour=for_one, against=for_other,
                      abstain=19 - for_one - for_other, **more)  # type: ignore[arg-type]  # fmt: skip


def test_the_option_that_beats_each_other_one_wins() -> None:
    rows = [duel("A", "B", 10, 9), duel("A", "C", 12, 6), duel("B", "C", 9, 8)]
    found = table("pairs", "ABC", rows)
    assert (found.winners, found.left, found.over) == (("A",), 0, True)
    assert printed(found) == (
        "两两比较：A对B10比9，A对C12比6，B对C9比8；A两两均胜；两两比较只排先后，每个方案还要单独表决"
    )


def test_a_circle_has_no_winner() -> None:
    found = table("pairs", "ABC", [duel("A", "B", 10, 9), duel("A", "C", 6, 12), duel("B", "C", 10, 8)])
    assert found.winners == ()
    assert "没有两两均胜的方案" in printed(found)
    level = table("pairs", "ABC", [duel("A", "B", 9, 9), duel("A", "C", 12, 6), duel("B", "C", 12, 6)])
    assert level.winners == ()


def approved(name: str, votes: int, present: int = 19, **more: object) -> SeriesVote:
    return SeriesVote(options=(name,), eligible=22, present=present, in_favour=votes, against=present - votes,
                      abstain=0, **more)  # type: ignore[arg-type]  # fmt: skip


def test_the_most_votes_win_and_ties_are_said() -> None:
    found = table("approval", "ABC", [approved("A", 12), approved("B", 9), approved("C", 12)])
    assert found.winners == ("A", "C")
    assert "A、C同得12票，并列最多" in printed(found)
    one = table("approval", "ABC", [approved("A", 12), approved("B", 9), approved("C", 3, 18)])
    assert (one.winners, one.same_voters) == (("A",), False)
    assert "人数不同" in printed(one)
    unfinished = table("approval", "ABC", [approved("A", 12)])
    assert (unfinished.winners, unfinished.left) == ((), 2)
    assert "尚有2案未表决" in printed(unfinished)
    void = table("approval", "ABC", [approved(name, 12, quorate=False) for name in "ABC"])
    assert void.winners == ()


@given(st.integers(3, 7))
def test_pairs_are_complete(many: int) -> None:
    options = [str(one) for one in range(many)]
    assert len(votes_of("pairs", options)) == many * (many - 1) // 2
    assert len({frozenset(pair) for pair in votes_of("pairs", options)}) == many * (many - 1) // 2


@given(st.permutations([10, 8, 5]))
def test_one_vote_more_never_takes_the_lead_away(order: list[int]) -> None:
    for at in range(3):
        more = [votes + (place == at) for place, votes in enumerate(order)]
        before = table("approval", "ABC", [approved(n, v) for n, v in zip("ABC", order, strict=True)]).winners
        after = table("approval", "ABC", [approved(n, v) for n, v in zip("ABC", more, strict=True)]).winners
        if "ABC"[at] in before:
            assert "ABC"[at] in after


def test_every_rule_has_its_area_words() -> None:
    """What is asked of floor area speaks of floor area, never of people."""
    for rule in RULES.values():
        for line, said in zip((*rule.quorum, *rule.passing), requirements(rule), strict=True):
            assert (line.by == "area") == ("floor area" in str(said))
