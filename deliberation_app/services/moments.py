"""The moment of an act in a live meeting when the computer's clock goes back: never before what was noted last."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from deliberation_app.services.act import Act
from deliberation_app.services.board_before import of_meeting
from deliberation_app.services.known import Known
from deliberation_app.services.work import Work
from deliberation_app.storage import history
from deliberation_app.storage.accounts import AuditLine, AuditPayload
from deliberation_app.storage.meetings import Meeting

# Acts that follow each other within a second lead a meeting's revision ahead of the clock by so much at the most.
_AHEAD = timedelta(minutes=2)
# Among so many last lines of the log lies the last act of a meeting that is held.
_LINES = select(AuditLine.id, AuditLine.at).order_by(AuditLine.id.desc()).limit(200).subquery()
_LATER = (
    select(_LINES.c.at, AuditPayload.rows)
    .join(AuditPayload, AuditPayload.line_id == _LINES.c.id)
    .where(_LINES.c.at > bindparam("now"), AuditPayload.rows.is_not(None))
    .order_by(_LINES.c.at.desc())
    .limit(50)
)


def keep_order(act: Act, meeting: Meeting) -> None:
    """While a meeting is held let the act be no earlier than the last one; `by_clock` tells the clock still."""
    if meeting.opened_at is None or meeting.closed_at is not None:
        return
    known = act.info.get("known")
    here = known.latest if isinstance(known, Known) else {}
    last = here.get(meeting.id)
    if last is None or act.now < last:
        act.info.setdefault("clock", act.now)
        act.now = _last_act(act, meeting.id, act.now) or act.now
    here[meeting.id] = act.now


def _last_act(session: Session, meeting_id: uuid.UUID, now: datetime) -> datetime | None:
    """The latest moment in the log that lies behind the clock, of an act in this meeting."""
    for at, rows in session.connection().execute(_LATER, {"now": now}):
        if of_meeting(session, meeting_id, history.unpack(rows)):
            found: datetime = at
            return found
    return None


def by_clock(act: Act) -> datetime:
    """What the clock of the computer shows at this act: a turn is timed by it, however wrong the hour is."""
    told: datetime = act.info.get("clock", act.now)
    return told


def looked_at(work: Work, meeting: Meeting) -> datetime:
    """The moment at which a meeting is looked at: who came stays there though the clock goes back behind it."""
    now, written = work.clock(), meeting.written_at
    if meeting.opened_at is None or meeting.closed_at is not None or written is None or written <= now:
        return now
    if written - now > _AHEAD:
        return written
    latest = work.known.latest
    if meeting.id not in latest:  # this run of the program has done nothing here yet
        with work.read() as session:
            latest[meeting.id] = _last_act(session, meeting.id, now.astimezone(UTC)) or now
    return max(now, latest[meeting.id])
