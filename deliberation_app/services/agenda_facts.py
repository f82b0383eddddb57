"""What is on record about items, gathered for many at once: the facts that the steps of their life ask for."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Exists, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from deliberation_app.domain import calendar
from deliberation_app.domain.agenda import STAGES, ItemFacts, MeetingHeld, Posted, Surveyed, VoteHeld
from deliberation_app.domain.calendar_days import NO_EDITS, DayEdits, edits_of
from deliberation_app.domain.calendar_days import Unit as DayUnit
from deliberation_app.domain.evaluation import ANSWERS, Basis, Responses, rate
from deliberation_app.domain.meetings import KINDS
from deliberation_app.domain.notices_periods import PERIODS
from deliberation_app.storage.agenda import AgendaItem, ItemRaiser, ItemStep
from deliberation_app.storage.evaluation import Evaluation
from deliberation_app.storage.floor import Attendance, Statement
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.notices import Publication
from deliberation_app.storage.people import Unit
from deliberation_app.storage.tasks import Task
from deliberation_app.storage.votes import Vote

_BATCH = 500
_RANK = {stage: rank for rank, stage in enumerate(STAGES)}

Gathered = dict[uuid.UUID, list[Any]]


def batches(keys: Iterable[uuid.UUID]) -> Iterable[list[uuid.UUID]]:
    """Ids in portions that a database takes in one question."""
    ordered = list(dict.fromkeys(keys))
    return (ordered[start : start + _BATCH] for start in range(0, len(ordered), _BATCH))


def facts(session: Session, item_id: uuid.UUID, *, now: datetime) -> ItemFacts:
    """The facts of one item."""
    item = session.get_one(AgendaItem, item_id)
    return facts_of(session, [item], now=now)[item_id]


def facts_of(session: Session, items: Sequence[AgendaItem], *, now: datetime) -> dict[uuid.UUID, ItemFacts]:
    """The facts of many items, in as many questions as for one."""
    keys = [item.id for item in items]
    raisers = _counted(session, ItemRaiser.item_id, keys)
    since = {key: _sent_back(steps) for key, steps in _rows(session, ItemStep, keys, ItemStep.position).items()}
    meetings, votes = _meetings(session, keys), _votes(session, keys)
    tasks, surveys, posts = (_rows(session, record, keys) for record in (Task, Evaluation, Publication))
    units = list(session.scalars(select(Unit).where(Unit.id.in_({item.unit_id for item in items}))))
    lines = {unit.id: line for unit in units if (line := line_of(unit)) is not None}
    edits = {unit.id: edits_of(unit.settings) for unit in units}
    days = _party_days(session, items)
    return {
        item.id: ItemFacts(
            today=calendar.day_of(now),
            stage=item.stage,
            state=item.state or "active",
            raised_at=item.raised_at,
            channel=item.channel,
            raised_by=raisers.get(item.id, 0),
            votable=item.votable is not False,
            vital_interest=bool(item.vital_interest),
            charges=bool(item.charges),
            party_meetings=tuple(days.get(key) for key in item.party_meetings or ()),
            meetings=tuple(meetings.get(item.id, ())),
            votes=tuple(votes.get(item.id, ())),
            open_tasks=sum((task.state or "open") == "open" for task in tasks.get(item.id, ())),
            closed_tasks=sum((task.state or "open") != "open" for task in tasks.get(item.id, ())),
            evaluations=tuple(surveyed(survey, lines.get(item.unit_id)) for survey in surveys.get(item.id, ())),
            publications=tuple(posted(post, edits[item.unit_id]) for post in posts.get(item.id, ())),
            since=since.get(item.id),
            archive_number=item.archive_number or "",
        )
        for item in items
    }


def posted(post: Publication, edits: DayEdits = NO_EDITS) -> Posted:
    """A publication as a plain fact; `edits` are the unit's own days off."""
    waiting = sum(not objection.get("answer") for objection in post.objections or ())
    return Posted(
        about=post.about, posted_on=post.posted_on, days=post.days, taken_down_on=post.taken_down_on,
        open_objections=waiting, unit=day_unit(post.period), edits=edits,
    )  # fmt: skip


def day_unit(period: str | None) -> DayUnit:
    """Whether a publication runs in days or in working days."""
    return PERIODS[period].unit if period is not None and period in PERIODS else "days"


def responses_of(survey: Evaluation) -> Responses:
    """The answers of a survey as the domain counts them."""
    return Responses(**{name: survey.responses.get(name, 0) for name in (*ANSWERS, "invalid")})


def surveyed(survey: Evaluation, line: tuple[Basis, int, int] | None) -> Surveyed:
    """A survey as a plain fact, held against the unit's line where it has one."""
    answers, line = responses_of(survey), line_for(survey, line)
    below = line is not None and not rate(answers, line[0]).reaches(line[1], line[2])
    return Surveyed(held_on=survey.held_on, strict_rate=rate(answers).text, below_line=below)


def line_of(unit: Unit | None) -> tuple[Basis, int, int] | None:
    """The line below which an item goes back, as the unit has set it (rules.md 4.5): basis and fraction."""
    told = ((unit.settings if unit is not None else None) or {}).get("satisfaction_line")
    return (told["basis"], told["numerator"], told["denominator"]) if told else None


def line_for(survey: Evaluation, line: tuple[Basis, int, int] | None) -> tuple[Basis, int, int] | None:
    """The line in force before the forms of a survey went out; where nobody kept one, that of the unit today."""
    told = survey.line
    if told is None:
        return line
    return (told["basis"], told["numerator"], told["denominator"]) if told else None


def _sent_back(steps: Sequence[ItemStep]) -> datetime | None:
    """When the item last went from a later stage to an earlier one."""
    found = None
    for before, after in pairwise(steps):
        if _RANK[after.stage] < _RANK[before.stage]:
            found = after.at
    return found


def _rows(session: Session, record: Any, keys: Sequence[uuid.UUID], *order: Any) -> Gathered:
    found: Gathered = {}
    for some in batches(keys):
        for row in session.scalars(select(record).where(record.item_id.in_(some)).order_by(*order, record.id)):
            found.setdefault(row.item_id, []).append(row)
    return found


def _counted(session: Session, owner: Any, keys: Iterable[uuid.UUID], *conditions: Any) -> dict[uuid.UUID, int]:
    found: dict[uuid.UUID, int] = {}
    for some in batches(keys):
        query = select(owner, func.count()).where(owner.in_(some), *conditions).group_by(owner)
        found.update(session.execute(query).all())
    return found


def _on_agendas(session: Session, keys: Sequence[uuid.UUID]) -> Iterable[tuple[AgendaEntry, Meeting]]:
    for some in batches(keys):
        query = select(AgendaEntry, Meeting).join(Meeting, Meeting.id == AgendaEntry.meeting_id)
        query = query.where(AgendaEntry.item_id.in_(some), Meeting.cancelled_at.is_(None))
        yield from session.execute(query.order_by(Meeting.starts_at, Meeting.id))


def _meetings(session: Session, keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[MeetingHeld]]:
    pairs = list(_on_agendas(session, keys))
    entries = [entry.id for entry, _ in pairs]
    spoken = _counted(session, Statement.entry_id, entries)
    questions = _counted(session, Statement.entry_id, entries, Statement.side == "raise",
                         Statement.promised_by.is_(None), ~_answered())  # fmt: skip
    present = _present(session, {meeting.id: meeting for _, meeting in pairs})
    said: dict[tuple[uuid.UUID, uuid.UUID], int] = {}
    open_questions: dict[tuple[uuid.UUID, uuid.UUID], int] = {}
    held: dict[tuple[uuid.UUID, uuid.UUID], Meeting] = {}
    for entry, meeting in pairs:
        if entry.item_id is not None:
            place = (entry.item_id, meeting.id)
            held[place] = meeting
            open_questions[place] = open_questions.get(place, 0) + questions.get(entry.id, 0)
            # The chair asked and nobody wished to speak: that too is on record (rules.md G4).
            said[place] = said.get(place, 0) + max(spoken.get(entry.id, 0), int(bool(entry.no_statements)))
    found: dict[uuid.UUID, list[MeetingHeld]] = {}
    for (item_id, meeting_id), meeting in held.items():
        fact = MeetingHeld(
            at=meeting.opened_at or meeting.starts_at, kind=meeting.kind, present=present.get(meeting_id, 0),
            statements=said[item_id, meeting_id], unanswered=open_questions[item_id, meeting_id],
            notice_given=meeting.notice_at is not None,
        )  # fmt: skip
        found.setdefault(item_id, []).append(fact)
    return found


def _answered() -> Exists:
    answer = aliased(Statement)
    return select(answer.id).where(answer.answers_id == Statement.id).correlate(Statement).exists()


def _present(session: Session, meetings: dict[uuid.UUID, Meeting]) -> dict[uuid.UUID, int]:
    """实到: the voting who were there, online only where the kind of meeting counts it."""
    online = [kind.id for kind in KINDS.values() if kind.online_counts_for_attendance]
    there: ColumnElement[bool] = or_(
        Attendance.status == "present", and_(Attendance.status == "online", Meeting.kind.in_(online))
    )
    found: dict[uuid.UUID, int] = {}
    for some in batches(meetings):
        query = select(Attendance.meeting_id, func.count()).join(Meeting, Meeting.id == Attendance.meeting_id)
        query = query.where(Attendance.meeting_id.in_(some), Attendance.capacity == "voting", there)
        found.update(session.execute(query.group_by(Attendance.meeting_id)).all())
    return found


def _votes(session: Session, keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[VoteHeld]]:
    found: dict[uuid.UUID, list[VoteHeld]] = {}
    for some in batches(keys):
        query = select(Vote, AgendaEntry, Meeting).join(AgendaEntry, AgendaEntry.id == Vote.entry_id)
        query = query.join(Meeting, Meeting.id == AgendaEntry.meeting_id)
        query = query.where(AgendaEntry.item_id.in_(some), Vote.quorate.is_not(None), Meeting.cancelled_at.is_(None))
        for vote, entry, meeting in session.execute(query):
            if entry.item_id is not None:
                found.setdefault(entry.item_id, []).append(vote_held(vote, entry, meeting))
    return found


def vote_held(vote: Vote, entry: AgendaEntry, meeting: Meeting) -> VoteHeld:
    """A counted vote as a plain fact."""
    return VoteHeld(
        at=vote.at or meeting.opened_at or meeting.starts_at, quorate=bool(vote.quorate), passed=bool(vote.passed),
        kind=meeting.kind, routing=entry.routing, names_option=vote.option_id is not None,
        rule=vote.rule,
    )  # fmt: skip


def _party_days(session: Session, items: Iterable[AgendaItem]) -> dict[str, date]:
    """The days of the linked Party meetings that are known here."""
    keys = [uuid.UUID(key) for item in items for key in item.party_meetings or ()]
    found: dict[str, date] = {}
    for some in batches(keys):
        query = select(Meeting.id, Meeting.opened_at, Meeting.starts_at).where(Meeting.id.in_(some))
        found.update({str(key): calendar.day_of(opened or starts) for key, opened, starts in session.execute(query)})
    return found
