"""Days as people promise them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app.domain.promises import number, read_promise

SATURDAY = date(2026, 10, 24)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("10.31", date(2026, 10, 31)), ("10-31", date(2026, 10, 31)), ("10/31", date(2026, 10, 31)),
        ("10月31日", date(2026, 10, 31)), ("1031", date(2026, 10, 31)), ("2026-11-02", date(2026, 11, 2)),
        ("十月三十一日前", date(2026, 10, 31)), ("1.5", date(2027, 1, 5)), ("今天", SATURDAY),
        ("明天", date(2026, 10, 25)), ("大后天", date(2026, 10, 27)), ("三天内", date(2026, 10, 27)),
        ("3天内", date(2026, 10, 27)), ("十五日内", date(2026, 11, 8)), ("兩週內", date(2026, 11, 7)),
        ("一个星期内", date(2026, 10, 31)), ("半个月内", date(2026, 11, 8)), ("一个月内", date(2026, 11, 24)),
        ("下周三", date(2026, 10, 28)), ("下个星期五", date(2026, 10, 30)), ("下下周一", date(2026, 11, 2)),
        ("周三", date(2026, 10, 28)), ("周六", SATURDAY), ("本周日", date(2026, 10, 25)),
        ("这周内", date(2026, 10, 25)),
        ("下周内", date(2026, 11, 1)), ("月底", date(2026, 10, 31)), ("下个月底", date(2026, 11, 30)),
        ("下月10号", date(2026, 11, 10)), ("10号", date(2026, 11, 10)), ("31号前", date(2026, 10, 31)),
        ("年底", date(2026, 12, 31)), (" 10 . 31 ", date(2026, 10, 31)),
    ],
)  # fmt: skip
def test_a_day_is_understood_as_it_is_said(typed: str, meant: date) -> None:
    assert read_promise(typed, SATURDAY) == meant


@pytest.mark.parametrize(
    "typed", ["", "abc", "2026-10-23", "本周三", "13.1", "2.30", "半天内", "很快", "0月1日", "周九", "31"]
)
def test_what_names_no_day_from_today_on_is_none(typed: str) -> None:
    assert read_promise(typed, SATURDAY) is None


@given(
    st.text("0123456789.-月日号周天内下本这个三十一二半底前 ", max_size=8),
    st.dates(date(2020, 1, 1), date(2090, 12, 31)),
)
def test_nothing_typed_breaks_it_nor_gives_a_day_that_has_passed(typed: str, today: date) -> None:
    found = read_promise(typed, today)
    assert found is None or found >= today


@given(st.dates(date(2020, 1, 1), date(2090, 12, 31)), st.integers(0, 360))
def test_a_day_shown_as_month_and_day_is_read_as_the_same(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    if (day.month, day.day) != (2, 29):
        assert read_promise(f"{day.month}.{day.day}", today) == day
    assert read_promise(day.isoformat(), today) == day


def test_numbers_in_words() -> None:
    assert [number(one) for one in ("三", "十", "十五", "二十", "二十一", "30")] == [3, 10, 15, 20, 21, 30]
