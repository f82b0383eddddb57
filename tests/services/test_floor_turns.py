"""Turns, queue by hand, the others asked, tasks left by a meeting, time marks, the half-typed line."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from deliberation_app import settings as app_settings
from deliberation_app.domain.speaking import OTHERS_SILENT, Share
from deliberation_app.errors import NotFound, RuleBroken
from deliberation_app.services import (
    agenda,
    floor,
    floor_draft,
    floor_marks,
    floor_roll,
    meetings,
    meetings_agenda,
    tasks,
    votes,
)
from deliberation_app.services.board_floor import standings
from deliberation_app.services.work import Work
from deliberation_app.storage import database
from deliberation_app.storage.floor import Attendance, Turn
from tests.services.live_meeting import Live, start
from tests.services.small import HandClock


def turns(live: Live) -> list[tuple[int, int]]:
    """Who had the floor and how long, in order."""
    with live.work.read() as session:
        rows = session.scalars(select(Turn).where(Turn.meeting_id == live.id).order_by(Turn.began_at, Turn.ended_at))
        return [(live.people.index(row.person_id), row.seconds) for row in rows]


def queue(live: Live) -> list[int]:
    return [live.people.index(one.guest.person_id) for one in live.board().waiting]


def speaks_for(live: Live, number: int, party: str) -> None:
    with live.work.act("floor.sign_in") as act:
        row = act.scalars(
            select(Attendance).where(Attendance.meeting_id == live.id, Attendance.person_id == live.people[number])
        ).one()
        row.speaks_for = party


def test_a_turn_is_on_record_whenever_it_ends(work: Work, clock: HandClock) -> None:
    live = start(work)
    for person, seconds in ((0, 40), (1, 70)):
        floor.give(work, live.id, live.people[person])
        clock.move(seconds=seconds)
    floor.stop(work, live.id)
    floor.give(work, live.id, live.people[2])
    clock.move(seconds=10)
    floor.go_to_entry(work, live.id)
    assert live.board().speaker is None
    floor.give(work, live.id, live.people[3])
    clock.move(seconds=20)
    meetings.recess(work, live.id)
    meetings.resume(work, live.id)
    floor.give(work, live.id, live.people[4])
    clock.move(seconds=30)
    meetings.close(work, live.id)
    assert turns(live) == [(0, 40), (1, 70), (2, 10), (3, 20), (4, 30)]
    work.undo()
    assert turns(live)[-1] == (3, 20)
    assert live.board().speaker.person_id == live.people[4]


def test_no_clock_runs_on_under_a_vote_and_taking_it_back_gives_the_floor_back(work: Work, clock: HandClock) -> None:
    live = start(work)
    floor.give(work, live.id, live.people[0])
    clock.move(seconds=40)
    floor.note(work, live.id, text="先划线。", speaker_id=live.people[0])
    vote = votes.open_vote(work, live.entry, motion="划线")
    assert (live.board().speaker, turns(live)) == (None, [(0, 40)])
    clock.move(seconds=200)
    votes.count(work, vote, in_favour=5, against=1, abstain=1)
    votes.announce(work, vote)
    assert (live.board().speaker, turns(live)) == (None, [(0, 40)])
    for _step in range(3):
        work.undo()
    speaker = live.board().speaker
    assert (speaker.person_id, speaker.left(clock.now), turns(live)) == (live.people[0], 180 - 240, [])
    work.redo()
    assert (live.board().speaker, turns(live)) == (None, [(0, 40)])


def test_who_is_not_there_is_passed_over_and_stands_there_again_when_back(work: Work, clock: HandClock) -> None:
    live = start(work)
    for person in (0, 1, 2):
        clock.move(seconds=5)
        floor.queue(work, live.id, live.people[person])
    floor_roll.step_out(work, live.id, live.people[0])
    assert (queue(live), live.people.index(live.board().queue[0].person_id)) == ([1, 2, 0], 1)
    assert [one.guest.there for one in live.board().waiting] == [True, True, False]
    assert live.board().steps[0].target == live.people[1]
    clock.move(minutes=1)
    floor_roll.come_back(work, live.id, live.people[0])
    assert queue(live) == [0, 1, 2]
    floor_roll.sign_out(work, live.id, live.people[0])
    assert queue(live) == [1, 2]
    work.undo()
    assert queue(live) == [0, 1, 2]


def test_the_floor_is_not_given_to_somebody_who_is_not_there(work: Work, clock: HandClock) -> None:
    live = start(work)
    floor.queue(work, live.id, live.people[8])  # on the roll, never signed in
    with pytest.raises(RuleBroken, match="郑调解 is not in the room"):
        floor.give(work, live.id, live.people[8])
    with pytest.raises(RuleBroken, match="郑调解 is not in the room"):
        floor.give(work, live.id)
    assert (live.board().speaker, queue(live)) == (None, [8])
    floor_roll.sign_in(work, live.id, [live.people[8]], status="online")
    assert floor.give(work, live.id) == live.people[8]
    clock.move(seconds=30)
    floor_roll.step_out(work, live.id, live.people[8])
    assert (live.board().speaker, turns(live)) == (None, [(8, 30)])


def test_on_another_day_nobody_is_next_before_signing_in_again(work: Work, clock: HandClock) -> None:
    live = start(work)
    floor.queue(work, live.id, live.people[0])
    floor.queue(work, live.id, live.people[1])
    meetings.recess(work, live.id, until=clock.now + timedelta(days=1))
    clock.move(days=1)
    meetings.resume(work, live.id)
    assert (live.board().queue, sorted(queue(live))) == ((), [0, 1])
    floor_roll.leave(work, live.id, live.people[0], reason="出差")
    floor_roll.sign_in(work, live.id, [live.people[1]])
    assert ([one.name for one in live.board().queue], queue(live)) == (["郝五"], [1])


def test_by_hand_those_who_are_there_and_the_others_move_apart(work: Work, clock: HandClock) -> None:
    live = start(work)
    for person in (0, 1, 7, 8):
        clock.move(seconds=5)
        floor.queue(work, live.id, live.people[person])
    floor.move(work, live.id, live.people[1], -1)
    floor.move(work, live.id, live.people[8], -1)
    assert queue(live) == [1, 0, 8, 7]
    floor.move(work, live.id, live.people[8], -1)
    assert queue(live) == [1, 0, 8, 7]
    floor_roll.sign_in(work, live.id, [live.people[8]])
    assert queue(live)[:3] in ([1, 8, 0], [8, 1, 0])  # placed as well, at the head of those who were away


def test_pauses_do_not_count_and_overtime_does(work: Work, clock: HandClock) -> None:
    live = start(work)
    floor.give(work, live.id, live.people[0])
    clock.move(seconds=50)
    floor.pause(work, live.id)
    clock.move(seconds=600)
    floor.pause(work, live.id)
    clock.move(seconds=150)  # twenty seconds over
    floor.extend(work, live.id, 30)
    assert live.board().speaker.left(clock.now) == 30
    clock.move(seconds=10)
    floor.stop(work, live.id)
    assert turns(live) == [(0, 210)]


def test_a_turn_without_end_counts_up_and_cannot_be_extended(work: Work, clock: HandClock) -> None:
    live = start(work)
    floor.choose_seconds(work, live.id, 0)
    floor.give(work, live.id, live.people[0])
    clock.move(seconds=400)
    speaker = live.board().speaker
    assert (speaker.unlimited, -speaker.left(clock.now)) == (True, 400)
    with pytest.raises(RuleBroken, match="nothing to extend"):
        floor.extend(work, live.id)
    floor.pause(work, live.id)
    clock.move(seconds=60)
    floor.stop(work, live.id)
    assert turns(live) == [(0, 400)]


def test_the_length_chosen_holds_from_the_next_turn_and_for_the_next_such_meeting(work: Work, clock: HandClock) -> None:
    live = start(work)
    floor.give(work, live.id, live.people[0])
    floor.choose_seconds(work, live.id, 300)
    assert live.board().speaker.allotted_seconds == 180
    floor.give(work, live.id, live.people[1])
    assert (live.board().speaker.allotted_seconds, live.board().turn_seconds) == (300, 300)
    meetings.close(work, live.id)
    following = meetings.call(work, live.unit, kind="courtyard_consultation", title="再议",
                              starts_at=clock.now + timedelta(days=1), due=live.people)  # fmt: skip
    assert Live(work, live.unit, following, live.people).board().turn_seconds == 300
    with pytest.raises(ValueError):
        floor.choose_seconds(work, live.id, 77)


def test_parties_take_turns_and_the_reasons_are_told(work: Work, clock: HandClock) -> None:
    live = start(work)
    for person, party in ((0, "有车居民代表"), (1, "有车居民代表"), (2, "无车居民代表"), (3, "物业服务企业代表")):
        speaks_for(live, person, party)
    floor.give(work, live.id, live.people[0])
    clock.move(seconds=60)
    for person in (1, 2):
        floor.queue(work, live.id, live.people[person])
        clock.move(seconds=1)
    assert queue(live) == [2, 1]
    floor.queue(work, live.id, live.people[3], "answer")
    floor.queue(work, live.id, live.people[4], "order")
    board = live.board()
    assert [(one.wish, one.party_turns) for one in board.waiting] == [("order", 0), ("answer", 0), (None, 0), (None, 1)]
    assert floor.give(work, live.id) == live.people[4]
    assert board.shares.persons[str(live.people[0])] == Share(1, 0)  # still under way
    assert live.board().shares.parties["有车居民代表"] == Share(1, 62)


def test_who_waits_may_turn_to_a_point_of_order(work: Work) -> None:
    live = start(work)
    for person in (0, 1):
        floor.queue(work, live.id, live.people[person])
    floor.queue(work, live.id, live.people[1], "order")
    assert queue(live) == [1, 0]
    with pytest.raises(RuleBroken, match="in the queue already"):
        floor.queue(work, live.id, live.people[1], "order")
    with pytest.raises(ValueError):
        floor.queue(work, live.id, live.people[2], "loud")


def test_the_chair_puts_the_queue_in_another_order_and_takes_it_back(work: Work, clock: HandClock) -> None:
    live = start(work)
    for person in (0, 1, 2):
        floor.queue(work, live.id, live.people[person])
        clock.move(seconds=1)
    floor.move(work, live.id, live.people[2], -1)
    assert queue(live) == [0, 2, 1]
    floor.queue(work, live.id, live.people[3])
    assert queue(live) == [0, 2, 1, 3]
    floor.queue(work, live.id, live.people[4], "order")
    assert queue(live) == [4, 0, 2, 1, 3]
    floor.move(work, live.id, live.people[0], -1)
    assert queue(live) == [0, 4, 2, 1, 3]
    work.undo()
    assert queue(live) == [4, 0, 2, 1, 3]
    floor.let_rule(work, live.id)
    assert queue(live) == [4, 0, 1, 2, 3]
    floor.unqueue(work, live.id, live.people[3])
    with pytest.raises(RuleBroken, match="not in the queue"):
        floor.move(work, live.id, live.people[3], 1)


def test_the_others_are_asked_before_an_item_is_left(work: Work) -> None:
    live = start(work, here=4)
    assert live.board().steps[0].act != "no_more"
    floor.note(work, live.id, text="说两句。", speaker_id=live.people[0])
    board = live.board()
    assert set(board.unheard) == {live.people[number] for number in (1, 2, 3)}
    assert "no_more" in [step.act for step in board.steps]
    floor.no_more(work, live.id)
    board = live.board()
    assert (board.statements[-1].text, board.statements[-1].speaker_id) == (OTHERS_SILENT, None)
    assert "no_more" not in [step.act for step in board.steps]
    with pytest.raises(RuleBroken, match="asked on this already"):
        floor.no_more(work, live.id)
    work.undo()
    assert len(live.board().statements) == 1


def test_nobody_spoke_at_all(work: Work) -> None:
    live = start(work)
    floor.no_more(work, live.id)
    assert live.board().entry.no_statements
    assert live.board().statements == ()


def test_a_statement_is_given_another_time_speaker_and_question(work: Work, clock: HandClock) -> None:
    live = start(work)
    clock.move(minutes=5)
    first = floor.note(work, live.id, text="租户怎么算？", side="raise", speaker_id=live.people[0])
    second = floor.note(work, live.id, text="路灯呢？", side="raise", speaker_id=live.people[1])
    answer = floor.note(work, live.id, text="年底前修。", side="answer", answers_id=first, speaker_id=live.people[2],
                        stance="for", promised_by=(clock.now + timedelta(days=9)).date())  # fmt: skip
    board = live.board()
    assert [standings(board.statements)[key][0] for key in (first, second)] == ["promised", "open"]
    floor.edit_note(work, answer, answers_id=second, speaker_id=live.people[3], promised_by=None, stance="neutral",
                    at=clock.now - timedelta(minutes=2))  # fmt: skip
    board = live.board()
    said = next(one for one in board.statements if one.id == answer)
    assert (said.speaker_id, said.stance, said.at) == (live.people[3], "neutral", clock.now - timedelta(minutes=2))
    assert standings(board.statements)[second][:2] == ("answered", said.speaker)
    for at in (clock.now + timedelta(minutes=1), clock.now - timedelta(days=1)):
        with pytest.raises(RuleBroken, match="not in session"):
            floor.edit_note(work, answer, at=at)
    with pytest.raises(RuleBroken, match="does not answer itself"):
        floor.edit_note(work, answer, answers_id=answer)
    with pytest.raises(RuleBroken, match="Others have answered this"):
        floor.edit_note(work, second, side="answer", answers_id=first)


def test_open_questions_and_promises_become_tasks_once(work: Work, clock: HandClock) -> None:
    live = start(work)
    item = agenda.raise_item(work, live.unit, title="停车位")
    meetings_agenda.add_entry(work, live.id, title="停车位", item_id=item)
    floor.go_to_entry(work, live.id)
    due = (clock.now + timedelta(days=9)).date()
    first = floor.note(work, live.id, text="租户怎么算？", side="raise", speaker_id=live.people[0])
    floor.note(work, live.id, text="路灯呢？", side="raise", speaker_id=live.people[1])
    floor.note(work, live.id, text="月底前定。", side="answer", answers_id=first, speaker_id=live.people[2],
               promised_by=due)  # fmt: skip

    def left() -> set[tuple[str, uuid.UUID | None, object]]:
        return {(row.task.title, row.task.owner_id, row.task.due) for row in tasks.page(work, live.unit).rows}

    wanted = {("回应：路灯呢？", live.board().meeting.chair_id, None), ("兑现承诺：月底前定。", live.people[2], due)}
    assert left() == set()
    meetings.close(work, live.id)
    assert left() == wanted
    work.undo()
    assert left() == set()
    meetings.close(work, live.id)
    assert left() == wanted
    assert len(tasks.page(work, live.unit).rows) == 2


def test_time_marks_count_from_the_opening(work: Work, clock: HandClock) -> None:
    live = start(work)
    clock.move(seconds=75)
    first = floor_marks.mark(work, live.id)
    clock.move(seconds=5)
    floor_marks.mark(work, live.id, "提到消防通道")
    floor_marks.edit_mark(work, first, " 争论开始 ")
    assert [(one.text, one.offset) for one in floor_marks.marks(work, live.id)] == [
        ("争论开始", 75),
        ("提到消防通道", 80),
    ]
    floor_marks.drop_mark(work, first)
    assert len(floor_marks.marks(work, live.id)) == 1
    with pytest.raises(NotFound):
        floor_marks.edit_mark(work, first, "")
    work.undo()
    assert len(floor_marks.marks(work, live.id)) == 2


def test_the_half_typed_line_lies_beside_the_database_and_is_no_act(work: Work) -> None:
    live = start(work)
    floor_draft.keep(work, live.id, {"text": "租户的车", "side": "raise"})
    assert floor_draft.kept(work, live.id) == {"text": "租户的车", "side": "raise"}
    place = floor_draft.place(work, live.id)
    place.write_text("{", encoding="utf-8")
    assert floor_draft.kept(work, live.id) == {}
    place.write_text('["x"]', encoding="utf-8")
    assert floor_draft.kept(work, live.id) == {}
    floor_draft.keep(work, live.id, {"text": "", "side": "raise"})
    assert not place.exists()


OTHER_RUN = """
import sys, uuid
from datetime import UTC, datetime
from deliberation_app.services import floor_draft
from deliberation_app.services.work import open_work
work = open_work(sys.argv[1], clock=lambda: datetime.now(UTC), make=False)
meeting = uuid.UUID(sys.argv[2])
print(floor_draft.kept(work, meeting).get("text", ""), flush=True)
if len(sys.argv) > 3:
    floor_draft.keep(work, meeting, {"text": sys.argv[3]})
    print("kept", flush=True)
    sys.stdin.read()
"""


def other_run(work: Work, meeting: uuid.UUID, *typed: str) -> subprocess.Popen[str]:
    """Another run of the program, which tells what it finds half-typed and then perhaps types something."""
    place = database.file_of(work.engine.url) or work.engine.url.render_as_string(hide_password=False)
    words = [sys.executable, "-c", OTHER_RUN, str(place), str(meeting), *typed]
    return subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
                            cwd=app_settings.path(), env={**os.environ, "PYTHONUTF8": "1"})  # fmt: skip


def test_a_half_typed_line_belongs_to_one_run_of_the_program(work: Work) -> None:
    live = start(work)
    floor_draft.keep(work, live.id, {"text": "我正在打的"})
    with other_run(work, live.id, "另一个窗口的") as other:
        assert [other.stdout.readline(), other.stdout.readline()] == ["\n", "kept\n"]
        assert floor_draft.kept(work, live.id) == {"text": "我正在打的"}
        floor_draft.keep(work, live.id, {})
        assert floor_draft.kept(work, live.id) == {}  # the other one has not ended
        other.kill()
    assert floor_draft.kept(work, live.id) == {"text": "另一个窗口的"}
    with other_run(work, live.id) as third:
        assert third.communicate()[0] == "\n"  # it is this run's now
    floor_draft.keep(work, live.id, {})
    folder = floor_draft.place(work, live.id).parent
    assert [one.name for one in folder.iterdir() if "-line-" in one.name] == []
