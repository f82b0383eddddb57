"""Records of the register: units, households, people, memberships, and aliases of doubles."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from deliberation_app.storage.base import Big, Fact, Kept, local, paged_text, reference


class Unit(Kept):
    """A unit that convenes: a Party branch, a community, a courtyard, an owners' assembly."""

    __tablename__ = "unit"
    part = "people"

    name: Mapped[str]
    kind: Mapped[str]
    parents: Mapped[list[Any] | None]
    chair_id: Mapped[uuid.UUID | None] = reference("person.id", nullable=True, info=local())
    settings: Mapped[dict[str, Any] | None] = mapped_column(info=local())


class Household(Kept):
    """A flat in the grid courtyard → building → entrance → room; `area` is in 0.01 m²."""

    __tablename__ = "household"
    part = "people"

    courtyard: Mapped[str]
    building: Mapped[str]
    entrance: Mapped[Fact]
    room: Mapped[str]
    area: Mapped[Big]
    owner_id: Mapped[uuid.UUID | None] = reference("person.id", nullable=True, index=True, cycle=True)
    # The Party member who looks after this household (党员联户), and when its file was last checked at the door.
    linked_id: Mapped[uuid.UUID | None] = mapped_column(info=local())
    verified_on: Mapped[date | None] = mapped_column(info=local())

    __table_args__ = (Index("ix_household_place", "courtyard", "building", "entrance", "room"),)


class CoOwner(Kept):
    """Another owner of a flat beside the one named in `Household.owner_id`, who votes for all of them."""

    __tablename__ = "co_owner"
    part = "people"
    stays_here = True

    household_id: Mapped[uuid.UUID] = reference("household.id", index=True)
    person_id: Mapped[uuid.UUID] = reference("person.id", index=True)


class Person(Kept):
    """Somebody who is known; `party` and `suffrage` are None where nobody has said."""

    __tablename__ = "person"
    part = "people"

    name: Mapped[str]
    phone: Mapped[Fact]
    post: Mapped[Fact]
    party: Mapped[Fact]
    suffrage: Mapped[bool | None]
    household_id: Mapped[uuid.UUID | None] = reference("household.id", nullable=True, index=True)
    gender: Mapped[str | None] = mapped_column(info=local())
    note: Mapped[str | None] = mapped_column(info=local())
    verified_on: Mapped[date | None] = mapped_column(info=local())
    moved_out_on: Mapped[date | None] = mapped_column(info=local())
    # A Party member of another branch who reports here too (双报到): the name of that branch or unit.
    reports_from: Mapped[str | None] = mapped_column(info=local())
    # Left out of those due at elections: a key of EXCLUSIONS, who approved it, and the days of both consents.
    left_out: Mapped[str | None] = mapped_column(info=local())
    left_out_approval: Mapped[str | None] = mapped_column(info=local())
    left_out_assembly_on: Mapped[date | None] = mapped_column(info=local())
    left_out_superior_on: Mapped[date | None] = mapped_column(info=local())
    # Pinyin, initials and simplified characters of the name, made when it is written.
    search_key: Mapped[str] = mapped_column(default="", info=local(derived=True))
    sort_key: Mapped[str] = mapped_column(paged_text, default="", index=True, info=local(derived=True))


class Residence(Kept):
    """A flat in which a person lived before; where somebody lives now stands in `Person.household_id`."""

    __tablename__ = "residence"
    part = "people"
    stays_here = True

    person_id: Mapped[uuid.UUID] = reference("person.id", index=True)
    household_id: Mapped[uuid.UUID] = reference("household.id", index=True)
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]


class ContactGroup(Kept):
    """People who are called together, under a name."""

    __tablename__ = "contact_group"
    part = "people"
    stays_here = True

    unit_id: Mapped[uuid.UUID] = reference("unit.id", index=True)
    name: Mapped[str]


class GroupMember(Kept):
    """Somebody in a contact group."""

    __tablename__ = "group_member"
    part = "people"
    stays_here = True

    group_id: Mapped[uuid.UUID] = reference("contact_group.id", index=True)
    person_id: Mapped[uuid.UUID] = reference("person.id", index=True)


class Partner(Kept):
    """A unit that works with this one (共建单位), and whom to call there."""

    __tablename__ = "partner"
    part = "people"
    stays_here = True

    unit_id: Mapped[uuid.UUID] = reference("unit.id", index=True)
    name: Mapped[str]
    contact: Mapped[Fact]
    phone: Mapped[Fact]
    note: Mapped[Fact]


class Membership(Kept):
    """A person belongs to a unit in a role for a time; 应到 of a meeting comes from these."""

    __tablename__ = "membership"
    part = "people"
    stays_here = True

    person_id: Mapped[uuid.UUID] = reference("person.id", index=True)
    unit_id: Mapped[uuid.UUID] = reference("unit.id", index=True)
    role: Mapped[str]
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]


class RegisterEntry(Kept):
    """A line of a unit's register: the people whom the unit knows, member or not, in the order of their names."""

    __tablename__ = "register_entry"
    part = "people"
    stays_here = True

    unit_id: Mapped[uuid.UUID] = reference("unit.id")
    person_id: Mapped[uuid.UUID] = reference("person.id", index=True)
    sort_key: Mapped[str] = mapped_column(paged_text)

    __table_args__ = (Index("ix_register_entry_page", "unit_id", "sort_key", "person_id"),)


class Alias(Kept):
    """A double that was merged: `id` is the id that went, `kept_id` the one that stays."""

    __tablename__ = "alias"
    part = "people"
    stays_here = True

    kept_id: Mapped[uuid.UUID] = reference("person.id", index=True)
    merged_at: Mapped[datetime]
