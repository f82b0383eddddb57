"""What papers say of the office: typed, saved, kept while something is being written, printed."""

from __future__ import annotations

import uuid

import pytest

from deliberation_app.services import papers_office, units
from deliberation_app.services.papers_office import Office
from deliberation_app.services.work import Work
from deliberation_app.ui.main_window import MainWindow
from deliberation_app.ui.settings_papers import SettingsPapers


@pytest.fixture
def papers(shell_window: MainWindow) -> SettingsPapers:
    """The section of the settings page."""
    shell_window.shell.navigate("settings")
    return shell_window.shell.page().papers


@pytest.fixture
def unit(branch_work: Work) -> uuid.UUID:
    """The one unit."""
    return units.all_units(branch_work)[0].id


def test_the_office_is_saved_and_shown_again(papers: SettingsPapers, branch_work: Work, unit: uuid.UUID) -> None:
    assert not papers.save.isEnabled()
    papers.office_phone.editor.insert("0531-88886666")
    papers.office_place.editor.insert("党群之家一楼")
    papers.copies_to.editor.insert("街道党工委")
    papers.red_head.choose("red")
    papers.save.setEnabled(True)
    papers.save.click()
    told = Office(phone="0531-88886666", place="党群之家一楼", copies_to="街道党工委", red_head=True)
    assert papers_office.office(branch_work, unit) == told
    assert not papers.save.isEnabled()
    papers_office.save(branch_work, unit, Office(phone="12345"))
    papers.refresh()
    assert (papers.office_phone.value(), papers.red_head.current()) == ("12345", "black")


def test_a_wrong_number_is_refused_and_what_is_typed_stays(
    papers: SettingsPapers, branch_work: Work, unit: uuid.UUID
) -> None:
    papers.office_phone.set_value("打给小王")
    papers.save.setEnabled(True)
    papers.save.click()
    assert papers.error_line.isVisible()
    papers.refresh()
    assert papers.office_phone.value() == "打给小王"
    assert papers_office.office(branch_work, unit) == Office()
