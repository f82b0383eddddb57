"""Attendance as events in time, lines of the roll as they are typed, and the codes of the sign-in sheet."""

from __future__ import annotations

import uuid
from datetime import datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from deliberation_app.domain import roll_codes
from deliberation_app.domain.meetings_kinds import KINDS
from deliberation_app.domain.roll_events import (
    Event,
    Noted,
    Times,
    events_of,
    moment_of,
    moved,
    noted,
    read_line,
    times_of,
    without,
)
from deliberation_app.domain.roll_words import allows_proxy, door_fits, opinion_counts
from deliberation_app.errors import RuleBroken
from deliberation_app.settings import DISPLAY_ZONE

START = datetime(2026, 10, 20, 14, 0, tzinfo=DISPLAY_ZONE)


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


def told(*events: tuple[str, int]) -> tuple[Event, ...]:
    return tuple(Event(kind, at(minute)) for kind, minute in events)  # type: ignore[arg-type]


CHANGES = st.lists(
    st.tuples(st.sampled_from(["arrived", "out", "back", "left", "move", "take"]), st.integers(0, 90)), max_size=20
)


@given(changes=CHANGES)
def test_whatever_is_noted_moved_or_taken_away_stays_in_order(changes: list[tuple[str, int]]) -> None:
    events: tuple[Event, ...] = ()
    for what, minute in changes:
        try:
            if what == "move" and events:
                events = moved(events, minute % len(events), at(minute))
            elif what == "take" and events:
                events = without(events, minute % len(events))
            elif what not in ("move", "take"):
                events = noted(events, what, at(minute))  # type: ignore[arg-type]
        except RuleBroken:
            continue
        if events:
            times = times_of(events)
            assert events_of(times) == events or events[-2].at == events[-1].at
            assert times_of(events_of(times)) == times
            moments = [event.at for event in events]
            assert moments == sorted(moments)


def test_what_is_told_late_finds_its_place() -> None:
    events = told(("arrived", 0), ("out", 30), ("back", 40))
    assert noted(events, "left", at(50)) == (*events, *told(("left", 50)))
    assert noted(events[:1], "out", at(10))[1:] == told(("out", 10))
    assert noted(events, "arrived", at(-10))[0] == told(("arrived", -10))[0]
    with pytest.raises(RuleBroken, match="does not fit"):
        noted(events, "out", at(10))
    with pytest.raises(RuleBroken, match="is before"):
        moved(events, 2, at(20))


def test_who_had_left_and_comes_was_only_out() -> None:
    events = told(("arrived", 0), ("left", 30))
    assert noted(events, "arrived", at(45)) == told(("arrived", 0), ("out", 30), ("back", 45))


def test_no_return_is_left_without_a_going() -> None:
    events = told(("arrived", 0), ("out", 10), ("back", 20), ("out", 30), ("back", 40), ("left", 50))
    assert without(events, 1) == told(("arrived", 0), ("out", 30), ("back", 40), ("left", 50))
    assert without(events, 2) == told(("arrived", 0), ("out", 10), ("back", 40), ("left", 50))
    assert without(events, 5) == events[:5]
    assert without(events, 0) == ()


def test_a_minute_typed_is_the_minute_something_happened_in() -> None:
    arrived = (Event("arrived", START.replace(second=20)),)
    assert noted(arrived, "out", START)[1].at == START.replace(second=20)


def test_somebody_who_left_from_outside_was_out_until_then() -> None:
    events = told(("arrived", 0), ("out", 10), ("left", 20))
    assert times_of(events) == Times(at(0), at(20), ((at(10), at(20)),))
    assert events_of(times_of(events)) == events


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wlj", Noted("wlj")), ("wlj 14:35", Noted("wlj", None, time(14, 35))),
        ("wlj 14：35到", Noted("wlj", "arrived", time(14, 35))), ("14:35走", Noted("", "left", time(14, 35))),
        ("14点5分 王兰出去", Noted("王兰", "out", time(14, 5))), ("王兰 回来", Noted("王兰", "back")),
        ("hqj 假 去医院", Noted("hqj", status="leave", reason="去医院")), ("何请假", Noted("何请假")),
        ("wsb 线上", Noted("wsb", status="online")), ("lv 缺席", Noted("lv", status="absent")), ("请假", Noted("请假")),
        ("王来", Noted("王来")), ("wlj 9时", Noted("wlj", None, time(9))), ("", Noted()),
    ],
)  # fmt: skip
def test_a_line_says_whom_what_and_when(typed: str, meant: Noted) -> None:
    assert read_line(typed) == meant


def test_an_hour_still_to_come_is_refused() -> None:
    assert moment_of(time(13, 5), START) == START.replace(hour=13, minute=5)
    with pytest.raises(RuleBroken, match="still to come"):
        moment_of(time(14, 1), START)


@given(meeting=st.uuids(), person=st.uuids(), place=st.integers(0, 19), digit=st.integers(1, 9))
def test_a_digit_misread_is_noticed(meeting: uuid.UUID, person: uuid.UUID, place: int, digit: int) -> None:
    code = roll_codes.code_of(meeting, person)
    assert roll_codes.is_code(code)
    assert roll_codes.is_code(roll_codes.spaced(code))
    assert roll_codes.parts(code) == (roll_codes.meeting_digits(meeting), roll_codes.person_digits(person))
    wrong = code[:place] + str((int(code[place]) + digit) % 10) + code[place + 1 :]
    assert not roll_codes.is_code(wrong)


@given(meeting=st.uuids(), person=st.uuids(), place=st.integers(2, 18))
def test_two_digits_exchanged_are_noticed(meeting: uuid.UUID, person: uuid.UUID, place: int) -> None:
    code = roll_codes.code_of(meeting, person)
    assume(code[place] != code[place + 1])
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert roll_codes.looks_like_code(wrong)
    assert not roll_codes.is_code(wrong)


@given(text=st.text(max_size=24))
def test_a_name_is_never_a_code(text: str) -> None:
    assert roll_codes.looks_like_code(text) <= (len(roll_codes.plain(text)) == 20)
    assert not roll_codes.looks_like_code("".join(sign for sign in text if not sign.isdigit()))


@pytest.mark.parametrize(
    ("typed", "fits"),
    [("1-2-301", True), ("1号楼301", True), ("1 30", True), ("2单元301", True), ("1-1-301", False), ("301", True),
     ("3011", False), ("1号", True), ("二号", False)],
)  # fmt: skip
def test_a_flat_is_found_by_its_numbers(typed: str, fits: bool) -> None:
    assert door_fits(typed, "1号楼", "2单元", "301") is fits


def test_proxies_and_written_opinions_count_only_where_a_rule_says_so() -> None:
    assert allows_proxy(KINDS["owners_assembly"])
    assert not allows_proxy(KINDS["branch_assembly"])
    assert opinion_counts(KINDS["branch_assembly"])
    assert not opinion_counts(KINDS["courtyard_consultation"])
