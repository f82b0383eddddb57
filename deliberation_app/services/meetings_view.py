"""Meetings as pages show them: between two days, as a list, and one meeting with its agenda, roll and preparation."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from deliberation_app.domain import calendar, meetings
from deliberation_app.domain.meetings import MeetingState
from deliberation_app.domain.script import simplify, traditional
from deliberation_app.errors import AppError
from deliberation_app.services.home_meetings import Preparation, preparation
from deliberation_app.services.meetings import find, state_of
from deliberation_app.services.people_find import Found
from deliberation_app.services.people_register import home_text
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.floor import Attendance, Statement
from deliberation_app.storage.meetings import AgendaEntry, AgendaOption, Meeting
from deliberation_app.storage.minutes import Minutes
from deliberation_app.storage.people import Household, Person, Unit
from deliberation_app.storage.votes import Vote

Where = tuple[datetime, uuid.UUID]
_MOST_IN_A_MONTH = 500


@dataclass(frozen=True)
class MeetingRow:
    """A meeting as calendar and list show it."""

    id: uuid.UUID
    kind: str
    title: str
    number: str
    starts_at: datetime
    place: str
    state: MeetingState
    due: int  # 应到
    present: int  # 实到, those who joined online among them


@dataclass(frozen=True)
class Page:
    """One page of meetings; `next` goes into `after` for the following page, None at the end."""

    rows: tuple[MeetingRow, ...]
    next: Where | None


@dataclass(frozen=True)
class OptionView:
    """One of the options put before the meeting."""

    id: uuid.UUID
    title: str
    text: str


@dataclass(frozen=True)
class EntryView:
    """A point of the agenda with all that is prepared for it and decided on it."""

    id: uuid.UUID
    position: int
    title: str
    minutes: int | None
    item_id: uuid.UUID | None
    item_title: str
    item_number: str
    presenter_id: uuid.UUID | None
    presenter: str
    options: tuple[OptionView, ...]
    statements: int
    votes: int
    passed: int  # how many of these votes passed
    resolution: str
    routing: str
    begun: bool
    materials: str = ""


@dataclass(frozen=True)
class OnRoll:
    """One line of the roll; `expected` while nobody has said whether the person came."""

    person_id: uuid.UUID
    name: str
    hint: str
    capacity: str
    status: str
    reason: str
    expected: bool
    arrived_at: datetime | None
    left_at: datetime | None


@dataclass(frozen=True)
class MeetingView:
    """One meeting; `record` says how far its record is: empty, draft or signed; `late` why the notice is too late."""

    meeting: Meeting
    unit: Unit
    state: MeetingState
    chair: str
    recorder: str
    entries: tuple[EntryView, ...]
    roll: tuple[OnRoll, ...]
    steps: tuple[Preparation, ...]
    record: str
    late: AppError | None


def between(work: Work, unit_id: uuid.UUID, first: date, last: date) -> list[MeetingRow]:
    """The meetings of a unit that begin from the first to the last day, in the order of time."""
    query = select(Meeting).where(
        Meeting.unit_id == unit_id,
        Meeting.starts_at >= calendar.instant(first),
        Meeting.starts_at < calendar.instant(last + timedelta(days=1)),
    )
    with work.read() as session:
        query = query.order_by(Meeting.starts_at, Meeting.id).limit(_MOST_IN_A_MONTH)
        return _rows(session, session.scalars(query).all())


def page(work: Work, unit_id: uuid.UUID, *, text: str = "", after: Where | None = None, limit: int = 50) -> Page:
    """A page of the meetings of a unit whose title, number or place fits, the latest first."""
    query = select(Meeting).where(Meeting.unit_id == unit_id)
    typed = text.strip()
    if typed:
        forms = sorted({typed, simplify(typed), traditional(typed)})
        columns = (Meeting.title, Meeting.number, Meeting.place)
        query = query.where(or_(*(column.contains(form, autoescape=True) for column in columns for form in forms)))
    if after is not None:
        at = literal(after[0], Meeting.starts_at.type)
        query = query.where(tuple_(Meeting.starts_at, Meeting.id) < tuple_(at, after[1]))
    with work.read() as session:
        found = session.scalars(query.order_by(Meeting.starts_at.desc(), Meeting.id.desc()).limit(limit + 1)).all()
        rows = _rows(session, found[:limit])
    last = found[limit - 1] if len(found) > limit else None
    return Page(tuple(rows), None if last is None else (last.starts_at, last.id))


def row(work: Work, meeting_id: uuid.UUID) -> MeetingRow:
    """One meeting as a line; NotFound where there is none."""
    with work.read() as session:
        return _rows(session, [find(session, meeting_id)])[0]


def _rows(session: Session, found: Sequence[Meeting]) -> list[MeetingRow]:
    voting = Attendance.capacity == "voting"
    there = Attendance.status.in_(("present", "online"))
    counted = select(Attendance.meeting_id, func.count().filter(voting), func.count().filter(voting, there)).where(
        Attendance.meeting_id.in_([meeting.id for meeting in found])
    )
    counts = {key: (due, present) for key, due, present in session.execute(counted.group_by(Attendance.meeting_id))}
    return [
        MeetingRow(
            meeting.id, meeting.kind, meeting.title, meeting.number or "", meeting.starts_at, meeting.place or "",
            state_of(meeting), *counts.get(meeting.id, (0, 0)),
        )
        for meeting in found
    ]  # fmt: skip


def meeting(work: Work, meeting_id: uuid.UUID) -> MeetingView:
    """Everything the page of one meeting shows before it is held; NotFound where there is none."""
    with work.read() as session:
        kept = find(session, meeting_id)
        entries, options = _agenda(session, meeting_id)
        people = {kept.chair_id, kept.recorder_id, *(entry.presenter_id for entry in entries)} - {None}
        names = _names(session, [key for key in people if key is not None])
        told_on = calendar.day_of(kept.notice_at or work.clock())
        return MeetingView(
            meeting=kept,
            unit=session.get_one(Unit, kept.unit_id),
            state=state_of(kept),
            chair=names.get(kept.chair_id, "") if kept.chair_id else "",
            recorder=names.get(kept.recorder_id, "") if kept.recorder_id else "",
            entries=tuple(_entries(session, entries, options, names)),
            roll=tuple(_roll(session, meeting_id)),
            steps=preparation(session, kept),
            record=_record(session, meeting_id),
            late=meetings.notice_fault(kept.kind, told_on, calendar.day_of(kept.starts_at)),
        )


def _agenda(session: Session, meeting_id: uuid.UUID) -> tuple[list[AgendaEntry], dict[uuid.UUID, list[OptionView]]]:
    query = select(AgendaEntry).where(AgendaEntry.meeting_id == meeting_id)
    entries = list(session.scalars(query.order_by(AgendaEntry.position, AgendaEntry.id)))
    options: dict[uuid.UUID, list[OptionView]] = {}
    put = select(AgendaOption).where(AgendaOption.entry_id.in_([entry.id for entry in entries]))
    for option in session.scalars(put.order_by(AgendaOption.position, AgendaOption.id)):
        options.setdefault(option.entry_id, []).append(OptionView(option.id, option.title, option.text or ""))
    return entries, options


def _entries(
    session: Session,
    entries: Sequence[AgendaEntry],
    options: dict[uuid.UUID, list[OptionView]],
    names: dict[uuid.UUID, str],
) -> Iterable[EntryView]:
    keys = [entry.id for entry in entries]
    said = select(Statement.entry_id, func.count()).where(Statement.entry_id.in_(keys)).group_by(Statement.entry_id)
    statements: dict[uuid.UUID, int] = dict(session.execute(said).all())
    votes: dict[uuid.UUID, list[bool]] = {}
    held = select(Vote.entry_id, Vote.passed).where(Vote.entry_id.in_(keys)).order_by(Vote.position, Vote.id)
    for key, passed in session.execute(held):
        if passed is not None:  # not counted yet, or judged by hand
            votes.setdefault(key, []).append(passed)
    about = select(AgendaItem).where(AgendaItem.id.in_([entry.item_id for entry in entries if entry.item_id]))
    items = {item.id: item for item in session.scalars(about)}
    for entry in entries:
        item = items.get(entry.item_id) if entry.item_id else None
        yield EntryView(
            id=entry.id, position=entry.position, title=entry.title, minutes=entry.minutes_allotted,
            item_id=entry.item_id, item_title=item.title if item else "",
            item_number=(item.number or "") if item else "",
            presenter_id=entry.presenter_id, presenter=names.get(entry.presenter_id, "") if entry.presenter_id else "",
            options=tuple(options.get(entry.id, ())), statements=statements.get(entry.id, 0),
            votes=len(votes.get(entry.id, ())), passed=sum(1 for passed in votes.get(entry.id, ()) if passed),
            resolution=entry.resolution or "", routing=entry.routing or "", begun=entry.began_at is not None,
            materials=entry.materials or "",
        )  # fmt: skip


def _roll(session: Session, meeting_id: uuid.UUID) -> Iterable[OnRoll]:
    """Those who vote first, in the order in which they were entered."""
    query = (
        select(Attendance, Person, Household)
        .join(Person, Person.id == Attendance.person_id)
        .outerjoin(Household, Household.id == Person.household_id)
        .where(Attendance.meeting_id == meeting_id)
        .order_by(Attendance.capacity != "voting", Attendance.position, Attendance.id)
    )
    for entry, person, home in session.execute(query):
        yield OnRoll(
            person.id, person.name, person.post or home_text(home), entry.capacity, entry.status, entry.reason or "",
            entry.expected, entry.arrived_at, entry.left_at,
        )  # fmt: skip


def _record(session: Session, meeting_id: uuid.UUID) -> str:
    query = select(Minutes.signed_at).where(Minutes.meeting_id == meeting_id).order_by(Minutes.number.desc()).limit(1)
    found = session.execute(query).first()
    return "" if found is None else "draft" if found[0] is None else "signed"


def _names(session: Session, keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    query = select(Person.id, Person.name).where(Person.id.in_(keys))
    return dict(session.execute(query).all())


def named(work: Work, keys: Sequence[uuid.UUID]) -> list[Found]:
    """These people with their posts or flats, in the order given; whoever is not known is left out."""
    query = select(Person, Household).outerjoin(Household, Household.id == Person.household_id)
    with work.read() as session:
        rows = session.execute(query.where(Person.id.in_(keys)))
        found = {person.id: Found(person.id, person.name, person.post or home_text(home)) for person, home in rows}
    return [found[key] for key in dict.fromkeys(keys) if key in found]


@dataclass(frozen=True)
class Habit:
    """How the last meeting of a kind was held: what one starts from when the next is called."""

    starts_at: datetime
    place: str
    recorder_id: uuid.UUID | None


def habit(work: Work, unit_id: uuid.UUID, kind: str) -> Habit | None:
    """Hour, place and recorder of the last meeting of this kind, None when there was none."""
    query = select(Meeting).where(Meeting.unit_id == unit_id, Meeting.kind == kind, Meeting.cancelled_at.is_(None))
    with work.read() as session:
        last = session.scalars(query.order_by(Meeting.starts_at.desc(), Meeting.id.desc()).limit(1)).first()
    return None if last is None else Habit(last.starts_at, last.place or "", last.recorder_id)
