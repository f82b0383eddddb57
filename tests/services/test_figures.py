"""The figures of a period, recomputed from the raw rows by another query, equal."""

from __future__ import annotations

import io
import json
import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import text

from deliberation_app.domain.evaluation import Responses
from deliberation_app.domain.figures import FIGURES, GROUPS, Value, span, title_of
from deliberation_app.errors import NotFound, RuleBroken
from deliberation_app.services import agenda, evaluation, figures, papers, report, tasks, voices
from deliberation_app.services.work import Work
from deliberation_app.storage.voices import Voice
from tests.papers.reading import text_of
from tests.services.courtyard import attend, fill, found_unit, meeting_on
from tests.services.small import HandClock

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
Days = tuple[date, date]
# Every month, every quarter and the year itself.
PERIODS = [span(per, 2026, number) for per, most in (("month", 12), ("quarter", 4), ("year", 1))
           for number in range(1, most + 1)]  # fmt: skip


def _rows(work: Work, query: str, unit: uuid.UUID, **more: Any) -> list[tuple[Any, ...]]:
    key = unit if work.engine.dialect.name == "postgresql" else unit.hex
    with work.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query), {"unit": key, **more})]


def _one(work: Work, query: str, unit: uuid.UUID, days: Days) -> tuple[int, ...]:
    # Instants lie in UTC; the days of a period are those of UTC+08:00.
    begins, ends = f"{days[0] - timedelta(days=1)} 16:00:00.000000", f"{days[1]} 16:00:00.000000"
    return tuple(int(value or 0) for value in _rows(work, query, unit, begins=begins, ends=ends)[0])


def _answers(work: Work, unit: uuid.UUID, days: Days) -> list[dict[str, int]]:
    found = _rows(work, "SELECT e.responses FROM evaluation e JOIN item i ON i.id = e.item_id WHERE i.unit_id = :unit "
                        f"AND e.held_on BETWEEN '{days[0]}' AND '{days[1]}'", unit)  # fmt: skip
    return [json.loads(row[0]) if isinstance(row[0], str) else row[0] for row in found]


def _by_hand(work: Work, unit: uuid.UUID, days: Days) -> dict[str, tuple[int, ...]]:
    """The same figures by SQL of its own, straight from the tables."""
    items = "FROM item WHERE unit_id = :unit"
    voice = "FROM voice WHERE unit_id = :unit AND received_at >= :begins AND received_at < :ends"
    held = ("m.unit_id = :unit AND m.cancelled_at IS NULL AND m.closed_at IS NOT NULL AND m.opened_at >= :begins "
            "AND m.opened_at < :ends")  # fmt: skip
    task = ("FROM task t JOIN item i ON i.id = t.item_id WHERE i.unit_id = :unit AND t.due BETWEEN "
            f"'{days[0]}' AND '{days[1]}' AND (t.state IS NULL OR t.state <> 'dropped')")  # fmt: skip
    post = ("FROM publication p JOIN item i ON i.id = p.item_id WHERE i.unit_id = :unit AND p.posted_on BETWEEN "
            f"'{days[0]}' AND '{days[1]}'")  # fmt: skip
    told = _answers(work, unit, days)
    strict = sum(one.get("very_satisfied", 0) + one.get("satisfied", 0) for one in told)
    valid = sum(count for one in told for name, count in one.items() if name != "invalid")
    received = _one(work, f"SELECT count(*), sum(CASE WHEN refused_at IS NOT NULL THEN 1 ELSE 0 END), sum(CASE WHEN "
                          f"refused_at IS NULL AND told_at IS NOT NULL THEN 1 ELSE 0 END), sum(CASE WHEN group_id IS "
                          f"NOT NULL THEN 1 ELSE 0 END) {voice}", unit, days)  # fmt: skip
    return {
        "received": received[:1], "refused": received[1:2], "closed": received[2:3],
        "closure_rate": (received[2], received[0] - received[1]), "repeat_rate": (received[3], received[0]),
        "raised": _one(work, f"SELECT count(*) {items} AND raised_at >= :begins AND raised_at < :ends", unit, days),
        "meetings": _one(work, f"SELECT count(*) FROM meeting m WHERE {held}", unit, days),
        "attendance": _one(work, "SELECT sum(CASE WHEN a.status = 'present' THEN 1 ELSE 0 END), count(*) FROM "
                                 f"attendance a JOIN meeting m ON m.id = a.meeting_id WHERE {held} AND a.capacity = "
                                 "'voting'", unit, days),
        "pass_rate": _one(work, "SELECT sum(CASE WHEN v.passed THEN 1 ELSE 0 END), count(*) FROM vote v JOIN "
                                "agenda_entry e ON e.id = v.entry_id JOIN meeting m ON m.id = e.meeting_id WHERE "
                                f"{held} AND v.quorate IS NOT NULL", unit, days),
        "tasks_due": _one(work, f"SELECT count(*) {task}", unit, days),
        "tasks_done_rate": _one(work, f"SELECT sum(CASE WHEN t.state = 'done' THEN 1 ELSE 0 END), count(*) {task}",
                                unit, days),
        "strict": (strict, valid), "surveys": (len(told),),
        "wide": (strict + sum(one.get("fairly_satisfied", 0) for one in told), valid),
        "posted": _one(work, f"SELECT count(*) {post}", unit, days),
    }  # fmt: skip


def _same(work: Work, unit: uuid.UUID) -> None:
    """Each period equals what the raw rows say, and of what is only counted the months add up to the year."""
    counted = dict.fromkeys(("raised", "received", "meetings", "tasks_due", "posted", "surveys"), 0)
    for days in PERIODS:
        own = figures.of_period(work, unit, *days)
        for key, numbers in _by_hand(work, unit, days).items():
            value = own.values[key]
            assert ((value.part,) if value.whole is None else (value.part, value.whole)) == numbers, (key, days)
        if (days[1] - days[0]).days < 31:
            counted = {key: sum_ + own.values[key].part for key, sum_ in counted.items()}
    assert {key: own.values[key].part for key in counted} == counted


def test_the_demonstration_adds_up(work: Work) -> None:
    unit = fill(work)
    _same(work, unit.id)
    values = figures.of_period(work, unit.id, *YEAR).values
    assert values["strict"].whole
    assert values["attendance"].whole
    assert values["pass_rate"].whole


def test_an_invented_branch_adds_up(work: Work) -> None:
    unit = found_unit(work)
    for number in range(12):
        at = work.clock() - timedelta(days=20 * number)
        item = agenda.raise_item(work, unit, title=f"事项{number}", channel="visit")
        meeting_on(work, unit, item, at, vote=(True, number % 3 > 0))
        task = tasks.add(work, item, title="办", due=at.date())
        if number % 2:
            tasks.done(work, task, evidence=["照片"])
        voice = voices.add(work, unit, text="说", channel="visit")
        with work.act("voices.edit") as act:
            kept = act.get_one(Voice, voice)
            kept.received_at = at
            kept.told_at, kept.refused_at = (at, None) if number % 4 else (None, at)
            kept.group_id = uuid.uuid4() if number % 5 == 0 else None
    _same(work, unit)


def test_stages_count_where_items_stood_and_how_long_they_stayed(work: Work, clock: HandClock) -> None:
    unit = found_unit(work)
    first = agenda.raise_item(work, unit, title="甲", channel="visit", category="照明、经费")
    agenda.raise_item(work, unit, title="乙", channel="visit", category="照明")
    clock.move(days=9)
    meeting_on(work, unit, first, clock(), routing="direct", vote=(True, True))
    agenda.take(work, first, "discuss")
    clock.move(days=4)
    agenda.take(work, first, "decide")
    october = figures.of_period(work, unit, date(2026, 10, 1), date(2026, 10, 31))
    assert [(line.stage, line.standing, line.left, line.median_days) for line in october.stages] == [
        ("raised", 1, 1, 9), ("discussed", 1, 0, None), ("decided", 0, 0, None), ("evaluated", 0, 0, None),
        ("shared", 0, 0, None),
    ]  # fmt: skip
    november = figures.of_period(work, unit, date(2026, 11, 1), date(2026, 11, 30))
    assert [(line.stage, line.standing) for line in november.stages][:3] == [
        ("raised", 1), ("discussed", 0), ("decided", 1)]  # fmt: skip
    assert [(line.name, line.raised) for line in october.by_category] == [("照明", 2), ("经费", 1)]
    assert [(line.name, line.raised) for line in october.by_building] == [("未填写", 2)]


def test_a_day_begins_at_midnight_in_china(work: Work, clock: HandClock) -> None:
    unit = found_unit(work)
    clock.now = datetime.fromisoformat("2026-10-31T15:59:59+00:00")
    agenda.raise_item(work, unit, title="末日", channel="visit")
    clock.move(seconds=1)
    agenda.raise_item(work, unit, title="次月", channel="visit")
    for month in (10, 11):
        assert figures.of_period(work, unit, *span("month", 2026, month)).values["raised"].part == 1


def test_attendance_counts_voters_who_came(work: Work, clock: HandClock) -> None:
    unit = found_unit(work)
    meeting = meeting_on(work, unit, None, clock())
    with work.read() as session:
        chair = session.get_one(figures.Unit, unit).chair_id
    attend(work, meeting, chair)
    own = figures.of_period(work, unit, *YEAR)
    assert [(line.present, line.due) for line in own.meetings] == [(1, 1)]
    assert own.values["attendance"].text == "100.0000%"


@given(st.sampled_from(["month", "quarter", "year"]), st.integers(1900, 9000), st.integers(1, 12))
def test_periods_follow_each_other_without_a_gap(per: str, year: int, number: int) -> None:
    most = {"month": 12, "quarter": 4, "year": 1}[per]
    if number > most:
        with pytest.raises(RuleBroken):
            span(per, year, number)
        return
    first, last = span(per, year, number)
    after = span(per, year + (number == most), 1 if number == most else number + 1) if year < 9000 else None
    assert first <= last
    assert first.day == 1
    if after is not None:
        assert after[0] == last + timedelta(days=1)
    assert str(year) in title_of(per, year, number)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_rate_is_truncated_never_rounded_up(part: int, whole: int) -> None:
    shown = Value(part, whole).text.removesuffix("%")
    millionths = int(shown.replace(".", ""))
    assert millionths * whole <= part * 10**6 < (millionths + 1) * whole


def test_the_report_says_every_figure_with_its_formula(work: Work) -> None:
    unit = fill(work)
    found_unit(work)
    told = report.report(work, unit.id, "year", 2026)
    document = report.document(told)
    said = text_of(papers.press((document,)).pdf).replace("\n", "")
    for figure in FIGURES.values():
        assert figure.title in said, figure.id
        assert figure.formula in said, figure.id
    assert all(title in said for title, _name in GROUPS.values())
    assert "2026年度" in said
    assert papers.word((document,)).startswith(b"PK")
    assert len(told.units) > 1


def test_the_sheets_hold_part_and_whole_of_each_rate(work: Work) -> None:
    unit = fill(work)
    found_unit(work)
    told = report.report(work, unit.id, "year", 2026)
    book = load_workbook(io.BytesIO(report.as_sheets(told)))
    rows = {row[1]: row[3:5] for row in book["指标"].iter_rows(values_only=True, min_row=2)}
    assert rows == {
        figure.title: (told.figures.values[key].part, told.figures.values[key].whole) for key, figure in FIGURES.items()
    }
    assert "按单位" in book.sheetnames


def test_surveys_out_of_the_period_do_not_count(work: Work, clock: HandClock) -> None:
    unit = found_unit(work)
    item = agenda.raise_item(work, unit, title="路灯", channel="visit")
    meeting_on(work, unit, item, clock(), routing="direct", vote=(True, True))
    agenda.take(work, item, "discuss")
    agenda.take(work, item, "decide")
    evaluation.add(work, item, held_on=date(2026, 10, 20), responses=Responses(very_satisfied=9, unsure=1), invited=12)
    assert figures.of_period(work, unit, *YEAR).values["strict"] == Value(9, 10)
    assert figures.of_period(work, unit, *span("quarter", 2026, 3)).values["strict"].text == "—"
    with pytest.raises(NotFound):
        figures.of_period(work, uuid.uuid4(), *YEAR)
