"""Facts of a meeting that only people can state: members left out of an election, and opinions sent in writing."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain import calendar
from deliberation_app.domain.minutes import Beside, LeftOut, SentIn
from deliberation_app.domain.minutes_beside import Voided
from deliberation_app.domain.votes import GATES, RULES
from deliberation_app.domain.votes_exclusions import EXCLUSIONS
from deliberation_app.errors import N_, AppError, NotFound, RuleBroken
from deliberation_app.services import meeting_stated as stated
from deliberation_app.services.act import Act
from deliberation_app.services.work import Work
from deliberation_app.storage.base import derived_id
from deliberation_app.storage.floor import Attendance
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.notices import Publication
from deliberation_app.storage.people import Person
from deliberation_app.storage.votes import Exclusion, Vote, WrittenOpinion

CHOICES: Mapping[str, str] = {"in_favour": N_("In favour"), "against": N_("Against"), "abstain": N_("Abstained")}


@dataclass(frozen=True)
class LeftOutMember:
    """A member left out of those due in this meeting's elections."""

    person_id: uuid.UUID
    name: str
    reason: str  # a key of EXCLUSIONS; words where an older program wrote some
    superior_on: date | None
    assembly_on: date | None
    document: str
    came: bool = False
    of_register: bool = False  # left out there, and not entered for this meeting yet

    @property
    def approved(self) -> bool:
        """Both consents are on file, and the member has not come after all."""
        return self.superior_on is not None and self.assembly_on is not None and not self.came


@dataclass(frozen=True)
class Opinion:
    """A written opinion on one point; `fault` says why it cannot be counted."""

    person_id: uuid.UUID
    name: str
    entry_id: uuid.UUID | None
    choice: str
    written_on: date
    signed: bool
    reason: str
    fault: AppError | None = None


def left_out(session: Session, meeting: Meeting) -> list[LeftOutMember]:
    """Everybody left out, in the order of their names."""
    rows = {row.person_id: row for row in session.scalars(select(Exclusion).where(Exclusion.meeting_id == meeting.id))}
    for told in stated.older(meeting, "excluded"):
        rows.setdefault(uuid.UUID(told["person"]), stated.exclusion(meeting.id, told))
    people, there = stated.people(session, rows), stated.came(session, meeting)
    found = [
        LeftOutMember(key, people[key].name if key in people else "", row.reason, row.superior_on, row.assembly_on,
                      row.document or "", key in there)
        for key, row in rows.items()
    ]  # fmt: skip
    return sorted(found, key=lambda one: people[one.person_id].sort_key or "" if one.person_id in people else "")


def to_be_left_out(session: Session, meeting: Meeting) -> list[LeftOutMember]:
    """Those left out, and those of the roll whom the register leaves out: for an election of this meeting."""
    found = left_out(session, meeting)
    if meeting.closed_at is not None or meeting.cancelled_at is not None:
        return found
    there, known = stated.came(session, meeting), {one.person_id for one in found} | stated.counted(meeting)
    query = select(Person).join(Attendance, Attendance.person_id == Person.id).where(
        Attendance.meeting_id == meeting.id, Attendance.capacity == "voting", Person.left_out.is_not(None)
    )  # fmt: skip
    return found + [
        LeftOutMember(one.id, one.name, one.left_out or "", one.left_out_superior_on, one.left_out_assembly_on,
                      one.left_out_approval or "", one.id in there, of_register=True)
        for one in session.scalars(query.order_by(Person.sort_key, Person.id)) if one.id not in known
    ]  # fmt: skip


def carry_over(act: Act, meeting: Meeting) -> None:
    """Enter for the meeting whom the register leaves out, as its first election is put to the vote."""
    for one in to_be_left_out(act, meeting):
        if one.of_register:
            act.add(Exclusion(id=derived_id(meeting.id, "exclusion", one.person_id), meeting_id=meeting.id,
                              person_id=one.person_id, reason=one.reason, superior_on=one.superior_on,
                              assembly_on=one.assembly_on, document=one.document or None))  # fmt: skip


def opinions(session: Session, meeting: Meeting) -> list[Opinion]:
    """Every written opinion of a meeting, in the order of the days on which they were written."""
    query = select(WrittenOpinion).where(WrittenOpinion.meeting_id == meeting.id)
    rows = list(session.scalars(query))
    rows += [stated.opinion(meeting.id, told) for told in stated.older(meeting, "written")]
    people, there = stated.people(session, [row.person_id for row in rows]), stated.came(session, meeting)
    held_on = calendar.day_of(meeting.opened_at or meeting.starts_at)
    return [
        Opinion(row.person_id, people[row.person_id].name if row.person_id in people else "", row.entry_id, row.choice,
                row.written_on, row.signed, row.reason or "", _fault(row, held_on, row.person_id in there))
        for row in sorted(rows, key=lambda row: (row.written_on, str(row.person_id)))
    ]  # fmt: skip


def on_point(session: Session, meeting: Meeting, entry_id: uuid.UUID) -> list[Opinion]:
    """The opinions that a vote on this point counts: of each member that on the point, else that on every point."""
    found = [one for one in opinions(session, meeting) if one.entry_id in (None, entry_id)]
    own = {one.person_id for one in found if one.entry_id is not None}
    return [one for one in found if one.entry_id is not None or one.person_id not in own]


def sent_in(session: Session, meeting: Meeting, entry_id: uuid.UUID) -> SentIn | None:
    """The valid opinions on one point by choice; those without a point belong to every admission. None: none."""
    mine = [one for one in on_point(session, meeting, entry_id) if one.fault is None]
    if not mine:
        return None
    numbers = {choice: sum(one.choice == choice for one in mine) for choice in CHOICES}
    entry = session.get(AgendaEntry, entry_id)
    return SentIn(str(entry_id), entry.title if entry is not None else "", **numbers)


def with_opinions(
    session: Session, meeting: Meeting, vote: Vote, numbers: Mapping[str, int | None]
) -> dict[str, int | None]:
    """The numbers with the opinions on file, where nobody typed how many of the votes came in writing."""
    told = dict(numbers)
    if RULES[vote.rule].written_opinions and told.get("written_opinions") is None:
        sent = sent_in(session, meeting, vote.entry_id)
        told["written_opinions"] = sent.count if sent is not None else None
    return told


def opinions_apart(
    session: Session, meeting: Meeting, vote: Vote, numbers: Mapping[str, int | None]
) -> AppError | None:
    """What does not agree with the opinions on file; None where it agrees, or where none are kept here."""
    sent = sent_in(session, meeting, vote.entry_id) if RULES[vote.rule].written_opinions else None
    if sent is None:
        return None
    choices = {choice: getattr(sent, choice) for choice in CHOICES}
    fewer = any((numbers.get(choice) or 0) < number for choice, number in choices.items())
    if numbers.get("written_opinions") == sent.count and not fewer:
        return None
    return AppError(
        N_("{count} written opinions are on file ({in_favour} in favour, {against} against, {abstain} abstaining): "
           "the numbers of the whole vote include them."), count=sent.count, **choices,
    )  # fmt: skip


def left_out_now(session: Session, meeting: Meeting) -> int:
    """How many of those on the roll do not count as due in an election."""
    missing = [one.person_id for one in to_be_left_out(session, meeting) if one.approved]
    if not missing:
        return 0
    query = select(Attendance.person_id, Person.party).join(Person, Person.id == Attendance.person_id)
    query = query.where(Attendance.meeting_id == meeting.id, Attendance.capacity == "voting")
    return sum(party == "full" for _, party in session.execute(query.where(Attendance.person_id.in_(missing))))


def beside(session: Session, meeting: Meeting) -> Beside:
    """What the record prints beside the facts of the meeting file."""
    members = tuple(
        LeftOut(str(one.person_id), EXCLUSIONS[one.reason].title if one.reason in EXCLUSIONS else one.reason,
                one.superior_on, one.assembly_on, one.document)
        for one in left_out(session, meeting)
    )  # fmt: skip
    entries = select(AgendaEntry).where(AgendaEntry.meeting_id == meeting.id).order_by(AgendaEntry.position)
    points = list(session.scalars(entries))
    wanted = {one.entry_id for one in opinions(session, meeting)}
    sent = [sent_in(session, meeting, entry.id) for entry in points if entry.id in wanted]
    urgent = str((meeting.prepared or {}).get("urgent_reason") or "")
    items = {entry.item_id for entry in points if entry.item_id is not None}
    opinions_sent = tuple(one for one in sent if one is not None)
    return Beside(urgent, members, opinions_sent, _posted_over(session, meeting, items), _voided(meeting, points))


def _voided(meeting: Meeting, points: Sequence[AgendaEntry]) -> tuple[Voided, ...]:
    """The votes that were declared void with a reason, in the order of their hours."""
    titles = {str(entry.id): entry.title for entry in points}
    kept = (meeting.prepared or {}).get("voided", ())
    return tuple(
        Voided(str(one.get("motion", "")), titles.get(str(one.get("entry")), meeting.title), str(one.get("at", "")),
               str(one.get("reason", "")))
        for one in sorted(kept, key=lambda one: str(one.get("at", "")))
    )  # fmt: skip


def _posted_over(session: Session, meeting: Meeting, items: set[uuid.UUID]) -> tuple[tuple[str, str], ...]:
    day = calendar.day_of(meeting.opened_at or meeting.starts_at)
    query = select(Publication).where(Publication.item_id.in_(items), Publication.about == "decision",
                                      Publication.posted_on >= day)  # fmt: skip
    return tuple(
        (GATES[one["gate"]].title if one["gate"] in GATES else one["gate"], one["reason"])
        for post in session.scalars(query.order_by(Publication.posted_on, Publication.id))
        for one in post.overrides or ()
    )


def leave_out(
    work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID, reason: str, *,
    superior_on: date | None = None, assembly_on: date | None = None, document: str = "",
) -> None:  # fmt: skip
    """Leave a member out of those due in the elections of this meeting, or change what is on file about it."""
    if reason not in EXCLUSIONS:
        raise RuleBroken(N_("Choose the reason from the list. Nothing was changed."))
    with work.act("votes.leave_out") as act:
        meeting = _open_meeting(act, meeting_id)
        if act.get(Person, person_id) is None:
            raise NotFound(N_("Choose the member from the list that opens. Nothing was changed."))
        held_on = calendar.day_of(meeting.starts_at)
        if any(day is not None and day > held_on for day in (superior_on, assembly_on)):
            raise RuleBroken(N_("Both consents come before the election: check the dates. Nothing was changed."))
        stated.take_over(act, meeting)
        stated.count_again(meeting, stated.counted(meeting) - {person_id})
        key = derived_id(meeting_id, "exclusion", person_id)
        row = act.get(Exclusion, key)
        if row is None:
            row = Exclusion(id=key, meeting_id=meeting_id, person_id=person_id, reason=reason)
            act.add(row)
        row.reason, row.superior_on, row.assembly_on = reason, superior_on, assembly_on
        row.document = document.strip() or None


def take_in(work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Count a member among those due again."""
    with work.act("votes.take_in") as act:
        meeting = _open_meeting(act, meeting_id)
        stated.take_over(act, meeting)
        row = act.get(Exclusion, derived_id(meeting_id, "exclusion", person_id))
        person = act.get(Person, person_id)
        of_register = person is not None and person.left_out is not None and person_id not in stated.counted(meeting)
        if row is None and not of_register:
            raise NotFound(N_("This member is counted already."))
        if row is not None:
            act.delete(row)
        if of_register:
            stated.count_again(meeting, {*stated.counted(meeting), person_id})


def write_in(
    work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID, choice: str, *, entry_id: uuid.UUID,
    written_on: date, signed: bool, reason: str = "",
) -> None:  # fmt: skip
    """Enter the written opinion of a member who cannot come, or correct it."""
    if choice not in CHOICES:
        raise RuleBroken(N_("Say whether the opinion is in favour, against or an abstention. Nothing was changed."))
    with work.act("votes.write_in") as act:
        meeting = _open_meeting(act, meeting_id)
        entry = act.get(AgendaEntry, entry_id)
        if act.get(Person, person_id) is None or entry is None or entry.meeting_id != meeting_id:
            raise NotFound(N_("Choose the member and the point of the agenda from the lists. Nothing was changed."))
        if written_on > calendar.day_of(act.now):
            raise RuleBroken(N_("The opinion cannot have been written in the future. Nothing was changed."))
        stated.take_over(act, meeting)
        key = derived_id(entry_id, "written", person_id)
        row = act.get(WrittenOpinion, key)
        if row is None:
            row = WrittenOpinion(id=key, meeting_id=meeting_id, entry_id=entry_id, person_id=person_id, choice=choice,
                                 written_on=written_on, signed=signed)  # fmt: skip
            act.add(row)
        row.choice, row.written_on, row.signed, row.reason = choice, written_on, signed, reason.strip() or None


def take_back(work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID, entry_id: uuid.UUID | None = None) -> None:
    """Take a written opinion out: it was withdrawn, or the member came."""
    with work.act("votes.take_back") as act:
        stated.take_over(act, _open_meeting(act, meeting_id))
        query = select(WrittenOpinion).where(
            WrittenOpinion.meeting_id == meeting_id, WrittenOpinion.person_id == person_id,
            WrittenOpinion.entry_id == entry_id if entry_id is not None else WrittenOpinion.entry_id.is_(None),
        )  # fmt: skip
        row = act.scalars(query).first()
        if row is None:
            raise NotFound(N_("There is no such opinion any more."))
        act.delete(row)


def _open_meeting(act: Act, meeting_id: uuid.UUID) -> Meeting:
    meeting = act.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound(N_("This meeting is not here; perhaps it was deleted on another computer."))
    if meeting.closed_at is not None or meeting.cancelled_at is not None:
        raise RuleBroken(N_("The meeting is over: what it rested on stands as recorded. Nothing was changed."))
    return meeting


def _fault(row: WrittenOpinion, held_on: date, came: bool) -> AppError | None:
    if not row.signed:
        return AppError(N_("not signed by the member"))
    if row.written_on >= held_on:
        return AppError(N_("not dated before the day of the meeting"))
    return AppError(N_("the member came after all and votes in the room")) if came else None
