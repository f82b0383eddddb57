"""The first page: what it says on a fresh and on a full database, and where its buttons lead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QBoxLayout

from deliberation_app.domain.agenda import STAGES
from deliberation_app.services import floor_roll, meetings, notices, people
from deliberation_app.services.work import Work
from deliberation_app.settings import DISPLAY_ZONE, Settings
from deliberation_app.ui.item_dialog import ItemDialog
from deliberation_app.ui.kit.states import Fact
from deliberation_app.ui.main_window import MainWindow
from tests.ui.conftest import NOW
from tests.ui.courtyard import LAMPS, SECOND_CAR, copy_of, fill


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self):
        """The moment."""
        return self.now


@pytest.fixture(scope="module")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration of the courtyard in a database."""
    place = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    fill(place, lambda: NOW).close()
    return place


@pytest.fixture
def clock() -> Clock:
    """The clock of the demonstration."""
    return Clock()


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path, clock: Clock, desk_settings: Settings) -> Iterator[Work]:
    """The demonstration, worked for by the courtyard."""
    work = copy_of(demo_file, tmp_path, clock, desk_settings)
    yield work
    work.close()


def shown(window: MainWindow):
    """The home page of a window of the size of the pictures."""
    window.resize(1366, 768)
    window.activateWindow()
    QApplication.processEvents()
    return window.shell.page()


def titles(rows) -> list[str]:
    """The titles of the rows of a list."""
    return [row.title for row in rows.rows.rows]


def test_fresh_database_leads_to_the_first_item(shell_window: MainWindow, qtbot) -> None:
    page = shown(shell_window)
    assert page.hero.begin.isVisible()
    assert not page.hero.go.isVisible()
    assert page.hero.nothing_title.text() == "Begin with what the residents want"
    assert page.todo_empty.isVisible()
    assert not page.todo_rows.isVisible()
    assert page.hero.begin.hasFocus()
    QTest.keyClick(page.hero.begin, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(shell_window.findChildren(ItemDialog)))
    assert shell_window.shell.at()[0] == "agenda"
    shell_window.findChildren(ItemDialog)[0].reject()


def test_what_is_overdue_comes_first(open_main: Callable[[Work], MainWindow], demo: Work) -> None:
    page = shown(open_main(demo))
    first = page.todo_rows.rows.rows[0]
    assert (first.title, first.icon, first.tone) == ("第二辆车收费重新协商", "late", "bad")
    assert "20" in first.status
    assert page.todo_count.text() == str(len(page.todo_rows.rows.rows))
    assert "更换院内三盏损坏路灯" in titles(page.todo_rows)
    assert page.hero.nothing_title.text() == "No meeting is planned"


def test_strip_counts_the_stages_and_opens_one(open_main: Callable[[Work], MainWindow], demo: Work) -> None:
    window = open_main(demo)
    page = shown(window)
    told = [page.strip.stages[stage].accessibleName() for stage in STAGES]
    assert [name.split(",")[0] for name in told] == [
        "Raised: 0 raised", "Discussed: 1 discussed", "Decided: 0 decided", "Evaluated: 1 evaluated",
        "Shared: 1 shared",
    ]  # fmt: skip
    QTest.keyClick(page.strip.stages["evaluated"], Qt.Key.Key_Space)
    assert window.shell.at() == ("agenda", {"stage": "evaluated"})
    assert window.shell.page().board.columns["evaluated"].cards.current_id() == LAMPS


def test_next_meeting_with_its_preparation(open_main: Callable[[Work], MainWindow], demo: Work, desk_settings) -> None:
    unit_id = UUID(desk_settings.unit)
    who = [row.id for row in people.page(demo, unit_id).rows]
    starts = NOW.astimezone(DISPLAY_ZONE).replace(day=24, hour=14, minute=30)
    key = meetings.call(
        demo, unit_id, kind="courtyard_consultation", title="<b>第二辆车</b>", starts_at=starts, place="议事厅",
        items=[UUID(SECOND_CAR)], due=who[:12],
    )  # fmt: skip
    meetings.prepare(demo, key, "room", True)
    window = open_main(demo)
    hero = shown(window).hero
    assert hero.go.isVisible()
    assert (hero.month.text(), hero.day.text(), hero.weekday.text()) == ("Oct", "24", "Sat")
    assert hero.meeting_title.whole() == "<b>第二辆车</b>"
    assert hero.facts.whole() == "14:30 · 议事厅 · 12 people due"
    steps = [fact.accessibleName() for fact in hero.findChildren(Fact) if fact.isVisible()]
    assert len(steps) == 5
    assert steps[-1] == "Room Booked"
    assert window.shell.page().hero.chip.text == "in 4 days"


def test_duties_say_until_when_and_all_of_them_on_request(open_main: Callable[[Work], MainWindow], demo: Work) -> None:
    page = shown(open_main(demo))
    assert len(titles(page.duty_rows)) == 5
    assert page.duty_rows.rows.rows[0].status == "By 31 Dec"
    QTest.mouseClick(page.all_duties, Qt.MouseButton.LeftButton)
    assert len(titles(page.duty_rows)) == 8
    assert page.duty_rows.minimumSizeHint().height() == 8 * 56
    QTest.mouseClick(page.all_duties, Qt.MouseButton.LeftButton)
    assert len(titles(page.duty_rows)) == 5


def test_a_notice_may_not_come_down_on_its_last_day(
    open_main: Callable[[Work], MainWindow], demo: Work, clock: Clock
) -> None:
    page = shown(open_main(demo))
    at = titles(page.todo_rows).index("2026年第三季度停车收支公示")
    page.todo_rows.setCurrentIndex(page.todo_rows.rows.index(at, 0))
    QTest.keyClick(page.todo_rows, Qt.Key.Key_Space)
    assert page.error_line.isVisible()
    assert "whole period" in page.error_line.accessibleName()
    clock.now = NOW + timedelta(days=1)
    QTest.keyClick(page.todo_rows, Qt.Key.Key_Space)
    assert "2026年第三季度停车收支公示" not in titles(page.todo_rows)
    assert not any(row.title.startswith("2026年第三季度") for row in notices.running(demo, page.desk.unit_id))


def test_enter_on_a_task_goes_to_it_and_asks(open_main: Callable[[Work], MainWindow], demo: Work) -> None:
    window = open_main(demo)
    page = shown(window)
    page.todo_rows.setCurrentIndex(page.todo_rows.rows.index(0, 0))
    QTest.keyClick(page.todo_rows, Qt.Key.Key_Return)
    tasks_page = window.shell.page()
    row = tasks_page.chosen()
    assert (window.shell.at()[0], row.task.item_id) == ("tasks", UUID(SECOND_CAR))
    assert tasks_page.ask.isVisible()
    assert tasks_page.ask.head.text() == f'Done: "{row.task.title}"'
    QTest.keyClick(tasks_page.ask, Qt.Key.Key_Escape)
    assert not tasks_page.ask.isVisible()
    assert tasks_page.panel.isVisible()
    QTest.keyClick(tasks_page.table, Qt.Key.Key_Escape)
    assert window.shell.at()[0] == "home"


def test_folds_into_one_column_where_it_is_narrow(open_main: Callable[[Work], MainWindow], demo: Work) -> None:
    window = open_main(demo)
    page = shown(window)
    assert page.middle.direction() == QBoxLayout.Direction.LeftToRight
    window.resize(760, 768)
    QApplication.processEvents()
    assert page.middle.direction() == QBoxLayout.Direction.TopToBottom
    assert page.width() <= window.width()
    assert page.todo_card.geometry().bottom() < page.duty_card.geometry().top()


def test_a_meeting_in_session_comes_first_after_the_power_failed(
    open_main: Callable[[Work], MainWindow], demo: Work, desk_settings: Settings
) -> None:
    unit_id = UUID(desk_settings.unit)
    members = [people.add(demo, unit_id, name=name, party="full", roles=("member",)) for name in ("龚龑", "陆𬱖")]
    key = meetings.call(
        demo, unit_id, kind="courtyard_consultation", title="正在开的会", starts_at=demo.clock(), due=members
    )
    meetings.give_notice(demo, key)
    floor_roll.sign_in(demo, key, members)
    meetings.open_meeting(demo, key, reason="现场紧急")
    page = shown(open_main(demo))
    assert page.hero.when.text() == "Meeting in session"
    assert page.hero.go.text() == "Go back into the meeting"
    assert not page.hero.steps_part.isVisibleTo(page)
