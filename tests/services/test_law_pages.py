"""What the pages of rules, duties, kinds and days stand on; gates supplied with facts out of the records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from deliberation_app.domain.meetings_own import copy_of
from deliberation_app.domain.votes import RULES, Fraction, OwnRule
from deliberation_app.errors import NotFound, RuleBroken
from deliberation_app.services import (
    agenda,
    calendar_days,
    duties,
    floor_roll,
    kinds,
    meetings,
    notices,
    rules,
    votes,
)
from deliberation_app.services.work import Work
from deliberation_app.storage.meetings import Meeting
from tests.services.courtyard import found_unit
from tests.services.law_cases import entry_of, held, people, reasons
from tests.services.small import HandClock

TODAY = date(2026, 10, 20)


def test_every_rule_can_be_read_and_tried() -> None:
    readings = rules.readings()
    assert [reading.id for reading in readings] == list(RULES)
    for reading in readings:
        assert reading.requirements
        assert reading.ballot
        assert reading.example_sentence.endswith("。")
        numbers = {field.name: getattr(reading.example, field.name) or 0 for field in reading.fields}
        trial = rules.try_out(reading.id, numbers, TODAY)
        assert trial.verdict is not None
        assert trial.verdict.explanation == RULES[reading.id].judge(reading.example, TODAY).explanation
        assert trial.faults == ()


def test_before_the_votes_are_typed_only_what_is_possible_is_said() -> None:
    trial = rules.try_out("branch_resolution", {"eligible": 20, "present": 10}, TODAY)
    assert trial.verdict is None
    assert trial.possible_text == "到会10人，最多10票，不可能超过应到半数：本次表决不可能通过。"


def test_numbers_that_do_not_add_up_are_said() -> None:
    trial = rules.try_out("branch_resolution", {"eligible": 20, "present": 10, "in_favour": 11}, TODAY)
    assert "11 votes were counted" in str(trial.faults[0])


def test_the_reading_of_an_older_day() -> None:
    old = {reading.id: reading for reading in rules.readings(date(2025, 6, 1))}
    assert "没有全国性条款" in old["residents_representatives"].clause
    assert "第九条" in old["residents_assembly"].clause
    assert old["residents_assembly"].since == date(1990, 1, 1)


@pytest.mark.parametrize(("text", "area"), [("6720.00", 672_000), ("86.5", 8650), (" 1,200 ", 120_000), ("0.01", 1)])
def test_area(text: str, area: int) -> None:
    assert rules.parse_area(text) == area


@pytest.mark.parametrize("text", ["86.505", "", "-3", "八十", "1e3"])
def test_no_area(text: str) -> None:
    with pytest.raises(RuleBroken, match="two decimals"):
        rules.parse_area(text)


def test_house_rules_of_a_unit_decide_its_votes(work: Work) -> None:
    unit = found_unit(work)
    own = OwnRule(name="院规", adopted_on=date(2026, 3, 1), kinds=("courtyard_consultation",),
                  quorum=Fraction("eligible", 1, 2, True), passing=Fraction("present", 2, 3, False))  # fmt: skip
    key = rules.save_house_rule(work, unit, own)
    rules.save_house_rule(work, unit, replace(own, id=key, version="第二版"))
    [kept] = rules.house_rules(work, unit)
    assert (kept.id, kept.version) == (key, "第二版")
    told = rules.house_rule_for_vote(work, unit, key)
    keys = people(work, unit, 6)
    meeting = meetings.call(work, unit, kind="courtyard_consultation", title="会", starts_at=work.clock(), due=keys)
    meetings.open_meeting(work, meeting)
    floor_roll.sign_in(work, meeting, keys)
    vote = votes.open_vote(work, entry_of(work, meeting), motion="划线", rule="house_rule", house_rule=told)
    verdict = votes.count(work, vote, in_favour=4, against=2, abstain=0)
    assert verdict.passed
    assert "《院规》（第二版，2026年3月1日通过）" in verdict.explanation
    with pytest.raises(RuleBroken) as refused:
        rules.save_house_rule(work, unit, replace(own, kinds=("branch_assembly",)))
    assert "law fixes" in reasons(refused)
    rules.remove_house_rule(work, unit, key)
    with pytest.raises(NotFound):
        rules.house_rule_for_vote(work, unit, key)


# --- duties


def test_the_year_of_a_branch(work: Work) -> None:
    unit = found_unit(work)
    held(work, unit, "branch_assembly", date(2026, 3, 10), date(2026, 6, 12), date(2026, 9, 11))
    held(work, unit, "branch_committee", *(date(2026, month, 8) for month in (1, 3, 4, 5, 6, 7, 8, 9, 10)))
    duties.set_groups(work, unit, ["第一党小组", "第二党小组"])
    held(work, unit, "party_group", date(2026, 9, 3), date(2026, 9, 24), date(2026, 10, 9), title="第一党小组会")
    held(work, unit, "party_group", date(2026, 9, 4), title="第二党小组会")
    held(work, unit, "party_group", date(2026, 8, 4), title="党小组会")
    year = duties.year(work, unit, 2026)
    rows = {row.duty.id: row for row in year.rows}
    assert [cell.status for cell in rows["branch_assembly"].cells] == ["held", "held", "held", "due"]
    assert [cell.meetings[0].day.month for cell in rows["branch_assembly"].cells[:3]] == [3, 6, 9]
    assert rows["branch_committee"].cells[1].status == "missing"
    groups = rows["party_group"]
    assert (groups.times, groups.groups) == (2, ("第一党小组", "第二党小组"))
    september, october = groups.cells[8], groups.cells[9]
    assert (september.status, str(september.words)) == ("held", "2 of 2")
    assert (october.status, october.missing_groups, str(october.words)) == ("partial", ("第二党小组",), "1 of 2")
    assert [one.title for one in year.unnamed] == ["党小组会"]
    assert year.next == october
    assert (year.partial, rows["organisational_life"].cells[0].month_from) == (1, 10)


def test_one_group_never_meets_for_another(work: Work) -> None:
    unit = found_unit(work)
    duties.set_groups(work, unit, ["第一组", "第二组"])
    held(work, unit, "party_group", date(2026, 5, 3), date(2026, 5, 24), title="第一组党小组会")
    cell = next(row for row in duties.year(work, unit, 2026).rows if row.duty.id == "party_group").cells[4]
    assert (cell.status, len(cell.meetings)) == ("partial", 2)
    with pytest.raises(RuleBroken, match="could not be told apart"):
        duties.set_groups(work, unit, ["一组", "十一组"])


def test_a_committee_only_where_there_is_one(work: Work) -> None:
    unit = found_unit(work)
    ids = [row.duty.id for row in duties.year(work, unit, 2026).rows]
    assert "branch_committee" not in ids
    people(work, unit, 2, "committee_member")
    assert "branch_committee" in [row.duty.id for row in duties.year(work, unit, 2026).rows]
    duties.set_committee(work, unit, False)
    assert "branch_committee" not in [row.duty.id for row in duties.year(work, unit, 2026).rows]


def test_a_reason_is_kept_with_its_period_and_can_be_taken_back(work: Work) -> None:
    unit = found_unit(work)
    duties.explain(work, unit, "branch_assembly", date(2026, 2, 20), "疫情")
    row = duties.year(work, unit, 2026).rows[0]
    assert [cell.reason for cell in row.cells] == ["疫情", "", "", ""]
    work.undo()
    assert duties.year(work, unit, 2026).rows[0].cells[0].reason == ""
    with pytest.raises(RuleBroken):
        duties.explain(work, unit, "nothing", TODAY, "x")


def test_talks_of_the_year(work: Work) -> None:
    unit = found_unit(work)
    duties.note_talks(work, unit, 2026, 14, 23)
    cell = duties.year(work, unit, 2026).rows[-1].cells[0]
    assert (str(cell.words), cell.status) == ("Talked with 14, 9 to go", "due")
    duties.note_talks(work, unit, 2026, 23, 23)
    assert duties.year(work, unit, 2026).rows[-1].cells[0].status == "held"
    with pytest.raises(RuleBroken):
        duties.note_talks(work, unit, 2026, 24, 23)


def test_before_2026_the_residents_law_asked_for_no_meetings(work: Work) -> None:
    unit = found_unit(work, kind="community")
    rows = {row.duty.id: row for row in duties.year(work, unit, 2025).rows}
    assert {cell.status for cell in rows["residents_representatives"].cells} == {"before"}
    rows = {row.duty.id: row for row in duties.year(work, unit, 2026).rows}
    assert [cell.status for cell in rows["residents_representatives"].cells] == ["missing", "due"]


# --- own kinds and days


def test_a_meeting_of_an_own_kind(work: Work, clock: HandClock) -> None:
    unit = found_unit(work)
    with pytest.raises(RuleBroken) as refused:
        kinds.save(work, unit, copy_of("council_meeting"))
    assert "already" in reasons(refused)
    key = kinds.save(work, unit, replace(copy_of("council_meeting"), title="楼门议事会", notice_days=3))
    assert kinds.kinds(work, unit)[-1].title == "楼门议事会"
    starts = clock.now + timedelta(days=1)
    assert meetings.suggestion(work, unit, key, starts)["title"].endswith("楼门议事会")
    meeting = meetings.call(work, unit, kind=key, title="会", starts_at=starts)
    assert meetings.give_notice(work, meeting) is not None
    with pytest.raises(RuleBroken) as refused:
        meetings.open_meeting(work, meeting)
    assert "at least 3" in reasons(refused)
    meetings.open_meeting(work, meeting, reason="大家都同意提前")
    with work.read() as session:
        kept = session.get_one(Meeting, meeting)
        assert (kept.kind, kinds.kind_of(session, kept).id) == ("council_meeting", key)
    kinds.remove(work, unit, key)
    with work.read() as session:
        assert kinds.kind_of(session, session.get_one(Meeting, meeting)).id == "council_meeting"
    with pytest.raises(RuleBroken):
        meetings.call(work, unit, kind=key, title="会", starts_at=starts)


def test_days_of_a_unit_move_the_end_of_its_notices(work: Work) -> None:
    unit = found_unit(work)
    item = agenda.raise_item(work, unit, title="充电桩")
    post = notices.post(work, item, text="公示", posted_on=date(2026, 10, 12))
    assert notices.notice(work, post).last_day == date(2026, 10, 27)
    calendar_days.set_day(work, unit, date(2026, 10, 27), True)
    assert notices.notice(work, post).last_day == date(2026, 10, 28)
    year = calendar_days.year(work, unit, 2026)
    assert [day.day for day in year.days if day.edited] == [date(2026, 10, 27)]
    assert (year.known, year.remark) == (True, None)
    calendar_days.set_day(work, unit, date(2026, 10, 27), None)
    assert notices.notice(work, post).last_day == date(2026, 10, 27)
    assert calendar_days.year(work, unit, 2031).remark is not None
