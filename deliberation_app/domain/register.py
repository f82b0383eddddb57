"""Registers as tables: which columns are known by their headings, and what a cell may hold before it is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from deliberation_app.domain.script import simplify
from deliberation_app.errors import N_, AppError

# A heading stands somewhere in the first rows, below a title that goes over the whole width.
_HEADING_ROWS = 30
_LONGEST_HEADING = 20
_NOISE = re.compile(r"[\s*＊:：、/.．_\-]+")
_FIRST = re.compile("[1一①]$")  # 联系电话1, beside which stands 联系电话2
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that computes; a register takes values only."""

    text: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that shows an error of the spreadsheet, such as #N/A."""

    code: str


Value = str | int | float | bool | date | Formula | Wrong | None


@dataclass(frozen=True)
class Sheet:
    """A sheet as it was read: rows with their numbers, and which columns are hidden; `cells` whether A1 is said."""

    name: str
    rows: Sequence[tuple[int, Sequence[Value]]]
    hidden: frozenset[int] = frozenset()

    def place(self, row: int, column: int | None = None) -> str:
        """名册!C7, as it is said to people; without a column the whole row."""
        return f"{self.name}!{letters(column) if column is not None else ''}{row}"


@dataclass(frozen=True)
class Field:
    """What a column may mean: heading on paper, English source for screens, other headings it is known by."""

    id: str
    title: str
    name: str
    words: tuple[str, ...]


_FIELDS = (
    Field("name", "姓名", N_("Name"), ("名字", "居民姓名", "人员姓名", "业主姓名", "产权人姓名", "房主姓名", "户主姓名",
                                     "党员姓名", "户主", "name")),
    Field("gender", "性别", N_("Gender"), ("男女", "gender", "sex")),
    Field("phone", "手机", N_("Telephone"), ("手机号", "手机号码", "电话", "电话号码", "联系电话", "联系方式",
                                          "移动电话", "本人电话", "phone", "telephone", "mobile")),
    Field("courtyard", "小区", N_("Courtyard"), ("小区名称", "院落", "院", "小区名", "所属小区", "所在小区",
                                            "居住小区", "courtyard")),
    Field("building", "楼栋", N_("Building"), ("楼号", "楼", "栋", "幢", "栋号", "幢号", "楼栋号", "座", "楼座",
                                          "building")),
    Field("entrance", "单元", N_("Entrance"), ("单元号", "门洞", "entrance")),
    Field("room", "房号", N_("Room number"), ("房间号", "室", "室号", "户号", "门牌", "门牌号", "房间",
                                      "房屋号", "room")),
    Field("address", "住址", N_("Address"), ("地址", "家庭住址", "现住址", "居住地址", "房屋坐落", "房屋地址", "楼房号",
                                          "楼栋房号", "住处", "address")),
    Field("area", "面积", N_("Area"), ("建筑面积", "房屋面积", "产权面积", "房产面积", "专有面积", "area")),
    Field("owner", "业主", N_("Owner"), ("是否业主", "产权人", "是否产权人", "是否房主", "房主", "业主与否", "owner")),
    Field("party", "政治面貌", N_("Party"), ("党员", "是否党员", "政治身份", "党员情况", "面貌", "党员类别",
                                            "党员类型", "人员类别", "party")),
    Field("post", "职务", N_("Post"), ("身份", "岗位", "社区职务", "职位", "院内职务", "党内职务", "支部职务", "post")),
    Field("branch", "所在党支部", N_("Party branch"), (
        "党支部", "所在支部", "所属支部", "所属党支部", "组织关系", "组织关系所在支部", "组织关系所在党支部",
        "组织关系所在党组织", "组织关系所在地", "所在党组织", "所属党组织", "党组织", "报到单位", "报到党组织",
        "双报到", "双报到单位", "是否双报到", "双报到党员", "branch")),
    Field("left_out", "不计入应到原因", N_("Not counted as due"), (
        "不计入应到", "不计入原因", "不计入应到会人数", "不计入应到会人数原因", "不计应到", "不计应到原因")),
    Field("approval", "批准情况", N_("Approved by"), ("批准依据", "批准文号", "批准文件", "不计入批准情况")),
    Field("assembly_on", "支部大会同意日期", N_("Consent of the branch assembly"), (
        "支部大会同意", "支部大会通过日期", "支部大会日期")),
    Field("superior_on", "上级党委同意日期", N_("Consent of the level above"), (
        "上级同意日期", "上级党委同意", "上级批准日期", "上级党组织同意日期")),
    Field("verified_on", "核实日期", N_("Last checked"), (
        "最近核实", "最近核实日期", "核实时间", "入户日期", "入户时间", "走访日期", "走访时间", "最近走访", "更新日期",
        "更新时间")),
    Field("note", "备注", N_("Note"), ("说明", "附注", "其他", "note", "remark", "remarks")),
)  # fmt: skip
FIELDS: Mapping[str, Field] = MappingProxyType({field.id: field for field in _FIELDS})
_KNOWN: Mapping[str, str] = MappingProxyType(
    {word: field.id for field in _FIELDS for word in (*field.words, field.title)}
)


_OWNERS = re.compile("业主|产权人|房主|所有权人")
_BUILDING = re.compile(r"(?<![\d-])(\d{1,3})\s*(?:号楼|栋|幢|座|#楼)")


@dataclass(frozen=True)
class Heading:
    """The heading row of a sheet: where it is, which column means which field, and what is there besides."""

    at: int  # index into Sheet.rows
    row: int  # as the spreadsheet counts
    columns: Mapping[str, int]  # field → column
    words: Mapping[int, str]  # column → what its heading says
    faults: tuple[tuple[int, AppError], ...] = ()  # column and what is wrong with it

    def of_owners(self) -> bool:
        """Whether those named are owners by the heading itself: 业主姓名."""
        return meaning(self.words.get(self.columns.get("name", -1))) == "name" and bool(
            _OWNERS.match(_plain(self.words[self.columns["name"]]))
        )

    def other(self) -> list[int]:
        """The columns that mean nothing to a register."""
        known = set(self.columns.values())
        return [column for column in self.words if column not in known]


def letters(column: int) -> str:
    """The name of a column as spreadsheets give it, 0 is A."""
    said = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        said = chr(65 + place) + said
    return said


def meaning(heading: object) -> str | None:
    """The field that a heading means, None for one that is not known."""
    if not isinstance(heading, str):
        return None
    plain = _plain(heading)
    bare = _plain(_BRACKETS.sub("", heading))
    return _KNOWN.get(plain) or _KNOWN.get(bare) or _KNOWN.get(_FIRST.sub("", bare))


def _plain(heading: str) -> str:
    return _NOISE.sub("", simplify(unicodedata.normalize("NFKC", heading))).casefold()


def find_heading(sheet: Sheet) -> Heading | None:
    """The row that names the columns: of the first rows the one with most known headings, 姓名 among them."""
    best: tuple[int, int] | None = None
    for at, (_row, values) in enumerate(sheet.rows[:_HEADING_ROWS]):
        known = {field for value in values if (field := meaning(value))}
        if "name" in known and (best is None or len(known) > best[0]):
            best = len(known), at
    return None if best is None else heading_at(sheet, best[1])


def likely_heading(sheet: Sheet) -> Heading | None:
    """The row that looks most like a heading where none has 姓名: the first with the most words in it."""
    counted = [
        (sum(isinstance(value, str) and bool(value.strip()) for value in values), -at)
        for at, (_row, values) in enumerate(sheet.rows[:_HEADING_ROWS])
    ]
    most = max(counted, default=(0, 0))
    return heading_at(sheet, -most[1]) if most[0] else None


def heading_at(sheet: Sheet, at: int) -> Heading:
    """Read one row as the heading; of two columns with one meaning that with the exact word is taken.

    Where headings stand in two rows (房屋信息 over 楼栋 and 房号), both are read as one.
    """
    row, values = sheet.rows[at]
    words = {column: _text(value) for column, value in enumerate(values) if _text(value)}
    below = sheet.rows[at + 1][1] if at + 1 < len(sheet.rows) else ()
    if _second_row(words, below):
        at += 1
        row = sheet.rows[at][0]
        words |= {column: _text(value) for column, value in enumerate(below) if _text(value)}
    elif at and sheet.rows[at - 1][0] == row - 1:
        above = sheet.rows[at - 1][1]
        words |= {column: _text(value) for column, value in enumerate(above) if column not in words and meaning(value)}
    meant: dict[str, list[int]] = {}
    for column, text in words.items():
        field = meaning(text)
        if field is not None:
            meant.setdefault(field, []).append(column)
    columns: dict[str, int] = {}
    faults = []
    for field, places in meant.items():
        places.sort(key=lambda column: words[column].startswith("是否"))  # 报到单位 says more than 是否双报到
        exact = [column for column in places if _plain(words[column]) == FIELDS[field].title] or places
        columns[field] = exact[0]
        exact = [column for column in exact if _plain(words[column]) == _plain(words[exact[0]])]
        if len(exact) > 1:
            faults.append((exact[1], AppError(
                N_("Two columns are both called “{heading}” ({first} and {second}). Keep one of them, or give the "
                   "other one another name."),
                heading=words[exact[1]], first=letters(exact[0]), second=letters(exact[1]),
            )))  # fmt: skip
    return Heading(at, row, columns, words, tuple(faults))


def _second_row(words: Mapping[int, str], below: Sequence[Value]) -> bool:
    """Whether the row below goes on with the heading: words only, known ones among them, no name of its own."""
    told = {column: value for column, value in enumerate(below) if value is not None and value != ""}
    if not told or not all(isinstance(value, str) and len(value) <= _LONGEST_HEADING for value in told.values()):
        return False
    named = [column for column, said in words.items() if meaning(said) == "name"]
    if any(_text(told.get(column)) not in ("", words[column]) for column in named):
        return False
    if any(meaning(words.get(column)) and not meaning(value) for column, value in told.items()):
        return False  # 1号楼 below 楼栋: somebody whose name is missing
    return any(meaning(value) and _text(value) != words.get(column) for column, value in told.items())


def building_of(sheet: Sheet, heading: Heading) -> str:
    """The building whose list it is, where sheet or title say so: 3号楼居民名单; empty where they name none or more."""
    above = [value for _row, values in sheet.rows[: heading.at] for value in values if isinstance(value, str)]
    found = {number for text in (sheet.name, *above) for number in _BUILDING.findall(text)}
    return f"{int(found.pop())}号楼" if len(found) == 1 else ""


def choose(sheets: Iterable[Sheet]) -> tuple[Sheet, Heading] | None:
    """The first sheet with a heading row, and that row."""
    for sheet in sheets:
        heading = find_heading(sheet)
        if heading is not None:
            return sheet, heading
    return None


def _text(value: Value) -> str:
    return value.strip() if isinstance(value, str) else ""
