"""The pages of tasks, evaluation and notices by real keys: done and accepted, forms counted, a notice on its way."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from sqlalchemy import select

from deliberation_app.services import (
    demo_outcomes,
    evaluation_survey,
    notices,
    notices_drafts,
    notices_waiting,
    tasks,
    tasks_people,
)
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.work import Work, open_work
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.agenda import AgendaItem, ItemStep
from deliberation_app.storage.people import Person
from deliberation_app.ui import outcome_paper
from deliberation_app.ui.main_window import MainWindow
from tests.ui.courtyard import courtyard, fill, press, write

NOW = datetime(2026, 10, 20, 7, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, made once."""
    place = tmp_path_factory.mktemp("outcomes") / "demo.sqlite"
    work = fill(place, lambda: NOW)
    with work.read() as session:
        known = dict(session.execute(select(Person.name, Person.id)).all())
    demo_outcomes.run(work, courtyard(work).id, known, _at)
    work.close()
    return place


@contextmanager
def _at(work: Work, *moment: int) -> Iterator[None]:
    ordinary, work.clock = work.clock, lambda: datetime(*moment, tzinfo=DISPLAY_ZONE)
    yield
    work.clock = ordinary


@pytest.fixture
def work(filled: Path, tmp_path: Path, desk_settings) -> Iterator[Work]:
    """A copy of it."""
    place = tmp_path / "demo.sqlite"
    shutil.copyfile(filled, place)
    made = open_work(place, clock=lambda: NOW, user_name="尹记录")
    desk_settings.unit = str(courtyard(made).id)
    yield made
    made.close()


@pytest.fixture
def window(open_main: Callable[[Work], MainWindow], work: Work) -> MainWindow:
    """The window, as large as the pictures."""
    made = open_main(work)
    made.resize(1366, 768)
    made.activateWindow()
    QApplication.processEvents()
    return made


def go(window: MainWindow, page: str, **where: str):
    """Go to a page; the answer is the page."""
    window.shell.navigate(page, **where)
    QApplication.processEvents()
    return window.shell.page()


def test_a_task_is_done_with_evidence_and_accepted_by_another(window: MainWindow, work: Work) -> None:
    page = go(window, "tasks")
    first = page.model.rows[0]
    assert (first.task.title, first.standing) == ("第二辆车收费重新协商", "overdue")
    key = page.chosen().task.id
    press(Qt.Key.Key_Return)
    assert page.ask.isVisible()
    press(Qt.Key.Key_Return)  # no evidence: it says so and stays
    assert "what shows" in _said(page.ask.error_line)
    page.ask._ask.fields[0][1].setFocus()
    write(QApplication.focusWidget(), "协商会已经开过")
    press(Qt.Key.Key_Return)
    assert tasks.task(work, key).state == "done"
    page.accept_filter.click()
    page.table.choose(str(key))
    page.table.setFocus()
    press(Qt.Key.Key_Return)
    write(QApplication.focusWidget(), "尹记录")
    page.ask._answer()
    assert "another person" in _said(page.ask.error_line)
    page.ask._ask.fields[0][1].editor.set_person("", "王秀兰")
    page.ask._answer()
    assert tasks.row(work, key).standing == "accepted"


def _said(line) -> str:
    return " ".join(label.text() for label in line.findChildren(QLabel))


def test_filters_persons_and_quick_add(window: MainWindow, work: Work) -> None:
    page = go(window, "tasks")
    QTest.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    page.add_act.click()
    fields = dict(page.ask._ask.fields)
    fields["title"].set_value("贴通知")
    fields["owner"].editor.setText("物业公司")
    fields["due"].editor.setText("下周五")
    page.ask._answer()
    assert "贴通知" in [row.task.title for row in page.model.rows]
    page._pick_owner("物业公司")
    assert {row.owner for row in page.model.rows} == {"物业公司"}
    page._pick_owner("all")
    owner = tasks_people.me(work, courtyard(work).id)
    tasks.add(work, page.model.rows[0].task.item_id, title="写记录", owner_id=owner)
    page.mine_filter.click()
    assert {row.owner for row in page.model.rows} == {"尹记录"}
    page.search.setFocus()
    write(page.search, "没有这个")
    press(Qt.Key.Key_Return)
    assert page.empty.isVisible()


def test_forms_are_counted_by_keys(window: MainWindow, work: Work) -> None:
    unit = courtyard(work).id
    survey = evaluation_survey.out(work, unit)[0].survey.id
    page = go(window, "evaluation")
    page.table.setFocus()
    press(Qt.Key.Key_Return)
    pad = window.shell.page()
    assert window.shell.at() == ("survey", {"id": str(survey)})
    before = evaluation_survey.tally(work, survey)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_0, Qt.Key.Key_5):
        press(key)
    after = evaluation_survey.tally(work, survey)
    assert after.forms == before.forms + 1
    assert after.last.answers == {"overall": "very_satisfied", "timely": "satisfied", "fair": None, "effect": "unsure"}
    assert after.last.group == "有车居民"
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_3)
    press(Qt.Key.Key_Backspace)  # the line answered last
    for _ in range(4):
        press(Qt.Key.Key_4)
    assert evaluation_survey.tally(work, survey).last.group == "无车居民"
    press(Qt.Key.Key_Backspace)  # the form counted last
    assert evaluation_survey.tally(work, survey).forms == before.forms + 1
    assert pad.sums_head.text() == "So far: 13 returned, 13 valid"


def test_too_low_offers_to_send_it_back_with_the_reasons(window: MainWindow, work: Work) -> None:
    unit = courtyard(work).id
    survey = evaluation_survey.out(work, unit)[0].survey.id
    for _ in range(8):
        evaluation_survey.count_form(
            work, survey, dict.fromkeys(("overall", "timely", "fair", "effect"), "dissatisfied"), "无车居民"
        )
    pad = go(window, "survey", id=str(survey))
    assert "Below the line so far" in _said(pad.line_words) or pad.line_words.isVisible()
    pad.close_act.click()
    assert pad.ask.isVisible()
    pad.ask._answer()
    QApplication.processEvents()
    page = window.shell.page()
    assert window.shell.at()[0] == "evaluation"
    row = page.chosen().told
    assert (row.below_line, row.line) == (True, ("strict", 80, 100))
    assert "低于达标线80%" in page._acts(page.chosen()) or row.strict.text == "50.0000%"


def test_forms_about_any_decided_item_go_out(window: MainWindow, work: Work) -> None:
    page = go(window, "evaluation")
    before = len(evaluation_survey.out(work, courtyard(work).id))
    page.ask_act.click()
    fields = dict(page.ask._ask.fields)
    page.ask._answer()
    assert "Choose the item" in _said(page.ask.error_line)
    item = next(
        one for one in page.model.rows if one.told.__class__.__name__ == "SurveyRow" and one.number.endswith("-02")
    )
    fields["item"].editor.set_person(str(item.item_id), item.title)
    fields["issued"].set_value(40)
    page.ask._answer()
    assert len(evaluation_survey.out(work, courtyard(work).id)) == before + 1


def test_the_list_of_the_item_is_printed_beside_that_of_the_unit(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a task chosen its item's list, by its own keys; the other button prints what is shown."""
    sent: list[Asked] = []
    monkeypatch.setattr(outcome_paper, "send", lambda _where, _desk, asked, _name: sent.append(asked))
    page = go(window, "tasks")
    assert page.lists.of_item.isEnabled()
    page.lists.of_item.click()
    page.lists.shown.click()
    chosen = page.chosen()
    assert sent == [
        Asked(paper="task_list", item=chosen.task.item_id),
        Asked(paper="task_list", unit=page.desk.unit_id),
    ]


def test_figures_by_category_and_period(window: MainWindow) -> None:
    page = go(window, "evaluation", view="category")
    assert [row.name for row in page.sums.rows] == ["停车", "照明", "经费"]
    page.view_choice.choose("period")
    page.refresh()
    assert [row.name for row in page.sums.rows] == ["2026 Q3"]
    assert page.figures.isVisible()


def test_a_notice_from_draft_to_board(window: MainWindow, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcome_paper, "send_pdf", lambda *_all: True)
    unit = courtyard(work).id
    draft = notices_waiting.drafts(work, unit)[0].draft.id
    page = go(window, "notice_draft", id=str(draft))
    assert "陶*" in page.preview.toPlainText()
    assert "陶堃" not in page.preview.toPlainText()
    assert len(page.preview.extraSelections()) == notices_drafts.view(work, draft).masked > 0
    assert not page.print_act.isEnabled()
    page.masks.set_value("郝五")
    page.masks.edited.emit()
    page.save()
    assert "郝*" in page.preview.toPlainText()
    page.checked.click()
    assert notices_drafts.view(work, draft).state == "checked"
    page.print_act.click()
    assert notices_drafts.view(work, draft).state == "printed"
    page.days.set_value(14)
    page.days.edited.emit()
    page.saving.timeout.emit()
    assert "too short" in _said(page.error_line)
    page.days.set_value(15)
    page.post_act.click()
    assert page.ask.isVisible()
    press(Qt.Key.Key_Escape)
    assert page.settings_card.isVisible()
    page.post_act.click()
    page.ask._answer()
    QApplication.processEvents()
    assert window.shell.at()[0] == "notices"
    posted = window.shell.page().chosen().one.publication
    assert posted.posted_text is not None
    assert "陶*" in posted.posted_text


def test_objections_are_answered_by_enter(window: MainWindow, work: Work) -> None:
    page = go(window, "notices")
    told = page.chosen()
    assert told.one.open_objections == 1
    assert any("发票" in label.text() for label in page.log.findChildren(QLabel))
    page.table.setFocus()
    press(Qt.Key.Key_Return)
    page.ask._ask.fields[1][1].set_value("发票已补贴在旁边")
    page.ask._answer()
    assert notices.notice(work, told.one.publication.id).open_objections == 0


def test_the_side_bar_says_what_waits(window: MainWindow, qtbot) -> None:
    side = window.shell.frame.side
    qtbot.waitUntil(lambda: side.button("tasks").count > 0)
    assert side.button("notices").count > 0
    assert side.button("evaluation").count == 1


def test_forty_forms_counted_by_keys_and_sent_back_with_the_reasons(window: MainWindow, work: Work) -> None:
    """Every form by one key, the rate of the window that of the keys; below the line Enter sends the item back."""
    with work.read() as session:
        item = session.scalars(select(AgendaItem).where(AgendaItem.stage == "evaluated")).first()
        assert item is not None
    survey = evaluation_survey.begin(work, item.id, aspects=("overall",), issued=45)
    pad = go(window, "survey", id=str(survey))
    keys = "1" * 11 + "2" * 9 + "3" * 6 + "4" * 10 + "5" * 4
    for at in range(len(keys)):
        press(Qt.Key(ord(keys[at * 7 % len(keys)])))
    tally = evaluation_survey.tally(work, survey)
    assert tally.forms == len(keys) == 40
    assert pad.sums_head.text() == "So far: 40 returned, 40 valid"
    evaluation_survey.comment(work, survey, ["灯还是不亮"])
    pad.close_act.click()
    pad.ask._answer()
    QApplication.processEvents()
    page = window.shell.page()
    assert page.chosen().told.strict.formula == "（非常满意11＋满意9）÷有效40＝50.0000%"
    assert page.chosen().told.wide.text == "65.0000%"  # 26 of 40
    page.table.setFocus()
    press(Qt.Key.Key_Return)
    assert "灯还是不亮" in dict(page.ask._ask.fields)["reason"].value()
    page.ask._answer()
    with work.read() as session:
        assert session.get_one(AgendaItem, item.id).stage == "discussed"
        steps = session.scalars(select(ItemStep).where(ItemStep.item_id == item.id)).all()
    assert any("灯还是不亮" in (step.note or "") and "50.0000%" in (step.note or "") for step in steps)
