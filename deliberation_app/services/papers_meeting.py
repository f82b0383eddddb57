"""The papers before and at a meeting, from the records: notice, agenda, delivery log, sign-in sheet, leave list."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain import minutes_words as words
from deliberation_app.domain.meetings_kinds import KINDS
from deliberation_app.domain.minutes_attendance import home, standing
from deliberation_app.domain.minutes_facts import Facts, MeetingFacts
from deliberation_app.domain.minutes_names import Names
from deliberation_app.domain.minutes_parties import EACH_PARTY
from deliberation_app.domain.roll_codes import code_of
from deliberation_app.domain.votes import RULES
from deliberation_app.domain.votes_owners import WAYS
from deliberation_app.papers import agenda as agenda_paper
from deliberation_app.papers import delivery_list as delivery_paper
from deliberation_app.papers import leave_list as leave_paper
from deliberation_app.papers import notice as notice_paper
from deliberation_app.papers import record_form as record_paper
from deliberation_app.papers import sign_in_sheet as sign_in_paper
from deliberation_app.papers.document import Document
from deliberation_app.services import papers_office
from deliberation_app.services.gates import urgent_reason
from deliberation_app.services.meeting_document import document
from deliberation_app.services.meetings import find
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_posted import of_meeting, veil_of
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.archive import Enclosure
from deliberation_app.storage.floor import Attendance
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.people import Household, Person, Unit
from deliberation_app.storage.votes import Delivery

# places to sign for the parties of a consultation
PARTIES = 4


@dataclass(frozen=True)
class Called:
    """A meeting with what the head of each of its papers says; all texts empty for an empty form."""

    facts: MeetingFacts | None
    meeting: Meeting | None
    unit: str
    title: str = ""
    time: str = ""
    place: str = ""
    number: str = ""
    chair: str = ""

    @property
    def names(self) -> Names:
        """Everybody by full name: these papers stay with those who come."""
        return Names(self.facts.people if self.facts else {}, posted=False, openly=frozenset(), unit=self.unit)


def called(session: Session, asked: Asked) -> Called | None:
    """What was asked about; None when that is nothing."""
    if asked.meeting is None:
        unit = session.get(Unit, asked.unit) if asked.unit is not None else None
        return Called(None, None, unit.name if unit is not None else "") if asked.empty else None
    meeting = find(session, asked.meeting)
    facts = MeetingFacts(document(session, asked.meeting), {})
    unit_name = facts.document["unit"]["name"]
    if asked.empty:
        return Called(None, None, unit_name)
    names = Names(facts.people, posted=False, openly=frozenset(), unit=unit_name)
    chair = facts.meeting.get("chair")
    return Called(
        facts, meeting, unit_name, facts.meeting["title"],
        words.date_and_hour(words.moment(facts.meeting["starts_at"])), words.text_of(facts.meeting, "place"),
        words.text_of(facts.meeting, "number"), names.name(chair) if chair else "",
    )  # fmt: skip


def record_form(session: Session, asked: Asked) -> Sequence[Document]:
    """The record to be written by hand, of the meeting's kind where one is asked about; a kept record is no form."""
    if not asked.empty:
        return ()
    head = called(session, asked)
    found = record_paper.RecordFormFacts(unit=head.unit if head is not None else "")
    if asked.meeting is not None:
        kind = KINDS[find(session, asked.meeting).kind]
        found = replace(
            found, title=kind.record_title, consultation=kind.gong_and_drum, signs=_signing(kind.signatures)
        )  # fmt: skip
    return (record_paper.compose(found),)


def _signing(labels: Sequence[str]) -> tuple[str, ...]:
    """Those who sign; for “each party” there are places for several."""
    return tuple(part for label in labels for part in (["协商方"] * PARTIES if label == EACH_PARTY else [label]))


def notice(session: Session, asked: Asked) -> Sequence[Document]:
    """The notice of the meeting, or an empty form."""
    head = called(session, asked)
    if head is None:
        return ()
    facts, meeting = head.facts, head.meeting
    if facts is None or meeting is None:
        return (notice_paper.compose(notice_paper.NoticeFacts(unit=head.unit, office=head.unit)),)
    told = words.moment(facts.meeting["notice_at"]) if facts.meeting.get("notice_at") else None
    day = words.moment(facts.meeting["starts_at"]).date()
    found = notice_paper.NoticeFacts(
        unit=head.unit, meeting=head.title, kind=facts.kind.title, time=head.time, place=head.place,
        items=tuple(words.text_of(entry, "title") for entry in facts.agenda), invited=_invited(facts),
        office=head.unit, date=words.day(told) if told is not None else "", contact=_contact(session, meeting),
        clause=facts.kind.notice.clause_on(day) if facts.kind.notice.days else "",
        urgent_reason=urgent_reason(meeting), number=head.number, posted=asked.posted,
        enclosures=tuple(_enclosures(session, meeting.id)), delivery=_ways(session, meeting.id),
    )  # fmt: skip
    if asked.posted:  # who is asked, and the telephone of the office, are named
        found = veil_of(session, meeting.id).facts(found, but=("contact", "unit", "office", "number"))
    return (notice_paper.compose(found),)


def _enclosures(session: Session, meeting_id: uuid.UUID) -> list[str]:
    """The names of what was laid before the meeting: files taken in that are no scan of its own papers."""
    query = select(Enclosure.title).where(
        Enclosure.about == "meeting", Enclosure.about_id == meeting_id, Enclosure.removed_at.is_(None),
        Enclosure.paper == "other",
    )  # fmt: skip
    return list(session.scalars(query.order_by(Enclosure.added_at, Enclosure.id)))


def _ways(session: Session, meeting_id: uuid.UUID) -> str:
    """The ways by which the notice has been delivered so far."""
    query = select(Delivery.way).where(Delivery.meeting_id == meeting_id).distinct()
    return "、".join(WAYS[way][0] if way in WAYS else way for way in sorted(session.scalars(query)))


def _invited(facts: MeetingFacts) -> str:
    """Who is asked to come: everybody entitled, and how many guests."""
    due, guests = len(facts.attending(capacity="voting")), len(facts.attending(capacity="invited"))
    told = f"全体应到会人员（{due}人）" if due else "全体应到会人员"
    return words.listed((told, f"受邀请人员（{guests}人）" if guests else ""), "，")


def _contact(session: Session, meeting: Meeting) -> str:
    """The recorder, whose telephone is that of the office where the unit has none of its own."""
    phone = papers_office.phone(session, meeting.unit_id)
    person = session.get(Person, meeting.recorder_id) if meeting.recorder_id is not None else None
    return words.listed((person.name if person is not None else "", f"电话{phone}" if phone else ""), "，")


def agenda(session: Session, asked: Asked) -> Sequence[Document]:
    """The agenda of the meeting, or an empty form."""
    head = called(session, asked)
    if head is None:
        return ()
    laid = _materials(session, asked.meeting) if asked.meeting is not None else {}
    lines = tuple(_line(head.facts, head.names, entry, laid) for entry in head.facts.agenda) if head.facts else ()
    found = agenda_paper.AgendaFacts(
        unit=head.unit, meeting=head.title, time=head.time, place=head.place, chair=head.chair, lines=lines,
        number=head.number, posted=asked.posted,
    )  # fmt: skip
    composed = agenda_paper.compose(found)
    return (of_meeting(session, head.meeting.id, composed) if asked.posted and head.meeting else composed,)


def _materials(session: Session, meeting_id: uuid.UUID) -> dict[str, str]:
    """What is handed out with each point: the meeting file has no place for it."""
    query = select(AgendaEntry.id, AgendaEntry.materials).where(AgendaEntry.meeting_id == meeting_id)
    return {str(key): laid for key, laid in session.execute(query) if laid}


def _line(facts: MeetingFacts, names: Names, entry: Facts, laid: dict[str, str]) -> agenda_paper.AgendaLine:
    presenter, minutes = entry.get("presenter"), entry.get("minutes_allotted")
    return agenda_paper.AgendaLine(
        title=words.text_of(entry, "title"), presenter=names.name(presenter) if presenter else "",
        minutes=f"{minutes}分钟" if minutes else "", options=_options(entry), vote=_vote(facts, entry),
        enclosures=laid.get(str(entry["id"]), ""),
    )  # fmt: skip


def _options(entry: Facts) -> tuple[str, ...]:
    return tuple(words.text_of(option, "title") for option in entry.get("options", ()))


def _vote(facts: MeetingFacts, entry: Facts) -> str:
    """Whether something is put to the vote here, and by which rule."""
    rules = [vote["rule"] for vote in entry.get("votes", ())]
    usual = facts.kind.default_rule
    if not rules and usual and (entry.get("options") or entry.get("item")):
        rules = [usual]
    return "\n".join(dict.fromkeys(RULES[rule].title for rule in rules)) if rules else "不表决"


def sign_in_sheet(session: Session, asked: Asked) -> Sequence[Document]:
    """The sheet with everybody who is due or invited, or an empty form."""
    head = called(session, asked)
    if head is None:
        return ()
    facts = head.facts
    comers = tuple(_comer(facts, head.names, asked.meeting, entry) for entry in facts.attending()) if facts else ()
    found = sign_in_paper.SignInFacts(
        unit=head.unit, meeting=head.title, time=head.time, place=head.place, comers=comers, number=head.number,
        due=len(facts.attending(capacity="voting")) if facts else 0,
    )  # fmt: skip
    return (sign_in_paper.compose(found),)


def _comer(facts: MeetingFacts, names: Names, meeting: uuid.UUID | None, entry: Facts) -> sign_in_paper.Comer:
    person = facts.person(entry)
    capacity = words.CAPACITIES[entry["capacity"]]
    return sign_in_paper.Comer(
        name=names.name(entry["person"]), capacity=standing(facts, entry) + (f"（{capacity}）" if capacity else ""),
        address=home(facts, names, entry), phone=words.text_of(person, "phone"),
        code=code_of(meeting, uuid.UUID(entry["person"])) if meeting is not None else "",
    )  # fmt: skip


def leave_list(session: Session, asked: Asked) -> Sequence[Document]:
    """Who is excused, or an empty form; nobody excused is an empty form too, for the day itself."""
    head = called(session, asked)
    if head is None:
        return ()
    excused = head.facts.attending(status=("leave",)) if head.facts else []
    asked_at = _asked_at(session, asked.meeting) if asked.meeting is not None else {}
    leaves = tuple(
        leave_paper.Leave(
            name=head.names.name(entry["person"]),
            reason=words.text_of(entry, "reason"),
            asked_on=asked_at.get(entry["person"], ""),
            approved_by=head.chair,
        )
        for entry in excused
    )
    found = leave_paper.LeaveFacts(
        unit=head.unit, meeting=head.title, time=head.time, leaves=leaves, number=head.number
    )  # fmt: skip
    return (leave_paper.compose(found),)


def _asked_at(session: Session, meeting_id: uuid.UUID) -> dict[str, str]:
    """When each asked for leave, as far as the roll knows."""
    query = select(Attendance.person_id, Attendance.leave_at).where(Attendance.meeting_id == meeting_id)
    return {
        str(person): words.date_and_hour(at.astimezone(DISPLAY_ZONE)) for person, at in session.execute(query) if at
    }


def delivery_list(session: Session, asked: Asked) -> Sequence[Document]:
    """What the delivery log says; while it is empty, a line for everybody to be filled in at the door."""
    head = called(session, asked)
    if head is None:
        return ()
    lines = _delivered(session, asked.meeting) if asked.meeting is not None and not asked.empty else []
    if not lines and head.facts is not None:
        lines = [
            delivery_paper.Delivered(
                to=words.listed((head.names.name(one["person"]), home(head.facts, head.names, one)))
            )
            for one in head.facts.attending()
        ]
    found = delivery_paper.DeliveryFacts(
        unit=head.unit, meeting=head.title, what="会议通知及材料" if head.title else "", lines=tuple(lines),
        number=head.number,
    )  # fmt: skip
    return (delivery_paper.compose(found),)


def _delivered(session: Session, meeting_id: uuid.UUID) -> list[delivery_paper.Delivered]:
    query = (
        select(Delivery, Household, Person.name)
        .outerjoin(Household, Household.id == Delivery.household_id)
        .outerjoin(Person, Person.id == Delivery.person_id)
        .where(Delivery.meeting_id == meeting_id)
    )
    rows = session.execute(query.order_by(Delivery.delivered_on, Delivery.id))
    return [
        delivery_paper.Delivered(
            to=words.listed((name or "", _place(flat))), way=WAYS[line.way][0] if line.way in WAYS else line.way,
            date=words.day(line.delivered_on), receiver=line.receiver or "", note=line.note or "",
        )
        for line, flat, name in rows
    ]  # fmt: skip


def _place(flat: Household | None) -> str:
    return "" if flat is None else f"{flat.building}{flat.entrance or ''}{flat.room}"
