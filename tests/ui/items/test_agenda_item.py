"""One item: the dialog, the questions of the panel, and the page in every language and size."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from deliberation_app.services import agenda, evaluation, tasks
from deliberation_app.services.work import Work
from deliberation_app.settings import Settings
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.ui.agenda_page import AgendaPage
from deliberation_app.ui.item_dialog import ItemDialog
from deliberation_app.ui.kit import forms, theme
from deliberation_app.ui.kit.labels import ElideLabel
from deliberation_app.ui.main_window import MainWindow
from tests.ui.courtyard import CONTROL, LAMPS, SECOND_CAR, press, write
from tests.ui.items.conftest import choose


def kept(work: Work, key: str) -> AgendaItem:
    """The record of an item."""
    return agenda.item(work, UUID(key)).item


def open_dialog(page: AgendaPage, window: MainWindow) -> ItemDialog:
    """Ctrl N, and the dialog that comes."""
    press(Qt.Key.Key_N, CONTROL)
    return next(one for one in window.findChildren(ItemDialog) if one.isVisible())


def test_raising_an_item_by_keyboard(page: AgendaPage, window: MainWindow, demo: Work) -> None:
    dialog = open_dialog(page, window)
    dialog.save.click()
    assert "few words" in dialog.title._mark._words.text()
    write(dialog.title.editor, "3 号楼加扶手")
    names = dialog.raised_by.editor.name
    write(names, "sy")
    assert names._model.findings
    names._take(0)
    QApplication.processEvents()
    assert names.text() == ""
    write(names, "fla")
    dialog.save.click()
    assert dialog.isVisible(), "a name that was typed and not taken is not lost in silence"
    names._take(0)
    QApplication.processEvents()
    dialog.vital.setChecked(True)
    QTest.keyClick(dialog.title.editor, Qt.Key.Key_Return, CONTROL)
    view = agenda.item(demo, UUID(page._chosen))
    assert view.item.title == "3 号楼加扶手"
    assert view.item.vital_interest is True
    assert view.item.votable is None
    assert len(view.raisers) == 2
    assert view.raisers[1].name == "范例安"
    assert window.focusWidget() is page.board.columns["raised"].cards


def test_editing_changes_only_what_was_changed(page: AgendaPage, window: MainWindow, demo: Work) -> None:
    choose(page, SECOND_CAR)
    before = kept(demo, SECOND_CAR)
    page.acts.edit()
    dialog = next(one for one in window.findChildren(ItemDialog) if one.isVisible())
    assert dialog.title.value() == before.title
    dialog.only_how.setChecked(True)
    dialog.save.click()
    after = kept(demo, SECOND_CAR)
    assert after.votable is False
    assert (after.title, after.raised_at, after.background) == (before.title, before.raised_at, before.background)


def decided(demo: Work) -> UUID:
    """The lamps, as if their decision had just been taken."""
    with demo.act("agenda.edit") as act:
        act.get(AgendaItem, UUID(LAMPS)).stage = "decided"
    return UUID(LAMPS)


def test_tasks_scores_and_objections_are_kept_from_the_panel(page: AgendaPage, demo: Work, desk_settings) -> None:
    key = decided(demo)
    choose(page, LAMPS)
    page.acts.do("tasks.add")
    fields = dict(page.ask._ask.fields)
    write(fields["title"].editor, "验收")
    QTest.keyClick(fields["title"].editor, Qt.Key.Key_Return)
    added = next(task for task in agenda.item(demo, key).tasks if task.title == "验收")
    page.acts.do("tasks.done")
    dict(page.ask._ask.fields)["task"].set_value(str(added.id))
    write(dict(page.ask._ask.fields)["note"].editor, "三盏全亮")
    QTest.keyClick(dict(page.ask._ask.fields)["note"].editor, Qt.Key.Key_Return)
    assert tasks.task(demo, added.id).state == "done"
    page.acts.do("evaluation.add")
    fields = dict(page.ask._ask.fields)
    write(fields["very_satisfied"].editor, "18")
    write(fields["dissatisfied"].editor, "2")
    write(fields["invited"].editor, "19")
    QTest.keyClick(fields["invited"].editor, Qt.Key.Key_Return)
    assert page.ask.error_line.isVisible(), "20 forms came back of 19 handed out"
    fields["invited"].set_value(22)
    QTest.keyClick(fields["invited"].editor, Qt.Key.Key_Return)
    rows = evaluation.page(demo, UUID(desk_settings.unit)).rows
    assert any(row.responses.very_satisfied == 18 and row.survey.item_id == key for row in rows)


def cut(page: QWidget) -> list[str]:
    """Words that have less room than they need."""
    found = []
    for button in page.findChildren(QPushButton):
        if button.isVisible() and button.width() < button.sizeHint().width():
            found.append(button.text())
    for label in page.findChildren(QLabel):
        if not label.isVisible() or isinstance(label, ElideLabel) or not label.text():
            continue
        wide = label.sizeHint().width() if not label.wordWrap() else 0
        high = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        if label.width() < wide or label.height() < high:
            found.append(label.text())
    return found


@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
def test_nothing_is_cut_in_any_language(
    open_main: Callable[[Work], MainWindow], demo: Work, desk_settings: Settings, language: str
) -> None:
    desk_settings.language = language
    window = open_main(demo)
    window.resize(1366, 768)
    for where in ({}, {"view": "list"}, {"item": SECOND_CAR}, {"item": LAMPS, "ask": "evaluation.add"}):
        window.shell.navigate("agenda", **where)
        QApplication.processEvents()
        assert cut(window.shell.page()) == []
    forms.speak("en")


def test_every_control_has_a_name(page: AgendaPage) -> None:
    for kind in (QPushButton, QLineEdit):
        for control in page.findChildren(kind):
            words = control.accessibleName() or (control.text() if isinstance(control, QPushButton) else "")
            assert words or not control.isVisibleTo(page), control.objectName()


@pytest.mark.parametrize("scale", [150, 200])
def test_larger_type_folds_the_page_instead_of_cutting_it(
    window: MainWindow, page: AgendaPage, app_dressed, scale: int, qtbot
) -> None:
    theme.apply(app_dressed, "light", scale)
    qtbot.waitUntil(lambda: window.shell.page() is not page and window.shell.page().isVisible())
    page = window.shell.page()
    QApplication.processEvents()
    assert page.width() <= window.width()
    assert page.gates.isVisible()
    assert cut(page) == []
