"""Signing in by the code on the sign-in sheet: which person and which meeting it means, and what came of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain import roll_codes
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.services import floor_roll
from deliberation_app.services.meetings import find
from deliberation_app.services.work import Work
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.base import derived_id
from deliberation_app.storage.floor import Attendance
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.people import Person

code_of = roll_codes.code_of


@dataclass(frozen=True)
class Scanned:
    """Whose code it was; `before` says what the person was until now: "" not yet here, out, gone, here (since `at`)."""

    person_id: uuid.UUID
    name: str
    before: str
    at: datetime | None = None


def person_of(work: Work, meeting_id: uuid.UUID, code: str) -> tuple[uuid.UUID, str]:
    """The person on the roll whose code this is, with the name; refused with what the code is instead."""
    if not roll_codes.is_code(code):
        raise RuleBroken(N_("The code was not read whole. Scan it once more, or type the name."))
    of_meeting, of_person = roll_codes.parts(code)
    with work.read() as session:
        if of_meeting != roll_codes.meeting_digits(meeting_id):
            _say_whose(session, find(session, meeting_id), of_meeting, of_person)
        found = _on_roll(session, meeting_id, of_person)
    if found is None:
        raise RuleBroken(N_("This code is of this meeting, but of nobody on its roll now. Type the name instead."))
    return found


def _on_roll(session: Session, meeting_id: uuid.UUID, of_person: str) -> tuple[uuid.UUID, str] | None:
    query = select(Person.id, Person.name).join(Attendance, Attendance.person_id == Person.id)
    for key, name in session.execute(query.where(Attendance.meeting_id == meeting_id)):
        if roll_codes.person_digits(key) == of_person:
            return key, name
    return None


def _say_whose(session: Session, here: Meeting, of_meeting: str, of_person: str) -> None:
    for key, title, starts in session.execute(select(Meeting.id, Meeting.title, Meeting.starts_at)):
        if roll_codes.meeting_digits(key) == of_meeting:
            person = _on_roll(session, key, of_person)
            day = starts.astimezone(DISPLAY_ZONE).date()
            if person is None:
                raise RuleBroken(N_("This code is from the sheet of another meeting: {title}, {day}. "
                                    "Nobody was signed in."), title=title, day=day)  # fmt: skip
            raise RuleBroken(N_("This is the code of {name} for another meeting: {title}, {day}. Type the name to sign "
                                "the person in here."), name=person[1], title=title, day=day)  # fmt: skip
    raise RuleBroken(N_("This code belongs to no meeting that is known here. Nobody was signed in."))


def scan(work: Work, meeting_id: uuid.UUID, code: str) -> Scanned:
    """Sign in the person whose code was scanned; whoever is here already is only named."""
    person_id, name = person_of(work, meeting_id, code)
    with work.read() as session:
        row = session.get_one(Attendance, derived_id(meeting_id, "attendance", person_id))
        told = () if row.expected else floor_roll.events(row)
    last = told[-1].what if told else ""
    if last in ("arrived", "back"):
        return Scanned(person_id, name, "here", told[-1].at)
    floor_roll.sign_in(work, meeting_id, [person_id])
    return Scanned(person_id, name, {"out": "out", "left": "gone"}.get(last, ""))
