"""What the room is shown, what is not settled, and the conclusion of an item, kept with the moment of the meeting."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from deliberation_app.domain import outcome
from deliberation_app.errors import RuleBroken
from deliberation_app.services import agenda, floor, floor_outcome, floor_room, meetings, meetings_agenda, votes
from deliberation_app.services.work import Work
from deliberation_app.storage.meetings import AgendaEntry
from tests.services.live_meeting import Live, call, give_options, start
from tests.services.small import HandClock


def test_the_screen_is_blanked_frozen_written_on_and_freed(work: Work) -> None:
    live = start(work)
    assert live.board().screen.mode == ""
    floor_room.blank(work, live.id)
    assert live.board().screen.mode == "blank"
    floor_room.freeze(work, live.id)
    frozen = live.board().screen
    assert (frozen.mode, frozen.entry, frozen.since) == ("frozen", live.entry, work.clock())
    floor_room.message(work, live.id, " 茶水在\n门口 ")
    assert (live.board().screen.mode, live.board().screen.text) == ("message", "茶水在 门口")
    work.undo()
    assert live.board().screen == frozen
    floor_room.follow(work, live.id)
    assert live.board().screen.mode == ""


def test_words_that_nobody_could_read_are_refused(work: Work) -> None:
    live = start(work)
    with pytest.raises(RuleBroken, match="Type what the room"):
        floor_room.message(work, live.id, "  ")
    with pytest.raises(RuleBroken, match="At most 120"):
        floor_room.message(work, live.id, "长" * 121)
    assert live.board().screen.mode == ""


def test_words_shown_before_the_opening_do_not_keep_the_agenda_from_beginning(work: Work) -> None:
    live = call(work)
    floor_room.message(work, live.id, "请签到")
    meetings.give_notice(work, live.id, at=work.clock() - timedelta(days=30))
    meetings.open_meeting(work, live.id)
    assert live.board().current == live.board().entries[0].id
    assert live.board().screen.text == "请签到"


def with_item(work: Work) -> tuple[Live, uuid.UUID]:
    """A meeting at an entry that has an item."""
    live = start(work)
    item = agenda.raise_item(work, live.unit, title="停车怎么收费", raised_by=[live.people[0]])
    entry = meetings_agenda.add_entry(work, live.id, title="停车怎么收费", item_id=item)
    floor.go_to_entry(work, live.id, entry)
    return live, entry


def kinds(live: Live) -> list[tuple[str, str]]:
    return [(one.what, one.text) for one in live.board().unfinished if one.what != "entry"]


def test_everything_not_settled_is_named_until_it_is(work: Work, clock: HandClock) -> None:
    live, entry = with_item(work)
    give_options(live, "A案：收费", "B案：不收费")
    asked = floor.note(work, live.id, text="收多少？", side="raise", speaker_id=live.people[0])
    assert kinds(live) == [("question", "收多少？"), ("outcome", "停车怎么收费")]
    said = floor.note(work, live.id, text="尽快给大家算出来。", side="answer", answers_id=asked)
    assert kinds(live)[0] == ("promise", "尽快给大家算出来。")
    floor.edit_note(work, said, promised_by=clock.now.date() + timedelta(days=7))
    assert kinds(live) == [("outcome", "停车怎么收费")]
    assert [one.text for one in live.board().promises] == ["尽快给大家算出来。"]
    floor.queue(work, live.id, live.people[2])
    assert kinds(live)[-1][0] == "queue"
    floor.unqueue(work, live.id, live.people[2])
    vote = votes.open_vote(work, entry, motion="是否赞成A案", option_id=live.board().options[0].id)
    assert kinds(live)[0] == ("vote", "是否赞成A案")
    votes.count(work, vote, in_favour=5, against=1, abstain=1)
    votes.announce(work, vote)
    assert [kind for kind, _ in kinds(live)] == ["ballot", "outcome"]
    assert "outcome" in [step.act for step in live.board().steps]
    floor_outcome.write(work, entry, resolution="先按A案试行。", routing="direct")
    assert [kind for kind, _ in kinds(live)] == ["ballot"]
    assert "outcome" not in [step.act for step in live.board().steps]


def test_the_conclusion_is_drafted_from_the_votes_and_kept_in_the_record(work: Work) -> None:
    live, entry = with_item(work)
    give_options(live, "A案：收费", "B案：不收费")
    floor.note(work, live.id, text="说说看。")
    vote = votes.open_vote(work, entry, motion="是否赞成A案", option_id=live.board().options[0].id)
    votes.count(work, vote, in_favour=5, against=1, abstain=1)
    votes.announce(work, vote)
    drafted = floor_outcome.read(work, entry)
    assert drafted.drafted
    assert drafted.resolution == "A案形成多数意见（赞成5人，反对1人，弃权1人）。以上表决为意向，无法定效力。"
    meetings_agenda.edit_entry(work, entry, summary="看了登记表。")
    floor_outcome.write(
        work, entry, common="通道不划位", differences="收不收费", resolution=drafted.resolution, routing="direct"
    )
    with work.read() as session:
        assert session.get_one(AgendaEntry, entry).summary == "看了登记表。共识：通道不划位。分歧：收不收费。"
    kept = floor_outcome.read(work, entry)
    assert (kept.common, kept.differences, kept.routing, kept.drafted) == (
        "通道不划位。",
        "收不收费。",
        "direct",
        False,
    )
    work.undo()
    assert floor_outcome.read(work, entry).routing == ""


def test_nothing_concluded_is_refused(work: Work) -> None:
    live, entry = with_item(work)
    with pytest.raises(RuleBroken, match="Write what was decided"):
        floor_outcome.write(work, entry, common="都同意再想想")
    assert live.board().unfinished


@pytest.mark.parametrize(
    ("vote", "said"),
    [
        (("straw_poll", "show_of_hands", True, False), "A案未形成多数意见（赞成2人）。以上表决为意向，无法定效力。"),
        (("branch_resolution", "secret_ballot", True, True), "A案表决通过（赞成2票）。"),
        (("branch_resolution", "show_of_hands", False, False), "A案表决时到会人数不足，未形成结果。"),
    ],
)
def test_a_resolution_speaks_of_each_verdict(vote: tuple[str, str, bool, bool], said: str) -> None:
    rule, method, quorate, passed = vote
    counted = outcome.Counted("是否赞成A案", "A案", rule, method, {"in_favour": 2}, quorate, passed)
    assert outcome.resolution([counted]) == said
