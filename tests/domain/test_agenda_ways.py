"""Ways beside the straight one (flows.md F1 and F2): open questions, outcomes without direction, bad scores."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from deliberation_app.domain.agenda import ItemFacts, MeetingHeld, Posted, Surveyed, VoteHeld, evidence, offered, take
from deliberation_app.domain.calendar_days import edits_of
from deliberation_app.errors import RuleBroken

TODAY = date(2026, 10, 20)
HELD = datetime(2026, 9, 1, 1, tzinfo=UTC)
MEETING = MeetingHeld(at=HELD, statements=4, present=20)
DISCUSSED = ItemFacts(
    today=TODAY, stage="discussed", raised_at=HELD, channel="visit", meetings=(MEETING,),
    votes=(VoteHeld(at=HELD, quorate=True, passed=True, routing="direct"),),
)  # fmt: skip
SCORED = ItemFacts(
    today=TODAY, stage="evaluated", evaluations=(Surveyed(held_on=date(2026, 9, 10), strict_rate="50.0000%"),),
    publications=(Posted(about="outcome", posted_on=date(2026, 9, 11), days=15),), archive_number="2026-001",
)  # fmt: skip


def missing(facts: ItemFacts) -> list[str]:
    return [piece.id for piece in evidence(facts) if not piece.met]


def test_an_open_question_keeps_an_item_from_being_decided() -> None:
    assert missing(DISCUSSED) == []
    asked = replace(DISCUSSED, meetings=(replace(MEETING, unanswered=2),))
    assert missing(asked) == ["questions"]
    with pytest.raises(RuleBroken) as refused:
        take(asked, "decide")
    assert "Questions are open" in str(refused.value.reasons[0])


def test_a_later_discussion_that_answers_counts() -> None:
    later = replace(MEETING, at=datetime(2026, 9, 5, tzinfo=UTC))
    assert missing(replace(DISCUSSED, meetings=(replace(MEETING, unanswered=2), later))) == []


def test_an_outcome_without_direction_is_only_an_intention() -> None:
    unrouted = replace(DISCUSSED, votes=(VoteHeld(at=HELD, quorate=True, passed=True),))
    assert unrouted.unrouted
    [piece] = [piece for piece in evidence(unrouted) if piece.id == "verdict"]
    assert not piece.met
    assert "say where it goes" in str(piece.detail)
    upwards = replace(DISCUSSED, votes=(VoteHeld(at=HELD, quorate=True, passed=True, routing="upwards"),))
    assert not upwards.unrouted
    assert missing(upwards) == ["verdict"]


def test_a_bad_score_goes_back_and_not_on() -> None:
    assert missing(SCORED) == []
    bad = replace(SCORED, evaluations=(replace(SCORED.evaluations[0], below_line=True),))
    assert missing(bad) == ["line"]
    with pytest.raises(RuleBroken):
        take(bad, "share")
    assert take(bad, "send_back", reason="满意率低").stage == "discussed"
    again = replace(bad, evaluations=(*bad.evaluations, Surveyed(held_on=date(2026, 9, 30), strict_rate="90.0000%")))
    assert missing(again) == []


@pytest.mark.parametrize(("step", "state"), [("defer", "deferred"), ("hand_up", "handed_up"), ("merge", "merged"),
                                             ("decline", "declined"), ("withdraw", "withdrawn")])  # fmt: skip
def test_side_ways_need_a_reason_and_lead_back(step: str, state: str) -> None:
    with pytest.raises(RuleBroken):
        take(DISCUSSED, step, has_target=True)
    move = take(DISCUSSED, step, reason="另案办理", has_target=True)
    assert (move.stage, move.state) == ("discussed", state)
    aside = replace(DISCUSSED, state=state)
    assert [one.id for one in offered(aside)] == ["resume"]
    assert take(aside, "resume", reason="条件成熟").state == "active"


def test_what_is_decided_is_neither_merged_nor_declined_nor_withdrawn() -> None:
    steps = {one.id for one in offered(replace(DISCUSSED, stage="decided"))}
    assert steps == {"evaluate", "send_back", "defer", "hand_up"}


def test_the_units_own_days_off_move_the_end_of_a_publication() -> None:
    post = Posted(about="outcome", posted_on=date(2026, 10, 5), days=15)
    assert post.last_day == TODAY
    own = edits_of({"days": {"2026-10-20": "off"}})
    assert replace(post, edits=own).last_day == date(2026, 10, 21)
    assert not replace(post, edits=own).over(date(2026, 10, 21))
