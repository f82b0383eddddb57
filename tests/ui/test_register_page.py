"""Lists, doubles, households and groups through their windows, by keyboard."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from deliberation_app.services import people, people_groups, people_home, units
from deliberation_app.services.work import Work
from deliberation_app.ui.doubles_page import DoublesPage
from deliberation_app.ui.groups_page import GroupsPage
from deliberation_app.ui.household_dialog import HouseholdDialog
from deliberation_app.ui.main_window import MainWindow
from deliberation_app.ui.people_gaps import GapsDialog
from deliberation_app.ui.people_page import PeoplePage
from deliberation_app.ui.register_page import RegisterPage

YARD = "试例大院"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def unit(branch_work: Work) -> uuid.UUID:
    """A branch with its secretary and three entries, two of them of one person."""
    unit_id = units.all_units(branch_work)[0].id
    people.add(branch_work, unit_id, name="陶堃", phone="13900000009", home=people.Home(YARD, "3号楼", "602"))
    people.add(branch_work, unit_id, name="陶堃", note="有车", home=people.Home(YARD, "3号楼", "603"))
    people.add(branch_work, unit_id, name="龚龑", post="1号楼楼长", home=people.Home(YARD, "1号楼", "101"))
    return unit_id


@pytest.fixture
def window(open_main, branch_work: Work, unit: uuid.UUID) -> MainWindow:
    """The window on the register."""
    shown = open_main(branch_work)
    shown.shell.navigate("people")
    return shown


def _list(path: Path, *rows: tuple) -> Path:
    book = Workbook()
    for row in (("姓名", "电话", "小区", "楼栋", "房号", "住户类型"), *rows):
        book.active.append(row)
    book.save(path)
    return path


def _one(kind: type, parent: QWidget) -> QWidget:
    found = [one for one in parent.findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def _register(window: MainWindow, qtbot, file: Path) -> RegisterPage:
    window.shell.navigate("register", file=str(file))
    page = window.shell.page()
    assert isinstance(page, RegisterPage)
    qtbot.waitUntil(lambda: page._seen is not None)
    return page


def _names(page: RegisterPage) -> list[tuple[str, str]]:
    return [(row.verdict, row.name) for row in page.model.rows]


def test_a_list_is_shown_and_then_imported(window: MainWindow, qtbot, tmp_path: Path) -> None:
    file = _list(tmp_path / "a.xlsx", ("龚龑", 13900000003.0, YARD, "1号楼", "101", "常住"),
                 ("新来", None, YARD, 2, 201, "租住"))  # fmt: skip
    page = _register(window, qtbot, file)
    assert _names(page) == [("changed", "龚龑"), ("added", "新来")]
    assert page.fields["phone"].value() == "1"
    page.changed_filter.click()
    assert [row.words for row in page.model.rows] == ["Telephone: 13900000003"]
    before = people.totals(window.shell.desk.work, window.shell.desk.unit_id).people
    QTest.keyClick(window, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: isinstance(window.shell.page(), PeoplePage))
    assert people.totals(window.shell.desk.work, window.shell.desk.unit_id).people == before + 1
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert people.totals(window.shell.desk.work, window.shell.desk.unit_id).people == before


def test_wrong_cells_stand_first_and_nothing_can_be_imported(window: MainWindow, qtbot, tmp_path: Path) -> None:
    file = _list(tmp_path / "a.xlsx", ("好人", None, YARD, "1", "102", ""), ("坏号", "1390000", YARD, "1", "103", ""))
    page = _register(window, qtbot, file)
    assert _names(page) == [("fault", "坏号"), ("added", "好人")]
    assert page.model.rows[0].words.startswith("B3 · ")
    assert page.detail.text() == page.model.rows[0].words
    assert not page.take.isEnabled()
    page.fields["phone"].set_value("")
    page.fields["phone"].edited.emit()
    qtbot.waitUntil(page.take.isEnabled)
    assert page.fields["note"].value() == ""
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert isinstance(window.shell.page(), PeoplePage)


def test_a_second_head_of_a_building_is_said_at_the_row(window: MainWindow, qtbot, tmp_path: Path) -> None:
    book = Workbook()
    for row in (("姓名", "楼栋", "房号", "职务"), ("新来", "3号楼", "201", ""), ("新楼长", "1号楼", "102", "楼长")):
        book.active.append((*row[:1], YARD, *row[1:]) if row[0] != "姓名" else ("姓名", "小区", *row[1:]))
    book.save(tmp_path / "a.xlsx")
    page = _register(window, qtbot, tmp_path / "a.xlsx")
    assert _names(page) == [("added", "新楼长"), ("added", "新来")]
    assert page.model.rows[0].words.startswith("龚龑 is head of 1号楼 in the register")
    assert page.detail.text() == page.model.rows[0].words
    assert page.sum_words.text.endswith("1 row to be looked at")
    assert page.take.isEnabled()


def test_a_file_that_is_none_is_said_in_the_page(window: MainWindow, qtbot, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"no book")
    window.shell.navigate("register", file=str(tmp_path / "a.xlsx"))
    page = window.shell.page()
    qtbot.waitUntil(page.error_line.isVisible)
    assert page.begin.isVisible()


def test_doubles_are_merged_by_keyboard_and_undone(window: MainWindow, branch_work: Work, unit: uuid.UUID) -> None:
    page = window.shell.page()
    assert page.doubles_act.text() == "1 pair may be one person"
    page.doubles_act.click()
    doubles = window.shell.page()
    assert isinstance(doubles, DoublesPage)
    assert set(doubles._choices) == {"household_id"}
    doubles._choices["household_id"].choose("second")
    count = people.totals(branch_work, unit).people
    QTest.keyClick(window, Qt.Key.Key_Return, CTRL)
    assert people.totals(branch_work, unit).people == count - 1
    [row] = people.page(branch_work, unit, text="陶堃").rows
    assert (row.phone, row.home) in (("13900000009", "3号楼 603"), ("13900000009", "3号楼 602"))
    assert doubles.empty_place.isVisible()
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert people.totals(branch_work, unit).people == count
    doubles.apart.click()
    assert doubles.empty_place.isVisible()


def test_a_household_is_changed_and_checked(window: MainWindow, branch_work: Work, unit: uuid.UUID) -> None:
    page = window.shell.page()
    page.grid_tree.choose(f"{YARD}|1号楼||101")
    assert [row.name for row in page.model.rows] == ["龚龑"]
    assert page.household_act.isEnabled()
    page.household_act.click()
    dialog = _one(HouseholdDialog, page)
    dialog.area_field.set_value("很大")
    QTest.keyClick(dialog.area_field.editor, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.area_field.editor.property("state") == "error"
    dialog.area_field.set_value("98.76")
    dialog.owner_field.editor.setFocus()
    QTest.keyClicks(dialog.owner_field.editor, "gy")
    QTest.keyClick(dialog.owner_field.editor, Qt.Key.Key_Return)
    dialog.owner_field.editor._completer.popup().hide()
    if not dialog._owners:
        dialog._add_owner(*next((str(row.id), row.name) for row in page.model.rows))
    dialog.verify.click()
    QTest.keyClick(dialog.area_field.editor, Qt.Key.Key_Return)
    flat = next(one for one in people.households(branch_work, unit) if one.room == "101")
    view = people_home.household(branch_work, flat.id)
    assert (view.household.area, [name for _key, name in view.owners]) == (9876, ["龚龑"])
    assert not view.verification_due
    page.gaps_act.click()
    gaps = _one(GapsDialog, page)
    assert [row.title for row in gaps.list.rows.rows] == ["1号楼", "3号楼"]
    gaps.close()


def test_telephones_are_masked_until_asked_for(window: MainWindow) -> None:
    page = window.shell.page()
    at = next(number for number, row in enumerate(page.model.rows) if row.phone)
    index = page.model.index(at, 4)
    assert index.data() == "139****0009"
    page.phones_act.setFocus()
    QTest.keyClick(page.phones_act, Qt.Key.Key_Space)
    assert index.data() == "13900000009"


def test_the_filtered_list_is_exported(window: MainWindow, tmp_path: Path) -> None:
    page = window.shell.page()
    page.grid_tree.choose(f"{YARD}|3号楼||")
    page.export_to(tmp_path / "out.xlsx")
    rows = list(load_workbook(tmp_path / "out.xlsx").active.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["姓名", "陶堃", "陶堃"]


def test_a_group_is_made_and_copied(window: MainWindow, branch_work: Work, unit: uuid.UUID) -> None:
    window.shell.page().groups_act.click()
    page = window.shell.page()
    assert isinstance(page, GroupsPage)
    assert page.empty_place.isVisible()
    page.add.click()
    page.name_field.editor.insert("楼长")
    row = people.page(branch_work, unit, text="陶堃").rows[0]
    page._take(str(row.id), row.name)
    QTest.keyClick(window, Qt.Key.Key_Return, CTRL)
    [group] = people_groups.groups(branch_work, unit)
    assert (group.name, len(group.people)) == ("楼长", 1)
    page.copy.click()
    assert "陶堃" in QGuiApplication.clipboard().text()
    page.what.choose("partners")
    page._switch()
    page.add.click()
    page.name_field.editor.insert("规划院")
    page.phone_field.set_value("12")
    QTest.keyClick(window, Qt.Key.Key_Return, CTRL)
    assert page.error_line.isVisible()
    page.phone_field.set_value("0531-88880000")
    QTest.keyClick(window, Qt.Key.Key_Return, CTRL)
    assert [one.name for one in people_groups.partners(branch_work, unit)] == ["规划院"]
