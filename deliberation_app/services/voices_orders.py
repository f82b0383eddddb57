"""Service orders 点单—下单—接单: the menu, an order, sent, accepted, done, confirmed, scored."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from deliberation_app.domain import voices_orders as rules
from deliberation_app.domain.calendar import day_of
from deliberation_app.errors import N_, NotFound, RuleBroken
from deliberation_app.services.act import Act
from deliberation_app.services.voices import free_to_end, kept_voice
from deliberation_app.services.work import Work
from deliberation_app.storage.base import new_id
from deliberation_app.storage.people import Person, Unit
from deliberation_app.storage.voices import ServiceKind, ServiceOrder, Voice

_KIND = 40
BEST = 5


@dataclass(frozen=True)
class MenuLine:
    """A line of the menu; `id` is None while the unit has not made it its own."""

    name: str
    days: int
    id: uuid.UUID | None = None


def menu(work: Work, unit_id: uuid.UUID) -> list[MenuLine]:
    """The unit's menu; until it has made its own, the usual one."""
    with work.read() as session:
        query = select(ServiceKind).where(ServiceKind.unit_id == unit_id)
        kept = list(session.scalars(query.order_by(ServiceKind.position, ServiceKind.id)))
    if not kept:
        return [MenuLine(name, rules.DAYS) for name in rules.MENU]
    return [MenuLine(one.name, one.days, one.id) for one in kept if not one.off]


def set_menu(work: Work, unit_id: uuid.UUID, lines: Sequence[tuple[str, int]]) -> None:
    """Write the menu anew: names with the days in which a volunteer is found; what is left out goes off the menu."""
    wanted = {" ".join(name.split()): days for name, days in lines if name.strip()}
    if not wanted:
        raise RuleBroken(N_("The menu needs at least one line. Nothing was changed."))
    for name, days in wanted.items():
        if len(name) > _KIND or not 1 <= days <= 365:
            raise RuleBroken(N_("“{name}”: at most {most} characters, and 1 to 365 days. Nothing was changed."),
                             name=name, most=_KIND)  # fmt: skip
    with work.act("voices.menu") as act:
        query = select(ServiceKind).where(ServiceKind.unit_id == unit_id)
        known = {one.name: one for one in act.scalars(query)}
        for name, one in known.items():
            one.off = None if name in wanted else True
        for position, (name, days) in enumerate(wanted.items()):
            if name in known:
                known[name].position, known[name].days = position, days
            else:
                act.add(ServiceKind(id=new_id(), unit_id=unit_id, name=name, position=position, days=days))


def order(
    work: Work,
    unit_id: uuid.UUID,
    *,
    kind: str,
    text: str = "",
    person_id: uuid.UUID | None = None,
    said_by: str = "",
    contact: str = "",
    place: str = "",
    due: date | None = None,
    voice_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Order a service, directly or from a voice, whose words and person it takes; the answer is its id."""
    if not kind.strip():
        raise RuleBroken(N_("Choose a service from the menu. Nothing was changed."))
    days = {line.name: line.days for line in menu(work, unit_id)}
    with work.act("voices.order") as act:
        act.get_one(Unit, unit_id, with_for_update=True)  # two computers never give the same number
        voice = _voice_of(act, voice_id) if voice_id is not None else None
        if voice is not None:
            text = text.strip() or voice.text
            person_id = person_id or voice.person_id
            said_by, contact = said_by or voice.said_by or "", contact or voice.contact or ""
        if person_id is None and not said_by.strip() and voice is None:
            raise RuleBroken(N_("Say who orders it: somebody must confirm it afterwards. Nothing was changed."))
        today = day_of(act.now)
        if due is not None and due < today:
            raise RuleBroken(N_("Somebody can take it from today on: check the date. Nothing was changed."))
        made = ServiceOrder(
            id=new_id(), unit_id=unit_id, number=_next_number(act, unit_id, today.year), kind=kind.strip(),
            text=text.strip() or kind.strip(), person_id=person_id, said_by=said_by.strip() or None,
            contact=contact.strip() or None, place=place.strip() or None, ordered_at=act.now,
            due_on=due or today + timedelta(days=days.get(kind.strip(), rules.DAYS)), state="ordered",
        )  # fmt: skip
        act.add(made)
        if voice is not None:
            voice.order_id = made.id
    return made.id


def _voice_of(act: Act, voice_id: uuid.UUID) -> Voice:
    voice = kept_voice(act, voice_id)
    free_to_end(voice)
    if voice.order_id is not None or voice.item_id is not None:
        raise RuleBroken(N_("This voice is an item or an order already. Nothing was changed."))
    return voice


def _next_number(act: Act, unit_id: uuid.UUID, year: int) -> str:
    head = f"F{year}-"
    numbers = select(ServiceOrder.number).where(
        ServiceOrder.unit_id == unit_id, ServiceOrder.number.startswith(head, autoescape=True)
    )
    given = (number.removeprefix(head) for number in act.scalars(numbers))
    return f"{head}{max((int(one) for one in given if one.isdecimal()), default=0) + 1:03d}"


def assign(work: Work, order_id: uuid.UUID, volunteer_id: uuid.UUID) -> None:
    """Send it to a volunteer; one who has been asked before may be asked again."""
    with work.act("voices.order_step") as act:
        kept = _step(act, order_id, "assign")
        act.get_one(Person, volunteer_id)
        kept.volunteer_id, kept.assigned_at, kept.accepted_at = volunteer_id, act.now, None
        kept.ended_at = None
        kept.asked = [*(kept.asked or []), {"person": str(volunteer_id), "asked": act.now.isoformat()}]


def accept(work: Work, order_id: uuid.UUID) -> None:
    """The volunteer takes it."""
    with work.act("voices.order_step") as act:
        kept = _step(act, order_id, "accept")
        kept.accepted_at = act.now
        kept.asked = _answered(kept, "accepted", act, "")


def decline(work: Work, order_id: uuid.UUID, reason: str = "") -> None:
    """The volunteer does not take it, or cannot after all; somebody else is to be asked."""
    with work.act("voices.order_step") as act:
        kept = _step(act, order_id, "decline")
        kept.asked = _answered(kept, "declined", act, reason)
        kept.volunteer_id = kept.assigned_at = kept.accepted_at = None


def serve(work: Work, order_id: uuid.UUID) -> None:
    """The service begins."""
    with work.act("voices.order_step") as act:
        _step(act, order_id, "serve").began_at = act.now


def finish(work: Work, order_id: uuid.UUID) -> None:
    """The service is done; the resident is to confirm it."""
    with work.act("voices.order_step") as act:
        _step(act, order_id, "finish").done_at = act.now


def confirm(work: Work, order_id: uuid.UUID, by: str = "") -> None:
    """The resident confirms that it was done; `by` is who said so."""
    with work.act("voices.order_step") as act:
        kept = _step(act, order_id, "confirm")
        kept.confirmed_at, kept.ended_at = act.now, act.now
        kept.confirmed_by = by.strip() or _orderer(act, kept) or None


def score(work: Work, order_id: uuid.UUID, points: int, words: str = "") -> None:
    """The resident's score, 1 to 5, and perhaps a word."""
    if not 1 <= points <= BEST:
        raise RuleBroken(N_("A score is 1 to {best}. Nothing was changed."), best=BEST)
    with work.act("voices.order_step") as act:
        kept = _step(act, order_id, "score")
        kept.score, kept.score_words = points, words.strip() or None


def end(work: Work, order_id: uuid.UUID, step: str, reason: str) -> None:
    """Cancel it, or say that nobody took it in time; the reason is kept."""
    if step not in ("cancel", "time_out"):
        raise ValueError(step)
    if not reason.strip():
        raise RuleBroken(N_("Say why; the reason is kept with the order. Nothing was changed."))
    with work.act("voices.order_step") as act:
        kept = _step(act, order_id, step)
        kept.ended_at, kept.reason = act.now, reason.strip()


def again(work: Work, order_id: uuid.UUID) -> None:
    """Order it again after it was cancelled or timed out."""
    with work.act("voices.order_step") as act:
        kept = _step(act, order_id, "order_again")
        kept.ended_at = kept.reason = kept.volunteer_id = kept.assigned_at = kept.accepted_at = None
        kept.due_on = max(kept.due_on or day_of(act.now), day_of(act.now))


def merge(work: Work, order_id: uuid.UUID, into_id: uuid.UUID) -> None:
    """Merge it into another order of the same unit that is still under way: one service for both."""
    with work.act("voices.order_merge") as act:
        target = kept_order(act, into_id)
        kept = _step(act, order_id, "merge")
        if target.id == kept.id or target.unit_id != kept.unit_id or target.state not in rules.RUNNING:
            raise RuleBroken(N_("Choose another order that is still under way. Nothing was changed."))
        kept.merged_into_id, kept.ended_at = target.id, act.now
        for one in act.scalars(select(ServiceOrder).where(ServiceOrder.merged_into_id == kept.id)):
            one.merged_into_id = target.id


def kept_order(act: Act, order_id: uuid.UUID) -> ServiceOrder:
    """The order within an act under way; NotFound where there is none."""
    kept: ServiceOrder | None = act.get(ServiceOrder, order_id)
    if kept is None:
        raise NotFound(N_("This order is not here any more; perhaps it was taken back on another computer."))
    return kept


def _step(act: Act, order_id: uuid.UUID, step: str) -> ServiceOrder:
    kept = kept_order(act, order_id)
    kept.state = rules.take(kept.state, step)
    return kept


def _answered(kept: ServiceOrder, answer: str, act: Act, reason: str) -> list[Any]:
    """The volunteers asked, with what the last one answered."""
    asked = [dict(one) for one in kept.asked or []]
    if asked:
        asked[-1] |= {"answer": answer, "at": act.now.isoformat()}
        if reason.strip():
            asked[-1]["reason"] = reason.strip()
    return asked


def _orderer(act: Act, kept: ServiceOrder) -> str:
    person = act.get(Person, kept.person_id) if kept.person_id is not None else None
    return person.name if person is not None else kept.said_by or ""


def running(work: Work, unit_id: uuid.UUID) -> int:
    """How many orders wait for somebody here: to be sent, or to be confirmed."""
    with work.read() as session:
        waits = ServiceOrder.state.in_((*rules.WAITING, "done"))
        query = select(func.count()).where(ServiceOrder.unit_id == unit_id, waits)
        return session.scalar(query) or 0
