"""Working days, shifted rest days, periods, and the unit's own edits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app.domain import calendar_days as days
from deliberation_app.domain.notices import period_ends
from deliberation_app.domain.notices_periods import PERIODS

DAYS = st.dates(date(2010, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("day", "off", "name"),
    [
        (date(2026, 10, 1), True, "国庆节"),
        (date(2026, 10, 10), False, "国庆节"),  # a Saturday made a working day
        (date(2026, 10, 11), True, ""),
        (date(2026, 10, 20), False, ""),
        (date(2026, 2, 17), True, "春节"),
    ],
)
def test_known_days(day: date, off: bool, name: str) -> None:
    assert (days.day_off(day), days.holiday(day)) == (off, name)


def test_periods_of_the_rules() -> None:
    assert period_ends(date(2026, 6, 8), 15) == date(2026, 6, 23)
    # The last day would be 1 October; the holiday ends on the 7th.
    assert period_ends(date(2026, 9, 16), 15) == date(2026, 10, 8)
    # 10 October is a working Saturday.
    assert period_ends(date(2026, 9, 25), 15) == date(2026, 10, 10)
    assert days.after_working_days(date(2026, 9, 30), 5) == date(2026, 10, 13)
    assert days.period_end(date(2026, 9, 30), 5, "working_days") == date(2026, 10, 13)


def test_the_units_own_days_go_first() -> None:
    own = days.edits_of({"days": {"2026-10-20": "off", "2026-10-25": "work"}})
    assert days.day_off(date(2026, 10, 20), own)
    assert not days.day_off(date(2026, 10, 25), own)
    assert days.period_end(date(2026, 10, 5), 15, edits=own) == date(2026, 10, 21)
    assert date(2026, 10, 20) in set(days.unusual(2026, own))
    assert days.edits_of(None) == {}


def test_a_year_that_is_not_known_is_said() -> None:
    far = date(2031, 10, 1)
    assert not days.known(2031)
    assert not days.day_off(far)
    assert "2031" in str(days.remark(date(2031, 1, 1), far))
    assert days.remark(date(2026, 12, 1), far) is not None
    assert days.remark(date(2026, 1, 1), date(2026, 12, 31)) is None
    assert days.remark(far, far, {far: False}) is None


@given(first=DAYS, count=st.integers(0, 60))
def test_so_many_working_days_lie_in_between(first: date, count: int) -> None:
    last = days.after_working_days(first, count)
    between = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    assert sum(not days.day_off(day) for day in between) == count
    assert count == 0 or not days.day_off(last)


@given(first=DAYS, count=st.integers(1, 60), edits=st.dictionaries(DAYS, st.booleans(), max_size=5))
def test_a_period_is_never_shorter_and_ends_at_work(first: date, count: int, edits: dict[date, bool]) -> None:
    last = days.period_end(first, count, edits=edits)
    assert last >= first + timedelta(days=count)
    assert not days.day_off(last, edits)
    between = range(count, (last - first).days)
    assert all(days.day_off(first + timedelta(days=number), edits) for number in between)


def test_periods_not_below_the_law_of_their_day() -> None:
    decision = PERIODS["decision"]
    assert "15" in str(decision.too_short(date(2026, 1, 1), 14))
    assert decision.too_short(date(2026, 1, 1), 15) is None
    assert decision.too_short(date(2025, 12, 31), 3) is None
    admission = PERIODS["admission"]
    assert "working days" in str(admission.too_short(date(2026, 5, 18), 4))
    assert admission.too_short(date(2026, 5, 17), 4) is None
    assert admission.last_day(date(2026, 9, 30)) == date(2026, 10, 13)
    assert all(period.days >= period.least and period.clause for period in PERIODS.values())
