"""The board: a picture that is followed from the log row by row and is always the one read afresh."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from deliberation_app.errors import AppError
from deliberation_app.services import (
    agenda,
    board_before,
    floor,
    floor_outcome,
    floor_queue,
    floor_roll,
    meetings,
    meetings_agenda,
    people,
    votes,
)
from deliberation_app.services.board import Board, BoardReader, board
from deliberation_app.services.board_said import SaidBook
from deliberation_app.services.work import Work
from deliberation_app.storage.accounts import AuditLine
from deliberation_app.storage.agenda import AgendaItem
from tests.services.board_acts import DO, OFTEN, Hand
from tests.services.live_meeting import Live, call, give_options, start
from tests.services.small import HandClock


def told(picture: Board) -> list[object]:
    """Everything a board says, records and errors as plain text."""
    found: list[object] = []
    for field in fields(picture):
        value = getattr(picture, field.name)
        if field.name == "meeting":
            value = (value.title, value.mode, value.opened_at, value.closed_at, value.sessions)
        found.append([str(one) for one in value] if field.name == "missing" else value)
    return [*found, [(one.act, str(one.words), one.target) for one in picture.steps]]


def same(reader: BoardReader, live: Live) -> bool:
    """Whether the followed board is the one read afresh."""
    return told(reader.read()) == told(live.board())


def with_items(work: Work, kind: str) -> tuple[Live, Live, uuid.UUID, uuid.UUID]:
    """A meeting in session with an item, another beside it on the same item, and somebody from elsewhere."""
    live = start(work, kind, here=5)
    item = agenda.raise_item(work, live.unit, title="停车位")
    beside = Live(work, live.unit, meetings.call(
        work, live.unit, kind=kind, title="另一个会", starts_at=work.clock(), due=live.people[:3], items=[item]
    ), live.people)  # fmt: skip
    meetings.give_notice(work, beside.id, at=work.clock() - timedelta(days=30))
    floor_roll.sign_in(work, beside.id, live.people[:3])
    meetings.open_meeting(work, beside.id)
    floor.go_to_entry(work, beside.id, meetings_agenda.add_entry(work, beside.id, title="停车位", item_id=item))
    floor.go_to_entry(work, live.id, meetings_agenda.add_entry(work, live.id, title="停车位", item_id=item))
    return live, beside, item, people.add(work, live.unit, name="路过的人")


def last_line(work: Work) -> int:
    """How long the log is."""
    with work.read() as session:
        return session.scalar(select(func.max(AuditLine.id))) or 0


def standing(work: Work, first: int) -> int:
    """How many acts since then were done here and not taken back."""
    with work.read() as session:
        of_here = select(AuditLine.act).where(AuditLine.id > first, AuditLine.computer == work.computer)
        acts = session.scalars(of_here).all()
    return len(acts) - 2 * acts.count("undo")


acts = st.tuples(
    st.sampled_from(sorted(DO) + [*OFTEN] * 3), st.integers(0, 40),
    st.sampled_from(["here", "here", "here", "elsewhere"]), st.booleans(),
)  # fmt: skip
KINDS = ("courtyard_consultation", "residents_assembly", "organisational_life")


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(KINDS), steps=st.lists(acts, max_size=40))
def test_a_followed_board_is_the_board(
    open_another: Callable[..., Work], clock: HandClock, kind: str, steps: list[tuple[str, int, str, bool]]
) -> None:
    """Whatever is done, here or on another computer, taken back or done again; and no board shown before is altered."""
    live, beside, item, stranger = with_items(open_another(), kind)
    elsewhere = Live(open_another(computer="elsewhere"), live.unit, live.id, live.people)
    reader, first, shown = BoardReader(live.work, live.id), last_line(live.work), list[tuple[Board, str]]()
    reader.read()
    for name, number, where, look in steps:
        clock.move(seconds=1)
        at = live if where == "here" else elsewhere
        if name == "undo" and standing(at.work, first) <= 0:
            continue  # what was before the meeting began stays
        with suppress(AppError):
            DO[name](Hand(at, live.board(), number, beside, item, stranger))
        live.work.poll()
        if look:
            picture = reader.read()
            assert told(picture) == told(live.board())
            shown.append((picture, repr(told(picture))))
    assert same(reader, live)
    assert all(repr(told(picture)) == words for picture, words in shown)


def test_after_many_acts_it_reads_everything_anew(work: Work, clock: HandClock) -> None:
    live = start(work)
    reader = BoardReader(work, live.id)
    reader.read()
    for number in range(60):
        floor.note(work, live.id, text=f"第{number}句")
    assert same(reader, live)
    assert len(reader.read().statements) == 60


def test_following_reads_only_what_changed(work: Work) -> None:
    live = start(work)
    for number in range(30):
        floor.note(work, live.id, text=f"第{number}句", speaker_id=live.people[0])
    reader = BoardReader(work, live.id)
    before = reader.read()
    floor.note(work, live.id, text="最后一句", speaker_id=live.people[1])
    after = reader.read()
    assert all(one is other for one, other in zip(before.statements, after.statements, strict=False))
    assert after.guests[0] is before.guests[0]
    assert (after.guests[1].spoken, before.guests[1].spoken) == (1, 0)


def test_people_from_elsewhere_may_speak(work: Work) -> None:
    live = start(work)
    stranger = people.add(work, live.unit, name="路过的人")
    floor.queue(work, live.id, stranger)
    assert [guest.name for guest in live.board().queue] == ["路过的人"]
    floor.give(work, live.id)
    reader = BoardReader(work, live.id)
    assert reader.read().speaker.name == "路过的人"
    floor.note(work, live.id, text="我路过。", speaker_id=stranger)
    assert reader.read().statements[0].speaker == "路过的人"


def test_who_opens_a_meeting_short_of_its_quorum_knows(work: Work) -> None:
    live = call(work, "courtyard_consultation")
    needed = live.board().quorum.needed
    assert needed is not None
    assert needed > 1
    floor_roll.sign_in(work, live.id, live.people[: needed - 1])
    assert str(live.board().steps[0].words) == "Open the meeting, 1 short"
    floor_roll.sign_in(work, live.id, [live.people[needed - 1]])
    assert str(live.board().steps[0].words) == "Open the meeting"


def test_the_next_step_follows_the_meeting(work: Work) -> None:
    live = start(work, here=7)
    give_options(live, "A案：划线", "B案：不划")
    assert [step.act for step in live.board().steps] == ["next_entry"]
    floor.note(work, live.id, text="说说看。")
    assert [step.act for step in live.board().steps] == ["no_more", "vote", "vote", "next_entry"]
    floor.queue(work, live.id, live.people[2])
    assert [step.act for step in live.board().steps][:3] == ["give", "no_more", "vote"]
    vote = votes.open_vote(work, live.entry, motion="是否赞成A案", option_id=live.board().options[0].id)
    assert [step.act for step in live.board().steps] == ["count", "announce"]
    votes.count(work, vote, in_favour=7)
    assert live.board().steps[0].act == "announce"
    votes.announce(work, vote)
    assert [option.voted for option in live.board().options] == [True, False]
    meetings.recess(work, live.id)
    assert [step.act for step in live.board().steps] == ["resume"]
    meetings.resume(work, live.id)
    meetings.close(work, live.id)
    assert [step.act for step in live.board().steps] == ["minutes"]


def parking(live: Live) -> uuid.UUID:
    """An entry about an item, put behind the others."""
    item = AgendaItem(id=uuid.uuid4(), unit_id=live.unit, title="停车")
    with live.work.act("agenda.raise") as act:
        act.add(item)
    return meetings_agenda.add_entry(live.work, live.id, title="停车", item_id=item.id)


def test_an_item_is_not_left_in_silence_unnoticed(work: Work) -> None:
    live = start(work, here=7)
    entry = parking(live)
    last = meetings_agenda.add_entry(work, live.id, title="散会")
    floor.go_to_entry(work, live.id, entry)
    assert [step.act for step in live.board().steps] == ["no_more", "next_entry"]
    floor.go_to_entry(work, live.id, last)
    assert [one.what for one in live.board().unfinished if one.entry == entry] == ["outcome"]
    floor.go_to_entry(work, live.id, entry)
    floor.no_more(work, live.id)
    assert [step.act for step in live.board().steps] == ["next_entry"]
    floor.go_to_entry(work, live.id, last)
    assert not [one for one in live.board().unfinished if one.entry == entry]


def test_an_item_left_without_its_outcome_is_not_done(work: Work) -> None:
    live = start(work, here=7)
    entry = parking(live)
    last = meetings_agenda.add_entry(work, live.id, title="散会")
    reader = BoardReader(work, live.id)

    def left() -> list[str]:
        return [line.title for line in reader.read().entries if line.left_open]

    floor.go_to_entry(work, live.id, entry)
    floor.note(work, live.id, text="划线。", speaker_id=live.people[0])
    assert left() == []  # it is under way
    floor.go_to_entry(work, live.id, last)
    assert left() == ["停车"]
    floor_outcome.write(work, entry, resolution="划42个车位。")
    assert left() == []
    work.undo()
    assert left() == ["停车"]
    floor.go_to_entry(work, live.id, entry)
    assert left() == []


def test_earlier_words_on_an_item_are_found(work: Work) -> None:
    live = start(work)
    item = AgendaItem(id=uuid.uuid4(), unit_id=live.unit, title="停车")
    with work.act("agenda.raise") as act:
        act.add(item)
    entry = meetings_agenda.add_entry(work, live.id, title="停车", item_id=item.id)
    floor.go_to_entry(work, live.id, entry)
    floor.note(work, live.id, text="上次就说过。", speaker_id=live.people[0])
    meetings.close(work, live.id)
    again = meetings.call(
        work, live.unit, kind="courtyard_consultation", title="再议", starts_at=work.clock(), items=[item.id]
    )
    found = board_before.earlier(work, item.id, again)
    assert [(one.who, one.text, one.where) for one in found] == [("王秀兰", "上次就说过。", "停车议事会")]
    meetings.open_meeting(work, again)
    with_item = next(one for one in board(work, again).entries if "停车" in one.title)
    floor.go_to_entry(work, again, with_item.id)
    assert board(work, again).item.voices == 1


def test_the_last_act_is_told_unless_it_was_taken_back(work: Work) -> None:
    live = start(work)
    floor.note(work, live.id, text="一句话。")
    assert board_before.last_act(work, live.id)[0].act == "floor.note"
    work.undo()
    assert board_before.last_act(work, live.id) is None
    floor.note(work, live.id, text="一句话。")
    people.add(work, live.unit, name="与会无关")
    assert board_before.last_act(work, live.id) is None


# What each act moves on the board; all else stays the same thing, so that windows may compare by identity.
MOVED = {
    "pause": {"speaker"},
    "note": {"statements", "open_questions", "unfinished", "shares", "unheard", "guests", "waiting"},
    "count": {"motions", "vote", "options", "unfinished"},
    "queue": {"queue", "waiting", "unfinished"},
    "give by name": {"speaker", "shares", "guests", "unheard", "waiting", "queue"},
    "out": {"guests", "room", "quorum", "unheard", "missing"},
    "message": {"screen"},
}
# Made anew for each look, and compared by their values.
PLAIN = {"now", "meeting", "state", "kind", "current", "unanswered", "blocked", "asked_all", "turn_seconds"}


@pytest.mark.parametrize("name", MOVED)
def test_what_an_act_does_not_touch_stays_the_same_thing(work: Work, name: str) -> None:
    live, beside, item, stranger = with_items(work, "courtyard_consultation")
    give_options(live, "A案：划线", "B案：不划")
    floor.note(work, live.id, text="为什么？", speaker_id=live.people[0], side="raise")
    votes.open_vote(work, live.entry, motion="是否赞成A案", rule="straw_poll", option_id=live.board().options[0].id)
    for person in live.people[2:4]:
        floor_queue.queue(work, live.id, person)
    floor.give(work, live.id, live.people[1])
    reader = BoardReader(work, live.id)
    before = reader.read()
    DO[name](Hand(live, before, 4, beside, item, stranger))
    after = reader.read()
    assert told(before) != told(after)
    changed = {one.name for one in fields(before) if getattr(before, one.name) is not getattr(after, one.name)}
    assert changed - PLAIN <= MOVED[name]


def test_somebody_whose_arrival_lies_ahead_is_there_when_it_has_come(work: Work, clock: HandClock) -> None:
    """The clock of another computer may be ahead of ours."""
    live = start(work, here=3)
    reader = BoardReader(work, live.id)
    clock.move(seconds=20)
    floor_roll.sign_in(work, live.id, [live.people[5]])
    clock.move(seconds=-20)
    work.known.latest[live.id] = clock.now  # it was not done here
    assert (reader.read().guests[5].there, reader.read().quorum.present) == (False, 3)
    clock.move(seconds=20)
    assert (reader.read().guests[5].there, reader.read().quorum.present) == (True, 4)
    assert same(reader, live)


def test_a_look_that_was_cut_short_is_made_up_for(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    live = start(work)
    reader = BoardReader(work, live.id)
    reader.read()
    floor.note(work, live.id, text="一句话。", speaker_id=live.people[0])
    with monkeypatch.context() as broken:
        broken.setattr(SaidBook, "follow", lambda *_: {}["nothing"])
        with pytest.raises(KeyError):
            reader.read()
    assert same(reader, live)
    stranger = people.add(work, live.unit, name="路过的人")
    floor.note(work, live.id, text="我路过。", speaker_id=stranger)
    with monkeypatch.context() as broken:
        broken.setattr(Work, "read", lambda _: {}["nothing"])
        with pytest.raises(KeyError):
            reader.read()
    assert same(reader, live)
    assert len(reader.read().statements) == 2
