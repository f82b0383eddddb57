"""Acts and their errors, long work, crashes, and forms that follow language and scale."""

from __future__ import annotations

import gettext
import sys
import threading
from pathlib import Path
from typing import ClassVar

import pytest
from PySide6.QtCore import Qt, QThread
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deliberation_app import language
from deliberation_app.errors import N_, AppError, RuleBroken
from deliberation_app.ui.kit import forms, run, theme
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.states import ErrorLine, Progress


class Spoken(gettext.NullTranslations):
    """A catalogue of a few words."""

    words: ClassVar = {
        "Settings": "设置", "Printer {name} is not there.": "打印机 {name} 没有连接。", "This computer": "这台电脑",
        "One thing is missing.": "还差一样。", "The notice was not given.": "还没有发通知。",
    }  # fmt: skip

    def gettext(self, message: str) -> str:
        return self.words.get(message, message)


@pytest.fixture
def page(app_dressed, qtbot) -> QWidget:
    """A page with an error line and a button."""
    made = QWidget()
    box = QVBoxLayout(made)
    made.line = ErrorLine()
    made.button = Button("印")
    box.addWidget(made.line)
    box.addWidget(made.button)
    qtbot.addWidget(made)
    made.show()
    return made


def words_of(line: ErrorLine) -> list[str]:
    return [label.text() for label in line.findChildren(Label) if label.text()]


def test_act_returns_what_was_done(page) -> None:
    assert run.act(page.button, lambda a, b: a + b, 2, b=3) == 5
    assert not page.line.isVisible()


def test_act_shows_an_error_in_the_language_spoken_with_its_reasons(page, monkeypatch) -> None:
    monkeypatch.setattr(language, "_catalogue", Spoken())

    def refuse() -> None:
        reasons = (
            AppError(N_("The notice was not given.")),
            AppError(N_("Printer {name} is not there."), name="<b>HP</b>"),
        )
        raise RuleBroken(N_("One thing is missing."), reasons=reasons)

    assert run.act(page.button, refuse) is None
    assert page.line.isVisible()
    assert words_of(page.line) == ["还差一样。", "还没有发通知。\n打印机 <b>HP</b> 没有连接。"]
    assert not page.line.retry.isVisible()


def test_try_again_tries_again(page, qtbot) -> None:
    tries: list[int] = []

    def act() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise AppError("not yet")
        return "done"

    run.act(page.button, act, again=True)
    page.line.retry.click()
    assert page.line.isVisible()
    page.line.retry.click()
    assert len(tries) == 3
    assert not page.line.isVisible()


def test_slot_takes_whatever_the_signal_brings(page) -> None:
    seen: list[str] = []
    page.button.clicked.connect(run.slot(page, seen.append, "印"))
    page.button.click()
    assert seen == ["印"]


def test_an_error_with_nowhere_to_be_shown_is_not_lost(app_dressed, qtbot) -> None:
    alone = QWidget()
    qtbot.addWidget(alone)
    with pytest.raises(AppError, match="nobody hears"):
        run.show_error(alone, AppError("nobody hears"))


def test_long_work_reports_and_ends_in_the_window(page, qtbot) -> None:
    progress = Progress(page)
    seen: list[tuple[object, bool]] = []

    def job(report: run.Report) -> int:
        assert QThread.currentThread() is not page.thread()
        for at in range(5):
            report(at + 1, 5)
        return 42

    def done(answer: int) -> None:
        seen.append((answer, QThread.currentThread() is page.thread()))

    worker = run.beside(page, "印", job, done, progress)
    assert progress.isVisibleTo(page)
    qtbot.waitUntil(lambda: bool(seen))
    qtbot.waitUntil(lambda: not progress.isVisibleTo(page))
    assert seen == [(42, True)]
    assert worker is not None


def test_long_work_can_be_cancelled_and_refused(page, qtbot) -> None:
    progress = Progress(page)
    started = threading.Event()

    def job(report: run.Report) -> None:
        started.set()
        while not report.cancelled():
            QThread.msleep(2)
        raise AppError("stopped on request")

    run.beside(page, "印", job, lambda _answer: None, progress)
    started.wait(5)
    progress.cancel.click()
    qtbot.waitUntil(page.line.isVisible)
    assert words_of(page.line) == ["stopped on request"]


def test_a_crash_leaves_a_report_without_values(app_dressed, tmp_path: Path, monkeypatch, qtbot) -> None:
    shown: list[tuple[str, Path]] = []
    monkeypatch.setattr(run.CrashWatch, "_show", lambda _self, report, file: shown.append((report, file)))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    watch = run.catch_crashes(lambda: tmp_path / "reports")
    try:
        raise ValueError("龚龑的电话 " + str(139 * 10**8 + 3))
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: bool(shown))
    report, file = shown[0]
    assert file.read_text(encoding="utf-8") == report
    assert "ValueError" in report
    assert "test_a_crash_leaves" in report
    assert "13900000003" not in report
    assert watch is not None


@pytest.fixture
def watch(app_dressed, tmp_path: Path, monkeypatch) -> run.CrashWatch:
    """What nobody caught goes to the watch."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    return run.catch_crashes(lambda: tmp_path / "reports")


def mishap(error: Exception) -> None:
    """Raise it where nobody catches it."""
    try:
        raise error
    except type(error):
        sys.excepthook(type(error), error, error.__traceback__)


def test_a_sentence_that_nobody_waited_for_is_said_in_the_window_and_is_no_crash(page, watch, qtbot, tmp_path) -> None:
    mishap(AppError("The disk is gone."))
    qtbot.waitUntil(page.line.isVisible)
    assert words_of(page.line) == ["The disk is gone."]
    assert not (tmp_path / "reports").exists()


def test_a_sentence_that_no_window_can_say_is_reported(app_dressed, watch, qtbot, crashes) -> None:
    mishap(AppError("The disk is gone."))
    qtbot.waitUntil(lambda: bool(crashes))
    assert "AppError" in crashes.pop()


def test_a_crash_is_never_told_on_the_screen_of_the_room(app_dressed, qtbot) -> None:
    room, chair = QWidget(), QWidget()
    room.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    for window in (room, chair):
        qtbot.addWidget(window)
        window.show()
    assert run.at_hand() is chair
    chair.hide()
    assert run.at_hand() is None


def test_crash_dialog_says_that_nothing_is_lost(app_dressed, qtbot, tmp_path: Path) -> None:
    dialog = run.CrashDialog("report", tmp_path / "report.txt")
    qtbot.addWidget(dialog)
    assert any("saved" in label.text() for label in dialog.findChildren(Label))
    assert not dialog.grab().isNull()


def test_every_class_a_form_may_name_is_where_the_table_says(app_dressed):
    for name in forms.WIDGETS:
        assert forms.kit_class(name).__name__ == name
    assert forms.kit_class("QLabel").__name__ == "Label"
    assert forms.kit_class("QStackedWidget") is None


def test_form_follows_the_language_while_it_is_open(app_dressed, qtbot, monkeypatch) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    forms.load("settings_page", page)
    assert page.computer_head.text() == "This computer"
    assert page.header.title == "Settings"
    monkeypatch.setattr(language, "use", lambda _name: None)
    monkeypatch.setattr(language, "_catalogue", Spoken())
    forms.speak("en")
    app_dressed.processEvents()
    assert page.computer_head.text() == "这台电脑"
    assert page.header.title == "设置"


def test_form_measures_follow_the_scale(app_dressed, qtbot) -> None:
    made = []
    for scale in (100, 200):
        theme.apply(app_dressed, "light", scale)
        page = QWidget()
        qtbot.addWidget(page)
        forms.load("set_up_page", page)
        made.append((page.card.minimumWidth(), page.card_column.contentsMargins().left(), page.card_column.spacing()))
    assert made == [(560, 32, 16), (1120, 64, 32)]


def test_form_widgets_are_those_of_the_kit(app_dressed, qtbot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    forms.load("set_up_page", page)
    assert isinstance(page.begin, Button)
    assert page.begin.kind() == "primary"
    assert page.begin.after == "go_on"
    assert type(page.unit_kind.editor).__name__ == "Combo"
    with pytest.raises(FileNotFoundError):
        forms.load("no_such_form")
