"""The floor: roll, queue, clock, statements, and the agenda as it is gone through."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from deliberation_app.errors import RuleBroken
from deliberation_app.services import (
    board_before,
    floor,
    floor_outcome,
    floor_roll,
    meetings,
    meetings_view,
    minutes,
    people,
    votes,
)
from deliberation_app.services.board_acts import Told
from deliberation_app.services.work import Work
from deliberation_app.storage.minutes import Minutes
from deliberation_app.storage.tasks import Task
from tests.services.live_meeting import Live, call, start
from tests.services.small import HandClock


def guest(live: Live, number: int) -> object:
    return next(one for one in live.board().guests if one.person_id == live.people[number])


def test_somebody_steps_out_comes_back_and_leaves(work: Work, clock: HandClock) -> None:
    live = start(work, here=7)
    clock.move(minutes=5)
    floor_roll.step_out(work, live.id, live.people[0])
    assert (guest(live, 0).there, guest(live, 0).out, live.board().quorum.present) == (False, True, 6)
    with pytest.raises(RuleBroken, match="out of the room already"):
        floor_roll.step_out(work, live.id, live.people[0])
    clock.move(minutes=5)
    floor_roll.come_back(work, live.id, live.people[0])
    assert guest(live, 0).there
    clock.move(minutes=5)
    floor_roll.sign_out(work, live.id, live.people[0])
    assert (guest(live, 0).there, guest(live, 0).gone) == (False, True)
    clock.move(minutes=5)
    floor_roll.sign_in(work, live.id, [live.people[0]])
    assert (guest(live, 0).there, live.board().quorum.present) == (True, 7)


def test_leave_needs_its_reason_and_absence_does_not(work: Work) -> None:
    live = call(work)
    with pytest.raises(RuleBroken, match="Leave needs its reason"):
        floor_roll.leave(work, live.id, live.people[0], reason=" ")
    floor_roll.leave(work, live.id, live.people[0], reason="住院")
    floor_roll.leave(work, live.id, live.people[1], reason="", status="absent")
    assert (guest(live, 0).status, guest(live, 0).reason, guest(live, 1).status) == ("leave", "住院", "absent")
    floor_roll.sign_in(work, live.id, [live.people[0]])
    assert (guest(live, 0).there, guest(live, 0).reason) == (True, "")


def test_why_somebody_did_not_come_is_told_until_the_record_is_signed(work: Work) -> None:
    live = start(work, "branch_assembly", unit_kind="branch")
    away, here = live.people[-1], live.people[0]
    floor_roll.leave(work, live.id, away, reason="", status="absent")
    with pytest.raises(RuleBroken):
        floor_roll.explain(work, live.id, away, "住院")
    meetings.close(work, live.id)
    with pytest.raises(RuleBroken, match="not told"):
        floor_roll.explain(work, live.id, away, " ")
    with pytest.raises(RuleBroken, match="leave or absent"):
        floor_roll.explain(work, live.id, here, "住院")
    floor_roll.explain(work, live.id, away, "住院")
    reasons = {one.person_id: one.reason for one in meetings_view.meeting(work, live.id).roll}
    assert reasons[away] == "住院"
    work.undo()
    assert not {one.person_id: one.reason for one in meetings_view.meeting(work, live.id).roll}[away]
    minutes.draft(work, live.id)
    with work.act("minutes.sign") as act:
        act.scalars(select(Minutes)).one().signed_at = act.now
    with pytest.raises(RuleBroken, match="signed and locked"):
        floor_roll.explain(work, live.id, away, "住院")


def test_online_makes_the_meeting_hybrid(work: Work) -> None:
    live = start(work, here=3)
    floor_roll.sign_in(work, live.id, [live.people[4]], status="online")
    board = live.board()
    assert (board.meeting.mode, board.quorum.present, board.totals.online) == ("hybrid", 4, 1)


def test_those_not_heard_yet_speak_first(work: Work, clock: HandClock) -> None:
    live = start(work)
    floor.note(work, live.id, text="说过了。", speaker_id=live.people[0])
    for person in live.people[:3]:
        clock.move(seconds=1)
        floor.queue(work, live.id, person)
    with pytest.raises(RuleBroken, match="in the queue already"):
        floor.queue(work, live.id, live.people[0])
    assert [one.person_id for one in live.board().queue] == [live.people[1], live.people[2], live.people[0]]
    assert floor.give(work, live.id) == live.people[1]
    floor.unqueue(work, live.id, live.people[2])
    assert [one.person_id for one in live.board().queue] == [live.people[0]]


def test_the_clock_pauses_runs_on_and_is_extended(work: Work, clock: HandClock) -> None:
    live = start(work)
    with pytest.raises(RuleBroken, match="Nobody has the floor"):
        floor.pause(work, live.id)
    floor.give(work, live.id, live.people[0])
    clock.move(seconds=60)
    floor.pause(work, live.id)
    clock.move(seconds=500)
    assert live.board().speaker.left(clock.now) == 120
    floor.extend(work, live.id)
    floor.pause(work, live.id)
    assert live.board().speaker.left(clock.now) == 150
    clock.move(seconds=200)
    assert live.board().speaker.left(clock.now) == -50
    floor.extend(work, live.id, 30)
    assert live.board().speaker.left(clock.now) == 30
    floor.stop(work, live.id)
    assert live.board().speaker is None


def test_how_long_somebody_spoke_is_noted(work: Work, clock: HandClock) -> None:
    live = start(work)
    floor.give(work, live.id, live.people[0])
    clock.move(seconds=75)
    floor.note(work, live.id, text="讲完了。", speaker_id=live.people[0])
    with work.read() as session:
        kept = session.get_one(floor.Statement, live.board().statements[0].id)
    assert kept.seconds == 75


def test_a_question_is_open_until_it_is_answered(work: Work, clock: HandClock) -> None:
    live = start(work)
    asked = floor.note(work, live.id, text="租户能不能办月票？", speaker_id=live.people[0], side="raise")
    assert live.board().unanswered == 1
    with pytest.raises(RuleBroken, match="answers nothing"):
        floor.note(work, live.id, text="x", side="raise", answers_id=asked)
    early = (clock.now - timedelta(days=3)).date()
    with pytest.raises(RuleBroken, match="before the day of the meeting"):
        floor.note(work, live.id, text="x", side="answer", answers_id=asked, promised_by=early)
    answer = floor.note(work, live.id, text="可以。", side="answer", answers_id=asked, promised_by=clock.now.date())
    assert (live.board().unanswered, live.board().statements[1].promised_by) == (0, clock.now.date())
    floor.strike(work, answer)
    assert live.board().unanswered == 1


def test_gong_and_drum_belong_to_consultations(work: Work) -> None:
    live = start(work, "branch_assembly", unit_kind="branch")
    with pytest.raises(RuleBroken, match="Gong and drum"):
        floor.note(work, live.id, text="问。", side="raise")
    assert floor.note(work, live.id, text="问。")


def test_a_statement_is_corrected(work: Work) -> None:
    live = start(work)
    said = floor.note(work, live.id, text="13个车位。", speaker_id=live.people[0], side="raise")
    with pytest.raises(RuleBroken, match="cannot be empty"):
        floor.edit_note(work, said, text=" ")
    floor.edit_note(work, said, text="31个车位。", speaker_id=live.people[1], dissent=False)
    one = live.board().statements[0]
    assert (one.text, one.speaker, one.dissent) == ("31个车位。", "郝五", False)


def test_the_agenda_is_gone_through_in_any_order(work: Work, clock: HandClock) -> None:
    live = start(work)
    first, second, third = live.board().entries[:3]
    clock.move(minutes=9)
    assert floor.go_to_entry(work, live.id) == second.id
    clock.move(minutes=3)
    floor.go_to_entry(work, live.id, third.id)
    floor.go_to_entry(work, live.id, second.id)
    lines = {line.id: line for line in live.board().entries}
    assert (lines[first.id].state, lines[first.id].used_seconds(clock.now)) == ("done", 540)
    assert (lines[second.id].state, lines[third.id].state) == ("current", "done")
    for _ in live.board().entries[2:]:
        floor.go_to_entry(work, live.id)
    with pytest.raises(RuleBroken, match="last entry"):
        floor.go_to_entry(work, live.id)


def test_nobody_wished_to_speak(work: Work) -> None:
    live = start(work)
    floor.no_statements(work, live.entry)
    assert live.board().entry.no_statements
    floor.note(work, live.id, text="还是说一句。")
    assert not live.board().entry.no_statements
    with pytest.raises(RuleBroken, match="Somebody has spoken"):
        floor.no_statements(work, live.entry)


def test_nothing_is_noted_outside_a_sitting(work: Work) -> None:
    live = start(work)
    meetings.recess(work, live.id)
    with pytest.raises(RuleBroken, match="in recess"):
        floor.note(work, live.id, text="x")
    meetings.resume(work, live.id)
    meetings.close(work, live.id)
    with pytest.raises(RuleBroken, match="closed"):
        floor.note(work, live.id, text="x")


def test_without_an_item_what_was_promised_gets_one_before_it_is_lost(work: Work, clock: HandClock) -> None:
    live = start(work)
    entry = live.entry
    floor.note(work, live.id, text="月底前公布", speaker_id=live.people[1], promised_by=clock.now.date())
    assert next(one.what for one in live.board().unfinished) == "no_item"
    floor_outcome.raise_item(work, entry)
    assert "no_item" not in [one.what for one in live.board().unfinished]
    with pytest.raises(RuleBroken, match="its item already"):
        floor_outcome.raise_item(work, entry)
    meetings.close(work, live.id)
    with work.read() as session:
        assert [task.owner_id for task in session.scalars(select(Task))] == [live.people[1]]


def test_what_is_taken_back_is_told_with_whom_and_what(work: Work, clock: HandClock) -> None:
    live = start(work)
    one, other = live.people[:2]
    said = floor.note(work, live.id, text="先划线，\n再说收不收费，收多少由大家定，账目要公布。", speaker_id=one)
    floor.give(work, live.id, other)
    floor.extend(work, live.id)
    floor.stop(work, live.id)
    floor.queue(work, live.id, one)
    floor_roll.sign_out(work, live.id, other)
    floor_roll.sign_in(work, live.id, live.people[7:9])
    floor.strike(work, said)
    floor.no_statements(work, live.entry)
    vote = votes.open_vote(work, live.entry, motion="划42个车位")
    votes.count(work, vote, in_favour=7, against=0, abstain=0)
    votes.announce(work, vote)
    floor.go_to_entry(work, live.id)
    expected = [
        ("floor.next_entry", (), live.board().entry.title), ("votes.close", (), "划42个车位"),
        ("votes.count", (), "划42个车位"), ("votes.open", (), "划42个车位"),
        ("floor.no_statements", (), live.board().entries[0].title),
        ("floor.strike", ("王秀兰",), "先划线， 再说收不收费，收多少由大家定，账目要…"),
        ("floor.sign_in", ("吴网格", "郑调解"), ""), ("floor.sign_out", ("郝五",), ""),
        ("floor.queue", ("王秀兰",), ""),
        ("floor.stop", ("郝五",), ""), ("floor.extend", ("郝五",), ""), ("floor.give", ("郝五",), ""),
    ]  # fmt: skip
    for act, who, words in expected:
        last = board_before.last_act(work, live.id)
        within = board_before.OnlyThis(live.id)
        work.undo(within)
        assert within.told == Told(act, who, words)
        again = board_before.OnlyThis(live.id)
        work.redo(again)
        assert again.told == within.told
        assert board_before.last_act(work, live.id)[0] == within.told
        assert last is None or last[0] == within.told
        work.undo()


def test_what_one_act_does_is_told_by_its_way(work: Work) -> None:
    live = start(work)
    one, away = live.people[0], live.people[-1]
    floor.give(work, live.id, one)
    acts = (
        (lambda: floor.pause(work, live.id), Told("floor.pause", ("王秀兰",))),
        (lambda: floor.pause(work, live.id), Told("floor.pause", ("王秀兰",), way="run")),
        (lambda: floor.choose_seconds(work, live.id, 120), Told("floor.turn_time", way="120")),
        (lambda: floor_roll.leave(work, live.id, away, reason="", status="absent"), "absent"),
        (lambda: meetings.recess(work, live.id, None), Told("meetings.recess")),
        (lambda: meetings.resume(work, live.id), Told("meetings.resume")),
        (lambda: meetings.close(work, live.id), Told("meetings.close", way="close")),
    )
    for do, told in acts:
        do()
        last = board_before.last_act(work, live.id)[0]
        assert told in (last, last.way)


def test_a_live_meeting_takes_back_its_own_acts_only(work: Work) -> None:
    live = call(work)
    within = board_before.OnlyThis(live.id)
    with pytest.raises(RuleBroken, match="Nothing has been done in this meeting yet"):
        work.undo(within)
    floor_roll.sign_in(work, live.id, live.people[:3])
    people.add(work, live.unit, name="新来的")
    with pytest.raises(RuleBroken, match="not one of this meeting"):
        work.undo(within)
    assert work.undo() == "people.add"
    assert work.undo(within) == "floor.sign_in"
    assert work.redo(within) == "floor.sign_in"
