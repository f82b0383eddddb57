"""Service orders as the page lists them, and one whole with everybody who was asked."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, true, tuple_
from sqlalchemy.orm import aliased

from deliberation_app.domain import calendar
from deliberation_app.domain import voices_orders as rules
from deliberation_app.errors import N_, NotFound
from deliberation_app.services.people_register import home_text, name_fits
from deliberation_app.services.voices import Where
from deliberation_app.services.work import Work
from deliberation_app.storage.people import Household, Person
from deliberation_app.storage.voices import ServiceOrder, Voice

_VOLUNTEER = aliased(Person)
_INTO = aliased(ServiceOrder)


@dataclass(frozen=True)
class OrderCard:
    """An order as lists show it."""

    order: ServiceOrder
    who: str
    phone: str
    home: str
    volunteer: str
    into_number: str
    voice_number: str
    late_days: int


@dataclass(frozen=True)
class Page:
    """One page of orders; `next` goes into `after` for the following page, None at the end."""

    rows: tuple[OrderCard, ...]
    next: Where | None


@dataclass(frozen=True)
class AskedOne:
    """A volunteer who was asked: what they answered, when, and why not."""

    name: str
    asked: datetime
    answer: str  # empty while open, accepted, declined
    at: datetime | None
    reason: str


@dataclass(frozen=True)
class OrderView:
    """One order whole."""

    card: OrderCard
    asked: tuple[AskedOne, ...]
    merged: tuple[OrderCard, ...]
    steps: tuple[str, ...]


def filters(today: date) -> dict[str, ColumnElement[bool]]:
    """What the list can be narrowed to, by name."""
    state = ServiceOrder.state
    return {
        "all": true(),
        "send": state.in_(rules.WAITING),
        "out": state.in_(("assigned", "accepted", "serving")),
        "confirm": state == "done",
        "late": and_(ServiceOrder.due_on < today, state.in_(("ordered", "declined", "assigned"))),
        "ended": state.in_(("confirmed", "scored", "merged", "cancelled", "timed_out")),
    }


def page(
    work: Work, unit_id: uuid.UUID, *, text: str = "", only: str = "all", after: Where | None = None, limit: int = 50
) -> Page:
    """A page of the unit's orders, the latest first; `only` is one of filters."""
    today = calendar.day_of(work.clock())
    query = _cards(unit_id).where(filters(today)[only])
    if text.strip():
        query = query.where(_fits(text.strip()))
    if after is not None:
        at = literal(after[0], ServiceOrder.ordered_at.type)
        query = query.where(tuple_(ServiceOrder.ordered_at, ServiceOrder.id) < tuple_(at, literal(after[1])))
    with work.read() as session:
        ordered = query.order_by(ServiceOrder.ordered_at.desc(), ServiceOrder.id.desc()).limit(limit + 1)
        found = [_card(today, *row) for row in session.execute(ordered)]
    last = found[limit - 1].order if len(found) > limit else None
    return Page(tuple(found[:limit]), None if last is None else (last.ordered_at, last.id))


def counts(work: Work, unit_id: uuid.UUID) -> dict[str, int]:
    """How many orders each filter would show."""
    wanted = filters(calendar.day_of(work.clock()))
    with work.read() as session:
        sums = (func.count().filter(one) for one in wanted.values())
        row = session.execute(select(*sums).where(ServiceOrder.unit_id == unit_id)).one()
    return dict(zip(wanted, row, strict=True))


def order(work: Work, order_id: uuid.UUID) -> OrderView:
    """One order with everything around it; NotFound where there is none."""
    today = calendar.day_of(work.clock())
    with work.read() as session:
        unit_id = session.scalar(select(ServiceOrder.unit_id).where(ServiceOrder.id == order_id))
        if unit_id is None:
            raise NotFound(N_("This order is not here any more; perhaps it was taken back on another computer."))
        cards = _cards(unit_id)
        card = _card(today, *session.execute(cards.where(ServiceOrder.id == order_id)).one())
        merged = tuple(
            _card(today, *row) for row in session.execute(cards.where(ServiceOrder.merged_into_id == order_id))
        )
        told = [dict(one) for one in card.order.asked or []]
        keys = {uuid.UUID(one["person"]) for one in told}
        names = dict(session.execute(select(Person.id, Person.name).where(Person.id.in_(keys))).all())
    asked = tuple(_asked(one, names.get(uuid.UUID(one["person"]), "")) for one in told)
    return OrderView(card, asked, merged, rules.offered(card.order.state))


def _asked(told: dict[str, Any], name: str) -> AskedOne:
    at = told.get("at")
    return AskedOne(name, datetime.fromisoformat(told["asked"]), told.get("answer", ""),
                    datetime.fromisoformat(at) if at else None, told.get("reason", ""))  # fmt: skip


def _fits(typed: str) -> ColumnElement[bool]:
    named = select(Person.id).where(Person.id == ServiceOrder.person_id, or_(*name_fits(typed)))
    words = (ServiceOrder.text, ServiceOrder.kind, ServiceOrder.number, ServiceOrder.said_by)
    said = (column.contains(typed, autoescape=True) for column in words)
    return or_(*said, named.correlate(ServiceOrder).exists())


def _cards(unit_id: uuid.UUID) -> Any:
    return (
        select(ServiceOrder, Person, Household, _VOLUNTEER.name, _INTO.number, Voice.number)
        .outerjoin(Person, Person.id == ServiceOrder.person_id)
        .outerjoin(Household, Household.id == Person.household_id)
        .outerjoin(_VOLUNTEER, _VOLUNTEER.id == ServiceOrder.volunteer_id)
        .outerjoin(_INTO, _INTO.id == ServiceOrder.merged_into_id)
        .outerjoin(Voice, Voice.order_id == ServiceOrder.id)
        .where(ServiceOrder.unit_id == unit_id)
    )


def _card(
    today: date, kept: ServiceOrder, person: Person | None, home: Household | None, volunteer: str | None,
    into: str | None, voice: str | None,
) -> OrderCard:  # fmt: skip
    open_ = kept.state in ("ordered", "declined", "assigned")
    late = (today - kept.due_on).days if open_ and kept.due_on is not None else 0
    who = person.name if person is not None else kept.said_by or ""
    phone = kept.contact or (person.phone if person is not None else None) or ""
    place = kept.place or (home_text(home) if home is not None else "")
    return OrderCard(kept, who, phone, place, volunteer or "", into or "", voice or "", max(late, 0))


def voice_of(work: Work, order_id: uuid.UUID) -> uuid.UUID | None:
    """The voice that an order came from, None where it was ordered directly."""
    with work.read() as session:
        return session.scalars(select(Voice.id).where(Voice.order_id == order_id)).first()
