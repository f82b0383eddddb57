"""The rows of a register read: what each line says of a person, and every fault with its cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from deliberation_app.domain import register_cells as cells
from deliberation_app.domain import register_party as party
from deliberation_app.domain.register import Heading, Sheet, Value, building_of
from deliberation_app.domain.register_cells import Door
from deliberation_app.domain.register_party import Marks
from deliberation_app.errors import N_, AppError

MOST_ROWS = 200_000


@dataclass(frozen=True)
class Fault:
    """What is wrong in a cell; without a column it is about the whole row."""

    row: int
    column: int | None
    sentence: AppError


@dataclass(slots=True)
class Line:
    """What a row says of a person; None where it says nothing."""

    row: int
    name: str
    gender: str | None = None
    phone: str | None = None
    door: Door | None = None
    area: int | None = None
    owner: bool | None = None
    party: str | None = None
    post: str | None = None
    note: str | None = None
    marks: Marks | None = None


@dataclass
class Read:
    """All lines of a sheet and all its faults, in the order of the rows."""

    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    passed: list[int] = field(default_factory=list)  # rows that are about the list and no person: sums, who wrote it


_PARSERS: Mapping[str, Callable[[Value], object]] = MappingProxyType({
    "name": cells.name, "gender": cells.gender, "phone": cells.phone, "courtyard": cells.door,
    "building": cells.door, "entrance": cells.door, "room": cells.door, "address": cells.address,
    "area": cells.area, "owner": cells.owner, "party": party.party, "post": cells.post, "note": cells.words,
    "branch": party.branch, "left_out": party.left_out, "approval": party.approval, "assembly_on": party.day,
    "superior_on": party.day, "verified_on": party.day,
})  # fmt: skip


def read_lines(
    sheet: Sheet, heading: Heading, columns: Mapping[str, int], courtyards: Sequence[str] = (),
    report: Callable[[int, int], None] | None = None,
) -> Read:  # fmt: skip
    """Read every row below the heading; `columns` says which column means which field.

    `courtyards` are those of the unit: where a list names none and there is one, it is that one.
    """
    read = Read(faults=[Fault(heading.row, column, sentence) for column, sentence in heading.faults
                        if column not in columns.values()])  # fmt: skip
    rows = sheet.rows[heading.at + 1 :]
    if len(rows) > MOST_ROWS:
        read.faults.append(Fault(rows[MOST_ROWS][0], None, AppError(
            N_("The list has {count} rows; at most {most} are taken at once. Split it."),
            count=len(rows), most=MOST_ROWS,
        )))  # fmt: skip
        return read
    reader = _Rows(columns, courtyards, read)
    reader.of(building_of(sheet, heading) if "building" not in columns else "", heading.of_owners())
    for done, (row, values) in enumerate(rows):
        if report is not None and done % 500 == 0:
            report(done, len(rows))
        reader.take(row, values)
    if not read.lines and not read.faults:
        sentence = N_("There is nobody below the heading. Write one row a person under 姓名.")
        read.faults.append(Fault(heading.row, columns.get("name"), AppError(sentence)))
    _compare(read, columns)
    read.faults.sort(key=lambda fault: (fault.row, -1 if fault.column is None else fault.column))
    return read


class _Rows:
    """Reads row after row."""

    def __init__(self, columns: Mapping[str, int], courtyards: Sequence[str], read: Read) -> None:
        self.columns = columns
        self.courtyards = courtyards
        self.read = read
        self._parsers = [(name, column, _PARSERS[name], name in _DOOR) for name, column in columns.items()]
        # The same words come again and again in a list: what each was read as.
        self._known: dict[tuple[str, str], object] = {}
        self._doors: dict[tuple[str, str, str, str], Door] = {}
        self._marks = [name for name in _MARKS if name in columns]
        self._before: dict[str, Value] = {}
        self._building = ""
        self._all_own = False

    def of(self, building: str, all_own: bool) -> None:
        """What holds for every row: the building that is not said in them, and that those named are owners."""
        self._building, self._all_own = building, all_own and "owner" not in self.columns

    def take(self, row: int, values: Sequence[Value]) -> None:
        """One row; an empty one is passed over."""
        told: dict[str, object] = {}
        wrong: dict[str, AppError] = {}
        width = len(values)
        for name, column, parse, of_door in self._parsers:
            value = values[column] if column < width else None
            if value is None or value == "":
                continue
            if of_door:
                value = self._before.get(name, value) if value in _SAME else value
                self._before[name] = value
            try:
                said = self._parse(name, value, parse)
            except AppError as error:
                wrong[name] = error
            else:
                if said is not None and said != "":
                    told[name] = said
        if not wrong and not told:
            return
        if told.keys() <= _NO_PERSON and (
            _about_the_list(values, self.columns.get("name")) or self._nobody_there(values, told)
        ):
            self.read.passed.append(row)
            return
        for name, sentence in wrong.items():
            self._fault(row, name, sentence)
        self._keep(row, told, set(wrong))

    def _nobody_there(self, values: Sequence[Value], told: Mapping[str, object]) -> bool:
        """A flat in which nobody lives: its door alone, the name empty or 空户."""
        at = self.columns.get("name", -1)
        named = str(values[at] or "").strip() if 0 <= at < len(values) else ""
        return "name" not in told and named in _EMPTY_FLAT and bool(told.keys() & _DOOR - {"courtyard"})

    def _keep(self, row: int, told: dict[str, object], faulty: set[str]) -> None:
        if "name" not in told and "name" not in faulty:
            sentence = N_("The name is missing in this row. Write it, or take the row out.")
            self._fault(row, "name", AppError(sentence))
            faulty.add("name")
        door, sound = (None, False) if faulty & _DOOR else self._door(row, told)
        if faulty or not sound or not self._agrees(row, told, door):
            return
        if self._all_own and door is not None:
            told["owner"] = True
        self.read.lines.append(Line(
            row, told["name"], told.get("gender"), told.get("phone"), door, told.get("area"),  # type: ignore[arg-type]
            told.get("owner"), told.get("party"), told.get("post"), told.get("note"),  # type: ignore[arg-type]
            self._marked(row, told) if self._marks else None,
        ))  # fmt: skip

    def _marked(self, row: int, told: Mapping[str, object]) -> Marks | None:
        """What the line says of membership and checking; leaving out needs to be approved."""
        said = {name: told[name] for name in self._marks if name in told}
        if "left_out" in said and not said.keys() & _APPROVED:
            name = next((one for one in ("approval", "assembly_on") if one in self.columns), "left_out")
            self._fault(row, name, AppError(_UNAPPROVED))
        return Marks(**said) if said else None  # type: ignore[arg-type]

    def _parse(self, name: str, value: Value, parse: Callable[[Value], object]) -> object:
        if not isinstance(value, str) or name in ("name", "phone", "note"):
            return parse(value)
        key = (name, value)
        if key not in self._known:
            self._known[key] = parse(value)
        return self._known[key]

    def _fault(self, row: int, name: str, sentence: AppError) -> None:
        self.read.faults.append(Fault(row, self.columns.get(name), sentence))

    def _door(self, row: int, told: Mapping[str, object]) -> tuple[Door | None, bool]:
        """The flat that a row names, and whether it names it well."""
        yard, building, entrance, room = (str(told.get(name) or "") for name in _PARTS)
        whole = told.get("address")
        if room and not building and whole is None and cells.is_address(room):
            whole, room = cells.address(room), ""  # 1-1-101 under 房号
        if isinstance(whole, Door):
            if building or room:
                self._fault(row, "address", AppError(N_("The flat stands twice in this row, as an address and as "
                                                        "building and room. Keep one of them.")))  # fmt: skip
                return None, False
            yard, entrance = whole.courtyard or yard, whole.entrance or entrance
            building, room = whole.building, whole.room
        if not (building or entrance or room):
            return None, True
        building = building or self._building
        for name, said in (("building", building), ("room", room)):
            if not said:
                present = name if name in self.columns else "building" if building else "room" if room else "entrance"
                self._fault(row, present, AppError(_MISSING[name]))
                return None, False
        return self._made(row, yard, building, entrance, room)

    def _made(self, row: int, yard: str, building: str, entrance: str, room: str) -> tuple[Door | None, bool]:
        made = self._doors.get((yard, building, entrance, room))
        if made is not None:
            return made, True
        courtyard = self._yard(yard)
        if not courtyard:
            named = next((name for name in ("courtyard", "address") if name in self.columns), "building")
            self._fault(row, named, AppError(
                N_("Which courtyard? Several are known here ({names}). Write it in a column 小区."),
                names="、".join(self.courtyards[:4]),
            ) if self.courtyards else AppError(N_("Which courtyard? Write it in a column 小区.")))  # fmt: skip
            return None, False
        made = Door(courtyard, cells.building_word(building), cells.entrance_word(entrance), cells.room_word(room))
        self._doors[yard, building, entrance, room] = made
        return made, True

    def _yard(self, said: str) -> str:
        """The courtyard known that is meant: 194号院 and 济南市山大路194号院 are 山大路194号院."""
        if not said:
            return self.courtyards[0] if len(self.courtyards) == 1 else ""
        meant = [yard for yard in self.courtyards if yard.endswith(said) or said.endswith(yard)]
        return meant[0] if said not in self.courtyards and len(meant) == 1 else said

    def _agrees(self, row: int, told: Mapping[str, object], door: Door | None) -> bool:
        """Area and ownership are those of a flat."""
        if door is None and told.get("area") is not None:
            self._fault(row, "area", AppError(N_("An area without a flat: write building and room too, "
                                                 "or leave the area empty.")))  # fmt: skip
            return False
        if door is None and told.get("owner"):
            self._fault(row, "owner", AppError(N_("An owner without a flat: write building and room too.")))
            return False
        return True


_PARTS = ("courtyard", "building", "entrance", "room")
_DOOR = frozenset({*_PARTS, "address"})
_EMPTY_FLAT = frozenset({"", "空户", "空置", "空房", "无人", "空关", "无人居住", "空"})
_MARKS = ("branch", "left_out", "approval", "assembly_on", "superior_on", "verified_on")
_APPROVED = frozenset({"approval", "assembly_on", "superior_on"})
_UNAPPROVED = N_("Nobody is left out without approval: write who consented and when (支部大会, 上级党委), or leave the "
                 "reason empty.")  # fmt: skip
_SAME = frozenset({"同上", "〃", "″", '"', "“"})
# A row that tells no more than these may be a sum or a note below the list.
_NO_PERSON = frozenset({"name", "area", "note", "courtyard", "building", "entrance", "room", "owner"})
_SUM = re.compile(r"(合计|总计|小计|共计|汇总|总人数|共?\s*\d+\s*[人户名])\s*[:：]?.*", re.DOTALL)
_ABOUT = re.compile(
    r"[（(]?(填表|制表|填报|审核|联系|说明|备注|注|统计|填写|负责|经办|日期|时间|单位|盖章|社区|支部书记|书记)[^，。]{0,8}[:：].*"
    r"|注[1-9一二三].*",
    re.DOTALL,
)


def _about_the_list(values: Sequence[Value], name: int | None) -> bool:
    """Whether the first words of a row, or those where the name belongs, are a sum or tell who made the list."""
    first = next((value for value in values if value is not None and value != ""), None)
    named = values[name] if name is not None and name < len(values) else None
    return any(isinstance(said, str) and bool(_SUM.fullmatch(plain) or _ABOUT.fullmatch(plain))
               for said in (first, named) if (plain := "".join(str(said or "").split())))  # fmt: skip


_MISSING = {
    "building": N_("The building is missing: a flat needs building and room, such as 1号楼 and 101."),
    "room": N_("The room is missing: a flat needs building and room, such as 1号楼 and 101."),
}


def _compare(read: Read, columns: Mapping[str, int]) -> None:
    """Rows against each other: nobody twice, one area a flat, one home a person."""
    areas: dict[tuple[str, ...], Line] = {}
    seen: dict[tuple[str, ...], Line] = {}
    homes: dict[tuple[str, str], list[Line]] = {}
    for line in read.lines:
        key = None if line.door is None else cells.door_key(line.door)
        if key is not None and line.area is not None:
            first = areas.setdefault(key, line)
            if first.area != line.area:
                read.faults.append(Fault(line.row, columns.get("area"), AppError(
                    N_("The same flat has {other} m² in row {row}. Write the area of the deed in both."),
                    other=f"{(first.area or 0) / 100:g}", row=first.row,
                )))  # fmt: skip
        mark = (line.name, *(key or ("", line.phone or "")))
        twice = seen.setdefault(mark, line)
        if twice is not line:
            read.faults.append(Fault(line.row, columns.get("name"), _twice(line, twice)))
        elif line.phone and "*" not in line.phone and line.door is not None:
            homes.setdefault((line.name, line.phone), []).append(line)
    for lines in homes.values():
        for line in lines[1:]:
            if not line.owner and not (len(lines) == 2 and lines[0].owner):
                read.faults.append(Fault(line.row, columns.get("name"), AppError(
                    N_("{name} lives in another flat already (row {row}). Keep one row; a second flat needs 业主 是."),
                    name=line.name, row=lines[0].row,
                )))  # fmt: skip


def _twice(line: Line, first: Line) -> AppError:
    if line.door is not None:
        return AppError(
            N_("{name} stands in the same flat twice (row {row}). Take one row out; for two people of one name add a "
               "mark to one name, such as 大 and 小."), name=line.name, row=first.row,
        )  # fmt: skip
    if line.phone:
        return AppError(N_("{name} stands with the same telephone twice (row {row}). Take one row out."),
                        name=line.name, row=first.row)  # fmt: skip
    return AppError(N_("{name} stands here twice (row {row}) and nothing tells the two apart. Take one row out, or "
                       "write flat or telephone."), name=line.name, row=first.row)  # fmt: skip
