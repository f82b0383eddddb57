"""The speakers' queue: who asks for the floor, who goes before whom, and that the chair may order it otherwise."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain.speaking import WISHES
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.services import floor_turns
from deliberation_app.services.meetings import find, mention, require
from deliberation_app.services.work import Work
from deliberation_app.storage.base import derived_id
from deliberation_app.storage.floor import QueueEntry


def queue(work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID, wish: str | None = None) -> None:
    """Somebody asks for the floor: for a turn, to a point of order ("order"), or to answer directly ("answer").

    Who waits already keeps the place in time and only changes what the turn is wanted for.
    """
    if wish is not None and wish not in WISHES:
        raise ValueError(wish)
    with work.act("floor.queue") as act:
        require(find(act, meeting_id), "open")
        row_id = derived_id(meeting_id, "queue", person_id)
        row = act.get(QueueEntry, row_id)
        if row is not None and row.wish == wish:
            raise RuleBroken(N_("This person is in the queue already."))
        if row is not None:
            row.wish, row.place = wish, None
            return
        mention(act, meeting_id, "person", [person_id])
        act.add(QueueEntry(id=row_id, meeting_id=meeting_id, person_id=person_id, asked_at=act.now, wish=wish))


def unqueue(work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Somebody no longer wants to speak."""
    with work.act("floor.unqueue") as act:
        floor_turns.drop_request(act, meeting_id, person_id)


def move(work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID, by: int) -> None:
    """Put somebody in the queue earlier (-1) or later (1) by hand.

    Everybody down to the later of the two places keeps that order from now on; whoever asks later comes after them,
    but for a point of order or a direct answer. Who is not there moves among those who are not there.
    """
    with work.act("floor.move_queue") as act:
        meeting = find(act, meeting_id)
        require(meeting, "open")
        order = floor_turns.order(act, meeting)
        if person_id not in order:
            raise RuleBroken(N_("This person is not in the queue any more."))
        away = floor_turns.absent(act, meeting, order)
        order = [key for key in order if (key in away) == (person_id in away)]
        at = order.index(person_id)
        to = max(0, min(at + by, len(order) - 1))
        order.insert(to, order.pop(at))
        rows = {
            row.person_id: row for row in act.scalars(select(QueueEntry).where(QueueEntry.meeting_id == meeting_id))
        }
        placed = (at for at, key in enumerate(order) if rows[key].place is not None)
        last = max(at, to, max(placed, default=0))
        for place, key in enumerate(order[: last + 1]):
            rows[key].place = place


def let_rule(work: Work, meeting_id: uuid.UUID) -> None:
    """Let the rule order the queue again."""
    with work.act("floor.move_queue") as act:
        for row in act.scalars(select(QueueEntry).where(QueueEntry.meeting_id == meeting_id)):
            row.place = None


def speakers(session: Session, meeting_id: uuid.UUID) -> list[uuid.UUID]:
    """The queue in speaking order."""
    return floor_turns.order(session, find(session, meeting_id))
