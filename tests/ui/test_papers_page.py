"""The papers of a meeting as a clerk uses them: list, preview, one list of print jobs, empty forms; with real keys."""

from __future__ import annotations

import json
import sys
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from stat import S_IRWXU

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from deliberation_app import settings
from deliberation_app.domain.archive import PAPERS
from deliberation_app.errors import AppError
from deliberation_app.services import meeting_file, papers_list
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.work import Work
from deliberation_app.storage.meetings import Meeting
from deliberation_app.ui import papers_files
from deliberation_app.ui.main_window import MainWindow
from deliberation_app.ui.paper_preview import PaperPage
from deliberation_app.ui.papers_job_row import FAILED, SENT, WAITING
from deliberation_app.ui.papers_jobs import PapersJobs
from deliberation_app.ui.papers_page import PapersPage
from deliberation_app.ui.preview_page import EMPTY, POSTED

Open = Callable[[Work], MainWindow]

# Stands in for the print system: notes every job, and refuses those whose title holds the word in `refuse`.
FAKE = """#!{python}
import json, pathlib, sys
here = pathlib.Path(__file__).parent
name = pathlib.Path(sys.argv[0]).name
if name == "lpstat":
    print("hall" if sys.argv[1] == "-e" else "scheduler is running" if sys.argv[1] == "-r" else "")
elif name == "lp":
    title = sys.argv[sys.argv.index("-t") + 1]
    if (here / "refuse").exists() and (here / "refuse").read_text() in title:
        sys.exit("lp: The printer is out of paper.")
    with (here / "jobs").open("a") as jobs:
        print(json.dumps([title, sys.argv[sys.argv.index("-n") + 1]]), file=jobs)
"""


@pytest.fixture
def print_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with lp and lpstat that come first on the path."""
    folder = tmp_path / "print system"
    folder.mkdir()
    for name in ("lp", "lpstat"):
        (folder / name).write_text(FAKE.format(python=Path(sys.executable)), encoding="utf-8")
        (folder / name).chmod(S_IRWXU)
    monkeypatch.setenv("PATH", str(folder), prepend=":")
    return folder


@pytest.fixture
def meeting(fresh_work: Work) -> uuid.UUID:
    """The theme day of the demonstration, held and closed."""
    return meeting_file.import_file(fresh_work, settings.path("resources", "demo", "theme-day.json")).meeting_id


@pytest.fixture
def window(open_main: Open, fresh_work: Work, meeting: uuid.UUID, print_system: Path) -> MainWindow:
    """The main window of its branch."""
    shown = open_main(fresh_work)
    with fresh_work.read() as session:
        shown.shell.desk.unit_id = session.get_one(Meeting, meeting).unit_id
    return shown


@pytest.fixture
def page(window: MainWindow, meeting: uuid.UUID, qtbot) -> PapersPage:
    """The papers of the meeting."""
    window.shell.navigate("papers", id=str(meeting))
    found = window.shell.page()
    qtbot.waitUntil(lambda: bool(found.list.rows.rows))
    return found


def jobs_of(print_system: Path) -> list[list[str]]:
    """What was handed to the print system: title and copies."""
    file = print_system / "jobs"
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def state_of(work: Work, meeting: uuid.UUID, paper: str) -> str:
    """How a paper stands in the records."""
    return papers_list.standing(work, Asked(paper=paper, meeting=meeting)).state


def test_the_list_says_how_each_stands_and_the_panel_what_it_needs(page: PapersPage) -> None:
    """In the order of the file; copies, signatures and the period in words, unchecked ones marked."""
    titles = [row.title for row in page.list.rows.rows]
    assert titles[:3] == ["Notice of meeting", "Delivery log", "Agenda of the meeting"]
    assert page.list.rows.rows[0].status == "Ready to print"
    told = [label.text() for label in page.side.findChildren(type(page.counts).__mro__[1])]
    assert page.current().asked.paper == "notice"
    assert any("one each, and one for the file" in one for one in told)
    assert any("10 years (to be checked)" in one for one in told)
    assert "convener" in told


def test_the_phases_filter(page: PapersPage) -> None:
    """Before, at, after the meeting; with the keyboard."""
    button = page.view._group.checkedButton()
    QTest.keyClick(button, Qt.Key.Key_Right)
    assert {row.title for row in page.list.rows.rows} == {
        "Notice of meeting", "Delivery log", "Agenda of the meeting"
    }  # fmt: skip
    QTest.keyClick(page.view._group.checkedButton(), Qt.Key.Key_Right)
    assert "Sign-in sheet" in [row.title for row in page.list.rows.rows]


def test_enter_previews_and_escape_comes_back(page: PapersPage, window: MainWindow, qtbot) -> None:
    """The chosen paper, with its copies: archive, posted, empty."""
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    preview = window.shell.page()
    assert isinstance(preview, PaperPage)
    qtbot.waitUntil(lambda: preview.pages.count() > 0)
    filled = preview.made.printed.sha256
    assert preview.checks.count() == preview._seen.row.copies > 2
    QTest.keyClick(preview.copy._group.checkedButton(), Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: preview.made.asked.posted)
    assert preview.copy.current() == POSTED
    QTest.keyClick(preview.copy._group.checkedButton(), Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: preview.made.asked.empty)
    assert preview.copy.current() == EMPTY
    assert preview.made.printed.sha256 != filled
    assert preview.checks.count() == 1
    QTest.keyClick(preview.canvas, Qt.Key.Key_Escape)
    assert window.shell.page() is page


def test_a_paper_printed_from_its_preview_is_remembered(
    page: PapersPage, window: MainWindow, fresh_work: Work, meeting: uuid.UUID, print_system: Path, qtbot
) -> None:
    """Ctrl P; the list says when. What changes afterwards must be printed again."""
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    preview = window.shell.page()
    qtbot.waitUntil(lambda: preview.pages.count() > 0 and preview.checks.printer.value() == "hall")
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: state_of(fresh_work, meeting, "notice") == "printed")
    ((title, copies),) = jobs_of(print_system)
    assert title.startswith("会议通知")
    assert int(copies) == preview.checks.count()
    with fresh_work.act("meetings.edit") as act:
        act.get_one(Meeting, meeting).place = "另一间会议室"
    qtbot.waitUntil(lambda: preview.chip.accessibleName().startswith("Changed since it was printed"))
    QTest.keyClick(preview.canvas, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.list.rows.rows[0].status.startswith("Changed since it was printed"))


def test_files_are_saved_from_the_list(
    page: PapersPage, fresh_work: Work, meeting: uuid.UUID, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:
    """PDF and Word under the title of the paper."""
    place = tmp_path / "saved"
    place.mkdir()
    monkeypatch.setattr(
        papers_files.QFileDialog, "getSaveFileName", lambda _where, _words, name, _f: (str(place / Path(name).name), "")
    )
    page.pdf_act.click()
    qtbot.waitUntil((place / "会议通知.pdf").exists)
    page.word_act.click()
    qtbot.waitUntil((place / "会议通知.docx").exists)
    assert (place / "会议通知.pdf").read_bytes().startswith(b"%PDF")
    assert (place / "会议通知.docx").read_bytes().startswith(b"PK")
    qtbot.waitUntil(lambda: state_of(fresh_work, meeting, "notice") == "printed")


@pytest.fixture
def jobs(page: PapersPage, window: MainWindow, qtbot) -> PapersJobs:
    """All papers of the meeting as a list of jobs, opened with Ctrl P."""
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    found = window.shell.page()
    assert isinstance(found, PapersJobs)
    qtbot.waitUntil(lambda: bool(found.jobs) and found.printer.value() == "hall")
    return found


def test_all_papers_are_printed_as_one_list(
    jobs: PapersJobs, window: MainWindow, fresh_work: Work, meeting: uuid.UUID, print_system: Path, qtbot
) -> None:
    """One unticked, one with more copies, one moved up: printed in that order, and remembered."""
    first, second, third = jobs.jobs[:3]
    QTest.keyClick(second.tick, Qt.Key.Key_Space)
    assert not second.wanted()
    QTest.keyClick(third.copies, Qt.Key.Key_Up)
    QTest.keyClick(third.tick, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(third.tick, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert jobs.jobs[:3] == [third, first, second]
    wanted = [job for job in jobs.jobs if job.wanted()]
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: all(job.state == SENT for job in wanted))
    assert second.state == WAITING
    printed = jobs_of(print_system)
    assert [title for title, _copies in printed] == [job.tick.accessibleName() for job in wanted]
    assert printed[0][1] == str(third.paper.copies + 1)
    assert state_of(fresh_work, meeting, "agenda") == "printed"
    assert state_of(fresh_work, meeting, "delivery_list") == "ready"
    assert not jobs.print_button.isEnabled()


def test_what_fails_says_why_and_is_printed_again_by_itself(
    jobs: PapersJobs, fresh_work: Work, meeting: uuid.UUID, print_system: Path, qtbot
) -> None:
    """The others go on; the row keeps the reason of the print system and its own button."""
    (print_system / "refuse").write_text("Agenda")
    jobs.print_button.click()
    qtbot.waitUntil(jobs.error_line.isVisible)
    failed = [job for job in jobs.jobs if job.state == FAILED]
    assert [job.paper.asked.paper for job in failed] == ["agenda"]
    assert "out of paper" in failed[0]._words.text()
    assert "1 paper is not printed" in jobs.error_line.accessibleName()
    assert failed[0].repeat.hasFocus()
    before = len(jobs_of(print_system))
    (print_system / "refuse").unlink()
    QTest.keyClick(failed[0].repeat, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: failed[0].state == SENT)
    assert len(jobs_of(print_system)) == before + 1
    assert state_of(fresh_work, meeting, "agenda") == "printed"


def test_a_printer_that_refuses_twice_ends_the_list(jobs: PapersJobs, print_system: Path, qtbot) -> None:
    """Nobody waits while it refuses the rest; Try again prints everything that is left."""
    (print_system / "refuse").write_text("")
    wanted = [job for job in jobs.jobs if job.wanted()]
    assert len(wanted) > 3
    jobs.print_button.click()
    qtbot.waitUntil(jobs.error_line.isVisible)
    assert [job.state for job in wanted].count(FAILED) == 2
    assert f"{len(wanted)} papers are not printed" in jobs.error_line.accessibleName()
    (print_system / "refuse").unlink()
    jobs.error_line.retry.click()
    qtbot.waitUntil(lambda: all(job.state == SENT for job in wanted))


def test_what_is_missing_is_said_before_printing(jobs: PapersJobs) -> None:
    """Paper by paper, beside the list."""
    rows = [job.paper for job in jobs.jobs]
    thin = [replace(row, state="lacking", lacks=(AppError("the place"), AppError("the day"))) for row in rows[:6]]
    jobs._show("", [*thin, *rows[6:]])
    said = " ".join(label.text() for label in jobs.inside.findChildren(QLabel))
    assert "6 papers are not complete" in said
    assert f"{PAPERS[thin[0].asked.paper].name}: the place and 1 more" in said
    assert "and 2 more" in said


def test_the_chosen_papers_are_saved_as_files(
    jobs: PapersJobs, fresh_work: Work, meeting: uuid.UUID, tmp_path: Path, qtbot
) -> None:
    """Numbered in the order of the list, and remembered as having left the program."""
    chosen = [job for job in jobs.jobs if job.wanted()][:3]
    for job in jobs.jobs:
        job.tick.setChecked(job in chosen)
    jobs.save_in(str(tmp_path))
    qtbot.waitUntil(lambda: not jobs._printing)
    files = sorted(tmp_path.glob("*.pdf"))
    assert [file.name[:2] for file in files] == ["01", "02", "03"]
    assert chosen[0].paper.paper.title in files[0].name
    assert all(file.read_bytes().startswith(b"%PDF-") for file in files)
    assert state_of(fresh_work, meeting, chosen[0].paper.asked.paper) == "printed"


def test_one_paper_alone(page: PapersPage, window: MainWindow, qtbot) -> None:
    """Print this paper: the list with nothing else ticked."""
    page.print_act.click()
    jobs = window.shell.page()
    qtbot.waitUntil(lambda: bool(jobs.jobs))
    assert [job.paper.asked.paper for job in jobs.jobs if job.wanted()] == ["notice"]


def test_empty_forms_for_the_chosen_month(window: MainWindow, print_system: Path, qtbot) -> None:
    """From the minutes; nothing is ticked, the month goes to roster and log, and nothing is remembered."""
    window.shell.navigate("minutes")
    window.shell.page().forms_act.click()
    jobs = window.shell.page()
    qtbot.waitUntil(lambda: bool(jobs.jobs) and jobs.printer.value() == "hall")
    assert not any(job.wanted() for job in jobs.jobs)
    jobs.period.editor.setFocus()
    before = jobs.period.value()
    QTest.keyClick(jobs.period.editor, Qt.Key.Key_Down)
    assert jobs.period.value() != before

    def roster() -> object:
        return next(job for job in jobs.jobs if job.paper.asked.paper == "duty_roster")

    qtbot.waitUntil(lambda: roster().paper.asked.period == jobs.period.value())
    QTest.keyClick(roster().tick, Qt.Key.Key_Space)
    jobs.print_button.click()
    qtbot.waitUntil(lambda: roster().state == SENT)
    assert [copies for _title, copies in jobs_of(print_system)] == ["1"]
