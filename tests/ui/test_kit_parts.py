"""The pieces: focus ring, segment, toast, buttons, fields, names, lists, tables, and text that stays text."""

from __future__ import annotations

from datetime import date, time

import pytest
import shiboken6
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from deliberation_app.ui.kit import focus, pictures, theme
from deliberation_app.ui.kit.buttons import Button, Segment
from deliberation_app.ui.kit.cards import BoardCard, CardList, wrapped
from deliberation_app.ui.kit.dates import read_date, read_time
from deliberation_app.ui.kit.fields import Combo, DateEdit, Field, LineEdit, NumberEdit, TextEdit
from deliberation_app.ui.kit.labels import ElideLabel, Label
from deliberation_app.ui.kit.lists import Row, RowDelegate, RowList
from deliberation_app.ui.kit.marks import Chip
from deliberation_app.ui.kit.names import NameEdit
from deliberation_app.ui.kit.panels import Card, Scroll
from deliberation_app.ui.kit.table import CELL, Cell, Column, PagedModel, Table
from deliberation_app.ui.kit.toast import Toast
from deliberation_app.ui.kit.tree import Tree

TODAY = date(2026, 10, 20)


@pytest.fixture
def room(app_dressed, qtbot) -> QWidget:
    """A window to put things in."""
    made = QWidget()
    QVBoxLayout(made)
    made.resize(640, 480)
    qtbot.addWidget(made)
    return made


def put(room: QWidget, *widgets: QWidget) -> None:
    for widget in widgets:
        room.layout().addWidget(widget)
    room.show()
    QTest.qWaitForWindowExposed(room)


def test_ring_comes_with_the_keyboard_and_goes_with_the_mouse(app_dressed, room) -> None:
    first, second = Button("One"), Button("Two")
    put(room, first, second)
    watch = focus.watch(app_dressed)
    room.activateWindow()
    first.setFocus()
    watch._watch(room.windowHandle())
    QTest.keyClick(room.windowHandle(), Qt.Key.Key_Tab)
    assert second.hasFocus()
    ring = watch.ring()
    assert ring.isVisible()
    assert ring.target() is second
    spot = second.mapTo(room, QPoint(0, 0))
    assert ring.geometry().topLeft() == spot - QPoint(5, 5)
    assert ring.size() == second.size() + QSize(10, 10)
    second.move(second.x() + 7, second.y())
    assert ring.geometry().left() == second.mapTo(room, QPoint(0, 0)).x() - 5
    QTest.mouseClick(room.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert not ring.isVisible()


def test_ring_outlives_what_it_surrounded(app_dressed, room) -> None:
    inside = QWidget()
    QVBoxLayout(inside).addWidget(Button("Gone soon"))
    put(room, inside, Button("Stays"))
    watch = focus.watch(app_dressed)
    for holder in (inside, room):
        watch.keyboard = True
        button = holder.findChildren(Button)[-1 if holder is room else 0]
        watch._focus_changed(None, button)
        assert watch.ring().target() is button
        if holder is inside:
            shiboken6.delete(inside)
            watch._focus_changed(None, None)
    shiboken6.delete(watch.ring())
    watch._focus_changed(None, room.findChildren(Button)[0])
    assert watch.ring().isVisible()


def test_ring_scrolls_with_what_it_surrounds(room) -> None:
    inside = QWidget()
    button = Button("Deep down", parent=inside)
    inside.setMinimumSize(300, 2000)
    put(room, Scroll(inside))
    assert focus.host_of(button) is inside
    assert focus.host_of(inside) is room


def test_segment_moves_with_arrows_and_always_has_a_choice(room, qtbot) -> None:
    segment = Segment([("board", "看板"), ("list", "列表"), ("time", "时间线")])
    put(room, segment)
    first = segment.findChildren(Button)[0]
    before = first.sizeHint()
    first.setFocus()
    with qtbot.waitSignal(segment.chosen) as told:
        qtbot.keyClick(first, Qt.Key.Key_Right)
    assert told.args == ["list"]
    assert segment.current() == "list"
    assert first.sizeHint() == before
    qtbot.keyClick(segment.findChildren(Button)[1], Qt.Key.Key_Left)
    qtbot.keyClick(first, Qt.Key.Key_Left)
    assert segment.current() == "time"
    assert [button.isChecked() for button in segment.findChildren(Button)] == [False, False, True]
    with qtbot.assertNotEmitted(segment.chosen):
        segment.choose("board")


def test_toast_offers_undo_and_waits_while_it_has_the_focus(room, qtbot) -> None:
    taken: list[bool] = []
    toast = Toast(room, lambda: taken.append(True))
    room.show()
    toast.say("已收起第三季度停车收支公示")
    assert toast.isVisible()
    assert toast.timer.interval() == 8000
    assert toast.timer.isActive()
    assert (toast.x(), toast.geometry().bottom()) == (32, room.height() - 21)
    room.resize(800, 600)
    assert toast.geometry().bottom() == 579
    room.activateWindow()
    assert QTest.qWaitForWindowActive(room)
    toast.undo_button.setFocus()
    assert not toast.timer.isActive()
    toast.undo_button.clearFocus()
    assert toast.timer.isActive()
    qtbot.mouseClick(toast.undo_button, Qt.MouseButton.LeftButton)
    assert taken == [True]
    assert not toast.isVisible()
    toast.say("无可撤销", undo=False)
    assert not toast.undo_button.isVisible()
    toast.timer.timeout.emit()
    assert not toast.isVisible()


def test_what_is_no_part_of_pasted_words_stays_out(room, qtbot) -> None:
    line, text, told = LineEdit("先说"), TextEdit("先说"), list[str]()
    put(room, line, text)
    line.textEdited.connect(told.append)
    QApplication.clipboard().setText("\u202e张\x00三\x1b：\r\n好")
    for editor in (line, text):
        editor.setFocus()
        QTest.keyClick(editor, Qt.Key.Key_End)
        QTest.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert told == ["先说张三： 好"]
    assert (line.text(), text.toPlainText()) == ("先说张三： 好", "先说张三：\n好")
    assert line.cursorPosition() == len(line.text())


def test_who_clicks_everything_twice_means_it_once(room, qtbot) -> None:
    pressed: list[str] = []
    again = Button("+30″")
    again.goes_on = True
    buttons = (Button("散会"), Button("", icon="close"), Button("", icon="right"), again)
    put(room, *buttons)
    for button in buttons:
        button.clicked.connect(lambda _on, button=button: pressed.append(button.text() or button.icon_name))
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        QTest.mouseDClick(button, Qt.MouseButton.LeftButton)  # its second press
        QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert pressed == ["散会", "close", "right", "right", "+30″", "+30″"]


def test_button_key_works_while_it_is_shown_only(room, qtbot) -> None:
    button = Button("提出议题", "primary", keys="Ctrl+N")
    put(room, button, LineEdit("typing"))
    room.activateWindow()
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(room, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    button.hide()
    with qtbot.assertNotEmitted(button.clicked):
        qtbot.keyClick(room, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)


def test_button_has_room_for_its_words_in_any_language(app_dressed, qtbot) -> None:
    for words in ("印", "继续筹备", "Go on preparing the next meeting", ""):
        for small in (False, True):
            button = Button(words, icon="print", cap="Ctrl+P", small=small)
            qtbot.addWidget(button)
            needed = theme.metrics(button.face()).horizontalAdvance(words)
            assert button.minimumSizeHint().width() > needed + 18
            assert button.sizeHint().height() == (32 if small else 40)


@pytest.mark.parametrize("text", ["<b>bold</b>", "A & B", "$x^2$", "/etc/passwd", "<img src=x>", "\u202eabc"])
def test_user_text_stays_text(room, text: str) -> None:
    label, chip, short = Label(text), Chip(text), ElideLabel(text)
    put(room, label, chip, short)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == text
    assert short.whole() == short.accessibleName() == text
    assert chip.accessibleName() == text


def test_elide_label_tells_the_whole_text(room) -> None:
    whole = "古丽娜尔·阿不都热西提 <i>与</i> 欧阳试例 " * 6
    label = ElideLabel(whole)
    put(room, label)
    assert label.text().endswith("…")
    assert label.accessibleName() == whole
    assert "&lt;i&gt;" in label.toolTip()
    room.resize(4000, 300)
    assert label.text() == " ".join(whole.splitlines())
    assert label.toolTip() == ""


def test_field_says_what_would_be_right_until_it_is_edited(room, qtbot) -> None:
    field = Field("电话", LineEdit("139000000"), "手机或座机")
    put(room, field)
    assert field.editor.accessibleName() == "电话"
    assert field.editor.accessibleDescription() == "手机或座机"
    field.set_error("少 2 位：手机号是 11 位")
    assert field.editor.property("state") == "error"
    assert field.editor.accessibleDescription() == "少 2 位：手机号是 11 位"
    with qtbot.waitSignal(field.edited):
        qtbot.keyClicks(field.editor, "12")
    assert field.editor.property("state") == ""
    assert field.value() == "13900000012"


def test_fields_of_one_row_keep_their_labels_in_line(room) -> None:
    plain, faulty = Field("姓名", "line"), Field("电话", "line", "提示")
    row = QWidget()
    box = QHBoxLayout(row)
    box.addWidget(plain)
    box.addWidget(faulty)
    room.layout().addWidget(row)
    faulty.set_error("这里要写十一位手机号码，或者带区号的座机号码，中间不要空格，也不要写两个号码，写不下时放到备注里")
    room.resize(300, 480)
    room.show()
    assert plain.editor.mapTo(row, QPoint(0, 0)).y() == faulty.editor.mapTo(row, QPoint(0, 0)).y()


def test_line_lets_go_of_undo_when_nothing_was_typed(app_dressed, room, qtbot) -> None:
    line = LineEdit("as it was")
    undo = Button("撤销", keys="Ctrl+Z")
    put(room, line, undo)
    room.activateWindow()
    line.setFocus()
    with qtbot.waitSignal(undo.clicked):
        qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(line, "!")
    with qtbot.assertNotEmitted(undo.clicked):
        qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert line.text() == "as it was"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-10-24", date(2026, 10, 24)), ("10-24", date(2026, 10, 24)), ("10月24日", date(2026, 10, 24)),
        ("1024", date(2026, 10, 24)), ("20261024", date(2026, 10, 24)), ("2026年3月1日", date(2026, 3, 1)),
        ("3.1", date(2027, 3, 1)), ("10/20", TODAY), ("2.29", None), ("2028-2-29", date(2028, 2, 29)), ("13-1", None),
        ("tomorrow", None), ("", None), ("2026-10-24 ", date(2026, 10, 24)), ("99999", None),
    ],
)  # fmt: skip
def test_days_are_read_as_typed(typed: str, meant: date | None) -> None:
    assert read_date(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("14:30", time(14, 30)), ("1430", time(14, 30)), ("930", time(9, 30)), ("9", time(9)), ("14时30分", time(14, 30)),
     ("9点", time(9)), ("14：05", time(14, 5)), ("24:00", None), ("12:60", None), ("x", None), ("", None)],
)  # fmt: skip
def test_hours_are_read_as_typed(typed: str, meant: time | None) -> None:
    assert read_time(typed) == meant


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read_back_from_what_is_shown(day: date) -> None:
    assert read_date(day.isoformat(), TODAY) == day
    assert read_date(f"{day:%Y}年{day.month}月{day.day}日", TODAY) == day


@given(st.text(max_size=20))
def test_no_typing_breaks_a_line(text: str) -> None:
    assert read_date(text, TODAY) is None or isinstance(read_date(text, TODAY), date)
    assert read_time(text) is None or isinstance(read_time(text), time)


def test_date_line_counts_days_and_tells_faults(room, qtbot) -> None:
    line = DateEdit(date(2026, 10, 31), today=TODAY)
    put(room, line)
    qtbot.keyClick(line, Qt.Key.Key_Up)
    assert line.value() == date(2026, 11, 1)
    line.setText("31 February")
    assert line.faulty()
    number = NumberEdit(2)
    put(room, number)
    qtbot.keyClicks(number, "a5-")
    assert number.value() == 25
    qtbot.keyClick(number, Qt.Key.Key_Down)
    assert number.value() == 24


def test_calendar_takes_a_day_and_has_no_colours_of_its_own(room, qtbot) -> None:
    line = DateEdit(date(2026, 10, 24), today=TODAY)
    put(room, line)
    qtbot.keyClick(line, Qt.Key.Key_F4)
    calendar = line.findChild(QCalendarWidget)
    assert calendar.selectedDate().toString("yyyy-MM-dd") == "2026-10-24"
    weekend = calendar.weekdayTextFormat(Qt.DayOfWeek.Sunday).foreground().color().name().upper()
    assert weekend == theme.hexa("text")
    with qtbot.waitSignal(line.textEdited):
        calendar.clicked.emit(calendar.selectedDate().addDays(3))
    assert line.value() == date(2026, 10, 27)


def test_choice_is_silent_when_filled(room, qtbot) -> None:
    combo = Combo([("a", "甲"), ("b", "乙")])
    put(room, combo)
    with qtbot.assertNotEmitted(combo.currentIndexChanged):
        combo.set_value("b")
    assert combo.value() == "b"


def test_name_is_found_and_taken_with_enter(room, qtbot) -> None:
    asked: list[str] = []

    def find(text: str) -> list[tuple[str, str, str]]:
        asked.append(text)
        return [("7", "冯㛃", "1号楼 2单元 301"), ("8", "范例安", "支部书记")] if text == "f" else []

    line = NameEdit(find, "打首字母")
    put(room, line)
    line.setFocus()
    qtbot.keyClicks(line, "f")
    popup = line._completer.popup()
    assert popup.isVisible()
    with qtbot.waitSignal(line.chosen) as told:
        qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert told.args == ["7", "冯㛃"]
    assert (line.person_id(), line.text()) == ("7", "冯㛃")
    qtbot.keyClicks(line, "x")
    assert line.person_id() == ""
    assert asked[0] == "f"


def test_rows_open_act_and_keep_their_place(room, qtbot) -> None:
    rows = RowList(name="要办的事")
    rows.fill([Row("1", "第一件", "提示", "late", "bad", "逾期", "bad", act="办理"), Row("2", "第二件", act="受理")])
    put(room, rows)
    assert rows.accessibleName() == "要办的事"
    rows.choose("2")
    with qtbot.waitSignal(rows.opened) as told:
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert told.args == ["2"]
    box = rows.delegate.act_box(rows.visualRect(rows.rows.index(0, 0)).toRectF(), rows.rows.rows[0])
    with qtbot.waitSignal(rows.acted) as told:
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert told.args == ["1"]
    rows.choose("2")
    rows.fill([Row("3", "新的"), Row("2", "第二件")])
    assert rows.current_id() == "2"
    assert rows.rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "新的"
    rows.grab()


def test_of_a_list_only_those_rows_are_painted_that_are_other(room, qtbot, monkeypatch) -> None:
    rows = RowList(height=40)
    put(room, rows)
    people = [Row(str(number), f"居民{number}", lead=str(number)) for number in range(4)]
    rows.fill(people)
    qtbot.wait(1)
    painted: list[str] = []
    words = RowDelegate._paint_words
    monkeypatch.setattr(
        RowDelegate, "_paint_words", lambda self, *values: (painted.append(values[-1].id), words(self, *values))
    )
    rows.fill(list(people))
    qtbot.wait(1)
    assert painted == []
    rows.fill([people[0], Row("1", "居民1", "楼长"), *people[2:]])
    qtbot.wait(1)
    assert painted == ["1"]
    painted.clear()
    rows.fill(people[:3])
    qtbot.wait(1)
    assert set(painted) == {"1", "2"}
    assert room.screen().grabWindow(room.winId()).toImage() == room.grab().toImage().convertToFormat(
        room.screen().grabWindow(room.winId()).toImage().format()
    )


@pytest.mark.parametrize("scaled", [1.0, 1.5])
def test_a_shape_is_filled_once_where_its_pixels_are_whole(room, scaled: float) -> None:
    filled: list[float] = []

    def shape(brush: QPainter, box: QRectF) -> None:
        filled.append(box.width())
        brush.fillRect(box, theme.colour("accent"))

    class Board(QWidget):
        def paintEvent(self, _event: QPaintEvent) -> None:
            painter = QPainter(self)
            painter.scale(scaled, scaled)
            for left in (4, 40, 80):
                pictures.put(painter, QRectF(left, 4, 20, 20), (f"a square of this test {scaled}",), shape)
            painter.end()

    board = Board()
    put(room, board)
    shown = board.grab().toImage()
    assert len(filled) >= (3 if scaled > 1 else 1)
    if scaled == 1:
        assert len(filled) == 1
    for left in (4, 40, 80):
        assert shown.pixelColor(int((left + 10) * scaled), int(14 * scaled)) == theme.colour("accent")
        assert shown.pixelColor(int((left - 2) * scaled), int(14 * scaled)) != theme.colour("accent")


def test_card_titles_take_two_lines_and_lose_no_rare_character(app_dressed) -> None:
    title = "陆𬱖与冯㛃提出的院内停车位重新划分与停车收费以及第二辆车收费标准"
    lines = wrapped(title, "strong", 160, 2)
    assert len(lines) == 2
    assert title.startswith(lines[0])
    assert lines[1].endswith("…")
    assert wrapped("短", "strong", 160, 2) == ["短"]
    assert "".join(wrapped(title, "strong", 160, 20)) == title


def test_behind_the_cards_the_column_is_seen(room, qtbot) -> None:
    column, cards = Card(kind="column"), CardList(name="提")
    column.column(0).addWidget(cards)
    put(room, column)
    cards.fill([BoardCard("1", "01", "路灯", "周居务")])
    qtbot.wait(1)
    below = cards.visualRect(cards.rows.index(0, 0)).bottom() + 20
    assert column.grab().toImage().pixelColor(column.width() // 2, below) == theme.colour("side")


def test_cards_paint_and_speak(room) -> None:
    cards = CardList(name="群众议")
    cards.fill(
        [BoardCard("1", "2026-03", "第二辆车停车收费标准", "会上", "退回", evidence="已备 2/3", days="停留 179 天")]
    )
    put(room, cards)
    spoken = cards.rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "2026-03, 第二辆车停车收费标准, 退回, 会上, 已备 2/3, 停留 179 天"
    cards.choose("1")
    assert not cards.grab().isNull()


def _pages(total: int, asked: list[tuple[object, int]]):
    def read(after: object, limit: int) -> tuple[list[int], object]:
        asked.append((after, limit))
        first = 0 if after is None else int(str(after)) + 1
        rows = list(range(first, min(first + limit, total)))
        return rows, rows[-1] if rows and rows[-1] + 1 < total else None

    return read


@pytest.mark.parametrize("total", [0, 1, 50, 51, 120])
def test_table_reads_page_by_page(total: int) -> None:
    asked: list[tuple[object, int]] = []
    model = PagedModel([Column("号", lambda row: Cell(str(row), strong=True)), Column("双", lambda row: "x")], str)
    model.read_from(_pages(total, asked))
    assert asked == [(None, 50)]
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    assert [model.key_at(at) for at in range(model.rowCount())] == [str(at) for at in range(total)]
    assert len(asked) == max(-(-total // 50), 1)
    model.read_again()
    assert model.rowCount() == total
    assert model.key_at(total) == ""


def test_table_opens_sorts_and_finds_its_row(room, qtbot) -> None:
    model = PagedModel(
        [Column("姓名", lambda row: Cell(f"第{row}人", "party", "accent"), 120, "name"), Column("备注", str, 0)], str
    )
    model.read_from(_pages(70, []))
    table = Table(name="名册")
    table.show_model(model)
    put(room, table)
    table.choose("3")
    assert table.current_id() == "3"
    assert model.index(3, 0).data(CELL).icon == "party"
    with qtbot.waitSignal(table.opened) as told:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert told.args == ["3"]
    with qtbot.waitSignals([table.sorted_by, table.sorted_by]):
        table.horizontalHeader().sectionClicked.emit(0)
        table.horizontalHeader().sectionClicked.emit(0)
    assert table._order == ("name", True)
    assert table.rowHeight(0) == 44
    table.grab()


def test_tree_counts_and_chooses(room, qtbot) -> None:
    tree = Tree(name="网格")
    tree.fill([("yard", "山大路194号院", "25 人", [("b1", "1号楼", "2 户", []), ("b2", "2号楼", "2 户", [])])])
    put(room, tree)
    with qtbot.waitSignal(tree.picked) as told:
        tree.choose("b2")
    assert told.args == ["b2"]
    tree.fill([("yard", "山大路194号院", "26 人", [("b2", "2号楼", "3 户", [])])])
    assert tree.current_id() == "b2"
    assert not tree.grab().isNull()


def test_qt_lines_in_fields_are_ours(room) -> None:
    put(room, Field("a", "line"), Field("b", "date"), Field("c", "name"))
    assert all(isinstance(line, LineEdit) for line in room.findChildren(QLineEdit))
