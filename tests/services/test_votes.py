"""Votes in a live meeting: gates, counts, verdicts, recounts, elections, owners, and what is refused."""

from __future__ import annotations

import uuid

import pytest

from deliberation_app.domain.votes import motion_text
from deliberation_app.errors import RuleBroken
from deliberation_app.services import floor, floor_roll, floor_room, meetings, meetings_agenda, votes, votes_numbers
from deliberation_app.services.meeting_file import export
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.people import Household, Person
from deliberation_app.storage.votes import Vote
from tests.services.live_meeting import Live, call, give_options, start
from tests.services.small import HandClock


def opened(live: Live, motion: str = "是否赞成A案", **more: object) -> uuid.UUID:
    """A vote on which somebody has spoken."""
    if not live.board().statements:
        floor.note(live.work, live.id, text="我同意。", speaker_id=live.people[0])
    return votes.open_vote(live.work, live.entry, motion=motion, **more)


def sentences(error: RuleBroken) -> list[str]:
    return [str(error), *map(str, error.reasons)]


def test_a_count_is_judged_at_its_moment(work: Work) -> None:
    live = start(work, here=7)
    vote = opened(live)
    verdict = votes.count(work, vote, in_favour=4, against=2, abstain=1)
    assert (verdict.quorate, verdict.passed) == (True, True)
    floor_roll.sign_out(work, live.id, live.people[6])
    motion = live.board().vote
    assert motion is not None
    assert (motion.counts, motion.passed) == ({"in_favour": 4, "against": 2, "abstain": 1}, True)


def test_two_thirds_must_be_there_when_it_is_counted(work: Work) -> None:
    live = start(work, here=5)
    verdict = votes.count(work, opened(live), in_favour=5, against=0, abstain=0)
    assert (verdict.quorate, verdict.passed) == (False, False)


def test_more_votes_than_people_are_refused_and_nothing_is_kept(work: Work) -> None:
    live = start(work, here=7)
    vote = opened(live)
    with pytest.raises(RuleBroken) as refused:
        votes.count(work, vote, in_favour=6, against=2, abstain=0)
    assert "8 votes were counted, but only 7 could be given" in sentences(refused.value)[1]
    assert live.board().vote.counts is None


def test_the_preview_says_what_the_numbers_mean_and_saves_nothing(work: Work) -> None:
    live = start(work, here=7)
    vote = opened(live)
    preview = votes.preview(work, vote, in_favour=3, against=2)
    assert (preview.verdict.passed, preview.not_cast, preview.faults) == (False, 2, ())
    assert votes.preview(work, vote, in_favour=9).faults != ()
    assert live.board().vote.counts is None


def test_all_gates_are_told_at_once(work: Work) -> None:
    live = start(work)
    with pytest.raises(RuleBroken) as refused:
        votes.open_vote(work, live.entry, motion="是否赞成A案")
    assert sentences(refused.value)[1].startswith("Nobody has spoken on this yet")
    missing, barred = votes_numbers.before(work, live.entry, "straw_poll")
    assert (len(missing), barred, live.board().blocked) == (1, True, True)


def test_only_how_may_be_voted_on_where_the_law_decides_whether(work: Work, clock: HandClock) -> None:
    unit_meeting = call(work)
    item = AgendaItem(id=uuid.uuid4(), unit_id=unit_meeting.unit, title="腾空消防车通道", votable=False)
    with work.act("agenda.raise") as act:
        act.add(item)
    entry = meetings_agenda.add_entry(work, unit_meeting.id, title="消防通道", item_id=item.id)
    floor_roll.sign_in(work, unit_meeting.id, unit_meeting.people)
    meetings.open_meeting(work, unit_meeting.id)
    floor.go_to_entry(work, unit_meeting.id, entry)
    floor.note(work, unit_meeting.id, text="先划线。")
    with pytest.raises(RuleBroken, match="cannot be opened"):
        votes.open_vote(work, entry, motion="腾不腾")
    meetings_agenda.set_options(work, entry, [(None, "A案：停到对面", "")])
    option = unit_meeting.board().options[0]
    assert votes.open_vote(work, entry, motion="停到对面", option_id=option.id)


def test_without_a_quorum_the_failure_can_be_put_on_record(work: Work) -> None:
    live = start(work, here=2)
    floor.note(work, live.id, text="人太少。")
    board = live.board()
    assert (len(board.missing), board.blocked) == (1, False)
    assert votes.count(work, opened(live), in_favour=2, against=0, abstain=0).quorate is False


def test_one_vote_at_a_time(work: Work) -> None:
    live = start(work)
    opened(live)
    with pytest.raises(RuleBroken, match="still open"):
        votes.open_vote(work, live.entry, motion="再来一项")
    with pytest.raises(RuleBroken, match="still open"):
        floor.go_to_entry(work, live.id)
    with pytest.raises(RuleBroken, match="still open"):
        meetings.close(work, live.id)


def test_a_vote_is_not_taken_in_a_way_the_law_does_not_know(work: Work) -> None:
    live = start(work, "branch_assembly", unit_kind="branch")
    floor.note(work, live.id, text="同意接收。")
    with pytest.raises(RuleBroken, match="not taken in this way"):
        votes.open_vote(work, live.entry, motion="接收", rule="branch_admission", method="show_of_hands")
    with pytest.raises(RuleBroken, match="no vote is taken by the rule"):
        votes.open_vote(work, live.entry, motion="接收", rule="straw_poll")
    vote = votes.open_vote(work, live.entry, motion="接收", rule="branch_admission")
    assert live.board().vote.method == "secret_ballot"
    assert votes_numbers.fields("branch_admission", "secret_ballot")[:2] == ("ballots_issued", "ballots_returned")
    with pytest.raises(RuleBroken) as refused:
        votes.count(work, vote, ballots_issued=7, ballots_returned=7, in_favour=5, against=1, abstain=0, invalid=0)
    assert "make 6 ballots, but 7 came back" in sentences(refused.value)[1]
    verdict = votes.count(
        work, vote, ballots_issued=7, ballots_returned=7, in_favour=6, against=1, abstain=1, written_opinions=1
    )
    assert verdict.passed


def test_votes_are_counted_again_and_the_earlier_count_is_kept(work: Work, clock: HandClock) -> None:
    live = start(work)
    vote = opened(live)
    with pytest.raises(RuleBroken, match="has not been counted yet"):
        votes.recount(work, vote, reason="少数了一排", in_favour=1)
    votes.count(work, vote, in_favour=4, against=3, abstain=0)
    clock.move(minutes=1)
    floor_roll.sign_out(work, live.id, live.people[6])
    with pytest.raises(RuleBroken, match="Say why"):
        votes.recount(work, vote, reason=" ", in_favour=3, against=4, abstain=0)
    verdict = votes.recount(work, vote, reason="少数了一排", by_id=live.people[1], in_favour=3, against=4, abstain=0)
    assert not verdict.passed
    with work.read() as session:
        kept = session.get_one(Vote, vote)
    assert kept.recounts is not None
    assert kept.recounts[0]["counts"]["in_favour"] == 4
    assert kept.recounts[0]["by"] == str(live.people[1])
    work.undo()
    assert live.board().vote.counts["in_favour"] == 4


def test_a_voided_vote_leaves_nothing_and_comes_back_by_undo(work: Work) -> None:
    live = start(work)
    vote = opened(live)
    votes.void(work, vote)
    assert live.board().motions == ()
    work.undo()
    assert live.board().vote.id == vote
    votes.count(work, vote, in_favour=7)
    votes.announce(work, vote)
    with pytest.raises(RuleBroken, match="stays on record"):
        votes.void(work, vote)


def test_the_result_of_a_vote_is_told_when_it_is_announced(work: Work, clock: HandClock) -> None:
    live = start(work)
    vote = opened(live)
    votes.count(work, vote, in_favour=4, against=3, abstain=0)
    assert live.board().result is None
    clock.move(minutes=1)
    floor.note(work, live.id, text="后面没数到吧？", speaker_id=live.people[3])
    votes.announce(work, vote)
    floor_room.message(work, live.id, "请看结果")
    floor_room.follow(work, live.id)
    assert live.board().result.id == vote
    work.undo()
    work.undo()
    work.undo()
    assert live.board().result is None
    assert live.board().vote.id == vote
    votes.announce(work, vote)
    clock.move(minutes=1)
    floor.note(work, live.id, text="知道了。", speaker_id=live.people[3])
    assert live.board().result is None
    work.undo()
    assert live.board().result.id == vote
    floor.give(work, live.id, live.people[3])
    assert live.board().result is None
    floor.stop(work, live.id)
    assert live.board().result.id == vote
    clock.move(minutes=1)
    meetings.recess(work, live.id)
    clock.move(minutes=10)
    meetings.resume(work, live.id)
    assert live.board().result is None


def test_a_result_counted_again_is_announced_anew_and_not_voided(work: Work) -> None:
    live = start(work)
    vote = opened(live)
    votes.count(work, vote, in_favour=4, against=3, abstain=0)
    votes.announce(work, vote)
    votes.recount(work, vote, reason="少数了一排", in_favour=3, against=4, abstain=0)
    board = live.board()
    assert (board.vote.id, board.counted_again, board.result) == (vote, True, None)
    assert board.steps[0].act == "announce"
    with pytest.raises(RuleBroken, match="stays on record"):
        votes.void(work, vote, "不算了")
    votes.announce(work, vote)
    assert live.board().result.counts["in_favour"] == 3
    other = votes.open_vote(work, live.entry, motion="先试三个月")
    assert not live.board().counted_again
    with pytest.raises(RuleBroken, match="then count this one again"):
        votes.recount(work, vote, reason="又少数了", in_favour=4, against=3, abstain=0)
    votes.void(work, other)
    assert live.board().result.id == vote


def test_while_a_vote_is_open_the_quorum_is_that_of_its_rule(work: Work) -> None:
    live = start(work, "branch_assembly", here=7, unit_kind="branch")
    floor.note(work, live.id, text="介绍候选人。")
    assert (live.board().quorum.needed, live.board().quorum.reached) == (5, True)
    vote = votes.open_vote(
        work, live.entry, motion="选书记", rule="branch_election", seats=1, candidates=live.people[:1]
    )
    board = live.board()
    assert (board.quorum.rule, board.quorum.needed, board.quorum.reached) == ("branch_election", 8, False)
    floor_roll.sign_in(work, live.id, [live.people[7]])
    assert live.board().quorum.reached
    votes.void(work, vote)
    assert live.board().quorum.needed == 5


def test_the_quorum_of_a_unit_s_own_rule_is_the_one_that_the_vote_carries(work: Work) -> None:
    live = start(work, here=5)
    floor.note(work, live.id, text="说说看。")
    assert not live.board().quorum.reached
    half = {"of": "eligible", "numerator": 1, "denominator": 2, "strict": True}
    own = {"name": "议事规则", "quorum": half, "passing": {**half, "of": "present"}}
    votes.open_vote(work, live.entry, motion="先试", rule="house_rule", house_rule=own)
    quorum = live.board().quorum
    assert (quorum.needed, quorum.reached, quorum.line.denominator) == (5, True, 2)


def test_an_election_seats_those_over_the_line(work: Work) -> None:
    live = start(work, "branch_assembly", here=9, unit_kind="branch")
    floor.note(work, live.id, text="介绍候选人。")
    with pytest.raises(RuleBroken, match="needs its candidates"):
        votes.open_vote(work, live.entry, motion="选举支部委员", rule="branch_election", seats=2)
    first, second, third = live.people[:3]
    vote = votes.open_vote(
        work, live.entry, motion="选举支部委员", rule="branch_election", seats=2, candidates=[first, second, third]
    )
    papers = {"ballots_issued": 9, "ballots_returned": 9, "invalid": 1}
    with pytest.raises(RuleBroken, match="every candidate"):
        votes.count(work, vote, candidates={first: (8, 0, 0)}, **papers)
    with pytest.raises(RuleBroken) as refused:
        votes.count(work, vote, candidates={first: (9, 0, 0), second: (5, 2, 1), third: (2, 6, 0)}, **papers)
    assert "The votes for 王秀兰 come to 9, but only 8 valid" in sentences(refused.value)[1]
    named = {first: (8, 0, 0), second: (5, 2, 1), third: (2, 6, 0)}
    preview = votes.preview(work, vote, named, **papers)
    assert preview.election is not None
    assert preview.election.elected == (str(first), str(second))
    assert votes.count(work, vote, candidates=named, **papers).passed
    assert [one.in_favour for one in live.board().vote.nominees] == [8, 5, 2]
    again = {first: (8, 0, 0), second: (3, 4, 1), third: (2, 6, 0)}
    assert not votes.recount(work, vote, reason="唱票有误", candidates=again, **papers).passed
    votes.announce(work, vote)
    assert b'"candidates"' in export(work, live.id)


def test_owners_vote_by_heads_and_by_area(work: Work) -> None:
    live = start(work, "owners_assembly", here=0, observing=())
    with work.act("people.import") as act:
        for number, person in enumerate(live.people):
            home = Household(
                id=uuid.uuid4(), courtyard="194", building="1", entrance="1", room=str(number), area=10000,
                owner_id=person,
            )  # fmt: skip
            act.add(home)
            act.get_one(Person, person).household_id = home.id
    vote = opened(live, "停车收费", rule="owners_special")
    heads = {"in_favour": 6, "against": 1, "abstain": 0}
    with pytest.raises(RuleBroken) as refused:
        votes.count(work, vote, **heads, in_favour_area=60000, against_area=999999)
    assert "m²" in sentences(refused.value)[1]
    verdict = votes.count(work, vote, **heads, in_favour_area=60000, against_area=10000, abstain_area=0)
    assert (verdict.quorate, verdict.passed) == (True, True)
    with work.read() as session:
        kept = session.get_one(Vote, vote)
    assert kept.electorate == {"present": 7, "present_area_m2": 70000}


def test_the_motion_on_an_option_says_that_it_does_not_bind(work: Work) -> None:
    live = start(work)
    give_options(live, "A案：划42个车位", "B案")
    assert [option.name for option in live.board().options] == ["A案", "B案"]
    assert motion_text("straw_poll", "A案") == "是否赞成A案（意向表决，无法定效力）"
    assert motion_text("branch_resolution", "A案") == "是否赞成A案"


def test_a_vote_that_cannot_pass_is_told_before_it_is_opened(work: Work) -> None:
    live = start(work, "branch_assembly", here=5, unit_kind="branch")
    assert votes.warning(work, live.entry, "branch_resolution") is None
    for person in live.people[2:5]:
        floor_roll.sign_out(work, live.id, person)
    assert votes.warning(work, live.entry, "branch_resolution") is not None
