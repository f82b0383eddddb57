"""Posts with terms, the hint on the number of members, and the yearly appraisal of a committee."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from deliberation_app.errors import RuleBroken
from deliberation_app.services import duties, kinds, meetings, people, posts
from deliberation_app.services.people_roles import term_words
from deliberation_app.services.work import Work
from deliberation_app.storage.meetings import Meeting
from tests.services.courtyard import found_unit
from tests.services.law_cases import people as settle
from tests.services.law_cases import reasons
from tests.services.small import HandClock


def test_a_post_is_given_for_a_term_and_ended(work: Work, clock: HandClock) -> None:
    unit = found_unit(work)
    [person] = settle(work, unit, 1, "member", party="full")
    posts.give(work, unit, person, "committee_member", from_on=date(2026, 1, 1), to_on=date(2030, 12, 31))
    [holder] = [one for one in posts.of_unit(work, unit).holders if one.role == "committee_member"]
    assert (holder.to_on, holder.over) == (date(2030, 12, 31), False)
    posts.give(work, unit, person, "committee_member", from_on=date(2026, 2, 1), to_on=date(2026, 10, 19))
    [holder] = [one for one in posts.of_unit(work, unit).holders if one.role == "committee_member"]
    assert (holder.from_on, holder.over) == (date(2026, 2, 1), True)
    people.end_membership(work, holder.membership_id, date(2026, 10, 20))
    work.undo()
    with pytest.raises(RuleBroken, match="before it begins"):
        posts.give(work, unit, person, "committee_member", from_on=date(2026, 2, 1), to_on=date(2026, 1, 1))
    with pytest.raises(RuleBroken, match="no such post"):
        posts.give(work, unit, person, "villagers_committee_member")


def test_the_term_of_a_post_is_kept_with_the_person(work: Work, clock: HandClock) -> None:
    """A post with an end to come is held; leaving it out ends it today, one step back brings the term back."""
    unit = found_unit(work)
    [person] = settle(work, unit, 1, "member", party="full")
    posts.give(work, unit, person, "committee_member", from_on=date(2026, 1, 1), to_on=date(2030, 12, 31))
    term = (date(2026, 3, 1), date(2026, 12, 31))
    people.edit(work, person, roles_in=(unit, {"member": (None, None), "committee_member": term}))
    [holder] = [one for one in posts.of_unit(work, unit).holders if one.role == "committee_member"]
    assert (holder.from_on, holder.to_on) == term
    with pytest.raises(RuleBroken, match="before it begins"):
        people.edit(work, person, roles_in=(unit, {"committee_member": (date(2026, 3, 1), date(2026, 2, 1))}))
    people.edit(work, person, roles_in=(unit, {"member": (None, None)}))

    def ends() -> list[date | None]:
        return [one.to_on for one in posts.of_unit(work, unit).holders if one.role == "committee_member"]

    assert ends() == [date(2026, 10, 20)]
    work.undo()
    assert ends() == [term[1]]


@pytest.mark.parametrize(("days", "said"), [
    (91, None), (90, "The term ends in 90 days"), (0, "The term ends in 0 days"),
    (-1, "The term was over on 2026-10-19"),
])  # fmt: skip
def test_a_term_that_ends_soon_is_said(days: int, said: str | None) -> None:
    today = date(2026, 10, 20)
    told = term_words(today + timedelta(days=days), today)
    assert (None if told is None else str(told)) == said


def test_nobody_oversees_the_own_committee_within_one_term(work: Work) -> None:
    unit = found_unit(work, kind="community")
    [person] = settle(work, unit, 1)
    posts.give(work, unit, person, "residents_committee_member", to_on=date(2031, 1, 1))
    with pytest.raises(RuleBroken) as refused:
        posts.give(work, unit, person, "oversight_member")
    assert "oversight committee" in reasons(refused)
    assert [one.role for one in posts.of_unit(work, unit).holders if one.name == "居民0"] == [
        "residents_committee_member"
    ]


@pytest.mark.parametrize(("seats", "told"), [(2, True), (3, False), (7, False), (8, True)])
def test_the_number_of_a_branch_committee_is_a_hint_at_its_boundary(work: Work, seats: int, told: bool) -> None:
    unit = found_unit(work)
    settle(work, unit, 8, "member", party="full")
    settle(work, unit, seats, "committee_member", party="full")
    before = [one for one in posts.of_unit(work, unit).holders if one.role == "branch_secretary"]
    hints = " ".join(str(hint) for hint in posts.of_unit(work, unit).hints)
    assert ("3 to 5" in hints) is (told if not before else not 3 <= seats + len(before) <= 7)
    duties.set_committee(work, unit, False)
    assert posts.of_unit(work, unit).has_committee is False
    assert "branch_committee" not in {row.duty.id for row in duties.year(work, unit, 2026).rows}


@pytest.mark.parametrize(("kind", "called", "duty", "beside"), [
    ("community", "residents_appraisal", "residents_appraisal", "residents_representatives"),
    ("village", "villagers_appraisal", "villagers_appraisal", "villagers_representatives"),
])  # fmt: skip
def test_the_yearly_appraisal_is_called_and_fulfils_its_duty(
    work: Work, clock: HandClock, kind: str, called: str, duty: str, beside: str
) -> None:
    unit = found_unit(work, kind=kind)
    assert called in [one.id for one in kinds.kinds(work, unit)]
    meeting = meetings.call(work, unit, kind=called, title="民主评议会", starts_at=clock.now + timedelta(minutes=1))
    with work.read() as session:
        kept = session.get_one(Meeting, meeting)
        assert kept.kind == beside  # what a meeting file can say
        assert kinds.kind_of(session, kept).presides_clause.endswith(("三十七条", "三十八条"))
    clock.move(minutes=2)
    meetings.give_notice(work, meeting, at=clock.now - timedelta(minutes=2))
    meetings.open_meeting(work, meeting)
    meetings.close(work, meeting)
    rows = {row.duty.id: row for row in duties.year(work, unit, 2026).rows}
    assert [cell.status for cell in rows[duty].cells] == ["held"]
    assert rows[duty].cells[0].meetings[0].id == meeting
    assert any(cell.status == "held" for cell in rows[beside].cells)
