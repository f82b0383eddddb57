"""Registers taken in from lists: what a list would do is shown first; then all of it is done, or nothing."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deliberation_app.domain import register, register_party
from deliberation_app.domain.meetings import kinds_for
from deliberation_app.domain.register import FIELDS, Heading, Sheet
from deliberation_app.domain.register_lines import Fault, Line, read_lines
from deliberation_app.domain.register_party import Branch
from deliberation_app.domain.register_plan import Known, Plan, make_plan
from deliberation_app.errors import N_, AppError, FileFaults
from deliberation_app.services import register_file
from deliberation_app.services.act import Act
from deliberation_app.services.people_register import courtyards
from deliberation_app.services.register_heads import second_heads
from deliberation_app.services.register_known import everybody
from deliberation_app.services.register_rows import write_plan
from deliberation_app.services.register_xlsx import no_search_for_garbage
from deliberation_app.services.work import Work
from deliberation_app.storage.accounts import AuditLine
from deliberation_app.storage.base import new_id
from deliberation_app.storage.people import Unit

Report = Callable[[int, int], None]
MOST_FAULTS = 100
STOPPED = N_("Stopped as you asked. Nothing was changed.")
_OF_RESIDENTS = ("courtyard", "community", "village")
_OF_A_PARTY = ("党支部委员会", "党支部", "党总支", "党委")


@dataclass(frozen=True)
class List:
    """A sheet with its heading, and which column means which field."""

    sheet: Sheet
    heading: Heading
    columns: Mapping[str, int]
    members: bool = False  # every Party member of it belongs to the branch whose register it is

    @property
    def left(self) -> tuple[str, ...]:
        """What the columns say that are not taken in: an identity number among them is never kept."""
        taken = set(self.columns.values())
        return tuple(" ".join(words.split()) for column, words in self.heading.words.items() if column not in taken)


@dataclass(frozen=True)
class Preview:
    """What a list would do: its lines with what becomes of each, and its faults with their cells."""

    plan: Plan
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]
    known: Known
    passed: tuple[int, ...] = ()  # rows about the list, which are no people
    remarks: Mapping[int, AppError] = field(default_factory=dict)  # row → what to look at; it is taken in all the same

    @property
    def joining(self) -> int:
        """How many become members of the branch."""
        return sum(step.joins for step in self.plan.steps)


@dataclass(frozen=True)
class Taken:
    """How many a list added, changed, left as they were, and passed over since they moved away."""

    unit_id: uuid.UUID
    added: int
    changed: int
    unchanged: int
    left: int
    joined: int = 0  # became members of the branch
    passed: int = 0  # rows that are no people


def sheets(path: Path) -> list[Sheet]:
    """The sheets of a file that is to be taken in."""
    return register_file.read(path)


def chosen(sheets: Sequence[Sheet], file: str) -> List:
    """The first sheet whose heading names 姓名, its columns by their headings; FileFaults where there is none."""
    found = register.choose(sheets)
    if found is None:
        name = sheets[0].name if sheets else file
        sentence = AppError(N_("No heading row with 姓名 was found. Write 姓名 (and 手机, 楼栋, 房号 …) above the "
                               "columns."))  # fmt: skip
        raise refused((Fault(1, 0, sentence),), Sheet(name, ()))
    sheet, heading = found
    return List(sheet, heading, dict(heading.columns), of_members(sheet, heading, file))


def of_members(sheet: Sheet, heading: Heading, file: str) -> bool:
    """Whether a list is one of a branch's members: the file, the sheet or a line above the headings says so."""
    above = [value for _row, values in sheet.rows[: heading.at] for value in values if isinstance(value, str)]
    return register_party.members_listed(" ".join((file, sheet.name, *above)))


def refused(faults: Sequence[Fault], sheet: Sheet) -> FileFaults:
    """A list refused as a whole, each fault with its cell."""
    return FileFaults(
        N_("The list was refused and nothing was changed; it has {count} faults."),
        tuple((sheet.place(fault.row, fault.column), fault.sentence) for fault in faults[:MOST_FAULTS]),
        max(0, len(faults) - MOST_FAULTS),
        count=len(faults),
    )


def preview(work: Work, unit_id: uuid.UUID, told: List, report: Report | None = None) -> Preview:
    """What the list would add, change or be refused for; nothing is written."""
    with work.read() as session:
        return _planned(session, unit_id, told, report)


def check(told: List) -> Preview:
    """Whether the list itself is sound, where there is no database to compare it with."""
    read = read_lines(told.sheet, told.heading, told.columns, (told.sheet.name,))
    known = Known((), ())
    plan = make_plan(read.lines, known, told.columns)
    return Preview(plan, tuple(read.lines), tuple(read.faults), known, tuple(read.passed))


def take_in(work: Work, unit_id: uuid.UUID | None, told: List, report: Report | None = None) -> Taken:
    """Take a list in, whole or not at all: FileFaults tells every cell that is wrong, and then nothing has changed.

    Without a unit the first courtyard of the list is founded.
    """
    with no_search_for_garbage(), work.act("people.import") as act:
        unit = unit_id or _found(act, told)
        seen = _planned(act, unit, told, report)
        if seen.faults:
            raise refused(seen.faults, told.sheet)
        write_plan(act, unit, seen.plan, seen.known, report)
    plan = seen.plan
    first = [step for step in plan.steps if step.same_as is None]
    counted = Counter(step.verdict for step in first)
    return Taken(unit, counted["added"], counted["changed"], counted["unchanged"], counted["left"], seen.joining,
                 len(seen.passed))  # fmt: skip


def unit_for(work: Work, told: List, remembered: str = "") -> uuid.UUID | None:
    """The unit whose register a list is: that of the last use, one named like its courtyard, or the first."""
    with work.read() as session:
        units = list(session.scalars(select(Unit).order_by(Unit.name, Unit.id)))
    yards = _yards_named(told)
    units.sort(key=lambda unit: unit.kind not in _OF_RESIDENTS)
    named = [unit for unit in units if unit.name in yards or base_name(unit.name) in yards]
    kept = [unit for unit in units if str(unit.id) == remembered]
    return next((unit.id for unit in (*kept, *named, *units)), None)


def base_name(unit_name: str) -> str:
    """山大路194号院党支部 is the branch of 山大路194号院."""
    for ending in _OF_A_PARTY:
        if unit_name.endswith(ending) and unit_name != ending:
            return unit_name.removesuffix(ending)
    return unit_name


def last_import(work: Work) -> AuditLine | None:
    """When a list was last taken in."""
    with work.read() as session:
        latest = select(func.max(AuditLine.id)).where(AuditLine.act == "people.import").scalar_subquery()
        return session.scalars(select(AuditLine).where(AuditLine.id == latest)).first()


def _yards_named(told: List) -> list[str]:
    column = told.columns.get("courtyard")
    if column is None:
        return []
    said = (values[column] for _row, values in told.sheet.rows[told.heading.at + 1 :] if column < len(values))
    return list(dict.fromkeys(value.strip() for value in said if isinstance(value, str) and value.strip()))


def _found(act: Act, told: List) -> uuid.UUID:
    founded = Unit(id=new_id(), name=next(iter(_yards_named(told)), told.sheet.name), kind="courtyard")
    act.add(founded)
    act.flush()
    return founded.id


def _planned(session: Session, unit_id: uuid.UUID, told: List, report: Report | None) -> Preview:
    yards = courtyards(session, unit_id) or [base_name(session.get_one(Unit, unit_id).name)]
    if "name" not in told.columns:
        sentence = AppError(N_("Say which column holds the names: nobody can be entered without one."))
        fault = Fault(told.heading.row, None, sentence)
        return Preview(Plan(), (), (fault,), Known((), ()))
    read = read_lines(told.sheet, told.heading, told.columns, yards, report)
    named = {line.door.courtyard for line in read.lines if line.door is not None}
    known = everybody(session, unit_id, named)
    plan = make_plan(read.lines, known, told.columns, report, branch_of(session, unit_id, told))
    faults = sorted((*read.faults, *plan.faults), key=lambda fault: (fault.row, fault.column or 0))
    remarks = second_heads(session, unit_id, plan, known)
    return Preview(plan, tuple(read.lines), tuple(faults), known, tuple(read.passed), remarks)


def branch_of(session: Session, unit_id: uuid.UUID, told: List) -> Branch:
    """The unit as a branch whose members a list may name; nothing where it is none."""
    unit = session.get_one(Unit, unit_id)
    if not is_branch(unit.kind):
        return Branch()
    return Branch(frozenset({unit.name, base_name(unit.name)}), told.members)


def is_branch(unit_kind: str) -> bool:
    """Whether a unit of this kind has members of the Party."""
    return any(kind.branch for kind in kinds_for(unit_kind))


def field_titles() -> list[tuple[str, str]]:
    """Every field a column may mean, with its English source."""
    return [(one.id, one.name) for one in FIELDS.values()]
