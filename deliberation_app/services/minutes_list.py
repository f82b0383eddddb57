"""The meetings that have a record, or wait for one: the newest first, a page at a time."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select

from deliberation_app.domain import minutes as law
from deliberation_app.domain.minutes import Finding
from deliberation_app.services import papers
from deliberation_app.services.work import Work
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.minutes import Minutes

Where = tuple[datetime, uuid.UUID]


@dataclass(frozen=True)
class MinutesRow:
    """A closed meeting and its record; `number` is None while nobody has begun it, `signed_at` None while unsigned."""

    meeting_id: uuid.UUID
    title: str
    kind: str
    starts_at: datetime
    number: int | None
    printed: bool
    signed_at: datetime | None


@dataclass(frozen=True)
class Page:
    """Some rows, and where the next page begins (None at the end)."""

    rows: tuple[MinutesRow, ...]
    next: Where | None


def page(
    work: Work, unit_id: uuid.UUID, *, unsigned: bool = False, after: Where | None = None, limit: int = 50
) -> Page:
    """Closed meetings of the unit with the newest version of their minutes; `unsigned` leaves the locked ones out."""
    last = func.max(Minutes.number).label("number")
    newest = select(Minutes.meeting_id, last).group_by(Minutes.meeting_id).subquery()
    query = (
        select(Meeting, Minutes)
        .outerjoin(newest, newest.c.meeting_id == Meeting.id)
        .outerjoin(Minutes, and_(Minutes.meeting_id == Meeting.id, Minutes.number == newest.c.number))
        .where(Meeting.unit_id == unit_id, Meeting.closed_at.is_not(None))
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(limit + 1)
    )
    if unsigned:
        query = query.where(Minutes.signed_at.is_(None))
    if after is not None:
        at, key = after
        query = query.where(or_(Meeting.starts_at < at, and_(Meeting.starts_at == at, Meeting.id < key)))
    with work.read() as session:
        found = [_row(meeting, version) for meeting, version in session.execute(query)]
    rows = tuple(found[:limit])
    return Page(rows, (rows[-1].starts_at, rows[-1].meeting_id) if len(found) > limit else None)


def missing(work: Work, meeting_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[Finding, ...]]:
    """What the records of these meetings still lack, the gravest first; it reads each meeting whole."""
    with work.read() as session:
        found = {key: papers.source(session, key) for key in meeting_ids}
    return {key: tuple(law.missing(source.told, source.judged, source.beside)) for key, source in found.items()}


def _row(meeting: Meeting, version: Minutes | None) -> MinutesRow:
    return MinutesRow(
        meeting.id, meeting.title, meeting.kind, meeting.starts_at,
        None if version is None else version.number,
        version is not None and bool(version.prints),
        None if version is None else version.signed_at,
    )  # fmt: skip
