"""As what somebody sits in a meeting: with a vote or not, for which household, for whom, for which party."""

from __future__ import annotations

import uuid
from datetime import date, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain import calendar
from deliberation_app.domain.people import NO_SUCH_INITIALS, is_name
from deliberation_app.domain.roll_words import CHOICES, allows_proxy, opinion_counts
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.services.act import Act
from deliberation_app.services.floor_roll import come_in, moment, on_the_roll
from deliberation_app.services.kinds import kind_of
from deliberation_app.services.meeting_intake import people_keys
from deliberation_app.services.meetings import find, mention, require
from deliberation_app.services.people_register import home_text
from deliberation_app.services.units import checked_name, register_entry
from deliberation_app.services.work import Work
from deliberation_app.storage.base import derived_id, new_id
from deliberation_app.storage.floor import Attendance
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.people import Household, Person
from deliberation_app.storage.votes import WrittenOpinion


def walk_in(
    work: Work, meeting_id: uuid.UUID, name: str, *, capacity: str = "observing", at: time | None = None
) -> uuid.UUID:
    """Enter somebody nobody knew in the register and sign the person in, in one act."""
    name = checked_name(name)
    if not is_name(name):
        raise RuleBroken(NO_SUCH_INITIALS, typed=name)
    with work.act("floor.sign_in") as act:
        meeting = _live(act, meeting_id)
        person = Person(id=new_id(), name=name, **people_keys(name))
        act.add_all([person, register_entry(meeting.unit_id, person)])
        act.flush()
        come_in(on_the_roll(act, meeting, person.id, capacity), "present", moment(act, at))
    return person.id


def seat(work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID, capacity: str) -> None:
    """Change the capacity: with a vote, observing, or invited."""
    with work.act("floor.seat") as act:
        row = _line(act, meeting_id, person_id)
        row.capacity = capacity
        _one_voter(act, row)


def represent(work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID, household_id: uuid.UUID | None) -> None:
    """Let somebody speak and vote for a household, or for none; only one voter may represent a household."""
    with work.act("floor.seat") as act:
        row = _line(act, meeting_id, person_id)
        row.represents_id = household_id
        _one_voter(act, row)
        if household_id is not None:
            mention(act, meeting_id, "household", [household_id])


def _one_voter(act: Act, row: Attendance) -> None:
    """One household votes once (rules.md 3)."""
    if row.represents_id is None or row.capacity != "voting":
        return
    same = select(Person.name).join(Attendance, Attendance.person_id == Person.id).where(
        Attendance.meeting_id == row.meeting_id, Attendance.represents_id == row.represents_id,
        Attendance.capacity == "voting", Attendance.person_id != row.person_id,
    )  # fmt: skip
    with act.no_autoflush:
        other = act.scalars(same).first()
        home = home_text(act.get(Household, row.represents_id))
    if other is not None:
        raise RuleBroken(
            N_("{name} represents {home} already; a household votes once. Nothing was changed."), name=other, home=home
        )


def hold_proxy(work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID, for_id: uuid.UUID | None) -> None:
    """Let somebody hold the written proxy of a voter who is not there, or of nobody; only where a rule allows it."""
    with work.act("floor.seat") as act:
        row = _line(act, meeting_id, person_id)
        if for_id is not None:
            _check_proxy(act, row, for_id)
            mention(act, meeting_id, "person", [for_id])
        row.proxy_of_id = for_id


def _check_proxy(act: Act, row: Attendance, for_id: uuid.UUID) -> None:
    kind = kind_of(act, find(act, row.meeting_id))
    if not allows_proxy(kind):
        raise RuleBroken(N_("By the rules of this meeting everybody votes in person; a proxy does not count. "
                            "Nothing was changed."))  # fmt: skip
    represented = act.get_one(Person, for_id)
    other = act.get(Attendance, derived_id(row.meeting_id, "attendance", for_id))
    if for_id == row.person_id:
        raise RuleBroken(N_("{name} cannot be the proxy of the same person."), name=represented.name)
    if other is None or other.capacity != "voting":
        raise RuleBroken(N_("{name} has no vote in this meeting and can give no proxy. Nothing was changed."),
                         name=represented.name)  # fmt: skip
    if other.status in ("present", "online") and other.left_at is None and not other.expected:
        raise RuleBroken(N_("{name} is here and votes in person. Nothing was changed."), name=represented.name)
    holder = select(Person.name).join(Attendance, Attendance.person_id == Person.id).where(
        Attendance.meeting_id == row.meeting_id, Attendance.proxy_of_id == for_id,
        Attendance.person_id != row.person_id,
    )  # fmt: skip
    held = act.scalars(holder).first()
    if held is not None:
        raise RuleBroken(N_("{holder} holds the proxy of {name} already; only one person may. Nothing was changed."),
                         holder=held, name=represented.name)  # fmt: skip


def speak_for(work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID, party: str) -> None:
    """Say for which party to the matter somebody speaks; nothing: as the post says."""
    with work.act("floor.seat") as act:
        _line(act, meeting_id, person_id).speaks_for = party.strip() or None


def usual_day(meeting: Meeting, today: date) -> date:
    """The day an opinion in writing bears unless somebody says otherwise: that before the meeting."""
    return min(calendar.day_of(meeting.opened_at or meeting.starts_at) - timedelta(days=1), today)


def hand_in(
    work: Work,
    meeting_id: uuid.UUID,
    person_id: uuid.UUID,
    choice: str | None,
    *,
    entry_id: uuid.UUID | None = None,
    written_on: date | None = None,
    reason: str = "",
) -> None:
    """Note a signed opinion in writing of somebody who cannot come; with None it is taken out again.

    Without an entry it is one on every point, and taking out takes all; without a day it is of the day before.
    """
    with work.act("votes.write_in" if choice else "votes.take_back") as act:
        meeting, row = _live(act, meeting_id), _line(act, meeting_id, person_id)
        mine = list(act.scalars(select(WrittenOpinion).where(
            WrittenOpinion.meeting_id == meeting_id, WrittenOpinion.person_id == person_id
        )))  # fmt: skip
        if choice is None:
            for one in mine:
                if entry_id in (None, one.entry_id):
                    act.delete(one)
            return
        written_on = _checked_opinion(act, meeting, row, choice, written_on)
        known = next((one for one in mine if one.entry_id == entry_id), None)
        if known is None:
            key = new_id() if entry_id is None else derived_id(entry_id, "written", person_id)
            known = WrittenOpinion(id=key, meeting_id=meeting_id, entry_id=entry_id, person_id=person_id,
                                   choice=choice, written_on=written_on, signed=True)  # fmt: skip
            act.add(known)
        known.choice, known.written_on, known.signed = choice, written_on, True
        known.reason = reason.strip() or row.reason


def _checked_opinion(act: Act, meeting: Meeting, row: Attendance, choice: str, written_on: date | None) -> date:
    """The day of an opinion; refused where the person votes in the room, and where its day lets it not count."""
    if choice not in CHOICES:
        raise RuleBroken(N_("An opinion is in favour, against, or abstains. Nothing was changed."))
    if row.status in ("present", "online") and not row.expected:
        raise RuleBroken(N_("Who has come to the meeting votes there and not in writing. Nothing was changed."))
    today, held_on = calendar.day_of(act.now), calendar.day_of(meeting.opened_at or meeting.starts_at)
    written_on = written_on or usual_day(meeting, today)
    if written_on > today:
        raise RuleBroken(N_("The opinion cannot have been written in the future. Nothing was changed."))
    if written_on >= held_on and opinion_counts(kind_of(act, meeting)):
        raise RuleBroken(N_("Only an opinion dated before the day of the meeting ({month}/{day}) counts. Nothing was "
                            "changed."), month=held_on.month, day=held_on.day)  # fmt: skip
    return written_on


def _live(act: Session, meeting_id: uuid.UUID) -> Meeting:
    meeting = find(act, meeting_id)
    require(meeting, "planned", "called", "open", "recess")
    return meeting


def _line(act: Act, meeting_id: uuid.UUID, person_id: uuid.UUID) -> Attendance:
    _live(act, meeting_id)
    row: Attendance | None = act.get(Attendance, derived_id(meeting_id, "attendance", person_id))
    if row is None:
        raise RuleBroken(N_("This person is not on the roll of this meeting. Sign the person in first."))
    return row
