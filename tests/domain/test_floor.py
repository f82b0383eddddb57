"""The room: who is there at a moment, the numbers of the meeting, and who speaks next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app.domain.floor import (
    AttendanceTotals,
    Attendee,
    Electorate,
    Flat,
    Roll,
    attendance_totals,
    electorate,
    in_the_room,
    next_mark,
)  # fmt: skip
from deliberation_app.domain.votes import RULES

START = datetime(2026, 9, 1, 1, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("minute", "there"),
    [(9, False), (10, True), (19, True), (20, False), (29, False), (30, True), (59, True), (60, False)],
)
def test_arrival_is_inclusive_leaving_and_absence_end_at_their_moment(minute: int, there: bool) -> None:
    attendee = Attendee(person="王一", arrived_at=at(10), left_at=at(60), away=((at(20), at(30)),))
    assert in_the_room(attendee, at(minute)) is there
    assert in_the_room(attendee, None)


def test_who_has_not_come_back_is_away_and_status_counts_first() -> None:
    assert not in_the_room(Attendee(person="王一", away=((at(20), None),)), at(500))
    assert not in_the_room(Attendee(person="王一", status="leave"), at(0))
    assert not in_the_room(Attendee(person="王一", status="online"), at(0))
    assert in_the_room(Attendee(person="王一", status="online"), at(0), online=True)


def test_eligible_and_present_by_rule() -> None:
    attendees = [
        Attendee(person="a", suffrage=True),
        Attendee(person="b", suffrage=True, status="online"),
        Attendee(person="c"),
        Attendee(person="d", status="leave"),
        Attendee(person="e", capacity="observing", suffrage=True, proxy_of="d"),
    ]
    expected = {
        "branch_resolution": (2, 1), "four_discussions": (2, 1), "committee_resolution": (4, 2), "straw_poll": (4, 3),
        "house_rule": (4, 3), "residents_election": (4, 3), "villagers_group": (4, 2),
    }  # fmt: skip
    for rule, (eligible, present) in expected.items():
        assert electorate(rule, attendees, at(0)) == Electorate(eligible=eligible, present=present)


def test_owners_count_heads_once_and_areas_in_full() -> None:
    flats = [Flat("a", 5050), Flat("a", 3000), Flat("b", 8025)]
    roll = Roll([], flats)
    assert roll.electorate("owners_special", None) == Electorate(eligible=2, eligible_area=16075)
    assert roll.electorate("owners_special", None, ["a"]) == Electorate(
        eligible=2, eligible_area=16075, present=1, present_area=8050
    )
    assert Roll([]).electorate("owners_ordinary", None) == Electorate()


spans = st.lists(st.integers(0, 40), max_size=8).map(sorted)


@st.composite
def attendees(draw: st.DrawFn) -> list[Attendee]:
    people = draw(st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8))
    made = []
    for person in people:
        marks = draw(spans)
        away = tuple((at(gone), at(back)) for gone, back in zip(marks[::2], marks[1::2], strict=False))
        if len(marks) % 2:
            away = (*away, (at(marks[-1]), None))
        made.append(Attendee(
            person=person, suffrage=draw(st.booleans()), away=away,
            capacity=draw(st.sampled_from(["voting", "observing"])),
            status=draw(st.sampled_from(["present", "online", "leave"])),
            arrived_at=draw(st.none() | st.integers(0, 40).map(at)),
            left_at=draw(st.none() | st.integers(0, 40).map(at)),
            proxy_of=draw(st.none() | st.sampled_from("xyab")),
        ))  # fmt: skip
    return made


@given(who=attendees(), rule=st.sampled_from(sorted(RULES)), minute=st.none() | st.integers(-1, 41))
def test_counting_by_edges_agrees_with_looking_at_each_person(
    who: list[Attendee], rule: str, minute: int | None
) -> None:
    law = RULES[rule]
    if law.by_area:
        return
    moment = None if minute is None else at(minute)
    here = {one.person for one in who if in_the_room(one, moment, online=law.online_counts)}
    if law.proxy:
        here |= {one.proxy_of for one in who if one.person in here and one.proxy_of}
    eligible = {one.person for one in who if one.capacity == "voting" and (one.suffrage or not law.suffrage_only)}
    roll = Roll(who)
    assert roll.electorate(rule, moment) == Electorate(eligible=len(eligible), present=len(here & eligible))
    assert {person for person in eligible if roll.presence(rule).has(person, moment)} == here & eligible


def test_the_printed_numbers_are_of_the_whole_meeting() -> None:
    who = [
        Attendee(person="a", left_at=at(1)), Attendee(person="b", status="online"),
        Attendee(person="c", status="leave"), Attendee(person="d", status="absent"),
        Attendee(person="e", capacity="observing"), Attendee(person="f", capacity="invited", status="absent"),
    ]  # fmt: skip
    assert attendance_totals(who) == AttendanceTotals(due=4, present=1, online=1, leave=1, absent=1, observing=1)


@st.composite
def many(draw: st.DrawFn) -> list[Attendee]:
    """As `attendees`, but somebody may stand on several lines."""
    return [one for part in draw(st.lists(attendees(), min_size=1, max_size=2)) for one in part]


@given(
    who=attendees() | many(), steps=st.lists(st.tuples(attendees(), st.sets(st.sampled_from("abcdefgh"), max_size=2))),
    rules=st.lists(st.sampled_from(sorted(RULES)), min_size=1), minutes=st.lists(st.integers(-1, 41), min_size=1),
)  # fmt: skip
def test_a_changed_roll_is_the_roll_made_anew(
    who: list[Attendee], steps: list[tuple[list[Attendee], set[str]]], rules: list[str], minutes: list[int]
) -> None:
    roll, totals = Roll(who), attendance_totals(who)
    moments = [None, *map(at, minutes)]
    for lines, others in steps:
        for rule in rules:
            roll.electorate(rule, moments[-1])
        gone = others - {line.person for line in lines}
        moved = gone | {line.person for line in lines}
        totals = totals.changed([one for one in roll.attendees if one.person in moved], lines)
        roll = roll.changed(lines, gone)
        anew = Roll(roll.attendees)
        assert totals == attendance_totals(roll.attendees)
        assert not gone & {one.person for one in roll.attendees}
        assert all(line in roll.attendees for line in lines)
        for rule in sorted(RULES):
            for moment in moments:
                assert roll.electorate(rule, moment) == anew.electorate(rule, moment)
                assert all(
                    roll.presence(rule).has(one, moment) == anew.presence(rule).has(one, moment) for one in "abcdxy"
                )


@given(who=attendees(), minute=st.integers(-1, 41), later=st.integers(0, 41))
def test_until_the_next_mark_nobody_comes_or_goes(who: list[Attendee], minute: int, later: int) -> None:
    for one in who:
        mark = next_mark(one, at(minute))
        if mark is None or at(minute + later) < mark:
            assert in_the_room(one, at(minute + later)) == in_the_room(one, at(minute))
