"""What only people can state: members left out, opinions in writing, urgent reasons; counted and printed."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest

from deliberation_app.domain.minutes import Paragraph, Vote
from deliberation_app.errors import RuleBroken
from deliberation_app.services import (
    agenda,
    floor_roll,
    floor_seat,
    gates,
    meeting_facts,
    meeting_law,
    meetings,
    meetings_agenda,
    notices,
    papers,
    votes,
    votes_numbers,
)
from deliberation_app.services.work import Work
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.notices import Publication
from deliberation_app.storage.votes import Exclusion, WrittenOpinion
from deliberation_app.storage.votes import Vote as VoteRow
from tests.services.courtyard import found_unit, meeting_on
from tests.services.law_cases import entry_of, people, reasons
from tests.services.small import HandClock

CONSENTS = {"superior_on": date(2026, 10, 1), "assembly_on": date(2026, 10, 5)}
BEFORE = date(2026, 10, 19)


def assembly(work: Work, clock: HandClock, present: int = 4) -> tuple[uuid.UUID, list[uuid.UUID]]:
    """A branch assembly under way with five members due."""
    unit = found_unit(work)
    members = people(work, unit, 5, "member", party="full")
    meeting = meetings.call(work, unit, kind="branch_assembly", title="会", starts_at=clock.now, due=members)
    meetings.open_meeting(work, meeting)
    floor_roll.sign_in(work, meeting, members[:present])
    return meeting, members


def printed(work: Work, meeting: uuid.UUID, *, posted: bool = False) -> str:
    with work.read() as session:
        record = papers.source(session, meeting).record(posted=posted)
    told = [f"{one.label}{one.text}" for one in record.blocks if isinstance(one, Paragraph)]
    return "\n".join([*told, *(line for one in record.blocks if isinstance(one, Vote) for line in one.remarks)])


def of(work: Work, meeting: uuid.UUID, gate: str) -> list[meeting_law.Line]:
    law = meeting_law.of_meeting(work, meeting)
    return [line for group in law.groups for line in group.lines if line.gate.id == gate]


def election(work: Work, meeting: uuid.UUID, members: list[uuid.UUID]) -> uuid.UUID:
    entry = entry_of(work, meeting)
    return votes.open_vote(work, entry, motion="选举", rule="branch_election", seats=1, candidates=members[:1])


def test_a_member_left_out_is_not_due_in_an_election_and_in_no_other_vote(work: Work, clock: HandClock) -> None:
    meeting, members = assembly(work, clock)
    meeting_facts.leave_out(work, meeting, members[4], "bedridden", superior_on=CONSENTS["superior_on"])
    with pytest.raises(RuleBroken) as refused:
        election(work, meeting, members)
    assert "both consents" in reasons(refused)
    meeting_facts.leave_out(work, meeting, members[4], "bedridden", document="院党〔2026〕7号", **CONSENTS)
    vote = election(work, meeting, members)
    verdict = votes.count(work, vote, candidates={members[0]: (4, 0, 0)}, ballots_issued=4, ballots_returned=4)
    assert "应到有选举权4人" in verdict.explanation or "4人" in verdict.explanation
    with work.read() as session:
        assert session.get_one(VoteRow, vote).electorate == {"eligible": 4}
    votes.announce(work, vote)
    ordinary = votes.open_vote(work, entry_of(work, meeting), motion="决议")
    assert "应到有表决权5人" in votes.count(work, ordinary, in_favour=3, against=1, abstain=0).explanation


def test_the_boundary_of_four_fifths_moves_with_who_is_left_out(work: Work, clock: HandClock) -> None:
    meeting, members = assembly(work, clock, present=3)
    vote = election(work, meeting, members)  # 3 of 5: no quorum, only the failure can be recorded
    numbers: dict[str, Any] = {"candidates": {members[0]: (3, 0, 0)}, "ballots_issued": 3, "ballots_returned": 3}
    assert not votes.preview(work, vote, **numbers).verdict.quorate
    votes.void(work, vote)
    for member in members[3:]:
        meeting_facts.leave_out(work, meeting, member, "abroad", **CONSENTS)
    assert votes.preview(work, election(work, meeting, members), **numbers).verdict.passed


def test_who_came_after_all_counts_again(work: Work, clock: HandClock) -> None:
    meeting, members = assembly(work, clock, present=5)
    meeting_facts.leave_out(work, meeting, members[4], "bedridden", **CONSENTS)
    with pytest.raises(RuleBroken, match="cannot be opened"):
        election(work, meeting, members)
    meeting_facts.take_in(work, meeting, members[4])
    assert election(work, meeting, members)


def test_exclusions_are_printed_in_full_and_masked(work: Work, clock: HandClock) -> None:
    meeting, members = assembly(work, clock)
    meeting_facts.leave_out(work, meeting, members[4], "bedridden", document="院党〔2026〕7号", **CONSENTS)
    full, shown = printed(work, meeting), printed(work, meeting, posted=True)
    assert "居民4（年老体弱卧床不起，生活不能自理；上级党组织2026年10月1日同意" in full
    assert "院党〔2026〕7号" in full
    assert "居民" not in shown
    assert "卧床" not in shown
    assert "不计入应到会人数：1人，只限本次会议的选举，均经上级党组织和党员大会同意。" in shown
    work.undo()
    assert "不计入" not in printed(work, meeting)


def test_written_opinions_are_counted_by_what_they_say(work: Work, clock: HandClock) -> None:
    meeting, members = assembly(work, clock)
    entry = entry_of(work, meeting)
    told: dict[str, Any] = {"entry_id": entry, "written_on": BEFORE, "signed": True}
    meeting_facts.write_in(work, meeting, members[4], "against", reason="住院", **told)
    vote = votes.open_vote(work, entry, motion="接收甲", rule="branch_admission")
    numbers = {"in_favour": 4, "abstain": 0, "invalid": 0, "ballots_issued": 4, "ballots_returned": 4}
    with pytest.raises(RuleBroken) as refused:
        votes.count(work, vote, against=0, **numbers)
    assert "1 written opinions are on file" in reasons(refused)
    preview = votes.preview(work, vote, against=0, **numbers)  # the same as when it is judged
    assert "without the 1 handed in beforehand 3 ballots, but 4 came back" in str(preview.faults[0])
    assert not votes.preview(work, vote, against=1, **numbers).faults
    assert votes.count(work, vote, against=1, **numbers).passed
    with work.read() as session:
        assert session.get_one(VoteRow, vote).written_opinions == 1
    assert "书面意见：议题，会前收到本人签名的书面意见1份，其中赞成0份，反对1份，弃权0份。" in printed(work, meeting)


@pytest.mark.parametrize(("on", "signed", "came", "words"), [
    (date(2026, 10, 20), True, False, "not dated before"), (BEFORE, False, False, "not signed"),
    (BEFORE, True, True, "came after all"), (BEFORE, True, False, ""),
])  # fmt: skip
def test_an_opinion_counts_only_signed_before_and_of_the_absent(
    work: Work, clock: HandClock, on: date, signed: bool, came: bool, words: str
) -> None:
    meeting, members = assembly(work, clock, present=5 if came else 4)
    entry = entry_of(work, meeting)
    meeting_facts.write_in(work, meeting, members[4], "in_favour", entry_id=entry, written_on=on, signed=signed)
    [opinion] = meeting_law.of_meeting(work, meeting).opinions
    assert words in str(opinion.fault or "")
    assert bool(opinion.fault) == bool(words)
    [line] = of(work, meeting, "G8")
    assert line.status == ("missing" if words else "met")
    meeting_facts.take_back(work, meeting, members[4], entry)
    assert of(work, meeting, "G8") == []


ROOM = {"in_favour": 5, "abstain": 0, "against": 0, "invalid": 0, "ballots_issued": 4, "ballots_returned": 4}


def test_an_opinion_taken_at_the_door_bears_the_day_before_and_counts(work: Work, clock: HandClock) -> None:
    meeting, members = assembly(work, clock)
    entry = entry_of(work, meeting)
    floor_seat.hand_in(work, meeting, members[4], "in_favour", entry_id=entry)
    [opinion] = meeting_law.of_meeting(work, meeting).opinions
    assert (opinion.written_on, opinion.entry_id, opinion.fault) == (BEFORE, entry, None)
    vote = votes.open_vote(work, entry, motion="接收甲", rule="branch_admission")
    assert votes.count(work, vote, **ROOM).passed


@pytest.mark.parametrize(
    ("day", "words"), [(date(2026, 10, 20), "dated before the day"), (date(2026, 10, 21), "future")]
)
def test_an_opinion_of_the_day_itself_is_refused_at_the_door(
    work: Work, clock: HandClock, day: date, words: str
) -> None:
    meeting, members = assembly(work, clock)
    with pytest.raises(RuleBroken, match=words):
        floor_seat.hand_in(work, meeting, members[4], "in_favour", written_on=day)
    assert meeting_law.of_meeting(work, meeting).opinions == ()


def test_counting_says_whose_opinion_bars_it_and_not_that_numbers_are_wrong(work: Work, clock: HandClock) -> None:
    meeting, members = assembly(work, clock)
    entry = entry_of(work, meeting)
    floor_seat.hand_in(work, meeting, members[4], "in_favour", entry_id=entry)
    vote = votes.open_vote(work, entry, motion="接收甲", rule="branch_admission")
    floor_roll.sign_in(work, meeting, members[4:])  # came after all
    five = {**ROOM, "ballots_issued": 5, "ballots_returned": 5, "written_opinions": 0}
    with pytest.raises(RuleBroken, match="The numbers add up, but") as refused:
        votes.count(work, vote, **five)
    assert reasons(refused) == (
        "The written opinion of 居民4 cannot be counted: the member came after all and votes in the room. "
        "Correct it on the roll, or take it out there."
    )
    floor_seat.hand_in(work, meeting, members[4], None)
    assert votes.count(work, vote, **five).passed


def test_an_opinion_on_another_point_bars_nothing_and_the_own_point_goes_first(work: Work, clock: HandClock) -> None:
    meeting, members = assembly(work, clock)
    entry, other = entry_of(work, meeting), meetings_agenda.add_entry(work, meeting, title="接收乙")
    told: dict[str, Any] = {"written_on": BEFORE, "signed": False}
    meeting_facts.write_in(work, meeting, members[4], "against", entry_id=other, **told)
    vote = votes.open_vote(work, entry, motion="接收甲", rule="branch_admission")
    assert votes.count(work, vote, **{**ROOM, "in_favour": 4}).passed
    votes.announce(work, vote)
    floor_seat.hand_in(work, meeting, members[3], None)  # nothing to take out is no fault
    with work.read() as session:
        row = session.get_one(Meeting, meeting)
        assert meeting_facts.sent_in(session, row, other) is None
    floor_seat.hand_in(work, meeting, members[4], "abstain")
    floor_seat.hand_in(work, meeting, members[4], "in_favour", entry_id=other)
    with work.read() as session:
        row = session.get_one(Meeting, meeting)
        told_there = [meeting_facts.sent_in(session, row, key) for key in (entry, other)]
    assert [(one.abstain, one.in_favour, one.count) for one in told_there if one] == [(1, 0, 1), (0, 1, 1)]


def test_what_is_possible_reckons_with_the_opinions_on_file(work: Work, clock: HandClock) -> None:
    meeting, members = assembly(work, clock, present=3)
    entry = entry_of(work, meeting)
    floor_seat.hand_in(work, meeting, members[3], "in_favour", entry_id=entry)
    floor_seat.hand_in(work, meeting, members[4], "against", entry_id=entry)
    said = [str(one) for one in votes_numbers.possible(work, entry, "branch_admission")]
    assert "It takes at least 3 votes in favour; 4 are possible at most." in said
    floor_roll.sign_out(work, meeting, members[2])
    assert votes.warning(work, entry, "branch_admission") is not None  # 2 of 5 present: no quorum, whatever is on file


def test_what_an_older_program_kept_is_read_and_moved(work: Work, clock: HandClock) -> None:
    meeting, members = assembly(work, clock)
    old = {"person": str(members[4]), "reason": "bedridden", "superior_on": "2026-10-01", "assembly_on": "2026-10-05"}
    wrote = {"person": str(members[3]), "on": "2026-10-19", "signed": True}
    gates.state_facts(work, meeting, excluded=[old], written=[wrote])
    law = meeting_law.of_meeting(work, meeting)
    assert (law.left_out[0].approved, law.opinions[0].written_on) == (True, BEFORE)
    meeting_facts.leave_out(work, meeting, members[2], "abroad", **CONSENTS)
    with work.read() as session:
        assert session.query(Exclusion).count() == 2
        assert session.query(WrittenOpinion).count() == 1
        assert gates.stated(session.get_one(Meeting, meeting)) == {}
    assert len(meeting_law.of_meeting(work, meeting).left_out) == 2


def test_nothing_is_stated_of_a_meeting_that_is_over(work: Work, clock: HandClock) -> None:
    meeting, members = assembly(work, clock)
    meetings.close(work, meeting)
    with pytest.raises(RuleBroken, match="over"):
        meeting_facts.leave_out(work, meeting, members[4], "abroad")
    assert not meeting_law.of_meeting(work, meeting).changeable


def test_the_urgent_reason_is_stated_beforehand_and_printed(work: Work, clock: HandClock) -> None:
    unit = found_unit(work, kind="community")
    starts = clock.now + timedelta(days=3)
    meeting = meetings.call(work, unit, kind="residents_assembly", title="会", starts_at=starts)
    meetings.give_notice(work, meeting)
    [line] = of(work, meeting, "G18")
    assert (line.status, line.act) == ("reason", "urgent")
    assert line.detail is not None
    assert "2026-10-30" in str(line.detail)
    gates.state_urgent_reason(work, meeting, "抢修水管")
    assert of(work, meeting, "G18")[0].status == "passed"
    meetings.open_meeting(work, meeting)
    for posted in (False, True):
        assert "通知期限缩短的理由：抢修水管。" in printed(work, meeting, posted=posted)
    with pytest.raises(RuleBroken, match="begun"):
        gates.state_urgent_reason(work, meeting, "别的")


def test_owners_get_the_day_that_would_be_lawful(work: Work, clock: HandClock) -> None:
    unit = found_unit(work, kind="community")
    meeting = meetings.call(work, unit, kind="owners_assembly", title="会", starts_at=clock.now + timedelta(days=14))
    meetings.give_notice(work, meeting)
    [line] = of(work, meeting, "G18")
    assert (line.status, line.act) == ("missing", "move")
    assert "2026-11-04" in str(line.detail)
    meetings.edit(work, meeting, starts_at=clock.now + timedelta(days=15))
    assert of(work, meeting, "G18")[0].status == "met"


def test_every_gate_of_a_point_with_its_one_act(work: Work, clock: HandClock) -> None:
    unit = found_unit(work, kind="community")
    item = agenda.raise_item(work, unit, title="停车收费", vital_interest=True, charges=True, votable=False)
    starts = clock.now + timedelta(days=20)
    meeting = meetings.call(work, unit, kind="residents_representatives", title="会", starts_at=starts, items=[item])
    law = meeting_law.of_meeting(work, meeting)
    told = {line.gate.id: (line.status, line.act) for group in law.groups for line in group.lines}
    assert told == {
        "G2": ("missing", "link"), "G4": ("later", ""), "G5": ("later", ""), "G9": ("later", ""), "G12": ("met", ""),
        "G1": ("missing", "link"), "G6": ("missing", "owners"),
    }  # fmt: skip
    gates.state_facts(work, meeting, concerns_unit=True, points_weigh=True)
    assert of(work, meeting, "G14")[0].act == "invite"
    assert of(work, meeting, "G12")[0].act == "points"
    agenda.link_party_meeting(work, item, meeting_on(work, unit, item, clock.now, kind="branch_assembly"))
    assert {one.status for gate in ("G1", "G2") for one in of(work, meeting, gate)} == {"met"}
    meetings.invite(work, meeting, people(work, unit, 1), "invited")
    assert of(work, meeting, "G14")[0].status == "met"


def owners_agree(work: Work, unit: uuid.UUID, item: uuid.UUID, clock: HandClock, *, passed: bool) -> None:
    meeting = meeting_on(work, unit, item, clock.now, kind="owners_assembly", vote=(True, passed))
    with work.act("meetings.edit") as act:
        for vote in act.query(VoteRow).join(AgendaEntry, AgendaEntry.id == VoteRow.entry_id):
            if act.get_one(AgendaEntry, vote.entry_id).meeting_id == meeting:
                vote.rule = "owners_special"


def test_a_fee_is_posted_only_after_the_owners_agreed(work: Work, clock: HandClock) -> None:
    unit = found_unit(work)
    item = agenda.raise_item(work, unit, title="停车收费", charges=True)
    text = "停车收费，收益用于公共维修"
    for passed in (None, False):
        if passed is not None:
            owners_agree(work, unit, item, clock, passed=passed)
        with pytest.raises(RuleBroken) as refused:
            notices.post(work, item, text=text, reasons={"G6": "急"})
        assert "vote of all owners" in reasons(refused)
    owners_agree(work, unit, item, clock, passed=True)
    assert notices.post(work, item, text=text)


def test_a_decision_is_held_against_the_law_or_a_reason_is_printed(work: Work, clock: HandClock) -> None:
    unit = found_unit(work)
    item = agenda.raise_item(work, unit, title="停车收费", charges=True)
    owners_agree(work, unit, item, clock, passed=True)
    with pytest.raises(RuleBroken) as refused:
        notices.post(work, item, text="停车收费", checked=False)
    assert len(refused.value.reasons) == 2  # G10 and G17
    post = notices.post(work, item, text="停车收费", checked=False, reasons={"G10": "先公示后审", "G17": "另行议定"})
    with work.read() as session:
        assert session.get_one(Publication, post).overrides == [
            {"gate": "G10", "reason": "先公示后审"}, {"gate": "G17", "reason": "另行议定"},
        ]  # fmt: skip
        meeting = session.query(Meeting).filter(Meeting.kind == "owners_assembly").one()
    assert "公示前审查：“共有部分收益归全体业主”未满足，说明理由后公示。理由：另行议定。" in printed(work, meeting.id)


def test_an_item_that_charges_waits_for_the_owners(work: Work, clock: HandClock) -> None:
    unit = found_unit(work)
    item = agenda.raise_item(work, unit, title="停车收费", charges=True)
    meeting_on(work, unit, item, clock.now, kind="council_meeting", vote=(True, True))
    agenda.take(work, item, "discuss")
    with pytest.raises(RuleBroken) as refused:
        agenda.take(work, item, "decide")
    assert "vote of all owners" in reasons(refused)
    owners_agree(work, unit, item, clock, passed=True)
    assert "fee" in [piece.id for piece in agenda.item(work, item).evidence if piece.met]


@pytest.mark.parametrize("step", ["merge", "defer", "decline", "hand_up", "withdraw"])
def test_each_side_way_keeps_reason_person_and_day(work: Work, clock: HandClock, step: str) -> None:
    unit = found_unit(work)
    item, other = (agenda.raise_item(work, unit, title=title) for title in ("路灯", "路灯二"))
    into = {"into": other} if step == "merge" else {}
    with pytest.raises(RuleBroken) as refused:
        agenda.take(work, item, step)
    assert len(refused.value.reasons) == (2 if step == "merge" else 1)
    work.user_name = "尹记录"
    agenda.take(work, item, step, reason="另行处理", **into)
    view = agenda.item(work, item)
    last = view.timeline[-1]
    assert "另行处理" in last.note
    assert "尹记录" in last.note
    assert last.at == clock.now
    assert [offer.step.id for offer in view.steps] == ["resume"]
    agenda.take(work, item, "resume", reason="又提起")
    assert agenda.item(work, item).facts.state == "active"
