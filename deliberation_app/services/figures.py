"""The figures of a period out of the records (flows.md): every rate as its part and its whole, truncated when shown."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from deliberation_app.domain import calendar
from deliberation_app.domain.agenda import STAGES
from deliberation_app.domain.evaluation import ANSWERS, BASES, Responses
from deliberation_app.domain.figures import Value
from deliberation_app.domain.meetings import KINDS
from deliberation_app.errors import N_, NotFound
from deliberation_app.services.agenda_facts import batches, responses_of
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem, ItemRaiser, ItemStep
from deliberation_app.storage.evaluation import Evaluation
from deliberation_app.storage.floor import Attendance, Statement
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.notices import Publication
from deliberation_app.storage.people import Household, Person, Unit
from deliberation_app.storage.tasks import Task
from deliberation_app.storage.voices import Voice
from deliberation_app.storage.votes import Vote

_RANK = {stage: rank for rank, stage in enumerate(STAGES)}
_NOWHERE = "未填写"


@dataclass(frozen=True)
class StageLine:
    """One stage: items standing in it at the end, items that left it in the period, the median of their stays."""

    stage: str
    standing: int
    left: int
    median_days: int | None


@dataclass(frozen=True)
class MeetingLine:
    """One meeting of the period: who was due, who came."""

    id: uuid.UUID
    title: str
    kind: str
    day: date
    due: int
    present: int


@dataclass(frozen=True)
class GroupLine:
    """The items of one category or building: raised, reached the end, sent back."""

    name: str
    raised: int
    shared: int
    reopened: int


@dataclass(frozen=True, kw_only=True)
class PeriodFigures:
    """Everything that is known of a unit and a period; `values` by the ids of FIGURES."""

    unit_id: uuid.UUID
    unit: str
    first: date
    last: date
    values: Mapping[str, Value]
    stages: tuple[StageLine, ...]
    answers: Responses
    meetings: tuple[MeetingLine, ...]
    by_category: tuple[GroupLine, ...]
    by_building: tuple[GroupLine, ...]


def of_period(work: Work, unit_id: uuid.UUID, first: date, last: date) -> PeriodFigures:
    """Count a unit's period, both days included, by the civil days of the country."""
    with work.read() as session:
        return counted(session, unit_id, first, last)


def counted(session: Session, unit_id: uuid.UUID, first: date, last: date) -> PeriodFigures:
    """The same within a session under way."""
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise NotFound(N_("This unit is not here; choose another one."))
    begins, ends = calendar.instant(first), calendar.instant(date.fromordinal(last.toordinal() + 1))
    items = list(session.scalars(select(AgendaItem).where(AgendaItem.unit_id == unit_id)))
    moves = _moves(session, [item.id for item in items])
    meetings = _meetings(session, unit_id, begins, ends)
    answers, surveys = _answers(session, unit_id, first, last)
    values = {
        **_voices(session, unit_id, begins, ends),
        **_items(items, moves, begins, ends),
        **_held(session, unit_id, meetings, begins, ends),
        **_tasks(session, unit_id, first, last),
        **_rates(answers), "surveys": Value(surveys),
        **_notices(session, unit_id, first, last),
    }  # fmt: skip
    return PeriodFigures(
        unit_id=unit_id, unit=unit.name, first=first, last=last, values=values,
        stages=tuple(_stages(items, moves, begins, ends)), answers=answers, meetings=meetings,
        by_category=_grouped(items, moves, begins, ends, _categories),
        by_building=_grouped(items, moves, begins, ends, _buildings(session, [item.id for item in items])),
    )  # fmt: skip


# Voices


def _voices(session: Session, unit_id: uuid.UUID, begins: datetime, ends: datetime) -> dict[str, Value]:
    query = select(Voice).where(Voice.unit_id == unit_id, Voice.received_at >= begins, Voice.received_at < ends)
    voices = list(session.scalars(query))
    refused = sum(voice.refused_at is not None for voice in voices)
    closed = [voice for voice in voices if voice.refused_at is None and voice.told_at is not None]
    on_time = sum(voice.due_on is None or _day(voice.told_at) <= voice.due_on for voice in closed)
    accepted = len(voices) - refused
    return {
        "received": Value(len(voices)),
        "refused": Value(refused),
        "accepted": Value(accepted),
        "closed": Value(len(closed)),
        "running": Value(accepted - len(closed)),
        "closure_rate": Value(len(closed), accepted),
        "on_time_rate": Value(on_time, len(closed)),
        "repeat_rate": Value(sum(voice.group_id is not None for voice in voices), len(voices)),
    }


def _day(at: datetime | None) -> date:
    return calendar.day_of(at) if at is not None else date.max


# Items


@dataclass(frozen=True)
class _Move:
    """A stay in a stage: from when, until when, and the stage it led to."""

    stage: str
    entered: datetime
    left: datetime | None
    next: str | None


Moves = Mapping[uuid.UUID, Sequence[_Move]]


def _moves(session: Session, keys: Iterable[uuid.UUID]) -> Moves:
    """The stays of items; steps that stay in their stage are no stays of their own."""
    steps: dict[uuid.UUID, list[tuple[str, datetime]]] = {}
    for some in batches(keys):
        query = select(ItemStep.item_id, ItemStep.stage, ItemStep.at).where(ItemStep.item_id.in_(some))
        for key, stage, at in session.execute(query.order_by(ItemStep.item_id, ItemStep.position)):
            told = steps.setdefault(key, [])
            if not told or told[-1][0] != stage:
                told.append((stage, at))
    return {
        key: [_Move(*before, after[1], after[0]) for before, after in pairwise(told)] + [_Move(*told[-1], None, None)]
        for key, told in steps.items()
    }


def _items(items: Sequence[AgendaItem], moves: Moves, begins: datetime, ends: datetime) -> dict[str, Value]:
    entered = [move for told in moves.values() for move in told if begins <= move.entered < ends]
    back = sum(_sent_back(move, begins, ends) for told in moves.values() for move in told)
    return {
        "raised": Value(sum(_within(item.raised_at, begins, ends) for item in items)),
        "shared": Value(sum(move.stage == "shared" for move in entered)),
        "reopen_rate": Value(back, sum(move.stage == "evaluated" for move in entered)),
    }


def _within(at: datetime | None, begins: datetime, ends: datetime) -> bool:
    return at is not None and begins <= at < ends


def _sent_back(move: _Move, begins: datetime, ends: datetime) -> bool:
    return move.stage == "evaluated" and move.next == "discussed" and _within(move.left, begins, ends)


def _stages(items: Sequence[AgendaItem], moves: Moves, begins: datetime, ends: datetime) -> Iterator[StageLine]:
    """Where items stood at the end of the period, and how long those that left had stayed."""
    gone = {item.id for item in items if item.state in ("merged", "declined", "withdrawn")}
    for stage in STAGES:
        standing = sum(
            move.stage == stage and move.entered < ends and (move.left is None or move.left >= ends)
            for key, told in moves.items() if key not in gone for move in told
        )  # fmt: skip
        stays = sorted(
            calendar.days_between(move.entered, move.left)
            for told in moves.values() for move in told
            if move.stage == stage and move.left is not None and begins <= move.left < ends
        )  # fmt: skip
        yield StageLine(stage, standing, len(stays), stays[(len(stays) - 1) // 2] if stays else None)


def _categories(item: AgendaItem) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in (item.category or "").split("、") if part.strip()))


def _buildings(session: Session, keys: Sequence[uuid.UUID]) -> Any:
    """The buildings of those who raised an item."""
    known: dict[uuid.UUID, dict[str, None]] = {}
    for some in batches(keys):
        query = (
            select(ItemRaiser.item_id, Household.building).join(Person, Person.id == ItemRaiser.person_id)
            .join(Household, Household.id == Person.household_id)
            .where(ItemRaiser.item_id.in_(some)).order_by(ItemRaiser.position)
        )  # fmt: skip
        for key, building in session.execute(query):
            known.setdefault(key, {})[building] = None
    return lambda item: tuple(known.get(item.id, ()))


def _grouped(
    items: Sequence[AgendaItem], moves: Moves, begins: datetime, ends: datetime, names: Any
) -> tuple[GroupLine, ...]:
    """An item of two categories counts for both."""
    sums: dict[str, Counter[str]] = {}
    for item in items:
        told = Counter(
            raised=int(_within(item.raised_at, begins, ends)),
            shared=sum(move.stage == "shared" and begins <= move.entered < ends for move in moves.get(item.id, ())),
            reopened=sum(_sent_back(move, begins, ends) for move in moves.get(item.id, ())),
        )
        if any(told.values()):
            for name in names(item) or (_NOWHERE,):
                sums.setdefault(name, Counter()).update(told)
    return tuple(
        GroupLine(name, told["raised"], told["shared"], told["reopened"])
        for name, told in sorted(sums.items(), key=lambda one: (one[0] == _NOWHERE, -one[1]["raised"], one[0]))
    )


# Meetings


def _meetings(session: Session, unit_id: uuid.UUID, begins: datetime, ends: datetime) -> tuple[MeetingLine, ...]:
    query = select(Meeting).where(
        Meeting.unit_id == unit_id, Meeting.cancelled_at.is_(None), Meeting.closed_at.is_not(None),
        Meeting.opened_at >= begins, Meeting.opened_at < ends,
    )  # fmt: skip
    meetings = list(session.scalars(query.order_by(Meeting.opened_at, Meeting.id)))
    due: Counter[uuid.UUID] = Counter()
    came: Counter[uuid.UUID] = Counter()
    kinds = {meeting.id: meeting.kind for meeting in meetings}
    for some in batches(kinds):
        roll = select(Attendance.meeting_id, Attendance.status).where(
            Attendance.meeting_id.in_(some), Attendance.capacity == "voting"
        )
        for key, status in session.execute(roll):
            due[key] += 1
            online = KINDS[kinds[key]].online_counts_for_attendance
            came[key] += status == "present" or (status == "online" and online)
    return tuple(
        MeetingLine(one.id, one.title, one.kind, _day(one.opened_at), due[one.id], came[one.id]) for one in meetings
    )


def _held(
    session: Session, unit_id: uuid.UUID, meetings: Sequence[MeetingLine], begins: datetime, ends: datetime
) -> dict[str, Value]:
    keys = [one.id for one in meetings]
    votes: list[bool] = []
    for some in batches(keys):
        query = select(Vote.passed).join(AgendaEntry, AgendaEntry.id == Vote.entry_id)
        query = query.where(AgendaEntry.meeting_id.in_(some), Vote.quorate.is_not(None))
        votes += [bool(passed) for passed in session.scalars(query)]
    prepared = select(Meeting.prepared).where(Meeting.unit_id == unit_id, Meeting.id.in_(keys))
    voids = sum(len((told or {}).get("voided", ())) for told in session.scalars(prepared))
    return {
        "meetings": Value(len(meetings)),
        "attendance": Value(sum(one.present for one in meetings), sum(one.due for one in meetings)),
        "pass_rate": Value(sum(votes), len(votes)), "voids": Value(voids),
        "unanswered": Value(_unanswered(session, keys)),
    }  # fmt: skip


def _unanswered(session: Session, keys: Sequence[uuid.UUID]) -> int:
    answer = aliased(Statement)
    found = 0
    for some in batches(keys):
        query = select(Statement.id).join(AgendaEntry, AgendaEntry.id == Statement.entry_id).where(
            AgendaEntry.meeting_id.in_(some), Statement.side == "raise", Statement.promised_by.is_(None),
            ~select(answer.id).where(answer.answers_id == Statement.id).correlate(Statement).exists(),
        )  # fmt: skip
        found += len(session.scalars(query).all())
    return found


# Tasks, evaluation, notices


def _tasks(session: Session, unit_id: uuid.UUID, first: date, last: date) -> dict[str, Value]:
    query = select(Task).join(AgendaItem, AgendaItem.id == Task.item_id)
    query = query.where(AgendaItem.unit_id == unit_id, Task.due >= first, Task.due <= last)
    due = [task for task in session.scalars(query) if task.state != "dropped"]
    done = [task for task in due if task.state == "done"]
    on_time = sum(task.done_at is not None and task.due is not None and _day(task.done_at) <= task.due for task in done)
    return {"tasks_due": Value(len(due)), "tasks_done_rate": Value(len(done), len(due)),
            "tasks_on_time_rate": Value(on_time, len(done))}  # fmt: skip


def _answers(session: Session, unit_id: uuid.UUID, first: date, last: date) -> tuple[Responses, int]:
    query = select(Evaluation).join(AgendaItem, AgendaItem.id == Evaluation.item_id)
    query = query.where(AgendaItem.unit_id == unit_id, Evaluation.held_on >= first, Evaluation.held_on <= last)
    told = [responses_of(survey) for survey in session.scalars(query)]
    names = (*ANSWERS, "invalid")
    return Responses(**{name: sum(getattr(one, name) for one in told) for name in names}), len(told)


def _rates(answers: Responses) -> dict[str, Value]:
    return {
        basis: Value(sum(getattr(answers, answer) for answer in counts), answers.valid)
        for basis, counts in BASES.items()
    }


def _notices(session: Session, unit_id: uuid.UUID, first: date, last: date) -> dict[str, Value]:
    query = select(Publication.objections).join(AgendaItem, AgendaItem.id == Publication.item_id)
    query = query.where(AgendaItem.unit_id == unit_id, Publication.posted_on >= first, Publication.posted_on <= last)
    told = list(session.scalars(query))
    objections = [one for some in told for one in some or ()]
    answered = sum(bool(one.get("answer")) for one in objections)
    return {"posted": Value(len(told)), "objections": Value(len(objections)),
            "answered_rate": Value(answered, len(objections))}  # fmt: skip
