"""The figures by real keys: bars that lead on, pictures, the table, periods, the report."""

from __future__ import annotations

import uuid
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from deliberation_app import settings
from deliberation_app.domain.figures import FIGURES
from deliberation_app.errors import AppError
from deliberation_app.services import archive, meeting_file, papers, report
from deliberation_app.services.work import Work
from deliberation_app.ui.archive_paper import ArchivePaper
from deliberation_app.ui.figures_page import FiguresPage
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.desk import Desk
from tests.papers.reading import text_of

Went = list[tuple[str, dict[str, object]]]


@pytest.fixture
def went() -> Went:
    """Where the page went."""
    return []


@pytest.fixture
def desk(fresh_work: Work, desk_settings, went: Went) -> Desk:
    """A desk for the courtyard of the demonstration."""
    found = meeting_file.import_file(fresh_work, settings.path("resources", "demo", "shandalu194-consultation.json"))
    with fresh_work.read() as session:
        unit = session.get_one(archive.Meeting, found.meeting_id).unit_id
    return Desk(
        fresh_work, unit, desk_settings, lambda name, **where: went.append((name, where)), lambda *_a, **_k: None
    )


@pytest.fixture
def page(app_dressed, desk: Desk, qtbot) -> FiguresPage:
    """The page when it has counted."""
    made = FiguresPage(desk)
    qtbot.addWidget(made)
    made.resize(1150, 690)
    made.show()
    qtbot.waitExposed(made)
    made.refresh()
    qtbot.waitUntil(lambda: made.told is not None)
    made.shown()
    return made


def test_every_bar_says_its_numbers_in_words(page: FiguresPage) -> None:
    told = page.stages.chart.accessibleName()
    assert told.startswith("The five stages. Raised: ")
    assert told.count(";") == 4
    assert "median" in told
    assert "%" in page.attendance.chart.accessibleName()
    assert "÷" in page.attendance.under.text()


def test_arrows_choose_a_bar_and_enter_leads_on(page: FiguresPage, went: Went) -> None:
    chart = page.stages.chart
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Down)
    QTest.keyClick(chart, Qt.Key.Key_Down)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert went[-1] == ("agenda", {"stage": "decided"})
    QTest.keyClick(chart, Qt.Key.Key_Home)
    assert chart.current() == "raised"
    QTest.keyClick(chart, Qt.Key.Key_End)
    assert chart.current() == "shared"
    QTest.mouseClick(page.attendance.chart, Qt.MouseButton.LeftButton, pos=page.attendance.chart.rect().topLeft())
    assert went[-1] == ("meeting", {"id": str(page.told.figures.meetings[0].id)})


@pytest.mark.parametrize("name", ["a.png", "a.svg"])
def test_a_chart_is_saved_as_a_picture(page: FiguresPage, tmp_path: Path, monkeypatch, name: str) -> None:
    to = tmp_path / "pictures" / name
    to.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_more: (str(to), ""))
    page.ask_picture(page.stages.chart)
    if name.endswith("png"):
        image = QImage(str(to))
        assert image.width() >= 1040
        colours = {
            image.pixelColor(x, y).name() for x in range(0, image.width(), 8) for y in range(0, image.height(), 8)
        }
        assert theme.colour("accentFill").name() in colours
    else:
        assert ElementTree.parse(to).getroot().tag.endswith("svg")
    assert [one.name for one in to.parent.iterdir()] == [name]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_more: (str(tmp_path / "none" / name), ""))
    with pytest.raises(AppError):
        page.ask_picture(page.stages.chart)


def test_the_table_holds_every_figure(page: FiguresPage) -> None:
    QTest.keyClick(page.view.findChildren(type(page.excel))[0], Qt.Key.Key_Right)
    assert page.view.current() == "table"
    assert page.table_card.isVisible()
    assert not page.charts_place.isVisible()
    assert page.model.rowCount() == len(FIGURES)


def test_periods_turn_and_an_empty_one_says_so(page: FiguresPage, qtbot) -> None:
    QTest.keyClick(page, Qt.Key.Key_PageUp)
    qtbot.waitUntil(lambda: page.told.title == "2025年度")
    assert page.later.isEnabled()
    for _time in range(3):
        page.turn(-1)
    qtbot.waitUntil(lambda: page.told.title == "2022年度")
    assert page.empty.isVisible()
    assert not page.paper.isEnabled()
    page.shown(per="quarter", year=2026, number=1)
    qtbot.waitUntil(lambda: page.told.title == "2026年第一季度")
    assert page.period.text() == "Quarter 1 of 2026"


def test_the_report_is_asked_for_by_key_and_saved_as_a_sheet(
    page: FiguresPage, went: Went, tmp_path: Path, monkeypatch
) -> None:  # fmt: skip
    page.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert went[-1] == ("archive_paper", {"paper": "period_report", "per": "year", "year": 2026, "number": 1})
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_more: (str(tmp_path / "r"), ""))
    page.excel.click()
    assert (tmp_path / "r.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(("per", "number", "title"), [
    ("month", 3, "2026年3月"), ("quarter", 1, "2026年第一季度"), ("year", 1, "2026年度"),
])  # fmt: skip
def test_page_sheet_and_paper_say_the_same_numbers(
    page: FiguresPage, qtbot, tmp_path: Path, monkeypatch, per: str, number: int, title: str
) -> None:  # fmt: skip
    page.shown(per=per, year=2026, number=number)
    qtbot.waitUntil(lambda: page.told.title == title)
    seen = [(one.sum, one.value) for one in page.model.rows]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_more: (str(tmp_path / "r.xlsx"), ""))
    page.excel.click()
    book = load_workbook(tmp_path / "r.xlsx")
    sheet = list(book["指标"].iter_rows(values_only=True, min_row=2))
    assert [row[1] for row in sheet] == [figure.title for figure in FIGURES.values()]
    assert [(row[3], row[4]) for row in sheet if row[4] is not None] == [
        tuple(int(part) for part in added.split("÷")) for added, _value in seen if "÷" in added
    ]
    assert [str(row[5]) for row in sheet] == [value for _added, value in seen]
    assert any(row[3] for row in sheet)
    said = text_of(papers.press((report.document(page.told),)).pdf).replace("\n", "")
    assert all(value in said for _added, value in seen)
    assert title in said
    met = [row[3:] for row in book["召开的会议"].iter_rows(values_only=True, min_row=2)]
    assert met == [(one.due, one.present) for one in page.told.figures.meetings]


@pytest.mark.parametrize("where", [
    {"paper": "period_report", "per": "year", "year": 2026, "number": 1}, {"paper": "catalogue", "year": 2026},
])  # fmt: skip
def test_the_paper_is_seen_and_saved(
    app_dressed, desk: Desk, qtbot, tmp_path: Path, monkeypatch, where: dict[str, object]
) -> None:  # fmt: skip
    meeting: uuid.UUID = archive.page(desk.work, desk.unit_id, "meeting").rows[0].id
    archive.tick(desk.work, "meeting", meeting, "record", there=True)
    page = ArchivePaper(desk)
    qtbot.addWidget(page)
    page.resize(1150, 690)
    page.show()
    page.shown(**where)
    qtbot.waitUntil(lambda: page.pages.count() > 0)
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda _w, _t, name, *_more: (str(tmp_path / Path(name).name), "")
    )
    page.checks.save_pdf.click()
    page.checks.save_word.click()
    page.pages.close()
    assert sorted(one.suffix for one in tmp_path.iterdir() if one.suffix in (".pdf", ".docx")) == [".docx", ".pdf"]
