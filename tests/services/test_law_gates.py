"""Gates supplied with facts out of the records; owners' ballots added up by the database."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

import pytest

from deliberation_app.domain.votes import Count
from deliberation_app.errors import RuleBroken
from deliberation_app.services import (
    agenda,
    floor,
    floor_roll,
    gates,
    meetings,
    owners,
    units,
    votes,
)
from deliberation_app.services import people as register
from deliberation_app.services.work import Work
from deliberation_app.storage.base import derived_id, new_id
from deliberation_app.storage.floor import Attendance, FloorState
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.people import Household, Unit
from deliberation_app.storage.votes import Ballot, Vote
from tests.services.courtyard import found_unit, meeting_on
from tests.services.law_cases import entry_of, people, reasons
from tests.services.small import HandClock

TODAY = date(2026, 10, 20)


def test_a_short_notice_bars_the_opening_unless_the_law_excuses_it(work: Work, clock: HandClock) -> None:
    unit = found_unit(work, kind="community")
    starts = clock.now + timedelta(days=3)
    meeting = meetings.call(work, unit, kind="residents_assembly", title="会", starts_at=starts)
    meetings.give_notice(work, meeting)
    [gate] = gates.opening(work, meeting)
    assert (gate.gate.id, gate.met, gate.overridable) == ("G18", False, True)
    with pytest.raises(RuleBroken) as refused:
        meetings.open_meeting(work, meeting)
    assert "at least 10" in reasons(refused)
    meetings.open_meeting(work, meeting, reason="抢修水管")
    shop = meetings.call(work, unit, kind="owners_assembly", title="会", starts_at=starts)
    meetings.give_notice(work, shop)
    with pytest.raises(RuleBroken) as refused:
        meetings.open_meeting(work, shop, reason="急")
    assert "at least 15" in reasons(refused)
    assert not gates.opening(work, shop)[0].overridable


def test_an_older_residents_meeting_needs_no_ten_days(work: Work, clock: HandClock) -> None:
    clock.now = datetime.fromisoformat("2025-06-01T09:00:00+08:00")
    unit = found_unit(work, kind="community")
    meeting = meetings.call(work, unit, kind="residents_assembly", title="会", starts_at=clock.now)
    meetings.open_meeting(work, meeting)
    assert gates.opening(work, meeting)[0].met


def test_important_matters_pass_the_party_before_the_notice(work: Work, clock: HandClock) -> None:
    unit = found_unit(work, kind="community")
    item = agenda.raise_item(work, unit, title="物业费", vital_interest=True)
    starts = clock.now + timedelta(days=20)
    meeting = meetings.call(work, unit, kind="residents_representatives", title="会", starts_at=starts, items=[item])
    with pytest.raises(RuleBroken) as refused:
        meetings.give_notice(work, meeting)
    assert "Party organisation" in reasons(refused)
    assembly = meeting_on(work, unit, item, clock.now, kind="branch_assembly")
    agenda.link_party_meeting(work, item, assembly)
    assert meetings.give_notice(work, meeting) is None


def test_important_matters_of_the_branch_pass_its_committee_or_a_reason(work: Work, clock: HandClock) -> None:
    unit = found_unit(work)
    members = people(work, unit, 3, "committee_member", party="full")
    item = agenda.raise_item(work, unit, title="活动室", vital_interest=True)

    def assembly() -> uuid.UUID:
        meeting = meetings.call(work, unit, kind="branch_assembly", title="会", starts_at=clock.now, due=members)
        meetings.open_meeting(work, meeting)
        floor_roll.sign_in(work, meeting, members)
        return entry_of(work, meeting, item)

    entry = assembly()
    with pytest.raises(RuleBroken) as refused:
        votes.open_vote(work, entry, motion="用作活动室")
    assert "branch committee first" in reasons(refused)
    vote = votes.open_vote(work, entry, motion="用作活动室", overrides={"G3": "支委会因故未开"})
    with work.read() as session:
        assert session.get_one(Vote, vote).overrides == [{"gate": "G3", "reason": "支委会因故未开"}]
    meeting_on(work, unit, item, clock.now - timedelta(days=1), kind="branch_committee")
    assert votes.open_vote(work, assembly(), motion="用作活动室")


def test_admissions_one_by_one_with_a_word_in_between(work: Work, clock: HandClock) -> None:
    unit = found_unit(work)
    members = people(work, unit, 5, "member", party="full")
    meeting = meetings.call(work, unit, kind="branch_assembly", title="会", starts_at=clock.now, due=members)
    meetings.open_meeting(work, meeting)
    floor_roll.sign_in(work, meeting, members)
    entry = entry_of(work, meeting)
    first = votes.open_vote(work, entry, motion="接收甲", rule="branch_admission")
    clock.move(minutes=1)
    votes.count(work, first, in_favour=4, against=1, abstain=0, ballots_issued=5, ballots_returned=5, invalid=0)
    votes.announce(work, first)
    with pytest.raises(RuleBroken) as refused:
        votes.open_vote(work, entry, motion="接收乙", rule="branch_admission")
    assert "Nobody has spoken" in reasons(refused)
    with work.act("floor.next_entry") as act:
        act.get_one(FloorState, meeting).entry_id = entry
    clock.move(minutes=1)
    floor.note(work, meeting, text="乙同志表现很好", speaker_id=members[0])
    assert votes.open_vote(work, entry, motion="接收乙", rule="branch_admission")


def test_fee_publication_and_post(work: Work) -> None:
    unit = found_unit(work)
    item = agenda.raise_item(work, unit, title="停车收费")
    with work.read() as session:
        assert not gates.fee_gates(session, item, TODAY)[0].met
    meeting = meeting_on(work, unit, item, work.clock(), kind="owners_assembly", vote=(True, True))
    with work.act("meetings.edit") as act:
        for vote in act.query(Vote).join(AgendaEntry, AgendaEntry.id == Vote.entry_id):
            assert act.get_one(AgendaEntry, vote.entry_id).meeting_id == meeting
            vote.rule = "owners_special"
    with work.read() as session:
        assert gates.fee_gates(session, item, TODAY)[0].met
        silent = gates.publication_gates(session, item, "划线收费", TODAY, checked=True)
        assert {one.gate.id: one.met for one in silent} == {"G10": True, "G17": False}
        said = gates.publication_gates(session, item, "收益用于公共维修", TODAY, checked=False)
        assert {one.gate.id: one.met for one in said} == {"G10": False, "G17": True}
    assert not gates.post_gates(["oversight_member", "residents_committee_member"], TODAY)[0].met
    assert gates.post_gates(["oversight_member", "resident"], TODAY)[0].met


def owners_vote(work: Work) -> tuple[uuid.UUID, uuid.UUID]:
    """Three owners with four flats; one of two flats consents, one is against, one handed in nothing."""
    unit = units.set_up(work, name="业主大会", kind="owners", chair_name="王秀兰")
    keys = people(work, unit, 3, "owner")
    meeting, entry, vote = new_id(), new_id(), new_id()
    with work.act("meetings.call") as act:
        act.add(Meeting(id=meeting, unit_id=unit, kind="owners_assembly", title="会", starts_at=act.now))
        act.add(AgendaEntry(id=entry, meeting_id=meeting, position=0, title="维修"))
        for place, (owner, area) in enumerate(((0, 7000), (0, 6000), (1, 8000), (2, 9000))):
            act.add(Household(id=new_id(), courtyard="院", building="1", room=str(place), area=area,
                              owner_id=keys[owner]))  # fmt: skip
        for place, key in enumerate(keys):
            act.add(Attendance(id=derived_id(meeting, "attendance", key), meeting_id=meeting, position=place,
                               person_id=key, capacity="voting", status="absent", expected=True))  # fmt: skip
        act.add(Vote(id=vote, entry_id=entry, position=0, motion="维修", method="written", rule="owners_special"))
        for place, choice in enumerate(("in_favour", "against")):
            act.add(Ballot(id=derived_id(vote, "ballots", keys[place]), vote_id=vote, position=place,
                           voter_id=keys[place], choice=choice))  # fmt: skip
    return meeting, vote


def test_owners_are_added_up_by_the_database(work: Work) -> None:
    meeting, vote = owners_vote(work)
    with work.read() as session:
        count = owners.counted(session, meeting, vote)
        judged = owners.judged(session, meeting, vote, "owners_special", TODAY)
        voters = [str(row.voter_id) for row in session.query(Ballot)]
        room = floor_roll.roll_of(session, meeting, flats=True).electorate("owners_special", None, voters)
        assert owners.room(session, meeting, vote) == room
    assert count == Count(eligible=3, eligible_area=30_000, present=2, present_area=21_000, in_favour=1,
                          in_favour_area=13_000, against=1, against_area=8000)  # fmt: skip
    assert (judged.quorate, judged.passed) == (True, False)


def test_a_delivery_log_that_misses_a_flat_asks_for_a_reason(work: Work) -> None:
    meeting, vote = owners_vote(work)
    gates.state_facts(work, meeting, delivery=[])
    with work.read() as session:
        kept, there = session.get_one(Vote, vote), session.get_one(Meeting, meeting)
        entry = session.get_one(AgendaEntry, kept.entry_id)
        assert gates.known(session, there, entry, None, kept)["undelivered"] == 4
    gates.state_facts(work, meeting, delivery=None)
    with work.read() as session:
        assert gates.known(session, session.get_one(Meeting, meeting), entry, None, kept)["undelivered"] == 0
        assert session.get_one(Unit, there.unit_id).settings is None


def test_questions_are_open_until_answered_or_taken_away(work: Work, clock: HandClock) -> None:
    unit = found_unit(work)
    item = agenda.raise_item(work, unit, title="路灯")
    here = people(work, unit, 3)
    meeting = meetings.call(work, unit, kind="courtyard_consultation", title="会", starts_at=clock.now, due=here)
    meetings.open_meeting(work, meeting)
    entry = entry_of(work, meeting, item)
    floor.go_to_entry(work, meeting, entry)

    def still_open() -> int:
        with work.read() as session:
            return agenda.facts(session, item, now=clock.now).unanswered

    first = floor.note(work, meeting, text="何时修？", speaker_id=here[0], side="raise")
    floor.note(work, meeting, text="谁出钱？", speaker_id=here[1], side="raise")
    assert still_open() == 2
    floor.note(work, meeting, text="下周。", speaker_id=here[2], side="answer", answers_id=first)
    assert still_open() == 1
    floor.note(work, meeting, text="能换灯吗？", speaker_id=here[0], side="raise", promised_by=date(2026, 10, 30))
    assert still_open() == 1


def test_committee_members_do_not_oversee_themselves(work: Work) -> None:
    unit = found_unit(work, kind="community")
    [person] = people(work, unit, 1, "residents_committee_member")
    with pytest.raises(RuleBroken) as refused:
        register.join(work, unit, person, "oversight_member")
    assert "oversight committee" in reasons(refused)
    [other] = people(work, unit, 1)
    register.join(work, unit, other, "oversight_member")
    assert [membership.role for membership, _ in register.memberships(work, other)] == ["resident", "oversight_member"]
