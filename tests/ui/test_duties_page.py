"""The page of duties: cells and their words, keys, the panel, its one act, and what is asked there."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLayout

from deliberation_app import language
from deliberation_app.errors import AppError
from deliberation_app.services import duties
from deliberation_app.services.duties import DutyCell
from deliberation_app.services.work import Work
from deliberation_app.storage.meetings import Meeting
from deliberation_app.ui.duties_acts import day_for
from deliberation_app.ui.duties_page import DutiesPage
from deliberation_app.ui.duties_table import CELL
from deliberation_app.ui.duties_words import cell_words, head_words
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.desk import Desk

TODAY = date(2026, 10, 20)
Went = list[tuple[str, dict[str, object]]]


def _hold(work: Work, unit: uuid.UUID, kind: str, title: str, month: int, day: int) -> uuid.UUID:
    at = datetime(2026, month, day, 6, tzinfo=UTC)
    key = uuid.uuid4()
    with work.act("meetings.call") as act:
        over = at + timedelta(hours=1)
        act.add(Meeting(id=key, unit_id=unit, kind=kind, title=title, starts_at=at, opened_at=at, closed_at=over))
    return key


@pytest.fixture
def unit(branch_work: Work) -> uuid.UUID:
    """A branch with a committee that skipped February, two groups of which one met in October, and some talks."""
    with branch_work.read() as session:
        key = next(one.id for one in session.query(duties.Unit) if one.kind == "branch")
    for month in (1, 3, 4, 5, 6, 7, 8, 9, 10):
        _hold(branch_work, key, "branch_committee", "支委会", month, 8)
    _hold(branch_work, key, "party_group", "第一组小组会", 10, 6)
    _hold(branch_work, key, "branch_assembly", "支部党员大会", 9, 11)
    duties.set_groups(branch_work, key, ["第一组", "第二组"])
    duties.note_talks(branch_work, key, 2026, 14, 23)
    return key


@pytest.fixture
def went() -> Went:
    """Where the page went."""
    return []


@pytest.fixture
def change_look(app_dressed: QApplication) -> Callable[[str], None]:
    """Dresses the application in another theme."""
    return lambda name: theme.apply(app_dressed, name, 100, "comfortable")


@pytest.fixture
def page(app_dressed, branch_work: Work, unit: uuid.UUID, desk_settings, went: Went, qtbot) -> DutiesPage:
    """The page by itself, the focus in its table."""
    desk = Desk(
        branch_work, unit, desk_settings, lambda name, **where: went.append((name, where)), lambda *_a, **_k: None
    )
    made = DutiesPage(desk)
    qtbot.addWidget(made)
    made.resize(1086, 720)
    made.refresh()
    made.show()
    qtbot.waitExposed(made)
    made.shown()
    return made


def _at(page: DutiesPage) -> tuple[str, int]:
    cell = page.table.cell()
    assert cell is not None
    return cell.duty_id, cell.month_from


def _choose(page: DutiesPage, duty: str, month: int) -> DutyCell:
    ids = [row.duty.id for row in page.table.rows_model.rows()]
    assert page.table.choose(ids.index(duty), month)
    cell = page.table.cell()
    assert cell is not None
    return cell


def _words(page: DutiesPage) -> list[str]:
    return [page.acts.itemAt(at).widget().text() for at in range(page.acts.count())]


def test_what_is_most_urgent_is_chosen_and_its_one_act_is_red(page: DutiesPage) -> None:
    assert _at(page) == ("party_group", 10)
    assert page.head.text() == "Party group, October: 第二组 still to meet by 31 October"
    assert "第十三条" in page.under.text()
    assert _words(page) == ["See the meeting", "Say why", "Call a meeting"]
    assert [page.acts.itemAt(at).widget().kind() for at in range(3)] == ["normal", "normal", "primary"]


def test_a_duty_spans_its_period(page: DutiesPage) -> None:
    rows = [row.duty.id for row in page.table.rows_model.rows()]
    spans = {duty: page.table.columnSpan(rows.index(duty), month) for duty, month in (
        ("branch_assembly", 10), ("branch_committee", 10), ("organisational_life", 10), ("heart_to_heart_talk", 1),
    )}  # fmt: skip
    assert spans == {"branch_assembly": 3, "branch_committee": 1, "organisational_life": 3, "heart_to_heart_talk": 12}
    months = [page.table.columnWidth(month) for month in range(1, 13)]
    assert max(months) - min(months) <= 1


def test_arrows_go_between_cells_and_keep_their_month(page: DutiesPage) -> None:
    _choose(page, "branch_committee", 5)
    seen = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_Left, Qt.Key.Key_End,
                Qt.Key.Key_Up, Qt.Key.Key_Left):  # fmt: skip
        QTest.keyClick(page.table, key)
        seen.append(_at(page))
    assert seen == [
        ("branch_assembly", 4), ("branch_committee", 5), ("branch_committee", 6), ("branch_committee", 1),
        ("branch_committee", 1), ("branch_committee", 12), ("branch_assembly", 10), ("branch_assembly", 7),
    ]  # fmt: skip


def test_every_cell_is_reached_by_arrows_alone(page: DutiesPage) -> None:
    reached = set()
    rows = page.table.rows_model.rows()
    page.table.choose(0, 1)
    for number, row in enumerate(rows):
        QTest.keyClick(page.table, Qt.Key.Key_Home)
        for _cell in row.cells:
            assert page.table.currentIndex().row() == number
            reached.add(_at(page))
            QTest.keyClick(page.table, Qt.Key.Key_Right)
        QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert reached == {(row.duty.id, cell.month_from) for row in rows for cell in row.cells}


def test_cells_say_their_state_in_words(page: DutiesPage) -> None:
    rows = {row.duty.id: row for row in page.table.rows_model.rows()}
    told = {(duty, month): cell_words(rows[duty], _choose(page, duty, month))[0] for duty, month in (
        ("branch_committee", 1), ("branch_committee", 2), ("branch_committee", 11), ("party_group", 10),
        ("branch_assembly", 7), ("branch_assembly", 10), ("heart_to_heart_talk", 1),
    )}  # fmt: skip
    assert list(told.values()) == ["8", "Gap", "", "1 / 2", "11 September", "by 31 December",
                                   "Talked with 14, 9 to go"]  # fmt: skip


def test_screen_readers_are_told_the_whole(page: DutiesPage) -> None:
    duties.explain(page.desk.work, page.desk.unit_id, "branch_committee", date(2026, 2, 1), "春节")
    page.refresh()
    _choose(page, "branch_committee", 2)
    told = page.table.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Branch committee, February: was not held Why: 春节"
    assert page.more.text() == "Why: 春节"


def test_enter_opens_the_meeting_behind_a_mark(page: DutiesPage, went: Went) -> None:
    cell = _choose(page, "branch_committee", 4)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert went == [("meeting", {"id": str(cell.meetings[0].id)})]


def test_a_gap_is_explained_by_keys_alone_and_can_be_taken_back(page: DutiesPage, qtbot) -> None:
    _choose(page, "branch_committee", 2)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.ask.isVisible()
    assert not page.panel.isVisible()
    line = QApplication.focusWidget()
    QTest.keyClicks(line, "Spring Festival")
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.table.cell().reason == "Spring Festival")
    assert page.panel.isVisible()
    assert page.table.hasFocus()
    assert _words(page) == ["Count only after this", "Change the reason"]
    page.desk.work.undo()
    page.refresh()
    assert page.table.cell().reason == ""


def test_esc_leaves_the_question_and_nothing_is_kept(page: DutiesPage) -> None:
    _choose(page, "branch_committee", 2)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    QTest.keyClicks(QApplication.focusWidget(), "no")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert page.panel.isVisible()
    page.refresh()
    assert page.table.cell().reason == ""


def test_talks_are_noted_and_a_wrong_count_is_said_in_place(page: DutiesPage, qtbot) -> None:
    _choose(page, "heart_to_heart_talk", 1)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    talked, due = (field for _name, field in page.ask._ask.fields)
    talked.set_value(30)
    QTest.keyClick(due.editor, Qt.Key.Key_Return)
    assert page.ask.error_line.isVisible()
    talked.set_value(23)
    QTest.keyClick(due.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.table.cell().status == "held")
    assert page.head.text().endswith("Talked with 23, 0 to go")


def test_a_number_of_practice_can_be_changed_and_one_of_law_cannot(page: DutiesPage, qtbot) -> None:
    _choose(page, "branch_assembly", 4)
    assert "Change the number" not in _words(page)
    with pytest.raises(AppError):
        duties.set_times(page.desk.work, page.desk.unit_id, "branch_assembly", 2)
    _choose(page, "party_lecture", 10)
    assert "can be changed here" in page.under.text()
    button = page.acts.itemAt(_words(page).index("Change the number")).widget()
    button.click()
    page.ask._ask.fields[0][1].set_value(2)
    QTest.keyClick(page.ask._ask.fields[0][1].editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.table.row().times == 2)
    duties.set_times(page.desk.work, page.desk.unit_id, "party_lecture", None)
    page.refresh()
    assert page.table.row().times == 1


@pytest.mark.parametrize("times", [0, -1, 32])
def test_numbers_out_of_range_are_refused(page: DutiesPage, times: int) -> None:
    with pytest.raises(AppError):
        duties.set_times(page.desk.work, page.desk.unit_id, "party_lecture", times)
    with pytest.raises(AppError):
        duties.set_times(page.desk.work, page.desk.unit_id, "unknown", 1)


def test_groups_are_named_and_meetings_of_no_group_are_told(page: DutiesPage, qtbot) -> None:
    page.groups_act.click()
    field = page.ask._ask.fields[0][1]
    assert field.value() == "第一组 第二组"
    field.set_value("东组、西组")
    QTest.keyClick(field.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.table.row().groups == ("东组", "西组"))
    _choose(page, "party_group", 10)
    assert page.more.text() == "1 group meeting names none of the groups in its title and counts for none."


def test_what_was_before_the_record_is_no_gap_and_can_count_again(page: DutiesPage) -> None:
    _choose(page, "branch_committee", 2)
    assert _words(page) == ["Count only after this", "Say why"]
    page.acts.itemAt(0).widget().click()
    page.refresh()  # as the shell has it when the act is announced
    assert page.table.cell().status == "before"
    assert _choose(page, "party_group", 3).status == "missing"
    _choose(page, "party_group", 2)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    page.refresh()
    assert page.table.cell().status == "missing"
    assert _choose(page, "party_group", 1).status == "before"


def test_a_narrow_page_folds_and_says_all(page: DutiesPage) -> None:
    page.layout().setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # as inside the shell
    page.setMinimumSize(0, 0)
    page.resize(600, 900)
    QApplication.processEvents()
    assert page.width() == 600
    assert page.sums.y() > page.before.y()
    last = page.acts.itemAt(page.acts.count() - 1).widget()
    assert last.y() > page.under.y()
    assert page.panel.rect().contains(last.geometry())


def test_years_turn_by_key_and_button_and_end(page: DutiesPage) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_PageUp)
    assert page.year_words.text() == "2025"
    assert page.table.rows_model.month_now() == 0
    QTest.mouseClick(page.after_year, Qt.MouseButton.LeftButton)
    QTest.keyClick(page.table, Qt.Key.Key_PageDown)
    assert page.year_words.text() == "2027"
    assert not page.after_year.isEnabled()
    QTest.keyClick(page.table, Qt.Key.Key_PageDown)
    assert page.year_words.text() == "2027"


def test_a_click_chooses_the_cell_and_a_click_on_the_name_the_nearest_one(page: DutiesPage) -> None:
    table = page.table
    _choose(page, "branch_committee", 3)
    there = table.visualRect(table.currentIndex()).center()
    _choose(page, "party_group", 1)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=there)
    assert _at(page) == ("branch_committee", 3)
    rows = [row.duty.id for row in table.rows_model.rows()]
    name = table.visualRect(table.rows_model.index(rows.index("organisational_life"), 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(name))
    assert _at(page) == ("organisational_life", 10)
    assert table.rows_model.index(rows.index("organisational_life"), 3).data(CELL) is None


def test_calling_takes_the_kind_and_a_day_of_the_period(page: DutiesPage, went: Went, qtbot) -> None:
    cell = _choose(page, "branch_assembly", 10)
    dialog = page.all_acts.call("branch_assembly", cell)
    assert dialog.kind_field.value() == "branch_assembly"
    assert dialog.date_field.value() == date(2026, 10, 27)
    dialog.reject()
    kept = _choose(page, "branch_committee", 11)
    assert day_for(kept, TODAY) == date(2026, 11, 1)
    assert day_for(_choose(page, "party_group", 10), date(2026, 10, 30)) == date(2026, 10, 31)
    assert went == []


def test_sums_above_say_how_the_year_stands(page: DutiesPage) -> None:
    year = duties.year(page.desk.work, page.desk.unit_id, 2026, TODAY)
    shown = [int(one.text()) for one in (page.held_count, page.missing_count, page.partial_count, page.ahead_count)]
    assert shown == [year.held, year.missing, year.partial, year.ahead]
    assert year.missing > 1
    assert page.missing_words.text() == "missing"


def test_shown_goes_to_a_duty_and_a_year(page: DutiesPage) -> None:
    page.shown(duty="party_lecture")
    assert _at(page) == ("party_lecture", 10)
    page.shown(year=2025)
    assert page.year_words.text() == "2025"


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
@pytest.mark.parametrize(("width", "theme_name"), [(1086, "light"), (690, "dark")])
def test_the_matrix_is_painted_whole(
    page: DutiesPage, change_look: Callable[[str], None], width: int, theme_name: str, spoken: str
) -> None:
    change_look(theme_name)
    language.use(spoken)
    page.resize(width, 900)
    table = page.table
    assert table.viewport().width() >= sum(table.columnWidth(at) for at in range(13))
    assert not table.verticalScrollBar().maximum()
    picture = table.grab().toImage()
    tints = {picture.pixelColor(table.visualRect(table.rows_model.index(1, month)).center()
                                + QPoint(table.viewport().x() - table.columnWidth(month) // 2 + 9,
                                         table.viewport().y())).name() for month in (1, 2, 12)}  # fmt: skip
    assert len(tints) == 3
    assert head_words(table.row(), table.cell(), TODAY)


def test_names_stay_where_the_months_scroll_aside(page: DutiesPage) -> None:
    """Twelve months have no room: the names are painted over the months, and a cell comes out from under them."""
    page.table.setFixedWidth(420)
    aside = page.table.horizontalScrollBar()
    page.table.choose(1, 12)
    assert aside.value() > 0
    still = page.table.viewport().grab(QRect(0, 0, 100, page.table.rowHeight(0))).toImage()
    page.table.choose(1, 1)
    assert page.table.visualRect(page.table.currentIndex()).left() >= page.table.columnWidth(0) - 1
    aside.setValue(0)
    assert page.table.viewport().grab(QRect(0, 0, 100, page.table.rowHeight(0))).toImage() == still
