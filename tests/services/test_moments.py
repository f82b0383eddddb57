"""The computer's clock goes back during a meeting: nothing is noted before what was noted, nobody gets two hours."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from deliberation_app.services import floor, floor_clock, floor_marks, floor_roll, people, votes
from deliberation_app.services.work import Work
from deliberation_app.storage.floor import Attendance, Statement, Turn
from tests.services.live_meeting import Live, start
from tests.services.small import HandClock

BACK = timedelta(hours=2)


@pytest.fixture
def live(work: Work) -> Live:
    """A meeting in session."""
    return start(work)


def noted(live: Live) -> list[datetime]:
    """The moments of all statements in their order."""
    with live.work.read() as session:
        return list(session.scalars(select(Statement.at).order_by(Statement.position)))


def forget(work: Work) -> None:
    """What a run of the program knows is gone when it ends."""
    work.known.latest.clear()


@pytest.mark.parametrize("again", [False, True])
def test_what_is_no_part_of_the_record_counts_as_an_act_too(
    work: Work, live: Live, clock: HandClock, again: bool
) -> None:
    clock.move(minutes=30)
    floor.give(work, live.id, live.people[0])
    last = clock.now
    clock.move(minutes=-20)
    if again:
        forget(work)
    floor.note(work, live.id, text="早了")
    assert noted(live) == [last]


@pytest.mark.parametrize("again", [False, True])
def test_nothing_is_noted_before_what_was_noted_last(work: Work, live: Live, clock: HandClock, again: bool) -> None:
    clock.move(minutes=30)
    floor.note(work, live.id, text="四点零五分")
    last = clock.now
    clock.now -= BACK
    if again:
        forget(work)
    floor.note(work, live.id, text="电脑说两点零五分")
    clock.move(minutes=1)
    floor_marks.mark(work, live.id)
    floor_roll.sign_in(work, live.id, [live.people[8]])
    floor_roll.sign_out(work, live.id, live.people[0])
    assert noted(live) == [last, last]
    with work.read() as session:
        rows = {row.person_id: row for row in session.scalars(select(Attendance))}
        assert (rows[live.people[8]].arrived_at, rows[live.people[0]].left_at) == (last, last)
    clock.now = last + timedelta(minutes=3)
    floor.note(work, live.id, text="又对了")
    assert noted(live)[-1] == clock.now


def test_quick_acts_keep_the_time_of_the_clock(work: Work, live: Live, clock: HandClock) -> None:
    """Many acts in a second lead the revision of a meeting ahead of the clock, not the moments that are noted."""
    for again in (False, True):
        for number in range(150):
            floor.note(work, live.id, text=f"第{number}句")
        assert set(noted(live)) == {clock.now}
        if not again:
            forget(work)


def test_who_is_there_stays_there(work: Work, live: Live, clock: HandClock) -> None:
    clock.move(minutes=30)
    floor.note(work, live.id, text="四点零五分")
    before = live.board().quorum.present
    clock.now -= BACK
    board = live.board()
    assert (board.quorum.present, before) == (7, 7)
    assert sum(one.there for one in board.guests) == 7
    vote = votes.open_vote(work, live.entry, motion="是否赞成A案")
    verdict = votes.count(work, vote, in_favour=7, against=0, abstain=0)
    assert verdict.quorate


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("seconds", [1, 60, 119, 121])
def test_who_has_just_come_stays_there(
    work: Work, live: Live, clock: HandClock, seconds: int, again: bool
) -> None:  # fmt: skip
    """A clock that goes back by a little, as when the network sets it or the power failed, sends nobody away."""
    clock.move(minutes=30)
    floor_roll.sign_in(work, live.id, [live.people[7]])
    clock.move(seconds=-seconds)
    if again:
        forget(work)
    board = live.board()
    assert (board.quorum.present, board.room.there) == (8, 8)
    clock.move(seconds=seconds + 1)
    assert live.board().quorum.present == 8


def test_a_turn_never_shows_more_than_its_length(work: Work, live: Live, clock: HandClock) -> None:
    clock.move(minutes=30)
    floor.give(work, live.id, live.people[0], seconds=180)
    clock.move(seconds=60)
    assert live.board().speaker.left(clock.now) == 120
    clock.now -= BACK
    assert live.board().speaker.left(clock.now) == 180
    floor_clock.pause(work, live.id)
    assert live.board().speaker.left(clock.now) == 180
    floor_clock.pause(work, live.id)
    clock.move(seconds=50)
    assert live.board().speaker.left(clock.now) == 130  # by the clock of now it runs on
    floor_clock.extend(work, live.id)
    assert live.board().speaker.left(clock.now) == 160
    floor.stop(work, live.id)
    floor.give(work, live.id, live.people[1], seconds=120)
    clock.move(seconds=20)
    assert live.board().speaker.left(clock.now) == 100
    floor.stop(work, live.id)
    with work.read() as session:
        rows = list(session.scalars(select(Turn).order_by(Turn.began_at)))
    assert sorted(row.seconds for row in rows) == [20, 50]
    assert all(row.began_at <= row.ended_at for row in rows)


def test_an_endless_turn_counts_from_nothing(work: Work, live: Live, clock: HandClock) -> None:
    floor.give(work, live.id, live.people[0], seconds=0)
    clock.now -= BACK
    assert live.board().speaker.left(clock.now) == 0


@pytest.mark.parametrize("again", [False, True])
def test_a_wrong_hour_elsewhere_is_not_this_meetings(work: Work, live: Live, clock: HandClock, again: bool) -> None:
    floor.note(work, live.id, text="上午")
    clock.move(days=30)
    people.add(work, live.unit, name="郑路人")  # something else is done while the clock stands a month ahead
    clock.move(days=-30)
    if again:
        forget(work)
    floor.note(work, live.id, text="还是上午")
    assert set(noted(live)) == {clock.now}


DOING = st.sampled_from(("note", "give", "stop", "mark"))
STEPS = st.lists(st.tuples(DOING, st.integers(-7200, 7200)), max_size=14)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_however_the_clock_jumps_all_stands_in_order(
    live: Live, clock: HandClock, steps: list[tuple[str, int]]
) -> None:
    for what, jump in steps:
        clock.move(seconds=jump)
        speaker = live.board().speaker
        if speaker is not None:
            assert speaker.left(clock.now) <= speaker.allotted_seconds
        if what == "note":
            floor.note(live.work, live.id, text="话")
        elif what == "give":
            floor.give(live.work, live.id, live.people[0], seconds=180)
        elif what == "stop" and speaker is not None:
            floor.stop(live.work, live.id)
        elif what == "mark":
            floor_marks.mark(live.work, live.id)
    assert noted(live) == sorted(noted(live))
