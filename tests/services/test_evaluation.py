"""Evaluation: surveys that add up, with both rates and the unit's line."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from deliberation_app.domain.evaluation import Responses
from deliberation_app.errors import NotFound, RuleBroken
from deliberation_app.services import agenda, evaluation, tasks, units
from deliberation_app.services.work import Work
from tests.services.courtyard import LAMPS, PARKING, fill, found_unit, meeting_on
from tests.services.small import HandClock

TODAY = date(2026, 10, 20)


def test_the_surveys_of_the_demonstration(work: Work) -> None:
    unit = fill(work)
    units.edit(work, unit.id, settings={"satisfaction_line": {"basis": "wide", "numerator": 96, "denominator": 100}})
    rows, after = [], None
    while True:
        part = evaluation.page(work, unit.id, after=after, limit=1)
        rows += part.rows
        after = part.next
        if after is None:
            break
    found = {row.item_title: (row.strict.text, row.wide.text, row.below_line) for row in rows}
    assert found == {PARKING: ("87.5000%", "95.4545%", True), LAMPS: ("93.1818%", "98.8636%", False)}
    assert rows[0].strict.formula.endswith(rows[0].strict.text)


def test_a_survey_is_entered_and_corrected(work: Work) -> None:
    item_id = agenda.raise_item(work, found_unit(work), title="充电桩")
    survey = evaluation.add(
        work,
        item_id,
        held_on=TODAY,
        responses=Responses(satisfied=3, invalid=1),
        invited=4,
        comments=["好", " "],
        evidence=["测评表4份"],
    )
    row = evaluation.survey(work, survey)
    assert (row.survey.responses["invalid"], row.survey.comments, row.survey.evidence) == (1, ["好"], ["测评表4份"])
    evaluation.edit(work, survey, held_on=TODAY, responses=Responses(satisfied=3), invited=4)
    row = evaluation.survey(work, survey)
    assert ("invalid" in row.survey.responses, row.survey.comments, row.strict.text) == (False, None, "100.0000%")


@pytest.mark.parametrize(
    ("responses", "invited", "held_on", "count"),
    [
        (Responses(satisfied=5), 4, TODAY, 1),
        (Responses(satisfied=3, invalid=2), 4, TODAY, 1),
        (Responses(), None, TODAY, 1),
        (Responses(satisfied=5), 4, date(2026, 10, 21), 2),
        (Responses(satisfied=3, unsure=-1), None, TODAY, 1),
    ],
)
def test_what_does_not_add_up_is_refused(
    work: Work, responses: Responses, invited: int | None, held_on: date, count: int
) -> None:
    item_id = agenda.raise_item(work, found_unit(work), title="充电桩")
    with pytest.raises(RuleBroken) as refused:
        evaluation.add(work, item_id, held_on=held_on, responses=responses, invited=invited)
    assert len(refused.value.reasons) == count
    assert agenda.item(work, item_id).evaluations == ()


def test_what_waits_for_a_survey(work: Work, clock: HandClock) -> None:
    unit_id = found_unit(work)
    item_id = agenda.raise_item(work, unit_id, title="充电桩")
    meeting_on(work, unit_id, item_id, clock(), routing="direct", vote=(True, True))
    agenda.take(work, item_id, "discuss")
    agenda.take(work, item_id, "decide")
    assert evaluation.waiting(work, unit_id) == []
    kept = [tasks.add(work, item_id, title=title) for title in ("装", "接电")]
    tasks.done(work, kept[0], note="装好了")
    assert evaluation.waiting(work, unit_id) == []
    tasks.drop(work, kept[1], "物业已接")
    assert [(one.item_id, one.tasks) for one in evaluation.waiting(work, unit_id)] == [(item_id, 2)]
    evaluation.add(work, item_id, held_on=TODAY, responses=Responses(satisfied=5))
    assert evaluation.waiting(work, unit_id) == []


def test_unknown_things_are_sentences(work: Work) -> None:
    for ask in (
        lambda: evaluation.survey(work, uuid.uuid4()),
        lambda: evaluation.add(work, uuid.uuid4(), held_on=TODAY, responses=Responses(satisfied=1)),
        lambda: evaluation.edit(work, uuid.uuid4(), held_on=TODAY, responses=Responses(satisfied=1)),
    ):
        with pytest.raises(NotFound):
            ask()
