"""An item's life: each stage by its evidence, every missing piece named, later evidence only after a sending back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app.domain.agenda import (
    CHANNELS,
    STAGES,
    STATES,
    STEPS,
    ItemFacts,
    MeetingHeld,
    Posted,
    Surveyed,
    VoteHeld,
    evidence,
    next_step,
    offered,
    progress,
    take,
)
from deliberation_app.errors import RuleBroken

MARCH = datetime(2026, 3, 21, 8, 20, tzinfo=UTC)
APRIL = datetime(2026, 4, 22, 12, 10, tzinfo=UTC)
SENT_BACK = datetime(2026, 4, 24, 2, 0, tzinfo=UTC)
TODAY = date(2026, 10, 20)
CONSULTATION = MeetingHeld(at=MARCH, present=19, statements=15)
OWNERS_VOTE = VoteHeld(at=APRIL, quorate=True, passed=True, kind="owners_assembly")
INTENTION = VoteHeld(at=MARCH, quorate=True, passed=True, routing="owners_vote")

RAISED = ItemFacts(today=TODAY, raised_at=MARCH - timedelta(days=25), channel="wish_wall", raised_by=5)
DISCUSSED = replace(RAISED, stage="discussed", meetings=(CONSULTATION,), votes=(INTENTION,))
DECIDED = replace(DISCUSSED, stage="decided", votes=(INTENTION, OWNERS_VOTE), closed_tasks=4)
EVALUATED = replace(
    DECIDED, stage="evaluated", evaluations=(Surveyed(held_on=date(2026, 9, 11)),), archive_number="2026-001"
)
OUTCOME = Posted(about="outcome", posted_on=date(2026, 9, 14), days=15, taken_down_on=date(2026, 9, 30))
PUBLISHED = replace(EVALUATED, publications=(OUTCOME,))


def missing(facts: ItemFacts, step: str) -> list[str]:
    with pytest.raises(RuleBroken) as refused:
        take(facts, step)
    return [str(reason) for reason in refused.value.reasons]


def unmet(facts: ItemFacts) -> list[str]:
    return [piece.id for piece in evidence(facts) if not piece.met]


def test_the_five_stages_have_the_words_the_residents_know() -> None:
    assert "".join(stage.title for stage in STAGES.values()) == "提议决评享"
    assert [stage.full_title for stage in STAGES.values()] == [f"群众{word}" for word in "提议决评享"]
    assert "wish_wall" in CHANNELS


def test_an_item_goes_from_raised_to_shared() -> None:
    assert take(replace(RAISED, meetings=(CONSULTATION,)), "discuss") == ("discussed", "active")
    assert take(replace(DECIDED, stage="discussed"), "decide") == ("decided", "active")
    assert take(replace(EVALUATED, stage="decided"), "evaluate") == ("evaluated", "active")
    assert take(PUBLISHED, "share") == ("shared", "active")


def test_every_missing_piece_is_named_not_the_first_only() -> None:
    bare = ItemFacts(today=TODAY)
    assert len(missing(bare, "discuss")) == 3
    assert unmet(bare) == ["source", "notice", "discussion"]
    assert progress(bare) == (0, 3)
    assert progress(RAISED) == (1, 3)


def test_without_notice_only_what_is_discussed_within_48_hours() -> None:
    unannounced = replace(CONSULTATION, notice_given=False)
    facts = replace(RAISED, meetings=(unannounced,))
    assert unmet(facts) == ["notice"]
    assert unmet(replace(facts, raised_at=MARCH - timedelta(hours=48))) == []
    assert unmet(replace(facts, raised_at=MARCH - timedelta(hours=48, seconds=1))) == ["notice"]


def test_board_shows_what_is_there_with_clause_and_detail() -> None:
    facts = replace(DISCUSSED, vital_interest=True)
    pieces = {piece.id: piece for piece in evidence(facts)}
    assert list(pieces) == ["discussion", "party", "votable", "verdict"]
    assert str(pieces["discussion"].detail) == "3/21, 19 present"
    assert "支部工作条例" in pieces["party"].clause
    assert pieces["party"].helps == "agenda.link"
    assert progress(facts) == (2, 4)


def test_vital_interest_needs_the_branch_assembly_before_the_vote() -> None:
    facts = replace(DECIDED, stage="discussed", vital_interest=True)
    assert unmet(facts) == ["party"]
    assert unmet(replace(facts, party_meetings=(date(2026, 3, 10),))) == []
    assert unmet(replace(facts, party_meetings=(None,))) == []
    assert unmet(replace(facts, party_meetings=(date(2026, 4, 23),))) == ["party"]


@pytest.mark.parametrize(
    ("kind", "routing", "quorate", "decides"),
    [
        ("courtyard_consultation", None, True, False),
        ("council_meeting", None, True, False),
        ("courtyard_consultation", "direct", True, True),
        ("courtyard_consultation", "owners_vote", True, False),
        ("courtyard_consultation", "none", True, False),
        ("branch_assembly", "none", True, False),
        ("branch_assembly", "residents_body", True, False),
        ("branch_assembly", "direct", True, True),
        ("branch_assembly", None, True, True),
        ("owners_assembly", None, True, True),
        ("owners_assembly", None, False, False),
        ("courtyard_consultation", "direct", False, False),
    ],
)
@pytest.mark.parametrize("passed", [True, False])
def test_which_vote_proves_the_decision(
    kind: str, routing: str | None, quorate: bool, decides: bool, passed: bool
) -> None:
    vote = VoteHeld(at=APRIL, quorate=quorate, passed=passed and quorate, kind=kind, routing=routing)
    assert ("verdict" not in unmet(replace(DISCUSSED, votes=(vote,)))) == decides


def test_where_law_decides_whether_the_vote_must_name_an_option() -> None:
    vote = VoteHeld(at=APRIL, quorate=True, passed=True, routing="direct")
    facts = replace(DISCUSSED, votable=False, votes=(vote,))
    assert unmet(facts) == ["how", "verdict"]
    assert unmet(replace(facts, votes=(replace(vote, names_option=True),))) == []


def test_evaluated_needs_a_survey_and_no_open_task() -> None:
    assert unmet(DECIDED) == ["survey"]
    assert unmet(replace(DECIDED, open_tasks=1)) == ["tasks", "survey"]
    assert take(replace(DECIDED, evaluations=EVALUATED.evaluations), "evaluate").stage == "evaluated"


@pytest.mark.parametrize(
    ("today", "over"), [(date(2026, 9, 28), False), (date(2026, 9, 29), False), (date(2026, 9, 30), True)]
)
def test_publication_period_the_last_day_counts(today: date, over: bool) -> None:
    facts = replace(EVALUATED, today=today, publications=(replace(OUTCOME, taken_down_on=None),))
    assert (unmet(facts) == []) == over


def test_shared_needs_the_outcome_hung_to_the_end_and_objections_answered() -> None:
    assert unmet(EVALUATED) == ["outcome"]
    assert unmet(replace(PUBLISHED, publications=(replace(OUTCOME, about="decision"),))) == ["outcome"]
    assert unmet(replace(PUBLISHED, publications=(replace(OUTCOME, taken_down_on=date(2026, 9, 20)),))) == ["outcome"]
    assert unmet(replace(PUBLISHED, publications=(replace(OUTCOME, open_objections=2),))) == ["objections"]
    shared = replace(PUBLISHED, stage="shared")
    assert evidence(shared) == ()
    assert progress(shared) == (3, 3)


def test_shared_needs_the_archive_number_of_its_file() -> None:
    assert unmet(replace(PUBLISHED, archive_number="")) == ["filed"]
    assert missing(replace(PUBLISHED, archive_number=""), "share") == ["Its file has no archive number yet"]


def test_after_a_sending_back_only_later_evidence_counts() -> None:
    linked = replace(PUBLISHED, vital_interest=True, party_meetings=(date(2026, 3, 10),))
    back = replace(linked, stage="discussed", since=SENT_BACK)
    assert unmet(back) == ["discussion", "party", "verdict"]
    later = SENT_BACK + timedelta(days=3)
    again = replace(
        back, meetings=(CONSULTATION, replace(CONSULTATION, at=later)),
        votes=(OWNERS_VOTE, replace(OWNERS_VOTE, at=later + timedelta(days=1))), party_meetings=(date(2026, 4, 25),),
    )  # fmt: skip
    assert take(again, "decide").stage == "decided"
    old = replace(EVALUATED, since=datetime(2026, 9, 12, tzinfo=UTC), publications=(OUTCOME,))
    assert unmet(replace(old, stage="decided")) == ["survey"]
    assert unmet(replace(old, since=datetime(2026, 9, 15, tzinfo=UTC))) == ["outcome"]


def test_sending_back_asks_why_and_starts_from_decided_or_evaluated() -> None:
    assert take(DECIDED, "send_back", reason="面积未达到四分之三") == ("discussed", "active")
    assert missing(DECIDED, "send_back") == ["Say why; the reason is kept with the item."]
    assert len(missing(RAISED, "send_back")) == 2


@pytest.mark.parametrize(
    ("step", "state"),
    [
        ("merge", "merged"),
        ("defer", "deferred"),
        ("decline", "declined"),
        ("hand_up", "handed_up"),
        ("withdraw", "withdrawn"),
    ],
)
def test_side_ways_keep_the_stage_and_lead_back(step: str, state: str) -> None:
    assert take(DISCUSSED, step, reason="理由", has_target=True) == ("discussed", state)
    aside = replace(DISCUSSED, state=state)
    assert take(aside, "resume", reason="条件具备") == ("discussed", "active")
    assert [offer.id for offer in offered(aside)] == ["resume"]
    assert next_step(aside) is None
    assert evidence(aside) == ()


def test_merging_needs_the_other_item() -> None:
    with pytest.raises(RuleBroken) as refused:
        take(RAISED, "merge", reason="同一件事")
    assert [str(reason) for reason in refused.value.reasons] == ["Choose the item it is merged into."]
    assert str(refused.value) == "“Merge” lacks 1 more. The item stays where it is."


moments = st.integers(0, 365 * 24).map(lambda hours: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours))


@st.composite
def facts(draw: st.DrawFn) -> ItemFacts:
    days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
    kinds = st.sampled_from(["courtyard_consultation", "branch_assembly", "owners_assembly"])
    routings = st.sampled_from([None, "direct", "none", "upwards"])
    return ItemFacts(
        today=draw(days), stage=draw(st.sampled_from(sorted(STAGES))), state=draw(st.sampled_from(sorted(STATES))),
        raised_at=draw(st.none() | moments), channel=draw(st.none() | st.just("visit")), votable=draw(st.booleans()),
        vital_interest=draw(st.booleans()), party_meetings=tuple(draw(st.lists(st.none() | days, max_size=2))),
        meetings=tuple(draw(st.lists(st.builds(MeetingHeld, at=moments, statements=st.integers(0, 2),
                                               notice_given=st.booleans()), max_size=3))),
        votes=tuple(draw(st.lists(st.builds(VoteHeld, at=moments, quorate=st.booleans(), passed=st.booleans(),
                                            kind=kinds, routing=routings, names_option=st.booleans()), max_size=3))),
        open_tasks=draw(st.integers(0, 2)),
        evaluations=tuple(draw(st.lists(st.builds(Surveyed, held_on=days), max_size=2))),
        publications=tuple(draw(st.lists(st.builds(
            Posted, about=st.sampled_from([None, "decision", "outcome"]), posted_on=days, days=st.integers(1, 30),
            taken_down_on=st.none() | days, open_objections=st.integers(0, 1)), max_size=3))),
        since=draw(st.none() | moments),
    )  # fmt: skip


@given(item=facts(), step=st.sampled_from(sorted(STEPS)))
def test_a_step_is_taken_exactly_when_nothing_is_missing(item: ItemFacts, step: str) -> None:
    if STEPS[step] in offered(item) and not (STEPS[step].evidence and unmet(item)):
        assert take(item, step, reason="理由", has_target=True) != (item.stage, item.state)
        return
    with pytest.raises(RuleBroken) as refused:
        take(item, step, reason="理由", has_target=True)
    assert refused.value.reasons
    assert all("{" not in str(reason) for reason in refused.value.reasons)


@given(item=facts())
def test_progress_counts_the_evidence_of_the_next_stage(item: ItemFacts) -> None:
    met, needed = progress(item)
    assert 0 <= met <= needed
    if item.state == "active" and item.stage != "shared":
        assert needed - met == len(unmet(item))


@given(item=facts(), later=moments)
def test_a_later_sending_back_never_adds_evidence(item: ItemFacts, later: datetime) -> None:
    if item.since is None or later >= item.since:
        pieces = {piece.id: piece.met for piece in evidence(item)}
        after = {piece.id: piece.met for piece in evidence(replace(item, since=later))}
        monotone = set(pieces) - {"objections", "party"}
        assert all(pieces[name] or not after[name] for name in monotone)
