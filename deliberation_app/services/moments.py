"""The moment of an act in a live meeting when the computer's clock goes back: never before what was noted last."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from sqlalchemy import func, select

from deliberation_app.services.act import Act
from deliberation_app.services.known import Known
from deliberation_app.storage.accounts import AuditLine
from deliberation_app.storage.meetings import Meeting

# The last acts of the log among which the last one of a meeting lies; those that take back have moments of their own.
_REACH = 50
# Acts that follow each other within a second lead a meeting's revision ahead of the clock by so much at the most.
_AHEAD = timedelta(minutes=2)
_LAST = select(AuditLine.at).order_by(AuditLine.id.desc()).limit(_REACH).subquery()
_NEWEST = select(func.max(_LAST.c.at))
# The last moment of each meeting in which this run did something, so that the log need not be asked at each act.
_latest: WeakKeyDictionary[Known, dict[uuid.UUID, datetime]] = WeakKeyDictionary()


def keep_order(act: Act, meeting: Meeting) -> None:
    """While a meeting is held let the act be no earlier than the last one; `by_clock` tells the clock still."""
    if meeting.opened_at is None or meeting.closed_at is not None or meeting.written_at is None:
        return
    known = act.info.get("known")
    here = _latest.setdefault(known, {}) if isinstance(known, Known) else {}
    last = here.get(meeting.id)
    if act.now < meeting.written_at and (last is None or act.now < last):
        newest = act.connection().scalar(_NEWEST)
        act.info.setdefault("clock", act.now)
        act.now = max(act.now, min(newest, meeting.written_at) if newest is not None else act.now)
    here[meeting.id] = act.now


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
