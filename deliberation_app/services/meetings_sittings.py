"""The sittings of one meeting: where a recess cuts it, when it is to go on, and a roll taken anew on another day."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import select

from deliberation_app.errors import N_, RuleBroken
from deliberation_app.services.act import Act
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.floor import Attendance
from deliberation_app.storage.meetings import Meeting

_PLAN = "resumes_at"


def text(moment: datetime) -> str:
    """A moment as the sittings keep it."""
    return moment.astimezone(DISPLAY_ZONE).isoformat()


def end(meeting: Meeting, at: datetime) -> None:
    """The present sitting ends."""
    sittings = [dict(sitting) for sitting in meeting.sessions or []]
    if not sittings and meeting.opened_at is not None:
        sittings = [{"opened_at": text(meeting.opened_at)}]
    sittings[-1]["closed_at"] = text(at)
    meeting.sessions = sittings


def begin(meeting: Meeting, at: datetime) -> None:
    """Another sitting begins."""
    meeting.sessions = [*(meeting.sessions or []), {"opened_at": text(at)}]


def breaks(meeting: Meeting) -> tuple[tuple[datetime, datetime | None], ...]:
    """The recesses of a meeting, from and to; the last without an end while it lasts."""
    sittings = meeting.sessions or []
    ends = [datetime.fromisoformat(sitting["closed_at"]) for sitting in sittings if "closed_at" in sitting]
    begins: list[datetime | None] = [datetime.fromisoformat(sitting["opened_at"]) for sitting in sittings[1:]]
    if meeting.closed_at is not None:
        ends = ends[: len(begins)]
    return tuple(zip(ends, [*begins, None][: len(ends)], strict=True))


def resumes_at(meeting: Meeting) -> datetime | None:
    """When a meeting in recess is to go on, as far as that was said."""
    kept = (meeting.prepared or {}).get(_PLAN)
    return datetime.fromisoformat(kept) if kept else None


def plan(meeting: Meeting, until: datetime | None) -> None:
    """Keep when the meeting is to go on, or forget it."""
    kept = {name: value for name, value in (meeting.prepared or {}).items() if name != _PLAN}
    if until is not None:
        kept[_PLAN] = text(until)
    if kept != (meeting.prepared or {}):
        meeting.prepared = kept


def check(until: datetime | None, now: datetime) -> None:
    """Refuse a recess that would end before it begins."""
    if until is not None and until <= now:
        raise RuleBroken(N_("The meeting cannot go on before the recess begins: check the date and the time."))


def another_day(one: datetime, other: datetime) -> bool:
    """Whether two moments lie on different days of the country."""
    return one.astimezone(DISPLAY_ZONE).date() != other.astimezone(DISPLAY_ZONE).date()


def send_home(act: Act, meeting_id: uuid.UUID, at: datetime) -> None:
    """Everybody goes home at `at` and is expected again: who comes on the other day signs in anew.

    What was so far stands: who had left keeps that time, who was on leave keeps the reason.
    """
    for row in _rows(act, meeting_id):
        if row.status in ("present", "online") and row.left_at is None and not row.expected:
            away = list(row.away or ())
            if away and "to" not in away[-1]:  # went out and did not come back before the recess
                row.left_at = datetime.fromisoformat(away[-1]["from"])
                row.away = away[:-1] or None
            else:
                row.left_at = at
        row.expected = True


def call_back(act: Act, meeting_id: uuid.UUID, at: datetime) -> None:
    """The meeting goes on the same day after all: whoever went home at the recess is here as before."""
    for row in _rows(act, meeting_id):
        if row.expected and row.left_at == at:
            row.left_at, row.expected = None, False


def _rows(act: Act, meeting_id: uuid.UUID) -> list[Attendance]:
    return list(act.scalars(select(Attendance).where(Attendance.meeting_id == meeting_id)))
