"""What an import would do: each line against those who are known already; nobody is entered twice."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from deliberation_app.domain.register_cells import Door, door_key
from deliberation_app.domain.register_lines import Fault, Line
from deliberation_app.domain.register_party import MEMBERS, NO_BRANCH, PARTY_WORDS, Branch, Marks
from deliberation_app.domain.votes_exclusions import EXCLUSIONS
from deliberation_app.errors import N_, AppError

Key = tuple[str, ...]


@dataclass(slots=True)
class KnownPerson:
    """Somebody in the register, as far as a list can say."""

    id: uuid.UUID
    name: str
    gender: str | None
    phone: str | None
    household_id: uuid.UUID | None
    party: str | None
    post: str | None
    note: str | None
    moved_out_on: date | None = None
    verified_on: date | None = None
    reports_from: str | None = None
    left_out: str | None = None
    left_out_approval: str | None = None
    left_out_assembly_on: date | None = None
    left_out_superior_on: date | None = None
    member: bool = False  # of the branch whose register this is, now


@dataclass(slots=True)
class KnownFlat:
    """A flat in the register with its owners."""

    id: uuid.UUID
    door: Door
    area: int | None
    owners: list[uuid.UUID] = field(default_factory=list)


@dataclass(frozen=True)
class Change:
    """One value before and after, in the words of the list."""

    field: str
    old: str
    new: str


@dataclass
class Step:
    """What becomes of a line: added, changed, unchanged or left (the person moved away)."""

    line: Line
    verdict: str
    person: KnownPerson | None = None
    changes: tuple[Change, ...] = ()
    # The row of the person's first line, where this one is about another flat of the same owner.
    same_as: int | None = None
    joins: bool = False  # becomes a member of the branch
    party: str | None = None  # what is kept of it: a list of members need not say it of each
    reports_from: str | None = None


@dataclass
class Plan:
    """All steps, and the lines that cannot be taken."""

    steps: list[Step] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def count(self, verdict: str) -> int:
        """How many lines have this verdict."""
        return sum(step.verdict == verdict for step in self.steps)


class Known:
    """Those who are known, found by name, flat and telephone."""

    def __init__(self, people: Iterable[KnownPerson], flats: Iterable[KnownFlat]) -> None:
        self.flats: dict[Key, KnownFlat] = {}
        self.by_id: dict[uuid.UUID, KnownFlat] = {}
        for flat in flats:
            self.flats.setdefault(door_key(flat.door), flat)
            self.by_id[flat.id] = flat
        self.names: dict[str, list[KnownPerson]] = {}
        self.owned: dict[uuid.UUID, set[uuid.UUID]] = {}
        for person in people:
            self.names.setdefault(person.name, []).append(person)
        for flat in self.by_id.values():
            for owner in flat.owners:
                self.owned.setdefault(owner, set()).add(flat.id)

    def who(self, line: Line) -> list[KnownPerson]:
        """Those whom the line may mean: same name and flat; without such a one, same name and telephone."""
        named = self.names.get(line.name)
        if not named:
            return []
        if line.door is not None:
            flat = self.flats.get(door_key(line.door))
            here = [one for one in named if flat is not None and self._at(one, flat)]
            if here:
                return here
        if line.phone and "*" not in line.phone:
            called = [one for one in named if one.phone and same_phone(one.phone, line.phone)]
            if called:
                return called
        elif line.phone and line.door is None:
            return [one for one in named if one.phone == line.phone]
        plain = [one for one in named if one.household_id is None and one.phone is None]
        if line.door is not None or line.phone:
            return [one for one in plain if one.id not in self.owned]
        return plain or named

    def _at(self, person: KnownPerson, flat: KnownFlat) -> bool:
        return person.household_id == flat.id or flat.id in self.owned.get(person.id, ())


def same_phone(one: str, other: str) -> bool:
    """Whether two numbers are one, also where digits of one are masked."""
    return one == other or (
        ("*" in one or "*" in other)
        and len(one) == len(other)
        and all(a == b or "*" in (a, b) for a, b in zip(one, other, strict=True))
    )


def make_plan(
    lines: list[Line], known: Known, columns: Mapping[str, int], report: Callable[[int, int], None] | None = None,
    branch: Branch = NO_BRANCH,
) -> Plan:  # fmt: skip
    """Decide for every line; a person is named by one line, or by several where each is another flat they own.

    `branch` is the unit as a branch: the Party members that are its own become its members.
    """
    plan = Plan()
    taken: dict[uuid.UUID, int] = {}
    fresh: dict[tuple[str, str], Line] = {}
    for done, line in enumerate(lines):
        if report is not None and done % 500 == 0:
            report(done, len(lines))
        found = known.who(line)
        if len(found) > 1:
            plan.faults.append(Fault(line.row, columns.get("name"), _several(line, found, known)))
        elif found:
            step = _known_step(line, found[0], known, taken, branch)
            if isinstance(step, Fault):
                plan.faults.append(Fault(step.row, columns.get("name"), step.sentence))
            else:
                plan.steps.append(step)
        else:
            plan.steps.append(_new_step(line, fresh, branch))
    return plan


def _new_step(line: Line, fresh: dict[tuple[str, str], Line], branch: Branch) -> Step:
    if line.phone and "*" not in line.phone:
        first = fresh.setdefault((line.name, line.phone), line)
        if first is not line:
            return Step(line, "added", same_as=first.row)
    if line.marks is None and not branch.all_listed:
        return Step(line, "added", party=line.party)
    party, joins, reports_from = _belongs(line, None, branch)
    return Step(line, "added", joins=joins, party=party, reports_from=reports_from)


def _belongs(line: Line, person: KnownPerson | None, branch: Branch) -> tuple[str | None, bool, str | None]:
    """Full or probationary, whether the person joins this branch, and the other branch that is the own one."""
    before = person.party if person is not None else None
    party = line.party or (before if before in MEMBERS or not branch.all_listed else _listed(line))
    said = line.marks.branch if line.marks is not None else None
    if party not in MEMBERS:
        return line.party, False, None
    if said is not None and not branch.is_named(said):
        return party, False, said
    joins = (said is not None or branch.all_listed) and not (person is not None and person.member)
    return party, joins, None


def _listed(line: Line) -> str:
    """What a list of members says of somebody by listing them."""
    return "probationary" if "预备" in f"{line.note}{line.post}" else "full"


def _known_step(
    line: Line, person: KnownPerson, known: Known, taken: dict[uuid.UUID, int], branch: Branch
) -> Step | Fault:  # fmt: skip
    again = taken.setdefault(person.id, line.row)
    if again != line.row and not (line.door is not None and (line.owner or _owns(person, line, known))):
        return Fault(line.row, None, AppError(
            N_("{name} is meant by row {row} too. Keep one row, or write the flat of each."), name=line.name, row=again
        ))  # fmt: skip
    if person.moved_out_on is not None:
        return Step(line, "left", person)
    second = again != line.row
    changes = [*_changes(line, person, known, second), *_marked(line.marks, person)]
    party, joins, reports_from = _belongs(line, person, branch)
    if party is not None and party != person.party:
        changes.insert(0, Change("party", PARTY_WORDS.get(person.party or "", ""), PARTY_WORDS[party]))
    if reports_from is not None and reports_from != person.reports_from:
        changes.append(Change("branch", person.reports_from or "", reports_from))
    joins = joins and not second
    verdict = "changed" if changes or joins else "unchanged"
    return Step(line, verdict, person, tuple(changes), again if second else None, joins, party, reports_from)


def _marked(marks: Marks | None, person: KnownPerson) -> Iterable[Change]:
    """What the line says otherwise of being left out and of checking; an older check is no news."""
    if marks is None:
        return
    if marks.left_out is not None and marks.left_out != person.left_out:
        yield Change("left_out", _reason(person.left_out), _reason(marks.left_out))
    if person.left_out is not None or marks.left_out is not None:
        for name, before in (("approval", person.left_out_approval), ("assembly_on", person.left_out_assembly_on),
                             ("superior_on", person.left_out_superior_on)):  # fmt: skip
            now = getattr(marks, name)
            if now is not None and now != before:
                yield Change(name, str(before or ""), str(now))
    if marks.verified_on is not None and (person.verified_on is None or marks.verified_on > person.verified_on):
        yield Change("verified_on", str(person.verified_on or ""), str(marks.verified_on))


def _reason(key: str | None) -> str:
    return EXCLUSIONS[key].title if key is not None and key in EXCLUSIONS else key or ""


def _owns(person: KnownPerson, line: Line, known: Known) -> bool:
    flat = None if line.door is None else known.flats.get(door_key(line.door))
    return flat is not None and person.id in flat.owners


def _changes(line: Line, person: KnownPerson, known: Known, second: bool) -> Iterable[Change]:
    """What the line says otherwise; an empty cell says nothing."""
    if line.gender is not None and line.gender != person.gender:
        yield Change("gender", person.gender or "", line.gender)
    if line.phone is not None and line.phone != person.phone and not _less_told(person.phone, line.phone):
        yield Change("phone", person.phone or "", line.phone)
    if line.post is not None and line.post != person.post:
        yield Change("post", person.post or "", line.post)
    if line.note is not None and line.note != person.note:
        yield Change("note", person.note or "", line.note)
    if line.door is None:
        return
    flat = known.flats.get(door_key(line.door))
    owns = flat is not None and person.id in flat.owners
    lives = flat is not None and person.household_id == flat.id
    stays = lives or second or (person.household_id is not None and bool(owns or line.owner))
    if not stays:
        before = known.by_id.get(person.household_id) if person.household_id is not None else None
        yield Change("flat", said(before.door) if before else "", said(line.door))
    if line.area is not None and (flat is None or flat.area != line.area):
        yield Change("area", metres(flat.area if flat else None), metres(line.area))
    if line.owner is not None and line.owner != owns:
        yield Change("owner", "是" if owns else "否", "是" if line.owner else "否")


def _less_told(known: str | None, said: str) -> bool:
    """A masked number that fits the known one tells nothing new."""
    return known is not None and "*" in said and same_phone(known, said)


def _several(line: Line, found: list[KnownPerson], known: Known) -> AppError:
    doors = "、".join(
        said(flat.door) if (flat := known.by_id.get(one.household_id)) else one.phone or "—"  # type: ignore[arg-type]
        for one in found[:4]
    )
    return AppError(
        N_("{count} people called {name} fit this row ({where}). Write flat or telephone so that one is left, or merge "
           "the doubles first."), count=len(found), name=line.name, where=doors,
    )  # fmt: skip


def said(door: Door) -> str:
    """1号楼 1单元 101."""
    return " ".join(part for part in (door.building, door.entrance, door.room) if part)


def metres(area: int | None) -> str:
    """0.01 m² as square metres."""
    return "" if area is None else f"{area // 100}.{area % 100:02}" if area % 100 else str(area // 100)
