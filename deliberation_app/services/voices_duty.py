"""The reception room: the roster of turns, who is on duty, the signed hand-over, and who came."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from deliberation_app.domain import voices as rules
from deliberation_app.domain.calendar import day_of
from deliberation_app.domain.voices_orders import SLOT_STATES
from deliberation_app.errors import N_, AppError, NotFound, RuleBroken
from deliberation_app.services.act import Act
from deliberation_app.services.voices import standing
from deliberation_app.services.work import Work
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.base import new_id
from deliberation_app.storage.people import Person
from deliberation_app.storage.voices import DutySlot, Voice

_DEPUTY = aliased(Person)
_MOST = 62


@dataclass(frozen=True)
class SlotCard:
    """A turn of duty as lists show it; `overdue`: it is past and nobody has said how it went."""

    slot: DutySlot
    person: str
    deputy: str
    visits: int
    overdue: bool

    @property
    def hours(self) -> str:
        """From when to when."""
        return f"{self.slot.begins}–{self.slot.ends}"


@dataclass(frozen=True)
class Visit:
    """Somebody who came or called, and how it stands: on_spot, transferred, fed_back, open."""

    voice: Voice
    who: str
    standing: str


@dataclass(frozen=True)
class Month:
    """The reception room in a month."""

    slots: tuple[SlotCard, ...]
    visits: tuple[Visit, ...]

    @property
    def on_spot(self) -> int:
        """Visits that were answered there and then, or on the same day."""
        return sum(one.standing == "on_spot" for one in self.visits)

    @property
    def missed(self) -> int:
        """Turns at which nobody was there."""
        return sum(one.slot.state == "missed" for one in self.slots)


def span(year: int, month: int) -> tuple[date, date]:
    """The first day of a month and of the next."""
    return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)


def midnight(day: date) -> datetime:
    """When a day begins in UTC+08:00."""
    return datetime.combine(day, time(), DISPLAY_ZONE)


def month(work: Work, unit_id: uuid.UUID, year: int, number: int) -> Month:
    """Turns and visits of a month, in order."""
    first, after = span(year, number)
    with work.read() as session:
        visits = received(session, unit_id, first, after)
        turns = slots_between(session, unit_id, first, after)
    return Month(tuple(_card(*turn, visits, work.clock()) for turn in turns), tuple(visits))


def slots_between(
    session: Session, unit_id: uuid.UUID, first: date, after: date
) -> list[tuple[DutySlot, str, str | None]]:
    """The turns from a day until before another, in order, with who has them and who stands in."""
    query = (
        select(DutySlot, Person.name, _DEPUTY.name)
        .join(Person, Person.id == DutySlot.person_id)
        .outerjoin(_DEPUTY, _DEPUTY.id == DutySlot.deputy_id)
        .where(DutySlot.unit_id == unit_id, DutySlot.on_day >= first, DutySlot.on_day < after)
        .order_by(DutySlot.on_day, DutySlot.begins, DutySlot.id)
    )
    return [(slot, person, deputy) for slot, person, deputy in session.execute(query)]


def _card(slot: DutySlot, person: str, deputy: str | None, visits: Sequence[Visit], now: datetime) -> SlotCard:
    begins, ends = _bounds(slot)
    came = sum(begins <= one.voice.received_at <= ends for one in visits)
    return SlotCard(slot, person, deputy or "", came, slot.state in ("scheduled", "on_duty") and ends < now)


def received(session: Session, unit_id: uuid.UUID, first: date, after: date) -> list[Visit]:
    """Who came or called in a time, in order."""
    query: Any = (
        select(Voice, Person.name)
        .outerjoin(Person, Person.id == Voice.person_id)
        .where(
            Voice.unit_id == unit_id, Voice.channel.in_(rules.RECEIVED), Voice.received_at >= midnight(first),
            Voice.received_at < midnight(after),
        )
        .order_by(Voice.received_at, Voice.id)
    )  # fmt: skip
    return [Visit(voice, person or voice.said_by or "", visit_state(voice)) for voice, person in session.execute(query)]


def visit_state(voice: Voice) -> str:
    """How a visit stands: answered on the spot, transferred, fed back after that, or open (flows.md F7)."""
    answered = voice.answered_at is not None and day_of(voice.answered_at) == day_of(voice.received_at)
    if standing(voice).state == "answered" and answered and voice.handed_at is None:
        return "on_spot"
    if voice.told_at is not None:
        return "fed_back"
    return "transferred" if standing(voice).state != "open" else "open"


def plan(
    work: Work,
    unit_id: uuid.UUID,
    *,
    days: Sequence[date],
    begins: str,
    ends: str,
    people: Sequence[uuid.UUID],
    deputy_id: uuid.UUID | None = None,
    room: str = "",
    matter: str = "",
) -> int:
    """Turns on these days, the people taking them one after the other; how many were added comes back.

    A day that has a turn at the same hours already keeps it.
    """
    if not days or not people:
        raise RuleBroken(N_("Say on which days, and who is on duty. Nothing was changed."))
    if len(days) > _MOST:
        raise RuleBroken(N_("At most {most} turns at a time. Nothing was changed."), most=_MOST)
    if not begins or not ends or begins >= ends:
        raise RuleBroken(N_("A turn begins before it ends: write the hours as 09:00 and 11:00. Nothing was changed."))
    turns = cycle(people)
    added = 0
    with work.act("voices.roster") as act:
        taken = set(act.execute(select(DutySlot.on_day, DutySlot.begins).where(DutySlot.unit_id == unit_id)))
        for day in sorted(set(days)):
            if (day, begins) in taken:
                continue
            person = next(turns)
            act.add(DutySlot(id=new_id(), unit_id=unit_id, on_day=day, begins=begins, ends=ends, person_id=person,
                             deputy_id=deputy_id if deputy_id != person else None, room=room.strip() or None,
                             matter=matter.strip() or None, state="scheduled"))  # fmt: skip
            added += 1
    return added


def weekdays(year: int, month: int, wanted: Sequence[int], since: date | None = None) -> list[date]:
    """The days of a month that fall on these days of the week (Monday is 0), from a day on."""
    first, after = span(year, month)
    days = (first + timedelta(days=n) for n in range((after - first).days))
    return [day for day in days if day.weekday() in wanted and (since is None or day >= since)]


def edit(work: Work, slot_id: uuid.UUID, *, person_id: uuid.UUID, deputy_id: uuid.UUID | None = None, room: str = "",
         matter: str = "") -> None:  # fmt: skip
    """Somebody else takes the turn, or it is held elsewhere."""
    with work.act("voices.roster") as act:
        kept = _in_state(act, slot_id, "scheduled", "on_duty")
        kept.person_id, kept.deputy_id = person_id, deputy_id
        kept.room, kept.matter = room.strip() or None, matter.strip() or None


def strike(work: Work, slot_id: uuid.UUID) -> None:
    """Take a turn that has not begun off the roster."""
    with work.act("voices.roster") as act:
        act.delete(_in_state(act, slot_id, "scheduled"))


def begin(work: Work, slot_id: uuid.UUID) -> None:
    """Whoever has the turn is there."""
    with work.act("voices.on_duty") as act:
        kept = _in_state(act, slot_id, "scheduled", "missed")
        if kept.on_day > day_of(act.now):
            raise RuleBroken(N_("This turn is on {day}. Nothing was changed."), day=kept.on_day)
        kept.state, kept.missed_reason = "on_duty", None
        kept.began_at = act.now if kept.on_day == day_of(act.now) else _bounds(kept)[0]


def hand_over(work: Work, slot_id: uuid.UUID, to: str, note: str = "") -> None:
    """Hand the room over: signed by the name of whoever takes over, and the time."""
    if not to.strip():
        raise RuleBroken(N_("The hand-over is signed: write who takes over. Nothing was changed."))
    with work.act("voices.hand_over") as act:
        kept = _in_state(act, slot_id, "on_duty")
        kept.state, kept.taken_over_by = "handed_over", to.strip()
        kept.handed_over_at, kept.handed_over_note = act.now, note.strip() or None


def miss(work: Work, slot_id: uuid.UUID, reason: str) -> None:
    """Nobody was there; the reason is kept."""
    if not reason.strip():
        raise RuleBroken(N_("Say why nobody was there; the roster keeps the reason. Nothing was changed."))
    with work.act("voices.missed") as act:
        kept = _in_state(act, slot_id, "scheduled")
        if _bounds(kept)[0] > act.now:
            raise RuleBroken(N_("This turn has not come yet. Nothing was changed."))
        kept.state, kept.missed_reason = "missed", reason.strip()


def waiting(work: Work, unit_id: uuid.UUID) -> int:
    """Turns that are past and of which nobody has said how they went."""
    with work.read() as session:
        open_ = DutySlot.state.in_(("scheduled", "on_duty"))
        query = select(func.count()).where(DutySlot.unit_id == unit_id, open_, DutySlot.on_day < day_of(work.clock()))
        return session.scalar(query) or 0


def _bounds(slot: DutySlot) -> tuple[datetime, datetime]:
    """From when to when a turn lasts."""
    hours = (time.fromisoformat(slot.begins), time.fromisoformat(slot.ends))
    return datetime.combine(slot.on_day, hours[0], DISPLAY_ZONE), datetime.combine(slot.on_day, hours[1], DISPLAY_ZONE)


def _in_state(act: Act, slot_id: uuid.UUID, *states: str) -> DutySlot:
    kept: DutySlot | None = act.get(DutySlot, slot_id)
    if kept is None:
        raise NotFound(N_("This turn is not on the roster any more."))
    if kept.state not in states:
        raise RuleBroken(N_("The turn is “{state}” already. Nothing was changed."),
                         state=AppError(SLOT_STATES[kept.state].name))  # fmt: skip
    return kept
