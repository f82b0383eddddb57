"""One meeting: its agenda in order, options, people by initials, steps ticked, notice, cancelled, read afterwards."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import ClassVar

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

from deliberation_app import settings
from deliberation_app.services import meeting_file, meetings, meetings_view, people, search, units
from deliberation_app.services.work import Work
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.ui import consoles, meeting_page
from deliberation_app.ui.kit import theme
from deliberation_app.ui.main_window import MainWindow
from deliberation_app.ui.meeting_agenda import EntryModel
from deliberation_app.ui.meeting_dialog import MeetingDialog
from deliberation_app.ui.meeting_page import MeetingPage
from deliberation_app.ui.meeting_roll import entered
from deliberation_app.ui.meeting_strip import StepMark
from deliberation_app.ui.meeting_told import Paper, words

CTRL = Qt.KeyboardModifier.ControlModifier
FILE = settings.path("resources", "demo", "shandalu194-consultation.json")


@pytest.fixture
def called(branch_work: Work):
    """A consultation of the branch on 24 October, nobody on its roll but the recorder."""
    unit = units.all_units(branch_work)[0]
    members = [people.add(branch_work, unit.id, name=name, roles=("member",)) for name in ("尹记录", "龚龑", "陆𬱖")]
    at = datetime(2026, 10, 24, 14, 30, tzinfo=DISPLAY_ZONE)
    return meetings.call(
        branch_work, unit.id, kind="courtyard_consultation", title="停车 庭院民主协商会", starts_at=at,
        chair_id=unit.chair_id, due=members[:1],
    )  # fmt: skip


@pytest.fixture
def window(open_main, branch_work: Work, called) -> MainWindow:
    """The window on that meeting."""
    shown = open_main(branch_work)
    shown.shell.navigate("meetings")
    shown.shell.navigate("meeting", id=str(called))
    return shown


@pytest.fixture
def page(window: MainWindow) -> MeetingPage:
    """The page of one meeting."""
    return window.shell.page()


@pytest.fixture
def held(open_main, fresh_work: Work) -> MeetingPage:
    """The page of the meeting of 21 March that came in a file."""
    report = meeting_file.import_file(fresh_work, FILE)
    window = open_main(fresh_work)
    window.shell.navigate("meeting", id=str(report.meeting_id))
    return window.shell.page()


def _titles(page: MeetingPage) -> list[str]:
    return [row.title for row in page.entries.rows.rows]


def _choose(page: MeetingPage, at: int) -> None:
    page.entries.setCurrentIndex(page.entries.rows.index(at, 0))


def test_head_strip_agenda_and_roll_are_shown(page: MeetingPage) -> None:
    assert page.header._title.whole() == "停车 庭院民主协商会"
    assert page.chip.text == "Being prepared"
    assert page.facts.count() == 5
    assert len(_titles(page)) == 4
    assert [row.title for row in page.roll.people.rows.rows] == ["尹记录"]
    assert page.console_act.isVisibleTo(page)
    assert not page.record_act.isVisibleTo(page)


def test_points_are_moved_by_keys_and_taken_back(window: MainWindow, page: MeetingPage) -> None:
    before = _titles(page)
    page.entries.setFocus()
    _choose(page, 0)
    QTest.keyClick(page.entries, Qt.Key.Key_Down, CTRL)
    QTest.keyClick(page.entries, Qt.Key.Key_Down, CTRL)
    assert _titles(page) == [before[1], before[2], before[0], before[3]]
    assert page.entries.currentIndex().row() == 2
    QTest.keyClick(page.entries, Qt.Key.Key_Up, CTRL)
    assert _titles(page) == [before[1], before[0], before[2], before[3]]
    for _step in range(3):
        window.shell.undo()
    assert _titles(page) == before


@pytest.mark.parametrize(("taken", "row", "place"), [(0, 3, 2), (3, 0, 0), (1, -1, 3), (2, 3, 2)])
def test_a_point_dropped_falls_between_the_others(page: MeetingPage, taken: int, row: int, place: int) -> None:
    model = page.entries.rows
    assert isinstance(model, EntryModel)
    moved = _titles(page)[taken]
    carried = model.mimeData([model.index(taken, 0)])
    model.dropMimeData(carried, Qt.DropAction.MoveAction, row, 0, model.index(-1, -1))
    assert _titles(page).index(moved) == place


def test_a_point_is_added_with_options_and_presenter(page: MeetingPage, branch_work: Work, called) -> None:
    page.add_entry.click()
    entry = page.entry
    QTest.keyClick(entry.title_field.editor, Qt.Key.Key_Return)
    assert entry.title_field.editor.property("state") == "error"
    entry.title_field.editor.insert("充电桩装在哪里")
    QTest.keyClicks(entry.minutes_field.editor, "25")
    QTest.keyClicks(entry.presenter_field.editor, "gy")
    QTest.keyClick(entry.presenter_field.editor._completer.popup(), Qt.Key.Key_Return)
    for title in ("A案：东墙", "B案：车棚"):
        entry.add_option.click()
        entry._lines[-1].title.insert(title)
    entry.materials_field.editor.insert("布置图")
    assert entry.add_files.isHidden()
    entry.save_act.click()
    made = meetings_view.meeting(branch_work, called).entries[-1]
    assert made.materials == "布置图"
    assert (made.title, made.minutes, made.presenter) == ("充电桩装在哪里", 25, "龚龑")
    assert [option.title for option in made.options] == ["A案：东墙", "B案：车棚"]
    assert page.agenda_sum.text() == "5 points · 120 min"


def test_options_are_changed_and_taken_out(page: MeetingPage, branch_work: Work, called) -> None:
    _choose(page, 2)
    page.edit_entry.click()
    for title in ("A案", "B案", "C案"):
        page.entry.add_option.click()
        page.entry._lines[-1].title.insert(title)
    page.entry.save_act.click()
    page.edit_entry.click()
    first = page.entry._lines[0].id
    page.entry._lines[1].removed.emit()
    page.entry._lines[0].text.insert("每月120元")
    assert page.entry._lines[1].letter.text == "B"
    page.entry.save_act.click()
    options = meetings_view.meeting(branch_work, called).entries[2].options
    assert [(one.title, one.text) for one in options] == [("A案", "每月120元"), ("C案", "")]
    assert options[0].id == first


def test_a_point_is_taken_off_and_put_back(window: MainWindow, page: MeetingPage) -> None:
    before = _titles(page)
    _choose(page, 1)
    page.drop_entry.click()
    assert _titles(page) == [before[0], *before[2:]]
    window.shell.undo()
    assert _titles(page) == before


def test_people_come_on_the_roll_by_initials_and_off_again(page: MeetingPage) -> None:
    page.roll.who.setFocus()
    QTest.keyClicks(page.roll.who, "lu")
    QTest.keyClick(page.roll.who._completer.popup(), Qt.Key.Key_Return)
    assert [row.title for row in page.roll.people.rows.rows] == ["尹记录", "陆𬱖"]
    assert page.roll.who.text() == ""
    page.roll.people.setCurrentIndex(page.roll.people.rows.index(0, 0))
    QTest.keyClick(page.roll.people, Qt.Key.Key_Space)
    assert [row.title for row in page.roll.people.rows.rows] == ["陆𬱖"]


def test_last_roll_is_taken_or_said_to_be_missing(page: MeetingPage, branch_work: Work, called) -> None:
    page.roll.removed.emit(page.roll.people.rows.rows[0].id)
    page.roll.take_last.click()
    assert page.error_line.isVisibleTo(page)
    unit = units.all_units(branch_work)[0]
    member = people.find(branch_work, unit.id, "gy")[0].id
    at = datetime(2026, 10, 1, 9, tzinfo=DISPLAY_ZONE)
    meetings.call(branch_work, unit.id, kind="courtyard_consultation", title="上次", starts_at=at, due=[member])
    page.roll.take_last.click()
    assert [row.title for row in page.roll.people.rows.rows] == ["龚龑"]


def test_steps_are_ticked_and_unticked(page: MeetingPage, branch_work: Work, called) -> None:
    def mark(key: str) -> StepMark:
        marks = [page.facts.itemAt(at).widget() for at in range(page.facts.count())]
        return next(one for one in marks if one.key == key)

    mark("room").setFocus()
    QTest.keyClick(mark("room"), Qt.Key.Key_Space)
    assert meetings_view.meeting(branch_work, called).meeting.prepared == {"room": True}
    mark("room").click()
    assert meetings_view.meeting(branch_work, called).meeting.prepared == {"room": False}


def test_notice_is_given_once(page: MeetingPage) -> None:
    page.notice_act.click()
    assert page.chip.text == "Notice given"
    assert not page.notice_act.isVisibleTo(page)


def test_a_meeting_is_cancelled_with_its_reason_only(page: MeetingPage) -> None:
    page._ask_cancel()
    page.cancel_do.click()
    assert page.error_line.isVisibleTo(page)
    page.cancel_field.editor.insert("停电改期")
    QTest.keyClick(page.cancel_field.editor, Qt.Key.Key_Return)
    assert page.chip.text == "Meeting cancelled"
    assert not page.agenda_foot.isVisibleTo(page)
    assert not page.console_act.isVisibleTo(page)


def test_title_and_time_are_changed(page: MeetingPage, branch_work: Work, called) -> None:
    page.change()
    dialog = page.findChild(MeetingDialog)
    dialog.title_field.set_value("停车收费 协商会")
    dialog.time_field.set_value(time(15, 30))
    dialog.keep()
    view = meetings_view.meeting(branch_work, called)
    assert view.meeting.title == "停车收费 协商会"
    assert f"{view.meeting.starts_at.astimezone(DISPLAY_ZONE):%H:%M}" == "15:30"
    assert page.header._title.whole() == "停车收费 协商会"


def test_what_was_said_and_decided_is_read(held: MeetingPage) -> None:
    assert held.chip.text == "Meeting closed"
    assert held.side_choice.current() == "entry"
    _choose(held, 2)
    said = held.told.paper.toPlainText()
    for told in ("锣", "鼓", "应到22人，到会19人，19×3＝57≥22×2＝44", "形成多数意见"):
        assert told in said
    assert held.told.paper.isReadOnly()
    held.side_choice.choose("roll")
    held._show_side()
    assert not held.roll.who.isVisibleTo(held)
    assert {row.status for row in held.roll.people.rows.rows} >= {"came", "on leave"}


def test_resolution_is_put_right_until_the_record_is_signed(held: MeetingPage) -> None:
    _choose(held, 3)
    held.told.resolution_field.set_value("更换三盏路灯。")
    held.told.routing_field.set_value("direct")
    held.told.save_outcome.setEnabled(True)
    held.told.save_outcome.click()
    entry = held._view.entries[3]
    assert (entry.resolution, entry.routing) == ("更换三盏路灯。", "direct")
    held.told.show_told(entry, held._told[entry.id], locked=True, editable=True)
    assert not held.told.resolution_field.editor.isEnabled()
    assert not held.told.save_outcome.isVisibleTo(held)
    assert "locked" in held.told.locked_words.text()


def test_what_people_said_is_never_markup(app_dressed, qtbot) -> None:
    paper = Paper()
    qtbot.addWidget(paper)
    paper.begin()
    words(paper.block(), "<b>第一</b>")
    words(paper.block(above=6), "&lt;第二")
    assert paper.toPlainText() == "<b>第一</b>\n&lt;第二"


def test_the_meeting_file_is_exported_and_says_the_same(held: MeetingPage, tmp_path: Path) -> None:
    to = tmp_path / "协商会.json"
    held._export(to)
    assert meeting_file.import_file(held.desk.work, to).changed is False
    assert list(tmp_path.glob("*.part")) == []


def test_a_place_that_cannot_be_written_is_said(held: MeetingPage, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    meeting_page.run.act(held, held._export, tmp_path / "file" / "x.json")
    assert held.error_line.isVisibleTo(held)


def _console(meeting_id):
    return next(console for key, console in consoles._open.items() if key[1] == meeting_id)


class Console(QObject):
    """Stands for the chair's console."""

    closed = Signal()
    minutes_wanted = Signal(object)
    owners_wanted = Signal(object)
    scanned = Signal(str)
    opened: ClassVar[list[tuple]] = []

    def __init__(self, *given: object) -> None:
        super().__init__()
        self.opened.append(given)

    def show(self) -> None:
        """Shown."""

    def hear_in(self, _main: QObject) -> Console:
        """The scanner, heard in the main window."""
        return self

    def close(self) -> None:
        """Closed."""
        self.closed.emit()

    raise_ = activateWindow = show


def test_the_console_is_opened_once(page: MeetingPage, called, monkeypatch) -> None:
    monkeypatch.setattr(consoles, "ChairConsole", Console)
    Console.opened.clear()
    page.console_act.click()
    page.console_act.click()
    assert [given[1] for given in Console.opened] == [called]
    _console(called).closed.emit()
    page.console_act.click()
    assert len(Console.opened) == 2
    _console(called).closed.emit()


def test_the_console_outlives_the_page_that_opened_it(window, page, called, monkeypatch, qtbot) -> None:
    monkeypatch.setattr(consoles, "ChairConsole", Console)
    Console.opened.clear()
    page.console_act.click()
    theme.changes.rescaled.emit()
    qtbot.waitUntil(lambda: window.shell.page() is not page)
    window.shell.page().console_act.click()
    assert len(Console.opened) == 1
    _console(called).closed.emit()


def test_the_record_comes_to_the_front_when_the_meeting_is_over(window, page, called, monkeypatch) -> None:
    monkeypatch.setattr(consoles, "ChairConsole", Console)
    page.console_act.click()
    raised: list[str] = []
    monkeypatch.setattr(window, "raise_", lambda: raised.append("main"))
    _console(called).minutes_wanted.emit(called)
    assert raised == ["main"]
    assert window.shell.at()[0] == "record"
    assert not [key for key in consoles._open if key[1] == called]


def test_why_somebody_did_not_come_is_noted_afterwards(held: MeetingPage) -> None:
    held.side_choice.choose("roll")
    held._show_side()
    held.roll.set_explainable(True)
    held.roll.fill([entered(one) for one in held._view.roll])
    away = next(row for row in held.roll.people.rows.rows if row.status == "on leave")
    assert away.act == "Why"
    held.roll.people.acted.emit(away.id)
    assert held.roll.reason.editor.hasFocus()
    QTest.keyClick(held.roll.reason.editor, Qt.Key.Key_Return)
    assert "reason" in held.roll.reason.editor.accessibleDescription()
    held.roll.reason.set_value("未说明")
    QTest.keyClick(held.roll.reason.editor, Qt.Key.Key_Return)
    assert next(one for one in held._view.roll if str(one.person_id) == away.id).reason == "未说明"


def test_every_control_has_a_name(page: MeetingPage, app_dressed) -> None:
    page.add_entry.click()
    page.entry.add_option.click()
    app_dressed.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for kind in (QAbstractButton, QLineEdit, QComboBox):
        for control in page.findChildren(kind):
            text = control.text() if isinstance(control, QAbstractButton) else ""
            assert control.accessibleName() or text, (control, control.objectName())


def test_one_meeting_after_another_is_shown_on_the_same_page(window: MainWindow, called, branch_work: Work) -> None:
    """Marks thrown away with the first meeting take nothing of the page with them."""
    unit = units.all_units(branch_work)[0]
    at = datetime(2026, 10, 27, 14, 30, tzinfo=DISPLAY_ZONE)
    other = meetings.call(branch_work, unit.id, kind="theme_day", title="10月主题党日", starts_at=at)
    for key in (other, called, other):
        window.shell.navigate("meeting", id=str(key))
        QTest.qWait(20)
    assert window.shell.page().header._title.text() == "10月主题党日"
    assert window.shell.page().agenda_foot.isVisible()


def test_a_statement_that_was_looked_for_is_marked_and_in_sight(held: MeetingPage) -> None:
    """From any other point: its point is chosen, the statement stands on a tint at the top of what was said."""
    shell = held.window().shell
    unit = shell.desk.unit_id = held._view.meeting.unit_id
    hit = next(one for one in search.find(shell.work, unit, "轮椅通道") if one.what == "statement")
    key = next(key for key, words, _hint in shell.find("轮椅通道") if words == hit.title and "statement" in key)
    _choose(held, 0)
    shell.navigate("home")
    shell._found(key, hit.title)
    assert shell.page() is held
    said = held.told.paper.document()
    marked = []
    block = said.begin()
    while block.isValid():
        if block.blockFormat().background().style() != Qt.BrushStyle.NoBrush:
            marked.append(block.text())
        block = block.next()
    assert marked[0].startswith("▸ ")
    assert marked[1].startswith(hit.title[:8])
    assert held.told.isVisible()
    assert held.told.paper.viewport().rect().contains(held.told.paper.cursorRect().center())
    entry = next(one for one in search.find(shell.work, unit, _titles(held)[-1]) if one.what == "entry")
    shell.navigate(entry.page, **dict(entry.where))
    assert held.entries.current_id() == str(entry.id)
