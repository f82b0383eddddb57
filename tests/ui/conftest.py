"""Fixtures for windows: the application dressed as people see it, and a main window on fresh records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from deliberation_app import language
from deliberation_app.services import units
from deliberation_app.services.work import Work, open_work
from deliberation_app.settings import Settings
from deliberation_app.ui.kit import focus, forms, run, theme
from deliberation_app.ui.main_window import MainWindow
from tests import patience
from tests.fresh import fresh
from tests.ui.console_held import called, early, early_hands, hands, meeting, talking

# Fixtures of the console, for every module that asks for them.
__all__ = ("called", "early", "early_hands", "hands", "meeting", "talking")

NOW = datetime(2026, 10, 20, 6, 0, tzinfo=UTC)
PATIENCE = 1000 * patience.SECONDS


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The screen in memory says that it has no frames to size; every other warning of Qt fails a test."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(autouse=True)
def crashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What nobody caught fails the test that was running, instead of a dialog that waits for somebody to answer."""
    reports: list[str] = []
    show = run.CrashDialog.__init__

    def made(dialog: run.CrashDialog, report: str, *more: object) -> None:
        show(dialog, report, *more)
        dialog.setProperty("report", report)

    def asked(dialog: run.CrashDialog) -> int:
        reports.append(str(dialog.property("report")))
        return 0

    monkeypatch.setattr(run.CrashDialog, "__init__", made)
    monkeypatch.setattr(run.CrashDialog, "exec", asked)
    yield reports
    assert reports == []


class Patient(QtBot):
    """A bot that waits as long as a busy machine may take; nothing waits that long when all is well."""

    def waitUntil(self, callback: Callable[[], Any], *, timeout: int = PATIENCE) -> None:
        """Until it is so."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE, **more: Any) -> Any:
        """Until it is heard."""
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitSignals(self, signals: Any, *, timeout: int = PATIENCE, **more: Any) -> Any:
        """Until all are heard."""
        return super().waitSignals(signals, timeout=timeout, **more)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> Patient:
    """Hands and eyes for windows, with patience."""
    return Patient(request)


@pytest.fixture
def app_dressed(qapp: QApplication) -> Iterator[QApplication]:
    """The application in the light theme at 100 %, speaking English."""
    forms.speak("en")
    theme.apply(qapp, "light", 100, "comfortable")
    focus.watch(qapp).keyboard = False
    yield qapp
    theme.apply(qapp, "light", 100, "comfortable")
    language.use("en")


@pytest.fixture
def desk_settings(tmp_path: Path) -> Settings:
    """Settings of this test alone."""
    return Settings(language="en", theme="light", user="尹记录", file=tmp_path / "settings.json")


@pytest.fixture
def fresh_work(tmp_path: Path) -> Iterator[Work]:
    """Records without any unit."""
    work = open_work(fresh(tmp_path / "records.sqlite"), clock=lambda: NOW, user_name="尹记录")
    yield work
    work.close()


@pytest.fixture
def branch_work(fresh_work: Work) -> Work:
    """Records with one Party branch."""
    units.set_up(fresh_work, name="山大路194号院党支部", kind="branch", parents=("山大社区",), chair_name="范例安")
    return fresh_work


@pytest.fixture
def open_main(app_dressed: QApplication, desk_settings: Settings, qtbot) -> Iterator[Callable[[Work], MainWindow]]:
    """Opens the main window on given records and waits until it is wired."""
    opened: list[MainWindow] = []

    def show(work: Work) -> MainWindow:
        window = MainWindow(desk_settings, lambda: work)
        opened.append(window)
        with qtbot.waitSignal(window.wired):
            window.show()
        return window

    yield show
    for window in opened:
        window.close()
        window.deleteLater()
    app_dressed.processEvents()


@pytest.fixture
def shell_window(open_main: Callable[[Work], MainWindow], branch_work: Work) -> MainWindow:
    """The main window for a Party branch."""
    return open_main(branch_work)
