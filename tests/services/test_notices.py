"""Notices: posted for their whole period, objections answered, never down too early."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deliberation_app.domain.calendar_days import next_working_day
from deliberation_app.errors import NotFound, RuleBroken
from deliberation_app.services import agenda, notices
from deliberation_app.services.work import Work
from tests.services.courtyard import fill, found_unit, said
from tests.services.small import HandClock


@pytest.fixture
def item_id(work: Work) -> uuid.UUID:
    return agenda.raise_item(work, found_unit(work), title="充电桩")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
@given(days=st.integers(15, 365), early=st.integers(0, 400))
def test_the_whole_period_and_not_a_day_less(
    work: Work, clock: HandClock, item_id: uuid.UUID, days: int, early: int
) -> None:
    post = notices.post(work, item_id, text="公示", days=days, posted_on=date(2026, 10, 20) - timedelta(days=365))
    last = next_working_day(date(2025, 10, 20) + timedelta(days=days))
    with pytest.raises(RuleBroken):
        notices.take_down(work, post, on=last - timedelta(days=min(early, days)))
    row = notices.notice(work, post)
    assert (row.last_day, row.state) == (last, "last_day" if days == 365 else "over")
    if days < 365:
        notices.take_down(work, post, on=last + timedelta(days=1))
        assert notices.notice(work, post).state == "taken_down"


def test_standing_day_by_day(work: Work, clock: HandClock, item_id: uuid.UUID) -> None:
    post = notices.post(work, item_id, text="充电桩公示\n正文", place=" 院门 ")
    seen = []
    for _ in range(17):
        row = notices.notice(work, post)
        seen.append((row.day, row.state))
        clock.move(days=1)
    assert seen == [(day, "hanging") for day in range(15)] + [(15, "last_day"), (16, "over")]
    assert (row.title, row.publication.place, said(row.words)) == ("充电桩公示", "院门", "Period over, take down")
    notices.take_down(work, post)
    with pytest.raises(RuleBroken, match="already"):
        notices.take_down(work, post)


def test_fifteen_days_are_the_least(work: Work, item_id: uuid.UUID) -> None:
    for about in ("decision", "outcome"):
        with pytest.raises(RuleBroken, match="at least 15 days"):
            notices.post(work, item_id, text="公示", about=about, days=14)
    notices.post(work, item_id, text="账目", about=None, days=7)
    notices.post(work, item_id, text="旧法时的公示", days=7, posted_on=date(2025, 12, 31))


def test_half_an_answer_is_refused(work: Work, item_id: uuid.UUID) -> None:
    for told in ({"text": " "}, {"about": "weather"}, {"days": 0}, {"days": 366}, {"posted_on": date(2026, 10, 21)}):
        with pytest.raises(RuleBroken):
            notices.post(work, item_id, **{"text": "公示", **told})
    with pytest.raises(NotFound):
        notices.post(work, uuid.uuid4(), text="公示")
    with pytest.raises(NotFound):
        notices.notice(work, uuid.uuid4())


def test_objections(work: Work, clock: HandClock, item_id: uuid.UUID) -> None:
    post = notices.post(work, item_id, text="公示")
    clock.move(days=2)
    notices.object_to(work, post, "位子不够")
    notices.object_to(work, post, "太贵")
    assert notices.notice(work, post).open_objections == 2
    with pytest.raises(RuleBroken):  # nobody answers before he was asked
        notices.answer(work, post, 1, "早说过", on=date(2026, 10, 21))
    notices.answer(work, post, 1, "已说明")
    row = notices.notice(work, post)
    assert row.open_objections == 1
    assert row.publication.objections == [
        {"text": "位子不够"},
        {"text": "太贵", "answer": "已说明", "answered_on": "2026-10-22"},
    ]
    with pytest.raises(NotFound):
        notices.answer(work, post, 2, "已说明")
    for on in (date(2026, 10, 19), date(2026, 10, 23)):
        with pytest.raises(RuleBroken):
            notices.answer(work, post, 0, "已说明", on=on)
    for act in (lambda: notices.object_to(work, post, " "), lambda: notices.answer(work, post, 0, " ")):
        with pytest.raises(RuleBroken):
            act()
    work.undo()
    assert notices.notice(work, post).open_objections == 2


def test_lists(work: Work) -> None:
    unit = fill(work)
    assert [row.title for row in notices.running(work, unit.id)] == ["2026年第三季度停车收支公示"]
    rows, after = [], None
    while True:
        part = notices.page(work, unit.id, after=after, limit=2)
        rows += part.rows
        after = part.next
        if after is None:
            break
    assert [row.publication.posted_on for row in rows] == [
        date(2026, 10, 5),
        date(2026, 9, 14),
        date(2026, 4, 24),
        date(2026, 3, 23),
    ]
    assert [said(row.words) for row in rows[:2]] == ["Last day today", "Taken down 9/30"]
