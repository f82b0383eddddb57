"""Everything that may happen to a live meeting, one act each, for the tests that follow its board."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from deliberation_app.errors import NotFound
from deliberation_app.services import (
    floor,
    floor_clock,
    floor_outcome,
    floor_queue,
    floor_roll,
    floor_room,
    floor_seat,
    meetings,
    meetings_agenda,
    people,
    voices,
    votes,
    votes_series,
)
from deliberation_app.services.board import Board
from deliberation_app.services.work import Work
from tests.services.live_meeting import Live


@dataclass(frozen=True)
class Hand:
    """Whoever does an act: the meeting as it is, and a number by which one of its things is chosen."""

    live: Live
    now: Board
    number: int
    # A meeting of the same kind that runs beside this one, and its item that this one has as well.
    beside: Live
    item: uuid.UUID
    stranger: uuid.UUID

    @property
    def work(self) -> Work:
        """Where it is done."""
        return self.live.work

    @property
    def person(self) -> uuid.UUID:
        """One of the people, seldom somebody from elsewhere."""
        people = (*self.live.people, self.stranger)
        return people[self.number % len(people)]

    @property
    def said(self) -> uuid.UUID:
        """One of the statements."""
        if not self.now.statements:
            raise NotFound("Nothing has been said.")
        return self.now.statements[self.number % len(self.now.statements)].id

    @property
    def entry(self) -> uuid.UUID:
        """The entry of the moment."""
        return self.now.current or self.now.entries[0].id

    @property
    def other_entry(self) -> uuid.UUID:
        """One of the entries."""
        return self.now.entries[self.number % len(self.now.entries)].id

    @property
    def vote(self) -> uuid.UUID:
        """The open vote, which need not be there."""
        return self.now.vote.id if self.now.vote else uuid.uuid4()

    @property
    def rule(self) -> str:
        """The rule of a vote."""
        return self.now.kind.default_rule or "straw_poll"

    @property
    def words(self) -> str:
        """What is said; some of it sounds like a promise."""
        return f"第{self.number}句，{'我们尽快办' if self.number % 3 == 0 else '再想想'}。"


def _options(hand: Hand) -> None:
    kept = [(one.id, one.title, one.text) for one in hand.now.options]
    meetings_agenda.set_options(hand.work, hand.entry, [*kept, (None, f"方案{hand.number}", "")])


def _answer(hand: Hand) -> None:
    day = (hand.now.now + timedelta(days=hand.number)).date() if hand.number % 2 else None
    floor.note(hand.work, hand.live.id, text=hand.words, speaker_id=hand.person, side="answer", answers_id=hand.said,
               promised_by=day)  # fmt: skip


def _elect(hand: Hand) -> None:
    votes.open_vote(hand.work, hand.entry, motion="选举", rule="residents_election", method="secret_ballot", seats=1,
                    candidates=hand.live.people[:2])  # fmt: skip


DO: dict[str, Callable[[Hand], object]] = {
    "note": lambda at: floor.note(at.work, at.live.id, text=at.words, speaker_id=at.person, side="raise"),
    "answer": _answer,
    "edit": lambda at: floor.edit_note(at.work, at.said, text=at.words, speaker_id=at.person),
    "answer other": lambda at: floor.edit_note(at.work, at.said, answers_id=at.now.statements[-1].id, side="answer"),
    "strike": lambda at: floor.strike(at.work, at.said),
    "sign in": lambda at: floor_roll.sign_in(at.work, at.live.id, [at.person]),
    "sign in late": lambda at: floor_roll.sign_in(at.work, at.live.id, [at.person], at=at.now.now.time()),
    "online": lambda at: floor_roll.sign_in(at.work, at.live.id, [at.person], status="online"),
    "out": lambda at: floor_roll.step_out(at.work, at.live.id, at.person),
    "back": lambda at: floor_roll.come_back(at.work, at.live.id, at.person),
    "leave": lambda at: floor_roll.sign_out(at.work, at.live.id, at.person),
    "excuse": lambda at: floor_roll.leave(at.work, at.live.id, at.person, reason="生病"),
    "take away": lambda at: floor_roll.take_away(at.work, at.live.id, at.person, 0),
    "invite": lambda at: meetings.invite(at.work, at.live.id, [at.person], "voting"),
    "uninvite": lambda at: meetings.uninvite(at.work, at.live.id, at.person),
    "seat": lambda at: floor_seat.seat(at.work, at.live.id, at.person, ("voting", "observing")[at.number % 2]),
    "speak for": lambda at: floor_seat.speak_for(at.work, at.live.id, at.person, ("", "有车", "无车")[at.number % 3]),
    "proxy": lambda at: floor_seat.hold_proxy(at.work, at.live.id, at.person, at.live.people[at.number % 3]),
    "queue": lambda at: floor_queue.queue(at.work, at.live.id, at.person, (None, "order", "answer")[at.number % 3]),
    "unqueue": lambda at: floor_queue.unqueue(at.work, at.live.id, at.person),
    "move up": lambda at: floor_queue.move(at.work, at.live.id, at.person, -1),
    "let rule": lambda at: floor_queue.let_rule(at.work, at.live.id),
    "give": lambda at: floor.give(at.work, at.live.id),
    "give by name": lambda at: floor.give(at.work, at.live.id, at.person),
    "pause": lambda at: floor.pause(at.work, at.live.id),
    "extend": lambda at: floor.extend(at.work, at.live.id, 30),
    "stop": lambda at: floor.stop(at.work, at.live.id),
    "seconds": lambda at: floor_clock.choose_seconds(at.work, at.live.id, 300),
    "seconds beside": lambda at: floor_clock.choose_seconds(at.work, at.beside.id, (120, 300)[at.number % 2]),
    "no more": lambda at: floor.no_more(at.work, at.live.id),
    "next": lambda at: floor.go_to_entry(at.work, at.live.id, at.other_entry),
    "conclude": lambda at: floor_outcome.write(at.work, at.entry, resolution=at.words),
    "entry": lambda at: meetings_agenda.add_entry(at.work, at.live.id, title=at.words),
    "move entry": lambda at: meetings_agenda.move_entry(at.work, at.other_entry, at.number % 3),
    "drop entry": lambda at: meetings_agenda.drop_entry(at.work, at.other_entry),
    "option": _options,
    "vote": lambda at: votes.open_vote(at.work, at.entry, motion=at.words, rule=at.rule),
    "vote on": lambda at: votes.open_vote(at.work, at.entry, motion=at.words, rule=at.rule,
                                          option_id=at.now.options[-1].id if at.now.options else None),
    "elect": _elect,
    "series": lambda at: votes_series.begin(at.work, at.entry, ("pairs", "approval")[at.number % 2],
                                            rule=at.rule, method="show_of_hands"),
    "go on": lambda at: votes_series.go_on(at.work, at.entry),
    "count": lambda at: votes.count(at.work, at.vote, in_favour=at.number % 5, against=1),
    "announce": lambda at: votes.announce(at.work, at.vote),
    "void": lambda at: votes.void(at.work, at.vote, "重来"),
    "message": lambda at: floor_room.message(at.work, at.live.id, at.words),
    "follow": lambda at: floor_room.follow(at.work, at.live.id),
    "rename": lambda at: people.edit(at.work, at.person, name=f"新名{at.number}"),
    "post": lambda at: people.edit(at.work, at.person, post=("物业经理", "1号楼楼长", "")[at.number % 3]),
    "party": lambda at: people.edit(at.work, at.person, party=("full", "none")[at.number % 2]),
    "voice": lambda at: voices.to_item(
        at.work, voices.add(at.work, at.live.unit, text=at.words, channel="visit"), item_id=at.item
    ),
    "note beside": lambda at: floor.note(at.work, at.beside.id, text=at.words),
    "undo": lambda at: at.work.undo(),
    "redo": lambda at: at.work.redo(),
    "recess": lambda at: meetings.recess(at.work, at.live.id),
    "resume": lambda at: meetings.resume(at.work, at.live.id),
}  # fmt: skip
# What a meeting consists of for the most part, and what lets it go on.
OFTEN = (
    "note", "answer", "give by name", "queue", "vote on", "option", "series", "count", "announce", "sign in", "resume",
)  # fmt: skip
