"""The votes on the board: motions, options, comparison, and what stands before a vote, for the entry under way."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from deliberation_app.domain.meeting_file_counts import house_rule_of
from deliberation_app.domain.votes import RULES, Count
from deliberation_app.errors import AppError
from deliberation_app.services import votes_numbers, votes_series
from deliberation_app.services.board_order import Ordered, Place, steady
from deliberation_app.services.board_picture import Motion, Nominee, Option, Quorum, short_name
from deliberation_app.services.board_roll import RollBook
from deliberation_app.services.board_rows import Changes, MeetingRows
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.floor import Attendance
from deliberation_app.storage.meetings import AgendaEntry, AgendaOption
from deliberation_app.storage.people import Person
from deliberation_app.storage.votes import Candidate, Vote

# What a motion tells besides its own row, and what all that is shown of votes is made of.
_NAMED = frozenset({Candidate, Person})
_TOLD = frozenset({Vote, AgendaOption}) | _NAMED
Missing = tuple[tuple[AppError, ...], bool]


class VoteBook:
    """Keeps what is voted on the entry under way, told anew only when votes, options or their numbers have changed."""

    def __init__(self, rows: MeetingRows, roll: RollBook) -> None:
        self._rows, self._roll = rows, roll
        self._motions: dict[uuid.UUID, tuple[Vote, Motion]] = {}
        # Those of the entry under way, each row with the motion that is shown of it.
        self._here: Ordered[Vote] = Ordered()
        self._told: Ordered[Motion] = Ordered()
        self._gates: tuple[Any, Missing] = (None, ((), False))
        self._left_out: tuple[uuid.UUID | None, object, int] = (None, None, 0)
        self._entry: uuid.UUID | None = None
        self.motions: tuple[Motion, ...] = ()
        self.options: tuple[Option, ...] = ()
        self.series: votes_series.SeriesTable | None = None
        self._tell()

    def follow(self, changes: Changes) -> None:
        """Take in what has changed."""
        state = self._rows.state
        entry = state.entry_id if state is not None else None
        if not _NAMED.isdisjoint(changes):
            self._motions.clear()
        if entry != self._entry or not _NAMED.isdisjoint(changes):
            self._tell()
        elif not _TOLD.isdisjoint(changes):
            for before, after in changes.get(Vote, {}).values():
                self._move(before, after)
            self._sum_up()
        elif self.series is not None and Attendance in changes:
            self.series = self._series()

    def open(self) -> Motion | None:
        """The vote that the room sees now."""
        state = self._rows.state
        vote = self._rows.of(Vote).get(state.vote_id) if state is not None and state.vote_id is not None else None
        return self._motion(vote) if vote is not None else None

    def quorum(self, now: datetime) -> Quorum:
        """The quorum by the rule of the open vote, else by the usual rule of the meeting."""
        usual, motion = self._roll.quorum, self.open()
        if motion is None or (motion.rule == usual.rule and motion.house_rule is None):
            return usual
        if motion.house_rule is not None:
            own = Count(house_rule=house_rule_of({"house_rule": motion.house_rule}))
            [line] = RULES[motion.rule].lines(own)[0]
            return self._roll.quorum_of(motion.rule, now, line=line) if line.of == "eligible" else usual
        if not votes_numbers.leaves_out(motion.rule):
            return self._roll.quorum_of(motion.rule, now)
        # Asked again only when the roll is another one.
        if self._left_out[:2] != (motion.id, self._roll.listed):
            self._left_out = (motion.id, self._roll.listed, self._rows.left_out())
        return self._roll.quorum_of(motion.rule, now, self._left_out[2])

    def missing(self, quorum: Quorum, *, discussed: bool) -> Missing:
        """Why the usual vote cannot be opened now on this entry, and whether one reason bars it."""
        entry = self._rows.of(AgendaEntry).get(self._entry) if self._entry is not None else None
        if entry is None or quorum.rule is None:
            return (), False
        item = self._rows.of(AgendaItem).get(entry.item_id) if entry.item_id is not None else None
        about = (entry, item, quorum, discussed, bool(self.options))
        # Rows, item and quorum are replaced when they change, never altered.
        if self._gates[0] is None or not all(one is other for one, other in zip(self._gates[0], about, strict=True)):
            facts = votes_numbers.gate_facts(
                entry, item, statements=int(discussed), names_option=bool(self.options),
                rule=quorum.rule, eligible=quorum.eligible, present=quorum.present,
            )  # fmt: skip
            self._gates = (about, votes_numbers.missing(facts))
        return self._gates[1]

    def _tell(self) -> None:
        state = self._rows.state
        self._entry = state.entry_id if state is not None else None
        here = [vote for vote in self._rows.listed(Vote) if vote.entry_id == self._entry]
        self._here = Ordered((_place(vote), vote) for vote in here)
        self._told = Ordered((_place(vote), self._motion(vote)) for vote in here)
        self._sum_up()

    def _move(self, before: Vote | None, after: Vote | None) -> None:
        """Take in a vote that came, changed, or went."""
        come = after if after is not None and after.entry_id == self._entry else None
        if before is not None and (come is None or _place(before) != _place(come)):
            self._here.drop(_place(before))
            self._told.drop(_place(before))
        if come is not None:
            self._here.put(_place(come), come)
            self._told.put(_place(come), self._motion(come))

    def _sum_up(self) -> None:
        self.motions = steady(self.motions, self._told.all)
        self.series = steady(self.series, self._series())
        counted = [vote for vote in self._here.all if vote.option_id is not None and vote.counts is not None]
        voted = {vote.option_id for vote in counted if not votes_series.compares(vote)}
        options = tuple(
            Option(row.id, row.title, row.text or "", row.id in voted)
            for row in self._rows.listed(AgendaOption)
            if row.entry_id == self._entry
        )
        self.options = steady(self.options, options)

    def _motion(self, vote: Vote) -> Motion:
        """A vote as it is shown, made again only when its row or its candidates have changed."""
        kept = self._motions.get(vote.id)
        if kept is None or kept[0] is not vote:
            made = self._make_motion(vote)
            kept = self._motions[vote.id] = (vote, made if kept is None else steady(kept[1], made))
        return kept[1]

    def _make_motion(self, vote: Vote) -> Motion:
        people = self._rows.of(Person)
        standing = sorted(
            (row for row in self._rows.of(Candidate).values() if row.vote_id == vote.id), key=lambda row: row.position
        )
        return Motion(
            vote.id, vote.motion, vote.method, vote.rule, vote.option_id, vote.counts, vote.quorate, vote.passed,
            len(vote.recounts or ()), vote.seats, vote.ballots_issued, vote.ballots_returned, vote.written_opinions,
            tuple(
                Nominee(row.person_id, people[row.person_id].name, row.in_favour, row.against, row.abstain)
                for row in standing
            ),
            series=vote.series, round=vote.round, recounts=tuple(vote.recounts or ()), house_rule=vote.house_rule,
            at=vote.at,
        )  # fmt: skip

    def _series(self) -> votes_series.SeriesTable | None:
        here = list(self._here.all)
        if not any(vote.series for vote in here):
            return None
        names = {str(row.id): short_name(row.title) for row in self._rows.listed(AgendaOption)}
        rooms = {vote.id: self._roll.roll.electorate(vote.rule, vote.at) for vote in here if vote.at is not None}
        heads = {key: (room.eligible or 0, room.present or 0) for key, room in rooms.items()}
        return votes_series.shown(here, names, heads)


def _place(vote: Vote) -> Place:
    return vote.position, vote.id
