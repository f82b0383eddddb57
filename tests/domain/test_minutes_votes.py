"""Votes told otherwise than usual: by hand, with remarks of the law, of candidates, in writing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from deliberation_app.domain import meeting_file
from deliberation_app.domain.meeting_file_canonical import with_verdicts
from deliberation_app.domain.minutes import JudgedVote, Paragraph, Vote, compose
from deliberation_app.domain.votes import law_on

Sample = Callable[[str], dict[str, Any]]
OWNERS = "shandalu194-owners-vote"


def votes_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The votes of a meeting file."""
    return [vote for entry in document["meeting"]["agenda"] for vote in entry.get("votes", ())]


def printed(document: dict[str, Any], judged: JudgedVote) -> Vote:
    """The first vote as it is printed."""
    record = compose(document, {votes_of(document)[0]["id"]: judged})
    return next(block for block in record.blocks if isinstance(block, Vote))


def test_a_vote_judged_by_hand_says_so_and_keeps_its_numbers(sample: Sample) -> None:
    judged = JudgedVote(eligible=96, present=80, in_favour=62, by_hand=True, explanation="人工判断。")
    told = printed(sample(OWNERS), judged)
    assert told.outcome == "人工判断，结果照当时的公布记录。"
    assert "同意62人" in told.numbers
    assert not told.passed


def test_an_owners_vote_of_2020_is_not_computed_anew(sample: Sample) -> None:
    document = sample(OWNERS)
    for vote in votes_of(document):
        vote["at"] = "2020-06-01T20:00:00+08:00"
        vote["verdict"] = {"quorate": True, "passed": True}
    outcome = meeting_file.outcome_of(document, votes_of(document)[0])
    assert outcome is not None
    assert outcome.verdict.by_hand
    assert not any("verdict" in vote for vote in votes_of(with_verdicts(document)))


def test_what_must_be_said_beside_the_law_is_printed(sample: Sample) -> None:
    remarks = law_on("branch_election").remarks
    assert any("待核对" in remark for remark in remarks)
    told = printed(sample(OWNERS), JudgedVote(quorate=True, passed=True, remarks=remarks))
    assert [f"{remark}。" for remark in remarks] == [one for one in told.remarks if one.rstrip("。") in remarks]


@pytest.mark.parametrize(("returned", "told"), [(None, False), (17, True)])
def test_only_papers_tell_who_did_not_vote_for_candidates(sample: Sample, returned: int | None, told: bool) -> None:
    document = sample("branch-assembly-admission")
    vote = votes_of(document)[0]
    vote["candidates"] = [{"person": document["people"][0]["id"], "in_favour": 9}]
    vote.pop("ballots_returned", None)
    if returned is not None:
        vote["ballots_returned"] = returned
    judged = JudgedVote(eligible=20, present=18, not_cast=1, quorate=True, passed=True)
    assert ("未投票1人" in printed(document, judged).numbers) == told


@pytest.mark.parametrize(("method", "said"), [("written", "，书面表决。"), ("roll_call", "，现场召开。")])
def test_owners_who_vote_in_writing_meet_nowhere(sample: Sample, method: str, said: str) -> None:
    document = sample(OWNERS)
    document["meeting"]["mode"] = "onsite"
    for vote in votes_of(document):
        vote["method"] = method
    record = compose(document, {})
    kind = next(one for one in record.blocks if isinstance(one, Paragraph) and one.label == "会议类型：")
    assert kind.text.endswith(said)
