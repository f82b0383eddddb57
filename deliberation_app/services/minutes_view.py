"""Everything the preview of a record shows, read at once."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import select

from deliberation_app.services import minutes, papers
from deliberation_app.services.minutes import MinutesView
from deliberation_app.services.papers import Printed
from deliberation_app.services.work import Work
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.people import Person


@dataclass(frozen=True)
class Preview:
    """The paper, what is said of it, and who is expected to sign; `corrected` are the keys of corrected passages."""

    meeting: Meeting
    posted: bool
    printed: Printed
    view: MinutesView
    corrected: frozenset[str]
    signatures: int
    expected: tuple[str, ...]


def preview(work: Work, meeting_id: uuid.UUID, *, posted: bool = False) -> Preview:
    """Compose, set and check the record of a meeting."""
    printed = papers.record(work, meeting_id, posted=posted)
    view = minutes.view(work, meeting_id)
    _, record = papers.composed(work, meeting_id)
    with work.read() as session:
        meeting = session.get_one(Meeting, meeting_id)
        version = papers.latest(session, meeting_id)
        signing = [key for key in (meeting.chair_id, meeting.recorder_id) if key is not None]
        named = dict(session.execute(select(Person.id, Person.name).where(Person.id.in_(signing))).all())
    return Preview(
        meeting, posted, printed, view, frozenset(version.corrections if version is not None else ()),
        sum(1 for place in record.signatures if "日期" not in place.label),
        tuple(named[key] for key in signing),
    )  # fmt: skip
