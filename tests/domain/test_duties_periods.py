"""What must be held in each period, against what was held."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app.domain.duties import DUTIES, MONTHS, DutyState, due, periods
from deliberation_app.domain.meetings import KINDS
from deliberation_app.domain.meetings_more import MORE_KINDS

TODAY = date(2026, 10, 20)
ELSEWHERE = {"heart_to_heart_talk"}


def year(duty: str, *held: date, today: date = TODAY, **more: object) -> list[DutyState]:
    entry = DUTIES[duty]
    pairs = [(entry.kind, day) for day in held]
    return due([entry], next(iter(entry.units)), pairs, today, **more)  # type: ignore[arg-type]


def test_duties_name_known_kinds_units_and_a_clause() -> None:
    assert {duty.kind for duty in DUTIES.values()} <= {*KINDS, *MORE_KINDS} | ELSEWHERE
    assert all(duty.clause.startswith("《") for duty in DUTIES.values())
    kinds = {**KINDS, **MORE_KINDS}
    assert all(duty.units <= kinds[duty.kind].units for duty in DUTIES.values() if duty.kind in kinds)


def test_a_branch_has_eight_duties_a_community_three() -> None:
    ids = {state.duty.id for state in due(DUTIES.values(), "courtyard", [], TODAY)}
    assert len(ids) == 8
    assert {state.duty.id for state in due(DUTIES.values(), "community", [], TODAY)} == {
        "committee_lecture", "residents_representatives", "residents_appraisal",
    }  # fmt: skip


def test_months_quarters_and_years() -> None:
    held = [date(2026, month, 8) for month in (1, 3, 4, 5, 6, 7, 8, 9)]
    assert [state.status for state in year("branch_committee", *held)] == [
        "held", "missing", *["held"] * 7, "due", "to_come", "to_come",
    ]  # fmt: skip
    quarters = year("branch_assembly", date(2026, 3, 10), date(2026, 6, 12), date(2026, 9, 11))
    assert [state.status for state in quarters] == ["held", "held", "held", "due"]
    assert quarters[-1].end == date(2026, 12, 31)
    assert [state.current(TODAY) for state in quarters] == [False, False, False, True]


def test_two_groups_need_two_meetings_a_month() -> None:
    days = [date(2026, 9, 5), date(2026, 9, 6), date(2026, 10, 8), date(2026, 8, 1)]
    states = year("party_group", *days, times={"party_group": 2})
    assert [state.status for state in states[7:10]] == ["partial", "held", "partial"]
    assert (len(states[9].held), states[9].needed) == (1, 2)


def test_the_yearly_meeting_opens_in_the_fourth_quarter_but_counts_all_year() -> None:
    [state] = year("organisational_life", today=date(2026, 9, 30))
    assert (state.status, state.start) == ("to_come", date(2026, 10, 1))
    assert year("organisational_life", today=date(2026, 10, 1))[0].status == "due"
    assert year("organisational_life", date(2026, 2, 1))[0].status == "held"
    assert year("organisational_life", today=date(2027, 1, 1), year=2026)[0].status == "missing"


def test_before_the_record_began_nothing_is_missing() -> None:
    states = year("branch_committee", since=date(2026, 9, 15))
    assert [state.status for state in states[:10]] == [*["before"] * 8, "missing", "due"]


@pytest.mark.parametrize("per", MONTHS)
def test_periods_cover_the_year_without_gap(per: str) -> None:
    spans = periods(per, 2028)  # type: ignore[arg-type]
    assert spans[0][0] == date(2028, 1, 1)
    assert spans[-1][1] == date(2028, 12, 31)
    assert all(end + timedelta(days=1) == start for (_, end), (start, _) in pairwise(spans))


@given(
    held=st.lists(st.dates(date(2025, 12, 1), date(2027, 1, 31)), max_size=20),
    today=st.dates(date(2026, 1, 1), date(2026, 12, 31)), duty=st.sampled_from(sorted(DUTIES)),
)  # fmt: skip
def test_each_held_day_counts_once_and_only_in_its_year(held: list[date], today: date, duty: str) -> None:
    states = year(duty, *held, today=today)
    assert sorted(day for state in states for day in state.held) == sorted(day for day in held if day.year == 2026)
    assert all((state.status == "held") == (len(state.held) >= state.needed) for state in states)
    assert all(state.end < today for state in states if state.status == "missing")
