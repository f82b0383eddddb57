"""A meeting that rests: for a while, until another day with the roll taken anew, always one record."""

from __future__ import annotations

import json
import uuid
from datetime import datetime, timedelta

import pytest

from deliberation_app.domain import meeting_file as checks
from deliberation_app.errors import RuleBroken
from deliberation_app.services import floor, floor_roll, meeting_file, meetings, roll_view, votes
from deliberation_app.services.board_unfinished import forecast
from deliberation_app.services.work import Work
from tests.services.live_meeting import Live, start
from tests.services.small import HandClock


def here(live: Live) -> set[uuid.UUID]:
    return {guest.person_id for guest in live.board().guests if guest.there}


def rest_until_tomorrow(work: Work, live: Live, clock: HandClock) -> None:
    meetings.recess(work, live.id, clock.now + timedelta(days=1))
    clock.now += timedelta(days=1)
    meetings.resume(work, live.id)


def test_a_recess_tells_when_it_ends_and_refuses_the_past(work: Work, clock: HandClock) -> None:
    live = start(work)
    with pytest.raises(RuleBroken, match="cannot go on before"):
        meetings.recess(work, live.id, clock.now)
    until = clock.now + timedelta(minutes=15)
    meetings.recess(work, live.id, until)
    assert (live.board().state, live.board().resumes_at) == ("recess", until)
    clock.now = until
    meetings.resume(work, live.id)
    assert (live.board().state, live.board().resumes_at) == ("open", None)


def test_nobody_signs_in_anew_after_a_break_of_the_same_day(work: Work, clock: HandClock) -> None:
    live = start(work, here=7)
    before = here(live)
    meetings.recess(work, live.id, clock.now + timedelta(minutes=10))
    clock.now += timedelta(minutes=10)
    meetings.resume(work, live.id)
    assert here(live) == before
    assert live.board().room.expected == len(live.board().guests) - 7


def test_an_open_vote_is_finished_before_the_recess(work: Work) -> None:
    live = start(work, here=7)
    floor.note(work, live.id, text="说说看。")
    votes.open_vote(work, live.entry, motion="是否赞成")
    with pytest.raises(RuleBroken, match="vote is still open"):
        meetings.recess(work, live.id)


@pytest.mark.parametrize("told", [True, False])
def test_on_another_day_everybody_is_expected_again(work: Work, clock: HandClock, told: bool) -> None:
    live = start(work, here=7)
    before = here(live)
    meetings.recess(work, live.id, clock.now + timedelta(days=1) if told else None)
    clock.now += timedelta(days=1)
    meetings.resume(work, live.id)
    board = live.board()
    assert here(live) == set()
    assert all(guest.expected for guest in board.guests)
    assert board.totals.present == 7  # they were here: that stands
    again = next(iter(before))
    floor_roll.sign_in(work, live.id, [again])
    assert here(live) == {again}


def test_the_heads_of_the_room_add_up_after_a_recess_to_another_day(work: Work, clock: HandClock) -> None:
    live = start(work, here=5)
    floor_roll.sign_in(work, live.id, [live.people[5]], status="online")
    floor_roll.leave(work, live.id, live.people[6], reason="出差")
    floor_roll.step_out(work, live.id, live.people[1])
    floor_roll.sign_out(work, live.id, live.people[0])
    clock.move(minutes=5)
    assert_adds_up(live)
    assert (live.board().room.there, live.board().room.leave, live.board().room.expected) == (4, 1, 2)
    meetings.recess(work, live.id, clock.now + timedelta(days=1))
    clock.now += timedelta(days=1)
    meetings.resume(work, live.id)
    assert_adds_up(live)
    last = roll_view.last_time(work, live.id)
    floor_roll.sign_in(work, live.id, last.people, status=None)
    board = live.board()
    # Who stayed away the day before is expected again, and counted once; who was on line is so again.
    assert (board.room.there, board.room.online, board.room.leave, board.room.expected) == (4, 1, 0, 5)
    assert_adds_up(live)


def assert_adds_up(live: Live) -> None:
    """Each of those due is in one place only."""
    room = live.board().room
    assert room.there + room.expected + room.out + room.gone + room.leave + room.absent == room.voting == 9


def test_a_recess_told_until_tomorrow_may_end_today_after_all(work: Work, clock: HandClock) -> None:
    live = start(work, here=7)
    before = here(live)
    meetings.recess(work, live.id, clock.now + timedelta(days=1))
    assert here(live) == set()
    clock.now += timedelta(minutes=5)
    meetings.resume(work, live.id)
    assert here(live) == before


def test_who_was_here_on_the_first_day_keeps_it_when_on_leave_on_the_second(work: Work, clock: HandClock) -> None:
    live = start(work, here=7)
    gone = next(iter(here(live)))
    rest_until_tomorrow(work, live, clock)
    floor_roll.leave(work, live.id, gone, reason="出差")
    guest = next(one for one in live.board().guests if one.person_id == gone)
    assert (guest.status, guest.there, guest.expected) == ("present", False, False)
    with pytest.raises(RuleBroken, match="has not signed in"):
        meetings.uninvite(work, live.id, gone)


def test_taking_the_recess_back_brings_everybody_back(work: Work, clock: HandClock) -> None:
    live = start(work, here=7)
    before = here(live)
    meetings.recess(work, live.id, clock.now + timedelta(days=1))
    work.undo()
    assert (live.board().state, here(live)) == ("open", before)


def test_a_meeting_of_two_days_leaves_one_valid_file(work: Work, clock: HandClock) -> None:
    live = start(work, here=7)
    first, second, *_ = sorted(here(live))
    floor_roll.step_out(work, live.id, second)
    floor.note(work, live.id, text="第一天说的。", speaker_id=first)
    clock.now += timedelta(minutes=40)
    rest_until_tomorrow(work, live, clock)
    clock.now += timedelta(minutes=3)
    floor_roll.sign_in(work, live.id, [first, second])
    clock.now += timedelta(minutes=3)
    floor.note(work, live.id, text="第二天说的。", speaker_id=second)
    clock.now += timedelta(minutes=20)
    meetings.close(work, live.id)
    data = meeting_file.export(work, live.id)
    told = json.loads(data)
    assert checks.check(data)[1] == []
    assert len(told["meeting"]["sessions"]) == 2
    rows = {row["person"]: row for row in told["meeting"]["attendance"]}
    assert len(rows[str(first)]["away"]) == 1
    assert "left_at" not in rows[str(first)]
    opened = datetime.fromisoformat(told["meeting"]["sessions"][1]["opened_at"])
    absent = next(row for row in rows.values() if row["status"] == "present" and "left_at" in row)
    assert datetime.fromisoformat(absent["left_at"]) < opened


def test_the_night_is_no_time_of_the_agenda(work: Work, clock: HandClock) -> None:
    live = start(work, here=7)
    clock.now += timedelta(minutes=5)
    rest_until_tomorrow(work, live, clock)
    clock.now += timedelta(minutes=2)
    entry = live.board().entry
    assert entry is not None
    assert entry.used_seconds(clock.now) == 7 * 60


def test_the_end_is_reckoned_from_what_is_left(work: Work, clock: HandClock) -> None:
    live = start(work, here=7)
    planned = sum(entry.minutes or 0 for entry in live.board().entries)
    end = clock.now + timedelta(minutes=planned)
    found = forecast(live.board(), clock.now)
    assert (planned > 0, found.end, found.late) == (True, end, 0)
    clock.now += timedelta(minutes=4)  # within what the first point has
    assert forecast(live.board(), clock.now).end == end
    budget = live.board().entry.minutes
    clock.now += timedelta(minutes=budget)
    found = forecast(live.board(), clock.now)
    assert (found.end, found.late) == (end + timedelta(minutes=4), 4)
    meetings.recess(work, live.id)
    assert forecast(live.board(), clock.now) is None
