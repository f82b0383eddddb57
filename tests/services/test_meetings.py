"""Meetings: called with those due, opened, adjourned over days, closed, cancelled."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from deliberation_app.errors import AppError, RuleBroken
from deliberation_app.services import floor_roll, meetings, people, units
from deliberation_app.services.work import Work
from deliberation_app.storage.meetings import AgendaEntry
from tests.services.live_meeting import call, register, start
from tests.services.small import HandClock


@pytest.mark.parametrize(
    ("unit", "kind", "title"),
    [
        ("山大路194号院党支部", "支部党员大会", "山大路194号院党支部党员大会"),
        ("山大路194号院", "支部党员大会", "山大路194号院支部党员大会"),
        ("和睦里业主大会", "业主大会", "和睦里业主大会"),
    ],
)
def test_what_unit_and_kind_share_is_said_once(unit: str, kind: str, title: str) -> None:
    assert meetings.joined(unit, kind) == title


def test_a_branch_assembly_calls_the_party_members(work: Work) -> None:
    unit, keys = register(work, "branch")
    suggested = meetings.suggestion(work, unit, "branch_assembly", work.clock())
    assert suggested["title"] == "山大路194号院支部党员大会"
    assert suggested["number"] == "〔2026〕第1次"
    called = meetings.call(work, unit, kind="branch_assembly", title="党员大会", starts_at=work.clock())
    assert meetings.next_number(work.read().__enter__(), unit, "branch_assembly", work.clock()) == "〔2026〕第2次"
    assert called is not None
    assert len(keys) == 9


def test_what_makes_no_meeting_is_refused(work: Work) -> None:
    unit, _ = register(work)
    with pytest.raises(RuleBroken, match="no kind of meeting"):
        meetings.call(work, unit, kind="party", title="会", starts_at=work.clock())
    with pytest.raises(RuleBroken, match="needs a title"):
        meetings.call(work, unit, kind="courtyard_consultation", title=" ", starts_at=work.clock())


def test_notice_is_given_in_time_or_not(work: Work, clock: HandClock) -> None:
    live = call(work, "owners_assembly", starts_at=clock.now + timedelta(days=20))
    assert meetings.give_notice(work, live.id) is None
    late = call_again(work, live.unit, clock.now + timedelta(days=3))
    assert "at least 15 are needed" in str(meetings.give_notice(work, late))
    with pytest.raises(RuleBroken, match="after the meeting begins"):
        meetings.give_notice(work, late, at=clock.now + timedelta(days=9))


def call_again(work: Work, unit: object, starts_at: object) -> object:
    return meetings.call(work, unit, kind="owners_assembly", title="业主大会", starts_at=starts_at, due=[])


def test_a_recess_lasts_until_another_day(work: Work, clock: HandClock) -> None:
    live = start(work)
    clock.move(hours=1)
    meetings.recess(work, live.id)
    assert live.board().state == "recess"
    with pytest.raises(RuleBroken, match="in recess"):
        meetings.close(work, live.id)
    clock.move(days=7)
    meetings.resume(work, live.id)
    assert live.board().state == "open"
    clock.move(hours=1)
    meetings.close(work, live.id)
    sittings = live.board().meeting.sessions
    assert sittings is not None
    assert [sorted(one) for one in sittings] == [["closed_at", "opened_at"], ["closed_at", "opened_at"]]
    assert live.board().state == "closed"


def test_closing_ends_the_entry_and_the_waiting(work: Work) -> None:
    live = start(work, here=7)
    meetings.close(work, live.id)
    board = live.board()
    assert all(not guest.expected for guest in board.guests)
    assert (board.totals.present, board.totals.absent, board.quorum.present) == (7, 2, 7)
    assert board.entries[0].ended_at is not None
    with pytest.raises(RuleBroken, match="closed"):
        meetings.open_meeting(work, live.id)


def test_only_what_was_not_opened_is_cancelled(work: Work) -> None:
    live = call(work)
    with pytest.raises(RuleBroken, match="Say why"):
        meetings.cancel(work, live.id, "")
    meetings.cancel(work, live.id, "下大雨")
    assert live.board().state == "cancelled"
    with pytest.raises(RuleBroken, match="cancelled"):
        meetings.open_meeting(work, live.id)


def test_people_are_put_on_the_roll_and_taken_off(work: Work) -> None:
    live = call(work, due=[])
    meetings.invite(work, live.id, live.people[:2])
    meetings.invite(work, live.id, live.people[:2])
    assert len(live.board().guests) == 2
    meetings.uninvite(work, live.id, live.people[0])
    floor_roll.sign_in(work, live.id, [live.people[1]])
    with pytest.raises(RuleBroken, match="has not signed in"):
        meetings.uninvite(work, live.id, live.people[1])


def test_a_called_meeting_is_changed(work: Work, clock: HandClock) -> None:
    live = call(work)
    meetings.edit(work, live.id, title="新名称", place="议事厅")
    assert (live.board().meeting.title, live.board().meeting.place) == ("新名称", "议事厅")
    with pytest.raises(AppError, match="cannot be changed here"):
        meetings.edit(work, live.id, kind="x")
    meetings.give_notice(work, live.id)
    with pytest.raises(RuleBroken, match="before its notice"):
        meetings.edit(work, live.id, starts_at=clock.now - timedelta(days=1))


def test_topic_and_lecturer_go_to_the_entry_the_meeting_is_held_for(work: Work) -> None:
    unit_id = units.set_up(work, name="第一党支部", kind="branch", chair_name="范例安")
    lecturer = people.add(work, unit_id, name="王双报到", party="full")
    key = meetings.call(
        work, unit_id, kind="party_lecture", title="党课", starts_at=work.clock(), topic="学习居民委员会组织法",
        lecturer_id=lecturer,
    )  # fmt: skip
    with work.read() as session:
        query = select(AgendaEntry).where(AgendaEntry.meeting_id == key).order_by(AgendaEntry.position)
        entries = [(entry.title, entry.presenter_id == lecturer) for entry in session.scalars(query)]
    assert entries == [("核对到会人数，宣布议程", False), ("授课：学习居民委员会组织法", True), ("交流讨论", False)]
