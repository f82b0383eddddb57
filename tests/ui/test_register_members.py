"""Members of a list join the branch when their page says so; a building gets its one head by keyboard."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from deliberation_app.services import people, people_home, units
from deliberation_app.services.work import Work
from deliberation_app.ui.main_window import MainWindow
from deliberation_app.ui.people_gaps import GapsDialog
from deliberation_app.ui.people_page import PeoplePage
from deliberation_app.ui.register_page import RegisterPage

YARD = "试例大院"


@pytest.fixture
def unit(branch_work: Work) -> uuid.UUID:
    return units.all_units(branch_work)[0].id


@pytest.fixture
def window(open_main, branch_work: Work, unit: uuid.UUID) -> MainWindow:
    shown = open_main(branch_work)
    shown.shell.navigate("people")
    return shown


def _looked(page: RegisterPage, qtbot, joining: int) -> None:
    qtbot.waitUntil(lambda: page._seen is not None and page._seen.joining == joining)


def test_a_list_of_members_says_who_joins_and_what_is_not_taken(
    window: MainWindow, branch_work: Work, qtbot, tmp_path: Path
) -> None:
    book = Workbook()
    for row in (("党员花名册",), ("姓名", "身份证号", "政治面貌", "联系电话"),
                ("王一", "370102195003072816", "中共党员", 13900000071), ("王二", None, "预备党员", 13900000072),
                ("合计", None, None, 2)):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / "党员.xlsx")
    window.shell.navigate("register", file=str(tmp_path / "党员.xlsx"))
    page = window.shell.page()
    assert isinstance(page, RegisterPage)
    _looked(page, qtbot, 2)
    assert page.members_box.isVisible()
    assert page.members_box.isChecked()
    assert "身份证号" in page.left_words.whole()
    assert ["branch" in row.words for row in page.model.rows] == [True, True]
    assert "5" in page.sum_words.text
    page.members_box.setFocus()
    QTest.keyClick(page.members_box, Qt.Key.Key_Space)
    _looked(page, qtbot, 0)
    QTest.keyClick(page.members_box, Qt.Key.Key_Space)
    _looked(page, qtbot, 2)
    page.take.click()
    qtbot.waitUntil(lambda: isinstance(window.shell.page(), PeoplePage))
    unit_id = units.all_units(branch_work)[0].id
    joined = {row.name for row in people.page(branch_work, unit_id, only="member").rows}
    assert {"王一", "王二"} <= joined


def test_a_building_gets_one_head_by_keyboard(window: MainWindow, branch_work: Work, unit: uuid.UUID) -> None:
    people.add(branch_work, unit, name="龚龑", post="楼长", home=people.Home(YARD, "1号楼", "101"))
    people.add(branch_work, unit, name="陶堃", home=people.Home(YARD, "1号楼", "102"))
    page = window.shell.page()
    page.gaps_act.click()
    [gaps] = [one for one in page.findChildren(GapsDialog) if one.isVisible()]
    assert "龚龑" in gaps.list.rows.rows[0].status
    gaps.list.setFocus()
    QTest.keyClick(gaps.list, Qt.Key.Key_Return)
    assert gaps.ask.asking()
    [(_name, field)] = gaps.ask._ask.fields
    field.editor.set_person(str(next(one.id for one in people.find(branch_work, unit, "陶堃"))), "陶堃")
    gaps.ask._answer()
    assert [gap.heads for gap in people_home.figures(branch_work, unit).gaps] == [("陶堃",)]
    assert "陶堃" in gaps.list.rows.rows[0].status
    QTest.keyClick(gaps.list, Qt.Key.Key_Return)
    QTest.keyClick(gaps, Qt.Key.Key_Escape)
    assert gaps.isVisible()
    assert not gaps.ask.asking()
    gaps.close()
    branch_work.undo()
    assert [gap.heads for gap in people_home.figures(branch_work, unit).gaps] == [("龚龑",)]
