"""Contact groups and partner units: who is called together, and whom to call at the units nearby."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from deliberation_app.domain import people
from deliberation_app.errors import N_, NotFound, RuleBroken
from deliberation_app.services.work import Work
from deliberation_app.storage.base import new_id
from deliberation_app.storage.people import ContactGroup, GroupMember, Partner, Person

_LONGEST = 100


@dataclass(frozen=True)
class Group:
    """A group with its people: id, name, telephone."""

    id: uuid.UUID
    name: str
    people: tuple[tuple[uuid.UUID, str, str | None], ...]

    def text(self) -> str:
        """Names and telephones, a line each, as they are pasted into a message."""
        return "\n".join(f"{name} {phone or ''}".rstrip() for _id, name, phone in self.people)


def groups(work: Work, unit_id: uuid.UUID) -> list[Group]:
    """The contact groups of a unit; those who moved away are not called any more."""
    with work.read() as session:
        kept = list(session.scalars(select(ContactGroup).where(ContactGroup.unit_id == unit_id)))
        members = select(GroupMember.group_id, Person.id, Person.name, Person.phone)
        members = members.join(Person, Person.id == GroupMember.person_id).where(Person.moved_out_on.is_(None))
        members = members.where(GroupMember.group_id.in_([group.id for group in kept])).order_by(Person.sort_key)
        by_group: dict[uuid.UUID, list[tuple[uuid.UUID, str, str | None]]] = {}
        for group_id, key, name, phone in session.execute(members):
            by_group.setdefault(group_id, []).append((key, name, phone))
    found = [Group(group.id, group.name, tuple(by_group.get(group.id, ()))) for group in kept]
    return sorted(found, key=lambda group: group.name)


def save_group(
    work: Work, unit_id: uuid.UUID, name: str, person_ids: Sequence[uuid.UUID], group_id: uuid.UUID | None = None
) -> uuid.UUID:
    """Make a group, or give one another name and other people; refused without a name or with that of another one."""
    name = _named(name)
    with work.act("people.group") as act:
        same = select(ContactGroup).where(ContactGroup.unit_id == unit_id, ContactGroup.name == name)
        if any(group.id != group_id for group in act.scalars(same)):
            raise RuleBroken(N_("There is a group called “{name}” already. Choose another name."), name=name)
        kept = act.get(ContactGroup, group_id) if group_id is not None else None
        if group_id is not None and kept is None:
            raise NotFound(N_("This group is not here any more."))
        if kept is None:
            kept = ContactGroup(id=new_id(), unit_id=unit_id, name=name)
            act.add(kept)
        kept.name = name
        wanted = set(person_ids)
        for row in act.scalars(select(GroupMember).where(GroupMember.group_id == kept.id)):
            if row.person_id in wanted:
                wanted.discard(row.person_id)
            else:
                act.delete(row)
        act.add_all(GroupMember(group_id=kept.id, person_id=key) for key in dict.fromkeys(person_ids) if key in wanted)
    return kept.id


def remove_group(work: Work, group_id: uuid.UUID) -> None:
    """Take a group out; the people stay."""
    with work.act("people.group") as act:
        for row in act.scalars(select(GroupMember).where(GroupMember.group_id == group_id)):
            act.delete(row)
        act.flush()
        kept = act.get(ContactGroup, group_id)
        if kept is not None:
            act.delete(kept)


def partners(work: Work, unit_id: uuid.UUID) -> list[Partner]:
    """The units that work with this one, by name."""
    with work.read() as session:
        return list(session.scalars(select(Partner).where(Partner.unit_id == unit_id).order_by(Partner.name)))


def save_partner(
    work: Work, unit_id: uuid.UUID, *, name: str, contact: str = "", phone: str = "", note: str = "",
    partner_id: uuid.UUID | None = None,
) -> uuid.UUID:  # fmt: skip
    """Enter a partner unit, or change one."""
    name = _named(name)
    number = people.check_phone(phone) or None
    with work.act("people.partner") as act:
        kept = act.get(Partner, partner_id) if partner_id is not None else None
        if kept is None:
            kept = Partner(id=partner_id or new_id(), unit_id=unit_id, name=name)
            act.add(kept)
        kept.name, kept.contact, kept.phone, kept.note = name, contact.strip() or None, number, note.strip() or None
    return kept.id


def remove_partner(work: Work, partner_id: uuid.UUID) -> None:
    """Take a partner unit out."""
    with work.act("people.partner") as act:
        kept = act.get(Partner, partner_id)
        if kept is not None:
            act.delete(kept)


def _named(name: str) -> str:
    name = name.strip()
    if not name or len(name) > _LONGEST:
        raise RuleBroken(N_("Give it a name of 1 to {most} characters. Nothing was changed."), most=_LONGEST)
    return name
