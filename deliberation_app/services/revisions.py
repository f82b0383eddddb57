"""Revisions: a meeting whose content an act changes gets its next `written_at`, unless its record is signed."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from sqlalchemy import bindparam, exists, select, update
from sqlalchemy.orm.attributes import set_committed_value

from deliberation_app.errors import N_, RuleBroken
from deliberation_app.services.held import Held
from deliberation_app.services.reach import Reach
from deliberation_app.storage.history import Plain, plain
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.minutes import Minutes
from deliberation_app.storage.statements import ByKeys, Prepared

# Made once: to make a query takes longer than to ask it.
_MEETING, _MINUTES = Meeting.__table__.c, Minutes.__table__.c
_TITLES = ByKeys(select(_MEETING.title), _MEETING.id)
_SIGNED = exists().where(_MEETING.id == _MINUTES.meeting_id, _MINUTES.signed_at.is_not(None))
_REVISIONS = ByKeys(select(_MEETING.id, _MEETING.written_at, _MEETING.written_by, _MEETING.title, _SIGNED), _MEETING.id)
_REVISE = Prepared(
    update(Meeting.__table__)
    .where(_MEETING.id == bindparam("key"))
    .values(written_at=bindparam("at"), written_by=bindparam("by"))
)


def revise(
    session: Held, reach: Reach, own_revision: set[uuid.UUID], now: datetime, by: str
) -> dict[str, list[str | None]]:
    """Give every meeting whose content changed its next revision; the answer tells them, for the log.

    Those of `own_revision` have set theirs themselves. Raises RuleBroken where a signed record would no longer agree.
    """
    wire = session.wire
    own = reach.own_meetings(session)
    for title, *_ in _TITLES.rows(wire, reach.signed_minutes):
        raise _locked(title)
    touched = own | reach.telling_meetings(session) | own_revision
    revisions: dict[str, list[str | None]] = {}
    later: list[Plain] = []
    for key, written_at, written_by, title, signed in _REVISIONS.rows(wire, touched):
        if signed and key in own:
            raise _locked(title)
        if key not in own_revision:
            written_at = max(now, written_at + timedelta(seconds=1)) if written_at else now
            written_by = by or None
            later.append({"key": key, "at": written_at, "by": written_by})
            _show(session, key, written_at, written_by)
        revisions[str(key)] = [plain(written_at), written_by]
    _REVISE.run_many(wire, later)
    return revisions


def _show(session: Held, key: uuid.UUID, written_at: datetime, written_by: str | None) -> None:
    """Let a record in memory follow the table."""
    kept = session.held(Meeting, key)
    if kept is not None:
        set_committed_value(kept, "written_at", written_at)
        set_committed_value(kept, "written_by", written_by)


def _locked(title: str) -> RuleBroken:
    return RuleBroken(
        N_("The record of “{meeting}” is signed and locked. Add a numbered supplement instead; nothing was changed."),
        meeting=title,
    )
