"""The items: board, list and time line by keyboard, steps with their evidence, refusals that say everything."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from deliberation_app.services import agenda, archive_number, notices, notices_drafts
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.ui.agenda_board import MIME
from deliberation_app.ui.agenda_page import AgendaPage
from deliberation_app.ui.main_window import MainWindow
from tests.ui.courtyard import CONTROL, LAMPS, PARKING, SECOND_CAR, press, write
from tests.ui.items.conftest import choose


def kept(work: Work, key: str) -> AgendaItem:
    """The record of an item."""
    return agenda.item(work, UUID(key)).item


def last_words(window: MainWindow) -> str:
    """What the toast says."""
    return " ".join(label.text() for label in window.shell.frame.toast.findChildren(QLabel))


def test_board_shows_each_item_at_its_stage(page: AgendaPage) -> None:
    counts = {stage: column.count.text() for stage, column in page.board.columns.items()}
    assert counts == {"raised": "2", "discussed": "1", "decided": "0", "evaluated": "1", "shared": "1"}
    card = page.board.columns["discussed"].cards.rows.rows[0]
    assert (card.title, card.flag, card.evidence) == ("第二辆车停车收费标准", "Sent back", "2 of 4")
    assert (card.days, card.days_tone) == ("179 days", "bad")
    assert page.board.columns["raised"].cards.rows.rows[1].title == "<b>临停</b>收费牌看不清"


def test_arrows_move_inside_and_between_columns(page: AgendaPage) -> None:
    raised = page.board.columns["raised"].cards
    assert raised.hasFocus()
    first = page._chosen
    press(Qt.Key.Key_Down)
    assert page._chosen == raised.rows.rows[1].id != first
    assert page.gates.under.whole() == "<b>临停</b>收费牌看不清"
    press(Qt.Key.Key_Right)
    assert page._chosen == SECOND_CAR
    assert not raised.selectionModel().hasSelection()
    press(Qt.Key.Key_Right)
    assert page._chosen == LAMPS, "an empty column is passed over"
    press(Qt.Key.Key_Right)
    assert page._chosen == PARKING
    press(Qt.Key.Key_Right)
    assert page._chosen == PARKING
    for _step in range(3):
        press(Qt.Key.Key_Left)
    assert raised.hasFocus()


def test_tab_stops_once_on_the_board(page: AgendaPage) -> None:
    choose(page, LAMPS)
    stops = [made.stage for made in page.board.columns.values() if made.cards.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == ["evaluated"]


def test_refused_step_says_every_missing_piece_in_the_page(page: AgendaPage, demo: Work) -> None:
    choose(page, SECOND_CAR)
    missing = [piece.sentence.message for piece in agenda.item(demo, UUID(SECOND_CAR)).evidence if not piece.met]
    assert len(missing) == 2
    press(Qt.Key.Key_Right, CONTROL)
    assert page.error_line.isVisible()
    for sentence in missing:
        assert sentence in page.error_line.accessibleName()
    assert kept(demo, SECOND_CAR).stage == "discussed"
    assert QApplication.activeModalWidget() is None
    press(Qt.Key.Key_Left)
    assert not page.error_line.isVisible(), "it concerned the item that was chosen"


def test_panel_offers_the_one_act_that_helps(page: AgendaPage, window: MainWindow, demo: Work) -> None:
    choose(page, LAMPS)
    assert page.gates.head.text() == '"Shared" lacks 2 pieces'
    assert page.gates.do.text() == "Post the outcome"
    assert [button.kind() for button in (page.gates.do, page.raise_button)] == ["primary", "normal"]
    QTest.mouseClick(page.gates.do, Qt.MouseButton.LeftButton)
    at, where = window.shell.at()
    assert at == "notice_draft", "what is posted was read as a masked copy first"
    draft = notices_drafts.view(demo, UUID(where["id"]))
    assert (str(draft.draft.item_id), draft.draft.about, draft.state) == (LAMPS, "outcome", "written")


def test_number_of_the_file_then_next_step_and_undo(page: AgendaPage, window: MainWindow, demo: Work) -> None:
    notices.post(demo, UUID(LAMPS), text="公示", about="outcome", posted_on=date(2026, 9, 20))
    choose(page, LAMPS)
    assert page.gates.do.text() == "Give the file its number"
    QTest.mouseClick(page.gates.do, Qt.MouseButton.LeftButton)
    assert page.ask.isVisible()
    assert not page.gates.isVisible()
    assert window.focusWidget() is page.ask._ask.fields[0][1].editor
    assert page.ask._ask.fields[0][1].value() == "2026-001"
    press(Qt.Key.Key_Return)
    assert kept(demo, LAMPS).archive_number == "2026-001"
    assert page.gates.isVisible()
    assert page.gates.head.text() == 'Ready for "Shared"'
    page.board.choose(LAMPS, focus=True)
    press(Qt.Key.Key_Right, CONTROL)
    assert kept(demo, LAMPS).stage == "shared"
    assert page.board.columns["shared"].cards.hasFocus(), "the focus goes with the card"
    assert page.board.columns["shared"].cards.current_id() == LAMPS
    assert 'stands at "Shared"' in last_words(window)
    press(Qt.Key.Key_Z, CONTROL)
    assert kept(demo, LAMPS).stage == "evaluated"
    assert page.board.columns["evaluated"].cards.current_id() == LAMPS


def test_sending_back_asks_for_the_reason(page: AgendaPage, demo: Work) -> None:
    choose(page, LAMPS)
    press(Qt.Key.Key_Left, CONTROL)
    assert page.ask.isVisible()
    press(Qt.Key.Key_Return)
    assert page.ask.error_line.isVisible()
    assert "Say why" in page.ask.error_line.accessibleName()
    assert kept(demo, LAMPS).stage == "evaluated"
    write(page.ask._ask.fields[0][1].editor, "两盏又不亮了")
    press(Qt.Key.Key_Return)
    assert kept(demo, LAMPS).stage == "discussed"
    assert not page.ask.isVisible()
    assert page.board.columns["discussed"].cards.hasFocus()


def test_esc_leaves_the_question_and_returns_to_the_card(page: AgendaPage) -> None:
    choose(page, LAMPS)
    press(Qt.Key.Key_Left, CONTROL)
    press(Qt.Key.Key_Escape)
    assert not page.ask.isVisible()
    assert page.gates.isVisible()
    assert page.board.columns["evaluated"].cards.hasFocus()


def test_merging_chooses_the_other_item_by_typing(page: AgendaPage, demo: Work) -> None:
    first = page.board.columns["raised"].cards.rows.rows[0].id
    choose(page, first)
    texts = {action.text() for action in page.acts.make_menu().actions()}
    assert {"Time line", "Edit", "Link a branch assembly", "Merge", "Defer", "Decline", "Hand up"} <= texts
    page.acts.do("merge")
    into, reason = (field.editor for _name, field in page.ask._ask.fields)
    write(into, "第二辆")
    assert [name for _id, name, _hint in into._model.findings] == ["第二辆车停车收费标准"]
    into._take(0)
    write(reason, "同一件事")
    QTest.keyClick(reason, Qt.Key.Key_Return)
    record = kept(demo, first)
    assert (record.state, str(record.merged_into_id)) == ("merged", SECOND_CAR)
    assert first not in page.board.ids()


def test_deferred_item_stays_and_is_taken_up_again(page: AgendaPage, demo: Work) -> None:
    first = page.board.columns["raised"].cards.rows.rows[0].id
    choose(page, first)
    page.acts.do("defer")
    write(page.ask._ask.fields[0][1].editor, "等预算")
    QTest.keyClick(page.ask._ask.fields[0][1].editor, Qt.Key.Key_Return)
    assert kept(demo, first).state == "deferred"
    assert page.gates.head.text() == "Deferred: 等预算"
    assert page.gates.do.text() == "Take up again"


def drop(page: AgendaPage, key: str, stage: str) -> None:
    """Let a card fall on a column."""
    told = QMimeData()
    told.setData(MIME, key.encode())
    event = QDropEvent(
        QPointF(20, 90), Qt.DropAction.MoveAction, told, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    # An event that is only sent has no drag behind it; Qt would not hand it on.
    page.board.columns[stage].dropEvent(event)


def test_dropping_a_card_takes_the_step(page: AgendaPage, demo: Work) -> None:
    choose(page, LAMPS)
    drop(page, LAMPS, "raised")
    assert "one stage at a time" in page.error_line.accessibleName() or page.ask.isVisible()
    page.acts.close_ask()
    notices.post(demo, UUID(LAMPS), text="公示", about="outcome", posted_on=date(2026, 9, 20))
    archive_number.give(demo, UUID(LAMPS), "2026-009")
    drop(page, LAMPS, "shared")
    assert kept(demo, LAMPS).stage == "shared"
    drop(page, LAMPS, "decided")
    assert kept(demo, LAMPS).stage == "shared"
    assert page.error_line.isVisible()


def test_two_stages_at_once_are_refused_in_words(page: AgendaPage, demo: Work) -> None:
    choose(page, SECOND_CAR)
    drop(page, SECOND_CAR, "shared")
    assert "one stage at a time" in page.error_line.accessibleName()
    assert kept(demo, SECOND_CAR).stage == "discussed"


def test_enter_opens_the_time_line_and_esc_returns(page: AgendaPage, window: MainWindow, demo: Work) -> None:
    choose(page, SECOND_CAR)
    press(Qt.Key.Key_Return)
    assert page.views.currentWidget() is page.pane
    assert page.view_choice.current() == "time"
    rows = page.pane.time_line.rows.rows
    events = agenda.item(demo, UUID(SECOND_CAR)).timeline
    assert len(rows) == len(events) > 4
    assert [event.at for event in events] == sorted(event.at for event in events)
    assert any(row.words == "Not passed · 第二辆车每月150元" for row in rows)
    assert page.pane.item_title.text() == "第二辆车停车收费标准"
    assert page.pane.time_line.hasFocus()
    press(Qt.Key.Key_Escape)
    assert page.views.currentWidget() is page.board
    assert page.board.columns["discussed"].cards.hasFocus()
    assert page._chosen == SECOND_CAR


def test_list_holds_every_state_and_narrows(page: AgendaPage, window: MainWindow, demo: Work, qtbot) -> None:
    agenda.take(demo, UUID(page.board.columns["raised"].cards.rows.rows[0].id), "decline", reason="不归我们管")
    assert page.board.columns["raised"].count.text() == "1"
    window.shell.navigate("agenda", view="list")
    assert page.views.currentWidget() is page.table_card
    assert page.model.rowCount() == 5
    page.standing.setCurrentIndex(page.standing.findData("state:declined"))
    page.standing.activated.emit(page.standing.currentIndex())
    assert [row.title for row in page.model.rows] == ["加装电动自行车充电桩"]
    page.standing.setCurrentIndex(0)
    page.standing.activated.emit(0)
    write(page.search, "路灯")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert page.model.rows[0].title == "更换院内三盏损坏路灯"
    write(page.search, "xyz")
    qtbot.waitUntil(lambda: page.views.currentWidget() is page.unfit)


def test_category_narrows_the_board(page: AgendaPage) -> None:
    page.category.setCurrentIndex(page.category.findData("照明"))
    page.category.activated.emit(page.category.currentIndex())
    assert page.board.ids() == [LAMPS]
