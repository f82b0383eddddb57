"""Lists as people bring them: titles, headings in two rows, sums and notes below, stretched names, members."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from deliberation_app.domain.register_cells import NOTHING, name
from deliberation_app.domain.register_party import day, left_out, party
from deliberation_app.domain.votes_exclusions import EXCLUSIONS
from deliberation_app.errors import AppError
from deliberation_app.services import meetings, people, register, register_export
from deliberation_app.services.work import Work
from tests.services.small import HandClock
from tests.services.test_register import YARD, everybody, refusal, take, yard

Rows = Sequence[Sequence[Any]]


def sheet(path: Path, rows: Rows, *, merged: Sequence[str] = (), title: str = "Sheet1") -> Path:
    """These rows as an .xlsx, these ranges merged."""
    book = Workbook()
    made = book.active
    assert made is not None
    made.title = title
    for line in rows:
        made.append(list(line))
    for span in merged:
        made.merge_cells(span)
    book.save(path)
    return path


def told(work: Work, unit: Any, path: Path) -> register.Preview:
    return register.preview(work, unit, register.chosen(register.sheets(path), path.stem))


def homes(seen: register.Preview) -> dict[str, str]:
    """Who lives where by the list."""
    return {line.name: "" if line.door is None else "-".join(part for part in line.door[1:] if part)
            for line in seen.lines}  # fmt: skip


HEADS = ("序号", "姓名", "性别", "身份证号", "联系电话", "楼号", "单元", "房号", "备注")
TWO = [
    ["2026年住户登记表"],
    ["序号", "姓名", "性别", "联系方式", None, "房屋信息", None, None, None, "是否业主"],
    [None, None, None, "手机", "固话", "楼栋", "单元", "房号", "面积（㎡）", None],
    [1, "王伟", "男", "13900000021", "0531-88880000", "3号楼", "1单元", "101", "98.76", "是"],
    [2, "李娜", "女", "无", "", "3号楼", "1单元", "102", 88.5, "否"],
]
LISTS: dict[str, tuple[Rows, Sequence[str], str, dict[str, str]]] = {
    "title, full width, floats, a sum and who wrote it": ([
        ["居民花名册"], ["填报单位：试例社区", None, None, "填报日期：2026年3月"], HEADS,
        [1, "王　伟", "男", "370102195003072816", "１３９００００００１１", 1, 1, 101],
        [2, "张  强", "男", 370102197003072800, 13900000013.0, "２", "２", "２０１", "/"],
        [], [3], ["合计", 2], ["填表人：王伟", None, None, None, "审核人：李娜"],
    ], ("A1:I1", "A2:C2"), "", {"王伟": "1号楼-1单元-101", "张强": "2号楼-2单元-201"}),
    "headings in two rows": (TWO, ("A1:J1", "D2:E2", "F2:I2"), "",
                             {"王伟": "3号楼-1单元-101", "李娜": "3号楼-1单元-102"}),
    "headings in two rows, merged": (TWO, ("D2:E2", "F2:I2", "A2:A3", "B2:B3", "C2:C3", "J2:J3"), "",
                                     {"王伟": "3号楼-1单元-101", "李娜": "3号楼-1单元-102"}),
    "as above": ([["楼栋", "单元", "房号", "户主姓名"], ["1号楼", "1", "101", "王伟"], ["同上", "〃", "同上", "李娜"],
                  ["2号楼", "1", "101", "张三（户主）"]], (), "",
                 {"王伟": "1号楼-1单元-101", "李娜": "1号楼-1单元-101", "张三": "2号楼-1单元-101"}),
    "addresses of every kind": ([
        ["姓名", "现住址"], ["王一", f"{YARD}1号楼2单元301室"], ["王二", f"市中区{YARD}3-1-502"],
        ["王三", "3#1单元503"],
        ["王四", "1号楼2单元302"], ["王五", "2栋1501"], ["王六", "1号楼101"],
    ], (), "", {"王一": "1号楼-2单元-301", "王二": "3号楼-1单元-502", "王三": "3号楼-1单元-503",
                "王四": "1号楼-2单元-302", "王五": "2栋-1501", "王六": "1号楼-101"}),
    "whole addresses as rooms, empty flats": ([
        ["门牌号", "户主", "家庭人口"], ["1号楼1单元101", "王一", 3], ["1-1-102", "空户", None],
        ["1-1-103", None, None],
        ["1-1-104", "李二", 2],
    ], (), "", {"王一": "1号楼-1单元-101", "李二": "1号楼-1单元-104"}),
    "one sheet a building": ([["居民名单"], ["姓名", "房间号"], ["王一", "101"]], (), "12号楼",
                             {"王一": "12号楼-101"}),
    "notes below": ([["姓名", "楼栋", "房号"], ["王一", "1", "101"], ["注：本表一式两份"], ["说明：红色为空户"],
                     [None, "共1户"], ["制表人：张三", None, "2026.3.1"]], (), "", {"王一": "1号楼-101"}),
    "two columns of telephones": ([["姓名", "联系电话1", "联系电话2"], ["王一", 13900000181, 13900000182]], (), "",
                                  {"王一": ""}),
    "in English": ([["Name", "Building", "Room", "Owner"], ["Anna Smith", "1", "101", "yes"]], (), "",
                   {"Anna Smith": "1号楼-101"}),
}  # fmt: skip


@pytest.mark.parametrize("case", LISTS)
def test_lists_as_people_bring_them(work: Work, tmp_path: Path, case: str) -> None:
    rows, merged, title, wanted = LISTS[case]
    unit = yard(work)
    path = sheet(tmp_path / "list.xlsx", rows, merged=merged, title=title or "Sheet1")
    seen = told(work, unit, path)
    assert [(fault.row, str(fault.sentence)) for fault in seen.faults] == []
    assert homes(seen) == wanted
    assert take(work, unit, path).added == len(wanted)
    again = take(work, unit, path)
    assert (again.added, again.changed) == (0, 0)


def test_an_identity_number_is_never_kept(work: Work, tmp_path: Path) -> None:
    unit = yard(work)
    path = sheet(tmp_path / "a.xlsx", [["姓名", "证件号码", "备注"], ["王一", "37010219500307281X", "独居"]])
    assert register.chosen(register.sheets(path), "a").left == ("证件号码",)
    take(work, unit, path)
    kept = everybody(work)["王一"]
    assert all("3701021950" not in str(value) for value in vars(kept).values())
    wrong = sheet(tmp_path / "b.xlsx", [["姓名", "备注"], ["王二", "身份证37010219500307281X"]])
    assert [place for place, _words in refusal(work, unit, wrong)] == ["Sheet1!B2"]


@pytest.mark.parametrize("said", sorted(NOTHING))
def test_what_is_written_not_to_leave_a_cell_empty_says_nothing(work: Work, tmp_path: Path, said: str) -> None:
    path = sheet(tmp_path / "a.xlsx", [["姓名", "性别", "手机", "面积", "职务", "备注"], ["王一", *[said] * 5]])
    [line] = told(work, yard(work), path).lines
    assert (line.gender, line.phone, line.area, line.post, line.note) == (None,) * 5


@pytest.mark.parametrize(
    ("written", "read"),
    [("王 伟", "王伟"), ("王　伟", "王伟"), ("张  强", "张强"), ("王 小明", "王小明"), ("欧阳 试例", "欧阳试例"),
     ("欧 阳 试", "欧阳试"), ("王伟（户主）", "王伟"), ("王伟*", "王伟"), ("Anna Smith", "Anna Smith"),
     ("买买提 . 吐尔逊", "买买提·吐尔逊"), ("张三（大）", "张三（大）")],
)  # fmt: skip
def test_names_stretched_and_marked(written: str, read: str) -> None:
    assert name(written) == read


@pytest.mark.parametrize("written", ["张三 李四", "张三  李四", "张三、李四", "张三/李四"])
def test_two_names_in_a_cell_are_two_people(written: str) -> None:
    with pytest.raises(AppError, match="several names"):
        name(written)


@pytest.mark.parametrize(
    ("written", "read"),
    [(date(2026, 9, 12), (2026, 9, 12)), ("2026.9.12", (2026, 9, 12)), ("2026年9月12日", (2026, 9, 12)),
     ("２０２６－９－１２", (2026, 9, 12)), (20260912, (2026, 9, 12)), (46277, (2026, 9, 12)), (2026.9, (2026, 9, 1)),
     ("2026/9/12 10:00", (2026, 9, 12)), ("1986.05", (1986, 5, 1)), ("/", None), ("未访", None), (None, None)],
)  # fmt: skip
def test_days_however_they_are_written(written: Any, read: tuple[int, int, int] | None) -> None:
    assert day(written) == (None if read is None else date(*read))


@pytest.mark.parametrize("written", ["2026.13.1", "九月", 12, "2026-02-30", True])
def test_what_is_no_day_is_said(written: Any) -> None:
    with pytest.raises(AppError):
        day(written)


@pytest.mark.parametrize("reason", EXCLUSIONS)
def test_each_reason_is_known_by_its_title(reason: str) -> None:
    assert left_out(EXCLUSIONS[reason].title) == reason


def test_words_of_membership() -> None:
    assert [party(one) for one in ("中共党员（预备）", "正式党员", "群众", "/", "民革会员")] == [
        "probationary", "full", "none", None, "none",
    ]  # fmt: skip
    with pytest.raises(AppError, match="no reason"):
        left_out("太忙")


MEMBERS = [
    ["中共试例大院支部委员会党员花名册"],
    ["姓名", "党员类别", "所在党支部", "电话", "不计入应到原因", "批准情况", "支部大会同意日期", "上级党委同意日期"],
    ["王一", "正式党员", f"{YARD}党支部", 13900000051],
    ["王二", "预备党员", YARD, 13900000052],
    ["王三", "正式党员", "市规划院党支部", 13900000053],
    ["王四", "正式党员", None, 13900000054, "年老体弱卧床不起，生活不能自理", "批复〔2026〕3号", "2026.9.1", 46270],
]


def test_members_of_a_list_belong_to_the_branch(work: Work, clock: HandClock, tmp_path: Path) -> None:
    """Full and probationary are due; who reports to both is not, who is left out is left out with both consents."""
    unit = yard(work)
    path = sheet(tmp_path / "党员.xlsx", MEMBERS)
    assert register.chosen(register.sheets(path), "党员").members
    taken = take(work, unit, path)
    assert (taken.added, taken.joined) == (4, 3)
    known = everybody(work)
    assert (known["王二"].party, known["王三"].reports_from) == ("probationary", "市规划院党支部")
    four = known["王四"]
    assert (four.left_out, four.left_out_approval, four.left_out_assembly_on, four.left_out_superior_on) == (
        "bedridden", "批复〔2026〕3号", date(2026, 9, 1), date(2026, 9, 5),
    )  # fmt: skip
    due = meetings.suggestion(work, unit, "branch_assembly", clock.now)["due"]
    assert {known[one].id for one in ("王一", "王二", "王四")} <= set(due)
    assert known["王三"].id not in due
    again = take(work, unit, path)
    assert (again.added, again.changed, again.joined) == (0, 0, 0)
    work.undo()
    assert "王四" not in everybody(work)


def test_residents_who_are_members_somewhere_join_only_when_asked(work: Work, tmp_path: Path) -> None:
    unit = yard(work)
    path = sheet(tmp_path / "a.xlsx", [["姓名", "政治面貌", "手机"], ["王一", "中共党员", 13900000061],
                                       ["王二", "群众", 13900000062]])  # fmt: skip
    plain = register.chosen(register.sheets(path), "居民花名册")
    assert not plain.members
    assert register.take_in(work, unit, plain).joined == 0
    asked = register.List(plain.sheet, plain.heading, plain.columns, members=True)
    taken = register.take_in(work, unit, asked)
    assert (taken.changed, taken.joined, taken.unchanged) == (1, 1, 1)
    [(held, _unit)] = people.memberships(work, everybody(work)["王一"].id)
    assert (held.role, held.from_on, held.to_on) == ("member", None, None)


def test_left_out_without_approval_is_refused_at_the_cell(work: Work, tmp_path: Path) -> None:
    rows = [["姓名", "党员类别", "不计入应到原因", "批准情况"], ["王一", "正式党员", "卧床", None]]
    assert [place for place, _words in refusal(work, yard(work), sheet(tmp_path / "a.xlsx", rows))] == ["Sheet1!D2"]


def test_out_and_in_again_with_everything_a_register_knows(work: Work, tmp_path: Path, clock: HandClock) -> None:
    unit = yard(work)
    take(work, unit, sheet(tmp_path / "a.xlsx", MEMBERS))
    take(work, unit, sheet(tmp_path / "b.xlsx", [["姓名", "电话", "入户日期"], ["王一", 13900000051, "2026年9月12日"]]))
    assert everybody(work)["王一"].verified_on == date(2026, 9, 12)
    register_export.export(work, unit, tmp_path / "c.xlsx")
    [out] = register.sheets(tmp_path / "c.xlsx")
    assert "核实日期" in out.rows[0][1]
    seen = told(work, unit, tmp_path / "c.xlsx")
    assert {step.verdict for step in seen.plan.steps} == {"unchanged"}
    assert (seen.faults, seen.joining) == ((), 0)
    older = sheet(tmp_path / "d.xlsx", [["姓名", "电话", "核实日期"], ["王一", 13900000051, date(2025, 1, 2)]])
    assert take(work, unit, older).unchanged == 1  # an older check is no news
