"""What a unit sets for itself within the law: kinds of meeting, rules of procedure, days off; with keys and clicks."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from deliberation_app.services import calendar_days, kinds, rules, units
from deliberation_app.services.work import Work
from deliberation_app.ui.main_window import MainWindow
from deliberation_app.ui.settings_law import SettingsLaw


@pytest.fixture
def law(shell_window: MainWindow) -> SettingsLaw:
    """The sections of the settings page."""
    shell_window.shell.navigate("settings")
    return shell_window.shell.page().law


@pytest.fixture
def unit(branch_work: Work) -> uuid.UUID:
    """The one unit."""
    return units.all_units(branch_work)[0].id


def add_kind(law: SettingsLaw, title: str) -> None:
    """Copy the first kind under another title."""
    law.kinds.add.click()
    law.kinds.kind_title.set_value(title)
    law.kinds.save.click()


def test_a_kind_is_added_changed_and_taken_away(law: SettingsLaw, branch_work: Work, unit: uuid.UUID) -> None:
    """Enter in the list opens it again; taking it away can be undone."""
    add_kind(law, "周一碰头会")
    (kept,) = kinds.own(branch_work, unit)
    assert kept.title == "周一碰头会"
    assert not law.kinds.editing.isVisible()
    law.kinds.entries.choose(kept.id)
    law.kinds.entries.setFocus()
    QTest.keyClick(law.kinds.entries, Qt.Key.Key_Return)
    assert not law.kinds.base.isEnabled()
    law.kinds.notice_days.set_value(5)
    law.kinds.save.click()
    assert kinds.own(branch_work, unit)[0].notice_days == 5
    QTest.keyClick(law.kinds.entries, Qt.Key.Key_Space)
    assert kinds.own(branch_work, unit) == ()
    law.window().shell.undo()
    assert [kind.title for kind in kinds.own(branch_work, unit)] == ["周一碰头会"]


def test_agenda_lines_are_added_where_one_types(law: SettingsLaw, branch_work: Work, unit: uuid.UUID) -> None:
    """Enter in a line makes one below it; a line can be taken away."""
    law.kinds.add.click()
    before = law.kinds.agenda.entries()
    first = law.kinds.agenda._lines[0]
    QTest.keyClick(first.words, Qt.Key.Key_Return)
    assert law.window().focusWidget() is law.kinds.agenda._lines[1].words
    QTest.keyClicks(law.kinds.agenda._lines[1].words, "Report on the last decisions")
    assert law.kinds.agenda.entries()[1].title == "Report on the last decisions"
    assert law.kinds.agenda.entries()[0] == before[0]
    assert law.kinds.agenda.entries()[2:] == before[1:]
    law.kinds.agenda._lines[1].gone.emit()
    assert law.kinds.agenda.entries() == before


def test_a_kind_below_the_law_is_refused_with_all_reasons(law: SettingsLaw, branch_work: Work, unit: uuid.UUID) -> None:
    """The reasons stand in the section; what was typed stays."""
    law.kinds.add.click()
    law.kinds.agenda.show_entries(())
    law.kinds.save.click()
    said = law.kinds.error_line.accessibleName()
    assert law.kinds.error_line.isVisible()
    assert "needs a title" in said
    assert "The agenda has 0 lines" in said
    assert law.kinds.editing.isVisible()
    assert kinds.own(branch_work, unit) == ()


def fill_house(law: SettingsLaw, *, part: int, whole: int) -> None:
    """Write rules of procedure with this line of attendance."""
    house = law.house
    house.add.click()
    house.rule_name.set_value("某院议事规则")
    house.adopted_on.editor.setFocus()
    QTest.keyClicks(house.adopted_on.editor, "2026-03-01")
    house.quorum_n.set_value(part)
    house.quorum_d.set_value(whole)
    QTest.keyClick(house.kinds["branch_committee"], Qt.Key.Key_Space)
    house.save.click()


def test_house_rules_are_kept(law: SettingsLaw, branch_work: Work, unit: uuid.UUID) -> None:
    """Name, day and fractions as typed; opened again they stand there."""
    fill_house(law, part=4, whole=5)
    (kept,) = rules.house_rules(branch_work, unit)
    assert (kept.name, kept.adopted_on, kept.kinds) == ("某院议事规则", date(2026, 3, 1), ("branch_committee",))
    assert (kept.quorum.numerator, kept.quorum.denominator, kept.quorum.strict) == (4, 5, False)
    law.house.entries.choose(kept.id)
    QTest.keyClick(law.house.entries, Qt.Key.Key_Return)
    assert law.house.quorum_d.value() == 5
    assert law.house.kinds["branch_committee"].isChecked()
    QTest.keyClick(law.house.entries, Qt.Key.Key_Space)
    assert rules.house_rules(branch_work, unit) == []


def test_house_rules_below_the_law_are_refused(law: SettingsLaw, branch_work: Work, unit: uuid.UUID) -> None:
    """A third is less than the half that the committee needs."""
    fill_house(law, part=1, whole=3)
    assert "less attendance than the law" in law.house.error_line.accessibleName()
    assert rules.house_rules(branch_work, unit) == []


def test_house_rules_need_their_day(law: SettingsLaw) -> None:
    """Without a day of adoption nothing is kept, and the sentence says what to write."""
    law.house.add.click()
    law.house.save.click()
    assert "Write the day" in law.house.error_line.accessibleName()


def test_a_day_is_set_and_taken_back(law: SettingsLaw, branch_work: Work, unit: uuid.UUID) -> None:
    """The list turns to the year of the day; Space takes back only what the unit has set."""
    days = law.days
    QTest.keyClicks(days.day.editor, "2027-03-06")
    QTest.keyClick(days.what._group.button(0), Qt.Key.Key_Right)
    days.set_day.click()
    assert days.year_words.text() == "2027"
    found = {day.day: day for day in calendar_days.year(branch_work, unit, 2027).days}
    assert found[date(2027, 3, 6)].edited
    assert not found[date(2027, 3, 6)].off
    assert days.entries.current_id() == "2027-03-06"
    QTest.keyClick(days.entries, Qt.Key.Key_Space)
    assert not any(day.edited for day in calendar_days.year(branch_work, unit, 2027).days)


def test_a_year_that_is_not_known_says_so(law: SettingsLaw) -> None:
    """Turning to it shows what is missing in the table."""
    plain = law.days.explain.text()
    law.days.after.click()
    law.days.after.click()
    assert law.days.year_words.text() == "2028"
    assert law.days.explain.text() != plain
    assert "2028" in law.days.explain.text()


def test_what_is_typed_survives_news(law: SettingsLaw) -> None:
    """A change elsewhere reads the lists again and leaves the fields alone."""
    law.house.add.click()
    law.house.rule_name.set_value("写到一半")
    law.kinds.add.click()
    law.kinds.kind_title.set_value("也写到一半")
    law.refresh()
    assert law.house.rule_name.value() == "写到一半"
    assert law.kinds.kind_title.value() == "也写到一半"
