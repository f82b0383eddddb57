"""Members whom the register leaves out are not due in an election, and in no other vote, by themselves."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from deliberation_app.errors import NotFound, RuleBroken
from deliberation_app.services import meeting_facts, meeting_law, people, votes
from deliberation_app.services.work import Work
from deliberation_app.storage.votes import Exclusion
from deliberation_app.storage.votes import Vote as VoteRow
from tests.services.small import HandClock
from tests.services.test_law_facts import assembly, election, entry_of, reasons

TOLD = ("bedridden", "院党〔2026〕7号", date(2026, 10, 5), date(2026, 10, 1))


def test_the_number_due_is_right_by_itself(work: Work, clock: HandClock) -> None:
    meeting, members = assembly(work, clock)
    people.edit(work, members[4], left_out=TOLD)
    [seen] = meeting_law.of_meeting(work, meeting).left_out
    assert (seen.person_id, seen.approved, seen.of_register) == (members[4], True, True)
    ordinary = votes.open_vote(work, entry_of(work, meeting), motion="决议")
    assert "应到有表决权5人" in votes.count(work, ordinary, in_favour=3, against=1, abstain=0).explanation
    votes.announce(work, ordinary)
    with work.read() as session:
        assert session.scalars(select(Exclusion)).all() == []  # nothing is entered before there is an election
    vote = election(work, meeting, members)
    votes.count(work, vote, candidates={members[0]: (4, 0, 0)}, ballots_issued=4, ballots_returned=4)
    with work.read() as session:
        assert session.get_one(VoteRow, vote).electorate == {"eligible": 4}
        [kept] = session.scalars(select(Exclusion))
        assert (kept.person_id, kept.reason, kept.superior_on, kept.assembly_on, kept.document) == (
            members[4], "bedridden", TOLD[3], TOLD[2], TOLD[1],
        )  # fmt: skip
    assert [one.of_register for one in meeting_law.of_meeting(work, meeting).left_out] == [False]


def test_without_both_days_the_election_waits(work: Work, clock: HandClock) -> None:
    meeting, members = assembly(work, clock)
    people.edit(work, members[4], left_out=("bedridden", "支部大会同意"))
    with pytest.raises(RuleBroken) as refused:
        election(work, meeting, members)
    assert "both consents" in reasons(refused)


def test_a_meeting_may_count_the_member_all_the_same(work: Work, clock: HandClock) -> None:
    meeting, members = assembly(work, clock, present=5)
    people.edit(work, members[4], left_out=TOLD)
    with pytest.raises(RuleBroken):
        election(work, meeting, members)  # the member has come
    meeting_facts.take_in(work, meeting, members[4])
    assert meeting_law.of_meeting(work, meeting).left_out == ()
    with pytest.raises(NotFound):
        meeting_facts.take_in(work, meeting, members[4])
    assert election(work, meeting, members)
    work.undo()
    meeting_facts.leave_out(work, meeting, members[4], "abroad")
    assert [one.reason for one in meeting_law.of_meeting(work, meeting).left_out] == ["abroad"]


@pytest.mark.parametrize("told", [("holiday", "批复"), ("abroad", " "), ("abroad", "", date(2026, 9, 1), None)])
def test_reason_and_approval_belong_together(work: Work, clock: HandClock, told: tuple[str, str]) -> None:
    _meeting, members = assembly(work, clock)
    with pytest.raises(RuleBroken):
        people.edit(work, members[4], left_out=told)
    with work.read() as session:
        assert session.get_one(people.Person, members[4]).left_out is None
