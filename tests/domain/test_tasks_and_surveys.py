"""Tasks against their date; satisfaction with its formula."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app.domain import evaluation, tasks
from deliberation_app.domain.evaluation import Responses, rate
from deliberation_app.errors import RuleBroken

TODAY = date(2026, 10, 20)
PARKING = Responses(very_satisfied=41, satisfied=36, fairly_satisfied=7, dissatisfied=4)


@pytest.mark.parametrize(
    ("state", "days", "standing", "said"),
    [
        ("open", -1, "overdue", "Days overdue: 1"),
        ("open", 0, "due_soon", "Due today"),
        ("open", 3, "due_soon", "Days left: 3"),
        ("open", 4, "open", "Days left: 4"),
        ("open", None, "no_date", "None"),
        ("done", -9, "done", "None"),
        ("dropped", -9, "dropped", "None"),
    ],
)
def test_standing_of_a_task(state: str, days: int | None, standing: str, said: str) -> None:
    due = None if days is None else TODAY + timedelta(days=days)
    assert tasks.standing(state, due, TODAY) == standing
    assert str(tasks.said(state, due, TODAY)) == said
    assert standing in tasks.STANDINGS


def test_dropping_asks_why_and_only_open_tasks_close() -> None:
    tasks.check_drop("改由物业统一办理")
    tasks.check_open("open")
    with pytest.raises(RuleBroken):
        tasks.check_drop("  ")
    with pytest.raises(RuleBroken):
        tasks.check_open("done")


def test_on_time() -> None:
    assert tasks.on_time(TODAY, TODAY) is True
    assert tasks.on_time(TODAY, TODAY + timedelta(days=1)) is False
    assert tasks.on_time(None, TODAY) is None


def test_rates_of_the_worked_example() -> None:
    strict, wide = rate(PARKING), rate(PARKING, "wide")
    assert (strict.text, wide.text) == ("87.5000%", "95.4545%")
    assert strict.formula == "（非常满意41＋满意36）÷有效88＝87.5000%"
    assert wide.formula == "（非常满意41＋满意36＋基本满意7）÷有效88＝95.4545%"


def test_the_line_counts_on_the_exact_hit() -> None:
    assert rate(PARKING).reaches(7, 8)
    assert not rate(PARKING).reaches(8751, 10_000)
    assert not rate(Responses(invalid=3)).reaches(0, 1)
    assert rate(Responses(invalid=3)).text == "—"


def test_more_forms_back_than_given_out() -> None:
    assert evaluation.faults(PARKING, 88) == evaluation.faults(PARKING, None) == ()
    [fault] = evaluation.faults(PARKING, 87)
    assert "88 forms came back, but only 87" in str(fault)


@given(numbers=st.tuples(*[st.integers(0, 10_000_000)] * 6))
def test_wide_is_never_below_strict_and_unsure_stays_in_the_whole(numbers: tuple[int, ...]) -> None:
    names = ("very_satisfied", "satisfied", "fairly_satisfied", "dissatisfied", "unsure", "invalid")
    responses = Responses(**dict(zip(names, numbers, strict=True)))
    strict, wide = rate(responses), rate(responses, "wide")
    assert strict.whole == wide.whole == sum(numbers[:5])
    assert strict.part <= wide.part <= wide.whole
    assert responses.returned == sum(numbers)
