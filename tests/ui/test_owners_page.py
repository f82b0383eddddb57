"""The page of an owners' vote in a real window: the list, the delivery log, papers by the keyboard."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from deliberation_app.services import deliveries, owners_list, owners_papers, owners_vote
from deliberation_app.services.work import Work, open_work
from deliberation_app.settings import Settings
from deliberation_app.ui.main_window import MainWindow
from deliberation_app.ui.owners_page import OwnersPage
from tests.fresh import fresh
from tests.services.test_owners import Yard, make_yard
from tests.ui.courtyard import press, write

NOW = datetime(2026, 10, 20, 6, 0, tzinfo=UTC)


@pytest.fixture
def yard(tmp_path: Path, desk_settings: Settings) -> Yard:
    work = open_work(fresh(tmp_path / "yard.sqlite"), clock=lambda: NOW, user_name="尹记录")
    made = make_yard(work)
    desk_settings.unit = str(made.unit)
    return made


@pytest.fixture
def show(yard: Yard, open_main: Callable[[Work], MainWindow]) -> Callable[[str], OwnersPage]:
    """Opens the page on one of its steps."""

    def at(step: str) -> OwnersPage:
        window = open_main(yard.work)
        window.shell.desk.navigate("owners", id=str(yard.meeting))
        page = window.shell.page()
        assert isinstance(page, OwnersPage)
        page.step_choice.choose(step)
        page._turn()
        QApplication.processEvents()
        return page

    return at


def words_of(page: OwnersPage) -> str:
    QApplication.processEvents()
    return " | ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_the_list_shows_sums_and_lines_and_enter_goes_into_the_flat(yard: Yard, show: Callable) -> None:
    page = show("list")
    pane = page.panes["list"]
    assert "6 flats · 5 owners · 420.00 m²" in words_of(page)
    assert "at least 2/3: 4 owners and 280.00 m²" in words_of(page)
    pane.table.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is pane.flat.owner.editor
    pane.flat.area.editor.setFocus()
    pane.flat.area.editor.selectAll()
    QTest.keyClicks(pane.flat.area.editor, "60.5")
    press(Qt.Key.Key_Return)
    assert owners_list.overview(yard.work, yard.meeting).totals.area == 41815
    assert "418.15 m²" in words_of(page)


def test_delivery_by_enter_and_the_rest_by_notice(yard: Yard, show: Callable) -> None:
    page = show("delivery")
    pane = page.panes["delivery"]
    pane.table.setFocus()
    press(Qt.Key.Key_Return)
    write(QApplication.focusWidget(), "孙和睦")
    press(Qt.Key.Key_Return)
    assert deliveries.progress(yard.work, yard.meeting).by_way == {"in_person": 1}
    assert pane.table.currentIndex().row() == 1
    pane.fields.rest.setFocus()
    press(Qt.Key.Key_Space)
    assert deliveries.progress(yard.work, yard.meeting).missing == 0
    assert "6 of 6 flats reached" in words_of(page)


def test_papers_by_the_keyboard_alone(yard: Yard, show: Callable) -> None:
    first, second = yard.ask(), yard.ask("owners_ordinary")
    page = show("papers")
    pane = page.panes["papers"]
    assert QApplication.focusWidget() is pane.flat.editor
    QTest.keyClicks(pane.flat.editor, "1-101")
    popup = QApplication.activePopupWidget()
    QTest.keyClick(popup or pane.flat.editor, Qt.Key.Key_Return)
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Return)
    rows, _more = owners_papers.returned(yard.work, yard.meeting)
    assert [(row.flat.number, dict(row.paper.choices)) for row in rows] == [
        (1, {first: "in_favour", second: "against"})
    ]
    assert (pane.flat.editor.text(), pane.save.isEnabled()) == ("", False)
    assert "Returned 1 = valid 1 + invalid 0" in words_of(page)
    assert not pane.ask_card.isVisible()


def test_a_second_paper_corrects_and_an_unsigned_one_is_said(yard: Yard, show: Callable) -> None:
    key = yard.ask()
    flat = yard.flats()[2]
    owners_papers.enter(yard.work, flat.id, {key: "in_favour"})
    page = show("papers")
    pane = page.panes["papers"]
    pane.table.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert "its paper is here already" in words_of(page)
    press(Qt.Key.Key_3)
    press(Qt.Key.Key_S)
    press(Qt.Key.Key_Return)
    [row] = owners_papers.returned(yard.work, yard.meeting)[0]
    assert row.corrected == 0  # a door typed wrongly takes no other flat's place: it is asked once more
    press(Qt.Key.Key_Return)
    [row] = owners_papers.returned(yard.work, yard.meeting)[0]
    assert (row.paper.choices[key], row.paper.signed, row.corrected) == ("abstain", False, 1)
    assert "valid 0 + invalid 1" in words_of(page)


def test_two_opinions_of_one_owner_are_refused_on_the_page(yard: Yard, show: Callable) -> None:
    key = yard.ask()
    first, second = yard.flats()[:2]
    owners_papers.enter(yard.work, first.id, {key: "in_favour"})
    page = show("papers")
    page.panes["papers"]._begin(second.id)
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Return)
    assert page.error_line.isVisible()
    assert "one head" in page.error_line.accessibleName()


def test_a_question_is_put_on_the_paper_and_counted(yard: Yard, show: Callable) -> None:
    page = show("papers")
    pane = page.panes["papers"]
    assert pane.ask_card.isVisible()
    pane.motion.set_value("划分车位并收费")
    pane.ask.click()
    assert page.error_line.isVisible()
    pane.reason.set_value("逐户送达中")
    pane.ask.click()
    [question] = owners_papers.questions(yard.work, yard.meeting)
    assert question.motion == "划分车位并收费"
    for flat in yard.flats():
        owners_papers.enter(yard.work, flat.id, {question.id: "in_favour"})
    page.count_act.click()
    assert owners_papers.questions(yard.work, yard.meeting)[0].counted
    assert "超过参与表决面积半数，通过" in words_of(page)
    assert not page.error_line.isVisible()
    assert not pane.entry_card.isVisible()


def test_results_name_nobody(yard: Yard, show: Callable) -> None:
    key = yard.ask()
    owners_papers.enter(yard.work, yard.flats()[2].id, {key: "against"})
    result = show("papers").panes["papers"].result
    assert not any("业主1" in label.text() for label in result.findChildren(QLabel))
    assert owners_vote.rules_for(yard.work, yard.meeting) == ("owners_ordinary", "owners_special")
    assert isinstance(key, uuid.UUID)
