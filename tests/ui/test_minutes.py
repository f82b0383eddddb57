"""The minutes pages as a clerk uses them: list, paper, corrections, printing, signatures; with real keys."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from stat import S_IRWXU

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest

from deliberation_app import settings
from deliberation_app.errors import AppError
from deliberation_app.services import meeting_file, minutes, papers, papers_made, units
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.work import Work
from deliberation_app.storage.people import Person
from deliberation_app.ui import papers_files
from deliberation_app.ui.main_window import MainWindow
from deliberation_app.ui.minutes_preview import CORRECTIONS, SIGN, TEXTS, MinutesPreview
from deliberation_app.ui.preview_page import PRINT
from deliberation_app.ui.printing import PrintJob, paint_pages, printers

FILE = "shandalu194-consultation.json"
Open = Callable[[Work], MainWindow]

# Stands in for the print system: notes what it was asked and what it was handed.
FAKE = """#!{python}
import json, pathlib, shutil, sys
here = pathlib.Path(__file__).parent
if pathlib.Path(sys.argv[0]).name == "lpstat":
    print("office\\nhall" if sys.argv[1] == "-e" else "system default destination: hall")
elif (here / "refuse").exists():
    sys.exit("lp: The printer is out of paper.")
else:
    (here / "asked.json").write_text(json.dumps(sys.argv[1:]))
    shutil.copy(sys.argv[-1], here / "handed.pdf")
"""


@pytest.fixture
def print_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with lp and lpstat that come first on the path."""
    folder = tmp_path / "print system"
    folder.mkdir()
    # The first line of a script cannot hold a path with blanks.
    python = Path(sys.executable)
    for name in ("lp", "lpstat"):
        (folder / name).write_text(FAKE.format(python=python), encoding="utf-8")
        (folder / name).chmod(S_IRWXU)
    monkeypatch.setenv("PATH", str(folder), prepend=":")
    return folder


@pytest.fixture
def window(open_main: Open, fresh_work: Work, print_system: Path) -> MainWindow:
    """The main window of a courtyard whose consultation is held and closed."""
    meeting_file.import_file(fresh_work, settings.path("resources", "demo", FILE))
    units.set_up(fresh_work, name="别的支部", kind="branch", parents=(), chair_name="某某")
    shown = open_main(fresh_work)
    with fresh_work.read() as session:
        (unit,) = {meeting.unit_id for meeting in session.query(papers.Meeting)}
    shown.shell.desk.unit_id = unit
    return shown


@pytest.fixture
def page(window: MainWindow, qtbot) -> MinutesPreview:
    """The record of the consultation, opened from the list with the keyboard."""
    shell = window.shell
    shell.navigate("minutes")
    QTest.keyClick(shell.page().table, Qt.Key.Key_Return)
    found = shell.page()
    assert isinstance(found, MinutesPreview)
    qtbot.waitUntil(lambda: found.pages.count() > 0)
    return found


def test_the_list_says_what_is_missing_and_enter_opens(window: MainWindow, qtbot) -> None:
    """The state and the missing things in words; the entry of the side bar stays lit on the record."""
    shell = window.shell
    shell.navigate("minutes")
    listed = shell.page()
    qtbot.waitUntil(lambda: "has no statement" in listed.model.index(0, 4).data())
    assert listed.model.index(0, 3).data() == "To be composed"
    QTest.keyClick(listed.table, Qt.Key.Key_Return)
    assert shell.at()[0] == "record"
    lit = [name for name, button in shell.frame.side._buttons.items() if button.isChecked()]
    assert lit == ["minutes"]
    QTest.keyClick(shell.page().canvas, Qt.Key.Key_Escape)
    assert shell.at()[0] == "minutes"


def test_keys_turn_pages_and_zoom(page: MinutesPreview, qtbot) -> None:
    """Page keys, Home, End, plus, minus; the strip and the figures follow."""
    last = page.pages.count()
    assert page.place.text() == f"1 / {last}"
    QTest.keyClick(page.canvas, Qt.Key.Key_PageDown)
    assert page.place.text() == f"2 / {last}"
    QTest.keyClick(page.canvas, Qt.Key.Key_End)
    assert page.place.text() == f"{last} / {last}"
    QTest.keyClick(page.strip, Qt.Key.Key_Up)
    assert page.canvas.current() == last - 2
    fitting = page.canvas.percent()
    QTest.keyClick(page.canvas, Qt.Key.Key_Plus)
    assert page.canvas.percent() == fitting + 10
    assert page.canvas.current() == last - 2
    QTest.keyClick(page.canvas, Qt.Key.Key_0)
    assert page.canvas.percent() == fitting
    assert page.percent.text() == f"{fitting}%"


def test_a_page_is_drawn_pixel_on_pixel(page: MinutesPreview, qtbot) -> None:
    """The picture has exactly the width of its place on the screen, and ink on it."""
    wide = round(page.canvas.page_box(0).width() * page.canvas.devicePixelRatioF())
    qtbot.waitUntil(lambda: page.pages.picture(0, wide) is not None and page.pages.picture(0, wide).width() == wide)
    image = page.pages.picture(0, wide)
    dark = [image.pixelColor(x, y).lightness() < 100 for x in range(0, wide, 2) for y in range(0, image.height(), 2)]
    assert 0.005 < sum(dark) / len(dark) < 0.3


def test_the_posted_copy_is_another_paper(page: MinutesPreview, qtbot) -> None:
    """Choosing it sets it anew; its code is its own."""
    archive = page._shown.printed.content_sha256
    page.copy.step(1)
    qtbot.waitUntil(lambda: page._shown.posted)
    assert page._shown.printed.content_sha256 != archive


def test_a_passage_is_corrected_with_the_keyboard(page: MinutesPreview, fresh_work: Work, qtbot) -> None:
    """F2, type, Ctrl S: the paper is set anew; Ctrl Z takes it back; Esc leaves the panel, then the page."""
    window = page.window()
    before = page._shown.printed.sha256
    QTest.keyClick(window, Qt.Key.Key_F2)
    assert page.panels.currentIndex() == TEXTS
    page.texts.editor.setFocus()
    QTest.keyClick(page.texts.editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(page.texts.editor, "Corrected words.")
    assert page.texts.keep.isEnabled()
    QTest.keyClick(page.texts.editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page._shown.passages[0].corrected)
    assert page._shown.printed.sha256 != before
    assert page.texts.passages.rows.rows[0].status == "Corrected"
    page.texts.passages.setFocus()
    QTest.keyClick(page.texts.passages, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page._shown.printed.sha256 == before)
    QTest.keyClick(page.texts.passages, Qt.Key.Key_Escape)
    assert page.panels.currentIndex() == PRINT


def test_the_page_of_a_passage_comes_into_sight(page: MinutesPreview, qtbot) -> None:
    """Choosing the last passage turns to where it is printed."""
    page.open_panel(TEXTS)
    QTest.keyClick(page.texts.passages, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: page.canvas.current() > 2)
    words = "".join(page._shown.passages[-1].text.split())[:16]
    assert page.pages.page_of(words) == page.canvas.current()
    assert page.pages.page_of("这句话记录里没有") is None


def test_typing_is_never_lost(page: MinutesPreview, fresh_work: Work, qtbot) -> None:
    """News from elsewhere leaves what is being typed; the next passage saves it."""
    page.open_panel(TEXTS)
    texts = page.texts
    first, second = page._shown.passages[0].key, page._shown.passages[1].key
    texts.editor.setPlainText("half a sentence。")
    minutes.correct(fresh_work, page._meeting, second, "corrected on another computer。")
    qtbot.waitUntil(lambda: page._shown.passages[1].corrected)
    assert texts.editor.value() == "half a sentence。"
    texts.passages.setFocus()
    QTest.keyClick(texts.passages, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page._shown.passages[0].corrected)
    assert minutes.view(fresh_work, page._meeting).texts[first] == "half a sentence。"
    assert texts.editor.value() == "corrected on another computer。"


def test_printing_hands_the_pdf_itself_over(page: MinutesPreview, fresh_work: Work, print_system: Path, qtbot) -> None:
    """Printer, copies, sides and range go to lp with the very bytes of the paper; the print is noted."""
    qtbot.waitUntil(lambda: page.checks.printer.value() == "hall")
    assert page.checks.print_button.text() == "Print 1 copy"
    page.checks.copies.editor.setFocus()
    QTest.keyClick(page.checks.copies.editor, Qt.Key.Key_Up)
    QTest.keyClick(page.checks.this_page, Qt.Key.Key_Space)
    QTest.keyClick(page.window(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: minutes.view(fresh_work, page._meeting).printed)
    asked = json.loads((print_system / "asked.json").read_text())
    assert asked[:4] == ["-d", "hall", "-n", "2"]
    assert asked[8:10] == ["-o", "sides=two-sided-long-edge"]
    assert asked[10:12] == ["-P", "1-1"]
    assert (print_system / "handed.pdf").read_bytes() == page._shown.printed.pdf


def test_pages_that_are_typed_go_to_the_printer(page: MinutesPreview, print_system: Path, qtbot) -> None:
    """Typing chooses them; what the paper has not is said and nothing printed."""
    qtbot.waitUntil(lambda: page.checks.printer.value() == "hall")
    QTest.keyClicks(page.checks.which_pages, "2-99")
    assert page.checks.some_pages.isChecked()
    page.checks.print_button.click()
    assert "not among them" in page.error_line.accessibleName()
    page.checks.which_pages.setText("2-3，1")
    page.checks.print_button.click()
    qtbot.waitUntil((print_system / "asked.json").exists)
    qtbot.waitUntil(lambda: page._shown.view.printed)
    assert "-P 2-3,1-1" in " ".join(json.loads((print_system / "asked.json").read_text()))


def test_what_prints_stays_in_sight_where_there_is_room(page: MinutesPreview, qtbot) -> None:
    """In a high window what was checked scrolls by itself; in a low one everything does, and the page fits."""
    panel = page.checks
    panel.resize(308, 700)
    assert panel.print_box.parent() is panel
    panel.resize(308, 400)
    assert panel.print_box.parent() is panel.inside
    page.error_line.say("A sentence. " * 30)
    assert not page.hasHeightForWidth()


def test_a_character_without_a_font_leads_to_the_person(
    page: MinutesPreview, window: MainWindow, fresh_work: Work, qtbot
) -> None:
    """Nothing can be printed; one button opens the person; corrected, the paper is there again."""
    with fresh_work.read() as session:
        person = next(one for one in session.query(Person) if one.name == "范例安")
    with fresh_work.act("people.edit") as act:
        act.get_one(Person, person.id).name = "范\ue123"
    qtbot.waitUntil(page.mend.button.isVisible)
    assert "U+E123" in page.error_line.accessibleName()
    assert not page.checks.print_button.isEnabled()
    with fresh_work.act("people.edit") as act:
        act.get_one(Person, person.id).name = "范例安"
    qtbot.waitUntil(page.checks.print_button.isEnabled)
    assert not page.mend.button.isVisible()
    page.mend.lead(AppError("x", character="例", code="4F8B", text="范例安"))
    page.error_line.show()
    page.mend.button.click()
    assert window.shell.at()[0] == "people"


def test_a_printer_that_refuses_may_be_tried_again(page: MinutesPreview, print_system: Path, qtbot) -> None:
    """The reason of the print system stands in the sentence; Try again prints once it is mended."""
    qtbot.waitUntil(lambda: page.checks.printer.value() == "hall")
    (print_system / "refuse").touch()
    page.checks.print_button.click()
    qtbot.waitUntil(lambda: page.error_line.isVisible() and page.error_line.retry.isVisible())
    assert "out of paper" in page.error_line.accessibleName()
    (print_system / "refuse").unlink()
    page.error_line.retry.click()
    qtbot.waitUntil((print_system / "asked.json").exists)
    qtbot.waitUntil(lambda: page._shown.view.printed)


def test_without_a_printer_the_sentence_says_what_to_do(page: MinutesPreview, qtbot) -> None:
    """Nothing to print on: connect one, or save the PDF."""
    page.checks.show_printers([])
    assert page.checks.look_again.isVisible()
    assert "Connect a printer" in page.checks.printer.hint
    page.checks.print_button.click()
    qtbot.waitUntil(page.error_line.isVisible)
    assert "save the paper as PDF" in page.error_line.accessibleName()
    assert not page._shown.view.printed


def test_the_usual_printer_comes_first(print_system: Path) -> None:
    """As the print system says."""
    assert printers() == ["hall", "office"]


def test_files_are_saved(
    page: MinutesPreview, fresh_work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:
    """The PDF and a Word document with the same words, under names made of day and title."""
    offered: list[str] = []

    def choose(_where: object, _words: str, name: str, _filter: str) -> tuple[str, str]:
        offered.append(Path(name).name)
        return str(tmp_path / Path(name).stem), ""

    monkeypatch.setattr(papers_files.QFileDialog, "getSaveFileName", choose)
    pdf = page._shown.printed.pdf
    page.checks.save_pdf.click()
    page.checks.save_word.click()
    assert offered[0].startswith("2026-03-21 ")
    assert (tmp_path / offered[0]).read_bytes() == pdf
    asked = Asked(paper="record", meeting=page._meeting)
    assert (tmp_path / offered[1]).read_bytes() == papers_made.as_word(fresh_work, asked)
    qtbot.waitUntil(lambda: page._shown.view.printed)


def test_signatures_are_registered_and_lock_the_record(page: MinutesPreview, fresh_work: Work, qtbot) -> None:
    """Names are filled in, a missing reason is refused in the page, then the record is locked and says so."""
    papers.note_print(fresh_work, page._meeting, page._shown.printed.content_sha256)
    page.register.click()
    assert page.panels.currentIndex() == SIGN
    assert page.signing.name.value() == "范例安"
    page.signing.all_paper.click()
    page.signing.lock.click()
    assert "Give a reason" in page.error_line.accessibleName()
    for field in page.signing.reasons.values():
        field.set_value("当时没有记")
    page.error_line.hide()
    page.signing.lock.click()
    qtbot.waitUntil(page.signed)
    assert page.chip.accessibleName() == "Signed and locked"
    assert not page.error_line.isVisible()
    assert not page.register.isVisible()
    QTest.keyClick(page.window(), Qt.Key.Key_F2)
    assert page.panels.currentIndex() == CORRECTIONS


def test_a_narrow_window_takes_turns(page: MinutesPreview, qtbot) -> None:
    """Below the width for both, tabs choose between paper and panel, and nothing has to be scrolled sideways."""
    window = page.window()
    window.resize(760, 600)
    qtbot.waitUntil(page.tabs_bar.isVisible)
    assert page.reading.isVisible()
    assert not page.side.isVisible()
    page.tabs.step(1)
    assert page.side.isVisible()
    assert not page.reading.isVisible()
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: page.reading.isVisible() and page.side.isVisible())
    assert not page.tabs_bar.isVisible()


def test_pages_are_painted_where_nobody_takes_a_pdf(page: MinutesPreview, tmp_path: Path) -> None:
    """On such systems the chosen pages are painted on the printer, as large as the paper."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "painted.pdf"))
    printer.setFullPage(True)
    told: list[tuple[int, int]] = []

    def report(done: int, total: int) -> None:
        told.append((done, total))

    report.cancelled = lambda: False
    paint_pages(page._shown.printed.pdf, PrintJob("any", pages=((2, 3),)), printer, report)
    painted = pypdfium2.PdfDocument(tmp_path / "painted.pdf")
    assert len(painted) == 2
    painted.close()
    assert told == [(0, 2), (1, 2)]
