"""Ways of voting: drafts that survive, roll calls, consensus, comparisons, further elections, voids with a reason."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from deliberation_app.domain import minutes as record
from deliberation_app.errors import RuleBroken
from deliberation_app.services import (
    floor,
    floor_outcome,
    floor_roll,
    meetings,
    papers,
    rules_election,
    votes,
    votes_draft,
    votes_numbers,
    votes_roll_call,
    votes_series,
)
from deliberation_app.services.meeting_file import check_file, export
from deliberation_app.services.work import Work
from deliberation_app.storage.accounts import AuditLine
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.votes import Ballot, Vote
from tests.services.live_meeting import Live, give_options, start
from tests.services.test_votes import opened, sentences

CHOICES = ("in_favour", "against", "abstain")


def lines(work: Work) -> int:
    with work.read() as session:
        return session.scalar(select(func.count(AuditLine.id))) or 0


def told_vote(live: Live, place: int = 0) -> dict[str, Any]:
    told = json.loads(export(live.work, live.id))
    entry = next(one for one in told["meeting"]["agenda"] if one.get("votes"))
    found: dict[str, Any] = entry["votes"][place]
    return found


def test_numbers_typed_are_kept_and_are_no_step(work: Work) -> None:
    live = start(work)
    vote = opened(live)
    before, sent = lines(work), live.board().meeting.written_at
    votes_draft.keep(work, vote, {"typed": ["4", "2", ""]})
    votes_draft.keep(work, vote, {"typed": ["4", "2", "1"]})
    assert votes_draft.read(work, vote) == {"typed": ["4", "2", "1"]}
    assert (lines(work), live.board().meeting.written_at) == (before, sent)
    assert work.undo() == "votes.open"
    assert votes_draft.read(work, vote) == {}
    votes_draft.keep(work, vote, {"typed": ["4"]})  # it was voided elsewhere: nothing to keep, nothing broken
    assert votes_draft.read(work, vote) == {}


def test_a_judged_vote_keeps_no_draft(work: Work) -> None:
    live = start(work)
    vote = opened(live)
    votes_draft.keep(work, vote, {"rows": {"in_favour": [2, 2]}})
    votes.count(work, vote, in_favour=4, against=2, abstain=1)
    assert votes_draft.read(work, vote) == {}
    assert "draft" not in told_vote(live)


def test_a_roll_call_names_everybody_and_adds_up(work: Work) -> None:
    live = start(work, here=7)
    vote = opened(live, method="roll_call")
    called = votes_roll_call.voters(work, vote)
    assert [one.person_id for one in called] == list(live.people)
    assert [one.there for one in called] == [True] * 7 + [False] * 2
    ballots = dict(zip(live.people, ["in_favour"] * 4 + ["against"] * 2, strict=False))
    verdict = votes.count(work, vote, ballots=ballots)
    assert verdict.passed
    assert live.board().vote.counts == {"in_favour": 4, "against": 2, "abstain": 0}
    assert [one.choice for one in votes_roll_call.voters(work, vote)][:7] == ["in_favour"] * 4 + ["against"] * 2 + [
        None
    ]
    assert len(told_vote(live)["ballots"]) == 6
    again = {**ballots, live.people[6]: "against"}
    votes.recount(work, vote, reason="漏叫一人", ballots=again)
    assert len(told_vote(live)["ballots"]) == 7
    assert told_vote(live)["recounts"][0]["counts"]["against"] == 2
    work.undo()
    assert len(told_vote(live)["ballots"]) == 6


def test_who_is_not_there_gives_no_ballot(work: Work) -> None:
    live = start(work, here=7)
    vote = opened(live, method="roll_call")
    ballots = dict.fromkeys(live.people[:7], "in_favour")
    floor_roll.sign_out(work, live.id, live.people[6])
    with pytest.raises(RuleBroken) as refused:
        votes.count(work, vote, ballots=ballots)
    assert "is not in the room" in sentences(refused.value)[1]
    with pytest.raises(RuleBroken, match="may not vote here"):
        votes.count(work, vote, ballots={uuid.uuid4(): "in_favour"})
    with pytest.raises(RuleBroken, match="may not vote here"):
        votes.count(work, vote, ballots={live.people[0]: "perhaps"})
    with work.read() as session:
        assert session.scalar(select(func.count(Ballot.id))) == 0


def test_a_secret_vote_never_names_anybody(work: Work) -> None:
    live = start(work, here=7)
    vote = opened(live, method="secret_ballot")
    with pytest.raises(RuleBroken, match="Only a roll call"):
        votes.count(work, vote, ballots={live.people[0]: "in_favour"}, ballots_issued=7, ballots_returned=7)
    assert not votes_roll_call.takes_names("branch_election", "secret_ballot")
    assert not votes_roll_call.takes_names("owners_special", "roll_call")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(keys=st.lists(st.tuples(st.integers(0, 8), st.sampled_from([*CHOICES, None])), max_size=30))
def test_any_order_of_answers_makes_a_valid_file(
    work: Work, tmp_path: Path, keys: list[tuple[int, str | None]]
) -> None:
    """Answers given, changed and taken back in any order leave a file that can be read again, with their sums."""
    live = start(work, here=9)
    vote = opened(live, method="roll_call")
    ballots: dict[uuid.UUID, str] = {}
    for place, choice in keys:
        if choice is None:
            ballots.pop(live.people[place], None)
        else:
            ballots[live.people[place]] = choice
    votes.count(work, vote, ballots=ballots)
    file = tmp_path / "meeting.json"
    file.write_bytes(export(work, live.id))
    assert check_file(file) == ()
    told = told_vote(live)
    given_votes = [one["choice"] for one in told.get("ballots", ())]
    assert len(given_votes) == len(ballots)
    assert {name: given_votes.count(name) for name in CHOICES} == told["counts"]
    votes.announce(work, vote)
    meetings.close(work, live.id)


def test_an_objection_turns_consensus_into_a_count(work: Work) -> None:
    live = start(work, here=7)
    vote = opened(live, method="consensus")
    votes_draft.keep(work, vote, {"typed": ["1"]})
    votes.take_by(work, vote, "show_of_hands")
    assert live.board().vote.method == "show_of_hands"
    assert votes_draft.read(work, vote) == {}
    with pytest.raises(RuleBroken):
        votes.take_by(work, vote, "by_acclamation")
    votes.count(work, vote, in_favour=4, against=3, abstain=0)
    with pytest.raises(RuleBroken, match="counted already"):
        votes.take_by(work, vote, "roll_call")


def test_nobody_objects_is_on_record_as_consensus(work: Work) -> None:
    live = start(work, here=7)
    vote = opened(live, method="consensus")
    assert votes.count(work, vote, in_favour=7, against=0, abstain=0).passed
    assert told_vote(live)["method"] == "consensus"


def test_a_counted_vote_is_voided_with_its_reason(work: Work) -> None:
    live = start(work, here=7)
    vote = opened(live)
    votes.count(work, vote, in_favour=4, against=2, abstain=1)
    with pytest.raises(RuleBroken, match="say why it is void"):
        votes.void(work, vote)
    votes.void(work, vote, "表决事项读错了")
    with work.read() as session:
        kept = session.get_one(Meeting, live.id).prepared
    assert [one["reason"] for one in kept["voided"]] == ["表决事项读错了"]
    with work.read() as session:
        blocks = papers.source(session, live.id).record().blocks
    told = [block.text for block in blocks if isinstance(block, record.Paragraph) and block.label == "作废的表决："]
    assert [one.partition("的表决作废")[2] for one in told] == ["，不计结果。理由：表决事项读错了。"]
    work.undo()
    assert live.board().vote.counts is not None


def test_numbers_that_were_typed_are_voided_with_a_reason_too(work: Work) -> None:
    live = start(work, here=7)
    vote = opened(live)
    votes_draft.keep(work, vote, {"typed": ["4"]})
    with pytest.raises(RuleBroken, match="say why it is void"):
        votes.void(work, vote)
    votes.void(work, vote, "念错了")
    assert live.board().vote is None


def test_an_open_vote_is_put_in_other_words_until_it_is_counted(work: Work) -> None:
    live = start(work, here=7)
    vote = opened(live)
    votes.reword(work, vote, " 是否赞成每月九十元 ")
    assert live.board().vote.motion == "是否赞成每月九十元（意向表决，无法定效力）"
    with pytest.raises(RuleBroken, match="read out"):
        votes.reword(work, vote, "  ")
    votes.count(work, vote, in_favour=4, against=2, abstain=1)
    with pytest.raises(RuleBroken, match="its words stand"):
        votes.reword(work, vote, "别的")


def test_a_comparison_under_way_comes_before_everything_else(work: Work) -> None:
    live = start(work, here=7)
    floor.go_to_entry(work, live.id)
    give_options(live, "A案：划线", "B案：不划", "C案：再议")
    floor.note(work, live.id, text="都说说")
    floor.queue(work, live.id, live.people[1])
    first = votes_series.begin(work, live.entry, "pairs", rule="straw_poll", method="show_of_hands")
    votes.count(work, first, in_favour=4, against=2, abstain=1)
    votes.announce(work, first)
    steps = [(one.act, dict(one.words.values)) for one in live.board().steps[:3]]
    assert steps[:2] == [("vote", {"one": "A案", "other": "C案"}), ("vote", {"one": "B案", "other": "C案"})]
    assert steps[2][0] == "give"


def test_no_more_papers_go_out_than_there_are_voters(work: Work) -> None:
    live = start(work, here=7)
    vote = opened(live, method="secret_ballot")
    with pytest.raises(RuleBroken) as caught:
        votes.count(work, vote, ballots_issued=8, ballots_returned=7, in_favour=4, against=2, abstain=1, invalid=0)
    assert "each voter gets one" in str(caught.value.reasons)


def test_without_entered_rules_a_vote_by_them_says_what_it_was_judged_by(work: Work, tmp_path: Path) -> None:
    live = start(work, here=7)
    floor.note(work, live.id, text="说说看。", speaker_id=live.people[0])
    vote = votes.open_vote(work, live.entry, motion="更换路灯", rule="house_rule")
    said = votes.count(work, vote, in_favour=5, against=1, abstain=1).explanation
    assert said.endswith("超过到会人数半数，形成多数意见。依据：约定比例（本单位没有录入议事规则）。")
    votes.announce(work, vote)
    with work.act("votes.reword") as act:
        act.get_one(Vote, vote).house_rule = None  # as an older program kept it
    file = tmp_path / "meeting.json"
    file.write_bytes(export(work, live.id))
    assert check_file(file) == ()
    [told] = [one for entry in json.loads(file.read_bytes())["meeting"]["agenda"] for one in entry.get("votes", ())]
    assert told["house_rule"]["quorum"] == {"of": "eligible", "numerator": 2, "denominator": 3, "strict": False}


def three(live: Live) -> None:
    give_options(live, "A案：划42个车位", "B案：不收费", "C案：引入公司")
    floor.note(live.work, live.id, text="三个都说说。", speaker_id=live.people[0])


def test_options_are_approved_one_by_one(work: Work) -> None:
    live = start(work, here=7)
    three(live)
    vote = votes_series.begin(work, live.entry, "approval", rule="straw_poll", method="show_of_hands")
    for yes in (4, 6, 1):
        votes.count(work, vote, in_favour=yes, against=7 - yes, abstain=0)
        votes.announce(work, vote)
        if votes_series.next_vote(work, live.entry) is not None:
            vote = votes_series.go_on(work, live.entry)
    found = live.board().series
    assert (found.winners, found.left, found.same_voters) == (("B案",), 0, True)
    assert [row.passed for row in found.rows] == [True, True, False]
    assert live.board().to_vote == ()
    with pytest.raises(RuleBroken, match="has been voted on"):
        votes_series.go_on(work, live.entry)


def approved(work: Work, live: Live, *yes: int) -> None:
    """Every option voted on by itself, one after the other."""
    vote = votes_series.begin(work, live.entry, "approval", rule="straw_poll", method="show_of_hands")
    for number in yes:
        votes.count(work, vote, in_favour=number, against=7 - number, abstain=0)
        votes.announce(work, vote)
        if votes_series.next_vote(work, live.entry) is not None:
            vote = votes_series.go_on(work, live.entry)


def test_options_that_are_level_are_said_to_be_and_voted_on_again(work: Work) -> None:
    live = start(work, here=7)
    three(live)
    approved(work, live, 5, 5, 1)
    assert live.board().steps[0].act == "between"
    assert str(live.board().steps[0].words) == "Vote again between A案、B案"
    draft = floor_outcome.read(work, live.entry).resolution
    assert draft.endswith("A案、B案同得5票，并列最多。以上表决为意向，无法定效力。")
    vote = votes_series.between(work, live.entry)
    assert live.board().vote.motion.startswith("A案和B案相比，是否赞成A案（反对即赞成B案）")
    votes.count(work, vote, in_favour=3, against=4, abstain=0)
    votes.announce(work, vote)
    found = live.board().series
    assert (found.options, found.winners, found.over) == (("A案", "B案"), ("B案",), True)
    assert "between" not in [step.act for step in live.board().steps]
    draft = floor_outcome.read(work, live.entry).resolution
    assert "A案、B案同得5票，并列最多。两两比较：A案对B案3比4；B案得票较多；" in draft
    assert draft.count("A案形成多数意见") == 1  # that it came second says nothing on A itself
    meetings.close(work, live.id)
    with work.read() as session:
        blocks = [one for one in papers.source(session, live.id).record().blocks if isinstance(one, record.Vote)]
    assert any("并列最多" in remark and "单独表决" not in remark for remark in blocks[2].remarks)
    assert any("B案得票较多；两两比较只排先后，每个方案还要单独表决" in remark for remark in blocks[3].remarks)


def test_where_one_is_ahead_or_the_conclusion_is_written_nothing_is_voted_on_again(work: Work) -> None:
    live = start(work, here=7)
    three(live)
    approved(work, live, 5, 4, 1)
    assert "between" not in [step.act for step in live.board().steps]
    with pytest.raises(RuleBroken, match="No options are level"):
        votes_series.between(work, live.entry)
    vote = votes_series.begin(work, live.entry, "approval", rule="straw_poll", method="show_of_hands")
    votes.void(work, vote)
    approved(work, live, 2, 2, 2)
    assert str(live.board().steps[0].words) == "Vote again between A案、B案、C案"
    floor_outcome.write(work, live.entry, resolution="先试行A案三个月。")
    assert "between" not in [step.act for step in live.board().steps]


def test_pairs_rank_and_decide_nothing(work: Work) -> None:
    live = start(work, here=7)
    three(live)
    vote = votes_series.begin(work, live.entry, "pairs", rule="straw_poll", method="show_of_hands")
    assert live.board().vote.motion.startswith("A案和B案相比，是否赞成A案（反对即赞成B案）")
    for yes in (4, 3, 5):
        votes.count(work, vote, in_favour=yes, against=7 - yes, abstain=0)
        votes.announce(work, vote)
        if votes_series.next_vote(work, live.entry) is not None:
            vote = votes_series.go_on(work, live.entry)
    found = live.board().series
    assert (found.winners, found.over) == ((), True)  # A beats B, C beats A, B beats C
    assert [option.name for option in live.board().to_vote] == ["A案", "B案", "C案"]
    meetings.close(work, live.id)
    with work.read() as session:
        printed = papers.source(session, live.id)
        blocks = [block for block in printed.record().blocks if isinstance(block, record.Vote)]
    assert any("没有两两均胜的方案" in remark for remark in blocks[-1].remarks)


def test_the_option_that_came_out_ahead_is_voted_on_first(work: Work) -> None:
    live = start(work, here=7)
    three(live)
    vote = votes_series.begin(work, live.entry, "pairs", rule="straw_poll", method="show_of_hands")
    for yes in (4, 2, 3):
        votes.count(work, vote, in_favour=yes, against=7 - yes, abstain=0)
        votes.announce(work, vote)
        if votes_series.next_vote(work, live.entry) is not None:
            vote = votes_series.go_on(work, live.entry)
    board = live.board()
    assert board.series.winners == ("C案",)
    assert [option.name for option in board.to_vote] == ["C案", "A案", "B案"]
    assert [step.target for step in board.steps if step.act == "vote"] == [option.id for option in board.to_vote]


def test_a_comparison_needs_three(work: Work) -> None:
    live = start(work, here=7)
    give_options(live, "A案：划线", "B案：不划")
    with pytest.raises(RuleBroken, match="at least three"):
        votes_series.begin(work, live.entry, "pairs", rule="straw_poll", method="show_of_hands")
    assert votes_series.next_vote(work, live.entry) is None


def test_a_further_election_goes_by_a_third(work: Work) -> None:
    live = start(work, "residents_assembly", here=9)
    floor.note(work, live.id, text="介绍候选人。")
    first, second, third = live.people[:3]
    paper = {"ballots_issued": 9, "ballots_returned": 9, "invalid": 0}
    told = {"rule": "residents_election", "seats": 1}
    vote = votes.open_vote(work, live.entry, motion="选举主任", candidates=[first, second, third], **told)
    named = {first: (4, 0, 0), second: (3, 0, 0), third: (2, 0, 0)}
    assert votes.preview(work, vote, named, **paper).election.stands == (str(first), str(second))
    votes.count(work, vote, candidates=named, **paper)
    votes.announce(work, vote)
    again = votes.open_vote(work, live.entry, motion="另行选举：选举主任", candidates=[first, second], round_=2, **told)
    assert votes.count(work, again, candidates={first: (4, 0, 0), second: (3, 0, 0)}, **paper).passed
    votes.announce(work, again)
    meetings.close(work, live.id)
    with work.read() as session:
        judged = papers.source(session, live.id).judged
        assert session.get_one(Vote, again).passed
    assert (judged[str(again)].passed, judged[str(again)].elected) == (True, (str(first),))
    assert judged[str(vote)].passed is False


def test_what_is_possible_is_said_before_the_vote_is_opened(work: Work) -> None:
    live = start(work, "branch_assembly", here=5, unit_kind="branch")
    said = [str(one) for one in votes_numbers.possible(work, live.entry, "branch_resolution")]
    assert said[-1] == "It takes at least 5 votes in favour; 5 are possible at most."
    assert votes_numbers.possible(work, live.entry, "owners_special") == ()


def test_an_election_is_tried_without_a_meeting(work: Work) -> None:
    day = work.clock().date()
    numbers = {"eligible": 22, "present": 20, "ballots_issued": 20, "ballots_returned": 20, "invalid": 1}
    trial = rules_election.try_election("branch_election", numbers, day, [("甲", 15), ("乙", 11), ("丙", 10)], 2)
    assert (trial.elected, trial.faults) == (("甲", "乙"), ())
    short = rules_election.try_election("branch_election", numbers, day, [("甲", 15), ("乙", 9), ("丙", 8)], 2)
    assert (short.elected, short.stands) == (("甲",), ("乙", "丙"))
    wrong = rules_election.try_election("branch_election", numbers, day, [("甲", 25)], 1)
    assert "only 19 valid ballots" in str(wrong.faults[0])
    further = rules_election.try_election(
        "residents_election", numbers, day, [("甲", 7), ("乙", 6)], 1, further=True
    )  # fmt: skip
    assert further.elected == ("甲",)
    assert rules_election.can_be_further("residents_election")
    assert not rules_election.can_be_further("branch_election")
