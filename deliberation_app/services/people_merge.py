"""Doubles merged by hand: one entry stays, what pointed to the other points to it, and nothing signed changes."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import JSON, Column, String, Uuid, cast, inspect, select
from sqlalchemy.orm import Session

from deliberation_app.errors import N_, NotFound, RuleBroken
from deliberation_app.services.act import Act
from deliberation_app.services.meeting_intake import people_keys
from deliberation_app.services.people_register import home_text
from deliberation_app.services.units import checked_name
from deliberation_app.services.work import Work
from deliberation_app.storage.base import Kept, derived_id
from deliberation_app.storage.floor import Attendance
from deliberation_app.storage.meetings import AgendaEntry, Meeting, Mention
from deliberation_app.storage.minutes import Minutes
from deliberation_app.storage.people import Alias, CoOwner, Household, Membership, Person, RegisterEntry
from deliberation_app.storage.records import KEPT
from deliberation_app.storage.votes import Vote

# What may be taken from either side.
FIELDS = ("name", "gender", "phone", "household_id", "party", "post", "suffrage", "note")
# Rows whose ids are made of the person's: table → (column that owns them, word, column of the person).
_DERIVED: Mapping[str, tuple[str, str, str]] = {
    "attendance": ("meeting_id", "attendance", "person_id"), "mention": ("meeting_id", "mention", "row_id"),
    "ballot": ("vote_id", "ballots", "voter_id"), "candidate": ("vote_id", "candidates", "person_id"),
    "queue_entry": ("meeting_id", "queue", "person_id"), "exclusion": ("meeting_id", "exclusion", "person_id"),
    "register_entry": ("unit_id", "register", "person_id"), "co_owner": ("household_id", "co_owner", "person_id"),
}  # fmt: skip
# Two rows of these for one person cannot both be true: the one who merges decides it there first.
_COUNTED: Mapping[str, str] = {
    "attendance": N_("Both stand on the roll of “{meeting}”: one person cannot be counted twice. Take one of the two "
                     "off that roll first; nothing was changed."),
    "ballot": N_("Both have voted in “{meeting}”: one person has one vote. Nothing was changed."),
    "candidate": N_("Both are candidates in “{meeting}”. Take one off the list first; nothing was changed."),
    "written_opinion": N_("Both have written an opinion on one point of “{meeting}”. Take one back first; nothing was "
                          "changed."),
}  # fmt: skip
# What was signed is not touched; what only says where somebody stands is settled apart.
_APART = frozenset({"minutes", "supplement", "signature", "kept_file", "alias", "membership", "person"})


@dataclass(frozen=True)
class Side:
    """One of two entries, as it is compared."""

    person: Person
    home: str
    meetings: int
    owns: tuple[str, ...]
    roles: tuple[str, ...]


def side(work: Work, person_id: uuid.UUID) -> Side:
    """Everything that tells one entry from another."""
    with work.read() as session:
        kept = session.get(Person, person_id)
        if kept is None:
            raise NotFound(N_("This person is not in the register any more; perhaps merged with a double."))
        home = session.get(Household, kept.household_id) if kept.household_id else None
        sat = len(list(session.scalars(select(Attendance.id).where(Attendance.person_id == person_id))))
        flats = session.scalars(select(Household).where(Household.owner_id == person_id))
        roles = session.scalars(
            select(Membership.role).where(Membership.person_id == person_id, Membership.to_on.is_(None))
        )
        return Side(kept, home_text(home), sat, tuple(home_text(flat) for flat in flats), tuple(roles))


def merge(work: Work, kept_id: uuid.UUID, gone_id: uuid.UUID, values: Mapping[str, Any] | None = None) -> None:
    """Make one entry of two: the first stays, with these values; the second goes and is remembered as an alias.

    Refused with a sentence where both stand in one meeting or vote. One step for Ctrl+Z.
    """
    with work.act("people.merge") as act:
        kept, gone = act.get(Person, kept_id), act.get(Person, gone_id)
        if kept is None or gone is None or kept_id == gone_id:
            raise NotFound(N_("One of the two entries is not here any more. Nothing was changed."))
        signed = _signed_meetings(act)
        _Merging(act, kept_id, gone_id, signed).everything()
        _take_values(act, kept, gone, values or {})
        _join_roles(act, kept_id, gone_id)
        act.flush()
        _own_once(act, kept_id)
        for alias in act.scalars(select(Alias).where(Alias.kept_id == gone_id)):
            alias.kept_id = kept_id
        act.add(Alias(id=gone_id, kept_id=kept_id, merged_at=act.now))
        act.flush()
        if _still_named(act, gone_id):
            gone.household_id = None  # a signed record names it: the row stays, in no register
        else:
            act.delete(gone)


def _take_values(act: Act, kept: Person, gone: Person, values: Mapping[str, Any]) -> None:
    for field, value in values.items():
        if field not in FIELDS:
            raise KeyError(field)
        setattr(kept, field, checked_name(value) if field == "name" else value)
    if "name" in values:
        for column, key in people_keys(kept.name).items():
            setattr(kept, column, key)
        for entry in act.scalars(select(RegisterEntry).where(RegisterEntry.person_id == kept.id)):
            entry.sort_key = kept.sort_key
    days = [day for day in (kept.verified_on, gone.verified_on) if day is not None]
    kept.verified_on = max(days, default=None)
    whole = ("left_out", "left_out_approval", "left_out_assembly_on", "left_out_superior_on")
    for field in (*FIELDS, "reports_from", *(whole if kept.left_out is None else ())):
        if getattr(kept, field) is None and field not in values:
            setattr(kept, field, getattr(gone, field))


def _own_once(act: Act, kept_id: uuid.UUID) -> None:
    """Whoever stands at a flat as its owner is no co-owner beside."""
    double = select(CoOwner).join(Household, Household.id == CoOwner.household_id)
    for row in list(act.scalars(double.where(CoOwner.person_id == kept_id, Household.owner_id == kept_id))):
        act.delete(row)


def _join_roles(act: Act, kept_id: uuid.UUID, gone_id: uuid.UUID) -> None:
    """One role is held once: from the earlier day on, until the later."""
    mine = act.scalars(select(Membership).where(Membership.person_id == kept_id))
    held = {(row.unit_id, row.role): row for row in mine}
    for row in list(act.scalars(select(Membership).where(Membership.person_id == gone_id))):
        same = held.get((row.unit_id, row.role))
        if same is None or (same.to_on is not None and row.from_on is not None and same.to_on < row.from_on):
            row.person_id = kept_id
            continue
        begins = [day for day in (same.from_on, row.from_on) if day is not None]
        same.from_on = min(begins, default=None)
        same.to_on = None if same.to_on is None or row.to_on is None else max(same.to_on, row.to_on)
        act.delete(row)


class _Merging:
    """Points rows of every table to the entry that stays."""

    def __init__(self, act: Act, kept: uuid.UUID, gone: uuid.UUID, signed: dict[uuid.UUID, str]) -> None:
        self.act, self.kept, self.gone, self.signed = act, kept, gone, signed

    def everything(self) -> None:
        """All tables that name people."""
        for record in KEPT.values():
            if record.__tablename__ in _APART:
                continue
            for column in naming_columns(record):
                for row in list(self.act.scalars(select(record).where(column == self.gone))):
                    self._point(row, column.key)
            for column in _telling(record):
                self._replace_told(record, column)

    def _point(self, row: Kept, name: str) -> None:
        if meeting_of(self.act, row) in self.signed:
            return
        table = row.__tablename__
        twin = self._twin(row, name)
        if twin is not None:
            self._one_of_two(row)
            return
        if table == "attendance" and name == "proxy_of_id" and getattr(row, "person_id", None) == self.kept:
            raise RuleBroken(N_("One of the two holds a proxy of the other in “{meeting}”. Take it back first; nothing "
                                "was changed."), meeting=self._title(row))  # fmt: skip
        derived = _DERIVED.get(table)
        if derived is not None and derived[2] == name:
            self._write_anew(row, derived)
        else:
            setattr(row, name, self.kept)

    def _twin(self, row: Kept, name: str) -> Kept | None:
        """The row that says of the kept entry what this one says of the other."""
        owner, _word, person = _DERIVED.get(row.__tablename__, (_OWNERS.get(row.__tablename__, ""), "", name))
        if not owner or person != name:
            return None
        record = type(row)
        columns = record.__table__.columns
        found = select(record).where(columns[owner] == getattr(row, owner), columns[name] == self.kept)
        return self.act.scalars(found).first()

    def _one_of_two(self, row: Kept) -> None:
        sentence = _COUNTED.get(row.__tablename__)
        meeting = meeting_of(self.act, row)
        begun = meeting is not None and self.act.get_one(Meeting, meeting).opened_at is not None
        if sentence is not None and (begun or row.__tablename__ != "attendance"):
            raise RuleBroken(sentence, meeting=self._title(row))
        self.act.delete(row)

    def _write_anew(self, row: Kept, derived: tuple[str, str, str]) -> None:
        """A row whose id is made of the person's gets the id that the program will look for."""
        owner, word, person = derived
        values = {column.key: getattr(row, column.key) for column in inspect(type(row)).column_attrs}
        old_id = derived_id(getattr(row, owner), word, self.gone)
        values[person] = self.kept
        if row.id == old_id:
            values["id"] = derived_id(getattr(row, owner), word, self.kept)
            del values["version"]
            self.act.delete(row)
            self.act.flush()
            self.act.add(type(row)(**values))
        else:
            setattr(row, person, self.kept)

    def _replace_told(self, record: type[Kept], column: Column[Any]) -> None:
        """Lists and facts that hold the id as text."""
        gone, kept = str(self.gone), str(self.kept)
        for row in list(self.act.scalars(select(record).where(cast(column, String).contains(gone)))):
            if meeting_of(self.act, row) not in self.signed:
                setattr(row, column.key, _told(getattr(row, column.key), gone, kept))

    def _title(self, row: Kept) -> str:
        meeting = meeting_of(self.act, row)
        return "" if meeting is None else self.act.get_one(Meeting, meeting).title


# Besides those with ids of their own: of these, too, one person has one in each owner.
_OWNERS: Mapping[str, str] = {
    "written_opinion": "entry_id", "item_raiser": "item_id", "group_member": "group_id",
}  # fmt: skip


@cache
def naming_columns(record: type[Kept]) -> tuple[Column[Any], ...]:
    """The columns of a table that name a person, by a key or only by its id."""
    found = []
    for column in record.__table__.columns:
        keys = {key.target_fullname for key in column.foreign_keys}
        alone = not keys and isinstance(column.type, Uuid) and column.key.endswith("person_id")
        if "person.id" in keys or alone or (record, column.key) in ((Household, "linked_id"), (Mention, "row_id")):
            found.append(column)
    return tuple(found)


@cache
def _telling(record: type[Kept]) -> tuple[Column[Any], ...]:
    return tuple(column for column in record.__table__.columns if isinstance(column.type, JSON))


def meeting_of(session: Session, row: Kept) -> uuid.UUID | None:
    """The meeting that a row belongs to, None where it belongs to none."""
    if isinstance(row, Meeting):
        return row.id
    meeting: uuid.UUID | None = getattr(row, "meeting_id", None)
    entry: uuid.UUID | None = getattr(row, "entry_id", None)
    vote: uuid.UUID | None = getattr(row, "vote_id", None)
    if meeting is None and entry is None and vote is not None:
        entry = session.scalar(select(Vote.entry_id).where(Vote.id == vote))
    if meeting is None and entry is not None:
        meeting = session.scalar(select(AgendaEntry.meeting_id).where(AgendaEntry.id == entry))
    return meeting


def _signed_meetings(session: Session) -> dict[uuid.UUID, str]:
    query = select(Meeting.id, Meeting.title).join(Minutes, Minutes.meeting_id == Meeting.id)
    return {row[0]: row[1] for row in session.execute(query.where(Minutes.signed_at.is_not(None)))}


def _told(value: Any, gone: str, kept: str) -> Any:
    if isinstance(value, dict):
        return {(kept if key == gone else key): _told(inner, gone, kept) for key, inner in value.items()}
    if isinstance(value, list):
        return [_told(inner, gone, kept) for inner in value]
    return kept if value == gone else value


def _still_named(session: Session, gone: uuid.UUID) -> bool:
    return any(
        session.execute(select(record.id).where(column == gone).limit(1)).first() is not None
        for record, column in _names()
    )


def _names() -> Iterator[tuple[type[Kept], Column[Any]]]:
    for record in KEPT.values():
        if record is not Alias:
            yield from ((record, column) for column in naming_columns(record))


__all__ = ["FIELDS", "Side", "merge", "naming_columns", "side"]
