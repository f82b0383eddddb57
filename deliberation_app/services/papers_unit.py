"""The papers of a unit about no meeting, from the records: reception log and duty roster of a month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain import minutes_words as words
from deliberation_app.domain.agenda import CHANNELS
from deliberation_app.papers import duty_roster as roster_paper
from deliberation_app.papers import reception_log as reception_paper
from deliberation_app.papers.document import Document
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_item import unit_name
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.people import Person, Unit
from deliberation_app.storage.voices import Voice

# The channels by which somebody is received in person or by telephone.
RECEIVED = ("reception", "visit")


def month(period: str) -> tuple[datetime, datetime]:
    """From when to when a month lasts, in UTC+08:00."""
    year, number = (int(part) for part in period.split("-"))
    after = (year + number // 12, number % 12 + 1)
    return (
        datetime(year, number, 1, tzinfo=DISPLAY_ZONE).astimezone(UTC),
        datetime(*after, 1, tzinfo=DISPLAY_ZONE).astimezone(UTC),
    )


def named(period: str) -> str:
    """2026年10月."""
    year, number = period.split("-")
    return f"{year}年{int(number)}月"


def reception_log(session: Session, asked: Asked) -> Sequence[Document]:
    """The receptions of a month, a log a unit, or an empty form."""
    if asked.empty or not asked.period:
        empty = reception_paper.ReceptionFacts(unit=unit_name(session, asked), period="", visits=())
        return (reception_paper.compose(empty),) if asked.empty else ()
    first, after = month(asked.period)
    query = (
        select(Voice, Person, Unit.name)
        .join(Unit, Unit.id == Voice.unit_id)
        .outerjoin(Person, Person.id == Voice.person_id)
        .where(Voice.channel.in_(RECEIVED), Voice.received_at >= first, Voice.received_at < after)
        .order_by(Unit.name, Voice.received_at, Voice.id)
    )
    if asked.unit is not None:
        query = query.where(Voice.unit_id == asked.unit)
    visits: dict[str, list[reception_paper.Visit]] = {}
    for voice, person, unit in session.execute(query):
        visits.setdefault(unit, []).append(_visit(voice, person))
    return tuple(
        reception_paper.compose(
            reception_paper.ReceptionFacts(unit=unit, period=named(asked.period), visits=tuple(found))
        )
        for unit, found in visits.items()
    )  # fmt: skip


def _visit(voice: Voice, person: Person | None) -> reception_paper.Visit:
    at = voice.received_at.astimezone(DISPLAY_ZONE)
    return reception_paper.Visit(
        number=voice.number or "", at=words.date_and_hour(at), visitor=person.name if person is not None else "未署名",
        contact=(person.phone or "") if person is not None else "",
        channel=CHANNELS[voice.channel].title if voice.channel and voice.channel in CHANNELS else "",
        subject=voice.text, handled="已列为议题" if voice.item_id is not None else "", told=voice.answer or "",
    )  # fmt: skip


def duty_roster(session: Session, asked: Asked) -> Sequence[Document]:
    """An empty roster, headed with the month."""
    period = named(asked.period) if asked.period else ""
    facts = roster_paper.RosterFacts(unit=unit_name(session, asked), period=period, slots=(), posted=asked.posted)
    return (roster_paper.compose(facts),)
