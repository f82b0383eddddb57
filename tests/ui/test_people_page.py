"""The register: found by initials, entered and changed by keyboard, moved out, checked, rare characters whole."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

from deliberation_app.services import people, posts, units
from deliberation_app.services.work import Work
from deliberation_app.ui.main_window import MainWindow
from deliberation_app.ui.people_page import PeoplePage
from deliberation_app.ui.person_dialog import PersonDialog

YARD = "山大路194号院"
ENTERED = (
    ("陆𬱖", "2号楼", "201", None),
    ("龚龑", "1号楼", "101", "1号楼楼长"),
    ("古丽娜尔·阿不都热西提", "4号楼", "101", None),
)


@pytest.fixture
def register(branch_work: Work) -> Work:
    """A branch with its secretary and three people in flats."""
    unit = units.all_units(branch_work)[0]
    for name, building, room, post in ENTERED:
        people.add(
            branch_work, unit.id, name=name, post=post, phone="13900000001", party="none",
            home=people.Home(YARD, building, room, "1单元"), roles=("member",),
        )  # fmt: skip
    return branch_work


@pytest.fixture
def window(open_main, register: Work) -> MainWindow:
    """The window on the register."""
    shown = open_main(register)
    shown.shell.navigate("people")
    return shown


@pytest.fixture
def page(window: MainWindow) -> PeoplePage:
    """The page of people."""
    return window.shell.page()


def _dialog(page: QWidget) -> PersonDialog:
    found = [one for one in page.findChildren(PersonDialog) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def _names(page: PeoplePage) -> list[str]:
    return [row.name for row in page.model.rows]


def test_everybody_is_listed_with_grid_and_figures(page: PeoplePage) -> None:
    assert sorted(_names(page)) == sorted(["范例安", *(name for name, *_rest in ENTERED)])
    root = page.grid_tree.model().invisibleRootItem()
    assert [root.child(at).text() for at in range(root.rowCount())] == ["Everybody", YARD, "Without a flat"]
    assert page.foot_words.whole() == "4 people · 3 flats · 1 Party member"
    assert page.due_words.text == "4 not checked for a year"
    assert page.due_sum.text() == "0 ÷ 4 = 0.0000%"


def test_names_are_shown_whole(page: PeoplePage) -> None:
    widest = page.table.fontMetrics().horizontalAdvance("古丽娜尔·阿不都热西提")
    assert page.table.columnWidth(0) > widest
    assert page.table.fontMetrics().horizontalAdvance("𬱖") > 0


@pytest.mark.parametrize(
    ("typed", "found"),
    [("gy", ["龚龑"]), ("lu", ["陆𬱖"]), ("gln", ["古丽娜尔·阿不都热西提"]), ("201", ["陆𬱖"]), ("zzz", [])],
)
def test_typing_finds_by_initials_and_room(page: PeoplePage, qtbot, typed: str, found: list[str]) -> None:
    page.search.setFocus()
    QTest.keyClicks(page.search, typed)
    qtbot.waitUntil(lambda: _names(page) == found)
    assert page.empty_place.isVisibleTo(page) is not bool(found)


def test_down_and_enter_open_somebody(page: PeoplePage, qtbot) -> None:
    page.search.setFocus()
    QTest.keyClicks(page.search, "gy")
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    dialog = _dialog(page)
    assert dialog.name_field.value() == "龚龑"
    assert [field.value() for field in dialog._flat()] == [YARD, "1号楼", "1单元", "101"]
    assert dialog.roles["member"].isChecked()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_filters_and_grid_narrow_the_table(page: PeoplePage) -> None:
    page.heads_filter.click()
    assert _names(page) == ["龚龑"]
    page.party_filter.click()
    assert _names(page) == ["范例安"]
    page.all_filter.click()
    page.grid_tree.choose(f"{YARD}|4号楼||")
    assert _names(page) == ["古丽娜尔·阿不都热西提"]
    page.grid_tree.choose("without")
    assert _names(page) == ["范例安"]


def test_somebody_is_entered_by_keyboard_and_undone(window: MainWindow, page: PeoplePage) -> None:
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = _dialog(page)
    QTest.keyClick(dialog.name_field.editor, Qt.Key.Key_Return)
    assert "needs a name" in dialog.name_field.editor.accessibleDescription()
    dialog.name_field.editor.insert("买买提•吐尔逊")
    dialog.phone_field.set_value("139000000")
    QTest.keyClick(dialog.name_field.editor, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.phone_field.editor.property("state") == "error"
    dialog.phone_field.set_value("13900000005")
    dialog.building_field.set_value("3号楼")
    QTest.keyClick(dialog.name_field.editor, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.room_field.editor.property("state") == "error"
    dialog.room_field.set_value("501")
    dialog.roles["council_member"].setChecked(True)
    QTest.keyClick(dialog.name_field.editor, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert "买买提·吐尔逊" in _names(page)
    window.shell.undo()
    assert "买买提·吐尔逊" not in _names(page)


def test_the_term_of_a_post_is_seen_and_changed_on_the_person(
    window: MainWindow, page: PeoplePage, branch_work: Work
) -> None:  # fmt: skip
    today = page.desk.today()
    page.add()
    dialog = _dialog(page)
    dialog.name_field.editor.insert("陶堃")
    dialog.roles["committee_member"].setChecked(True)
    line = dialog.terms.lines["committee_member"]
    assert line.isVisible()
    line.set_term(today, today - timedelta(days=1))
    QTest.keyClick(dialog.name_field.editor, Qt.Key.Key_Return)
    assert line.to_on.editor.property("state") == "error"
    line.set_term(today, today + timedelta(days=40))
    assert line.words.text() == "The term ends in 40 days"
    QTest.keyClick(dialog.name_field.editor, Qt.Key.Key_Return)
    [holder] = [one for one in posts.of_unit(branch_work, page.desk.unit_id).holders if one.name == "陶堃"]
    assert holder.to_on == today + timedelta(days=40)
    page.open_person(str(page.table.current_id()))
    again = _dialog(page)
    assert again.roles["committee_member"].isChecked()
    assert again.terms.lines["committee_member"].term() == (today, today + timedelta(days=40))
    again.roles["committee_member"].setChecked(False)
    assert not again.terms.lines["committee_member"].isVisible()
    QTest.keyClick(again.name_field.editor, Qt.Key.Key_Return)
    [holder] = [one for one in posts.of_unit(branch_work, page.desk.unit_id).holders if one.name == "陶堃"]
    assert holder.to_on == today


@pytest.mark.parametrize(("role", "party"), [("member", "full"), ("group_leader", "full"), ("council_member", "")])
def test_a_role_in_the_branch_says_that_one_is_a_member(page: PeoplePage, role: str, party: str) -> None:
    page.add()
    dialog = _dialog(page)
    dialog.roles[role].setChecked(True)
    assert dialog.party_field.value() == party


def test_what_is_known_of_membership_stays_when_a_role_is_ticked(page: PeoplePage) -> None:
    page.add()
    dialog = _dialog(page)
    dialog.party_field.set_value("probationary")
    dialog.roles["member"].setChecked(True)
    assert dialog.party_field.value() == "probationary"


def test_a_new_member_of_the_party_belongs_to_the_branch(page: PeoplePage) -> None:
    page.add()
    dialog = _dialog(page)
    QTest.keyClick(dialog.party_field.editor, Qt.Key.Key_End)
    assert dialog.party_field.value() == "full"
    assert dialog.roles["member"].isChecked()


def test_an_entry_is_changed_with_its_roles(page: PeoplePage, register: Work) -> None:
    key = next(str(row.id) for row in page.model.rows if row.name == "陆𬱖")
    page.open_person(key)
    dialog = _dialog(page)
    dialog.post_field.set_value("有车居民代表")
    dialog.party_field.set_value("probationary")
    dialog.suffrage_field.set_value("no")
    dialog.roles["member"].setChecked(False)
    dialog.keep()
    view = people.person(register, next(row.id for row in page.model.rows if row.name == "陆𬱖"))
    assert (view.person.post, view.person.party, view.person.suffrage) == ("有车居民代表", "probationary", False)
    assert view.memberships[0][0].to_on is not None
    assert view.home is not None
    assert view.home.room == "201"


def test_emptied_flat_is_left(page: PeoplePage, register: Work) -> None:
    row = next(row for row in page.model.rows if row.name == "龚龑")
    page.open_person(str(row.id))
    dialog = _dialog(page)
    for field in dialog._flat()[1:]:
        field.set_value("")
    dialog.keep()
    assert people.person(register, row.id).home is None


def test_moved_away_and_back(page: PeoplePage) -> None:
    page.table.choose(next(str(row.id) for row in page.model.rows if row.name == "龚龑"))
    page.move_out_act.click()
    assert "龚龑" not in _names(page)
    page.moved_filter.click()
    assert _names(page) == ["龚龑"]
    page.table.choose(str(page.model.rows[0].id))
    assert page.move_out_act.text() == "Lives here again"
    page.move_out_act.click()
    assert _names(page) == []
    page.all_filter.click()
    assert "龚龑" in _names(page)


def test_checked_today(page: PeoplePage) -> None:
    page.table.choose(next(str(row.id) for row in page.model.rows if row.name == "陆𬱖"))
    page.verify_act.click()
    row = next(row for row in page.model.rows if row.name == "陆𬱖")
    assert row.verified_on.isoformat() == "2026-10-20"
    assert page.due_words.text == "3 not checked for a year"


def test_a_person_found_elsewhere_is_opened(window: MainWindow, page: PeoplePage) -> None:
    row = page.model.rows[0]
    window.shell.navigate("people", person=row.id)
    assert _dialog(page).name_field.value() == row.name


def test_every_control_has_a_name(page: PeoplePage, app_dressed: QApplication) -> None:
    page.add()
    app_dressed.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for root in (page, _dialog(page)):
        for kind in (QAbstractButton, QLineEdit, QComboBox):
            for control in root.findChildren(kind):
                if control.isVisibleTo(root) and not control.objectName().startswith("qt_"):
                    text = control.text() if isinstance(control, QAbstractButton) else ""
                    assert control.accessibleName() or text, control
    assert page.table.accessibleName()
    assert page.grid_tree.accessibleName()


@pytest.mark.parametrize(("wide", "grid"), [(1366, True), (1024, True), (900, False)])
def test_narrow_windows_fold(window: MainWindow, page: PeoplePage, wide: int, grid: bool) -> None:
    window.resize(wide, 768)
    QApplication.processEvents()
    page.fold()
    assert page.grid_card.isVisibleTo(page) is grid
    assert page.side_choice.isVisibleTo(page) is not grid
