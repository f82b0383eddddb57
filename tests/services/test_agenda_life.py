"""An item's life: moved on by evidence, sent back, set aside, merged."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest

from deliberation_app.domain.evaluation import Responses
from deliberation_app.errors import NotFound, RuleBroken
from deliberation_app.services import agenda, archive_number, evaluation, notices, people, tasks
from deliberation_app.services.work import Work
from tests.services.courtyard import (
    attend,
    found_unit,
    meeting_on,
    said,
)
from tests.services.small import HandClock


def missing(work: Work, item_id: uuid.UUID, step: str, **more: object) -> list[str]:
    """Why a step is refused."""
    with pytest.raises(RuleBroken) as refused:
        agenda.take(work, item_id, step, **more)
    return [str(reason) for reason in refused.value.reasons]


def test_a_whole_life(work: Work, clock: HandClock) -> None:
    unit_id = found_unit(work)
    item_id = agenda.raise_item(work, unit_id, title="充电桩", channel="wish_wall", vital_interest=True)
    assert missing(work, item_id, "discuss") == [
        "No notice of a meeting on it has been given",
        "No meeting with statements on it yet",
    ]
    clock.move(days=3)
    meeting_on(work, unit_id, item_id, clock(), routing="direct", vote=(True, True))
    assert agenda.take(work, item_id, "discuss").stage == "discussed"
    assert missing(work, item_id, "decide") == ["No branch assembly that discussed it is linked"]
    party = meeting_on(work, unit_id, None, clock() - timedelta(hours=2), kind="branch_assembly")
    agenda.link_party_meeting(work, item_id, party)
    agenda.take(work, item_id, "decide")
    task = tasks.add(work, item_id, title="装两个充电桩", due=date(2026, 11, 30))
    assert missing(work, item_id, "evaluate") == [
        "Not all tasks are done",
        "The residents have not scored the result yet",
    ]
    clock.move(days=20)
    tasks.done(work, task, evidence=["照片2张"])
    evaluation.add(
        work, item_id, held_on=date(2026, 11, 12), responses=Responses(very_satisfied=9, dissatisfied=1), invited=12
    )
    agenda.take(work, item_id, "evaluate")
    post = notices.post(work, item_id, about="outcome", days=15, text="充电桩已装好")
    clock.move(days=15)
    assert missing(work, item_id, "share") == [
        "The outcome has not been published for its whole period",
        "Its file has no archive number yet",
    ]
    archive_number.give(work, item_id, archive_number.proposed(work, item_id))
    assert said(agenda.item(work, item_id).card.publication) == "Publication day 15"
    clock.move(days=1)
    notices.take_down(work, post)
    agenda.take(work, item_id, "share", reason="全部装好")
    view = agenda.item(work, item_id)
    assert (view.item.stage, view.next_step, view.evidence) == ("shared", None, ())
    assert [event.what for event in view.timeline] == [
        "step",
        "meeting",
        "vote",
        "step",
        "step",
        "evaluation",
        "publication",
        "task",
        "step",
        "step",
    ]
    assert view.timeline[-1].note.splitlines()[0] == "全部装好"
    assert [event.at for event in view.timeline] == sorted(event.at for event in view.timeline)
    figures = {figure.stage: figure for figure in agenda.counts_by_stage(work, unit_id)}
    assert (figures["raised"].median_days, figures["decided"].median_days, figures["shared"].count) == (3, 20, 1)
    assert figures["shared"].median_days is None


def test_an_intention_decides_nothing(work: Work, clock: HandClock) -> None:
    unit_id = found_unit(work)
    item_id = agenda.raise_item(work, unit_id, title="充电桩", raised_at=clock() - timedelta(days=9))
    meeting_on(work, unit_id, item_id, clock() - timedelta(days=3), vote=(True, True))
    agenda.take(work, item_id, "discuss")
    assert missing(work, item_id, "decide") == ["There is no valid vote that decides it"]
    meeting_on(work, unit_id, item_id, clock() - timedelta(days=2), kind="owners_assembly", vote=(False, False))
    assert missing(work, item_id, "decide") == ["There is no valid vote that decides it"]
    meeting_on(work, unit_id, item_id, clock() - timedelta(days=1), kind="owners_assembly", vote=(True, False))
    assert agenda.take(work, item_id, "decide").stage == "decided"


def test_only_the_how_needs_an_option(work: Work, clock: HandClock) -> None:
    unit_id = found_unit(work)
    item_id = agenda.raise_item(work, unit_id, title="消防车通道", votable=False)
    meeting_on(work, unit_id, item_id, clock(), routing="direct", vote=(True, True))
    agenda.take(work, item_id, "discuss")
    assert missing(work, item_id, "decide")[0] == "Only how may be put to the vote: vote on an option"


def test_after_sending_back_only_later_evidence_counts(work: Work, clock: HandClock) -> None:
    unit_id = found_unit(work)
    item_id = agenda.raise_item(work, unit_id, title="充电桩")
    meeting_on(work, unit_id, item_id, clock(), routing="direct", vote=(True, False))
    clock.move(hours=1)
    agenda.take(work, item_id, "discuss")
    agenda.take(work, item_id, "decide")
    assert missing(work, item_id, "send_back") == ["Say why; the reason is kept with the item."]
    agenda.take(work, item_id, "send_back", reason="未通过，再议")
    view = agenda.item(work, item_id)
    assert (view.item.stage, view.facts.since, view.timeline[-1].note.splitlines()[0]) == (
        "discussed",
        clock(),
        "退回协商：未通过，再议",
    )
    assert "There is no valid vote that decides it" in missing(work, item_id, "decide")
    clock.move(days=1)
    meeting_on(work, unit_id, item_id, clock(), routing="direct", vote=(True, True))
    agenda.take(work, item_id, "decide")


def test_side_ways_keep_the_stage_and_the_reason(work: Work, clock: HandClock) -> None:
    unit_id = found_unit(work)
    item_id = agenda.raise_item(work, unit_id, title="充电桩")
    clock.move(days=2)
    agenda.take(work, item_id, "defer", reason="等经费")
    card = agenda.board(work, unit_id).columns[0].cards[0]
    assert (card.state, said(card.flag), card.days_in_stage) == ("deferred", "Deferred", 2)
    assert missing(work, item_id, "discuss")[0] == "The item is “Deferred” now."
    agenda.take(work, item_id, "resume", reason="经费到了")
    kept = agenda.item(work, item_id).item
    assert (kept.state, kept.state_reason, kept.stage) == (None, None, "raised")
    agenda.take(work, item_id, "decline", reason="不归本院管")
    assert agenda.board(work, unit_id).count == 0
    assert [card.state for card in agenda.page(work, unit_id, state="declined").rows] == ["declined"]
    assert agenda.item(work, item_id).timeline[-1].note.splitlines()[0] == "不予列入：不归本院管"


def test_merging(work: Work) -> None:
    unit_id, other_unit = found_unit(work), found_unit(work, "另一支部")
    first, second = (agenda.raise_item(work, unit_id, title=title) for title in ("路灯坏了", "灯不亮"))
    foreign = agenda.raise_item(work, other_unit, title="别处的")
    assert missing(work, second, "merge", reason="同一件事") == ["Choose the item it is merged into."]
    for wrong in (second, foreign):
        with pytest.raises(RuleBroken):
            agenda.take(work, second, "merge", reason="同一件事", into=wrong)
    with pytest.raises(NotFound):
        agenda.take(work, second, "merge", reason="同一件事", into=uuid.uuid4())
    agenda.take(work, second, "merge", reason="同一件事", into=first)
    assert agenda.item(work, second).merged_into.id == first
    assert [kept.id for kept in agenda.item(work, first).merged] == [second]
    with pytest.raises(RuleBroken):  # no rings of mergers
        agenda.take(work, first, "merge", reason="同一件事", into=second)
    agenda.take(work, second, "resume", reason="分开办")
    assert agenda.item(work, second).merged_into is None


def test_offers_say_what_is_missing(work: Work) -> None:
    unit_id = found_unit(work)
    item_id = agenda.raise_item(work, unit_id, title="充电桩")
    offers = {offer.step.id: offer for offer in agenda.item(work, item_id).steps}
    assert list(offers) == ["discuss", "merge", "defer", "decline", "hand_up", "withdraw"]
    assert [offer.ready for offer in offers.values()] == [False, True, True, True, True, True]
    assert len(offers["discuss"].missing) == 2


def test_a_party_meeting_must_be_one(work: Work, clock: HandClock) -> None:
    unit_id = found_unit(work)
    item_id = agenda.raise_item(work, unit_id, title="充电桩", vital_interest=True)
    with pytest.raises(RuleBroken):
        agenda.link_party_meeting(work, item_id, meeting_on(work, unit_id, None, clock()))
    elsewhere, here = uuid.uuid4(), meeting_on(work, unit_id, None, clock(), kind="branch_assembly")
    for meeting_id in (elsewhere, here, here):
        agenda.link_party_meeting(work, item_id, meeting_id)
    view = agenda.item(work, item_id)
    assert [(key, meeting is None) for key, meeting in view.party_meetings] == [(elsewhere, True), (here, False)]
    assert view.facts.party_meetings == (None, date(2026, 10, 20))
    for meeting_id in (elsewhere, here):
        agenda.unlink_party_meeting(work, item_id, meeting_id)
    assert agenda.item(work, item_id).item.party_meetings is None


def test_those_who_came_are_counted_as_the_kind_says(work: Work, clock: HandClock) -> None:
    unit_id = found_unit(work)
    item_id = agenda.raise_item(work, unit_id, title="充电桩")
    meetings = {}
    for kind in ("branch_assembly", "theme_day"):
        meetings[kind] = meeting_on(work, unit_id, item_id, clock(), kind=kind)
        for name, status in (("甲", "present"), ("乙", "online"), ("丙", "leave")):
            attend(work, meetings[kind], people.add(work, unit_id, name=name), status)
    held = {meeting.kind: meeting.present for meeting in agenda.item(work, item_id).facts.meetings}
    assert held == {"branch_assembly": 1, "theme_day": 2}


def test_nobody_wishing_to_speak_is_on_record_too(work: Work, clock: HandClock) -> None:
    unit_id = found_unit(work)
    item_id = agenda.raise_item(work, unit_id, title="充电桩")
    meeting_id = meeting_on(work, unit_id, item_id, clock(), statements=0)
    assert missing(work, item_id, "discuss") == ["No meeting with statements on it yet"]
    with work.act("floor.no_statements") as act:
        entry = act.scalars(agenda.select(agenda.AgendaEntry).where(agenda.AgendaEntry.meeting_id == meeting_id)).one()
        entry.no_statements = True
    agenda.take(work, item_id, "discuss")


def test_a_clock_set_back_does_not_turn_the_history_round(work: Work, clock: HandClock) -> None:
    unit_id = found_unit(work)
    item_id = agenda.raise_item(work, unit_id, title="充电桩")
    clock.move(days=-2)
    agenda.take(work, item_id, "defer", reason="等")
    steps = [event.at for event in agenda.item(work, item_id).timeline]
    assert steps == sorted(steps)
