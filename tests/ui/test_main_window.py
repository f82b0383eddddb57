"""The window: first frame, first start, pages, keys, undo, news, language and scale at run time."""

from __future__ import annotations

import subprocess
import sys
import uuid
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from deliberation_app import language
from deliberation_app.errors import AppError
from deliberation_app.services import units
from deliberation_app.ui import main_window
from deliberation_app.ui.kit import forms, theme
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.main_window import PAGES, MainWindow, Page


class Sample(QWidget):
    """A page that notes what it was told."""

    parts = ("people",)

    def __init__(self, desk) -> None:
        super().__init__()
        self.desk = desk
        self.told: list[object] = []
        self.line = QLineEdit(self)

    def shown(self, **where: object) -> None:
        self.told.append(where)

    def refresh(self) -> None:
        self.told.append("refresh")


@pytest.fixture
def sample_pages(monkeypatch) -> None:
    """Three pages of samples, the settings and the first start."""
    here = f"{__name__}:Sample"
    own = tuple(Page(name, name.title(), "home", "", here) for name in ("home", "agenda", "meetings"))
    kept = tuple(page for page in PAGES if page.id in ("settings", "set_up"))
    monkeypatch.setattr(main_window, "PAGES", (*own, *kept))


def test_first_frame_needs_neither_kit_nor_services() -> None:
    script = (
        "import sys\n"
        "from deliberation_app.ui import main_window\n"
        "from deliberation_app import settings\n"
        "app = main_window.make_application([], settings.Settings())\n"
        "main_window.MainWindow.furnish = lambda self: app.exit(7)\n"
        "window = main_window.open_window(lambda: None, settings.Settings(language='en'))\n"
        "status = app.exec()\n"
        "heavy = ('sqlalchemy', 'alembic', 'reportlab', 'qtawesome', 'deliberation_app.ui.kit.theme')\n"
        "print([name for name in heavy if name in sys.modules])\n"
        "sys.exit(status)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 7, done.stderr
    assert done.stdout.strip() == "[]"


def test_first_start_asks_and_founds_the_unit(open_main, fresh_work, qtbot, sample_pages) -> None:
    window = open_main(fresh_work)
    page = window.shell.frame.pages["set_up"]
    assert not window.shell.frame.side.isVisible()
    qtbot.mouseClick(page.begin, Qt.MouseButton.LeftButton)
    assert page.unit_name.editor.property("state") == "error"
    page.unit_name.set_value("山大路194号院党支部")
    page.parent_name.set_value("山大社区")
    page.chair_name.set_value("范例安")
    qtbot.mouseClick(page.begin, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.shell.at()[0] == "home" and window.shell.frame.side.isVisible())
    known = units.all_units(fresh_work)
    assert [(unit.name, unit.kind, unit.parents) for unit in known] == [("山大路194号院党支部", "branch", ["山大社区"])]
    assert window.shell.at()[0] == "home"
    assert window.shell.desk.unit_id == known[0].id
    assert window.shell.frame.side.unit.text() == "山大路194号院"


def test_first_start_shows_what_the_rules_refuse(open_main, fresh_work, qtbot, sample_pages) -> None:
    window = open_main(fresh_work)
    page = window.shell.frame.pages["set_up"]
    page.unit_name.set_value("甲")
    page.chair_name.set_value("名" * 101)
    qtbot.mouseClick(page.begin, Qt.MouseButton.LeftButton)
    assert page.error_line.isVisible()
    assert units.all_units(fresh_work) == []


def test_pages_are_made_once_shown_and_left(sample_pages, shell_window) -> None:
    shell = shell_window.shell
    assert shell.page().told == [{}, "refresh"]
    shell.navigate("agenda", item="7")
    assert shell.page().told == [{"item": "7"}, "refresh"]
    first = shell.page()
    shell.navigate("home")
    shell.navigate("agenda", item="8")
    assert shell.page() is first
    assert first.told[-1] == {"item": "8"}
    shell.back()
    assert shell.at() == ("home", {})
    shell.back()
    assert shell.at() == ("agenda", {"item": "7"})
    assert shell.frame.side.button("agenda").isChecked()
    assert not shell.frame.side.button("home").isChecked()


def test_focus_returns_where_it_was(sample_pages, shell_window, qtbot) -> None:
    shell = shell_window.shell
    shell_window.activateWindow()
    line = shell.page().line
    line.setFocus()
    shell.navigate("agenda")
    shell.page().line.setFocus()
    qtbot.keyClick(shell_window, Qt.Key.Key_Escape)
    assert shell.at()[0] == "home"
    assert line.hasFocus()


def test_news_refreshes_what_is_shown_and_marks_the_rest(sample_pages, shell_window, branch_work) -> None:
    shell = shell_window.shell
    shell.navigate("agenda")
    hidden, shown = shell.frame.pages["home"], shell.page()
    hidden.told.clear()
    shown.told.clear()
    units.edit(branch_work, shell.desk.unit_id, name="新名字")
    assert shown.told == ["refresh"]
    assert hidden.told == []
    shell.navigate("home")
    assert hidden.told == [{}, "refresh"]


def test_undo_and_redo_by_keys(sample_pages, shell_window, branch_work, qtbot) -> None:
    shell = shell_window.shell
    units.edit(branch_work, shell.desk.unit_id, name="改过的名字")
    shell_window.activateWindow()
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(shell_window, Qt.Key.Key_Z, control)
    assert units.unit(branch_work, shell.desk.unit_id).name == "山大路194号院党支部"
    assert shell.frame.toast.isVisible()
    qtbot.keyClick(shell_window, Qt.Key.Key_Z, control | Qt.KeyboardModifier.ShiftModifier)
    assert units.unit(branch_work, shell.desk.unit_id).name == "改过的名字"
    assert shell.frame.toast.undo_button.isVisible()


def test_nothing_to_undo_is_said_on_the_page(sample_pages, shell_window) -> None:
    shell = shell_window.shell
    for _time in range(2):
        shell.redo()
    assert shell.frame.error_line.isVisible()
    assert any("nothing to do again" in label.text() for label in shell.frame.error_line.findChildren(Label))
    shell.navigate("agenda")
    assert not shell.frame.error_place.isVisible()


def test_keys_go_to_pages_and_search(sample_pages, shell_window, qtbot) -> None:
    shell = shell_window.shell
    shell_window.activateWindow()
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(shell_window, Qt.Key.Key_3, control)
    assert shell.at()[0] == "meetings"
    qtbot.keyClick(shell_window, Qt.Key.Key_K, control)
    assert shell.frame.side.search.hasFocus()
    assert [key for key, _name, _hint in shell.find("age")] == ["agenda::"]
    shell._found("agenda::", "Agenda")
    assert shell.at()[0] == "agenda"


@pytest.mark.parametrize(
    ("width", "scale", "mode"),
    [(1366, 100, "wide"), (1200, 100, "rail"), (1366, 125, "rail"), (900, 100, "narrow"), (1366, 150, "narrow")],
)
def test_side_bar_follows_the_logical_width(
    sample_pages, shell_window, app_dressed, qtbot, width: int, scale: int, mode: str
) -> None:
    theme.apply(app_dressed, "light", scale)
    shell_window.resize(width, 768)
    app_dressed.processEvents()
    side = shell_window.shell.frame.side
    assert side.mode() == mode
    assert side.width() == theme.px({"wide": 216, "rail": 80, "narrow": 72}[mode]) or mode != "wide"
    for name in ("home", "agenda", "meetings"):
        button = side.button(name)
        assert button.text() == name.title()
        assert button.width() >= theme.metrics("label").horizontalAdvance(button.text())


def test_search_finds_people_by_initials(sample_pages, shell_window, monkeypatch) -> None:
    shell = shell_window.shell
    people = Page("people", "People", "people", "", f"{__name__}:Sample")
    shell.known = (*shell.known, people)
    (key, name, _hint) = next(found for found in shell.find("fla") if found[0].startswith("people:person:"))
    assert name == "范例安"
    shell._found(key, name)
    page, where = shell.at()
    assert page == "people"
    assert str(where["person"]) == key.rpartition(":")[2]
    assert [(key, words) for key, words, _hint in shell.find("zzzz")] == [("", "Nothing fits")]
    shell._found("", "Nothing fits")
    assert shell.at()[0] == "people"
    told, other = (str(uuid.UUID(int=number)) for number in (7, 8))
    shell._found(f"people:id:{told}:statement:{other}", "")
    assert shell.at() == ("people", {"id": uuid.UUID(told), "statement": uuid.UUID(other)})


def test_search_lies_over_the_page_in_the_rail(sample_pages, shell_window, app_dressed) -> None:
    shell_window.resize(1000, 700)
    app_dressed.processEvents()
    shell = shell_window.shell
    shell.search()
    line = shell.frame.side.search
    assert line.isVisible()
    assert line.parentWidget() is shell.frame.content
    shell._found("agenda::", "")
    assert line.parentWidget() is shell.frame.side
    assert not line.isVisible()


def test_badge_counts_what_waits(sample_pages, shell_window) -> None:
    shell_window.shell.desk.badge("agenda", 3)
    assert shell_window.shell.frame.side.button("agenda").accessibleName() == "Agenda, 3 waiting"
    shell_window.shell.desk.badge("agenda", 0)
    assert shell_window.shell.frame.side.button("agenda").accessibleName() == "Agenda"


def test_settings_hold_at_once_and_are_kept(sample_pages, shell_window, app_dressed, desk_settings, qtbot) -> None:
    shell = shell_window.shell
    shell.navigate("settings")
    page = shell.page()
    page.theme_choice.chosen.emit("dark")
    assert theme.look().theme == "dark"
    assert '"theme": "dark"' in desk_settings.file.read_text(encoding="utf-8")
    page.scale_field.set_value("150")
    page.scale_field.edited.emit()
    assert theme.look().scale == 150
    qtbot.waitUntil(lambda: shell.page() is not page and shell.page() is not None)
    assert shell.at()[0] == "settings"
    assert shell.page().scale_field.value() == "150"


def test_unit_is_renamed_on_the_settings_page(sample_pages, shell_window, branch_work, qtbot) -> None:
    shell = shell_window.shell
    shell.navigate("settings")
    page = shell.page()
    assert page.unit_name.value() == "山大路194号院党支部"
    assert not page.unit_choice.isVisible()
    page.unit_name.set_value("")
    page.save_unit.setEnabled(True)
    page.save_unit.click()
    page.unit_name.set_value("舜玉路1号院党支部")
    page.save_unit.setEnabled(True)
    page.save_unit.click()
    qtbot.waitUntil(lambda: shell.frame.side.unit.text() == "舜玉路1号院")
    assert units.unit(branch_work, shell.desk.unit_id).name == "舜玉路1号院党支部"


def test_everything_is_made_again_in_another_language(sample_pages, shell_window, qtbot, monkeypatch) -> None:
    shell = shell_window.shell
    old = shell.page()
    forms.speak("en")
    qtbot.wait(20)
    assert shell.page() is old
    monkeypatch.setattr(language, "current", lambda: "zh_TW")
    forms.speak("en")
    qtbot.waitUntil(lambda: shell.page() is not old and shell.page() is not None)
    assert shell.page().told[0] == {}


def test_database_that_cannot_be_opened_is_said_with_try_again(
    app_dressed, desk_settings, branch_work, qtbot, sample_pages
) -> None:
    tries: list[int] = []

    def make():
        tries.append(1)
        if len(tries) == 1:
            raise AppError("The database is locked.")
        return branch_work

    window = MainWindow(desk_settings, make)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: bool(tries) and window.shell is not None and window.shell.frame.error_line.isVisible())
    with qtbot.waitSignal(window.wired):
        window.shell.frame.error_line.retry.click()
    assert window.shell.page() is not None
    window.close()


def test_window_remembers_its_place(open_main, branch_work, desk_settings, sample_pages) -> None:
    window = open_main(branch_work)
    window.close()
    assert desk_settings.window
    assert '"window"' in desk_settings.file.read_text(encoding="utf-8")


def test_everything_that_can_be_used_has_a_name(sample_pages, shell_window) -> None:
    shell = shell_window.shell
    for name in ("home", "settings"):
        shell.navigate(name)
        used = [*shell_window.findChildren(QAbstractButton), *shell.frame.side.findChildren(QLineEdit)]
        nameless = [one for one in used if one.isVisible() and not (one.accessibleName() or one.property("text"))]
        assert nameless == []
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in shell_window.findChildren(QLabel))


def test_pages_without_a_module_are_absent(sample_pages, monkeypatch, open_main, branch_work) -> None:
    missing = Page("parking", "Parking", "parking", "", "deliberation_app.ui.parking_page:ParkingPage")
    monkeypatch.setattr(main_window, "PAGES", (*main_window.PAGES, missing))
    window = open_main(branch_work)
    assert window.shell.frame.side.button("parking") is None
    window.shell.navigate("parking")
    assert window.shell.at()[0] == "home"


def test_an_error_from_before_the_window_is_said_in_it(shell_window: MainWindow) -> None:
    """Whoever starts from a menu sees no terminal."""
    shell_window.say_error(AppError("The settings file was damaged."))
    line = shell_window.shell.frame.error_line
    assert line.isVisible()
    assert line.accessibleName() == "The settings file was damaged."


def test_the_demonstration_says_its_day(shell_window: MainWindow) -> None:
    """In the title of the window, in every language."""
    shell_window.day = date(2026, 10, 20)
    shell_window.say_title()
    assert shell_window.windowTitle() == "Deliberation · demonstration, today is 2026-10-20"
