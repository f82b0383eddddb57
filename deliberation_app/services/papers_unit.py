"""The papers of a unit about no meeting, from the records: reception log and duty roster of a month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain import minutes_words as words
from deliberation_app.domain.evaluation import ANSWERS
from deliberation_app.domain.voices import CHANNELS, STATES, TOLD_HOW
from deliberation_app.papers import duty_roster as roster_paper
from deliberation_app.papers import reception_log as reception_paper
from deliberation_app.papers.document import Document
from deliberation_app.services import voices_duty
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_item import unit_name
from deliberation_app.services.papers_posted import Veil
from deliberation_app.services.voices import standing
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.people import Person, Unit
from deliberation_app.storage.voices import DutySlot, ServiceOrder, Voice

WEEKDAYS = "一二三四五六日"


def month(period: str) -> tuple[date, date]:
    """The first day of a month and of the next."""
    year, number = (int(part) for part in period.split("-"))
    return voices_duty.span(year, number)


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
    unit_ids = [asked.unit] if asked.unit is not None else list(session.scalars(select(Unit.id).order_by(Unit.name)))
    found = []
    for unit_id in unit_ids:
        visits = voices_duty.received(session, unit_id, first, after)
        if visits:
            facts = reception_paper.ReceptionFacts(
                unit=session.get_one(Unit, unit_id).name, period=named(asked.period),
                visits=tuple(_visit(session, one) for one in visits),
            )  # fmt: skip
            found.append(reception_paper.compose(facts))
    return tuple(found)


def _visit(session: Session, visit: voices_duty.Visit) -> reception_paper.Visit:
    """One visit; who came in confidence is not named (papers.md 3.3), and neither is their telephone."""
    voice = visit.voice
    person = session.get(Person, voice.person_id) if voice.person_id is not None else None
    hidden = bool(voice.confidential)
    who = "保密" if hidden else visit.who or "未署名"
    phone = "" if hidden else voice.contact or (person.phone if person is not None else None) or ""
    return reception_paper.Visit(
        number=voice.number or "", at=words.date_and_hour(voice.received_at.astimezone(DISPLAY_ZONE)),
        place=voice.room or "", visitor=who, contact=phone, channel=CHANNELS[voice.channel or "other"].title,
        subject=voice.text, wish=voice.wish or "", opinion=voice.answer or voice.refused_reason or "",
        passed_to=_passed(session, voice), handled=_handled(session, voice), told=_told(voice),
        satisfaction=ANSWERS[voice.satisfied][0] if voice.satisfied else "",
        file_number=_file_number(session, voice),
    )  # fmt: skip


def _file_number(session: Session, voice: Voice) -> str:
    """归档号 of the item that the visit led to, once its file is put away."""
    item = session.get(AgendaItem, voice.item_id) if voice.item_id is not None else None
    return (item.archive_number or "") if item is not None else ""


def _passed(session: Session, voice: Voice) -> str:
    if voice.handed_at is None:
        return ""
    person = session.get(Person, voice.handed_person_id) if voice.handed_person_id is not None else None
    to = "，".join(one for one in (voice.handed_to, person.name if person is not None else None) if one)
    return f"{to}，{words.day(voice.handed_due)}前回复" if voice.handed_due is not None else to


def _handled(session: Session, voice: Voice) -> str:
    """How it went on: 已列为议题（2026-07）, 已下单（F2026-003）, 当场答复, 不予受理."""
    state = STATES[standing(voice).state].title
    item = session.get(AgendaItem, voice.item_id) if voice.item_id is not None else None
    order = session.get(ServiceOrder, voice.order_id) if voice.order_id is not None else None
    number = (item.number if item is not None else order.number if order is not None else None) or ""
    if voices_duty.visit_state(voice) == "on_spot":
        return "当场答复"
    return f"{state}（{number}）" if number else state


def _told(voice: Voice) -> str:
    if voice.told_at is None:
        return ""
    how = TOLD_HOW[voice.told_how].title if voice.told_how else ""
    day = words.day(voice.told_at.astimezone(DISPLAY_ZONE).date())
    return "，".join(one for one in (day, how, voice.told_words) if one)


def duty_roster(session: Session, asked: Asked) -> Sequence[Document]:
    """The roster of a month as it was planned and signed, one a unit; without turns an empty one."""
    period = named(asked.period) if asked.period else ""
    unit_ids = [asked.unit] if asked.unit is not None else list(session.scalars(select(Unit.id).order_by(Unit.name)))
    found = []
    for unit_id in unit_ids if asked.period and not asked.empty else ():
        turns = voices_duty.slots_between(session, unit_id, *month(asked.period))
        if turns:
            made = roster_paper.compose(
                roster_paper.RosterFacts(
                    unit=session.get_one(Unit, unit_id).name, period=period, posted=asked.posted,
                    slots=tuple(_slot(*turn, posted=asked.posted) for turn in turns),
                )
            )  # fmt: skip
            found.append(Veil(session, unit_id).over(made) if asked.posted else made)
    empty = roster_paper.RosterFacts(unit=unit_name(session, asked), period=period, slots=(), posted=asked.posted)
    return tuple(found) or (roster_paper.compose(empty),)


def _slot(slot: DutySlot, person: str, deputy: str | None, *, posted: bool) -> roster_paper.Slot:
    signed = ""
    if slot.state == "missed":
        signed = f"缺岗：{slot.missed_reason}"
    elif slot.handed_over_at is not None:
        at = slot.handed_over_at.astimezone(DISPLAY_ZONE)
        signed = f"{slot.taken_over_by} {at:%H:%M}"
    return roster_paper.Slot(
        date=f"{slot.on_day.month}月{slot.on_day.day}日（{WEEKDAYS[slot.on_day.weekday()]}）",
        hours=f"{slot.begins}–{slot.ends}", person=f"{person}（替：{deputy}）" if deputy else person,
        place=slot.room or "", matter=slot.matter or "", handed_over="" if posted else signed,
    )  # fmt: skip
