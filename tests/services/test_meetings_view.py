"""Meetings as pages show them: calendar, list by pages, one meeting, what was said and decided, rolls to start from."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from deliberation_app import settings
from deliberation_app.errors import NotFound, RuleBroken
from deliberation_app.services import (
    floor_roll,
    meeting_file,
    meetings,
    meetings_agenda,
    meetings_roll,
    meetings_told,
    meetings_view,
    people,
    units,
)
from deliberation_app.services.work import Work
from deliberation_app.settings import DISPLAY_ZONE
from tests.services.small import HandClock


@pytest.fixture
def branch(work: Work):
    """A Party branch with three members besides its secretary."""
    unit = units.set_up(work, name="山大路194号院党支部", kind="branch", chair_name="范例安")
    names = ("尹记录", "龚龑", "陆𬱖")
    members = [people.add(work, unit, name=name, party="full", roles=("member",)) for name in names]
    return unit, members


def _call(work: Work, unit, day: int, kind: str = "branch_assembly", **more):
    at = datetime(2026, 10, day, 14, 30, tzinfo=DISPLAY_ZONE)
    return meetings.call(work, unit, kind=kind, title=f"{day}日党员大会", starts_at=at, place="党员学习角", **more)


def test_calendar_holds_both_ends_and_no_more(work: Work, branch) -> None:
    unit, _members = branch
    wanted = [_call(work, unit, day) for day in (1, 15, 31)]
    late = datetime(2026, 10, 31, 23, 59, tzinfo=DISPLAY_ZONE)
    last = meetings.call(work, unit, kind="theme_day", title="月末", starts_at=late)
    meetings.call(work, unit, kind="theme_day", title="下月", starts_at=late + timedelta(minutes=1))
    found = meetings_view.between(work, unit, date(2026, 10, 1), date(2026, 10, 31))
    assert [row.id for row in found] == [*wanted, last]
    assert (found[0].due, found[2].due) == (0, 4)  # the memberships began on the 20th
    assert found[0].state == "planned"


def test_list_goes_by_pages_latest_first(work: Work, branch) -> None:
    unit, _members = branch
    made = [_call(work, unit, day) for day in range(1, 8)]
    first = meetings_view.page(work, unit, limit=3)
    second = meetings_view.page(work, unit, after=first.next, limit=3)
    third = meetings_view.page(work, unit, after=second.next, limit=3)
    assert [row.id for page in (first, second, third) for row in page.rows] == made[::-1]
    assert third.next is None


@pytest.mark.parametrize(("typed", "count"), [("3日", 1), ("學習角", 2), ("第2次", 1), ("没有", 0), ("%", 0)])
def test_list_is_searched_in_both_scripts(work: Work, branch, typed: str, count: int) -> None:
    unit, _members = branch
    _call(work, unit, 3)
    _call(work, unit, 4)
    assert len(meetings_view.page(work, unit, text=typed).rows) == count


def test_one_meeting_with_agenda_roll_and_steps(work: Work, branch) -> None:
    unit, members = branch
    meeting_id = _call(work, unit, 24, chair_id=members[0], observing=[members[2]], due=members[:2])
    entry = meetings_view.meeting(work, meeting_id).entries[0]
    meetings_agenda.set_options(work, entry.id, [(None, "A案", "划42个"), (None, "B案", "")])
    meetings_agenda.edit_entry(work, entry.id, presenter_id=members[1], minutes_allotted=20)
    view = meetings_view.meeting(work, meeting_id)
    assert view.chair == "尹记录"
    assert [option.title for option in view.entries[0].options] == ["A案", "B案"]
    assert (view.entries[0].presenter, view.entries[0].minutes) == ("龚龑", 20)
    assert [(one.name, one.capacity, one.expected) for one in view.roll] == [
        ("尹记录", "voting", True), ("龚龑", "voting", True), ("陆𬱖", "observing", True),
    ]  # fmt: skip
    assert [step.key for step in view.steps] == ["items", "notice", "materials", "papers", "room"]
    assert view.record == ""


def test_a_meeting_that_is_not_there_says_so(work: Work, branch) -> None:
    with pytest.raises(NotFound):
        meetings_view.meeting(work, branch[0])
    with pytest.raises(NotFound):
        meetings_told.told(work, branch[0])


def test_roll_of_the_last_meeting_of_the_kind(work: Work, branch, clock: HandClock) -> None:
    unit, members = branch
    _call(work, unit, 1, due=members[:1])
    _call(work, unit, 5, due=members[:2], observing=members[2:])
    _call(work, unit, 25, due=members)
    people.move_out(work, members[0], date(2026, 10, 19))
    assert meetings_roll.last_roll(work, unit, "branch_assembly") == [
        (members[1], "voting"), (members[2], "observing"),
    ]  # fmt: skip
    assert meetings_roll.last_roll(work, unit, "party_lecture") == []
    clock.move(days=10)
    assert [capacity for _key, capacity in meetings_roll.last_roll(work, unit, "branch_assembly")] == ["voting"] * 2


def test_a_roll_is_taken_in_one_step(work: Work, branch) -> None:
    unit, members = branch
    meeting_id = _call(work, unit, 24, due=[])
    meetings_roll.take_roll(work, meeting_id, [(members[0], "voting"), (members[1], "observing")])
    assert [one.capacity for one in meetings_view.meeting(work, meeting_id).roll] == ["voting", "observing"]
    work.undo()
    assert meetings_view.meeting(work, meeting_id).roll == ()


def test_habit_is_that_of_the_last_of_the_kind(work: Work, branch) -> None:
    unit, members = branch
    assert meetings_view.habit(work, unit, "branch_assembly") is None
    _call(work, unit, 3, recorder_id=members[0])
    habit = meetings_view.habit(work, unit, "branch_assembly")
    assert habit is not None
    assert (habit.place, habit.recorder_id) == ("党员学习角", members[0])


def test_named_keeps_the_order_and_leaves_out_strangers(work: Work, branch) -> None:
    unit, members = branch
    found = meetings_view.named(work, [members[2], unit, members[0], members[2]])
    assert [one.name for one in found] == ["陆𬱖", "尹记录"]


def test_what_was_said_and_decided_of_an_imported_meeting(work: Work) -> None:
    file = settings.path("resources", "demo", "shandalu194-consultation.json")
    report = meeting_file.import_file(work, file)
    view = meetings_view.meeting(work, report.meeting_id)
    told = meetings_told.told(work, report.meeting_id)
    talk = told[view.entries[2].id]
    assert len(talk.lines) == view.entries[2].statements == 15
    assert (talk.lines[0].side, talk.lines[0].answer) == ("raise", False)
    assert (talk.lines[1].side, talk.lines[1].answer) == ("answer", True)
    assert "19×3＝57≥22×2＝44" in talk.votes[0].explanation
    assert view.entries[2].votes == len(talk.votes) == 3
    assert view.entries[2].passed == sum(vote.passed for vote in talk.votes)
    assert sum(one.status == "present" for one in view.roll if one.capacity == "voting") == 19


def test_roles_are_begun_and_ended_with_the_person_in_one_step(work: Work, branch) -> None:
    unit, members = branch
    people.edit(work, members[0], post="宣传委员", roles_in=(unit, ["committee_member"]))
    held = [(one.role, one.to_on) for one, _unit in people.memberships(work, members[0])]
    assert held == [("committee_member", None), ("member", date(2026, 10, 20))]
    work.undo()
    assert [(one.role, one.to_on) for one, _unit in people.memberships(work, members[0])] == [("member", None)]


def test_taking_a_roll_is_refused_after_the_meeting(work: Work, branch) -> None:
    unit, members = branch
    meeting_id = _call(work, unit, 24, due=members)
    meetings.cancel(work, meeting_id, "改期")
    with pytest.raises(RuleBroken):
        meetings_roll.take_roll(work, meeting_id, [(members[0], "voting")])


def test_present_are_counted_with_those_online(work: Work, branch) -> None:
    unit, members = branch
    meeting_id = _call(work, unit, 20, due=members)
    floor_roll.sign_in(work, meeting_id, members[:1])
    floor_roll.sign_in(work, meeting_id, members[1:2], status="online")
    row = meetings_view.row(work, meeting_id)
    assert (row.present, row.due) == (2, 3)
