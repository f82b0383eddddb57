"""What a meeting leaves to be done: questions that nobody answered, and promises with their day."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain.calendar import chinese_date
from deliberation_app.domain.speaking import answer_title, promise_title, task_note
from deliberation_app.services.act import Act
from deliberation_app.storage.base import derived_id
from deliberation_app.storage.floor import Statement
from deliberation_app.storage.meetings import AgendaEntry, Meeting, Mention
from deliberation_app.storage.people import Person
from deliberation_app.storage.tasks import Task


def take_over(act: Act, meeting: Meeting) -> None:
    """Make tasks of what was left, each once, however often the meeting is closed.

    A question nobody answered falls to who presided; a promise to who gave it, until its day. A meeting without any
    item has nowhere to put tasks: floor_outcome.raise_item makes the place.
    """
    day = chinese_date(meeting.starts_at)
    for statement, item_id in _left(act, meeting.id):
        key = derived_id(statement.id, "task")
        promised = statement.promised_by is not None
        title = promise_title(statement.text) if promised else answer_title(statement.text)
        if act.get(Task, key) is not None or _known(act, item_id, title, statement.promised_by):
            continue
        speaker = act.get(Person, statement.speaker_id) if statement.speaker_id is not None else None
        owner = statement.speaker_id if promised else meeting.chair_id
        note = task_note(meeting.title, day, speaker.name if speaker else "")
        act.add(Task(id=key, item_id=item_id, title=title, owner_id=owner, due=statement.promised_by, note=note,
                     state="open", meeting_id=meeting.id))  # fmt: skip
        if owner is not None:
            _mention(act, item_id, owner)


def _left(session: Session, meeting_id: uuid.UUID) -> Iterator[tuple[Statement, uuid.UUID]]:
    """Promises, and questions without an answer, each with the item it belongs to."""
    entries = list(session.scalars(
        select(AgendaEntry).where(AgendaEntry.meeting_id == meeting_id).order_by(AgendaEntry.position)
    ))  # fmt: skip
    item_of = {entry.id: entry.item_id for entry in entries}
    usual = next((entry.item_id for entry in entries if entry.item_id is not None), None)
    statements = list(session.scalars(
        select(Statement).where(Statement.entry_id.in_(item_of)).order_by(Statement.entry_id, Statement.position)
    ))  # fmt: skip
    answered = {row.answers_id for row in statements}
    for row in statements:
        item_id = item_of[row.entry_id] or usual
        open_question = row.side == "raise" and row.id not in answered
        if item_id is not None and (row.promised_by is not None or open_question):
            yield row, item_id


def _known(session: Session, item_id: uuid.UUID, title: str, due: date | None) -> bool:
    same = select(Task.id).where(Task.item_id == item_id, Task.title == title)
    return session.scalars(same.where(Task.due == due if due is not None else Task.due.is_(None))).first() is not None


def _mention(act: Act, item_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Every meeting file that holds the item lists who has the task."""
    listed = select(Mention.meeting_id).where(Mention.row_id == item_id)
    discussed = select(AgendaEntry.meeting_id).where(AgendaEntry.item_id == item_id)
    for meeting_id in list(act.scalars(listed.union(discussed))):
        row_id = derived_id(meeting_id, "mention", person_id)
        if act.get(Mention, row_id) is None:
            act.add(Mention(id=row_id, meeting_id=meeting_id, what="person", row_id=person_id))
