"""Home: the next meeting, what has to be done, duties and stages."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from deliberation_app.domain import calendar
from deliberation_app.domain.evaluation import Responses
from deliberation_app.errors import NotFound
from deliberation_app.services import (
    agenda,
    archive_number,
    evaluation,
    meetings,
    notices,
    people,
    tasks,
    units,
    voices,
)
from deliberation_app.services.home import HomeView, duty_year, home
from deliberation_app.services.work import Work
from tests.services.courtyard import LAMPS, SECOND_CAR, counted, fill, found_unit, item_called, meeting_on, said
from tests.services.small import HandClock

TODAY = date(2026, 10, 20)


def todo(view: HomeView) -> list[tuple[str, str, str]]:
    return [(one.icon, said(one.title), said(one.status)) for one in view.todo]


def test_the_demonstration(work: Work) -> None:
    unit = fill(work)
    view = home(work, unit.id, TODAY)
    assert view.next_meeting is None
    assert todo(view) == [
        ("late", "第二辆车收费重新协商", "Days overdue: 20"),
        ("notices", "2026年第三季度停车收支公示", "Last day today"),
        ("notices", LAMPS, "To be posted"),
    ]
    assert [figure.count for figure in view.stages] == [0, 1, 0, 1, 1]
    assert {state.duty.id for state in view.duties} >= {"branch_assembly", "branch_committee", "theme_day"}
    assert all(state.current(TODAY) for state in view.duties)


def test_the_next_meeting_and_its_preparation(work: Work, clock: HandClock) -> None:
    unit_id = found_unit(work)
    person = people.add(work, unit_id, name="冯㛃")
    later = clock() + timedelta(days=9)
    meetings.call(work, unit_id, kind="branch_assembly", title="下下次", starts_at=later)
    called = meetings.call(
        work,
        unit_id,
        kind="courtyard_consultation",
        title="下一次",
        starts_at=clock() + timedelta(days=4),
        due=[person],
    )
    coming = home(work, unit_id, TODAY).next_meeting
    assert coming is not None
    assert (coming.id, coming.title, coming.days_left, coming.due, coming.state) == (called, "下一次", 4, 1, "planned")
    assert [step.key for step in coming.steps] == ["items", "notice", "materials", "papers", "room"]
    assert [step.status for step in coming.steps][1:] == ["to_do"] * 4
    item_id = agenda.raise_item(work, unit_id, title="充电桩")
    with work.act("meetings.edit") as act:
        act.add(meetings.AgendaEntry(meeting_id=called, position=9, title="充电桩", item_id=item_id))
    meetings.edit(work, called, place="议事厅")
    meetings.give_notice(work, called)
    for step in ("materials", "papers"):
        meetings.prepare(work, called, step, True)
    coming = home(work, unit_id, TODAY).next_meeting
    assert [(step.status, said(step.words)) for step in coming.steps] == [
        ("done", "1 settled"),
        ("done", "Given 10/20"),
        ("done", "Laid ready"),
        ("done", "Printed"),
        ("partial", "Named, not booked yet"),
    ]
    assert not coming.prepared
    meetings.prepare(work, called, "room", True)
    assert home(work, unit_id, TODAY).next_meeting.prepared


def test_a_late_notice_is_said(work: Work, clock: HandClock) -> None:
    unit_id = found_unit(work, "试例业主大会", "owners")
    called = meetings.call(
        work, unit_id, kind="owners_assembly", title="业主大会", starts_at=clock() + timedelta(days=4)
    )
    meetings.give_notice(work, called)
    notice = home(work, unit_id, TODAY).next_meeting.steps[1]
    assert notice.status == "partial"
    assert said(notice.words).startswith("Notice 4 days before the meeting; at least 15")


def test_the_meeting_in_session_comes_before_the_next(work: Work, clock: HandClock) -> None:
    unit_id = found_unit(work)
    recessed = meetings.call(work, unit_id, kind="courtyard_consultation", title="休会中", starts_at=clock())
    meetings.open_meeting(work, recessed)
    meetings.recess(work, recessed)
    clock.move(days=3)
    meetings.call(work, unit_id, kind="branch_assembly", title="今天的", starts_at=clock() + timedelta(hours=1))
    coming = home(work, unit_id, calendar.day_of(clock())).next_meeting
    assert (coming.id, coming.state) == (recessed, "recess")
    meetings.resume(work, recessed)
    meetings.close(work, recessed)
    assert home(work, unit_id, calendar.day_of(clock())).next_meeting.title == "今天的"


def test_what_was_forgotten_is_something_to_do(work: Work, clock: HandClock) -> None:
    unit_id = found_unit(work)
    never = meetings.call(work, unit_id, kind="branch_assembly", title="没开的", starts_at=clock() + timedelta(hours=1))
    opened = meetings.call(work, unit_id, kind="theme_day", title="没散的", starts_at=clock() + timedelta(hours=1))
    meetings.open_meeting(work, opened)
    clock.move(days=31)
    view = home(work, unit_id, calendar.day_of(clock()))
    assert view.next_meeting is None
    assert sorted(todo(view)) == [("meetings", "没开的", "Not held"), ("meetings", "没散的", "Not closed")]
    meetings.cancel(work, never, "下雨")
    assert [one[1] for one in todo(home(work, unit_id, calendar.day_of(clock())))] == ["没散的"]


def test_the_most_urgent_first(work: Work, clock: HandClock) -> None:
    unit_id = found_unit(work)
    clock.now = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
    item_id = agenda.raise_item(work, unit_id, title="充电桩")
    post = notices.post(work, item_id, text="公示", days=15)
    notices.object_to(work, post, "太贵")
    clock.now = datetime(2026, 10, 20, 2, 0, tzinfo=UTC)
    for title, due in (
        ("八天后", date(2026, 10, 28)),
        ("七天后", date(2026, 10, 27)),
        ("逾期一天", date(2026, 10, 19)),
        ("逾期一月", date(2026, 9, 19)),
        ("没有时限", None),
    ):
        tasks.add(work, item_id, title=title, due=due)
    for text in ("雨天积水\n很深", "灯坏了", "谢谢"):
        voices.add(work, unit_id, text=text, channel="reception")
        clock.move(minutes=1)
    view = home(work, unit_id, TODAY)
    assert todo(view) == [
        ("late", "逾期一月", "Days overdue: 31"),
        ("late", "逾期一天", "Days overdue: 1"),
        ("notices", "公示", "1 objections open"),
        ("notices", "公示", "Period over, take down"),
        ("tasks", "七天后", "Days left: 7"),
        ("voices", "雨天积水 and 3 in all", "To be taken up"),
    ]
    assert view.open_voices == 3
    assert said(view.todo[-1].hint) == "Voices · Reception"
    agenda.take(work, item_id, "defer", reason="等经费")
    assert not any(one.icon in ("late", "tasks") for one in home(work, unit_id, TODAY).todo)


def test_items_wait_for_survey_publication_and_completion(work: Work, clock: HandClock) -> None:
    unit_id = found_unit(work)
    item_id = agenda.raise_item(work, unit_id, title="充电桩")
    meeting_on(work, unit_id, item_id, clock(), routing="direct", vote=(True, True))
    agenda.take(work, item_id, "discuss")
    agenda.take(work, item_id, "decide")
    tasks.done(work, tasks.add(work, item_id, title="装"), note="装好了")
    assert todo(home(work, unit_id, TODAY)) == [("evaluation", "充电桩", "To be scored")]
    evaluation.add(work, item_id, held_on=TODAY, responses=Responses(satisfied=5))
    agenda.take(work, item_id, "evaluate")
    assert todo(home(work, unit_id, TODAY)) == [("notices", "充电桩", "To be posted")]
    post = notices.post(work, item_id, text="办好了", about="outcome")
    view = home(work, unit_id, TODAY)
    assert (todo(view), view.published_until) == ([], date(2026, 11, 4))
    clock.move(days=16)
    notices.take_down(work, post)
    assert todo(home(work, unit_id, calendar.day_of(clock()))) == [("archive", "充电桩", "To be filed")]
    archive_number.give(work, item_id, archive_number.proposed(work, item_id))
    view = home(work, unit_id, calendar.day_of(clock()))
    assert (todo(view), view.published_until) == ([("agenda", "充电桩", "Can be completed")], None)


def test_duties_are_filled_by_the_meetings_that_were_held(work: Work, clock: HandClock) -> None:
    unit_id = found_unit(work)
    for month in (8, 10):
        meeting_on(work, unit_id, None, datetime(2026, month, 8, 1, tzinfo=UTC), kind="branch_committee")
    meeting_on(work, unit_id, None, datetime(2025, 12, 31, 16, 30, tzinfo=UTC), kind="branch_assembly")
    meetings.call(work, unit_id, kind="theme_day", title="还没开", starts_at=clock() + timedelta(days=1))
    year = duty_year(work, unit_id, TODAY, 2026)
    held = {(state.duty.id, day) for state in year for day in state.held}
    assert held == {
        ("branch_committee", date(2026, 8, 8)),
        ("branch_committee", date(2026, 10, 8)),
        ("branch_assembly", date(2026, 1, 1)),
    }
    units.edit(work, unit_id, settings={"duty_times": {"branch_committee": 2}, "record_since": "2026-08-01"})
    month = {
        state.start.month: state.status
        for state in duty_year(work, unit_id, TODAY, 2026)
        if state.duty.id == "branch_committee"
    }
    assert [month[number] for number in (7, 8, 9, 10, 11)] == ["before", "partial", "missing", "partial", "to_come"]
    assert not [state for state in duty_year(work, unit_id, TODAY, 2025) if state.status == "held"]


def test_home_asks_as_much_for_a_full_unit_as_for_a_small_one(work: Work, clock: HandClock) -> None:
    unit = fill(work)
    with counted(work) as few:
        home(work, unit.id, TODAY)
    item_id = item_called(work, unit.id, SECOND_CAR)
    for number in range(20):
        tasks.add(work, item_id, title=f"任务{number}", due=TODAY)
        notices.post(work, agenda.raise_item(work, unit.id, title=f"议题{number}"), text="公示")
        voices.add(work, unit.id, text="灯")
    with counted(work) as many:
        assert len(home(work, unit.id, TODAY).todo) == 24
    assert len(many) <= len(few) + 1


def test_an_unknown_unit_is_a_sentence(work: Work) -> None:
    with pytest.raises(NotFound):
        home(work, uuid.uuid4(), TODAY)
    with pytest.raises(NotFound):
        duty_year(work, uuid.uuid4(), TODAY, 2026)
