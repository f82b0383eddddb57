"""Registers from lists: formats, forty kinds of faults with their cells, nobody twice, out again and unchanged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlalchemy import select

from deliberation_app.errors import AppError, FileFaults
from deliberation_app.services import people, people_home, register, register_export, register_file, units
from deliberation_app.services.work import Work
from deliberation_app.storage.people import Household, Person, Residence

HEADING = ("姓名", "性别", "手机", "小区", "楼栋", "单元", "房号", "面积", "业主", "政治面貌", "职务", "备注")
YARD = "试例大院"
GOOD = ("范例安", "男", "13900000001", YARD, "1号楼", "1单元", "101", 98.76, "是", "中共党员", "楼长", "常年在家")


def excel(path: Path, *rows: Sequence[Any], heading: Sequence[Any] = HEADING, title: str = "") -> Path:
    """An .xlsx with these rows below the heading."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名册"
    if title:
        sheet.append([title])
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(heading))
    for row in (heading, *rows):
        sheet.append(list(row))
    book.save(path)
    return path


def row(**values: Any) -> list[Any]:
    """A good row with other values in some columns."""
    names = dict(zip(("name", "gender", "phone", "courtyard", "building", "entrance", "room", "area", "owner", "party",
                      "post", "note"), GOOD, strict=True))  # fmt: skip
    return list({**names, **values}.values())


def yard(work: Work) -> Any:
    """A courtyard with its secretary."""
    return units.set_up(work, name=YARD, kind="courtyard", chair_name="史书记")


def take(work: Work, unit: Any, path: Path) -> register.Taken:
    """Take a list in."""
    return register.take_in(work, unit, register.chosen(register.sheets(path), path.stem))


def refusal(work: Work, unit: Any, path: Path) -> list[tuple[str, str]]:
    """The cells a list is refused for, with their sentences."""
    with pytest.raises(FileFaults) as refused:
        take(work, unit, path)
    return [(place, str(sentence)) for place, sentence in refused.value.faults]


def everybody(work: Work) -> dict[str, Person]:
    """All people by name."""
    with work.read() as session:
        return {kept.name: kept for kept in session.scalars(select(Person))}


def test_a_list_as_wps_writes_it(work: Work, tmp_path: Path) -> None:
    unit = yard(work)
    path = excel(
        tmp_path / "a.xlsx",
        row(),
        row(name="买买提•吐尔逊", phone=13900000002.0, building=2, entrance=1, room=201.0, area="88.5㎡", owner="否",
            party="共青团员", post=None, note="'=不是公式"),
        row(name="𬱖例", phone=None, gender=None, room="101室", building="1", owner="是", area=None, party="预备党员"),
        [None] * 12, ["", " ", None],
        title="试例大院居民名册",
    )  # fmt: skip
    taken = take(work, unit, path)
    assert (taken.added, taken.changed, taken.unchanged) == (3, 0, 0)
    known = everybody(work)
    second = known["买买提·吐尔逊"]
    assert (second.phone, second.party, second.note) == ("13900000002", "none", "=不是公式")
    assert known["𬱖例"].party == "probationary"
    view = people.person(work, second.id)
    assert view.home is not None
    assert (view.home.building, view.home.entrance, view.home.room, view.home.area) == ("2号楼", "1单元", "201", 8850)
    shared = people_home.household(work, known["范例安"].household_id)  # type: ignore[arg-type]
    assert [one.name for one in shared.residents] == ["𬱖例", "范例安"] or len(shared.residents) == 2
    assert [name for _key, name in shared.owners] == ["范例安", "𬱖例"]


def test_the_same_list_again_doubles_nobody(work: Work, tmp_path: Path) -> None:
    unit = yard(work)
    rows = [row(), row(name="王无房", courtyard=None, building=None, entrance=None, room=None, area=None, owner=None),
            row(name="李无号", phone=None, room="102", building="1栋"), row(room="301", building="3")]  # fmt: skip
    path = excel(tmp_path / "a.xlsx", *rows)
    assert take(work, unit, path).added == 3  # one of them owns two flats
    count = len(everybody(work))
    again = take(work, unit, path)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 3)
    assert len(everybody(work)) == count
    assert [flat.room for flat in people.person(work, everybody(work)["范例安"].id).owns] == ["101", "301"]


def test_what_a_newer_list_changes(work: Work, tmp_path: Path) -> None:
    unit = yard(work)
    take(work, unit, excel(tmp_path / "a.xlsx", row(), row(name="李租客", phone="13900000009", room="102", owner="否")))
    newer = excel(tmp_path / "b.xlsx", row(phone="13900000077", owner="否", note=None, area=99),
                  row(name="李租客", phone="13900000009", room="202", building="2号楼", owner="否"))  # fmt: skip
    seen = register.preview(work, unit, register.chosen(register.sheets(newer), "b"))
    told = {step.line.name: [(one.field, one.old, one.new) for one in step.changes] for step in seen.plan.steps}
    assert told == {
        "范例安": [("phone", "13900000001", "13900000077"), ("area", "98.76", "99"), ("owner", "是", "否")],
        "李租客": [("flat", "1号楼 1单元 102", "2号楼 1单元 202"), ("area", "", "98.76")],
    }
    assert take(work, unit, newer).changed == 2
    moved = people.person(work, everybody(work)["李租客"].id)
    assert [(stay.home, stay.to_on is None) for stay in moved.stays] == [
        (f"{YARD} 2号楼 1单元 202", True), (f"{YARD} 1号楼 1单元 102", False),
    ]  # fmt: skip
    assert everybody(work)["范例安"].note == "常年在家"
    work.undo()
    with work.read() as session:
        assert session.scalars(select(Residence)).first() is None
        assert session.scalars(select(Household.area).where(Household.room == "101")).one() == 9876


def test_several_who_fit_are_refused_at_the_cell(work: Work, tmp_path: Path) -> None:
    unit = yard(work)
    for room in ("101", "102"):
        people.add(work, unit, name="张伟", phone="13900000005", home=people.Home(YARD, "1号楼", room))
    path = excel(tmp_path / "a.xlsx", ["张伟", "13900000005"], ["张伟", None], heading=("姓名", "手机"))
    faults = refusal(work, unit, path)
    assert [place for place, _words in faults] == ["名册!A2", "名册!A3"]
    assert "1号楼 101、1号楼 102" in faults[0][1]


FAULTS: dict[str, tuple[list[Any], str]] = {
    "name missing": (row(name=None), "A"),
    "name with digits": (row(name="张3"), "A"),
    "name is a number": (row(name=35), "A"),
    "name is yes": (row(name=True), "A"),
    "name is a date": (row(name=date(2026, 1, 2)), "A"),
    "several names": (row(name="张一、李二"), "A"),
    "a sum": (row(name="合计"), "A"),
    "nobody": (row(name="空户"), "A"),
    "name too long": (row(name="长" * 101), "A"),
    "name as formula": (row(name="@张三"), "A"),
    "name with a minus": (row(name="-张三"), "A"),
    "name of marks": (row(name="???"), "A"),
    "name unreadable": (row(name="张\ufffd"), "A"),
    "name with invisible signs": (row(name="张\u202e三"), "A"),
    "gender unknown": (row(gender="先生"), "B"),
    "telephone short": (row(phone="1390000"), "C"),
    "telephone with letters": (row(phone="abc13900"), "C"),
    "telephone rounded": (row(phone="1.39E+10"), "C"),
    "telephone broken": (row(phone=139.5), "C"),
    "two telephones": (row(phone="13900000001/13900000002"), "C"),
    "identity number": (row(phone="370102199001011234"), "C"),
    "formula": (row(phone="=A1"), "C"),
    "building missing": (row(building=None), "E"),
    "building a date": (row(building=date(2026, 1, 2)), "E"),
    "building with a point": (row(building=1.5), "E"),
    "building below 0": (row(building=-1), "E"),
    "building is yes": (row(building=True), "E"),
    "building too long": (row(building="楼" * 41), "E"),
    "building in two lines": (row(building="1号楼\n2号楼"), "E"),
    "room missing": (row(room=None), "G"),
    "room a date": (row(room=date(2026, 3, 1)), "G"),
    "area in words": (row(area="大约九十"), "H"),
    "area 0": (row(area=0), "H"),
    "area below 0": (row(area=-3), "H"),
    "area too fine": (row(area=98.765), "H"),
    "area too large": (row(area=123456789), "H"),
    "area without flat": (row(building=None, entrance=None, room=None, owner=None), "H"),
    "owner unclear": (row(owner="也许"), "I"),
    "owner without flat": (row(building=None, entrance=None, room=None, area=None), "I"),
    "party unknown": (row(party="退党"), "J"),
    "post too long": (row(post="职" * 201), "K"),
    "note too long": (row(note="注" * 2001), "L"),
    "note as formula": (row(note="=HYPERLINK()"), "L"),
    "error of the spreadsheet": (row(note="#N/A"), "L"),
}


def test_forty_kinds_of_faults_each_with_its_cell(work: Work, tmp_path: Path) -> None:
    """One file, one fault a row; and nothing of it is in the database afterwards."""
    unit = yard(work)
    before = set(everybody(work))
    # Rows with a good name get names of their own, so that they are no doubles of each other.
    rows = [[f"范例{chr(0x4E00 + number)}" if faulty[0] == GOOD[0] else faulty[0], *faulty[1:]]
            for number, (faulty, _column) in enumerate(FAULTS.values())]  # fmt: skip
    faults = refusal(work, unit, excel(tmp_path / "a.xlsx", *rows))
    places = [place for place, _sentence in faults]
    wanted = [f"名册!{column}{number}" for number, (_row, column) in enumerate(FAULTS.values(), 2)]
    assert places == wanted
    assert all(len(sentence) > 10 for _place, sentence in faults)
    assert len({sentence.split("“")[0][:30] for _place, sentence in faults}) >= 25
    assert set(everybody(work)) == before


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([row(), row()], "名册!A3"),
        ([row(), row(phone=None)], "名册!A3"),
        ([row(), row(name="李二", phone=None, area=50)], "名册!H3"),
        ([row(owner="否"), row(room="202", owner="否")], "名册!A3"),
        ([row(courtyard=None, building=None, entrance=None, room=None, area=None, owner=None)] * 2, "名册!A3"),
    ],
)  # fmt: skip
def test_rows_against_each_other(work: Work, tmp_path: Path, rows: list[list[Any]], place: str) -> None:
    assert [found for found, _ in refusal(work, yard(work), excel(tmp_path / "a.xlsx", *rows))] == [place]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("comma", [",", ";", "\t"])
def test_csv(work: Work, tmp_path: Path, encoding: str, comma: str) -> None:
    unit = yard(work)
    path = tmp_path / "名册.csv"
    lines = (("姓名", "手 机", "楼栋", "房号", "备注"), ("陶堃", "139 0000 0001", "1", "101", f'"两行{comma}\n一格"'))
    path.write_bytes("\r\n".join(comma.join(line) for line in lines).encode(encoding))
    assert take(work, unit, path).added == 1
    kept = everybody(work)["陶堃"]
    assert (kept.phone, kept.note) == ("13900000001", f"两行{comma}\n一格")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", '姓名\n"张三'.encode()), ("a.csv", "姓名\n张\0三".encode()), ("a.csv", b"\xff\xfe\x00"),
        ("a.csv", b"\x81\xff\xff"), ("a.xlsx", b"no zip"), ("a.xlsx", b"\xd0\xcf\x11\xe0 locked"), ("a.xls", b""),
        ("a.xlsx", b"PK\x03\x04"), ("missing.xlsx", None),
    ],
)  # fmt: skip
def test_files_that_are_none(tmp_path: Path, name: str, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(AppError):
        register.sheets(tmp_path / name)


def test_a_list_without_names(work: Work, tmp_path: Path) -> None:
    unit = yard(work)
    assert refusal(work, unit, excel(tmp_path / "a.xlsx", ["x"], heading=("客户",)))[0][0] == "名册!A1"
    assert refusal(work, unit, excel(tmp_path / "b.xlsx"))[0][0] == "名册!A1"
    twice = excel(tmp_path / "c.xlsx", ["张三", "男", "女"], heading=("姓名", "性别", "性别"))
    assert [place for place, _ in refusal(work, unit, twice)] == ["名册!C1"]


def test_the_first_sheet_with_a_heading_is_taken(work: Work, tmp_path: Path) -> None:
    book = Workbook()
    first = book.active
    assert first is not None
    first.append(["说明：请勿修改"])
    second = book.create_sheet("居民")
    second.append(["某院名册"])
    second.append(["*姓名（必填）", "联系电话", "住址"])
    second.append(["张三", 13900000003, f"{YARD}3号楼1单元502室"])
    second.append(["李四", None, "3-1-503"])
    second.merge_cells("A1:C1")
    second.column_dimensions["B"].hidden = True
    book.save(tmp_path / "a.xlsx")
    sheets = register.sheets(tmp_path / "a.xlsx")
    assert sheets[1].hidden == frozenset({1})
    unit = yard(work)
    assert take(work, unit, tmp_path / "a.xlsx").added == 2
    assert [flat.room for flat in people.households(work, unit)] == ["502", "503"]


def test_a_merged_building_holds_for_all_its_rows(work: Work, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (("楼栋", "房号", "姓名"), ("5号楼", "101", "张三"), (None, "102", "李四"), (None, "103", "王五")):
        sheet.append(line)
    sheet.merge_cells("A2:A4")
    book.save(tmp_path / "a.xlsx")
    unit = yard(work)
    take(work, unit, tmp_path / "a.xlsx")
    assert {(flat.building, flat.room) for flat in people.households(work, unit)} == {
        ("5号楼", "101"), ("5号楼", "102"), ("5号楼", "103"),
    }  # fmt: skip


def test_out_and_in_again_changes_nothing(work: Work, tmp_path: Path) -> None:
    unit = yard(work)
    take(work, unit, excel(tmp_path / "a.xlsx", row(note="'=1+1", post="'@楼长"), row(room="301", note=None),
                           row(name="李二", phone="'+8613900000002"[1:], room="102", owner="否")))  # fmt: skip
    assert everybody(work)["范例安"].note == "=1+1"
    assert register_export.export(work, unit, tmp_path / "b.xlsx") == 3
    [sheet] = register_file.read(tmp_path / "b.xlsx")
    texts = [value for _row, values in sheet.rows for value in values if isinstance(value, str)]
    assert not [text for text in texts if text[:1] in "=+-@"]
    again = take(work, unit, tmp_path / "b.xlsx")
    assert (again.added, again.changed, again.unchanged) == (0, 0, 3)
    assert register_export.export(work, unit, tmp_path / "c.xlsx", only="party") == 3


def test_somebody_who_moved_away_stays_away(work: Work, tmp_path: Path) -> None:
    unit = yard(work)
    path = excel(tmp_path / "a.xlsx", row())
    take(work, unit, path)
    people.move_out(work, everybody(work)["范例安"].id, date(2026, 10, 1))
    again = take(work, unit, path)
    assert (again.added, again.changed, again.left) == (0, 0, 1)


def test_an_empty_database_founds_the_courtyard(work: Work, tmp_path: Path) -> None:
    taken = take(work, None, excel(tmp_path / "a.xlsx", row()))
    assert units.unit(work, taken.unit_id).name == YARD


def test_it_stops_when_asked_and_changes_nothing(work: Work, tmp_path: Path) -> None:
    unit = yard(work)
    told = register.chosen(register.sheets(excel(tmp_path / "a.xlsx", row())), "a")

    def stop(_done: int, _total: int) -> None:
        raise AppError(register.STOPPED)

    with pytest.raises(AppError, match="Stopped"):
        register.take_in(work, unit, told, stop)
    assert set(everybody(work)) == {"史书记"}


CELLS = st.one_of(
    st.none(), st.text(max_size=12), st.integers(), st.floats(), st.booleans(), st.dates(),
    st.sampled_from(["张三", "13900000001", "1号楼", "101", "是", "群众", "=1", "合计"]),
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(st.lists(CELLS, max_size=12), max_size=6))
def test_whatever_a_list_holds_it_is_taken_or_refused_with_cells(rows: list[list[Any]]) -> None:
    sheet = register.register.Sheet("名册", [(1, list(HEADING)), *((n, line) for n, line in enumerate(rows, 2))])
    heading = register.register.find_heading(sheet)
    assert heading is not None
    seen = register.check(register.List(sheet, heading, heading.columns))
    places = [sheet.place(fault.row, fault.column) for fault in seen.faults]
    assert all(place.startswith("名册!") for place in places)
    assert bool(seen.lines) or bool(seen.faults)


@settings(max_examples=40, deadline=None)
@given(content=st.binary(max_size=400))
def test_no_file_of_any_bytes_breaks_anything(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    for name in ("a.csv", "a.xlsx"):
        path = tmp_path_factory.mktemp("bytes") / name
        path.write_bytes(content)
        try:
            sheets = register.sheets(path)
        except AppError:
            continue
        assert all(sheet.rows == [] or sheet.rows[0][0] >= 1 for sheet in sheets)


def test_two_heads_of_a_building_are_said_at_their_rows_and_taken(work: Work, tmp_path: Path) -> None:
    """A remark and no fault: in the list itself, and against the register; whom the list gives another post is none."""
    unit = yard(work)
    people.add(work, unit, name="王旧", post="楼长", home=people.Home(YARD, "3号楼", "101"))
    people.add(work, unit, name="王换", post="楼长", home=people.Home(YARD, "4号楼", "101"))
    rows = [
        row(name="张一"), row(name="张二", phone="13900000002", room="102"),
        row(name="张三", phone=None, room="103", post="副楼长"), row(name="张四", phone=None, building="2号楼"),
        row(name="张五", phone=None, building="9号楼", post="3栋楼长"),
        row(name="王换", phone=None, building="4号楼", entrance=None, post="居民"),
        row(name="张六", phone=None, building="4号楼", room="102"),
    ]  # fmt: skip
    path = excel(tmp_path / "a.xlsx", *rows)
    seen = register.preview(work, unit, register.chosen(register.sheets(path), path.stem))
    assert not seen.faults
    assert {at: (told.values["name"], told.values.get("row")) for at, told in seen.remarks.items()} == {
        2: ("张二", 3), 3: ("张一", 2), 6: ("王旧", None),
    }  # fmt: skip
    take(work, unit, path)
    assert {gap.building: gap.heads for gap in people_home.figures(work, unit).gaps}["1号楼"] == ("张二", "张一")
