"""The small papers of voices: slips for the wall, the weekly list without names, dispatch and order slips."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from deliberation_app.domain import calendar
from deliberation_app.domain import minutes_words as words
from deliberation_app.domain import voices as rules
from deliberation_app.errors import N_, NotFound
from deliberation_app.papers import slip_order, slip_wall, status_wall
from deliberation_app.papers.document import Document
from deliberation_app.services import papers, voices_list, voices_orders_list
from deliberation_app.services.papers import Printed
from deliberation_app.services.papers_posted import Veil
from deliberation_app.services.voices import standing
from deliberation_app.services.voices_duty import midnight
from deliberation_app.services.work import Work
from deliberation_app.storage.people import Unit
from deliberation_app.storage.voices import Voice

# Which channels hang on a wall.
HUNG = ("wish_wall", "opinion_tree", "message_board")


def slips(work: Work, unit_id: uuid.UUID, voice_ids: Sequence[uuid.UUID] = ()) -> Printed:
    """The slips of these voices, five to a sheet, masked since they hang; without any, empty ones to be written on."""
    return papers.press([slip_document(work, unit_id, voice_ids)])


def slip_document(work: Work, unit_id: uuid.UUID, voice_ids: Sequence[uuid.UUID] = ()) -> Document:
    """See slips; before it is set."""
    with work.read() as session:
        unit = session.get_one(Unit, unit_id)
        rows = session.scalars(select(Voice).where(Voice.id.in_(voice_ids), Voice.unit_id == unit_id))
        by_id = {row.id: row for row in rows}
        veil = Veil(session, unit_id, {one.said_by for one in by_id.values() if one.said_by})
        told = tuple(_slip(by_id[key], veil) for key in voice_ids if key in by_id)
    return slip_wall.compose(slip_wall.SlipFacts(unit=unit.name, slips=told))


def _slip(row: Voice, veil: Veil) -> slip_wall.Slip:
    return slip_wall.Slip(
        number=row.number or "", channel=_channel(row), day=_short(row.received_at), text=veil.text(row.text),
        answer_by=_short(row.due_on),
    )  # fmt: skip


def status(work: Work, unit_id: uuid.UUID, first: date, after: date) -> Printed:
    """The list for the wall of what was hung in a time, or was still waiting when it began."""
    return papers.press([status_document(work, unit_id, first, after)])


def status_document(work: Work, unit_id: uuid.UUID, first: date, after: date) -> Document:
    """See status; before it is set."""
    with work.read() as session:
        unit = session.get_one(Unit, unit_id)
        recent = (Voice.received_at >= midnight(first)) | Voice.told_at.is_(None) | (Voice.told_at >= midnight(first))
        query = select(Voice).where(
            Voice.unit_id == unit_id, Voice.channel.in_(HUNG), Voice.received_at < midnight(after), recent
        )
        rows = list(session.scalars(query.order_by(Voice.received_at, Voice.id)))
        found = tuple(map(_line, rows))
        if not found:
            raise NotFound(N_("Nothing hung on the wall in this time."))
        last = date.fromordinal(after.toordinal() - 1)
        period = f"{words.day(first)}至{words.day(last)}"
        made = status_wall.compose(status_wall.StatusFacts(unit=unit.name, period=period, lines=found))
        return Veil(session, unit_id, {row.said_by for row in rows if row.said_by}).over(made)


def _line(row: Voice) -> status_wall.Line:
    state = rules.STATES[standing(row).state].title
    answer = row.refused_reason or row.answer or row.told_words or ""
    return status_wall.Line(
        number=row.number or "", day=_short(row.received_at), text=row.text,
        state=f"{state}：{answer}" if answer else state, answered_on=_short(row.told_at or row.answered_at),
    )  # fmt: skip


def dispatch(work: Work, voice_id: uuid.UUID) -> Printed:
    """The slip that goes with a voice that is handed on."""
    card = voices_list.voice(work, voice_id).card
    kept = card.voice
    if kept.handed_at is None:
        raise NotFound(N_("It has not been handed on; there is no slip to print."))
    with work.read() as session:
        unit = session.get_one(Unit, kept.unit_id)
    facts = slip_order.DispatchFacts(
        unit=unit.name, number=kept.number or "", day=_day(kept.received_at), text=kept.text, to=card.handed_to,
        due=_day(kept.handed_due), by=kept.received_by or "",
    )  # fmt: skip
    return papers.press([slip_order.compose_dispatch(facts)])


def order_slip(work: Work, order_id: uuid.UUID) -> Printed:
    """The slip that the volunteer takes along."""
    card = voices_orders_list.order(work, order_id).card
    with work.read() as session:
        unit = session.get_one(Unit, card.order.unit_id)
    facts = slip_order.OrderFacts(
        unit=unit.name, number=card.order.number, kind=card.order.kind, text=card.order.text, who=card.who,
        home=card.home, phone=card.phone, due=_short(card.order.due_on), volunteer=card.volunteer,
    )  # fmt: skip
    return papers.press([slip_order.compose_order(facts)])


def _channel(row: Voice) -> str:
    return rules.CHANNELS[row.channel].title if row.channel else ""


def _day(value: date | datetime | None) -> str:
    if value is None:
        return ""
    return words.day(calendar.day_of(value) if isinstance(value, datetime) else value)


def _short(value: date | datetime | None) -> str:
    """Month and day: the number says the year, and a slip is narrow."""
    if value is None:
        return ""
    day = calendar.day_of(value) if isinstance(value, datetime) else value
    return f"{day.month}月{day.day}日"
