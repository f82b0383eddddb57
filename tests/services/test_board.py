"""The board: a picture that is followed from the log row by row and is always the one read afresh."""

from __future__ import annotations

import uuid
from dataclasses import fields

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from deliberation_app.errors import AppError
from deliberation_app.services import board_before, floor, floor_roll, meetings, meetings_agenda, people, votes
from deliberation_app.services.board import Board, BoardReader, board
from deliberation_app.services.work import Work
from deliberation_app.storage.accounts import AuditLine
from deliberation_app.storage.agenda import AgendaItem
from tests.services.live_meeting import Live, give_options, start
from tests.services.small import HandClock


def told(picture: Board) -> list[object]:
    """Everything a board says, records and errors as plain text."""
    found: list[object] = []
    for field in fields(picture):
        value = getattr(picture, field.name)
        if field.name == "meeting":
            value = (value.title, value.mode, value.opened_at, value.closed_at, value.sessions)
        found.append([str(one) if isinstance(one, AppError) else one for one in value] if field.name == "missing"
                     else [(one.act, str(one.words), one.target) for one in value] if field.name == "steps"
                     else value)  # fmt: skip
    return found


def same(reader: BoardReader, live: Live) -> bool:
    """Whether the followed board is the one read afresh."""
    return told(reader.read()) == told(live.board())


ACTS = ("note", "answer", "strike", "sign_in", "out", "back", "leave", "queue", "give", "pause", "stop", "next", "vote",
        "count", "announce", "void", "option", "rename", "undo", "redo", "recess", "resume")  # fmt: skip


def do(live: Live, act: str, number: int) -> None:
    """One act of a meeting, with one of its people."""
    work, person = live.work, live.people[number % len(live.people)]
    now = live.board()
    said = [one.id for one in now.statements]
    vote = now.vote.id if now.vote else uuid.uuid4()
    entry = now.current or now.entries[0].id
    {
        "note": lambda: floor.note(work, live.id, text=f"第{number}句", speaker_id=person, side="raise"),
        "answer": lambda: floor.note(
            work, live.id, text="回应", speaker_id=person, side="answer",
            answers_id=said[number % len(said)] if said else None,
        ),
        "strike": lambda: floor.strike(work, said[number % len(said)]) if said else None,
        "sign_in": lambda: floor_roll.sign_in(work, live.id, [person]),
        "out": lambda: floor_roll.step_out(work, live.id, person),
        "back": lambda: floor_roll.come_back(work, live.id, person),
        "leave": lambda: floor_roll.sign_out(work, live.id, person),
        "queue": lambda: floor.queue(work, live.id, person),
        "give": lambda: floor.give(work, live.id),
        "pause": lambda: floor.pause(work, live.id),
        "stop": lambda: floor.stop(work, live.id),
        "next": lambda: floor.go_to_entry(work, live.id, now.entries[number % len(now.entries)].id),
        "vote": lambda: votes.open_vote(work, entry, motion=f"第{number}项"),
        "count": lambda: votes.count(work, vote, in_favour=number % 5, against=1),
        "announce": lambda: votes.announce(work, vote),
        "void": lambda: votes.void(work, vote),
        "option": lambda: meetings_agenda.set_options(
            work, entry, [(one.id, one.title, one.text) for one in now.options] + [(None, f"方案{number}", "")]
        ),
        "rename": lambda: people.edit(work, person, name=f"新名{number}"),
        "undo": work.undo,
        "redo": work.redo,
        "recess": lambda: meetings.recess(work, live.id),
        "resume": lambda: meetings.resume(work, live.id),
    }[act]()  # fmt: skip


def last_line(work: Work) -> int:
    """How long the log is."""
    with work.read() as session:
        return session.scalar(select(func.max(AuditLine.id))) or 0


def standing(work: Work, first: int) -> int:
    """How many acts since then were done and not taken back."""
    with work.read() as session:
        acts = session.scalars(select(AuditLine.act).where(AuditLine.id > first)).all()
    return len(acts) - 2 * acts.count("undo")


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 40), st.booleans()), max_size=25))
def test_a_followed_board_is_the_board(
    open_another: object, clock: HandClock, steps: list[tuple[str, int, bool]]
) -> None:
    live = start(open_another())
    reader = BoardReader(live.work, live.id)
    reader.read()
    first = last_line(live.work)
    for act, number, look in steps:
        clock.move(seconds=1)
        if act == "undo" and standing(live.work, first) <= 0:
            continue  # what was before the meeting began stays
        try:
            do(live, act, number)
        except AppError:
            continue
        if look:
            assert same(reader, live)
    assert same(reader, live)


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


def test_an_item_is_not_left_in_silence_unnoticed(work: Work) -> None:
    live = start(work, here=7)
    item = AgendaItem(id=uuid.uuid4(), unit_id=live.unit, title="停车")
    with work.act("agenda.raise") as act:
        act.add(item)
    entry = meetings_agenda.add_entry(work, live.id, title="停车", item_id=item.id)
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
