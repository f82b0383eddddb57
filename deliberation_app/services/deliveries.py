"""The delivery log of a meeting: how each flat got its paper, who is not reached yet, notice in time."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deliberation_app.domain import calendar
from deliberation_app.domain import votes as law
from deliberation_app.domain.votes_owners import WAYS
from deliberation_app.errors import N_, AppError, NotFound, RuleBroken
from deliberation_app.services.act import Act
from deliberation_app.services.kinds import kind_of
from deliberation_app.services.work import Work
from deliberation_app.storage.base import new_id
from deliberation_app.storage.floor import Attendance
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.people import Household
from deliberation_app.storage.votes import Delivery, VotingFlat


@dataclass(frozen=True)
class Progress:
    """How far delivery is: flats reached of all, by which way, and whether the notice was given in time."""

    flats: int
    reached: int
    by_way: dict[str, int]
    told_on: date | None
    starts_on: date
    days: int  # that the notice must lie before the vote
    clause: str
    late: AppError | None

    @property
    def missing(self) -> int:
        """Flats that nobody has reached."""
        return self.flats - self.reached


def log(session: Session, meeting_id: uuid.UUID) -> list[law.Delivery]:
    """Every line of the delivery log about a flat, those stated before there was a table too."""
    meeting = session.get(Meeting, meeting_id)
    stated = ((meeting.prepared if meeting is not None else None) or {}).get("facts", {}).get("delivery") or ()
    lines = [_line(line["flat"], line["way"], date.fromisoformat(line["on"])) for line in stated]
    kept = select(Delivery.household_id, Delivery.way, Delivery.delivered_on)
    kept = kept.where(Delivery.meeting_id == meeting_id, Delivery.household_id.is_not(None))
    found = session.execute(kept.order_by(Delivery.delivered_on, Delivery.id))
    return [*lines, *(_line(str(flat), way, on) for flat, way, on in found)]


def _line(flat: str, way: Any, on: date) -> law.Delivery:
    return law.Delivery(flat=flat, way=way, on=on)


def undelivered(session: Session, meeting: Meeting) -> int:
    """Flats of the list (else of the owners on the roll) that the log does not name in time; 0 while none is kept."""
    until = calendar.day_of(meeting.starts_at)
    stated = "delivery" in ((meeting.prepared or {}).get("facts") or {})
    if not stated:
        flats = session.scalar(select(func.count()).where(VotingFlat.meeting_id == meeting.id)) or 0
        if flats:
            return flats - _reached(session, meeting.id, until)
    lines = log(session, meeting.id)
    if not stated and not lines:
        return 0
    on_the_roll = select(Household.id).join(Attendance, Attendance.person_id == Household.owner_id)
    keys = {str(key) for key in session.scalars(on_the_roll.where(Attendance.meeting_id == meeting.id))}
    fault = law.undelivered(keys, lines, until)
    return 0 if fault is None else int(str(fault.values["count"]))


def _named(meeting_id: uuid.UUID, until: date | None = None) -> Any:
    """Flats that the log names: asked as one set, since a look for each flat takes its time squared."""
    named = select(Delivery.household_id).where(Delivery.meeting_id == meeting_id, Delivery.household_id.is_not(None))
    return VotingFlat.household_id.in_(named if until is None else named.where(Delivery.delivered_on <= until))


def _reached(session: Session, meeting_id: uuid.UUID, until: date | None = None) -> int:
    query = (
        select(func.count())
        .select_from(VotingFlat)
        .where(VotingFlat.meeting_id == meeting_id, _named(meeting_id, until))
    )
    return session.scalar(query) or 0


def progress(work: Work, meeting_id: uuid.UUID) -> Progress:
    """The figures above the delivery log."""
    with work.read() as session:
        meeting = session.get_one(Meeting, meeting_id)
        notice = kind_of(session, meeting).notice
        told_on = calendar.day_of(meeting.notice_at) if meeting.notice_at is not None else None
        starts_on = calendar.day_of(meeting.starts_at)
        ways = select(Delivery.way, func.count(Delivery.household_id.distinct()))
        by_way: dict[str, int] = {
            row[0]: row[1]
            for row in session.execute(ways.where(Delivery.meeting_id == meeting_id).group_by(Delivery.way))
        }
        flats = session.scalar(select(func.count()).where(VotingFlat.meeting_id == meeting_id)) or 0
        late = None
        if told_on is None or (starts_on - told_on).days < notice.days:
            late = AppError(
                N_("The owners must be told {days} days before the vote begins on {day}."),
                days=notice.days, day=starts_on,
            )  # fmt: skip
        return Progress(
            flats, _reached(session, meeting_id), by_way, told_on, starts_on, notice.days, notice.clause, late
        )


def deliver(
    work: Work,
    meeting_id: uuid.UUID,
    *,
    way: str,
    on: date,
    flats: Collection[uuid.UUID] = (),
    building: str | None = None,
    everybody: bool = False,
    receiver: str = "",
    note: str = "",
) -> int:
    """Note how papers reached flats: those named (households), or all not reached yet, of one building or of all."""
    if way not in WAYS:
        raise RuleBroken(N_("Choose how the paper was delivered. Nothing was changed."))
    with work.act("votes.deliver") as act:
        meeting = act.get(Meeting, meeting_id)
        if meeting is None:
            raise NotFound(N_("This meeting is not here; perhaps it was deleted on another computer."))
        if on > calendar.day_of(act.now):
            raise RuleBroken(N_("The day of delivery lies in the future. Nothing was changed."))
        if meeting.closed_at is not None:
            raise RuleBroken(N_("The meeting is closed: its delivery log stays as it is."))
        keys = list(dict.fromkeys(flats)) if not (building or everybody) else _missing(act, meeting_id, building)
        told = {"meeting_id": meeting_id, "person_id": None, "way": way, "delivered_on": on,
                "receiver": receiver.strip() or None, "note": note.strip() or None}  # fmt: skip
        act.insert(Delivery, [{"id": new_id(), "household_id": key, **told} for key in keys])
    return len(keys)


def _missing(act: Act, meeting_id: uuid.UUID, building: str | None) -> list[uuid.UUID]:
    query = select(VotingFlat.household_id).where(VotingFlat.meeting_id == meeting_id, ~_named(meeting_id))
    if building:
        query = query.join(Household, Household.id == VotingFlat.household_id).where(Household.building == building)
    return list(act.scalars(query.order_by(VotingFlat.number)))


def take_back(work: Work, meeting_id: uuid.UUID, household_id: uuid.UUID) -> None:
    """Strike the last line of the log about one flat."""
    with work.act("votes.deliver") as act:
        query = select(Delivery).where(Delivery.meeting_id == meeting_id, Delivery.household_id == household_id)
        last = act.scalars(query.order_by(Delivery.delivered_on.desc(), Delivery.id.desc()).limit(1)).first()
        if last is None:
            raise RuleBroken(N_("The log has no line about this flat."))
        act.delete(last)
