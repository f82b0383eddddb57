"""Who speaks next: first-time speakers first, parties in turn, nobody for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation_app.domain.speaking import (
    Request,
    Share,
    Spell,
    answer_title,
    next_speakers,
    promise_title,
    shares,
    table_party,
)

START = datetime(2026, 9, 1, 1, tzinfo=UTC)


def asks(person: str, minute: int = 0, **more: object) -> Request:
    return Request(person=person, asked_at=START + timedelta(minutes=minute), **more)


def test_first_time_speakers_come_before_repeat_speakers_then_by_time_of_asking() -> None:
    queue = [asks("again", 1), asks("late", 5), asks("early", 2), asks("often", 0)]
    assert next_speakers(queue, {"again": 1, "often": 3, "late": 0}) == ("early", "late", "often", "again")
    assert next_speakers([], {}) == ()


def test_points_of_order_and_direct_answers_go_first_then_whom_the_chair_placed() -> None:
    queue = [
        asks("first", 0),
        asks("placed", 4, place=0),
        asks("answer", 2, wish="answer"),
        asks("order", 3, wish="order"),
    ]
    assert next_speakers(queue, {"order": 9}) == ("order", "answer", "placed", "first")
    moved = [asks("order", 3, wish="order", place=1), asks("first", 0, place=0)]
    assert next_speakers(moved, {}) == ("first", "order")


def test_the_party_with_fewest_turns_then_least_time_goes_first() -> None:
    queue = [
        asks("a1", 0, party="有车"),
        asks("a2", 1, party="有车"),
        asks("b1", 2, party="无车"),
        asks("b2", 3, party="无车"),
    ]
    assert next_speakers(queue, {}) == ("a1", "b1", "a2", "b2")
    assert next_speakers(queue, {}, {"有车": Share(2, 60)}) == ("b1", "b2", "a1", "a2")
    assert next_speakers(queue, {}, {"有车": Share(1, 90), "无车": Share(1, 60)}) == ("b1", "a1", "b2", "a2")


requests = st.lists(
    st.builds(
        Request,
        person=st.text("abcdefghij", min_size=1, max_size=2),
        asked_at=st.integers(0, 500).map(lambda minute: START + timedelta(minutes=minute)),
        wish=st.sampled_from([None, None, None, "order", "answer"]),
        place=st.none() | st.integers(0, 20),
        party=st.sampled_from(["", "有车", "无车", "物业"]),
        there=st.sampled_from([True, True, True, False]),
    ),
    unique_by=lambda one: one.person,
    max_size=20,
)
times = st.dictionaries(st.text("abcdefghij", min_size=1, max_size=2), st.integers(0, 4))
heard = st.dictionaries(
    st.sampled_from(["", "有车", "无车", "物业"]), st.builds(Share, st.integers(0, 6), st.integers(0, 900))
)


@given(requests, times, heard, st.randoms())
def test_everybody_stands_once_and_the_order_does_not_depend_on_how_it_was_read(queue, times, heard, chance) -> None:
    order = next_speakers(queue, times, heard)
    assert sorted(order) == sorted(one.person for one in queue)
    shuffled = list(queue)
    chance.shuffle(shuffled)
    assert next_speakers(shuffled, times, heard) == order


@given(requests, times, heard)
def test_who_is_not_there_is_passed_over_and_changes_nothing_for_the_others(queue, times, heard) -> None:
    order = next_speakers(queue, times, heard)
    there = [one for one in queue if one.there]
    assert order[: len(there)] == next_speakers(there, times, heard)


@given(requests, times, heard)
def test_first_timers_stand_before_repeat_speakers(queue, times, heard) -> None:
    free = {one.person for one in queue if one.wish is None and one.place is None and one.there}
    order = [times.get(person, 0) > 0 for person in next_speakers(queue, times, heard) if person in free]
    assert order == sorted(order)


@given(requests, times, heard)
def test_who_of_a_party_asked_first_goes_first_of_that_party(queue, times, heard) -> None:
    by_person = {one.person: one for one in queue}
    order = next_speakers(queue, times, heard)
    for before, after in ((a, b) for at, a in enumerate(order) for b in order[at + 1 :]):
        one, two = by_person[before], by_person[after]
        same = one.wish == two.wish is None and one.place is None and two.place is None and one.party == two.party
        if same and one.there == two.there and (times.get(before, 0) == 0) == (times.get(after, 0) == 0):
            assert (one.asked_at, one.person) <= (two.asked_at, two.person)


@settings(max_examples=30)
@given(st.integers(1, 8), st.integers(2, 12), st.integers(0, 300))
def test_nobody_waits_for_ever_though_the_same_ask_again_and_again(parties: int, talkers: int, seconds: int) -> None:
    """One person waits; everybody else asks anew as soon as they have spoken, and earlier by the clock."""
    waits = asks("quiet", 1000, party="0")
    spoke: dict[str, int] = {f"t{one}": 1 for one in range(talkers)} | {"quiet": 1}
    had: dict[str, Share] = {}
    for turn in range(1, 10_000):
        others = [asks(f"t{one}", turn, party=str(one % parties)) for one in range(talkers)]
        following = next_speakers([waits, *others], spoke, had)[0]
        if following == "quiet":
            break
        spoke[following] += 1
        party = str(int(following[1:]) % parties)
        share = had.get(party, Share())
        had[party] = Share(share.turns + 1, share.seconds + seconds)
    assert following == "quiet"


@given(st.lists(st.sampled_from("车客业"), min_size=1, max_size=60), st.integers(1, 4))
def test_no_party_starves(order: list[str], size: int) -> None:
    """While every party has somebody waiting, after any number of turns no party is more than one turn behind."""
    had: dict[str, Share] = {}
    for turn, _who in enumerate(order):
        queue = [
            asks(f"{party}{one}", turn * (at + 1), party=party)
            for at, party in enumerate("车客业")
            for one in range(size)
        ]
        party = next_speakers(queue, {}, had)[0][0]
        share = had.get(party, Share())
        had[party] = Share(share.turns + 1, share.seconds + 60)
        turns = [had.get(one, Share()).turns for one in "车客业"]
        assert max(turns) - min(turns) <= 1


def test_shares_by_person_and_by_party() -> None:
    spoke = [Spell(person="a", seconds=60), Spell(person="a", seconds=30), Spell(person="b", seconds=5)]
    assert shares(spoke) == {"a": Share(2, 90), "b": Share(1, 5)}
    assert shares(spoke, {"a": "有车", "b": "有车"}) == {"有车": Share(3, 95)}


def test_the_roll_says_for_whom_somebody_speaks_else_the_post() -> None:
    assert table_party("1号楼楼长", None) == "楼长代表"
    assert table_party("1号楼楼长", "有车居民代表") == "有车居民代表"
    assert table_party("", None) == "居民代表"
    assert table_party("书记", None, parties=False) == ""


def test_titles_of_tasks_are_never_too_long() -> None:
    assert answer_title("租户的车\n算第几辆？") == "回应：租户的车 算第几辆？"
    assert len(promise_title("好" * 2000)) == 300
