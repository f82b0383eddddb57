"""Meetings: found in calendar and list, called by keyboard, taken in from files, refused files listed with places."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from sqlalchemy import select

from deliberation_app import settings
from deliberation_app.domain.meetings import KINDS
from deliberation_app.services import agenda, kinds, meetings, meetings_view, people, units
from deliberation_app.services.work import Work
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.meetings import Meeting
from deliberation_app.ui.main_window import MainWindow
from deliberation_app.ui.meeting_dialog import MeetingDialog
from deliberation_app.ui.meetings_page import MeetingsPage

FILE = settings.path("resources", "demo", "theme-day.json")


@pytest.fixture
def unit_id(branch_work: Work):
    """The branch, with three members."""
    unit = units.all_units(branch_work)[0]
    for name in ("尹记录", "龚龑", "陆𬱖"):
        people.add(branch_work, unit.id, name=name, party="full", roles=("member",))
    return unit.id


@pytest.fixture
def window(open_main, branch_work: Work, unit_id) -> MainWindow:
    """The window on the meetings."""
    shown = open_main(branch_work)
    shown.shell.navigate("meetings")
    return shown


@pytest.fixture
def page(window: MainWindow) -> MeetingsPage:
    """The page of meetings."""
    return window.shell.page()


def _call(work: Work, unit_id, day: int, title: str):
    at = datetime(2026, 10, day, 14, 30, tzinfo=DISPLAY_ZONE)
    return meetings.call(work, unit_id, kind="branch_assembly", title=title, starts_at=at, place="党员学习角")


def _dialog(page: MeetingsPage) -> MeetingDialog:
    found = [one for one in page.findChildren(MeetingDialog) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def test_calendar_and_list_show_what_was_called(page: MeetingsPage, branch_work: Work, unit_id, qtbot) -> None:
    key = _call(branch_work, unit_id, 24, "十月党员大会")
    page.grid.go_to(date(2026, 10, 24))
    assert page.grid.meeting().id == key
    page.view_choice.choose("list")
    page.view_choice.chosen.emit("list")
    assert [row.title for row in page.model.rows] == ["十月党员大会"]
    QTest.keyClicks(page.search, "zzz")
    qtbot.waitUntil(lambda: not page.model.rows)
    assert page.empty_place.isVisibleTo(page)


def test_panel_tells_of_the_day_and_of_the_meeting(page: MeetingsPage, branch_work: Work, unit_id) -> None:
    _call(branch_work, unit_id, 24, "<b>十月</b>党员大会")
    page.grid.go_to(date(2026, 10, 23))
    assert page.panel._under.whole() == "No meeting on this day"
    page.grid.go_to(date(2026, 10, 24))
    assert page.panel._under.whole() == "<b>十月</b>党员大会"
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in page.panel.findChildren(QLabel))


def test_a_meeting_is_called_by_keyboard_on_the_chosen_day(window, page, branch_work: Work, qtbot) -> None:
    page.grid.setFocus()
    for _step in range(4):
        QTest.keyClick(page.grid, Qt.Key.Key_Right)
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    dialog = _dialog(page)
    dialog.kind_field.editor.setFocus()
    dialog.kind_field.set_value("branch_assembly")
    dialog.kind_field.edited.emit()
    assert dialog.title_field.value() == "山大路194号院党支部党员大会"
    assert dialog.number_field.value() == "〔2026〕第1次"
    assert dialog.date_field.value() == date(2026, 10, 24)
    assert dialog.chair_field.editor.text() == "范例安"
    assert len(dialog.roll.people.rows.rows) == 4
    dialog.time_field.set_value("")
    dialog.time_field.editor.clear()
    QTest.keyClick(dialog.title_field.editor, Qt.Key.Key_Return)
    assert dialog.time_field.editor.property("state") == "error"
    QTest.keyClicks(dialog.time_field.editor, "1430")
    QTest.keyClick(dialog.title_field.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.shell.at()[0] == "meeting")
    row = meetings_view.page(branch_work, units.all_units(branch_work)[0].id).rows[0]
    assert (row.due, row.title) == (4, "山大路194号院党支部党员大会")
    assert f"{row.starts_at.astimezone(DISPLAY_ZONE):%m-%d %H:%M}" == "10-24 14:30"
    window.shell.back()
    assert window.shell.page() is page


def test_items_and_people_of_a_consultation_are_chosen(page: MeetingsPage, branch_work: Work, unit_id) -> None:
    item = agenda.raise_item(branch_work, unit_id, title="路灯不亮", category="设施", channel="reception")
    page.call()
    dialog = _dialog(page)
    dialog.kind_field.set_value("courtyard_consultation")
    dialog.kind_field.edited.emit()
    assert dialog.roll.take_last.isVisibleTo(dialog)
    dialog.items[item].setChecked(True)
    dialog.roll.who.setFocus()
    QTest.keyClicks(dialog.roll.who, "gy")
    QTest.keyClick(dialog.roll.who._completer.popup(), Qt.Key.Key_Return)
    assert [row.title for row in dialog.roll.people.rows.rows] == ["龚龑"]
    dialog.roll.capacity.set_value("observing")
    dialog.roll._add(str(people.find(branch_work, unit_id, "lu")[0].id), "陆𬱖")
    dialog.roll.people.setCurrentIndex(dialog.roll.people.rows.index(0, 0))
    dialog.keep()
    view = meetings_view.meeting(branch_work, meetings_view.page(branch_work, unit_id).rows[0].id)
    assert [(one.name, one.capacity) for one in view.roll] == [("龚龑", "voting"), ("陆𬱖", "observing")]
    assert [entry.item_id for entry in view.entries].count(item) == 1


def test_roll_of_the_last_meeting_is_offered(page: MeetingsPage, branch_work: Work, unit_id) -> None:
    member = people.find(branch_work, unit_id, "gy")[0].id
    at = datetime(2026, 10, 1, 9, tzinfo=DISPLAY_ZONE)
    meetings.call(branch_work, unit_id, kind="courtyard_consultation", title="上次", starts_at=at, due=[member])
    page.call()
    dialog = _dialog(page)
    dialog.kind_field.set_value("courtyard_consultation")
    dialog.kind_field.edited.emit()
    dialog.roll.take_last.click()
    assert [row.title for row in dialog.roll.people.rows.rows] == ["龚龑"]
    dialog.roll.people.setCurrentIndex(dialog.roll.people.rows.index(0, 0))
    QTest.keyClick(dialog.roll.people, Qt.Key.Key_Space)
    assert dialog.roll.people.rows.rows == []


@pytest.mark.parametrize(
    ("day", "tone", "words"),
    [
        (date(2026, 10, 25), "warn", "Notice 5 days before the meeting; at least 10 are needed"),
        (date(2026, 11, 5), "ok", "give notice by Mon 26 October"),
    ],
)
def test_notice_is_warned_of_while_the_day_is_typed(open_main, fresh_work, day: date, tone: str, words: str) -> None:
    units.set_up(fresh_work, name="山大社区", kind="community", chair_name="范例安")
    window = open_main(fresh_work)
    window.shell.navigate("meetings")
    window.shell.page().call()
    dialog = _dialog(window.shell.page())
    dialog.kind_field.set_value("residents_assembly")
    dialog.kind_field.edited.emit()
    dialog.date_field.set_value(day)
    dialog.date_field.edited.emit()
    assert words in dialog.notice_words.text()
    assert dialog.notice_tint.property("tone") == tone


def test_a_name_nobody_bears_is_refused_at_its_field(page: MeetingsPage, branch_work: Work, unit_id) -> None:
    page.call()
    dialog = _dialog(page)
    dialog.recorder_field.editor.clear()
    QTest.keyClicks(dialog.recorder_field.editor, "nobody")
    dialog.keep()
    assert dialog.isVisible()
    assert dialog.recorder_field.editor.property("state") == "error"
    assert meetings_view.page(branch_work, unit_id).rows == ()


def test_a_file_is_taken_in_and_again_changes_nothing(page: MeetingsPage, branch_work: Work, qtbot) -> None:
    page.import_file(FILE)
    title = json.loads(FILE.read_text(encoding="utf-8"))["meeting"]["title"]
    qtbot.waitUntil(lambda: len(units.all_units(branch_work)) > 1)
    unit = next(one for one in units.all_units(branch_work) if one.name != "山大路194号院党支部")
    assert [row.title for row in meetings_view.page(branch_work, unit.id).rows] == [title]
    qtbot.waitUntil(lambda: not page.progress.isVisibleTo(page))
    page.import_file(FILE)
    qtbot.waitUntil(lambda: not page.progress.isVisibleTo(page))
    assert len(meetings_view.page(branch_work, unit.id).rows) == 1


def test_a_bad_file_is_refused_with_its_places(page: MeetingsPage, tmp_path: Path, qtbot) -> None:
    bad = json.loads(FILE.read_text(encoding="utf-8"))
    del bad["meeting"]["title"]
    bad["unit"]["kind"] = "<b>bund</b>"
    file = tmp_path / "bad.json"
    file.write_text(json.dumps(bad), encoding="utf-8")
    page.import_file(file)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.faults_card)
    said = [label.text() for label in page.faults.findChildren(QLabel)]
    assert "Place in the file: /meeting" in said
    assert "Place in the file: /unit/kind" in said
    assert any("<b>bund</b>" in words for words in said)
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in page.faults.findChildren(QLabel))
    page.faults.done.click()
    assert page.stack.currentWidget() is page.calendar_card


def test_a_meeting_found_elsewhere_is_opened_and_back_comes_here(window, page, branch_work, unit_id, qtbot) -> None:
    key = _call(branch_work, unit_id, 24, "十月党员大会")
    window.shell.navigate("home")
    window.shell.navigate("meetings", meeting=key)
    qtbot.waitUntil(lambda: window.shell.at()[0] == "meeting")
    window.shell.back()
    qtbot.wait(20)
    assert window.shell.page() is page


def test_new_calls_a_meeting_at_once(window: MainWindow, page: MeetingsPage, qtbot) -> None:
    window.shell.navigate("home")
    window.shell.navigate("meetings", new=True)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(MeetingDialog)))
    assert _dialog(page).view is None


def test_a_meeting_called_for_an_item_has_it_on_the_agenda(window, page, branch_work, unit_id, qtbot) -> None:
    other = agenda.raise_item(branch_work, unit_id, title="公厕异味")
    key = agenda.raise_item(branch_work, unit_id, title="路灯坏了")
    window.shell.navigate("meetings", new=True, item=str(key))
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(MeetingDialog)))
    ticked = {item: box.isChecked() for item, box in _dialog(page).items.items()}
    assert (ticked[key], ticked[other]) == (True, False)


def test_a_kind_of_the_unit_itself_is_called(page: MeetingsPage, branch_work: Work, unit_id) -> None:
    agenda_of_law = KINDS["courtyard_consultation"].standing_agenda
    own = kinds.OwnKind(base="courtyard_consultation", title="楼道议事会", standing_agenda=agenda_of_law, notice_days=3)
    key = kinds.save(branch_work, unit_id, own)
    page.call()
    dialog = _dialog(page)
    dialog.kind_field.set_value(key)
    dialog.kind_field.edited.emit()
    assert dialog.title_field.value().endswith("楼道议事会")
    dialog.keep()
    with branch_work.read() as session:
        meeting = session.scalars(select(Meeting).order_by(Meeting.starts_at.desc())).first()
    assert meeting.kind == "courtyard_consultation"
    assert meeting.prepared == {"own_kind": key}
