"""Everything a board is kept in between two looks: a book for each thing shown, and the picture made of them."""

from __future__ import annotations

from datetime import datetime

from deliberation_app.domain import meetings as law
from deliberation_app.services import board_room, meetings_sittings, votes_announced
from deliberation_app.services.board_agenda import AgendaBook
from deliberation_app.services.board_floor import FloorBook
from deliberation_app.services.board_party import PartyBook
from deliberation_app.services.board_picture import Board
from deliberation_app.services.board_roll import RollBook
from deliberation_app.services.board_rows import Changes, MeetingRows, named
from deliberation_app.services.board_said import SaidBook
from deliberation_app.services.board_spoken import SpokenBook
from deliberation_app.services.board_unheard import UnheardBook
from deliberation_app.services.board_votes import VoteBook
from deliberation_app.services.meetings import state_of
from deliberation_app.storage.floor import Attendance


class Books:
    """The books of one meeting, each following the rows that changed: what is not touched stays the same thing.

    A book hands out values that are replaced when they change and never altered, so that windows may compare them.
    """

    def __init__(self, rows: MeetingRows, now: datetime) -> None:
        self._rows = rows
        self._spoken = SpokenBook(rows)
        self.roll = RollBook(rows, self._spoken, now)
        self._party = PartyBook(rows, self.roll, self._spoken)
        self._unheard = UnheardBook(rows, self.roll, self._party, self._spoken)
        self._floor = FloorBook(rows, self.roll, self._party, self._spoken)
        self._said = SaidBook(rows)
        self._votes = VoteBook(rows, self.roll)
        self._agenda = AgendaBook(rows, self._said)
        self._screen = board_room.screen(None)
        # As long as the meeting itself does not change, and with it the books.
        self._state, self._kind = state_of(rows.meeting), law.KINDS[rows.meeting.kind]
        self._resumes_at = meetings_sittings.resumes_at(rows.meeting) if self._state == "recess" else None

    def follow(self, changes: Changes, now: datetime) -> None:
        """Take in what has changed."""
        heard = self._spoken.follow(changes)
        guests = self.roll.follow(changes, heard, now)
        parties = self._party.follow(changes, heard)
        self._unheard.follow({*heard, *guests, *parties, *named(changes, Attendance)})
        self._floor.follow(changes, {*heard, *guests, *parties})
        self._said.follow(changes)
        self._votes.follow(changes)
        self._agenda.follow(changes)

    def picture(self, now: datetime) -> Board:
        """The board of this moment."""
        meeting, state, entry = self._rows.meeting, self._rows.state, self._agenda.current
        opened = self._votes.open()
        quorum, queue = self.roll.quorum, self._floor.queue
        missing, blocked = self._votes.missing(quorum, discussed=bool(self._said.on(entry)))
        chosen = state.turn_seconds if state is not None else None
        self._screen = board_room.screen(state.room if state is not None else None, self._screen)
        return Board(
            meeting=meeting, state=self._state, kind=self._kind, now=now,
            entries=self._agenda.lines, current=entry, item=self._agenda.item,
            options=self._votes.options, motions=self._votes.motions, vote=opened,
            series=self._votes.series, missing=missing, blocked=blocked,
            statements=self._said.on(entry), open_questions=self._said.open, unanswered=len(self._said.open),
            promises=self._said.promised,
            totals=self.roll.totals, room=self.roll.room, quorum=self._votes.quorum(now), guests=self.roll.listed,
            speaker=self._floor.speaker(), queue=queue.guests, waiting=queue.waiting,
            shares=self._party.shares(str(entry)),
            turn_seconds=self._rows.usual_seconds if chosen is None else chosen,
            unheard=self._unheard.silent(entry) if self._state == "open" and entry is not None else (),
            asked_all=state is not None and str(entry) in (state.heard_out or ()),
            screen=self._screen, unfinished=self._agenda.unfinished(queue.unfinished),
            resumes_at=self._resumes_at,
            announced=votes_announced.read(state.room) if state is not None else None,
            counted_again=state is not None and opened is not None and votes_announced.is_again(state, opened.id),
        )  # fmt: skip
