"""The next meeting with the five steps of its preparation, and the meetings that were held."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Exists, func, or_, select
from sqlalchemy.orm import Session

from deliberation_app.domain import calendar
from deliberation_app.domain.meetings import KINDS, MeetingState, notice_fault
from deliberation_app.domain.votes import RULES
from deliberation_app.errors import N_, AppError
from deliberation_app.services.meetings import state_of
from deliberation_app.storage.floor import Attendance
from deliberation_app.storage.meetings import AgendaEntry, Meeting

# A meeting left open longer than this was forgotten, not adjourned: it is something to do, not the next meeting.
_OPEN_DAYS = 30
_IN_WRITING = tuple(kind.id for kind in KINDS.values() if any(RULES[rule].by_area for rule in kind.rules))


@dataclass(frozen=True)
class Preparation:
    """One of the five steps; `key` is items, notice, materials, papers or room, `status` done, partial or to_do."""

    key: str
    name: AppError
    status: str
    words: AppError


@dataclass(frozen=True)
class NextMeeting:
    """The meeting that comes next, or the one in session."""

    id: uuid.UUID
    kind: str
    title: str
    starts_at: datetime
    place: str
    state: MeetingState
    due: int  # 应到
    days_left: int
    steps: tuple[Preparation, ...]

    @property
    def prepared(self) -> bool:
        """Nothing is left to prepare."""
        return all(step.status == "done" for step in self.steps)


def next_meeting(session: Session, unit_id: uuid.UUID, today: date) -> NextMeeting | None:
    """The meeting in session, else the next one that is called; None when there is none."""
    begins = calendar.instant(today)
    running = Meeting.opened_at >= begins - timedelta(days=_OPEN_DAYS)
    coming = Meeting.opened_at.is_(None) & (Meeting.starts_at >= begins)
    query = select(Meeting).where(
        Meeting.unit_id == unit_id, Meeting.cancelled_at.is_(None), Meeting.closed_at.is_(None), or_(running, coming)
    )
    # A vote in writing runs for days: the meeting that people come to stands before it.
    order = (Meeting.kind.in_(_IN_WRITING), Meeting.opened_at.is_(None), Meeting.starts_at, Meeting.id)
    query = query.order_by(*order).limit(1)
    meeting = session.scalars(query).first()
    if meeting is None:
        return None
    due = select(func.count()).where(Attendance.meeting_id == meeting.id, Attendance.capacity == "voting")
    return NextMeeting(
        id=meeting.id,
        kind=meeting.kind,
        title=meeting.title,
        starts_at=meeting.starts_at,
        place=meeting.place or "",
        state=state_of(meeting),
        due=session.scalar(due) or 0,
        days_left=calendar.days_between(today, meeting.starts_at),
        steps=preparation(session, meeting),
    )


def preparation(session: Session, meeting: Meeting) -> tuple[Preparation, ...]:
    """The five steps of the preparation of any meeting."""
    entries = select(func.count(), func.count(AgendaEntry.item_id.distinct()))
    points, items = session.execute(entries.where(AgendaEntry.meeting_id == meeting.id)).one()
    ticked = meeting.prepared or {}
    return (
        _items(points, items),
        _notice(meeting),
        _tick("materials", N_("Materials"), bool(ticked.get("materials")), N_("Laid ready"), N_("Not laid ready yet")),
        _tick("papers", N_("Sign-in sheet, ballots"), bool(ticked.get("papers")), N_("Printed"), N_("Not printed yet")),
        _room(meeting, bool(ticked.get("room"))),
    )


def _items(points: int, items: int) -> Preparation:
    name = AppError(N_("Items"))
    if items:
        return Preparation("items", name, "done", AppError(N_("{count} settled"), count=items))
    if points:
        return Preparation("items", name, "done", AppError(N_("{count} points on the agenda"), count=points))
    return Preparation("items", name, "to_do", AppError(N_("No agenda yet")))


def _notice(meeting: Meeting) -> Preparation:
    name, told = AppError(N_("Notice")), meeting.notice_at
    late = notice_fault(meeting.kind, calendar.day_of(told) if told else None, calendar.day_of(meeting.starts_at))
    if told is None:
        return Preparation("notice", name, "to_do", AppError(N_("Not given yet")))
    day = calendar.day_of(told)
    words = AppError(N_("Given {month}/{day}"), month=day.month, day=day.day)
    return Preparation("notice", name, "done" if late is None else "partial", late or words)


def _room(meeting: Meeting, booked: bool) -> Preparation:
    if booked or not meeting.place:
        return _tick("room", N_("Room"), booked, N_("Booked"), N_("No room yet"))
    return Preparation("room", AppError(N_("Room")), "partial", AppError(N_("Named, not booked yet")))


def _tick(key: str, name: str, done: bool, there: str, missing: str) -> Preparation:
    return Preparation(key, AppError(name), "done" if done else "to_do", AppError(there if done else missing))


@dataclass(frozen=True)
class HeldMeeting:
    """A meeting that took place."""

    id: uuid.UUID
    kind: str
    title: str
    day: date
    closed: bool
    called_as: str = ""  # where it was called as more than the meeting file can say

    def fulfils(self, kind: str) -> bool:
        """Whether it counts for a duty of this kind; an appraisal is a representatives' meeting too."""
        return kind in (self.kind, self.called_as)


def held_meetings(session: Session, unit_id: uuid.UUID, year: int, *, until: date) -> list[HeldMeeting]:
    """Every meeting of the year that took place up to a day, in order."""
    took_place = or_(Meeting.opened_at.is_not(None), Meeting.closed_at.is_not(None), _somebody_came())
    end = min(date(year, 12, 31), until) + timedelta(days=1)
    query = select(Meeting).where(
        Meeting.unit_id == unit_id, Meeting.cancelled_at.is_(None), took_place,
        Meeting.starts_at >= calendar.instant(date(year, 1, 1)), Meeting.starts_at < calendar.instant(end),
    )  # fmt: skip
    return [
        HeldMeeting(
            one.id,
            one.kind,
            one.title,
            calendar.day_of(one.opened_at or one.starts_at),
            _over(one),
            (one.prepared or {}).get("own_kind") or "",
        )
        for one in session.scalars(query.order_by(Meeting.starts_at, Meeting.id))
    ]


def _over(meeting: Meeting) -> bool:
    """Closed, or known only from a file that says no hours."""
    return meeting.closed_at is not None or meeting.opened_at is None


def held(session: Session, unit_id: uuid.UUID, year: int, *, until: date) -> list[tuple[str, date]]:
    """Kind and day of every meeting of the year that took place up to a day."""
    return [(one.kind, one.day) for one in held_meetings(session, unit_id, year, until=until)]


def _somebody_came() -> Exists:
    """A meeting that came in a file may say only who was there and not when it was opened."""
    there = select(Attendance.id).where(Attendance.meeting_id == Meeting.id, Attendance.expected.is_(False))
    return there.where(Attendance.status.in_(("present", "online"))).exists()


def unfinished(session: Session, unit_id: uuid.UUID, today: date, *, limit: int = 5) -> list[Meeting]:
    """Meetings whose day has passed and that were neither held nor cancelled, or that nobody closed."""
    begins = calendar.instant(today)
    forgotten = Meeting.opened_at < begins - timedelta(days=_OPEN_DAYS)
    never = Meeting.opened_at.is_(None) & (Meeting.starts_at < begins) & ~_somebody_came()
    query = select(Meeting).where(
        Meeting.unit_id == unit_id, Meeting.cancelled_at.is_(None), Meeting.closed_at.is_(None), or_(forgotten, never)
    )
    return list(session.scalars(query.order_by(Meeting.starts_at.desc(), Meeting.id).limit(limit)))
