"""The figures of voices, visits and orders in a period: integers, and each rate with its formula (flows.md)."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from deliberation_app.domain import evaluation
from deliberation_app.domain.calendar import day_of
from deliberation_app.domain.evaluation import ANSWERS
from deliberation_app.domain.voices import CHANNELS
from deliberation_app.domain.voices_orders import ACCEPTED
from deliberation_app.domain.votes import percent
from deliberation_app.errors import N_, AppError
from deliberation_app.services.voices_duty import midnight, received
from deliberation_app.services.work import Work
from deliberation_app.storage.voices import DutySlot, ServiceOrder, Voice


@dataclass(frozen=True)
class Figure:
    """One figure: what it counts, its value, and the sum or quotient behind it."""

    name: str
    value: str
    formula: AppError | None = None
    rate: bool = False


@dataclass(frozen=True, kw_only=True)
class Voices:
    """The voices received in a period, as integers (the common figures of flows.md)."""

    received: int = 0
    not_accepted: int = 0
    closed: int = 0
    on_time: int = 0
    repeated: int = 0
    answered: int = 0
    days_closed: int = 0  # the days from receipt to closing of all closed ones, added up
    days_answered: tuple[int, ...] = ()

    @property
    def accepted(self) -> int:
        """What was received and not refused."""
        return self.received - self.not_accepted

    @property
    def in_progress(self) -> int:
        """What was accepted and is not closed."""
        return self.accepted - self.closed


@dataclass(frozen=True)
class Channel:
    """What came in by one channel: how many, how many of them have an answer, and in how many days (median)."""

    channel: str | None
    received: int
    answered: int
    median_days: int | None


@dataclass(frozen=True)
class Kind:
    """The orders of one kind: how many, how many somebody took, the mean score of how many."""

    kind: str
    ordered: int
    accepted: int
    scores: int
    points: int

    @property
    def mean(self) -> str:
        """The mean score to two places, truncated."""
        return mean_text(self.points, self.scores)


@dataclass(frozen=True)
class Figures:
    """Everything that is counted in a period."""

    voices: Voices
    channels: tuple[Channel, ...]
    satisfaction: evaluation.Responses
    visits: int
    on_spot: int
    slots: int
    missed: int
    kinds: tuple[Kind, ...]
    response_minutes: tuple[int, ...]


def mean_text(total: int, count: int) -> str:
    """A mean to two places, truncated; a dash where there is nothing."""
    if not count:
        return "—"
    hundredths = total * 100 // count
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def median(values: Sequence[int]) -> int | None:
    """The middle one; of two middle ones the lower, so that it is a value that occurred."""
    return sorted(values)[(len(values) - 1) // 2] if values else None


def figures(work: Work, unit_id: uuid.UUID, first: date, after: date) -> Figures:
    """What came in from a day until before another, as it stands now."""
    with work.read() as session:
        told = select(Voice).where(
            Voice.unit_id == unit_id, Voice.received_at >= midnight(first), Voice.received_at < midnight(after)
        )
        rows = list(session.scalars(told))
        visits = received(session, unit_id, first, after)
        turns = select(DutySlot.state).where(
            DutySlot.unit_id == unit_id, DutySlot.on_day >= first, DutySlot.on_day < after
        )
        states = list(session.scalars(turns))
        ordered = select(ServiceOrder).where(
            ServiceOrder.unit_id == unit_id, ServiceOrder.ordered_at >= midnight(first),
            ServiceOrder.ordered_at < midnight(after), ServiceOrder.state != "merged",
        )  # fmt: skip
        orders = list(session.scalars(ordered))
    answers = Counter(row.satisfied for row in rows if row.satisfied in ANSWERS)
    waited = (one.accepted_at - one.ordered_at for one in orders if one.accepted_at is not None)
    return Figures(
        counted(rows), tuple(_channels(rows)), evaluation.Responses(**{name: answers[name] for name in ANSWERS}),
        len(visits), sum(one.standing == "on_spot" for one in visits), len(states), states.count("missed"),
        tuple(_kinds(orders)), tuple(int(time.total_seconds()) // 60 for time in waited),
    )  # fmt: skip


def counted(rows: Iterable[Voice]) -> Voices:
    """The integers of these voices; closed means that whoever said it was told."""
    rows = list(rows)
    accepted = [row for row in rows if row.refused_at is None]
    closed = [row for row in accepted if row.told_at is not None]
    days = [(day_of(_time(row.told_at)) - day_of(row.received_at)).days for row in closed]
    answered = [found for row in accepted if (found := days_to_answer(row)) is not None]
    return Voices(
        received=len(rows), not_accepted=len(rows) - len(accepted), closed=len(closed),
        on_time=sum(row.due_on is None or day_of(_time(row.told_at)) <= row.due_on for row in closed),
        repeated=sum(row.group_id is not None for row in rows), answered=len(answered), days_closed=sum(days),
        days_answered=tuple(answered),
    )  # fmt: skip


def days_to_answer(row: Voice) -> int | None:
    """Whole days from receipt to the line of answer, or to the day it was told; None while there is neither."""
    times = [at for at in (row.answered_at, row.told_at) if at is not None]
    return (day_of(min(times)) - day_of(row.received_at)).days if times else None


def _time(at: datetime | None) -> datetime:
    if at is None:
        raise ValueError("no time")
    return at


def _channels(rows: Sequence[Voice]) -> Iterable[Channel]:
    order = [*CHANNELS, None]
    for name in sorted({row.channel for row in rows}, key=order.index):
        days = [days_to_answer(row) for row in rows if row.channel == name]
        known = [one for one in days if one is not None]
        yield Channel(name, len(days), len(known), median(known))


def _kinds(orders: Sequence[ServiceOrder]) -> Iterable[Kind]:
    for name in sorted({one.kind for one in orders}):
        mine = [one for one in orders if one.kind == name]
        scores = [one.score for one in mine if one.score is not None]
        yield Kind(name, len(mine), sum(one.state in ACCEPTED for one in mine), len(scores), sum(scores))


def voice_rows(found: Figures) -> list[Figure]:
    """The common figures, each with its formula."""
    told = found.voices
    strict = evaluation.rate(found.satisfaction, "strict")
    return [
        Figure(N_("Voices received"), str(told.received)),
        Figure(N_("Voices accepted"), str(told.accepted),
               _sum(N_("received {first} − not accepted {second}"), told.received, told.not_accepted)),
        Figure(N_("In progress"), str(told.in_progress),
               _sum(N_("accepted {first} − closed {second}"), told.accepted, told.closed)),
        _rate(N_("Closure rate"), N_("closed {part} ÷ accepted {whole}"), told.closed, told.accepted),
        _rate(N_("On-time rate"), N_("closed on time {part} ÷ closed {whole}"), told.on_time, told.closed),
        _rate(N_("Repeat rate"), N_("joined to a like one {part} ÷ received {whole}"), told.repeated, told.received),
        Figure(N_("Mean days until closed"), mean_text(told.days_closed, told.closed),
               _sum(N_("{first} days ÷ closed {second}"), told.days_closed, told.closed)),
        _rate(N_("Satisfied, strict"), N_("very satisfied and satisfied {part} ÷ answers {whole}"), strict.part,
              strict.whole),
    ]  # fmt: skip


def visit_rows(found: Figures) -> list[Figure]:
    """The figures of the reception room."""
    return [
        Figure(N_("Visits and calls"), str(found.visits)),
        _rate(N_("Answered on the spot"), N_("on the spot {part} ÷ visits {whole}"), found.on_spot, found.visits),
        _rate(N_("Turns missed"), N_("missed {part} ÷ turns {whole}"), found.missed, found.slots),
    ]


def order_rows(found: Figures) -> list[Figure]:
    """The figures of service orders."""
    ordered, accepted = sum(one.ordered for one in found.kinds), sum(one.accepted for one in found.kinds)
    scores, points = sum(one.scores for one in found.kinds), sum(one.points for one in found.kinds)
    middle = median(found.response_minutes)
    return [
        Figure(N_("Services ordered"), str(ordered)),
        Figure(N_("Unfilled"), str(ordered - accepted),
               _sum(N_("ordered {first} − accepted by anyone {second}"), ordered, accepted)),
        Figure(N_("Hours until accepted, median"), "—" if middle is None else mean_text(middle, 60),
               AppError(N_("accepted − ordered, of {count}"), count=len(found.response_minutes))),
        Figure(N_("Mean score"), mean_text(points, scores),
               _sum(N_("{first} points ÷ {second} scores"), points, scores)),
    ]  # fmt: skip


def _sum(words: str, first: int, second: int) -> AppError:
    return AppError(words, first=first, second=second)


def _rate(name: str, words: str, part: int, whole: int) -> Figure:
    return Figure(name, percent(part, whole), AppError(words, part=part, whole=whole), rate=True)


def span_of(kind: str, today: date) -> tuple[date, date]:
    """The month, quarter or year that a day lies in: its first day, and the first of the next."""
    months = {"month": 1, "quarter": 3, "year": 12}[kind]
    number = (today.month - 1) // months * months + 1
    after = number + months
    return date(today.year, number, 1), date(today.year + (after - 1) // 12, (after - 1) % 12 + 1, 1)
