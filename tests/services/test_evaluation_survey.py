"""Forms counted one by one and as totals, the line that was in force, sending back, figures recomputed by SQL."""

from __future__ import annotations

import uuid
from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from deliberation_app.domain.evaluation import ANSWERS, ASPECTS, Responses
from deliberation_app.errors import RuleBroken
from deliberation_app.services import agenda, evaluation, evaluation_figures, evaluation_survey, papers_made
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem, ItemStep
from deliberation_app.storage.base import new_id
from tests.services.courtyard import found_unit

_CHOICES = st.sampled_from([*ANSWERS, None])


@pytest.fixture
def unit_id(work: Work) -> uuid.UUID:
    return found_unit(work)


def decided(work: Work, unit_id: uuid.UUID, title: str = "充电桩", category: str | None = None) -> uuid.UUID:
    """An item that has been decided."""
    item_id = agenda.raise_item(work, unit_id, title=title, category=category)
    with work.act("agenda.edit") as act:
        act.get_one(AgendaItem, item_id).stage = "decided"
        act.add(ItemStep(id=new_id(), item_id=item_id, position=1, stage="decided", at=act.now))
    return item_id


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
@given(forms=st.lists(st.tuples(st.sampled_from(["有车", "无车", None]), _CHOICES, _CHOICES), max_size=12))
def test_the_tally_is_what_was_counted(
    work: Work, unit_id: uuid.UUID, forms: list[tuple[str | None, str | None, str | None]]
) -> None:
    survey = evaluation_survey.begin(work, decided(work, unit_id), groups=["有车", "无车"], aspects=["fair"])
    for group, overall, fair in forms:
        evaluation_survey.count_form(work, survey, {"overall": overall, "fair": fair}, group)
    tally = evaluation_survey.tally(work, survey)
    for aspect, at in (("overall", 1), ("fair", 2)):
        wanted = Counter(form[at] or "invalid" for form in forms)
        assert tally.by_aspect[aspect] == Responses(**wanted)
    for group in ("有车", "无车"):
        wanted = Counter(overall or "invalid" for name, overall, _fair in forms if name == group)
        assert tally.by_group[group] == Responses(**wanted)
    assert tally.forms == len(forms) == tally.overall.returned
    if forms:
        evaluation_survey.take_back(work, survey)
        assert evaluation_survey.tally(work, survey).forms == len(forms) - 1
    evaluation_survey.cancel(work, survey)


def test_totals_are_added_and_everything_can_be_taken_back(work: Work, unit_id: uuid.UUID) -> None:
    survey = evaluation_survey.begin(work, decided(work, unit_id), groups=["有车"])
    evaluation_survey.count_form(work, survey, {"overall": "satisfied"}, "有车")
    evaluation_survey.type_totals(work, survey, "overall", Responses(satisfied=10, invalid=2), "有车")
    assert evaluation_survey.tally(work, survey).overall == Responses(satisfied=11, invalid=2)
    work.undo()
    assert evaluation_survey.tally(work, survey).overall == Responses(satisfied=1)
    work.undo()
    with pytest.raises(RuleBroken, match="No form has been counted"):
        evaluation_survey.take_back(work, survey)
    with pytest.raises(RuleBroken, match="none of the groups"):
        evaluation_survey.count_form(work, survey, {"overall": None}, "商户")
    with pytest.raises(RuleBroken, match="No form came back"):
        _reasons(lambda: evaluation_survey.close(work, survey))


def _reasons(act) -> None:
    try:
        act()
    except RuleBroken as refused:
        raise RuleBroken(" ".join(reason.message for reason in refused.reasons)) from refused


def test_the_line_is_the_one_in_force_when_the_forms_went_out(work: Work, unit_id: uuid.UUID) -> None:
    item_id = decided(work, unit_id)
    evaluation_survey.set_line(work, unit_id, "strict", 80)
    survey = evaluation_survey.begin(work, item_id, issued=12)
    with pytest.raises(RuleBroken, match="out already"):
        evaluation_survey.begin(work, item_id)
    evaluation_survey.set_line(work, unit_id, "wide", 10)
    evaluation_survey.type_totals(work, survey, "overall", Responses(satisfied=7, dissatisfied=3))
    evaluation_survey.comment(work, survey, ["太吵", " "])
    counted = evaluation_survey.close(work, survey)
    row = evaluation.survey(work, counted)
    assert (row.line, row.below_line, row.strict.text) == (("strict", 80, 100), True, "70.0000%")
    assert agenda.item(work, item_id).facts.evaluations[0].below_line
    with pytest.raises(RuleBroken, match="closed"):
        evaluation_survey.count_form(work, survey, {"overall": None})
    with work.read() as session:
        paper = papers_made.compose(session, Asked(paper="satisfaction_count", item=item_id))[0]
    said = str(paper)
    assert "严口径不低于80/100" in said
    assert "退回再议" in said
    agenda.take(work, item_id, "send_back", reason="满意率70%，低于达标线；意见：太吵")
    found = evaluation_figures.figures(work, unit_id)
    assert (found.evaluated, found.sent_back, found.whole.below) == (1, 1, 1)


def test_what_is_not_decided_has_nothing_to_score(work: Work, unit_id: uuid.UUID) -> None:
    with pytest.raises(RuleBroken, match="not decided yet"):
        evaluation_survey.begin(work, agenda.raise_item(work, unit_id, title="充电桩"))
    for percent in (0, 101):
        with pytest.raises(RuleBroken, match="between 1 and 100"):
            evaluation_survey.set_line(work, unit_id, "strict", percent)
    evaluation_survey.set_line(work, unit_id, "strict", 75)
    assert evaluation_survey.line(work, unit_id) == ("strict", 75, 100)
    evaluation_survey.set_line(work, unit_id, "strict", None)
    assert evaluation_survey.line(work, unit_id) is None


_SQL = """
SELECT {name}, count(*), {sums} FROM evaluation e JOIN item i ON i.id = e.item_id JOIN unit u ON u.id = i.unit_id
WHERE e.held_on BETWEEN :first AND :last {own} GROUP BY 1
"""


def test_an_item_of_two_categories_counts_for_both(work: Work, unit_id: uuid.UUID) -> None:
    for at, category in enumerate(("照明、经费", "照明", None)):
        evaluation.add(work, decided(work, unit_id, f"议题{at}", category), held_on=date(2026, 3, 1),
                       responses=Responses(very_satisfied=at + 1))  # fmt: skip
    found = evaluation_figures.figures(work, unit_id)
    assert {row.name: (row.surveys, row.responses.valid) for row in found.by_category} == {
        "照明": (2, 3), "经费": (1, 1), "": (1, 3),
    }  # fmt: skip
    assert (found.whole.surveys, found.whole.responses.valid) == (3, 6)


def test_the_figures_are_those_of_an_independent_query(work: Work, unit_id: uuid.UUID) -> None:
    other = found_unit(work, "乙院党支部")
    told = [
        (unit_id, "停车", date(2026, 3, 1)), (unit_id, "停车", date(2026, 7, 2)), (unit_id, None, date(2026, 9, 30)),
        (other, "照明", date(2026, 10, 1)), (unit_id, "照明", date(2025, 12, 31)),
    ]  # fmt: skip
    for at, (unit, category, day) in enumerate(told):
        item_id = decided(work, unit, f"议题{at}", category)
        answers = Responses(very_satisfied=at + 1, satisfied=2 * at, fairly_satisfied=3, dissatisfied=at % 3, unsure=1,
                            invalid=at)  # fmt: skip
        evaluation.add(work, item_id, held_on=day, responses=answers)
    found = evaluation_figures.figures(work, unit_id, date(2026, 1, 1), date(2026, 12, 31), by="quarter")
    with work.read() as session:
        sqlite = session.get_bind().dialect.name == "sqlite"
        names = (*ANSWERS, "invalid")
        pick = "json_extract(e.responses, '$.{}')" if sqlite else "(e.responses->>'{}')::int"
        sums = ", ".join(f"sum(coalesce({pick.format(name)}, 0))" for name in names)
        quarter = "strftime('%m', e.held_on)" if sqlite else "to_char(e.held_on, 'MM')"
        for rows, name, own in (
            (found.by_category, "coalesce(i.category, '')", "AND u.id = :unit"),
            (found.by_courtyard, "u.name", ""),
            (found.by_period, f"'2026 Q' || ((cast({quarter} as integer) + 2) / 3)", "AND u.id = :unit"),
        ):
            given = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
            if own:
                given["unit"] = unit_id.hex if sqlite else unit_id
            wanted = {tuple(row) for row in session.execute(text(_SQL.format(name=name, sums=sums, own=own)), given)}
            assert {(row.name, row.surveys, *(getattr(row.responses, one) for one in names)) for row in rows} == wanted
    assert [row.name for row in found.by_period] == ["2026 Q1", "2026 Q3"]
    assert found.whole.surveys == 3
    assert set(ASPECTS) >= {"overall"}
