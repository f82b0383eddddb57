"""The roll: people who come, go, sit for others; every step leaves a sound file and can be taken back."""

from __future__ import annotations

import uuid
from datetime import time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deliberation_app.domain import meeting_file as domain_file
from deliberation_app.domain.roll_codes import code_of
from deliberation_app.errors import AppError, RuleBroken
from deliberation_app.services import (
    floor,
    floor_roll,
    floor_scan,
    floor_seat,
    meeting_file,
    meetings,
    people,
    roll_view,
    votes,
)
from deliberation_app.services.people import Home
from deliberation_app.services.work import Work
from tests.services.live_meeting import Live, call, start
from tests.services.small import HandClock


def lines(live: Live) -> dict[uuid.UUID, roll_view.RollLine]:
    return {one.person_id: one for one in roll_view.lines(live.work, live.id)}


def times(live: Live, number: int) -> list[tuple[str, str]]:
    return [(one.what, one.at.strftime("%H:%M")) for one in lines(live)[live.people[number]].events]


def homes(live: Live) -> list[uuid.UUID]:
    """Two flats, known to the register by the people who live there."""
    for number, room in enumerate(("101", "102")):
        home = Home(courtyard="山大路194号院", building="1号楼", entrance="1单元", room=room)
        people.edit(live.work, live.people[number], home=home)
    return [key for key, _door, _voter in roll_view.flats(live.work, live.id, "")]


ACTS = ("in", "online", "late", "out", "back", "left", "leave", "absent", "move", "take", "seat", "household", "party",
        "walk_in", "opinion", "recess", "resume")  # fmt: skip


def do(live: Live, act: str, number: int, flats: list[uuid.UUID]) -> None:
    work, person = live.work, live.people[number % len(live.people)]
    hour = time(9, number % 60)
    {
        "in": lambda: floor_roll.sign_in(work, live.id, [person]),
        "online": lambda: floor_roll.sign_in(work, live.id, [person], status="online"),
        "late": lambda: floor_roll.sign_in(work, live.id, [person], at=hour),
        "out": lambda: floor_roll.step_out(work, live.id, person, at=hour if number % 2 else None),
        "back": lambda: floor_roll.come_back(work, live.id, person, at=hour if number % 2 else None),
        "left": lambda: floor_roll.sign_out(work, live.id, person, at=hour if number % 2 else None),
        "leave": lambda: floor_roll.leave(work, live.id, person, reason="出差"),
        "absent": lambda: floor_roll.leave(work, live.id, person, reason="", status="absent"),
        "move": lambda: floor_roll.correct(work, live.id, person, number % 4, hour),
        "take": lambda: floor_roll.take_away(work, live.id, person, number % 4),
        "seat": lambda: floor_seat.seat(work, live.id, person, ("voting", "observing", "invited")[number % 3]),
        "household": lambda: floor_seat.represent(work, live.id, person, [*flats, None][number % 3]),
        "party": lambda: floor_seat.speak_for(work, live.id, person, ("有车居民代表", "")[number % 2]),
        "walk_in": lambda: floor_seat.walk_in(work, live.id, f"来人{number}"),
        "opinion": lambda: floor_seat.hand_in(work, live.id, person, ("in_favour", "against", None)[number % 3]),
        "recess": lambda: meetings.recess(work, live.id),
        "resume": lambda: meetings.resume(work, live.id),
    }[act]()  # fmt: skip


def kept(live: Live) -> Any:
    return roll_view.lines(live.work, live.id), live.board().meeting.sessions


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 119)), max_size=18))
def test_any_events_leave_a_sound_file_and_each_is_taken_back(
    open_another: Any, clock: HandClock, steps: list[tuple[str, int]]
) -> None:
    live = start(open_another(), here=5)
    flats = homes(live)
    for act, number in steps:
        clock.move(minutes=number % 7)
        before, head = kept(live), live.work.head()
        try:
            do(live, act, number, flats)
        except AppError:
            assert kept(live) == before
            continue
        if live.work.head() != head:
            after = kept(live)
            live.work.undo()
            assert kept(live) == before
            live.work.redo()
            assert kept(live) == after
    document, faults, _remarks = domain_file.check(meeting_file.export(live.work, live.id))
    assert faults == []
    assert document is not None


def test_the_quorum_of_each_vote_is_that_of_its_moment(work: Work, clock: HandClock) -> None:
    live = start(work, here=7)
    judged = []
    for going in (live.people[:2], ()):
        clock.move(minutes=5)
        if not live.board().statements:
            floor.note(work, live.id, text="我同意。", speaker_id=live.people[4])
        vote = votes.open_vote(work, live.entry, motion="是否同意")
        present = live.board().quorum.present
        votes.count(work, vote, in_favour=present)
        judged.append((present, bool(live.board().vote.quorate)))
        votes.announce(work, vote)
        clock.move(minutes=5)
        for person in going:
            floor_roll.sign_out(work, live.id, person)
    clock.move(minutes=5)
    floor_roll.sign_in(work, live.id, live.people[:3])
    assert judged == [(7, True), (5, False)]
    assert live.board().quorum.present == 7
    document = domain_file.with_verdicts(domain_file.read(meeting_file.export(work, live.id)))
    counted = [vote for entry in document["meeting"]["agenda"] for vote in entry.get("votes", ())]
    assert [vote["verdict"]["quorate"] for vote in counted] == [True, False]


def test_an_arrival_is_noted_late_and_corrected(work: Work, clock: HandClock) -> None:
    live = start(work, here=0)
    clock.move(minutes=50)
    floor_roll.sign_in(work, live.id, [live.people[0]], at=time(9, 35))
    assert times(live, 0) == [("arrived", "09:35")]
    floor_roll.sign_in(work, live.id, [live.people[0]], at=time(9, 30))
    assert times(live, 0) == [("arrived", "09:30")]
    floor_roll.step_out(work, live.id, live.people[0])
    floor_roll.sign_in(work, live.id, [live.people[0]])
    floor_roll.correct(work, live.id, live.people[0], 1, time(9, 40))
    assert times(live, 0) == [("arrived", "09:30"), ("out", "09:40"), ("back", "09:50")]
    floor_roll.take_away(work, live.id, live.people[0], 0)
    assert lines(live)[live.people[0]].expected
    with pytest.raises(RuleBroken, match="not noted any more"):
        floor_roll.take_away(work, live.id, live.people[0], 0)


def test_one_voter_for_a_household_and_the_sentence_names_who(work: Work) -> None:
    live = start(work)
    first, second = homes(live)
    floor_seat.represent(work, live.id, live.people[0], first)
    with pytest.raises(RuleBroken) as refused:
        floor_seat.represent(work, live.id, live.people[1], first)
    assert refused.value.values["name"] == lines(live)[live.people[0]].name
    floor_seat.seat(work, live.id, live.people[1], "observing")
    floor_seat.represent(work, live.id, live.people[1], first)
    with pytest.raises(RuleBroken, match="represents"):
        floor_seat.seat(work, live.id, live.people[1], "voting")
    floor_seat.represent(work, live.id, live.people[1], second)
    assert lines(live)[live.people[1]].represents == "1号楼 1单元 102"
    assert [voter for _key, _door, voter in roll_view.flats(work, live.id, "1-1-101")] == [
        lines(live)[live.people[0]].name
    ]


def test_a_proxy_only_where_a_rule_allows_one(work: Work) -> None:
    live = start(work, here=3)
    with pytest.raises(RuleBroken, match="votes in person"):
        floor_seat.hold_proxy(work, live.id, live.people[0], live.people[5])


def test_a_proxy_of_somebody_who_is_not_there_and_has_given_none(work: Work) -> None:
    live = call(work, "residents_assembly")
    kind = live.board().kind
    if not any(floor_seat.allows_proxy(one) for one in (kind,)):
        live = call_owners(live)
    floor_roll.sign_in(work, live.id, live.people[:3])
    here, other, away = live.people[0], live.people[1], live.people[5]
    for wrong, said in ((here, "same person"), (other, "votes in person")):
        with pytest.raises(RuleBroken, match=said):
            floor_seat.hold_proxy(work, live.id, here, wrong)
    floor_seat.hold_proxy(work, live.id, here, away)
    with pytest.raises(RuleBroken, match="only one person"):
        floor_seat.hold_proxy(work, live.id, other, away)
    assert lines(live)[here].proxy_of == lines(live)[away].name


def call_owners(live: Live) -> Live:
    """The same people called as owners."""
    key = meetings.call(live.work, live.unit, kind="owners_assembly", title="业主大会", starts_at=live.work.clock(),
                        due=live.people)  # fmt: skip
    return Live(live.work, live.unit, key, live.people)


def test_a_written_opinion_is_only_of_somebody_who_did_not_come(work: Work) -> None:
    live = start(work, "branch_assembly", here=3, unit_kind="branch")
    with pytest.raises(RuleBroken, match="not in writing"):
        floor_seat.hand_in(work, live.id, live.people[0], "in_favour")
    floor_seat.hand_in(work, live.id, live.people[5], "in_favour")
    assert lines(live)[live.people[5]].opinion == "in_favour"
    floor_seat.hand_in(work, live.id, live.people[5], None)
    assert lines(live)[live.people[5]].opinion == ""


def test_a_code_signs_in_once_and_says_what_it_is(work: Work) -> None:
    live = start(work, here=0)
    code = code_of(live.id, live.people[2])
    assert floor_scan.scan(work, live.id, code).before == ""
    again = floor_scan.scan(work, live.id, code)
    assert (again.before, again.at is not None) == ("here", True)
    floor_roll.step_out(work, live.id, live.people[2])
    assert floor_scan.scan(work, live.id, code).before == "out"
    floor_roll.sign_out(work, live.id, live.people[2])
    assert floor_scan.scan(work, live.id, code).before == "gone"
    other = meetings.call(work, live.unit, kind="courtyard_consultation", title="另一次会", starts_at=work.clock(),
                          due=live.people[:1])  # fmt: skip
    for foreign, said in (
        (code_of(other, live.people[0]), "for another meeting"), (code_of(other, live.people[1]), "sheet of another"),
        (code_of(uuid.uuid4(), live.people[0]), "no meeting"), (code_of(live.id, uuid.uuid4()), "nobody on its roll"),
        (code[:-1], "not read whole"),
    ):  # fmt: skip
        with pytest.raises(RuleBroken, match=said):
            floor_scan.scan(work, live.id, foreign)


def test_on_another_day_last_time_is_the_sitting_before(work: Work, clock: HandClock) -> None:
    live = start(work, here=4)
    clock.move(minutes=20)
    floor_roll.sign_out(work, live.id, live.people[3])
    clock.move(minutes=20)
    ended = work.clock()
    meetings.recess(work, live.id, ended + timedelta(days=3))
    clock.move(days=3)
    meetings.resume(work, live.id)
    assert live.board().steps[0].act == "sign_in"
    last = roll_view.last_time(work, live.id)
    assert last is not None
    assert (last.day, last.people) == (ended, tuple(live.people[:3]))
    floor_roll.sign_in(work, live.id, last.people)
    assert live.board().steps[0].act != "sign_in"


def test_those_of_last_time_are_signed_in_by_one_act(work: Work, clock: HandClock) -> None:
    live = start(work, here=4)
    assert roll_view.last_time(work, live.id) is None
    meetings.close(work, live.id)
    clock.move(days=7)
    key = meetings.call(work, live.unit, kind="courtyard_consultation", title="第二次会", starts_at=work.clock(),
                        due=live.people)  # fmt: skip
    floor_roll.sign_in(work, key, live.people[:1])
    last = roll_view.last_time(work, key)
    assert last is not None
    assert set(last.people) == set(live.people[1:4])
    floor_roll.sign_in(work, key, last.people)
    assert sum(one.there for one in roll_view.lines(work, key)) == 4
    work.undo()
    assert sum(one.there for one in roll_view.lines(work, key)) == 1


def test_a_roll_taken_anew_keeps_what_was_before(work: Work, clock: HandClock) -> None:
    live = start(work, here=4)
    clock.move(minutes=30)
    meetings.recess(work, live.id)
    clock.move(days=1)
    meetings.resume(work, live.id)
    assert live.board().quorum.present == 0
    clock.move(minutes=1)
    floor_roll.sign_in(work, live.id, live.people[:2])
    assert live.board().quorum.present == 2
    assert [kind for kind, _hour in times(live, 0)] == ["arrived", "out", "back"]
    assert lines(live)[live.people[2]].expected
    meetings.close(work, live.id)
    assert [kind for kind, _hour in times(live, 2)] == ["arrived", "left"]


def test_whole_names_and_initials_come_before_beginnings(work: Work) -> None:
    live = start(work)
    roll = roll_view.lines(work, live.id)
    name = roll[0].name
    assert roll_view.fitting(roll, name)[0].name == name
    assert roll_view.closeness(roll[0], name) == 0
    assert roll_view.fitting(roll, "") == list(roll)


def test_a_stranger_is_entered_and_signed_in_by_one_act(work: Work) -> None:
    live = start(work, here=2)
    key = floor_seat.walk_in(work, live.id, "赵新来", capacity="invited")
    assert (lines(live)[key].there, lines(live)[key].capacity) == (True, "invited")
    assert roll_view.others(work, live.id, "赵新来") == []
    work.undo()
    assert key not in lines(live)
    with pytest.raises(RuleBroken, match="initials"):
        floor_seat.walk_in(work, live.id, "wxm")
