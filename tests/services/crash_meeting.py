"""A meeting held in a process of its own, which may be killed at any moment and begun again where it stopped."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from typing import NoReturn

from sqlalchemy import func, select

from deliberation_app.services import floor, floor_roll, meetings, units, votes
from deliberation_app.services.work import Work, open_work
from deliberation_app.storage.base import new_id
from deliberation_app.storage.floor import Attendance, FloorState, QueueEntry, Statement
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.people import Person, Unit
from deliberation_app.storage.votes import Vote

PEOPLE = [uuid.UUID(int=number) for number in range(1, 9)]
# So many statements on a point of the agenda, then a vote on it.
STATEMENTS = 3


def clock() -> datetime:
    """The real time: a killed meeting goes on later."""
    return datetime.now(UTC)


def hold(file: str, pipe: Connection) -> NoReturn:
    """Hold one meeting after another; each act is told through the pipe once it is acknowledged."""
    said = pipe.fileno()
    work = open_work(file, clock=clock, user_name="王秀兰")
    while True:
        for name, fact in steps(work):
            head = work.head()
            assert head is not None
            os.write(said, f"{head[0]}\t{name}\t{fact}\n".encode())


def found(work: Work) -> None:
    """Make the unit and its people, as far as they are not there."""
    with work.read() as session:
        if session.scalar(select(func.count()).select_from(Unit)):
            return
    units.set_up(work, name="山大路194号院", kind="courtyard", chair_name="王秀兰")


def running(work: Work) -> Meeting | None:
    """The meeting that is not closed yet."""
    with work.read() as session:
        return session.scalars(select(Meeting).where(Meeting.closed_at.is_(None))).first()


def steps(work: Work) -> Iterator[tuple[str, str]]:
    """The next steps of the meeting under way, one after another, each chosen by what the database holds."""
    found(work)
    meeting = running(work)
    if meeting is None:
        yield call(work)
        return
    if meeting.opened_at is None:
        meetings.open_meeting(work, meeting.id)
        yield "meetings.open", str(meeting.id)
    yield from sign_in(work, meeting.id)
    with work.read() as session:
        state = session.get_one(FloorState, meeting.id)
        entries = session.scalars(
            select(AgendaEntry).where(AgendaEntry.meeting_id == meeting.id).order_by(AgendaEntry.position)
        ).all()
    if state.vote_id is not None:
        yield from finish_vote(work, state.vote_id)
    assert state.entry_id is not None
    yield from discuss(work, meeting.id, state.entry_id)
    if state.entry_id == entries[-1].id:
        meetings.close(work, meeting.id)
        yield "meetings.close", str(meeting.id)
    else:
        yield "floor.next_entry", str(floor.go_to_entry(work, meeting.id))


def call(work: Work) -> tuple[str, str]:
    """Call the next meeting, with everybody."""
    with work.read() as session:
        unit = session.scalars(select(Unit.id)).one()
        there = set(session.scalars(select(Person.id)))
    with work.act("people.add") as act:
        act.add_all([Person(id=key, name=f"居民{key.int}") for key in PEOPLE if key not in there])
    key = meetings.call(work, unit, kind="organisational_life", title="组织生活会", starts_at=clock(), due=PEOPLE)
    return "meetings.call", str(key)


def sign_in(work: Work, meeting_id: uuid.UUID) -> Iterator[tuple[str, str]]:
    """Those who are expected arrive one by one."""
    with work.read() as session:
        query = select(Attendance.person_id).where(Attendance.meeting_id == meeting_id, Attendance.expected)
        expected = list(session.scalars(query))
    for person in expected:
        floor_roll.sign_in(work, meeting_id, [person])
        yield "floor.sign_in", f"{meeting_id} {person}"


def discuss(work: Work, meeting_id: uuid.UUID, entry_id: uuid.UUID) -> Iterator[tuple[str, str]]:
    """Ask for the floor, get it, say something, be struck out and be put back, and vote."""
    with work.read() as session:
        said = session.scalar(select(func.count()).where(Statement.entry_id == entry_id)) or 0
        voted = session.scalar(select(func.count()).where(Vote.entry_id == entry_id))
        waiting = set(session.scalars(select(QueueEntry.person_id).where(QueueEntry.meeting_id == meeting_id)))
    for number in range(said, STATEMENTS):
        person = PEOPLE[number]
        if person not in waiting:
            floor.queue(work, meeting_id, person)
            yield "floor.queue", f"{meeting_id} {person}"
        yield "floor.give", str(floor.give(work, meeting_id, person))
        words = f"居民{number}说：{new_id()}"
        key = floor.note(work, meeting_id, text=words, speaker_id=person)
        yield "floor.note", f"{key} {words}"
    if said == STATEMENTS:
        yield work.undo(), "undone"
        yield work.redo(), "done again"
    if not voted:
        vote = votes.open_vote(work, entry_id, motion="同意", rule="straw_poll")
        yield "votes.open", str(vote)
        yield from finish_vote(work, vote)


def finish_vote(work: Work, vote_id: uuid.UUID) -> Iterator[tuple[str, str]]:
    """Count an open vote, and read its result out."""
    with work.read() as session:
        counted = session.get_one(Vote, vote_id).counts is not None
    if not counted:
        votes.count(work, vote_id, in_favour=5, against=2, abstain=1, invalid=0)
        yield "votes.count", str(vote_id)
    votes.announce(work, vote_id)
    yield "votes.close", str(vote_id)
