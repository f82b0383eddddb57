"""People: the register of a unit, its households and memberships, kept up to date."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain import calendar, people
from deliberation_app.domain.votes_exclusions import EXCLUSIONS
from deliberation_app.errors import N_, NotFound, RuleBroken
from deliberation_app.services import people_roles
from deliberation_app.services.act import Act
from deliberation_app.services.gates import require_post
from deliberation_app.services.meeting_intake import people_keys
from deliberation_app.services.people_find import Couple, Found, find, possible_doubles
from deliberation_app.services.people_grid import Node, grid
from deliberation_app.services.people_heads import require_one
from deliberation_app.services.people_register import (
    ONLY,
    Page,
    PersonRow,
    Place,
    Totals,
    households,
    marked,
    page,
    totals,
)  # fmt: skip
from deliberation_app.services.residences import Stay, note_move, stays
from deliberation_app.services.units import checked_name, register_entry
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem, ItemRaiser
from deliberation_app.storage.base import new_id
from deliberation_app.storage.floor import Attendance
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.people import Household, Membership, Person, RegisterEntry, Unit

__all__ = [
    "ONLY", "Couple", "Found", "Home", "Node", "Page", "PersonRow", "PersonView", "Place", "Totals",
    "add", "edit", "end_membership", "find", "grid", "households", "join", "marked", "memberships", "move_out",
    "page", "person", "possible_doubles", "totals", "verify",
]  # fmt: skip

PARTIES = ("none", "probationary", "full")
# Why, by whose word, and the days on which the branch assembly and the level above consented, where they are known.
LeftOut = tuple[str, str] | tuple[str, str, date | None, date | None]
_UNSET: Any = object()


@dataclass(frozen=True)
class Home:
    """A flat in words, as it is written on the door."""

    courtyard: str
    building: str
    room: str
    entrance: str | None = None


@dataclass(frozen=True)
class PersonView:
    """One person with everything that a card of the register shows."""

    person: Person
    home: Household | None
    owns: tuple[Household, ...]
    memberships: tuple[tuple[Membership, str], ...]  # with the unit's name
    units: tuple[uuid.UUID, ...]  # in whose registers the person stands
    meetings: tuple[Meeting, ...]  # the last ten at which the person was entered
    items: tuple[AgendaItem, ...]  # the last ten that the person raised
    stays: tuple[Stay, ...]  # where the person lived, the last first


def person(work: Work, person_id: uuid.UUID) -> PersonView:
    """Everything known about one person; NotFound where there is none."""
    with work.read() as session:
        kept = session.get(Person, person_id)
        if kept is None:
            raise _gone()
        meetings = select(Meeting).join(Attendance, Attendance.meeting_id == Meeting.id)
        meetings = meetings.where(Attendance.person_id == person_id).order_by(Meeting.starts_at.desc(), Meeting.id)
        items = select(AgendaItem).join(ItemRaiser, ItemRaiser.item_id == AgendaItem.id)
        items = items.where(ItemRaiser.person_id == person_id).order_by(AgendaItem.raised_at.desc(), AgendaItem.id)
        registers = select(RegisterEntry.unit_id).where(RegisterEntry.person_id == person_id)
        return PersonView(
            person=kept,
            home=session.get(Household, kept.household_id) if kept.household_id else None,
            owns=tuple(session.scalars(select(Household).where(Household.owner_id == person_id))),
            memberships=tuple(_memberships(session, person_id)),
            units=tuple(session.scalars(registers)),
            meetings=tuple(session.scalars(meetings.limit(10))),
            items=tuple(session.scalars(items.limit(10))),
            stays=tuple(stays(session, person_id)),
        )


def memberships(work: Work, person_id: uuid.UUID) -> list[tuple[Membership, str]]:
    """The memberships of a person, each with the name of its unit, the present ones first."""
    with work.read() as session:
        return _memberships(session, person_id)


def add(
    work: Work,
    unit_id: uuid.UUID,
    *,
    name: str,
    phone: str | None = None,
    post: str | None = None,
    party: str | None = None,
    suffrage: bool | None = None,
    household_id: uuid.UUID | None = None,
    home: Home | None = None,
    gender: str | None = None,
    note: str | None = None,
    reports_from: str | None = None,
    left_out: LeftOut | None = None,
    roles: people_roles.Roles = (),
) -> uuid.UUID:
    """Enter a person in the unit's register, with a membership for each role; the answer is the person's id."""
    name = checked_name(name)
    with work.act("people.add") as act:
        added = Person(id=new_id(), name=name, gender=_text(gender), note=_text(note), **people_keys(name))
        added.phone = people.check_phone(phone or "") or None
        added.post, added.party, added.suffrage = _text(post), _party(party), suffrage
        added.reports_from = _text(reports_from)
        _leave_out(added, left_out)
        added.household_id = _household(act, home) if home is not None else household_id
        act.add_all([added, register_entry(unit_id, added)])
        require_one(act, added)
        people_roles.join(act, unit_id, added.id, roles)
        require_post(list(roles), calendar.day_of(act.now))
    return added.id


def edit(
    work: Work,
    person_id: uuid.UUID,
    *,
    name: str = _UNSET,
    phone: str | None = _UNSET,
    post: str | None = _UNSET,
    party: str | None = _UNSET,
    suffrage: bool | None = _UNSET,
    household_id: uuid.UUID | None = _UNSET,
    home: Home | None = None,
    gender: str | None = _UNSET,
    note: str | None = _UNSET,
    reports_from: str | None = _UNSET,
    left_out: LeftOut | None = _UNSET,
    roles_in: tuple[uuid.UUID, people_roles.Roles] | None = None,
    moved_on: date | None = None,
) -> None:
    """Change what is given; None empties a field; another flat is a correction, unless `moved_on` says since when."""
    with work.act("people.edit") as act:
        kept = _kept(act, person_id)
        headed = kept.post or ""
        if name is not _UNSET:
            _rename(act, kept, checked_name(name))
        if phone is not _UNSET:
            kept.phone = people.check_phone(phone or "") or None
        if party is not _UNSET:
            kept.party = _party(party)
        for column, value in (("post", post), ("gender", gender), ("note", note), ("reports_from", reports_from)):
            if value is not _UNSET:
                setattr(kept, column, _text(value))
        if suffrage is not _UNSET:
            kept.suffrage = suffrage
        if left_out is not _UNSET:
            _leave_out(kept, left_out)
        if home is not None or household_id is not _UNSET:
            _lives(act, kept, _household(act, home) if home is not None else household_id, moved_on)
        _one_head(act, kept, headed)
        if roles_in is not None:
            people_roles.hold(act, person_id, *roles_in)


def _one_head(act: Act, kept: Person, before: str) -> None:
    """A new post is held against the gate of F8; what stood there before is not."""
    if (kept.post or "") != before:
        require_one(act, kept)


def move_out(work: Work, person_id: uuid.UUID, on: date | None) -> None:
    """Note that a person moved away on a day and end the memberships then; None takes the note back."""
    with work.act("people.move_out") as act:
        kept = _kept(act, person_id)
        before = kept.moved_out_on
        kept.moved_out_on = on
        for membership in act.scalars(select(Membership).where(Membership.person_id == person_id)):
            if on is not None and (membership.to_on is None or membership.to_on > on):
                membership.to_on = on
            elif on is None and membership.to_on == before:
                membership.to_on = None


def verify(work: Work, person_ids: Collection[uuid.UUID], on: date) -> int:
    """Note that these people's entries were checked on a day; the answer is how many."""
    with work.act("people.verify") as act:
        if on > calendar.day_of(act.now):
            raise RuleBroken(N_("The day of checking lies in the future. Nothing was changed."))
        found = [_kept(act, person_id) for person_id in person_ids]
        for kept in found:
            kept.verified_on = on
    return len(found)


def join(work: Work, unit_id: uuid.UUID, person_id: uuid.UUID, role: str, *, from_on: date | None = None) -> None:
    """Give a person a role in a unit from a day on (default today), and a place in its register."""
    with work.act("people.join") as act:
        kept = _kept(act, person_id)
        entry = register_entry(unit_id, kept)
        if act.get(RegisterEntry, entry.id) is None:
            act.add(entry)
        people_roles.join(act, unit_id, person_id, (role,), from_on)
        act.flush()
        held = select(Membership.role).where(Membership.unit_id == unit_id, Membership.person_id == person_id)
        require_post(list(act.scalars(held.where(Membership.to_on.is_(None)))), calendar.day_of(act.now))


def end_membership(work: Work, membership_id: uuid.UUID, on: date) -> None:
    """End a membership with a day; it stays on record."""
    with work.act("people.leave") as act:
        kept = act.get(Membership, membership_id)
        if kept is None:
            raise NotFound(N_("This membership is not here any more."))
        if kept.from_on is not None and on < kept.from_on:
            raise RuleBroken(N_("The membership began on {day}; it cannot end before. Nothing was changed."),
                             day=kept.from_on)  # fmt: skip
        kept.to_on = on


def _memberships(session: Session, person_id: uuid.UUID) -> list[tuple[Membership, str]]:
    query = (
        select(Membership, Unit.name).join(Unit, Unit.id == Membership.unit_id).where(Membership.person_id == person_id)
    )
    rows = [(membership, unit_name) for membership, unit_name in session.execute(query)]
    return sorted(rows, key=lambda row: (row[0].to_on is not None, row[0].from_on or date.min, str(row[0].id)))


def _kept(act: Act, person_id: uuid.UUID) -> Person:
    kept = act.get(Person, person_id)
    if kept is None:
        raise _gone()
    return kept


def _gone() -> NotFound:
    return NotFound(N_("This person is not in the register any more; perhaps merged with a double."))


def _text(value: str | None) -> str | None:
    return (value or "").strip() or None


def _party(value: str | None) -> str | None:
    if value not in (None, *PARTIES):
        raise RuleBroken(N_("Choose whether the person is a full member, a probationary member or neither."))
    return value


def _lives(act: Act, kept: Person, lives: uuid.UUID | None, moved_on: date | None) -> None:
    if moved_on is not None and lives != kept.household_id:
        note_move(act, kept, lives, moved_on)
    kept.household_id = lives


def _leave_out(kept: Person, told: LeftOut | None) -> None:
    """Left out of those due at elections only for a reason that the rules know, and with both consents."""
    reason, approval, *days = told or (None, None)
    assembly_on, superior_on = days or (None, None)
    if reason is not None and reason not in EXCLUSIONS:
        raise RuleBroken(N_("Choose the reason from the list. Nothing was changed."))
    if reason is not None and not ((approval or "").strip() or (assembly_on and superior_on)):
        raise RuleBroken(
            N_(
                "Write who approved it and when: the branch assembly and the Party committee above must "
                "both have consented. Nothing was changed."
            )
        )
    kept.left_out, kept.left_out_approval = reason, _text(approval)
    kept.left_out_assembly_on, kept.left_out_superior_on = assembly_on, superior_on


def _rename(act: Act, kept: Person, name: str) -> None:
    """A new name sorts elsewhere, in every register in which the person stands."""
    if name == kept.name:
        return
    kept.name = name
    for column, value in people_keys(name).items():
        setattr(kept, column, value)
    for entry in act.scalars(select(RegisterEntry).where(RegisterEntry.person_id == kept.id)):
        entry.sort_key = kept.sort_key


def _household(act: Act, home: Home) -> uuid.UUID:
    """The flat that these words name, entered when it is not known yet."""
    courtyard, building, room = home.courtyard.strip(), home.building.strip(), home.room.strip()
    entrance = _text(home.entrance)
    if not (courtyard and building and room):
        raise RuleBroken(
            N_("A flat needs its courtyard, building and room, such as 山大路194号院 1号楼 101. Nothing was changed.")
        )
    same = select(Household).where(
        Household.courtyard == courtyard, Household.building == building, Household.room == room,
        Household.entrance == entrance if entrance is not None else Household.entrance.is_(None),
    )  # fmt: skip
    known = act.scalars(same.order_by(Household.id).limit(1)).first()
    if known is None:
        known = Household(id=new_id(), courtyard=courtyard, building=building, entrance=entrance, room=room)
        act.add(known)
    return known.id
