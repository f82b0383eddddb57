"""A plan of an import written into the tables, in bulk."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from deliberation_app.domain import calendar
from deliberation_app.domain.register_cells import door_key
from deliberation_app.domain.register_party import Marks
from deliberation_app.domain.register_plan import Known, Plan, Step
from deliberation_app.services.act import Act
from deliberation_app.services.meeting_intake import people_keys
from deliberation_app.services.residences import moved_rows
from deliberation_app.storage.base import derived_id, new_id
from deliberation_app.storage.people import CoOwner, Household, Membership, Person, RegisterEntry, Residence

Row = dict[str, Any]
Key = tuple[str, ...]


def write_plan(
    act: Act, unit_id: uuid.UUID, plan: Plan, known: Known, report: Callable[[int, int], None] | None
) -> None:
    """Write what every step of the plan says; the caller has refused a plan with faults."""
    writer = _Writer(act, unit_id, known, any(step.line.marks is not None for step in plan.steps))
    for done, step in enumerate(plan.steps):
        if report is not None and done % 200 == 0:
            report(done, len(plan.steps))
        writer.take(step)
    writer.write()


# Where the marks of a line are kept.
_COLUMNS = {
    "left_out": "left_out", "approval": "left_out_approval", "assembly_on": "left_out_assembly_on",
    "superior_on": "left_out_superior_on", "verified_on": "verified_on",
}  # fmt: skip


def _marks(marks: Marks | None, reports_from: str | None) -> Row:
    found: Row = {column: getattr(marks, name, None) for name, column in _COLUMNS.items()}
    return {**found, "reports_from": reports_from}


class _Writer:
    """Gathers rows, then writes each table once."""

    def __init__(self, act: Act, unit_id: uuid.UUID, known: Known, marked: bool) -> None:
        self.act = act
        self.marked = marked  # whether the list tells anything of membership and checking
        self.unit_id = unit_id
        self.flats = known.flats
        self.owners = {flat.id: list(flat.owners) for flat in known.by_id.values()}
        listed = select(RegisterEntry.person_id).where(RegisterEntry.unit_id == unit_id)
        self.listed = set(act.connection().scalars(listed))
        self.fresh_flats: dict[Key, Row] = {}
        self.flat_rows: dict[uuid.UUID, Row] = {}
        self.people: dict[uuid.UUID, Row] = {}
        self.entries: list[Row] = []
        self.changed: dict[uuid.UUID, Row] = {}
        self.moved: dict[uuid.UUID, uuid.UUID] = {}
        self.by_row: dict[int, uuid.UUID] = {}
        self.members: list[Row] = []
        self._owning: dict[uuid.UUID, list[uuid.UUID]] = {}

    def take(self, step: Step) -> None:
        """Note what one line brings."""
        if step.verdict == "left":
            return
        line = step.line
        flat = None if line.door is None else self._flat(step)
        if step.person is None:
            person = self.by_row[step.same_as] if step.same_as is not None else self._new(step, flat)
        else:
            person = step.person.id
            self._enter(person, step.person.name)
            self._change(step, flat)
        self.by_row[line.row] = person
        if flat is not None and line.owner is not None:
            self._own(flat, person, line.owner)
        if step.joins:  # since when, the list does not say
            self.members.append({"id": new_id(), "person_id": person, "unit_id": self.unit_id, "role": "member",
                                 "from_on": None, "to_on": None})  # fmt: skip

    def _flat(self, step: Step) -> uuid.UUID:
        line = step.line
        assert line.door is not None
        key = door_key(line.door)
        known = self.flats.get(key)
        if known is not None:
            if line.area is not None and line.area != known.area:
                self.flat_rows.setdefault(known.id, {})["area"] = line.area
            return known.id
        row = self.fresh_flats.get(key)
        if row is None:
            door = line.door
            row = {"id": new_id(), "courtyard": door.courtyard, "building": door.building, "entrance": door.entrance,
                   "room": door.room, "area": None, "owner_id": None}  # fmt: skip
            self.fresh_flats[key] = row
        if line.area is not None:
            row["area"] = line.area
        found: uuid.UUID = row["id"]
        return found

    def _new(self, step: Step, flat: uuid.UUID | None) -> uuid.UUID:
        line, key = step.line, new_id()
        self.people[key] = {
            "id": key, "name": line.name, "phone": line.phone, "post": line.post, "party": step.party,
            "suffrage": None, "household_id": flat, "gender": line.gender, "note": line.note, **people_keys(line.name),
            **(_marks(line.marks, step.reports_from) if self.marked else {}),
        }  # fmt: skip
        self._enter(key, line.name)
        return key

    def _enter(self, person: uuid.UUID, name: str) -> None:
        if person not in self.listed:
            self.listed.add(person)
            sort_key = self.people[person]["sort_key"] if person in self.people else people_keys(name)["sort_key"]
            self.entries.append({"id": derived_id(self.unit_id, "register", person), "unit_id": self.unit_id,
                                 "person_id": person, "sort_key": sort_key})  # fmt: skip

    def _change(self, step: Step, flat: uuid.UUID | None) -> None:
        assert step.person is not None
        row: Row = {}
        for change in step.changes:
            if change.field in ("gender", "phone", "post", "note"):
                row[change.field] = getattr(step.line, change.field)
            elif change.field == "party":
                row["party"] = step.party
            elif change.field == "branch":
                row["reports_from"] = step.reports_from
            elif change.field in _COLUMNS:
                row[_COLUMNS[change.field]] = getattr(step.line.marks, change.field)
            elif change.field == "flat":
                row["household_id"] = flat
                if step.person.household_id is not None and flat is not None:
                    self.moved[step.person.id] = flat
        if row:
            self.changed.setdefault(step.person.id, {}).update(row)

    def _own(self, flat: uuid.UUID, person: uuid.UUID, owns: bool) -> None:
        owners = self._owning.setdefault(flat, list(self.owners.get(flat, ())))
        if owns and person not in owners:
            owners.append(person)
        elif not owns and person in owners:
            owners.remove(person)

    def write(self) -> None:
        """All tables, each at once."""
        gone, joint = self._settle_owners()
        self.act.insert(Person, list(self.people.values()))
        self.act.insert(Household, list(self.fresh_flats.values()))
        self.act.insert(RegisterEntry, self.entries)
        self.act.insert(CoOwner, joint)
        self.act.insert(Membership, self.members)
        self.act.remove(CoOwner, gone)
        residences = moved_rows(self.act, self.moved, calendar.day_of(self.act.now))
        self.act.write(Person, [{"id": key, **row} for key, row in self.changed.items()])
        self.act.write(Household, [{"id": key, **row} for key, row in self.flat_rows.items()])
        self.act.write(Residence, residences)

    def _settle_owners(self) -> tuple[list[uuid.UUID], list[Row]]:
        """The first owner stands at the flat, the others beside."""
        fresh = {row["id"]: row for row in self.fresh_flats.values()}
        gone: list[uuid.UUID] = []
        joint: list[Row] = []
        held = self._joint([flat for flat in self._owning if flat not in fresh])
        for flat, owners in self._owning.items():
            before = self.owners.get(flat, [])
            if owners == before:
                continue
            first = owners[0] if owners else None
            if flat in fresh:
                fresh[flat]["owner_id"] = first
            elif not before or before[0] != first:
                self.flat_rows.setdefault(flat, {})["owner_id"] = first
            there = held.get(flat, {})
            gone += [key for person, key in there.items() if person not in owners[1:]]
            joint += [{"id": derived_id(flat, "co_owner", person), "household_id": flat, "person_id": person}
                      for person in owners[1:] if person not in there]  # fmt: skip
        return gone, joint

    def _joint(self, flats: list[uuid.UUID]) -> dict[uuid.UUID, dict[uuid.UUID, uuid.UUID]]:
        rows = CoOwner.__table__.c
        found: dict[uuid.UUID, dict[uuid.UUID, uuid.UUID]] = {}
        for start in range(0, len(flats), 500):
            query = select(rows.household_id, rows.person_id, rows.id)
            query = query.where(rows.household_id.in_(flats[start : start + 500]))
            for flat, person, key in self.act.connection().execute(query):
                found.setdefault(flat, {})[person] = key
        return found
