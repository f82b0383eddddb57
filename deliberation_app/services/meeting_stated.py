"""What is kept of a meeting beside its records: facts that people stated, also as older programs kept them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.services.act import Act
from deliberation_app.storage.base import derived_id
from deliberation_app.storage.floor import Attendance
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.people import Person
from deliberation_app.storage.votes import Exclusion, WrittenOpinion


def counted(meeting: Meeting) -> set[uuid.UUID]:
    """Whom the register leaves out, yet this meeting counts."""
    return {uuid.UUID(str(key)) for key in older(meeting, "counted")}


def count_again(meeting: Meeting, counted: set[uuid.UUID]) -> None:
    """Note whom this meeting counts although the register leaves them out."""
    prepared = meeting.prepared or {}
    facts = {key: value for key, value in (prepared.get("facts") or {}).items() if key != "counted"}
    if counted:
        facts["counted"] = sorted(str(key) for key in counted)
    if facts or "facts" in prepared:
        meeting.prepared = {**prepared, "facts": facts}


def older(meeting: Meeting, name: str) -> Sequence[Mapping[str, Any]]:
    """What a program before these tables kept among the preparations."""
    return ((meeting.prepared or {}).get("facts") or {}).get(name) or ()


def take_over(act: Act, meeting: Meeting) -> None:
    """Move what an older program kept into the tables, within the act that changes it."""
    facts = dict((meeting.prepared or {}).get("facts") or {})
    if not ("excluded" in facts or "written" in facts):
        return
    for told in facts.pop("excluded", ()):
        row: Exclusion | WrittenOpinion = exclusion(meeting.id, told)
        if act.get(Exclusion, row.id) is None:
            act.add(row)
    act.add_all(opinion(meeting.id, told) for told in facts.pop("written", ()))
    meeting.prepared = {**(meeting.prepared or {}), "facts": facts}
    act.flush()


def exclusion(meeting_id: uuid.UUID, told: Mapping[str, Any]) -> Exclusion:
    """A member left out, as an older program wrote it down."""
    days = {name: date.fromisoformat(told[name]) for name in ("superior_on", "assembly_on") if told.get(name)}
    person = uuid.UUID(told["person"])
    return Exclusion(id=derived_id(meeting_id, "exclusion", person), meeting_id=meeting_id, person_id=person,
                     reason=str(told.get("reason") or "cannot_express"), **days)  # fmt: skip


def opinion(meeting_id: uuid.UUID, told: Mapping[str, Any]) -> WrittenOpinion:
    """A written opinion, as an older program wrote it down."""
    person = uuid.UUID(told["person"])
    return WrittenOpinion(
        id=derived_id(meeting_id, "written", person), meeting_id=meeting_id, entry_id=None, person_id=person,
        choice=str(told.get("choice") or "in_favour"), written_on=date.fromisoformat(told["on"]),
        signed=bool(told.get("signed")),
    )  # fmt: skip


def people(session: Session, keys: Any) -> dict[uuid.UUID, Person]:
    """These people by their ids."""
    wanted = list(keys)
    return {one.id: one for one in session.scalars(select(Person).where(Person.id.in_(wanted)))} if wanted else {}


def came(session: Session, meeting: Meeting) -> set[uuid.UUID]:
    """Who has signed in and is here."""
    query = select(Attendance.person_id).where(Attendance.meeting_id == meeting.id, Attendance.status == "present",
                                               Attendance.expected.is_(False))  # fmt: skip
    return set(session.scalars(query))
