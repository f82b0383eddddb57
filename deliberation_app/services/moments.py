"""The moment of an act in a live meeting when the computer's clock goes back: never before what was noted last."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from deliberation_app.services.act import Act
from deliberation_app.services.board_before import of_meeting
from deliberation_app.services.known import Known
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
        act.now = _last_act(act, meeting.id) or act.now
    here[meeting.id] = act.now


def _last_act(act: Act, meeting_id: uuid.UUID) -> datetime | None:
    """The latest moment in the log that lies behind the clock, of an act in this meeting."""
    for at, rows in act.connection().execute(_LATER, {"now": act.now}):
        if of_meeting(act, meeting_id, history.unpack(rows)):
            found: datetime = at
            return found
    return None


def by_clock(act: Act) -> datetime:
    """What the clock of the computer shows at this act: a turn is timed by it, however wrong the hour is."""
    told: datetime = act.info.get("clock", act.now)
    return told


def looked_at(meeting: Meeting, now: datetime) -> datetime:
    """The moment at which a meeting is looked at: who came stays there though the clock goes back behind it."""
    held = meeting.opened_at is not None and meeting.closed_at is None
    if held and meeting.written_at is not None and meeting.written_at - now > _AHEAD:
        return meeting.written_at
    return now
